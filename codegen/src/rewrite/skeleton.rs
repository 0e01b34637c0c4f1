//! Splits the file that progenitor generated into the code of each operation.

use quote::ToTokens;
use syn::{File, ImplItem, ImplItemFn, Item, ItemImpl, ItemMod, ItemStruct, ReturnType, Type};

use super::{docs, text};
use crate::Diagnostic;
use crate::operation::Operation;

/// What progenitor generated for one operation.
pub struct Call {
    /// The method of `Client` that returns the builder.
    pub method: ImplItemFn,
    /// The builder.
    pub declaration: ItemStruct,
    /// The setters of the builder, and `send`.
    pub implementation: ItemImpl,
}

/// Returns what `file` has for each of `operations`, in their order.
///
/// # Errors
/// Returns a [`Diagnostic`] if there is an item of an unknown kind, or not exactly one method and one
/// builder for each operation.
pub fn skeleton(file: File, operations: &[Operation]) -> Result<Vec<Call>, Diagnostic> {
    let mut methods = Vec::new();
    let mut declarations = Vec::new();
    let mut implementations = Vec::new();
    for item in file.items {
        match item {
            Item::Use(item) if text(&item.tree).starts_with("progenitor_client::") => {}
            Item::Struct(item) if item.ident == "Client" => {}
            Item::Impl(item) if text(&item.self_ty).ends_with("Client") => match item.trait_ {
                Some(_) => {}
                None => methods.extend(operation_methods(item)?),
            },
            Item::Mod(module) if module.ident == "prelude" => {}
            Item::Mod(module) if module.ident == "types" => no_types(module)?,
            Item::Mod(module) if module.ident == "builder" => {
                for item in module.content.into_iter().flat_map(|(_, items)| items) {
                    match item {
                        Item::Use(_) => {}
                        Item::Struct(item) => declarations.push(item),
                        Item::Impl(item) if item.trait_.is_none() => implementations.push(item),
                        other => return Err(unknown(&other)),
                    }
                }
            }
            other => return Err(unknown(&other)),
        }
    }
    let counts = [methods.len(), declarations.len(), implementations.len()];
    if counts != [operations.len(); 3] {
        let message = format!(
            "progenitor generated {} methods and {} builders for {} operations",
            methods.len(),
            declarations.len(),
            operations.len()
        );
        return Err(Diagnostic::new("/paths", message));
    }
    let parts = methods.into_iter().zip(declarations).zip(implementations);
    let calls = parts.map(|((method, declaration), implementation)| Call {
        method,
        declaration,
        implementation,
    });
    let calls: Vec<Call> = calls.collect();
    for (operation, call) in operations.iter().zip(&calls) {
        call.check(operation)?;
    }
    Ok(calls)
}

impl Call {
    /// Fails if the parts are not those of `operation`.
    fn check(&self, operation: &Operation) -> Result<(), Diagnostic> {
        let builder = &self.declaration.ident;
        let returned = returned_builder(&self.method).map(|name| *name == *builder);
        let implemented = text(&self.implementation.self_ty).starts_with(&format!("{builder}<"));
        let sends = format!("`{}` request to `{}`", operation.method, operation.path);
        let described = docs::documentation(&self.method.attrs, operation).contains(&sends);
        if returned == Some(true) && implemented && described {
            return Ok(());
        }
        Err(incomplete(operation))
    }
}

/// Returns the diagnostic that the code of `operation` is not all there.
pub fn incomplete(operation: &Operation) -> Diagnostic {
    let message = format!(
        "operation `{}`: progenitor generated other methods or setters than expected",
        operation.id
    );
    Diagnostic::new(operation.pointer(), message)
}

/// Returns the methods that return a builder. The others construct a client, as the runtime does.
fn operation_methods(item: ItemImpl) -> Result<Vec<ImplItemFn>, Diagnostic> {
    let mut methods = Vec::new();
    for item in item.items {
        match item {
            ImplItem::Fn(method) if returned_builder(&method).is_some() => methods.push(method),
            ImplItem::Fn(method) if text(&method.sig.output) == "->Self" => {}
            other => return Err(unknown(&other)),
        }
    }
    Ok(methods)
}

/// Returns the `X` of `-> builder::X<'_>`.
fn returned_builder(method: &ImplItemFn) -> Option<&syn::Ident> {
    let ReturnType::Type(_, ty) = &method.sig.output else {
        return None;
    };
    let Type::Path(path) = &**ty else {
        return None;
    };
    let mut segments = path.path.segments.iter();
    match (segments.next(), segments.next(), segments.next()) {
        (Some(module), Some(builder), None) if module.ident == "builder" => Some(&builder.ident),
        _ => None,
    }
}

/// Fails if progenitor generated a type: it would stand for a schema that was not replaced.
fn no_types(module: ItemMod) -> Result<(), Diagnostic> {
    let items = module.content.into_iter().flat_map(|(_, items)| items);
    let mut types =
        items.filter(|item| matches!(item, Item::Struct(_) | Item::Enum(_) | Item::Type(_)));
    types.next().map_or(Ok(()), |item| Err(unknown(&item)))
}

/// Returns the diagnostic that progenitor generated code that the rewrite does not know.
pub fn unknown(item: &impl ToTokens) -> Diagnostic {
    let code: String = item
        .to_token_stream()
        .to_string()
        .chars()
        .take(120)
        .collect();
    let message = format!("progenitor generated code in an unknown form: {code}");
    Diagnostic::new("/paths", message)
        .help("use the version of progenitor-impl that codegen/Cargo.toml names, or extend codegen/src/rewrite")
}
