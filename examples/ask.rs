//! Asks a question about the content of an organization and prints the answer as it is written.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example ask -- ORGANIZATION "How do I invite people?"

use std::env;
use std::io::{self, Write};

use anyhow::{Result, bail};
use gitbook_api::Client;
use gitbook_api::types::{Document, DocumentFormat};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [organization, question] = &arguments[..] else {
        bail!("usage: ask ORGANIZATION QUESTION");
    };
    let mut events = Client::from_env()?
        .stream_ask_in_organization(organization, question)
        .format(DocumentFormat::Markdown)
        .await?;

    // Each event has the answer so far: what is new in it is printed.
    let mut printed = String::new();
    while let Some(event) = events.next().await {
        let Some(Document::MarkdownDocument(answer)) = event?.answer.answer else {
            continue;
        };
        match answer.markdown.strip_prefix(&printed) {
            Some(new) => print!("{new}"),
            None => print!("\n\n{}", answer.markdown),
        }
        io::stdout().flush()?;
        printed = answer.markdown;
    }
    println!();
    if printed.is_empty() {
        bail!("there is no answer to that");
    }
    Ok(())
}
