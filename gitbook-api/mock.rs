//! A server for the tests of code that uses this crate, with responses typed by operation.

use std::{fmt, marker::PhantomData, time::Duration};

use http::HeaderName;
use serde::Serialize;
use serde_json::json;
use wiremock::{Match, Mock, ResponseTemplate};

use crate::{
    call::Call, client::Client, events::EventStream, operation::ParamLocation, page::ListPage,
    pages::CURSOR, request::Request, response::NoContent, transport::retry::RetryPolicy,
    transport::url,
};

/// A local server that responds to mocked calls; any other request gets a 404.
///
/// A call is matched by its method, path, the parameters that are set on it and its body (see
/// [`any_body`](MockBuilder::any_body)). Parameters that are not set may have any value, except `page`: a
/// mock of the first page of a list does not match requests for other pages. Of several mocks that
/// match, the first one responds.
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
/// let user = User::default().display_name("Ada");
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
    /// Dropping it panics if a call was not made [as often as expected](MockBuilder::expect).
    pub async fn start() -> Self {
        Self(wiremock::MockServer::start().await)
    }

    /// Returns a client of this server. It neither retries nor waits for a rate limit, so that
    /// failures are visible at once.
    ///
    /// # Errors
    ///
    /// Fails if TLS cannot be set up.
    pub fn client(&self) -> Result<Client, crate::Error> {
        Client::builder()
            .endpoint(self.endpoint())
            .token("mock")
            .retry(RetryPolicy::none().max_retry_after(Duration::ZERO))
            .build()
    }

    /// Returns the endpoint, for clients with other settings.
    pub fn endpoint(&self) -> String {
        self.0.uri()
    }

    /// Starts a mock of the calls that `request` matches.
    pub fn mock<R: Request>(&self, request: R) -> MockBuilder<'_, R::Output> {
        MockBuilder {
            server: &self.0,
            call: request.into_call(),
            expected: None,
            first: None,
            delay: Duration::ZERO,
            headers: Vec::new(),
            any_body: false,
            output: PhantomData,
        }
    }
}

/// A mocked call without its response.
#[must_use = "a call without a response is not mocked"]
pub struct MockBuilder<'a, O> {
    server: &'a wiremock::MockServer,
    call: Call,
    expected: Option<u64>,
    first: Option<u64>,
    delay: Duration,
    headers: Vec<(String, String)>,
    any_body: bool,
    output: PhantomData<fn() -> O>,
}

impl<O> MockBuilder<'_, O> {
    /// Matches calls with any body, also with none.
    ///
    /// A required body is still an argument of the builder; what it is does not matter:
    ///
    /// ```
    /// use gitbook_api::{mock::MockServer, types::{Space, UpdateSpaceByIdRequest}};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), gitbook_api::Error> {
    /// let server = MockServer::start().await;
    /// let client = server.client()?;
    /// let any = client.update_space_by_id("space", UpdateSpaceByIdRequest::new());
    /// server.mock(any).any_body().respond(&Space::default()).await;
    ///
    /// let request = UpdateSpaceByIdRequest::new().title("Handbook");
    /// client.update_space_by_id("space", request).send().await?;
    /// # Ok(()) }
    /// ```
    pub fn any_body(mut self) -> Self {
        self.any_body = true;
        self
    }

    /// Expects this number of calls. Dropping the server checks it.
    pub fn expect(mut self, calls: u64) -> Self {
        self.expected = Some(calls);
        self
    }

    /// Responds to the first calls only. The mock that is declared next for the same call
    /// responds to the following ones, so that responses can have a sequence:
    ///
    /// ```
    /// use gitbook_api::{RetryPolicy, mock::MockServer, types::User};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), gitbook_api::Error> {
    /// let server = MockServer::start().await;
    /// let client = gitbook_api::Client::builder().endpoint(server.endpoint()).build()?;
    /// let call = || client.get_authenticated_user();
    /// server.mock(call()).first(1).header("retry-after", "0").respond_error(429, "Slow down").await;
    /// server.mock(call()).respond(&User::default()).await;
    /// assert_eq!(call().send().await?.meta().attempts(), 2);
    /// # Ok(()) }
    /// ```
    pub fn first(mut self, calls: u64) -> Self {
        self.first = Some(calls);
        self
    }

    /// Adds a header to the response.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Responds after `delay`.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Responds with an error of GitBook's form.
    pub async fn respond_error(self, status: u16, message: &str) {
        let error = json!({ "error": { "code": status, "message": message } });
        self.respond_json(status, &error).await;
    }

    /// Responds with any status and JSON.
    ///
    /// # Panics
    ///
    /// Panics if the body cannot be encoded as JSON.
    pub async fn respond_json(self, status: u16, body: &impl Serialize) {
        self.mount(ResponseTemplate::new(status).set_body_json(body))
            .await;
    }

    async fn mount(self, mut response: ResponseTemplate) {
        for (name, value) in &self.headers {
            response = response.append_header(name.as_str(), value.as_str());
        }
        let calls = Calls {
            call: self.call,
            any_body: self.any_body,
        };
        let mut mock = Mock::given(calls).respond_with(response.set_delay(self.delay));
        if let Some(calls) = self.expected {
            mock = mock.expect(calls);
        }
        if let Some(calls) = self.first {
            mock = mock.up_to_n_times(calls);
        }
        mock.mount(self.server).await;
    }
}

