//! A Leptos app: module, parts, script, style sheet and the page that loads them.
//!
//! `<app>/<page>` is a template: `{{js}}`, `{{wasm}}` and `{{css}}` in it become addresses. So is `<app>/boot.js`, which is
//! bundled with the glue at `{{glue}}` and with what loads parts at `{{parts}}`; `{{files}}` and `{{words}}` in it become
//! addresses too.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use protocol::storage_manifest::StorageManifest;
use words::compact;

use super::Mode;
use super::assets::{self, OutputFolder};
use super::parts::Parts;
use super::prune;
use super::stamp::Stamp;
use super::wasm::{self, CargoTarget, Compilation};
use crate::hash;
use crate::prepare::Tools;
use crate::project::Project;

const TOKENS: &str = "public/styles/tokens.css";
/// What both apps load when somebody first has to do with a file, and how it looks.
const FILES: &str = "crates/sync-web/files/main.ts";
const FILES_STYLE: &str = "crates/sync-web/files/files.css";
/// What a site asks before the first message.
const FORM: &str = "widget/form/form.ts";
/// What the widget shows of the storage manifest.
const STORED: &str = "widget/form/stored.ts";
/// The visitor's home.
const HOME: &str = "widget/home/home.ts";
/// How long the visitor waits.
const WAIT: &str = "widget/wait/wait.ts";
/// How messages look in both apps.
const MARKED_STYLE: &str = "crates/sync-web/marked.css";
/// What the widget says, and the folder that it is served from.
const LOCALES: &str = "crates/words/locales";
const WORDS: &str = "words";
const MANIFEST: &str = "app.webmanifest";
const BOOT: &str = "boot.js";
/// What stands for the module's address until the module is there: what it has to hold depends on the script.
const MODULE: &str = "the module's address";
/// As for the loader: the checker's settings are not the bundler's.
const BUNDLE: [&str; 6] = [
    "--bundle",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--tsconfig-raw={}",
    "--external:/build/*",
];

/// One of the two apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct App {
    /// The package, its folder, and the folder of its built files.
    pub name: &'static str,
    /// The template in the package's folder, and the page made from it.
    pub page: &'static str,
    /// Whether its release is linked with a std compiled for size, whose panics say nothing.
    pub small_std: bool,
    /// Whether its words are those of `crates/words`, which it loads.
    pub words: bool,
    /// Whether its views are compiled once for all rather than once for each place: smaller where there are many.
    pub erased_views: bool,
    /// Bytes up to which what parts share comes in the script, so that no request is made for it: a page of somebody else's
    /// pays for requests, an app that stays open all day for what it loads before its first view.
    pub carried: usize,
    /// Whether it can be installed, as `<app>/app.webmanifest` says with the pictures of `<app>/icons`.
    pub installed: bool,
}

impl App {
    /// The visitor's chat.
    pub const WIDGET: App = App {
        name: "widget",
        page: "frame.html",
        small_std: true,
        words: true,
        erased_views: false,
        carried: 1_500,
        installed: false,
    };
    /// The agents' app.
    pub const INBOX: App = App {
        name: "inbox",
        page: "index.html",
        small_std: true,
        words: false,
        erased_views: true,
        carried: 600,
        installed: true,
    };
}

