//! `cargo xtask fetch`.

use std::path::Path;

use anyhow::Result;
use gitbook_spec::fetch::{self, Limits, Options};

/// Download GitBook's OpenAPI documents.
///
/// Downloads the sources listed in spec/sources.toml, stores what they contain under
/// spec/fragments, and records their checksums in spec/sources.lock. If a source fails, its files
/// are kept and the other sources are still fetched. Needs the network, and npm for sources
/// that are npm packages.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The sources to fetch, by the names they have in spec/sources.toml [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Write nothing; fail if a download differs from spec/sources.lock or spec/fragments
    #[arg(long)]
    locked: bool,
    /// Follow redirects to this host, too
    #[arg(long = "redirect-host", value_name = "HOST")]
    redirect_hosts: Vec<String>,
}

pub(crate) fn run(root: &Path, arguments: Arguments) -> Result<()> {
    let options = Options {
        names: arguments.names,
        locked: arguments.locked,
        redirect_hosts: arguments.redirect_hosts,
    };
    fetch::run(&root.join("spec"), &options, &Limits::default())
}
