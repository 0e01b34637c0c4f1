//! Atomic file writes.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
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

fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let Some(folder) = path.parent() else {
        return Err(ErrorKind::InvalidInput.into());
    };
    fs::create_dir_all(folder)?;
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".tmp");
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
    fn what_cannot_be_replaced_stays_and_the_error_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::create_dir_all(path.join("b")).unwrap();
        let error = write(&path, "one").unwrap_err();
        assert!(format!("{error:#}").contains(&path.display().to_string()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
