//! Notices changed sources by looking at modification times: some hundred files, a few milliseconds a round.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::build::Part;
use crate::project::Project;

/// Folders and files that a build reads, and the parts that are made of them; the first that fits counts.
const SOURCES: [(&str, &[Part]); 16] = [
    ("widget/loader", &[Part::Loader]),
    ("widget/npm/src/strings.ts", &[Part::Loader]),
    ("widget/npm/src/types.ts", &[Part::Loader]),
    ("widget", &[Part::Widget]),
    ("inbox", &[Part::Inbox]),
    ("edge", &[Part::Edge]),
    ("crates/api-document/src/manual.css", &[Part::Api]),
    ("crates/protocol", &[Part::Widget, Part::Inbox, Part::Edge]),
    ("crates/domain", &[Part::Edge]),
    ("crates/store", &[Part::Edge]),
    ("crates/sync", &[Part::Widget, Part::Inbox]),
    ("crates/sync-web", &[Part::Widget, Part::Inbox]),
    ("crates/words", &[Part::Widget, Part::Inbox, Part::Edge]),
    ("public/styles", &[Part::Widget, Part::Inbox, Part::Api]),
    ("Cargo.toml", &[Part::Widget, Part::Inbox, Part::Edge]),
    ("Cargo.lock", &[Part::Widget, Part::Inbox, Part::Edge]),
];
const IGNORED: [&str; 5] =
    ["edge/build", "widget/examples", "edge/.wrangler", "widget/npm/dist", "widget/npm/node_modules"];

type Snapshot = BTreeMap<PathBuf, (SystemTime, u64)>;

/// Knows what the sources looked like when they were last asked about.
#[derive(Debug)]
pub(super) struct Watcher {
    root: PathBuf,
    known: Snapshot,
}

impl Watcher {
    /// Takes the present state as known.
    pub(super) fn new(project: &Project) -> Self {
        Self { root: project.root.clone(), known: snapshot(&project.root) }
    }

    /// Returns the parts whose sources changed since the last call, in the order they are built.
    pub(super) fn changed_parts(&mut self) -> Vec<Part> {
        let now = snapshot(&self.root);
        let mut parts = BTreeSet::new();
        for path in now.keys().chain(self.known.keys()) {
            if now.get(path) != self.known.get(path) {
                parts.extend(parts_of(path));
            }
        }
        self.known = now;
        parts.into_iter().collect()
    }
}

fn parts_of(relative: &Path) -> &'static [Part] {
    SOURCES.iter().find(|(source, _)| relative.starts_with(source)).map_or(&[], |(_, parts)| parts)
}

fn snapshot(root: &Path) -> Snapshot {
    let mut files = Snapshot::new();
    for (source, _) in SOURCES {
        collect(root, Path::new(source), &mut files);
    }
    files
}

fn collect(root: &Path, relative: &Path, files: &mut Snapshot) {
    let name = relative.file_name().unwrap_or_default().to_string_lossy();
    if IGNORED.iter().any(|ignored| relative.starts_with(ignored))
        || name.starts_with('.')
        || name.ends_with('~')
    {
        return;
    }
    let path = root.join(relative);
    let Ok(metadata) = std::fs::metadata(&path) else {
        return;
    };
    if !metadata.is_dir() {
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        files.insert(relative.to_path_buf(), (modified, metadata.len()));
        return;
    }
    for entry in std::fs::read_dir(&path).into_iter().flatten().flatten() {
        collect(root, &relative.join(entry.file_name()), files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_leads_to_the_parts_made_of_it() {
        assert_eq!(parts_of(Path::new("widget/loader/src/main.ts")), [Part::Loader]);
        assert_eq!(parts_of(Path::new("widget/src/main.rs")), [Part::Widget]);
        assert_eq!(parts_of(Path::new("crates/sync-web/src/lib.rs")), [Part::Widget, Part::Inbox]);
        assert_eq!(parts_of(Path::new("crates/store/src/lib.rs")), [Part::Edge]);
        assert_eq!(parts_of(Path::new("README.md")), []);
    }
}
