//! Writes a new version of the crate to its manifest and changelog.

use anyhow::{Context, Result, anyhow, ensure};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::render;
use super::rules::Bump;

/// The heading of the changes since the last version.
const UNRELEASED: &str = "## [Unreleased]\n";

/// The contents of the files with the version.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    pub manifest: String,
    pub changelog: String,
}

pub struct Release {
    pub former: String,
    pub version: String,
    pub date: Date,
    /// The changelog entries.
    pub section: String,
}

impl Texts {
    /// Returns the files with the release, unchanged if they already have it.
    pub fn edited(&self, release: &Release) -> Result<Self> {
        let heading = format!("## [{}]", version(&self.manifest)?);
        let mut sections = self.changelog.split_inclusive(UNRELEASED).skip(1);
        let newest = sections.next().unwrap_or_default();
        if newest.trim_start().starts_with(&heading) && newest.contains(&release.section) {
            return Ok(self.clone());
        }
        Ok(Self {
            manifest: manifest(&self.manifest, release).context("Cargo.toml")?,
            changelog: changelog(&self.changelog, release).context("CHANGELOG.md")?,
        })
    }
}

/// Returns the version of the packages in the manifest of the workspace.
pub fn version(manifest: &str) -> Result<String> {
    Ok(versions(manifest)?.into_inner())
}

/// Returns the same version with its position.
fn versions(manifest: &str) -> Result<Spanned<String>> {
    let manifest: Manifest = toml::from_str(manifest).context("Cargo.toml")?;
    Ok(manifest.workspace.package.version)
}

/// The members of the manifest of a workspace that matter here.
#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    version: Spanned<String>,
}

/// Returns the version after a bump. Before 1.0, Cargo treats the minor number as the major one.
pub fn next(version: &str, bump: Bump) -> Result<String> {
    let numbers: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    let [major, minor, patch] = numbers.unwrap_or_default()[..] else {
        return Err(anyhow!("`{version}` does not have three numbers"));
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

/// Returns the manifest with the new version of the packages, which depend on each other by path.
fn manifest(text: &str, release: &Release) -> Result<String> {
    let version = versions(text)?;
    let current = version.get_ref();
    ensure!(
        *current == release.version || *current == release.former,
        "the version is {current}, neither {} nor {}",
        release.former,
        release.version
    );
    let mut edited = text.to_owned();
    edited.replace_range(version.span(), &format!("\"{}\"", release.version));
    Ok(edited)
}

/// Returns the changelog with the unreleased changes moved to the version, below the API changes. The
/// API changes of an existing version are replaced.
fn changelog(text: &str, release: &Release) -> Result<String> {
    let Release {
        version,
        date,
        section,
        ..
    } = release;
    let (before, after) = text
        .split_once(UNRELEASED)
        .with_context(|| format!("there is no line `{}`", UNRELEASED.trim_end()))?;
    let heading = format!("\n## [{version}]");
    if let Some((unreleased, of_version)) = after.split_once(&heading) {
        let (title, rest) = of_version.split_once('\n').unwrap_or((of_version, ""));
        let others = without_api_changes(rest);
        return Ok(format!(
            "{before}{UNRELEASED}{unreleased}{heading}{title}\n\n{section}{others}"
        ));
    }
    Ok(format!(
        "{before}{UNRELEASED}\n## [{version}] - {date}\n\n{section}{after}"
    ))
}

/// Returns the rest of a changelog after the API changes at its start, if any.
fn without_api_changes(text: &str) -> &str {
    let Some(section) = text.trim_start().strip_prefix(render::HEADING) else {
        return text;
    };
    let next = ["\n### ", "\n## "].map(|heading| section.find(heading));
    let end = next.into_iter().flatten().min().unwrap_or(section.len());
    &section[end..]
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

    fn release(section: &str) -> Release {
        Release {
            former: "0.1.0".to_owned(),
            version: "0.2.0".to_owned(),
            date: "2026-02-03".parse().unwrap(),
            section: format!("{}\n{section}\n", render::HEADING),
        }
    }

    fn texts(version: &str, sections: &str) -> Texts {
        Texts {
            manifest: format!(
                "[workspace]\n\n[workspace.package]\nedition = \"2024\"\nversion = \"{version}\" # Ours.\n\n\
                 [package]\nversion.workspace = true\n\n\
                 [dependencies]\nother = {{ version = \"0.1.0\" }}\nown = {{ path = \"own\" }}\n"
            ),
            changelog: format!(
                "# Changelog\n\n## [Unreleased]\n{sections}\n### Added\n\n- A.\n\n## [0.1.0] - 2026-01-01\n"
            ),
        }
    }

    #[test]
    fn a_release_is_written_to_every_file() {
        let edited = texts("0.1.0", "").edited(&release("- B.")).unwrap();
        let section = "\n## [0.2.0] - 2026-02-03\n\n### API changes\n\n- B.\n";
        assert_eq!(edited, texts("0.2.0", section));
    }

    #[test]
    fn a_second_run_changes_nothing() {
        let release = release("- B.");
        let once = texts("0.1.0", "").edited(&release).unwrap();
        assert_eq!(once.edited(&release).unwrap(), once);
        // The same if the base is not a revision, so that the manifest has the new version.
        let again = Release {
            former: "0.2.0".to_owned(),
            version: "0.3.0".to_owned(),
            ..release
        };
        assert_eq!(once.edited(&again).unwrap(), once);
    }

    #[test]
    fn what_changed_since_replaces_the_api_changes_of_the_version() {
        let once = texts("0.1.0", "").edited(&release("- B.")).unwrap();
        let twice = once.edited(&release("- B.\n- C.")).unwrap();
        assert_eq!(
            twice,
            texts("0.1.0", "").edited(&release("- B.\n- C.")).unwrap()
        );
    }

    #[test]
    fn files_without_a_place_for_the_version_are_errors() {
        let release = release("- B.");
        let mut other = texts("0.1.0", "");
        other.changelog = "# Changelog\n".to_owned();
        assert!(other.edited(&release).is_err());
        assert!(texts("0.5.0", "").edited(&release).is_err());
        other.manifest = String::new();
        assert!(other.edited(&release).is_err());
    }
}
