//! Uploads of files.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT},
};

use crate::{
    client::Client,
    error::{Error, ErrorKind},
    ids::OrganizationId,
    operation::{Called, Operation},
    transport::request::{HttpRequest, Progress, UploadSource},
    transport::url::is_loopback,
    types::{GenerateStorageUploadUrlRequest, StorageFileMetadata, StorageUploadKind},
};

/// The second request of an upload, which goes to the storage and not to the API.
static UPLOAD: Operation = Operation::new("uploadToStorage", "PUT", "");

/// A file to be uploaded: a path, or bytes with a name.
///
/// A file is read while it is sent, for each attempt again, and is never in memory as a whole.
///
/// ```
/// use gitbook_api::FileUpload;
///
/// let file = FileUpload::from_path("handbook.docx").on_progress(|sent, size| {
///     println!("{sent} of {size} bytes");
/// });
/// let page = FileUpload::from_bytes("page.md", "# Title").media_type("text/markdown");
/// ```
#[derive(Clone)]
pub struct FileUpload {
    name: String,
    media_type: String,
    source: UploadSource,
    progress: Option<Progress>,
}

impl FileUpload {
    /// Creates the upload of a file from its path. Its name is the last part of the path, and its media
    /// type that of the extension, or `application/octet-stream`.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self::new(name.into_owned(), UploadSource::Path(path))
    }

    /// Creates the upload of bytes, with the name of the file. Its media type is that of the extension, or
    /// `application/octet-stream`.
    pub fn from_bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::new(name.into(), UploadSource::Bytes(content.into()))
    }

    fn new(name: String, source: UploadSource) -> Self {
        Self {
            media_type: media_type(&name).to_owned(),
            name,
            source,
            progress: None,
        }
    }

    /// Sets the name of the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the media type of the file.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = media_type.into();
        self
    }

    /// Calls a function whenever a part of the file was handed to the connection, with the number of bytes
    /// so far and the size of the file. If an attempt fails and is repeated, the number starts again.
    pub fn on_progress(mut self, report: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(report));
        self
    }

    /// Returns the size in bytes.
    fn size(&self) -> Result<u64, Error> {
        let path = match &self.source {
            UploadSource::Bytes(bytes) => return Ok(bytes.len() as u64),
            UploadSource::Path(path) => path,
        };
        match path.metadata() {
            Ok(metadata) if metadata.is_file() => Ok(metadata.len()),
            Ok(_) => Err(refused(&format!("{} is not a file", path.display()))),
            Err(error) => {
                let message = format!("the file {} cannot be read", path.display());
                Err(refused(&message).with_source(error))
            }
        }
    }
}

impl From<PathBuf> for FileUpload {
    fn from(path: PathBuf) -> Self {
        Self::from_path(path)
    }
}

impl From<&Path> for FileUpload {
    fn from(path: &Path) -> Self {
        Self::from_path(path)
    }
}

impl fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileUpload")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

/// Returns the media type of a file with this name.
fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "csv" => "text/csv",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "gif" => "image/gif",
        "htm" | "html" => "text/html",
        "jpeg" | "jpg" => "image/jpeg",
        "json" => "application/json",
        "markdown" | "md" => "text/markdown",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain",
        "webp" => "image/webp",
        "yaml" | "yml" => "application/yaml",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

fn refused(problem: &str) -> Error {
    Error::new(ErrorKind::Request, problem).of(&Called::from(&UPLOAD), 0)
}

/// Returns the signed URL that the API returned.
///
/// # Errors
///
/// Fails if it is not a URL, or one to which the file and the signature would be sent unencrypted.
fn signed_url(url: &str) -> Result<Url, Error> {
    let url = Url::parse(url).ok();
    let problem = match url {
        Some(url) if url.scheme() == "https" => return Ok(url),
        Some(url) if url.scheme() == "http" && is_loopback(&url) => return Ok(url),
        Some(_) => "the signed URL of the API is not an https URL",
        None => "the signed URL of the API is not a URL",
    };
    Err(Error::new(ErrorKind::Decode, problem).of(&Called::from(&UPLOAD), 0))
}

impl Client {
    /// Uploads a file to the storage of an organization. Returns the key of the file, which other
    /// operations take, such as the import of content.
    ///
    /// Requests a signed URL from the API and sends the file there, without the token.
    ///
    /// ```no_run
    /// # async fn upload(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// use gitbook_api::{FileUpload, types::StorageUploadKind};
    ///
    /// let file = FileUpload::from_path("handbook.docx");
    /// let key = client.upload_file("org", StorageUploadKind::ImportFile, file).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Request`] if the file cannot be read, with [`ErrorKind::Decode`] if the
    /// API returns no URL to which files can be sent encrypted, or if the storage refuses the file.
    pub async fn upload_file(
        &self,
        organization_id: impl Into<OrganizationId>,
        kind: StorageUploadKind,
        file: impl Into<FileUpload>,
    ) -> Result<String, Error> {
        let file = file.into();
        let media_type = HeaderValue::try_from(&file.media_type)
            .map_err(|_| refused("the media type contains characters not allowed in a header"))?;
        let size = file.size()?;
        let mut headers =
            HeaderMap::from_iter([(CONTENT_TYPE, media_type), (CONTENT_LENGTH, size.into())]);
        if let Some(user_agent) = self.transport().headers.get(USER_AGENT) {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        let metadata = StorageFileMetadata::new(file.name, file.media_type, size as f64);
        let upload = GenerateStorageUploadUrlRequest::new(metadata, kind);
        let target = self
            .generate_storage_upload_url(organization_id, upload)
            .send()
            .await?;
        let request = HttpRequest {
            method: Method::PUT,
            url: signed_url(&target.url)?,
            headers,
            body: Some(file.source.payload(size, file.progress)),
            is_authenticated: false,
            options: self.transport().options.clone(),
        };
        self.transport()
            .send(&Called::from(&UPLOAD), &request)
            .await?;
        Ok(target.into_body().key)
    }
}
