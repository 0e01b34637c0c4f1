//! Downloads files, with limits on time, size and the number of attempts.

use std::{
    fs::File,
    io::{self, Read},
    thread,
    time::{Duration, SystemTime},
};

use anyhow::{anyhow, bail};
use ureq::{Agent, http::HeaderMap};
use url::Url;

use super::progress::Progress;

/// The limits of a fetch.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The number of times a request is sent before it counts as failed.
    pub attempts: u32,
    /// The wait before the second attempt. It doubles with each further attempt.
    pub first_wait: Duration,
    /// The longest `Retry-After` that is honored.
    pub longest_wait: Duration,
    /// The time limit for connecting.
    pub connect: Duration,
    /// The time limit for one attempt, from name resolution to the last byte.
    pub total: Duration,
    /// The maximum size of a file in bytes, after decompression.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attempts: 4,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            bytes: 64 * 1024 * 1024,
        }
    }
}

/// Downloads files.
pub struct Client<'a> {
    agent: Agent,
    limits: &'a Limits,
    progress: &'a Progress,
}

/// A failed attempt.
struct Failure {
    error: anyhow::Error,
    retry: Retry,
}

enum Retry {
    Never,
    Backoff,
    After(Duration),
}

impl<'a> Client<'a> {
    /// Creates a client that reports waits to `progress`.
    pub fn new(limits: &'a Limits, progress: &'a Progress) -> Self {
        let config = Agent::config_builder()
            .user_agent(concat!("gitbook-api-xtask/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.total))
            .http_status_as_error(false)
            .build();
        Self {
            agent: config.into(),
            limits,
            progress,
        }
    }

    /// Returns the bytes at a `http:`, `https:` or `file:` URL.
    ///
    /// # Errors
    ///
    /// Fails if they cannot be read within the limits.
    pub fn get(&self, location: &Url) -> anyhow::Result<Vec<u8>> {
        if location.scheme() == "file" {
            return self.read_file(location);
        }
        let mut wait = self.limits.first_wait;
        let mut attempts = 1;
        loop {
            let Failure { error, retry } = match self.attempt(location) {
                Ok(bytes) => return Ok(bytes),
                Err(failure) => failure,
            };
            let pause = match retry {
                Retry::Never => return Err(error),
                Retry::Backoff => wait,
                Retry::After(asked) => asked,
            };
            if attempts == self.limits.attempts {
                return Err(error.context(format!("gave up after {attempts} attempts")));
            }
            if pause > self.limits.longest_wait {
                let seconds = pause.as_secs();
                return Err(error.context(format!("the server requires a wait of {seconds} s")));
            }
            self.progress
                .note(&format!("{location}: {error:#}; retrying in {pause:?}"));
            thread::sleep(pause);
            wait *= 2;
            attempts += 1;
        }
    }

    fn read_file(&self, location: &Url) -> anyhow::Result<Vec<u8>> {
        let Ok(path) = location.to_file_path() else {
            bail!("not a local path");
        };
        self.read(&mut File::open(path)?)?
            .ok_or_else(|| self.too_large())
    }

    fn attempt(&self, location: &Url) -> Result<Vec<u8>, Failure> {
        let mut response = self.agent.get(location.as_str()).call().map_err(|error| {
            let retry = match is_transient(&error) {
                true => Retry::Backoff,
                false => Retry::Never,
            };
            Failure {
                error: error.into(),
                retry,
            }
        })?;
        let status = response.status();
        if !status.is_success() {
            let retry = match status.as_u16() {
                429 | 500..=599 => {
                    retry_after(response.headers()).map_or(Retry::Backoff, Retry::After)
                }
                _ => Retry::Never,
            };
            let error = anyhow!("HTTP status {status}");
            return Err(Failure { error, retry });
        }
        match self.read(&mut response.body_mut().as_reader()) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(Failure {
                error: self.too_large(),
                retry: Retry::Never,
            }),
            Err(error) => Err(Failure {
                error: error.into(),
                retry: Retry::Backoff,
            }),
        }
    }

    /// Returns all bytes, or `None` if there are too many.
    fn read(&self, reader: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let most = self.limits.bytes;
        let read = reader.take(most + 1).read_to_end(&mut bytes)?;
        Ok((read as u64 <= most).then_some(bytes))
    }

    fn too_large(&self) -> anyhow::Error {
        anyhow!("larger than the limit of {} bytes", self.limits.bytes)
    }
}

/// Returns whether another attempt may succeed.
fn is_transient(error: &ureq::Error) -> bool {
    use ureq::Error::*;
    matches!(
        error,
        Io(_) | Timeout(_) | HostNotFound | ConnectionFailed | BodyStalled | Protocol(_)
    )
}

/// Returns the wait of a `Retry-After` header, which is a number of seconds or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
