//! Adds a page to a space the way people do: opens a change request, edits it, merges it.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example change_request -- SPACE TITLE page.md

use std::env;
use std::fs;

use anyhow::{Context, Result, bail};
use gitbook_api::Client;
use gitbook_api::types::{
    ChangeRequestContentChangeInsertPage, CreateChangeRequestRequest, MarkdownDocument,
    MergeChangeRequestResponseResult, UpdateChangeRequestContentRequest,
};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [space, title, file] = &arguments[..] else {
        bail!("usage: change_request SPACE TITLE FILE");
    };
    let markdown = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let client = Client::from_env()?;

    let change_request = client
        .create_change_request(
            space,
            CreateChangeRequestRequest::new().subject(format!("Add {title}")),
        )
        .await?;
    println!("opened {}", change_request.urls.app);

    let page = ChangeRequestContentChangeInsertPage::new(MarkdownDocument::new(markdown));
    client
        .update_change_request_content(
            space,
            &change_request.id,
            UpdateChangeRequestContentRequest::new([page.title(title)]),
        )
        .await
        .context("the page was not added; the change request stays open")?;

    let merge = client
        .merge_change_request(space, &change_request.id)
        .await
        .context("the page was added, but the change request could not be merged")?;
    match &merge.result {
        MergeChangeRequestResponseResult::Merge => println!("merged as {}", merge.revision),
        MergeChangeRequestResponseResult::Conflicts => bail!(
            "there are conflicts to resolve in {}",
            change_request.urls.app
        ),
        other => bail!("the merge ended with {other}"),
    }
    Ok(())
}
