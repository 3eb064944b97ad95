//! Chromium and its driver, for the browser stories.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::debian;
use crate::project::find_on_path;

/// The fonts are small and cover what the screenshots show: Latin, Arabic, Chinese, emoji.
const PACKAGES: [&str; 5] =
    ["chromium", "chromium-driver", "fonts-dejavu-core", "fonts-droid-fallback", "fonts-noto-color-emoji"];
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser and the program that drives it.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// chromedriver, of the same version.
    pub driver: PathBuf,
}

impl Browser {
    /// Tells a test program where they are.
    pub fn tell(&self, command: &mut Command) {
        command.env("PORCHLIGHT_CHROME", &self.chrome).env("PORCHLIGHT_CHROMEDRIVER", &self.driver);
    }
}

/// Finds a browser in `CHROME` and `CHROMEDRIVER` or on PATH, or installs Debian's.
pub(super) fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if !debian::can_install() {
        bail!(
            "no Chromium with its chromedriver was found: install both, or name them in CHROME and CHROMEDRIVER"
        );
    }
    debian::install("the browser of the tests", &PACKAGES)?;
    match find() {
        Some(browser) => Ok(browser),
        None => bail!("Chromium was installed and is still not on PATH: name it in CHROME and CHROMEDRIVER"),
    }
}

fn find() -> Option<Browser> {
    let chrome =
        from_environment("CHROME").or_else(|| BROWSERS.iter().find_map(|name| find_on_path(name)))?;
    let driver = from_environment("CHROMEDRIVER").or_else(|| find_on_path("chromedriver"))?;
    Some(Browser { chrome, driver })
}

fn from_environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_file())
}
