//! Lists the spaces of all installations of an integration, each with the token of its installation.
//! An installation that fails does not stop the others, but the program fails.
//!
//!     GITBOOK_TOKEN=gb_int_... cargo run --example integration_installations -- INTEGRATION

use std::env;

use anyhow::{Context, Result, ensure};
use gitbook_api::types::{
    IntegrationInstallationStatus, IntegrationSpaceInstallationSpace as InstalledSpace,
};
use gitbook_api::{Client, Error};

#[tokio::main]
async fn main() -> Result<()> {
    let name = env::args()
        .nth(1)
        .context("usage: integration_installations INTEGRATION")?;
    let integration = Client::from_env()?;
    let mut installations = integration.list_integration_installations(&name).items();
    let mut failed = 0;
    while let Some(installation) = installations.next().await {
        let installation = installation.context("the installations cannot be listed")?;
        println!("{} ({})", installation.id, installation.status);
        if installation.status != IntegrationInstallationStatus::Active {
            continue;
        }
        // Requests a token with the first call, and renews it; the connections are shared.
        let client = integration.installation(&name, &installation.id);
        if let Err(error) = list_spaces(&client, &name, installation.id.as_str()).await {
            failed += 1;
            eprintln!("  {error}");
        }
    }
    ensure!(failed == 0, "{failed} installations failed");
    Ok(())
}

/// Prints the spaces of an installation.
async fn list_spaces(client: &Client, integration: &str, installation: &str) -> Result<(), Error> {
    let list = client.list_integration_installation_spaces(integration, installation);
    let mut spaces = list.items();
    while let Some(installed) = spaces.next().await {
        // GitBook returns some resources as their id only.
        let title = match installed?.space {
            InstalledSpace::Space(space) => space.title,
            InstalledSpace::String(id) => client.get_space_by_id(id).await?.into_body().title,
            _ => "a space of an unknown form".to_owned(),
        };
        println!("  {title}");
    }
    Ok(())
}
