// Generated from spec/openapi.yaml by gitbook-api-codegen.

/// Builder of a call of [`Client::get_space_by_id`](crate::Client::get_space_by_id):
/// `GET /spaces/{spaceId}`.
///
/// Returns the space: [`Space`](types::Space).
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub type GetSpaceById = RequestBuilder<kind::GetSpaceById>;

builder!(GetSpaceById => types::Space, ResponseFuture<types::Space>, json);

impl GetSpaceById {
    /// Sets the query parameter `evaluated`.
    ///
    /// The server's default is `false`.
    pub fn evaluated(self, evaluated: impl Into<types::GetSpaceByIdEvaluated>) -> Self {
        let evaluated: types::GetSpaceByIdEvaluated = evaluated.into();
        Self::new(self.call.query("evaluated", evaluated))
    }

    /// The key of a share link.
    pub fn share_key(self, share_key: impl ToString) -> Self {
        Self::new(self.call.query("shareKey", share_key))
    }

    /// Sets the header parameter `X-Trace-Id`.
    pub fn x_trace_id(self, x_trace_id: impl ToString) -> Self {
        Self::new(self.call.header("X-Trace-Id", x_trace_id))
    }
}

/// Builder of a call of [`Client::delete_space_by_id`](crate::Client::delete_space_by_id):
/// `DELETE /spaces/{spaceId}`.
///
/// Returns nothing but the status.
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub type DeleteSpaceById = RequestBuilder<kind::DeleteSpaceById>;

builder!(DeleteSpaceById => NoContent, ResponseFuture<NoContent>, empty);

/// Builder of a call of [`Client::update_space_by_id`](crate::Client::update_space_by_id):
/// `PATCH /spaces/{spaceId}`.
///
/// Returns [`Space`](types::Space), or nothing, which the status tells.
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub type UpdateSpaceById = RequestBuilder<kind::UpdateSpaceById>;

builder!(UpdateSpaceById => Option<types::Space>, ResponseFuture<Option<types::Space>>, optional);

/// Builder of a call of [`Client::list_spaces`](crate::Client::list_spaces): `GET /spaces`.
///
/// Returns [`Space`](types::Space) in pages.
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub type ListSpaces = RequestBuilder<kind::ListSpaces>;

builder!(ListSpaces => types::Spaces, ResponseFuture<types::Spaces>, json);

impl ListSpaces {
    /// Sets the query parameter `kind`.
    pub fn kind(self, kind: impl IntoIterator<Item = impl Into<types::Kind>>) -> Self {
        let kind = kind.into_iter().map(Into::<types::Kind>::into);
        Self::new(self.call.query_list("kind", kind, QueryStyle::Repeat))
    }

    /// Sets the query parameter `limit`.
    ///
    /// From 1 to 1000.
    ///
    /// The server's default is `50`.
    pub fn limit(self, limit: impl Integer) -> Self {
        Self::new(self.call.query("limit", limit))
    }

    /// Sets the query parameter `page`.
    pub fn page(self, page: impl ToString) -> Self {
        Self::new(self.call.query("page", page))
    }

    /// Returns the items of all pages, one after the other.
    #[inline]
    pub fn items(self) -> Items<types::Space> {
        self.call.items::<types::Spaces>()
    }

    /// Returns the pages of the list, each fetched when it is asked for.
    #[inline]
    pub fn pages(self) -> Pages<types::Space, types::Spaces> {
        self.call.pages()
    }
}

/// Builder of a call of [`Client::put_content`](crate::Client::put_content):
/// `PUT /spaces/{spaceId}/content/{path}`.
///
/// Returns a [`PutContentResponse`](crate::builder::PutContentResponse), which depends on the
/// status.
#[cfg(any(not(doc), rustdoc_json))]
#[doc(hidden)]
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
pub type PutContent = RequestBuilder<kind::PutContent>;

#[cfg(any(not(doc), rustdoc_json))]
builder!(PutContent => PutContentResponse, ResponseFuture<PutContentResponse>, response);

