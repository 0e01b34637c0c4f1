//! The getters of unions: for the properties that at least half of the variants have, all of them with the
//! same type. Text beside members that all have an `id` is the `id`: such a union is a resource or its ID.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Item, Presence, Property, Shape, Struct, Type, Union};
use crate::names::field_name;

/// Names that a getter must not take: those of methods that it would shadow.
const TAKEN: &[&str] = &[
    "borrow",
    "borrow_mut",
    "clone",
    "clone_into",
    "from",
    "into",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "unknown",
];

/// A getter of a union.
#[derive(Clone, Debug)]
pub(crate) struct Getter {
    /// The property that it returns.
    pub key: String,
    /// The common property of the variants.
    pub property: Accessor,
    /// The property of each variant that has it, in order.
    pub variants: Vec<Option<Accessor>>,
}

impl Getter {
    /// Returns its name.
    pub(crate) fn name(&self) -> String {
        field_name(&self.key)
    }

    /// Returns the type inside the `Option` that it returns.
    pub(crate) fn returned(&self) -> String {
        match &self.property.ty {
            // An ID is copied, because that of an unknown member is no field that could be borrowed.
            ty @ (Type::Boolean | Type::Integer | Type::Number | Type::Id(_)) => ty.to_string(),
            Type::String => "&str".to_owned(),
            Type::List(item) => format!("&[{item}]"),
            ty => format!("&{ty}"),
        }
    }
}

/// A property of a value and the way to access it.
#[derive(Clone, Debug)]
pub(crate) struct Accessor {
    /// The type, without its box.
    pub ty: Type,
    /// Set if it is in a box.
    pub is_boxed: bool,
    /// The way to access it.
    pub access: Access,
    /// The description.
    pub docs: String,
    /// Set if its use is discouraged.
    pub deprecated: bool,
}

/// The way to access a property of a value.
#[derive(Clone, Debug)]
pub(crate) enum Access {
    /// A required field.
    Required(String),
    /// A field that is an `Option`.
    Optional(String),
    /// A field that is a `Patch`.
    Patch(String),
    /// The getter of the union with this name: the value itself, or this field of it.
    Getter(String, Option<String>),
    /// The value itself, which is text.
    Itself,
}

/// The properties of a value by key.
#[derive(Clone, Debug, Default)]
struct Properties {
    found: BTreeMap<String, Accessor>,
    /// The properties that have no getter: constants, and those that a nested union has no getter for.
    blocked: BTreeSet<String>,
}

/// Determines which unions have which getters.
pub(crate) struct Getters<'a> {
    shapes: BTreeMap<&'a str, &'a Shape>,
    /// The properties of each union that was read.
    unions: RefCell<HashMap<&'a str, Properties>>,
}

impl<'a> Getters<'a> {
    /// Indexes all types.
    pub(crate) fn new(items: &'a [Item]) -> Self {
        let shapes = items.iter().map(|item| (item.name.as_str(), &item.shape));
        Self {
            shapes: shapes.collect(),
            unions: RefCell::default(),
        }
    }

    /// Returns the getters of a union.
    pub(crate) fn of(&self, union: &'a Union) -> Vec<Getter> {
        let variants = self.variants(union);
        let shared = shared(&variants).found.into_iter();
        let getters = shared.map(|(key, property)| Getter {
            variants: variants
                .iter()
                .map(|it| it.found.get(&key).cloned())
                .collect(),
            key,
            property,
        });
        getters.collect()
    }

    /// Returns the properties of each variant.
    fn variants(&self, union: &'a Union) -> Vec<Properties> {
        let types = union.variants.iter();
        let mut variants: Vec<_> = types.map(|(_, ty)| self.of_type(ty)).collect();
        if let Some((at, id)) = id_or_resource(union, &variants) {
            variants[at].found.insert("id".to_owned(), id);
        }
        variants
    }

    fn of_type(&self, ty: &'a Type) -> Properties {
        let (Type::Named(name) | Type::Boxed(name)) = ty else {
            return Properties::default();
        };
        match self.shapes.get(name.as_str()) {
            Some(Shape::Struct(structure)) => self.of_struct(structure),
            Some(Shape::Union(union)) => self.of_union(name, union),
            _ => Properties::default(),
        }
    }

    /// Returns what the getters of a union give. No union is a member of itself.
    fn of_union(&self, name: &'a str, union: &'a Union) -> Properties {
        if let Some(known) = self.unions.borrow().get(name) {
            return known.clone();
        }
        let mut properties = shared(&self.variants(union));
        for found in properties.found.values_mut() {
            found.access = Access::Getter(name.to_owned(), None);
        }
        self.unions.borrow_mut().insert(name, properties.clone());
        properties
    }

