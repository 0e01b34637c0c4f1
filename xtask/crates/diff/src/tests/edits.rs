//! Single edits of small documents: the rows, and with them the place and the verdicts, are exact.

use serde_json::{Value, json};

use super::verdicts::{assert_sorted_rows, object, with};

/// An edit of a schema with the rows where it is sent and where it is received. `%` in a row is
/// the pointer of the schema.
struct Case {
    what: &'static str,
    before: Value,
    after: Value,
    sent: &'static [&'static str],
    received: &'static [&'static str],
}

/// Checks each case for a component, a property, and the items of a list in a property.
fn check(cases: &[Case]) {
    type Wrap = fn(&Value) -> Value;
    let positions: [(&str, Wrap); 3] = [
        ("", Value::clone),
        ("/properties/x", |schema| {
            object(json!({"x": schema}), json!([]))
        }),
        ("/properties/x/items", |schema| {
            object(json!({"x": {"type": "array", "items": schema}}), json!([]))
        }),
    ];
    for case in cases {
        for (position, wrap) in positions {
            for (name, rows) in [("Sent", case.sent), ("Received", case.received)] {
                let document = |schema: &Value| with(json!({name: wrap(schema)}));
                let place = format!("#/components/schemas/{name}{position}");
                let mut rows: Vec<String> =
                    rows.iter().map(|row| row.replace('%', &place)).collect();
                rows.sort();
                let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
                let what = format!("{}, {name}{position}", case.what);
                let [before, after] = [document(&case.before), document(&case.after)];
                assert_sorted_rows(&what, &before, &after, &rows);
            }
        }
    }
}

fn text() -> Value {
    json!({"type": "string"})
}

#[test]
fn constraints_that_openapi_3_0_cannot_express() {
    let plain = object(json!({"a": text()}), json!([]));
    let with = |members: Value| {
        let mut schema = plain.clone();
        let members = members.as_object().unwrap().clone();
        schema.as_object_mut().unwrap().extend(members);
        schema
    };
    for (key, one, other) in [
        (
            "x-patternProperties",
            json!({"^a": text()}),
            json!({"^b": text()}),
        ),
        (
            "patternProperties",
            json!({"^a": text()}),
            json!({"^b": text()}),
        ),
        (
            "x-dependentRequired",
            json!({"a": ["b"]}),
            json!({"a": ["c"]}),
        ),
        (
            "x-dependentSchemas",
            json!({"a": {"required": ["b"]}}),
            json!({"a": {"required": ["c"]}}),
        ),
        ("x-pattern", json!("(?i)^a"), json!("(?i)^b")),
        ("x-unevaluatedProperties", json!(false), text()),
    ] {
        let rows = |rule: &'static str, sent: &'static str, received: &'static str| {
            [sent, received].map(|http| format!("{rule} {http} patch %/{key}"))
        };
        for (before, after, rows) in [
            (
                plain.clone(),
                with(json!({ key: one })),
                rows("assertion-added", "breaking", "compatible"),
            ),
            (
                with(json!({ key: one })),
                plain.clone(),
                rows("assertion-removed", "compatible", "risky"),
            ),
            (
                with(json!({ key: one })),
                with(json!({ key: other })),
                rows("assertion-changed", "risky", "risky"),
            ),
        ] {
            let [sent, received] = rows.map(|row| &*vec![&*row.leak()].leak());
            check(&[Case {
                what: key,
                before,
                after,
                sent,
                received,
            }]);
        }
    }
    let condition = json!({"x-if": {"required": ["a"]}, "x-then": {"required": ["b"]}, "x-else": {"required": ["c"]}});
    check(&[Case {
        what: "a condition is one row",
        before: plain.clone(),
        after: with(condition),
        sent: &["assertion-added breaking patch %/x-if"],
        received: &["assertion-added compatible patch %/x-if"],
    }]);
}

