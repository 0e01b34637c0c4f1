//! The common type of the members of a union, and their names.

use serde_json::{Value, json};

use super::schemas::Schemas;
use super::signatures::{self, JsonType, Signature};
use crate::assertion::{Assertion, strictest};
use crate::document::{Diagnostic, schema_name};
use crate::names::variant_name;
use crate::syntax::Schema;

/// The number of words of a title that is a name. A longer one is a sentence.
const MAX_TITLE: usize = 4;

/// Collapses a union of nothing but strings into the schema of a string: an enum of all
/// values if every member lists its values, or any string if none does, or if those that do only
/// name an exception. `None` if the members are to be discriminated.
pub(super) fn all_strings(
    schemas: &mut Schemas<'_>,
    union: &Schema,
) -> Result<Option<Schema>, Diagnostic> {
    let mut all: Vec<Signature> = Vec::new();
    for member in union.members() {
        all.extend(schemas.signatures(member)?);
    }
    if all
        .iter()
        .any(|signature| signature.json != JsonType::String)
    {
        return Ok(None);
    }
    let mut values: Vec<Value> = Vec::new();
    for value in all.iter().flat_map(|signature| &signature.values) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    let is_listed = |signature: &Signature| !signature.values.is_empty();
    Ok(match all.iter().all(is_listed) {
        true => Some(Schema {
            combined_from: enums(schemas, union)?,
            ..Schema::text(Some(values))
        }),
        false if values.len() <= 1 => Some(either(schemas, union)?),
        false => None,
    })
}

/// Collapses into the schema of text a union of booleans and of strings that are
/// listed; `None` for every other schema.
pub(super) fn as_string_enum(
    schemas: &mut Schemas<'_>,
    union: &Schema,
) -> Result<Option<Schema>, Diagnostic> {
    let mut values: Vec<Value> = Vec::new();
    let (mut has_boolean, mut has_text) = (false, false);
    for member in union.members() {
        for signature in schemas.signatures(member)? {
            let texts: Vec<Value> = match signature.json {
                JsonType::Boolean => vec![json!("true"), json!("false")],
                JsonType::String if !signature.values.is_empty() => signature.values.clone(),
                _ => return Ok(None),
            };
            has_boolean |= signature.json == JsonType::Boolean;
            has_text |= signature.json == JsonType::String;
            for text in texts {
                if !values.contains(&text) {
                    values.push(text);
                }
            }
        }
    }
    let is_mixed = has_boolean && has_text;
    Ok(is_mixed.then(|| Schema::text(Some(values))))
}

/// Returns the components among the members of a union of enums.
fn enums(schemas: &mut Schemas<'_>, union: &Schema) -> Result<Vec<String>, Diagnostic> {
    let mut enums = Vec::new();
    for member in union.members() {
        let merged = schemas.merged(member)?;
        let name = merged.reference.as_deref().and_then(schema_name);
        enums.extend(name.map(|name| schemas.source().key(&name).to_owned()));
    }
    Ok(enums)
}

/// Returns the schema of text that satisfies one of the members of a union, of which at most one
/// lists a value.
fn either(schemas: &mut Schemas<'_>, union: &Schema) -> Result<Schema, Diagnostic> {
    let mut text = Schema::text(None);
    let mut alternatives: Vec<Vec<Assertion>> = Vec::new();
    let mut listed: Option<String> = None;
    for member in union.members() {
        let member = schemas.merged(member)?;
        let merged = schemas.merged(schemas.source().resolve(&member)?)?;
        if !merged.members().is_empty() {
            return Ok(text);
        }
        if let Some(values) = &merged.values {
            listed = values.iter().find_map(Value::as_str).map(str::to_owned);
            continue;
        }
        let mut asked = merged.assertions.clone();
        asked.retain(|assertion| assertion.concerns("string"));
        if asked.is_empty() {
            return Ok(text);
        }
        alternatives.push(strictest(asked));
    }
    // A listed value may get others beside it, which must not be refused for what this one is not.
    if let Some(listed) = listed
        && !alternatives.iter().any(|asked| has_length(asked, &listed))
    {
        return Ok(text);
    }
    text.assertions = match alternatives.as_slice() {
        [asked] => asked.clone(),
        _ => vec![Assertion::AnyOf(alternatives)],
    };
    Ok(text)
}

/// Returns whether an alternative asks for nothing but a length that `text` has.
fn has_length(asked: &[Assertion], text: &str) -> bool {
    let length = text.chars().count() as u64;
    asked.iter().all(|asked| match asked {
        Assertion::MinLength(least) => length >= *least,
        Assertion::MaxLength(most) => length <= *most,
        _ => false,
    })
}

