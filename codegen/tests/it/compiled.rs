//! Documents whose clients are compiled: properties named like methods, in all shapes.
//!
//! The names are dealt to shapes at random, from a seed: `.ci/run` compiles one document, the workflow
//! `weekly` ten more.

use std::fs;
use std::path::Path;
use std::process::Command;

use gitbook_api_codegen::generate;
use serde_json::{Map, Value, json};

/// Methods and functions of Rust's traits and types, of ours, and of the macros' own variables.
const NAMES: [&str; 66] = [
    "from",
    "into",
    "try_from",
    "try_into",
    "default",
    "clone",
    "clone_from",
    "clone_into",
    "eq",
    "ne",
    "cmp",
    "partial_cmp",
    "hash",
    "fmt",
    "to_string",
    "to_owned",
    "borrow",
    "borrow_mut",
    "as_ref",
    "as_mut",
    "as_deref",
    "deref",
    "drop",
    "type_id",
    "any",
    "iter",
    "into_iter",
    "next",
    "map",
    "collect",
    "index",
    "len",
    "is_empty",
    "get",
    "take",
    "unwrap",
    "unwrap_or_default",
    "from_str",
    "from_iter",
    "as_str",
    "as_option",
    "serialize",
    "deserialize",
    "encode",
    "decode",
    "encode_entries",
    "decode_field",
    "check",
    "check_against",
    "check_variant",
    "variant",
    "from_null",
    "is_closed",
    "to_json",
    "new",
    "unknown",
    "unknown_fields",
    "additional_properties",
    "value",
    "self",
    "input",
    "output",
    "found",
    "call",
    "body",
    "send",
];

/// The schemas of a property: scalars, lists and maps, aliases of these, enums and objects.
fn schemas() -> Vec<Value> {
    vec![
        json!({ "type": "string" }),
        json!({ "type": "integer" }),
        json!({ "type": "boolean" }),
        json!({ "type": "array", "items": { "type": "string" } }),
        json!({ "type": "array", "items": component("Leaf") }),
        json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        component("Texts"),
        component("Leaves"),
        component("Text"),
        component("Color"),
        component("Leaf"),
        component("LEAF"),
        component("Mapped"),
        component("Tree"),
    ]
}

/// A source of numbers that are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Returns an object with some of the properties of a batch, and with one that discriminates it.
fn object(kind: &str, properties: &Map<String, Value>, numbers: &mut Numbers) -> Value {
    let mut own = json!({ "kind": { "type": "string", "enum": [kind] } });
    let mut required = vec!["kind".to_owned()];
    for (name, schema) in properties {
        let mut schema = schema.clone();
        let is_reference = schema.get("$ref").is_some();
        match numbers.below(6) {
            0 => continue,
            1 | 2 => required.push(name.clone()),
            3 if !is_reference => schema["nullable"] = json!(true),
            4 if !is_reference => {
                schema["nullable"] = json!(true);
                required.push(name.clone());
            }
            _ => {}
        }
        own[name] = schema;
    }
    json!({ "type": "object", "required": required, "properties": own })
}

fn component(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Returns the components that properties refer to.
fn components() -> Value {
    json!({
        "Texts": { "type": "array", "items": { "type": "string" } },
        "Leaves": { "type": "array", "items": component("Leaf") },
        "Text": { "type": "string", "maxLength": 5 },
        "Color": { "type": "string", "enum": ["red", "green"] },
        "Leaf": { "type": "object", "required": ["size"], "properties": { "size": { "type": "integer" } } },
        "LEAF": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } } },
        "leaf": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } } },
        "Mapped": {
            "oneOf": [component("LEAF"), component("leaf")],
            "discriminator": { "propertyName": "kind", "mapping": { "a": "LEAF", "b": "leaf" } }
        },
        "Tree": { "type": "object", "properties": {
            "trees": { "type": "array", "items": component("Tree") }, "tree": component("Tree")
        } },
    })
}

