//! From the sources to `spec/fragments` and `spec/sources.lock`.

mod arrival;
mod document;
mod fetcher;
mod fragment;
mod http;
mod index;
mod json;
mod lock;
pub mod npm;
mod page;
mod progress;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, bail, ensure};
use rayon::{ThreadPoolBuilder, prelude::*};

pub use self::http::Limits;
use self::{arrival::Arrival, fetcher::Fetcher, lock::Lock, progress::Progress};
use crate::sources::{self, Source};

/// How many files are fetched at a time.
const CONCURRENCY: usize = 8;

/// What to fetch.
#[derive(Debug, Default)]
pub struct Options {
    /// The sources to fetch; all if none is named.
    pub names: Vec<String>,
    /// Write nothing, and fail if what arrives differs from `sources.lock` and the fragments.
    pub locked: bool,
}

/// Fetches the sources of `sources.toml` in the folder `spec`. What was fetched from a source that
/// fails now stays as it is, and the others are still fetched.
///
/// # Errors
/// When a name is not that of a source, or a source fails: all that failed are named.
pub fn run(spec: &Path, options: &Options, limits: &Limits) -> anyhow::Result<()> {
    let spec = &spec
        .canonicalize()
        .with_context(|| format!("cannot find the folder {}", spec.display()))?;
    let sources = sources::read(spec)?;
    let selected = select(&sources, &options.names)?;
    let mut entries: BTreeMap<_, _> = lock::read(spec)?
        .source
        .into_iter()
        .map(|entry| (entry.name.clone(), entry))
        .collect();

    let mut failures = Vec::new();
    for (source, arrival) in selected.iter().zip(fetch(spec, &selected, limits)?) {
        let name = source.name();
        let folder = source.folder(spec);
        let done = arrival.and_then(|arrival| {
            match options.locked {
                true => arrival.check(entries.get(name), &folder)?,
                false => arrival.store(&folder)?,
            }
            Ok(arrival)
        });
        match done {
            Ok(arrival) => {
                println!("{arrival}");
                entries.insert(name.to_owned(), arrival.entry);
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
            "there is no source {name}: spec/sources.toml has {}",
            known.join(", ")
        );
    }
    let is_selected =
        |source: &&Source| names.is_empty() || names.iter().any(|n| n == source.name());
    Ok(sources.iter().filter(is_selected).collect())
}

/// What arrives from each source, in order.
fn fetch(
    spec: &Path,
    sources: &[&Source],
    limits: &Limits,
) -> anyhow::Result<Vec<anyhow::Result<Arrival>>> {
    let progress = Progress::start(sources.len());
    let fetcher = Fetcher::new(spec, limits, &progress);
    let pool = ThreadPoolBuilder::new().num_threads(CONCURRENCY).build()?;
    let each = || sources.par_iter().map(|source| fetcher.fetch(source));
    let arrivals = pool.install(|| each().collect());
    progress.finish();
    Ok(arrivals)
}
