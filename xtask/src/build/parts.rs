//! An app's module in parts: what the browser loads first, and what it loads when it is first needed.
//!
//! The functions that begin a part are marked in the source (`crates/sync-web/src/part.rs`). `wasm-split-cli` reads them and
//! who calls whom off the relocations, and puts what only a part reaches into a file of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use base64::prelude::*;

use super::Mode;
use super::assets::{self, OutputFolder};
use super::wasm;
use crate::prepare::Tools;
use crate::step::Step;

/// What `wasm-split-cli` names the script that loads parts.
const SCRIPT: &str = "__wasm_split.js";
/// It would have a part called back by a function of the module; ours is told by a promise.
const BY_CALLBACK: &str = " = wrapAsyncCb(";

/// A module in parts, in a folder of its own.
pub(super) struct Parts {
    /// What is loaded first; wasm-bindgen takes it from here.
    pub(super) first: PathBuf,
    /// The others, in a fixed order.
    pub(super) later: Vec<PathBuf>,
    script: String,
}

impl Parts {
    /// Splits a module that was linked with its relocations.
    pub(super) fn split(
        tools: &Tools,
        mode: Mode,
        compiled: &Path,
        folder: &Path,
        name: &str,
    ) -> Result<Self> {
        if folder.exists() {
            // Parts of an earlier build.
            std::fs::remove_dir_all(folder)
                .with_context(|| format!("{} cannot be removed", folder.display()))?;
        }
        let mut command = Command::new(&tools.wasm_split);
        command.arg(compiled).arg(folder).args(["--out-name", name]);
        Step::new(format!("wasm-split {name}"), command).quiet().run()?;
        let first = folder.join(format!("{name}.wasm"));
        let mut later = assets::files_below(folder, &["wasm"]);
        later.retain(|file| *file != first);
        if mode == Mode::Release {
            for file in &later {
                wasm::wasm_opt(tools, file, wasm::Aim::Size)?;
            }
        }
        let script = std::fs::read_to_string(folder.join(SCRIPT)).context("wasm-split wrote no script")?;
        Ok(Self { first, later, script })
    }

    /// Puts the parts where they are served and returns the script that loads them: for each part it exports a function
    /// that returns a promise. What has no more bytes than are `carried` comes in the script.
    pub(super) fn publish(&self, folder: &mut OutputFolder, carried: usize) -> Result<String> {
        let mut script = self.script.replace(BY_CALLBACK, " = (");
        for file in &self.later {
            let (Some(stem), Some(name)) = (file.file_stem(), file.file_name()) else { continue };
            let (stem, name) = (stem.to_string_lossy(), name.to_string_lossy());
            let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
            let request = format!("fetch(new URL(\"./{name}\", import.meta.url))");
            if !script.contains(&request) {
                bail!("the script of wasm-split does not load {name}: is this another version of it?");
            }
            let loading = if bytes.len() <= carried {
                format!(
                    "Promise.resolve(new Response({}, {{ headers: {{ \"content-type\": \"application/wasm\" }} }}))",
                    in_script(&bytes)
                )
            } else {
                let address = folder.add_hashed(stem.trim_start_matches("split_"), "wasm", &bytes)?;
                request.replace(&format!("./{name}"), &address)
            };
            script = script.replace(&request, &loading);
        }
        Ok(script)
    }
}

/// Bytes as an expression of JavaScript.
fn in_script(bytes: &[u8]) -> String {
    format!("Uint8Array.from(atob(\"{}\"), (byte) => byte.charCodeAt(0))", BASE64_STANDARD.encode(bytes))
}
