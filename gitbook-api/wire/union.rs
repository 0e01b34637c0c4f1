//! Unions: what a value is, is told by its tags, else by its JSON type, else by its properties.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::fit;
use super::source::{Entries, Held, Source};

/// The JSON type of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types)]
pub(crate) enum Json {
    boolean,
    integer,
    number,
    string,
    array,
    object,
    any,
}

/// One shape of a variant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The variant.
    pub(crate) variant: usize,
    /// Its JSON type.
    pub(crate) json: Json,
    /// Tags that have one of these values, written as text.
    pub(crate) tags: &'static [(&'static str, &'static [&'static str])],
    /// Properties that must be there.
    pub(crate) required: &'static [&'static str],
    /// Properties that are described.
    pub(crate) known: &'static [&'static str],
}

/// A generated union.
pub(crate) trait Union: Sized {
    /// The schema.
    const NAME: &'static str;
    /// How the variants are told apart.
    const ROWS: &'static [Row];

    /// Reads an object as this variant.
    fn object<'de, A: MapAccess<'de>>(
        variant: usize,
        source: Source<'de, A>,
    ) -> Result<Self, A::Error>;
    /// Reads anything else as this variant.
    fn other(variant: usize, json: &[u8]) -> Result<Self, serde_json::Error>;
    /// A value that is none of the variants.
    fn unknown(value: Value) -> Self;
}

/// Which rows an object can still be.
struct Choice {
    rows: &'static [Row],
    left: u128,
}

impl Choice {
    fn new(rows: &'static [Row]) -> Self {
        let objects = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| matches!(row.json, Json::object | Json::any));
        Self {
            rows,
            left: objects.fold(0, |left, (index, _)| left | 1 << index),
        }
    }

    fn rows(&self) -> impl Iterator<Item = (usize, &'static Row)> {
        let left = self.left;
        self.rows
            .iter()
            .enumerate()
            .filter(move |(index, _)| left >> index & 1 == 1)
    }

    fn is_tag(&self, key: &str) -> bool {
        self.rows
            .iter()
            .any(|row| row.tags.iter().any(|(tag, _)| *tag == key))
    }

    /// Leaves the rows that allow this value: those that name it, and those that describe the tag
    /// without naming its values. Rows that require the tag and take any value only stay if none
    /// names this one. `null` says nothing.
    fn tag(&mut self, key: &str, value: &Held<'_>) {
        if matches!(value, Held::Value(Value::Null)) {
            return;
        }
        let mut named = 0;
        let mut open = 0;
        let mut catch_all = 0;
        for (index, row) in self.rows() {
            match row.tags.iter().find(|(tag, _)| *tag == key) {
                Some((_, values)) if values.iter().any(|known| matches(known, value)) => {
                    named |= 1 << index
                }
                Some(_) => {}
                None if row.required.contains(&key) => catch_all |= 1 << index,
                None if row.known.contains(&key) => open |= 1 << index,
                None => {}
            }
        }
        self.left = if named == 0 {
            open | catch_all
        } else {
            named | open
        };
    }

    /// The variant, if only one is left.
    fn only(&self) -> Option<usize> {
        let mut left = self.rows().map(|(_, row)| row.variant);
        let first = left.next()?;
        left.all(|other| other == first).then_some(first)
    }

    /// Whether nothing but tags tells the variants apart that are left.
    fn wants_tags(&self) -> bool {
        self.rows()
            .all(|(_, row)| !row.tags.is_empty() && row.known.is_empty())
    }

    /// The variants that are left, the likeliest first: those that miss nothing, that know most of
    /// what is there, and that stand first.
    fn by_likeness(&self, entries: &Entries<'_>) -> Vec<usize> {
        let there = |name: &&&str| entries.iter().any(|(key, _)| key == **name);
        let mut ranked: Vec<(usize, usize, usize)> = self
            .rows()
            .map(|(_, row)| {
                let missing = row.required.iter().filter(|name| !there(name));
                let unknown = entries
                    .iter()
                    .filter(|(key, _)| !row.known.contains(&&**key));
                (missing.count(), unknown.count(), row.variant)
            })
            .collect();
        ranked.sort_unstable();
        let mut variants: Vec<usize> = Vec::new();
        for (.., variant) in ranked {
            if !variants.contains(&variant) {
                variants.push(variant);
            }
        }
        variants
    }
}

fn matches(known: &str, value: &Held<'_>) -> bool {
    match value {
        Held::Text(text) => text == known,
        Held::Value(Value::Bool(value)) => known == if *value { "true" } else { "false" },
        Held::Value(Value::Number(number)) => number.to_string() == known,
        _ => false,
    }
}

/// Reads a union from the entries of an object, in one pass when the tags come first.
pub(crate) fn from_entries<'de, U: Union, A: MapAccess<'de>>(
    mut source: Source<'de, A>,
) -> Result<U, A::Error> {
    let mut choice = Choice::new(U::ROWS);
    let mut held: Entries<'de> = Vec::new();
    loop {
        if let Some(variant) = choice.only() {
            return U::object(variant, source.rewind(held));
        }
        if choice.left == 0 {
            fit::misfit();
            return source.rewind(held).into_value().map(U::unknown);
        }
        let Some(key) = source.next_key()? else { break };
        let value = match choice.is_tag(&key) {
            true => {
                let value = source.next_scalar()?;
                choice.tag(&key, &value);
                value
            }
            false => source.next_raw()?,
        };
        held.push((key, value));
    }
    choose::<U, A>(&choice, held)
}

