//! Lists the organizations of several accounts. Their clients share connections and settings.
//!
//!     GITBOOK_TOKENS=gb_api_...,gb_api_... cargo run --example several_tokens

use std::env;

use anyhow::{Context, Result, bail};
use futures_util::future::join_all;
use gitbook_api::{Client, Error};

#[tokio::main]
async fn main() -> Result<()> {
    let tokens = env::var("GITBOOK_TOKENS").context("GITBOOK_TOKENS is not set")?;
    let shared = Client::builder().max_concurrent(8).build()?;
    let clients = tokens
        .split(',')
        .map(|token| shared.with_token(token.trim()))
        .collect::<Result<Vec<_>, _>>()?;

    let mut failed = 0;
    for (index, account) in join_all(clients.iter().map(account))
        .await
        .into_iter()
        .enumerate()
    {
        match account {
            Ok((name, titles)) => println!("{name}: {}", titles.join(", ")),
            Err(error) => {
                failed += 1;
                eprintln!("token {}: {error}", index + 1);
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} tokens do not work", clients.len());
    }
    Ok(())
}

/// Returns the name of the owner of the token, and the titles of the organizations.
async fn account(client: &Client) -> Result<(String, Vec<String>), Error> {
    let user = client.get_authenticated_user().await?.into_body();
    let mut titles = Vec::new();
    let mut organizations = client.list_organizations_for_authenticated_user().items();
    while let Some(organization) = organizations.next().await {
        titles.push(organization?.title);
    }
    Ok((user.display_name, titles))
}
