//! One call of one operation, whatever its types.

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    decode,
    encode::{self, Encoded, Refusal},
    error::{Error, ErrorKind},
    future::{Decode, RawFuture, ResponseFuture},
    json::{Assertion, Body, Violation, Violations, check},
    operation::{Called, Operation, ParamLocation},
    response::{FromResponse, NoContent},
    transport::Transport,
    transport::request::{self, CallOptions, HttpRequest},
    transport::retry::RetryPolicy,
    transport::url,
};

/// The media type of responses that are decoded.
pub(crate) const JSON: &str = "application/json";

/// A call that has not been sent: an operation and its parameters.
///
/// It calls what the generated methods do not have: [`Client::get`](crate::Client::get) and its siblings
/// start one with a path, [`Client::call`](crate::Client::call) with an [`Operation`]. The token, the
/// endpoint, time-outs, retries, limits and redirects are those of all calls. The builders of the
/// operations wrap a call, which [`Request::into_call`](crate::Request::into_call) returns, for responses
/// as another type.
///
/// Setting a parameter or a header again replaces it. Invalid ones are reported by the methods that send
/// the call, before any I/O.
///
/// ```no_run
/// use gitbook_api::{Client, Error, QueryStyle};
/// use serde_json::Value;
///
/// # async fn run(client: Client) -> Result<(), Error> {
/// let weather = client
///     .get("/orgs/{organizationId}/weather")
///     .path("organizationId", "acme")
///     .query("days", 3)
///     .query_list("fields", ["rain", "wind"], QueryStyle::Commas)
///     .json::<Value>()
///     .await?;
/// println!("{}", weather["rain"]);
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    transport: Arc<Transport>,
    called: Called,
    parameters: Vec<Parameter>,
    body: Option<Box<Result<Encoded, Refusal>>>,
    options: CallOptions,
    allows_unknown_values: bool,
}

/// The form of a query parameter with several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryStyle {
    /// The name is repeated: `tag=a&tag=b` (`explode: true` in OpenAPI).
    Repeat,
    /// The values are separated by commas: `tag=a,b` (`explode: false`).
    Commas,
}

#[derive(Clone)]
struct Parameter {
    location: ParamLocation,
    name: String,
    values: Vec<String>,
    violations: Violations,
    /// Values that its enum does not have.
    unknown_values: Violations,
}

impl Call {
    pub(crate) fn with_transport(transport: Arc<Transport>, called: Called) -> Self {
        let options = transport.options.clone();
        Self {
            transport,
            called,
            parameters: Vec::new(),
            body: None,
            options,
            allows_unknown_values: false,
        }
    }

    /// Sets a path parameter. It is encoded, and stays within its segment of the path.
    pub fn path(self, name: impl Into<String>, value: impl ToString) -> Self {
        self.set(
            ParamLocation::Path,
            name.into(),
            vec![value.to_string()],
            true,
        )
    }

    /// Sets a path parameter with any number of values, separated by commas.
    pub fn path_list<V: ToString>(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.set(ParamLocation::Path, name.into(), texts(values), false)
    }

    /// Sets a query parameter. It is encoded.
    pub fn query(self, name: impl Into<String>, value: impl ToString) -> Self {
        self.set(
            ParamLocation::Query,
            name.into(),
            vec![value.to_string()],
            true,
        )
    }

    /// Sets a query parameter with any number of values. Without values, it is not sent.
    pub fn query_list<V: ToString>(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
        style: QueryStyle,
    ) -> Self {
        let explode = style == QueryStyle::Repeat;
        self.set(ParamLocation::Query, name.into(), texts(values), explode)
    }

    /// Sets a header. The client itself sets `Authorization` and those that depend on the connection and
    /// the body, such as `Host` and `Content-Length`: calls with one of them are refused.
    pub fn header(self, name: impl Into<String>, value: impl ToString) -> Self {
        self.set(
            ParamLocation::Header,
            name.into(),
            vec![value.to_string()],
            true,
        )
    }

