//! A Rust toolchain with the standard library of `wasm32-unknown-unknown`.
//!
//! The ordinary way is rustup's. Where its server cannot be reached, Debian's `rustc-web` compiles the library once
//! from Debian's own source, and rustup knows that compiler as the toolchain `wasm`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::debian;
use crate::cargo;
use crate::console;
use crate::hash;
use crate::project::{Project, find_on_path, machine_cache_dir};
use crate::step::Step;

/// The target of everything that runs in a browser or in the Worker.
pub const TARGET: &str = "wasm32-unknown-unknown";
const LINKED_NAME: &str = "wasm";
const DEBIAN_LIBRARY: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

/// The toolchain that compiles WebAssembly.
#[derive(Debug, Clone, Default)]
pub struct WasmToolchain {
    /// The value of `RUSTUP_TOOLCHAIN`, or nothing for the toolchain in use.
    pub name: Option<String>,
}

impl WasmToolchain {
    /// Sets up a command, cargo or a tool that calls cargo, to compile with this toolchain.
    pub fn apply(&self, command: &mut Command) {
        if let Some(name) = &self.name {
            command.env("RUSTUP_TOOLCHAIN", name);
        }
    }

    /// Returns the source of the standard library, where this toolchain has it.
    pub fn std_source(&self) -> Option<PathBuf> {
        let sysroot = self.rustc_prints(&["--print", "sysroot"])?;
        let source = Path::new(&sysroot).join("lib/rustlib/src/rust/library");
        source.join("std/Cargo.toml").is_file().then_some(source)
    }

    /// Returns the compiler's version line, which stamps of builds contain.
    pub fn version(&self) -> String {
        self.rustc_prints(&["--version"]).unwrap_or_default()
    }

    fn has_target(&self) -> bool {
        let Some(folder) = self.rustc_prints(&["--target", TARGET, "--print", "target-libdir"]) else {
            return false;
        };
        holds_std(Path::new(&folder))
    }

