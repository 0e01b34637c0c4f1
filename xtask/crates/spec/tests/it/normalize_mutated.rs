//! Reading and normalizing do not panic on broken documents.

use gitbook_spec::normalize::normalize;
use gitbook_spec::read::parse;
use serde_json::{Value, json};

/// Returns a small document with every keyword that normalizing rewrites.
fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1", "summary": "s", "license": {"identifier": "MIT"}},
        "security": [{"mutual": []}],
        "paths": {
            "/a/{b}": {
                "parameters": [{"$ref": "#/components/parameters/b", "description": "d"}],
                "get": {
                    "operationId": "getA",
                    "responses": {"404": {"$ref": "#/components/responses/R", "description": "d"}},
                    "callbacks": {"c": {"{$url}": {"$ref": "#/components/pathItems/P"}}}
                }
            },
            "/c": {"$ref": "#/components/pathItems/P"}
        },
        "webhooks": {"w": {"post": {"responses": {}}}},
        "components": {
            "parameters": {"b": {"name": "b", "in": "path", "schema": true}},
            "responses": {"R": {"description": "r", "content": {"a/b": {"schema": {"$ref": "#/components/schemas/A"}}}}},
            "securitySchemes": {"mutual": {"type": "mutualTLS"}},
            "pathItems": {"P": {"get": {"summary": "p"}}},
            "schemas": {
                "A": {
                    "type": ["object", "null"],
                    "properties": {
                        "p": {"$ref": "#/components/schemas/B", "minLength": 1},
                        "q": {"oneOf": [{"const": 1}, {"type": "null"}], "discriminator": {"mapping": {}}},
                        "r": {"prefixItems": [true, {}], "items": false, "contains": {}},
                        "s": {"exclusiveMinimum": 1, "minimum": 0, "examples": [1, 2]}
                    },
                    "required": ["p"],
                    "patternProperties": {"^x": {}},
                    "additionalProperties": false,
                    "$defs": {"D": {"if": {}, "then": false, "dependentRequired": {"a": ["b"]}}}
                },
                "B": {"type": "string", "enum": ["x"], "contentEncoding": "base64"},
                "C": {"propertyNames": {"$ref": "#/components/schemas/B"}}
            }
        }
    })
}

/// A pseudo-random number generator (xorshift) with a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Collects the pointers of all values below `value`.
fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    let children: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, v)| (key.replace('/', "~1"), v))
            .collect(),
        _ => return,
    };
    for (token, child) in children {
        pointers(child, &format!("{pointer}/{token}"), found);
    }
}

fn mutate(document: &mut Value, random: &mut Random) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let from = document
        .pointer(&all[random.below(all.len())])
        .cloned()
        .unwrap_or_default();
    let odd = [
        Value::Null,
        json!(true),
        json!(-1.5e300),
        json!("#/components/schemas/A"),
        json!({"$ref": "#/components/schemas/A/properties/q/oneOf/0"}),
        json!(["null", "string"]),
        from,
    ];
    let value = odd[random.below(odd.len())].clone();
    let Some(target) = document.pointer_mut(&all[1 + random.below(all.len() - 1)]) else {
        return;
    };
    let keys: Vec<String> = target
        .as_object()
        .into_iter()
        .flat_map(|map| map.keys().cloned())
        .collect();
    match target {
        Value::Object(map) if !keys.is_empty() && random.below(3) > 0 => {
            let key = &keys[random.below(keys.len())];
            let entry = map.shift_remove(key).unwrap_or_default();
            const KEYWORDS: [&str; 6] = ["const", "items", "$defs", "allOf", "enum", "type"];
            if random.below(2) == 0 {
                map.insert(KEYWORDS[random.below(KEYWORDS.len())].to_owned(), entry);
            }
        }
        target => *target = value,
    }
}

#[test]
fn mutated_documents_give_a_result_or_problems() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut normalized, mut refused) = (0, 0);
    for _ in 0..2_000 {
        let mut document = document();
        for _ in 0..=random.below(3) {
            mutate(&mut document, &mut random);
        }
        match normalize(document) {
            Ok(once) => {
                normalized += 1;
                let twice = normalize(once.document.clone()).expect("what is normalized is sound");
                assert_eq!(twice.document, once.document);
            }
            Err(diagnostics) => {
                refused += 1;
                assert!(!diagnostics.is_empty());
            }
        }
    }
    println!("{normalized} normalized, {refused} refused");
    assert!(
        normalized > 200 && refused > 200,
        "{normalized} normalized, {refused} refused"
    );
}

#[test]
fn mutated_text_is_read_or_refused() {
    let text = document().to_string();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..400 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=random.below(4) {
            let index = random.below(bytes.len());
            match random.below(3) {
                0 => bytes.truncate(index.max(1)),
                1 => bytes[index] = b"{}[]\",:0\\\n -#&*!"[random.below(16)],
                _ => drop(bytes.remove(index.min(bytes.len() - 1))),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        for text in [text.as_ref(), text.trim_start_matches('{')] {
            if let Ok(document) = parse(text, "mutated") {
                let _ = normalize(document);
            }
        }
    }
}
