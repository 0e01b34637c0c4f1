//! Writes the pages of a space into a folder, as Markdown files.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example export_space -- SPACE FOLDER

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use gitbook_api::{Client, MarkdownPage};
use indicatif::{ProgressBar, ProgressStyle};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [space, folder] = &arguments[..] else {
        anyhow::bail!("usage: export_space SPACE FOLDER");
    };
    let client = Client::from_env()?;
    let mut pages = client.export_markdown(space).await?;

    let bar = ProgressBar::new(u64::try_from(pages.remaining())?);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    while let Some(page) = pages.next().await {
        let page = page?;
        bar.set_message(page.path.clone());
        write(Path::new(folder), &page)?;
        bar.inc(1);
    }
    bar.finish_with_message("");
    println!("{} pages in {folder}", bar.position());
    Ok(())
}

/// Writes a page. Its path does not lead out of the folder.
fn write(folder: &Path, page: &MarkdownPage) -> Result<()> {
    let file = folder.join(format!("{}.md", page.path));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(&file, &page.markdown).with_context(|| file.display().to_string())
}
