//! Rust names for the names of an OpenAPI document.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The type for a component: the component's own name wherever that is a Rust type name.
pub fn type_name(name: &str) -> String {
    let usable = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    match usable {
        true => name.to_owned(),
        false => variant_name(name),
    }
}

/// The variant for an enum value, a tag or a property: `space:views:read` is `SpaceViewsRead`.
pub fn variant_name(value: &str) -> String {
    let spelled: String = value.chars().map(spell).collect();
    let mut name = String::new();
    for part in spelled
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
    {
        name.push_str(&capitalize(part));
    }
    if name.chars().any(|c| c.is_lowercase()) || name.len() < 2 {
        // Words are already apart; a value in capitals (`READ_ONLY`) is put in camel case below.
    } else if name.chars().all(|c| c.is_uppercase() || c.is_numeric()) {
        name = spelled.to_lowercase().to_upper_camel_case();
    }
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_numeric() => format!("N{name}"),
        Some(_) if name == "Self" => "Self_".to_owned(),
        Some(_) => name,
    }
}

/// The field, method or argument for a property or parameter, with `_` behind Rust's own words.
pub fn field_name(name: &str) -> String {
    let snake = name.to_snake_case();
    let snake = match snake.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_numeric() => format!("n{snake}"),
        Some(_) => snake,
    };
    match syn::parse_str::<syn::Ident>(&snake) {
        Ok(_) => snake,
        Err(_) => format!("{snake}_"),
    }
}

/// What one element of a property is called: `nodes` holds a `Node`, `entries` an `Entry`.
pub fn singular(name: &str) -> String {
    let name = capitalize(name);
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("uses", "us"),
    ];
    for (plural, singular) in endings {
        if let Some(stem) = name.strip_suffix(plural) {
            return format!("{stem}{singular}");
        }
    }
    match name.strip_suffix('s') {
        Some(stem) if !stem.is_empty() && !stem.ends_with('s') => stem.to_owned(),
        _ => format!("{name}Item"),
    }
}

/// `spaceId` as the part of a type name: `SpaceId`.
pub fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Signs that carry meaning in a value (`-createdAt`, `+1`) become words; the others only separate.
fn spell(c: char) -> String {
    match c {
        '+' => " Plus ".to_owned(),
        '*' => " All ".to_owned(),
        '<' => " Less ".to_owned(),
        '>' => " Greater ".to_owned(),
        '=' => " Equal ".to_owned(),
        '!' => " Not ".to_owned(),
        '%' => " Percent ".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_keep_the_name_of_their_component() {
        for (name, expected) in [
            ("DocumentBlockOpenAPI", "DocumentBlockOpenAPI"),
            ("space-id", "SpaceId"),
            ("integrationSearchQuery", "IntegrationSearchQuery"),
            ("2fa", "N2fa"),
        ] {
            assert_eq!(type_name(name), expected);
        }
    }

    #[test]
    fn values_become_variants() {
        for (value, expected) in [
            ("space:views:read", "SpaceViewsRead"),
            ("heading-1", "Heading1"),
            ("fullWidth", "FullWidth"),
            ("READ_ONLY", "ReadOnly"),
            ("", "Empty"),
            ("self", "Self_"),
            ("+1", "Plus1"),
            ("zh-CN", "ZhCN"),
            ("2025", "N2025"),
        ] {
            assert_eq!(variant_name(value), expected, "{value}");
        }
    }

    #[test]
    fn properties_become_fields() {
        for (name, expected) in [
            ("fallbackURL", "fallback_url"),
            ("type", "type_"),
            ("$schema", "schema"),
            ("self", "self_"),
            ("2x", "n2x"),
        ] {
            assert_eq!(field_name(name), expected);
        }
    }

    #[test]
    fn one_element_is_named_in_the_singular() {
        for (name, expected) in [
            ("nodes", "Node"),
            ("entries", "Entry"),
            ("addresses", "Address"),
            ("children", "ChildrenItem"),
            ("access", "AccessItem"),
        ] {
            assert_eq!(singular(name), expected);
        }
    }
}
