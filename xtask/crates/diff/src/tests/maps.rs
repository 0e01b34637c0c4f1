//! Maps, with and without listed keys.

use serde_json::{Value, json};

use super::super::report::Report;
use super::verdicts::{assert_rows, object, with};

#[test]
fn an_edit_of_a_map_with_listed_keys_is_one_row() {
    let map = |keys: &[&str], value: Value| {
        let entries = keys.iter().map(|key| ((*key).to_owned(), value.clone()));
        let properties: serde_json::Map<String, Value> = entries.collect();
        with(json!({"Received": {
            "type": "object",
            "x-propertyNames": {"type": "string", "enum": keys},
            "properties": properties,
            "additionalProperties": false,
        }}))
    };
    let text = json!({"type": "string"});
    let limited = json!({"type": "string", "maxLength": 9});
    let place = "#/components/schemas/Received/properties";
    let base = map(&["de", "en"], text.clone());
    assert_rows(
        "a limit of all values",
        &base,
        &map(&["de", "en"], limited),
        &[&format!(
            "bound-tightened compatible patch {place}/de/maxLength"
        )],
    );
    assert_rows(
        "more keys",
        &base,
        &map(&["de", "en", "fr", "nl"], text.clone()),
        &[&format!("optional-property-added compatible patch {place}")],
    );
    assert_rows(
        "one more key",
        &base,
        &map(&["de", "en", "fr"], text),
        &[&format!(
            "optional-property-added compatible patch {place}/fr"
        )],
    );
}

#[test]
fn edits_of_maps_are_at_nodes_of_the_documents() {
    let text = json!({"type": "string"});
    let limited = json!({"type": "string", "maxLength": 9});
    let of = |name: &str| object(json!({name: {"type": "string"}}), json!([name]));
    let listed = |value: &Value| {
        json!({
            "type": "object",
            "x-propertyNames": {"type": "string", "enum": ["de", "en"]},
            "properties": {"de": value, "en": value},
            "additionalProperties": false,
        })
    };
    let map = |value: &Value| json!({"type": "object", "additionalProperties": value});
    let place = "Received › additionalProperties";
    for (what, base, head, label) in [
        (
            "a limit",
            map(&text),
            map(&limited),
            format!("{place} › maxLength"),
        ),
        ("a type", map(&json!(true)), map(&text), place.to_owned()),
        ("none", map(&text), map(&json!(false)), place.to_owned()),
        (
            "a property",
            map(&of("a")),
            map(&of("b")),
            format!("{place} › b"),
        ),
        (
            "a map of maps",
            map(&map(&text)),
            map(&map(&limited)),
            format!("{place} › additionalProperties › maxLength"),
        ),
        (
            "listed keys",
            listed(&text),
            listed(&limited),
            "Received › each value › maxLength".to_owned(),
        ),
        (
            "a property of listed keys",
            listed(&of("a")),
            listed(&of("b")),
            "Received › each value › b".to_owned(),
        ),
    ] {
        let (base, head) = (
            with(json!({"Received": base})),
            with(json!({"Received": head})),
        );
        let findings = Report::new(&base, &head).findings;
        assert_eq!(findings.len(), 1, "{what}: {findings:?}");
        assert_eq!(findings[0].place.label(), label, "{what}");
        for (document, side) in [(&base, &findings[0].base), (&head, &findings[0].head)] {
            let pointer = side.as_ref().map_or("#", |side| &side.pointer);
            let node = document.pointer(pointer.trim_start_matches('#'));
            assert!(node.is_some(), "{what}: {pointer}");
            assert!(!pointer.ends_with("/properties"), "{what}: {pointer}");
        }
    }
}

#[test]
fn keys_that_a_component_lists_are_its_edit() {
    let map = |keys: &[&str]| {
        let entries = keys
            .iter()
            .map(|key| ((*key).to_owned(), json!({"type": "string"})));
        let properties: serde_json::Map<String, Value> = entries.collect();
        with(json!({
            "Language": {"type": "string", "enum": keys},
            "Received": {
                "type": "object",
                "x-propertyNames": {"$ref": "#/components/schemas/Language"},
                "properties": properties,
                "additionalProperties": false,
            },
        }))
    };
    let finding = "enum-value-added compatible minor #/components/schemas/Language/enum";
    assert_rows(
        "a key",
        &map(&["de", "en"]),
        &map(&["de", "en", "fr"]),
        &[finding],
    );
}
