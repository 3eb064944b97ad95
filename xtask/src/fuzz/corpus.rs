//! The inputs that are kept: few enough to be replayed in every test run, and together reaching almost all that is
//! reached.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Folders;
use super::fuzzer::Fuzzer;
use crate::console;
use crate::project::Project;

/// Inputs of one target that are committed.
const MOST: usize = 48;

/// Replaces a committed corpus by the best of itself and of what was found since.
pub(super) fn minimize(project: &Project, fuzzer: &Fuzzer, target: &str, folders: &Folders) -> Result<()> {
    let scratch = project.path("target/fuzz/merged").join(target);
    let (merged, record) = (scratch.join("inputs"), scratch.join("record"));
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)?;
    }
    std::fs::create_dir_all(&merged)?;
    fuzzer.merge(target, &merged, &[&folders.committed, &folders.working], &record)?;
    let record = std::fs::read_to_string(&record).context("the fuzzer wrote no record of its merge")?;
    let kept = best(&inputs(&record), MOST);
    // Read before anything is deleted: what is kept may be committed already.
    let kept: Vec<(&Path, Vec<u8>)> =
        kept.into_iter().map(|path| Ok((path, std::fs::read(path)?))).collect::<Result<_>>()?;
    for file in files(&folders.committed)? {
        std::fs::remove_file(file)?;
    }
    for (path, bytes) in &kept {
        std::fs::write(folders.committed.join(path.file_name().unwrap_or_default()), bytes)?;
    }
    let bytes: usize = kept.iter().map(|(_, bytes)| bytes.len()).sum();
    console::say(format!("    {target}: {} inputs, {bytes} bytes", kept.len()));
    Ok(())
}

/// Returns the files of a folder, by name.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

/// An input and the features of the program that it reaches.
struct Input<'a> {
    path: &'a Path,
    features: BTreeSet<u32>,
}

/// Reads the record of a merge: two counts, the paths, and for each path a line `FT <index> <feature> …`.
fn inputs(record: &str) -> Vec<Input<'_>> {
    let mut lines = record.lines();
    let count = lines.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
    let mut inputs: Vec<Input<'_>> = lines
        .by_ref()
        .skip(1)
        .take(count)
        .map(|path| Input { path: Path::new(path), features: BTreeSet::new() })
        .collect();
    for line in lines {
        let mut words = line.strip_prefix("FT ").unwrap_or_default().split(' ');
        let index = words.next().and_then(|index| index.parse::<usize>().ok());
        if let Some(input) = index.and_then(|index| inputs.get_mut(index)) {
            input.features.extend(words.filter_map(|word| word.parse::<u32>().ok()));
        }
    }
    inputs
}

/// Picks inputs one by one, each time the one that reaches most of what is not reached yet.
fn best<'a>(inputs: &[Input<'a>], most: usize) -> Vec<&'a Path> {
    let mut missing: BTreeSet<u32> = inputs.iter().flat_map(|input| &input.features).copied().collect();
    let mut picked = Vec::new();
    while picked.len() < most && !missing.is_empty() {
        let Some(next) = inputs.iter().max_by_key(|input| input.features.intersection(&missing).count())
        else {
            break;
        };
        missing.retain(|feature| !next.features.contains(feature));
        picked.push(next.path);
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "3\n1\n/a/one\n/a/two\n/a/three\nSTARTED 0 4\nFT 0 1 2\nSTARTED 1 4\nFT 1 2 3 4\n\
        COV 1 8\nSTARTED 2 4\nFT 2 4 5\n";

    #[test]
    fn the_inputs_that_reach_most_are_kept() {
        let inputs = inputs(RECORD);

        assert_eq!(best(&inputs, 9).len(), 3);
        assert_eq!(best(&inputs, 1), [Path::new("/a/two")]);
    }

    #[test]
    fn what_reaches_nothing_new_is_left_out() {
        let record = RECORD.replace("FT 2 4 5", "FT 2 4");
        let inputs = inputs(&record);

        assert_eq!(best(&inputs, 9), [Path::new("/a/two"), Path::new("/a/one")]);
    }
}
