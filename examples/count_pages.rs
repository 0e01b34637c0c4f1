//! Counts the top-level pages of each space of an organization, with at most four calls at a time, and shows
//! how much of the rate limit is left.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example count_pages -- ORGANIZATION

use std::env;

use anyhow::{Context, Result};
use futures_util::TryStreamExt;
use gitbook_api::types::Space;
use gitbook_api::{Client, ClientBuilder, Error, RateLimit};

#[tokio::main]
async fn main() -> Result<()> {
    let organization = env::args()
        .nth(1)
        .context("usage: count_pages ORGANIZATION")?;
    // All clones of a client share the limit, and wait if the API allows no more calls.
    let client = ClientBuilder::from_env()?.max_concurrent(4).build()?;

    let spaces = client.list_spaces_in_organization_by_id(organization);
    let mut counts = spaces
        .items()
        .map_ok(|space| count(&client, space))
        .try_buffer_unordered(8);
    let mut limit = RateLimit::default();
    while let Some((title, count, after)) = counts.try_next().await? {
        println!("{count:5}  {title}");
        limit = after;
    }
    if let (Some(remaining), Some(limit)) = (limit.remaining, limit.limit) {
        println!("{remaining} of {limit} calls are left");
    }
    Ok(())
}

/// Returns the title of the space, its number of top-level pages, and the rate limit after the call.
async fn count(client: &Client, space: Space) -> Result<(String, usize, RateLimit), Error> {
    let contents = client.list_pages(&space.id).await?;
    Ok((
        space.title,
        contents.pages.len(),
        contents.meta().rate_limit(),
    ))
}
