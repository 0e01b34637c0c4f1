//! Imports files, such as Markdown or Word documents, into a space, and waits until they are pages.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example import_files -- ORGANIZATION SPACE a.md b.docx

use std::env;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use gitbook_api::types::{ContentImportRunStatus, ContentImportTarget};
use gitbook_api::{Client, FileUpload};
use tokio::time::sleep;

#[tokio::main]
async fn main() -> Result<()> {
    let usage = "usage: import_files ORGANIZATION SPACE FILE...";
    let mut arguments = env::args().skip(1);
    let organization = arguments.next().context(usage)?;
    let target = ContentImportTarget::new(arguments.next().context(usage)?);
    ensure!(arguments.len() > 0, usage);
    let files = arguments.map(|file| {
        FileUpload::from_path(&file).on_progress(move |sent, size| {
            println!("{file}: {sent} of {size} bytes");
        })
    });

    let client = Client::from_env()?;
    let mut run = client
        .import_files(&organization, files, target)
        .await
        .context("the import was not started")?;
    loop {
        match &run.status {
            ContentImportRunStatus::Completed => break,
            ContentImportRunStatus::Failed | ContentImportRunStatus::Cancelled => {
                let reason = run.reason.as_deref().unwrap_or("GitBook gives no reason");
                bail!("the import {} {}: {reason}", run.id, run.status);
            }
            _ => sleep(Duration::from_secs(2)).await,
        }
        run = client.get_import_run(&organization, &run.id).await?;
    }
    println!("imported");
    Ok(())
}
