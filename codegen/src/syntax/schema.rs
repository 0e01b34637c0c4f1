//! The schemas of a document, as the passes hand them on to each other.

use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use regress::Regex;

use super::discriminator::Discriminator;
use crate::assertion::{self, Assertion};
use crate::document::{Diagnostic, escape};
use crate::walk::has_listed_names;

/// A schema of OpenAPI 3.0.3, with what merging finds out about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Schema {
    /// `$ref`. The other keywords are its siblings.
    pub reference: Option<String>,
    /// `type`.
    pub kind: Option<Kind>,
    /// `format`.
    pub format: Option<String>,
    /// `enum`, with values of one JSON type besides `null`.
    pub values: Option<Vec<Value>>,
    /// `properties`.
    pub properties: Option<Properties>,
    /// `required`.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional_properties: Option<AdditionalProperties<Schema>>,
    /// `items`.
    pub items: Option<Box<Schema>>,
    /// `allOf`.
    pub all_of: Option<Vec<Schema>>,
    /// `oneOf`.
    pub one_of: Option<Vec<Schema>>,
    /// `anyOf`.
    pub any_of: Option<Vec<Schema>>,
    /// `discriminator`, of a union.
    pub discriminator: Option<Discriminator>,
    /// Set if `not` excludes every value.
    pub is_never: bool,
    /// `nullable`.
    pub nullable: Option<bool>,
    /// Set if the properties are all that can be there, and say what `additionalProperties` would.
    pub has_listed_names: bool,
    /// The keywords that restrict values further.
    pub assertions: Vec<Assertion>,
    /// `title`.
    pub title: Option<String>,
    /// `x-type-name`: the name of the type, instead of one of where the schema is. An overlay sets it.
    pub type_name: Option<String>,
    /// Further keywords that restrict nothing.
    pub annotations: Annotations,
    /// The unions that are flattened into the object.
    pub flattened: Vec<Schema>,
    /// The component that the property comes from, which names the types in it.
    pub declared_in: Option<String>,
    /// Set if values of the property are sent without validation.
    pub skips_validation: bool,
    /// The components that an enum is combined from.
    pub combined_from: Vec<String>,
}

/// The values of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
    Null,
}

/// The schemas of properties, in the order of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties(IndexMap<String, Schema>);

/// `additionalProperties`: the properties that are not described.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AdditionalProperties<T> {
    /// There are none.
    Refused,
    /// Their values are these.
    Allowed(Box<T>),
}

/// Keywords that describe values without restricting them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "OpenAPI says it")]
pub struct Annotations {
    pub description: Option<String>,
    pub deprecated: Option<bool>,
    pub default: Option<Value>,
    pub example: Option<Value>,
}

/// A keyword, the JSON type of its value, and the test for it.
type Keyword = (&'static str, &'static str, fn(&Value) -> bool);

/// The keywords that decide types.
const KEYWORDS: [Keyword; 10] = [
    ("$ref", "a string", Value::is_string),
    ("type", "a string", Value::is_string),
    ("enum", "a list", Value::is_array),
    ("allOf", "a list", Value::is_array),
    ("oneOf", "a list", Value::is_array),
    ("anyOf", "a list", Value::is_array),
    ("properties", "an object", Value::is_object),
    ("additionalProperties", "a schema or a boolean", |it| {
        it.is_object() || it.is_boolean()
    }),
    ("nullable", "a boolean", Value::is_boolean),
    ("x-type-name", "a string", Value::is_string),
];

/// Notes the keywords of a schema that are not as OpenAPI describes them. `null` is an absent keyword.
fn check(schema: &Map<String, Value>, pointer: &str, found: &mut Vec<Diagnostic>) {
    for (keyword, expected, is_expected) in KEYWORDS {
        let value = schema.get(keyword).filter(|value| !value.is_null());
        if value.is_some_and(|value| !is_expected(value)) {
            let message = format!("`{keyword}` must be {expected}");
            let diagnostic = Diagnostic::new(format!("{pointer}/{keyword}"), message);
            found.push(diagnostic.help("correct it with an overlay"));
        }
    }
    let kind = schema.get("type").and_then(Value::as_str);
    if let Some(kind) = kind.filter(|kind| Kind::of_name(kind).is_none()) {
        let message = format!("`{kind}` is not a type of schema");
        let diagnostic = Diagnostic::new(format!("{pointer}/type"), message);
        found.push(diagnostic.help("correct it with an overlay"));
    }
    let pattern = schema.get("pattern").and_then(Value::as_str);
    if let Some((pattern, error)) =
        pattern.and_then(|pattern| Some((pattern, Regex::with_flags(pattern, "u").err()?)))
    {
        let message = format!("invalid regular expression `{pattern}`: {error}");
        let diagnostic = Diagnostic::new(format!("{pointer}/pattern"), message);
        found.push(diagnostic.help(
            "patterns are those of ECMAScript with the flag `u`; correct it with an overlay",
        ));
    }
}

