//! Values that satisfy the constraints of their schemas.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::text::text;
use crate::assertion::Assertion;
use crate::model::{Conversions, Field, Item, Presence, Property, Shape, Struct, Type, Union};

/// The character in front of each setter of the outermost value, which may become a line of its own.
pub(super) const BREAK: char = '\u{1}';

/// The known facts about a value.
#[derive(Clone, Copy)]
pub(super) struct Facts<'f> {
    /// The name of its property or parameter, in snake case.
    pub name: &'f str,
    /// The documented example.
    pub example: Option<&'f Value>,
    /// The assertions on it.
    pub assertions: &'f [Assertion],
}

/// A value of a type of the document.
#[derive(Clone)]
struct Written {
    /// An expression of the type itself.
    exact: String,
    /// The shortest known expression that converts into the type: that of a member, if it is a union.
    converted: String,
    /// The type of `converted`.
    from: String,
}

/// Writes values of these types.
pub(super) struct Values<'a> {
    items: HashMap<&'a str, &'a Item>,
    conversions: Conversions<'a>,
    /// The structs and unions that were written.
    written: RefCell<HashMap<&'a str, Written>>,
    /// Those that are being written, which must not contain themselves.
    open: RefCell<HashSet<&'a str>>,
    /// Those that could not be written inside of the outermost one that is open. Each is tried only once
    /// there, or the attempts would multiply.
    refused: RefCell<HashSet<&'a str>>,
}

impl<'a> Values<'a> {
    /// Indexes the types.
    pub(super) fn new(items: &'a [Item]) -> Self {
        let by_name = items.iter().map(|item| (item.name.as_str(), item));
        Self {
            items: by_name.collect(),
            conversions: Conversions::new(items),
            written: RefCell::default(),
            open: RefCell::default(),
            refused: RefCell::default(),
        }
    }

    /// Returns an expression that converts into `ty`, or into its items if it is a list. `None` if no
    /// value is known that satisfies the assertions.
    pub(super) fn converted(&self, ty: &Type, facts: Facts<'_>) -> Option<String> {
        match ty {
            Type::String | Type::Id(_) => Some(format!(
                "{:?}",
                text(facts.name, facts.example, facts.assertions)?
            )),
            Type::Timestamp => Some("gitbook_api::jiff::Timestamp::now()".to_owned()),
            Type::Date => Some("gitbook_api::jiff::civil::date(2026, 1, 1)".to_owned()),
            Type::List(item) => {
                let items = self.items_of(facts, |facts| match **item {
                    Type::String | Type::Id(_) | Type::Named(_) | Type::Json => {
                        self.converted(item, facts)
                    }
                    _ => self.exact(item, facts),
                })?;
                Some(format!("[{}]", items.join(", ")))
            }
            Type::Map(value) => Some(format!("[{}]", self.entry(value, facts)?)),
            Type::Boxed(name) | Type::Named(name) => Some(self.named(name)?.converted),
            _ => self.exact(ty, facts),
        }
    }

    /// Returns an expression of the type itself.
    pub(super) fn exact(&self, ty: &Type, facts: Facts<'_>) -> Option<String> {
        match ty {
            Type::Boolean => Some("true".to_owned()),
            Type::Integer => number(facts.assertions).map(|it| it.to_string()),
            Type::Number => number(facts.assertions).map(|it| format!("{it:.1}")),
            Type::String => Some(self.converted(ty, facts)? + ".to_owned()"),
            Type::Id(_) => Some(self.converted(ty, facts)? + ".into()"),
            Type::Timestamp => Some(format!(
                "gitbook_api::DateTime::from({})",
                self.converted(ty, facts)?
            )),
            Type::Date => Some(format!(
                "gitbook_api::Date::from({})",
                self.converted(ty, facts)?
            )),
            Type::Json => Some("serde_json::json!({})".to_owned()),
            Type::List(item) => {
                let items = self.items_of(facts, |facts| self.exact(item, facts))?;
                Some(format!("vec![{}]", items.join(", ")))
            }
            Type::Map(value) => {
                let ty = value.path("types::").replace("crate::", "gitbook_api::");
                let entry = self.entry(value, facts)?;
                Some(format!("gitbook_api::Map::<{ty}>::from([{entry}])"))
            }
            // No request carries a page.
            Type::Page(_) => None,
            Type::Nullable(inner) => Some(format!("Some({})", self.exact(inner, facts)?)),
            Type::Boxed(name) => Some(format!("Box::new({})", self.named(name)?.exact)),
            Type::Named(name) => Some(self.named(name)?.exact),
        }
    }