    fn of_struct(&self, structure: &'a Struct) -> Properties {
        let mut properties = Properties::default();
        for (field, name) in &structure.flattened {
            let Some(Shape::Union(union)) = self.shapes.get(name.as_str()) else {
                continue;
            };
            let inner = self.of_union(name, union);
            properties.blocked.extend(inner.blocked);
            for (key, mut found) in inner.found {
                found.access = Access::Getter(name.clone(), Some(field.clone()));
                properties.found.insert(key, found);
            }
        }
        for property in &structure.properties {
            let field = match property {
                Property::Field(field) => field,
                Property::Constant { key, .. } => {
                    properties.blocked.insert(key.clone());
                    continue;
                }
            };
            let access = match field.presence {
                Presence::Required => Access::Required(field.name.clone()),
                Presence::Nullable | Presence::Optional => Access::Optional(field.name.clone()),
                Presence::Patch => Access::Patch(field.name.clone()),
            };
            let found = Accessor {
                ty: unboxed(&field.ty),
                is_boxed: matches!(field.ty, Type::Boxed(_)),
                access,
                docs: field.docs.clone(),
                deprecated: field.deprecated,
            };
            properties.found.insert(field.key.clone(), found);
        }
        properties
    }
}

/// Returns the variant that is text, as the property `id`, if all others have that with one type.
fn id_or_resource(union: &Union, variants: &[Properties]) -> Option<(usize, Accessor)> {
    let is_text = |ty: &Type| matches!(ty, Type::String | Type::Id(_));
    let at = union.variants.iter().position(|(_, ty)| is_text(ty))?;
    let others = variants.iter().enumerate();
    let others = others.filter(|(other, _)| *other != at);
    let ids = others.map(|(_, properties)| properties.found.get("id"));
    let ids = ids.collect::<Option<Vec<&Accessor>>>()?;
    let (id, rest) = ids.split_first()?;
    let is_optional = |id: &&Accessor| matches!(id.access, Access::Optional(_) | Access::Patch(_));
    if !is_text(&id.ty) || rest.iter().any(|it| it.ty != id.ty) || ids.iter().any(is_optional) {
        return None;
    }
    let id = Accessor {
        access: Access::Itself,
        ..(*id).clone()
    };
    Some((at, id))
}

/// Returns a type without its box.
fn unboxed(ty: &Type) -> Type {
    match ty {
        Type::Boxed(name) => Type::Named(name.clone()),
        other => other.clone(),
    }
}

/// Returns the properties that the variants share, and those that cannot have a getter.
fn shared(variants: &[Properties]) -> Properties {
    let mut shared = Properties::default();
    let keys = variants.iter().flat_map(|variant| variant.found.keys());
    let keys: BTreeSet<&String> = keys.collect();
    let mut names: HashMap<String, usize> = HashMap::new();
    for key in &keys {
        *names.entry(field_name(key)).or_default() += 1;
    }
    for key in &keys {
        let name = field_name(key);
        let is_free = !TAKEN.contains(&name.as_str()) && names.get(&name) == Some(&1);
        match common(variants, key).filter(|_| is_free) {
            Some(found) => {
                shared.found.insert((*key).clone(), found);
            }
            None => {
                shared.blocked.insert((*key).clone());
            }
        }
    }
    let blocked = variants.iter().flat_map(|variant| &variant.blocked);
    shared.blocked.extend(blocked.cloned());
    shared
}

/// Returns the property if at least half of the variants have it, all with the same type.
fn common(variants: &[Properties], key: &str) -> Option<Accessor> {
    let found = variants.iter().filter_map(|variant| variant.found.get(key));
    let found: Vec<&Accessor> = found.collect();
    let (first, rest) = found.split_first()?;
    let is_same = rest.iter().all(|other| other.ty == first.ty);
    let is_text = |found: &&Accessor| match (&found.ty, &found.access) {
        (Type::String, _) => true,
        (Type::Id(_), access) => !matches!(access, Access::Getter(..)),
        _ => false,
    };
    // IDs of several kinds, or of which some have none, are text in common.
    let is_mixed_text = !is_same && found.iter().all(is_text);
    let is_blocked = variants.iter().any(|variant| variant.blocked.contains(key));
    if rest.is_empty()
        || 2 * found.len() < variants.len()
        || !(is_same || is_mixed_text)
        || is_blocked
    {
        return None;
    }
    let mut common = (*first).clone();
    if is_mixed_text {
        common.ty = Type::String;
    }
    common.deprecated &= rest.iter().all(|other| other.deprecated);
    if rest.iter().any(|other| other.docs != common.docs) {
        common.docs = String::new();
    }
    Some(common)
}
