//! Lowers the schemas of parameters, request bodies and responses, in place.

use serde_json::{Value, json};

use super::extract_inline::Extractor;
use crate::docs::code_span;
use crate::document::{Diagnostic, Diagnostics, escape};
use crate::media_type::{Choice, choose};
use crate::names::{capitalize, variant_name};
use crate::operation::METHODS;

/// The document with every schema of an operation a leaf, and the components of `extractor`.
///
/// # Errors
/// [`Diagnostics`] of the parameters, bodies and responses whose schemas cannot be lowered.
pub fn lower(document: &Value, mut extractor: Extractor<'_>) -> Result<Value, Diagnostics> {
    let mut lowered = document.clone();
    let mut found = Vec::new();
    for (kind, suffix) in [
        ("parameters", ""),
        ("requestBodies", "Request"),
        ("responses", "Response"),
    ] {
        let Some(Value::Object(components)) = lowered.pointer_mut(&format!("/components/{kind}"))
        else {
            continue;
        };
        for (name, component) in components {
            let owner = format!("{}{suffix}", variant_name(&capitalize(name)));
            let at = format!("/components/{kind}/{}", escape(name));
            extractor.stand_at(format!(
                "{} among the components (`{kind}`)",
                code_span(name)
            ));
            let lowered = match kind {
                "parameters" => lower_parameter(&mut extractor, &owner, component),
                "requestBodies" => lower_body(&mut extractor, &owner, component),
                _ => lower_schemas(&mut extractor, &owner, component),
            };
            found.extend(lowered.err().map(|diagnostic| diagnostic.at(at)));
        }
    }
    let paths = lowered.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        if extractor.is_exceeded() {
            break;
        }
        let below = lower_path(&mut extractor, item).into_iter();
        let at = format!("/paths/{}", escape(path));
        found.extend(below.map(|diagnostic| diagnostic.at(&at)));
    }
    let lowered = finish(lowered, extractor).map_err(Diagnostics::from);
    Diagnostics::both(Diagnostics::check(found), lowered).map(|(_, lowered)| lowered)
}

fn finish(mut lowered: Value, extractor: Extractor<'_>) -> Result<Value, Diagnostic> {
    let Some(document) = lowered.as_object_mut() else {
        return Err(Diagnostic::new("", "a document is a JSON object"));
    };
    let components = document
        .entry("components")
        .or_insert_with(|| json!({}))
        .as_object_mut()
        .ok_or_else(|| Diagnostic::new("/components", "this has to be a JSON object"))?;
    components.insert("schemas".to_owned(), Value::Object(extractor.finish()));
    Ok(lowered)
}

fn lower_path(extractor: &mut Extractor<'_>, item: &mut Value) -> Vec<Diagnostic> {
    let first = METHODS.iter().find_map(|method| {
        item.pointer(&format!("/{method}/operationId"))
            .and_then(Value::as_str)
            .map(capitalize)
    });
    let mut found = Vec::new();
    if let Some(Value::Array(parameters)) = item.get_mut("parameters") {
        found.extend(lower_parameters(
            extractor,
            &first.unwrap_or_default(),
            parameters,
        ));
    }
    for method in METHODS {
        let Some(operation) = item.get_mut(method) else {
            continue;
        };
        let below = lower_operation(extractor, operation).into_iter();
        found.extend(below.map(|diagnostic| diagnostic.at(format!("/{method}"))));
    }
    found
}