/// Returns the discriminator of a union, if one property discriminates all members.
pub(super) fn discriminator(
    schemas: &mut Schemas<'_>,
    union: &Schema,
) -> Result<Option<String>, Diagnostic> {
    let merged = schemas.merged(schemas.source().resolve(union)?)?;
    let members = schemas.member_signatures(&merged)?;
    Ok(signatures::discriminator(&members))
}

/// Returns a name for each member of a union, which has these signatures: the value of its
/// discriminator, its component's name, its JSON type, or what only it has.
pub(super) fn variant_names(
    schemas: &mut Schemas<'_>,
    union: &str,
    members: &[&Schema],
    signatures: &[Vec<Signature>],
) -> Result<Vec<String>, Diagnostic> {
    let prefix = common_prefix(members);
    let mut names: Vec<String> = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let component = component(schemas, member)?;
        let candidates = [
            discriminator_value(signatures, index),
            component
                .as_deref()
                .map(|name| without_prefix(name, union, &prefix)),
            component.clone(),
            member.title.as_deref().and_then(title),
            string_name(signatures, index),
            json_type(member, signatures, index),
            constants(&signatures[index]),
            unique_property(signatures, index),
            component
                .is_none()
                .then(|| all_properties(&signatures[index])),
        ];
        let free = candidates
            .into_iter()
            .flatten()
            .find(|name| !names.contains(name));
        names.push(match free {
            Some(name) => name,
            // Nothing but its place sets this member apart.
            None => (2..)
                .map(|n| format!("Variant{n}"))
                .find(|n| !names.contains(n))
                .unwrap_or_default(),
        });
    }
    Ok(names)
}

/// Returns a title as a variant, unless it is a sentence.
fn title(title: &str) -> Option<String> {
    let is_name = title.split_whitespace().count() <= MAX_TITLE;
    is_name.then(|| variant_name(title))
}

/// Returns the name of the component that a member refers to, as a variant.
fn component(schemas: &mut Schemas<'_>, member: &Schema) -> Result<Option<String>, Diagnostic> {
    let merged = schemas.merged(member)?;
    let name = merged.reference.as_deref().and_then(schema_name);
    Ok(name.map(|name| variant_name(schemas.source().key(&name))))
}

/// Returns the value of a discriminator: a property that every member has, with one value of its
/// own.
fn discriminator_value(signatures: &[Vec<Signature>], index: usize) -> Option<String> {
    let single = |signatures: &[Signature], key: &str| -> Option<Value> {
        let mut values = signatures
            .iter()
            .map(|signature| signature.allowed_values(key));
        let [first] = values.next()?? else {
            return None;
        };
        values
            .all(|other| other == Some(std::slice::from_ref(first)))
            .then(|| first.clone())
    };
    let listed = &signatures[index].first()?.allowed_values;
    let (types, others): (Vec<_>, Vec<_>) = listed.iter().partition(|(key, _)| key == "type");
    types.into_iter().chain(others).find_map(|(key, _)| {
        let values: Vec<Option<Value>> = signatures
            .iter()
            .map(|signatures| single(signatures, key))
            .collect();
        let mine = values[index].as_ref()?;
        // Members without a value of their own for it go by their other names.
        let others = values
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        let unique = others
            .clone()
            .all(|(_, value)| value.as_ref() != Some(mine));
        let shared = signatures.iter().all(|signatures| {
            signatures
                .iter()
                .all(|signature| signature.property_names().any(|known| known == key))
        });
        let text = mine.as_str().map(str::to_owned).or_else(|| {
            mine.as_bool().map(|flag| {
                if flag {
                    key.clone()
                } else {
                    format!("not {key}")
                }
            })
        })?;
        (unique && shared).then(|| variant_name(&text))
    })
}

/// Returns the constant properties of a member together, where no single one is its own.
fn constants(signatures: &[Signature]) -> Option<String> {
    let [signature] = signatures else { return None };
    let names: String = signature
        .allowed_values
        .iter()
        .filter_map(|(_, values)| match values.as_slice() {
            [Value::String(value)] => Some(variant_name(value)),
            _ => None,
        })
        .collect();
    (!names.is_empty()).then_some(names)
}