    fn rustc_prints(&self, arguments: &[&str]) -> Option<String> {
        let mut command = cargo::clean_command("rustc");
        self.apply(&mut command);
        let output = command.args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// Finds a toolchain with the target, or brings one about; with clippy where the checks ask for it.
pub(super) fn ensure(project: &Project, with_clippy: bool) -> Result<WasmToolchain> {
    let active = WasmToolchain::default();
    if active.has_target() {
        try_for_source(&active)?;
        return Ok(active);
    }
    let linked = WasmToolchain { name: Some(LINKED_NAME.to_owned()) };
    if !linked.has_target() || !is_new_enough(project, &linked)? {
        if add_with_rustup()? {
            try_for_source(&active)?;
            return Ok(active);
        }
        install_debian_toolchain()?;
        if !linked.has_target() {
            bail!("the toolchain `{LINKED_NAME}` was made and still has no std for {TARGET}");
        }
    }
    if with_clippy && !Path::new("/usr/bin/cargo-clippy").exists() && debian::can_install() {
        debian::install("clippy for WebAssembly", &["rust-web-clippy"])?;
    }
    Ok(linked)
}

fn add_with_rustup() -> Result<bool> {
    if find_on_path("rustup").is_none() {
        return Ok(false);
    }
    let mut command = cargo::clean_command("rustup");
    command.args(["target", "add", TARGET]);
    let added = Step::new(format!("rustup target add {TARGET}"), command)
        .limit(Duration::from_secs(240))
        .attempt()?;
    Ok(added.success && WasmToolchain::default().has_target())
}

/// Asks rustup once for the source of std, which makes the widget smaller; a build without it works too.
fn try_for_source(toolchain: &WasmToolchain) -> Result<()> {
    let tried =
        machine_cache_dir()?.join(format!("rust-src-{}", hash::of_bytes(toolchain.version().as_bytes())));
    if toolchain.std_source().is_some() || tried.exists() || find_on_path("rustup").is_none() {
        return Ok(());
    }
    let mut command = cargo::clean_command("rustup");
    command.args(["component", "add", "rust-src"]);
    let added =
        Step::new("rustup component add rust-src", command).limit(Duration::from_secs(240)).attempt()?;
    if !added.success {
        console::say("    goes on without: the widget gets some kilobytes larger");
    }
    std::fs::write(&tried, "").with_context(|| format!("{} cannot be written", tried.display()))
}

fn install_debian_toolchain() -> Result<()> {
    if find_on_path("rustup").is_none() || !debian::can_install() {
        bail!(
            "Rust has no standard library for {TARGET} and it cannot be fetched here: \
             run `rustup target add {TARGET}` where there is a network, or run this as root on Debian"
        );
    }
    console::say("  rustup cannot fetch the target: taking Debian's compiler and building std once");
    debian::install("Rust for WebAssembly", &DEBIAN_PACKAGES)?;
    // The compiler's rust-lld is a link to the lld of one LLVM version, which is a package of its own.
    let linker =
        std::fs::read_link("/usr/bin/rust-lld").context("rust-web-llvm brought no /usr/bin/rust-lld")?;
    let version = llvm_version(&linker.to_string_lossy())
        .with_context(|| format!("no LLVM version can be read from {}", linker.display()))?;
    debian::install("its linker", &[&format!("lld-{version}")])?;
    if !holds_std(Path::new(DEBIAN_LIBRARY)) {
        build_std()?;
    }
    let mut link = cargo::clean_command("rustup");
    link.args(["toolchain", "link", LINKED_NAME, "/usr"]);
    Step::new(format!("rustup toolchain link {LINKED_NAME} /usr"), link).run()?;
    Ok(())
}

/// Compiles std from Debian's source by building an empty crate, and puts it where that compiler looks.
fn build_std() -> Result<()> {
    let scratch = machine_cache_dir()?.join("std-build");
    std::fs::create_dir_all(scratch.join("src")).context("the scratch folder cannot be made")?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n";
    std::fs::write(scratch.join("Cargo.toml"), manifest)?;
    std::fs::write(scratch.join("src/lib.rs"), "")?;
    let mut command = cargo::clean_command("/usr/bin/cargo");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [PathBuf::from("/usr/bin")].into_iter().chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(folders)?);
    command.env("RUSTC_BOOTSTRAP", "1");
    // Without bitcode in it, a program that is built with LTO does not link.
    command.env("RUSTFLAGS", "-Cembed-bitcode=yes");
    command.args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,proc_macro"]);
    command.current_dir(&scratch).env("CARGO_TARGET_DIR", scratch.join("target"));
    Step::new(format!("std for {TARGET} (once per machine)"), cargo::with_progress(command)).run()?;

    let built = scratch.join("target").join(TARGET).join("release/deps");
    let mut copy = debian::privileged("sh");
    let script =
        "mkdir -p \"$2\" && rm -f \"$2\"/*.rlib && cp \"$1\"/*.rlib \"$2\"/ && rm -f \"$2\"/libempty-*";
    copy.args(["-c", script, "sh"]).arg(&built).arg(DEBIAN_LIBRARY);
    Step::new("std is put beside its compiler", copy).quiet().run()?;
    Ok(())
}

fn is_new_enough(project: &Project, toolchain: &WasmToolchain) -> Result<bool> {
    let manifest =
        std::fs::read_to_string(project.path("Cargo.toml")).context("Cargo.toml cannot be read")?;
    let wanted = manifest.lines().find_map(|line| line.strip_prefix("rust-version = "));
    let wanted = wanted.and_then(|text| minor_version(text.trim_matches('"')));
    Ok(minor_version(&toolchain.version().replace("rustc ", "")) >= wanted)
}

/// Reads `1.95` or `1.95.0 (59807616e 2026-04-14)` as `95`.
fn minor_version(text: &str) -> Option<u32> {
    let rest = text.strip_prefix("1.")?;
    rest.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

/// Reads `lld-22` or `../lib/llvm-22/bin/lld` as `22`.
fn llvm_version(link: &str) -> Option<u32> {
    let (_, rest) = link.split_once("llvm-").or_else(|| link.split_once("lld-"))?;
    rest.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

fn holds_std(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_tools_print() {
        assert_eq!(minor_version("1.95"), Some(95));
        assert_eq!(minor_version("1.96.0 (abc 2026-05-20)"), Some(96));
        assert_eq!(llvm_version("../lib/llvm-22/bin/lld"), Some(22));
        assert_eq!(llvm_version("lld-22"), Some(22));
        assert_eq!(llvm_version("lld"), None);
    }
}
