// Generated from spec/openapi.yaml by gitbook-api-codegen.

/// Builder for [`Client::get_space_by_id`]
///
/// [`Client::get_space_by_id`]: super::Client::get_space_by_id
///
/// Request: `GET /spaces/{spaceId}`. OAuth scope: `space:read`. Feature: `spaces`.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client.get_space_by_id("space_id").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct GetSpaceById(pub(crate) Call);

impl GetSpaceById {
    /// Sets the query parameter `evaluated`.
    ///
    /// The server's default is `false`.
    pub fn evaluated(self, evaluated: impl Into<types::GetSpaceByIdEvaluated>) -> Self {
        let evaluated: types::GetSpaceByIdEvaluated = evaluated.into();
        Self(self.0.query("evaluated", evaluated))
    }

    /// The key of a share link.
    pub fn share_key(self, share_key: impl ToString) -> Self {
        Self(self.0.query("shareKey", share_key))
    }

    /// Sets the header parameter `X-Trace-Id`.
    pub fn x_trace_id(self, x_trace_id: impl ToString) -> Self {
        Self(self.0.header("X-Trace-Id", x_trace_id))
    }

    /// Sends a `GET` request to `/spaces/{spaceId}`
    #[inline]
    pub fn send(self) -> ResponseFuture<types::Space> {
        self.0.json()
    }
}

builder!(GetSpaceById => types::Space, ResponseFuture<types::Space>);

/// Builder for [`Client::delete_space_by_id`]
///
/// [`Client::delete_space_by_id`]: super::Client::delete_space_by_id
///
/// Request: `DELETE /spaces/{spaceId}`. OAuth scope: `space:read`. Feature: `spaces`.
///
/// # Example
///
/// ```no_run
/// # #[allow(deprecated)]
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client.delete_space_by_id("space_id").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct DeleteSpaceById(pub(crate) Call);

impl DeleteSpaceById {
    /// Sends a `DELETE` request to `/spaces/{spaceId}`
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(DeleteSpaceById => NoContent, ResponseFuture<NoContent>);

/// Builder for [`Client::update_space_by_id`]
///
/// [`Client::update_space_by_id`]: super::Client::update_space_by_id
///
/// Request: `PATCH /spaces/{spaceId}`. OAuth scope: `space:read`. Feature: `spaces`.
///
/// # Example
///
/// ```no_run
/// use gitbook_api::types;
///
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client
///     .update_space_by_id("space_id", types::UpdateSpace::new().title("title"))
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct UpdateSpaceById(pub(crate) Call);

impl UpdateSpaceById {
    /// Sends a `PATCH` request to `/spaces/{spaceId}`
    #[inline]
    pub fn send(self) -> ResponseFuture<Option<types::Space>> {
        self.0.optional()
    }
}

builder!(UpdateSpaceById => Option<types::Space>, ResponseFuture<Option<types::Space>>);

/// Builder for [`Client::list_spaces`]
///
/// [`Client::list_spaces`]: super::Client::list_spaces
///
/// Request: `GET /spaces`. OAuth scope: `space:read`. Feature: `spaces`. The response is a list in
/// pages.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let mut items = client.list_spaces(gitbook_api::jiff::Timestamp::now()).items();
/// while let Some(item) = items.next().await {
///     let item = item?;
///     println!("{item:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct ListSpaces(pub(crate) Call);

impl ListSpaces {
    /// Sets the query parameter `kind`.
    pub fn kind(self, kind: impl IntoIterator<Item = impl Into<types::Kind>>) -> Self {
        let kind = kind.into_iter().map(Into::<types::Kind>::into);
        Self(self.0.query_list("kind", kind, QueryStyle::Repeat))
    }

    /// Sets the query parameter `limit`.
    ///
    /// From 1 to 1000.
    ///
    /// The server's default is `50`.
    pub fn limit(self, limit: impl Integer) -> Self {
        Self(self.0.query("limit", limit))
    }

    /// Sets the query parameter `page`.
    pub fn page(self, page: impl ToString) -> Self {
        Self(self.0.query("page", page))
    }

