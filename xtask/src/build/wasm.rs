//! From a Rust package to WebAssembly and its JavaScript glue.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Mode, order};
use crate::cargo;
use crate::console;
use crate::prepare::{TARGET, Tools};
use crate::project::Project;
use crate::step::Step;

/// What the compiler and wasm-bindgen emit and every browser of the last years runs; `--all-features` would let
/// wasm-opt emit what Chromium refuses.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-exception-handling",
];

/// What of a package is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CargoTarget {
    /// The program named like its package.
    Program,
    /// The library, a `cdylib`: the Worker.
    Library,
    /// An example of this name.
    Example(&'static str),
}

/// One compilation of a package.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compilation {
    /// The package.
    pub(super) package: &'static str,
    /// What of it.
    pub(super) target: CargoTarget,
    /// How much is spent on size.
    pub(super) mode: Mode,
    /// Whether std is compiled anew, for size and without the texts of panics, where its source is at hand.
    pub(super) small_std: bool,
    /// Whether Leptos erases the types of views (its `erase_components`).
    pub(super) erased_views: bool,
    /// Whether the relocations are kept, off which parts are told.
    pub(super) in_parts: bool,
}

/// Which standard library a compilation is linked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Std {
    ReadyMade,
    Small,
}

impl Compilation {
    /// Compiles and returns the `.wasm` file that cargo wrote.
    pub(super) fn run(self, project: &Project, tools: &Tools) -> Result<PathBuf> {
        let label = format!("compile {}", self.package);
        if self.small_std && self.mode == Mode::Release && tools.wasm.std_source().is_some() {
            let command = self.command(project, tools, Std::Small);
            if Step::new(format!("{label} with a small std"), command).quiet().attempt()?.success {
                return Ok(self.output(project, Std::Small));
            }
            console::say("    tries again with the ready-made std");
        }
        let command = self.command(project, tools, Std::ReadyMade);
        Step::new(label, command).show_output().quiet().run()?;
        Ok(self.output(project, Std::ReadyMade))
    }

    fn command(self, project: &Project, tools: &Tools, std: Std) -> Command {
        let mut command = cargo::with_progress(cargo::clean_command("cargo"));
        tools.wasm.apply(&mut command);
        command.args([
            if self.in_parts { "rustc" } else { "build" },
            "--package",
            self.package,
            "--target",
            TARGET,
        ]);
        command.args(["--profile", self.profile()]);
        match self.target {
            CargoTarget::Program => command.args(["--bin", self.package]),
            CargoTarget::Library => command.arg("--lib"),
            CargoTarget::Example(name) => command.args(["--example", name]),
        };
        let mut flags = Vec::new();
        if std == Std::Small {
            command.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
            command.env("RUSTC_BOOTSTRAP", "1");
            flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"]);
        }
        if self.erased_views {
            flags.extend(["--cfg", "erase_components"]);
        }
        apply_flags(&mut command, self.mode, project, tools, &flags);
        // worker-build sets it too; the same value in both keeps cargo from compiling the Worker twice.
        if self.target == CargoTarget::Library {
            command.env("WASM_BINDGEN_USE_JS_SYS", "1");
        }
        command.current_dir(&project.root).env("CARGO_TARGET_DIR", self.target_dir(project, std));
        if self.in_parts {
            command.args(["--", "-Clink-arg=--emit-relocs"]);
        }
        command
    }

    fn profile(self) -> &'static str {
        match self.target {
            CargoTarget::Program | CargoTarget::Example(_) => self.mode.profile(),
            CargoTarget::Library => self.mode.worker_profile(),
        }
    }

    fn output(self, project: &Project, std: Std) -> PathBuf {
        let folder = self.target_dir(project, std).join(TARGET).join(self.profile());
        match self.target {
            CargoTarget::Program | CargoTarget::Library => folder.join(format!("{}.wasm", self.package)),
            CargoTarget::Example(name) => folder.join("examples").join(format!("{name}.wasm")),
        }
    }

    /// Keeps what is compiled with different flags apart: cargo would compile it anew each time.
    fn target_dir(self, project: &Project, std: Std) -> PathBuf {
        match (std, self.erased_views) {
            (Std::ReadyMade, false) => project.wasm_target_dir(),
            (Std::ReadyMade, true) => project.path("target/wasm-erased"),
            (Std::Small, false) => project.path("target/wasm-small"),
            (Std::Small, true) => project.path("target/wasm-small-erased"),
        }
    }
}

