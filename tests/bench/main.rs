//! Measures what the built Worker costs and how fast it is, beside other servers on the same machine.
//!
//! Run through `cargo test` it checks that the measuring itself is right; with a command (`server`, `widget`, `cost`,
//! `removal`, `guessing`) it measures.
//! No time is asserted anywhere: a machine that is slow is no defect.

mod adapted;
mod cases;
mod cost;
mod figures;
mod guessing;
mod load;
mod machine;
mod opening;
mod person;
mod price;
mod removal;
mod report;
mod round;
mod seat;
mod server;
mod subjects;
mod table;
mod targets;
mod widget;
mod wire;

use std::process::ExitCode;

use tests::run_cases;
use xtask::console;
use xtask::project::Project;

use self::cost::Pace;
use self::machine::Medium;
use self::subjects::Subject;

/// The first port of the servers.
const PORT: u16 = 8_961;

fn main() -> ExitCode {
    let target = Project::find().expect("a checkout").path("target");
    let command = std::env::args().nth(1).unwrap_or_default();
    let outcome = match command.as_str() {
        "server" => server_options().map(|options| server::run(&target, &options)),
        "widget" => widget_options().map(|options| widget::run(&target, &options)),
        "cost" => cost_options().map(|options| cost::run(&target, &options)),
        "removal" => {
            let conversations = number("--conversations").unwrap_or(2_000);
            removal::run(&removal::Options { conversations, port: PORT });
            Ok(())
        }
        "guessing" => {
            guessing::run(PORT);
            Ok(())
        }
        _ => return run_cases(|| (), cases::CASES.to_vec()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(unknown) => {
            console::say(format!("`{unknown}` is not understood"));
            ExitCode::FAILURE
        }
    }
}

fn server_options() -> Result<server::Options, String> {
    let media = words("--on").into_iter().map(|name| Medium::from_name(&name).ok_or(name));
    let only = words("--only");
    let known: Vec<&str> = Subject::ALL.map(Subject::name).into_iter().chain(server::OTHER_PARTS).collect();
    if let Some(unknown) = only.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(unknown.clone());
    }
    Ok(server::Options {
        rounds: number("--rounds").unwrap_or(3),
        conversations: number("--conversations").unwrap_or(200),
        media: media.collect::<Result<_, _>>()?,
        only,
        port: PORT,
    })
}

fn widget_options() -> Result<widget::Options, String> {
    let only = words("--only");
    if let Some(unknown) = only.iter().find(|name| !widget::is_part(name)) {
        return Err(unknown.clone());
    }
    Ok(widget::Options { rounds: number("--rounds").unwrap_or(3), only, port: PORT })
}

fn cost_options() -> Result<cost::Options, String> {
    let pace = argument("--pace").unwrap_or_else(|| Pace::Brisk.name().to_owned());
    Ok(cost::Options {
        pace: Pace::from_name(&pace).ok_or(pace)?,
        conversations: number("--conversations").unwrap_or(20),
        port: PORT,
    })
}

/// What follows a name on the command line.
fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

/// The same, taken apart at commas.
fn words(name: &str) -> Vec<String> {
    argument(name).map(|text| text.split(',').map(str::to_owned).collect()).unwrap_or_default()
}

fn number<N: std::str::FromStr>(name: &str) -> Option<N> {
    argument(name)?.parse().ok()
}