/// Builds `public/build/<app>` and says whether there was anything to do.
pub(super) fn build(project: &Project, tools: &Tools, mode: Mode, app: App) -> Result<bool> {
    let compilation = Compilation {
        package: app.name,
        target: CargoTarget::Program,
        mode,
        small_std: app.small_std,
        erased_views: app.erased_views,
        in_parts: true,
    };
    let compiled = compilation.run(project, tools)?;
    let template = project.path(app.name).join(app.page);
    let boot = project.path(app.name).join(BOOT);
    let mut files_sources = assets::files_below(&project.path("crates/sync-web/files"), &["ts"]);
    if app.words {
        files_sources.extend([FORM, STORED, HOME, WAIT].map(|source| project.path(source)));
        files_sources.extend(assets::files_below(&project.path(LOCALES), &["json"]));
    }
    let mut sheets = [TOKENS, FILES_STYLE, MARKED_STYLE].map(|sheet| project.path(sheet)).to_vec();
    sheets.extend(assets::files_below(&project.path(app.name).join("styles"), &["css"]));
    let icons = icons(project, app);
    let public = project.path("public");
    let stamp = Stamp::new(project, app.name)?
        .text(mode.profile())
        .text(&serde_json::to_string(&StorageManifest::of_widget())?)
        .text(&tools.wasm_bindgen.display().to_string())
        .text(&tools.wasm_split.display().to_string())
        .files(&[compiled.clone(), template.clone(), boot.clone()])?
        .files(&sheets)?
        .files(&files_sources)?
        .files(&icons)?
        .output(public.join("build").join(app.name).join(app.page));
    if stamp.is_current() {
        return Ok(false);
    }

    let scratch = project.scratch_dir().join(app.name);
    let parts = Parts::split(tools, mode, &compiled, &scratch.join("parts"), app.name)?;
    let module = Module::bind(tools, &parts.first, &scratch, app.name)?;
    let loading = build_parts(project, app, &parts)?;
    let [files, form, stored, home, wait] = build_files(project, tools, app, &scratch)?;
    let words = if app.words { build_words(project)? } else { String::new() };
    let boot = std::fs::read_to_string(&boot).context("the boot script cannot be read")?;
    let glue = format!("./{}.js", app.name);
    let values = [
        ("glue", glue.as_str()),
        ("parts", "./parts.js"),
        ("files", &files),
        ("form", &form),
        ("stored", &stored),
        ("home", &home),
        ("wait", &wait),
        ("words", &words),
        ("wasm", MODULE),
    ];
    let boot = assets::fill(&boot, &values).context("the boot script is not complete")?;
    let script = module.bundle(tools, mode, &boot, &loading)?;
    let style = scratch.join("style.css");
    let small_style = scratch.join("style.min.css");
    assets::join_styles(&sheets, &style)?;
    let mut others =
        vec![text(&template)?, script.clone(), String::from_utf8_lossy(&read(&compiled)?).into_owned()];
    for source in files_sources.iter().filter(|source| source.extension().is_some_and(|kind| kind == "ts")) {
        others.push(text(source)?);
    }
    std::fs::write(&style, prune::design_tokens(&text(&style)?, &others))
        .context("the styles cannot be written")?;
    assets::esbuild(tools, &style, &small_style, &[])?;

    let mut folder = OutputFolder::open(&public, app.name)?;
    let wasm = folder.add_hashed(app.name, "wasm", &read(&module.wasm)?)?;
    let js = folder.add_hashed(app.name, "js", script.replace(MODULE, &wasm).as_bytes())?;
    let css = folder.add_hashed(app.name, "css", &read(&small_style)?)?;
    let page = std::fs::read_to_string(&template).context("the template cannot be read")?;
    let mut values =
        [("js", js), ("wasm", wasm), ("css", css)].map(|(name, at)| (name.to_owned(), at)).to_vec();
    if app.installed {
        values.extend(build_icons(project, app, &icons)?);
    }
    let values: Vec<_> = values.iter().map(|(name, at)| (name.as_str(), at.as_str())).collect();
    let page =
        assets::fill(&page, &values).with_context(|| format!("{} is not complete", template.display()))?;
    folder.add(app.page, page.as_bytes())?;
    folder.finish()?;
    stamp.write()?;
    Ok(true)
}

/// What an app that can be installed shows, and what says so; nothing for another.
fn icons(project: &Project, app: App) -> Vec<PathBuf> {
    let folder = project.path(app.name);
    let mut files = assets::files_below(&folder.join("icons"), &["svg", "png"]);
    files.extend(app.installed.then(|| folder.join(MANIFEST)));
    files
}

/// Builds `public/build/<app>-icons`, with the manifest (W3C Web Application Manifest), and returns what the page calls each, with
/// its address. No view waits for them.
fn build_icons(project: &Project, app: App, icons: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let mut folder = OutputFolder::open(&project.path("public"), &[app.name, "icons"].join("-"))?;
    let text_of = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let mut values = Vec::new();
    for icon in icons.iter().filter(|file| !file.ends_with(MANIFEST)) {
        let (stem, ending) = (text_of(icon.file_stem()), text_of(icon.extension()));
        let address = folder.add_hashed(&stem, &ending, &read(icon)?)?;
        values.push((stem, address));
    }
    let known: Vec<_> = values.iter().map(|(name, at)| (name.as_str(), at.as_str())).collect();
    let manifest = assets::fill(&text(&project.path(app.name).join(MANIFEST))?, &known)?;
    let address = folder.add_hashed("app", "webmanifest", manifest.as_bytes())?;
    values.push(("manifest".to_owned(), address));
    folder.finish()?;
    Ok(values)
}

/// Builds `public/build/<app>-parts` and returns the script that loads what is in it.
fn build_parts(project: &Project, app: App, parts: &Parts) -> Result<String> {
    let mut folder = OutputFolder::open(&project.path("public"), &[app.name, "parts"].join("-"))?;
    let script = parts.publish(&mut folder, app.carried)?;
    folder.finish()?;
    Ok(script)
}

