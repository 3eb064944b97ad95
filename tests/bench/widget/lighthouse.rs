//! Lighthouse, installed into the target folder, with the browser of the tests.

use std::path::{Path, PathBuf};

use serde_json::Value;
use xtask::prepare::Node;
use xtask::project::Project;

/// The program.
#[derive(Debug, Clone)]
pub(super) struct Lighthouse {
    node: Node,
    script: PathBuf,
}

impl Lighthouse {
    /// Finds what was installed.
    pub(super) fn find(target: &Path) -> Result<Self, String> {
        let script = target.join("bench/lighthouse/node_modules/lighthouse/cli/index.js");
        if !script.is_file() {
            return Err("it is not installed".to_owned());
        }
        let project = Project::find().map_err(|error| error.to_string())?;
        let node = Node::find(&project).map_err(|error| error.to_string())?;
        Ok(Self { node, script })
    }

    /// The points that it gives a page for its performance, of 100, on its own telephone and network.
    pub(super) fn score(&self, address: &str) -> Result<f64, String> {
        let mut command = self.node.run(&self.script);
        command.args([address, "--output=json", "--quiet", "--only-categories=performance"]);
        command.arg("--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage");
        if let Some(chrome) = std::env::var_os("PORCHLIGHT_CHROME") {
            command.env("CHROME_PATH", chrome);
        }
        let output = command.output().map_err(|error| error.to_string())?;
        let report: Value = serde_json::from_slice(&output.stdout).map_err(|_| {
            let told = String::from_utf8_lossy(&output.stderr);
            told.lines().last().unwrap_or("it tells nothing").to_owned()
        })?;
        let score = report["categories"]["performance"]["score"].as_f64();
        score.map(|score| score * 100.0).ok_or_else(|| "it gives no points".to_owned())
    }
}