#[test]
fn excluded_schemas() {
    let with = |not: Value| {
        let mut schema = object(json!({"a": text(), "b": text()}), json!([]));
        schema["not"] = not;
        schema
    };
    let plain = object(json!({"a": text(), "b": text()}), json!([]));
    check(&[
        Case {
            what: "added",
            before: plain.clone(),
            after: with(json!({"required": ["b"]})),
            sent: &["not-added breaking patch %/not"],
            received: &["not-added compatible patch %/not"],
        },
        Case {
            what: "removed",
            before: with(json!({"required": ["b"]})),
            after: plain,
            sent: &["not-removed compatible patch %/not"],
            received: &["not-removed risky patch %/not"],
        },
        Case {
            what: "changed",
            before: with(json!({"required": ["b"]})),
            after: with(json!({"required": ["a"]})),
            sent: &["not-changed risky patch %/not"],
            received: &["not-changed risky patch %/not"],
        },
    ]);
}

#[test]
fn kinds_of_composition() {
    let of = |key: &str| {
        json!({key: [
            object(json!({"a": text()}), json!(["a"])),
            object(json!({"b": text()}), json!(["b"])),
        ]})
    };
    let typed = |key: &str| {
        let mut schema = of(key);
        schema["type"] = json!("object");
        schema
    };
    for of in [&of as &dyn Fn(&str) -> Value, &typed] {
        check(&[
            Case {
                what: "oneOf to allOf",
                before: of("oneOf"),
                after: of("allOf"),
                sent: &["composition-changed breaking major %"],
                received: &["composition-changed breaking major %"],
            },
            Case {
                what: "allOf to oneOf",
                before: of("allOf"),
                after: of("oneOf"),
                sent: &["composition-changed breaking major %"],
                received: &["composition-changed breaking major %"],
            },
            Case {
                what: "anyOf to allOf",
                before: of("anyOf"),
                after: of("allOf"),
                sent: &["any-of-became-all-of breaking major %"],
                received: &["any-of-became-all-of compatible major %"],
            },
            Case {
                what: "allOf to anyOf",
                before: of("allOf"),
                after: of("anyOf"),
                sent: &["all-of-became-any-of compatible major %"],
                received: &["all-of-became-any-of breaking major %"],
            },
            Case {
                what: "oneOf to anyOf",
                before: of("oneOf"),
                after: of("anyOf"),
                sent: &["one-of-became-any-of compatible patch %"],
                received: &["one-of-became-any-of risky patch %"],
            },
            Case {
                what: "anyOf to oneOf",
                before: of("anyOf"),
                after: of("oneOf"),
                sent: &["any-of-became-one-of risky patch %"],
                received: &["any-of-became-one-of compatible patch %"],
            },
        ]);
    }
}

#[test]
fn properties_of_closed_objects() {
    let of = |names: &[&str], required: &[&str], others: Value| {
        let properties = names.iter().map(|name| ((*name).to_owned(), text()));
        let mut schema = object(Value::Object(properties.collect()), json!(required));
        schema["additionalProperties"] = others;
        schema
    };
    let closed = |names: &[&str], required: &[&str]| of(names, required, json!(false));
    let numbers = |names: &[&str]| of(names, &[], json!({"type": "integer"}));
    check(&[
        Case {
            what: "an optional one is removed",
            before: closed(&["a", "b"], &[]),
            after: closed(&["a"], &[]),
            sent: &["optional-property-forbidden breaking major %/properties/b"],
            received: &["optional-property-forbidden risky major %/properties/b"],
        },
        Case {
            what: "a required one is removed",
            before: closed(&["a", "b"], &["b"]),
            after: closed(&["a"], &[]),
            sent: &["required-property-forbidden breaking major %/properties/b"],
            received: &["required-property-forbidden breaking major %/properties/b"],
        },
        Case {
            what: "one is removed that additional properties do not allow",
            before: numbers(&["a", "b"]),
            after: numbers(&["a"]),
            sent: &["optional-property-forbidden breaking major %/properties/b"],
            received: &["optional-property-forbidden risky major %/properties/b"],
        },
        Case {
            what: "one is removed that additional properties allow",
            before: of(&["a", "b"], &[], text()),
            after: of(&["a"], &[], text()),
            sent: &["optional-property-removed risky major %/properties/b"],
            received: &["optional-property-removed risky major %/properties/b"],
        },
        Case {
            what: "an optional one is added",
            before: closed(&["a"], &[]),
            after: closed(&["a", "b"], &[]),
            sent: &["optional-property-added compatible minor %/properties/b"],
            received: &["optional-property-added compatible minor %/properties/b"],
        },
        Case {
            what: "one is renamed",
            before: closed(&["a"], &[]),
            after: closed(&["b"], &[]),
            sent: &["property-renamed breaking major %/properties/b"],
            received: &["property-renamed risky major %/properties/b"],
        },
        Case {
            what: "an optional one of an open object is removed",
            before: object(json!({"a": text(), "b": text()}), json!([])),
            after: object(json!({"a": text()}), json!([])),
            sent: &["optional-property-removed risky major %/properties/b"],
            received: &["optional-property-removed risky major %/properties/b"],
        },
    ]);
}

