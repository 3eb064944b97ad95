//! `cargo xtask`: see [`xtask`].

use std::process::ExitCode;

use anyhow::{Result, bail};
use pico_args::Arguments;
use xtask::advisories::advisories;
use xtask::api_check::{ApiCheckOptions, api_check};
use xtask::bench::{Bench, bench};
use xtask::build::{Mode, Part, build};
use xtask::chaos::{ChaosOptions, chaos};
use xtask::check::check;
use xtask::dev::{DevOptions, dev};
use xtask::fuzz::{FuzzOptions, fuzz};
use xtask::gallery::gallery;
use xtask::prepare::{Needs, prepare, schemathesis};
use xtask::project::Project;
use xtask::reproduce::reproduce;
use xtask::sbom::sbom;
use xtask::sim::{SimOptions, sim};
use xtask::size::size;
use xtask::test::{Tally, test};
use xtask::{console, interrupt};

const HELP: &str = "\
Developer commands of Porchlight

Usage: cargo xtask <command> [options]

  dev       builds and runs everything on this machine, rebuilt on change, until Ctrl-C
              --port <n>   the chat's port, 8787 if not given; the demo shop takes the next one
              --release    as small as in production, slower to build
              --fresh      deletes local conversations, accounts and sites first
              --yes        does so without asking
  test      runs every test; a word after it runs those whose name contains it
  chaos     kills and restarts the built Worker under load behind a network that fails
              --rounds <n> rounds, each with a kill; 50 if not given
              --seed <n>   the same faults again; new ones if not given
  sim       simulates visitors, agents, objects and all that can go wrong between them
              --seeds <n>  worlds; 2,000 if not given
              --seed <n>   tells the story of one
              --mutants    finds the deliberate bugs instead
  fuzz      looks for inputs that break the codecs, the rules or the engines
              --minutes <n>  for all targets together; 10 if not given
              --target <name>  one alone: a name in tests/fuzz/targets/fuzz_targets
              --minimize   takes the best of what was tried into tests/fuzz/corpus
  bench     measures the built Worker on bare workerd and writes JSON into target/bench
    server  processor, time and memory, beside bare-object, partyserver, ws, socket.io, ejabberd, prosody
              --rounds <n> rounds, in which each has its turn; 3 if not given
              --on <m>     where the data is: tmpfs, disk, or tmpfs,disk if not given
              --only <a,b> these servers; `opening` and `cost` are names too
              --conversations <n>  200 if not given
    widget  what a chat adds to the shop in Chromium, beside n8n, typebot, flowise, rocketchat; and by Lighthouse
              --rounds <n> rounds, in which each has its turn; 3 if not given
              --only <a,b> these widgets; `lighthouse` is a name too
    cost    rows, requests and calls of a conversation, and their price
              --pace <p>   brisk: a message a second, or human: one in twelve
              --conversations <n>  20 if not given
    removal how long until somebody who is removed is out of all that they have open
              --conversations <n>  2000 if not given
    guessing  how long others wait while a thousand passwords are guessed
    search  how long it takes to find words among a million messages
  api-check lets schemathesis look for answers of the REST API that its document does not say
              --examples <n>  requests of each kind for each operation; 200 if not given
              --seed <n>   the same requests again; new ones if not given
  gallery   takes a picture of every screen: desktop, phone, dark, right to left
  check     formatting, lints, dependency rules, documentation, licences, size budget
  build     builds what is served; `loader`, `widget`, `inbox`, `api` or `edge` after it builds that alone
              --release    as small as in production
  size      prints the bytes a visitor loads and fails over budget
  reproduce builds what is committed here and in a clone, and compares what would be served
  sbom      writes what the served programs are made of, as CycloneDX
  advisories  asks what is known against it; needs the network
  prepare   installs what this machine lacks; every command does it first

