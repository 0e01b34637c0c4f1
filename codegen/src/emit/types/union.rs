//! Unions.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{WITHOUT_IMPLS, check::Checks, conversions, doc::Docs, getters, line, paragraph};
use crate::assertion::code;
use crate::lower::{JsonType, Signature, discriminator};
use crate::markdown::code_span;
use crate::model::{Conversions, Getters, Item, Type, Union};
use crate::text::visible;

/// Writes a union and the signatures by which a variant is selected.
pub(super) fn write<'a>(
    source: &mut String,
    item: &'a Item,
    union: &'a Union,
    checks: &Checks,
    conversions: &Conversions<'a>,
    getters: &Getters<'a>,
    docs: &Docs<'_>,
) {
    let name = &item.name;
    let before = source.len();
    docs.write(source, item, &[]);
    if let Some(made_of) = made_of(union, &conversions.declared(item)) {
        if source.len() > before {
            line(source, 0, "///");
        }
        paragraph(source, 0, &made_of);
    }
    line(source, 0, WITHOUT_IMPLS);
    super::structure::attributes(source, item, "Clone, Debug, PartialEq");
    line(source, 0, &format!("pub enum {name} {{"));
    let by = discriminating(union);
    for ((variant, ty), signatures) in union.variants.iter().zip(&union.signatures) {
        if let Some(about) = about(&by, signatures) {
            paragraph(source, 1, &visible(&about));
        }
        line(source, 1, &format!("{variant}({ty}),"));
    }
    line(
        source,
        1,
        "/// A value unknown to this version of the crate, kept verbatim.",
    );
    line(source, 1, "Unknown(serde_json::Value),");
    line(source, 0, "}");
    line(source, 0, &format!("json_union!({} {{", item.name));
    write_variants(source, union);
    if item.used_in_requests {
        for row in checked(item, union, checks) {
            line(source, 1, &row);
        }
    }
    if checks.is_flattened(name) {
        let variants = union.variants.iter().map(|(variant, _)| variant.as_str());
        let row = format!("flattened {};", variants.collect::<Vec<_>>().join(" "));
        line(source, 1, &row);
    }
    line(source, 0, "});");
    conversions::write_union(source, name, union, &conversions.of_union(name, union));
    source.push('\n');
    getters::write(source, name, union, &getters.of(union));
}

/// Returns the type of a conversion with a link to its documentation.
fn named(ty: &str) -> String {
    match ty {
        "str" => "text".to_owned(),
        ty if ty.starts_with(char::is_lowercase) => code_span(&ty.replace("crate::", "")),
        ty => match ty.strip_prefix("Vec<").and_then(|ty| ty.strip_suffix('>')) {
            Some(item) => format!("a list of {}", named(item)),
            None => format!("[`{ty}`]"),
        },
    }
}

/// Returns the sentence about the implementations of `From`.
fn made_of(union: &Union, types: &[String]) -> Option<String> {
    let held = union.variants.iter().map(|(_, ty)| match ty {
        Type::String => "str".to_owned(),
        Type::Boxed(name) => name.clone(),
        other => other.to_string(),
    });
    let held: BTreeSet<String> = held.collect();
    let are_all = held.len() > 1 && held.iter().all(|ty| types.contains(ty));
    let others = types.iter().filter(|ty| !are_all || !held.contains(*ty));
    let all = are_all.then(|| "the types of its variants".to_owned());
    let mut types: Vec<String> = all.into_iter().chain(others.map(|ty| named(ty))).collect();
    let last = types.pop()?;
    let others = types.join(", ");
    let separator = if types.is_empty() { "" } else { " and " };
    Some(format!("Implements `From` for {others}{separator}{last}."))
}

/// Returns the rows that say which variants are validated.
fn checked(item: &Item, union: &Union, checks: &Checks) -> Vec<String> {
    let (mut inside, mut against, mut closed) = (String::new(), String::new(), String::new());
    for ((variant, ty), own) in union.variants.iter().zip(&union.assertions) {
        if checks.is_constrained(ty) {
            inside += &format!(" {variant}");
        }
        if !union.is_discriminated && checks.is_closed(ty) {
            closed += &format!(" {variant}");
        }
        let asked = checks.variant_assertions(item, ty, own);
        if !asked.is_empty() {
            against += &format!(" {variant}({})", code(&asked));
        }
    }
    if inside.is_empty() && against.is_empty() {
        return Vec::new();
    }
    let rows = [("inside", inside), ("against", against), ("closed", closed)];
    let rows = rows
        .into_iter()
        .filter(|(_, variants)| !variants.is_empty());
    rows.map(|(what, variants)| format!("{what}{variants};"))
        .collect()
}

/// Returns the values of the discriminating properties that select a variant, if there are any.
fn about(by: &[String], signatures: &[Signature]) -> Option<String> {
    let [signature] = signatures else {
        return None;
    };
    let conditions = by.iter().filter_map(|key| {
        let values = signature.allowed_values(key)?.iter();
        let mut values: Vec<String> = values.map(|value| code_span(&value.to_string())).collect();
        let last = values.pop()?;
        Some(match values.len() {
            0 => format!("{} is {last}", code_span(key)),
            1..=3 => format!("{} is {} or {last}", code_span(key), values.join(", ")),
            count => format!("{} is one of {} values", code_span(key), count + 1),
        })
    });
    let conditions: Vec<String> = conditions.collect();
    (!conditions.is_empty()).then(|| format!("Selected if {}.", conditions.join(" and ")))
}

