//! Getters on unions, for the properties that at least half of the variants have, all of them with the
//! same type. Text beside members that all have an `id` is the `id`: such a union is a resource or its ID.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{doc, line};
use crate::model::{Item, Presence, Property, Shape, Struct, Type, Union};
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

/// A property of a value, and how to access it.
#[derive(Clone, Debug)]
struct Found {
    /// The type, without aliases and boxes.
    ty: Type,
    /// The type as it is written in the variant.
    spelled: Type,
    access: Access,
    docs: String,
    deprecated: bool,
}

#[derive(Clone, Debug)]
enum Access {
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
    found: BTreeMap<String, Found>,
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

    /// Writes the getters of a union.
    pub(crate) fn write(&self, source: &mut String, name: &'a str, union: &'a Union) {
        let variants = self.variants(union);
        let shared = shared(&variants).found;
        if shared.is_empty() {
            return;
        }
        line(source, 0, &format!("impl {name} {{"));
        let mut is_first = true;
        for (key, found) in &shared {
            let arms = union.variants.iter().zip(&variants);
            let arms = arms.map(|((variant, _), properties)| {
                let found = properties.found.get(key);
                (variant.as_str(), found)
            });
            if !is_first {
                source.push('\n');
            }
            is_first = false;
            write_getter(source, key, found, &arms.collect::<Vec<_>>());
        }
        line(source, 0, "}\n");
    }