#[cfg(any(not(doc), rustdoc_json))]
impl PutContent {
    /// Sets the body of the request.
    pub fn body(self, body: impl Into<types::Block>) -> Self {
        Self::new(self.call.body::<types::Block>(&body.into()))
    }
}

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
///
/// Returns [`ListSitesResponseItem`](types::ListSitesResponseItem) in pages.
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub type ListSites = RequestBuilder<kind::ListSites>;

builder!(ListSites => crate::Page<types::ListSitesResponseItem>, ResponseFuture<crate::Page<types::ListSitesResponseItem>>, json);

impl ListSites {
    /// Sets the query parameter `page`.
    pub fn page(self, page: impl ToString) -> Self {
        Self::new(self.call.query("page", page))
    }

    /// Returns the items of all pages, one after the other.
    #[inline]
    pub fn items(self) -> Items<types::ListSitesResponseItem> {
        self.call.items::<crate::Page<types::ListSitesResponseItem>>()
    }

    /// Returns the pages of the list, each fetched when it is asked for.
    #[inline]
    pub fn pages(self) -> Pages<types::ListSitesResponseItem> {
        self.call.pages()
    }
}

/// Builder of a call of [`Client::stream_ask`](crate::Client::stream_ask):
/// `GET /sites/{siteId}/ask`.
///
/// Returns a stream of [`Block`](types::Block).
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub type StreamAsk = RequestBuilder<kind::StreamAsk>;

builder!(StreamAsk => EventStream<types::Block>, EventStreamFuture<types::Block>, events);

/// Builder of a call of [`Client::get_image`](crate::Client::get_image):
/// `GET /sites/{siteId}/image`.
///
/// Returns the image: bytes.
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub type GetImage = RequestBuilder<kind::GetImage>;

builder!(GetImage => bytes::Bytes, ResponseFuture<bytes::Bytes>, bytes);

/// Builder of a call of [`Client::put_image`](crate::Client::put_image):
/// `PUT /sites/{siteId}/image`.
///
/// Returns nothing but the status.
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub type PutImage = RequestBuilder<kind::PutImage>;

builder!(PutImage => NoContent, ResponseFuture<NoContent>, empty);

/// Builder of a call of [`Client::upload_image`](crate::Client::upload_image):
/// `POST /sites/{siteId}/image`.
///
/// Returns a [`UploadImageResponse`](crate::builder::UploadImageResponse), which depends on the
/// status.
#[cfg(feature = "multipart")]
#[cfg_attr(docsrs, doc(cfg(all(feature = "sites", feature = "multipart"))))]
pub type UploadImage = RequestBuilder<kind::UploadImage>;

#[cfg(feature = "multipart")]
builder!(UploadImage => UploadImageResponse, ResponseFuture<UploadImageResponse>, response);

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
///
/// Returns nothing but the status.
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub type LabelImage = RequestBuilder<kind::LabelImage>;

builder!(LabelImage => NoContent, ResponseFuture<NoContent>, empty);

impl LabelImage {
    /// The labels of the image.
    pub fn body(self, body: impl Into<types::LabelImageRequest>) -> Self {
        Self::new(self.call.body_form::<types::LabelImageRequest>(&body.into()))
    }
}

/// Builder of a call of [`Client::render`](crate::Client::render): `POST /render`.
///
/// Returns nothing but the status.
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
pub type Render = RequestBuilder<kind::Render>;

builder!(Render => NoContent, ResponseFuture<NoContent>, empty);

list_page!(types::Spaces => types::Space, [items], [next?.page], [count? as u64]);

/// The kinds of operations, which tell their builders apart.
#[doc(hidden)]
pub mod kind {
    pub enum GetSpaceById {}
    pub enum DeleteSpaceById {}
    pub enum UpdateSpaceById {}
    pub enum ListSpaces {}
    pub enum PutContent {}
    pub enum ListSites {}
    pub enum StreamAsk {}
    pub enum GetImage {}
    pub enum PutImage {}
    pub enum UploadImage {}
    pub enum LabelImage {}
    pub enum Render {}
}
