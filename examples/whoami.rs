//! Tells whose token it is, and which organizations it reaches.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example whoami

use anyhow::{Context, Result};
use gitbook_api::Client;

#[tokio::main]
async fn main() -> Result<()> {
    let client = Client::from_env()?;
    let user = match client.get_authenticated_user().await {
        Ok(user) => user,
        Err(error) if error.is_unauthorized() => {
            return Err(error).context("GitBook does not accept the token");
        }
        Err(error) => return Err(error.into()),
    };
    let email = user.email.as_deref().unwrap_or("no email address");
    println!("{} <{email}>, {}", user.display_name, user.id);

    let mut organizations = client.list_organizations_for_authenticated_user().items();
    while let Some(organization) = organizations.next().await {
        let organization = organization?;
        println!("  {}  {}", organization.id, organization.title);
    }
    Ok(())
}