#[test]
fn properties_that_move_into_a_member_are_no_edit() {
    let part = |names: &[&str], required: &[&str]| {
        let properties = names.iter().map(|name| ((*name).to_owned(), text()));
        object(Value::Object(properties.collect()), json!(required))
    };
    let named = || json!({"$ref": "#/components/schemas/Named"});
    let combined = |own: &Value, members: Value| {
        let mut schema = own.clone();
        schema["allOf"] = members;
        schema
    };
    let one = combined(&part(&["a", "b"], &["a"]), json!([named()]));
    for (what, after) in [
        (
            "all",
            json!({"allOf": [named(), part(&["a", "b"], &["a"])]}),
        ),
        (
            "some",
            combined(&part(&["a"], &["a"]), json!([named(), part(&["b"], &[])])),
        ),
        (
            "in another order",
            json!({"allOf": [part(&["b"], &[]), named(), part(&["a"], &["a"])]}),
        ),
        (
            "required apart",
            json!({"allOf": [part(&["a", "b"], &[]), named(), {"required": ["a"]}]}),
        ),
    ] {
        for (name, before, after) in [
            ("Sent", &one, &after),
            ("Sent", &after, &one),
            ("Received", &one, &after),
            ("Received", &after, &one),
        ] {
            let document =
                |schema: &Value| with(json!({name: schema, "Named": part(&["n"], &["n"])}));
            let reordered = document(before);
            let rows: Vec<String> = super::super::compare::compare(&reordered, &document(after))
                .iter()
                .map(|edit| edit.rule.id.to_owned())
                .collect();
            assert_eq!(rows, [""; 0], "{what} {name}");
        }
    }
    // An edit of what moved has its row, and nothing else.
    let mut edited = part(&["b"], &[]);
    edited["properties"]["b"]["maxLength"] = json!(3);
    let document = |schema: &Value| with(json!({"Sent": schema, "Named": part(&["n"], &[])}));
    assert_sorted_rows(
        "an edit of what moved",
        &document(&one),
        &document(&combined(&part(&["a"], &["a"]), json!([named(), edited]))),
        &[
            "bound-tightened breaking major #/components/schemas/Sent/allOf/1/properties/b/maxLength",
        ],
    );
    // Moved into a component that others use too.
    let document = |own: &Value, named: &Value| with(json!({"Sent": own, "Named": named}));
    assert_sorted_rows(
        "into a component",
        &document(&one, &part(&["n"], &[])),
        &document(
            &combined(&part(&["a"], &["a"]), json!([named()])),
            &part(&["n", "b"], &[]),
        ),
        &["optional-property-added compatible minor #/components/schemas/Named/properties/b"],
    );
}

#[test]
fn an_object_that_shares_properties_with_a_component_gains_the_others() {
    let part = |names: &[&str], required: &[&str]| {
        let properties = names.iter().map(|name| ((*name).to_owned(), text()));
        object(Value::Object(properties.collect()), json!(required))
    };
    let document = |received: Value| {
        with(json!({"Received": received, "Input": part(&["id", "ref", "title"], &["ref"])}))
    };
    let combined = json!({"allOf": [
        {"$ref": "#/components/schemas/Input"},
        part(&["id", "expanded"], &["id"]),
    ]});
    let place = "#/components/schemas/Received/allOf/1/properties";
    assert_sorted_rows(
        "a property of both members, and one of the inline member",
        &document(part(&["ref", "title"], &["ref"])),
        &document(combined.clone()),
        &[
            &format!("optional-property-added compatible minor {place}/expanded"),
            &format!("required-property-added compatible minor {place}/id"),
        ],
    );
    let member = "#/components/schemas/Received/allOf/0";
    assert_sorted_rows(
        "one property of the component, and one of the inline member",
        &document(part(&["id", "ref"], &["id", "ref"])),
        &document(combined),
        &[
            &format!("optional-property-added compatible minor {member}"),
            &format!("optional-property-added compatible minor {place}/expanded"),
        ],
    );
}

