//! Objects with described properties.

use super::extra::{Deviation, UnknownFields};
use super::field::Field;
use super::{Context, Error, Node, Patch, Wire};

/// How many properties are tracked without allocating.
const INLINE: usize = 64;

/// The index under which a struct decodes all properties that are not described.
pub(crate) const OTHERS: usize = usize::MAX;

/// The index under which a struct stores what none of its fields can hold.
const EXTRA: usize = usize::MAX - 1;

/// Decodes the property at an index into its field. Returns `false` if no field can hold the value,
/// which is then kept beside the fields.
type DecodeField<'a> = dyn FnMut(usize, Node<'_>, &mut Context) -> Result<bool, Error> + 'a;

/// Decodes an object as a struct.
pub(super) fn decode<T: Wire>(node: Node<'_>, cx: &mut Context) -> Result<T, Error> {
    let mut value = T::default();
    fill(
        name_of::<T>,
        T::FIELDS,
        node,
        cx,
        &mut |index, node, cx| value.field(index, node, cx),
    )?;
    Ok(value)
}

/// Returns the name of a generated struct.
pub(super) fn name_of<T>() -> &'static str {
    let path = std::any::type_name::<T>();
    path.rsplit("::").next().unwrap_or(path)
}

/// Decodes the properties of an object into the fields of a struct.
pub(super) fn fill(
    name: fn() -> &'static str,
    fields: &'static [Field],
    node: Node<'_>,
    cx: &mut Context,
    decode: &mut DecodeField<'_>,
) -> Result<(), Error> {
    if !node.is_object() {
        return Err(node.unexpected(&format!("an object ({})", name())));
    }
    let (mut inline, mut heap) = ([false; INLINE], Vec::new());
    let seen: &mut [bool] = match inline.get_mut(..fields.len()) {
        Some(seen) => seen,
        None => {
            heap.resize(fields.len(), false);
            &mut heap
        }
    };
    let mut extra = UnknownFields::default();
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
        match decode(index, value, cx) {
            Ok(true) if repeated => extra.set_deviation(index, None),
            Ok(true) => {}
            Ok(false) => {
                cx.mismatch();
                extra.set_deviation(index, Some(Deviation::Other(value.to_value())));
            }
            // Of several properties with one name the last counts.
            Err(_) if node.property(key).is_some_and(|last| !last.is(value)) => {}
            Err(error) => return Err(error.within(format_args!(".{key}"))),
        }
    }
    for (index, (field, is_required)) in fields.iter().enumerate() {
        if *is_required && !seen.get(index).is_some_and(|seen| *seen) {
            cx.absent(name(), field);
            extra.set_deviation(index, Some(Deviation::Absent));
        }
    }
    let is_kept = node.without(fields, |node| decode(OTHERS, node, cx))?;
    if !is_kept && others > 0 {
        cx.mismatches += others;
        node.without(fields, |node| extra.keep(node));
    }
    cx.extra = extra;
    decode(EXTRA, node, cx)?;
    Ok(())
}

/// Stores what no field of a struct can hold, if that is what has this index.
pub(crate) fn store_extra(index: usize, extra: &mut UnknownFields, cx: &mut Context) -> bool {
    let is_extra = index == EXTRA;
    if is_extra {
        *extra = std::mem::take(&mut cx.extra);
    }
    is_extra
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
    pub(crate) const constant: bool = true;
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

/// Implements decoding, encoding and validation of a struct: a line for each property, with its
/// index, its name, and either its constant value, or its kind (`required`, `nullable`, `optional`,
/// `patch`), the field that holds it, and what is checked of it before it is sent (functions of
/// [`check`](super::check) with their assertions). Then the fields that take the other properties,
/// those among them that are checked, what is asked of the object as a whole, and the field for what
/// no other field can hold.
macro_rules! structure {
    (
        $type:ident {
            $($index:literal $key:literal $kind:ident $(= $constant:literal)? $(
                $field:ident $(, $rule:ident $(($($argument:expr),+))?)*
            )?;)*
            $(keeps $($kept:ident)+;)?
            $(inside $($inside:ident)+;)?
            $(each $others:ident $($each:expr),+;)?
            $(against $($whole:expr),+;)?
            extra $extra:ident;
        }
    ) => {
        impl $crate::json::Wire for $type {
            const FIELDS: &'static [$crate::json::Field] =
                &[$(($key, $crate::json::must::$kind)),*];

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
                        $(Ok($crate::json::Constant::is($constant, node)))?
                        $($crate::json::take::$kind(node, &mut self.$field, cx))?
                    })*
                    $($crate::json::OTHERS => {
                        $(self.$kept = $crate::json::Wire::read(node, cx)?;)+
                        Ok(true)
                    })?
                    _ => Ok($crate::json::store_extra(index, &mut self.$extra, cx)),
                }
            }

            #[allow(unused_mut)]
            #[inline]
            fn write_entries<'a>(&'a self, out: &mut $crate::json::Writer<'a>) {
                let mut entries = $crate::json::Entries::new(out, Self::FIELDS, &self.$extra);
                $(
                    $(entries.constant($constant);)?
                    $(entries.$kind(&self.$field);)?
                )*
                $($(entries.flatten(&self.$kept);)+)?
                entries.unknown();
            }

            $crate::json::structure!(@check
                $($($(($key $field $rule $([$($argument)+])?))*)?)*
                $($(("" $inside inside))+)?
                $(("" $others against [Each(&[$($each),+])]))?
                $(; $($whole)+)?
            );
        }

        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::json::Equality::of(&self.$extra, &other.$extra)
                    $($(.and(&self.$field, &other.$field))?)*
                    $($(.and(&self.$kept, &other.$kept))+)?
                    .holds()
            }
        }

        impl std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::json::debug(self, f)
            }
        }

        $crate::json::serde!($type);
    };

    (@check) => {};
    (@check
        $(($key:literal $field:ident $rule:ident $([$($assertion:expr)+])?))*
        $(; $($whole:expr)+)?
    ) => {
        #[inline]
        fn check(&self, found: &mut $crate::json::Violations) {
            #[allow(unused_imports)]
            use $crate::json::Assertion::*;
            const ASSERTIONS: &[&[$crate::json::Assertion]] = &[
                $(&[$($whole),+],)?
                $($(&[$($assertion),+],)?)*
            ];
            let mut checks = $crate::json::Checks::new(found, ASSERTIONS);
            $($crate::json::structure!(@whole $($whole)+ => checks self);)?
            $(checks.$rule($key, &self.$field);)*
        }
    };
    (@whole $($whole:expr)+ => $checks:ident $self:ident) => {
        $checks.whole($self)
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
