// Generated from spec/openapi.yaml by gitbook-api-codegen.

/// # Spaces
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
impl Client {
    /// Get a space
    ///
    /// Returns the space, see <https://example.com>.
    ///
    /// - with its title
    ///
    /// Sends a `GET` request to `/spaces/{spaceId}`
    ///
    /// Arguments:
    /// - `space_id`: The unique ID of the space. Pattern `^[a-z]+$`.
    ///
    /// Options, set on the builder:
    /// - `evaluated`
    /// - `share_key`: The key of a share link.
    /// - `x_trace_id`
    ///
    /// OAuth scope: `space:read`.
    #[doc(alias = "area")]
    pub fn get_space_by_id(
        &self,
        space_id: impl Into<crate::ids::SpaceId>,
    ) -> builder::GetSpaceById {
        let call = self.call(&operations::GET_SPACE_BY_ID);
        let space_id: crate::ids::SpaceId = space_id.into();
        let call = call.path("spaceId", space_id);
        builder::GetSpaceById(call)
    }

    /// Sends a `DELETE` request to `/spaces/{spaceId}`
    ///
    /// Arguments:
    /// - `space_id`: The unique ID of the space. Pattern `^[a-z]+$`.
    ///
    /// OAuth scope: `space:read`.
    #[deprecated]
    pub fn delete_space_by_id(
        &self,
        space_id: impl Into<crate::ids::SpaceId>,
    ) -> builder::DeleteSpaceById {
        let call = self.call(&operations::DELETE_SPACE_BY_ID);
        let space_id: crate::ids::SpaceId = space_id.into();
        let call = call.path("spaceId", space_id);
        builder::DeleteSpaceById(call)
    }

    /// Sends a `PATCH` request to `/spaces/{spaceId}`
    ///
    /// Arguments:
    /// - `space_id`: The unique ID of the space. Pattern `^[a-z]+$`.
    /// - `body`
    ///
    /// OAuth scope: `space:read`.
    pub fn update_space_by_id(
        &self,
        space_id: impl Into<crate::ids::SpaceId>,
        body: impl Into<types::UpdateSpace>,
    ) -> builder::UpdateSpaceById {
        let call = self.call(&operations::UPDATE_SPACE_BY_ID);
        let space_id: crate::ids::SpaceId = space_id.into();
        let call = call.path("spaceId", space_id);
        let call = call.body::<types::UpdateSpace>(&body.into());
        builder::UpdateSpaceById(call)
    }

    /// Sends a `GET` request to `/spaces`
    ///
    /// OAuth scope: `space:read`.
    pub fn list_spaces(&self, since: impl Into<crate::DateTime>) -> builder::ListSpaces {
        let call = self.call(&operations::LIST_SPACES);
        let since: crate::DateTime = since.into();
        let call = call.query("since", since);
        builder::ListSpaces(call)
    }

    /// Sends a `PUT` request to `/spaces/{spaceId}/content/{path}`
    ///
    /// OAuth scope: `space:read`.
    #[doc(hidden)]
    pub fn put_content(
        &self,
        space_id: impl Into<crate::ids::SpaceId>,
        path: impl ToString,
    ) -> builder::PutContent {
        let call = self.call(&operations::PUT_CONTENT);
        let space_id: crate::ids::SpaceId = space_id.into();
        let call = call.path("spaceId", space_id);
        let call = call.path("path", path);
        builder::PutContent(call)
    }
}

/// # Sites
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
impl Client {
    /// Sends a `GET` request to `/sites`
    ///
    /// OAuth scope: `space:read`.
    pub fn list_sites(&self) -> builder::ListSites {
        builder::ListSites(self.call(&operations::LIST_SITES))
    }

    /// Sends a `GET` request to `/sites/{siteId}/ask`
    ///
    /// Arguments:
    /// - `site_id`
    /// - `query`: At most 512 characters.
    ///
    /// OAuth scope: `space:read`.
    pub fn stream_ask(
        &self,
        site_id: impl Into<crate::ids::SiteId>,
        query: impl ToString,
    ) -> builder::StreamAsk {
        let call = self.call(&operations::STREAM_ASK);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        let call = call.query("query", query);
        builder::StreamAsk(call)
    }

    /// Sends a `GET` request to `/sites/{siteId}/image`
    ///
    /// OAuth scope: `space:read`.
    pub fn get_image(&self, site_id: impl Into<crate::ids::SiteId>) -> builder::GetImage {
        let call = self.call(&operations::GET_IMAGE);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        builder::GetImage(call)
    }

    /// Sends a `PUT` request to `/sites/{siteId}/image`
    ///
    /// OAuth scope: `space:read`.
    pub fn put_image(
        &self,
        site_id: impl Into<crate::ids::SiteId>,
        body: impl Into<bytes::Bytes>,
    ) -> builder::PutImage {
        let call = self.call(&operations::PUT_IMAGE);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        let call = call.body_bytes("application/octet-stream", body);
        builder::PutImage(call)
    }

    /// Sends a `POST` request to `/sites/{siteId}/image`
    ///
    /// OAuth scope: `space:read`.
    #[cfg(feature = "multipart")]
    #[cfg_attr(docsrs, doc(cfg(all(feature = "sites", feature = "multipart"))))]
    pub fn upload_image(
        &self,
        site_id: impl Into<crate::ids::SiteId>,
        body: reqwest::multipart::Form,
    ) -> builder::UploadImage {
        let call = self.call(&operations::UPLOAD_IMAGE);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        let call = call.body_multipart(body);
        builder::UploadImage(call)
    }

    /// Sends a `PATCH` request to `/sites/{siteId}/image`
    ///
    /// OAuth scope: `space:read`.
    pub fn label_image(&self, site_id: impl Into<crate::ids::SiteId>) -> builder::LabelImage {
        let call = self.call(&operations::LABEL_IMAGE);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        builder::LabelImage(call)
    }

    /// Sends a `POST` request to `/render`
    ///
    /// OAuth scope: `space:read`.
    pub fn render(&self, body: impl Into<String>) -> builder::Render {
        let call = self.call(&operations::RENDER);
        let call = call.body_text("text/markdown; charset=utf-8", body);
        builder::Render(call)
    }
}
