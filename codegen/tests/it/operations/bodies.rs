//! The bodies of requests.

use serde_json::{Value, json};

use super::{assert_has, client_at, content, flat, reference};

#[test]
fn a_body_is_what_turns_into_it() {
    for (schema, taken) in [
        (reference("Space"), "types::Space"),
        (
            json!({"type": "array", "items": reference("Kind")}),
            "Vec<types::Kind>",
        ),
        (
            json!({"$ref": "#/components/schemas/Space", "nullable": true}),
            "Option<types::Space>",
        ),
        (json!({"type": "string", "enum": ["only"]}), "String"),
        (
            json!({"type": "object", "additionalProperties": reference("Site")}),
            "crate::Map<types::Site>",
        ),
        (
            json!({"type": "object", "additionalProperties": {}}),
            "crate::Map<serde_json::Value>",
        ),
        (json!({}), "serde_json::Value"),
    ] {
        let body = json!({"content": {"application/json": {"schema": schema}, "text/plain": {}}});
        let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
        let set = flat(&format!(
            "Self::new(self.call.body::<{taken}>(&body.into()))"
        ));
        assert!(flat(&code).contains(&set), "no {set} in\n{code}");
        assert!(!code.contains("required:"), "{code}");
    }
    let body = json!({"required": true, "content": content("Space")});
    let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
    assert!(code.contains("required: &[\"body\"],"), "{code}");
    assert_has(
        &code,
        "pub fn get_thing(&self, body: impl Into<types::Space>) -> builder::GetThing {
            let call = self.call(&operations::GET_THING);
            let call = call.body::<types::Space>(&body.into());
            RequestBuilder::new(call)
        }",
    );
}

#[test]
fn the_media_type_decides_how_a_body_is_sent() {
    let form = "application/x-www-form-urlencoded";
    for (media_types, taken, set) in [
        (
            vec!["text/plain"],
            "impl Into<String>",
            "body_text(\"text/plain; charset=utf-8\", body)",
        ),
        (
            vec!["Text/Markdown; Charset=UTF-8"],
            "impl Into<String>",
            "body_text(\"Text/Markdown; Charset=UTF-8\", body)",
        ),
        (
            vec!["text/*"],
            "impl Into<String>",
            "body_text(\"text/plain; charset=utf-8\", body)",
        ),
        (
            vec!["text/csv; charset=iso-8859-1"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"text/csv; charset=iso-8859-1\", body)",
        ),
        (
            vec!["application/octet-stream"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"application/octet-stream\", body)",
        ),
        (
            vec!["application/xml"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"application/xml\", body)",
        ),
        (
            vec!["*/*", "image/*"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"application/octet-stream\", body)",
        ),
        (
            vec!["image/*", "image/png", "image/jpeg"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"image/png\", body)",
        ),
        (
            vec![form],
            "impl Into<types::Space>",
            "body_form::<types::Space>(&body.into())",
        ),
        (
            vec!["multipart/form-data; boundary=x"],
            "reqwest::multipart::Form",
            "body_multipart(body)",
        ),
        (
            vec!["application/merge-patch+json"],
            "impl Into<types::Space>",
            "body::<types::Space>(&body.into()).header(\"content-type\", \"application/merge-patch+json\")",
        ),
        // Bodies with a type come first, and those that need a feature last.
        (
            vec!["application/merge-patch+json", "Application/JSON"],
            "impl Into<types::Space>",
            "body::<types::Space>(&body.into())",
        ),
        (
            vec![
                "multipart/form-data",
                "*/*",
                "image/png",
                "text/plain",
                form,
                "application/json",
            ],
            "impl Into<types::Space>",
            "body::<types::Space>(&body.into())",
        ),
        (
            vec![
                "multipart/form-data",
                "*/*",
                "image/png",
                "text/plain",
                form,
            ],
            "impl Into<types::Space>",
            "body_form::<types::Space>(&body.into())",
        ),
        (
            vec!["multipart/form-data", "*/*", "image/png", "text/plain"],
            "impl Into<String>",
            "body_text(\"text/plain; charset=utf-8\", body)",
        ),
        (
            vec!["multipart/mixed", "multipart/form-data", "*/*", "image/png"],
            "impl Into<bytes::Bytes>",
            "body_bytes(\"image/png\", body)",
        ),
    ] {
        let content = media_types.iter();
        let content =
            content.map(|name| ((*name).to_owned(), json!({"schema": reference("Space")})));
        let content = Value::Object(content.collect());
        for required in [true, false] {
            let body = json!({"required": required, "content": content});
            let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
            let (receiver, set) = if required {
                (
                    format!("pub fn get_thing(&self, body: {taken})"),
                    set.to_owned(),
                )
            } else {
                let set = set.replace("RequestBuilder::new(call)", "self");
                let set = set.replace("call.", "self.call.");
                (format!("pub fn body(self, body: {taken})"), set)
            };
            let call = if required { "call." } else { "self.call." };
            for expected in [&receiver, &format!("{call}{set}")] {
                let (code, expected) = (flat(&code), flat(expected));
                assert!(code.contains(&expected), "no {expected} in\n{code}");
            }
            assert_eq!(code.contains("required: &[\"body\"],"), required, "{code}");
            let is_gated = taken.contains("multipart");
            let gates = code.matches("#[cfg(feature = \"multipart\")]").count();
            // The method, the builder, its kind, its setter if there is one, the constant, and its place in
            // the list.
            let expected = 5 + usize::from(!required);
            assert_eq!(gates, if is_gated { expected } else { 0 }, "{code}");
        }
    }
}

#[test]
fn the_parts_of_a_form_are_documented() {
    let schema = json!({
        "type": "object",
        "required": ["file", "a`b", "kind"],
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "a`b": {"type": "string"},
            "kind": reference("Kind"),
            "spaces": {"type": "array", "items": reference("Space")},
            "images": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "many": {"type": "array", "items": {"type": "array", "items": {}}},
            "count": {"type": "integer"},
            "any": {},
        },
    });
    let media =
        json!({"schema": schema, "encoding": {"file": {"contentType": "image/png, image/*"}}});
    let body = json!({"required": true, "content": {"multipart/form-data": media}});
    let code = client_at("/things", "post", json!({"requestBody": body})).unwrap();
    assert_has(
        &code,
        "/// Body: `multipart/form-data`. A form cannot be sent twice, so the call is not retried. Its
        /// parts:
        ///
        /// - `file`, required: file of type `image/png, image/*`
        /// - `` a`b ``, required: text
        /// - `kind`, required: text
        /// - `spaces`: JSON, any number of times
        /// - `images`: file, any number of times
        /// - `many`: lists
        /// - `count`: integer
        /// - `any`: any value",
    );
    assert_has(
        &code,
        "/// use gitbook_api::reqwest::multipart::{Form, Part};",
    );
    assert!(code.contains("Part::bytes(b\"bytes\".to_vec())"), "{code}");
    assert!(code.contains(".text(\"kind\", \"kind\")"), "{code}");
}
