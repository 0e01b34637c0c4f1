//! Gives every inline object, enum and union a component of its own.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::JsonTypes;
use super::component::{Component, Definition, Enum, Leaf, LeafKind, Member, Object};
use super::schemas::Schemas;
use super::signatures::Signature;
use super::unions;
use crate::assertion::Assertion;
use crate::document::{Diagnostic, Diagnostics, escape, schema_name, unescape};
use crate::names::{capitalize, singular, type_name, variant_name};
use crate::syntax::SchemaIndex;
use crate::syntax::{AdditionalProperties, Annotations, Kind, Origin, Schema};

/// The result of lowering a named schema.
enum Shape {
    /// A component.
    Component(Component),
    /// Another name for a leaf.
    Alias(Leaf),
}

/// The components as they are being made.
pub(super) struct Extractor<'a> {
    source: &'a SchemaIndex,
    schemas: Schemas<'a>,
    /// The components in the order in which they are met; `None` for one that is not made yet.
    components: IndexMap<String, Option<Shape>>,
    /// The types that are taken, so that an extracted one never shadows a component.
    taken: BTreeSet<String>,
    /// The origin of the current schema; `None` before the first one.
    origin: Option<Origin>,
    /// The inline schema of each extracted component, by which an equal one is recognized.
    made_of: BTreeMap<String, Schema>,
    /// References to components that do not allow `null`, and whose members do not.
    not_nullable: HashSet<String>,
}

impl<'a> Extractor<'a> {
    /// Returns an extractor of `source`, in which the names of the document's own components are
    /// taken.
    pub(super) fn new(source: &'a SchemaIndex) -> Self {
        Self {
            source,
            schemas: Schemas::new(source),
            components: IndexMap::new(),
            taken: source
                .components
                .keys()
                .map(|name| source.type_name(name))
                .collect(),
            origin: None,
            made_of: BTreeMap::new(),
            not_nullable: HashSet::new(),
        }
    }

    /// Returns whether a schema was too large, so that no others are to be lowered.
    pub(super) fn is_exceeded(&self) -> bool {
        self.schemas.is_exceeded()
    }