/// Returns what the types of the components among the members all begin with, up to a capital
/// letter.
fn common_prefix(members: &[&Schema]) -> String {
    let names: Vec<String> = members
        .iter()
        .filter_map(|member| schema_name(member.reference.as_deref()?))
        .map(|name| variant_name(&name))
        .collect();
    let [first, rest @ ..] = names.as_slice() else {
        return String::new();
    };
    if rest.is_empty() {
        return String::new();
    }
    let shared = first
        .char_indices()
        .take_while(|(at, c)| rest.iter().all(|name| name[*at..].starts_with(*c)))
        .map(|(at, c)| at + c.len_utf8())
        .last()
        .unwrap_or(0);
    // A member named like the beginning of the others would lose its name.
    if names.iter().any(|name| name.len() == shared) {
        return String::new();
    }
    let is_word_start = |at: usize| {
        names
            .iter()
            .all(|name| name[at..].starts_with(|c: char| c.is_uppercase()))
    };
    (0..=shared)
        .rev()
        .find(|at| is_word_start(*at))
        .map_or(String::new(), |at| first[..at].to_owned())
}

fn without_prefix(name: &str, union: &str, prefix: &str) -> String {
    let short = name
        .strip_prefix(union)
        .or_else(|| name.strip_prefix(prefix).filter(|_| !prefix.is_empty()))
        .filter(|short| short.starts_with(|c: char| c.is_uppercase()));
    short.unwrap_or(name).to_owned()
}

/// Returns what the values or the pattern of one of several string members begin with, up to the
/// end of a word.
fn string_name(signatures: &[Vec<Signature>], index: usize) -> Option<String> {
    let strings = signatures.iter().flatten();
    let [signature] = signatures[index].as_slice() else {
        return None;
    };
    if signature.json != JsonType::String
        || strings
            .filter(|signature| signature.json == JsonType::String)
            .count()
            < 2
    {
        return None;
    }
    let values: Vec<&str> = signature.values.iter().filter_map(Value::as_str).collect();
    if let [only] = values.as_slice() {
        return Some(variant_name(only));
    }
    let literal = signature.pattern.as_deref().and_then(|pattern| {
        let literal = pattern.strip_prefix('^')?;
        let is_literal = |c: &char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '/');
        let end = literal
            .chars()
            .take_while(is_literal)
            .map(char::len_utf8)
            .sum();
        literal.get(..end)
    });
    let common = match (literal, values.split_first()) {
        (Some(literal), _) => literal.to_owned(),
        (None, Some((first, rest))) => first
            .char_indices()
            .take_while(|(at, c)| rest.iter().all(|value| value[*at..].starts_with(*c)))
            .map(|(_, c)| c)
            .collect(),
        (None, None) => return None,
    };
    let word = common
        .trim_end_matches(char::is_alphanumeric)
        .trim_matches(|c: char| !c.is_alphanumeric());
    match (word.is_empty(), values.is_empty()) {
        (false, _) => Some(variant_name(word)),
        (true, false) => Some("Known".to_owned()),
        (true, true) => None,
    }
}

fn json_type(member: &Schema, signatures: &[Vec<Signature>], index: usize) -> Option<String> {
    let [Signature { json, .. }] = signatures[index].as_slice() else {
        return None;
    };
    let name = match json {
        JsonType::Boolean => "Boolean",
        JsonType::Integer => "Integer",
        JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "List",
        JsonType::Object
            if signatures
                .iter()
                .flatten()
                .filter(|signature| signature.json == *json)
                .count()
                == 1 =>
        {
            "Object"
        }
        JsonType::Object => return None,
        JsonType::Any => "Any",
    };
    let map = *json == JsonType::Object && member.properties.is_none();
    Some(if map {
        "Map".to_owned()
    } else {
        name.to_owned()
    })
}

/// Returns the properties that only this member requires, or has.
fn unique_property(signatures: &[Vec<Signature>], index: usize) -> Option<String> {
    let mine = signatures[index].first()?;
    let others = || {
        signatures
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .flat_map(|(_, r)| r)
    };
    let required = mine
        .required
        .iter()
        .find(|name| others().all(|signature| !signature.required.contains(name)));
    let known = mine.property_names().find(|name| {
        others().all(|signature| signature.property_names().all(|other| other != *name))
    });
    required.map(String::as_str).or(known).map(variant_name)
}

fn all_properties(signatures: &[Signature]) -> String {
    let Some(signature) = signatures.first() else {
        return "Empty".to_owned();
    };
    if signature.properties.is_empty() {
        "Empty".to_owned()
    } else {
        signature.property_names().map(variant_name).collect()
    }
}
