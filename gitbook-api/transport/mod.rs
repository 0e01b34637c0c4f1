//! How a request is made and sent, and how its response is received.

pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod endpoint;
pub(crate) mod rate_limit;
pub(crate) mod retry;
pub(crate) mod target;
pub(crate) mod trace;
