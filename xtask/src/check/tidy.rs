//! Rules about the text of the sources that no compiler checks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;

const SOURCE_FOLDERS: [&str; 6] = ["crates", "edge", "inbox", "tests", "widget", "xtask"];
const PURE_FOLDERS: [&str; 8] = [
    "crates/domain",
    "crates/look",
    "crates/mail",
    "crates/object",
    "crates/protocol",
    "crates/store",
    "crates/sync",
    "crates/words",
];
const BUILT_FOLDERS: [&str; 3] = ["build", "node_modules", "target"];
const MOST_ARCHITECTURE_LINES: usize = 150;
/// Packages whose tests prove numbered rules.
const RULED: [&str; 6] =
    ["crates/domain", "crates/look", "crates/mail", "crates/store", "crates/sync", "crates/words"];

/// Where all statements stand.
const STATEMENTS: &str = "crates/store/src";
/// A text that makes a statement, or a part of one.
const SQL_WORDS: [&str; 9] =
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "WHERE ", "ORDER BY ", "VALUES ", " SET "];

/// A text that must not stand in a source file, where it must not, and why.
struct Banned {
    text: &'static str,
    folders: &'static [&'static str],
    reason: &'static str,
}

// Put together from halves so that this file does not break its own rules.
const BANNED: [Banned; 8] = [
    Banned { text: "Instant::now", folders: &PURE_FOLDERS, reason: "time is an argument" },
    Banned { text: "SystemTime::now", folders: &PURE_FOLDERS, reason: "time is an argument" },
    Banned {
        text: concat!("inner", "_html"),
        folders: &["inbox", "widget"],
        reason: "HTML from a user must not reach the DOM",
    },
    Banned {
        text: concat!("#[", "ignore"),
        folders: &SOURCE_FOLDERS,
        reason: "a test that is not run proves nothing",
    },
    Banned {
        text: concat!("#[", "should_panic"),
        folders: &SOURCE_FOLDERS,
        reason: "assert on a value instead",
    },
    Banned { text: concat!("#[", "allow("), folders: &SOURCE_FOLDERS, reason: "use #[expect(lint, reason)]" },
    Banned {
        text: concat!("#![", "allow("),
        folders: &SOURCE_FOLDERS,
        reason: "use #[expect(lint, reason)]",
    },
    Banned { text: concat!("todo", "!("), folders: &SOURCE_FOLDERS, reason: "finish it or leave it out" },
];

/// Returns a sentence for each place that breaks a rule.
pub(super) fn violations(project: &Project) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    let mut files = Vec::new();
    for folder in SOURCE_FOLDERS {
        rust_files(&project.path(folder), &mut files);
    }
    let rules = rule_ids(&std::fs::read_to_string(project.path("docs/SPEC.md")).unwrap_or_default());
    for file in &files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let relative = file.strip_prefix(&project.root).unwrap_or(file);
        broken.extend(banned_texts(relative, &text));
        broken.extend(pasted_statements(relative, &text));
        if RULED.iter().any(|folder| relative.starts_with(folder)) {
            broken.extend(unruled_tests(relative, &text, &rules));
        }
    }
    broken.extend(long_architecture(&project.path("docs/ARCHITECTURE.md")));
    Ok(broken)
}

fn banned_texts(file: &Path, text: &str) -> Vec<String> {
    let here = BANNED.iter().filter(|banned| banned.folders.iter().any(|folder| file.starts_with(folder)));
    let mut found = Vec::new();
    for banned in here {
        for (index, _) in text.lines().enumerate().filter(|(_, line)| line.contains(banned.text)) {
            found.push(format!("{}:{}: `{}`: {}", file.display(), index + 1, banned.text, banned.reason));
        }
    }
    found
}

/// Finds statements that something but a constant is pasted into, and statements elsewhere than in the store.
fn pasted_statements(file: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut place = |at: usize, reason: &str| {
        let line = text[..at].lines().count().max(1);
        found.push(format!("{}:{line}: {reason}", file.display()));
    };
    let is_shipped = ["crates", "edge"].iter().any(|folder| file.starts_with(folder))
        && file.components().any(|part| part.as_os_str() == "src");
    if is_shipped && !file.starts_with(STATEMENTS) {
        for (at, _) in text.match_indices('"').filter(|(at, _)| is_statement(&text[at + 1..])) {
            place(at, "a statement stands in crates/store only");
        }
    }
    if file.starts_with(STATEMENTS) {
        for pasting in
            [concat!("form", "at!("), concat!("write", "!("), concat!("push_", "str("), ".concat()"]
        {
            for (at, _) in text.match_indices(pasting) {
                let call = text[at..].split(';').next().unwrap_or_default();
                let whole = text[..at].lines().next_back().unwrap_or_default().to_owned() + call;
                let is_sql = SQL_WORDS.iter().any(|word| whole.contains(word));
                if is_sql && !pastes_constants_only(call) {
                    place(at, "a value in a statement is bound, never pasted");
                }
            }
        }
    }
    found
}

