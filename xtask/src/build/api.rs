//! The document of the REST API, for programs and for people.

use anyhow::{Context, Result};

use super::assets::{self, OutputFolder};
use crate::prepare::Tools;
use crate::project::Project;

const STYLES: [&str; 2] = ["public/styles/tokens.css", "crates/api-document/src/manual.css"];

/// Builds `public/build/api` and says whether there was anything to do.
pub(super) fn build(project: &Project, tools: &Tools) -> Result<bool> {
    let document = api_document::open_api();
    let scratch = project.scratch_dir().join("api");
    std::fs::create_dir_all(&scratch).with_context(|| format!("{} cannot be made", scratch.display()))?;
    let (style, small_style) = (scratch.join("style.css"), scratch.join("style.min.css"));
    let before = std::fs::read(project.path("public/build/api/openapi.json")).ok();
    assets::join_styles(&STYLES.map(|sheet| project.path(sheet)), &style)?;
    assets::esbuild(tools, &style, &small_style, &[])?;

    let mut folder = OutputFolder::open(&project.path("public"), "api")?;
    let css = folder.add_hashed("manual", "css", &std::fs::read(&small_style)?)?;
    let written = serde_json::to_string_pretty(&document)?;
    folder.add("openapi.json", written.as_bytes())?;
    folder.add("index.html", api_document::page(&document, &css).as_bytes())?;
    folder.finish()?;
    Ok(before.is_none_or(|before| before != written.as_bytes()))
}
