//! IDs of resources.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{
    Assertion, Context, Error, JsonCodec, Sink, ValueRef, Violations, deserialize, serialize,
};

/// ID of a resource: text that only what takes the ID of this kind of resource accepts.
///
/// [`ids`](crate::ids) has a name for each kind, such as [`SpaceId`](crate::ids::SpaceId). The methods
/// of the client take these or any text, and the fields of responses have these types, so that the IDs
/// of two resources cannot be swapped:
///
/// ```
/// # fn run(client: gitbook_api::Client, space: gitbook_api::types::Space) {
/// client.get_space_by_id(&space.id);
/// client.get_space_by_id("E8xwdAuwg9KTp2xpKPCT");
/// # }
/// ```
///
/// ```compile_fail,E0277
/// # fn run(client: gitbook_api::Client, space: gitbook_api::types::Space) {
/// client.get_organization_by_id(&space.id);
/// # }
/// ```
///
/// It is written and compared as its text. It does not dereference to `str`, because then the compiler
/// would propose that to mix IDs.
pub struct Id<K> {
    text: String,
    /// The kind, of which there are no values.
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text, without copying it.
    pub fn into_string(self) -> String {
        self.text
    }
}

impl<K> From<String> for Id<K> {
    fn from(text: String) -> Self {
        Self {
            text,
            kind: PhantomData,
        }
    }
}

impl<K> From<&str> for Id<K> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<K> From<&String> for Id<K> {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl<K> From<&Self> for Id<K> {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

impl<K> From<Id<K>> for String {
    fn from(id: Id<K>) -> Self {
        id.text
    }
}

impl<K> From<&Id<K>> for String {
    fn from(id: &Id<K>) -> Self {
        id.text.clone()
    }
}

impl<K> AsRef<str> for Id<K> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// The ID hashes and compares as its text.
impl<K> Borrow<str> for Id<K> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        self.text.clone().into()
    }
}

/// An empty text, which no resource has as its ID.
impl<K> Default for Id<K> {
    fn default() -> Self {
        String::new().into()
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.text, f)
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Implements the comparison with a type of text, in both directions.
macro_rules! compared_with {
    ($($text:ty),*) => {
        $(
            impl<K> PartialEq<$text> for Id<K> {
                fn eq(&self, other: &$text) -> bool {
                    let other: &str = other;
                    self.text == other
                }
            }

            impl<K> PartialEq<Id<K>> for $text {
                fn eq(&self, other: &Id<K>) -> bool {
                    other == self
                }
            }
        )*
    };
}

compared_with!(str, &str, String);

impl<K> JsonCodec for Id<K> {
    fn decode(input: ValueRef<'_>, cx: &mut Context) -> Result<Self, Error> {
        String::decode(input, cx).map(Self::from)
    }

    fn encode<'a>(&'a self, out: &mut dyn Sink<'a>) {
        out.string(&self.text);
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        self.text.check_against(assertions, found);
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        deserialize(input)
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        serialize(self, output)
    }
}
