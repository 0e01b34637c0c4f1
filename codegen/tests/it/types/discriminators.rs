//! Unions whose `discriminator` maps values to members that declare any string.

use serde_json::{Value, json};

use super::types;

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An object whose `realtype` has this schema, if any.
fn member(realtype: Option<Value>, other: &str) -> Value {
    let mut properties = json!({ other: { "type": "integer" } });
    let required: Vec<&str> = realtype.iter().map(|_| "realtype").collect();
    if let Some(realtype) = &realtype {
        properties["realtype"] = realtype.clone();
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

/// The rows of the union of some members, with a discriminator of this mapping.
fn rows(members: Value, schemas: Value, mapping: Option<Value>) -> Vec<String> {
    let mut discriminator = json!({ "propertyName": "realtype" });
    if let Some(mapping) = mapping {
        discriminator["mapping"] = mapping;
    }
    let mut schemas = schemas;
    schemas["Union"] = json!({ "oneOf": members, "discriminator": discriminator });
    let source = types(schemas);
    let start = source.find("json_union!(Union {").unwrap();
    let end = start + source[start..].find("});").unwrap();
    let rows = source[start..end].lines().skip(1).map(str::trim);
    rows.map(str::to_owned).collect()
}

#[test]
fn the_mapping_decides_between_members_of_any_string() {
    let text = || Some(json!({ "type": "string" }));
    let listed = |values: &[&str]| Some(json!({ "type": "string", "enum": values }));
    let both = || json!([reference("A"), reference("B")]);
    for (case, members, schemas, mapping, expected) in [
        (
            "a value each, by reference and by name",
            both(),
            json!({ "A": member(text(), "x"), "B": member(text(), "x") }),
            Some(json!({ "b-type": "#/components/schemas/B", "a-type": "A" })),
            vec![
                r#"0 A object { "realtype": "a-type" };"#,
                r#"1 B object { "realtype": "b-type" };"#,
            ],
        ),
        (
            "several values of a member",
            both(),
            json!({ "A": member(text(), "x"), "B": member(text(), "x") }),
            Some(json!({ "a1": "A", "b": "B", "a2": "A" })),
            vec![
                r#"0 A object { "realtype": "a1" | "a2" };"#,
                r#"1 B object { "realtype": "b" };"#,
            ],
        ),
        (
            "a pattern",
            both(),
            json!({
                "A": member(Some(json!({ "type": "string", "pattern": "^a" })), "x"),
                "B": member(text(), "x")
            }),
            Some(json!({ "a": "A", "b": "B" })),
            vec![
                r#"0 A object { "realtype": "a" };"#,
                r#"1 B object { "realtype": "b" };"#,
            ],
        ),
        (
            "an undeclared property",
            both(),
            json!({ "A": member(None, "x"), "B": member(None, "x") }),
            Some(json!({ "a": "A", "b": "B" })),
            vec![
                r#"0 A object { "realtype": "a" } has "x": integer, "realtype": string;"#,
                r#"1 B object { "realtype": "b" } has "x": integer, "realtype": string;"#,
            ],
        ),
        (
            "a constant of a member",
            both(),
            json!({ "A": member(listed(&["own"]), "x"), "B": member(text(), "x") }),
            Some(json!({ "a": "A", "b": "B" })),
            vec![
                r#"0 Own object { "realtype": "own" };"#,
                r#"1 B object { "realtype": "b" };"#,
            ],
        ),
        (
            "an enum that the members share",
            both(),
            json!({
                "A": member(listed(&["a", "b", "c"]), "x"),
                "B": member(listed(&["b"]), "x")
            }),
            Some(json!({ "a": "A", "b": "B" })),
            vec![
                r#"0 A object { "realtype": "a" | "c" };"#,
                r#"1 B object { "realtype": "b" };"#,
            ],
        ),
        (
            "no mapping",
            both(),
            json!({ "A": member(text(), "x"), "B": member(text(), "x") }),
            None,
            vec![
                r#"0 A object { "realtype": "A" };"#,
                r#"1 B object { "realtype": "B" };"#,
            ],
        ),
        (
            "no mapping, and a constant",
            both(),
            json!({ "A": member(listed(&["a"]), "x"), "B": member(text(), "x") }),
            None,
            vec![
                r#"0 A object { "realtype": "a" };"#,
                r#"1 B object requires "realtype";"#,
            ],
        ),
        (
            "no mapping, and a constant of the last member",
            both(),
            json!({ "A": member(text(), "x"), "B": member(listed(&["b"]), "x") }),
            None,
            vec![
                r#"0 A object requires "realtype";"#,
                r#"1 B object { "realtype": "b" };"#,
            ],
        ),
        (
            "a mapping that does not name a member",
            both(),
            json!({ "A": member(text(), "x"), "B": member(text(), "x") }),
            Some(json!({ "a": "A" })),
            vec![
                r#"0 A object { "realtype": "a" };"#,
                r#"1 B object { "realtype": "B" };"#,
            ],
        ),
        (
            "a mapping that gives a member's own name to another",
            both(),
            json!({ "A": member(text(), "x"), "B": member(text(), "x") }),
            Some(json!({ "B": "A" })),
            vec![
                r#"0 A object { "realtype": "B" };"#,
                r#"1 B object requires "realtype";"#,
            ],
        ),
        (
            "an inline member",
            json!([reference("A"), member(text(), "x")]),
            json!({ "A": member(text(), "x") }),
            Some(json!({ "a": "A" })),
            vec![
                r#"0 A object { "realtype": "a" };"#,
                r#"1 XRealtype object requires "realtype";"#,
            ],
        ),
        (
            "a number",
            both(),
            json!({
                "A": member(Some(json!({ "type": "integer" })), "x"),
                "B": member(text(), "x")
            }),
            Some(json!({ "a": "A", "b": "B" })),
            vec![
                r#"0 A object requires "realtype";"#,
                r#"1 B object { "realtype": "b" };"#,
            ],
        ),
        (
            "a mapping of the members of a union among the members, and of an alias",
            json!([reference("Inner"), reference("Alias")]),
            json!({
                "A": member(text(), "x"), "B": member(text(), "x"), "C": member(text(), "y"),
                "Inner": { "oneOf": [reference("A"), reference("C")] },
                "Alias": { "allOf": [reference("B")] }
            }),
            Some(json!({ "a": "A", "c": "C", "b": "B" })),
            vec![
                r#"0 Inner object { "realtype": "a" | "c" };"#,
                r#"1 Alias object { "realtype": "b" };"#,
            ],
        ),
    ] {
        assert_eq!(rows(members, schemas, mapping), expected, "{case}");
    }
}

/// The rows may change with a mapping, the names of variants do not.
#[test]
fn a_mapping_does_not_rename_variants() {
    let text = || Some(json!({ "type": "string" }));
    let members = || json!([reference("UnionA"), reference("UnionB")]);
    let schemas = || json!({ "UnionA": member(text(), "x"), "UnionB": member(text(), "y") });
    let names = |rows: Vec<String>| -> Vec<String> {
        let words = rows.iter().map(|row| row.split(' ').nth(1).unwrap());
        words.map(str::to_owned).collect()
    };
    let mapping = json!({ "first": "UnionA", "second": "UnionB" });
    let with = names(rows(members(), schemas(), Some(mapping)));
    assert_eq!(with, names(rows(members(), schemas(), None)));
    assert_eq!(with, ["A", "B"]);
}

#[test]
fn a_discriminator_is_kept_where_schemas_are_merged() {
    let text = || Some(json!({ "type": "string" }));
    let mapping = json!({ "a": "A", "b": "B" });
    let discriminator = json!({ "propertyName": "realtype", "mapping": mapping });
    let union =
        json!({ "oneOf": [reference("A"), reference("B")], "discriminator": discriminator });
    let source = types(json!({
        "A": member(text(), "x"),
        "B": member(text(), "x"),
        "Composed": { "allOf": [union] },
        "Beside": { "allOf": [{ "type": "object", "properties": { "z": { "type": "string" } } }, union] },
        "Described": {
            "description": "Beside other keywords.", "type": "object", "minProperties": 1,
            "oneOf": union["oneOf"], "discriminator": discriminator
        },
        "Owner": { "type": "object", "properties": { "inline": union } }
    }));
    for union in ["Composed", "BesideRealtype", "Described", "OwnerInline"] {
        let start = source
            .find(&format!("json_union!({union} {{"))
            .unwrap_or_else(|| panic!("{union}"));
        let rows: Vec<&str> = source[start..]
            .lines()
            .skip(1)
            .take(2)
            .map(str::trim)
            .collect();
        assert!(
            rows[0].starts_with(r#"0 A object { "realtype": "a" }"#),
            "{union}: {rows:?}"
        );
        assert!(
            rows[1].starts_with(r#"1 B object { "realtype": "b" }"#),
            "{union}: {rows:?}"
        );
    }
}
