//! The secrets of a local server, in the file format of wrangler's `.dev.vars`.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};

/// What a local Worker signs with, and what lets the first owner in.
#[derive(Clone)]
pub struct Secrets {
    /// The key of visitors' tokens, 64 hex digits.
    pub token_secret: String,
    /// The bearer token of `POST /api/setup`, 64 hex digits.
    pub setup_token: String,
}

impl Secrets {
    /// Reads the file, or writes it with fresh random secrets, readable by its owner alone.
    pub fn ensure(file: &Path) -> Result<Self> {
        if let Some(secrets) = Self::read(file) {
            return Ok(secrets);
        }
        let secrets = Self { token_secret: random_hex()?, setup_token: random_hex()? };
        // Other lines that a developer put into the file stay.
        let kept: String = std::fs::read_to_string(file)
            .unwrap_or_default()
            .lines()
            .filter(|line| !line.starts_with("TOKEN_SECRET=") && !line.starts_with("SETUP_TOKEN="))
            .map(|line| format!("{line}\n"))
            .collect();
        let own = format!("TOKEN_SECRET={}\nSETUP_TOKEN={}\n", secrets.token_secret, secrets.setup_token);
        write_private(file, &format!("{kept}{own}"))?;
        Ok(secrets)
    }

    fn read(file: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(file).ok()?;
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
            Some(line.trim().trim_matches('"').to_owned())
        };
        Some(Self { token_secret: value("TOKEN_SECRET")?, setup_token: value("SETUP_TOKEN")? })
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

fn random_hex() -> Result<String> {
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
        assert_eq!(first.token_secret.len(), 64);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
