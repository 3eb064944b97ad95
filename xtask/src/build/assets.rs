//! Files for the browser: esbuild, style sheets, templates, and names that contain a hash of what is in them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::hash;
use crate::prepare::Tools;
use crate::step::Step;

/// Returns every file below a folder with one of these endings, in a fixed order.
pub(super) fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files_below(&path, endings));
        } else if path.extension().and_then(OsStr::to_str).is_some_and(|ending| endings.contains(&ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Runs esbuild over one file.
pub(super) fn esbuild(tools: &Tools, input: &Path, output: &Path, options: &[&str]) -> Result<()> {
    let mut command = Command::new(tools.node.esbuild()?);
    command.arg(input).arg("--minify").arg("--log-level=warning").arg("--legal-comments=none").args(options);
    command.arg(format!("--outfile={}", output.display())).arg("--allow-overwrite");
    let name = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Step::new(format!("esbuild {name}"), command).quiet().run()?;
    Ok(())
}

/// Joins style sheets in the given order.
pub(super) fn join_styles(sheets: &[PathBuf], output: &Path) -> Result<()> {
    let mut joined = String::new();
    for sheet in sheets {
        let text =
            std::fs::read_to_string(sheet).with_context(|| format!("{} cannot be read", sheet.display()))?;
        joined.push_str(&text);
        joined.push('\n');
    }
    std::fs::write(output, joined).with_context(|| format!("{} cannot be written", output.display()))
}

/// Puts `value` wherever `template` has `{{name}}`, and fails if a placeholder has no value.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut filled = template.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{{{name}}}}}"), value);
    }
    if let Some((_, rest)) = filled.split_once("{{") {
        let name = rest.split("}}").next().unwrap_or_default();
        bail!("the template has a placeholder {{{{{name}}}}} that nothing fills");
    }
    Ok(filled)
}

/// A folder of built files; what an earlier build left in it goes away when the new files are complete.
#[derive(Debug)]
pub(super) struct OutputFolder {
    folder: PathBuf,
    address: String,
    names: Vec<String>,
}

impl OutputFolder {
    /// Opens `public/build/<name>`, served under `/build/<name>/`.
    pub(super) fn open(public: &Path, name: &str) -> Result<Self> {
        let folder = public.join("build").join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self { folder, address: format!("/build/{name}"), names: Vec::new() })
    }

    /// Writes a file under a name with its hash and returns its address.
    pub(super) fn add_hashed(&mut self, stem: &str, ending: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{stem}-{}.{ending}", hash::of_bytes(bytes));
        self.add(&name, bytes)
    }

    /// Writes a file and returns its address; readers see the old file or the new one, never a half.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        let path = self.folder.join(name);
        if !std::fs::read(&path).is_ok_and(|existing| existing == bytes) {
            let temporary = self.folder.join(format!(".{name}.new"));
            std::fs::write(&temporary, bytes)
                .and_then(|()| std::fs::rename(&temporary, &path))
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        self.names.push(name.to_owned());
        Ok(format!("{}/{name}", self.address))
    }

    /// Removes what this build did not write.
    pub(super) fn finish(self) -> Result<()> {
        for entry in std::fs::read_dir(&self.folder)?.flatten() {
            if !self.names.iter().any(|name| entry.file_name() == name.as_str()) {
                std::fs::remove_file(entry.path())
                    .with_context(|| format!("{} cannot be removed", entry.path().display()))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_completely_or_not_at_all() {
        let filled = fill("<a href=\"{{css}}\">{{css}}", &[("css", "/x.css")]).unwrap();
        assert_eq!(filled, "<a href=\"/x.css\">/x.css");

        let error = fill("{{typo}}", &[("css", "/x.css")]).unwrap_err();
        assert!(error.to_string().contains("{{typo}}"));
    }
}
