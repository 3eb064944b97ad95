//! Measures what the built Worker costs and how fast it is, beside other servers on the same machine.
//!
//! Run through `cargo test` it checks that the measuring itself is right; with a command (`server`, `cost`) it measures.
//! No time is asserted anywhere: a machine that is slow is no defect.

mod adapted;
mod cases;
mod cost;
mod figures;
mod load;
mod machine;
mod opening;
mod person;
mod price;
mod report;
mod round;
mod seat;
mod server;
mod subjects;
mod table;
mod targets;
mod wire;

use std::process::ExitCode;

use tests::run_cases;
use xtask::project::Project;

use self::cost::Pace;
use self::machine::Medium;

/// The first port of the servers.
const PORT: u16 = 8_961;

fn main() -> ExitCode {
    let target = Project::find().expect("a checkout").path("target");
    let command = std::env::args().nth(1).unwrap_or_default();
    match command.as_str() {
        "server" => server::run(&target, &server_options()),
        "cost" => cost::run(&target, &cost_options()),
        _ => return run_cases(|| (), cases::CASES.to_vec()),
    }
    ExitCode::SUCCESS
}

fn server_options() -> server::Options {
    let words = |name| argument(name).map(|text| text.split(',').map(str::to_owned).collect::<Vec<_>>());
    let media = words("--on").unwrap_or_default();
    server::Options {
        rounds: number("--rounds").unwrap_or(3),
        conversations: number("--conversations").unwrap_or(200),
        media: media.iter().filter_map(|name| Medium::from_name(name)).collect(),
        only: words("--only").unwrap_or_default(),
        port: PORT,
    }
}

fn cost_options() -> cost::Options {
    let pace = argument("--pace").and_then(|name| Pace::from_name(&name));
    cost::Options {
        pace: pace.unwrap_or(Pace::Brisk),
        conversations: number("--conversations").unwrap_or(20),
        port: PORT,
    }
}

/// What follows a name on the command line.
fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn number<N: std::str::FromStr>(name: &str) -> Option<N> {
    argument(name)?.parse().ok()
}
