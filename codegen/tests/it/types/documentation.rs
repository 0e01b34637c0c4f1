//! Documentation comments.

use gitbook_api_codegen::generate;
use serde_json::{Value, json};

use super::{document, types};

#[test]
fn names_and_values_are_code_in_documentation() {
    let source = types(json!({
        "<b>": { "type": "object", "required": ["<i>`"], "properties": {
            "<i>`": { "type": "string", "enum": ["<u>"] },
            "size": { "type": "string", "default": "`<script>`\n\u{202e}" }
        } }
    }));
    assert!(
        source.contains("/// Its schema is `<b>`. In JSON, `` <i>` `` is `\"<u>\"`."),
        "{source}"
    );
    assert!(
        source.contains("/// Defaults to `` `<script>`\\n\\u{202e} ``."),
        "{source}"
    );
}

/// The documentation before a declaration, with one space for each line break.
fn documented(source: &str, declaration: &str) -> String {
    let end = source
        .find(declaration)
        .unwrap_or_else(|| panic!("{declaration} in {source}"));
    let lines: Vec<&str> = source[..end].trim_end().lines().map(str::trim).collect();
    let of_item = |line: &&&str| line.starts_with("///") || line.starts_with("#[");
    let count = lines.iter().rev().take_while(of_item).count();
    let docs = lines[lines.len() - count..].iter();
    let docs: Vec<&str> = docs
        .filter_map(|line| line.strip_prefix("///"))
        .map(str::trim)
        .collect();
    docs.join(" ")
}

#[test]
fn types_name_where_they_are_used() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let with = |schema: Value| json!({ "application/json": { "schema": schema } });
    let mut schemas = json!({
        "Thing": { "type": "object", "properties": {
            "id": { "type": "string" },
            "inner": { "type": "object", "properties": { "id": { "type": "string" } } },
            "thing": reference("Thing")
        } },
        "Unused": { "type": "object", "properties": { "id": { "type": "string" } } },
        "Few": { "oneOf": [reference("Thing"), { "type": "string" }] }
    });
    let mut paths = json!({});
    for index in 0..6 {
        let list = json!({ "type": "array", "items": reference("Thing") });
        schemas[format!("List{index}")] =
            json!({ "type": "object", "properties": { "all": list } });
        let body = (index < 4).then(|| json!({ "content": with(reference("Thing")) }));
        paths[format!("/{index}")] = json!({ "put": {
            "operationId": format!("put{index}"), "requestBody": body,
            "responses": { "200": { "description": "", "content": with(list.clone()) } }
        } });
        if index >= 4 {
            paths[format!("/{index}")]["put"]
                .as_object_mut()
                .unwrap()
                .remove("requestBody");
        }
    }
    let mut document = document(schemas);
    document["paths"] = paths;
    let source = generate(&document).unwrap().module("types").whole();
    let thing = documented(&source, "pub struct Thing {");
    for expected in [
        // The last of four is named, and more are counted.
        "Taken by [`put0`](crate::Client::put0), [`put1`](crate::Client::put1), \
         [`put2`](crate::Client::put2) and [`put3`](crate::Client::put3).",
        "[`put2`](crate::Client::put2) and 3 other methods.",
        "Part of [`Few`], [`List0`], [`List1`] and 4 other types.",
    ] {
        assert!(thing.contains(expected), "{thing}");
    }
    let unused = documented(&source, "pub struct Unused {");
    assert!(
        !unused.contains("by ") && !unused.contains("Part of"),
        "{unused}"
    );
    let inner = documented(&source, "pub struct ThingInner {");
    assert!(!inner.contains("Part of"), "{inner}");
}

#[test]
fn fields_are_documented_by_what_is_known_of_them() {
    let source = types(json!({
        "Color": { "type": "string", "enum": ["red", "green"], "description": "A color.\n\nOf paint." },
        "Plain": { "type": "string", "enum": ["a", "b"] },
        "Thing": { "type": "object", "required": ["ownColor", "nothing"], "properties": {
            "ownColor": { "$ref": "#/components/schemas/Color" },
            "colors": { "type": "array", "items": { "$ref": "#/components/schemas/Color" } },
            "plain": { "$ref": "#/components/schemas/Plain" },
            "nothing": { "type": "string", "nullable": true },
            "words": { "type": "string", "description": "Words.", "maxLength": 3 }
        } }
    }));
    for (field, expected) in [
        ("own_color:", "A color."),
        ("colors:", ""),
        ("plain:", ""),
        ("nothing:", ""),
        ("words:", "Words."),
    ] {
        assert_eq!(documented(&source, &format!("pub {field}")), expected);
    }
}