/// Sets up a command, cargo or a tool that calls cargo, with the flags of the compiler. What is released says nothing of
/// where it was compiled: whoever compiles it elsewhere gets the same bytes, and reads nobody's folders in them.
pub(super) fn apply_flags(
    command: &mut Command,
    mode: Mode,
    project: &Project,
    tools: &Tools,
    flags: &[&str],
) {
    let mut flags: Vec<_> = flags.iter().map(|flag| (*flag).to_owned()).collect();
    if mode == Mode::Release {
        let std = tools.wasm.std_source().and_then(|library| Some(library.parent()?.to_owned()));
        let known =
            [(cargo::registry(), "registry"), (std, "rust"), (Some(project.root.clone()), "porchlight")];
        flags.extend(
            known.into_iter().filter_map(|(folder, name)| {
                Some(format!("--remap-path-prefix={}={name}", folder?.display()))
            }),
        );
    }
    if !flags.is_empty() {
        command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    }
}

/// Makes the glue and the final module in `folder`, as `<name>.js` and `<name>_bg.wasm`.
pub(super) fn bindgen(tools: &Tools, wasm: &Path, folder: &Path, name: &str) -> Result<()> {
    let mut command = Command::new(&tools.wasm_bindgen);
    command
        .arg(wasm)
        // The linker's exports are what the parts of a module share.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name, "--out-dir"])
        .arg(folder);
    Step::new(format!("wasm-bindgen {name}"), command).quiet().run()?;
    Ok(())
}

/// What wasm-opt is to make of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// As few bytes as possible.
    Size,
    /// As fast as possible.
    Speed,
}

/// Optimizes a module in place.
pub(super) fn wasm_opt(tools: &Tools, wasm: &Path, aim: Aim) -> Result<()> {
    let rounds: &[&[&str]] = match aim {
        // Flat code is put together anew in fewer bytes than rustc's; the further rounds find what the first has bared, and
        // functions that have become alike. Low in the memory is the end of the stack, so that nothing has an address there.
        Aim::Size => &[
            &["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz", "--converge"],
            &[
                "--low-memory-unused",
                "--flatten",
                "--rereloop",
                "-Oz",
                "-Oz",
                "--merge-similar-functions",
                "-Oz",
            ],
        ],
        Aim::Speed => &[&["-O3"]],
    };
    for passes in rounds {
        let smaller = wasm.with_extension("opt.wasm");
        let mut command = Command::new(tools.node.wasm_opt());
        command.env("PATH", tools.node.path_variable());
        command.args(*passes).args(["--strip-debug", "--strip-producers"]).args(FEATURES);
        command.arg(wasm).arg("-o").arg(&smaller);
        let name = wasm.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Step::new(format!("wasm-opt {name}"), command).quiet().run()?;
        std::fs::rename(&smaller, wasm).with_context(|| format!("{} cannot be replaced", wasm.display()))?;
    }
    if aim == Aim::Size {
        let module = std::fs::read(wasm).with_context(|| format!("{} cannot be read", wasm.display()))?;
        std::fs::write(wasm, order::alike_together(&module)?)
            .with_context(|| format!("{} cannot be replaced", wasm.display()))?;
    }
    Ok(())
}

/// Removes from a module, in place, what none of the roots of a graph reaches.
pub(super) fn metadce(tools: &Tools, wasm: &Path, graph: &[u8]) -> Result<()> {
    let smaller = wasm.with_extension("metadce.wasm");
    let file = wasm.with_extension("graph.json");
    std::fs::write(&file, graph).with_context(|| format!("{} cannot be written", file.display()))?;
    let mut command = Command::new(tools.node.wasm_metadce());
    command.env("PATH", tools.node.path_variable());
    command.arg(wasm).arg("--graph-file").arg(&file).arg("-o").arg(&smaller).args(FEATURES);
    let name = wasm.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Step::new(format!("wasm-metadce {name}"), command).quiet().run()?;
    std::fs::rename(&smaller, wasm).with_context(|| format!("{} cannot be replaced", wasm.display()))
}