    /// Sends a `GET` request to `/spaces`
    #[inline]
    pub fn send(self) -> ResponseFuture<types::Spaces> {
        self.0.json()
    }

    /// Returns the items of all pages, one after the other.
    #[inline]
    pub fn items(self) -> Items<types::Space> {
        self.0.items::<types::Spaces>()
    }

    /// Returns the pages of the list, each fetched when it is asked for.
    #[inline]
    pub fn pages(self) -> Pages<types::Space, types::Spaces> {
        self.0.pages()
    }
}

builder!(ListSpaces => types::Spaces, ResponseFuture<types::Spaces>);

/// Builder for [`Client::put_content`]
///
/// [`Client::put_content`]: super::Client::put_content
///
/// Request: `PUT /spaces/{spaceId}/content/{path}`. OAuth scope: `space:read`. Feature: `spaces`.
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[doc(hidden)]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct PutContent(pub(crate) Call);

impl PutContent {
    /// Sets the body of the request.
    pub fn body(self, body: impl Into<types::Block>) -> Self {
        Self(self.0.body::<types::Block>(&body.into()))
    }

    /// Sends a `PUT` request to `/spaces/{spaceId}/content/{path}`
    #[inline]
    pub fn send(self) -> ResponseFuture<PutContentResponse> {
        self.0.response()
    }
}

builder!(PutContent => PutContentResponse, ResponseFuture<PutContentResponse>);

/// The response to [`PutContent`], which depends on the status.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PutContentResponse {
    /// 200: Replaced
    Ok(types::Block),
    /// 201: Created
    Created(types::Space),
    /// 204: The same
    NoContent,
}

impl FromResponse for PutContentResponse {
    fn from_response(status: u16, body: &[u8]) -> Result<Self, DecodeError> {
        match status {
            200 => decode::json(body).map(Self::Ok),
            201 => decode::json(body).map(Self::Created),
            204 => Ok(Self::NoContent),
            _ => Err(DecodeError::unexpected_status(status)),
        }
    }
}

/// Builder for [`Client::list_sites`]
///
/// [`Client::list_sites`]: super::Client::list_sites
///
/// Request: `GET /sites`. OAuth scope: `space:read`. Feature: `sites`. The response is a list in
/// pages.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let mut items = client.list_sites().items();
/// while let Some(item) = items.next().await {
///     let item = item?;
///     println!("{item:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct ListSites(pub(crate) Call);

impl ListSites {
    /// Sets the query parameter `page`.
    pub fn page(self, page: impl ToString) -> Self {
        Self(self.0.query("page", page))
    }

    /// Sends a `GET` request to `/sites`
    #[inline]
    pub fn send(self) -> ResponseFuture<crate::Page<types::ListSitesResponseItem>> {
        self.0.json()
    }

    /// Returns the items of all pages, one after the other.
    #[inline]
    pub fn items(self) -> Items<types::ListSitesResponseItem> {
        self.0.items::<crate::Page<types::ListSitesResponseItem>>()
    }

    /// Returns the pages of the list, each fetched when it is asked for.
    #[inline]
    pub fn pages(self) -> Pages<types::ListSitesResponseItem> {
        self.0.pages()
    }
}

builder!(ListSites => crate::Page<types::ListSitesResponseItem>, ResponseFuture<crate::Page<types::ListSitesResponseItem>>);

/// Builder for [`Client::stream_ask`]
///
/// [`Client::stream_ask`]: super::Client::stream_ask
///
/// Request: `GET /sites/{siteId}/ask`. OAuth scope: `space:read`. Feature: `sites`.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let events = client.stream_ask("site_id", "query").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct StreamAsk(pub(crate) Call);

impl StreamAsk {
    /// Sends a `GET` request to `/sites/{siteId}/ask`
    #[inline]
    pub fn send(self) -> EventStreamFuture<types::Block> {
        self.0.events()
    }
}

builder!(StreamAsk => EventStream<types::Block>, EventStreamFuture<types::Block>);

/// Builder for [`Client::get_image`]
///
/// [`Client::get_image`]: super::Client::get_image
///
/// Request: `GET /sites/{siteId}/image`. OAuth scope: `space:read`. Feature: `sites`.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client.get_image("site_id").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct GetImage(pub(crate) Call);