impl Schema {
    /// Reads the schema at `pointer`. What cannot be read is noted in `found`.
    pub fn read(schema: &Value, pointer: &str, found: &mut Vec<Diagnostic>) -> Self {
        let Some(object) = schema.as_object() else {
            if !schema.is_boolean() && !schema.is_null() {
                found.push(
                    Diagnostic::new(pointer, "a schema must be an object")
                        .help("with an overlay, write `{}` for any value, or describe the value"),
                );
            }
            return Self::default();
        };
        check(object, pointer, found);
        let text = |key: &str| Some(object.get(key)?.as_str()?.to_owned());
        let flag = |key: &str| object.get(key).and_then(Value::as_bool);
        let list = |key: &str| object.get(key)?.as_array();
        let mut schemas = |key: &str| {
            let members = list(key)?.iter().enumerate();
            let members = members
                .map(|(index, it)| Self::read(it, &format!("{pointer}/{key}/{index}"), found));
            Some(members.collect())
        };
        let (all_of, one_of, any_of) = (schemas("allOf"), schemas("oneOf"), schemas("anyOf"));
        let properties = object.get("properties").and_then(Value::as_object);
        let properties = properties.map(|it| Properties::read(it, pointer, found));
        let others = object.get("additionalProperties");
        let others = others.and_then(|it| AdditionalProperties::read(it, pointer, found));
        let items = object.get("items");
        let items = items.map(|it| Box::new(Self::read(it, &format!("{pointer}/items"), found)));
        let is_union = one_of.is_some() || any_of.is_some();
        let discriminator = object.get("discriminator").filter(|_| is_union);
        let mut schema = Self {
            reference: text("$ref"),
            kind: object
                .get("type")
                .and_then(Value::as_str)
                .and_then(Kind::of_name),
            format: text("format"),
            values: list("enum").cloned(),
            properties,
            required: strings(list("required")),
            additional_properties: others,
            items,
            all_of,
            one_of,
            any_of,
            discriminator: discriminator.and_then(Discriminator::read),
            is_never: object.get("not").is_some_and(allows_all),
            nullable: flag("nullable"),
            has_listed_names: has_listed_names(schema),
            assertions: assertion::read(object),
            title: text("title"),
            type_name: text("x-type-name"),
            annotations: Annotations {
                description: text("description"),
                deprecated: flag("deprecated"),
                default: object.get("default").cloned(),
                example: object.get("example").cloned(),
            },
            ..Self::default()
        };
        schema.split_values();
        schema
    }

    /// Reads a schema of a test.
    #[cfg(test)]
    pub fn parse(schema: &Value) -> Self {
        Self::read(schema, "", &mut Vec::new())
    }

    /// Returns a schema that refers to another.
    pub fn reference(reference: &str) -> Self {
        Self {
            reference: Some(reference.to_owned()),
            ..Self::default()
        }
    }

    /// Returns the schema of strings, of which only `values` are allowed if there are some.
    pub fn text(values: Option<Vec<Value>>) -> Self {
        Self {
            kind: Some(Kind::String),
            values,
            ..Self::default()
        }
    }

    /// Returns the schema of values that fit one of `members`.
    pub fn one_of(members: Vec<Self>) -> Self {
        Self {
            one_of: Some(members),
            ..Self::default()
        }
    }

    /// Makes a union of an enum whose values are of several JSON types, whatever `type` says.
    fn split_values(&mut self) {
        let Some(values) = &self.values else {
            return;
        };
        let is_any = |kind: &Kind| values.iter().any(|value| kind.allows(value));
        let kinds = [Kind::String, Kind::Number, Kind::Boolean].into_iter();
        let kinds: Vec<Kind> = kinds.filter(is_any).collect();
        if kinds.len() < 2 || is_any(&Kind::Array) || is_any(&Kind::Object) {
            return;
        }
        let members = kinds.into_iter().map(|kind| {
            let strings = values.iter().filter(|value| value.is_string()).cloned();
            Self {
                kind: Some(kind),
                values: (kind == Kind::String).then(|| strings.collect()),
                ..Self::default()
            }
        });
        self.one_of = Some(members.collect());
        if values.contains(&Value::Null) {
            self.nullable = Some(true);
        }
        self.values = None;
        self.kind = None;
    }

