//! The types that unions and enums implement `From` for.
//!
//! A union implements `From` for the type of each variant, and for every type that this type
//! implements `From` for: members of nested unions, the text of an enum, lists of convertible items.
//! A type that several variants could take is ambiguous and has no implementation, unless exactly one
//! variant holds it directly. Text converts to the variant that it would be decoded as.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::{Item, Shape, Type, Union};

/// A type that a union implements `From` for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FromType {
    /// A Rust type.
    Type(String),
    /// `&str` and `String`.
    Text,
    /// Lists of items that convert to this type.
    List(String),
}

/// The conversion of a value to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ConversionKind {
    /// The types are equal.
    Identity,
    /// `From` is implemented.
    From,
    /// Several conversions exist, so that none is implemented.
    Ambiguous,
}

/// The variant that takes a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// The variant with this index.
    Variant(usize, ConversionKind),
    /// Several variants could take it.
    Several,
}

/// The types that an enum implements `From` for.
pub(crate) struct EnumConversions<'a> {
    /// Set if the texts of both booleans are among its values.
    pub from_bool: bool,
    /// The enums that it combines.
    pub enums: BTreeSet<&'a str>,
}

/// The types that a union implements `From` for.
pub(crate) struct UnionConversions {
    /// The types that convert to each variant.
    pub members: Vec<Vec<String>>,
    /// The variant that is a list, and its items: whatever converts to an item can be in the list.
    pub list: Option<(usize, String)>,
    /// Set if text converts to the variant that it is decoded as.
    pub from_text: bool,
}

/// Determines the conversions of each type.
pub(crate) struct Conversions<'a> {
    items: BTreeMap<&'a str, &'a Item>,
    /// The sources of each union that was read.
    targets: RefCell<HashMap<&'a str, Rc<Targets>>>,
}

/// The types that a union can be made of, each with the variant that takes it.
type Targets = BTreeMap<FromType, Target>;

impl<'a> Conversions<'a> {
    /// Indexes all types.
    pub(crate) fn new(items: &'a [Item]) -> Self {
        let items = items.iter().map(|item| (item.name.as_str(), item));
        Self {
            items: items.collect(),
            targets: RefCell::default(),
        }
    }

