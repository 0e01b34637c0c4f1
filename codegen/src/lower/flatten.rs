//! One schema instead of `allOf`: the properties of all members in one object.
//!
//! A union among the members stays a union beside the object's own properties (under `x-flatten`)
//! when a tag tells its members apart; otherwise their properties become optional ones of the object.

use serde_json::{Map, Value, json};

use super::rows::{Row, rows_within, told_apart};
use super::{FLATTEN, HOME, UNCHECKED, limits, required, union_members};
use crate::document::{Problem, lookup, resolve, schema_name};

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

/// `schema` without `allOf`, and without a union beside properties.
///
/// References are followed only where they are members of an `allOf`.
///
/// # Errors
/// When an `allOf` is nested in itself or holds a reference to nothing.
pub fn flatten(document: &Value, schema: &Value) -> Result<Value, Problem> {
    flatten_within(document, schema, &mut Vec::new())
}

/// As [`flatten`], below the references in `stack`, none of which may be met again.
pub(super) fn flatten_within(
    document: &Value,
    schema: &Value,
    stack: &mut Vec<String>,
) -> Result<Value, Problem> {
    let Some(object) = schema.as_object() else {
        return Ok(json!({}));
    };
    match object.get("$ref") {
        Some(Value::String(_)) => return Ok(schema.clone()),
        Some(_) => {
            return Err(Problem::new(
                "",
                "a `$ref` that is no text refers to nothing",
            ));
        }
        None => {}
    }
    let parts = parts(object);
    let annotations = annotations(object);
    match parts.as_slice() {
        [] => Ok(schema.clone()),
        [only] if object.contains_key("allOf") => {
            let mut flat = flatten_within(document, only, stack)?;
            annotate(&mut flat, &annotations);
            Ok(flat)
        }
        [_] => Ok(schema.clone()),
        _ => {
            let mut merged = Merged::default();
            for part in &parts {
                merged.add(document, part, stack)?;
            }
            let mut flat = merged.finish(document, stack)?;
            annotate(&mut flat, &annotations);
            Ok(flat)
        }
    }
}

