//! A lock between processes.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

use super::fragment::short_hash;

/// Waits until no other process holds the lock for `folder`, and returns the lock, which is held
/// until the file is dropped.
///
/// # Errors
///
/// Fails if the lock file, which is in the folder for temporary files, cannot be opened.
pub(super) fn lock(folder: &Path) -> Result<File> {
    let name = short_hash(folder.as_os_str().as_encoded_bytes());
    let path = std::env::temp_dir().join(format!("gitbook-spec-{name}.lock"));
    let open = File::options().create(true).append(true).open(&path);
    let file = open.with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => eprintln!("waiting for another fetch to finish"),
        Err(TryLockError::Error(error)) => return Err(error).context("cannot lock"),
    }
    file.lock().context("cannot lock")?;
    Ok(file)
}
