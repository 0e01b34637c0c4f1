//! `cargo xtask fetch`: from the sources to `spec/fragments` and `spec/sources.lock`.

mod document;
mod fragment;
mod http;
mod index;
mod json;
mod lock;
pub mod npm;
mod page;
mod progress;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail, ensure};
use rayon::{ThreadPoolBuilder, prelude::*};
use serde_json::Value;
use url::Url;

pub use self::http::Limits;
use self::{http::Client, progress::Progress};
use crate::{
    files,
    sources::{self, Source},
    yaml,
};

/// How many files are fetched at a time.
const CONCURRENCY: usize = 8;

/// The arguments of `cargo xtask fetch`.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// The sources to fetch, all if none is named.
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Write nothing, and fail when what arrives is not what spec/sources.lock and spec/fragments
    /// hold.
    #[arg(long)]
    pub locked: bool,
}

/// What arrived from one source.
struct Arrival {
    entry: lock::Entry,
    /// The text of each fragment by its file name.
    fragments: BTreeMap<String, String>,
}

/// Fetches the sources of `spec/sources.toml`. What was fetched from a source that fails now stays
/// as it is, and the others are still fetched.
///
/// # Errors
/// When a name is not that of a source, or a source fails: all that failed are named.
pub fn run(spec: &Path, arguments: &Arguments, limits: &Limits) -> anyhow::Result<()> {
    let spec = &spec
        .canonicalize()
        .with_context(|| format!("cannot find the folder {}", spec.display()))?;
    let sources = sources::read(spec)?;
    let selected = select(&sources, &arguments.names)?;
    let lock = lock::read(spec)?;

    let arrivals = fetch_all(spec, &selected, limits)?;

    let mut entries: BTreeMap<_, _> = lock
        .source
        .into_iter()
        .map(|entry| (entry.name.clone(), entry))
        .collect();
    let mut failures = Vec::new();
    for (source, arrival) in selected.iter().zip(arrivals) {
        let former = entries.get(source.name());
        let done = arrival.and_then(|arrival| {
            match arguments.locked {
                true => check(spec, source, former, &arrival)?,
                false => store(spec, source, &arrival)?,
            }
            Ok(arrival)
        });
        match done {
            Ok(arrival) => {
                println!("{}", summary(&arrival));
                entries.insert(source.name().to_owned(), arrival.entry);
            }
            Err(error) => failures.push(format!("{}: {error:#}", source.name())),
        }
    }
    if !arguments.locked {
        let source = sources
            .iter()
            .filter_map(|source| entries.remove(source.name()))
            .collect();
        lock::write(spec, &lock::Lock { source })?;
    }
    if failures.is_empty() {
        return Ok(());
    }
    bail!(
        "{} of {} sources failed\n{}",
        failures.len(),
        selected.len(),
        failures.join("\n")
    )
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
    Ok(sources
        .iter()
        .filter(|source| names.is_empty() || names.iter().any(|name| name == source.name()))
        .collect())
}

fn fetch_all(
    spec: &Path,
    selected: &[&Source],
    limits: &Limits,
) -> anyhow::Result<Vec<anyhow::Result<Arrival>>> {
    let base = Url::from_directory_path(spec)
        .map_err(|()| anyhow!("{} is not an absolute path", spec.display()))?;
    let progress = Progress::new();
    progress.expect(selected.len());
    let fetcher = Fetcher {
        client: Client::new(limits, &progress),
        progress: &progress,
        max_bytes: limits.bytes,
        base,
    };
    let pool = ThreadPoolBuilder::new().num_threads(CONCURRENCY).build()?;
    let arrivals = pool.install(|| {
        selected
            .par_iter()
            .map(|source| fetcher.fetch(source))
            .collect()
    });
    progress.finish();
    Ok(arrivals)
}

struct Fetcher<'a> {
    client: Client<'a>,
    progress: &'a Progress,
    max_bytes: u64,
    /// What locations are relative to.
    base: Url,
}

/// The original files of a source: integrity by location, and the OpenAPI objects in them.
type Contents = (BTreeMap<String, String>, Vec<Value>);

