//! Tests on the whole document: compared with itself, with its OpenAPI 3.1 form, renamed, and
//! reordered.

use std::collections::{BTreeMap, BTreeSet};

use gitbook_api_codegen::document::resolve;
use gitbook_api_codegen::lower::lower;
use gitbook_api_codegen::model::{self, Shape};
use gitbook_api_codegen::walk::{Node, walk, walk_mut};
use serde_json::{Value, json};

use super::super::compare::{Edit, compare};
use super::super::report::Report;
use super::super::rules::*;
use super::super::rust_items::Types;
use super::{DOCUMENT, PUBLISHED, named};

fn rules(edits: &[Edit]) -> Vec<&'static str> {
    edits.iter().map(|edit| edit.rule.id).collect()
}

#[test]
fn a_document_has_not_changed_from_itself() {
    assert_eq!(rules(&compare(&DOCUMENT, &DOCUMENT)), [""; 0]);
}

#[test]
fn the_two_spellings_of_a_document_are_one() {
    assert_eq!(PUBLISHED["openapi"], "3.1.0");
    let again = gitbook_spec::normalize::normalize(DOCUMENT.clone())
        .unwrap()
        .document;
    assert_eq!(rules(&compare(&DOCUMENT, &again)), [""; 0]);
}

/// Rewrites a 3.0.3 document in the style of 3.1.
pub(super) fn modern(document: &Value) -> Value {
    let mut document = document.clone();
    document["openapi"] = json!("3.1.0");
    walk_mut(
        Node::Document,
        &mut document,
        &mut String::new(),
        &mut |node, _, value| {
            let Some(schema) = value.as_object_mut().filter(|_| node == Node::Schema) else {
                return;
            };
            let nullable = schema.shift_remove("nullable") == Some(json!(true));
            if let (true, Some(name)) = (nullable, schema.get("type").cloned()) {
                schema.insert("type".to_owned(), json!([name, "null"]));
                if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut)
                    && !values.contains(&Value::Null)
                {
                    values.push(Value::Null);
                }
            } else if nullable {
                let whole = Value::Object(std::mem::take(schema));
                schema.insert("anyOf".to_owned(), json!([whole, {"type": "null"}]));
            }
            if let Some(Value::Array(values)) = schema.get("enum")
                && let [only] = &values[..]
            {
                let only = only.clone();
                schema.shift_remove("enum");
                schema.insert("const".to_owned(), only);
            }
        },
    );
    document
}

#[test]
fn saying_it_in_openapi_3_1_changes_nothing() {
    let again = gitbook_spec::normalize::normalize(modern(&DOCUMENT))
        .unwrap()
        .document;
    let edits = compare(&DOCUMENT, &again);
    assert!(
        edits.is_empty(),
        "{:#?}",
        edits.iter().map(named).take(10).collect::<Vec<_>>()
    );
}

#[test]
fn the_order_of_members_means_nothing() {
    let mut turned = DOCUMENT.clone();
    walk_mut(
        Node::Document,
        &mut turned,
        &mut String::new(),
        &mut |_, _, value| {
            let Some(object) = value.as_object_mut() else {
                return;
            };
            let entries = std::mem::take(object);
            object.extend(entries.into_iter().rev());
            for key in [
                "oneOf",
                "anyOf",
                "allOf",
                "enum",
                "required",
                "parameters",
                "security",
            ] {
                if let Some(Value::Array(items)) = object.get_mut(key) {
                    items.reverse();
                }
            }
        },
    );
    assert_eq!(rules(&compare(&DOCUMENT, &turned)), [""; 0]);
}

#[test]
fn renamed_components_are_one_edit_each() {
    let schemas = DOCUMENT["components"]["schemas"].as_object().unwrap();
    let chosen: BTreeSet<String> = schemas.keys().step_by(40).cloned().collect();
    let mut renamed = DOCUMENT.clone();
    walk_mut(
        Node::Document,
        &mut renamed,
        &mut String::new(),
        &mut |_, _, value| {
            let name = value.get("$ref").and_then(Value::as_str);
            let name = name.and_then(gitbook_api_codegen::document::schema_name);
            if let Some(name) = name.filter(|name| chosen.contains(&**name)) {
                value["$ref"] = json!(format!("#/components/schemas/Renamed{name}"));
            }
        },
    );
    let all = renamed["components"]["schemas"].as_object_mut().unwrap();
    for name in &chosen {
        let schema = all.shift_remove(name).unwrap();
        all.insert(format!("Renamed{name}"), schema);
    }
    let edits = compare(&DOCUMENT, &renamed);
    let mapped = |edit: &&Edit| *edit.rule != SCHEMA_RENAMED && *edit.rule != DISCRIMINATOR_CHANGED;
    assert_eq!(
        edits.iter().filter(mapped).map(named).collect::<Vec<_>>(),
        []
    );
    assert_eq!(
        edits
            .iter()
            .filter(|edit| *edit.rule == SCHEMA_RENAMED)
            .count(),
        chosen.len()
    );
}

