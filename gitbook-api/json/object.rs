//! Structs: objects with described properties.

use super::extra::{Deviation, UnknownFields};
use super::field::{self, Field};
use super::value_ref::Key;
use super::{Context, Error, JsonCodec, Patch, ValueRef};

/// The number of properties that are tracked without allocating.
const INLINE: usize = 64;

/// The index of all properties that are not described.
pub(crate) const OTHERS: usize = usize::MAX;

/// The index of [`UnknownFields`].
const EXTRA: usize = usize::MAX - 1;

/// [`JsonCodec::decode_field`] of a struct.
type DecodeField<'a> = dyn FnMut(usize, ValueRef<'_>, &mut Context) -> Result<bool, Error> + 'a;

/// The names and properties of a struct.
pub(super) struct Shape {
    name: fn() -> &'static str,
    fields: &'static [Field],
    /// The number of required properties.
    required: usize,
    /// Set if a field takes all properties that are not described.
    has_rest: bool,
}

impl Shape {
    const fn of<T: JsonCodec>() -> Self {
        Self::new(name_of::<T>, T::FIELDS, T::HAS_REST)
    }

    pub(super) const fn new(
        name: fn() -> &'static str,
        fields: &'static [Field],
        has_rest: bool,
    ) -> Self {
        let mut required = 0;
        let mut rest = fields;
        while let [(_, is_required), others @ ..] = rest {
            required += *is_required as usize;
            rest = others;
        }
        Self {
            name,
            fields,
            required,
            has_rest,
        }
    }
}

/// Decodes an object as a struct.
pub(super) fn decode<T: JsonCodec>(object: ValueRef<'_>, cx: &mut Context) -> Result<T, Error> {
    let mut value = T::default();
    fill(&mut value, object, cx)?;
    Ok(value)
}

/// Decodes an object into a struct that has the default values.
pub(super) fn fill<T: JsonCodec>(
    value: &mut T,
    object: ValueRef<'_>,
    cx: &mut Context,
) -> Result<(), Error> {
    decode_struct(
        const { &Shape::of::<T>() },
        object,
        cx,
        &mut |index, object, cx| value.decode_field(index, object, cx),
    )
}

/// Returns the name of a generated struct.
fn name_of<T>() -> &'static str {
    let path = std::any::type_name::<T>();
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}

/// Decodes the properties of an object into the fields of a struct.
pub(super) fn decode_struct(
    shape: &'static Shape,
    object: ValueRef<'_>,
    cx: &mut Context,
    decode: &mut DecodeField<'_>,
) -> Result<(), Error> {
    let (name, fields) = (shape.name, shape.fields);
    if !object.is_object() {
        return Err(object.unexpected(&format!("an object ({})", name())));
    }
    let mut missing = shape.required;
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
    let mut properties = object.properties();
    while let Some((key, value)) = properties.next_entry() {
        // Properties mostly have the order of the schema.
        let index = match fields.get(next) {
            Some(field) if key.is_of(field) => next,
            _ => match index_of(fields, next, key) {
                Some(index) => index,
                None => {
                    others += 1;
                    continue;
                }
            },
        };
        next = index + 1;
        let repeated = seen
            .get_mut(index)
            .is_some_and(|seen| std::mem::replace(seen, true));
        let is_required = fields.get(index).is_some_and(|field| field.1);
        missing -= usize::from(is_required && !repeated);
        let known = cx.missing();
        let decoded = decode(index, value, cx);
        if repeated || known != cx.missing() || !matches!(decoded, Ok(true)) {
            let property = Property {
                object,
                key,
                value,
                index,
            };
            property.settle(decoded, known, fields, &mut extra, cx)?;
        }
    }
    if missing > 0 || !extra.is_unused() {
        add_missing(shape, seen, &mut extra, cx);
    }
    if shape.has_rest {
        object.without(fields, |object| decode(OTHERS, object, cx))?;
    } else if others > 0 {
        cx.mismatches += others;
        object.without(fields, |object| extra.keep(object));
    }
    if !extra.is_unused() {
        cx.extra = extra;
        decode(EXTRA, object, cx)?;
    }
    Ok(())
}

/// A property whose value its field cannot hold, that is not the first of its name, or that lacks values.
struct Property<'t> {
    object: ValueRef<'t>,
    key: Key<'t>,
    value: ValueRef<'t>,
    index: usize,
}

