//! Reads bodies up to a limit.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use tokio::time::timeout;

use crate::error::{BODY_LIMIT, Error, ErrorKind};

/// Returns the decompressed body.
///
/// It is read in chunks, so that a small response that decompresses into a large one is refused
/// when it passes the limit, not when it has filled the memory.
pub(crate) async fn read(response: &mut Response, limit: usize) -> Result<Bytes, Error> {
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(too_large(limit));
    }
    let first = chunk(response, 0, limit).await?.unwrap_or_default();
    let Some(second) = chunk(response, first.len(), limit).await? else {
        // Most bodies are one chunk, which needs no copy.
        return Ok(first);
    };
    let mut body = BytesMut::from(first);
    body.extend_from_slice(&second);
    while let Some(next) = chunk(response, body.len(), limit).await? {
        body.extend_from_slice(&next);
    }
    Ok(body.freeze())
}

/// Returns the next chunk, after `there` bytes.
async fn chunk(
    response: &mut Response,
    there: usize,
    limit: usize,
) -> Result<Option<Bytes>, Error> {
    match response.chunk().await.map_err(Error::from_reqwest)? {
        Some(chunk) if there + chunk.len() > limit => Err(too_large(limit)),
        chunk => Ok(chunk),
    }
}

fn too_large(limit: usize) -> Error {
    let message = format!("the response is larger than {limit} bytes; see max_body_size");
    Error::new(ErrorKind::TooLarge, message)
}

/// Returns the beginning of the body of an error. If it cannot be read completely, or not within
/// `limit`, the part that was read is enough, because there is a status.
pub(crate) async fn read_error(response: &mut Response, limit: Duration) -> Bytes {
    let mut body = BytesMut::new();
    let reading = async {
        while body.len() < BODY_LIMIT {
            let Ok(Some(chunk)) = response.chunk().await else {
                break;
            };
            body.extend_from_slice(&chunk[..chunk.len().min(BODY_LIMIT - body.len())]);
        }
    };
    // The part counts, whether it is all or not.
    let _ = timeout(limit, reading).await;
    body.freeze()
}
