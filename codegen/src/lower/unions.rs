//! What the members of a union have in common, and what each is called.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::schema::Schema;
use super::schemas::Schemas;
use super::signatures::{self, JsonType, Row};
use crate::assertion::{Assertion, strictest};
use crate::document::{Diagnostic, schema_name};
use crate::names::variant_name;

/// The schema of a string that stands for a union of nothing but strings: an enum of all values if
/// every member lists its values, or any string if none does, or if those that do only name an
/// exception. `None` if the members are to be told apart.
pub fn all_strings(
    schemas: &mut Schemas<'_>,
    union: &Schema,
) -> Result<Option<Schema>, Diagnostic> {
    let mut all: Vec<Row> = Vec::new();
    for member in union.members() {
        all.extend(schemas.signatures(member)?);
    }
    if all.iter().any(|row| row.json != JsonType::String) {
        return Ok(None);
    }
    let mut values: Vec<Value> = Vec::new();
    for value in all.iter().flat_map(|row| &row.values) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    let is_listed = |row: &Row| !row.values.is_empty();
    Ok(match all.iter().all(is_listed) {
        true => Some(Schema {
            enums: enums(schemas, union)?,
            ..Schema::text(Some(values))
        }),
        false if values.len() <= 1 => Some(either(schemas, union)?),
        false => None,
    })
}