    /// Returns the name of each getter of a union, and what it returns.
    pub(crate) fn declared(&self, union: &'a Union) -> Vec<(String, String)> {
        let shared = shared(&self.variants(union)).found;
        let getters = shared.iter().map(|(key, found)| {
            let returned = returned(&found.ty, &found.spelled);
            (field_name(key), format!("Option<{returned}>"))
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
            let found = Found {
                ty: unboxed(&field.ty),
                spelled: field.ty.clone(),
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
fn id_or_resource(union: &Union, variants: &[Properties]) -> Option<(usize, Found)> {
    let is_text = |ty: &Type| matches!(ty, Type::String | Type::Id(_));
    let at = union.variants.iter().position(|(_, ty)| is_text(ty))?;
    let others = variants.iter().enumerate();
    let others = others.filter(|(other, _)| *other != at);
    let ids = others.map(|(_, properties)| properties.found.get("id"));
    let ids = ids.collect::<Option<Vec<&Found>>>()?;
    let (id, rest) = ids.split_first()?;
    let is_optional = |id: &&Found| matches!(id.access, Access::Optional(_) | Access::Patch(_));
    if !is_text(&id.ty) || rest.iter().any(|it| it.ty != id.ty) || ids.iter().any(is_optional) {
        return None;
    }
    let id = Found {
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
fn common(variants: &[Properties], key: &str) -> Option<Found> {
    let found = variants.iter().filter_map(|variant| variant.found.get(key));
    let found: Vec<&Found> = found.collect();
    let (first, rest) = found.split_first()?;
    let is_same = rest.iter().all(|other| other.ty == first.ty);
    let is_text = |found: &&Found| match (&found.ty, &found.access) {
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
        common.spelled = Type::String;
    }
    // A list is returned as a slice, unless all variants have an alias of it.
    let is_list = |found: &&&Found| matches!(found.spelled, Type::List(_));
    if let Some(list) = found.iter().find(is_list) {
        common.spelled = list.spelled.clone();
    }
    common.deprecated &= rest.iter().all(|other| other.deprecated);
    if rest.iter().any(|other| other.docs != common.docs) {
        common.docs = String::new();
    }
    Some(common)
}

fn write_getter(source: &mut String, key: &str, found: &Found, arms: &[(&str, Option<&Found>)]) {
    let read = from_json(&found.ty);
    let lacking = arms.iter().filter(|(_, of_variant)| of_variant.is_none());
    let lacking = lacking.map(|(variant, _)| *variant);
    let lacking: Vec<&str> = lacking.chain(read.is_none().then_some("Unknown")).collect();
    let none = if lacking.is_empty() {
        String::new()
    } else {
        format!("`None` for `{}`.", lacking.join("`, `"))
    };
    let unknown = match read {
        Some(_) => "Read from the JSON value for `Unknown`.".to_owned(),
        None => String::new(),
    };
    doc::write(source, 1, &found.docs, &[none, unknown]);
    if found.deprecated {
        line(source, 1, "#[deprecated]");
    }
    let name = field_name(key);
    let returned = returned(&found.ty, &found.spelled);
    line(source, 1, "#[inline]");
    line(
        source,
        1,
        &format!("pub fn {name}(&self) -> Option<{returned}> {{"),
    );
    line(source, 2, "match self {");
    for (variant, of_variant) in arms {
        if let Some(of_variant) = of_variant {
            let value = value(&found.spelled, &name, of_variant);
            line(source, 3, &format!("Self::{variant}(value) => {value},"));
        }
    }
    if let Some(read) = read {
        let into = if matches!(found.ty, Type::Id(_)) {
            ".map(Into::into)"
        } else {
            ""
        };
        let value = format!("value.get({key:?}).and_then(serde_json::Value::{read}){into}");
        line(source, 3, &format!("Self::Unknown(value) => {value},"));
    }
    if !lacking.is_empty() {
        line(source, 3, "_ => None,");
    }
    line(source, 2, "}");
    line(source, 1, "}");
}

/// Returns the method of `Value` that reads a type.
fn from_json(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Boolean => Some("as_bool"),
        Type::Integer => Some("as_i64"),
        Type::Number => Some("as_f64"),
        Type::String | Type::Id(_) => Some("as_str"),
        _ => None,
    }
}

/// Returns the type inside the `Option` that a getter returns.
fn returned(ty: &Type, spelled: &Type) -> String {
    match ty {
        // An ID is copied, because that of an unknown member is no field that could be borrowed.
        Type::Boolean | Type::Integer | Type::Number | Type::Id(_) => ty.to_string(),
        Type::String => "&str".to_owned(),
        Type::List(_) => match spelled {
            Type::List(item) => format!("&[{item}]"),
            _ => format!("&{spelled}"),
        },
        _ => match spelled {
            Type::Boxed(name) => format!("&{name}"),
            spelled => format!("&{spelled}"),
        },
    }
}

/// Returns the expression for a field that is an ID, as a copy or as its text.
fn id(access: &Access, is_copied: bool) -> String {
    match access {
        Access::Required(field) if is_copied => format!("Some(value.{field}.clone())"),
        Access::Required(field) => format!("Some(value.{field}.as_str())"),
        Access::Optional(field) if is_copied => format!("value.{field}.clone()"),
        Access::Optional(field) => format!("value.{field}.as_ref().map(|id| id.as_str())"),
        Access::Patch(field) if is_copied => format!("value.{field}.as_option().cloned()"),
        Access::Patch(field) => format!("value.{field}.as_option().map(|id| id.as_str())"),
        Access::Itself if is_copied => "Some(value.as_str().into())".to_owned(),
        Access::Itself => "Some(value.as_str())".to_owned(),
        Access::Getter(..) => String::new(),
    }
}

/// Returns the expression for the property of a variant, in a getter that returns what is spelled
/// `returned`.
fn value(returned: &Type, getter: &str, found: &Found) -> String {
    let Found {
        ty,
        spelled,
        access,
        ..
    } = found;
    if matches!(ty, Type::Id(_)) && !matches!(access, Access::Getter(..)) {
        return id(access, matches!(returned, Type::Id(_)));
    }
    let is_copied = matches!(ty, Type::Boolean | Type::Integer | Type::Number);
    // The field is a `String`, a `Vec` or a `Box`, and a reference to what it holds is returned.
    let is_dereferenced = match ty {
        Type::String => true,
        Type::List(_) => matches!(returned, Type::List(_)),
        _ => matches!(spelled, Type::Boxed(_)),
    };
    match access {
        Access::Required(field) if is_copied => format!("Some(value.{field})"),
        Access::Required(field) => format!("Some(&value.{field})"),
        Access::Optional(field) if is_copied => format!("value.{field}"),
        Access::Patch(field) if is_copied => format!("value.{field}.as_option().copied()"),
        Access::Optional(field) if is_dereferenced => format!("value.{field}.as_deref()"),
        Access::Optional(field) => format!("value.{field}.as_ref()"),
        Access::Patch(field) if is_dereferenced => {
            format!("value.{field}.as_option().map(|value| &**value)")
        }
        Access::Patch(field) => format!("value.{field}.as_option()"),
        Access::Itself => "Some(value.as_str())".to_owned(),
        // Through the type: a box has methods of its own, which a getter may be named like.
        Access::Getter(union, field) => {
            let value = match field {
                Some(field) => format!("{union}::{getter}(&value.{field})"),
                None => format!("{union}::{getter}(value)"),
            };
            let is_alias = matches!(ty, Type::List(_)) && !matches!(spelled, Type::List(_));
            if is_alias && is_dereferenced {
                format!("{value}.map(Vec::as_slice)")
            } else {
                value
            }
        }
    }
}
