//! Reads a file of an npm package with the npm command, which knows the address of the registry, the
//! user's credentials and proxies. The HTTP client of the other sources would need the address here.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow, bail, ensure};
use flate2::read::GzDecoder;
use serde_json::Value;

use super::lock::integrity;

/// The maximum number of unpacked bytes that are read before the file is found.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;

/// A downloaded package.
pub struct Package {
    /// The integrity that npm reports.
    pub integrity: String,
    /// The requested file.
    pub file: Vec<u8>,
}

/// Downloads `package` at `version` with `npm pack` and returns its file `file`. No code of the
/// package is run, and nothing is unpacked to disk.
///
/// # Errors
///
/// Fails if npm is missing or fails, if the package does not have the integrity that npm reports,
/// if the file is missing or larger than `max_bytes`, or if `time` runs out.
pub fn pack(
    package: &str,
    version: &str,
    file: &str,
    max_bytes: u64,
    time: Duration,
) -> anyhow::Result<Package> {
    let exact = version.starts_with(|c: char| c.is_ascii_digit())
        && version
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c));
    ensure!(exact, "`{version}` is not an exact version");

    let (tarball, reported) = download(&format!("{package}@{version}"), time)?;
    let found = integrity(&tarball);
    ensure!(
        reported == found,
        "npm reports integrity {reported}, but the package has {found}"
    );
    Ok(Package {
        integrity: found,
        file: unpack(&tarball, file, max_bytes)?,
    })
}

/// Returns the packed package and the integrity that npm reports.
fn download(package: &str, time: Duration) -> anyhow::Result<(Vec<u8>, String)> {
    let folder = tempfile::tempdir()?;
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .args(["pack", "--json", "--ignore-scripts"])
        .args(["--loglevel=error", "--logs-max=0", "--fetch-timeout=60000"])
        .args(["--", package])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(stdout.try_clone()?)
        .stderr(stderr.try_clone()?)
        .spawn()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => anyhow!("npm is not installed"),
            _ => anyhow!(error).context("cannot run npm"),
        })?;
    let status = wait(&mut npm, time)?;
    if !status.success() {
        let errors = contents(&mut stderr)?;
        bail!(
            "`npm pack` failed:\n{}",
            String::from_utf8_lossy(&errors).trim()
        );
    }
    let report: Value = serde_json::from_slice(&contents(&mut stdout)?)
        .context("the output of `npm pack --json` is not JSON")?;
    let integrity = report
        .pointer("/0/integrity")
        .and_then(Value::as_str)
        .context("`npm pack --json` reports no integrity")?;
    Ok((fs::read(the_file(folder.path())?)?, integrity.to_owned()))
}

/// Waits for a process, and ends it if `time` runs out.
fn wait(process: &mut Child, time: Duration) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = process.try_wait()? {
            return Ok(status);
        }
        if start.elapsed() >= time {
            process.kill()?;
            process.wait()?;
            bail!("`npm pack` did not finish within {time:?}");
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn contents(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the only file in the folder.
fn the_file(folder: &Path) -> anyhow::Result<PathBuf> {
    let entry = fs::read_dir(folder)?.next();
    Ok(entry.context("`npm pack` wrote no file")??.path())
}

/// Returns the bytes of `file`, which is below the top-level folder of the package.
fn unpack(tarball: &[u8], file: &str, max_bytes: u64) -> anyhow::Result<Vec<u8>> {
    let mut archive = tar::Archive::new(GzDecoder::new(tarball).take(MAX_UNPACKED));
    for entry in archive.entries()? {
        let mut entry = entry.context("cannot unpack the package")?;
        let path = entry.path()?.into_owned();
        if path.components().skip(1).collect::<PathBuf>() != Path::new(file) {
            continue;
        }
        ensure!(
            entry.header().entry_type().is_file(),
            "{file} is not a regular file in the package"
        );
        ensure!(
            entry.size() <= max_bytes,
            "{file} is larger than {max_bytes} bytes"
        );
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    bail!("the package has no {file}")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use tar::{EntryType, Header};

    use super::*;

    fn tarball(entries: &[(&str, EntryType, &str)]) -> Vec<u8> {
        let mut archive = tar::Builder::new(Vec::new());
        for (path, kind, contents) in entries {
            let mut header = Header::new_gnu();
            header.set_entry_type(*kind);
            header.set_size(contents.len() as u64);
            header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_cksum();
            archive.append(&header, contents.as_bytes()).unwrap();
        }
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&archive.into_inner().unwrap()).unwrap();
        gzip.finish().unwrap()
    }

    #[test]
    fn a_file_is_found_below_the_folder_of_the_package() {
        let file = EntryType::Regular;
        let package = tarball(&[
            ("package/other/a.json", file, "1"),
            ("../a.json", file, "2"),
            ("package/a.json", file, "3"),
        ]);
        assert_eq!(unpack(&package, "other/a.json", 9).unwrap(), b"1");
        assert_eq!(unpack(&package, "a.json", 9).unwrap(), b"2");
        assert!(unpack(&package, "b.json", 9).is_err());
        assert!(unpack(&package, "a.json", 0).is_err());
        assert!(unpack(&package[..package.len() / 2], "a.json", 9).is_err());
        assert!(unpack(b"no gzip", "a.json", 9).is_err());
    }

    #[test]
    fn links_are_not_followed() {
        let package = tarball(&[("package/a.json", EntryType::Symlink, "")]);
        assert!(unpack(&package, "a.json", 9).is_err());
    }

    #[test]
    fn versions_are_exact() {
        for version in ["latest", "^1.0.0", "", "1 || 2", "1.x 2"] {
            assert!(
                pack("a", version, "a.json", 9, Duration::ZERO).is_err(),
                "{version}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_process_that_takes_too_long_is_ended() {
        let mut sleep = Command::new("sleep").arg("60").spawn().unwrap();
        let start = Instant::now();
        let error = wait(&mut sleep, Duration::from_millis(50)).unwrap_err();
        assert!(error.to_string().contains("did not finish"));
        assert!(start.elapsed() < Duration::from_secs(30));
        assert!(sleep.try_wait().unwrap().is_some());
        let mut done = Command::new("true").spawn().unwrap();
        assert!(wait(&mut done, Duration::from_secs(30)).unwrap().success());
    }
}
