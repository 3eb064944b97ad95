//! Makes a module and its glue smaller where they meet.
//!
//! Whatever a library exports to JavaScript stays in a module, and with it the code behind it and the glue that it calls,
//! though nobody may ever call it: only who sees both sides can tell. Names with hashes in them are a fifth of the glue.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Serialize;
use wasm_encoder::reencode::{self, Reencode};
use wasmparser::{Parser, Payload};

use super::wasm;
use crate::prepare::Tools;

/// How wasm-bindgen begins and ends each function that a module imports.
const IMPORT_BEGINS: (&str, &str) = ("        ", ": function(");
const IMPORT_ENDS: &str = "        }";
/// How it begins and ends what belongs to a class that a library exports.
const CLASS_LINES: [(&str, &str, &str); 3] = [
    ("export class ", " {", "}"),
    ("if (Symbol.dispose) ", ".prototype", ".free;"),
    ("const ", "Finalization = ", ";"),
];

/// Leaves out of style sheets what says a design token that nothing names, neither in them nor in any of `others`: both apps
/// begin with all tokens. A token has a line of its own.
pub(super) fn design_tokens(styles: &str, others: &[String]) -> String {
    let declared = |line: &str| {
        let (name, _) = line.trim_start().split_once(':')?;
        (name.starts_with("--") && line.ends_with(';')).then(|| name.to_owned())
    };
    let mut left = styles.to_owned();
    loop {
        let is_named = |name: &str| {
            left.contains(&format!("var({name})"))
                || left.contains(&format!("var({name},"))
                || others.iter().any(|text| text.contains(name))
        };
        let names: BTreeSet<_> = left.lines().filter_map(declared).collect();
        let unnamed: BTreeSet<_> = names.into_iter().filter(|name| !is_named(name)).collect();
        if unnamed.is_empty() {
            return left;
        }
        let lines = left.lines().filter(|line| declared(line).is_none_or(|name| !unnamed.contains(&name)));
        left = lines.flat_map(|line| [line, "\n"]).collect();
    }
}

/// An export, as `wasm-metadce` is told of it.
#[derive(Serialize)]
struct Export<'a> {
    name: &'a str,
    export: &'a str,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    root: bool,
}

/// What a module asks of its glue and offers it.
struct Border {
    imports: BTreeSet<String>,
    exports: BTreeSet<String>,
}

impl Border {
    fn read(module: &[u8]) -> Result<Self> {
        let mut border = Self { imports: BTreeSet::new(), exports: BTreeSet::new() };
        for payload in Parser::new(0).parse_all(module) {
            match payload.context("the module is not understood")? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        border.imports.insert(import?.name.to_owned());
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        border.exports.insert(export?.name.to_owned());
                    }
                }
                _ => {}
            }
        }
        Ok(border)
    }
}

/// Removes from the glue the classes that libraries export: no app has any, and nothing else may name them.
pub(super) fn classes(glue: &str) -> Result<String> {
    let mut classes = BTreeSet::new();
    let mut kept = String::new();
    let mut ends: Option<&str> = None;
    for line in glue.split_inclusive('\n') {
        for (begin, middle, end) in CLASS_LINES {
            if let Some((name, _)) = line.strip_prefix(begin).and_then(|rest| rest.split_once(middle))
                && !name.contains(' ')
            {
                classes.insert(name);
                ends = Some(end);
            }
        }
        match ends {
            None => kept.push_str(line),
            // A brace ends what stands at the left edge.
            Some("}") if line.trim_end() != "}" => {}
            Some(end) if line.trim_end().ends_with(end) => ends = None,
            Some(_) => {}
        }
    }
    if let Some(class) = tokens(&kept).find(|token| classes.contains(token)) {
        bail!("the class {class} is in use");
    }
    Ok(kept)
}

/// Removes from the module every export that `script`, the bundle of all JavaScript, does not name.
pub(super) fn exports(tools: &Tools, module: &Path, script: &str) -> Result<()> {
    let border = Border::read(&read(module)?)?;
    let graph: Vec<_> = border
        .exports
        .iter()
        .map(|name| Export { name, export: name, root: script.contains(name.as_str()) })
        .collect();
    wasm::metadce(tools, module, &serde_json::to_vec(&graph)?)
}

