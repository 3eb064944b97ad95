//! `cargo xtask sbom`: what the served programs are made of, as CycloneDX 1.6 (ECMA-424).
//!
//! Made of what cargo and npm have locked, so that it needs no network and says the same for the same commit: it has no
//! date and no serial number.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cargo::{Component, Metadata};
use crate::project::Project;

/// The programs that are served.
const SERVED: [&str; 3] = ["edge", "inbox", "widget"];

/// What is read of `package-lock.json`.
#[derive(Deserialize)]
struct NpmLock {
    packages: BTreeMap<String, NpmPackage>,
}

#[derive(Deserialize)]
struct NpmPackage {
    version: Option<String>,
    license: Option<String>,
}

/// Writes the document and returns where it is.
pub fn sbom(project: &Project) -> Result<PathBuf> {
    let metadata = Metadata::read(project)?;
    let lock = std::fs::read_to_string(project.path("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let npm = std::fs::read(project.path("package-lock.json")).context("package-lock.json cannot be read")?;
    let npm: NpmLock = serde_json::from_slice(&npm).context("package-lock.json is not understood")?;
    let linked: BTreeSet<_> = SERVED.iter().flat_map(|program| metadata.components(program)).collect();
    let checksums = checksums(&lock);
    let mut components: Vec<_> = linked.iter().map(|component| of_cargo(component, &checksums)).collect();
    components.extend(npm.packages.iter().filter_map(|(path, package)| of_npm(path, package)));
    let document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "porchlight",
                "name": "porchlight",
                "version": env!("CARGO_PKG_VERSION"),
                "licenses": [{ "expression": env!("CARGO_PKG_LICENSE") }],
            },
        },
        "components": components,
    });
    let folder = project.scratch_dir();
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let file = folder.join("sbom.cdx.json");
    std::fs::write(&file, serde_json::to_string_pretty(&document)? + "\n")
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(file)
}

/// A crate that is linked into a served program.
fn of_cargo(component: &Component, checksums: &BTreeMap<(&str, &str), &str>) -> Value {
    let Component { name, version, license } = component;
    let address = format!("pkg:cargo/{name}@{version}");
    let mut value = json!({
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "scope": "required",
        "purl": address,
    });
    if let Some(license) = license {
        // Older manifests part licences by a stroke.
        value["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
    }
    if let Some(checksum) = checksums.get(&(name.as_str(), version.as_str())) {
        value["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    value
}

/// A tool of npm's that builds or tests, of which nothing is served.
fn of_npm(path: &str, package: &NpmPackage) -> Option<Value> {
    let (_, name) = path.rsplit_once("node_modules/")?;
    let version = package.version.as_deref()?;
    let address = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
    let mut value = json!({
        "type": "library",
        "bom-ref": format!("{address}#{path}"),
        "name": name,
        "version": version,
        "scope": "excluded",
        "purl": address,
    });
    if let Some(license) = &package.license {
        value["licenses"] = json!([{ "expression": license }]);
    }
    Some(value)
}

/// The checksums of a `Cargo.lock`, by name and version.
fn checksums(lock: &str) -> BTreeMap<(&str, &str), &str> {
    let read =
        |package| Some(((field(package, "name")?, field(package, "version")?), field(package, "checksum")?));
    lock.split("[[package]]").skip(1).filter_map(read).collect()
}

fn field<'a>(package: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = package.split_once(&format!("\n{name} = \""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_tells_the_checksums_of_what_comes_from_a_registry() {
        let lock = "version = 4\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"serde\"\n\
            version = \"1.0.2\"\nsource = \"registry\"\nchecksum = \"ab12\"\n";
        assert_eq!(checksums(lock), BTreeMap::from([(("serde", "1.0.2"), "ab12")]));
    }

    #[test]
    fn what_is_served_is_required_and_what_builds_it_is_not() {
        let component = Component {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            license: Some("MIT/Apache-2.0".to_owned()),
        };
        let served = of_cargo(&component, &BTreeMap::from([(("a", "1.0.0"), "ab12")]));
        assert_eq!((&served["scope"], &served["purl"]), (&json!("required"), &json!("pkg:cargo/a@1.0.0")));
        assert_eq!(served["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(served["hashes"][0]["content"], "ab12");
        let package = NpmPackage { version: Some("2.0.0".to_owned()), license: None };
        let tool = of_npm("node_modules/x/node_modules/@scope/tool", &package).expect("a package");
        assert_eq!(
            (&tool["scope"], &tool["purl"]),
            (&json!("excluded"), &json!("pkg:npm/%40scope/tool@2.0.0"))
        );
        assert_eq!(of_npm("", &package), None, "the project itself");
    }
}
