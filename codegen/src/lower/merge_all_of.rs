//! One schema instead of `allOf`: the properties of all members in one object.
//!
//! This merges schemas that are at hand; [`Schemas`](super::schemas::Schemas) follows the references
//! between them.

use std::collections::HashSet;
use std::rc::Rc;

use crate::syntax::SchemaIndex;
use crate::syntax::{Kind, Properties, Schema, replace};

/// Returns the schemas that all have to hold: the schema's own keywords, each member of `allOf`, and
/// its unions.
pub(super) fn parts(schema: &Schema) -> Vec<Schema> {
    let mut own = schema.restrictions();
    own.flattened.clear();
    let members = own.all_of.take();
    let discriminator = own.discriminator.take();
    let unions = [own.one_of.take(), own.any_of.take()];
    let unions = unions.into_iter().flatten().map(|members| Schema {
        discriminator: discriminator.clone(),
        ..Schema::one_of(members)
    });
    let unions: Vec<Schema> = unions.collect();
    let mut rest = own.clone();
    if members.is_some() || !unions.is_empty() {
        // A bare `type: object` says nothing that the others do not say.
        rest.kind = None;
    }
    if members.is_none() && !unions.is_empty() {
        // The same goes for `required` beside a union, and a limit leaves the types as they are.
        rest.required.clear();
        rest.format = None;
        rest.assertions.clear();
    }
    let mut parts: Vec<Schema> = Vec::new();
    parts.extend(rest.restricts().then_some(own));
    parts.extend(members.into_iter().flatten().filter(Schema::restricts));
    parts.extend(unions);
    parts
}

/// Gives `merged` what describes the schema that it is made of.
pub(super) fn annotate(merged: &mut Schema, original: &Schema) {
    replace(&mut merged.title, &original.title);
    replace(&mut merged.type_name, &original.type_name);
    merged.annotations.replace(&original.annotations);
    replace(&mut merged.nullable, &original.nullable);
    replace(&mut merged.declared_in, &original.declared_in);
    merged.has_listed_names |= original.has_listed_names;
    merged.skips_validation |= original.skips_validation;
    if !original.combined_from.is_empty() {
        merged.combined_from.clone_from(&original.combined_from);
    }
}

/// Schemas that are merged into one object, in their order.
#[derive(Clone, Default)]
pub(super) struct Merged {
    pub properties: Properties,
    pub required: Vec<String>,
    /// All other keywords.
    pub others: Schema,
    /// The unions among the schemas, which are not merged yet.
    pub unions: Vec<Schema>,
}

impl Merged {
    /// Adds an object without `allOf`.
    pub(super) fn add(&mut self, source: &SchemaIndex, schema: &Schema) {
        self.required.extend_from_slice(&schema.required);
        for (name, property) in schema.properties.iter().flat_map(|it| it.iter()) {
            self.narrow(source, name, property.clone());
        }
        for union in &schema.flattened {
            self.add_union(union);
        }
        let others = &mut self.others;
        others.assert(&schema.assertions);
        replace(&mut others.kind, &schema.kind);
        replace(&mut others.format, &schema.format);
        replace(&mut others.values, &schema.values);
        replace(
            &mut others.additional_properties,
            &schema.additional_properties,
        );
        replace(&mut others.items, &schema.items);
        replace(&mut others.one_of, &schema.one_of);
        replace(&mut others.any_of, &schema.any_of);
        replace(&mut others.discriminator, &schema.discriminator);
        others.is_never |= schema.is_never;
        others.has_listed_names |= schema.has_listed_names;
        if !schema.combined_from.is_empty() {
            others.combined_from.clone_from(&schema.combined_from);
        }
    }

    /// Adds a union, unless it is there already.
    pub(super) fn add_union(&mut self, union: &Schema) {
        if !self.unions.contains(union) {
            self.unions.push(union.clone());
        }
    }

    /// Adds a reference to a union, unless it is there already.
    pub(super) fn add_reference(&mut self, reference: &str) {
        self.add_union(&Schema::reference(reference));
    }

    /// Merges a property into those that are known: the later description of a property narrows the
    /// former, unless it says less, and the assertions of both have to hold.
    fn narrow(&mut self, source: &SchemaIndex, name: &str, mut property: Schema) {
        let Some(before) = self.properties.get_mut(name) else {
            self.properties.insert(name.to_owned(), property);
            return;
        };
        if before.meaning() == property.meaning() || !property.restricts() {
            return;
        }
        if before.properties.is_some() && property.properties.is_some() {
            *before = Schema {
                all_of: Some(vec![std::mem::take(before), property]),
                ..Schema::default()
            };
            return;
        }
        if let Ok(known) = source.resolve(before) {
            property.assert(&known.assertions);
        }
        *before = property;
    }

    /// Returns the schema, with `kept` as its flattened unions.
    pub(super) fn into_schema(mut self, kept: Vec<Schema>) -> Rc<Schema> {
        let mut schema = self.others;
        if !self.properties.is_empty() || !kept.is_empty() {
            schema.kind = Some(Kind::Object);
            schema.properties = Some(self.properties);
        }
        let mut seen = HashSet::new();
        self.required.retain(|name| seen.insert(name.clone()));
        schema.required = self.required;
        schema.flattened = kept;
        Rc::new(schema)
    }
}

/// Marks the component that describes each property: an inline type is named after it.
pub(super) fn mark_home(merged: &mut Schema, component: &str) {
    for property in merged.properties.iter_mut().flat_map(|it| it.values_mut()) {
        property
            .declared_in
            .get_or_insert_with(|| component.to_owned());
    }
}
