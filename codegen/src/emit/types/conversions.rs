//! Implementations of `From` for unions and enums.
//!
//! A union implements `From` for the type of each variant, and for every type that this type
//! implements `From` for: members of nested unions, the text of an enum, lists of convertible items.
//! A type that several variants could take is ambiguous and has no implementation, unless exactly one
//! variant holds it directly. Text converts to the variant that it would be decoded as.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::line;
use crate::model::{Item, Shape, Type, Union};

/// A type that a union implements `From` for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// A Rust type.
    Type(String),
    /// `&str` and `String`.
    Text,
    /// Lists of items that convert to this type.
    List(String),
}

/// The conversion of a value to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The types are equal.
    Itself,
    /// `From` is implemented.
    Conversion,
    /// Several conversions exist, so that none is implemented.
    Ambiguous,
}

/// The variant that takes a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taker {
    /// The variant with this index.
    Variant(usize, Way),
    /// Several variants could take it.
    Several,
}

/// Determines the conversions of each type.
pub(crate) struct Conversions<'a> {
    items: BTreeMap<&'a str, &'a Item>,
    /// The sources of each union that was read.
    takers: RefCell<HashMap<&'a str, Rc<Takers>>>,
}

/// Returns whether `true` and `false` are among the values of an enum.
fn has_booleans(item: &Item) -> bool {
    let Shape::Enum(variants) = &item.shape else {
        return false;
    };
    let has = |text| variants.iter().any(|(_, value)| value == text);
    has("true") && has("false")
}

/// The types that a union can be made of, each with the variant that takes it.
type Takers = BTreeMap<Source, Taker>;

impl<'a> Conversions<'a> {
    /// Indexes all types.
    pub(crate) fn new(items: &'a [Item]) -> Self {
        let items = items.iter().map(|item| (item.name.as_str(), item));
        Self {
            items: items.collect(),
            takers: RefCell::default(),
        }
    }

    /// Writes the implementations of `From` for an enum: from the enums that it combines, and from
    /// `bool` if the texts of both booleans are among its values.
    pub(crate) fn write_enum(&self, source: &mut String, item: &Item) {
        if has_booleans(item) {
            line(source, 0, &format!("from_boolean!({});\n", item.name));
        }
        let enums = self.enums(item);
        if !enums.is_empty() {
            let enums = enums.into_iter().collect::<Vec<_>>().join(", ");
            line(source, 0, &format!("from_enums!({}: {enums});", item.name));
            source.push('\n');
        }
    }

