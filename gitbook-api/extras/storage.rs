//! Uploads of files.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT},
};

use crate::{
    client::Client,
    error::{Error, ErrorKind},
    operation::{Called, Operation},
    transport::request::{HttpRequest, Payload},
    transport::url::is_loopback,
    types::{GenerateStorageUploadUrlRequest, StorageFileMetadata, StorageUploadKind},
};

/// The second request of an upload, which goes to the storage and not to the API.
static UPLOAD: Operation = Operation::new("uploadToStorage", "PUT", "");

/// The content of a file to be uploaded: bytes, or the path of a file.
///
/// A file is read while it is sent, for each attempt again, and is never in memory as a whole. Text
/// is content and no path; for a path, use [`Path`] or [`PathBuf`].
#[derive(Clone, Debug)]
pub struct FileContent(Content);

#[derive(Clone, Debug)]
enum Content {
    Bytes(Bytes),
    Path(PathBuf),
}

macro_rules! contents {
    ($($ty:ty)*) => {
        $(
            impl From<$ty> for FileContent {
                fn from(content: $ty) -> Self {
                    Self(Content::Bytes(content.into()))
                }
            }
        )*
    };
}

contents! { Bytes Vec<u8> String &'static [u8] &'static str }

impl From<PathBuf> for FileContent {
    fn from(path: PathBuf) -> Self {
        Self(Content::Path(path))
    }
}

impl From<&Path> for FileContent {
    fn from(path: &Path) -> Self {
        path.to_owned().into()
    }
}

impl FileContent {
    /// Returns the body of the upload and its size in bytes.
    fn open(self) -> Result<(Payload, u64), Error> {
        match self.0 {
            Content::Bytes(bytes) => {
                let size = bytes.len() as u64;
                Ok((Payload::Bytes(bytes), size))
            }
            Content::Path(path) => match path.metadata() {
                Ok(metadata) if metadata.is_file() => {
                    let size = metadata.len();
                    Ok((Payload::File(path), size))
                }
                Ok(_) => Err(refused(&format!("{} is not a file", path.display()))),
                Err(error) => {
                    let message = format!("the file {} cannot be read", path.display());
                    Err(refused(&message).with_source(error))
                }
            },
        }
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
    /// Requests a signed URL from the API and sends the file there, without the token. The size in
    /// `file` is replaced by the one that `content` has.
    ///
    /// ```no_run
    /// # async fn upload(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// use std::path::Path;
    /// use gitbook_api::types::{StorageFileMetadata, StorageUploadKind};
    ///
    /// let file = StorageFileMetadata::new("handbook.docx", "application/octet-stream", 0);
    /// let path = Path::new("handbook.docx");
    /// let key = client.upload_file("org", StorageUploadKind::ImportFile, file, path).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Request`] if the file cannot be read, with [`ErrorKind::Decode`] if the
    /// API returns no URL to which files can be sent encrypted, or if the storage refuses the file.
    pub async fn upload_file(
        &self,
        organization_id: impl ToString,
        kind: StorageUploadKind,
        mut file: StorageFileMetadata,
        content: impl Into<FileContent>,
    ) -> Result<String, Error> {
        let media_type = HeaderValue::try_from(&file.type_)
            .map_err(|_| refused("the media type contains characters not allowed in a header"))?;
        let (body, size) = content.into().open()?;
        file.size = size as f64;
        let mut headers =
            HeaderMap::from_iter([(CONTENT_TYPE, media_type), (CONTENT_LENGTH, size.into())]);
        if let Some(user_agent) = self.transport().headers.get(USER_AGENT) {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        let upload = GenerateStorageUploadUrlRequest::new(file, kind);
        let target = self
            .generate_storage_upload_url(organization_id, upload)
            .send()
            .await?;
        let request = HttpRequest {
            method: Method::PUT,
            url: signed_url(&target.url)?,
            headers,
            body: Some(body),
            is_authenticated: false,
            options: self.transport().options.clone(),
        };
        self.transport()
            .send(&Called::from(&UPLOAD), &request)
            .await?;
        Ok(target.into_body().key)
    }
}