impl Fetcher<'_> {
    fn fetch(&self, source: &Source) -> anyhow::Result<Arrival> {
        let (integrity, fragments) = match source {
            Source::Page { location, .. } => self.page(&self.resolve(location)?)?,
            Source::Index {
                location, prefix, ..
            } => self.index(&self.resolve(location)?, prefix)?,
            Source::Document { location, .. } => self.document(&self.resolve(location)?)?,
            Source::Npm {
                package,
                version,
                file,
                ..
            } => self.npm(package, version, file)?,
        };
        ensure!(
            !fragments.is_empty(),
            "no `json` fence holds an OpenAPI object: what is fetched from here would be nothing"
        );
        let entry = entry(source.name(), integrity, &fragments)?;
        let whole = matches!(source, Source::Document { .. } | Source::Npm { .. });
        let fragments = match whole {
            true => BTreeMap::from([("openapi.yaml".to_owned(), yaml::to_string(&fragments[0])?)]),
            false => named(&fragments)?,
        };
        Ok(Arrival { entry, fragments })
    }

    fn resolve(&self, location: &str) -> anyhow::Result<Url> {
        self.base
            .join(location)
            .with_context(|| format!("`{location}` is neither a URL nor a path"))
    }

    fn page(&self, location: &Url) -> anyhow::Result<Contents> {
        let (text, integrity) = self.text(location)?;
        let fragments = page::extract(&text).with_context(|| self.display(location))?;
        Ok((integrity, fragments))
    }

    fn index(&self, location: &Url, prefix: &str) -> anyhow::Result<Contents> {
        let (text, _) = self.text(location)?;
        ensure!(
            !page::is_html(&text),
            "{}: this is HTML, not Markdown",
            self.display(location)
        );
        let links =
            index::links(&text, location, prefix).with_context(|| self.display(location))?;
        self.progress.expect(links.len());
        let pages: Vec<Contents> = links
            .par_iter()
            .map(|link| self.page(link))
            .collect::<anyhow::Result<_>>()?;
        let (integrity, fragments): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
        Ok((
            integrity.into_iter().flatten().collect(),
            fragments.into_iter().flatten().collect(),
        ))
    }

    fn document(&self, location: &Url) -> anyhow::Result<Contents> {
        let (text, integrity) = self.text(location)?;
        let document = document::parse(&text).with_context(|| self.display(location))?;
        Ok((integrity, vec![document]))
    }

    fn npm(&self, package: &str, version: &str, file: &str) -> anyhow::Result<Contents> {
        let location = format!("{package}@{version}");
        let packed =
            npm::pack(package, version, file, self.max_bytes).with_context(|| location.clone())?;
        self.progress.arrived(&location);
        let document = decode(packed.file)
            .and_then(|text| document::parse(&text))
            .with_context(|| format!("{file} in {location}"))?;
        Ok((
            BTreeMap::from([(location, packed.integrity)]),
            vec![document],
        ))
    }

    fn text(&self, location: &Url) -> anyhow::Result<(String, BTreeMap<String, String>)> {
        let name = self.display(location);
        let bytes = self.client.get(location).with_context(|| name.clone())?;
        self.progress.arrived(&name);
        let integrity = lock::integrity(&bytes);
        let text = decode(bytes).with_context(|| name.clone())?;
        Ok((text, BTreeMap::from([(name, integrity)])))
    }

    /// A location as `sources.toml` has it.
    fn display(&self, location: &Url) -> String {
        match (location.scheme(), self.base.make_relative(location)) {
            ("file", Some(path)) => path,
            _ => location.to_string(),
        }
    }
}

/// UTF-8, with or without a byte order mark.
fn decode(bytes: Vec<u8>) -> anyhow::Result<String> {
    let text = String::from_utf8(bytes).context("this is not UTF-8 text")?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn entry(
    name: &str,
    integrity: BTreeMap<String, String>,
    fragments: &[Value],
) -> anyhow::Result<lock::Entry> {
    let mut versions = BTreeSet::new();
    let mut operations = BTreeSet::new();
    for value in fragments {
        versions.insert(fragment::version(value)?.to_owned());
        operations.extend(fragment::operations(value));
    }
    Ok(lock::Entry {
        name: name.to_owned(),
        openapi: versions.into_iter().collect(),
        operations: operations.len(),
        integrity,
    })
}

/// The text of each fragment by its file name. The same operation in two different fragments, say
/// on two pages, is kept twice: the name of the second says what is in it.
fn named(fragments: &[Value]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for value in fragments {
        let slug = fragment::slug(value);
        let text = yaml::to_string(value).with_context(|| slug.clone())?;
        let mut name = format!("{slug}.yaml");
        if files.get(&name).is_some_and(|other| *other != text) {
            name = format!("{slug}~{}.yaml", fragment::short_hash(text.as_bytes()));
        }
        files.insert(name, text);
    }
    Ok(files)
}

/// Writes the fragments of a source, and removes those that it no longer has.
fn store(spec: &Path, source: &Source, arrival: &Arrival) -> anyhow::Result<()> {
    let folder = source.folder(spec);
    for (name, text) in &arrival.fragments {
        files::write(&folder.join(name), text)?;
    }
    for path in stale(&folder, arrival)? {
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Checks that what arrived is what is there.
fn check(
    spec: &Path,
    source: &Source,
    former: Option<&lock::Entry>,
    arrival: &Arrival,
) -> anyhow::Result<()> {
    let former = former.context("not in spec/sources.lock: fetch it without --locked first")?;
    let mut differences = lock::differences(former, &arrival.entry);
    if differences.is_empty() {
        let folder = source.folder(spec);
        for (name, text) in &arrival.fragments {
            let path = folder.join(name);
            if !fs::read_to_string(&path).is_ok_and(|former| former == *text) {
                differences.push(format!("{} is not as fetched", path.display()));
            }
        }
        for path in stale(&folder, arrival)? {
            differences.push(format!("{} is not in the source", path.display()));
        }
    }
    ensure!(differences.is_empty(), "{}", differences.join("\n  "));
    Ok(())
}

fn stale(folder: &Path, arrival: &Arrival) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = sources::yaml_files(folder)?;
    files.retain(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        !name.is_some_and(|name| arrival.fragments.contains_key(name))
    });
    Ok(files)
}

fn summary(arrival: &Arrival) -> String {
    let lock::Entry {
        name,
        openapi,
        operations,
        ..
    } = &arrival.entry;
    let counted = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    };
    format!(
        "{name}: OpenAPI {}, {} in {}",
        openapi.join(" and "),
        counted(*operations, "operation"),
        counted(arrival.fragments.len(), "fragment"),
    )
}