/// Returns a document in which objects, unions, unions of unions, and objects with a union among their
/// properties have properties of these names.
fn document(seed: u64) -> Value {
    let mut numbers = Numbers(seed);
    let mut components = components();
    let schemas = schemas();
    let mut roots = Vec::new();
    for (batch, names) in NAMES.chunks(11).enumerate() {
        let mut properties = Map::new();
        for name in names {
            let schema = schemas[numbers.below(schemas.len())].clone();
            properties.insert((*name).to_owned(), schema);
        }
        let named = |part: &str| format!("{part}{batch}");
        for part in ["One", "Two", "Three"] {
            components[named(part)] = object(&named(part), &properties, &mut numbers);
        }
        let long = format!("{}List", "aNameThatIsLong".repeat(4));
        components[named("One")]["properties"][&long] =
            json!({ "type": "array", "items": { "type": "string" } });
        components[named("One")]["required"]
            .as_array_mut()
            .unwrap()
            .push(json!(long));
        components[named("Inner")] =
            json!({ "oneOf": [component(&named("One")), component(&named("Two"))] });
        components[named("Outer")] = json!({ "oneOf": [
            component(&named("Inner")), component(&named("Three")), { "type": "string" },
            { "type": "array", "items": component(&named("Three")) }
        ] });
        components[named("Flat")] = json!({ "allOf": [
            { "type": "object", "properties": { "flat": { "type": "string" } } },
            component(&named("Inner"))
        ] });
        components[named("Both")] = json!({ "oneOf": [
            component(&named("Flat")), component(&named("Three"))
        ] });
        roots.extend(["Outer", "Flat", "Both"].map(named));
    }
    let mut paths = json!({});
    for root in roots {
        let content = json!({ "application/json": { "schema": component(&root) } });
        let names = NAMES.iter().take(20).map(|name| (*name, "query"));
        let same = [("X-Api", "header"), ("xApi", "header"), ("x_api", "header")];
        let parameters = names.chain(same).map(|(name, location)| {
            json!({ "name": name, "in": location, "required": numbers.below(2) == 0,
                "schema": { "type": "string" } })
        });
        paths[format!("/{root}")] = json!({ "post": {
            "operationId": format!("send{root}"),
            "parameters": parameters.collect::<Vec<_>>(),
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "", "content": content } }
        } });
    }
    json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": paths, "components": { "schemas": components }
    })
}

/// Compiles the client of a document, with features that no other command selects: the programs of the
/// workspace are not built again for it.
fn compile(name: &str, document: &Value) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let specification = folder.join(format!("{name}.json"));
    fs::write(&specification, document.to_string()).unwrap();
    let features = ["--no-default-features", "--features", "all"];
    let output = Command::new(env!("CARGO"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(["check", "--quiet", "--package", "gitbook-api", "--lib"])
        .args(features)
        .env("GITBOOK_API_SPEC", &specification)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{}:\n{errors}",
        specification.display()
    );
}

#[test]
#[ignore = "compiles a client: `.ci/run` runs it"]
fn properties_may_be_named_like_methods() {
    compile("compiled-0", &document(0));
}

#[test]
#[ignore = "compiles ten clients: run weekly"]
fn many_properties_may_be_named_like_methods() {
    for seed in 1..=10 {
        compile(&format!("compiled-{seed}"), &document(seed));
    }
}

#[test]
fn constructors_with_long_arguments_parse() {
    for repeat in 1..40 {
        let name = format!("aB{}", "xyzw".repeat(repeat));
        let mut components = components();
        let objects = schemas().into_iter().enumerate().map(|(index, schema)| {
            let object = json!({
                "type": "object", "required": [name], "properties": { &name: schema }
            });
            (format!("Long{index}"), object)
        });
        components
            .as_object_mut()
            .unwrap()
            .extend(objects.collect::<Map<_, _>>());
        let operations = (0..schemas().len()).map(|index| {
            let schema = component(&format!("Long{index}"));
            let content = json!({ "application/json": { "schema": schema } });
            let operation = json!({
                "operationId": format!("send{index}"), "requestBody": { "content": content },
                "responses": {}
            });
            (format!("/{index}"), json!({ "post": operation }))
        });
        let document = json!({
            "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
            "paths": operations.collect::<Map<_, _>>(), "components": { "schemas": components }
        });
        for module in generate(&document).unwrap().modules {
            let (file, code) = (module.name, module.whole());
            assert!(syn::parse_file(&code).is_ok(), "{file}:\n{code}");
        }
    }
}
