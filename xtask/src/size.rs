//! `cargo xtask size`: what a visitor's browser loads, before and after the first click, against the budget.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::build::{self, Mode, Part};
use crate::console;
use crate::prepare::Tools;
use crate::project::Project;

/// The most that the loader may weigh, in bytes after brotli.
const LOADER_BUDGET: usize = 2_500;
/// The most that the file of the host page's API may weigh, in bytes after brotli.
const API_BUDGET: usize = 6_000;
/// The most that the file of proactive messages may weigh, in bytes after brotli.
const PROACTIVE_BUDGET: usize = 3_100;
/// The most that the file may weigh that tells who is there, in bytes after brotli.
const VISITS_BUDGET: usize = 1_500;
/// The most that the first click may load, in bytes after brotli.
const FIRST_CLICK_BUDGET: usize = 90_000;
/// The most files that the first click may load.
const FIRST_CLICK_FILES: usize = 5;
/// The most that each part of the widget may weigh, in bytes after brotli; a part that is not listed fails.
const PART_BUDGETS: [(&str, usize); 3] = [("messages", 25_000), ("puzzle", 3_000), ("seldom", 14_000)];
/// The most that the visitor's home may weigh, in bytes after brotli.
const HOME_BUDGET: usize = 3_500;
/// The most that what says how long a visitor waits may weigh, in bytes after brotli.
const WAIT_BUDGET: usize = 1_500;
/// The most that the inbox may load before anything is on screen, in bytes after brotli.
const INBOX_BUDGET: usize = 312_000;

/// The bytes of one file or of several, as they are and as they travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Weight {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &parameters)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Builds for release, prints the table, and fails over budget.
pub fn size(project: &Project, tools: &Tools) -> Result<()> {
    build::build(project, tools, Mode::Release, &[Part::Loader, Part::Widget, Part::Inbox])?;
    let built = project.path("public/build");

    let loader = table("Before the first click", &[built.join("loader/widget.js")])?;
    println!(
        "  and the site's configuration, made by the Worker: tests/edge/look.rs holds it to 1,000 bytes"
    );
    let mut at_first_click = files(&built.join("widget"))?;
    at_first_click.push(built.join("loader/line.js"));
    let count = at_first_click.len();
    // They come in the page.
    at_first_click.push(file_of(&built, "words", "en-")?);
    let first_click = table("On the first click", &at_first_click)?;
    let api = table("When the page calls or listens", &[built.join("loader/api.js")])?;
    let proactive = table("Where the site has proactive messages", &[built.join("loader/proactive.js")])?;
    let visits = table("Where the team sees who is there", &[built.join("loader/visits.js")])?;
    table("When a message is unread", &[built.join("loader/attention.js")])?;
    table("In place of the English words, the longest", &[longest_words(&built)?])?;
    table("When the page changes the language", &[built.join("loader/locale.js")])?;
    table("When somebody first has to do with a file", &files(&built.join("widget-files"))?)?;
    let home = table("The home of who has had a conversation", &[file_of(&built, "widget-files", "home-")?])?;
    let wait = table("While the visitor waits", &[file_of(&built, "widget-files", "wait-")?])?;
    let parts = files(&built.join("widget-parts"))?;
    table("Parts of the chat, each when it is first needed", &parts)?;
    let inbox = table("The inbox, at first", &files(&built.join("inbox"))?)?;
    table("Its parts", &files(&built.join("inbox-parts"))?)?;
    let (glue, module) = build::floor(project, tools)?;
    let floor = table("The floor: an empty Leptos frame", &[glue, module])?;

    println!();
    println!("  above the floor: {} bytes brotli", first_click.brotli.saturating_sub(floor.brotli));
    let mut within = vec![
        verdict("loader", loader.brotli, LOADER_BUDGET),
        verdict("host page's API", api.brotli, API_BUDGET),
        verdict("proactive messages", proactive.brotli, PROACTIVE_BUDGET),
        verdict("who is there", visits.brotli, VISITS_BUDGET),
        verdict("first click", first_click.brotli, FIRST_CLICK_BUDGET),
        verdict("home", home.brotli, HOME_BUDGET),
        verdict("wait", wait.brotli, WAIT_BUDGET),
        verdict("inbox", inbox.brotli, INBOX_BUDGET),
    ];
    for part in &parts {
        within.push(verdict_of_part(part)?);
    }
    println!("  files on the first click: {count} of {FIRST_CLICK_FILES}");
    within.push(count <= FIRST_CLICK_FILES);
    if within.contains(&false) {
        bail!("over budget");
    }
    Ok(())
}

fn table(title: &str, files: &[PathBuf]) -> Result<Weight> {
    println!("\n{title:<44}{:>10}{:>10}{:>10}", "raw", "gzip", "brotli");
    let mut total = Weight::default();
    for file in files {
        let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let weight = Weight::of(&bytes)?;
        row(&file.file_name().unwrap_or_default().to_string_lossy(), weight);
        total = total.plus(weight);
    }
    if files.len() > 1 {
        row("together", total);
    }
    Ok(total)
}

fn row(name: &str, weight: Weight) {
    println!("  {name:<42}{:>10}{:>10}{:>10}", weight.raw, weight.gzip, weight.brotli);
}

fn verdict(name: &str, bytes: usize, budget: usize) -> bool {
    let within = bytes <= budget;
    let word = if within { console::green("within budget") } else { console::red("OVER BUDGET") };
    println!("  {name}: {bytes} of {budget} bytes brotli, {word}");
    within
}

/// One of the files of a folder: the words of a language, which come in the frame's page, or a file of the chat by its name.
fn file_of(built: &Path, folder: &str, beginning: &str) -> Result<PathBuf> {
    let mut all = files(&built.join(folder))?.into_iter();
    let is_wanted =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning));
    all.find(is_wanted).with_context(|| format!("there is no {beginning} in {folder}"))
}

/// The words of the language that has to load most.
fn longest_words(built: &Path) -> Result<PathBuf> {
    let mut longest = None;
    for path in files(&built.join("words"))? {
        let weight = Weight::of(&std::fs::read(&path)?)?.brotli;
        if longest.as_ref().is_none_or(|(other, _)| weight > *other) {
            longest = Some((weight, path));
        }
    }
    longest.map(|(_, path)| path).context("there are no words")
}

/// Parts are named like their files, up to the hash.
fn verdict_of_part(file: &Path) -> Result<bool> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let Some((_, budget)) =
        PART_BUDGETS.iter().find(|(part, _)| name.rsplit_once('-').is_some_and(|(stem, _)| stem == *part))
    else {
        bail!("{name} has no budget: give it one in PART_BUDGETS");
    };
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(verdict(&name, Weight::of(&bytes)?.brotli, *budget))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_text_weighs_less() {
        let weight = Weight::of("porchlight ".repeat(100).as_bytes()).unwrap();

        assert_eq!(weight.raw, 1_100);
        assert!(weight.brotli < weight.gzip && weight.gzip < 100);
    }
}
