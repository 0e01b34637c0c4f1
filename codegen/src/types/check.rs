//! What is checked of a request before it is sent.

use std::collections::{BTreeMap, BTreeSet};

use super::line;
use crate::model::{Field, Item, Limits, Presence, Property, Shape, Struct, Type};

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

    /// Whether a type has something to check.
    pub fn are_of(&self, item: &Item) -> bool {
        self.checked.contains(item.name.as_str())
    }

    /// Writes the check of one type.
    pub fn write(&self, source: &mut String, item: &Item) {
        let name = &item.name;
        line(source, 0, &format!("impl Check for {name} {{"));
        line(source, 1, "fn check(&self) -> Result<(), Violation> {");
        match &item.shape {
            Shape::Struct(structure) => self.write_struct(source, structure),
            Shape::Union(union) => {
                line(source, 2, "match self {");
                for (variant, ty) in &union.variants {
                    if self.needs(ty) {
                        line(
                            source,
                            3,
                            &format!("Self::{variant}(value) => value.check(),"),
                        );
                    }
                }
                line(source, 3, "_ => Ok(()),");
                line(source, 2, "}");
            }
            Shape::Enum(_) | Shape::Alias(..) => line(source, 2, "Ok(())"),
        }
        line(source, 1, "}");
        line(source, 0, "}\n");
    }

    fn write_struct(&self, source: &mut String, structure: &Struct) {
        for field in fields(structure) {
            self.write_field(source, field);
        }
        for (field, union) in &structure.flattened {
            if self.checked.contains(union.as_str()) {
                line(source, 2, &format!("self.{field}.check()?;"));
            }
        }
        line(source, 2, "Ok(())");
    }

    fn write_field(&self, source: &mut String, field: &Field) {
        let name = &field.name;
        let within = format!(
            "map_err(|violation| violation.within({:?}))",
            format!(".{}", field.key)
        );
        let (ty, limits) = self.resolved(&field.ty, &field.limits);
        let checks = calls(&ty, &limits);
        if !checks.is_empty() {
            let (pattern, value, depth) = match field.presence {
                Presence::Required => (String::new(), format!("self.{name}"), 2),
                Presence::Nullable | Presence::Optional => (
                    format!("if let Some(value) = &self.{name} {{"),
                    "value".to_owned(),
                    3,
                ),
                Presence::Patch => (
                    format!("if let Patch::Set(value) = &self.{name} {{"),
                    "value".to_owned(),
                    3,
                ),
            };
            if depth == 3 {
                line(source, 2, &pattern);
            }
            for check in checks {
                let by_reference = if depth == 3 {
                    "value".to_owned()
                } else {
                    format!("&{value}")
                };
                let by_value = if depth == 3 {
                    "*value".to_owned()
                } else {
                    value.clone()
                };
                let call = check
                    .replace("{ref}", &by_reference)
                    .replace("{value}", &by_value)
                    .replace("{}", &value);
                line(source, depth, &format!("{call}.{within}?;"));
            }
            if depth == 3 {
                line(source, 2, "}");
            }
        }
        if self.needs_inside(&ty) {
            line(source, 2, &format!("self.{name}.check().{within}?;"));
        }
    }

    fn has_checks(&self, item: &Item) -> bool {
        match &item.shape {
            Shape::Struct(structure) => {
                let own = fields(structure).any(|field| {
                    let (ty, limits) = self.resolved(&field.ty, &field.limits);
                    !calls(&ty, &limits).is_empty() || self.needs_inside(&ty)
                });
                own || structure
                    .flattened
                    .iter()
                    .any(|(_, union)| self.checked.contains(union.as_str()))
            }
            Shape::Union(union) => union.variants.iter().any(|(_, ty)| self.needs(ty)),
            Shape::Enum(_) | Shape::Alias(..) => false,
        }
    }

    fn needs(&self, ty: &Type) -> bool {
        let (ty, _) = self.resolved(ty, &Limits::default());
        self.needs_inside(&ty)
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

/// The calls that check a value: `{ref}` stands for a reference to it, `{value}` for a copy of it.
fn calls(ty: &Type, limits: &Limits) -> Vec<String> {
    let mut calls = Vec::new();
    let (least, most) = limits.size;
    if least.is_some_and(|least| least > 0) || most.is_some() {
        let most = most.map_or("usize::MAX".to_owned(), |most| most.to_string());
        let allowed = format!("{}..={most}", least.unwrap_or(0));
        match ty {
            Type::String => calls.push(format!("wire::length({{ref}}, {allowed})")),
            Type::List(_) | Type::Map(_) => {
                calls.push(format!("wire::count({{}}.len(), {allowed})"))
            }
            _ => {}
        }
    }
    if limits.range != (None, None) && matches!(ty, Type::Integer | Type::Number) {
        let bound = |bound: Option<f64>, open: &str| {
            bound.map_or(format!("f64::{open}"), |bound| format!("{bound:?}"))
        };
        let (least, most) = (
            bound(limits.range.0, "NEG_INFINITY"),
            bound(limits.range.1, "INFINITY"),
        );
        let value = if *ty == Type::Integer {
            "{value} as f64"
        } else {
            "{value}"
        };
        calls.push(format!("wire::range({value}, {least}, {most})"));
    }
    if let (Type::String, Some(pattern)) = (ty, &limits.pattern)
        && regex_lite::Regex::new(pattern).is_ok()
    {
        calls.push(format!("wire::pattern({{ref}}, {pattern:?})"));
    }
    calls
}
