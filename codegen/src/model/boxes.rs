//! Puts boxes where a type would otherwise contain itself, and around the structs in unions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Property, Shape, Type};

/// Boxes what has to be boxed, and cuts aliases that only name themselves.
pub fn put_in(items: &mut [Item]) {
    cut_endless_aliases(items);
    let aliases = aliases(items);
    let structs: BTreeSet<String> = named(items, |shape| matches!(shape, Shape::Struct(_)));
    let direct = direct(items, &aliases);
    for item in items {
        let owner = item.name.clone();
        match &mut item.shape {
            Shape::Struct(structure) => {
                for property in &mut structure.properties {
                    let Property::Field(field) = property else {
                        continue;
                    };
                    if contains(&direct, &aliases, &field.ty, &owner) {
                        field.ty = boxed(&field.ty);
                    }
                }
            }
            Shape::Union(union) => {
                for (_, ty) in &mut union.variants {
                    let is_struct = target(&aliases, ty).is_some_and(|name| structs.contains(name));
                    if is_struct || contains(&direct, &aliases, ty, &owner) {
                        *ty = boxed(ty);
                    }
                }
            }
            Shape::Enum(_) | Shape::Alias(..) => {}
        }
    }
}

fn boxed(ty: &Type) -> Type {
    match ty {
        Type::Named(name) => Type::Boxed(name.clone()),
        other => other.clone(),
    }
}

fn named(items: &[Item], test: fn(&Shape) -> bool) -> BTreeSet<String> {
    items
        .iter()
        .filter(|item| test(&item.shape))
        .map(|item| item.name.clone())
        .collect()
}

fn aliases(items: &[Item]) -> BTreeMap<String, Type> {
    let alias = |item: &Item| match &item.shape {
        Shape::Alias(ty) => Some((item.name.clone(), ty.clone())),
        _ => None,
    };
    items.iter().filter_map(alias).collect()
}

/// The struct, enum or union that a type holds without a list, map or box between.
fn target<'a>(aliases: &'a BTreeMap<String, Type>, ty: &'a Type) -> Option<&'a str> {
    match ty {
        Type::Named(name) => match aliases.get(name) {
            Some(ty) => target(aliases, ty),
            None => Some(name),
        },
        Type::Nullable(ty) => target(aliases, ty),
        _ => None,
    }
}

/// The types that each type holds directly. Structs in unions do not count: they are boxed.
fn direct(items: &[Item], aliases: &BTreeMap<String, Type>) -> BTreeMap<String, BTreeSet<String>> {
    let structs: BTreeSet<String> = named(items, |shape| matches!(shape, Shape::Struct(_)));
    let mut direct = BTreeMap::new();
    for item in items {
        let held: BTreeSet<String> = match &item.shape {
            Shape::Struct(structure) => {
                let fields = structure
                    .fields()
                    .filter_map(|field| target(aliases, &field.ty));
                let flattened = structure.flattened.iter().map(|(_, name)| name.as_str());
                fields.chain(flattened).map(str::to_owned).collect()
            }
            Shape::Union(union) => union
                .variants
                .iter()
                .filter_map(|(_, ty)| target(aliases, ty))
                .filter(|name| !structs.contains(*name))
                .map(str::to_owned)
                .collect(),
            Shape::Enum(_) | Shape::Alias(..) => continue,
        };
        direct.insert(item.name.clone(), held);
    }
    direct
}

/// Whether a value of type `ty` holds an `owner` directly.
fn contains(
    direct: &BTreeMap<String, BTreeSet<String>>,
    aliases: &BTreeMap<String, Type>,
    ty: &Type,
    owner: &str,
) -> bool {
    let mut seen = BTreeSet::new();
    let mut left: Vec<&str> = target(aliases, ty).into_iter().collect();
    while let Some(name) = left.pop() {
        if name == owner {
            return true;
        }
        if seen.insert(name) {
            left.extend(direct.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// An alias that leads only to itself (a list of lists of …) is any JSON.
fn cut_endless_aliases(items: &mut [Item]) {
    let all = aliases(items);
    for item in items {
        let Shape::Alias(ty) = &mut item.shape else {
            continue;
        };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut next = Some(&*ty);
        let mut endless = false;
        while let Some(ty) = next {
            next = match ty {
                Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => Some(inner),
                Type::Named(name) if *name == item.name || !seen.insert(name) => {
                    endless = true;
                    None
                }
                Type::Named(name) => all.get(name),
                _ => None,
            };
        }
        if endless {
            *ty = Type::Json;
        }
    }
}
