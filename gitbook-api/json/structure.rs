//! Objects with described properties.

use super::extra::{Deviation, Extra};
use super::{Context, Error, Node, Patch, Wire};

/// A property: its name, and whether it is required.
pub(crate) type Field = (&'static str, bool);

/// How many properties are tracked without allocating.
const INLINE: usize = 64;

/// A generated struct.
pub(crate) trait Structure {
    /// Returns the described properties.
    fn fields(&self) -> &'static [Field];

    /// Decodes the property at `index`. Returns `false` if the field cannot hold the value, which
    /// is then kept beside the fields.
    fn field(&mut self, index: usize, node: Node<'_>, cx: &mut Context) -> Result<bool, Error>;

    /// Returns what is kept beside the fields.
    fn extra(&mut self) -> &mut Extra;

    /// Decodes the properties that are not described, of which there are `count`.
    fn keep(&mut self, others: Node<'_>, count: usize, cx: &mut Context) -> Result<(), Error> {
        if count > 0 {
            cx.mismatches += count;
            let extra = self.extra();
            others
                .properties()
                .for_each(|(key, value)| extra.keep(key, value));
        }
        Ok(())
    }
}

/// Decodes the properties of an object into a struct of this name.
pub(crate) fn fill(
    structure: &mut dyn Structure,
    name: &'static str,
    node: Node<'_>,
    cx: &mut Context,
) -> Result<(), Error> {
    if !node.is_object() {
        return Err(node.unexpected(&format!("an object ({name})")));
    }
    let fields = structure.fields();
    let (mut inline, mut heap) = ([false; INLINE], Vec::new());
    let seen: &mut [bool] = match inline.get_mut(..fields.len()) {
        Some(seen) => seen,
        None => {
            heap.resize(fields.len(), false);
            &mut heap
        }
    };
    let mut next = 0;
    let mut others = 0;
    for (key, value) in node.properties() {
        let Some(index) = index_of(fields, next, key) else {
            others += 1;
            continue;
        };
        next = index + 1;
        let repeated = seen
            .get_mut(index)
            .is_some_and(|seen| std::mem::replace(seen, true));
        match structure.field(index, value, cx) {
            Ok(true) if repeated => structure.extra().set_deviation(index, None),
            Ok(true) => {}
            Ok(false) => deviate(structure, index, value, cx),
            // Of several properties with one name the last counts.
            Err(_) if node.property(key).is_some_and(|last| !last.is(value)) => {}
            Err(error) => return Err(error.within(format_args!(".{key}"))),
        }
    }
    for (index, (field, is_required)) in fields.iter().enumerate() {
        if *is_required && !seen.get(index).is_some_and(|seen| *seen) {
            cx.absent(name, field);
            structure
                .extra()
                .set_deviation(index, Some(Deviation::Absent));
        }
    }
    node.without(fields, |node| structure.keep(node, others, cx))
}

/// Keeps a value that its field cannot hold.
#[cold]
fn deviate(structure: &mut dyn Structure, index: usize, value: Node<'_>, cx: &mut Context) {
    cx.mismatch();
    let deviation = Deviation::Other(value.to_value());
    structure.extra().set_deviation(index, Some(deviation));
}

/// Returns the position of `key` among `fields`. Objects mostly come in the order of their
/// description, so the search begins behind the field found last.
fn index_of(fields: &[Field], next: usize, key: &str) -> Option<usize> {
    let (before, after) = fields.split_at_checked(next)?;
    match after.iter().position(|(field, _)| *field == key) {
        Some(offset) => Some(next + offset),
        None => before.iter().position(|(field, _)| *field == key),
    }
}

/// Whether a field of each kind is required.
#[allow(non_upper_case_globals)]
pub(crate) mod must {
    pub(crate) const required: bool = true;
    pub(crate) const nullable: bool = true;
    pub(crate) const optional: bool = false;
    pub(crate) const patch: bool = false;
}

/// How each kind of field is decoded. Each returns whether the field can hold the value.
pub(crate) mod take {
    use super::{Context, Error, Node, Patch, Wire};

    /// A required property that is not nullable.
    pub(crate) fn required<T: Wire>(
        node: Node<'_>,
        field: &mut T,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        if node.is_null() {
            *field = T::default();
            return Ok(false);
        }
        *field = T::read(node, cx)?;
        Ok(true)
    }

    /// A required property that is nullable.
    pub(crate) fn nullable<T: Wire>(
        node: Node<'_>,
        field: &mut Option<T>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        *field = Wire::read(node, cx)?;
        Ok(true)
    }

    /// An optional property that is not nullable.
    pub(crate) fn optional<T: Wire>(
        node: Node<'_>,
        field: &mut Option<T>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        *field = Wire::read(node, cx)?;
        Ok(field.is_some())
    }

    /// An optional property that is nullable.
    pub(crate) fn patch<T: Wire>(
        node: Node<'_>,
        field: &mut Patch<T>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        *field = Wire::read(node, cx)?;
        Ok(true)
    }
}

/// How each kind of field is written.
///
/// What came in place of the property is written as long as the field is as decoding left it.
pub(crate) mod put {
    use crate::json::constant::Constant;
    use crate::json::{Extra, Patch, Wire, Writer};

    pub(crate) fn required<'a, T: Wire>(
        out: &mut Writer<'a>,
        extra: &'a Extra,
        index: usize,
        key: &'static str,
        value: &'a T,
    ) {
        if let Some(deviation) = extra.deviation(index)
            && *value == T::default()
        {
            return deviation.write(out, key);
        }
        out.name(key);
        value.write(out);
    }

    pub(crate) fn nullable<'a, T: Wire>(
        out: &mut Writer<'a>,
        extra: &'a Extra,
        index: usize,
        key: &'static str,
        value: &'a Option<T>,
    ) {
        required(out, extra, index, key, value);
    }

    pub(crate) fn optional<'a, T: Wire>(
        out: &mut Writer<'a>,
        extra: &'a Extra,
        index: usize,
        key: &'static str,
        value: &'a Option<T>,
    ) {
        match value {
            Some(value) => {
                out.name(key);
                value.write(out);
            }
            None => {
                if let Some(deviation) = extra.deviation(index) {
                    deviation.write(out, key);
                }
            }
        }
    }

    pub(crate) fn patch<'a, T: Wire>(
        out: &mut Writer<'a>,
        _extra: &'a Extra,
        _index: usize,
        key: &'static str,
        value: &'a Patch<T>,
    ) {
        if !value.is_leave() {
            out.name(key);
            value.write(out);
        }
    }

    pub(crate) fn constant<'a>(
        out: &mut Writer<'a>,
        extra: &'a Extra,
        index: usize,
        key: &'static str,
        documented: impl Constant,
    ) {
        match extra.deviation(index) {
            Some(deviation) => deviation.write(out, key),
            None => {
                out.name(key);
                documented.write(out);
            }
        }
    }
}

