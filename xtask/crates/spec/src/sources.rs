//! `spec/sources.toml`: the sources of the OpenAPI document, in merge order.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use serde::Deserialize;

use crate::files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    source: Vec<Source>,
}

/// A source. A `location` is an HTTP URL, or a path relative to `sources.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Source {
    /// A Markdown page with OpenAPI objects in its `json` fences.
    Page {
        /// The name of the source and of its folder of fragments.
        name: String,
        location: String,
        /// The URL from which a page stored as a file was captured.
        url: Option<String>,
    },
    /// A Markdown index of pages, such as an llms.txt.
    Index {
        /// The name of the source and of its folder of fragments.
        name: String,
        location: String,
        /// The prefix of the links, after they are resolved against the location of the index, that
        /// are pages of this source. May be relative to that location.
        prefix: String,
    },
    /// A whole OpenAPI document, JSON or YAML.
    Document {
        /// The name of the source and of its folder of fragments.
        name: String,
        location: String,
    },
    /// A whole OpenAPI document, JSON or YAML, in an npm package.
    Npm {
        /// The name of the source and of its folder of fragments.
        name: String,
        /// The name of the package.
        package: String,
        /// The exact version of the package.
        version: String,
        /// The path of the document in the package.
        file: String,
    },
}

impl Source {
    /// Returns the name of the source.
    pub fn name(&self) -> &str {
        match self {
            Source::Page { name, .. }
            | Source::Index { name, .. }
            | Source::Document { name, .. }
            | Source::Npm { name, .. } => name,
        }
    }

    /// Returns the folder of its fragments.
    pub fn folder(&self, spec: &Path) -> PathBuf {
        spec.join("fragments").join(self.name())
    }
}

/// Reads all sources from `sources.toml` in the folder `spec`, in merge order.
///
/// # Errors
///
/// Fails if the file is missing, is not valid, or has a name twice.
pub fn read(spec: &Path) -> anyhow::Result<Vec<Source>> {
    let path = spec.join("sources.toml");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| format!("in {}", path.display()))
}

/// Returns the stored fragments of `source`, ordered by file name.
///
/// # Errors
///
/// Fails if there are none, or if the folder cannot be read.
pub fn fragments(spec: &Path, source: &Source) -> anyhow::Result<Vec<PathBuf>> {
    let name = source.name();
    let fragments = yaml_files(&source.folder(spec))?;
    ensure!(
        !fragments.is_empty(),
        "source {name} has no fragments: run `cargo xtask fetch {name}`"
    );
    Ok(fragments)
}

/// Returns the YAML files in `folder`, ordered by name; none if there is no such folder.
pub(crate) fn yaml_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let context = || format!("cannot list {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        files.push(entry.with_context(context)?.path());
    }
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    files.sort();
    Ok(files)
}

fn parse(text: &str) -> anyhow::Result<Vec<Source>> {
    let Sources { source: sources } = toml::from_str(text)?;
    let mut names = HashSet::new();
    for source in &sources {
        let name = source.name();
        if !is_name(name) {
            bail!(
                "{name:?} cannot be the name of a folder: use lower-case letters, digits, `-` and \
                 `.`, and no name that Windows reserves"
            );
        }
        ensure!(names.insert(name), "two sources are named {name}");
    }
    Ok(sources)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c))
        && !name.ends_with('.')
        && !files::is_reserved(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_keep_their_order() {
        let sources = parse(
            r#"
            [[source]]
            name = "b"
            kind = "page"
            location = "b.md"

            [[source]]
            name = "a"
            kind = "npm"
            package = "@a/b"
            version = "1.2.3"
            file = "openapi.json"
            "#,
        )
        .unwrap();
        assert_eq!(
            sources.iter().map(Source::name).collect::<Vec<_>>(),
            ["b", "a"]
        );
    }

    #[test]
    fn mistakes_are_errors() {
        let page = "[[source]]\nkind = 'page'\nlocation = 'a.md'\nname = ";
        for text in [
            format!("{page}'a'\n{page}'a'"),
            format!("{page}'../a'"),
            format!("{page}''"),
            format!("{page}'con'"),
            format!("{page}'aux.1'"),
            format!("{page}'a.'"),
            format!("{page}'a'\nlocatoin = 'b.md'"),
            "[[source]]\nname = 'a'\nkind = 'index'\nlocation = 'a.md'".to_owned(),
            "[[source]]\nname = 'a'\nkind = 'rss'\nlocation = 'a.md'".to_owned(),
            "[[sauce]]".to_owned(),
        ] {
            assert!(parse(&text).is_err(), "{text}");
        }
    }
}
