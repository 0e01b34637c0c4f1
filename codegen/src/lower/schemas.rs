//! The schemas of a document, merged and described on demand.
//!
//! Merging a schema needs the signatures of the unions in it, and these need merged schemas. This is
//! the one place that follows references for both; what is done with the schemas found is up to
//! [`merge_all_of`], [`fold_unions`] and [`signatures`]. Every result is kept, so that a schema that
//! is referred to many times is merged and described once.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::json_types::{JsonTypes, TypeTable};
use super::merge_all_of::{self, Merged};
use super::signatures::{self, Row};
use super::{flattened, fold_unions, members, union_members};
use crate::document::{Diagnostic, lookup, resolve, schema_name};

/// The maximum depth of nested schemas.
const MAX_DEPTH: usize = 200;
/// The maximum number of signatures of a union.
const MAX_SIGNATURES: usize = 2_000;
/// The maximum number of JSON values in a merged schema.
const MAX_NODES: usize = 200_000;

/// The schemas of a document.
pub struct Schemas<'a> {
    document: &'a Value,
    types: TypeTable<'a>,
    /// The merged schemas, by the text of the original.
    merged: HashMap<String, Value>,
    /// The members of the unions that were spread, by the text of the union.
    alternatives: HashMap<String, Vec<Merged>>,
    /// The signatures of the targets of references.
    signatures: HashMap<String, Vec<Row>>,
    /// The references and schemas that a result is being made for, the outermost first.
    in_progress: Vec<String>,
    /// Whether something was larger than what can be generated.
    is_exceeded: bool,
}

impl<'a> Schemas<'a> {
    /// Returns the schemas of `document`, none of them merged yet.
    pub fn new(document: &'a Value) -> Self {
        Self {
            document,
            types: TypeTable::new(document),
            merged: HashMap::new(),
            alternatives: HashMap::new(),
            signatures: HashMap::new(),
            in_progress: Vec::new(),
            is_exceeded: false,
        }
    }

