//! Prints a page as Markdown, with more patience than by default, and says what to do about failures.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example read_page -- SPACE guides/setup

use std::env;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use gitbook_api::types::{DocumentFormat, GetPageByPathResponse};
use gitbook_api::{ClientBuilder, Error, RetryPolicy};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [space, path] = &arguments[..] else {
        bail!("usage: read_page SPACE PATH");
    };
    let client = ClientBuilder::from_env()?
        .retry(RetryPolicy::new().max_attempts(8))
        .timeout(Duration::from_secs(120))
        .build()?;

    let call = client.get_page_by_path(space, path);
    let page = match call.format(DocumentFormat::Markdown).await {
        Ok(page) => page.into_body(),
        Err(error) => {
            let advice = advice(&error);
            return Err(error).context(advice);
        }
    };
    match page {
        GetPageByPathResponse::Document(page) => println!("{}", page.markdown.unwrap_or_default()),
        GetPageByPathResponse::Group(group) => bail!("{} is a group of pages", group.title),
        _ => bail!("{path} is neither a page nor a group"),
    }
    Ok(())
}

/// Returns what to tell the user.
fn advice(error: &Error) -> &'static str {
    if error.is_unauthorized() {
        "GITBOOK_TOKEN was not accepted: create a new token in the developer settings"
    } else if error.is_forbidden() {
        "the owner of this token must not read the space"
    } else if error.is_not_found() {
        "there is no such page, or the owner of this token cannot see it"
    } else if error.is_retryable() {
        "GitBook cannot be reached at the moment: try again later"
    } else {
        "the page cannot be read"
    }
}