#[test]
fn renamed_path_parameters_are_one_edit_for_each_path() {
    let mut renamed = DOCUMENT.clone();
    let paths = renamed["paths"].as_object_mut().unwrap();
    let chosen: Vec<String> = paths
        .keys()
        .filter(|path| path.contains('{'))
        .step_by(9)
        .cloned()
        .collect();
    for path in &chosen {
        let mut item = paths.shift_remove(path).unwrap();
        let name = path.split(['{', '}']).nth(1).unwrap();
        for (_, operation) in item.as_object_mut().unwrap() {
            for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
                let resolved =
                    gitbook_api_codegen::document::resolve(&DOCUMENT, parameter).unwrap();
                if resolved["in"] == "path" && resolved["name"] == name {
                    let mut own = resolved.clone();
                    own["name"] = json!("renamed");
                    *parameter = own;
                }
            }
        }
        paths.insert(path.replace(&format!("{{{name}}}"), "{renamed}"), item);
    }
    let edits = compare(&DOCUMENT, &renamed);
    assert_eq!(rules(&edits), vec![PATH_PARAMETER_RENAMED.id; chosen.len()]);
}

#[test]
fn an_edit_of_a_shared_response_is_one_edit() {
    let responses = PUBLISHED["components"]["responses"].as_object().unwrap();
    for name in responses.keys() {
        let mut changed = PUBLISHED.clone();
        let response = &mut changed["components"]["responses"][name];
        response["headers"] = json!({"Mutated": {"schema": {"type": "string"}}});
        let changed = gitbook_spec::normalize::normalize(changed)
            .unwrap()
            .document;
        let edits = compare(&DOCUMENT, &changed);
        let place = format!("#/components/responses/{name}/headers/Mutated");
        assert_eq!(
            edits.iter().map(named).collect::<Vec<_>>(),
            [(HEADER_ADDED.id.to_owned(), place)]
        );
    }
}

#[test]
fn null_in_a_union_is_nullability() {
    let document = |schema: Value| json!({"components": {"schemas": {"A": {"items": schema}}}});
    let reference = json!({"$ref": "#/components/schemas/B"});
    let before = document(reference.clone());
    let after = document(json!({"oneOf": [reference, {"nullable": true, "enum": [null]}]}));
    assert_eq!(rules(&compare(&before, &after)), [BECAME_NULLABLE.id]);
    assert_eq!(rules(&compare(&after, &before)), [BECAME_NOT_NULLABLE.id]);
}

#[test]
fn an_object_and_its_parts_are_one() {
    let document = |schema: Value| {
        json!({"components": {"schemas": {
            "A": schema,
            "Named": {"type": "object", "title": "Named", "properties": {"name": {"type": "string"}}, "required": ["name"]},
        }}})
    };
    let count = json!({"type": "object", "properties": {"count": {"type": "integer"}}});
    let parts = document(json!({"allOf": [{"$ref": "#/components/schemas/Named"}, count]}));
    let object = |count: &str, required: Value| {
        document(
            json!({"type": "object", "required": required, "properties": {
                "count": {"type": count},
                "name": {"type": "string"},
            }}),
        )
    };
    let named =
        |base: &Value, head: &Value| -> Vec<_> { compare(base, head).iter().map(named).collect() };
    let same = object("integer", json!(["name"]));
    assert_eq!(named(&parts, &same), []);
    assert_eq!(named(&same, &parts), []);
    // A difference is reported at the member that contains it.
    let widened = object("number", json!(["name"]));
    let place = "#/components/schemas/A/properties/count/type";
    assert_eq!(
        named(&parts, &widened),
        [(TYPE_WIDENED.id.to_owned(), place.to_owned())]
    );
    let place = "#/components/schemas/A/allOf/1/properties/count/type";
    assert_eq!(
        named(&widened, &parts),
        [(TYPE_NARROWED.id.to_owned(), place.to_owned())]
    );
    let place = "#/components/schemas/A/allOf/0";
    let edit = (PROPERTY_BECAME_REQUIRED.id.to_owned(), place.to_owned());
    assert_eq!(named(&object("integer", json!([])), &parts), [edit]);
    // Members may describe the same property in other words.
    let worded = json!({"type": "object", "properties": {
        "name": {"type": "string", "description": "What it is called."},
        "count": {"type": "integer"},
    }});
    let again = document(json!({"allOf": [{"$ref": "#/components/schemas/Named"}, worded]}));
    assert_eq!(named(&same, &again), []);
    // A member that is not an object cannot be merged.
    let other = document(json!({"allOf": [{"oneOf": [{}, {"type": "string"}]}, count]}));
    assert_eq!(
        named(&same, &other),
        [(
            TYPE_CHANGED.id.to_owned(),
            "#/components/schemas/A".to_owned()
        )]
    );
}

