//! Rust names for the names of an OpenAPI document.
//!
//! Every name is made of the same words, so that one concept has one spelling: the component
//! `OpenAPISpec` is the type `OpenApiSpec`, and its inline types, variants, builders and fields
//! spell it the same way. An acronym is one word, as the Rust API guidelines ask (C-CASE).

/// Returns the type for a component, an operation or an inline schema.
///
/// The name of a name is the name itself, so it does no harm to apply this to a part and again to
/// the whole.
pub fn type_name(name: &str) -> String {
    variant_name(name)
}

/// Returns the variant for an enum value, a constant or a property: `space:views:read` is
/// `SpaceViewsRead`.
pub fn variant_name(value: &str) -> String {
    let spelled: String = value.chars().map(spell).collect();
    // Single letters that come to stand side by side read as an acronym the second time.
    let name = camel_case(&camel_case(&spelled));
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_numeric() => format!("N{name}"),
        Some(_) if name == "Self" => "Self_".to_owned(),
        Some(_) => name,
    }
}

/// Returns the field, method or argument for a property or parameter, with `_` behind Rust's own
/// words.
pub fn field_name(name: &str) -> String {
    let snake = snake_case(name);
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

/// Returns the words of a name in lower case, with underscores between them.
pub fn snake_case(name: &str) -> String {
    let words = words(name).into_iter().map(|word| word.to_lowercase());
    words.collect::<Vec<_>>().join("_")
}

fn camel_case(name: &str) -> String {
    let words = words(name).into_iter();
    words.map(|word| capitalize(&word.to_lowercase())).collect()
}

/// Splits a name into words: `GitHubURLs` is `Git`, `Hub` and `URLs`, `S3Bucket` is `S3` and
/// `Bucket`.
///
/// A word ends before anything that is neither a letter nor a digit, before a capital after a small
/// letter or a digit, and before a capital that a small letter follows.
fn words(name: &str) -> Vec<&str> {
    let parts = name.split(|c: char| !c.is_alphanumeric());
    parts.flat_map(words_of_part).collect()
}

fn words_of_part(part: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = part.char_indices().collect();
    let is_upper = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_uppercase());
    let is_lower = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_lowercase());
    // The `s` of `URLs` belongs to the acronym.
    let is_plural = |at: usize| {
        chars.get(at).is_some_and(|(_, c)| *c == 's')
            && !chars
                .get(at + 1)
                .is_some_and(|(_, c)| c.is_alphanumeric() && !c.is_uppercase())
    };
    let mut words = Vec::new();
    let mut start = 0;
    for at in 1..chars.len() {
        let begins = match is_upper(at - 1) {
            true => is_lower(at + 1) && !is_plural(at + 1),
            false => true,
        };
        if is_upper(at) && begins {
            words.push(&part[start..chars[at].0]);
            start = chars[at].0;
        }
    }
    words.push(&part[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the variant for a response with this status: its reason phrase.
pub fn status_name(status: Option<u16>) -> String {
    match status {
        Some(200) => "Ok".to_owned(),
        Some(201) => "Created".to_owned(),
        Some(202) => "Accepted".to_owned(),
        Some(204) => "NoContent".to_owned(),
        Some(205) => "ResetContent".to_owned(),
        Some(206) => "PartialContent".to_owned(),
        Some(status) => format!("Status{status}"),
        None => "Other".to_owned(),
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
    fn acronyms_are_words_in_types() {
        for (name, expected) in [
            ("DocumentBlockOpenAPI", "DocumentBlockOpenApi"),
            ("OpenAPISpec", "OpenApiSpec"),
            ("APITemporaryToken", "ApiTemporaryToken"),
            ("JSONDocument", "JsonDocument"),
            ("URL", "Url"),
            ("SAMLProviderEntityID", "SamlProviderEntityId"),
            ("VisitorAuthBackendOAuth", "VisitorAuthBackendOAuth"),
            ("OAuth2Client", "OAuth2Client"),
            ("GitHubURLs", "GitHubUrls"),
            ("IDs", "Ids"),
            ("IDsOfGitLab", "IdsOfGitLab"),
            ("ContentKitHStack", "ContentKitHStack"),
            ("S3Bucket", "S3Bucket"),
            ("SHA256", "Sha256"),
            ("LocalizedString128", "LocalizedString128"),
            ("Space", "Space"),
            ("space-id", "SpaceId"),
            ("integrationSearchQuery", "IntegrationSearchQuery"),
            ("2fa", "N2fa"),
        ] {
            assert_eq!(type_name(name), expected);
        }
    }

    #[test]
    fn the_name_of_a_name_is_itself() {
        for name in [
            "OpenAPISpec",
            "IDs",
            "a-b-c",
            "a-b-cd",
            "x-y",
            "aOAuth",
            "A2B",
            "2FA",
            "a-bs",
            "XMLHTTPRequest",
            "iOS",
            "self",
            "",
            "8K",
        ] {
            let once = type_name(name);
            assert_eq!(type_name(&once), once, "{name}");
        }
    }

    #[test]
    fn values_become_variants() {
        for (value, expected) in [
            ("space:views:read", "SpaceViewsRead"),
            ("heading-1", "Heading1"),
            ("fullWidth", "FullWidth"),
            ("READ_ONLY", "ReadOnly"),
            ("GET", "Get"),
            ("", "Empty"),
            ("self", "Self_"),
            ("+1", "Plus1"),
            ("zh-CN", "ZhCn"),
            ("2025", "N2025"),
        ] {
            assert_eq!(variant_name(value), expected, "{value}");
        }
    }

    #[test]
    fn properties_become_fields() {
        for (name, expected) in [
            ("fallbackURL", "fallback_url"),
            ("visitorIDs", "visitor_ids"),
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
