//! Gives every inline object, enum and union a component of its own.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value, json};

use super::schemas::Schemas;
use super::{ENUMS, FLATTEN, HOME, ORIGIN, UNCHECKED, VARIANTS};
use super::{JsonTypes, allows_null, constraints, is_null, members, unions, without_annotations};
use crate::docs::code_span;
use crate::document::{
    Diagnostic, Diagnostics, escape, lookup, resolve, schema_name, schema_reference, unescape,
};
use crate::names::{capitalize, singular, type_name, variant_name};

/// What a leaf keeps of the schema that it stands for.
const NOTES: &[&str] = &[
    "description",
    "deprecated",
    "default",
    "example",
    "readOnly",
    "writeOnly",
];

/// The components as they are being made.
pub struct Extractor<'a> {
    document: &'a Value,
    source: Schemas<'a>,
    schemas: Map<String, Value>,
    /// The types that are taken, so that an extracted one never shadows a component.
    taken: BTreeSet<String>,
    /// Where the schema at hand stands, in words.
    place: String,
    /// The inline schema of each extracted component, by which an equal one is recognized.
    made_of: BTreeMap<String, Value>,
    /// References to components that do not allow `null`, and whose members do not.
    not_nullable: HashSet<String>,
}

impl<'a> Extractor<'a> {
    /// Nothing extracted yet; the names of the document's own components are taken.
    pub fn new(document: &'a Value) -> Self {
        let taken = component_schemas(document)
            .map(|(name, _)| type_name(name))
            .collect();
        Self {
            document,
            source: Schemas::new(document),
            schemas: Map::new(),
            taken,
            place: String::new(),
            made_of: BTreeMap::new(),
            not_nullable: HashSet::new(),
        }
    }

    /// Returns whether a schema was too large, so that no others are to be lowered.
    pub fn is_exceeded(&self) -> bool {
        self.source.is_exceeded()
    }

    /// Lowers the document's own component schemas, up to one that is too large.
    pub fn components(&mut self) -> Result<(), Diagnostics> {
        let mut found = Vec::new();
        for (name, schema) in component_schemas(self.document) {
            self.schemas.insert(name.clone(), Value::Null);
            match self.component(&type_name(name), schema) {
                Ok(component) => drop(self.schemas.insert(name.clone(), component)),
                Err(diagnostic) => {
                    found.push(diagnostic.at(format!("/components/schemas/{}", escape(name))));
                }
            }
            if self.is_exceeded() {
                break;
            }
        }
        Diagnostics::check(found)
    }

    /// The components that were made, in the order in which they were met.
    pub fn finish(self) -> Map<String, Value> {
        self.schemas
    }

    /// Says where the schemas that come next stand.
    pub fn stand_at(&mut self, place: String) {
        self.place = place;
    }

    /// The leaf for a schema whose type is named `name` if it needs one.
    pub fn leaf(&mut self, name: &str, schema: &Value) -> Result<Value, Diagnostic> {
        let flat = with_free_names(self.source.merged(schema)?);
        let mut leaf = self.leaf_of(name, &flat)?;
        let nullable = allows_null(&flat) || self.names_nullable(&flat);
        if let Some(leaf) = leaf.as_object_mut() {
            for note in NOTES {
                if let Some(value) = flat.get(*note) {
                    leaf.insert((*note).to_owned(), value.clone());
                }
            }
            if nullable {
                leaf.insert("nullable".to_owned(), json!(true));
            }
        }
        Ok(leaf)
    }

    /// The leaf for a schema whose values are sent as text, as parameters are: one of booleans and
    /// of strings that are listed is an enum of the texts.
    pub fn text_leaf(&mut self, name: &str, schema: &Value) -> Result<Value, Diagnostic> {
        let flat = self.source.merged(schema)?;
        let target = self.resolved(&flat)?;
        let Some(mut text) = unions::in_text(&mut self.source, &target)? else {
            return self.leaf(name, schema);
        };
        for note in NOTES {
            if let Some(value) = flat.get(*note).or_else(|| target.get(*note)) {
                text[*note] = value.clone();
            }
        }
        self.leaf(name, &text)
    }

    /// The schema that one of no type stands for, without `allOf`.
    pub fn resolved(&mut self, schema: &Value) -> Result<Value, Diagnostic> {
        let merged = self.source.merged(schema)?;
        self.source.merged(resolve(self.document, &merged)?)
    }

