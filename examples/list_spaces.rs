//! Lists the spaces of an organization, page by page behind the scenes.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example list_spaces -- ORGANIZATION

use std::env;

use anyhow::{Context, Result};
use gitbook_api::Client;

#[tokio::main]
async fn main() -> Result<()> {
    let organization = env::args()
        .nth(1)
        .context("usage: list_spaces ORGANIZATION")?;
    let client = Client::from_env()?;
    let mut spaces = client
        .list_spaces_in_organization_by_id(organization)
        .limit(100)
        .items()
        .prefetch();

    let mut count = 0_u64;
    while let Some(space) = spaces.next().await {
        let space = space?;
        count += 1;
        let url = space.urls.published.as_deref().unwrap_or(&space.urls.app);
        println!("{}  {}  {url}", space.id, space.title);
    }
    match spaces.total() {
        Some(total) if total != count => println!("{count} spaces of {total}"),
        _ => println!("{count} spaces"),
    }
    Ok(())
}