    /// Returns as many items as a list needs, at least one.
    fn items_of(
        &self,
        facts: Facts<'_>,
        item: impl Fn(Facts<'_>) -> Option<String>,
    ) -> Option<Vec<String>> {
        let least = facts.assertions.iter().find_map(|it| match it {
            Assertion::MinItems(least) => Some(*least),
            _ => None,
        });
        let each = each(facts.assertions);
        let singular = crate::names::singular(facts.name);
        let items = (1..=least.unwrap_or(1).max(1)).map(|index| {
            // No item twice.
            let name = match index {
                1 => singular.clone(),
                _ => format!("{singular}_{index}"),
            };
            item(Facts {
                name: &name,
                example: None,
                assertions: &each,
            })
        });
        items.collect()
    }

    /// Returns the entry of a map.
    fn entry(&self, value: &Type, facts: Facts<'_>) -> Option<String> {
        let each = each(facts.assertions);
        let facts = Facts {
            name: "value",
            example: None,
            assertions: &each,
        };
        Some(format!("(\"key\", {})", self.exact(value, facts)?))
    }

    fn named(&self, name: &str) -> Option<Written> {
        let (name, item) = self.items.get_key_value(name)?;
        if let Some(written) = self.written.borrow().get(name) {
            return Some(written.clone());
        }
        let written = match &item.shape {
            Shape::Enum(variants) => {
                let (variant, _) = variants.first()?;
                return Some(Written::of(item, format!("types::{name}::{variant}")));
            }
            _ if self.refused.borrow().contains(name) => return None,
            // It remains open for the caller that writes it.
            _ if !self.open.borrow_mut().insert(name) => return None,
            Shape::Struct(structure) => self
                .structure(item, structure)
                .map(|value| Written::of(item, value)),
            Shape::Union(union) => self.union(item, union),
        };
        let mut open = self.open.borrow_mut();
        open.remove(name);
        match &written {
            Some(written) => drop(self.written.borrow_mut().insert(name, written.clone())),
            None => drop(self.refused.borrow_mut().insert(name)),
        }
        if open.is_empty() {
            self.refused.borrow_mut().clear();
        }
        written
    }

    /// Returns the shortest value of a variant.
    fn union(&self, item: &'a Item, union: &'a Union) -> Option<Written> {
        let variants = union.variants.iter().zip(&union.assertions);
        let values = variants.filter_map(|((variant, ty), own)| {
            let assertions = [own.as_slice(), &item.assertions].concat();
            let facts = Facts {
                name: "value",
                example: item.example.as_ref(),
                assertions: &assertions,
            };
            let value = self.exact(ty, facts)?.replace(BREAK, "");
            Some((format!("types::{}::{variant}({value})", item.name), ty))
        });
        let (exact, ty) = values.min_by_key(|(value, _)| value.len())?;
        let mut written = Written::of(item, exact);
        if let Type::Boxed(name) | Type::Named(name) = ty {
            let member = self.named(name)?;
            let sources = self.conversions.declared(item);
            if sources.contains(&member.from) {
                (written.converted, written.from) = (member.converted, member.from);
            } else if sources.contains(name) {
                (written.converted, written.from) = (member.exact, name.clone());
            }
        }
        Some(written)
    }

    fn structure(&self, item: &Item, structure: &Struct) -> Option<String> {
        let required = structure.required();
        let required: Option<Vec<(&str, String)>> = required
            .map(|field| Some((field.setter.as_str(), self.field(field)?)))
            .collect();
        let mut values = required?;
        for (field, union) in &structure.flattened {
            let union = Type::Named(union.clone());
            values.push((field, self.converted(&union, plain(field))?));
        }
        let is_constant = |it: &&Property| matches!(it, Property::Constant { .. });
        let constants = structure.properties.iter().filter(is_constant).count();
        let mut count = values.len() + constants;
        let least = item.assertions.iter().find_map(|it| match it {
            Assertion::MinProperties(least) => Some(*least as usize),
            _ => None,
        });
        let (arguments, mut setters) = if structure.is_positional() {
            let arguments = values.into_iter().map(|(_, value)| value);
            (arguments.collect::<Vec<_>>().join(", "), Vec::new())
        } else {
            (String::new(), values)
        };
        let optional = structure.fields();
        let optional =
            optional.filter(|field| field.presence != Presence::Required && !field.deprecated);
        // Of those that some members of a union describe, one may be required. A value without any
        // property shows nothing.
        let mut is_alternative_due = structure.fields().any(|field| field.skips_validation);
        let mut optional: Vec<&Field> = optional.collect();
        optional.sort_by_key(|field| (!field.skips_validation, field.ty != Type::String));
        for field in optional {
            if !is_alternative_due && count >= least.unwrap_or_default().max(1) {
                break;
            }
            let value = match field.constant {
                Some(_) => Some(String::new()),
                None => self.field(field),
            };
            if let Some(value) = value {
                setters.push((&field.setter, value));
                count += usize::from(field.presence != Presence::Nullable);
                is_alternative_due = false;
            }
        }
        let setters = setters.into_iter();
        let setters = setters.map(|(setter, value)| format!("{BREAK}.{setter}({value})"));
        let setters: String = setters.collect();
        Some(format!("types::{}::new({arguments}){setters}", item.name))
    }

    fn field(&self, field: &Field) -> Option<String> {
        let facts = Facts {
            name: &field.name,
            example: field.example.as_ref(),
            assertions: &field.assertions,
        };
        let value = self.converted(&field.ty, facts)?;
        Some(value.replace(BREAK, ""))
    }
}

impl Written {
    /// Returns a value that is written as one of the type itself only.
    fn of(item: &Item, exact: String) -> Self {
        Self {
            converted: exact.clone(),
            from: item.name.clone(),
            exact,
        }
    }
}

/// Returns the facts about a value of which only the name is known.
fn plain(name: &str) -> Facts<'_> {
    Facts {
        name,
        example: None,
        assertions: &[],
    }
}

