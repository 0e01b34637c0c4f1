//! Structs: objects with described properties.

use super::constant::Constant;
use super::extra::{Deviation, UnknownFields};
use super::field::{self, DecodeField, Decoded, Field, Presence};
use super::value_ref::Key;
use super::{Context, Error, ValueRef};

/// The names and properties of a struct.
pub(crate) struct Shape {
    name: &'static str,
    pub(super) fields: &'static [Field],
    /// The constant properties, which have no field of the struct, by their index.
    pub(super) constants: &'static [Constant],
    /// The number of required properties.
    required: usize,
}

impl Shape {
    /// The shape of what is no struct.
    pub(super) const NONE: &'static Self = &Self::new("", &[], &[]);

    /// Describes a struct of this name. The constants are those of the properties that have no field.
    pub(crate) const fn new(
        name: &'static str,
        fields: &'static [Field],
        constants: &'static [Constant],
    ) -> Self {
        let mut required = 0;
        let mut rest = fields;
        while let [(_, presence), others @ ..] = rest {
            required += presence.is_required() as usize;
            rest = others;
        }
        Self {
            name,
            fields,
            constants,
            required,
        }
    }

    /// Returns whether it is that of what is no struct.
    #[inline]
    pub(super) const fn is_none(&self) -> bool {
        self.name.is_empty()
    }

    /// Returns the position of the field for the property at `index`, or the constant that it is.
    #[inline]
    fn position(&self, index: usize) -> Result<usize, &'static Constant> {
        let mut before = 0;
        for constant in self.constants {
            if constant.index == index {
                return Err(constant);
            }
            before += usize::from(constant.index < index);
        }
        Ok(index - before)
    }
}

/// An object that is decoded as a struct.
pub(crate) struct StructDecoder<'t> {
    pub(super) object: ValueRef<'t>,
    pub(super) cx: &'t mut Context,
}

impl StructDecoder<'_> {
    /// Decodes the properties of the object into the fields of a struct, which have their default values:
    /// first those for described properties, then those that take all others.
    pub(crate) fn fill(
        self,
        shape: &'static Shape,
        slots: &mut [&mut dyn DecodeField],
        extra: &mut UnknownFields,
    ) -> Result<(), Error> {
        let Self { object, cx } = self;
        let fields = shape.fields;
        if !object.is_object() {
            return Err(object.unexpected(&format!("an object ({})", shape.name)));
        }
        let mut missing = shape.required;
        let mut seen = Seen::default();
        let mut next = 0;
        let mut others = 0;
        let mut properties = object.properties();
        while let Some((key, value)) = properties.next_entry() {
            // Properties mostly have the order of the schema.
            let (index, presence) = match fields.get(next) {
                Some(field) if key.is_of(field) => (next, field.1),
                _ => match find(fields, next, key) {
                    Some(found) => found,
                    None => {
                        others += 1;
                        continue;
                    }
                },
            };
            next = index + 1;
            let repeated = seen.replace(index);
            missing -= usize::from(presence.is_required() && !repeated);
            let known = cx.missing();
            let decoded = match shape.position(index) {
                Ok(at) => match slots.get_mut(at) {
                    Some(slot) => {
                        if repeated {
                            slot.reset();
                        }
                        slot.decode_field(presence, value, cx)
                    }
                    None => Decoded::Other,
                },
                Err(constant) => Decoded::from(constant.value.is(value)),
            };
            if repeated || known != cx.missing() || !matches!(decoded, Decoded::Held) {
                let property = Property {
                    object,
                    key,
                    value,
                    index,
                };
                property.settle(decoded, known, fields, extra, cx)?;
            }
        }
        if missing > 0 || !extra.is_unused() {
            add_missing(shape, &seen, extra, cx);
        }
        let described = fields.len() - shape.constants.len();
        let rest = slots.get_mut(described..).unwrap_or_default();
        if !rest.is_empty() {
            object.without(fields, |object| {
                let mut rest = rest.iter_mut();
                rest.try_for_each(
                    |slot| match slot.decode_field(Presence::Required, object, cx) {
                        Decoded::Failed(error) => Err(error),
                        Decoded::Held | Decoded::Other => Ok(()),
                    },
                )
            })?;
        } else if others > 0 {
            cx.mismatches += others;
            object.without(fields, |object| extra.keep(object));
        }
        Ok(())
    }
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
        decoded: Decoded,
        known: usize,
        fields: &'static [Field],
        extra: &mut UnknownFields,
        cx: &mut Context,
    ) -> Result<(), Error> {
        let Self { value, index, .. } = self;
        let key = self.key.as_text();
        cx.step_out(known, format_args!(".{key}"));
        match decoded {
            Decoded::Held => extra.set_deviation(fields, index, None),
            Decoded::Other => {
                cx.mismatch();
                let deviation = if value.is_null() {
                    Deviation::Null
                } else {
                    Deviation::Other(Box::new(value.to_value()))
                };
                extra.set_deviation(fields, index, Some(deviation));
            }
            // Of several properties with the same name, the last counts.
            Decoded::Failed(_)
                if self
                    .object
                    .property(key)
                    .is_some_and(|last| !last.is(value)) => {}
            Decoded::Failed(error) => return Err(error.prepend_path(format_args!(".{key}"))),
        }
        Ok(())
    }
}

