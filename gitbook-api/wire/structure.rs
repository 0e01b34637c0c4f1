//! Objects with described properties.

use super::{Error, Node, Patch, Violation, Wire, absent, fit};

/// A property: its name, and whether it must be there.
pub(crate) type Field = (&'static str, bool);

/// As many properties can have an object; the generator takes no larger ones.
const MOST: usize = 128;

/// A generated struct.
pub(crate) trait Structure {
    /// Reads the property at `index`; says whether it was there.
    fn field(&mut self, index: usize, node: Node<'_>) -> Result<bool, Error>;

    /// Takes the properties that are not described; there are `count` of them.
    fn keep(&mut self, _others: Node<'_>, count: usize) -> Result<(), Error> {
        fit::misfits(count);
        Ok(())
    }
}

/// Fills a struct of this name with the properties of an object.
pub(crate) fn fill(
    structure: &mut dyn Structure,
    name: &'static str,
    fields: &[Field],
    node: Node<'_>,
) -> Result<(), Error> {
    if !node.is_object() {
        return Err(node.unexpected(&format!("an object ({name})")));
    }
    let mut seen = [false; MOST];
    let mut next = 0;
    let mut others = 0;
    for (key, value) in node.properties() {
        let Some(index) = index_of(fields, next, key) else {
            others += 1;
            continue;
        };
        let there = structure
            .field(index, value)
            .map_err(|error| error.within(format_args!(".{key}")))?;
        if let Some(seen) = seen.get_mut(index) {
            *seen |= there;
        }
        next = index + 1;
    }
    for ((field, is_required), seen) in fields.iter().zip(seen) {
        if *is_required && !seen {
            absent(name, field);
        }
    }
    node.without(fields, |node| structure.keep(node, others))
}

/// Where `key` stands among `fields`. Objects mostly come in the order of their description, so the
/// search begins behind the field found last.
fn index_of(fields: &[Field], next: usize, key: &str) -> Option<usize> {
    let (before, after) = fields.split_at_checked(next)?;
    match after.iter().position(|(field, _)| *field == key) {
        Some(offset) => Some(next + offset),
        None => before.iter().position(|(field, _)| *field == key),
    }
}

/// Whether a field of each kind must be there.
#[allow(non_upper_case_globals)]
pub(crate) mod must {
    pub(crate) const required: bool = true;
    pub(crate) const nullable: bool = true;
    pub(crate) const optional: bool = false;
    pub(crate) const patch: bool = false;
}

/// How each kind of field is read: each says whether the field was there.
pub(crate) mod take {
    use super::{Error, Node, Patch, Wire};

    /// A field that must be there: `null` is as good as absent.
    pub(crate) fn required<T: Wire>(node: Node<'_>, field: &mut T) -> Result<bool, Error> {
        let Some(value) = Option::<T>::read(node)? else {
            return Ok(false);
        };
        *field = value;
        Ok(true)
    }

    /// A field that must be there and may be `null`.
    pub(crate) fn nullable<T: Wire>(node: Node<'_>, field: &mut Option<T>) -> Result<bool, Error> {
        *field = Wire::read(node)?;
        Ok(true)
    }

    /// A field that may be absent.
    pub(crate) fn optional<T: Wire>(node: Node<'_>, field: &mut Option<T>) -> Result<bool, Error> {
        nullable(node, field)
    }

    /// A field that may be absent, and may be `null`.
    pub(crate) fn patch<T: Wire>(node: Node<'_>, field: &mut Patch<T>) -> Result<bool, Error> {
        *field = Wire::read(node)?;
        Ok(true)
    }
}

/// How each kind of field is written.
pub(crate) mod put {
    use crate::wire::{Patch, Wire, Writer};

    pub(crate) fn required<'a, T: Wire>(out: &mut Writer<'a>, key: &'static str, value: &'a T) {
        out.name(key);
        value.write(out);
    }

    pub(crate) fn nullable<'a, T: Wire>(
        out: &mut Writer<'a>,
        key: &'static str,
        value: &'a Option<T>,
    ) {
        required(out, key, value);
    }

    pub(crate) fn optional<'a, T: Wire>(
        out: &mut Writer<'a>,
        key: &'static str,
        value: &'a Option<T>,
    ) {
        if let Some(value) = value {
            required(out, key, value);
        }
    }

    pub(crate) fn patch<'a, T: Wire>(out: &mut Writer<'a>, key: &'static str, value: &'a Patch<T>) {
        if !value.is_leave() {
            required(out, key, value);
        }
    }
}