/// What each kind of field holds, if anything.
pub(crate) mod given {
    use crate::json::Patch;

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

/// Implements decoding, encoding and validation of a struct: a line for each property, with its
/// index, its name, and either its constant value, or its kind (`required`, `nullable`, `optional`,
/// `patch`), the field that holds it, and what is checked of it before it is sent (functions of
/// [`check`](super::check) with their assertions). Then the fields that take the other properties,
/// those among them that are checked, what is asked of the object as a whole, and the field for what
/// no other field can hold.
macro_rules! structure {
    (
        $type:ident {
            $($index:literal $key:literal $(= $tag:literal)? $(
                $kind:ident $field:ident $(, $rule:ident $(($($argument:expr),+))?)*
            )?;)*
            $(keeps $($kept:ident)+;)?
            $(inside $($inside:ident)+;)?
            $(each $others:ident $($each:expr),+;)?
            $(against $($whole:expr),+;)?
            extra $extra:ident;
        }
    ) => {
        impl $type {
            /// Returns the properties that came with the object and that this version of the crate
            /// does not know.
            #[inline]
            pub fn unknown_fields(&self) -> &serde_json::Map<String, serde_json::Value> {
                self.$extra.unknown()
            }

            /// Returns the properties that this version of the crate does not know, for changing
            /// them. They are sent with the described ones.
            #[inline]
            pub fn unknown_fields_mut(
                &mut self,
            ) -> &mut serde_json::Map<String, serde_json::Value> {
                self.$extra.unknown_mut()
            }
        }

        impl $crate::json::Structure for $type {
            #[inline]
            fn fields(&self) -> &'static [$crate::json::Field] {
                &[$(($key, true $(& $crate::json::must::$kind)?)),*]
            }

            #[allow(unused_variables)]
            #[inline]
            fn field(
                &mut self,
                index: usize,
                node: $crate::json::Node<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<bool, $crate::json::Error> {
                match index {
                    $($index => {
                        $(Ok($crate::json::Constant::is($tag, node)))?
                        $($crate::json::take::$kind(node, &mut self.$field, cx))?
                    })*
                    _ => Ok(false),
                }
            }

            #[inline]
            fn extra(&mut self) -> &mut $crate::json::Extra {
                &mut self.$extra
            }

            $(#[inline]
            fn keep(
                &mut self,
                others: $crate::json::Node<'_>,
                _count: usize,
                cx: &mut $crate::json::Context,
            ) -> Result<(), $crate::json::Error> {
                $(self.$kept = $crate::json::Wire::read(others, cx)?;)+
                Ok(())
            })?
        }

        impl $crate::json::Wire for $type {
            #[inline]
            fn read(
                node: $crate::json::Node<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<Self, $crate::json::Error> {
                let mut value = <Self as Default>::default();
                match $crate::json::fill(&mut value, stringify!($type), node, cx) {
                    Ok(()) => Ok(value),
                    Err(error) => Err(error),
                }
            }

            #[inline]
            fn write_entries<'a>(&'a self, out: &mut $crate::json::Writer<'a>) {
                $(
                    $($crate::json::put::constant(out, &self.$extra, $index, $key, $tag);)?
                    $($crate::json::put::$kind(out, &self.$extra, $index, $key, &self.$field);)?
                )*
                $($($crate::json::Wire::write_entries(&self.$kept, out);)+)?
                self.$extra.write_unknown(out, $crate::json::Structure::fields(self));
            }

            $crate::json::structure!(@check
                $($($(($key $kind $field $rule $($($argument)+)?))*)?)*
                $($(("" required $inside inside))+)?
                $(("" required $others against Each(&[$($each),+])))?
                $([$($whole)+])?
            );
        }

        $crate::json::serde!($type);
    };

    (@check) => {};
    (@check
        $(($key:literal $kind:ident $field:ident $rule:ident $($assertion:expr)*))*
        $([$($whole:expr)+])?
    ) => {
        #[allow(unused_imports)]
        #[inline]
        fn check(&self, found: &mut $crate::json::Violations) {
            use $crate::json::Assertion::*;
            $($crate::json::Wire::check_against(self, &[$($whole),+], found);)?
            $($crate::json::check::$rule(
                $key,
                $crate::json::given::$kind(&self.$field),
                &[$($assertion),*],
                found,
            );)*
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
                $crate::json::deserialize(input)
            }
        }

        impl serde::Serialize for $type {
            #[inline]
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                $crate::json::serialize(self, output)
            }
        }
    };
}
pub(crate) use serde_impls as serde;
