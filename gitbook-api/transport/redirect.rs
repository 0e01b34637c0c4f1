//! Redirects that are followed.

use reqwest::{Method, Response, StatusCode, Url, header::LOCATION};

/// The maximum number of redirects that one attempt follows.
pub(crate) const MAX_REDIRECTS: usize = 10;

/// Returns the URL to which the request is sent again, or `None` if the response is not a redirect
/// to be followed.
///
/// Only redirects within the origin are followed, because the token is sent along, and only if the
/// request stays the same: a method with an effect is repeated where the server asks for just that,
/// with 307 or 308, and is never changed into a GET.
pub(crate) fn target(method: &Method, is_repeatable: bool, response: &Response) -> Option<Url> {
    let is_followed = match response.status() {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            matches!(*method, Method::GET | Method::HEAD)
        }
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => is_repeatable,
        _ => false,
    };
    if !is_followed {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target = response.url().join(location).ok()?;
    (target.origin() == response.url().origin()).then_some(target)
}
