//! The types that fields are made of.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::source::Source;
use super::{Seed, Wire, Written, at};

/// Whole numbers beyond this are not exact as `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

macro_rules! as_serde_does {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }

            fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

as_serde_does!(String, bool);

impl Wire for Value {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn from_entries<'de, A: MapAccess<'de>>(source: Source<'de, A>) -> Result<Self, A::Error> {
        source.into_value()
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn encode_entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Value::Object(entries) = self else {
            return Ok(());
        };
        entries
            .iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

/// Whole numbers, also where they are written as `3.0`.
impl Wire for i64 {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;
        impl Visitor<'_> for Whole {
            type Value = i64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number")
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
                Ok(value)
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
                i64::try_from(value).map_err(|_| E::custom("a whole number beyond 64 bits"))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
                match value.fract() == 0.0 && value.abs() <= EXACT {
                    true => Ok(value as i64),
                    false => Err(E::invalid_value(serde::de::Unexpected::Float(value), &self)),
                }
            }
        }
        deserializer.deserialize_i64(Whole)
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(*self)
    }
}

/// Numbers; whole ones are written without a fraction, as GitBook writes them.
impl Wire for f64 {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.fract() == 0.0 && self.abs() <= EXACT {
            true => serializer.serialize_i64(*self as i64),
            false => serializer.serialize_f64(*self),
        }
    }
}

/// Points in time, with or without fraction; without an offset they are taken as UTC.
impl Wire for jiff::Timestamp {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        timestamp(&text)
            .ok_or_else(|| D::Error::custom(format_args!("{text:?} is no date and time")))
    }

    fn decode_present<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Self>, D::Error> {
        String::deserialize(input).map(|text| timestamp(&text))
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.subsec_nanosecond() % 1_000_000 {
            0 => serializer.collect_str(&format_args!("{self:.3}")),
            _ => serializer.collect_str(self),
        }
    }
}

/// Days of the calendar.
impl Wire for jiff::civil::Date {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn decode_present<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Self>, D::Error> {
        String::deserialize(input).map(|text| text.parse().ok())
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

fn timestamp(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok().or_else(|| {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        civil
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    })
}

impl<T: Wire> Wire for Box<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Box::new)
    }

    fn from_entries<'de, A: MapAccess<'de>>(source: Source<'de, A>) -> Result<Self, A::Error> {
        T::from_entries(source).map(Box::new)
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::encode(self, serializer)
    }

    fn encode_entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        T::encode_entries(self, map)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Maybe<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for Maybe<T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Option<T>, D::Error> {
                T::decode_present(value)
            }
        }
        deserializer.deserialize_option(Maybe(PhantomData))
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.encode(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for List<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                loop {
                    match list.next_element_seed(Seed::<T>::new()) {
                        Ok(Some(item)) => items.push(item),
                        Ok(None) => return Ok(items),
                        Err(error) => return Err(at(format_args!("[{}]", items.len()), error)),
                    }
                }
            }
        }
        deserializer.deserialize_seq(List(PhantomData))
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for item in self {
            list.serialize_element(&Written(item))?;
        }
        list.end()
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for Entries<T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Wire::from_entries(Source::new(map))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }

    fn from_entries<'de, A: MapAccess<'de>>(mut source: Source<'de, A>) -> Result<Self, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = source.next_key()? {
            let value: Option<T> = source
                .next_value()
                .map_err(|error| at(format_args!(".{key}"), error))?;
            // `null` where no null is due is as good as absent.
            if let Some(value) = value {
                entries.insert(key.into_owned(), value);
            }
        }
        Ok(entries)
    }

    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        self.encode_entries(&mut map)?;
        map.end()
    }

    fn encode_entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, &Written(value)))
    }
}