    /// Returns the types that an enum implements `From` for.
    pub(crate) fn of_enum(&self, item: &Item) -> EnumConversions<'a> {
        EnumConversions {
            from_bool: has_booleans(item),
            enums: self.enums(item),
        }
    }

    /// Returns the types that a union implements `From` for.
    pub(crate) fn of_union(&self, name: &'a str, union: &'a Union) -> UnionConversions {
        let targets = self.targets(name, union);
        let mut members: Vec<Vec<String>> = vec![Vec::new(); union.variants.len()];
        let mut lists: Vec<(usize, String)> = Vec::new();
        let mut from_text = false;
        for (from, target) in targets.iter() {
            match (from, target) {
                (FromType::Text, Target::Several) => from_text = true,
                (_, Target::Several | Target::Variant(_, ConversionKind::Ambiguous)) => {}
                (FromType::Text, Target::Variant(at, _)) => {
                    members[*at].extend(["&str".to_owned(), "String".to_owned()]);
                }
                (FromType::Type(ty), Target::Variant(at, _)) => members[*at].push(ty.clone()),
                (FromType::List(item), Target::Variant(at, _)) => lists.push((*at, item.clone())),
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
        UnionConversions {
            members,
            list,
            from_text,
        }
    }

    /// Returns the enums that an enum combines.
    fn enums(&self, item: &Item) -> BTreeSet<&'a str> {
        let names = item.combined_from.iter();
        let items = names.filter_map(|name| self.items.get_key_value(name.as_str()));
        let enums = items.filter(|(_, item)| matches!(item.shape, Shape::Enum(_)));
        let others = enums.filter(|(name, _)| **name != item.name);
        others.map(|(name, _)| *name).collect()
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
        let targets = self.targets(&item.name, union);
        let targets = targets.iter();
        let declared = targets.filter_map(|(source, target)| match (source, target) {
            (FromType::Text, _) => Some("str".to_owned()),
            (_, Target::Several | Target::Variant(_, ConversionKind::Ambiguous)) => None,
            (FromType::Type(ty), Target::Variant(..)) => Some(ty.clone()),
            (FromType::List(item), Target::Variant(..)) => Some(format!("Vec<{item}>")),
        });
        declared.collect()
    }

    /// Returns what a union can be made of. No union is a member of itself.
    fn targets(&self, name: &'a str, union: &'a Union) -> Rc<Targets> {
        if let Some(known) = self.targets.borrow().get(name) {
            return Rc::clone(known);
        }
        let mut targets = Targets::new();
        for (at, (_, ty)) in union.variants.iter().enumerate() {
            for (from, kind) in self.sources(ty) {
                let new = Target::Variant(at, kind);
                let target = match targets.get(&from) {
                    None => new,
                    Some(_) if from == FromType::Text => Target::Several,
                    Some(old @ Target::Variant(_, ConversionKind::Identity))
                        if kind != ConversionKind::Identity =>
                    {
                        *old
                    }
                    Some(Target::Variant(_, ConversionKind::Identity)) => Target::Several,
                    Some(_) if kind == ConversionKind::Identity => new,
                    Some(_) => Target::Several,
                };
                targets.insert(from, target);
            }
        }
        let targets = Rc::new(targets);
        self.targets.borrow_mut().insert(name, Rc::clone(&targets));
        targets
    }

    /// Returns what the value of a variant can be made of, and how.
    fn sources(&self, ty: &'a Type) -> Vec<(FromType, ConversionKind)> {
        let number = |ty: &str, kind| (FromType::Type(ty.to_owned()), kind);
        match ty {
            Type::Named(name) | Type::Boxed(name) => self.named(name),
            Type::Integer => ["i64", "i32", "u32"]
                .map(|ty| number(ty, ConversionKind::Identity))
                .to_vec(),
            Type::Number => vec![
                number("f64", ConversionKind::Identity),
                number("i32", ConversionKind::From),
                number("u32", ConversionKind::From),
            ],
            Type::String | Type::Id(_) => vec![(FromType::Text, ConversionKind::Identity)],
            Type::List(item) => vec![(FromType::List(item.to_string()), ConversionKind::Identity)],
            Type::Nullable(ty) => self.sources(ty),
            other => vec![(FromType::Type(other.to_string()), ConversionKind::Identity)],
        }
    }

    fn named(&self, name: &'a str) -> Vec<(FromType, ConversionKind)> {
        let own = (FromType::Type(name.to_owned()), ConversionKind::Identity);
        let Some(item) = self.items.get(name) else {
            return vec![own];
        };
        match &item.shape {
            Shape::Enum(_) => {
                let enums = self.enums(item).into_iter();
                let enums =
                    enums.map(|name| (FromType::Type(name.to_owned()), ConversionKind::From));
                let text = (FromType::Text, ConversionKind::From);
                let boolean = (FromType::Type("bool".to_owned()), ConversionKind::From);
                let boolean = has_booleans(item).then_some(boolean);
                [own, text]
                    .into_iter()
                    .chain(boolean)
                    .chain(enums)
                    .collect()
            }
            Shape::Union(union) => {
                let inner = self.targets(name, union);
                let inner = inner.iter().map(|(from, target)| {
                    let is_ambiguous = match target {
                        Target::Several => *from != FromType::Text,
                        Target::Variant(_, kind) => *kind == ConversionKind::Ambiguous,
                    };
                    let kind = if is_ambiguous {
                        ConversionKind::Ambiguous
                    } else {
                        ConversionKind::From
                    };
                    (from.clone(), kind)
                });
                [own].into_iter().chain(inner).collect()
            }
            Shape::Struct(_) => vec![own],
        }
    }
}

/// Returns whether `true` and `false` are among the values of an enum.
fn has_booleans(item: &Item) -> bool {
    let Shape::Enum(variants) = &item.shape else {
        return false;
    };
    let has = |text| variants.iter().any(|(_, value)| value == text);
    has("true") && has("false")
}