/// The schema of the text that stands for a union of booleans and of strings that are listed; `None`
/// for every other schema.
pub fn in_text(schemas: &mut Schemas<'_>, union: &Schema) -> Result<Option<Schema>, Diagnostic> {
    let mut values: Vec<Value> = Vec::new();
    let (mut has_boolean, mut has_text) = (false, false);
    for member in union.members() {
        for row in schemas.signatures(member)? {
            let texts: Vec<Value> = match row.json {
                JsonType::Boolean => vec![json!("true"), json!("false")],
                JsonType::String if !row.values.is_empty() => row.values.clone(),
                _ => return Ok(None),
            };
            has_boolean |= row.json == JsonType::Boolean;
            has_text |= row.json == JsonType::String;
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

/// The components among the members of a union of enums.
fn enums(schemas: &mut Schemas<'_>, union: &Schema) -> Result<Vec<String>, Diagnostic> {
    let mut enums = Vec::new();
    for member in union.members() {
        let merged = schemas.merged(member)?;
        let name = merged.reference.as_deref().and_then(schema_name);
        enums.extend(name.map(Cow::into_owned));
    }
    Ok(enums)
}

/// Text that satisfies one of the members of a union, of which at most one lists a value.
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

/// The property whose value tells the members of a union apart, if it is one property.
pub fn tag(schemas: &mut Schemas<'_>, union: &Schema) -> Result<Option<String>, Diagnostic> {
    let merged = schemas.merged(schemas.source().resolve(union)?)?;
    let members: Vec<Vec<Row>> = merged
        .members()
        .into_iter()
        .map(|member| schemas.signatures(member))
        .collect::<Result<_, _>>()?;
    Ok(signatures::tag(&members))
}

/// A name for each member of a union, which has these rows: its tag's value, its component's name, its
/// JSON type, or what only it has.
pub fn variant_names(
    schemas: &mut Schemas<'_>,
    union: &str,
    members: &[&Schema],
    rows: &[Vec<Row>],
) -> Result<Vec<String>, Diagnostic> {
    let prefix = common_prefix(members);
    let mut names: Vec<String> = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let component = component(schemas, member)?;
        let candidates = [
            tag_value(rows, index),
            component
                .as_deref()
                .map(|name| without_prefix(name, union, &prefix)),
            component.clone(),
            member.title.as_deref().map(variant_name),
            string_name(rows, index),
            json_type(member, rows, index),
            tag_values(&rows[index]),
            unique_property(rows, index),
            component.is_none().then(|| all_properties(&rows[index])),
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

/// Returns the name of the component that a member refers to, as a variant.
fn component(schemas: &mut Schemas<'_>, member: &Schema) -> Result<Option<String>, Diagnostic> {
    let merged = schemas.merged(member)?;
    let name = merged.reference.as_deref().and_then(schema_name);
    Ok(name.map(|name| variant_name(&name)))
}

/// The value of a tag that every member has, each with one value of its own.
fn tag_value(rows: &[Vec<Row>], index: usize) -> Option<String> {
    let single = |rows: &[Row], key: &str| -> Option<Value> {
        let mut values = rows.iter().map(|row| row.tag(key));
        let [first] = values.next()?? else {
            return None;
        };
        values
            .all(|other| other == Some(std::slice::from_ref(first)))
            .then(|| first.clone())
    };
    let tags = &rows[index].first()?.tags;
    let (types, others): (Vec<_>, Vec<_>) = tags.iter().partition(|(key, _)| key == "type");
    types.into_iter().chain(others).find_map(|(key, _)| {
        let values: Vec<Option<Value>> = rows.iter().map(|rows| single(rows, key)).collect();
        let mine = values[index].as_ref()?;
        // Members without a value of their own for the tag go by their other names.
        let others = values
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        let unique = others
            .clone()
            .all(|(_, value)| value.as_ref() != Some(mine));
        let shared = rows
            .iter()
            .all(|rows| rows.iter().all(|row| row.known().any(|known| known == key)));
        let text = mine.as_str().map(str::to_owned).or_else(|| {
            mine.as_bool().map(|flag| match flag {
                true => key.clone(),
                false => format!("not {key}"),
            })
        })?;
        (unique && shared).then(|| variant_name(&text))
    })
}

/// The tags of a member together, where no single one is its own.
fn tag_values(rows: &[Row]) -> Option<String> {
    let [row] = rows else { return None };
    let names: String = row
        .tags
        .iter()
        .filter_map(|(_, values)| match values.as_slice() {
            [Value::String(value)] => Some(variant_name(value)),
            _ => None,
        })
        .collect();
    (!names.is_empty()).then_some(names)
}

/// What the types of the components among the members all begin with, up to a capital letter.
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

/// What the values or the pattern of one of several string members begin with, up to the end of a
/// word.
fn string_name(rows: &[Vec<Row>], index: usize) -> Option<String> {
    let strings = rows.iter().flatten();
    let [row] = rows[index].as_slice() else {
        return None;
    };
    if row.json != JsonType::String
        || strings.filter(|row| row.json == JsonType::String).count() < 2
    {
        return None;
    }
    let values: Vec<&str> = row.values.iter().filter_map(Value::as_str).collect();
    if let [only] = values.as_slice() {
        return Some(variant_name(only));
    }
    let literal = row.pattern.as_deref().and_then(|pattern| {
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

fn json_type(member: &Schema, rows: &[Vec<Row>], index: usize) -> Option<String> {
    let [Row { json, .. }] = rows[index].as_slice() else {
        return None;
    };
    let name = match json {
        JsonType::Boolean => "Boolean",
        JsonType::Integer => "Integer",
        JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "List",
        JsonType::Object
            if rows
                .iter()
                .flatten()
                .filter(|row| row.json == *json)
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

/// The properties that only this member requires, or has.
fn unique_property(rows: &[Vec<Row>], index: usize) -> Option<String> {
    let mine = rows[index].first()?;
    let others = || {
        rows.iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .flat_map(|(_, r)| r)
    };
    let required = mine
        .required
        .iter()
        .find(|name| others().all(|row| !row.required.contains(name)));
    let known = mine
        .known()
        .find(|name| others().all(|row| row.known().all(|other| other != *name)));
    required.map(String::as_str).or(known).map(variant_name)
}

fn all_properties(rows: &[Row]) -> String {
    let Some(row) = rows.first() else {
        return "Empty".to_owned();
    };
    match row.properties.is_empty() {
        true => "Empty".to_owned(),
        false => row.known().map(variant_name).collect(),
    }
}
