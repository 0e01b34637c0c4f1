//! Generates the crate of a document, and runs cargo-semver-checks on two of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gitbook_spec::yaml;
use openapi_diff::rules::Bump;
use serde_json::Value;

use crate::rustdoc;

/// A documented crate.
pub(crate) struct Built {
    pub name: String,
    /// Its public items with their declarations.
    pub items: BTreeMap<String, String>,
    /// The path of rustdoc's JSON output.
    json: PathBuf,
}

/// Generates crates.
pub(crate) struct Crates {
    root: PathBuf,
    /// The shared target folder, so that dependencies are compiled once.
    target: PathBuf,
    documented: tempfile::TempDir,
}

impl Crates {
    /// Returns a generator for the workspace at `root`.
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            target: Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver"),
            documented: tempfile::tempdir().unwrap(),
        }
    }

    /// Documents the crate of `document` as JSON, an unstable feature that has to be unlocked on
    /// stable toolchains.
    pub(crate) fn build(&self, name: &str, document: &Value) -> Built {
        let folder = self.documented.path();
        let specification = folder.join("openapi.yaml");
        fs::write(&specification, yaml::to_string(document).unwrap()).unwrap();
        let status = Command::new(env!("CARGO"))
            .current_dir(&self.root)
            .args(["rustdoc", "--quiet", "--package", "gitbook-api", "--lib"])
            .arg("--target-dir")
            .arg(&self.target)
            .args([
                "--",
                "-Zunstable-options",
                "--output-format=json",
                // Nothing that is hidden is in the JSON.
                "--cfg=rustdoc_json",
                "--cap-lints=allow",
            ])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("GITBOOK_API_SPEC", specification)
            .status();
        assert!(status.unwrap().success(), "{name} has no crate");
        let json = folder.join(format!("{name}.json"));
        fs::copy(self.target.join("doc/gitbook_api.json"), &json).unwrap();
        let items = rustdoc::items(&fs::read(&json).unwrap());
        assert!(items.len() > 10_000, "{name} has {} items", items.len());
        Built {
            name: name.to_owned(),
            items,
            json,
        }
    }

    /// Returns the bump that cargo-semver-checks requires.
    pub(crate) fn semver_checks(&self, base: &Built, head: &Built) -> Option<Bump> {
        let output = Command::new("cargo")
            .args([
                "semver-checks",
                "--color",
                "never",
                "--release-type",
                "patch",
            ])
            .arg("--baseline-rustdoc")
            .arg(&base.json)
            .arg("--current-rustdoc")
            .arg(&head.json)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        let summary = errors.lines().find(|line| line.contains("Summary"));
        match summary.unwrap_or_else(|| panic!("no summary in:\n{errors}")) {
            line if line.contains("requires new major") => Some(Bump::Major),
            line if line.contains("requires new minor") => Some(Bump::Minor),
            line if line.contains("no semver update required") => None,
            line => panic!("{line}"),
        }
    }
}
