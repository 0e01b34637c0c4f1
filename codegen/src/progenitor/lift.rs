//! Reads from progenitor's output what the final client keeps of it.

use std::collections::BTreeMap;

use syn::{File, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, PathArguments};
use syn::{Ident, ReturnType, Type, TypeParamBound, WherePredicate};

/// What progenitor made of one operation.
pub struct Lifted {
    /// The method of the client.
    pub function: Ident,
    /// The builder that it returns.
    pub builder: Ident,
    /// The setters by name, without the underscore after a keyword, with what they take.
    pub setters: BTreeMap<String, (Ident, Type)>,
    /// What the builder's `send` returns.
    pub answer: Type,
}

/// Reads `file` into what it has for each operation, by the name of the method.
pub(super) fn lift(file: &File) -> BTreeMap<String, Lifted> {
    let builders = builders(file);
    let mut lifted = BTreeMap::new();
    for function in impls(&file.items)
        .filter(|(name, _)| name == "Client")
        .flat_map(functions)
    {
        let Some(builder) = returned(&function.sig.output).and_then(last_segment) else {
            continue;
        };
        let Some(implementation) = builders.get(&builder.to_string()) else {
            continue;
        };
        let Some(answer) = functions((builder.clone(), implementation)).find_map(answer) else {
            continue;
        };
        let setters = functions((builder.clone(), implementation)).filter_map(setter);
        let name = plain(&function.sig.ident);
        let function = function.sig.ident.clone();
        let setters = setters.collect();
        lifted.insert(
            name,
            Lifted {
                function,
                builder,
                setters,
                answer,
            },
        );
    }
    lifted
}

/// An identifier without the underscore that keywords get.
fn plain(ident: &Ident) -> String {
    ident.to_string().trim_end_matches('_').to_owned()
}

fn builders(file: &File) -> BTreeMap<String, &ItemImpl> {
    let modules = file.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_ref(),
        _ => None,
    });
    modules
        .flat_map(|(_, items)| impls(items))
        .map(|(name, implementation)| (name.to_string(), implementation))
        .collect()
}

/// The inherent implementations among `items`, with the name of their type.
fn impls(items: &[Item]) -> impl Iterator<Item = (Ident, &ItemImpl)> {
    items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some((last_segment(&item.self_ty)?, item)),
        _ => None,
    })
}

fn functions((_, implementation): (Ident, &ItemImpl)) -> impl Iterator<Item = &ImplItemFn> {
    implementation.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

/// A setter is generic over `V: TryInto<T>` and takes `self` and a value.
fn setter(function: &ImplItemFn) -> Option<(String, (Ident, Type))> {
    let clause = function.sig.generics.where_clause.as_ref()?;
    let FnArg::Typed(_) = function.sig.inputs.get(1)? else {
        return None;
    };
    let WherePredicate::Type(predicate) = clause.predicates.first()? else {
        return None;
    };
    let TypeParamBound::Trait(bound) = predicate.bounds.first()? else {
        return None;
    };
    let target = argument(bound.path.segments.last()?)?;
    let ident = &function.sig.ident;
    Some((plain(ident), (ident.clone(), target.clone())))
}

/// The `T` of `send`'s `Result<ResponseValue<T>, Error<…>>`.
fn answer(function: &ImplItemFn) -> Option<Type> {
    if function.sig.ident != "send" {
        return None;
    }
    let Type::Path(result) = returned(&function.sig.output)? else {
        return None;
    };
    let Type::Path(value) = argument(result.path.segments.last()?)? else {
        return None;
    };
    argument(value.path.segments.last()?).cloned()
}

fn returned(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Type(_, kind) => Some(kind),
        ReturnType::Default => None,
    }
}

fn last_segment(kind: &Type) -> Option<Ident> {
    match kind {
        Type::Path(path) => Some(path.path.segments.last()?.ident.clone()),
        _ => None,
    }
}

/// The first type argument of a path segment: the `T` of `Vec<T>`.
pub(crate) fn argument(segment: &syn::PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}