impl Property<'_> {
    /// Keeps what the field cannot hold. `known` is the number of values that were missing before.
    #[inline(never)]
    fn settle(
        self,
        decoded: Result<bool, Error>,
        known: usize,
        fields: &'static [Field],
        extra: &mut UnknownFields,
        cx: &mut Context,
    ) -> Result<(), Error> {
        let Self { value, index, .. } = self;
        let key = self.key.as_text();
        cx.step_out(known, format_args!(".{key}"));
        match decoded {
            Ok(true) => extra.set_deviation(fields, index, None),
            Ok(false) => {
                cx.mismatch();
                let deviation = if value.is_null() {
                    Deviation::Null
                } else {
                    Deviation::Other(Box::new(value.to_value()))
                };
                extra.set_deviation(fields, index, Some(deviation));
            }
            // Of several properties with the same name, the last counts.
            Err(_)
                if self
                    .object
                    .property(key)
                    .is_some_and(|last| !last.is(value)) => {}
            Err(error) => return Err(error.prepend_path(format_args!(".{key}"))),
        }
        Ok(())
    }
}

/// Records the required properties without a value.
#[cold]
fn add_missing(shape: &Shape, seen: &[bool], extra: &mut UnknownFields, cx: &mut Context) {
    let fields = shape.fields;
    for (index, field) in fields.iter().enumerate() {
        if !field.1 {
            continue;
        }
        if !seen.get(index).is_some_and(|seen| *seen) {
            cx.mismatch();
            cx.add_missing((shape.name)(), field::key(field));
            extra.set_deviation(fields, index, Some(Deviation::Absent));
        } else if extra.deviations(fields).get(index) == Some(&Deviation::Null) {
            cx.add_missing((shape.name)(), field::key(field));
        }
    }
}

/// Stores [`UnknownFields`], if the index is theirs. Returns whether it is.
pub(crate) fn store_extra(index: usize, extra: &mut UnknownFields, cx: &mut Context) -> bool {
    let is_extra = index == EXTRA;
    if is_extra {
        *extra = std::mem::take(&mut cx.extra);
    }
    is_extra
}

/// Returns the position of `key` in `fields`. The search starts after the field found last.
#[inline(never)]
fn index_of(fields: &[Field], next: usize, key: Key<'_>) -> Option<usize> {
    let (before, after) = fields.split_at_checked(next)?;
    match after.iter().position(|field| key.is_of(field)) {
        Some(offset) => Some(next + offset),
        None => before.iter().position(|field| key.is_of(field)),
    }
}

/// The kinds of properties: required or not.
#[allow(non_upper_case_globals)]
pub(crate) mod must {
    pub(crate) const required: bool = true;
    pub(crate) const nullable: bool = true;
    pub(crate) const optional: bool = false;
    #[allow(dead_code, reason = "not every document has such properties")]
    pub(crate) const lenient: bool = false;
    pub(crate) const patch: bool = false;
    pub(crate) const constant: bool = true;
}

/// Decodes a property of each kind. Returns whether the field can hold the value.
pub(crate) mod take {
    use super::{Context, Error, JsonCodec, Patch, ValueRef};

    /// A required property that is not nullable. Unions can hold `null` all the same.
    pub(crate) fn required<T: JsonCodec>(
        input: ValueRef<'_>,
        field: &mut T,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        if input.is_null() && T::from_null().is_none() {
            *field = T::default();
            return Ok(false);
        }
        *field = T::decode(input, cx)?;
        Ok(true)
    }

    /// A required property that is nullable.
    pub(crate) fn nullable<T: JsonCodec>(
        input: ValueRef<'_>,
        field: &mut Option<T>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        *field = JsonCodec::decode(input, cx)?;
        Ok(true)
    }

    /// An optional property that is not nullable.
    pub(crate) fn optional<T: JsonCodec>(
        input: ValueRef<'_>,
        field: &mut Option<T>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        *field = JsonCodec::decode(input, cx)?;
        Ok(field.is_some())
    }

    /// An optional property that may have any other value, which the field cannot hold.
    #[allow(dead_code, reason = "not every document has such properties")]
    pub(crate) fn lenient<T: JsonCodec>(
        input: ValueRef<'_>,
        field: &mut Option<T>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        let mut trial = Context::default();
        *field = JsonCodec::decode(input, &mut trial).unwrap_or_default();
        if field.is_some() {
            cx.merge(trial);
        }
        Ok(field.is_some())
    }

    /// An optional property that is nullable.
    pub(crate) fn patch<T: JsonCodec>(
        input: ValueRef<'_>,
        field: &mut Patch<T>,
        cx: &mut Context,
    ) -> Result<bool, Error> {
        *field = JsonCodec::decode(input, cx)?;
        Ok(true)
    }
}

