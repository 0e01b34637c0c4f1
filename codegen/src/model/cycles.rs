//! Breaks cycles of types that would contain themselves, by boxes; the structs in unions are boxed, too.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Property, Shape, Type};

/// Boxes the fields and variants that need it.
pub(super) fn break_cycles(items: &mut [Item]) {
    let structs: BTreeSet<String> = named(items, |shape| matches!(shape, Shape::Struct(_)));
    let direct = direct(items);
    let circles = circles(&direct);
    let holds = |ty: &Type, owner: &str| {
        let circle = target(ty).and_then(|name| circles.get(name));
        circle.is_some() && circle == circles.get(owner)
    };
    for item in items {
        let owner = item.name.clone();
        match &mut item.shape {
            Shape::Struct(structure) => {
                for property in &mut structure.properties {
                    let Property::Field(field) = property else {
                        continue;
                    };
                    if holds(&field.ty, &owner) {
                        field.ty = boxed(&field.ty);
                    }
                }
            }
            Shape::Union(union) => {
                for (_, ty) in &mut union.variants {
                    let is_struct = target(ty).is_some_and(|name| structs.contains(name));
                    if is_struct || holds(ty, &owner) {
                        *ty = boxed(ty);
                    }
                }
            }
            Shape::Enum(_) => {}
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

/// Returns the struct, enum or union that a type holds without a list, map or box between.
fn target(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) => Some(name),
        Type::Nullable(ty) => target(ty),
        _ => None,
    }
}

/// Returns the types that each type holds directly. Structs in unions do not count: they are boxed.
fn direct(items: &[Item]) -> BTreeMap<String, BTreeSet<String>> {
    let structs: BTreeSet<String> = named(items, |shape| matches!(shape, Shape::Struct(_)));
    let mut direct = BTreeMap::new();
    for item in items {
        let held: BTreeSet<String> = match &item.shape {
            Shape::Struct(structure) => {
                let fields = structure.fields().filter_map(|field| target(&field.ty));
                let flattened = structure.flattened.iter().map(|(_, name)| name.as_str());
                fields.chain(flattened).map(str::to_owned).collect()
            }
            Shape::Union(union) => union
                .variants
                .iter()
                .filter_map(|(_, ty)| target(ty))
                .filter(|name| !structs.contains(*name))
                .map(str::to_owned)
                .collect(),
            Shape::Enum(_) => continue,
        };
        direct.insert(item.name.clone(), held);
    }
    direct
}

/// Returns the number of the circle that each type is part of. Two types are in one circle if a value
/// of each can hold a value of the other directly (strongly connected components, by Kosaraju).
fn circles(direct: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<&str, usize> {
    let mut holders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, held) in direct {
        for held in held {
            holders.entry(held).or_default().push(name);
        }
    }
    let held = |name: &str| {
        let held = direct.get(name).into_iter().flatten();
        held.map(String::as_str).collect::<Vec<_>>()
    };
    let holders = |name: &str| holders.get(name).cloned().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut finished: Vec<&str> = Vec::new();
    for name in direct.keys() {
        finished.extend(depth_first(name, &held, &mut seen));
    }
    let mut circles = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (circle, name) in finished.into_iter().rev().enumerate() {
        let members = depth_first(name, &holders, &mut seen).into_iter();
        circles.extend(members.map(|member| (member, circle)));
    }
    circles
}

/// Returns the names that can be reached from `start` and are not in `seen`, each behind those that
/// can be reached from it.
fn depth_first<'a>(
    start: &'a str,
    next: &dyn Fn(&str) -> Vec<&'a str>,
    seen: &mut BTreeSet<&'a str>,
) -> Vec<&'a str> {
    let mut finished = Vec::new();
    let mut path: Vec<(&str, Vec<&str>)> = Vec::new();
    if seen.insert(start) {
        path.push((start, next(start)));
    }
    while let Some((name, left)) = path.last_mut() {
        match left.pop() {
            Some(other) if seen.insert(other) => path.push((other, next(other))),
            Some(_) => {}
            None => {
                finished.push(*name);
                path.pop();
            }
        }
    }
    finished
}