    /// Lowers the document's own component schemas, up to one that is too large.
    pub(super) fn components(&mut self) -> Result<(), Diagnostics> {
        let mut found = Vec::new();
        for (name, schema) in &self.source.components {
            let key = self.source.key(name).to_owned();
            self.components.insert(key.clone(), None);
            match self.component(&type_name(&key), schema) {
                Ok(shape) => drop(self.components.insert(key, Some(shape))),
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

    /// Returns the components that were made and the aliases, each in the order in which they were met.
    pub(super) fn finish(self) -> (IndexMap<String, Component>, IndexMap<String, Leaf>) {
        let (mut components, mut aliases) = (IndexMap::new(), IndexMap::new());
        for (name, shape) in self.components {
            match shape {
                Some(Shape::Component(component)) => drop(components.insert(name, component)),
                Some(Shape::Alias(leaf)) => drop(aliases.insert(name, leaf)),
                None => {}
            }
        }
        (components, aliases)
    }

    /// Sets the origin of the next schemas.
    pub(super) fn set_origin(&mut self, origin: Origin) {
        self.origin = Some(origin);
    }

    /// Returns the leaf for a schema whose type is named `name` if it needs one.
    pub(super) fn leaf(&mut self, name: &str, schema: &Schema) -> Result<Leaf, Diagnostic> {
        let schema = with_free_names(self.schemas.merged(schema)?);
        let mut leaf = self.leaf_of(schema.type_name.as_deref().unwrap_or(name), &schema)?;
        leaf.annotations.replace(&schema.annotations);
        leaf.nullable |= schema.allows_null() || self.names_nullable(&schema);
        Ok(leaf)
    }

    /// Returns the leaf for a schema whose values are sent as text, as parameters are: one of
    /// booleans and of strings that are listed is an enum of the texts.
    pub(super) fn text_leaf(&mut self, name: &str, schema: &Schema) -> Result<Leaf, Diagnostic> {
        let merged = self.schemas.merged(schema)?;
        let target = self.resolved(&merged)?;
        let Some(mut text) = unions::as_string_enum(&mut self.schemas, &target)? else {
            return self.leaf(name, schema);
        };
        text.annotations.clone_from(&target.annotations);
        text.annotations.replace(&merged.annotations);
        self.leaf(name, &text)
    }

    /// Resolves references and merges `allOf`.
    pub(super) fn resolved(&mut self, schema: &Schema) -> Result<Rc<Schema>, Diagnostic> {
        let merged = self.schemas.merged(schema)?;
        self.schemas.merged(self.source.resolve(&merged)?)
    }

    fn leaf_of(&mut self, name: &str, schema: &Schema) -> Result<Leaf, Diagnostic> {
        if let Some(reference) = &schema.reference {
            return Ok(constrained(self.reference(reference)?, &schema.assertions));
        }
        match schema.members().as_slice() {
            [] => {}
            [only] => return Ok(constrained(self.leaf(name, only)?, &schema.assertions)),
            _ => {
                return match unions::all_strings(&mut self.schemas, schema)? {
                    Some(text) => self.leaf(name, &with_constraints(text, schema)),
                    None => self.extract(name, "Union", schema),
                };
            }
        }
        if let Some(values) = &schema.values {
            let leaf = self.enum_leaf(name, schema, values)?;
            return Ok(constrained(leaf, &schema.assertions));
        }
        let kind = match schema.kind {
            Some(Kind::String) => LeafKind::String,
            Some(Kind::Integer) => LeafKind::Integer,
            Some(Kind::Number) => LeafKind::Number,
            Some(Kind::Boolean) => LeafKind::Boolean,
            Some(Kind::Array) => LeafKind::List(Box::new(match &schema.items {
                Some(items) => self.leaf(&singular(name), items)?,
                None => Leaf::default(),
            })),
            Some(Kind::Object) | None if schema.has_properties() => {
                return self.extract(name, "Object", schema);
            }
            Some(Kind::Object) => match &schema.additional_properties {
                Some(AdditionalProperties::Refused) => return self.extract(name, "Object", schema),
                Some(AdditionalProperties::Allowed(values)) => {
                    LeafKind::Map(Box::new(self.leaf(&singular(name), values)?))
                }
                None => LeafKind::Map(Box::default()),
            },
            Some(Kind::Null) | None => LeafKind::Any,
        };
        let leaf = Leaf {
            format: schema.format.clone(),
            ..Leaf::new(kind)
        };
        Ok(constrained(leaf, &schema.assertions))
    }

    /// Returns the leaf of a reference. The target of one into a component is lowered as an inline schema.
    fn reference(&mut self, reference: &str) -> Result<Leaf, Diagnostic> {
        let target = self.source.lookup(reference).ok_or_else(|| {
            let message = format!("`{reference}` is referenced here, but nothing is defined there");
            Diagnostic::new("", message).help("define it, or correct the reference with an overlay")
        })?;
        if let Some(name) = schema_name(reference) {
            let key = self.source.key(&name).to_owned();
            return Ok(Leaf::new(LeafKind::Component(key)));
        }
        let target = self.source.resolve(target)?;
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
        schema: &Schema,
        values: &[Value],
    ) -> Result<Leaf, Diagnostic> {
        let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
        let all = |test: fn(&Value) -> bool| values.iter().all(|value| test(value));
        let kind = match values.as_slice() {
            [] => LeafKind::Any,
            [_, _, ..] if all(Value::is_string) => return self.extract(name, "Kind", schema),
            _ if all(Value::is_string) => LeafKind::String,
            _ if all(Value::is_boolean) => LeafKind::Boolean,
            _ if all(Value::is_i64) => LeafKind::Integer,
            _ if all(Value::is_number) => LeafKind::Number,
            _ => LeafKind::Any,
        };
        let constant = match values.as_slice() {
            [only] if !matches!(kind, LeafKind::Number | LeafKind::Any) => Some((*only).clone()),
            _ => None,
        };
        Ok(Leaf {
            constant,
            ..Leaf::new(kind)
        })
    }

    /// Makes a component of an inline schema and gives back a reference to it.
    fn extract(&mut self, name: &str, kind: &str, schema: &Schema) -> Result<Leaf, Diagnostic> {
        let meaning = schema.meaning();
        let own = type_name(name);
        let names = [own.clone(), format!("{}{kind}", own.trim_end_matches('_'))];
        let free = names
            .into_iter()
            .find(|name| self.made_of.get(name) == Some(&meaning) || !self.taken.contains(name));
        let name = free.ok_or_else(|| {
            Diagnostic::new(
                "",
                format!("two different inline schemas would both be named {name}"),
            )
            .help("make one of them a component of its own")
        })?;
        let leaf = Leaf::new(LeafKind::Component(name.clone()));
        if self.made_of.insert(name.clone(), meaning).is_some() {
            return Ok(leaf);
        }
        self.taken.insert(name.clone());
        let origin = self.origin.clone();
        self.components.insert(name.clone(), None);
        let mut shape = self.component(&name, schema)?;
        if let Shape::Component(component) = &mut shape {
            component.origin = origin;
        }
        self.components.insert(name, Some(shape));
        Ok(leaf)
    }

    /// Returns the plain shape of a component.
    fn component(&mut self, name: &str, schema: &Schema) -> Result<Shape, Diagnostic> {
        let schema = with_free_names(self.schemas.merged(schema)?);
        let mut shape = self.shape(name, &schema)?;
        let annotations = match &mut shape {
            Shape::Component(component) => &mut component.annotations,
            Shape::Alias(leaf) => &mut leaf.annotations,
        };
        annotations.replace(&schema.annotations);
        Ok(shape)
    }

    fn shape(&mut self, name: &str, schema: &Schema) -> Result<Shape, Diagnostic> {
        let shape = match schema.members().as_slice() {
            [] => None,
            [only] => {
                let only = self.schemas.merged(only)?;
                Some(self.shape(name, &only)?)
            }
            _ => match unions::all_strings(&mut self.schemas, schema)? {
                Some(text) => return self.shape(name, &with_constraints(text, schema)),
                None => Some(plain(self.union(name, schema)?)),
            },
        };
        if let Some(shape) = shape {
            return Ok(shape.constrained(&schema.assertions));
        }
        let values = schema
            .values
            .iter()
            .flatten()
            .filter(|value| !value.is_null());
        let strings: Vec<&str> = values.clone().filter_map(Value::as_str).collect();
        if strings.len() > 1 && strings.len() == values.count() {
            let definition = Definition::Enum(Enum {
                values: strings.into_iter().map(str::to_owned).collect(),
                combined_from: schema.combined_from.clone(),
            });
            return Ok(plain(definition).constrained(&schema.assertions));
        }
        if schema.values.is_none() && (schema.has_properties() || schema.is_closed()) {
            let object = plain(Definition::Object(self.object(name, schema)?));
            Ok(object.constrained(&schema.assertions))
        } else {
            Ok(Shape::Alias(self.leaf_of(name, schema)?))
        }
    }

    fn object(&mut self, name: &str, schema: &Schema) -> Result<Object, Diagnostic> {
        let mut object = Object {
            required: schema.required.clone(),
            ..Object::default()
        };
        let described = || schema.properties.iter().flat_map(|it| it.iter());
        for (property, schema) in described() {
            // A property that no value satisfies is never there, which can set an object apart.
            if self.schemas.json_types(schema) == JsonTypes::NEVER {
                continue;
            }
            let owner = schema.declared_in.as_deref();
            let owner = owner.map(|owner| self.source.type_name(owner));
            let owner = owner.as_deref().unwrap_or(name);
            self.origin = Some(Origin::Property {
                property: property.clone(),
                owner: owner.to_owned(),
            });
            let leaf = self.leaf(
                &format!("{owner}{}", variant_name(&capitalize(property))),
                schema,
            );
            let mut leaf = leaf
                .map_err(|diagnostic| diagnostic.at(format!("/properties/{}", escape(property))))?;
            leaf.skips_validation = schema.skips_validation;
            object.properties.insert(property.clone(), leaf);
        }
        // A required property that is not described is still there to be read and sent.
        for property in schema
            .required
            .iter()
            .filter(|_| schema.flattened.is_empty())
        {
            if !described().any(|(name, _)| name == property) {
                object.properties.entry(property.clone()).or_default();
            }
        }
        object.additional_properties = match &schema.additional_properties {
            Some(AdditionalProperties::Allowed(values)) => {
                let values = self.leaf(&format!("{name}Value"), values)?;
                Some(AdditionalProperties::Allowed(Box::new(values)))
            }
            Some(AdditionalProperties::Refused) => Some(AdditionalProperties::Refused),
            None => None,
        };
        for union in &schema.flattened {
            object.unions.push(self.flattened_union(name, union)?);
        }
        Ok(object)
    }

    /// Returns a union among an object's properties with its name: that of its component, or of the
    /// discriminator of its members.
    fn flattened_union(
        &mut self,
        name: &str,
        union: &Schema,
    ) -> Result<(String, Leaf), Diagnostic> {
        let field = match union.reference.as_deref().and_then(schema_name) {
            Some(component) => {
                let component = self.source.type_name(&component);
                component
                    .strip_prefix(name)
                    .unwrap_or(&component)
                    .to_owned()
            }
            None => unions::discriminator(&mut self.schemas, union)?
                .unwrap_or_else(|| "variant".to_owned()),
        };
        let leaf = self.leaf(&format!("{name}{}", capitalize(&field)), union)?;
        Ok((field, leaf))
    }

    fn union(&mut self, name: &str, schema: &Schema) -> Result<Definition, Diagnostic> {
        let schemas = schema.members();
        let signatures = schemas.iter().map(|member| self.schemas.signatures(member));
        let signatures: Vec<Vec<Signature>> = signatures.collect::<Result<_, _>>()?;
        // A mapping that is added later does not rename variants.
        let names = unions::variant_names(&mut self.schemas, name, &schemas, &signatures)?;
        let signatures = self.schemas.member_signatures(schema)?;
        let mut members: Vec<Member> = Vec::new();
        let mut meanings: Vec<Leaf> = Vec::new();
        for ((variant, schema), signatures) in names.into_iter().zip(schemas).zip(signatures) {
            self.origin = Some(Origin::Member {
                union: name.to_owned(),
            });
            let leaf = self.leaf(&format!("{name}{variant}"), schema)?;
            let meaning = leaf.meaning();
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
                members.push(Member {
                    name: variant,
                    leaf,
                    signatures,
                });
            }
        }
        Ok(Definition::Union(members))
    }

    /// Returns whether a schema names a component that allows `null` itself, as a reference or as a
    /// member of a union.
    fn names_nullable(&mut self, schema: &Schema) -> bool {
        let mut waiting: Vec<&Schema> = vec![schema];
        let mut seen: HashSet<&str> = HashSet::new();
        while let Some(schema) = waiting.pop() {
            let Some(reference) = schema.reference.as_deref() else {
                waiting.extend(schema.members());
                continue;
            };
            let target = self.source.lookup(reference);
            let is_new = !self.not_nullable.contains(reference) && !seen.contains(reference);
            let Some(target) = target.filter(|_| is_new) else {
                continue;
            };
            if target.allows_null() && !target.is_null() {
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

/// Returns a component of which nothing but its definition is known.
fn plain(definition: Definition) -> Shape {
    Shape::Component(Component {
        definition,
        annotations: Annotations::default(),
        assertions: Vec::new(),
        origin: None,
    })
}

/// Makes a map of an object that describes each of its allowed names alike, though perhaps in other
/// words.
fn with_free_names(mut schema: Rc<Schema>) -> Rc<Schema> {
    let properties = schema.properties.as_ref();
    let Some(properties) = properties.filter(|_| schema.has_listed_names) else {
        return schema;
    };
    let mut values = properties.values();
    let Some(first) = values.next() else {
        return schema;
    };
    let meaning = first.meaning();
    if values.clone().any(|other| other.meaning() != meaning) {
        return schema;
    }
    let value = if values.all(|other| other == first) {
        first.clone()
    } else {
        meaning
    };
    let map = Rc::make_mut(&mut schema);
    map.properties = None;
    map.additional_properties = Some(AdditionalProperties::Allowed(Box::new(value)));
    schema
}

/// Returns a schema of strings with the format and the assertions of `union`, too.
fn with_constraints(mut text: Schema, union: &Schema) -> Schema {
    text.format.clone_from(&union.format);
    text.assert(&union.assertions);
    text
}

/// Returns a leaf with further assertions.
fn constrained(mut leaf: Leaf, assertions: &[Assertion]) -> Leaf {
    add(&mut leaf.assertions, assertions);
    leaf
}

impl Shape {
    /// Returns the shape with further assertions.
    fn constrained(mut self, assertions: &[Assertion]) -> Self {
        let own = match &mut self {
            Self::Component(component) => &mut component.assertions,
            Self::Alias(leaf) => &mut leaf.assertions,
        };
        add(own, assertions);
        self
    }
}

fn add(assertions: &mut Vec<Assertion>, more: &[Assertion]) {
    for assertion in more {
        if !assertions.contains(assertion) {
            assertions.push(assertion.clone());
        }
    }
}
