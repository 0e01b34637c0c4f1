//! Invites people to an organization by email.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example invite_members -- ORGANIZATION read a@b.com c@d.com

use std::env;

use anyhow::{Context, Result, bail, ensure};
use gitbook_api::Client;
use gitbook_api::types::{InviteUsersToOrganization, InviteUsersToOrganizationEmail, MemberRole};

#[tokio::main]
async fn main() -> Result<()> {
    let usage = "usage: invite_members ORGANIZATION ROLE EMAIL...";
    let mut arguments = env::args().skip(1);
    let organization = arguments.next().context(usage)?;
    let role = MemberRole::from(arguments.next().context(usage)?);
    let emails: Vec<String> = arguments.collect();
    ensure!(!emails.is_empty(), usage);
    if let MemberRole::Unknown(role) = role {
        bail!("{role:?} is no role: take admin, create, edit, review, comment or read");
    }

    let invited = emails
        .into_iter()
        .map(InviteUsersToOrganizationEmail::Email);
    let answer = Client::from_env()?
        .invite_users_to_organization(
            organization,
            InviteUsersToOrganization::new(invited).role(role),
        )
        .await;
    let answer = match answer {
        Err(error) if error.is_forbidden() => {
            return Err(error).context("only administrators of an organization invite people");
        }
        answer => answer?.into_body(),
    };

    println!("{} invited", answer.invited);
    let failed = answer.failed_sso_emails.unwrap_or_default();
    ensure!(failed.is_empty(), "not invited: {}", failed.join(", "));
    Ok(())
}
