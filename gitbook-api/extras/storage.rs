//! Files on their way into GitBook.

use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue},
};

use crate::{
    call::Outgoing,
    client::Client,
    error::{Error, Kind},
    execute,
    operation::Operation,
    types::{GenerateStorageUploadUrlRequest, StorageFileMetadata, StorageUploadKind},
};

/// The second half of an upload, which goes to the storage and not to the API.
static UPLOAD: Operation = Operation::new("uploadToStorage", "PUT", "");

impl Client {
    /// Uploads a file to the storage of an organization, and gives the key that other operations,
    /// the import of content for instance, know it by.
    ///
    /// It asks the API for a signed URL and sends the file there, without the token.
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
    /// The API gives no URL, or the storage does not take the file.
    pub async fn upload_file(
        &self,
        organization_id: impl ToString,
        kind: StorageUploadKind,
        file: StorageFileMetadata,
        content: impl Into<Bytes>,
    ) -> Result<String, Error> {
        let refused = |what: &str| Error::new(Kind::Request, what).of(&UPLOAD, 0);
        let media_type = HeaderValue::try_from(&file.type_)
            .map_err(|_| refused("the media type has characters that no header has"))?;
        let request = GenerateStorageUploadUrlRequest::new(file, kind);
        let target = self
            .generate_storage_upload_url(organization_id, request)
            .send()
            .await?;
        let outgoing = Outgoing {
            method: Method::PUT,
            url: Url::parse(&target.url).map_err(|_| refused("the signed URL is not a URL"))?,
            headers: HeaderMap::from_iter([(CONTENT_TYPE, media_type)]),
            body: Some(content.into()),
            has_token: false,
        };
        execute::whole(self, &UPLOAD, &outgoing).await?;
        Ok(target.into_body().key)
    }
}
