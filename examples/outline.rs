//! Prints the table of contents of a space.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example outline -- SPACE

use std::env;

use anyhow::{Context, Result};
use gitbook_api::{Client, PageRef, PageTree};

#[tokio::main]
async fn main() -> Result<()> {
    let space = env::args().nth(1).context("usage: outline SPACE")?;
    let contents = Client::from_env()?.list_pages(space).await?;
    for node in PageTree::new(&contents.pages) {
        print!("{}", "  ".repeat(node.depth()));
        match node.page() {
            PageRef::Document(page) => println!("{}  /{}", page.title, page.path),
            PageRef::Group(group) => println!("[{}]", group.title),
            PageRef::Link(link) => {
                let target = link.href.as_deref().unwrap_or("GitBook");
                println!("{} -> {target}", link.title);
            }
            // Other kinds, also those that later versions of the API add.
            _ => println!("{}", node.title().unwrap_or("untitled")),
        }
    }
    Ok(())
}