#[test]
fn schemas_with_other_constants_are_other_schemas() {
    let channel = |name: &str| {
        let channel = json!({"type": "string", "enum": [name]});
        object(
            json!({"channel": channel, "data": text()}),
            json!(["channel"]),
        )
    };
    let document = |name: &str, value: &str| {
        let references =
            ["First", name].map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
        with(json!({
            "Received": {"oneOf": references},
            "First": channel("first"),
            name: channel(value),
        }))
    };
    assert_sorted_rows(
        "the same constant",
        &document("Refs", "refs"),
        &document("References", "refs"),
        &["schema-renamed compatible major #/components/schemas/References"],
    );
    assert_sorted_rows(
        "another constant",
        &document("Refs", "refs"),
        &document("Operation", "operation"),
        &[
            "one-of-member-added risky minor #/components/schemas/Received/oneOf/1",
            "one-of-member-removed compatible major #/components/schemas/Received/oneOf/1",
            "schema-added compatible minor #/components/schemas/Operation",
            "schema-removed compatible major #/components/schemas/Refs",
        ],
    );
}

#[test]
fn values_of_discriminators() {
    let member = |value: Option<&str>| match value {
        Some(value) => object(
            json!({"type": {"type": "string", "enum": [value]}, value: text()}),
            json!(["type"]),
        ),
        None => object(json!({"type": text()}), json!(["type"])),
    };
    let names = ["A", "B", "C"];
    let document = |mapping: Option<Value>, is_constant: bool, schema: &str| {
        let references = names.map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
        let mut union = json!({"oneOf": references, "discriminator": {"propertyName": "type"}});
        if let Some(mapping) = mapping {
            union["discriminator"]["mapping"] = mapping;
        }
        let mut schemas = json!({ schema: union });
        for name in names {
            let value = name.to_lowercase();
            schemas[name] = member(is_constant.then_some(&*value));
            schemas[name]["properties"][format!("of{name}")] = text();
        }
        with(schemas)
    };
    let to = |keys: &[&str]| {
        let entries = keys.iter().map(|key| {
            let target = format!("#/components/schemas/{}", key[..1].to_uppercase());
            ((*key).to_owned(), json!(target))
        });
        Value::Object(entries.collect())
    };
    let place = "#/components/schemas/Received/discriminator/mapping";
    for (what, before, after, is_constant, row) in [
        (
            "a mapping of the members",
            None,
            Some(to(&["a", "b", "c"])),
            true,
            format!("discriminator-mapping-described compatible patch {place}"),
        ),
        (
            "a mapping of the members, whose values are not listed",
            None,
            Some(to(&["a", "b", "c"])),
            false,
            format!("discriminator-mapping-described compatible patch {place}"),
        ),
        (
            "a value that a member lists",
            Some(to(&["a", "b"])),
            Some(to(&["a", "b", "c"])),
            true,
            format!("discriminator-mapping-described compatible patch {place}/c"),
        ),
        (
            "a new value of a member",
            Some(to(&["a", "b", "c"])),
            Some(to(&["a", "b", "c", "c2"])),
            false,
            format!("discriminator-mapping-added risky patch {place}/c2"),
        ),
        (
            "two new values",
            Some(to(&["a", "b", "c"])),
            Some(to(&["a", "b", "c", "c2", "b2"])),
            false,
            format!("discriminator-mapping-added risky patch {place}"),
        ),
        (
            "two values fewer",
            Some(to(&["a", "b", "c", "c2", "b2"])),
            Some(to(&["a", "b", "c"])),
            false,
            format!("discriminator-mapping-removed compatible patch {place}"),
        ),
    ] {
        let [before, after] =
            [before, after].map(|mapping| document(mapping, is_constant, "Received"));
        assert_sorted_rows(what, &before, &after, &[&row]);
    }
}
