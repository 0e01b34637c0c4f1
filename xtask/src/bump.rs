//! `cargo xtask bump`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use gitbook_spec::files;
use jiff::civil::Date;
use openapi_diff::render;
use openapi_diff::report::Report;
use openapi_diff::rules::Bump;

use crate::side;

/// What came since the last version, until it has one.
const UNRELEASED: &str = "## [Unreleased]\n";

/// Bump the crate version for the spec changes since BASE.
///
/// Compares spec/openapi.yaml with BASE, sets the smallest version that semantic versioning allows in
/// Cargo.toml, and lists the changes in CHANGELOG.md. Does nothing if nothing changed.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The document of the last release: a git revision, a file or npm:VERSION
    base: String,
}

pub fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let base = side::load(&arguments.base, root)?;
    let report = Report::new(&base, &side::working_tree(root)?);
    let Some(bump) = report.bump() else {
        println!("nothing changed");
        return Ok(());
    };
    let edit = |name: &str, edit: &dyn Fn(&str) -> Result<String>| {
        let path = root.join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
        Ok::<_, anyhow::Error>((path, edit(&text).with_context(|| name.to_owned())?))
    };
    let former = env!("CARGO_PKG_VERSION");
    let version = next(former, bump)?;
    let today = jiff::Zoned::now().date();
    let section = render::changelog(&report);
    let edited = [
        edit("Cargo.toml", &|text| manifest(text, former, &version))?,
        edit("CHANGELOG.md", &|text| {
            changelog(text, &version, today, &section)
        })?,
    ];
    for (path, text) in &edited {
        files::write(path, text)?;
    }
    println!("{former} -> {version}");
    Ok(())
}

/// The version after a bump. Before 1.0, Cargo takes a change of the second number as a major one.
fn next(version: &str, bump: Bump) -> Result<String> {
    let numbers: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    let [major, minor, patch] = numbers.unwrap_or_default()[..] else {
        return Err(anyhow!("`{version}` is not three numbers"));
    };
    let (major, minor, patch) = match (major, bump) {
        (0, Bump::Major) => (0, minor + 1, 0),
        (0, Bump::Minor | Bump::Patch) => (0, minor, patch + 1),
        (_, Bump::Major) => (major + 1, 0, 0),
        (_, Bump::Minor) => (major, minor + 1, 0),
        (_, Bump::Patch) => (major, minor, patch + 1),
    };
    Ok(format!("{major}.{minor}.{patch}"))
}

/// The manifest with another version, of the packages and of what they require of each other.
fn manifest(text: &str, former: &str, version: &str) -> Result<String> {
    let (old, new) = (
        format!("version = \"{former}\""),
        format!("version = \"{version}\""),
    );
    let is_own = |line: &str| line.starts_with("version = ") || line.contains("path = ");
    let lines = text.split_inclusive('\n').map(|line| match is_own(line) {
        true => line.replace(&old, &new),
        false => line.to_owned(),
    });
    let edited: String = lines.collect();
    match edited == text {
        true => Err(anyhow!("the version is not {former}")),
        false => Ok(edited),
    }
}

/// The changelog in which what was not released belongs to the version, below the API changes.
fn changelog(text: &str, version: &str, date: Date, section: &str) -> Result<String> {
    let (before, after) = text
        .split_once(UNRELEASED)
        .ok_or_else(|| anyhow!("there is no line `{}`", UNRELEASED.trim_end()))?;
    Ok(format!(
        "{before}{UNRELEASED}\n## [{version}] - {date}\n\n{section}{after}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_1_0_the_second_number_is_the_major_one() {
        for (version, bump, expected) in [
            ("0.1.2", Bump::Major, "0.2.0"),
            ("0.1.2", Bump::Minor, "0.1.3"),
            ("0.1.2", Bump::Patch, "0.1.3"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
        ] {
            assert_eq!(next(version, bump).unwrap(), expected);
        }
        assert!(next("1.2", Bump::Patch).is_err());
    }

    #[test]
    fn the_packages_keep_the_same_version() {
        let manifest_of = |version: &str| {
            format!(
                "[workspace.package]\nversion = \"{version}\"\n\n[dependencies]\n\
                 other = {{ version = \"0.1.0\" }}\nown = {{ path = \"own\", version = \"{version}\" }}\n"
            )
        };
        let edited = manifest(&manifest_of("0.1.0"), "0.1.0", "0.2.0").unwrap();
        assert_eq!(edited, manifest_of("0.2.0"));
        assert!(manifest(&manifest_of("0.1.0"), "0.3.0", "0.4.0").is_err());
    }

    #[test]
    fn what_was_not_released_belongs_to_the_version() {
        let text =
            "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A.\n\n## [0.1.0] - 2026-01-01\n";
        let date = "2026-02-03".parse().unwrap();
        let edited = changelog(text, "0.1.1", date, "### API changes\n\n- B.\n").unwrap();
        let expected = "# Changelog\n\n## [Unreleased]\n\n## [0.1.1] - 2026-02-03\n\n\
             ### API changes\n\n- B.\n\n### Added\n\n- A.\n\n## [0.1.0] - 2026-01-01\n";
        assert_eq!(edited, expected);
        assert!(changelog("# Changelog\n", "0.1.1", date, "").is_err());
    }
}
