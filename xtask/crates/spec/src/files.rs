//! Atomic file writes.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
    process,
};

use anyhow::Context;

/// Writes `contents` to `path` atomically: a reader sees either the former file or the new one.
/// Missing parent folders are created. A file that already has these contents is not touched.
///
/// # Errors
///
/// Fails if the file cannot be written. The former file is kept then.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let contents = contents.as_ref();
    if fs::read(path).is_ok_and(|former| former == contents) {
        return Ok(());
    }
    replace(path, contents).with_context(|| format!("cannot write {}", path.display()))
}

/// Returns whether Windows reserves a file name, whatever its extension and case.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_ascii_lowercase();
    let is_port = |device| {
        stem.strip_prefix(device)
            .is_some_and(|port| port.len() == 1 && matches!(port.as_bytes(), [b'0'..=b'9']))
    };
    ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || is_port("com") || is_port("lpt")
}

fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let Some(folder) = path.parent() else {
        return Err(ErrorKind::InvalidInput.into());
    };
    fs::create_dir_all(folder)?;
    let mut temporary = path.as_os_str().to_owned();
    // Unique, because another process may write the same file.
    temporary.push(format!(".{}.tmp", process::id()));
    fs::write(&temporary, contents)
        .and_then(|()| fs::rename(&temporary, path))
        .inspect_err(|_| {
            // The error of the write is reported, not that of the cleanup.
            let _ = fs::remove_file(&temporary);
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.yaml");
        write(&path, "one").unwrap();
        write(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_replaced_is_left_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::create_dir_all(path.join("b")).unwrap();
        let error = write(&path, "one").unwrap_err();
        assert!(format!("{error:#}").contains(&path.display().to_string()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn device_names_are_reserved() {
        for name in [
            "con",
            "CON.yaml",
            "aux.a.yaml",
            "Com1",
            "lpt9.txt",
            "nul .yaml",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["get.con", "console", "com", "com10", "a.nul", ""] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
