//! Prints the table of contents of a space.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example outline -- SPACE

use std::env;

use anyhow::{Context, Result};
use gitbook_api::Client;
use gitbook_api::types::{
    RevisionPage, RevisionPageDocument, RevisionPageDocumentPage, RevisionPageGroupPage,
};

#[tokio::main]
async fn main() -> Result<()> {
    let space = env::args().nth(1).context("usage: outline SPACE")?;
    let contents = Client::from_env()?.list_pages(space).await?;
    for page in &contents.pages {
        match page {
            RevisionPage::Document(page) => document(page, 0),
            RevisionPage::Group(group) => {
                println!("[{}]", group.title);
                for page in &group.pages {
                    match page {
                        RevisionPageGroupPage::Document(page) => document(page, 1),
                        other => line(other.title(), 1),
                    }
                }
            }
            RevisionPage::Link(link) => {
                println!(
                    "{} -> {}",
                    link.title,
                    link.href.as_deref().unwrap_or("GitBook")
                );
            }
            // Other members, also those that later versions of the API add.
            other => line(other.title(), 0),
        }
    }
    Ok(())
}

/// Prints a page and the pages below it.
fn document(page: &RevisionPageDocument, depth: usize) {
    println!("{:1$}{2}  /{3}", "", depth * 2, page.title, page.path);
    for page in &page.pages {
        match page {
            RevisionPageDocumentPage::Document(page) => document(page, depth + 1),
            other => line(other.title(), depth + 1),
        }
    }
}

/// Prints the title of what has no path.
fn line(title: Option<&str>, depth: usize) {
    println!("{:1$}{2}", "", depth * 2, title.unwrap_or("untitled"));
}
