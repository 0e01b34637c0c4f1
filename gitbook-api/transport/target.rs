//! Path and query of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub(crate) fn encode(value: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(value, RESERVED)
}

/// The template with its parameters filled in.
///
/// A value always stays within its segment: what would end or leave it is encoded or refused.
pub(crate) fn path<'a>(
    template: &str,
    value: impl Fn(&str) -> Option<&'a str>,
) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, name, after)) = next_parameter(rest) {
        let value = value(name).ok_or_else(|| format!("the path parameter `{name}` is not set"))?;
        if matches!(value, "" | "." | "..") {
            return Err(format!("the path parameter `{name}` cannot be {value:?}"));
        }
        path.push_str(before);
        path.push_str(&encode(value).to_string());
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

/// What stands before, in and after the first braces.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_in_their_segment() {
        for (value, encoded) in [
            ("abc", "abc"),
            ("a b/c", "a%20b%2Fc"),
            ("../../user", "..%2F..%2Fuser"),
            ("?x=1#y", "%3Fx%3D1%23y"),
            ("%2e%2e", "%252e%252e"),
            ("größe", "gr%C3%B6%C3%9Fe"),
            ("a\\b\n", "a%5Cb%0A"),
            ("-._~", "-._~"),
        ] {
            let path = path("/spaces/{spaceId}/content", |_| Some(value));
            assert_eq!(path, Ok(format!("/spaces/{encoded}/content")));
        }
    }

    #[test]
    fn values_that_change_the_path_are_refused() {
        for value in [Some(""), Some("."), Some(".."), None] {
            let problem = path("/spaces/{spaceId}", |_| value).unwrap_err();
            assert!(problem.contains("spaceId"), "{problem}");
        }
    }
}
