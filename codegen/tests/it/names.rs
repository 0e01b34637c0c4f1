//! Documents with hostile names: what is accepted is code in which no name is there twice and none
//! hides another, and no text of the document gets out of its comment or string.

use std::collections::HashSet;

use gitbook_api_codegen::generate;
use serde_json::{Map, Value, json};

/// Names that mean something in Rust, or become the name of another one, or are no names.
const HOSTILE: [&str; 62] = [
    "Tags",
    "Patch",
    "Result",
    "Option",
    "String",
    "Vec",
    "Box",
    "Default",
    "Into",
    "IntoIterator",
    "BTreeMap",
    "Self",
    "self",
    "super",
    "crate",
    "Some",
    "None",
    "Ok",
    "Err",
    "T",
    "N",
    "Unknown",
    "new",
    "clone",
    "builder",
    "from_env",
    "call",
    "send",
    "pages",
    "stream",
    "into_future",
    "body",
    "gen",
    "try",
    "async",
    "r#type",
    "_",
    "",
    " ",
    "1",
    "²",
    "½",
    "日本",
    "ß",
    "İ",
    "a/b",
    "a~b",
    "a~1b",
    "#",
    "%20",
    "<script>alert(1)</script>",
    "`",
    "``",
    "\"",
    "'",
    "a\rb",
    "a\nb",
    "a\u{202e}b",
    "\u{2066}x\u{2069}",
    "*/",
    "//",
    "\\",
];

/// Names that are equal, or whose methods would be, side by side.
const PAIRS: [(&str, &str); 6] = [
    ("foo", "Foo"),
    ("a-b", "aB"),
    ("aB", "A_B"),
    ("filters", "clearFilters"),
    ("new", "new_"),
    ("additional_properties", "clear_additional_properties"),
];

fn reference(name: &str) -> Value {
    let escaped = name.replace('~', "~0").replace('/', "~1");
    json!({ "$ref": format!("#/components/schemas/{escaped}") })
}

/// A document that has each of `names` in every place where a document names something. The first
/// schema has a property and the first operation a parameter of each name.
fn document(names: &[&str]) -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    let mut properties = Map::new();
    for name in names {
        properties.insert(
            (*name).to_owned(),
            json!({
                "type": "string", "nullable": true, "description": name, "default": name
            }),
        );
    }
    for (index, name) in names.iter().enumerate() {
        let mut schema = json!({ "type": "object", "description": name });
        if index == 0 {
            schema["properties"] = json!(properties);
        }
        schemas.insert((*name).to_owned(), schema);
    }
    let members: Vec<Value> = names.iter().map(|name| reference(name)).collect();
    schemas.insert("AllOfThem".to_owned(), json!({ "oneOf": members }));
    schemas.insert(
        "Values".to_owned(),
        json!({ "type": "string", "enum": names }),
    );
    schemas.insert(
        "Lists".to_owned(),
        json!({ "oneOf": [
        { "type": "array", "items": reference(names[0]) }, { "type": "string" }
    ] }),
    );
    let parameters: Vec<Value> = names
        .iter()
        .filter(|name| name.contains(|c: char| c.is_ascii_alphanumeric()))
        .map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string", "default": name } }))
        .collect();
    for (index, name) in names.iter().enumerate() {
        let mut operation = json!({
            "operationId": name, "tags": [name], "summary": name, "description": name,
            "requestBody": { "content": { "application/json": { "schema": reference(name) } } },
            "responses": { "200": { "description": name, "content": { "application/json": {
                "schema": reference(name)
            } } } }
        });
        if index == 0 {
            operation["parameters"] = json!(parameters);
        }
        paths.insert(format!("/{index}"), json!({ "post": operation }));
    }
    json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": paths, "components": { "schemas": schemas }
    })
}

/// The names that are declared side by side.
#[derive(Default)]
struct Names {
    twice: Vec<String>,
    methods: HashSet<String>,
}

