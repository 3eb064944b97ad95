//! An independent checker run on the API's document: schemathesis makes requests of every kind that the document allows and
//! of many that it forbids, against the built Worker on bare workerd.
//!
//! As a test this is a short run; with `--examples` it is what `cargo xtask api-check` runs. The checker knows nothing of
//! this project but the document.

use std::path::Path;
use std::process::{Command, ExitCode};

use protocol::Scope;
use tests::{Agent, Case, Desk, Stage, random, run_cases};
use xtask::console;

const PORT: u16 = 8_951;

/// The variable in which the checker's program is named.
const PROGRAM: &str = "PORCHLIGHT_SCHEMATHESIS";

/// Gives each request another key, since all of them together are more than one key may ask.
const HOOKS: &str = include_str!("hooks.py");

/// What is checked, and how.
const SETTINGS: &str = include_str!("schemathesis.toml");

/// Keys that take turns.
const KEYS: usize = 40;

/// Requests for each operation in the short run.
const FEW: u64 = 12;

const CASES: &[Case<Stage>] =
    &[("RA1 an independent checker finds no fault of ours and no answer outside the document", |stage| {
        for on_what_is_there in [true, false] {
            assert!(check(stage, FEW, 1, on_what_is_there), "see above");
        }
    })];

fn main() -> ExitCode {
    // Who is invited reads it in the mailbox.
    let start = || Stage::start_adapted_with("api-check", PORT, &[("MAIL", "mailbox")], str::to_owned);
    let Some(examples) = argument("--examples") else {
        return run_cases(start, CASES.to_vec());
    };
    let seed = argument("--seed").unwrap_or_else(|| u64::from(u32::from_le_bytes(random())));
    console::say(format!("{examples} requests of each kind, of seed {seed}"));
    // Each on a server of its own: a long run makes as many sites and keys as a workspace may have.
    let runs = [true, false].map(|on_what_is_there| check(&start(), examples, seed, on_what_is_there));
    if runs.iter().all(|is_clean| *is_clean) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs the checker; says whether it found nothing. With the ids of things that are there, or with any.
fn check(stage: &Stage, examples: u64, seed: u64, on_what_is_there: bool) -> bool {
    let program = std::env::var_os(PROGRAM).unwrap_or_else(|| panic!("{PROGRAM} names no program"));
    let agent = Agent::sign_in(stage);
    let mut desk = Desk::set_up(stage, agent.person(), agent.workspace);
    let folder = stage.state_dir().join("schemathesis");
    std::fs::create_dir_all(&folder).expect("a folder");
    write(&folder, "hooks.py", HOOKS);
    let colleague = desk.colleague(stage);
    write(&folder, "schemathesis.toml", &settings(&desk, on_what_is_there.then_some(colleague)));
    let scopes = Scope::ALL.map(Scope::name);
    let used = desk.person.get(&format!("/api/workspaces/{}/api-keys", desk.workspace));
    let there = used.json::<serde_json::Value>()["keys"].as_array().map_or(0, Vec::len);
    let keys: Vec<String> = (there..KEYS).map(|_| desk.key(&scopes)).collect();
    let first = desk.api.key.clone().expect("a key");
    let mut command = Command::new(program);
    command.current_dir(&folder).env("PYTHONPATH", &folder).env("SCHEMATHESIS_HOOKS", "hooks");
    command.env("PORCHLIGHT_KEYS", keys.join(" ")).env("NO_COLOR", "1");
    command.arg("run").arg(format!("{}/api/openapi.json", stage.base_url()));
    command.arg("--url").arg(format!("{}/api/v1", stage.base_url()));
    command.arg("--header").arg(format!("Authorization: Bearer {first}"));
    command.args(["--max-examples", &examples.to_string(), "--seed", &seed.to_string()]);
    if on_what_is_there {
        // What is made and removed in a row has ids of its own.
        command.args(["--phases", "examples,coverage,fuzzing"]);
    }
    let output = command.output().expect("the checker runs");
    for line in
        String::from_utf8_lossy(&output.stdout).lines().chain(String::from_utf8_lossy(&output.stderr).lines())
    {
        console::say(line);
    }
    output.status.success()
}

/// The settings, with the ids of things that are there if they are to be used: who can be removed, and what else there is.
fn settings(desk: &Desk, colleague: Option<String>) -> String {
    let ids = colleague.map_or(Vec::new(), |colleague| {
        let others = desk.ids_with_note().into_iter().filter(|(name, _)| *name != "agent");
        others.chain([("agent", colleague)]).collect()
    });
    let lines: Vec<String> = ids.iter().map(|(name, id)| format!("\"path.{name}\" = \"{id}\"")).collect();
    format!("{SETTINGS}\n[parameters]\n{}\n", lines.join("\n"))
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("a file");
}

/// The number that follows a name on the command line.
fn argument(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)?.parse().ok()
}