/// Removes from the glue every function that the module does not import, and gives the rest of what both name short names;
/// but not what `other`, another script, names as well.
pub(super) fn glue(module: &Path, glue: &str, other: &str) -> Result<String> {
    let bytes = read(module)?;
    let border = Border::read(&bytes)?;
    let glue = without_unwanted(glue, &border.imports);
    let names =
        border.imports.union(&border.exports).filter(|name| !tokens(other).any(|token| token == *name));
    let short: BTreeMap<_, _> =
        names.cloned().enumerate().map(|(number, name)| (name, format!("_{number}"))).collect();
    let mut renamed = wasm_encoder::Module::new();
    Renamer(&short).parse_core_module(&mut renamed, Parser::new(0), &bytes)?;
    std::fs::write(module, renamed.finish())
        .with_context(|| format!("{} cannot be written", module.display()))?;
    Ok(tokens(&glue).map(|token| short.get(token).map_or(token, String::as_str)).collect())
}

fn without_unwanted(glue: &str, wanted: &BTreeSet<String>) -> String {
    let mut kept = String::new();
    let mut is_unwanted = false;
    for line in glue.split_inclusive('\n') {
        let begun = line.strip_prefix(IMPORT_BEGINS.0).and_then(|line| line.split_once(IMPORT_BEGINS.1));
        if let Some((name, _)) = begun.filter(|(name, _)| !name.contains(' ')) {
            is_unwanted = !wanted.contains(name);
        }
        if !is_unwanted {
            kept.push_str(line);
        }
        if line.starts_with(IMPORT_ENDS) {
            is_unwanted = false;
        }
    }
    kept
}

/// Splits a script into names and what is between them.
fn tokens(script: &str) -> impl Iterator<Item = &str> {
    let is_in_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
    let mut rest = script;
    core::iter::from_fn(move || {
        let begins_in_name = rest.starts_with(is_in_name);
        let end = rest.find(|character| is_in_name(character) != begins_in_name).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token).filter(|token| !token.is_empty())
    })
}

/// Copies a module and gives what it imports and exports other names.
struct Renamer<'a>(&'a BTreeMap<String, String>);

impl Renamer<'_> {
    fn name<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

impl Reencode for Renamer<'_> {
    type Error = core::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut wasm_encoder::ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let kind = self.entity_type(import.ty)?;
            imports.import(import.module, self.name(import.name), kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut wasm_encoder::ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let index = self.external_index(export.kind, export.index)?;
        let kind = self.export_kind(export.kind)?;
        exports.export(self.name(export.name), kind, index);
        Ok(())
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glue_loses_the_classes_of_libraries_unless_they_are_used() {
        let class = "export class One {\n    free() {\n    }\n}\n\
            if (Symbol.dispose) One.prototype[Symbol.dispose] = One.prototype.free;\n";
        let end =
            "const OneFinalization = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n    : 1;\n";
        let rest = "const CLOSURE_DTORS = (1)\n    : 2;\nfunction two() {\n}\n";
        assert_eq!(classes(&[class, rest, end].concat()).unwrap(), rest);
        assert!(classes(&[class, "new One();\n"].concat()).is_err());
    }

    #[test]
    fn glue_keeps_what_the_module_imports_and_all_that_is_no_import() {
        let one = "        __wbg_one: function(arg0) {\n            if (arg0) {\n            }\n        },\n";
        let two = "        __wbg_two: function() { return handleError(function (arg0) {\n        }, arguments); },\n";
        let three = "        __wbg_three: function() {\n        },\n";
        let around = ["const import0 = {\n", "};\nfunction other() {\n    return 1;\n}\n"];
        let glue = [around[0], one, two, three, around[1]].concat();
        let wanted = BTreeSet::from(["__wbg_three".to_owned()]);
        assert_eq!(without_unwanted(&glue, &wanted), [around[0], three, around[1]].concat());
        let wanted = ["__wbg_one", "__wbg_two", "__wbg_three"].map(str::to_owned).into();
        assert_eq!(without_unwanted(&glue, &wanted), glue);
    }

    #[test]
    fn a_token_that_nothing_names_is_left_out_with_those_that_only_it_names() {
        let styles = ":root {\n  --a: 1px;\n  --b: var(--c);\n  --c: 2px;\n  --d: 3px;\n}\n.x {\n  margin: var(--a);\n}\n";
        let left = ":root {\n  --a: 1px;\n  --d: 3px;\n}\n.x {\n  margin: var(--a);\n}\n";
        assert_eq!(super::design_tokens(styles, &["style.setProperty('--d', x)".to_owned()]), left);
    }
}