/// Implements the codec of a struct. Each row has the index, the key and the kind of a property, and
/// either its constant value, or its field and the methods of [`Checks`](super::Checks) that validate
/// it. Then come the fields that take all other properties (`keeps`), the field that knows which required
/// properties have not been set (`unset`), the fields of other properties that are validated
/// (`inside`, `each`), the assertions on the whole object (`against`), and the field of unknown
/// properties (`extra`).
macro_rules! json_struct {
    (
        $type:ident $(<$parameter:ident>)? {
            $($index:literal $key:literal $kind:ident $(= $constant:literal)? $(
                $field:ident $(, $rule:ident $(($($argument:expr),+))?)*
            )?;)*
            $(keeps $($kept:ident)+;)?
            $(unset $unset:ident;)?
            $(inside $($inside:ident)+;)?
            $(each $others:ident $($each:expr),+;)?
            $(against $($whole:expr),+;)?
            extra $extra:ident;
        }
    ) => {
        impl $(<$parameter: $crate::json::JsonCodec>)? $crate::json::JsonCodec
            for $type $(<$parameter>)?
        {
            const FIELDS: &'static [$crate::json::Field] =
                &[$((concat!("\"", $key, "\":"), $crate::json::must::$kind)),*];

            $(const HAS_REST: bool = true $(|| stringify!($kept).is_empty())+;)?

            #[allow(unused_variables)]
            #[inline]
            fn decode_field(
                &mut self,
                index: usize,
                input: $crate::json::ValueRef<'_>,
                cx: &mut $crate::json::Context,
            ) -> Result<bool, $crate::json::Error> {
                match index {
                    $($index => {
                        $(Ok($crate::json::Constant::is($constant, input)))?
                        $($crate::json::take::$kind(input, &mut self.$field, cx))?
                    })*
                    $($crate::json::OTHERS => {
                        $(self.$kept = $crate::json::JsonCodec::decode(input, cx)?;)+
                        Ok(true)
                    })?
                    _ => Ok($crate::json::store_extra(index, &mut self.$extra, cx)),
                }
            }

            #[allow(unused_mut)]
            #[inline]
            fn encode_entries<'a>(&'a self, out: &mut dyn $crate::json::Sink<'a>) {
                let mut entries = $crate::json::Entries::new(out, Self::FIELDS, &self.$extra);
                $(
                    $(entries.constant(
                        $constant,
                        concat!("\"", $key, "\":", stringify!($constant), ","),
                    );)?
                    $(entries.$kind(&self.$field);)?
                )*
                $($(entries.flatten(&self.$kept);)+)?
                entries.unknown();
            }

            $crate::json::json_struct!(@check
                $(unset $unset)?
                $($($(($key $field $rule $([$($argument)+])?))*)?)*
                $($(("" $inside inside))+)?
                $(("" $others against [Each(&[$($each),+])]))?
                $(; $($whole)+)?
            );
        }

        impl $(<$parameter: PartialEq>)? PartialEq for $type $(<$parameter>)? {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::json::Equality::of(&self.$extra, &other.$extra)
                    $($(.and(&self.$field, &other.$field))?)*
                    $($(.and(&self.$kept, &other.$kept))+)?
                    .holds()
            }
        }

        impl $(<$parameter: std::fmt::Debug>)? std::fmt::Debug for $type $(<$parameter>)? {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($type))
                    $($(.field(stringify!($field), &self.$field))?)*
                    $($(.field(stringify!($kept), &self.$kept))+)?
                    .field(stringify!($extra), &self.$extra)
                    .finish()
            }
        }

        $crate::json::serde!($type $(<$parameter>)?);
    };

    (@check) => {};
    (@check
        $(unset $unset:ident)?
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
            $(checks.unset(self, &self.$unset);)?
            $($crate::json::json_struct!(@whole $($whole)+ => checks self);)?
            $(checks.$rule($key, &self.$field);)*
        }
    };
    (@whole $($whole:expr)+ => $checks:ident $self:ident) => {
        $checks.whole($self)
    };
}
pub(crate) use json_struct;

/// Implements the traits of serde for a generated type.
macro_rules! serde_impls {
    ($type:ident $(<$parameter:ident>)?) => {
        impl<'de $(, $parameter: $crate::json::JsonCodec)?> serde::Deserialize<'de>
            for $type $(<$parameter>)?
        {
            #[inline]
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                $crate::json::deserialize(input)
            }
        }

        impl $(<$parameter: $crate::json::JsonCodec>)? serde::Serialize
            for $type $(<$parameter>)?
        {
            #[inline]
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                $crate::json::serialize(self, output)
            }
        }
    };
}
pub(crate) use serde_impls as serde;
