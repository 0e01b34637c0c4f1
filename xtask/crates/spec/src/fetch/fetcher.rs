//! Fetches one source.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, anyhow, ensure};
use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use serde_json::Value;
use url::Url;

use super::{
    fetched::Fetched,
    fragment,
    http::{Client, Limits},
    index, lock, npm, page,
    progress::Progress,
};
use crate::{read, sources::Source};

pub(super) struct Fetcher<'a> {
    client: Client<'a>,
    limits: &'a Limits,
    progress: &'a Progress,
    /// The folder that relative paths are resolved against.
    spec: &'a Path,
}

/// The integrity of each file of a source by its location, and the OpenAPI objects in them with
/// their slugs, in order.
type Contents = (BTreeMap<String, String>, Vec<(String, Value)>);

/// The slug of a whole document.
const WHOLE: &str = "openapi";

impl<'a> Fetcher<'a> {
    /// Creates a fetcher. Paths in sources are relative to the folder `spec`.
    pub(super) fn new(
        spec: &'a Path,
        redirect_hosts: &'a [String],
        limits: &'a Limits,
        progress: &'a Progress,
    ) -> Self {
        Self {
            client: Client::new(redirect_hosts, limits, progress),
            limits,
            progress,
            spec,
        }
    }

    /// Fetches one source. The pages of an index are fetched in parallel.
    ///
    /// # Errors
    ///
    /// Fails if a file of the source cannot be downloaded or has unexpected content. The error
    /// names its location.
    pub(super) fn fetch(&self, source: &Source) -> anyhow::Result<Fetched> {
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
        Fetched::new(source.name(), integrity, &fragments)
    }

    fn page(&self, location: &Url) -> anyhow::Result<Contents> {
        let (text, integrity) = self.text(location)?;
        let fragments = page::extract(&text).with_context(|| self.display(location))?;
        let with_slug = |value| (fragment::slug(&value), value);
        Ok((integrity, fragments.into_iter().map(with_slug).collect()))
    }

    fn index(&self, location: &Url, prefix: &str) -> anyhow::Result<Contents> {
        let (text, _) = self.text(location)?;
        let links =
            index::links(&text, location, prefix).with_context(|| self.display(location))?;
        let (pages, most) = (links.len(), self.limits.pages);
        ensure!(
            pages <= most,
            "{}: links to {pages} pages, more than the limit of {most}",
            self.display(location)
        );
        self.progress.expect(pages);
        let pages: Vec<_> = links.par_iter().map(|link| self.page(link)).collect();

        let mut contents = Contents::default();
        let mut failures = Vec::new();
        for page in pages {
            match page {
                Ok((integrity, fragments)) => {
                    contents.0.extend(integrity);
                    contents.1.extend(fragments);
                }
                Err(error) => failures.push(format!("{error:#}")),
            }
        }
        ensure!(failures.is_empty(), "{}", failures.join("\n  "));
        Ok(contents)
    }

    fn document(&self, location: &Url) -> anyhow::Result<Contents> {
        let (text, integrity) = self.text(location)?;
        let document = read::parse(&text, &self.display(location))?;
        Ok((integrity, vec![(WHOLE.to_owned(), document)]))
    }

    fn npm(&self, package: &str, version: &str, file: &str) -> anyhow::Result<Contents> {
        let location = format!("{package}@{version}");
        let package = npm::pack(
            package,
            version,
            file,
            self.limits.bytes,
            self.client.time_left()?,
        )
        .with_context(|| location.clone())?;
        self.progress.arrived(&location);
        let document = decode(package.file)
            .with_context(|| format!("{file} in {location}"))
            .and_then(|text| read::parse(&text, &format!("{file} in {location}")))?;
        let integrity = BTreeMap::from([(location, package.integrity)]);
        Ok((integrity, vec![(WHOLE.to_owned(), document)]))
    }

    /// Returns the text at a location and its integrity.
    fn text(&self, location: &Url) -> anyhow::Result<(String, BTreeMap<String, String>)> {
        let name = self.display(location);
        let bytes = self.client.get(location).with_context(|| name.clone())?;
        self.progress.arrived(&name);
        let integrity = lock::integrity(&bytes);
        let text = decode(bytes).with_context(|| name.clone())?;
        Ok((text, BTreeMap::from([(name, integrity)])))
    }

    fn resolve(&self, location: &str) -> anyhow::Result<Url> {
        if let Ok(url) = Url::parse(location)
            && ["http", "https"].contains(&url.scheme())
        {
            return Ok(url);
        }
        Url::from_file_path(self.spec.join(location))
            .map_err(|()| anyhow!("`{location}` is neither an HTTP URL nor a path"))
    }

    /// Returns a location in the form of `sources.toml`: files are relative paths with slashes.
    fn display(&self, location: &Url) -> String {
        // Compared as URLs, because Windows has several paths of the same folder.
        let folder = Url::from_directory_path(self.spec).ok();
        let relative = folder.and_then(|folder| {
            let relative = location.as_str().strip_prefix(folder.as_str())?;
            Some(percent_decode_str(relative).decode_utf8_lossy().into())
        });
        let absolute = || match (location.scheme(), location.to_file_path()) {
            ("file", Ok(path)) => path.display().to_string(),
            _ => location.to_string(),
        };
        relative.unwrap_or_else(absolute)
    }
}

/// Decodes UTF-8, with or without a byte order mark.
fn decode(bytes: Vec<u8>) -> anyhow::Result<String> {
    let text = String::from_utf8(bytes).context("this is not UTF-8 text")?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
