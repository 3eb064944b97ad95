//! A Leptos app: module, glue, style sheet, boot script and the page that loads them.
//!
//! `<app>/<page>` and `<app>/boot.js` are templates: `{{js}}`, `{{wasm}}`, `{{css}}`, `{{boot}}`, `{{files}}` and
//! `{{words}}` in them become addresses. The boot script is a file of its own because the pages' policies refuse inline scripts.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use words::compact;

use super::Mode;
use super::assets::{self, OutputFolder};
use super::stamp::Stamp;
use super::wasm::{self, CargoTarget, Compilation};
use crate::hash;
use crate::prepare::Tools;
use crate::project::Project;

const TOKENS: &str = "public/styles/tokens.css";
/// What both apps load when somebody first has to do with a file, and how it looks.
const FILES: &str = "crates/sync-web/files/main.ts";
const FILES_STYLE: &str = "crates/sync-web/files/files.css";
/// What the widget says, and the folder that it is served from.
const LOCALES: &str = "crates/words/locales";
const WORDS: &str = "words";
const BOOT: &str = "boot.js";
const PLAIN_BOOT: &str = "import init from \"{{js}}\"; init({ module_or_path: \"{{wasm}}\" });";

/// One of the two apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct App {
    /// The package, its folder, and the folder of its built files.
    pub name: &'static str,
    /// The template in the package's folder, and the page made from it.
    pub page: &'static str,
    /// Whether its release is linked with a std compiled for size, whose panics say nothing.
    pub small_std: bool,
    /// Whether its views are compiled once for all rather than once for each place: smaller where there are many.
    pub erased_views: bool,
}

impl App {
    /// The visitor's chat.
    pub const WIDGET: App = App { name: "widget", page: "frame.html", small_std: true, erased_views: false };
    /// The agents' app.
    pub const INBOX: App = App { name: "inbox", page: "index.html", small_std: false, erased_views: true };
}

/// Builds `public/build/<app>` and says whether there was anything to do.
pub(super) fn build(project: &Project, tools: &Tools, mode: Mode, app: App) -> Result<bool> {
    let compilation = Compilation {
        package: app.name,
        target: CargoTarget::Program,
        mode,
        small_std: app.small_std,
        erased_views: app.erased_views,
    };
    let compiled = compilation.run(project, tools)?;
    let template = project.path(app.name).join(app.page);
    let boot_template = Some(project.path(app.name).join(BOOT)).filter(|file| file.is_file());
    let mut files_sources = assets::files_below(&project.path("crates/sync-web/files"), &["ts"]);
    files_sources.extend(assets::files_below(&project.path(LOCALES), &["json"]));
    let mut sheets = vec![project.path(TOKENS), project.path(FILES_STYLE)];
    sheets.extend(assets::files_below(&project.path(app.name).join("styles"), &["css"]));
    let public = project.path("public");
    let stamp = Stamp::new(project, app.name)
        .text(mode.profile())
        .text(&tools.wasm_bindgen.display().to_string())
        .files(&[compiled.clone(), template.clone()])?
        .files(&sheets)?
        .files(&files_sources)?
        .files(boot_template.as_slice())?
        .output(public.join("build").join(app.name).join(app.page));
    if stamp.is_current() {
        return Ok(false);
    }

    let scratch = project.scratch_dir().join(app.name);
    let module = Module::make(tools, mode, &compiled, &scratch, app.name)?;
    let style = scratch.join("style.css");
    let small_style = scratch.join("style.min.css");
    assets::join_styles(&sheets, &style)?;
    assets::esbuild(tools, &style, &small_style, &[])?;

    let files = build_files(project, tools, app, &scratch)?;
    let words = build_words(project)?;
    let mut folder = OutputFolder::open(&public, app.name)?;
    let wasm = folder.add_hashed(app.name, "wasm", &read(&module.wasm)?)?;
    let js = folder.add_hashed(app.name, "js", &read(&module.glue)?)?;
    let css = folder.add_hashed(app.name, "css", &read(&small_style)?)?;
    let boot = match &boot_template {
        Some(file) => std::fs::read_to_string(file).context("the boot script cannot be read")?,
        None => PLAIN_BOOT.to_owned(),
    };
    let boot = assets::fill(&boot, &[("js", &js), ("wasm", &wasm), ("files", &files), ("words", &words)])
        .context("the boot script is not complete")?;
    let boot_file = scratch.join(BOOT);
    let small_boot = scratch.join("boot.min.js");
    std::fs::write(&boot_file, boot)?;
    assets::esbuild(tools, &boot_file, &small_boot, &["--format=esm", "--target=es2022"])?;
    let boot = folder.add_hashed("boot", "js", &read(&small_boot)?)?;
    let page = std::fs::read_to_string(&template).context("the template cannot be read")?;
    let values = [("js", js.as_str()), ("wasm", &wasm), ("css", &css), ("boot", &boot)];
    let page =
        assets::fill(&page, &values).with_context(|| format!("{} is not complete", template.display()))?;
    folder.add(app.page, page.as_bytes())?;
    folder.finish()?;
    stamp.write()?;
    Ok(true)
}