/// Returns the sides of edits, exchanged if `turned`.
pub(super) fn exchanged(edits: &[Edit], turned: bool) -> BTreeSet<String> {
    let pair = |edit: &Edit| {
        if turned {
            format!("{:?} {:?}", edit.head, edit.base)
        } else {
            format!("{:?} {:?}", edit.base, edit.head)
        }
    };
    edits.iter().map(pair).collect()
}

#[test]
fn mirrored_edits_have_their_sides_exchanged() {
    let mut changed = DOCUMENT.clone();
    let schemas = changed["components"]["schemas"].as_object_mut().unwrap();
    for (index, (_, schema)) in schemas.iter_mut().enumerate() {
        match (
            index % 3,
            schema.get_mut("properties").and_then(Value::as_object_mut),
        ) {
            (0, Some(properties)) => {
                properties.retain({
                    let mut first = true;
                    move |_, _| !std::mem::take(&mut first)
                });
            }
            (1, Some(properties)) => drop(properties.insert("mutated".to_owned(), json!({}))),
            (2, _) => schema["description"] = json!("changed"),
            _ => {}
        }
    }
    let (there, back) = (compare(&DOCUMENT, &changed), compare(&changed, &DOCUMENT));
    assert!(there.len() > 300);
    assert_eq!(exchanged(&there, false), exchanged(&back, true));
}

#[test]
fn writing_defaults_changes_nothing() {
    let mut written = DOCUMENT.clone();
    let mut count = 0;
    walk_mut(
        Node::Document,
        &mut written,
        &mut String::new(),
        &mut |node, _, value| {
            let defaults = match node {
                Node::Parameter if value["in"] == "query" => {
                    json!({"required": false, "deprecated": false, "style": "form", "explode": true, "allowReserved": false})
                }
                Node::Header if value.get("$ref").is_none() => {
                    json!({"required": false, "style": "simple", "explode": false})
                }
                Node::Schema => match value["type"].as_str() {
                    Some("string") => json!({"minLength": 0, "nullable": false, "readOnly": false}),
                    Some("array") => {
                        json!({"minItems": 0, "uniqueItems": false, "writeOnly": false})
                    }
                    Some("object") => json!({"minProperties": 0, "deprecated": false}),
                    Some("number" | "integer") => json!({"exclusiveMinimum": false}),
                    _ => return,
                },
                _ => return,
            };
            let defaults = defaults.as_object().unwrap().clone();
            for (key, default) in defaults {
                let members = value.as_object_mut().unwrap();
                count += usize::from(!members.contains_key(&key));
                members.entry(key).or_insert(default);
            }
        },
    );
    assert!(count > 5000, "{count}");
    let edits = compare(&DOCUMENT, &written);
    assert_eq!(edits.iter().map(named).take(5).collect::<Vec<_>>(), []);
}

/// Returns the properties that constructors take as arguments, for each type with several. A flattened
/// union is not among them: its argument is always the last.
fn arguments(document: &Value) -> BTreeMap<String, Vec<String>> {
    let items = model::read(&lower(document).unwrap()).unwrap();
    let constructors = items.into_iter().filter(|item| item.used_in_requests);
    let arguments = constructors.filter_map(|item| match &item.shape {
        Shape::Struct(structure) if structure.is_positional() => {
            let properties = structure.required().map(|field| field.key.clone());
            Some((item.name.clone(), properties.collect::<Vec<_>>()))
        }
        _ => None,
    });
    arguments
        .filter(|(_, properties)| properties.len() > 1)
        .collect()
}

