//! The description of an operation.

use std::sync::Arc;

use crate::json::Assertion;

/// An operation of the API, as its OpenAPI document describes it.
///
/// Every generated operation has one, listed in `OPERATIONS`. Declare one for what the document does not
/// have, if its parameters are to be required or its name is to be in errors and traces; for a single
/// call, [`Client::get`](crate::Client::get) and its siblings are shorter.
///
/// ```no_run
/// use gitbook_api::{Client, Error, Operation};
///
/// static GET_WEATHER: Operation = Operation::new("getWeather", "GET", "/orgs/{organizationId}/weather")
///     .with_required(&["organizationId"]);
///
/// # async fn weather(client: Client) -> Result<(), Error> {
/// let call = client.call(&GET_WEATHER).path("organizationId", "acme").query("days", 3);
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
    /// The path template, such as `/spaces/{spaceId}`.
    pub path: &'static str,
    /// The tags it is grouped by.
    pub tags: &'static [&'static str],
    /// The OAuth scopes that allow it.
    pub scopes: &'static [&'static str],
    /// The names of the required path and query parameters; a required body is called `body`.
    pub required: &'static [&'static str],
    /// The names of the required headers.
    pub required_headers: &'static [&'static str],
    /// Set if the API deprecates it.
    pub deprecated: bool,
    /// Set if GitBook keeps it for its own use.
    pub internal: bool,
    /// Set if its event stream ends with the event `done`.
    pub(crate) sends_done: bool,
    /// The assertions on its parameters and its body.
    pub(crate) checks: Checks,
}

/// The assertions of the schemas of parameters, and of the body if it is no object, each with the
/// location and the name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Checks(pub(crate) &'static [Check]);

type Check = (ParamLocation, &'static str, &'static [Assertion]);

/// The location of a value in a request (OpenAPI's `in`, and the body).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParamLocation {
    Path,
    Query,
    Header,
    Body,
}

/// The target of a call: a declared operation, or a path.
#[derive(Clone, Debug)]
pub(crate) struct Called {
    operation: &'static Operation,
    /// The method and the path, with a space in between.
    path: Option<Arc<str>>,
}

impl Called {
    /// Returns what a request to a path calls, with the method of `operation`.
    pub(crate) fn path_of(operation: &'static Operation, path: &str) -> Self {
        Self {
            operation,
            path: Some(format!("{} {path}", operation.method).into()),
        }
    }

    /// Returns the operation, unless only its path is known.
    pub(crate) fn declared(&self) -> Option<&'static Operation> {
        self.path.is_none().then_some(self.operation)
    }

    /// Returns the operation. It has no name and no path if only its path is known.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the `operationId`, or the method and the path.
    pub(crate) fn name(&self) -> &str {
        self.path.as_deref().unwrap_or(self.operation.id)
    }

    /// Returns the path template.
    pub(crate) fn path(&self) -> &str {
        let path = self.path.as_deref();
        path.map_or(self.operation.path, |path| {
            path.split_once(' ').map_or("", |(_, path)| path)
        })
    }

    pub(crate) fn method(&self) -> &'static str {
        self.operation.method
    }
}

impl From<&'static Operation> for Called {
    fn from(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: None,
        }
    }
}

/// The operations of calls of which only the path is known.
pub(crate) mod raw {
    use super::Operation;

    pub(crate) static GET: Operation = Operation::new("", "GET", "");
    pub(crate) static POST: Operation = Operation::new("", "POST", "");
    pub(crate) static PUT: Operation = Operation::new("", "PUT", "");
    pub(crate) static PATCH: Operation = Operation::new("", "PATCH", "");
    pub(crate) static DELETE: Operation = Operation::new("", "DELETE", "");
}

// No number in a schema is NaN.
impl Eq for Checks {}

impl std::hash::Hash for Checks {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
    }
}

impl Operation {
    /// Creates an operation without required parameters.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            tags: &[],
            scopes: &[],
            required: &[],
            required_headers: &[],
            deprecated: false,
            internal: false,
            sends_done: true,
            checks: Checks(&[]),
        }
    }

    /// Sets the names of the required path and query parameters; a required body is called `body`.
    pub const fn with_required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// Sets the names of the required headers.
    pub const fn with_required_headers(self, required_headers: &'static [&'static str]) -> Self {
        Self {
            required_headers,
            ..self
        }
    }

    /// Declares that the event stream of the operation ends with its connection. By default, a stream
    /// that ends without the event `done` is an error, because events may be missing.
    pub const fn without_done(self) -> Self {
        Self {
            sends_done: false,
            ..self
        }
    }

    /// Returns the assertions on the parameter of this name.
    pub(crate) fn assertions(&self, location: ParamLocation, name: &str) -> &'static [Assertion] {
        let mut checks = self.checks.0.iter();
        checks
            .find(|(at, of, _)| (*at, *of) == (location, name))
            .map_or(&[], |(.., assertions)| assertions)
    }

    /// Returns whether calling it twice has the effect of calling it once (RFC 9110, section
    /// 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        matches!(self.method, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE")
    }
}