    /// Returns the enums that an enum combines, with aliases resolved.
    fn enums(&self, item: &Item) -> BTreeSet<&'a str> {
        let enums = item
            .combined_from
            .iter()
            .filter_map(|name| self.enum_named(name));
        enums.filter(|name| *name != item.name).collect()
    }

    fn enum_named(&self, name: &str) -> Option<&'a str> {
        let (name, item) = self.items.get_key_value(name)?;
        match &item.shape {
            Shape::Enum(_) => Some(name),
            Shape::Alias(Type::Named(name)) => self.enum_named(name),
            _ => None,
        }
    }

    /// Writes the implementations of `From` for a union.
    pub(crate) fn write(&self, source: &mut String, name: &'a str, union: &'a Union) {
        let takers = self.takers(name, union);
        let mut members: Vec<Vec<String>> = vec![Vec::new(); union.variants.len()];
        let mut lists: Vec<(usize, String)> = Vec::new();
        let mut is_decoded = false;
        for (from, taker) in takers.iter() {
            match (from, taker) {
                (Source::Text, Taker::Several) => is_decoded = true,
                (_, Taker::Several | Taker::Variant(_, Way::Ambiguous)) => {}
                (Source::Text, Taker::Variant(at, _)) => {
                    members[*at].extend(["&str".to_owned(), "String".to_owned()]);
                }
                (Source::Type(ty), Taker::Variant(at, _)) => members[*at].push(ty.clone()),
                (Source::List(item), Taker::Variant(at, _)) => lists.push((*at, item.clone())),
            }
        }
        // Items may convert to the item types of both lists, so that neither list can be generic.
        let list = match lists.as_slice() {
            [(at, item)] => Some((*at, item.clone())),
            _ => None,
        };
        if list.is_none() {
            for (at, item) in lists {
                members[at].push(format!("Vec<{item}>"));
            }
        }
        let rows = union.variants.iter().zip(&members);
        let rows: Vec<String> = rows
            .filter(|(_, from)| !from.is_empty())
            .map(|((variant, held), from)| row(variant, held, from))
            .collect();
        write_rows(source, "from_members", name, &rows);
        if let Some((at, item)) = list {
            let (variant, held) = &union.variants[at];
            write_rows(source, "from_lists", name, &[row(variant, held, &[item])]);
        }
        if is_decoded {
            line(source, 0, &format!("from_text!({name});"));
        }
    }

    /// Returns the types that an enum or a union implements `From` for: types, `str`, and lists.
    pub(crate) fn declared(&self, item: &'a Item) -> Vec<String> {
        let Shape::Union(union) = &item.shape else {
            let enums = self
                .enums(item)
                .into_iter()
                .chain(has_booleans(item).then_some("bool"));
            return enums.map(str::to_owned).collect();
        };
        let takers = self.takers(&item.name, union);
        let takers = takers.iter();
        let declared = takers.filter_map(|(source, taker)| match (source, taker) {
            (Source::Text, _) => Some("str".to_owned()),
            (_, Taker::Several | Taker::Variant(_, Way::Ambiguous)) => None,
            (Source::Type(ty), Taker::Variant(..)) => Some(ty.clone()),
            (Source::List(item), Taker::Variant(..)) => Some(format!("Vec<{item}>")),
        });
        declared.collect()
    }

    /// Returns what a union can be made of. No union is a member of itself.
    fn takers(&self, name: &'a str, union: &'a Union) -> Rc<Takers> {
        if let Some(known) = self.takers.borrow().get(name) {
            return Rc::clone(known);
        }
        let mut takers = Takers::new();
        for (at, (_, ty)) in union.variants.iter().enumerate() {
            for (from, way) in self.sources(ty) {
                let new = Taker::Variant(at, way);
                let taker = match takers.get(&from) {
                    None => new,
                    Some(_) if from == Source::Text => Taker::Several,
                    Some(old @ Taker::Variant(_, Way::Itself)) if way != Way::Itself => *old,
                    Some(Taker::Variant(_, Way::Itself)) => Taker::Several,
                    Some(_) if way == Way::Itself => new,
                    Some(_) => Taker::Several,
                };
                takers.insert(from, taker);
            }
        }
        let takers = Rc::new(takers);
        self.takers.borrow_mut().insert(name, Rc::clone(&takers));
        takers
    }

    /// Returns what the value of a variant can be made of, and how.
    fn sources(&self, ty: &'a Type) -> Vec<(Source, Way)> {
        let number = |ty: &str, way| (Source::Type(ty.to_owned()), way);
        match ty {
            Type::Named(name) | Type::Boxed(name) => self.named(name),
            Type::Integer => ["i64", "i32", "u32"]
                .map(|ty| number(ty, Way::Itself))
                .to_vec(),
            Type::Number => vec![
                number("f64", Way::Itself),
                number("i32", Way::Conversion),
                number("u32", Way::Conversion),
            ],
            Type::String | Type::Id(_) => vec![(Source::Text, Way::Itself)],
            Type::List(item) => vec![(Source::List(item.to_string()), Way::Itself)],
            Type::Nullable(ty) => self.sources(ty),
            other => vec![(Source::Type(other.to_string()), Way::Itself)],
        }
    }

    fn named(&self, name: &'a str) -> Vec<(Source, Way)> {
        let own = (Source::Type(name.to_owned()), Way::Itself);
        let Some(item) = self.items.get(name) else {
            return vec![own];
        };
        match &item.shape {
            Shape::Alias(ty) => self.sources(ty),
            Shape::Enum(_) => {
                let enums = self.enums(item).into_iter();
                let enums = enums.map(|name| (Source::Type(name.to_owned()), Way::Conversion));
                let text = (Source::Text, Way::Conversion);
                [own, text].into_iter().chain(enums).collect()
            }
            Shape::Union(union) => {
                let inner = self.takers(name, union);
                let inner = inner.iter().map(|(from, taker)| {
                    let is_ambiguous = match taker {
                        Taker::Several => *from != Source::Text,
                        Taker::Variant(_, way) => *way == Way::Ambiguous,
                    };
                    let way = if is_ambiguous {
                        Way::Ambiguous
                    } else {
                        Way::Conversion
                    };
                    (from.clone(), way)
                });
                [own].into_iter().chain(inner).collect()
            }
            Shape::Struct(_) => vec![own],
        }
    }
}

/// Returns the row of a variant: its type without the box, and the types that convert to it.
fn row(variant: &str, held: &Type, from: &[String]) -> String {
    let held = match held {
        Type::Boxed(name) => name.clone(),
        other => other.to_string(),
    };
    format!("{variant}({held}): {};", from.join(", "))
}

fn write_rows(source: &mut String, invocation: &str, name: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    line(source, 0, &format!("{invocation}!({name} {{"));
    for row in rows {
        line(source, 1, row);
    }
    line(source, 0, "});");
}