    /// Returns the members of the union that the schema is, without those for `null`. There may be
    /// none, or only one.
    pub fn members(&self) -> Vec<&Self> {
        let lists = [&self.one_of, &self.any_of];
        let members = lists.into_iter().flatten().flatten();
        members.filter(|member| !member.is_null()).collect()
    }

    /// Returns the members of a union without those for `null`; `None` if fewer than two are left.
    pub fn union_members(&self) -> Option<Vec<&Self>> {
        let members = self.members();
        (members.len() > 1).then_some(members)
    }

    /// Returns whether `null` is the only value.
    pub fn is_null(&self) -> bool {
        let values = self.values.as_ref();
        let values = values.filter(|values| !values.is_empty());
        let only_null = values.is_some_and(|values| values.iter().all(Value::is_null));
        only_null || self.kind == Some(Kind::Null)
    }

    /// Returns whether the schema allows `null` by itself.
    pub fn allows_null(&self) -> bool {
        let any = |members: &Option<Vec<Self>>| members.iter().flatten().any(Self::is_null);
        self.nullable == Some(true)
            || self.values.iter().flatten().any(Value::is_null)
            || any(&self.one_of)
            || any(&self.any_of)
            || self.is_null()
    }

    /// Returns whether the schema describes properties, of its own or of a union.
    pub fn has_properties(&self) -> bool {
        self.properties.is_some() || !self.flattened.is_empty()
    }

    /// Returns whether nothing but described properties can be there.
    pub fn is_closed(&self) -> bool {
        self.additional_properties == Some(AdditionalProperties::Refused)
    }

    /// Returns the schema of undescribed properties, if it has one.
    pub fn additional_values(&self) -> Option<&Self> {
        match &self.additional_properties {
            Some(AdditionalProperties::Allowed(values)) => Some(values),
            Some(AdditionalProperties::Refused) | None => None,
        }
    }

    /// Returns the schema without annotations: two that are equal then mean the same.
    pub fn meaning(&self) -> Self {
        Self {
            title: None,
            type_name: None,
            annotations: Annotations::default(),
            declared_in: None,
            ..self.clone()
        }
    }

    /// Returns whether the schema says anything of values besides annotations.
    pub fn restricts(&self) -> bool {
        self.restrictions() != Self::default()
    }

    /// Returns the schema without anything that restricts nothing.
    pub fn restrictions(&self) -> Self {
        Self {
            title: None,
            type_name: None,
            annotations: Annotations::default(),
            nullable: None,
            has_listed_names: false,
            declared_in: None,
            skips_validation: false,
            combined_from: Vec::new(),
            ..self.clone()
        }
    }

    /// Adds assertions, each once.
    pub fn assert(&mut self, assertions: &[Assertion]) {
        for assertion in assertions {
            if !self.assertions.contains(assertion) {
                self.assertions.push(assertion.clone());
            }
        }
    }

    /// Returns the schemas in this one.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let lists = [&self.all_of, &self.one_of, &self.any_of];
        let lists = lists.into_iter().flatten().flatten();
        let properties = self.properties.iter().flat_map(|it| it.values());
        let others = self
            .items
            .as_deref()
            .into_iter()
            .chain(self.additional_values());
        lists.chain(properties).chain(others).chain(&self.flattened)
    }

    /// Returns of how many schemas this one consists.
    pub fn size(&self) -> usize {
        1 + self.parts().map(Self::size).sum::<usize>()
    }
}

impl Kind {
    const NAMES: [(&str, Self); 7] = [
        ("boolean", Self::Boolean),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("string", Self::String),
        ("array", Self::Array),
        ("object", Self::Object),
        ("null", Self::Null),
    ];

    fn allows(self, value: &Value) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Integer | Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
            Self::Null => value.is_null(),
        }
    }

    /// Returns the type with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.into_iter();
        names.find_map(|(other, kind)| (other == name).then_some(kind))
    }
}

impl Properties {
    fn read(properties: &Map<String, Value>, parent: &str, found: &mut Vec<Diagnostic>) -> Self {
        let properties = properties.iter().map(|(name, schema)| {
            let pointer = format!("{parent}/properties/{}", escape(name));
            (name.clone(), Schema::read(schema, &pointer, found))
        });
        Self(properties.collect())
    }
}