fn write_variants(source: &mut String, union: &Union) {
    let discrimination = Discrimination {
        by: discriminating(union),
        is_sufficient: union.is_discriminated,
        strings: strings(union) > 1,
    };
    for (index, ((variant, _), signatures)) in
        union.variants.iter().zip(&union.signatures).enumerate()
    {
        let mut codes: Vec<String> = Vec::new();
        for signature in signatures {
            let code = signature_code(signature, &discrimination);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        line(
            source,
            1,
            &format!("{index} {variant} {};", codes.join(" || ")),
        );
    }
}

/// The discrimination of the variants.
struct Discrimination {
    /// The properties whose values discriminate variants.
    by: Vec<String>,
    /// Set if these values are sufficient.
    is_sufficient: bool,
    /// Set if several variants are strings.
    strings: bool,
}

/// Returns the number of variants that can be a string.
fn strings(union: &Union) -> usize {
    let is_string = |signature: &Signature| signature.json == JsonType::String;
    let is_string = |signatures: &&Vec<Signature>| signatures.iter().any(is_string);
    union.signatures.iter().filter(is_string).count()
}

/// Returns the properties whose values discriminate the variants: the one that discriminates all of
/// them, or else those whose values are disjoint, or whose patterns differ, in some pair of variants.
fn discriminating(union: &Union) -> Vec<String> {
    if let Some(key) = discriminator(&union.signatures) {
        return vec![key];
    }
    let mut keys: Vec<String> = Vec::new();
    for (index, one) in union.signatures.iter().enumerate() {
        let others = union.signatures[index + 1..].iter().flatten();
        for (a, b) in others.flat_map(|b| one.iter().map(move |a| (a, b))) {
            for key in a.required.iter().filter(|_| union.is_discriminated) {
                if a.is_discriminated_by(b, key) && !keys.contains(key) {
                    keys.push(key.clone());
                }
            }
            for (key, values) in &a.allowed_values {
                let apart = |other: &[Value]| other.iter().all(|value| !values.contains(value));
                if b.allowed_values(key).is_some_and(apart) && !keys.contains(key) {
                    keys.push(key.clone());
                }
            }
            for (key, pattern) in &a.patterns {
                let is_apart =
                    b.allowed_values(key).is_some() || b.pattern_of(key) != Some(pattern);
                if is_apart && !keys.contains(key) {
                    keys.push(key.clone());
                }
            }
        }
    }
    keys
}

fn signature_code(signature: &Signature, discrimination: &Discrimination) -> String {
    let mut code = json(signature).to_owned();
    if discrimination.strings && signature.json == JsonType::String {
        let allowed = allowed(&signature.values, signature.pattern.as_deref());
        if signature.values.is_empty() {
            code.push_str(&allowed)
        } else {
            code.push_str(&format!(" [{allowed}]"))
        }
    }
    let is_constant = |name: &str| {
        signature
            .allowed_values(name)
            .is_some_and(|values| values.len() == 1)
    };
    let names = signature.property_names().filter(|name| {
        discrimination.by.iter().any(|key| key == name)
            || (!discrimination.is_sufficient && is_constant(name))
    });
    let properties: Vec<String> = names
        .filter_map(
            |key| match (signature.allowed_values(key), signature.pattern_of(key)) {
                (None, None) => None,
                (values, pattern) => {
                    let allowed = allowed(values.unwrap_or_default(), pattern);
                    Some(format!("{key:?}: {}", allowed.trim_start()))
                }
            },
        )
        .collect();
    if !properties.is_empty() {
        code.push_str(&format!(" {{ {} }}", properties.join(", ")));
    }
    // A signature that allows any value of a discriminator requires the property.
    let is_open = |name: &&String| {
        let is_restricted =
            signature.allowed_values(name).is_some() || signature.pattern_of(name).is_some();
        discrimination.by.contains(name) && !is_restricted
    };
    let required = signature.required.iter();
    let required: Vec<String> = if discrimination.is_sufficient {
        required
            .filter(is_open)
            .map(|name| format!("{name:?}"))
            .collect()
    } else {
        required.map(|name| format!("{name:?}")).collect()
    };
    if !required.is_empty() {
        code.push_str(&format!(" requires {}", required.join(" ")));
    }
    if !discrimination.is_sufficient && !signature.properties.is_empty() {
        let properties = signature.properties.iter();
        let properties: Vec<String> = properties
            .map(|(name, types)| format!("{name:?}: {types}"))
            .collect();
        code.push_str(&format!(" has {}", properties.join(", ")));
    }
    code
}

/// Returns the allowed values, or else the pattern that they must match.
fn allowed(values: &[Value], pattern: Option<&str>) -> String {
    let value = |value: &Value| match value {
        Value::String(text) => format!("{text:?}"),
        Value::Bool(value) => format!("boolean {value}"),
        other => format!("integer {other}"),
    };
    match (values, pattern) {
        ([], Some(pattern)) => format!(" ~ {pattern:?}"),
        (values, _) => values.iter().map(value).collect::<Vec<_>>().join(" | "),
    }
}

fn json(signature: &Signature) -> &'static str {
    match signature.json {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object if signature.is_open => "open",
        JsonType::Object => "object",
        JsonType::Any => "any",
    }
}
