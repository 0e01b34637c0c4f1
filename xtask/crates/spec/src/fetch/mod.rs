//! Fetches the sources into `spec/fragments` and `spec/sources.lock`.

mod exclusive;
mod fetched;
mod fetcher;
mod fragment;
mod http;
mod index;
mod lock;
pub mod npm;
mod page;
mod progress;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, bail, ensure};
use rayon::{ThreadPoolBuilder, prelude::*};

use self::{fetched::Fetched, fetcher::Fetcher, lock::Lock, progress::Progress};
pub use self::{http::Limits, page::extract};
use crate::sources::{self, Source};
use crate::terminal;

/// The number of files that are fetched at the same time.
const CONCURRENCY: usize = 8;

/// Options of [`run`].
#[derive(Debug, Default)]
pub struct Options {
    /// The sources to fetch. Empty for all.
    pub names: Vec<String>,
    /// Write nothing, and fail if a download differs from `sources.lock` or the fragments.
    pub locked: bool,
    /// Other hosts that servers may redirect to.
    pub redirect_hosts: Vec<String>,
}

/// Fetches the sources of `sources.toml` in the folder `spec`. If a source fails, its stored
/// fragments are kept and the other sources are still fetched.
///
/// # Errors
///
/// Fails if a name is not that of a source, or if a source fails. The error lists all sources that
/// failed.
pub fn run(spec: &Path, options: &Options, limits: &Limits) -> anyhow::Result<()> {
    let spec = &spec
        .canonicalize()
        .with_context(|| format!("cannot find the folder {}", spec.display()))?;
    let _lock = exclusive::lock(spec)?;
    let sources = sources::read(spec)?;
    let selected = select(&sources, &options.names)?;
    let mut entries: BTreeMap<_, _> = lock::read(spec)?
        .source
        .into_iter()
        .map(|entry| (entry.name.clone(), entry))
        .collect();

    let mut failures = Vec::new();
    for (source, fetched) in selected
        .iter()
        .zip(fetch(spec, &selected, options, limits)?)
    {
        let name = source.name();
        let folder = source.folder(spec);
        let done = fetched.and_then(|fetched| {
            if options.locked {
                fetched.check(entries.get(name), &folder)?
            } else {
                fetched.store(&folder)?
            }
            Ok(fetched)
        });
        match done {
            Ok(fetched) => {
                println!("{}", terminal::printable(&fetched.to_string()));
                entries.insert(name.to_owned(), fetched.entry);
            }
            Err(error) => failures.push(format!("{name}: {error:#}")),
        }
    }
    if !options.locked {
        let in_order = sources.iter().map(Source::name);
        let source = in_order.filter_map(|name| entries.remove(name)).collect();
        lock::write(spec, &Lock { source })?;
    }
    if failures.is_empty() {
        return Ok(());
    }
    let (failed, all) = (failures.len(), selected.len());
    bail!("{failed} of {all} sources failed\n{}", failures.join("\n"))
}

fn select<'a>(sources: &'a [Source], names: &[String]) -> anyhow::Result<Vec<&'a Source>> {
    let known: Vec<_> = sources.iter().map(Source::name).collect();
    for name in names {
        ensure!(
            known.contains(&name.as_str()),
            "no source is named {name}; spec/sources.toml has {}",
            known.join(", ")
        );
    }
    let is_selected =
        |source: &&Source| names.is_empty() || names.iter().any(|n| n == source.name());
    Ok(sources.iter().filter(is_selected).collect())
}

/// Fetches the sources and returns the results in the same order.
fn fetch(
    spec: &Path,
    sources: &[&Source],
    options: &Options,
    limits: &Limits,
) -> anyhow::Result<Vec<anyhow::Result<Fetched>>> {
    let progress = Progress::start(sources.len());
    let fetcher = Fetcher::new(spec, &options.redirect_hosts, limits, &progress);
    let pool = ThreadPoolBuilder::new().num_threads(CONCURRENCY).build()?;
    let each = || sources.par_iter().map(|source| fetcher.fetch(source));
    let fetched = pool.install(|| each().collect());
    progress.finish();
    Ok(fetched)
}