/// Builds `public/build/<app>-files` and returns the address of what is in it. Each app has its own, so that it can be built
/// alone.
fn build_files(project: &Project, tools: &Tools, app: App, scratch: &Path) -> Result<String> {
    let bundle = scratch.join("files.js");
    // As for the loader: the checker's settings are not the bundler's.
    let options = ["--bundle", "--format=esm", "--target=es2022", "--charset=utf8", "--tsconfig-raw={}"];
    assets::esbuild(tools, &project.path(FILES), &bundle, &options)?;
    let mut folder = OutputFolder::open(&project.path("public"), &[app.name, "files"].join("-"))?;
    let address = folder.add_hashed("files", "js", &read(&bundle)?)?;
    folder.finish()?;
    Ok(address)
}

/// Builds `public/build/words` and returns the addresses of what is in it, with `*` for the language. All have the same
/// hash, so that whoever knows it can ask for any, and gets only what belongs to the same build.
fn build_words(project: &Project) -> Result<String> {
    let files = assets::files_below(&project.path(LOCALES), &["json"]);
    let hash = hash::of_files(&files)?;
    let mut folder = OutputFolder::open(&project.path("public"), WORDS)?;
    for file in files {
        let text = std::fs::read_to_string(&file).context("the words cannot be read")?;
        let language = file.file_stem().unwrap_or_default().to_string_lossy();
        folder.add(&format!("{language}-{hash}.json"), compact(&text).as_bytes())?;
    }
    folder.finish()?;
    Ok(format!("/build/{WORDS}/*-{hash}.json"))
}

/// Builds an empty Leptos frame, the least that any widget can weigh, and returns its glue and its module.
pub fn floor(project: &Project, tools: &Tools) -> Result<(PathBuf, PathBuf)> {
    let _lock = super::lock(project)?;
    let compilation = Compilation {
        package: App::WIDGET.name,
        target: CargoTarget::Example("floor"),
        mode: Mode::Release,
        small_std: App::WIDGET.small_std,
        erased_views: App::WIDGET.erased_views,
    };
    let compiled = compilation.run(project, tools)?;
    let scratch = project.scratch_dir().join("floor");
    let module = Module::make(tools, Mode::Release, &compiled, &scratch, "floor")?;
    Ok((module.glue, module.wasm))
}

/// A module ready to be served.
struct Module {
    glue: PathBuf,
    wasm: PathBuf,
}

impl Module {
    fn make(tools: &Tools, mode: Mode, compiled: &Path, scratch: &Path, name: &str) -> Result<Self> {
        wasm::bindgen(tools, compiled, scratch, name)?;
        let wasm = scratch.join(format!("{name}_bg.wasm"));
        if mode == Mode::Release {
            wasm::wasm_opt(tools, &wasm, wasm::Aim::Size)?;
        }
        let glue = scratch.join(format!("{name}.min.js"));
        let options = ["--bundle", "--format=esm", "--target=es2022"];
        assets::esbuild(tools, &scratch.join(format!("{name}.js")), &glue, &options)?;
        Ok(Self { glue, wasm })
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
