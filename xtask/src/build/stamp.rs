//! A note beside the outputs of a build that says which inputs they were made of.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::assets::files_below;
use crate::hash;
use crate::project::Project;

/// What builds: changed, it may make something else of the same files.
const STEPS: &str = "xtask/src/build";

/// The inputs of one part of the build, gathered before it runs.
#[derive(Debug)]
pub(super) struct Stamp {
    file: PathBuf,
    inputs: String,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// Starts the stamp of a part; the steps of the build are inputs as well.
    pub(super) fn new(project: &Project, part: &str) -> Result<Self> {
        let stamp = Self {
            file: project.scratch_dir().join(part).join("stamp"),
            inputs: String::new(),
            outputs: Vec::new(),
        };
        stamp.files(&files_below(&project.path(STEPS), &["rs"]))
    }

    /// Adds an input given as text: a version, a flag.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.inputs.push_str(&hash::of_bytes(text.as_bytes()));
        self.inputs.push('\n');
        self
    }

    /// Adds files as inputs.
    pub(super) fn files(mut self, files: &[PathBuf]) -> Result<Self> {
        self.inputs.push_str(&hash::of_files(files)?);
        self.inputs.push('\n');
        Ok(self)
    }

    /// Adds a file that must exist for the part to count as built.
    pub(super) fn output(mut self, file: PathBuf) -> Self {
        self.outputs.push(file);
        self
    }

    /// Says whether the part was built from these inputs before and its outputs are still there.
    pub(super) fn is_current(&self) -> bool {
        let known = std::fs::read_to_string(&self.file).unwrap_or_default();
        known == self.inputs && self.outputs.iter().all(|output| output.exists())
    }

    /// Notes that the part was built.
    pub(super) fn write(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        std::fs::write(&self.file, &self.inputs)
            .with_context(|| format!("{} cannot be written", self.file.display()))
    }
}