impl Names {
    fn differ(&mut self, place: &str, names: impl Iterator<Item = String>) {
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name.clone()) {
                self.twice.push(format!("{place}: {name}"));
            }
        }
    }

    /// Checks the items of a module, and those of the modules in it.
    fn items(&mut self, module: &str, items: &[syn::Item]) {
        let types = items.iter().filter_map(|item| match item {
            syn::Item::Struct(item) => Some(item.ident.to_string()),
            syn::Item::Enum(item) => Some(item.ident.to_string()),
            syn::Item::Type(item) => Some(item.ident.to_string()),
            _ => None,
        });
        let types: Vec<String> = types.collect();
        for hidden in [
            "Option", "Result", "String", "Vec", "Box", "Into", "Default", "Self",
        ] {
            if types.iter().any(|name| name == hidden) {
                self.twice.push(format!("{module}: {hidden}"));
            }
        }
        self.differ(module, types.into_iter());
        for item in items {
            self.item(module, item);
        }
    }

    fn item(&mut self, module: &str, item: &syn::Item) {
        match item {
            syn::Item::Mod(inner) => {
                if let Some((_, items)) = &inner.content {
                    self.items(&inner.ident.to_string(), items);
                }
            }
            syn::Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                self.differ(&item.ident.to_string(), fields.map(ToString::to_string));
            }
            syn::Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| &variant.ident);
                self.differ(&item.ident.to_string(), variants.map(ToString::to_string));
            }
            syn::Item::Impl(item) if item.trait_.is_none() => self.methods(module, item),
            _ => {}
        }
    }

    fn methods(&mut self, module: &str, item: &syn::ItemImpl) {
        let name = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        let name = name.unwrap_or_default();
        for function in &item.items {
            if let syn::ImplItem::Fn(function) = function {
                let path = format!("{module}::{name}::{}()", function.sig.ident);
                if !self.methods.insert(path.clone()) {
                    self.twice.push(path);
                }
            }
        }
    }
}

/// Generates the client and checks its names; `false` if the document is refused.
fn is_accepted(document: &Value) -> bool {
    let generated = match generate(document) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            for diagnostic in diagnostics {
                assert!(diagnostic.pointer.starts_with("#/"), "{diagnostic}");
                assert!(
                    !diagnostic.message.is_empty() && !diagnostic.message.contains("progenitor"),
                    "{diagnostic}"
                );
            }
            return false;
        }
    };
    let is_hidden = |c: char| matches!(c, '\r' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut names = Names::default();
    for module in &generated.modules {
        let (file, code) = (module.name, &module.whole());
        let hidden: Vec<&str> = code
            .lines()
            .filter(|line| line.contains(is_hidden))
            .collect();
        assert!(hidden.is_empty(), "{file}: {hidden:?}");
        let parsed = syn::parse_file(code).unwrap_or_else(|error| panic!("{error}\n{code}"));
        names.items(file, &parsed.items);
    }
    assert_eq!(names.twice, Vec::<String>::new());
    true
}

#[test]
fn each_hostile_name_is_generated_or_refused() {
    let accepted = HOSTILE
        .iter()
        .filter(|name| is_accepted(&document(&[name])));
    let accepted: Vec<&&str> = accepted.collect();
    assert!(accepted.len() > 40, "{accepted:?}");
    for name in [
        "Result", "Option", "String", "Self", "T", "new", "clone", "from_env", "gen", "send",
    ] {
        assert!(accepted.contains(&&name), "{name}");
    }
}

#[test]
fn names_side_by_side_differ() {
    for (one, two) in PAIRS {
        is_accepted(&document(&[one, two]));
    }
    // Properties that become one name have different fields and setters.
    for pairs in PAIRS {
        let (one, two) = pairs;
        let mut of_one = document(&["Thing"]);
        let property = json!({ "type": "string", "nullable": true });
        of_one["components"]["schemas"]["Thing"]["properties"] =
            json!({ one: property, two: property });
        assert!(is_accepted(&of_one), "{one} {two}");
    }
}

#[test]
fn operations_of_one_name_are_refused_with_both_names() {
    let diagnostic = &generate(&document(&["a-b", "A_B"])).err().unwrap()[0];
    assert_eq!(diagnostic.pointer, "#/paths/~11/post");
    for name in ["a-b", "A_B"] {
        assert!(diagnostic.message.contains(name), "{diagnostic}");
    }
}

#[test]
fn references_to_escaped_names_have_their_types() {
    let modules = generate(&document(&["a/b"])).unwrap().modules;
    let code = modules.map(|module| module.whole()).concat();
    assert!(code.contains("types::Ab>"), "{code}");
}

/// Adds those of `more` with which the document is still accepted.
fn extend<'a>(names: &mut Vec<&'a str>, more: &[&'a str]) {
    let kept = names.len();
    names.extend(more);
    if is_accepted(&document(names)) {
        return;
    }
    names.truncate(kept);
    if more.len() > 1 {
        let (one, other) = more.split_at(more.len() / 2);
        extend(names, one);
        extend(names, other);
    }
}

/// With `HOSTILE=hostile.json` the document is written there, for the compiler:
/// `GITBOOK_API_SPEC=$PWD/hostile.json cargo check -p gitbook-api`.
#[test]
fn hostile_names_are_generated_side_by_side() {
    let mut names: Vec<&str> = Vec::new();
    extend(&mut names, &HOSTILE);
    assert!(2 * names.len() > HOSTILE.len(), "{names:?}");
    if let Some(path) = std::env::var_os("HOSTILE") {
        std::fs::write(path, document(&names).to_string()).unwrap();
    }
}
