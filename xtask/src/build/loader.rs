//! The loader: one TypeScript file becomes the script of the customer's page.

use anyhow::{Result, bail};

use super::assets::{self, OutputFolder};
use super::stamp::Stamp;
use crate::prepare::Tools;
use crate::project::Project;

const ENTRY: &str = "widget/loader/src/main.ts";

/// Builds `public/build/loader/widget.js` and says whether there was anything to do.
pub(super) fn build(project: &Project, tools: &Tools) -> Result<bool> {
    let entry = project.path(ENTRY);
    if !entry.is_file() {
        bail!("{ENTRY} is missing");
    }
    let public = project.path("public");
    let sources = assets::files_below(&project.path("widget/loader"), &["ts", "json"]);
    let stamp = Stamp::new(project, "loader").files(&sources)?.output(public.join("build/loader/widget.js"));
    if stamp.is_current() {
        return Ok(false);
    }
    let bundle = project.scratch_dir().join("loader/widget.js");
    // The checker's settings would add "use strict", which changes nothing about this code and is paid for on every page.
    let settings = "--tsconfig-raw={}";
    let options = ["--bundle", "--format=iife", "--target=es2020", "--charset=utf8", settings];
    assets::esbuild(tools, &entry, &bundle, &options)?;
    let mut folder = OutputFolder::open(&public, "loader")?;
    folder.add("widget.js", &std::fs::read(&bundle)?)?;
    folder.finish()?;
    stamp.write()?;
    Ok(true)
}
