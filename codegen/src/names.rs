//! Rust names for the names of an OpenAPI document.
//!
//! Every name is made of the same words, so that one concept has one spelling: the component
//! `OpenAPISpec` is the type `OpenApiSpec`, and its inline types, variants, builders and fields
//! spell it the same way. An acronym is one word, as the Rust API guidelines ask (C-CASE).
//!
//! The names that are taken are known here alone: those of the prelude, of methods that all clients and
//! builders have, and of keywords. Whoever gives names to several things side by side sees to it that
//! they differ (`spelling.rs`), or refuses the document.

use std::collections::HashSet;

/// The types and traits that code has without importing them (the prelude), and the type parameters of
/// the macros that are given types: a type with one of these names would be taken for it.
const TAKEN_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "D",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "N",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "S",
    "Send",
    "Sized",
    "String",
    "Sync",
    "T",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// The types that the module of the builders imports, besides those of the prelude.
const TAKEN_BUILDERS: &[&str] = &[
    "Call",
    "Client",
    "DecodeError",
    "Err",
    "Error",
    "EventStream",
    "EventStreamFuture",
    "FromResponse",
    "Integer",
    "Items",
    "NoContent",
    "Ok",
    "Page",
    "Pages",
    "RequestBuilder",
    "Response",
    "ResponseFuture",
];

/// The methods that the client has besides those of the operations, or that every type has.
const TAKEN_METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "builder",
    "call",
    "clone",
    "clone_into",
    "delete",
    "export_markdown",
    "from_env",
    "gen",
    "get",
    "import_files",
    "installation",
    "into",
    "new",
    "patch",
    "post",
    "put",
    "to_owned",
    "try_into",
    "type_id",
    "upload_file",
    "with_token",
    "with_token_provider",
];

/// The methods that every builder has besides the setters of its parameters, or that every type has.
const TAKEN_SETTERS: &[&str] = &[
    "body",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_into",
    "gen",
    "into",
    "into_call",
    "into_future",
    "items",
    "new",
    "pages",
    "send",
    "to_owned",
    "try_into",
    "type_id",
    "with_header",
    "with_retry",
    "with_timeout",
    "with_unknown_values",
];

