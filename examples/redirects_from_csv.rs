//! Creates or updates the redirects of a site from a file with lines of the form `/old/path,https://new`.
//!
//!     GITBOOK_TOKEN=gb_api_... cargo run --example redirects_from_csv -- ORGANIZATION SITE redirects.csv

use std::env;
use std::fs;

use anyhow::{Context, Result, bail, ensure};
use gitbook_api::Client;
use gitbook_api::types::{
    BulkUpsertSiteRedirectsRequest, SiteRedirectDestinationExternal, SiteRedirectUpsertDestination,
    SiteRedirectUpsertResult,
};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [organization, site, file] = &arguments[..] else {
        bail!("usage: redirects_from_csv ORGANIZATION SITE FILE");
    };
    let csv = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let redirects = parse(&csv).with_context(|| format!("cannot use {file}"))?;

    let client = Client::from_env()?;
    let mut failed = 0;
    // The API takes 500 at a time.
    for chunk in redirects.chunks(500) {
        let request = BulkUpsertSiteRedirectsRequest::new(chunk.iter().cloned());
        let response = client
            .bulk_upsert_site_redirects(organization, site, request)
            .await?;
        for result in &response.results {
            if let SiteRedirectUpsertResult::Error(error) = result {
                failed += 1;
                eprintln!("{}: {}", error.source, error.error);
            }
        }
    }
    let all = redirects.len();
    ensure!(failed == 0, "{failed} of {all} redirects were refused");
    println!("{all} redirects");
    Ok(())
}

/// Reads the lines: a path, a comma, and an absolute URL.
pub(crate) fn parse(csv: &str) -> Result<Vec<SiteRedirectUpsertDestination>> {
    let mut redirects = Vec::new();
    for (index, line) in csv.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let (source, url) = line
            .split_once(',')
            .with_context(|| format!("line {} has no comma: {line}", index + 1))?;
        let target = SiteRedirectDestinationExternal::new(url.trim());
        let redirect = SiteRedirectUpsertDestination::new(source.trim());
        redirects.push(redirect.destination(target));
    }
    Ok(redirects)
}
