//! The client against a server with faults.

#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod events;
mod examples;
mod helpers;
mod hooks;
#[cfg(feature = "integrations")]
mod installations;
mod limits;
mod load;
#[cfg(all(feature = "mock", feature = "all"))]
mod mock;
#[cfg(feature = "mock")]
mod mocks;
mod operations;
mod pages;
#[cfg(all(feature = "mock", feature = "all"))]
mod programs;
mod raw;
mod redirects;
mod requests;
mod responses;
mod retries;
mod runtimes;
mod server;
mod tokens;