    fn leaf_of(&mut self, name: &str, flat: &Value) -> Result<Value, Diagnostic> {
        if let Some(reference) = flat.get("$ref").and_then(Value::as_str) {
            return Ok(constrained(self.reference(reference)?, flat));
        }
        match members(flat).as_slice() {
            [] => {}
            [only] => return Ok(constrained(self.leaf(name, only)?, flat)),
            _ => {
                if let Some(text) = unions::all_strings(&mut self.source, flat)? {
                    return self.leaf(name, &with_constraints(text, flat));
                }
                return self.extract(name, "Union", flat);
            }
        }
        if let Some(values) = flat.get("enum").and_then(Value::as_array) {
            let leaf = self.enum_leaf(name, flat, values)?;
            return Ok(constrained(leaf, flat));
        }
        let has_properties = flat.get("properties").is_some() || flat.get(FLATTEN).is_some();
        match flat.get("type").and_then(Value::as_str) {
            Some(kind @ ("string" | "integer" | "number" | "boolean")) => {
                Ok(with_constraints(json!({ "type": kind }), flat))
            }
            Some("array") => {
                let items = match flat.get("items") {
                    Some(items) => self.leaf(&singular(name), items)?,
                    None => json!({}),
                };
                Ok(with_constraints(
                    json!({ "type": "array", "items": items }),
                    flat,
                ))
            }
            Some("object") | None if has_properties => self.extract(name, "Object", flat),
            Some("object") => match flat.get("additionalProperties") {
                Some(Value::Bool(false)) => self.extract(name, "Object", flat),
                Some(values @ Value::Object(_)) => {
                    let values = self.leaf(&singular(name), values)?;
                    Ok(with_constraints(
                        json!({ "type": "object", "additionalProperties": values }),
                        flat,
                    ))
                }
                _ => Ok(with_constraints(
                    json!({ "type": "object", "additionalProperties": {} }),
                    flat,
                )),
            },
            _ => Ok(with_constraints(json!({}), flat)),
        }
    }

    /// A reference to a component stays; a place inside one is lowered as if it stood here.
    fn reference(&mut self, reference: &str) -> Result<Value, Diagnostic> {
        if schema_name(reference).is_some() {
            return Ok(json!({ "$ref": reference }));
        }
        let named = json!({ "$ref": reference });
        let target = resolve(self.document, &named)?;
        let steps = reference.trim_start_matches("#/components/").split('/');
        let steps = steps.filter(|step| !matches!(*step, "schemas" | "properties"));
        let name: String = steps
            .map(|step| variant_name(&capitalize(&unescape(step))))
            .collect();
        self.leaf(&name, target)
    }

    fn enum_leaf(
        &mut self,
        name: &str,
        flat: &Value,
        values: &[Value],
    ) -> Result<Value, Diagnostic> {
        let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
        let all = |test: fn(&Value) -> bool| values.iter().all(|value| test(value));
        Ok(match values.as_slice() {
            [] => json!({}),
            [only @ Value::String(_)] => json!({ "type": "string", "enum": [only] }),
            [only @ Value::Bool(_)] => json!({ "type": "boolean", "enum": [only] }),
            [only @ Value::Number(number)] if number.is_i64() => {
                json!({ "type": "integer", "enum": [only] })
            }
            _ if all(Value::is_string) => return self.extract(name, "Kind", flat),
            _ if all(Value::is_boolean) => json!({ "type": "boolean" }),
            _ if all(Value::is_i64) => json!({ "type": "integer" }),
            _ if all(Value::is_number) => json!({ "type": "number" }),
            _ => {
                let mixed = unions::of_mixed_values(&values);
                return self.leaf(name, &mixed);
            }
        })
    }