impl Deref for Properties {
    type Target = IndexMap<String, Schema>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Properties {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl IntoIterator for Properties {
    type Item = (String, Schema);
    type IntoIter = indexmap::map::IntoIter<String, Schema>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Two that differ only in their order are equal.
impl Hash for Properties {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut names: Vec<&str> = self.0.keys().map(String::as_str).collect();
        names.sort_unstable();
        names.hash(state);
    }
}

impl AdditionalProperties<Schema> {
    fn read(value: &Value, parent: &str, found: &mut Vec<Diagnostic>) -> Option<Self> {
        match value {
            Value::Bool(false) => Some(Self::Refused),
            Value::Bool(true) | Value::Object(_) => {
                let pointer = format!("{parent}/additionalProperties");
                Some(Self::Allowed(Box::new(Schema::read(
                    value, &pointer, found,
                ))))
            }
            _ => None,
        }
    }
}

impl Annotations {
    /// Replaces those that `others` has.
    pub fn replace(&mut self, others: &Self) {
        replace(&mut self.description, &others.description);
        replace(&mut self.deprecated, &others.deprecated);
        replace(&mut self.default, &others.default);
        replace(&mut self.example, &others.example);
    }
}

/// Replaces a value by another one, if there is one.
pub(crate) fn replace<T: Clone>(value: &mut Option<T>, other: &Option<T>) {
    if other.is_some() {
        value.clone_from(other);
    }
}

fn strings(list: Option<&Vec<Value>>) -> Vec<String> {
    let list = list.into_iter().flatten().filter_map(Value::as_str);
    list.map(str::to_owned).collect()
}

/// Returns whether a schema allows every value.
fn allows_all(schema: &Value) -> bool {
    match schema {
        Value::Object(object) => object.is_empty(),
        other => *other == Value::Bool(true),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_enum_of_several_json_types_is_a_union() {
        for (schema, expected) in [
            (
                json!({"enum": ["a", 1, null]}),
                json!({"nullable": true, "oneOf": [{"type": "string", "enum": ["a"]}, {"type": "number"}]}),
            ),
            (
                json!({"type": "string", "enum": [true, 1]}),
                json!({"oneOf": [{"type": "number"}, {"type": "boolean"}]}),
            ),
        ] {
            assert_eq!(Schema::parse(&schema), Schema::parse(&expected), "{schema}");
        }
        for schema in [
            json!({"enum": ["a", "b", null]}),
            json!({"enum": [1, 2.5]}),
            json!({"enum": ["a", {}, 1]}),
            json!({"enum": []}),
        ] {
            let values = schema["enum"].as_array().cloned();
            assert_eq!(Schema::parse(&schema).values, values, "{schema}");
        }
    }

    #[test]
    fn keywords_that_are_not_as_openapi_describes_them_are_diagnostics() {
        let schema = json!({
            "$ref": 1, "type": ["string"], "enum": "a", "properties": [], "allOf": {}, "oneOf": 1,
            "additionalProperties": "a", "anyOf": "a", "nullable": "yes", "items": 1, "pattern": "[",
        });
        let mut found = Vec::new();
        Schema::read(&schema, "/a", &mut found);
        let mut keywords: Vec<&str> = found
            .iter()
            .map(|it| it.pointer.trim_start_matches("#/a/"))
            .collect();
        keywords.sort_unstable();
        let mut expected: Vec<&String> = schema.as_object().unwrap().keys().collect();
        expected.sort_unstable();
        assert_eq!(keywords, expected);
        let nothing = json!({"type": null, "items": null, "properties": null});
        found.clear();
        Schema::read(&nothing, "", &mut found);
        assert_eq!(found, []);
    }

    #[test]
    fn two_schemas_mean_the_same_whatever_describes_them() {
        let meaning = |schema: Value| Schema::parse(&schema).meaning();
        let pairs = [
            (
                json!({"title": "A", "default": 1}),
                json!({"description": "B"}),
                true,
            ),
            (json!({"nullable": true}), json!({}), false),
            (json!({"maxLength": 1}), json!({"maxLength": 2}), false),
            (
                json!({"properties": {"a": {}, "b": {}}}),
                json!({"properties": {"b": {}, "a": {}}}),
                true,
            ),
        ];
        for (one, two, is_same) in pairs {
            assert_eq!(
                meaning(one.clone()) == meaning(two.clone()),
                is_same,
                "{one} {two}"
            );
        }
    }

    #[test]
    fn a_schema_restricts_values_by_more_than_annotations() {
        for (schema, restricts) in [
            (json!({}), false),
            (
                json!({"description": "A", "nullable": true, "x-propertyNames": {}}),
                false,
            ),
            (json!({"minLength": 0}), false),
            (json!({"minLength": 1}), true),
            (json!({"required": ["a"]}), true),
            (json!({"not": {}}), true),
        ] {
            assert_eq!(Schema::parse(&schema).restricts(), restricts, "{schema}");
        }
    }
}
