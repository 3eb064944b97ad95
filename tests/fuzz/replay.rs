//! Every committed input through its target: what the fuzzer found interesting, and all that ever broke something.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use fuzz::{TARGETS, Target};
use libtest_mimic::{Arguments, Failed, Trial};

/// Inputs and bytes that all corpora together may have: they are replayed in every test run.
const MOST_INPUTS: usize = 300;
const MOST_BYTES: usize = 1_000_000;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = TARGETS.into_iter().map(replay).collect();
    trials.push(Trial::test("pr13_the_committed_inputs_stay_few", || {
        let inputs: Vec<Input> = TARGETS
            .iter()
            .map(|target| inputs("corpus", target.name))
            .collect::<Result<Vec<_>, _>>()?
            .concat();
        let bytes: usize = inputs.iter().map(|input| input.bytes.len()).sum();
        if inputs.len() > MOST_INPUTS || bytes > MOST_BYTES {
            return Err(format!("{} inputs and {bytes} bytes are too much", inputs.len()).into());
        }
        Ok(())
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

#[derive(Clone)]
struct Input {
    path: String,
    bytes: Vec<u8>,
}

fn replay(target: Target) -> Trial {
    let name = format!("{}_no_committed_input_breaks_{}", target.rule, target.name);
    Trial::test(name, move || {
        let corpus = inputs("corpus", target.name)?;
        if corpus.is_empty() {
            return Err(format!("corpus/{} is empty", target.name).into());
        }
        let regressions = inputs("regressions", target.name)?;
        for input in corpus.iter().chain(&regressions) {
            std::panic::catch_unwind(|| (target.run)(&input.bytes))
                .map_err(|_| format!("{} breaks {}", input.path, target.name))?;
        }
        println!("{}: {} inputs and {} regressions", target.name, corpus.len(), regressions.len());
        Ok(())
    })
}

/// Reads the files of a folder; one that is not there has none.
fn inputs(kind: &str, target: &str) -> Result<Vec<Input>, Failed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(kind).join(target);
    let mut inputs = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        inputs.push(Input { path: path.display().to_string(), bytes: fs::read(path)? });
    }
    inputs.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(inputs)
}