/// What each kind of field holds, if anything.
pub(crate) mod given {
    use crate::wire::Patch;

    pub(crate) fn required<T>(value: &T) -> Option<&T> {
        Some(value)
    }

    pub(crate) fn nullable<T>(value: &Option<T>) -> Option<&T> {
        value.as_ref()
    }

    pub(crate) fn optional<T>(value: &Option<T>) -> Option<&T> {
        value.as_ref()
    }

    pub(crate) fn patch<T>(value: &Patch<T>) -> Option<&T> {
        value.as_option()
    }
}

/// What was found in a property, seen from its object; no step lies between an object and what
/// stands among its properties, whose key is empty.
pub(crate) fn within(key: &str, found: Result<(), Violation>) -> Result<(), Violation> {
    match key {
        "" => found,
        key => found.map_err(|violation| violation.within(format_args!(".{key}"))),
    }
}

/// Reads, writes and checks a struct: a line for each property, with its place, its name, and either
/// the one value that it has, or its kind (`required`, `nullable`, `optional`, `patch`), the field
/// that holds it, and what is checked of it before it is sent (functions of
/// [`check`](super::check)). Then the fields that take what else there is.
macro_rules! structure {
    (
        $type:ident {
            $($index:literal $key:literal $(= $tag:literal)? $(
                $kind:ident $field:ident $(, $rule:ident $(($($argument:expr),+))?)*
            )?;)*
            $(keeps $($kept:ident)+;)?
            $(inside $($inside:ident)+;)?
        }
    ) => {
        impl $crate::wire::Structure for $type {
            #[allow(unused_variables)]
            #[inline]
            fn field(
                &mut self,
                index: usize,
                node: $crate::wire::Node<'_>,
            ) -> Result<bool, $crate::wire::Error> {
                match index {
                    $($index => {
                        $(Ok(self.tags.read(node, $index, $tag)))?
                        $($crate::wire::take::$kind(node, &mut self.$field))?
                    })*
                    _ => Ok(false),
                }
            }

            $(#[inline]
            fn keep(
                &mut self,
                others: $crate::wire::Node<'_>,
                _count: usize,
            ) -> Result<(), $crate::wire::Error> {
                $(self.$kept = $crate::wire::Wire::read(others)?;)+
                Ok(())
            })?
        }

        impl $crate::wire::Wire for $type {
            #[inline]
            fn read(node: $crate::wire::Node<'_>) -> Result<Self, $crate::wire::Error> {
                let mut value = <Self as Default>::default();
                let fields = &[$(($key, true $(& $crate::wire::must::$kind)?)),*];
                match $crate::wire::fill(&mut value, stringify!($type), fields, node) {
                    Ok(()) => Ok(value),
                    Err(error) => Err(error),
                }
            }

            #[allow(unused_variables)]
            #[inline]
            fn write_entries<'a>(&'a self, out: &mut $crate::wire::Writer<'a>) {
                $(
                    $(self.tags.write(out, $index, $key, $tag);)?
                    $($crate::wire::put::$kind(out, $key, &self.$field);)?
                )*
                $($($crate::wire::Wire::write_entries(&self.$kept, out);)+)?
            }

            $crate::wire::structure!(@check
                $($($(($key $kind $field $rule $($($argument)+)?))*)?)*
                $($(("" required $inside inside))+)?
            );
        }

        $crate::wire::serde!($type);
    };

    (@check) => {};
    (@check $(($key:literal $kind:ident $field:ident $rule:ident $($argument:expr)*))+) => {
        #[inline]
        fn check(&self) -> Result<(), $crate::wire::Violation> {
            $(if let Some(value) = $crate::wire::given::$kind(&self.$field) {
                $crate::wire::within($key, $crate::wire::check::$rule(value $(, $argument)*))?;
            })+
            Ok(())
        }
    };
}
pub(crate) use structure;

/// What every generated type has: serde's own traits.
macro_rules! serde_impls {
    ($type:ident) => {
        impl<'de> serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                $crate::wire::deserialize(input)
            }
        }

        impl serde::Serialize for $type {
            #[inline]
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, output)
            }
        }
    };
}
pub(crate) use serde_impls as serde;
