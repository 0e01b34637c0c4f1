//! The fragments fetched from a source, and how they are stored in `spec/`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{
    fragment,
    lock::{self, Entry},
};
use crate::{files, read, sources, yaml};

/// The fragments fetched from one source.
pub(super) struct Fetched {
    pub entry: Entry,
    /// The text of each fragment, by file name.
    fragments: BTreeMap<String, String>,
}

impl Fetched {
    /// Creates the result of fetching the source `name` from `fragments`, each with its slug, and
    /// the integrity of the files that they were read from.
    ///
    /// # Errors
    ///
    /// Fails if there is no fragment, or if one cannot be written as YAML.
    pub(super) fn new(
        name: &str,
        integrity: BTreeMap<String, String>,
        fragments: &[(String, Value)],
    ) -> anyhow::Result<Self> {
        ensure!(
            !fragments.is_empty(),
            "no `json` fence contains an OpenAPI object"
        );
        let mut versions = BTreeSet::new();
        let mut operations = BTreeSet::new();
        for (_, value) in fragments {
            read::version(value)?;
            versions.extend(value["openapi"].as_str().map(str::to_owned));
            operations.extend(fragment::operations(value));
        }
        let entry = Entry {
            name: name.to_owned(),
            openapi: versions.into_iter().collect(),
            operations: operations.len(),
            integrity,
        };
        let fragments = by_file_name(fragments)?;
        Ok(Self { entry, fragments })
    }

    /// Writes the fragments into `folder`, and removes those that the source no longer has.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be written or removed.
    pub(super) fn store(&self, folder: &Path) -> anyhow::Result<()> {
        for (name, text) in &self.fragments {
            files::write(&folder.join(name), text)?;
        }
        for path in self.stale(folder)? {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
        Ok(())
    }

    /// Checks that the lock file and `folder` hold exactly these fragments.
    ///
    /// # Errors
    ///
    /// Fails if they do not, with a list of all differences.
    pub(super) fn check(&self, locked: Option<&Entry>, folder: &Path) -> anyhow::Result<()> {
        let name = &self.entry.name;
        let locked = locked.with_context(|| {
            format!("not in spec/sources.lock: run `cargo xtask fetch {name}` first")
        })?;
        let mut differences = lock::differences(locked, &self.entry);
        for (name, text) in &self.fragments {
            let path = folder.join(name);
            if !fs::read_to_string(&path).is_ok_and(|stored| stored == *text) {
                differences.push(format!("{} differs from the download", path.display()));
            }
        }
        for path in self.stale(folder)? {
            differences.push(format!("{} is not in the download", path.display()));
        }
        ensure!(
            differences.is_empty(),
            "differs from spec/; run `cargo xtask fetch {name}` to update it\n  {}",
            differences.join("\n  ")
        );
        Ok(())
    }

    fn stale(&self, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let mut files = sources::yaml_files(folder)?;
        files.retain(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            !name.is_some_and(|name| self.fragments.contains_key(name))
        });
        Ok(files)
    }
}

impl fmt::Display for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: usize, noun: &str| match count {
            1 => format!("1 {noun}"),
            _ => format!("{count} {noun}s"),
        };
        write!(
            f,
            "{}: OpenAPI {}, {} in {}",
            self.entry.name,
            self.entry.openapi.join(" and "),
            counted(self.entry.operations, "operation"),
            counted(self.fragments.len(), "fragment"),
        )
    }
}

/// Returns the text of each fragment by its file name. If two fragments that differ describe the
/// same operation, for example on two pages, both are kept: a hash of the content is added to the
/// name of the second. The same holds for names that only differ in case, which are the same file on
/// some file systems.
fn by_file_name(fragments: &[(String, Value)]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for (slug, value) in fragments {
        let text = yaml::to_string(value).with_context(|| slug.clone())?;
        let mut name = format!("{slug}.yaml");
        let is_taken = |other: &String| *other != name || files[other] != text;
        if taken.get(&name.to_lowercase()).is_some_and(is_taken) {
            name = format!("{slug}~{}.yaml", fragment::short_hash(text.as_bytes()));
        }
        taken.insert(name.to_lowercase(), name.clone());
        files.insert(name, text);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_differ_in_more_than_case() {
        let fragment = |slug: &str, text: &str| (slug.to_owned(), json!({"a": text}));
        let fragments = [
            fragment("get.a", "1"),
            fragment("get.A", "1"),
            fragment("get.A", "2"),
            fragment("get.a", "1"),
            fragment("get.b", "3"),
        ];
        let names: Vec<String> = by_file_name(&fragments).unwrap().into_keys().collect();
        let lower: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!((names.len(), lower.len()), (4, 4), "{names:?}");
        assert!(
            names.contains(&"get.a.yaml".to_owned()) && names.contains(&"get.b.yaml".to_owned())
        );
    }
}