/// Builds `public/build/<app>-files` and returns the addresses of what is in it: of what handles files, and for the widget of
/// the form, of the storage manifest, of the home and of the wait. Each app has its own, so that it can be built alone.
fn build_files(project: &Project, tools: &Tools, app: App, scratch: &Path) -> Result<[String; 5]> {
    let mut folder = OutputFolder::open(&project.path("public"), &[app.name, "files"].join("-"))?;
    let manifest = format!("--define:STORED={}", serde_json::to_string(&StorageManifest::of_widget())?);
    let options = [BUNDLE.as_slice(), &[manifest.as_str()]].concat();
    let mut add = |source: &str, stem: &str| {
        let bundle = scratch.join(stem).with_extension("js");
        assets::esbuild(tools, &project.path(source), &bundle, &options)?;
        folder.add_hashed(stem, "js", &read(&bundle)?)
    };
    let files = add(FILES, "files")?;
    let form = if app.words { add(FORM, "form")? } else { String::new() };
    let stored = if app.words { add(STORED, "stored")? } else { String::new() };
    let home = if app.words { add(HOME, "home")? } else { String::new() };
    let wait = if app.words { add(WAIT, "wait")? } else { String::new() };
    folder.finish()?;
    Ok([files, form, stored, home, wait])
}

/// Builds `public/build/words` and returns the addresses of what is in it, with `*` for the language. All have the same
/// hash, so that whoever knows it can ask for any, and gets only what belongs to the same build.
fn build_words(project: &Project) -> Result<String> {
    let files = assets::files_below(&project.path(LOCALES), &["json"]);
    let mut spoken = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).context("the words cannot be read")?;
        spoken.push((file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), compact(&text)));
    }
    let hash = hash::of_bytes(&serde_json::to_vec(&spoken)?);
    let mut folder = OutputFolder::open(&project.path("public"), WORDS)?;
    for (language, text) in spoken {
        folder.add(&format!("{language}-{hash}.json"), text.as_bytes())?;
    }
    folder.finish()?;
    Ok(format!("/build/{WORDS}/*-{hash}.json"))
}

/// Builds an empty Leptos frame, the least that any widget can weigh, and returns its script and its module.
pub fn floor(project: &Project, tools: &Tools) -> Result<(PathBuf, PathBuf)> {
    let _lock = super::lock(project)?;
    let compilation = Compilation {
        package: App::WIDGET.name,
        target: CargoTarget::Example("floor"),
        mode: Mode::Release,
        small_std: App::WIDGET.small_std,
        erased_views: App::WIDGET.erased_views,
        in_parts: false,
    };
    let compiled = compilation.run(project, tools)?;
    let module = Module::bind(tools, &compiled, &project.scratch_dir().join("floor"), "floor")?;
    let script = module.bundle(tools, Mode::Release, "import init from \"./floor.js\"; init();", "")?;
    let file = module.glue.with_extension("min.js");
    std::fs::write(&file, script).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok((file, module.wasm))
}

/// A module and its glue.
struct Module {
    glue: PathBuf,
    wasm: PathBuf,
}

impl Module {
    /// Has wasm-bindgen make both, as `<name>_bg.wasm` and `<name>.js`.
    fn bind(tools: &Tools, compiled: &Path, scratch: &Path, name: &str) -> Result<Self> {
        wasm::bindgen(tools, compiled, scratch, name)?;
        let glue = scratch.join(format!("{name}.js"));
        std::fs::write(&glue, prune::classes(&text(&glue)?)?)?;
        Ok(Self { glue, wasm: scratch.join(format!("{name}_bg.wasm")) })
    }

    /// Bundles a boot script with the glue beside it, and with `parts.js` there; makes module and script small for a
    /// release.
    fn bundle(&self, tools: &Tools, mode: Mode, boot: &str, parts: &str) -> Result<String> {
        let entry = self.glue.with_file_name(BOOT);
        let bundle = self.glue.with_file_name("boot.min.js");
        std::fs::write(&entry, boot)?;
        std::fs::write(self.glue.with_file_name("parts.js"), parts)?;
        assets::esbuild(tools, &entry, &bundle, &BUNDLE)?;
        if mode == Mode::Release {
            prune::exports(tools, &self.wasm, &text(&bundle)?)?;
            wasm::wasm_opt(tools, &self.wasm, wasm::Aim::Size)?;
            std::fs::write(&self.glue, prune::glue(&self.wasm, &text(&self.glue)?, parts)?)?;
            assets::esbuild(tools, &entry, &bundle, &BUNDLE)?;
        }
        text(&bundle)
    }
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
