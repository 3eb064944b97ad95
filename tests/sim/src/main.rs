//! `cargo xtask sim` runs this.

use std::process::ExitCode;

use sim::{Options, main as run, mutants};

fn main() -> ExitCode {
    let mut options = Options::default();
    let mut runs_mutants = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok());
        match argument.as_str() {
            "--seeds" => options.seeds = number().unwrap_or(options.seeds),
            "--first" => options.first = number().unwrap_or(0),
            "--seed" => {
                options.first = number().unwrap_or(0);
                options.story = true;
            }
            "--limit" => {
                options.limit = number().map_or(options.limit, |seconds| seconds.cast_signed() * 1_000)
            }
            "--mutants" => runs_mutants = true,
            "--keep-going" => options.keep_going = true,
            other => {
                eprintln!("`{other}` is not understood");
                return ExitCode::FAILURE;
            }
        }
    }
    let succeeded = if runs_mutants { mutants(options) } else { run(options) };
    if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
