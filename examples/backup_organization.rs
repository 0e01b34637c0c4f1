//! Writes all spaces of an organization into a folder, one subfolder for each, as Markdown files.
//! A space that cannot be read does not stop the others, but the program fails.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example backup_organization -- ORGANIZATION FOLDER

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use gitbook_api::Client;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [organization, folder] = &arguments[..] else {
        bail!("usage: backup_organization ORGANIZATION FOLDER");
    };
    let pages = backup(&Client::from_env()?, organization, Path::new(folder)).await?;
    println!("{pages} pages in {folder}");
    Ok(())
}

/// Writes all spaces, and returns the number of pages.
pub(crate) async fn backup(client: &Client, organization: &str, folder: &Path) -> Result<usize> {
    let mut pages = 0;
    let mut failed = Vec::new();
    let mut spaces = client
        .list_spaces_in_organization_by_id(organization)
        .items();
    while let Some(space) = spaces.next().await {
        let space = space.context("the spaces cannot be listed")?;
        match backup_space(client, space.id.as_str(), folder).await {
            Ok(written) => pages += written,
            Err(error) => {
                eprintln!("{}: {error:#}", space.title);
                failed.push(space.title);
            }
        }
    }
    let failed = failed.join(", ");
    ensure!(failed.is_empty(), "the backup lacks {failed}");
    Ok(pages)
}

/// Writes the pages of a space. Their paths do not lead out of the folder.
async fn backup_space(client: &Client, space: &str, folder: &Path) -> Result<usize> {
    let folder = folder.join(space);
    let mut pages = client.export_markdown(space).await?;
    let mut written = 0;
    while let Some(page) = pages.next().await {
        let page = page?;
        let file = folder.join(format!("{}.md", page.path));
        fs::create_dir_all(file.parent().unwrap_or(&folder))
            .and_then(|()| fs::write(&file, page.markdown))
            .with_context(|| format!("cannot write {}", file.display()))?;
        written += 1;
    }
    Ok(written)
}
