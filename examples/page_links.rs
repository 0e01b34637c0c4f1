//! Lists the headings of a page, the languages of its code, and the addresses that it refers to.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example page_links -- SPACE PAGE

use std::env;

use anyhow::{Context, Result, bail};
use gitbook_api::types::{DocumentBlockCode, RevisionPage};
use gitbook_api::{Client, DocumentTree};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [space, page] = &arguments[..] else {
        bail!("usage: page_links SPACE PAGE");
    };
    let page = Client::from_env()?.get_page_by_id(space, page).await?;
    let RevisionPage::Document(page) = page.into_body() else {
        bail!("only documents have content: this is a group, a link or a computed page");
    };
    let tree = DocumentTree::new(&page.document).context("the page is empty")?;

    for heading in tree.headings() {
        println!("{} {}", "#".repeat(heading.level.into()), heading.text);
    }
    for node in tree.nodes().filter(|node| node.kind() == "code") {
        let code: DocumentBlockCode = node.decode()?;
        println!("code: {}", code.data.syntax.as_deref().unwrap_or("plain"));
    }
    for node in tree.references() {
        match node.url() {
            Some(url) => println!("{}: {url}", node.kind()),
            None => println!("{}: within GitBook", node.kind()),
        }
    }
    Ok(())
}
