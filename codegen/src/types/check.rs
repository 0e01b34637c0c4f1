//! What is checked of a request before it is sent.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Assertion, Field, Item, Shape, Type, code};

/// Which types have something to check, themselves or in what they hold.
pub struct Checks<'a> {
    items: BTreeMap<&'a str, &'a Item>,
    checked: BTreeSet<&'a str>,
    /// The types whose properties may stand among those of another object: their number says
    /// nothing about the object.
    spread: BTreeSet<&'a str>,
}

impl<'a> Checks<'a> {
    /// Finds the types with something to check.
    pub fn new(items: &'a [Item]) -> Self {
        let by_name = items.iter().map(|item| (item.name.as_str(), item));
        let mut checks = Self {
            items: by_name.collect(),
            checked: BTreeSet::new(),
            spread: BTreeSet::new(),
        };
        for item in items {
            if let Shape::Struct(structure) = &item.shape {
                let unions = structure.flattened.iter();
                unions.for_each(|(_, union)| checks.spread(union));
            }
        }
        loop {
            let before = checks.checked.len();
            for item in items.iter().filter(|item| item.sent) {
                if checks.has_checks(item) {
                    checks.checked.insert(&item.name);
                }
            }
            if checks.checked.len() == before {
                return checks;
            }
        }
    }

    /// What is checked of a field: calls of functions, without the value.
    pub fn of_field(&self, field: &Field) -> Vec<String> {
        let mut rules = Vec::new();
        if !field.assertions.is_empty() {
            rules.push(format!("against({})", code(&field.assertions)));
        }
        if !field.unchecked && self.needs(&field.ty) {
            rules.push("inside".to_owned());
        }
        rules
    }

    /// What is asked of an object as a whole.
    pub fn of_whole<'i>(&self, item: &'i Item) -> &'i [Assertion] {
        match self.spread.contains(item.name.as_str()) {
            true => &[],
            false => &item.assertions,
        }
    }

    /// What is asked of the value of a variant: by its own schema and by that of the union.
    pub fn of_variant(&self, union: &Item, ty: &Type, own: &[Assertion]) -> Vec<Assertion> {
        let json = self.json_type(ty);
        let whole = union.assertions.iter();
        let whole = whole.filter(|assertion| json.is_none_or(|json| assertion.concerns(json)));
        let mut all = own.to_vec();
        all.extend(whole.filter(|assertion| !own.contains(assertion)).cloned());
        all
    }

    /// Whether values of a type have no properties but the described ones.
    pub fn is_closed(&self, ty: &Type) -> bool {
        let (Type::Named(name) | Type::Boxed(name)) = ty else {
            return false;
        };
        match self.items.get(name.as_str()).map(|item| &item.shape) {
            Some(Shape::Struct(structure)) => structure.closed,
            Some(Shape::Alias(ty)) => self.is_closed(ty),
            _ => false,
        }
    }

    /// Whether a type named so has something to check.
    pub fn are_in(&self, name: &str) -> bool {
        self.checked.contains(name)
    }

    /// Whether values of a type hold something to check.
    pub fn needs(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(name) | Type::Boxed(name) => match self.alias(name) {
                Some(ty) => self.needs(ty),
                None => self.checked.contains(name.as_str()),
            },
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.needs(inner),
            _ => false,
        }
    }

    fn has_checks(&self, item: &Item) -> bool {
        match &item.shape {
            Shape::Struct(structure) => {
                let own = structure
                    .fields()
                    .any(|field| !self.of_field(field).is_empty());
                let others = structure.others.as_ref();
                own || !self.of_whole(item).is_empty()
                    || !structure.others_assertions.is_empty()
                    || others.is_some_and(|(_, others)| self.needs(others))
                    || structure
                        .flattened
                        .iter()
                        .any(|(_, union)| self.are_in(union))
            }
            Shape::Union(union) => {
                let mut variants = union.variants.iter().zip(&union.assertions);
                variants.any(|((_, ty), own)| {
                    self.needs(ty) || !self.of_variant(item, ty, own).is_empty()
                })
            }
            Shape::Enum(_) | Shape::Alias(_) => false,
        }
    }

    fn alias(&self, name: &str) -> Option<&'a Type> {
        match &self.items.get(name)?.shape {
            Shape::Alias(ty) => Some(ty),
            _ => None,
        }
    }

    /// The JSON type of the values of a type, if it is one.
    fn json_type(&self, ty: &Type) -> Option<&'static str> {
        Some(match ty {
            Type::Boolean => "boolean",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::String | Type::Timestamp | Type::Date => "string",
            Type::List(_) => "array",
            Type::Map(_) => "object",
            Type::Nullable(inner) => return self.json_type(inner),
            Type::Json => return None,
            Type::Named(name) | Type::Boxed(name) => match &self.items.get(name.as_str())?.shape {
                Shape::Alias(ty) => return self.json_type(ty),
                Shape::Struct(_) => "object",
                Shape::Enum(_) => "string",
                Shape::Union(_) => return None,
            },
        })
    }

    /// Notes the objects that a union among the properties of another object can be.
    fn spread(&mut self, name: &str) {
        let Some(item) = self.items.get(name).copied() else {
            return;
        };
        if !self.spread.insert(&item.name) {
            return;
        }
        match &item.shape {
            Shape::Union(union) => union.variants.iter().for_each(|(_, ty)| match ty {
                Type::Named(name) | Type::Boxed(name) => self.spread(name),
                _ => {}
            }),
            Shape::Alias(Type::Named(name) | Type::Boxed(name)) => self.spread(name),
            _ => {}
        }
    }
}
