//! Uploads of files.

use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue},
};

use crate::{
    client::Client,
    error::{Error, ErrorKind},
    operation::Operation,
    transport::request::{HttpRequest, Payload},
    types::{GenerateStorageUploadUrlRequest, StorageFileMetadata, StorageUploadKind},
};

/// The second request of an upload, which goes to the storage and not to the API.
static UPLOAD: Operation = Operation::new("uploadToStorage", "PUT", "");

impl Client {
    /// Uploads a file to the storage of an organization. Returns the key of the file, which other
    /// operations take, such as the import of content.
    ///
    /// Requests a signed URL from the API and sends the file there, without the token.
    ///
    /// ```no_run
    /// # async fn upload(client: gitbook_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use gitbook_api::types::{StorageFileMetadata, StorageUploadKind};
    ///
    /// let content = std::fs::read("handbook.docx")?;
    /// let size = content.len() as f64;
    /// let file = StorageFileMetadata::new("handbook.docx", "application/octet-stream", size);
    /// let key = client.upload_file("org", StorageUploadKind::ImportFile, file, content).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the API returns no URL, or the storage refuses the file.
    pub async fn upload_file(
        &self,
        organization_id: impl ToString,
        kind: StorageUploadKind,
        file: StorageFileMetadata,
        content: impl Into<Bytes>,
    ) -> Result<String, Error> {
        let refused = |what: &str| Error::new(ErrorKind::Request, what).of(&UPLOAD, 0);
        let media_type = HeaderValue::try_from(&file.type_)
            .map_err(|_| refused("the media type contains characters not allowed in a header"))?;
        let upload = GenerateStorageUploadUrlRequest::new(file, kind);
        let target = self
            .generate_storage_upload_url(organization_id, upload)
            .send()
            .await?;
        let request = HttpRequest {
            method: Method::PUT,
            url: Url::parse(&target.url).map_err(|_| refused("the signed URL is not a URL"))?,
            headers: HeaderMap::from_iter([(CONTENT_TYPE, media_type)]),
            body: Some(Payload::Bytes(content.into())),
            is_authenticated: false,
            options: self.transport().options.clone(),
        };
        self.transport().send(&UPLOAD, &request).await?;
        Ok(target.into_body().key)
    }
}