    /// Sets a header with any number of values, separated by commas.
    pub fn header_list<V: ToString>(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.set(ParamLocation::Header, name.into(), texts(values), false)
    }

    /// Sets the JSON body: a type of this crate, or a [`serde_json::Value`]. It is validated and encoded
    /// now, once for all attempts.
    pub fn body<T: Body>(self, body: &T) -> Self {
        let assertions = self.body_assertions();
        self.set_body(encode::json(body, assertions))
    }

    /// Sets the JSON body from a type of the program, which is not validated.
    pub fn body_json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.set_body(encode::unchecked_json(body))
    }

    /// Sets a body of the media type `application/x-www-form-urlencoded`, an object whose properties
    /// are the fields of the form. The items of a list repeat its name, objects are JSON text, and
    /// what is `null` is left out. It is encoded now, once for all attempts.
    pub fn body_form<T: Body>(self, body: &T) -> Self {
        let assertions = self.body_assertions();
        self.set_body(encode::form(body, assertions))
    }

    /// Sets a body that is text.
    pub fn body_text(self, media_type: &str, body: impl Into<String>) -> Self {
        let assertions = self.body_assertions();
        self.set_body(encode::text(media_type, body.into(), assertions))
    }

    /// Sets a body of any media type.
    pub fn body_bytes(self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.set_body(encode::bytes(media_type, body.into()))
    }

    /// Sets a body of the media type `multipart/form-data`.
    ///
    /// A form cannot be sent twice. So the call is not retried, neither after a failure nor with
    /// another token, and of the clones of a call only one can be sent.
    #[cfg(feature = "multipart")]
    #[cfg_attr(docsrs, doc(cfg(feature = "multipart")))]
    pub fn body_multipart(self, form: reqwest::multipart::Form) -> Self {
        self.set_body(Ok(encode::multipart(form)))
    }

    fn set_body(mut self, body: Result<Encoded, Refusal>) -> Self {
        self.body = Some(Box::new(body));
        self
    }

    fn body_assertions(&self) -> &'static [Assertion] {
        self.called
            .operation()
            .assertions(ParamLocation::Body, "body")
    }

    /// Limits the time of this call with all its attempts, instead of the client's
    /// [`timeout`](crate::ClientBuilder::timeout) and
    /// [`attempt_timeout`](crate::ClientBuilder::attempt_timeout).
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self.options.attempt_timeout = timeout;
        self
    }

    /// Sets which failures of this call are retried, instead of the client's
    /// [policy](crate::ClientBuilder::retry).
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = policy;
        self
    }

    /// Allows values of parameters that their enums do not have, such as one that GitBook has added since
    /// this version of the crate. Without it, they are reported when the call is sent, because most of
    /// them are misspelled.
    pub fn with_unknown_values(mut self) -> Self {
        self.allows_unknown_values = true;
        self
    }

    /// Returns the operation that is called; `None` if the call was started with a path.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.called.declared()
    }

    pub(crate) fn called(&self) -> &Called {
        &self.called
    }

    pub(crate) fn transport(&self) -> &Arc<Transport> {
        &self.transport
    }

    /// Sends the call and decodes the JSON body of the response.
    ///
    /// # Errors
    ///
    /// Fails if the parameters are invalid, the call fails, or the response is not a `T`.
    pub fn json<T: DeserializeOwned>(self) -> ResponseFuture<T> {
        self.decoded(JSON, |_, body| decode::json(body))
    }

    /// Sends the call and decodes the JSON body of the response, if there is one.
    ///
    /// # Errors
    ///
    /// Fails as [`json`](Self::json) does.
    pub fn optional<T: DeserializeOwned>(self) -> ResponseFuture<Option<T>> {
        self.decoded(JSON, |_, body| {
            if body.is_empty() {
                Ok(None)
            } else {
                decode::json(body).map(Some)
            }
        })
    }

    /// Sends the call and decodes the response by its status.
    ///
    /// # Errors
    ///
    /// Fails as [`json`](Self::json) does.
    pub fn response<T: FromResponse>(self) -> ResponseFuture<T> {
        self.decoded(JSON, |status, body| T::from_response(status.as_u16(), body))
    }

    /// Sends the call and returns the status of the response. A body is ignored.
    ///
    /// # Errors
    ///
    /// Fails if the parameters are invalid or the call fails.
    pub fn empty(self) -> ResponseFuture<NoContent> {
        self.decoded(JSON, |status, _| Ok(NoContent::from_status(status)))
    }

    /// Sends the call and returns the body of the response as it is.
    ///
    /// # Errors
    ///
    /// Fails if the parameters are invalid or the call fails.
    pub fn bytes(self) -> ResponseFuture<Bytes> {
        self.decoded("*/*", |_, body| Ok(body.clone()))
    }

    fn decoded<T>(self, accept: &'static str, decode: Decode<T>) -> ResponseFuture<T> {
        let called = self.called.clone();
        ResponseFuture::new(self.raw(accept), called, decode)
    }

    /// Sends the call and returns the response without decoding it.
    pub(crate) fn raw(self, accept: &'static str) -> RawFuture {
        Box::pin(async move {
            let request = self.request(accept)?;
            // The parameters are not needed while the call is in flight.
            let Self {
                transport, called, ..
            } = self;
            transport.send(&called, &request).await
        })
    }

    /// Checks and stores the values of a parameter, joined unless they `explode`.
    fn set(
        mut self,
        location: ParamLocation,
        name: String,
        mut values: Vec<String>,
        explode: bool,
    ) -> Self {
        self.parameters
            .retain(|parameter| !parameter.is(location, &name));
        if values.is_empty() {
            return self;
        }
        let mut violations = Violations::default();
        let assertions = self.called.operation().assertions(location, &name);
        check::texts(&values, assertions, &mut violations);
        let mut unknown_values = Violations::default();
        check::known_values(&values, assertions, &mut unknown_values);
        if location == ParamLocation::Query {
            let encode = |value: &String| url::encode(value).to_string();
            values = values.iter().map(encode).collect();
        }
        if !explode {
            values = vec![values.join(",")];
        }
        let violations = violations.of(&name);
        let unknown_values = unknown_values.of(&name);
        self.parameters.push(Parameter {
            location,
            name,
            values,
            violations,
            unknown_values,
        });
        self
    }

    /// Returns names and values of the parameters of one location. Those of the query are encoded.
    pub(crate) fn parameters(&self, location: ParamLocation) -> impl Iterator<Item = (&str, &str)> {
        self.parameters
            .iter()
            .filter(move |parameter| parameter.location == location)
            .flat_map(|parameter| {
                parameter
                    .values
                    .iter()
                    .map(|value| (&*parameter.name, value.as_str()))
            })
    }

    /// Returns the query as `name=value`, encoded.
    pub(crate) fn query_pairs(&self) -> impl Iterator<Item = String> {
        self.parameters(ParamLocation::Query)
            .map(|(name, value)| format!("{}={value}", url::encode(name)))
    }

    /// Returns the body, if there is a valid one.
    #[cfg(feature = "mock")]
    pub(crate) fn valid_body(&self) -> Option<&Encoded> {
        self.body.as_deref()?.as_ref().ok()
    }

    /// Returns the request, after checking all of it.
    pub(crate) fn request(&self, accept: &'static str) -> Result<HttpRequest, Error> {
        let request = self
            .checked()
            .and_then(|body| self.assemble(accept, body).map_err(Refusal::Other));
        request.map_err(|refusal| {
            match refusal {
                Refusal::Violations(violations) => Error::from(violations),
                Refusal::Other(problem) => Error::new(ErrorKind::Request, problem),
            }
            .of(&self.called, 0)
        })
    }

    /// Returns the body. Fails if a required value is missing, or a value is invalid.
    fn checked(&self) -> Result<Option<Encoded>, Refusal> {
        let operation = self.called.operation();
        let required = operation.required.iter();
        let missing = required.filter(|name| !self.has_required(name));
        let headers = operation.required_headers.iter();
        let missing = missing.chain(headers.filter(|name| !self.has_header(name)));
        let unknown = self
            .parameters(ParamLocation::Path)
            .filter(|(name, _)| !url::has_parameter(self.called.path(), name));
        let unknown = unknown.map(|(name, _)| Violation {
            path: name.to_owned(),
            message: format!("is not a parameter of the path {}", self.called.path()),
        });
        let missing = missing.map(|name| Violation::missing(name));
        let mut violations: Violations = missing.chain(unknown).collect();
        for parameter in &self.parameters {
            violations.extend(parameter.violations.clone());
            if !self.allows_unknown_values {
                violations.extend(parameter.unknown_values.clone());
            }
        }
        let body = match self.body.as_deref() {
            Some(Err(Refusal::Violations(found))) => {
                violations.extend(found.clone());
                None
            }
            Some(Err(other)) if violations.is_empty() => return Err(other.clone()),
            Some(Err(_)) | None => None,
            Some(Ok(body)) => Some(body.clone()),
        };
        match violations.into_result() {
            Ok(()) => Ok(body),
            Err(violations) => Err(Refusal::Violations(violations)),
        }
    }

    fn has_required(&self, name: &str) -> bool {
        let location = match name {
            _ if url::has_parameter(self.called.path(), name) => ParamLocation::Path,
            "body" => return self.body.is_some(),
            _ => ParamLocation::Query,
        };
        self.parameters(location).any(|(given, _)| given == name)
    }

    fn has_header(&self, name: &str) -> bool {
        self.parameters(ParamLocation::Header)
            .any(|(given, _)| given.eq_ignore_ascii_case(name))
    }

    fn assemble(&self, accept: &'static str, body: Option<Encoded>) -> Result<HttpRequest, String> {
        let method = self.called.method();
        let method = Method::from_bytes(method.as_bytes())
            .map_err(|_| format!("invalid HTTP method {method:?}"))?;
        let mut headers = self.transport.headers.clone();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        if let Some(body) = &body {
            headers.insert(CONTENT_TYPE, body.media_type.clone());
        } else if matches!(method, Method::POST | Method::PUT | Method::PATCH) {
            // These methods are expected to have a body (RFC 9110, section 8.6).
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for (name, value) in self.parameters(ParamLocation::Header) {
            let (name, value) = request::header(name, value)?;
            headers.insert(name, value);
        }
        let request = HttpRequest {
            method,
            url: self.url()?,
            headers,
            body: body.map(|body| body.payload),
            is_authenticated: true,
            options: self.options.clone(),
        };
        request.check()?;
        Ok(request)
    }

    fn url(&self) -> Result<Url, String> {
        let base = &self.transport.base_url;
        let path = url::path(self.called.path(), |name| {
            self.parameters(ParamLocation::Path)
                .find(|(parameter, _)| *parameter == name)
                .map(|(_, value)| value)
        })?;
        let query: Vec<_> = self.query_pairs().collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let query = query.join("&");
        // The host has been parsed before.
        base.join(&format!("{}{path}{mark}{query}", base.path()))
            .map_err(|error| error.to_string())
    }
}

impl Parameter {
    fn is(&self, location: ParamLocation, name: &str) -> bool {
        self.location == location
            && match location {
                ParamLocation::Header => self.name.eq_ignore_ascii_case(name),
                _ => self.name == name,
            }
    }
}

fn texts<V: ToString>(values: impl IntoIterator<Item = V>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}

impl fmt::Debug for Call {
    /// Formats names only, because values may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.parameters.iter();
        let names: Vec<_> = parameters.map(|parameter| &parameter.name).collect();
        f.debug_struct("Call")
            .field("operation", &self.called.name())
            .field("parameters", &names)
            .field("has_body", &self.body.is_some())
            .finish_non_exhaustive()
    }
}
