//! The secrets of a local server, in the file format of wrangler's `.dev.vars`.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};

/// What a local Worker signs with, and what lets the first owner in.
#[derive(Clone)]
pub struct Secrets {
    /// The key of tokens and tickets, 64 hex digits.
    pub token_secret: String,
    /// The key of the names of accounts' objects, 64 hex digits.
    pub name_secret: String,
    /// The key under which secrets are sealed in databases, 64 hex digits.
    pub seal_secret: String,
    /// The bearer token of `POST /api/setup`, 64 hex digits.
    pub setup_token: String,
}

impl Secrets {
    /// Reads the file; what is missing is made at random and written to it, readable by its owner alone.
    pub fn ensure(file: &Path) -> Result<Self> {
        let found = std::fs::read_to_string(file).unwrap_or_default();
        // Other lines that a developer put into the file stay.
        let mut text = found.clone();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let mut secret = |name: &str| {
            let line = found.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            if let Some(value) = line {
                return Ok(value.trim().trim_matches('"').to_owned());
            }
            let fresh = random_hex()?;
            text.push_str(&format!("{name}={fresh}\n"));
            anyhow::Ok(fresh)
        };
        let secrets = Self {
            token_secret: secret("TOKEN_SECRET")?,
            name_secret: secret("NAME_SECRET")?,
            seal_secret: secret("SEAL_SECRET")?,
            setup_token: secret("SETUP_TOKEN")?,
        };
        if text != found {
            write_private(file, &text)?;
        }
        Ok(secrets)
    }
}

/// Writes a file that only its owner may read.
pub(crate) fn write_private(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    // The mode counts only when the file is created, so an older one with a wider mode must go first.
    let _ = std::fs::remove_file(file);
    let mut opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| format!("{} cannot be written", file.display()))?;
    opened.write_all(text.as_bytes()).with_context(|| format!("{} cannot be written", file.display()))
}

pub(crate) fn random_hex() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn secrets_are_made_once_and_private() {
        let folder = std::env::temp_dir().join(format!("porchlight-secrets-{}", std::process::id()));
        let file = folder.join("dev.vars");

        let first = Secrets::ensure(&file).unwrap();
        let second = Secrets::ensure(&file).unwrap();

        assert_eq!(first.setup_token, second.setup_token);
        assert_ne!(first.setup_token, first.token_secret);
        assert_ne!(first.name_secret, first.token_secret);
        assert_eq!(first.token_secret.len(), 64);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
