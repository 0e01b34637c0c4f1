//! Gets any path of the API, also one that this version of the crate has no method for, and prints
//! the JSON. Values whose names are in the path are put there, others into the query.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example raw_call -- '/orgs/{id}/sites' id=acme limit=5

use std::env;

use anyhow::{Context, Result};
use gitbook_api::Client;
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let path = arguments
        .next()
        .context("usage: raw_call PATH [NAME=VALUE]...")?;

    let mut call = Client::from_env()?.get(&path);
    for argument in arguments {
        let (name, value) = argument
            .split_once('=')
            .with_context(|| format!("{argument} is not NAME=VALUE"))?;
        call = if path.contains(&format!("{{{name}}}")) {
            call.path(name, value)
        } else {
            call.query(name, value)
        };
    }

    let json = call.json::<Value>().await?;
    println!("{:#}", *json);
    eprintln!("{}", json.meta().status());
    Ok(())
}
