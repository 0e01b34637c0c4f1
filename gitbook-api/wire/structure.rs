//! Objects with described properties.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;

use super::absent;
use super::source::{Entries, Input, Source};

/// A generated struct.
pub(crate) trait Structure: Default {
    /// The schema.
    const NAME: &'static str;
    /// The properties, in the order of the schema.
    const FIELDS: &'static [&'static str];
    /// A bit for each property that must be there.
    const REQUIRED: u128;
    /// Whether properties that are not described are wanted.
    const KEEPS: bool;

    /// Reads the property at `index`; says whether it was there.
    fn field<'de, A: MapAccess<'de>>(
        &mut self,
        index: usize,
        input: Input<'_, 'de, A>,
    ) -> Result<bool, A::Error>;

    /// Takes the properties that are not described.
    fn keep<'de, A: MapAccess<'de>>(&mut self, _kept: Entries<'de>) -> Result<(), A::Error> {
        Ok(())
    }

    /// Writes the properties.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Reads a struct from the entries of an object.
pub(crate) fn from_entries<'de, T: Structure, A: MapAccess<'de>>(
    source: Source<'de, A>,
) -> Result<T, A::Error> {
    let mut value = T::default();
    let mut kept = Vec::new();
    let wanted = T::KEEPS.then_some(&mut kept);
    let seen = source.read(T::FIELDS, wanted, &mut |index, input| {
        value.field(index, input)
    })?;
    report_absent(T::NAME, T::FIELDS, T::REQUIRED & !seen);
    if T::KEEPS {
        value.keep::<A>(kept)?;
    }
    Ok(value)
}

fn report_absent(schema: &'static str, fields: &[&'static str], missing: u128) {
    if missing == 0 {
        return;
    }
    for (index, field) in fields.iter().enumerate() {
        if missing >> index & 1 == 1 {
            absent(schema, field);
        }
    }
}

/// Reads a struct.
pub(crate) fn decode<'de, T: Structure, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    struct Object<T>(PhantomData<T>);
    impl<'de, T: Structure> Visitor<'de> for Object<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object ({})", T::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            from_entries(Source::new(map))
        }
    }
    input.deserialize_map(Object(PhantomData))
}

/// How each kind of field is written.
pub(crate) mod put {
    use serde::ser::SerializeMap;

    use crate::wire::{Patch, Wire, Written};

    pub(crate) fn required<M: SerializeMap, T: Wire>(
        map: &mut M,
        key: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        map.serialize_entry(key, &Written(value))
    }

    pub(crate) fn nullable<M: SerializeMap, T: Wire>(
        map: &mut M,
        key: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        map.serialize_entry(key, &Written(value))
    }