    /// Makes a component of an inline schema and gives back a reference to it.
    fn extract(&mut self, name: &str, kind: &str, schema: &Value) -> Result<Value, Diagnostic> {
        let essence = without_annotations(schema);
        let own = type_name(name);
        let names = [own.clone(), format!("{}{kind}", own.trim_end_matches('_'))];
        let free = names
            .into_iter()
            .find(|name| self.made_of.get(name) == Some(&essence) || !self.taken.contains(name));
        let name = free.ok_or_else(|| {
            Diagnostic::new(
                "",
                format!("two different inline schemas would both be named {name}"),
            )
            .help("make one of them a component of its own")
        })?;
        let reference = json!({ "$ref": schema_reference(&name) });
        if self.made_of.insert(name.clone(), essence).is_some() {
            return Ok(reference);
        }
        self.taken.insert(name.clone());
        let place = self.place.clone();
        self.schemas.insert(name.clone(), Value::Null);
        let mut component = self.component(&name, schema)?;
        if let Some(component) = component.as_object_mut() {
            component.insert(ORIGIN.to_owned(), json!(place));
        }
        self.schemas.insert(name, component);
        Ok(reference)
    }

    /// The plain shape of a component.
    fn component(&mut self, name: &str, schema: &Value) -> Result<Value, Diagnostic> {
        let flat = with_free_names(self.source.merged(schema)?);
        let mut component = self.shape(name, &flat)?;
        if let Some(component) = component.as_object_mut() {
            for note in NOTES.iter().chain(&["externalDocs"]) {
                if let Some(value) = flat.get(*note) {
                    component.insert((*note).to_owned(), value.clone());
                }
            }
        }
        Ok(component)
    }

    fn shape(&mut self, name: &str, flat: &Value) -> Result<Value, Diagnostic> {
        if let [_, _, ..] = members(flat).as_slice() {
            return match unions::all_strings(&mut self.source, flat)? {
                Some(text) => self.shape(name, &with_constraints(text, flat)),
                None => Ok(constrained(self.union(name, flat)?, flat)),
            };
        }
        if let [only] = members(flat).as_slice() {
            let only = self.source.merged(only)?;
            return Ok(constrained(self.shape(name, &only)?, flat));
        }
        let strings: Vec<&Value> = match flat.get("enum").and_then(Value::as_array) {
            Some(values) => values.iter().filter(|value| !value.is_null()).collect(),
            None => Vec::new(),
        };
        if strings.len() > 1 && strings.iter().all(|value| value.is_string()) {
            let mut text = json!({ "type": "string", "enum": strings });
            if let Some(enums) = flat.get(ENUMS) {
                text[ENUMS] = enums.clone();
            }
            return Ok(constrained(text, flat));
        }
        if strings.len() > 1 && strings.iter().any(|value| value.is_string()) {
            return self.union(name, &unions::of_mixed_values(&strings));
        }
        let is_struct = flat.get("properties").is_some()
            || flat.get(FLATTEN).is_some()
            || flat.get("additionalProperties") == Some(&Value::Bool(false));
        match is_struct && flat.get("enum").is_none() {
            true => Ok(constrained(self.object(name, flat)?, flat)),
            false => self.leaf_of(name, flat),
        }
    }

