// Generated from spec/openapi.yaml by gitbook-api-codegen.

/// # Spaces
#[cfg_attr(docsrs, doc(cfg(feature = "spaces")))]
impl Client {
    /// Get a space.
    ///
    /// Returns the space, see <https://example.com>.
    ///
    /// - with its title
    ///
    /// Sends a `GET` request to `/spaces/{spaceId}`.
    ///
    /// Arguments:
    /// - `space_id`: The unique ID of the space. Pattern `^[a-z]+$`.
    ///
    /// Options, set on the builder:
    /// - `share_key`: The key of a share link.
    ///
    /// Returns the space: [`Space`](types::Space).
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let response = client.get_space_by_id("space").await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "area")]
    pub fn get_space_by_id(
        &self,
        space_id: impl Into<crate::ids::SpaceId>,
    ) -> builder::GetSpaceById {
        let call = self.call(&operations::GET_SPACE_BY_ID);
        let space_id: crate::ids::SpaceId = space_id.into();
        let call = call.path("spaceId", space_id);
        RequestBuilder::new(call)
    }

    /// Sends a `DELETE` request to `/spaces/{spaceId}`.
    ///
    /// Arguments:
    /// - `space_id`: The unique ID of the space. Pattern `^[a-z]+$`.
    ///
    /// Returns nothing but the status.
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # #[allow(deprecated)]
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let response = client.delete_space_by_id("space").await?;
    /// # Ok(())
    /// # }
    /// ```
    #[deprecated]
    pub fn delete_space_by_id(
        &self,
        space_id: impl Into<crate::ids::SpaceId>,
    ) -> builder::DeleteSpaceById {
        let call = self.call(&operations::DELETE_SPACE_BY_ID);
        let space_id: crate::ids::SpaceId = space_id.into();
        let call = call.path("spaceId", space_id);
        RequestBuilder::new(call)
    }

    /// Sends a `PATCH` request to `/spaces/{spaceId}`.
    ///
    /// Arguments:
    /// - `space_id`: The unique ID of the space. Pattern `^[a-z]+$`.
    ///
    /// Returns [`Space`](types::Space), or nothing, which the status tells.
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use gitbook_api::types;
    ///
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let body = types::UpdateSpace::new().title("title");
    /// let response = client.update_space_by_id("space", body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_space_by_id(
        &self,
        space_id: impl Into<crate::ids::SpaceId>,
        body: impl Into<types::UpdateSpace>,
    ) -> builder::UpdateSpaceById {
        let call = self.call(&operations::UPDATE_SPACE_BY_ID);
        let space_id: crate::ids::SpaceId = space_id.into();
        let call = call.path("spaceId", space_id);
        let call = call.body::<types::UpdateSpace>(&body.into());
        RequestBuilder::new(call)
    }

    /// Sends a `GET` request to `/spaces`.
    ///
    /// Returns [`Space`](types::Space) in pages.
    ///
    /// OAuth scope: `space:read`.
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
    pub fn list_spaces(&self, since: impl Into<crate::DateTime>) -> builder::ListSpaces {
        let call = self.call(&operations::LIST_SPACES);
        let since: crate::DateTime = since.into();
        let call = call.query("since", since);
        RequestBuilder::new(call)
    }

    /// Sends a `PUT` request to `/spaces/{spaceId}/content/{path}`.
    ///
    /// Returns a [`PutContentResponse`](crate::builder::PutContentResponse), which depends on the
    /// status.
    ///
    /// OAuth scope: `space:read`.
    #[cfg(any(not(doc), rustdoc_json))]
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
        RequestBuilder::new(call)
    }
}

/// # Sites
#[cfg_attr(docsrs, doc(cfg(feature = "sites")))]
impl Client {
    /// Sends a `GET` request to `/sites`.
    ///
    /// Returns [`ListSitesResponseItem`](types::ListSitesResponseItem) in pages.
    ///
    /// OAuth scope: `space:read`.
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
    pub fn list_sites(&self) -> builder::ListSites {
        RequestBuilder::new(self.call(&operations::LIST_SITES))
    }

    /// Sends a `GET` request to `/sites/{siteId}/ask`.
    ///
    /// Arguments:
    /// - `query`: At most 512 characters.
    ///
    /// Returns a stream of [`Block`](types::Block).
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let events = client.stream_ask("site-id", "query").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream_ask(
        &self,
        site_id: impl Into<crate::ids::SiteId>,
        query: impl ToString,
    ) -> builder::StreamAsk {
        let call = self.call(&operations::STREAM_ASK);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        let call = call.query("query", query);
        RequestBuilder::new(call)
    }

    /// Sends a `GET` request to `/sites/{siteId}/image`.
    ///
    /// Returns the image: bytes.
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let response = client.get_image("site-id").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_image(&self, site_id: impl Into<crate::ids::SiteId>) -> builder::GetImage {
        let call = self.call(&operations::GET_IMAGE);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        RequestBuilder::new(call)
    }

    /// Sends a `PUT` request to `/sites/{siteId}/image`.
    ///
    /// Body: `application/octet-stream`. `with_header` sets another `content-type`.
    ///
    /// Returns nothing but the status.
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let response = client.put_image("site-id", b"bytes".to_vec()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn put_image(
        &self,
        site_id: impl Into<crate::ids::SiteId>,
        body: impl Into<bytes::Bytes>,
    ) -> builder::PutImage {
        let call = self.call(&operations::PUT_IMAGE);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        let call = call.body_bytes("application/octet-stream", body);
        RequestBuilder::new(call)
    }

    /// Sends a `POST` request to `/sites/{siteId}/image`.
    ///
    /// Body: `multipart/form-data`. A form cannot be sent twice, so the call is not retried. Its
    /// parts:
    ///
    /// - `file`, required: file of type `image/png, image/jpeg`
    /// - `title`, required: text
    /// - `kind`: text
    /// - `blocks`: JSON, any number of times
    ///
    /// Returns a [`UploadImageResponse`](crate::builder::UploadImageResponse), which depends on the
    /// status.
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use gitbook_api::reqwest::multipart::{Form, Part};
    ///
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let body = Form::new().part("file", Part::bytes(b"bytes".to_vec())).text("title", "title");
    /// let response = client.upload_image("site-id", body).await?;
    /// # Ok(())
    /// # }
    /// ```
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
        RequestBuilder::new(call)
    }

    /// Sends a `PATCH` request to `/sites/{siteId}/image`.
    ///
    /// Body: `application/x-www-form-urlencoded`.
    ///
    /// Returns nothing but the status.
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let response = client.label_image("site-id").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn label_image(&self, site_id: impl Into<crate::ids::SiteId>) -> builder::LabelImage {
        let call = self.call(&operations::LABEL_IMAGE);
        let site_id: crate::ids::SiteId = site_id.into();
        let call = call.path("siteId", site_id);
        RequestBuilder::new(call)
    }

    /// Sends a `POST` request to `/render`.
    ///
    /// Body: `text/markdown; charset=utf-8`.
    ///
    /// Returns nothing but the status.
    ///
    /// OAuth scope: `space:read`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// let response = client.render("body").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn render(&self, body: impl Into<String>) -> builder::Render {
        let call = self.call(&operations::RENDER);
        let call = call.body_text("text/markdown; charset=utf-8", body);
        RequestBuilder::new(call)
    }
}