/// Returns the pairs of properties that different members of an `allOf` have. The members keep their order.
fn parts(document: &Value) -> BTreeSet<Vec<String>> {
    let mut pairs = BTreeSet::new();
    walk(
        Node::Document,
        document,
        &mut String::new(),
        &mut |_, _, value| {
            let members = value.get("allOf").and_then(Value::as_array);
            let mut before: Vec<String> = Vec::new();
            for member in members.into_iter().flatten() {
                let member = resolve(document, member).unwrap();
                let own = member.get("properties").and_then(Value::as_object);
                let own: Vec<String> = own.into_iter().flat_map(|it| it.keys().cloned()).collect();
                for first in &before {
                    pairs.extend(own.iter().map(|second| vec![first.clone(), second.clone()]));
                }
                before.extend(own);
            }
        },
    );
    pairs
}

#[test]
fn properties_in_another_order_are_reported_where_arguments_change_places() {
    let mut turned = DOCUMENT.clone();
    walk_mut(
        Node::Document,
        &mut turned,
        &mut String::new(),
        &mut |node, _, value| {
            let properties = value.get_mut("properties").filter(|_| node == Node::Schema);
            if let Some(properties) = properties.and_then(Value::as_object_mut) {
                let entries = std::mem::take(properties);
                properties.extend(entries.into_iter().rev());
            }
        },
    );
    let (before, after) = (arguments(&DOCUMENT), arguments(&turned));
    let parts = parts(&DOCUMENT);
    let mut reordered = 0;
    for (name, properties) in &before {
        match after.get(name) {
            Some(after) if after == properties => assert!(parts.contains(properties), "{name}"),
            Some(_) => reordered += 1,
            // Its name comes from the first property that distinguishes a member of a union.
            None => {}
        }
    }
    let report = Report::new(&DOCUMENT, &turned);
    let mut found = report
        .findings
        .iter()
        .filter(|finding| *finding.rule == ARGUMENTS_REORDERED);
    let (Some(row), None) = (found.next(), found.next()) else {
        panic!("not one row");
    };
    assert_eq!(row.place.heading, format!("{reordered} functions"));
    // The names of some variants come from the first distinguishing property.
    let others = report.findings.iter().map(|finding| finding.rule.kind);
    assert!(others.into_iter().all(|kind| kind == Kind::Consequences));
}

#[test]
fn inlined_parameters_are_reported_by_the_types_that_are_gone() {
    let parameters = &DOCUMENT["components"]["parameters"];
    let mut inlined = DOCUMENT.clone();
    walk_mut(
        Node::Document,
        &mut inlined,
        &mut String::new(),
        &mut |node, _, value| {
            let reference = value.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|it| it.strip_prefix("#/components/parameters/"));
            if let Some(name) = name.filter(|_| node == Node::Parameter) {
                *value = parameters[name].clone();
            }
        },
    );
    inlined["components"]
        .as_object_mut()
        .unwrap()
        .shift_remove("parameters");
    let apis = [&*DOCUMENT, &inlined].map(|document| Types::of(document).unwrap().api.unwrap());
    let is_type = |path: &&String| path.starts_with("types::") && path.matches("::").count() == 1;
    let types = apis[0].keys().filter(is_type);
    let gone: BTreeSet<&String> = types.filter(|path| !apis[1].contains_key(*path)).collect();
    let report = Report::new(&DOCUMENT, &inlined);
    let mut major = report.findings.iter().filter(|it| it.bump == Bump::Major);
    let (Some(row), None) = (major.next(), major.next()) else {
        panic!("not one row");
    };
    let types = row.base.as_ref().unwrap().value.as_array().unwrap();
    let types = types
        .iter()
        .filter_map(|text| text.as_str()?.split(": ").next());
    let types: BTreeSet<String> = types.map(str::to_owned).collect();
    assert!(gone.len() > 3, "{gone:?}");
    assert_eq!(types.iter().collect::<BTreeSet<_>>(), gone);
    let shared = report.findings.iter().filter(|it| it.bump != Bump::Major);
    assert!(shared.into_iter().all(|it| *it.rule == SHARED_REMOVED));
}
