//! The schemas of a document, merged and described on demand.
//!
//! Merging a schema needs the signatures of the unions in it, and these need merged schemas. This is
//! the one place that follows references for both; what is done with the schemas found is up to
//! [`merge_all_of`], [`fold_unions`] and [`signatures`]. Every result is kept, so that a schema that
//! is referred to many times is merged and described once.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::fold_unions;
use super::json_types::{JsonTypes, TypeTable};
use super::mapping;
use super::merge_all_of::{self, Merged};
use super::signatures::{self, Signature};
use crate::document::{Diagnostic, dangling, schema_name};
use crate::syntax::Schema;
use crate::syntax::SchemaIndex;

/// The maximum depth of nested schemas.
const MAX_DEPTH: usize = 200;
/// The maximum number of signatures of a union.
const MAX_SIGNATURES: usize = 2_000;
/// The maximum number of schemas in a merged schema.
const MAX_SIZE: usize = 50_000;

/// The schemas of a document.
pub(super) struct Schemas<'a> {
    source: &'a SchemaIndex,
    types: TypeTable<'a>,
    /// The merged schemas, by the original.
    merged: HashMap<Rc<Schema>, Rc<Schema>>,
    /// The members of the unions that were spread.
    alternatives: HashMap<Rc<Schema>, Vec<Merged>>,
    /// The signatures of the targets of references.
    signatures: HashMap<String, Vec<Signature>>,
    /// The steps in progress, the outermost first.
    in_progress: Vec<Step>,
    /// Set if something was larger than what can be generated.
    is_exceeded: bool,
}

/// A step that must not begin again before it ends.
#[derive(PartialEq)]
enum Step {
    /// Following a reference.
    Follow(String),
    /// Merging a schema.
    Merge(Rc<Schema>),
    /// Spreading the members of a union.
    Spread(Rc<Schema>),
}

impl<'a> Schemas<'a> {
    /// Returns the schemas of `source`, none of them merged yet.
    pub(super) fn new(source: &'a SchemaIndex) -> Self {
        Self {
            source,
            types: TypeTable::new(source),
            merged: HashMap::new(),
            alternatives: HashMap::new(),
            signatures: HashMap::new(),
            in_progress: Vec::new(),
            is_exceeded: false,
        }
    }

