//! One call of one operation, whatever its types.

use std::fmt;

use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde::de::DeserializeOwned;

use crate::{
    client::Client,
    config,
    decode::{self, DecodeError},
    error::{Error, Kind},
    events::EventStream,
    execute::{self, Answer},
    future::{Decode, ResponseFuture},
    json::{Assertion, Body, Violation, Violations, check},
    operation::Operation,
    pages::{Items, Page, Pages},
    response::{FromResponse, NoContent},
    transport::target,
};

/// A call that has not been sent: an operation and its parameters.
///
/// The builders of the operations are thin covers of it. Setting a parameter again replaces it.
/// What is wrong with the parameters is told when the call is sent, before anything goes out.
#[derive(Clone)]
pub struct Call {
    client: Client,
    operation: &'static Operation,
    parameters: Vec<Parameter>,
    body: Option<Result<Bytes, Refusal>>,
}

#[derive(Clone)]
struct Parameter {
    place: Place,
    name: &'static str,
    values: Vec<String>,
    violations: Violations,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Body,
}

/// Why something cannot be sent.
#[derive(Clone)]
enum Refusal {
    /// It is not what the schemas ask for.
    Violations(Violations),
    /// What else is wrong.
    Other(String),
}

/// What is sent.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// Whether the token is to be added.
    pub(crate) has_token: bool,
}