    /// Returns whether a schema was larger than what can be generated. Finding that out takes long, and
    /// as long again for each schema around it.
    pub fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }

    /// Returns the document of the schemas.
    pub fn document(&self) -> &'a Value {
        self.document
    }

    /// Returns the JSON types of the values that `schema` allows.
    pub fn json_types(&mut self, schema: &Value) -> JsonTypes {
        self.types.of(schema)
    }

    /// Returns `schema` without `allOf`, and without a union beside properties.
    ///
    /// A union among the members stays a union beside the object's own properties (under
    /// `x-flatten`) if its members are discriminated; otherwise their properties become optional ones of
    /// the object. References are followed only where they are members of an `allOf`.
    ///
    /// # Errors
    /// Fails if an `allOf` is nested in itself, holds a reference to nothing, or is merged into more
    /// than can be generated.
    pub fn merged(&mut self, schema: &Value) -> Result<Value, Diagnostic> {
        let Some(object) = schema.as_object() else {
            return Ok(json!({}));
        };
        match object.get("$ref") {
            Some(Value::String(_)) => return Ok(schema.clone()),
            Some(_) => {
                let message = "a `$ref` that is no text refers to nothing";
                return Err(Diagnostic::new("", message));
            }
            None => {}
        }
        let is_composed = |key: &&str| object.contains_key(*key);
        if !["allOf", "oneOf", "anyOf"].iter().any(is_composed) {
            return Ok(schema.clone());
        }
        let key = schema.to_string();
        if let Some(merged) = self.merged.get(&key) {
            return Ok(merged.clone());
        }
        let merged = self.within("", &key, "this schema is a part of itself", |schemas| {
            schemas.merge(schema)
        })?;
        self.merged.insert(key, merged.clone());
        Ok(merged)
    }

    fn merge(&mut self, schema: &Value) -> Result<Value, Diagnostic> {
        let Some(object) = schema.as_object() else {
            return Ok(json!({}));
        };
        let parts = merge_all_of::parts(object);
        let mut merged = match parts.as_slice() {
            [only] if object.contains_key("allOf") => self.merged(only)?,
            [] | [_] => return Ok(schema.clone()),
            parts => {
                let mut all = Merged::default();
                for part in parts {
                    self.add(&mut all, part)?;
                }
                self.fold(all)?
            }
        };
        merge_all_of::annotate(&mut merged, &merge_all_of::annotations(object));
        Ok(merged)
    }

    /// Adds a schema to those that are merged into one; its unions stay unions.
    fn add(&mut self, all: &mut Merged, part: &Value) -> Result<(), Diagnostic> {
        if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
            let message = "this schema is a member of its own allOf";
            return self.follow(reference, message, |schemas, target| {
                let mut merged = schemas.merged(target)?;
                if let Some(component) = schema_name(reference) {
                    merge_all_of::mark_home(&mut merged, &component);
                }
                match union_members(&merged) {
                    Some(_) => {
                        all.add_union(json!({ "$ref": reference }));
                        Ok(())
                    }
                    None => schemas.add(all, &merged),
                }
            });
        }
        let merged = self.merged(part)?;
        if merged.get("$ref").is_some() {
            return self.add(all, &merged);
        }
        match union_members(&merged) {
            Some(_) => all.add_union(merged),
            None => all.add(self.document, merged),
        }
        Ok(())
    }

    /// Returns the schema of merged parts, with at most one union beside its properties: two would
    /// each take the properties of the other as unknown.
    fn fold(&mut self, mut all: Merged) -> Result<Value, Diagnostic> {
        let mut kept = Vec::new();
        for union in std::mem::take(&mut all.unions) {
            match kept.is_empty() && self.stays_apart(&all, &union)? {
                true => kept.push(union),
                false => self.spread(&mut all, &union)?,
            }
        }
        Ok(all.into_schema(kept))
    }

    fn stays_apart(&mut self, all: &Merged, union: &Value) -> Result<bool, Diagnostic> {
        let mut members = Vec::new();
        for member in self.members_of(union)? {
            members.push(self.signatures(&member)?);
        }
        Ok(fold_unions::stays_apart(all, &members))
    }

    fn spread(&mut self, all: &mut Merged, union: &Value) -> Result<(), Diagnostic> {
        let members = self.alternatives(union)?;
        fold_unions::spread(self.document, all, members)?;
        let nodes: usize = all.properties.values().map(nodes).sum();
        if nodes > MAX_NODES {
            let message = format!("merging this schema makes more than {MAX_NODES} values of it");
            return Err(self.too_large(message));
        }
        Ok(())
    }

    /// Returns the members of a union as objects, each without a union beside its properties.
    fn alternatives(&mut self, union: &Value) -> Result<Vec<Merged>, Diagnostic> {
        let reference = union.get("$ref").and_then(Value::as_str);
        let key = reference.map_or_else(|| union.to_string(), str::to_owned);
        if let Some(known) = self.alternatives.get(&key) {
            return Ok(known.clone());
        }
        let message = "this union is a member of itself";
        let pointer = reference.unwrap_or_default();
        let all = self.within(pointer, &format!("members of {key}"), message, |schemas| {
            let mut all = Vec::new();
            for member in schemas.members_of(union)? {
                let mut one = Merged::default();
                schemas.add(&mut one, &member)?;
                for union in std::mem::take(&mut one.unions) {
                    schemas.spread(&mut one, &union)?;
                }
                all.push(one);
            }
            Ok(all)
        })?;
        self.alternatives.insert(key, all.clone());
        Ok(all)
    }

    fn members_of(&mut self, union: &Value) -> Result<Vec<Value>, Diagnostic> {
        let target = resolve(self.document, union)?.clone();
        let merged = self.merged(&target)?;
        let members = union_members(&merged).unwrap_or_default();
        Ok(members.into_iter().cloned().collect())
    }

    /// Returns the shapes that the values of a schema can have.
    ///
    /// # Errors
    /// Fails if the schema cannot be merged, is nested in itself, or has more shapes than can be
    /// generated.
    pub fn signatures(&mut self, schema: &Value) -> Result<Vec<Row>, Diagnostic> {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(known) = self.signatures.get(reference) {
                return Ok(known.clone());
            }
            let message = "this union is a member of itself";
            let rows = self.follow(reference, message, Self::signatures)?;
            self.signatures.insert(reference.to_owned(), rows.clone());
            return Ok(rows);
        }
        let merged = self.merged(schema)?;
        if merged.get("$ref").is_some() {
            return self.signatures(&merged);
        }
        if let Some(members) = union_members(&merged) {
            let mut all = Vec::new();
            let mut seen = HashSet::new();
            for member in members {
                let rows = self.signatures(member)?.into_iter();
                all.extend(rows.filter(|row| seen.insert(row.clone())));
                if all.len() > MAX_SIGNATURES {
                    return Err(self.too_many_shapes());
                }
            }
            return Ok(all);
        }
        if let [only] = members(&merged).as_slice() {
            return self.signatures(only);
        }
        if let Some(row) = signatures::scalar_row(&merged) {
            return Ok(vec![row]);
        }
        let mut all = vec![signatures::object_row(&mut self.types, &merged)?];
        for union in flattened(&merged) {
            let rows = self.signatures(union)?;
            if all.len() * rows.len() > MAX_SIGNATURES {
                return Err(self.too_many_shapes());
            }
            all = signatures::product(&all, &rows);
        }
        Ok(all)
    }

    /// Does something with the target of a reference, which must not be met again meanwhile.
    fn follow<T>(
        &mut self,
        reference: &str,
        message: &str,
        go: impl FnOnce(&mut Self, &Value) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        let target = lookup(self.document, reference).ok_or_else(|| {
            Diagnostic::new(reference, "nothing is defined here, but it is referenced")
        })?;
        self.within(reference, reference, message, |schemas| {
            go(schemas, target)
                .map_err(|diagnostic| diagnostic.at(reference.trim_start_matches('#')))
        })
    }

    /// Does something that must not begin again before it ends.
    fn within<T>(
        &mut self,
        pointer: &str,
        key: &str,
        message: &str,
        go: impl FnOnce(&mut Self) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        if self.in_progress.iter().any(|other| other == key) {
            return Err(Diagnostic::new(pointer, message));
        }
        if self.in_progress.len() == MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} schemas are nested in each other");
            return Err(self.too_large(message));
        }
        self.in_progress.push(key.to_owned());
        let result = go(self);
        self.in_progress.pop();
        result
    }

    fn too_large(&mut self, message: String) -> Diagnostic {
        self.is_exceeded = true;
        Diagnostic::new("", message).help("simplify it with an overlay")
    }

    fn too_many_shapes(&mut self) -> Diagnostic {
        let message = format!("the values of this union have more than {MAX_SIGNATURES} shapes");
        self.too_large(message)
    }
}

/// Returns how many values a JSON value consists of.
fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(nodes).sum(),
        Value::Object(object) => object.values().map(nodes).sum(),
        _ => 0,
    }
}
