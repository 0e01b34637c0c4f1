//! Reading bodies without trusting their size.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

use crate::error::{BODY_LIMIT, Error, Kind};

/// The decompressed body.
///
/// It is read piece by piece, so that a small answer that unpacks into a large one is noticed when
/// it passes the limit, not when it has filled the memory.
pub(crate) async fn read(response: &mut Response, limit: usize) -> Result<Bytes, Error> {
    let too_large = || {
        let message = format!("the answer is larger than {limit} bytes; see max_body_size");
        Error::new(Kind::TooLarge, message)
    };
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::from_reqwest)? {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The beginning of the body of an error; what cannot be read is left out, because the status
/// alone says enough.
pub(crate) async fn read_error(response: &mut Response) -> Bytes {
    let mut body = BytesMut::new();
    while body.len() < BODY_LIMIT {
        let Ok(Some(chunk)) = response.chunk().await else {
            break;
        };
        body.extend_from_slice(&chunk[..chunk.len().min(BODY_LIMIT - body.len())]);
    }
    body.freeze()
}
