//! Where things are: the folders of this checkout and the cache that all checkouts on a machine share.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The folders of one checkout.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Project {
    /// Finds the checkout this program was compiled from.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
        if !root.join("wrangler.toml").is_file() {
            bail!("{} holds no wrangler.toml: run this inside a checkout of the project", root.display());
        }
        Ok(Self { root: root.to_path_buf() })
    }

    /// Returns the path of a file or folder given from the root.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Returns cargo's target folder for WebAssembly, apart from the host's so that neither waits for the other.
    pub fn wasm_target_dir(&self) -> PathBuf {
        self.path("target/wasm")
    }

    /// Returns the folder for intermediate files and stamps of the build.
    pub fn scratch_dir(&self) -> PathBuf {
        self.path("target/xtask")
    }

    /// Returns the folder where `dev` keeps the state of the local server.
    pub fn dev_state_dir(&self) -> PathBuf {
        self.path(".wrangler/state")
    }

    /// Reads the version of a package from `Cargo.lock`.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let lock = std::fs::read_to_string(self.path("Cargo.lock")).context("Cargo.lock cannot be read")?;
        locked_version(&lock, package).with_context(|| format!("Cargo.lock names no package {package}"))
    }
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name_line = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name_line)?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

/// Returns the folder for tools and caches that every checkout of this user shares.
pub fn machine_cache_dir() -> Result<PathBuf> {
    let base = match std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        Some(cache) => PathBuf::from(cache),
        None => {
            let home = std::env::var_os("HOME").context("neither XDG_CACHE_HOME nor HOME is set")?;
            PathBuf::from(home).join(".cache")
        }
    };
    Ok(base.join("porchlight"))
}

/// Finds a program on PATH.
pub fn find_on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a-b\"\nversion = \"2.1.0\"\n";

        assert_eq!(locked_version(lock, "a-b").as_deref(), Some("2.1.0"));
        assert_eq!(locked_version(lock, "b"), None);
    }
}
