//! The public API as data, held against the generated code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use gitbook_api_codegen::api::Declaration;
use gitbook_api_codegen::{Generated, generate};
use serde_json::{Value, json};
use syn::{Fields, ImplItem, Item, Visibility};

/// The client of the document.
static GENERATED: LazyLock<Generated> = LazyLock::new(|| generate(&document()).unwrap());

/// The public fields, variants and functions that the code declares without macros, and its types.
#[derive(Default)]
struct Declared {
    items: BTreeSet<String>,
    types: BTreeSet<String>,
}

impl Declared {
    fn read(&mut self, module: &str, items: &[Item]) {
        for item in items {
            match item {
                Item::Mod(inner) => {
                    let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                    self.read(&format!("{}::", inner.ident), items);
                }
                Item::Struct(item) if is_public(&item.vis) => {
                    let path = format!("{module}{}", item.ident);
                    let fields = item.fields.iter().filter(|field| is_public(&field.vis));
                    let names = fields.filter_map(|field| field.ident.as_ref());
                    self.items
                        .extend(names.map(|name| format!("{path}::{name}")));
                    self.types.insert(path);
                }
                Item::Enum(item) if is_public(&item.vis) => {
                    let path = format!("{module}{}", item.ident);
                    for variant in item
                        .variants
                        .iter()
                        .filter(|variant| variant.ident != "Unknown")
                    {
                        let holds = matches!(variant.fields, Fields::Unnamed(_) | Fields::Unit);
                        assert!(holds, "{path}::{}", variant.ident);
                        self.items.insert(format!("{path}::{}", variant.ident));
                    }
                    self.types.insert(path);
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let syn::Type::Path(path) = &*item.self_ty else {
                        continue;
                    };
                    let name = path.path.segments.last().unwrap();
                    let path = format!("{module}{}", name.ident);
                    for member in &item.items {
                        if let ImplItem::Fn(function) = member
                            && is_public(&function.vis)
                        {
                            self.items
                                .insert(format!("{path}::{}()", function.sig.ident));
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.yaml");
    let mut document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for (_, item) in document["paths"].as_object_mut().unwrap() {
        // Internal operations are hidden, and not part of the public API.
        let operations = item.as_object_mut().unwrap();
        operations.retain(|_, operation| operation["x-internal"] != true);
    }
    document
}

#[test]
fn the_api_has_every_field_variant_and_function_of_the_code() {
    let generated = &*GENERATED;
    let api = generated.api();
    let mut declared = Declared::default();
    for module in &generated.modules {
        let prefix = match module.name {
            "client" => "",
            "builder" => "builder::",
            "types" => "types::",
            _ => continue,
        };
        let source = module.whole();
        declared.read(prefix, &syn::parse_file(&source).unwrap().items);
    }
    assert!(declared.items.len() * 2 > api.len());
    let missing: Vec<_> = declared
        .items
        .iter()
        // Every struct has unknown fields.
        .filter(|path| !api.contains_key(*path) && !path.ends_with("::unknown_fields"))
        .take(10)
        .collect();
    assert_eq!(missing, [""; 0], "in the code, and not in the API");

    // Some types are made by macros, which declare their own variants and functions.
    let owner = |path: &str| path.rsplit_once("::").map(|(owner, _)| owner.to_owned());
    let is_read = |path: &&String| {
        owner(path).is_some_and(|owner| declared.types.contains(&owner))
            && !declared.types.contains(*path)
    };
    let missing: Vec<_> = api
        .keys()
        .filter(is_read)
        .filter(|path| !declared.items.contains(*path))
        .take(10)
        .collect();
    assert_eq!(missing, [""; 0], "in the API, and not in the code");
}

#[test]
fn declarations_say_what_callers_give_and_get() {
    let schema = json!({"type": "object", "required": ["url", "ref"], "properties": {
        "url": {"type": "string"},
        "ref": {"type": "string", "nullable": true},
        "labels": {"type": "array", "items": {"type": "string"}},
        "note": {"type": "string", "nullable": true},
    }});
    let reference = json!({"$ref": "#/components/schemas/Export"});
    let content = json!({"application/json": {"schema": reference}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "", "version": "1"},
        "paths": {"/a": {"post": {
            "operationId": "export",
            "parameters": [{"in": "query", "name": "page", "schema": {"type": "integer"}}],
            "requestBody": {"content": content},
            "responses": {
                "200": {"description": "", "content": content},
                "204": {"description": ""},
            },
        }}},
        "components": {"schemas": {"Export": schema}},
    });
    let api = generate(&document).unwrap().api();
    for (path, expected) in [
        ("types::Export", "struct"),
        ("types::Export::url", "String"),
        ("types::Export::ref_", "Option<String>"),
        ("types::Export::labels", "Option<Vec<String>>"),
        ("types::Export::note", "crate::Patch<String>"),
        ("types::Export::new()", "fn(url: String) -> Self"),
        ("types::Export::ref_()", "fn(ref_: String) -> Self"),
        ("types::Export::labels()", "fn(labels: Vec<String>) -> Self"),
        ("types::Export::clear_note()", "fn() -> Self"),
        ("Client::export()", "fn() -> builder::Export"),
        ("builder::Export::page()", "fn(page: i64) -> Self"),
        ("builder::Export::body()", "fn(body: types::Export) -> Self"),
        ("builder::Export::send()", "fn() -> Option<types::Export>"),
    ] {
        let declaration = api.get(path).map(Declaration::to_string);
        assert_eq!(declaration.as_deref(), Some(expected), "{path}");
    }
}

#[test]
fn the_type_of_a_body_follows_from_its_media_type() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    for (media_type, body) in [
        ("application/json", "types::ExportRequest"),
        ("application/x-www-form-urlencoded", "types::ExportRequest"),
        ("text/csv", "String"),
        ("image/*", "bytes::Bytes"),
        ("multipart/form-data", "reqwest::multipart::Form"),
    ] {
        for required in [true, false] {
            let content = json!({media_type: {"schema": schema}});
            let document = json!({
                "openapi": "3.0.3",
                "info": {"title": "", "version": "1"},
                "paths": {"/a": {"post": {
                    "operationId": "export",
                    "requestBody": {"required": required, "content": content},
                    "responses": {"204": {"description": ""}},
                }}},
            });
            let generated = generate(&document).unwrap();
            let api = generated.api();
            let (path, expected) = if required {
                (
                    "Client::export()",
                    format!("fn(body: {body}) -> builder::Export"),
                )
            } else {
                (
                    "builder::Export::body()",
                    format!("fn(body: {body}) -> Self"),
                )
            };
            assert_eq!(api[path].to_string(), expected);
            // Only what has a type is made one, and tried as one.
            let is_typed = body.starts_with("types::");
            assert_eq!(api.contains_key("types::ExportRequest"), is_typed);
            assert_eq!(generated.requests.len(), usize::from(is_typed));
        }
    }
}

/// Returns the names of the fields that methods of each type assign.
fn assigned(source: &str) -> BTreeSet<String> {
    let mut owner = "";
    let mut found = BTreeSet::new();
    for line in source.lines() {
        if let Some(rest) = line.strip_prefix("impl ") {
            owner = rest.trim_end_matches(" {");
        } else if let Some((field, _)) = line
            .trim_start()
            .strip_prefix("self.")
            .and_then(|it| it.split_once(" = "))
        {
            found.insert(format!("{owner}::{field}"));
        }
    }
    found
}

#[test]
fn every_field_of_every_struct_can_be_set_by_tests() {
    let generated = &*GENERATED;
    let types = generated.module("types").whole();
    let setters = generated.module("setters").whole();
    let (own, others) = (assigned(&types), assigned(&setters));
    let mut arguments = BTreeSet::new();
    let mut fields = Vec::new();
    for item in syn::parse_file(&types).unwrap().items {
        match item {
            Item::Struct(item) => {
                let name = &item.ident;
                let derives = derives_of(&item.attrs);
                assert!(derives.contains("Default"), "{name}: {derives}");
                let names = item.fields.iter().filter_map(|field| field.ident.as_ref());
                fields.extend(names.map(|field| format!("{name}::{field}")));
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let syn::Type::Path(path) = &*item.self_ty else {
                    continue;
                };
                let name = &path.path.segments.last().unwrap().ident;
                let functions = item.items.iter().filter_map(|member| match member {
                    ImplItem::Fn(function) if function.sig.ident == "new" => Some(function),
                    _ => None,
                });
                for function in functions {
                    let count = function.sig.inputs.len();
                    assert!(count <= 3, "{name}::new takes {count} arguments");
                    arguments.extend(function.sig.inputs.iter().filter_map(|it| match it {
                        syn::FnArg::Typed(it) => match &*it.pat {
                            syn::Pat::Ident(it) => Some(format!("{name}::{}", it.ident)),
                            _ => None,
                        },
                        syn::FnArg::Receiver(_) => None,
                    }));
                }
            }
            _ => {}
        }
    }
    assert!(fields.len() > 5_000);
    for field in fields
        .iter()
        .filter(|field| !field.ends_with("::unknown_fields"))
    {
        // With `mock`, what only `new` takes has a setter as well.
        assert_eq!(
            own.contains(field) as u8 + others.contains(field) as u8,
            1,
            "{field}"
        );
        assert!(
            !(own.contains(field) && arguments.contains(field)),
            "{field}"
        );
    }
}

fn derives_of(attributes: &[syn::Attribute]) -> String {
    let lists = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::List(list) => Some(list.tokens.to_string()),
            _ => None,
        });
    lists.collect()
}
