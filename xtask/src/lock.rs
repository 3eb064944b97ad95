//! Keeps two commands from doing the same work at the same time.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};

use crate::console;

/// Takes a lock that ends with the returned file, and says who is waited for if it is taken.
pub(crate) fn take(path: &Path, holder: &str) -> Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
    if file.try_lock().is_err() {
        console::say(format!("Waiting for {holder} …"));
        file.lock().with_context(|| format!("{} cannot be locked", path.display()))?;
    }
    Ok(file)
}
