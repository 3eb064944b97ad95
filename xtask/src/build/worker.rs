//! The Worker: worker-build makes `edge/build/index.js` and `index_bg.wasm`, where `wrangler.toml` points.

use anyhow::Result;

use super::Mode;
use super::stamp::Stamp;
use super::wasm::{self, CargoTarget, Compilation};
use crate::cargo;
use crate::prepare::Tools;
use crate::project::Project;
use crate::step::Step;

/// Builds `edge/build` and says whether there was anything to do.
pub(super) fn build(project: &Project, tools: &Tools, mode: Mode) -> Result<bool> {
    // Cargo runs here first so that an unchanged module is recognized; worker-build then finds it compiled.
    let compilation = Compilation {
        package: "edge",
        target: CargoTarget::Library,
        mode,
        small_std: false,
        erased_views: false,
        in_parts: false,
    };
    let compiled = compilation.run(project, tools)?;
    let output = project.path("edge/build");
    let module = output.join("index_bg.wasm");
    let stamp = Stamp::new(project, "edge")?
        .text(mode.worker_profile())
        .text(&tools.worker_build.display().to_string())
        .files(&[compiled])?
        .output(output.join("index.js"))
        .output(module.clone());
    if stamp.is_current() {
        return Ok(false);
    }
    let mut command = cargo::clean_command(&tools.worker_build);
    tools.wasm.apply(&mut command);
    wasm::apply_flags(&mut command, mode, project, tools, &[]);
    command.args(["--profile", mode.worker_profile(), "--no-opt"]);
    command.current_dir(project.path("edge"));
    command.env("CARGO_TARGET_DIR", project.wasm_target_dir());
    command.env("WASM_BINDGEN_BIN", &tools.wasm_bindgen);
    command.env("WASM_OPT_BIN", tools.node.wasm_opt());
    command.env("ESBUILD_BIN", tools.node.esbuild()?);
    command.env("PATH", tools.node.path_variable());
    Step::new("worker-build", command).quiet().run()?;
    if mode == Mode::Release {
        wasm::wasm_opt(tools, &module, wasm::Aim::Speed)?;
    }
    stamp.write()?;
    Ok(true)
}
