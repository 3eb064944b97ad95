//! The loader: TypeScript becomes the script of the customer's page, and the files that it loads when they are needed.

use std::path::Path;

use anyhow::{Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use protocol::http::pinned::PinnedScript;
use protocol::storage_manifest::{self, StorageManifest};

use super::assets::{self, OutputFolder};
use super::stamp::Stamp;
use crate::hash;
use crate::prepare::Tools;
use crate::project::Project;
use sha2::{Digest as _, Sha384};

const FOLDER: &str = "widget/loader";
/// What the package has in common with the loader.
const TYPES: [&str; 2] = ["widget/npm/src/strings.ts", "widget/npm/src/types.ts"];

/// A file that is loaded when it is needed.
struct Late {
    /// Its source, below the loader's.
    source: &'static str,
    /// Its name without hash and ending.
    stem: &'static str,
    /// What stands for its address in those that load it.
    name: &'static str,
    /// The oldest language that it is written in.
    target: &'static str,
}

/// Before those that load them.
const LATE: [Late; 7] = [
    Late { source: "attention.ts", stem: "attention", name: "ATTENTION", target: "es2022" },
    Late { source: "locale.ts", stem: "locale", name: "LOCALE", target: "es2022" },
    Late { source: "visits.ts", stem: "visits", name: "VISITS", target: "es2022" },
    Late { source: "proactive.ts", stem: "proactive", name: "PROACTIVE", target: "es2022" },
    Late { source: "line.ts", stem: "line", name: "LINE", target: "es2020" },
    Late { source: "preview.ts", stem: "preview", name: "PREVIEW", target: "es2022" },
    Late { source: "api/main.ts", stem: "api", name: "API", target: "es2022" },
];

/// Builds `public/build/loader` and says whether there was anything to do.
pub(super) fn build(project: &Project, tools: &Tools) -> Result<bool> {
    let entry = project.path(FOLDER).join("src/main.ts");
    if !entry.is_file() {
        bail!("{FOLDER} has no src/main.ts");
    }
    let public = project.path("public");
    let mut sources = assets::files_below(&project.path(FOLDER), &["ts", "json"]);
    sources.extend(TYPES.map(|file| project.path(file)));
    let manifest = serde_json::to_string_pretty(&StorageManifest::of_widget())?;
    let stamp = Stamp::new(project, "loader")?
        .text(&manifest)
        .files(&sources)?
        .output(public.join("build/loader/widget.js"));
    if stamp.is_current() {
        return Ok(false);
    }
    let mut folder = OutputFolder::open(&public, "loader")?;
    let mut shared = vec![format!("--define:VERSION=\"{}\"", env!("CARGO_PKG_VERSION"))];
    let keys = [
        ("STORAGE_PREFIX", storage_manifest::STORAGE_PREFIX),
        ("UNSENT_INFIX", storage_manifest::UNSENT_INFIX),
        ("OPEN_SUFFIX", storage_manifest::OPEN_SUFFIX),
        ("MUTE_SUFFIX", storage_manifest::MUTE_SUFFIX),
        ("PROACTIVE_SUFFIX", storage_manifest::PROACTIVE_SUFFIX),
        ("VISIT_SUFFIX", storage_manifest::VISIT_SUFFIX),
    ];
    shared.extend(keys.map(|(name, value)| format!("--define:{name}=\"{value}\"")));
    let mut defined = [shared.as_slice(), &["--define:WHOLE=undefined".to_owned()]].concat();
    for Late { source, stem, name, target } in LATE {
        let file = format!("{stem}.js");
        let source = project.path(FOLDER).join("src").join(source);
        let bytes = bundle(project, tools, &source, &file, "esm", target, &defined)?;
        let address = folder.add_hashed(stem, "js", &bytes)?;
        // For pages that were opened before the latest deployment: their hash is gone.
        folder.add(&file, &bytes)?;
        defined.push(format!("--define:{name}=\"{address}\""));
    }
    folder.add("widget.js", &bundle(project, tools, &entry, "widget.js", "iife", "es2020", &defined)?)?;
    let pinned = pinned(project, tools, &entry, shared)?;
    let told = PinnedScript::of(&hash::of_bytes(&pinned), &integrity(&pinned));
    folder.add_hashed("pinned", "js", &pinned)?;
    folder.add("pinned.json", serde_json::to_string(&told)?.as_bytes())?;
    folder.add("storage.json", manifest.as_bytes())?;
    folder.finish()?;
    stamp.write()?;
    Ok(true)
}

/// The script together with the files that it loads, for pages that state its hash.
fn pinned(project: &Project, tools: &Tools, entry: &Path, mut defined: Vec<String>) -> Result<Vec<u8>> {
    // Each is known by its stem there.
    defined.extend(LATE.map(|Late { stem, name, .. }| format!("--define:{name}=\"{stem}\"")));
    defined.push(format!("--inject:{}", project.path(FOLDER).join("src/pinned.ts").display()));
    bundle(project, tools, entry, "pinned.js", "iife", "es2020", &defined)
}

/// What a page states of a script (W3C Subresource Integrity).
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn bundle(
    project: &Project,
    tools: &Tools,
    source: &Path,
    name: &str,
    format: &str,
    target: &str,
    defined: &[String],
) -> Result<Vec<u8>> {
    let output = project.scratch_dir().join("loader").join(name);
    // The checker's settings would add "use strict", which changes nothing about this code and is paid for on every page.
    let mut options =
        vec!["--bundle".to_owned(), "--charset=utf8".to_owned(), "--tsconfig-raw={}".to_owned()];
    options.push(format!("--format={format}"));
    options.push(format!("--target={target}"));
    options.extend_from_slice(defined);
    let options: Vec<_> = options.iter().map(String::as_str).collect();
    assets::esbuild(tools, source, &output, &options)?;
    Ok(std::fs::read(&output)?)
}
