// Generated from spec/openapi.yaml by gitbook-api-codegen.

/// Builder of a call of [`Client::get_space_by_id`](crate::Client::get_space_by_id):
/// `GET /spaces/{spaceId}`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
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

    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<types::Space> {
        self.0.json()
    }
}

builder!(GetSpaceById => types::Space, ResponseFuture<types::Space>);

/// Builder of a call of [`Client::delete_space_by_id`](crate::Client::delete_space_by_id):
/// `DELETE /spaces/{spaceId}`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct DeleteSpaceById(pub(crate) Call);

impl DeleteSpaceById {
    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(DeleteSpaceById => NoContent, ResponseFuture<NoContent>);

/// Builder of a call of [`Client::update_space_by_id`](crate::Client::update_space_by_id):
/// `PATCH /spaces/{spaceId}`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct UpdateSpaceById(pub(crate) Call);

impl UpdateSpaceById {
    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<Option<types::Space>> {
        self.0.optional()
    }
}

builder!(UpdateSpaceById => Option<types::Space>, ResponseFuture<Option<types::Space>>);

/// Builder of a call of [`Client::list_spaces`](crate::Client::list_spaces): `GET /spaces`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
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

    /// Sends the call, as awaiting the builder does.
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

/// Builder of a call of [`Client::put_content`](crate::Client::put_content):
/// `PUT /spaces/{spaceId}/content/{path}`.
#[cfg(any(not(doc), rustdoc_json))]
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[doc(hidden)]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub struct PutContent(pub(crate) Call);

#[cfg(any(not(doc), rustdoc_json))]
impl PutContent {
    /// Sets the body of the request.
    pub fn body(self, body: impl Into<types::Block>) -> Self {
        Self(self.0.body::<types::Block>(&body.into()))
    }

    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<PutContentResponse> {
        self.0.response()
    }
}

#[cfg(any(not(doc), rustdoc_json))]
builder!(PutContent => PutContentResponse, ResponseFuture<PutContentResponse>);

/// The response to [`PutContent`], which depends on the status.
#[cfg(any(not(doc), rustdoc_json))]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PutContentResponse {
    /// 200: Replaced.
    Ok(types::Block),
    /// 201: Created.
    Created(types::Space),
    /// 204: The same.
    NoContent,
}

#[cfg(any(not(doc), rustdoc_json))]
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

/// Builder of a call of [`Client::list_sites`](crate::Client::list_sites): `GET /sites`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct ListSites(pub(crate) Call);

impl ListSites {
    /// Sets the query parameter `page`.
    pub fn page(self, page: impl ToString) -> Self {
        Self(self.0.query("page", page))
    }

    /// Sends the call, as awaiting the builder does.
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

/// Builder of a call of [`Client::stream_ask`](crate::Client::stream_ask):
/// `GET /sites/{siteId}/ask`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct StreamAsk(pub(crate) Call);

impl StreamAsk {
    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> EventStreamFuture<types::Block> {
        self.0.events()
    }
}

builder!(StreamAsk => EventStream<types::Block>, EventStreamFuture<types::Block>);

/// Builder of a call of [`Client::get_image`](crate::Client::get_image):
/// `GET /sites/{siteId}/image`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct GetImage(pub(crate) Call);

impl GetImage {
    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<bytes::Bytes> {
        self.0.bytes()
    }
}

builder!(GetImage => bytes::Bytes, ResponseFuture<bytes::Bytes>);

/// Builder of a call of [`Client::put_image`](crate::Client::put_image):
/// `PUT /sites/{siteId}/image`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct PutImage(pub(crate) Call);

impl PutImage {
    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(PutImage => NoContent, ResponseFuture<NoContent>);

/// Builder of a call of [`Client::upload_image`](crate::Client::upload_image):
/// `POST /sites/{siteId}/image`.
#[cfg(feature = "multipart")]
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(all(feature = "sites", feature = "multipart"))))]
pub struct UploadImage(pub(crate) Call);

#[cfg(feature = "multipart")]
impl UploadImage {
    /// Sends the call, as awaiting the builder does.
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
    /// 200: Replaced.
    Ok(types::Space),
    /// 201: Created.
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

/// Builder of a call of [`Client::label_image`](crate::Client::label_image):
/// `PATCH /sites/{siteId}/image`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct LabelImage(pub(crate) Call);

impl LabelImage {
    /// The labels of the image.
    pub fn body(self, body: impl Into<types::LabelImageRequest>) -> Self {
        Self(self.0.body_form::<types::LabelImageRequest>(&body.into()))
    }

    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(LabelImage => NoContent, ResponseFuture<NoContent>);

/// Builder of a call of [`Client::render`](crate::Client::render): `POST /render`.
#[cfg_attr(all(doc, not(rustdoc_json)), doc(hidden))]
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is sent"]
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub struct Render(pub(crate) Call);

impl Render {
    /// Sends the call, as awaiting the builder does.
    #[inline]
    pub fn send(self) -> ResponseFuture<NoContent> {
        self.0.empty()
    }
}

builder!(Render => NoContent, ResponseFuture<NoContent>);

list_page!(types::Spaces => types::Space, [items], [next?.page], [count? as u64]);