impl<O: Serialize> MockBuilder<'_, O> {
    /// Responds with the status 200 and this body.
    ///
    /// # Panics
    ///
    /// Panics if the body cannot be encoded as JSON.
    pub async fn respond(self, body: &O) {
        self.respond_json(200, body).await;
    }
}

impl MockBuilder<'_, NoContent> {
    /// Responds with the status of this value.
    pub async fn respond(self, response: NoContent) {
        let status = match response {
            NoContent::Accepted => 202,
            NoContent::NoContent => 204,
            NoContent::ResetContent => 205,
        };
        self.mount(ResponseTemplate::new(status)).await;
    }
}

impl<P: ListPage> MockBuilder<'_, P>
where
    P::Item: Serialize,
{
    /// Responds with a list of these pages, each with its items and the cursor of the next page.
    ///
    /// # Panics
    ///
    /// Panics if an item cannot be encoded as JSON.
    pub async fn respond_pages(self, pages: impl IntoIterator<Item = Vec<P::Item>>) {
        let pages: Vec<Vec<P::Item>> = pages.into_iter().collect();
        let count: usize = pages.iter().map(Vec::len).sum();
        let last = pages.len().saturating_sub(1);
        for (index, items) in pages.iter().enumerate() {
            let mut page = json!({ "items": items, "count": count });
            if index < last {
                page["next"] = json!({ "page": format!("page-{}", index + 2) });
            }
            let mut call = self.call.clone();
            if index > 0 {
                call = call.query(CURSOR, format!("page-{}", index + 1));
            }
            let mock = MockBuilder::<P> {
                server: self.server,
                call,
                expected: self.expected,
                first: self.first,
                delay: self.delay,
                headers: self.headers.clone(),
                any_body: self.any_body,
                output: PhantomData,
            };
            mock.respond_json(200, &page).await;
        }
    }
}

impl<T: Serialize> MockBuilder<'_, EventStream<T>> {
    /// Responds with these events, followed by `done`.
    ///
    /// # Panics
    ///
    /// Panics if an event cannot be encoded as JSON.
    pub async fn respond(self, events: impl IntoIterator<Item = T>) {
        self.respond_stream(events, "event: done\ndata: done\n\n")
            .await;
    }

    /// Responds with these events, followed by an error of GitBook's form.
    ///
    /// # Panics
    ///
    /// Panics if an event cannot be encoded as JSON.
    pub async fn respond_until_error(
        self,
        events: impl IntoIterator<Item = T>,
        code: u16,
        message: &str,
    ) {
        let error = json!({ "error": { "code": code, "message": message } });
        self.respond_stream(events, &format!("event: error\ndata: {error}\n\n"))
            .await;
    }

    async fn respond_stream(self, events: impl IntoIterator<Item = T>, end: &str) {
        let mut stream: String = events
            .into_iter()
            .map(|event| format!("data: {}\n\n", json!(event)))
            .collect();
        stream.push_str(end);
        self.mount(ResponseTemplate::new(200).set_body_raw(stream, "text/event-stream"))
            .await;
    }
}

impl<O> fmt::Debug for MockBuilder<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockBuilder")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

/// Matches the requests of a call.
struct Calls {
    call: Call,
    any_body: bool,
}

impl Calls {
    fn is_path(&self, path: &str) -> bool {
        let template = format!("/v1{}", self.call.called().path());
        let parameters: Vec<_> = self.call.parameters(ParamLocation::Path).collect();
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
        let is_cursor = |pair: &str| pair.split_once('=').is_some_and(|(name, _)| name == CURSOR);
        let mut pairs = self.call.query_pairs();
        let has_cursor = self.call.query_pairs().any(|pair| is_cursor(&pair));
        pairs.all(|pair| query.split('&').any(|given| given == pair))
            && (has_cursor || !query.split('&').any(is_cursor))
    }

    fn has_headers(&self, request: &wiremock::Request) -> bool {
        self.call
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
        let expected = self.call.valid_body();
        expected.is_none_or(|expected| expected.matches(body))
    }
}

impl Match for Calls {
    fn matches(&self, request: &wiremock::Request) -> bool {
        request.method.as_str() == self.call.called().method()
            && self.is_path(request.url.path())
            && self.is_query(request.url.query().unwrap_or_default())
            && self.has_headers(request)
            && (self.any_body || self.is_body(&request.body))
    }
}