What is missing is installed once per machine: into ~/.cache/porchlight, node_modules, and, for the WebAssembly
target and Chromium, with rustup or apt.
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) if error.is::<interrupt::Interrupted>() => ExitCode::from(130),
        Err(error) => {
            console::say(format!("{} {error:#}", console::red("error:")));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut arguments = Arguments::from_env();
    if arguments.contains(["-h", "--help"]) {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let Some(command) = arguments.subcommand()? else {
        finish(arguments)?;
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    interrupt::install()?;
    let project = Project::find()?;
    match command.as_str() {
        "dev" => {
            let options = DevOptions {
                port: arguments.opt_value_from_str("--port")?.unwrap_or(8787),
                fresh: arguments.contains("--fresh"),
                yes: arguments.contains("--yes"),
                release: arguments.contains("--release"),
            };
            finish(arguments)?;
            dev(&project, options)?;
        }
        "test" => {
            let filter: Option<String> = arguments.opt_free_from_str()?;
            finish(arguments)?;
            let Tally { passed, failed } = test(&project, filter.as_deref())?;
            println!("{passed} passed, {failed} failed");
            return Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "chaos" => {
            let options = ChaosOptions {
                rounds: arguments.opt_value_from_str("--rounds")?.unwrap_or(50),
                seed: arguments.opt_value_from_str("--seed")?,
            };
            finish(arguments)?;
            let kept = chaos(&project, options)?;
            return Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "bench" => {
            let what = bench_of(&mut arguments)?;
            finish(arguments)?;
            let succeeded = bench(&project, &what)?;
            return Ok(if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "sim" => {
            let options = SimOptions {
                seeds: arguments.opt_value_from_str("--seeds")?.unwrap_or(2_000),
                seed: arguments.opt_value_from_str("--seed")?,
                mutants: arguments.contains("--mutants"),
            };
            finish(arguments)?;
            let succeeded = sim(&project, options)?;
            return Ok(if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "fuzz" => {
            let options = FuzzOptions {
                minutes: arguments.opt_value_from_str("--minutes")?.unwrap_or(10),
                target: arguments.opt_value_from_str("--target")?,
                minimize: arguments.contains("--minimize"),
            };
            finish(arguments)?;
            let found_nothing = fuzz(&project, &options)?;
            return Ok(if found_nothing { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "gallery" => {
            finish(arguments)?;
            gallery(&project)?;
        }
        "api-check" => {
            let options = ApiCheckOptions {
                examples: arguments.opt_value_from_str("--examples")?.unwrap_or(200),
                seed: arguments.opt_value_from_str("--seed")?,
            };
            finish(arguments)?;
            let found_nothing = api_check(&project, options)?;
            return Ok(if found_nothing { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "check" => {
            finish(arguments)?;
            check(&project)?;
        }
        "build" => {
            let mode = if arguments.contains("--release") { Mode::Release } else { Mode::Dev };
            let named = arguments.opt_free_from_fn(Part::from_name)?;
            finish(arguments)?;
            let tools = prepare(&project, Needs::default())?;
            let parts = named.map_or(Part::ALL.to_vec(), |part| vec![part]);
            build(&project, &tools, mode, &parts)?;
        }
        "size" => {
            finish(arguments)?;
            let tools = prepare(&project, Needs::default())?;
            size(&project, &tools)?;
        }
        "reproduce" => {
            finish(arguments)?;
            let is_same = reproduce(&project)?;
            return Ok(if is_same { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "sbom" => {
            finish(arguments)?;
            println!("{}", sbom(&project)?.display());
        }
        "advisories" => {
            finish(arguments)?;
            let is_clean = advisories(&project)?;
            return Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "prepare" => {
            finish(arguments)?;
            prepare(&project, Needs { browser: true, checks: true })?;
            schemathesis(&project)?;
            console::say("Everything is installed.");
        }
        other => bail!("there is no command `{other}`: see `cargo xtask --help`"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads which bench, and its options.
fn bench_of(arguments: &mut Arguments) -> Result<Bench> {
    match arguments.subcommand()?.as_deref() {
        Some("server") => Ok(Bench::Server {
            rounds: arguments.opt_value_from_str("--rounds")?.unwrap_or(3),
            conversations: arguments.opt_value_from_str("--conversations")?.unwrap_or(200),
            on: arguments.opt_value_from_str("--on")?.unwrap_or_else(|| "tmpfs,disk".to_owned()),
            only: arguments.opt_value_from_str("--only")?.unwrap_or_default(),
        }),
        Some("widget") => Ok(Bench::Widget {
            rounds: arguments.opt_value_from_str("--rounds")?.unwrap_or(3),
            only: arguments.opt_value_from_str("--only")?.unwrap_or_default(),
        }),
        Some("cost") => Ok(Bench::Cost {
            pace: arguments.opt_value_from_str("--pace")?.unwrap_or_else(|| "brisk".to_owned()),
            conversations: arguments.opt_value_from_str("--conversations")?.unwrap_or(20),
        }),
        Some("search") => Ok(Bench::Search),
        Some("guessing") => Ok(Bench::Guessing),
        Some("removal") => Ok(Bench::Removal {
            conversations: arguments.opt_value_from_str("--conversations")?.unwrap_or(2_000),
        }),
        Some(_) | None => {
            bail!(
                "`bench` wants `server`, `widget`, `cost`, `removal`, `guessing` or `search`: see `cargo xtask --help`"
            )
        }
    }
}

/// Refuses arguments that the command does not know.
fn finish(arguments: Arguments) -> Result<()> {
    match arguments.finish().first() {
        Some(first) => bail!("`{}` is not understood: see `cargo xtask --help`", first.to_string_lossy()),
        None => Ok(()),
    }
}