/// Returns the assertions on the items of a list or the values of a map.
fn each(assertions: &[Assertion]) -> Vec<Assertion> {
    let each = assertions.iter().filter_map(|it| match it {
        Assertion::Each(each) => Some(each.as_slice()),
        _ => None,
    });
    each.flatten().cloned().collect()
}

/// Returns a whole number that satisfies the assertions.
fn number(assertions: &[Assertion]) -> Option<f64> {
    let bounds = assertions.iter().filter_map(|it| match it {
        Assertion::Minimum(bound) | Assertion::Maximum(bound) | Assertion::MultipleOf(bound) => {
            Some(*bound)
        }
        Assertion::ExclusiveMinimum(bound) => Some(bound + 1.0),
        Assertion::ExclusiveMaximum(bound) => Some(bound - 1.0),
        _ => None,
    });
    let mut candidates = [1.0].into_iter().chain(bounds).map(f64::trunc);
    candidates.find(|number| {
        assertions.iter().all(|it| match it {
            Assertion::Minimum(least) => number >= least,
            Assertion::Maximum(most) => number <= most,
            Assertion::ExclusiveMinimum(least) => number > least,
            Assertion::ExclusiveMaximum(most) => number < most,
            Assertion::MultipleOf(step) => number % step == 0.0,
            _ => true,
        })
    })
}
