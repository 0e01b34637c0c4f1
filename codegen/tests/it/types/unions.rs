//! Unions.

use serde_json::{Value, json};

use super::{declared, types};

#[test]
fn unions_go_by_their_tags() {
    let member = |tag: &str| {
        json!({
            "type": "object",
            "required": ["type"],
            "properties": { "type": { "type": "string", "enum": [tag] }, tag: { "type": "string" } }
        })
    };
    let source = types(json!({
        "A": member("first"),
        "Inner": { "oneOf": [{ "$ref": "#/components/schemas/A" }, member("second")] },
        "Outer": { "oneOf": [{ "$ref": "#/components/schemas/Inner" }, member("third")] }
    }));
    assert_eq!(
        declared(&source, "pub enum Inner"),
        "First(Box<A>), Second(Box<InnerSecond>), Unknown(serde_json::Value),"
    );
    assert_eq!(
        declared(&source, "pub enum Outer"),
        "Inner(Inner), Third(Box<OuterThird>), Unknown(serde_json::Value),"
    );
    let rows: String = source[source.find("json_union!(Outer").unwrap()..]
        .split_whitespace()
        .collect();
    assert!(
        rows.contains(r#"{"type":"first"}"#) && rows.contains(r#"{"type":"second"}"#),
        "{rows}"
    );
}

/// The rows of a macro for one type, on one line.
fn rows(source: &str, invocation: &str) -> String {
    let Some(start) = source.find(&format!("{invocation} {{")) else {
        return String::new();
    };
    let end = start + source[start..].find("\n});").unwrap();
    let words = source[start..end].split_whitespace().skip(2);
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn unions_are_made_of_what_only_one_member_takes() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let member = |tag: &str| {
        json!({
            "type": "object",
            "required": ["type"],
            "properties": { "type": { "type": "string", "enum": [tag] } }
        })
    };
    let schemas = json!({
        "A": member("a"),
        "B": member("b"),
        "C": member("c"),
        "Kind": { "type": "string", "enum": ["x", "y"] },
        "Wider": { "oneOf": [reference("Kind"), { "type": "string", "enum": ["z"] }] },
        "Width": { "oneOf": [reference("Wider"), { "type": "integer" }] },
        "Inner": { "oneOf": [reference("A"), reference("B")] },
        "Other": { "oneOf": [reference("B"), reference("C")] },
        "Nested": { "oneOf": [reference("Inner"), reference("C")] },
        "Twice": { "oneOf": [reference("Inner"), reference("Other")] },
        "Outermost": { "oneOf": [reference("Twice"), reference("Kind")] },
        "Direct": { "oneOf": [reference("Inner"), reference("B")] },
        "Scalar": { "oneOf": [reference("Kind"), { "type": "integer" }, { "type": "number" }] },
        "List": { "oneOf": [{ "type": "array", "items": reference("Kind") }, reference("A")] },
        "Lists": { "oneOf": [
            { "type": "array", "items": reference("A") },
            { "type": "array", "items": reference("Kind") }
        ] },
        "Loop": { "oneOf": [reference("A"), { "type": "array", "items": reference("Loop") }] },
        "Switch": { "type": "string", "enum": ["true", "false", "auto"] },
        "Switched": { "oneOf": [reference("Switch"), { "type": "integer" }] },
        "Boolean": { "oneOf": [reference("Switch"), { "type": "boolean" }] },
        "Deepest": { "oneOf": [reference("Switched"), reference("Nested")] }
    });
    let source = types(schemas);
    assert!(source.contains("from_enums!(Wider: Kind);"));
    assert!(source.contains("from_boolean!(Switch);"));
    for (union, expected) in [
        ("Inner", "A(A): A; B(B): B;"),
        ("Nested", "Inner(Inner): A, B, Inner; C(C): C;"),
        ("Twice", "Inner(Inner): A, Inner; Other(Other): C, Other;"),
        (
            "Outermost",
            "Twice(Twice): A, C, Inner, Other, Twice; Kind(Kind): Kind, &str, String;",
        ),
        ("Direct", "Inner(Inner): A, Inner; B(B): B;"),
        (
            "Scalar",
            "Kind(Kind): Kind, &str, String; Integer(i64): i32, i64, u32; Number(f64): f64;",
        ),
        ("List", "A(A): A;"),
        (
            "Width",
            "Wider(Wider): Kind, Wider, &str, String; Integer(i64): i32, i64, u32;",
        ),
        (
            "Lists",
            "List(Vec<A>): Vec<A>; Empty(Vec<Kind>): Vec<Kind>;",
        ),
        ("Loop", "A(A): A;"),
        (
            "Switched",
            "Switch(Switch): Switch, bool, &str, String; Integer(i64): i32, i64, u32;",
        ),
        (
            "Boolean",
            "Switch(Switch): Switch, &str, String; Boolean(bool): bool;",
        ),
        (
            "Deepest",
            "Switched(Switched): Switch, Switched, bool, i32, i64, u32, &str, String; \
             Nested(Nested): A, B, C, Inner, Nested;",
        ),
    ] {
        assert_eq!(
            rows(&source, &format!("from_members!({union}")),
            expected,
            "{union}"
        );
    }
    assert_eq!(rows(&source, "from_lists!(List"), "List(Vec<Kind>): Kind;");
    assert_eq!(rows(&source, "from_lists!(Lists"), "");
    assert_eq!(rows(&source, "from_lists!(Loop"), "List(Vec<Loop>): Loop;");
}

#[test]
fn unions_have_getters_for_what_their_members_share() {
    let member = |tag: &str, properties: Value| {
        let mut all = json!({ "type": { "type": "string", "enum": [tag] } });
        all.as_object_mut()
            .unwrap()
            .extend(properties.as_object().unwrap().clone());
        json!({ "type": "object", "required": ["type", "id"], "properties": all })
    };
    let text = json!({ "type": "string" });
    let source = types(json!({
        "Name": { "type": "string" },
        "A": member("a", json!({
            "id": text, "size": { "type": "number" }, "mixed": text, "clone": text, "only": text,
            "most": text
        })),
        "B": member("b", json!({
            "id": { "$ref": "#/components/schemas/Name" },
            "size": { "type": "number" },
            "mixed": { "type": "number" },
            "clone": text,
            "most": text
        })),
        "C": member("c", json!({ "id": text, "size": { "type": "number" }, "list": {
            "type": "array", "items": text
        } })),
        "Inner": { "oneOf": [{ "$ref": "#/components/schemas/A" }, { "$ref": "#/components/schemas/B" }] },
        "Outer": { "oneOf": [{ "$ref": "#/components/schemas/Inner" }, { "$ref": "#/components/schemas/C" }] },
        "Text": { "oneOf": [{ "$ref": "#/components/schemas/C" }, { "type": "string" }] },
        "Number": { "oneOf": [
            { "$ref": "#/components/schemas/C" }, { "type": "string" }, { "type": "integer" }
        ] },
        "All": { "oneOf": [
            { "$ref": "#/components/schemas/A" },
            { "$ref": "#/components/schemas/B" },
            { "$ref": "#/components/schemas/D" }
        ] },
        "D": member("d", json!({ "id": text, "mixed": { "type": "number" }, "size": text }))
    }));
    let inner = declared(&source, "impl Inner");
    let outer = declared(&source, "impl Outer");
    assert!(
        inner.starts_with(
            "#[inline] pub fn id(&self) -> Option<&str> { match self { \
             Self::A(value) => Some(&value.id), Self::B(value) => Some(&value.id), \
             Self::Unknown(value) => value.get(\"id\").and_then(serde_json::Value::as_str), } }"
        ),
        "{inner}"
    );
    assert!(
        outer.contains("Self::Inner(value) => Inner::size(value), Self::C(value) => value.size,"),
        "{outer}"
    );
    for other in ["type_", "mixed", "clone", "only", "list"] {
        let getter = format!("fn {other}(");
        assert!(
            !inner.contains(&getter) && !outer.contains(&getter),
            "{other}"
        );
    }
    // Text beside a member with an `id` is the `id`, unless another member has none.
    let text_or_c = declared(&source, "impl Text");
    assert!(
        text_or_c.starts_with(
            "#[inline] pub fn id(&self) -> Option<&str> { match self { \
             Self::C(value) => Some(&value.id), Self::String(value) => Some(value.as_str()), \
             Self::Unknown(value) => value.get(\"id\").and_then(serde_json::Value::as_str), } }"
        ),
        "{text_or_c}"
    );
    assert_eq!(text_or_c.matches("pub fn").count(), 1, "{text_or_c}");
    assert!(!source.contains("impl Number {"));
    let all = declared(&source, "impl All");
    for shared in ["id", "most"] {
        assert!(all.contains(&format!("fn {shared}(")), "{all}");
    }
    for other in ["size", "mixed", "only"] {
        assert!(!all.contains(&format!("fn {other}(")), "{other}");
    }
}

#[test]
fn mixed_values_are_a_union() {
    let source = types(json!({ "Bundle": { "enum": ["small", "large", 5] } }));
    assert_eq!(
        declared(&source, "pub enum Bundle"),
        "String(BundleString), Number(f64), Unknown(serde_json::Value),"
    );
}

#[test]
fn the_rows_of_a_union_say_what_sets_its_members_apart() {
    let member =
        |kind: Value| json!({"type": "object", "required": ["kind"], "properties": {"kind": kind}});
    let text = json!({"type": "string"});
    for (members, rows) in [
        (
            json!([
                member(json!({"type": "string", "enum": ["a", "b"]})),
                member(json!({"type": "string", "pattern": "^x:"})),
                member(text.clone()),
            ]),
            r#"object { "kind": "a" | "b" }; 1 V object { "kind": ~ "^x:" }; 2 V object requires "kind";"#,
        ),
        (
            json!([
                {"type": "object", "required": ["a"], "properties": {"a": text, "b": {"not": {}},
                    "o": {"type": "string", "enum": ["x"]}}},
                {"type": "object", "properties": {"a": {"type": "string", "nullable": true},
                    "b": {"type": "number"}}, "additionalProperties": true},
                {"type": "object", "additionalProperties": false},
            ]),
            r#"object { "o": "x" } requires "a" has "a": string, "b": never, "o": string; 1 V open has "a": string | null, "b": number; 2 V object;"#,
        ),
        (
            json!([
                {"type": "string", "enum": ["x-1", "x-2"]},
                {"type": "string", "pattern": "^int:"},
                {"type": "integer"},
            ]),
            r#"string ["x-1" | "x-2"]; 1 V string ~ "^int:"; 2 V integer;"#,
        ),
    ] {
        let source = types(json!({"U": {"oneOf": members}}));
        let start = source.find("json_union!(U {").expect("a union");
        let text = &source[start..start + source[start..].find("});").expect("its end")];
        let words: Vec<&str> = text.split_whitespace().collect();
        // The names of the variants are of no interest here.
        let mut found = words[2..].join(" ");
        for (index, word) in words.iter().enumerate() {
            if word.parse::<usize>().is_ok() {
                let name = words[index + 1];
                found = found.replace(&format!(" {name} "), " V ");
            }
        }
        let found = found.split_once(' ').map_or("", |(_, rest)| rest);
        let found = found.trim_start_matches("V ");
        assert_eq!(found.trim(), rows, "{source}");
    }
}

#[test]
fn rows_of_tables_break_only_between_strings() {
    let long =
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi";
    let object = |kind: &str| {
        json!({ "type": "object", "required": ["a kind"], "properties": {
            "a kind": { "type": "string", "enum": [kind] }
        } })
    };
    let source =
        types(json!({ "Union": { "oneOf": [object(long), object(&long.to_uppercase())] } }));
    let rows = &source[source.find("union!(").unwrap()..];
    for kind in [long.to_owned(), long.to_uppercase()] {
        assert!(rows.contains(&format!("\"{kind}\" }}")), "{source}");
    }
}

/// The member that takes any value of a discriminator may be the first or the last.
#[test]
fn a_member_of_any_value_leaves_the_listed_ones_to_the_others() {
    let member = |kind: Value| json!({ "type": "object", "required": ["kind"], "properties": { "kind": kind } });
    let any = member(json!({ "type": "string" }));
    let one = member(json!({ "type": "string", "enum": ["one"] }));
    let two = member(json!({ "type": "string", "enum": ["two"] }));
    for (members, expected) in [
        (
            json!([one, any]),
            r#"0 One object { "kind": "one" }; 1 Object object requires "kind";"#,
        ),
        (
            json!([any, one]),
            r#"0 Object object requires "kind"; 1 One object { "kind": "one" };"#,
        ),
        (
            json!([any, { "oneOf": [one, two] }]),
            r#"0 Any object requires "kind"; 1 Nested object { "kind": "one" } || object { "kind": "two" };"#,
        ),
    ] {
        let source = types(json!({ "Union": { "oneOf": members } }));
        let found = rows(&source, "json_union!(Union");
        let names = |row: &str| -> Vec<String> {
            let words = row
                .split("; ")
                .map(|row| row.splitn(3, ' ').nth(2).unwrap_or(""));
            words
                .map(|row| row.trim_end_matches(';').to_owned())
                .collect()
        };
        assert_eq!(names(&found), names(expected), "{found}");
    }
}
