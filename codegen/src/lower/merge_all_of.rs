//! One schema instead of `allOf`: the properties of all members in one object.
//!
//! This merges schemas that are at hand; [`Schemas`](super::schemas::Schemas) follows the references
//! between them.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{FLATTEN, HOME, constraints, required, without_annotations};
use crate::document::resolve;

/// Keywords that describe a value without restricting it.
const ANNOTATIONS: &[&str] = &[
    "description",
    "title",
    "example",
    "examples",
    "deprecated",
    "default",
    "externalDocs",
    "readOnly",
    "writeOnly",
    "nullable",
    "xml",
    "discriminator",
];

/// Returns the schemas that all have to hold: the schema's own keywords, each member of `allOf`, and
/// its union.
pub(super) fn parts(object: &Map<String, Value>) -> Vec<Value> {
    let mut parts: Vec<Value> = Vec::new();
    let mut own = object.clone();
    let members = own.shift_remove("allOf");
    let unions: Vec<Value> = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|key| {
            own.shift_remove(*key)
                .map(|members| json!({ *key: members }))
        })
        .collect();
    own.retain(|key, _| !ANNOTATIONS.contains(&key.as_str()) && !key.starts_with("x-"));
    // Beside a union, a bare `type: object` or `required` says nothing that its members do not say,
    // and a limit leaves their types as they are.
    let only_union = members.is_none() && !unions.is_empty();
    let says_nothing = |key: &str| matches!(key, "required" | "format") || constraints::is_key(key);
    let bare = own
        .keys()
        .map(String::as_str)
        .all(|key| key == "type" || (only_union && says_nothing(key)));
    if !own.is_empty() && !(bare && (members.is_some() || !unions.is_empty())) {
        parts.push(Value::Object(own));
    }
    if let Some(Value::Array(members)) = members {
        parts.extend(members.into_iter().filter(restricts));
    }
    parts.extend(unions);
    parts
}

fn restricts(schema: &Value) -> bool {
    schema.as_object().is_some_and(|object| {
        object
            .keys()
            .any(|key| !ANNOTATIONS.contains(&key.as_str()) && !key.starts_with("x-"))
    })
}

pub(super) fn annotations(object: &Map<String, Value>) -> Map<String, Value> {
    let is_annotation =
        |key: &str| ANNOTATIONS.contains(&key) || (key.starts_with("x-") && key != FLATTEN);
    object
        .iter()
        .filter(|(key, _)| is_annotation(key))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect()
}

pub(super) fn annotate(schema: &mut Value, annotations: &Map<String, Value>) {
    if let Some(object) = schema.as_object_mut() {
        for (key, value) in annotations {
            object.insert(key.clone(), value.clone());
        }
    }
}

/// Schemas that are merged into one object, in their order.
#[derive(Clone, Default)]
pub(super) struct Merged {
    pub properties: Map<String, Value>,
    pub required: Vec<String>,
    /// All other keywords.
    pub others: Map<String, Value>,
    /// The unions among the schemas, which are not merged yet.
    pub unions: Vec<Value>,
}

impl Merged {
    /// Adds an object without `allOf`.
    pub fn add(&mut self, document: &Value, schema: Value) {
        self.required.extend(required(&schema).map(str::to_owned));
        constraints::add(&mut self.others, &schema);
        let Value::Object(schema) = schema else {
            return;
        };
        for (key, value) in schema {
            match (key.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    for (name, property) in properties {
                        self.narrow(document, name, property);
                    }
                }
                ("required", _) => {}
                (key, _) if constraints::is_key(key) => {}
                (FLATTEN, Value::Array(unions)) => {
                    unions.into_iter().for_each(|union| self.add_union(union));
                }
                (key, value) if !ANNOTATIONS.contains(&key) => {
                    self.others.insert(key.to_owned(), value);
                }
                _ => {}
            }
        }
    }

    /// Adds a union, unless it is there already.
    pub fn add_union(&mut self, union: Value) {
        if !self.unions.contains(&union) {
            self.unions.push(union);
        }
    }

    /// Merges a property into those that are known: the later description of a property narrows the
    /// former, unless it says less, and the assertions of both have to hold.
    fn narrow(&mut self, document: &Value, name: String, mut property: Value) {
        let Some(before) = self.properties.get_mut(&name) else {
            self.properties.insert(name, property);
            return;
        };
        if without_annotations(before) == without_annotations(&property) || !restricts(&property) {
            return;
        }
        let objects = [&*before, &property]
            .iter()
            .all(|schema| schema.get("properties").is_some());
        if objects {
            *before = json!({ "allOf": [before.clone(), property] });
            return;
        }
        if let (Some(narrowed), Ok(known)) = (property.as_object_mut(), resolve(document, before)) {
            constraints::add(narrowed, known);
        }
        *before = property;
    }

    /// Returns the schema, with `kept` as the unions whose properties stand among its own.
    pub fn into_schema(mut self, kept: Vec<Value>) -> Value {
        let mut schema = self.others;
        if !self.properties.is_empty() || !kept.is_empty() {
            schema.insert("type".to_owned(), json!("object"));
            schema.insert("properties".to_owned(), Value::Object(self.properties));
        }
        let mut seen = HashSet::new();
        self.required.retain(|name| seen.insert(name.clone()));
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), json!(self.required));
        }
        if !kept.is_empty() {
            schema.insert(FLATTEN.to_owned(), Value::Array(kept));
        }
        Value::Object(schema)
    }
}

/// Marks the component that describes each property: an inline type is named after it.
pub(super) fn mark_home(flat: &mut Value, component: &str) {
    let Some(Value::Object(properties)) = flat.get_mut("properties") else {
        return;
    };
    for property in properties.values_mut().filter_map(Value::as_object_mut) {
        property.entry(HOME).or_insert_with(|| json!(component));
    }
}