    fn object(&mut self, name: &str, flat: &Value) -> Result<Value, Diagnostic> {
        let mut properties = Map::new();
        for (property, schema) in flat
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            // A property that no value satisfies is never there, which can set an object apart.
            if self.source.json_types(schema) == JsonTypes::NEVER {
                properties.insert(property.clone(), json!({ "not": {} }));
                continue;
            }
            let home = schema.get(HOME).and_then(Value::as_str).map(type_name);
            let owner = home.as_deref().unwrap_or(name);
            self.place = format!("property {} of [`{owner}`]", code_span(property));
            let mut leaf = self
                .leaf(
                    &format!("{owner}{}", variant_name(&capitalize(property))),
                    schema,
                )
                .map_err(|diagnostic| diagnostic.at(format!("/properties/{}", escape(property))))?;
            if schema.get(UNCHECKED).is_some() {
                leaf[UNCHECKED] = json!(true);
            }
            properties.insert(property.clone(), leaf);
        }
        let mut object = json!({ "type": "object", "properties": properties });
        // A required property that is not described is still there to be read and sent.
        for property in super::required(flat) {
            if object["properties"].get(property).is_none() && flat.get(FLATTEN).is_none() {
                object["properties"][property] = json!({});
            }
        }
        if let Some(required) = flat.get("required") {
            object["required"] = required.clone();
        }
        match flat.get("additionalProperties") {
            Some(Value::Bool(true)) => object["additionalProperties"] = json!({}),
            Some(Value::Bool(false)) => object["additionalProperties"] = json!(false),
            Some(values @ Value::Object(_)) => {
                object["additionalProperties"] = self.leaf(&format!("{name}Value"), values)?;
            }
            _ => {}
        }
        let mut unions = Vec::new();
        for union in super::flattened(flat) {
            unions.push(self.flattened_union(name, union)?);
        }
        if !unions.is_empty() {
            object[FLATTEN] = Value::Array(unions);
        }
        Ok(object)
    }

    /// A union among an object's properties: named like the component, or by the tag of its members.
    fn flattened_union(&mut self, name: &str, union: &Value) -> Result<Value, Diagnostic> {
        let field = match union
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(schema_name)
        {
            Some(component) => {
                let component = type_name(&component);
                component
                    .strip_prefix(name)
                    .unwrap_or(&component)
                    .to_owned()
            }
            None => unions::tag(&mut self.source, union)?.unwrap_or_else(|| "variant".to_owned()),
        };
        let mut leaf = self.leaf(&format!("{name}{}", capitalize(&field)), union)?;
        leaf["x-name"] = json!(field);
        Ok(leaf)
    }

    fn union(&mut self, name: &str, flat: &Value) -> Result<Value, Diagnostic> {
        let members: Vec<Value> = members(flat).into_iter().cloned().collect();
        let names = unions::variant_names(&mut self.source, name, &members)?;
        let mut leaves: Vec<Value> = Vec::new();
        let mut meanings: HashSet<Value> = HashSet::new();
        let mut variants: Vec<String> = Vec::new();
        for (variant, member) in names.into_iter().zip(&members) {
            self.place = format!("member of [`{name}`]");
            let leaf = self.leaf(&format!("{name}{variant}"), member)?;
            if !meanings.insert(without_annotations(&leaf)) {
                continue;
            }
            leaves.push(leaf);
            variants.push(variant);
        }
        let mut union = json!({ "oneOf": leaves, VARIANTS: variants });
        if let Some(discriminator) = flat.get("discriminator") {
            union["discriminator"] = discriminator.clone();
        }
        Ok(union)
    }

    /// Returns whether a schema names a component that allows `null` itself, as a reference or as a
    /// member of a union.
    fn names_nullable(&mut self, schema: &Value) -> bool {
        let mut waiting: Vec<&Value> = vec![schema];
        let mut seen: HashSet<&str> = HashSet::new();
        while let Some(schema) = waiting.pop() {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
                waiting.extend(members(schema));
                continue;
            };
            let target = lookup(self.document, reference);
            let is_new = !self.not_nullable.contains(reference) && !seen.contains(&reference);
            let Some(target) = target.filter(|_| is_new) else {
                continue;
            };
            if allows_null(target) && !is_null(target) {
                return true;
            }
            seen.insert(reference);
            waiting.push(target);
        }
        self.not_nullable
            .extend(seen.into_iter().map(str::to_owned));
        false
    }
}

fn component_schemas(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// An object that describes each of its allowed names alike, though perhaps in other words, is a map.
fn with_free_names(mut schema: Value) -> Value {
    let properties = schema.get("properties").and_then(Value::as_object);
    let (Some(_), Some(properties)) = (schema.get("x-propertyNames"), properties) else {
        return schema;
    };
    let mut values = properties.values();
    let Some(first) = values.next() else {
        return schema;
    };
    let meaning = without_annotations(first);
    if values
        .clone()
        .any(|other| without_annotations(other) != meaning)
    {
        return schema;
    }
    let value = match values.all(|other| other == first) {
        true => first.clone(),
        false => meaning,
    };
    if let Some(object) = schema.as_object_mut() {
        object.shift_remove("properties");
        object.insert("additionalProperties".to_owned(), value);
    }
    schema
}

/// A leaf or component with the format of `schema`, and asking for what that asks for.
fn with_constraints(mut leaf: Value, schema: &Value) -> Value {
    if let Some(format) = schema.get("format") {
        leaf["format"] = format.clone();
    }
    constrained(leaf, schema)
}

/// A leaf or component that asks for what `schema` asks for, too.
fn constrained(mut leaf: Value, schema: &Value) -> Value {
    if let Some(leaf) = leaf.as_object_mut() {
        constraints::add(leaf, schema);
    }
    leaf
}
