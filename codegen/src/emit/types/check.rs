//! The types and fields that are validated before a request is sent.

use std::collections::{BTreeMap, BTreeSet};

use crate::assertion::{Assertion, code};
use crate::model::{Field, Item, Shape, Type};

/// The types with constraints, of their own or of nested values.
pub(super) struct Checks<'a> {
    items: BTreeMap<&'a str, &'a Item>,
    checked: BTreeSet<&'a str>,
    /// The types whose properties may be flattened into another object. The number of properties of
    /// that object is not theirs to constrain.
    flattened: BTreeSet<&'a str>,
}

impl<'a> Checks<'a> {
    /// Finds the types with constraints.
    pub(super) fn new(items: &'a [Item]) -> Self {
        let by_name = items.iter().map(|item| (item.name.as_str(), item));
        let mut checks = Self {
            items: by_name.collect(),
            checked: BTreeSet::new(),
            flattened: BTreeSet::new(),
        };
        for item in items {
            if let Shape::Struct(structure) = &item.shape {
                let unions = structure.flattened.iter();
                unions.for_each(|(_, union)| checks.mark_flattened(union));
            }
        }
        loop {
            let before = checks.checked.len();
            for item in items.iter().filter(|item| item.used_in_requests) {
                if checks.item_has_constraints(item) {
                    checks.checked.insert(&item.name);
                }
            }
            if checks.checked.len() == before {
                return checks;
            }
        }
    }

    /// Returns the rules of a field, as they are written in its row.
    pub(super) fn field_rules(&self, field: &Field) -> Vec<String> {
        let mut rules = Vec::new();
        if !field.assertions.is_empty() {
            rules.push(format!("against({})", code(&field.assertions)));
        }
        if !field.skips_validation && self.is_constrained(&field.ty) {
            rules.push("inside".to_owned());
        }
        rules
    }

    /// Returns the constraints of an object as a whole.
    pub(super) fn object_assertions<'i>(&self, item: &'i Item) -> &'i [Assertion] {
        if self.is_flattened(&item.name) {
            &[]
        } else {
            &item.assertions
        }
    }

    /// Returns the constraints of a variant: those of its own schema and those of the union.
    pub(super) fn variant_assertions(
        &self,
        union: &Item,
        ty: &Type,
        own: &[Assertion],
    ) -> Vec<Assertion> {
        let json = self.json_type(ty);
        let whole = union.assertions.iter();
        let whole = whole.filter(|assertion| json.is_none_or(|json| assertion.concerns(json)));
        let mut all = own.to_vec();
        all.extend(whole.filter(|assertion| !own.contains(assertion)).cloned());
        all
    }

    /// Returns whether a type allows no additional properties.
    pub(super) fn is_closed(&self, ty: &Type) -> bool {
        let (Type::Named(name) | Type::Boxed(name)) = ty else {
            return false;
        };
        match self.items.get(name.as_str()).map(|item| &item.shape) {
            Some(Shape::Struct(structure)) => structure.closed,
            _ => false,
        }
    }

    /// Returns whether the properties of this type may be flattened into another object.
    pub(super) fn is_flattened(&self, name: &str) -> bool {
        self.flattened.contains(name)
    }

    /// Returns whether the type of this name has constraints.
    pub(super) fn has_constraints(&self, name: &str) -> bool {
        self.checked.contains(name)
    }

    /// Returns whether values of a type have constraints.
    pub(super) fn is_constrained(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(name) | Type::Boxed(name) => self.has_constraints(name),
            Type::List(inner) | Type::Map(inner) | Type::Page(inner) | Type::Nullable(inner) => {
                self.is_constrained(inner)
            }
            _ => false,
        }
    }

    fn item_has_constraints(&self, item: &Item) -> bool {
        match &item.shape {
            Shape::Struct(structure) => {
                let own = structure
                    .fields()
                    .any(|field| !self.field_rules(field).is_empty());
                let others = structure.additional_properties.as_ref();
                own || !structure.is_positional()
                    || !self.object_assertions(item).is_empty()
                    || !structure.additional_assertions.is_empty()
                    || others.is_some_and(|(_, others)| self.is_constrained(others))
                    || structure
                        .flattened
                        .iter()
                        .any(|(_, union)| self.has_constraints(union))
            }
            Shape::Union(union) => {
                let mut variants = union.variants.iter().zip(&union.assertions);
                variants.any(|((_, ty), own)| {
                    self.is_constrained(ty) || !self.variant_assertions(item, ty, own).is_empty()
                })
            }
            Shape::Enum(_) => false,
        }
    }

    /// Returns the JSON type of the values of a type, if there is only one.
    fn json_type(&self, ty: &Type) -> Option<&'static str> {
        Some(match ty {
            Type::Boolean => "boolean",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::String | Type::Id(_) | Type::Timestamp | Type::Date => "string",
            Type::List(_) => "array",
            Type::Map(_) | Type::Page(_) => "object",
            Type::Nullable(inner) => return self.json_type(inner),
            Type::Json => return None,
            Type::Named(name) | Type::Boxed(name) => match &self.items.get(name.as_str())?.shape {
                Shape::Struct(_) => "object",
                Shape::Enum(_) => "string",
                Shape::Union(_) => return None,
            },
        })
    }

    /// Marks a union and its variants as flattened.
    fn mark_flattened(&mut self, name: &str) {
        let Some(item) = self.items.get(name).copied() else {
            return;
        };
        if !self.flattened.insert(&item.name) {
            return;
        }
        if let Shape::Union(union) = &item.shape {
            for (_, ty) in &union.variants {
                if let Type::Named(name) | Type::Boxed(name) = ty {
                    self.mark_flattened(name);
                }
            }
        }
    }
}
