//! Downloads files, with limits on time, size and the number of attempts.

use std::{
    fs::File,
    io::{self, Read},
    thread,
    time::{Duration, Instant, SystemTime},
};

use anyhow::{anyhow, bail};
use ureq::{
    Agent, Body,
    http::{HeaderMap, Response},
};
use url::Url;

use super::progress::Progress;

/// The maximum number of redirects for one file.
const MAX_REDIRECTS: usize = 5;

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
    /// The time limit for all attempts and files together.
    pub overall: Duration,
    /// The maximum size of a file in bytes, after decompression.
    pub bytes: u64,
    /// The maximum number of pages of an index.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attempts: 4,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            overall: Duration::from_secs(30 * 60),
            bytes: 64 * 1024 * 1024,
            pages: 2_000,
        }
    }
}

/// Downloads files.
pub(super) struct Client<'a> {
    agent: Agent,
    /// Other hosts that servers may redirect to.
    redirect_hosts: &'a [String],
    start: Instant,
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
    pub(super) fn new(
        redirect_hosts: &'a [String],
        limits: &'a Limits,
        progress: &'a Progress,
    ) -> Self {
        let config = Agent::config_builder()
            .user_agent(concat!("gitbook-api-xtask/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(limits.connect))
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Self {
            agent: config.into(),
            redirect_hosts,
            start: Instant::now(),
            limits,
            progress,
        }
    }

    /// Returns the bytes at a `http:`, `https:` or `file:` URL.
    ///
    /// # Errors
    ///
    /// Fails if they cannot be read within the limits.
    pub(super) fn get(&self, location: &Url) -> anyhow::Result<Vec<u8>> {
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
            let overall = self.limits.overall;
            if pause > self.time_left()? {
                return Err(error.context(format!("not done within {overall:?}")));
            }
            self.progress
                .note(&format!("{location}: {error:#}; retrying in {pause:?}"));
            thread::sleep(pause);
            wait *= 2;
            attempts += 1;
        }
    }

    /// Returns the rest of the overall time limit.
    ///
    /// # Errors
    ///
    /// Fails if there is none.
    pub(super) fn time_left(&self) -> anyhow::Result<Duration> {
        let left = self.limits.overall.checked_sub(self.start.elapsed());
        left.filter(|left| !left.is_zero())
            .ok_or_else(|| anyhow!("not done within {:?}", self.limits.overall))
    }

    fn read_file(&self, location: &Url) -> anyhow::Result<Vec<u8>> {
        let Ok(path) = location.to_file_path() else {
            bail!("not a local path");
        };
        self.read(&mut File::open(path)?)?
            .ok_or_else(|| self.too_large())
    }

    fn attempt(&self, location: &Url) -> Result<Vec<u8>, Failure> {
        let mut response = self.follow(location)?;
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

    /// Requests a location and follows redirects to allowed ones.
    fn follow(&self, location: &Url) -> Result<Response<Body>, Failure> {
        let mut location = location.clone();
        let never = |error| Failure {
            error,
            retry: Retry::Never,
        };
        for _ in 0..=MAX_REDIRECTS {
            let left = self.time_left().map_err(never)?;
            let request = self.agent.get(location.as_str()).config();
            let request = request.timeout_global(Some(self.limits.total.min(left)));
            let response = request.build().call().map_err(|error| Failure {
                retry: if is_transient(&error) {
                    Retry::Backoff
                } else {
                    Retry::Never
                },
                error: error.into(),
            })?;
            let target = response.headers().get("location");
            let target = target.filter(|_| response.status().is_redirection());
            let Some(target) = target else {
                return Ok(response);
            };
            let target = target.to_str().ok().and_then(|to| location.join(to).ok());
            let target = target.ok_or_else(|| never(anyhow!("redirects to an invalid URL")))?;
            if !self.is_allowed(&location, &target) {
                return Err(never(anyhow!(
                    "redirects to {target}; change the location, or allow its host with \
                     --redirect-host"
                )));
            }
            location = target;
        }
        Err(never(anyhow!("redirects more than {MAX_REDIRECTS} times")))
    }

    /// Returns whether a redirect stays on the host and port, possibly upgraded to HTTPS, or leads
    /// to an allowed host. A redirect to a private address is one to another host.
    fn is_allowed(&self, from: &Url, to: &Url) -> bool {
        let schemes = (from.scheme(), to.scheme());
        let scheme = matches!(schemes, ("http", "http") | ("http" | "https", "https"));
        let port = from.port_or_known_default() == to.port_or_known_default()
            || (from.scheme() != to.scheme() && from.port().is_none() && to.port().is_none());
        let is_listed = |host: &str| self.redirect_hosts.iter().any(|allowed| allowed == host);
        let is_same = from.host_str() == to.host_str() && port;
        scheme && (is_same || to.host_str().is_some_and(is_listed))
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
