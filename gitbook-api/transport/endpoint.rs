//! The address that paths are relative to.

use reqwest::Url;

/// Where GitBook's API is.
pub(crate) const DEFAULT: &str = "https://api.gitbook.com";

/// The server of the description, `{host}/v1`, for this host.
///
/// Hosts are written with and without a slash or `/v1` at their end; all mean the same.
pub(crate) fn base_url(host: &str) -> Result<Url, String> {
    let mut url = Url::parse(host.trim()).map_err(|error| {
        format!("the endpoint {host:?} is not a URL ({error}); it looks like {DEFAULT}")
    })?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!(
            "the endpoint {host:?} is not an http or https URL, as {DEFAULT} is"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the endpoint carries credentials; pass the token on its own".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!(
            "the endpoint {host:?} has a query or a fragment; leave it out"
        ));
    }
    let path = url.path().trim_end_matches('/');
    let path = format!("{}/v1", path.strip_suffix("/v1").unwrap_or(path));
    url.set_path(&path);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_become_servers() {
        for (host, server) in [
            (DEFAULT, "https://api.gitbook.com/v1"),
            ("https://api.gitbook.com/", "https://api.gitbook.com/v1"),
            ("https://api.gitbook.com/v1", "https://api.gitbook.com/v1"),
            ("https://api.gitbook.com/v1/", "https://api.gitbook.com/v1"),
            (" http://localhost:8080\n", "http://localhost:8080/v1"),
            (
                "https://example.com/gitbook//",
                "https://example.com/gitbook/v1",
            ),
        ] {
            assert_eq!(base_url(host).unwrap().as_str(), server, "{host}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for host in [
            "",
            "api.gitbook.com",
            "ftp://api.gitbook.com",
            "mailto:me@example.com",
            "https://me:secret@api.gitbook.com",
            "https://api.gitbook.com?debug",
            "https://api.gitbook.com#v1",
        ] {
            let problem = base_url(host).unwrap_err();
            assert!(!problem.contains("secret"), "{problem}");
        }
    }
}
