//! Optional nullable fields of requests.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use super::extra::Deviation;
use super::field::Field;
use super::{Assertion, Context, Error, JsonCodec, Sink, ValueRef, Violations};

/// An optional nullable field of a request: left out, cleared, or set.
///
/// ```
/// use gitbook_api::Patch;
///
/// let title: Patch<String> = "New title".to_owned().into();
/// assert_eq!(title.as_option().map(String::as_str), Some("New title"));
/// assert!(Patch::<String>::default().is_keep());
/// ```
///
/// A field of another struct has this type with two attributes, without which an absent property is an
/// error, and [`Keep`](Self::Keep) is written as `null`:
///
/// ```
/// use gitbook_api::Patch;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Rename {
///     #[serde(default, skip_serializing_if = "Patch::is_keep")]
///     title: Patch<String>,
/// }
///
/// for (text, title) in [
///     ("{}", Patch::Keep),
///     (r#"{"title":null}"#, Patch::Clear),
///     (r#"{"title":"New"}"#, Patch::Set("New".to_owned())),
/// ] {
///     let rename: Rename = serde_json::from_str(text)?;
///     assert_eq!(rename.title, title);
///     assert_eq!(serde_json::to_string(&rename)?, text);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field is not sent and keeps its value.
    #[default]
    Keep,
    /// `null` is sent, which removes the value.
    Clear,
    /// The value is sent.
    Set(T),
}

impl<T> Patch<T> {
    /// Returns whether the field is not sent.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Returns the value, if one is set.
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Returns the value, if one is set.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

/// Converts a value to [`Patch::Set`].
impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Decodes a field that is present. `null` is [`Patch::Clear`].
impl<T: JsonCodec> JsonCodec for Patch<T> {
    fn decode(input: ValueRef<'_>, cx: &mut Context) -> Result<Self, Error> {
        Option::<T>::decode(input, cx).map(|value| value.map_or(Self::Clear, Self::Set))
    }

    fn from_null() -> Option<Self> {
        Some(Self::Clear)
    }

    /// Is left out if it is not sent.
    #[inline]
    fn encode_property<'a>(
        &'a self,
        (key, _): Field,
        _deviation: Option<&'a Deviation>,
        out: &mut dyn Sink<'a>,
    ) {
        if !self.is_keep() {
            out.static_key(key);
            self.encode(out);
        }
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        match self {
            Self::Set(value) => value.encode(out),
            Self::Keep | Self::Clear => out.null(),
        }
    }

    fn check(&self, found: &mut Violations) {
        if let Some(value) = self.as_option() {
            value.check(found);
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        if let Some(value) = self.as_option() {
            value.check_against(assertions, found);
        }
    }
}

/// Writes [`Patch::Keep`] as [`Patch::Clear`]: only the struct can leave a field out.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_newtype_struct("Patch", &self.as_option())
    }
}

/// Reads `null` as [`Patch::Clear`].
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        // As an `Option`, a field that is absent would be `null`.
        input.deserialize_newtype_struct("Patch", Present(PhantomData))
    }
}

/// Reads a field that is present.
struct Present<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Present<T> {
    type Value = Patch<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<Patch<T>, D::Error> {
        let value = Option::deserialize(input)?;
        Ok(value.map_or(Patch::Clear, Patch::Set))
    }
}