/// The words that Rust reserves.
const KEYWORDS: &[&str] = &[
    "Self", "crate", "self", "super", "abstract", "as", "async", "await", "become", "box", "break",
    "const", "continue", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for",
    "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
    "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Returns the type for a component or an inline schema. One that would hide a type of the prelude
/// has `_` behind its name.
///
/// The name of a name is the name itself, so it does no harm to apply this twice.
pub fn type_name(name: &str) -> String {
    let name = variant_name(name);
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// Returns the method for an operation, in snake case. Where another method of the client has that
/// name, or its builder would hide another type, it ends in `_operation`.
pub fn method_name(id: &str) -> String {
    let name = ascii_snake_case(id);
    let builder = variant_name(&name);
    let hides = [TAKEN_TYPES, TAKEN_BUILDERS];
    let is_taken = TAKEN_METHODS.contains(&name.as_str())
        || hides.iter().any(|taken| taken.contains(&builder.as_str()));
    if is_taken {
        format!("{name}_operation")
    } else {
        name
    }
}

/// Returns the builder of an operation whose method has this name.
pub fn builder_name(method: &str) -> String {
    match method.split('_').map(capitalize).collect::<String>() {
        name if name == "Self" => "Self_".to_owned(),
        name => name,
    }
}

/// Returns the setter for a parameter, in snake case. Where another method of the builder has that
/// name, it ends in `_param`.
pub fn parameter_name(name: &str) -> String {
    let name = ascii_snake_case(name);
    if TAKEN_SETTERS.contains(&name.as_str()) {
        format!("{name}_param")
    } else {
        name
    }
}

/// Returns the setter of a property in a builder of a type; one named like a method that every type
/// has would hide it.
pub fn setter_name(field: &str) -> String {
    match field {
        "new" | "into" | "clone" | "check" | "to_json" | "unknown_fields"
        | "unknown_fields_mut" => format!("{field}_"),
        _ => field.to_owned(),
    }
}

/// Appends `_` until `name` is not in `taken`, and inserts it.
pub fn unique(mut name: String, taken: &mut HashSet<String>) -> String {
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

/// Returns a name in snake case that progenitor leaves as it is, but for an underscore after
/// keywords.
fn ascii_snake_case(name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let snake = snake_case(&ascii);
    match snake.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => snake,
        _ => format!("x_{snake}").trim_end_matches('_').to_owned(),
    }
}

/// Returns the variant for an enum value, a constant or a property: `space:views:read` is
/// `SpaceViewsRead`.
pub fn variant_name(value: &str) -> String {
    let spelled: String = value.chars().map(spell).collect();
    // Adjacent one-letter words form an acronym, so a second pass is needed for a fixed point.
    let name = camel_case(&camel_case(&spelled));
    match name.as_str() {
        "" => "Empty".to_owned(),
        "Self" => "Self_".to_owned(),
        _ if is_identifier(&name) => name,
        _ => format!("N{name}"),
    }
}

/// Returns the field, method or argument for a property or parameter, with `_` behind Rust's own
/// words.
pub fn field_name(name: &str) -> String {
    let snake = snake_case(name);
    let snake = match is_identifier(&format!("{snake}_")) {
        _ if snake.is_empty() => "empty".to_owned(),
        true => snake,
        false => format!("n{snake}"),
    };
    if is_identifier(&snake) {
        snake
    } else {
        format!("{snake}_")
    }
}

/// Returns whether Rust takes the text for an identifier, and not for a keyword.
fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && chars.all(unicode_ident::is_xid_continue)
        && text != "_"
        && !KEYWORDS.contains(&text)
}

/// Returns the words of a name in lower case, with underscores between them.
fn snake_case(name: &str) -> String {
    let words = words(name).into_iter().map(|word| word.to_lowercase());
    words.collect::<Vec<_>>().join("_")
}

/// Returns the words of a name in lower case, with hyphens between them.
pub fn kebab_case(name: &str) -> String {
    snake_case(name).replace('_', "-")
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
    let parts = name.split(|c: char| !is_word(c));
    parts.flat_map(words_of_part).collect()
}

/// Returns whether a character is a letter or a digit that identifiers may have.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && c.is_alphanumeric() && is_identifier(&format!("a{c}")))
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
        let begins = if is_upper(at - 1) {
            is_lower(at + 1) && !is_plural(at + 1)
        } else {
            true
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

/// Returns the name of a response with this status: its reason phrase.
pub fn status_name(status: Option<u16>) -> String {
    match status {
        Some(200) => "Ok".to_owned(),
        Some(201) => "Created".to_owned(),
        Some(202) => "Accepted".to_owned(),
        Some(203) => "NonAuthoritative".to_owned(),
        Some(204) => "NoContent".to_owned(),
        Some(205) => "ResetContent".to_owned(),
        Some(206) => "PartialContent".to_owned(),
        Some(207) => "MultiStatus".to_owned(),
        Some(status) => format!("Status{status}"),
        None => "Other".to_owned(),
    }
}

/// Returns what one element of a property is called: `nodes` holds a `Node`, `entries` an `Entry`.
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

/// Returns `spaceId` as the part of a type name: `SpaceId`.
pub fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Replaces the signs that carry meaning in a value (`-createdAt`, `+1`) by words, and the others
/// by spaces.
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
            ("option", "Option_"),
            ("String", "String_"),
            ("self", "Self_"),
            ("T", "T_"),
            ("Tags", "Tags"),
            ("Patch", "Patch"),
            ("<b>", "LessBGreater"),
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
            "Option",
            "T",
            "½",
            "ŉa",
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
            ("gen", "gen_"),
            ("try", "try_"),
            ("r#type", "r_type"),
            ("½", "empty"),
            ("x²", "x"),
            ("\u{202e}evil\r\n", "evil"),
            ("名前", "名前"),
        ] {
            assert_eq!(field_name(name), expected);
        }
    }

    #[test]
    fn methods_and_setters_hide_no_others() {
        for (name, method, setter) in [
            ("getSpace", "get_space", "get_space"),
            ("new", "new_operation", "new_param"),
            ("fromEnv", "from_env_operation", "from_env"),
            ("Builder", "builder_operation", "builder"),
            ("send", "send_operation", "send_param"),
            ("into_future", "into_future", "into_future_param"),
            ("result", "result_operation", "result"),
            ("Client", "client_operation", "client"),
            ("gen", "gen_operation", "gen_param"),
            ("2", "x_2", "x_2"),
        ] {
            assert_eq!(method_name(name), method, "{name}");
            assert_eq!(parameter_name(name), setter, "{name}");
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
