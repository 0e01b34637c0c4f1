//! Client of the whole GitBook REST API.

mod auth;
mod body;
mod call;
mod client;
mod config;
pub mod decode;
mod endpoint;
mod error;
mod events;
mod execute;
#[cfg(feature = "mock")]
pub mod mock;
mod operation;
mod paging;
mod rate_limit;
mod request;
mod response;
mod retry;
mod target;
mod trace;
pub mod wire;

pub use auth::{Token, TokenFuture, TokenProvider};
pub use call::Call;
pub use client::Client;
pub use config::ClientBuilder;
pub use error::Error;
pub use events::EventStream;
pub use operation::Operation;
pub use paging::{Items, Page, Pages};
pub use rate_limit::RateLimit;
pub use request::Request;
pub use response::{FromResponse, NoContent, Response};
pub use retry::RetryPolicy;

/// The HTTP client underneath, whose types are part of this crate's.
pub use reqwest;