    /// Returns whether a schema was larger than what can be generated. Finding that out takes long, and
    /// as long again for each schema around it.
    pub(super) fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }

    /// Returns the schemas as the document has them.
    pub(super) fn source(&self) -> &'a SchemaIndex {
        self.source
    }

    /// Returns the JSON types of the values that `schema` allows.
    pub(super) fn json_types(&mut self, schema: &Schema) -> JsonTypes {
        self.types.of(schema)
    }

    /// Returns `schema` without `allOf`, and without a union beside properties.
    ///
    /// A union among the members stays a union beside the object's own properties (in
    /// [`Schema::flattened`]) if its members are discriminated; otherwise their properties become
    /// optional ones of the object. References are followed only where they are members of an `allOf`.
    ///
    /// # Errors
    /// Fails if an `allOf` is nested in itself, holds a reference to nothing, or is merged into more
    /// than can be generated.
    pub(super) fn merged(&mut self, schema: &Schema) -> Result<Rc<Schema>, Diagnostic> {
        let is_composed =
            schema.all_of.is_some() || schema.one_of.is_some() || schema.any_of.is_some();
        if schema.reference.is_some() || !is_composed {
            return Ok(copy(schema));
        }
        if let Some(merged) = self.merged.get(schema) {
            return Ok(merged.clone());
        }
        let original = copy(schema);
        let step = Step::Merge(original.clone());
        let merged = self.within("", step, "this schema is a part of itself", |schemas| {
            schemas.merge(schema)
        })?;
        self.merged.insert(original, merged.clone());
        Ok(merged)
    }

    fn merge(&mut self, schema: &Schema) -> Result<Rc<Schema>, Diagnostic> {
        let parts = merge_all_of::parts(schema);
        let mut merged = match parts.as_slice() {
            [only] if schema.all_of.is_some() => self.merged(only)?,
            [] | [_] => return Ok(copy(schema)),
            parts => {
                let mut all = Box::<Merged>::default();
                for part in parts {
                    self.add(&mut all, part)?;
                }
                self.fold(all)?
            }
        };
        merge_all_of::annotate(Rc::make_mut(&mut merged), schema);
        Ok(merged)
    }

    /// Adds a schema to those that are merged into one; its unions stay unions.
    fn add(&mut self, all: &mut Merged, part: &Schema) -> Result<(), Diagnostic> {
        if let Some(reference) = &part.reference {
            let message = "this schema is a member of its own allOf";
            return self.follow(reference, message, |schemas, target| {
                let mut merged = schemas.merged(target)?;
                if let Some(component) = schema_name(reference) {
                    merge_all_of::mark_home(Rc::make_mut(&mut merged), &component);
                }
                match merged.union_members() {
                    Some(_) => {
                        all.add_reference(reference);
                        Ok(())
                    }
                    None => schemas.add(all, &merged),
                }
            });
        }
        let merged = self.merged(part)?;
        if merged.reference.is_some() {
            return self.add(all, &merged);
        }
        match merged.union_members() {
            Some(_) => all.add_union(&merged),
            None => all.add(self.source, &merged),
        }
        Ok(())
    }

    /// Returns the schema of merged parts, with at most one union beside its properties: two would
    /// each take the properties of the other as unknown.
    fn fold(&mut self, mut all: Box<Merged>) -> Result<Rc<Schema>, Diagnostic> {
        let mut kept = Vec::new();
        for union in std::mem::take(&mut all.unions) {
            if kept.is_empty() && self.stays_union(&all, &union)? {
                kept.push(union)
            } else {
                self.merge_members(&mut all, &union)?
            }
        }
        Ok(all.into_schema(kept))
    }

    fn stays_union(&mut self, all: &Merged, union: &Schema) -> Result<bool, Diagnostic> {
        let merged = self.merged(self.source.resolve(union)?)?;
        let members = self.member_signatures(&merged)?;
        Ok(fold_unions::stays_union(all, &members))
    }

    fn merge_members(&mut self, all: &mut Merged, union: &Schema) -> Result<(), Diagnostic> {
        let members = self.alternatives(union)?;
        fold_unions::merge_members(self.source, all, members)?;
        let size: usize = all.properties.values().map(Schema::size).sum();
        if size > MAX_SIZE {
            let message = format!("merging this schema makes more than {MAX_SIZE} schemas of it");
            return Err(self.too_large(message));
        }
        Ok(())
    }

    /// Returns the members of a union as objects, each without a union beside its properties.
    fn alternatives(&mut self, union: &Schema) -> Result<Vec<Merged>, Diagnostic> {
        if let Some(known) = self.alternatives.get(union) {
            return Ok(known.clone());
        }
        let message = "this union is a member of itself";
        let pointer = union.reference.as_deref().unwrap_or_default();
        let all = self.within(pointer, Step::Spread(copy(union)), message, |schemas| {
            let mut all = Vec::new();
            for member in schemas.members_of(union)? {
                let mut one = Box::<Merged>::default();
                schemas.add(&mut one, &member)?;
                for union in std::mem::take(&mut one.unions) {
                    schemas.merge_members(&mut one, &union)?;
                }
                all.push(*one);
            }
            Ok(all)
        })?;
        self.alternatives.insert(copy(union), all.clone());
        Ok(all)
    }

    fn members_of(&mut self, union: &Schema) -> Result<Vec<Schema>, Diagnostic> {
        let merged = self.merged(self.source.resolve(union)?)?;
        let members = merged.union_members().unwrap_or_default();
        Ok(members.into_iter().cloned().collect())
    }

    /// Returns the shapes that the values of a schema can have.
    ///
    /// # Errors
    /// Fails if the schema cannot be merged, is nested in itself, or has more shapes than can be
    /// generated.
    pub(super) fn signatures(&mut self, schema: &Schema) -> Result<Vec<Signature>, Diagnostic> {
        if let Some(reference) = &schema.reference {
            if let Some(known) = self.signatures.get(reference) {
                return Ok(known.clone());
            }
            let message = "this union is a member of itself";
            let found = self.follow(reference, message, Self::signatures)?;
            self.signatures.insert(reference.clone(), found.clone());
            return Ok(found);
        }
        let merged = self.merged(schema)?;
        if merged.reference.is_some() {
            return self.signatures(&merged);
        }
        if merged.union_members().is_some() {
            let mut all = Vec::new();
            let mut seen = HashSet::new();
            for found in self.member_signatures(&merged)? {
                let found = found.into_iter();
                all.extend(found.filter(|signature| seen.insert(signature.clone())));
                if all.len() > MAX_SIGNATURES {
                    return Err(self.too_many_shapes());
                }
            }
            return Ok(all);
        }
        if let [only] = merged.members().as_slice() {
            return self.signatures(only);
        }
        let mut all = signatures::own(self.source, &mut self.types, &merged)?;
        for union in &merged.flattened {
            let found = self.signatures(union)?;
            if all.len() * found.len() > MAX_SIGNATURES {
                return Err(self.too_many_shapes());
            }
            all = signatures::product(&all, &found);
        }
        Ok(all)
    }

    /// Returns the shapes that the values of each member of a union can have. What its `discriminator`
    /// maps to a member is part of these.
    ///
    /// # Errors
    /// Fails as [`signatures`](Self::signatures) does.
    pub(super) fn member_signatures(
        &mut self,
        union: &Schema,
    ) -> Result<Vec<Vec<Signature>>, Diagnostic> {
        let members = union.members();
        let mut all = Vec::with_capacity(members.len());
        for member in &members {
            all.push(self.signatures(member)?);
        }
        if let Some(discriminator) = &union.discriminator {
            let mut references = Vec::with_capacity(members.len());
            for member in &members {
                references.push(self.references(member)?);
            }
            mapping::apply(discriminator, &references, &mut all);
        }
        Ok(all)
    }

    /// Returns the references that lead to a member of a union, and if it is a union, those that lead to
    /// its members.
    fn references(&mut self, member: &Schema) -> Result<Vec<String>, Diagnostic> {
        let mut references: Vec<String> = Vec::new();
        let mut waiting = vec![self.merged(member)?];
        while let Some(schema) = waiting.pop() {
            if let Some(reference) = &schema.reference {
                if !references.contains(reference) {
                    references.push(reference.clone());
                    let target = self.source.lookup(reference);
                    let target = target.ok_or_else(|| dangling(reference))?;
                    waiting.push(self.merged(target)?);
                }
                continue;
            }
            for member in schema.members() {
                waiting.push(self.merged(member)?);
            }
        }
        Ok(references)
    }

    /// Does something with the target of a reference, which must not be met again meanwhile.
    fn follow<T>(
        &mut self,
        reference: &str,
        message: &str,
        go: impl FnOnce(&mut Self, &Schema) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        let target = self
            .source
            .lookup(reference)
            .ok_or_else(|| dangling(reference))?;
        let step = Step::Follow(reference.to_owned());
        self.within(reference, step, message, |schemas| {
            go(schemas, target)
                .map_err(|diagnostic| diagnostic.at(reference.trim_start_matches('#')))
        })
    }

    /// Does something that must not begin again before it ends.
    fn within<T>(
        &mut self,
        pointer: &str,
        step: Step,
        message: &str,
        go: impl FnOnce(&mut Self) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        if self.in_progress.contains(&step) {
            let help = "with an overlay, remove the reference to itself from its `allOf`, `oneOf` or `anyOf`";
            return Err(Diagnostic::new(pointer, message).help(help));
        }
        if self.in_progress.len() == MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} schemas are nested in each other");
            return Err(self.too_large(message));
        }
        self.in_progress.push(step);
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

/// Returns a copy on the heap: schemas are large, and these functions call each other many times.
fn copy(schema: &Schema) -> Rc<Schema> {
    Rc::new(schema.clone())
}
