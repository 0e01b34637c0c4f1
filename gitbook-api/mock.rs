//! A server for the tests of code that uses this crate, with answers typed by operation.

use std::{fmt, marker::PhantomData};

use reqwest::header::HeaderName;
use serde::Serialize;
use serde_json::{Value, json};
use wiremock::{Match, Mock, ResponseTemplate};

use crate::{
    call::Call, client::Client, events::EventStream, operation::ParamLocation, request::Request,
    response::NoContent, transport::retry::RetryPolicy, transport::url,
};

/// A local server that answers as it is told to, and nothing else: any other request gets a 404.
///
/// A call is told apart by its method, path and the parameters that are set on it; what is not set
/// may be anything.
///
/// ```
/// use gitbook_api::{Client, Error, mock::MockServer, types::User};
///
/// async fn greeting(client: &Client) -> Result<String, Error> {
///     let user = client.get_authenticated_user().send().await?;
///     Ok(format!("Hello, {}!", user.display_name))
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Error> {
/// let server = MockServer::start().await;
/// let client = server.client()?;
/// let mut user = User::default();
/// user.display_name = "Ada".into();
/// server.mock(client.get_authenticated_user()).respond(&user).await;
///
/// assert_eq!(greeting(&client).await?, "Hello, Ada!");
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct MockServer(wiremock::MockServer);

impl MockServer {
    /// Starts a server on a free port. It stops when dropped.
    ///
    /// # Panics
    ///
    /// Dropping it panics if a call was not made as [often](Mocked::times) as expected.
    pub async fn start() -> Self {
        Self(wiremock::MockServer::start().await)
    }

    /// A client of this server. It does not retry, so that failures are seen as they are told.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn client(&self) -> Result<Client, crate::Error> {
        Client::builder()
            .endpoint(self.endpoint())
            .token("mock")
            .retry(RetryPolicy::never())
            .build()
    }

    /// The endpoint, for clients with settings of their own.
    pub fn endpoint(&self) -> String {
        self.0.uri()
    }

    /// Says which call the answer that follows is for.
    pub fn mock<R: Request>(&self, request: R) -> Mocked<'_, R::Output> {
        Mocked {
            server: &self.0,
            call: request.into_call(),
            times: None,
            output: PhantomData,
        }
    }
}

/// A call that waits for its answer.
#[must_use = "a call without an answer is not mocked"]
pub struct Mocked<'a, O> {
    server: &'a wiremock::MockServer,
    call: Call,
    times: Option<u64>,
    output: PhantomData<fn() -> O>,
}

impl<O> Mocked<'_, O> {
    /// Expects the call this often. The server checks it when dropped.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Answers with an error of GitBook's form.
    pub async fn respond_error(self, status: u16, message: &str) {
        let error = json!({ "error": { "code": status, "message": message } });
        self.respond_json(status, &error).await;
    }

    /// Answers with any status and JSON.
    ///
    /// # Panics
    ///
    /// The body cannot be written as JSON.
    pub async fn respond_json(self, status: u16, body: &impl Serialize) {
        self.mount(ResponseTemplate::new(status).set_body_json(body))
            .await;
    }

    async fn mount(self, answer: ResponseTemplate) {
        let mock = Mock::given(Calls(self.call)).respond_with(answer);
        let mock = match self.times {
            Some(times) => mock.expect(times),
            None => mock,
        };
        mock.mount(self.server).await;
    }
}

impl<O: Serialize> Mocked<'_, O> {
    /// Answers with this.
    ///
    /// # Panics
    ///
    /// The body cannot be written as JSON.
    pub async fn respond(self, body: &O) {
        self.respond_json(200, body).await;
    }
}

impl Mocked<'_, NoContent> {
    /// Answers with the status that means this.
    pub async fn respond(self, answer: NoContent) {
        let status = match answer {
            NoContent::Accepted => 202,
            NoContent::NoContent => 204,
            NoContent::ResetContent => 205,
        };
        self.mount(ResponseTemplate::new(status)).await;
    }
}

impl<T: Serialize> Mocked<'_, EventStream<T>> {
    /// Answers with these events, and then says that it is done.
    ///
    /// # Panics
    ///
    /// An event cannot be written as JSON.
    pub async fn respond(self, events: impl IntoIterator<Item = T>) {
        let mut stream: String = events
            .into_iter()
            .map(|event| format!("data: {}\n\n", json!(event)))
            .collect();
        stream.push_str("event: done\ndata: done\n\n");
        self.mount(ResponseTemplate::new(200).set_body_raw(stream, "text/event-stream"))
            .await;
    }
}

impl<O> fmt::Debug for Mocked<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mocked")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

/// Matches the requests that a call stands for.
struct Calls(Call);

impl Calls {
    fn is_path(&self, path: &str) -> bool {
        let template = format!("/v1{}", self.0.operation().path);
        let parameters: Vec<_> = self.0.parameters(ParamLocation::Path).collect();
        let is_segment = |template: &str, segment: &str| {
            let Some(name) = template
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            else {
                return template == segment;
            };
            let given = parameters.iter().find(|(parameter, _)| *parameter == name);
            given.is_none_or(|(_, value)| url::encode(value).to_string() == segment)
        };
        template.split('/').count() == path.split('/').count()
            && template
                .split('/')
                .zip(path.split('/'))
                .all(|(a, b)| is_segment(a, b))
    }

    fn is_query(&self, query: &str) -> bool {
        self.0
            .query_pairs()
            .all(|pair| query.split('&').any(|given| given == pair))
    }

    fn has_headers(&self, request: &wiremock::Request) -> bool {
        self.0
            .parameters(ParamLocation::Header)
            .all(|(name, value)| {
                let Ok(name) = HeaderName::try_from(name) else {
                    return false;
                };
                request
                    .headers
                    .get(name)
                    .is_some_and(|given| given == value)
            })
    }

    fn is_body(&self, body: &[u8]) -> bool {
        let Some(expected) = self.0.json_body() else {
            return true;
        };
        let Ok(expected) = serde_json::from_slice::<Value>(expected) else {
            return false;
        };
        serde_json::from_slice::<Value>(body).is_ok_and(|body| body == expected)
    }
}

impl Match for Calls {
    fn matches(&self, request: &wiremock::Request) -> bool {
        request.method.as_str() == self.0.operation().method
            && self.is_path(request.url.path())
            && self.is_query(request.url.query().unwrap_or_default())
            && self.has_headers(request)
            && self.is_body(&request.body)
    }
}
