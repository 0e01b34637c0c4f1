//! Advice on errors.

use reqwest::{Url, header::LOCATION};

use super::Error;

impl Error {
    /// Returns the origin of the redirect. The rest of the URL does not belong in logs.
    fn redirect_origin(&self) -> Option<String> {
        let location = self.headers()?.get(LOCATION)?.to_str().ok()?;
        Some(Url::parse(location).ok()?.origin().ascii_serialization())
    }

    /// Returns what to do about the error, where that is known.
    pub(super) fn help(&self) -> Option<String> {
        if self.is_redirect() {
            return Some(match self.redirect_origin() {
                Some(origin) => format!(
                    "it redirects to {origin}, and redirects are followed within the endpoint \
                     only, for requests that can be repeated; check the endpoint"
                ),
                None => "check the endpoint".to_owned(),
            });
        }
        if self.0.is_anonymous {
            return None;
        }
        if self.is_unauthorized() {
            return Some("check the token".to_owned());
        }
        if self.is_forbidden() {
            let scopes = self
                .0
                .called
                .as_ref()
                .map_or(&[][..], |called| called.operation().scopes);
            let scopes = if scopes.is_empty() {
                String::new()
            } else {
                format!(", such as the scope {}", scopes.join(" or "))
            };
            return Some(format!("the token lacks a permission{scopes}"));
        }
        if self.is_not_found() {
            return Some(
                "check the ids; resources that the token cannot access are not found either"
                    .to_owned(),
            );
        }
        if self.is_rate_limited() {
            return self
                .retry_after()
                .map(|wait| format!("retry in {} s", wait.as_secs()));
        }
        None
    }
}