    pub(crate) fn optional<M: SerializeMap, T: Wire>(
        map: &mut M,
        key: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => map.serialize_entry(key, &Written(value)),
            None => Ok(()),
        }
    }

    pub(crate) fn patch<M: SerializeMap, T: Wire>(
        map: &mut M,
        key: &'static str,
        value: &Patch<T>,
    ) -> Result<(), M::Error> {
        match value {
            Patch::Leave => Ok(()),
            value => map.serialize_entry(key, &Written(value)),
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

/// The step from an object to one of its properties; none to what stands among them.
pub(crate) fn step(key: &str) -> String {
    match key {
        "" => String::new(),
        key => format!(".{key}"),
    }
}

/// Reads, writes and checks a struct: a line for each property, with its place, its name, its kind
/// (`tag`, `required`, `nullable`, `optional`, `patch`), the field that holds it, and what is
/// checked of it before it is sent (functions of [`check`](super::check)).
macro_rules! structure {
    (
        $type:ident $($name:literal)? {
            $($index:literal $key:literal $kind:ident $field:tt
                $(, $rule:ident $(($($argument:expr),+))?)*;)*
            $(flatten $union:ident $(, $inside:ident)?;)*
            $(others $others:ident;)?
        }
    ) => {
        impl $crate::wire::Structure for $type {
            const NAME: &'static str = $crate::wire::structure::name!($type $($name)?);
            const FIELDS: &'static [&'static str] = &[$($key),*];
            const REQUIRED: u128 = 0 $(| $crate::wire::structure!(@required $kind $index))*;
            const KEEPS: bool = false $(|| $crate::wire::structure!(@yes $union))* $(|| $crate::wire::structure!(@yes $others))?;

            #[allow(unused_variables)]
            fn field<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                index: usize,
                input: $crate::wire::Input<'_, 'de, A>,
            ) -> Result<bool, A::Error> {
                match index {
                    $($index => $crate::wire::structure!(@read self input $index $kind $field),)*
                    _ => Ok(false),
                }
            }

            $crate::wire::structure!(@keep $(flatten $union;)* $(others $others;)?);

            #[allow(unused_variables)]
            fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $($crate::wire::structure!(@write self map $index $key $kind $field)?;)*
                $($crate::wire::Wire::encode_entries(&self.$union, map)?;)*
                $($crate::wire::Wire::encode_entries(&self.$others, map)?;)?
                Ok(())
            }
        }

        impl $crate::wire::Wire for $type {
            fn decode<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                $crate::wire::structure::decode(input)
            }

            fn from_entries<'de, A: serde::de::MapAccess<'de>>(
                source: $crate::wire::Source<'de, A>,
            ) -> Result<Self, A::Error> {
                $crate::wire::structure::from_entries(source)
            }

            fn encode<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                let mut map = output.serialize_map(None)?;
                $crate::wire::Structure::write(self, &mut map)?;
                serde::ser::SerializeMap::end(map)
            }

            fn encode_entries<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $crate::wire::Structure::write(self, map)
            }
        }

        $crate::wire::structure!(@check $type
            $($($key $kind $field $rule($($($argument),+)?);)*)*
            $($("" required $union $inside();)?)*
        );
        $crate::wire::structure::serde!($type);
    };

    (@check $type:ident) => {
        impl $crate::wire::Check for $type {}
    };
    (@check $type:ident $($key:literal $kind:ident $field:ident $rule:ident($($argument:expr),*);)+) => {
        impl $crate::wire::Check for $type {
            fn check(&self) -> Result<(), $crate::wire::Violation> {
                $(if let Some(value) = $crate::wire::structure::given::$kind(&self.$field) {
                    $crate::wire::check::$rule(value $(, $argument)*)
                        .map_err(|violation| violation.within($crate::wire::structure::step($key)))?;
                })+
                Ok(())
            }
        }
    };

    (@required tag $index:literal) => { 1 << $index };
    (@required required $index:literal) => { 1 << $index };
    (@required nullable $index:literal) => { 1 << $index };
    (@required $kind:ident $index:literal) => { 0 };

    (@yes $field:ident) => { true };

    (@read $self:ident $input:ident $index:literal tag $value:literal) => {
        $input.tag(&mut $self.tags, $index, &$value)
    };
    (@read $self:ident $input:ident $index:literal $kind:ident $field:ident) => {
        $input.$kind(&mut $self.$field)
    };

    (@write $self:ident $map:ident $index:literal $key:literal tag $value:literal) => {
        $self.tags.write($map, $index, $key, &$value)
    };
    (@write $self:ident $map:ident $index:literal $key:literal $kind:ident $field:ident) => {
        $crate::wire::structure::put::$kind($map, $key, &$self.$field)
    };

    (@keep) => {};
    (@keep others $others:ident;) => {
        fn keep<'de, A: serde::de::MapAccess<'de>>(
            &mut self,
            kept: $crate::wire::source::Entries<'de>,
        ) -> Result<(), A::Error> {
            let kept = $crate::wire::Source::<'de, A>::resume(kept, None);
            self.$others = $crate::wire::Wire::from_entries(kept)?;
            Ok(())
        }
    };
    (@keep $(flatten $union:ident;)+ $(others $others:ident;)?) => {
        fn keep<'de, A: serde::de::MapAccess<'de>>(
            &mut self,
            kept: $crate::wire::source::Entries<'de>,
        ) -> Result<(), A::Error> {
            $({
                let kept = $crate::wire::Source::<'de, A>::resume(kept.clone(), None);
                self.$union = $crate::wire::Wire::from_entries(kept)?;
            })+
            Ok(())
        }
    };
}
pub(crate) use structure;

/// The name of a schema, where it is not that of its type.
macro_rules! schema_name {
    ($type:ident) => {
        stringify!($type)
    };
    ($type:ident $name:literal) => {
        $name
    };
}
pub(crate) use schema_name as name;

/// What every generated type has: serde's own traits.
macro_rules! serde_impls {
    ($type:ident) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                $crate::wire::Wire::decode(input)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                $crate::wire::Wire::encode(self, output)
            }
        }
    };
}
pub(crate) use serde_impls as serde;