fn lower_operation(extractor: &mut Extractor<'_>, operation: &mut Value) -> Vec<Diagnostic> {
    let id = operation
        .get("operationId")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let name = variant_name(&capitalize(&id));
    let mut found = Vec::new();
    if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
        found.extend(lower_parameters(extractor, &name, parameters));
    }
    if let Some(body) = operation.get_mut("requestBody") {
        extractor.stand_at(format!("request body of {}", code_span(&id)));
        let lowered = lower_body(extractor, &format!("{name}Request"), body);
        found.extend(lowered.err().map(|it| it.at("/requestBody")));
    }
    let responses = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut);
    let mut first: Option<Value> = None;
    for (status, response) in responses.into_iter().flatten() {
        if !status.starts_with('2') && status != "default" {
            forget_inline(response);
            continue;
        }
        // If the responses of one operation differ, their types are named after the meaning of the status.
        let content = response.get("content").cloned();
        let owner = match first.is_none() || first == content {
            true => format!("{name}Response"),
            false => format!("{name}{}Response", meaning(status)),
        };
        first = first.or(content);
        extractor.stand_at(format!("response {status} of {}", code_span(&id)));
        let lowered = lower_schemas(extractor, &owner, response);
        found.extend(
            lowered
                .err()
                .map(|it| it.at(format!("/responses/{status}"))),
        );
    }
    found
}

/// Errors share one type of the client: what one of them describes inline is not made a type.
fn forget_inline(response: &mut Value) {
    let Some(Value::Object(content)) = response.get_mut("content") else {
        return;
    };
    for (_, body) in content {
        if let Some(schema) = body.get_mut("schema")
            && schema.get("$ref").is_none()
        {
            *schema = json!({});
        }
    }
}

fn meaning(status: &str) -> String {
    match status {
        "201" => "Created".to_owned(),
        "202" => "Accepted".to_owned(),
        "203" => "NonAuthoritative".to_owned(),
        "206" => "Partial".to_owned(),
        "207" => "MultiStatus".to_owned(),
        other => variant_name(other),
    }
}

fn lower_parameters(
    extractor: &mut Extractor<'_>,
    owner: &str,
    parameters: &mut [Value],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for parameter in parameters {
        let name = parameter
            .get("name")
            .and_then(Value::as_str)
            .map(capitalize)
            .unwrap_or_default();
        extractor.stand_at(format!(
            "parameter of [`builder::{owner}`](super::builder::{owner})"
        ));
        let name = format!("{owner}{}", variant_name(&name));
        found.extend(lower_parameter(extractor, &name, parameter).err());
    }
    found
}

/// The schema of a parameter: what is described by a media type is JSON, other values are text.
fn lower_parameter(
    extractor: &mut Extractor<'_>,
    owner: &str,
    parameter: &mut Value,
) -> Result<(), Diagnostic> {
    if let Some(schema) = parameter.get_mut("schema") {
        *schema = extractor.text_leaf(owner, schema)?;
        return Ok(());
    }
    lower_schemas(extractor, owner, parameter)
}

/// The schema of a request body, of the one media type that is sent. What is no type of the client
/// keeps only what the client says of it.
fn lower_body(
    extractor: &mut Extractor<'_>,
    owner: &str,
    body: &mut Value,
) -> Result<(), Diagnostic> {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    let chosen = content.and_then(|content| {
        let (choice, name) = choose(content)?;
        let name = name.to_owned();
        content.retain(|other, _| *other == name);
        Some((choice, content.get_mut(&name)?))
    });
    let Some((choice, media)) = chosen else {
        return Ok(());
    };
    let Some(schema) = media.get_mut("schema") else {
        return Ok(());
    };
    *schema = match choice {
        Choice::Json | Choice::OtherJson | Choice::Form => extractor.leaf(owner, schema)?,
        Choice::Text | Choice::AnyText | Choice::Multipart => extractor.resolved(schema)?,
        Choice::Bytes | Choice::AnyBytes => json!({}),
    };
    Ok(())
}

/// The schema of each media type of a parameter or response.
fn lower_schemas(
    extractor: &mut Extractor<'_>,
    owner: &str,
    node: &mut Value,
) -> Result<(), Diagnostic> {
    let Some(Value::Object(content)) = node.get_mut("content") else {
        return Ok(());
    };
    for (media_type, body) in content {
        let owner = match media_type.as_str() {
            "text/event-stream" => owner.replace("Response", "Event"),
            _ => owner.to_owned(),
        };
        if let Some(schema) = body.get_mut("schema") {
            *schema = extractor.leaf(&owner, schema)?;
        }
    }
    Ok(())
}
