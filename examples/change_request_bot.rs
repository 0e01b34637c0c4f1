//! Proposes new content for a page: opens a change request, replaces the page, and asks for reviews.
//! A person merges it. Made for a job that generates Markdown, such as a changelog.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example change_request_bot -- SPACE PAGE_PATH page.md [USER...]

use std::env;
use std::fs;

use anyhow::{Context, Result, bail};
use gitbook_api::Client;
use gitbook_api::types::{
    ChangeRequestContentChangeUpdatePage, CreateChangeRequestRequest, MarkdownDocument,
    RequestReviewersForChangeRequestRequest, UpdateChangeRequestContentRequest,
};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [space, path, file, reviewers @ ..] = &arguments[..] else {
        bail!("usage: change_request_bot SPACE PAGE_PATH FILE [USER...]");
    };
    let markdown = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let client = Client::from_env()?;
    let page = client
        .get_page_by_path(space, path)
        .await
        .with_context(|| format!("cannot find the page {path}"))?;
    let page = page.id().context("the page has no id")?;

    let subject = format!("Update {path}");
    let opened = CreateChangeRequestRequest::new().subject(subject);
    let request = client.create_change_request(space, opened).await?;
    let change =
        ChangeRequestContentChangeUpdatePage::new(page).document(MarkdownDocument::new(markdown));
    let content = UpdateChangeRequestContentRequest::new([change]);
    client
        .update_change_request_content(space, &request.id, content)
        .await
        .with_context(|| format!("{} is open, but has no changes", request.urls.app))?;
    if !reviewers.is_empty() {
        let asked = RequestReviewersForChangeRequestRequest::new(reviewers);
        client
            .request_reviewers_for_change_request(space, &request.id, asked)
            .await
            .with_context(|| format!("nobody was asked to review {}", request.urls.app))?;
    }
    println!("{}", request.urls.app);
    Ok(())
}
