//! SHA-256 as short text: in file names, so that caches may keep files for ever, and in stamps of finished work.

use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Returns the first 16 hex digits of the hash of some bytes.
pub fn of_bytes(bytes: &[u8]) -> String {
    short(Sha256::digest(bytes).as_slice())
}

/// Returns the first 16 hex digits of the hash of some files, their paths and their order included.
pub fn of_files<P: AsRef<Path>>(paths: &[P]) -> Result<String> {
    let mut hasher = Sha256::new();
    for path in paths {
        let path = path.as_ref();
        let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        hasher.update(path.as_os_str().as_encoded_bytes());
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(&bytes);
    }
    Ok(short(hasher.finalize().as_slice()))
}

fn short(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(super::of_bytes(b""), "e3b0c44298fc1c14");
    }
}