impl Call {
    /// A call of `operation` without parameters.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            parameters: Vec::new(),
            body: None,
        }
    }

    /// Sets a path parameter.
    pub fn path(&mut self, name: &'static str, value: impl ToString) -> &mut Self {
        self.set(Place::Path, name, vec![value.to_string()], true)
    }

    /// Sets a path parameter with any number of values, separated by commas.
    pub fn path_list<V: ToString>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> &mut Self {
        self.set(Place::Path, name, texts(values), false)
    }

    /// Sets a query parameter.
    pub fn query(&mut self, name: &'static str, value: impl ToString) -> &mut Self {
        self.set(Place::Query, name, vec![value.to_string()], true)
    }

    /// Sets a query parameter with any number of values: with `explode` the name is repeated,
    /// else they are separated by commas. No value is no parameter.
    pub fn query_list<V: ToString>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
        explode: bool,
    ) -> &mut Self {
        self.set(Place::Query, name, texts(values), explode)
    }

    /// Sets a header.
    pub fn header(&mut self, name: &'static str, value: impl ToString) -> &mut Self {
        self.set(Place::Header, name, vec![value.to_string()], true)
    }

    /// Sets a header with any number of values, separated by commas.
    pub fn header_list<V: ToString>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> &mut Self {
        self.set(Place::Header, name, texts(values), false)
    }

    /// Sets the JSON body. It is serialized now, once for all attempts.
    pub fn body<T: Body>(&mut self, body: &T) -> &mut Self {
        let assertions = self.operation.assertions(Place::Body, "body");
        self.body = Some(encode_body(body, assertions));
        self
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The client that sends it.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Sends the call and decodes the JSON body of the answer.
    ///
    /// # Errors
    ///
    /// The parameters cannot be sent, the call failed, or the answer is not a `T`.
    pub fn json<T: DeserializeOwned>(self) -> ResponseFuture<T> {
        self.decoded("application/json", |_, body| decode::json(body))
    }

    /// Sends the call and decodes the JSON body of the answer, if there is one.
    ///
    /// # Errors
    ///
    /// As for [`json`](Self::json).
    pub fn optional<T: DeserializeOwned>(self) -> ResponseFuture<Option<T>> {
        self.decoded("application/json", |_, body| match body.is_empty() {
            true => Ok(None),
            false => decode::json(body).map(Some),
        })
    }

    /// Sends the call and decodes the answer by its status.
    ///
    /// # Errors
    ///
    /// As for [`json`](Self::json).
    pub fn response<T: FromResponse>(self) -> ResponseFuture<T> {
        self.decoded("application/json", |status, body| {
            T::from_response(status.as_u16(), body)
        })
    }

    /// Sends the call, whose answer is a status and nothing more. A body is ignored.
    ///
    /// # Errors
    ///
    /// The parameters cannot be sent, or the call failed.
    pub fn empty(self) -> ResponseFuture<NoContent> {
        self.decoded("application/json", |status, _| {
            Ok(NoContent::from_status(status))
        })
    }

    /// Sends the call and gives the body of the answer as it is.
    ///
    /// # Errors
    ///
    /// The parameters cannot be sent, or the call failed.
    pub fn bytes(self) -> ResponseFuture<Bytes> {
        self.decoded("*/*", |_, body| Ok(body.clone()))
    }

    /// Sends the call, whose answer is a stream of events.
    ///
    /// # Errors
    ///
    /// The parameters cannot be sent, the call failed, or the answer is no event stream.
    pub async fn events<T: DeserializeOwned>(self) -> Result<EventStream<T>, Error> {
        let outgoing = self.outgoing("text/event-stream")?;
        let response = execute::open(&self.client, self.operation, &outgoing).await?;
        EventStream::new(response, &self)
    }

    /// The pages of the answer, from the one that the `page` parameter asks for.
    pub fn pages<P: Page>(self) -> Pages<P> {
        Pages::new(self)
    }

    /// The items of all pages.
    pub fn items<P: Page>(self) -> Items<P> {
        Items::new(self.pages())
    }

    fn decoded<T>(self, accept: &'static str, decode: Decode<T>) -> ResponseFuture<T> {
        ResponseFuture::new(self.answer(accept), decode)
    }

    async fn answer(self, accept: &'static str) -> Result<(Self, Answer), Error> {
        let outgoing = self.outgoing(accept)?;
        let answer = execute::whole(&self.client, self.operation, &outgoing).await?;
        Ok((self, answer))
    }

    /// The error that the answer is not what the operation documents.
    pub(crate) fn undecoded(&self, error: DecodeError, answer: Answer) -> Error {
        let Answer {
            status,
            headers,
            body,
            attempts,
        } = answer;
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let message = match media_type {
            _ if body.is_empty() => format!("the answer {} has no body", status.as_u16()),
            Some(other) if !other.contains("json") => format!("the answer is {other}, not JSON"),
            _ => "the answer is not what is documented".to_owned(),
        };
        Error::new(Kind::Decode, message)
            .with_source(error)
            .with_answer(status, headers, body)
            .of(self.operation, attempts)
    }

    /// Checks and keeps the values of a parameter, all in one unless they `explode`.
    fn set(
        &mut self,
        place: Place,
        name: &'static str,
        mut values: Vec<String>,
        explode: bool,
    ) -> &mut Self {
        self.parameters
            .retain(|parameter| (parameter.place, parameter.name) != (place, name));
        if values.is_empty() {
            return self;
        }
        let mut violations = Violations::default();
        check::texts(
            &values,
            self.operation.assertions(place, name),
            &mut violations,
        );
        if place == Place::Query {
            let encode = |value: &String| target::encode(value).to_string();
            values = values.iter().map(encode).collect();
        }
        if !explode {
            values = vec![values.join(",")];
        }
        self.parameters.push(Parameter {
            place,
            name,
            values,
            violations: violations.of(name),
        });
        self
    }

    /// Names and values of the parameters of one place. Those of the query are encoded.
    pub(crate) fn of_place(&self, place: Place) -> impl Iterator<Item = (&'static str, &str)> {
        self.parameters
            .iter()
            .filter(move |parameter| parameter.place == place)
            .flat_map(|parameter| {
                parameter
                    .values
                    .iter()
                    .map(|value| (parameter.name, value.as_str()))
            })
    }

    /// The query as `name=value`, encoded.
    pub(crate) fn query_pairs(&self) -> impl Iterator<Item = String> {
        self.of_place(Place::Query)
            .map(|(name, value)| format!("{}={value}", target::encode(name)))
    }

    /// The body, if there is one that can be sent.
    #[cfg(feature = "mock")]
    pub(crate) fn json_body(&self) -> Option<&Bytes> {
        self.body.as_ref()?.as_ref().ok()
    }

    /// Checks everything and puts it together.
    fn outgoing(&self, accept: &'static str) -> Result<Outgoing, Error> {
        let outgoing = self
            .checked()
            .and_then(|body| self.assemble(accept, body).map_err(Refusal::Other));
        outgoing.map_err(|refusal| {
            match refusal {
                Refusal::Violations(violations) => Error::from_violations(violations),
                Refusal::Other(problem) => Error::new(Kind::Request, problem),
            }
            .of(self.operation, 0)
        })
    }

    /// The body, if all that is required is there and all that is there may be sent.
    fn checked(&self) -> Result<Option<Bytes>, Refusal> {
        let given = |name: &str| match name {
            "body" => self.body.is_some(),
            _ => self
                .parameters
                .iter()
                .any(|parameter| parameter.name == name),
        };
        let required = self.operation.required.iter();
        let mut violations: Violations = required
            .filter(|name| !given(name))
            .map(|name| Violation::missing(name))
            .collect();
        for parameter in &self.parameters {
            violations.extend(parameter.violations.clone());
        }
        let body = match &self.body {
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

    fn assemble(&self, accept: &'static str, body: Option<Bytes>) -> Result<Outgoing, String> {
        let mut headers = self.client.shared().headers.clone();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in self.of_place(Place::Header) {
            let (name, value) = config::header(name, value)?;
            headers.insert(name, value);
        }
        let method = Method::from_bytes(self.operation.method.as_bytes())
            .map_err(|_| format!("{:?} is no method", self.operation.method))?;
        Ok(Outgoing {
            method,
            url: self.url()?,
            headers,
            body,
            has_token: true,
        })
    }

    fn url(&self) -> Result<Url, String> {
        let base = &self.client.shared().base_url;
        let path = target::path(self.operation.path, |name| {
            self.of_place(Place::Path)
                .find(|(parameter, _)| *parameter == name)
                .map(|(_, v)| v)
        })?;
        let query: Vec<_> = self.query_pairs().collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let query = query.join("&");
        // The host has been parsed before.
        base.join(&format!("{}{path}{mark}{query}", base.path()))
            .map_err(|error| error.to_string())
    }
}

fn texts<V: ToString>(values: impl IntoIterator<Item = V>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}

/// The body as JSON, or why it cannot be sent.
fn encode_body<T: Body>(body: &T, assertions: &[Assertion]) -> Result<Bytes, Refusal> {
    let mut violations = body.check().err().unwrap_or_default();
    let json = match body.to_json() {
        Ok(json) => json,
        Err(error) if violations.is_empty() => {
            let message = format!("`body` cannot be written as JSON: {error}");
            return Err(Refusal::Other(message));
        }
        Err(_) => Vec::new(),
    };
    if !assertions.is_empty() {
        check::json(&json, assertions, &mut violations);
    }
    match violations.of("body").into_result() {
        Ok(()) => Ok(json.into()),
        Err(violations) => Err(Refusal::Violations(violations)),
    }
}

impl fmt::Debug for Call {
    /// Names only: values may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self
            .parameters
            .iter()
            .map(|parameter| parameter.name)
            .collect();
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("parameters", &names)
            .field("has_body", &self.body.is_some())
            .finish_non_exhaustive()
    }
}