/// Whether a text begins as a statement does.
fn is_statement(text: &str) -> bool {
    ["SELECT ", "INSERT INTO ", "INSERT OR ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Whether all that a call of `format!` puts in is named as constants are, in the text itself.
fn pastes_constants_only(call: &str) -> bool {
    let Some((_, rest)) = call.split_once('"') else { return false };
    let Some((text, arguments)) = rest.rsplit_once('"') else { return false };
    let mut names = text.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default());
    let is_constant =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    call.starts_with("form") && names.all(is_constant) && !arguments.contains(',')
}

/// Finds tests whose name does not start with the id of a rule, as `dl3_…` does for DL3.
fn unruled_tests(file: &Path, text: &str, rules: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut after_attribute = false;
    for (index, line) in text.lines().map(str::trim).enumerate() {
        if line == "#[test]" {
            after_attribute = true;
        } else if let Some(name) = function_name(line).filter(|_| after_attribute) {
            after_attribute = false;
            let id = name.split('_').next().unwrap_or_default().to_ascii_uppercase();
            if !rules.contains(&id) {
                let place = format!("{}:{}", file.display(), index + 1);
                found.push(format!("{place}: test `{name}` names no rule of docs/SPEC.md"));
            }
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    line.strip_prefix("fn ")?.split(['(', '<']).next()
}

/// Collects the ids of rules: two or more capitals and a number, like DL3.
fn rule_ids(spec: &str) -> BTreeSet<String> {
    let words = spec.split(|character: char| !character.is_ascii_alphanumeric());
    words.filter(|word| is_rule_id(word)).map(str::to_owned).collect()
}

fn is_rule_id(word: &str) -> bool {
    let digits = word.trim_start_matches(|character: char| character.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    (2..=3).contains(&letters) && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn long_architecture(file: &Path) -> Option<String> {
    let lines = std::fs::read_to_string(file).unwrap_or_default().lines().count();
    (lines > MOST_ARCHITECTURE_LINES)
        .then(|| format!("docs/ARCHITECTURE.md has {lines} lines, more than {MOST_ARCHITECTURE_LINES}"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !BUILT_FOLDERS.contains(&name.as_str()) {
            rust_files(&path, found);
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
    found.sort();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banned_texts_are_found_where_they_are_banned() {
        let text = concat!("view! { <p inner", "_html=x/> }");
        assert_eq!(banned_texts(Path::new("widget/src/a.rs"), text).len(), 1);
        assert!(banned_texts(Path::new("edge/src/a.rs"), text).is_empty());
    }

    #[test]
    fn values_are_not_pasted_into_statements() {
        let here = Path::new("crates/store/src/a.rs");
        for good in [
            concat!("let sql = form", "at!(\"{COLUMNS} WHERE digest = ?1\");"),
            concat!("let key = form", "at!(\"object/{key}\");"),
            "database.run(\"SELECT id FROM a WHERE id = ?1\", vec![id.into()]);",
        ] {
            assert!(pasted_statements(here, good).is_empty(), "{good}");
        }
        for bad in [
            concat!("let sql = form", "at!(\"SELECT id FROM a WHERE id = {id}\");"),
            concat!("let sql = form", "at!(\"{COLUMNS} WHERE digest = {}\", digest);"),
            concat!("database.run(&form", "at!(\n\"{COLUMNS} WHERE name = '{name}'\"\n), vec![]);"),
            concat!("sql.push_", "str(\" WHERE id = 1\");"),
            concat!("[\"SELECT id FROM a WHERE id = \", &id]", ".concat();"),
        ] {
            assert_eq!(pasted_statements(here, bad).len(), 1, "{bad}");
        }
        let elsewhere = Path::new("crates/object/src/a.rs");
        assert_eq!(pasted_statements(elsewhere, "run(\"DELETE FROM a\")").len(), 1);
        assert!(pasted_statements(Path::new("crates/store/tests/a.rs"), "\"DELETE FROM a\"").is_empty());
    }

    #[test]
    fn tests_must_name_a_rule_that_exists() {
        let rules = rule_ids("## Delivery\n**DL3** The same id …");
        let text = "#[test]\nfn dl3_same_id() {}\n#[test]\nfn dl4_other() {}\nfn helper() {}\n";

        let found = unruled_tests(Path::new("a.rs"), text, &rules);

        assert_eq!(found, ["a.rs:4: test `dl4_other` names no rule of docs/SPEC.md"]);
    }
}
