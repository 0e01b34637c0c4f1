//! What is checked of a request before it is sent.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Field, Item, Limits, Property, Shape, Struct, Type};

/// Which types have something to check, themselves or in what they hold.
pub struct Checks<'a> {
    aliases: BTreeMap<&'a str, (&'a Type, &'a Limits)>,
    checked: BTreeSet<&'a str>,
}

impl<'a> Checks<'a> {
    /// Finds the types with something to check.
    pub fn new(items: &'a [Item]) -> Self {
        let aliases = items.iter().filter_map(|item| match &item.shape {
            Shape::Alias(ty, limits) => Some((item.name.as_str(), (ty, limits))),
            _ => None,
        });
        let mut checks = Self {
            aliases: aliases.collect(),
            checked: BTreeSet::new(),
        };
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
        let (ty, limits) = self.resolved(&field.ty, &field.limits);
        let mut rules = rules(&ty, &limits);
        if self.needs_inside(&ty) {
            rules.push("inside".to_owned());
        }
        rules
    }

    /// Whether a type named so has something to check.
    pub fn are_in(&self, name: &str) -> bool {
        self.checked.contains(name)
    }

    /// Whether values of a type have something to check.
    pub fn needs(&self, ty: &Type) -> bool {
        let (ty, _) = self.resolved(ty, &Limits::default());
        self.needs_inside(&ty)
    }

    fn has_checks(&self, item: &Item) -> bool {
        match &item.shape {
            Shape::Struct(structure) => {
                let own = fields(structure).any(|field| !self.of_field(field).is_empty());
                own || structure
                    .flattened
                    .iter()
                    .any(|(_, union)| self.are_in(union))
            }
            Shape::Union(union) => union.variants.iter().any(|(_, ty)| self.needs(ty)),
            Shape::Enum(_) | Shape::Alias(..) => false,
        }
    }

    /// Whether a type that is no alias holds something to check.
    fn needs_inside(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(name) | Type::Boxed(name) => match self.aliases.get(name.as_str()) {
                Some((ty, _)) => self.needs_inside(ty),
                None => self.checked.contains(name.as_str()),
            },
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
                self.needs_inside(inner)
            }
            _ => false,
        }
    }

    /// The type behind aliases, with all limits on the way; the outermost of a kind counts.
    fn resolved(&self, ty: &Type, limits: &Limits) -> (Type, Limits) {
        let mut ty = ty;
        let mut limits = limits.clone();
        while let Type::Named(name) = ty {
            let Some((inner, more)) = self.aliases.get(name.as_str()) else {
                break;
            };
            limits.size.0 = limits.size.0.or(more.size.0);
            limits.size.1 = limits.size.1.or(more.size.1);
            limits.range.0 = limits.range.0.or(more.range.0);
            limits.range.1 = limits.range.1.or(more.range.1);
            limits.pattern = limits.pattern.or_else(|| more.pattern.clone());
            ty = inner;
        }
        (ty.clone(), limits)
    }
}

fn fields(structure: &Struct) -> impl Iterator<Item = &Field> {
    structure
        .properties
        .iter()
        .filter_map(|property| match property {
            Property::Field(field) => Some(field),
            Property::Tag { .. } => None,
        })
}

/// The functions of the crate's `wire::check` that check a value, and what they allow.
fn rules(ty: &Type, limits: &Limits) -> Vec<String> {
    let mut rules = Vec::new();
    let (least, most) = limits.size;
    if least.is_some_and(|least| least > 0) || most.is_some() {
        let most = most.map_or("usize::MAX".to_owned(), |most| most.to_string());
        let allowed = format!("{}..={most}", least.unwrap_or(0));
        match ty {
            Type::String => rules.push(format!("length({allowed})")),
            Type::List(_) | Type::Map(_) => rules.push(format!("count({allowed})")),
            _ => {}
        }
    }
    if limits.range != (None, None) {
        let bound = |bound: Option<f64>, open: &str| {
            bound.map_or(format!("f64::{open}"), |bound| format!("{bound:?}"))
        };
        let least = bound(limits.range.0, "NEG_INFINITY");
        let most = bound(limits.range.1, "INFINITY");
        match ty {
            Type::Integer => rules.push(format!("integer({least}..={most})")),
            Type::Number => rules.push(format!("range({least}..={most})")),
            _ => {}
        }
    }
    if let (Type::String, Some(pattern)) = (ty, &limits.pattern)
        && regex_lite::Regex::new(pattern).is_ok()
    {
        rules.push(format!("pattern({pattern:?})"));
    }
    rules
}
