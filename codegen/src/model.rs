//! The Rust types of a lowered document.

mod conversions;
mod cycles;
mod getters;
mod read;

pub(crate) use conversions::{Conversions, EnumConversions, UnionConversions};
pub(crate) use getters::{Access, Accessor, Getter, Getters};
pub use read::{leaf_type, read};

use crate::assertion::Assertion;
use crate::lower::Signature;
use crate::syntax::Origin;

/// A component and the Rust type for it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The Rust type.
    pub name: String,
    /// The component of the document; `None` for an inline schema.
    pub schema: Option<String>,
    /// The origin of an inline schema.
    pub origin: Option<Origin>,
    /// The description.
    pub docs: String,
    /// Set if its use is discouraged.
    pub deprecated: bool,
    /// The documented example of its values.
    pub example: Option<serde_json::Value>,
    /// Set if requests can carry it.
    pub used_in_requests: bool,
    /// The enums that an enum is combined from.
    pub combined_from: Vec<String>,
    /// The assertions on its values.
    pub assertions: Vec<Assertion>,
    /// The shape of the type.
    pub shape: Shape,
}

/// The shape of a type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with described properties.
    Struct(Struct),
    /// A string with known values, and the variant for each.
    Enum(Vec<(String, String)>),
    /// One of several types.
    Union(Union),
}

/// An object with described properties.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// The properties, in the order of the schema.
    pub properties: Vec<Property>,
    /// Unions that are flattened into the object: the field and its type.
    pub flattened: Vec<(String, String)>,
    /// Set if there are no properties but the described ones.
    pub closed: bool,
    /// The field for properties that are not described, where they mean something, and the type of
    /// their values.
    pub additional_properties: Option<(String, Type)>,
    /// The assertions on the values of these properties.
    pub additional_assertions: Vec<Assertion>,
    /// The field for properties that are not known. It is private if `additional_properties` has these.
    pub unknown_fields: String,
}

/// The number of required properties that a constructor takes as arguments. More have setters, because
/// nobody sees which argument is which.
pub const MAX_ARGUMENTS: usize = 3;

impl Struct {
    /// Returns whether the constructor takes the required properties.
    pub fn is_positional(&self) -> bool {
        self.required().count() + self.flattened.len() <= MAX_ARGUMENTS
    }

    /// Returns the fields of properties that have to be set, in order. One that may be `null` is `null`
    /// unless it is set.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields()
            .filter(|field| field.presence == Presence::Required)
    }

    /// Returns the properties that have a field, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.properties
            .iter()
            .filter_map(|property| match property {
                Property::Field(field) => Some(field),
                Property::Constant { .. } => None,
            })
    }
}

/// A property of an object.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "few properties are constants")]
pub enum Property {
    /// A property that can only have one value; it has no field.
    Constant {
        /// The property.
        key: String,
        /// Its value.
        value: serde_json::Value,
    },
    /// A property with a field.
    Field(Field),
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// The property.
    pub key: String,
    /// The field.
    pub name: String,
    /// The method that sets it.
    pub setter: String,
    /// The method that makes it `null`.
    pub clear: String,
    /// The type of the value.
    pub ty: Type,
    /// The presence of the value: it may be absent or `null`.
    pub presence: Presence,
    /// The description.
    pub docs: String,
    /// Set if its use is discouraged.
    pub deprecated: bool,
    /// The assertions on the value.
    pub assertions: Vec<Assertion>,
    /// Set if nested values are sent without validation.
    pub skips_validation: bool,
    /// The only value, which the setter takes no argument for, unless other members of a union allow others.
    pub constant: Option<serde_json::Value>,
    /// The value that GitBook takes when the property is absent.
    pub default: Option<serde_json::Value>,
    /// The documented example of the value.
    pub example: Option<serde_json::Value>,
}

impl Field {
    /// Returns the type of the field, which says whether the value can be absent or `null`.
    pub fn rust_type(&self) -> String {
        let ty = &self.ty;
        match self.presence {
            Presence::Required => ty.to_string(),
            Presence::Nullable | Presence::Optional => format!("Option<{ty}>"),
            Presence::Patch => format!("crate::Patch<{ty}>"),
        }
    }
}

/// The presence of a value: whether it can be absent or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always there, never `null`.
    Required,
    /// Always there, may be `null`.
    Nullable,
    /// May be absent.
    Optional,
    /// May be absent and may be `null`, and requests must say which.
    Patch,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The variants and the type that each holds.
    pub variants: Vec<(String, Type)>,
    /// The assertions on the values of each variant.
    pub assertions: Vec<Vec<Assertion>>,
    /// The signatures of each variant, by which they are discriminated.
    pub signatures: Vec<Vec<Signature>>,
    /// Set if constant properties alone discriminate them.
    pub is_discriminated: bool,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Type {
    Boolean,
    Integer,
    Number,
    String,
    /// Text that identifies a resource of one kind.
    Id(String),
    Timestamp,
    Date,
    Json,
    List(Box<Type>),
    Map(Box<Type>),
    /// A page of a list of these items.
    Page(Box<Type>),
    /// An element of a list or map that may be `null`.
    Nullable(Box<Type>),
    Named(String),
    /// A named type that would otherwise contain itself, or make its union large.
    Boxed(String),
}

impl Type {
    /// Returns the type as it is written where the named types are found in `module`, as `types::` or
    /// nothing.
    pub fn path(&self, module: &str) -> String {
        match self {
            Type::Boolean => "bool".to_owned(),
            Type::Integer => "i64".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::String => "String".to_owned(),
            Type::Id(name) => format!("crate::ids::{name}"),
            Type::Timestamp => "crate::DateTime".to_owned(),
            Type::Date => "crate::Date".to_owned(),
            Type::Json => "serde_json::Value".to_owned(),
            Type::List(item) => format!("Vec<{}>", item.path(module)),
            Type::Map(value) => format!("crate::Map<{}>", value.path(module)),
            Type::Page(item) => format!("crate::Page<{}>", item.path(module)),
            Type::Nullable(value) => format!("Option<{}>", value.path(module)),
            Type::Named(name) => format!("{module}{name}"),
            Type::Boxed(name) => format!("Box<{module}{name}>"),
        }
    }
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path(""))
    }
}
