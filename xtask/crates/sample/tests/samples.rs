//! Samples, values at bounds, changes of a future version, and validation.

use schema_sample::{Dialect, Validator, at_bounds, future_versions, near_misses};
use serde_json::{Map, Value, json};

#[test]
fn values_on_and_next_to_nested_bounds_are_made() {
    let document = json!({ "components": { "schemas": {
        "Name": { "type": "string", "minLength": 1, "maxLength": 3 }
    } } });
    let schema = json!({ "type": "object", "properties": {
        "names": { "type": "array", "maxItems": 1, "items": {
            "oneOf": [{ "$ref": "#/components/schemas/Name" }, { "type": "integer" }]
        } },
        "size": { "type": "number", "maximum": 5 }
    } });
    let values = at_bounds(
        &document,
        &schema,
        vec![json!({ "names": ["ab"], "size": 1 })],
    );
    for expected in [
        json!({ "names": ["ab"], "size": 1 }),
        json!({ "names": [""], "size": 1 }),
        json!({ "names": ["abb"], "size": 1 }),
        json!({ "names": ["abbb"], "size": 1 }),
        json!({ "names": [], "size": 1 }),
        json!({ "names": ["ab", "ab"], "size": 1 }),
        json!({ "names": ["ab"], "size": 5 }),
        json!({ "names": ["ab"], "size": 6 }),
        json!({ "names": ["ab"], "size": 5.000000001 }),
    ] {
        let found = values.iter().filter(|value| **value == expected).count();
        assert_eq!(found, 1, "{expected} in {values:?}");
    }
}

/// Returns an object whose first property alone has more changes than any limit here.
fn lopsided() -> Value {
    let inner: Map<String, Value> = (0..200)
        .map(|i| (format!("k{i}"), json!({"a": "b"})))
        .collect();
    let mut value = json!({ "first": inner });
    for index in 0..20 {
        value[format!("later{index}")] = json!("text");
    }
    value
}

#[test]
fn every_property_is_changed_however_large_the_first_is() {
    let value = lopsided();
    for copies in [future_versions(&value, 60), near_misses(&value, 60)] {
        assert_eq!(copies.len(), 60);
        for key in value.as_object().unwrap().keys() {
            let changed = copies.iter().filter(|copy| copy.get(key) != value.get(key));
            assert!(changed.count() >= 2, "{key}");
        }
    }
}

#[test]
fn copies_differ_in_one_place_and_from_each_other() {
    let value = json!({"a": [1, {"b": "c", "d~/e": null}], "f": true, "g": {}});
    let copies = future_versions(&value, 1000);
    for (index, copy) in copies.iter().enumerate() {
        assert_ne!(*copy, value);
        assert!(!copies[..index].contains(copy), "{copy}");
    }
    let expected = json!({"a": [1, {"b": "c"}], "f": true, "g": {}});
    assert!(copies.contains(&expected), "{copies:#?}");
}

fn validator(schema: Value) -> Validator {
    let document = json!({ "components": { "schemas": { "A": schema } } });
    Validator::new(
        Dialect::OpenApi30,
        document,
        ["/components/schemas/A".to_owned()],
    )
}

fn valid(schema: Value, value: Value) -> bool {
    validator(schema).is_valid("/components/schemas/A", &value)
}

#[test]
fn null_is_valid_only_where_it_is_allowed() {
    for nullable in [true, false] {
        let schema = json!({ "type": "string", "nullable": nullable });
        assert_eq!(valid(schema.clone(), json!(null)), nullable);
        assert!(valid(schema, json!("a")));
    }
}

#[test]
fn formats_are_not_validated_and_a_property_may_be_named_so() {
    let schema = json!({ "properties": { "format": { "type": "string", "format": "date" } } });
    assert!(valid(schema.clone(), json!({ "format": "a" })));
    assert!(!valid(schema, json!({ "format": 1 })));
}

#[test]
fn negative_look_ahead_excludes_what_it_matches() {
    let pattern = json!({ "pattern": r"^/(?!\*)(?!.*\*.+)[a-z*]+$" });
    for (text, expected) in [
        ("/ab", true),
        ("/ab*", true),
        ("/*", false),
        ("/a*b", false),
        ("a", false),
    ] {
        assert_eq!(valid(pattern.clone(), json!(text)), expected, "{text}");
    }
}

#[test]
fn errors_name_what_is_wrong() {
    let error = validator(json!({ "required": ["name"] }));
    let error = error
        .validate("/components/schemas/A", &json!({}))
        .unwrap_err();
    assert!(error.contains("name"), "{error}");
}