/// Records the required properties without a value.
#[cold]
fn add_missing(shape: &Shape, seen: &Seen, extra: &mut UnknownFields, cx: &mut Context) {
    let fields = shape.fields;
    for (index, field) in fields.iter().enumerate() {
        if !field.1.is_required() {
            continue;
        }
        if !seen.has(index) {
            cx.mismatch();
            cx.add_missing(shape.name, field::key(field));
            extra.set_deviation(fields, index, Some(Deviation::Absent));
        } else if extra.deviations(fields).get(index) == Some(&Deviation::Null) {
            cx.add_missing(shape.name, field::key(field));
        }
    }
}

/// Returns the index of the field with this key, and its presence. The search starts after the field found
/// last.
#[inline(never)]
fn find(fields: &[Field], next: usize, key: Key<'_>) -> Option<(usize, Presence)> {
    let (before, after) = fields.split_at_checked(next)?;
    let index = match after.iter().position(|field| key.is_of(field)) {
        Some(offset) => next + offset,
        None => before.iter().position(|field| key.is_of(field))?,
    };
    Some((index, fields.get(index)?.1))
}

/// A set of indices. The first 64 are in it without allocating.
#[derive(Default)]
struct Seen {
    first: u64,
    others: Vec<bool>,
}

impl Seen {
    /// Adds an index, and returns whether it was there already.
    #[inline]
    fn replace(&mut self, index: usize) -> bool {
        if index >= 64 {
            return self.replace_other(index);
        }
        let was_seen = self.has(index);
        self.first |= 1 << index;
        was_seen
    }

    #[cold]
    fn replace_other(&mut self, index: usize) -> bool {
        if self.others.len() <= index {
            self.others.resize(index + 1, false);
        }
        let seen = self.others.get_mut(index);
        seen.is_some_and(|seen| std::mem::replace(seen, true))
    }

    #[inline]
    fn has(&self, index: usize) -> bool {
        match index {
            0..64 => self.first & 1 << index != 0,
            _ => self.others.get(index).is_some_and(|seen| *seen),
        }
    }
}

/// Implements the codec of a struct. Each row has the index, the key and the presence of a property, and
/// either its constant value, or its field and the methods of [`Checks`](super::Checks) that validate
/// it. Then come the fields that take all other properties (`keeps`), the field that knows which required
/// properties have not been set (`unset`), the fields of other properties that are validated
/// (`inside`, `each`), the assertions on the whole object (`against`), and the field of unknown
/// properties (`extra`).
macro_rules! json_struct {
    (
        $type:ident $(<$parameter:ident>)? {
            $($index:literal $key:literal $presence:ident $(= $literal:ident($constant:literal))? $(
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
            const SHAPE: &'static $crate::json::Shape = &$crate::json::Shape::new(
                stringify!($type),
                &[$((concat!("\"", $key, "\":"), $crate::json::Presence::$presence)),*],
                &[$($($crate::json::Constant {
                    index: $index,
                    value: $crate::json::Literal::$literal($constant),
                },)?)*],
            );

            #[inline]
            fn fill(
                &mut self,
                decoder: $crate::json::StructDecoder<'_>,
            ) -> Result<(), $crate::json::Error> {
                decoder.fill(
                    Self::SHAPE,
                    &mut [$($(&mut &mut self.$field,)?)* $($(&mut &mut self.$kept,)+)?],
                    &mut self.$extra,
                )
            }

            #[allow(unused_mut)]
            #[inline]
            fn encode_entries<'a>(&'a self, out: &mut dyn $crate::json::Sink<'a>) {
                let mut entries = $crate::json::Entries::new(out, Self::SHAPE, &self.$extra);
                $(
                    $(entries.constant(
                        $crate::json::Literal::$literal($constant),
                        concat!("\"", $key, "\":", stringify!($constant), ","),
                    );)?
                    $(entries.field(&self.$field);)?
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
                $crate::json::debug_fields(
                    f,
                    stringify!($type),
                    stringify!($($($field)?)* $($($kept)+)? $extra),
                    &[$($(&&self.$field,)?)* $($(&&self.$kept,)+)? &self.$extra],
                )
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
