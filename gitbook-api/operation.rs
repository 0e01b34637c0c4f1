//! What is known about an operation before it is called.

use crate::{call::Place, json::Assertion};

/// An operation of the API, as its OpenAPI description has it.
///
/// Every generated operation has one, listed in `OPERATIONS`. Declaring one by hand is how an
/// endpoint that the description does not have yet is called, with the same retries, limits and
/// errors as all others:
///
/// ```no_run
/// use gitbook_api::{Client, Error, Operation};
///
/// static GET_WEATHER: Operation = Operation::new("getWeather", "GET", "/orgs/{organizationId}/weather")
///     .with_required(&["organizationId"]);
///
/// # async fn weather(client: Client) -> Result<(), Error> {
/// let mut call = client.call(&GET_WEATHER);
/// call.path("organizationId", "acme").query("days", 3);
/// let weather = call.json::<serde_json::Value>().await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template, as in `/spaces/{spaceId}`.
    pub path: &'static str,
    /// The tags it is grouped by.
    pub tags: &'static [&'static str],
    /// The OAuth scopes that allow it.
    pub scopes: &'static [&'static str],
    /// The names of the parameters it cannot do without; a required body is called `body`.
    pub required: &'static [&'static str],
    /// Whether it is to be avoided.
    pub deprecated: bool,
    /// Whether GitBook keeps it for its own use.
    pub internal: bool,
    /// What is checked of its parameters and its body.
    pub(crate) checks: Checks,
}

/// What the schemas of parameters ask for, and the schema of the body if it is no object: the place,
/// the name, and what the value is checked against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Checks(pub(crate) &'static [Check]);

type Check = (Place, &'static str, &'static [Assertion]);

// No number in a schema is NaN.
impl Eq for Checks {}

impl std::hash::Hash for Checks {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
    }
}

impl Operation {
    /// An operation with nothing but its address.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            tags: &[],
            scopes: &[],
            required: &[],
            deprecated: false,
            internal: false,
            checks: Checks(&[]),
        }
    }

    /// The same operation with these required parameters.
    pub const fn with_required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// What the parameter of this name in this place is checked against.
    pub(crate) fn assertions(&self, place: Place, name: &str) -> &'static [Assertion] {
        let mut checks = self.checks.0.iter();
        checks
            .find(|(at, of, _)| (*at, *of) == (place, name))
            .map_or(&[], |(.., assertions)| assertions)
    }

    /// Whether calling it twice is the same as calling it once (RFC 9110, section 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        matches!(self.method, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE")
    }
}
