//! Lists the members of an organization, without an async runtime.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example blocking --features blocking -- ORGANIZATION

use std::env;

use anyhow::{Context, Result};
use gitbook_api::Client;

fn main() -> Result<()> {
    let id = env::args().nth(1).context("usage: blocking ORGANIZATION")?;
    let client = Client::from_env()?;
    let organization = client.get_organization_by_id(&id).send().wait()?;
    println!("{}", organization.title);

    let mut count = 0;
    for member in client.list_members_in_organization_by_id(&id).items() {
        let member = member?;
        let role = member.role.as_ref().map_or("no role", |role| role.as_str());
        println!("  {}  {role}", member.user.display_name);
        count += 1;
    }
    println!("{count} members");
    Ok(())
}
