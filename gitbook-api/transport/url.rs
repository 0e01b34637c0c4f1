//! The URL of a request: the base URL that paths are relative to, and encoded parameters.

use std::fmt::Display;
use std::net::IpAddr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;

/// The endpoint of GitBook's API.
pub(crate) const DEFAULT_ENDPOINT: &str = "https://api.gitbook.com";

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Returns the base URL of the API at an endpoint, `{endpoint}/v1`.
///
/// Endpoints are written with and without a slash or `/v1` at their end; all mean the same. An
/// error never contains the endpoint itself, which may hold a password or a token.
pub(crate) fn base_url(endpoint: &str, allows_http: bool) -> Result<Url, String> {
    let mut url = Url::parse(endpoint.trim()).map_err(|error| {
        format!("the endpoint is not a URL ({error}); it looks like {DEFAULT_ENDPOINT}")
    })?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!(
            "the endpoint is not an http or https URL; it looks like {DEFAULT_ENDPOINT}"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the endpoint contains credentials; pass the token on its own".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the endpoint has a query or a fragment; leave it out".to_owned());
    }
    if url.scheme() == "http" && !allows_http && !is_loopback(&url) {
        return Err(format!(
            "the endpoint {} would receive the token unencrypted; use https, or allow it with \
             `ClientBuilder::allow_http`",
            url.origin().ascii_serialization()
        ));
    }
    let path = url.path().trim_end_matches('/');
    let path = format!("{}/v1", path.strip_suffix("/v1").unwrap_or(path));
    url.set_path(&path);
    Ok(url)
}

/// Returns whether requests to the URL stay on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

/// Percent-encodes a value of a path or a query.
pub(crate) fn encode(value: &str) -> impl Display + '_ {
    utf8_percent_encode(value, RESERVED)
}

/// Returns the path of a template with the values of its parameters.
///
/// A value always stays within its segment: what would end or leave the segment is encoded or
/// refused.
///
/// # Errors
///
/// Fails if the template is not the path of an operation, or a parameter has no usable value.
pub(crate) fn path<'a>(
    template: &str,
    value: impl Fn(&str) -> Option<&'a str>,
) -> Result<String, String> {
    check_template(template)?;
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
    if has_dots(&path) {
        return Err(format!("the path {template:?} has a segment `.` or `..`"));
    }
    Ok(path)
}

/// Fails if requests to the path would go elsewhere than it says.
fn check_template(template: &str) -> Result<(), String> {
    let problem = if Url::parse(template).is_ok() {
        "is a whole URL; a call goes to the endpoint of the client, so leave out everything up to `/v1`"
    } else if !template.starts_with('/') {
        "has to begin with `/`"
    } else if template.contains(['?', '#']) {
        "has a query or a fragment; set query parameters with `Call::query`"
    } else if template.contains("//") {
        "has an empty segment"
    } else if template.contains('\\') {
        "has a backslash, which servers take for `/`"
    } else if template.contains(char::is_control) {
        "has a control character"
    } else if !has_balanced_braces(template) {
        "has a brace that does not belong to a parameter such as `{spaceId}`"
    } else {
        return Ok(());
    };
    Err(format!("the path {template:?} {problem}"))
}

/// Returns whether a segment of the path is `.` or `..`, also if its dots are encoded.
fn has_dots(path: &str) -> bool {
    path.split('/').any(|segment| {
        let segment = segment.replace("%2e", ".").replace("%2E", ".");
        matches!(&*segment, "." | "..")
    })
}

fn has_balanced_braces(template: &str) -> bool {
    let mut rest = template;
    while let Some((before, name, after)) = next_parameter(rest) {
        if before.contains('}') || name.is_empty() || name.contains('{') {
            return false;
        }
        rest = after;
    }
    !rest.contains(['{', '}'])
}

/// Returns whether the template has a parameter of this name.
pub(crate) fn has_parameter(template: &str, name: &str) -> bool {
    let mut rest = template;
    while let Some((_, parameter, after)) = next_parameter(rest) {
        if parameter == name {
            return true;
        }
        rest = after;
    }
    false
}

/// Returns what is before, in and after the first braces.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_become_base_urls() {
        for (endpoint, base) in [
            (DEFAULT_ENDPOINT, "https://api.gitbook.com/v1"),
            ("https://api.gitbook.com/", "https://api.gitbook.com/v1"),
            ("https://api.gitbook.com/v1", "https://api.gitbook.com/v1"),
            ("https://api.gitbook.com/v1/", "https://api.gitbook.com/v1"),
            (" http://localhost:8080\n", "http://localhost:8080/v1"),
            ("http://127.8.0.1:80", "http://127.8.0.1/v1"),
            ("http://[::1]:8080", "http://[::1]:8080/v1"),
            ("http://api.localhost", "http://api.localhost/v1"),
            (
                "https://example.com/gitbook//",
                "https://example.com/gitbook/v1",
            ),
        ] {
            assert_eq!(base_url(endpoint, false).unwrap().as_str(), base);
        }
    }

    #[test]
    fn bad_endpoints_are_refused_without_being_repeated() {
        for endpoint in [
            "",
            "api.gitbook.com",
            "ftp://api.gitbook.com",
            "mailto:me@example.com",
            "https://me:secret@api.gitbook.com",
            "https://me:secret@",
            "https://me:secret@api.gitbook.com:port",
            "me:secret@api.gitbook.com",
            "ftp://me:secret@api.gitbook.com",
            "https://secret@api.gitbook.com",
            "https://api.gitbook.com?token=secret",
            "https://api.gitbook.com#secret",
        ] {
            for allows_http in [false, true] {
                let problem = base_url(endpoint, allows_http).unwrap_err();
                assert!(!problem.contains("secret"), "{problem}");
            }
        }
    }

    #[test]
    fn unencrypted_endpoints_have_to_be_allowed() {
        for endpoint in [
            "http://api.gitbook.com",
            "http://10.0.0.1",
            "http://[2001:db8::1]/secret",
            "http://localhost.example.com",
            "http://notlocalhost",
        ] {
            let problem = base_url(endpoint, false).unwrap_err();
            assert!(problem.contains("allow_http"), "{problem}");
            assert!(!problem.contains("secret"), "{problem}");
            assert!(base_url(endpoint, true).is_ok());
        }
    }

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

    #[test]
    fn templates_are_plain_paths() {
        for template in [
            "spaces",
            "",
            "/spaces?limit=1",
            "/spaces#top",
            "/../user",
            "/a/./b",
        ] {
            let problem = path(template, |_| Some("a")).unwrap_err();
            assert!(problem.contains(&format!("{template:?}")), "{problem}");
        }
    }

    #[test]
    fn parameters_of_a_template_are_found() {
        assert!(has_parameter("/a/{b}/c/{d}", "d"));
        assert!(!has_parameter("/a/{b}/c/{d}", "c"));
    }
}