/// Reads an object that no tag gave away: the variant that it fits best, the likelier first.
fn choose<'de, U: Union, A: MapAccess<'de>>(
    choice: &Choice,
    held: Entries<'de>,
) -> Result<U, A::Error> {
    if !choice.wants_tags() {
        let candidates = choice.by_likeness(&held).into_iter().map(|variant| {
            fit::measure(|| U::object(variant, Source::<'de, A>::resume(held.clone(), None)))
        });
        if let Some(value) = fit::best(candidates) {
            return Ok(value);
        }
    }
    fit::misfit();
    Source::<'de, A>::resume(held, None)
        .into_value()
        .map(U::unknown)
}

/// Reads a union.
pub(crate) fn decode<'de, U: Union, D: Deserializer<'de>>(input: D) -> Result<U, D::Error> {
    input.deserialize_any(AnyValue(PhantomData))
}

struct AnyValue<U>(PhantomData<U>);

/// The variant of these JSON types that a value fits best.
fn scalar<U: Union>(types: &[Json], value: Value) -> U {
    let json = value.to_string();
    let rows = U::ROWS.iter().filter(|row| types.contains(&row.json));
    let candidates = rows.map(|row| fit::measure(|| U::other(row.variant, json.as_bytes())));
    fit::best(candidates).unwrap_or_else(|| {
        fit::misfit();
        U::unknown(value)
    })
}

impl<'de, U: Union> Visitor<'de> for AnyValue<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(U::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<U, A::Error> {
        if !U::ROWS
            .iter()
            .any(|row| matches!(row.json, Json::object | Json::any))
        {
            return Value::deserialize(MapAccessDeserializer::new(map)).map(U::unknown);
        }
        from_entries(Source::new(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<U, A::Error> {
        let list = Value::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(scalar(&[Json::array, Json::any], list))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<U, E> {
        Ok(scalar(&[Json::string, Json::any], Value::from(text)))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<U, E> {
        Ok(scalar(&[Json::boolean, Json::any], Value::from(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<U, E> {
        Ok(scalar(
            &[Json::integer, Json::number, Json::any],
            Value::from(value),
        ))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<U, E> {
        Ok(scalar(
            &[Json::integer, Json::number, Json::any],
            Value::from(value),
        ))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<U, E> {
        Ok(scalar(&[Json::number, Json::any], Value::from(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<U, E> {
        Ok(U::unknown(Value::Null))
    }
}

/// Reads and writes a union: a line for each variant, with its place, its name, the struct in its
/// box if no other variant holds it, and the rows that tell it from the others; last the variants
/// whose values are checked before they are sent.
macro_rules! union {
    (
        $type:ident $($name:literal)? {
            $($index:literal $variant:ident $(($held:ident))? $(
                $json:ident
                $({ $($tag:literal: $($value:literal)|+),+ })?
                $(requires $($required:literal)+)?
                $(knows $($known:literal)+)?
            )|+;)*
            $(inside $($inside:ident)+;)?
        }
    ) => {
        impl $crate::wire::Union for $type {
            const NAME: &'static str = $crate::wire::structure::name!($type $($name)?);
            const ROWS: &'static [$crate::wire::Row] = &[$($($crate::wire::Row {
                variant: $index,
                json: $crate::wire::Json::$json,
                tags: &[$($(($tag, &[$($value),+])),+)?],
                required: &[$($($required),+)?],
                known: &[$($($known),+)?],
            }),+),*];

            fn object<'de, A: serde::de::MapAccess<'de>>(
                variant: usize,
                source: $crate::wire::Source<'de, A>,
            ) -> Result<Self, A::Error> {
                match variant {
                    $($index => $crate::wire::Wire::from_entries(source).map(Self::$variant),)*
                    _ => source.into_value().map(Self::Unknown),
                }
            }

            fn other(variant: usize, json: &[u8]) -> Result<Self, serde_json::Error> {
                match variant {
                    $($index => $crate::wire::from_json(json).map(Self::$variant),)*
                    _ => $crate::wire::from_json(json).map(Self::Unknown),
                }
            }

            fn unknown(value: serde_json::Value) -> Self {
                Self::Unknown(value)
            }
        }

        impl Default for $type {
            fn default() -> Self {
                Self::Unknown(serde_json::Value::Null)
            }
        }

        impl $crate::wire::Wire for $type {
            fn decode<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                $crate::wire::union::decode(input)
            }

            fn from_entries<'de, A: serde::de::MapAccess<'de>>(
                source: $crate::wire::Source<'de, A>,
            ) -> Result<Self, A::Error> {
                $crate::wire::union::from_entries(source)
            }

            fn encode<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::wire::Wire::encode(value, output),)*
                    Self::Unknown(value) => $crate::wire::Wire::encode(value, output),
                }
            }

            fn encode_entries<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$variant(value) => $crate::wire::Wire::encode_entries(value, map),)*
                    Self::Unknown(value) => $crate::wire::Wire::encode_entries(value, map),
                }
            }
        }

        $($(impl From<$held> for $type {
            fn from(value: $held) -> Self {
                Self::$variant(Box::new(value))
            }
        })?)*

        impl $crate::wire::Check for $type {
            $(fn check(&self) -> Result<(), $crate::wire::Violation> {
                match self {
                    $(Self::$inside(value) => value.check(),)+
                    _ => Ok(()),
                }
            })?
        }

        $crate::wire::structure::serde!($type);
    };
}
pub(crate) use union;