impl GetImage {
    /// Sends a `GET` request to `/sites/{siteId}/image`
    #[inline]
    pub fn send(self) -> ResponseFuture<bytes::Bytes> {
        self.0.bytes()
    }
}

builder!(GetImage => bytes::Bytes, ResponseFuture<bytes::Bytes>);

/// Builder for [`Client::put_image`]
///
/// [`Client::put_image`]: super::Client::put_image
///
/// Request: `PUT /sites/{siteId}/image`. OAuth scope: `space:read`. Feature: `sites`.
///
/// Body: `application/octet-stream`. `with_header` sets another `content-type`.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client.put_image("site_id", b"bytes".to_vec()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct PutImage(pub(crate) Call);

impl PutImage {
    /// Sends a `PUT` request to `/sites/{siteId}/image`
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(PutImage => NoContent, ResponseFuture<NoContent>);

/// Builder for [`Client::upload_image`]
///
/// [`Client::upload_image`]: super::Client::upload_image
///
/// Request: `POST /sites/{siteId}/image`. OAuth scope: `space:read`. Feature: `sites`.
///
/// Body: `multipart/form-data`. A form cannot be sent twice, so the call is not retried. Its parts:
///
/// - `file`, required: file of type `image/png, image/jpeg`
/// - `title`, required: text
/// - `kind`: text
/// - `blocks`: JSON, any number of times
///
/// # Example
///
/// ```no_run
/// use gitbook_api::reqwest::multipart::{Form, Part};
///
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client
///     .upload_image("site_id", Form::new().part("file", Part::bytes(b"bytes".to_vec())).text("title", "title"))
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "multipart")]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(all(feature = "sites", feature = "multipart"))))]
pub struct UploadImage(pub(crate) Call);

#[cfg(feature = "multipart")]
impl UploadImage {
    /// Sends a `POST` request to `/sites/{siteId}/image`
    #[inline]
    pub fn send(self) -> ResponseFuture<UploadImageResponse> {
        self.0.response()
    }
}

#[cfg(feature = "multipart")]
builder!(UploadImage => UploadImageResponse, ResponseFuture<UploadImageResponse>);

/// The response to [`UploadImage`], which depends on the status.
#[cfg(feature = "multipart")]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum UploadImageResponse {
    /// 200: Replaced
    Ok(types::Space),
    /// 201: Created
    Created(types::Next),
}

#[cfg(feature = "multipart")]
impl FromResponse for UploadImageResponse {
    fn from_response(status: u16, body: &[u8]) -> Result<Self, DecodeError> {
        match status {
            200 => decode::json(body).map(Self::Ok),
            201 => decode::json(body).map(Self::Created),
            _ => Err(DecodeError::unexpected_status(status)),
        }
    }
}

/// Builder for [`Client::label_image`]
///
/// [`Client::label_image`]: super::Client::label_image
///
/// Request: `PATCH /sites/{siteId}/image`. OAuth scope: `space:read`. Feature: `sites`.
///
/// Body: `application/x-www-form-urlencoded`.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client.label_image("site_id").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct LabelImage(pub(crate) Call);

impl LabelImage {
    /// The labels of the image.
    pub fn body(self, body: impl Into<types::LabelImageRequest>) -> Self {
        Self(self.0.body_form::<types::LabelImageRequest>(&body.into()))
    }

    /// Sends a `PATCH` request to `/sites/{siteId}/image`
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(LabelImage => NoContent, ResponseFuture<NoContent>);

/// Builder for [`Client::render`]
///
/// [`Client::render`]: super::Client::render
///
/// Request: `POST /render`. OAuth scope: `space:read`. Feature: `sites`.
///
/// Body: `text/markdown; charset=utf-8`.
///
/// # Example
///
/// ```no_run
/// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
/// let response = client.render("text").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct Render(pub(crate) Call);

impl Render {
    /// Sends a `POST` request to `/render`
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(Render => NoContent, ResponseFuture<NoContent>);

list_page!(types::Spaces => types::Space, [items], [next?.page], [count? as u64]);
