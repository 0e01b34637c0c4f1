//! The public Rust API of the client that a document makes, as its source declares it.

use std::collections::{BTreeMap, BTreeSet};

use gitbook_api_codegen::generate::generate_lowered;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Fields, Ident, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct, Result,
    Token, Type, Visibility, braced, parenthesized,
};

use super::described::Types;

/// Every public item by its path, with how it is declared.
pub type Api = BTreeMap<String, String>;

/// The public API of the client with these types; `None` when no client can be made of them.
pub fn api(types: &Types) -> Option<Api> {
    let client = generate_lowered(&types.lowered).ok()?;
    let mut reader = Reader::default();
    let read = |input: ParseStream<'_>| reader.items("", input);
    read.parse_str(&client.code).ok()?;
    reader.api.retain(|path, _| {
        let hidden = |prefix: &String| path.starts_with(&format!("{prefix}::"));
        !reader.hidden.iter().any(hidden)
    });
    Some(reader.api)
}

/// The items of `head` that are not in `base`, with how they are declared.
pub fn added<'a>(base: &'a Api, head: &'a Api) -> impl Iterator<Item = (&'a str, &'a str)> {
    let new = head.iter().filter(|(path, _)| !base.contains_key(*path));
    new.map(|(path, declaration)| (path.as_str(), declaration.as_str()))
}

/// What stood in `base` and does not stand so in `head`, with how it stands there.
pub fn broken<'a>(base: &'a Api, head: &'a Api) -> Vec<(&'a str, &'a str, Option<&'a str>)> {
    let broken = base.iter().filter_map(|(path, before)| {
        let after = head.get(path);
        (after != Some(before)).then_some((
            path.as_str(),
            before.as_str(),
            after.map(String::as_str),
        ))
    });
    broken.collect()
}

#[derive(Default)]
struct Reader {
    api: Api,
    /// The types that are public and not documented, which nobody is promised.
    hidden: BTreeSet<String>,
}

impl Reader {
    /// Reads one item after the other: all at once would take a lot of memory.
    fn items(&mut self, module: &str, input: ParseStream<'_>) -> Result<()> {
        while !input.is_empty() {
            input.call(Attribute::parse_outer)?;
            if input.peek(Token![mod]) || input.peek2(Token![mod]) {
                self.module(input)?;
            } else {
                self.item(module, &input.parse()?);
            }
        }
        Ok(())
    }

    fn module(&mut self, input: ParseStream<'_>) -> Result<()> {
        input.parse::<Visibility>()?;
        input.parse::<Token![mod]>()?;
        let name: Ident = input.parse()?;
        let items;
        braced!(items in input);
        self.items(&format!("{name}::"), &items)
    }

    fn item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => self.structure(module, item),
            Item::Enum(item) if is_public(&item.vis) => self.enumeration(module, item),
            Item::Type(item) if is_public(&item.vis) => {
                self.note(format!("{module}{}", item.ident), &item.ty);
            }
            Item::Impl(item) => self.methods(module, item),
            Item::Macro(item) => self.invocation(module, item),
            _ => {}
        }
    }

    fn note(&mut self, path: String, declaration: &impl ToTokens) {
        let declaration = declaration.to_token_stream().to_string();
        self.api.insert(path, declaration);
    }

    fn structure(&mut self, module: &str, item: &ItemStruct) {
        let path = format!("{module}{}", item.ident);
        self.note(path.clone(), &quote!(struct));
        for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
            if let Some(name) = &field.ident {
                self.note(format!("{path}::{name}"), &field.ty);
            }
        }
    }

    fn enumeration(&mut self, module: &str, item: &ItemEnum) {
        let path = format!("{module}{}", item.ident);
        self.note(path.clone(), &quote!(enum));
        for variant in &item.variants {
            let held = match &variant.fields {
                Fields::Unit => quote!(),
                fields => fields.to_token_stream(),
            };
            self.note(format!("{path}::{}", variant.ident), &held);
        }
    }

    fn methods(&mut self, module: &str, item: &ItemImpl) {
        if item.trait_.is_some() {
            return;
        }
        let path = format!("{module}{}", item.self_ty.to_token_stream());
        for member in &item.items {
            if let ImplItem::Fn(method) = member
                && is_public(&method.vis)
                && !is_hidden(&method.attrs)
            {
                // A field and its setter have the same name.
                self.note(format!("{path}::{}()", method.sig.ident), &method.sig);
            }
        }
    }

    /// What the crate's macros declare, as far as their input says it.
    fn invocation(&mut self, module: &str, item: &ItemMacro) {
        let input = &item.mac.tokens;
        let text = input.to_string();
        let name = item.mac.path.get_ident().map(ToString::to_string);
        match name.as_deref() {
            Some("open_enum") => {
                if let Ok(declared) = syn::parse2::<ItemEnum>(input.clone()) {
                    self.enumeration(module, &declared);
                }
            }
            Some("page") => {
                let ends = text.find(" , [").unwrap_or(text.len());
                self.implementation(format!("Page for {}", &text[..ends]));
            }
            Some("from_members") => {
                for source in sources(input) {
                    self.conversion(&source, module, &text);
                }
            }
            Some("from_enums") => {
                let enums = text.split_once(':').map_or("", |(_, enums)| enums);
                for held in enums.split(',') {
                    self.conversion(held.trim(), module, &text);
                }
            }
            Some("from_lists") => {
                for item in sources(input) {
                    self.conversion(&format!("Vec<T: Into<{item}>>"), module, &text);
                }
            }
            Some("from_text") => {
                for source in ["& str", "String"] {
                    self.conversion(source, module, &text);
                }
            }
            Some("builder") => match text.rsplit_once("] ") {
                Some((_, hidden)) => {
                    self.hidden.insert(format!("{module}{}", first(hidden)));
                }
                None => {
                    self.api.insert(format!("{module}{}", first(&text)), text);
                }
            },
            _ => {}
        }
    }

    /// Notes that the type that `input` begins with can be made of `source`.
    fn conversion(&mut self, source: &str, module: &str, input: &str) {
        self.implementation(format!("From<{source}> for {module}{}", first(input)));
    }

    fn implementation(&mut self, what: String) {
        self.api.insert(format!("impl {what}"), String::new());
    }
}

fn first(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

/// The types at the end of each row of `from_members!` or `from_lists!`: what a union is made of.
fn sources(input: &TokenStream) -> Vec<String> {
    let rows = |input: ParseStream<'_>| {
        let mut sources = Vec::new();
        input.parse::<Ident>()?;
        let rows;
        braced!(rows in input);
        while !rows.is_empty() {
            rows.parse::<Ident>()?;
            let held;
            parenthesized!(held in rows);
            held.parse::<Type>()?;
            rows.parse::<Token![:]>()?;
            let types = Punctuated::<Type, Token![,]>::parse_separated_nonempty(&rows)?;
            sources.extend(types.iter().map(|ty| ty.to_token_stream().to_string()));
            rows.parse::<Token![;]>()?;
        }
        Ok(sources)
    };
    rows.parse2(input.clone()).unwrap_or_default()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let hidden = |list: &syn::MetaList| list.tokens.to_string() == "hidden";
        attribute.path().is_ident("doc") && attribute.meta.require_list().is_ok_and(hidden)
    })
}
