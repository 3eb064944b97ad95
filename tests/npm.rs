//! The npm package: built, packed, installed beside real frameworks, type-checked, and run on a server.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use domain::identity::{Found, ProvingSite, identify};
use protocol::http::site::{IdentityMode, IdentitySecret};
use protocol::http::{ClaimedProof, ClaimedUser};
use protocol::{Code, SiteId, Timestamp};
use xtask::package::Package;
use xtask::prepare::Node;
use xtask::project::Project;

const SECRET: &str = "is_the-secret-of-the-site_0123456789";

fn project() -> Project {
    Project::find().expect("the project's folder")
}

/// Runs a program and returns what it printed.
fn run(command: &mut Command) -> String {
    let output = command.output().expect("the program runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}: {printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// A folder of a customer, in which the packed package lies beside the frameworks.
struct Customer {
    node: Node,
    package: Package,
    folder: PathBuf,
}

impl Customer {
    fn that_installs(name: &str) -> Self {
        let project = project();
        let node = Node::find(&project).expect("what `prepare` installs");
        let package = Package::of(&project);
        // The tests run side by side.
        static BUILT: OnceLock<()> = OnceLock::new();
        BUILT.get_or_init(|| package.build(&node).expect("the package is built"));
        let folder = project.scratch_dir().join("npm").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let modules = folder.join("node_modules");
        let home = modules.join("@porchlight/widget");
        std::fs::create_dir_all(&home).expect("a folder");
        let tarball = package.pack(&node, &folder).expect("the package is packed");
        run(Command::new("tar").arg("-xzf").arg(&tarball).arg("-C").arg(&home).arg("--strip-components=1"));
        for framework in ["react", "react-dom", "vue", "@types", "@vue", "csstype", "scheduler"] {
            let installed = package.folder().join("node_modules").join(framework);
            std::os::unix::fs::symlink(installed, modules.join(framework)).expect("a link");
        }
        Self { node, package, folder }
    }

    fn copies(&self, files: &[&str]) {
        for file in files {
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("npm").join(file);
            std::fs::copy(source, self.folder.join(file)).expect("a copy");
        }
    }
}

#[test]
fn hp22_the_package_is_whole_for_every_way_to_import_it() {
    let customer = Customer::that_installs("linted");
    let tarball = customer.package.pack(&customer.node, &customer.folder).expect("it is packed");
    let linted = run(customer
        .package
        .program(&customer.node, "publint/src/cli.js")
        .arg("run")
        .arg(&tarball)
        .arg("--strict"));
    assert!(linted.contains("All good!"), "{linted}");
    let checker = "@arethetypeswrong/cli/dist/index.js";
    run(customer.package.program(&customer.node, checker).arg(&tarball).args(["--profile", "esm-only"]));
}

#[test]
fn hp22_customers_code_compiles_against_the_types() {
    let customer = Customer::that_installs("typed");
    customer.copies(&["plain.ts", "react.tsx", "vue.ts", "wrong.ts", "tsconfig.json"]);
    let compiler = "typescript/bin/tsc";
    run(customer.package.program(&customer.node, compiler).arg("--project").arg(&customer.folder));
}

#[test]
fn hp22_nothing_throws_on_a_server_and_proofs_made_there_are_good() {
    let customer = Customer::that_installs("served");
    customer.copies(&["server.mjs"]);
    let site = SiteId::from_bytes([2; 16]);
    let script = customer.folder.join("server.mjs");
    let printed = run(customer
        .node
        .run(&script)
        .env("PORCHLIGHT_SECRET", SECRET)
        .env("PORCHLIGHT_SITE", site.to_string()));
    let mut lines = printed.lines();
    assert_eq!(lines.next(), Some("27 methods answered"));
    assert_eq!(lines.next(), Some("<p>0</p>"));
    let judge = |id: Option<&str>, proof| {
        let user = ClaimedUser { id: id.map(str::to_owned), proof: Some(proof), ..ClaimedUser::default() };
        let secrets = [IdentitySecret { key_id: "ik_sample".to_owned(), secret: SECRET.to_owned() }];
        let proving = ProvingSite { id: site, keys: &[], mode: IdentityMode::Required, secrets: &secrets };
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
        identify(proving, Some(&user), Timestamp(i64::try_from(now.as_millis()).expect("small")))
    };
    let token = ClaimedProof { jwt: lines.next().map(str::to_owned), user_hash: None };
    assert!(matches!(judge(None, token), Ok(Found::Known { user, .. }) if user == "user-42"), "{printed}");
    let hash = ClaimedProof { jwt: None, user_hash: lines.next().map(str::to_owned) };
    assert!(
        matches!(judge(Some("user-42"), hash), Ok(Found::Known { user, .. }) if user == "user-42"),
        "{printed}"
    );
}

#[test]
fn hp22_the_package_has_the_version_of_the_script() {
    let manifest = std::fs::read_to_string(project().path("widget/npm/package.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["dependencies"], serde_json::Value::Null, "it brings nothing along");
}

/// The names between quotes after a word, up to a semicolon.
fn names_after<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let rest = text.split_once(word).map(|(_, rest)| rest).expect("it stands there");
    let list = rest.split_once(';').map_or(rest, |(list, _)| list);
    list.split('"').skip(1).step_by(2).collect()
}

#[test]
fn hp8_the_codes_of_the_types_are_those_of_the_server_and_of_the_frame() {
    let read = |path: &str| std::fs::read_to_string(project().path(path)).expect("a source");
    let types = read("widget/npm/src/types.ts");
    let told = names_after(&types, "export type ServerCode =");
    assert!(told.len() > 10, "{told:?}");
    for name in &told {
        let code: Result<Code, _> = serde_json::from_value(serde_json::json!(name));
        assert!(code.is_ok(), "the server has no code {name}");
    }
    let frame = read("widget/src/host.rs");
    for name in names_after(&frame, "const CODES: [(&str, Code);").into_iter().filter(|name| !name.is_empty())
    {
        assert!(told.contains(&name), "the types do not have {name}");
    }
}