/// What has to hold at once: the schema's own keywords, each member of `allOf`, and its union.
fn parts(object: &Map<String, Value>) -> Vec<Value> {
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
    let says_nothing = |key: &str| matches!(key, "required" | "format") || limits::is_key(key);
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

fn annotations(object: &Map<String, Value>) -> Map<String, Value> {
    let is_annotation =
        |key: &str| ANNOTATIONS.contains(&key) || (key.starts_with("x-") && key != FLATTEN);
    object
        .iter()
        .filter(|(key, _)| is_annotation(key))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect()
}

fn annotate(schema: &mut Value, annotations: &Map<String, Value>) {
    if let Some(object) = schema.as_object_mut() {
        for (key, value) in annotations {
            object.insert(key.clone(), value.clone());
        }
    }
}

/// The members of an `allOf` put together, in their order.
#[derive(Default)]
struct Merged {
    properties: Map<String, Value>,
    required: Vec<String>,
    others: Map<String, Value>,
    unions: Vec<Value>,
}

impl Merged {
    fn add(
        &mut self,
        document: &Value,
        part: &Value,
        stack: &mut Vec<String>,
    ) -> Result<(), Problem> {
        if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
            if stack.iter().any(|seen| seen == reference) {
                return Err(Problem::new(
                    reference,
                    "this schema is a member of its own allOf",
                ));
            }
            let target = lookup(document, reference).ok_or_else(|| {
                Problem::new(reference, "nothing is defined here, but it is referenced")
            })?;
            stack.push(reference.to_owned());
            let mut flat = flatten_within(document, target, stack)?;
            if let Some(component) = schema_name(reference) {
                mark_home(&mut flat, component);
            }
            let added = match union_members(&flat) {
                Some(_) => {
                    self.unions.push(json!({ "$ref": reference }));
                    Ok(())
                }
                None => self.add(document, &flat, stack),
            };
            stack.pop();
            return added;
        }
        let flat = flatten_within(document, part, stack)?;
        if flat.get("$ref").is_some() {
            return self.add(document, &flat, stack);
        }
        if union_members(&flat).is_some() {
            self.unions.push(flat);
            return Ok(());
        }
        self.required.extend(required(&flat).map(str::to_owned));
        limits::add(&mut self.others, &flat);
        let Value::Object(flat) = flat else {
            return Ok(());
        };
        for (key, value) in flat {
            match (key.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    for (name, property) in properties {
                        self.narrow(document, name, property);
                    }
                }
                ("required", _) => {}
                (key, _) if limits::is_key(key) => {}
                (FLATTEN, Value::Array(unions)) => self.unions.extend(unions),
                (key, value) if !ANNOTATIONS.contains(&key) => {
                    self.others.insert(key.to_owned(), value);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A property that two members describe: the later one narrows, unless it says less. What both
    /// ask of its value has to hold.
    fn narrow(&mut self, document: &Value, name: String, mut property: Value) {
        let Some(before) = self.properties.get_mut(&name) else {
            self.properties.insert(name, property);
            return;
        };
        if super::bare(before) == super::bare(&property) || !restricts(&property) {
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
            limits::add(narrowed, known);
        }
        *before = property;
    }

    fn finish(mut self, document: &Value, stack: &mut Vec<String>) -> Result<Value, Problem> {
        let mut kept = Vec::new();
        for union in std::mem::take(&mut self.unions) {
            // Two unions beside each other would each take the properties of the other as unknown.
            match kept.is_empty() && self.stays_apart(document, &union, stack)? {
                true => kept.push(union),
                false => self.spread(document, &union, stack)?,
            }
        }
        let mut schema = self.others;
        if !self.properties.is_empty() || !kept.is_empty() {
            schema.insert("type".to_owned(), json!("object"));
            schema.insert("properties".to_owned(), Value::Object(self.properties));
        }
        let mut seen = Vec::new();
        self.required.retain(|name| {
            let new = !seen.contains(name);
            seen.push(name.clone());
            new
        });
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), json!(self.required));
        }
        if !kept.is_empty() {
            schema.insert(FLATTEN.to_owned(), Value::Array(kept));
        }
        Ok(Value::Object(schema))
    }

    /// Whether a union can stand beside the object's own properties as one value: its members are
    /// told apart, and none of its properties is also the object's own.
    fn stays_apart(
        &self,
        document: &Value,
        union: &Value,
        stack: &mut Vec<String>,
    ) -> Result<bool, Problem> {
        let mut members = Vec::new();
        for member in members_of(document, union, stack)? {
            members.push(rows_within(document, &member, stack)?);
        }
        let disjoint = members
            .iter()
            .flatten()
            .flat_map(Row::known)
            .all(|name| !self.properties.contains_key(name));
        Ok(disjoint && told_apart(&members))
    }

    /// Makes the properties of the members of a union properties of the object, required only
    /// where every member requires them.
    fn spread(
        &mut self,
        document: &Value,
        union: &Value,
        stack: &mut Vec<String>,
    ) -> Result<(), Problem> {
        let members = members_of(document, union, stack)?;
        let mut always: Option<Vec<String>> = None;
        // The properties of members that require nothing, one list for each.
        let mut lenient: Vec<Vec<String>> = Vec::new();
        let mut spread: Map<String, Value> = Map::new();
        for member in members {
            let mut one = Merged::default();
            one.add(document, &member, stack)?;
            for union in std::mem::take(&mut one.unions) {
                one.spread(document, &union, stack)?;
            }
            if let Some(values @ (Value::Bool(true) | Value::Object(_))) =
                one.others.get("additionalProperties")
            {
                let open = self.others.entry("additionalProperties");
                open.or_insert_with(|| values.clone());
            }
            if one.required.iter().all(|name| self.required.contains(name)) {
                lenient.push(one.properties.keys().cloned().collect());
            }
            always = Some(match always {
                None => one.required,
                Some(names) => names
                    .into_iter()
                    .filter(|n| one.required.contains(n))
                    .collect(),
            });
            for (name, property) in one.properties {
                match spread.get_mut(&name) {
                    None => {
                        spread.insert(name, property);
                    }
                    Some(before) => *before = either(document, before.clone(), property)?,
                }
            }
        }
        for (name, mut property) in spread {
            // A value that the others do not allow makes the object one of a member that takes any.
            if let Some(property) = property.as_object_mut()
                && lenient.iter().any(|names| !names.contains(&name))
            {
                property.insert(UNCHECKED.to_owned(), json!(true));
            }
            self.properties.entry(name).or_insert(property);
        }
        self.required.extend(always.unwrap_or_default());
        Ok(())
    }
}

/// Remembers which component a property was described in: an inline type is named after it.
fn mark_home(flat: &mut Value, component: &str) {
    let Some(Value::Object(properties)) = flat.get_mut("properties") else {
        return;
    };
    for property in properties.values_mut().filter_map(Value::as_object_mut) {
        property.entry(HOME).or_insert_with(|| json!(component));
    }
}

fn members_of(
    document: &Value,
    union: &Value,
    stack: &mut Vec<String>,
) -> Result<Vec<Value>, Problem> {
    let target = crate::document::resolve(document, union)?;
    let flat = flatten_within(document, target, stack)?;
    let members = union_members(&flat).unwrap_or_default();
    Ok(members.into_iter().cloned().collect())
}

/// A schema for a value that fits the one or the other.
fn either(document: &Value, one: Value, two: Value) -> Result<Value, Problem> {
    if super::bare(&one) == super::bare(&two) {
        return Ok(one);
    }
    let values = |schema: &Value| -> Result<Option<Vec<Value>>, Problem> {
        let target = crate::document::resolve(document, schema)?;
        Ok(target.get("enum").and_then(Value::as_array).cloned())
    };
    if let (Some(mut all), Some(more)) = (values(&one)?, values(&two)?)
        && all.iter().chain(&more).all(Value::is_string)
    {
        all.extend(
            more.into_iter()
                .filter(|value| !all.contains(value))
                .collect::<Vec<_>>(),
        );
        return Ok(json!({ "type": "string", "enum": all }));
    }
    let mut members = match one.get("oneOf").and_then(Value::as_array) {
        Some(members) => members.clone(),
        None => vec![one],
    };
    if !members
        .iter()
        .any(|member| super::bare(member) == super::bare(&two))
    {
        members.push(two);
    }
    Ok(json!({ "oneOf": members }))
}
