//! Unions whose discriminator is any string, with the values that a mapping gives to the members. The
//! rows are those of `codegen/tests/it/types/discriminators.rs`.

use serde_json::{Value, json};

use crate::UnknownFields;
use crate::json::{json_struct, json_union};

#[derive(Clone, Default)]
struct Declared {
    realtype: String,
    x: Option<i64>,
    unknown_fields: UnknownFields,
}
json_struct!(Declared {
    0 "realtype" Required realtype;
    1 "x" Optional x;
    extra unknown_fields;
});

#[derive(Clone, Default)]
struct Undeclared {
    x: Option<i64>,
    unknown_fields: UnknownFields,
}
json_struct!(Undeclared {
    0 "x" Optional x;
    extra unknown_fields;
});

#[derive(Clone, Debug, PartialEq)]
enum Required {
    A(Declared),
    B(Declared),
    Unknown(Value),
}
json_union!(Required {
    0 A object { "realtype": "a1" | "a2" };
    1 B object { "realtype": "b-type" };
});

#[derive(Clone, Debug, PartialEq)]
enum Optional {
    A(Undeclared),
    B(Undeclared),
    Unknown(Value),
}
json_union!(Optional {
    0 A object { "realtype": "a" } has "x": integer, "realtype": string;
    1 B object { "realtype": "b" } has "x": integer, "realtype": string;
});

#[derive(Clone, Debug, PartialEq)]
enum Partial {
    A(Declared),
    Any(Declared),
    Unknown(Value),
}
json_union!(Partial {
    0 A object { "realtype": "a" };
    1 Any object requires "realtype";
});

#[test]
fn the_mapping_decides() {
    for (value, expected) in [
        (json!({"realtype": "a1", "x": 1}), "A"),
        (json!({"x": 1, "realtype": "a2"}), "A"),
        (json!({"realtype": "b-type", "x": 1}), "B"),
        (json!({"realtype": "b-type", "new": [1]}), "B"),
        (json!({"realtype": "new", "x": 1}), "Unknown"),
        (json!({"realtype": 1, "x": 1}), "Unknown"),
        (json!({"x": 1}), "Unknown"),
    ] {
        let union: Required = serde_json::from_value(value.clone()).unwrap();
        let found = match &union {
            Required::A(_) => "A",
            Required::B(_) => "B",
            Required::Unknown(_) => "Unknown",
        };
        assert_eq!(found, expected, "{value}");
        assert_eq!(serde_json::to_value(&union).unwrap(), value);
    }
}

#[test]
fn the_mapping_decides_where_members_do_not_describe_the_property() {
    for (value, expected) in [
        (json!({"realtype": "b", "x": 1}), "B"),
        (json!({"x": 1, "realtype": "a"}), "A"),
        (json!({"realtype": "new", "x": 1}), "Unknown"),
        (json!({"realtype": null, "x": 1}), "Unknown"),
        // Without the property, the order of the document decides.
        (json!({"x": 1}), "A"),
        (json!({"x": "no number", "realtype": "b"}), "Unknown"),
    ] {
        let union: Optional = serde_json::from_value(value.clone()).unwrap();
        let found = match &union {
            Optional::A(_) => "A",
            Optional::B(_) => "B",
            Optional::Unknown(_) => "Unknown",
        };
        assert_eq!(found, expected, "{value}");
        assert_eq!(serde_json::to_value(&union).unwrap(), value);
    }
}

#[test]
fn a_member_that_nothing_names_takes_the_other_values() {
    for (value, expected) in [
        (json!({"realtype": "a", "x": 1}), "A"),
        (json!({"realtype": "other", "x": 1}), "Any"),
        (json!({"x": 1}), "Unknown"),
    ] {
        let union: Partial = serde_json::from_value(value.clone()).unwrap();
        let found = match &union {
            Partial::A(_) => "A",
            Partial::Any(_) => "Any",
            Partial::Unknown(_) => "Unknown",
        };
        assert_eq!(found, expected, "{value}");
        assert_eq!(serde_json::to_value(&union).unwrap(), value);
    }
}
