//! Runs one outside command as a step: shows that it is alive, keeps its output, ends it on Ctrl-C.

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::console::{self, Progress};
use crate::interrupt;
use crate::process_group::ProcessGroup;

const TICK: Duration = Duration::from_millis(200);

/// What is done with the output of a command that succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    /// Nothing is shown unless the command fails.
    OnFailure,
    /// Every line that is not progress is shown as it comes.
    Always,
}

/// A command to run, with a name for people.
#[derive(Debug)]
pub struct Step {
    label: String,
    command: Command,
    limit: Option<Duration>,
    show: Show,
    quiet: bool,
}

/// What a finished command left behind.
#[derive(Debug)]
pub struct Finished {
    /// Whether its exit code was zero.
    pub success: bool,
    /// Its stdout and stderr, line by line, without progress lines.
    pub lines: Vec<String>,
}

impl Step {
    /// Prepares a step.
    pub fn new(label: impl Into<String>, command: Command) -> Self {
        Self { label: label.into(), command, limit: None, show: Show::OnFailure, quiet: false }
    }

    /// Ends the command when it takes longer than this.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Shows the command's lines as they come.
    pub fn show_output(mut self) -> Self {
        self.show = Show::Always;
        self
    }

    /// Says nothing when the command succeeds.
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Runs the command and fails, with its last lines, if it fails.
    pub fn run(self) -> Result<Vec<String>> {
        let label = self.label.clone();
        let shown = self.show == Show::Always;
        let finished = self.attempt()?;
        if !finished.success {
            if !shown {
                for line in &finished.lines {
                    console::say(format!("    {line}"));
                }
            }
            bail!("{label} failed");
        }
        Ok(finished.lines)
    }

    /// Runs the command; its failure is an answer, not an error.
    pub fn attempt(mut self) -> Result<Finished> {
        interrupt::check()?;
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = ProcessGroup::spawn(&mut self.command)?;
        let (sender, receiver) = mpsc::channel();
        let stdout = group.leader().stdout.take().context("the child's stdout is missing")?;
        let stderr = group.leader().stderr.take().context("the child's stderr is missing")?;
        read_lines(stdout, sender.clone());
        read_lines(stderr, sender);

        let started = Instant::now();
        let mut progress = Progress::new(&self.label);
        let mut detail = String::new();
        let mut lines = Vec::new();
        loop {
            match receiver.recv_timeout(TICK) {
                Ok(line) => match progress_detail(&line) {
                    Some(found) => detail = found,
                    None if line.trim().is_empty() && lines.is_empty() => {}
                    None => {
                        if self.show == Show::Always {
                            progress.clear();
                            console::say(&line);
                        }
                        lines.push(line);
                    }
                },
                Err(RecvTimeoutError::Timeout) => {
                    // A daemon that the command left behind may hold the pipes open for ever.
                    if group.try_wait()?.is_some() {
                        break;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if interrupt::requested() {
                progress.clear();
                group.kill();
                interrupt::check()?;
            }
            if self.limit.is_some_and(|limit| started.elapsed() > limit) {
                group.kill();
                progress.failed();
                lines.push(format!("given up after {}", console::duration(started.elapsed())));
                return Ok(Finished { success: false, lines });
            }
            progress.tick(&detail);
        }
        let status = group.leader().wait()?;
        match (status.success(), self.quiet) {
            (true, true) => progress.silent(),
            (true, false) => progress.done(),
            (false, _) => progress.failed(),
        }
        Ok(Finished { success: status.success(), lines })
    }
}

/// Splits a stream at line ends and at the carriage returns of progress bars.
fn read_lines(mut stream: impl Read + Send + 'static, sender: mpsc::Sender<String>) {
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        let mut line = Vec::new();
        loop {
            let count = stream.read(&mut buffer).unwrap_or(0);
            for byte in &buffer[..count] {
                if !matches!(byte, b'\n' | b'\r') {
                    line.push(*byte);
                    continue;
                }
                let text = String::from_utf8_lossy(&line).into_owned();
                line.clear();
                if (*byte == b'\r' && text.is_empty()) || sender.send(text).is_ok() {
                    continue;
                }
                return;
            }
            if count == 0 {
                if !line.is_empty() {
                    let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
                }
                return;
            }
        }
    });
}

/// Recognizes cargo's progress: returns how far it is, or nothing for a line that people should see.
fn progress_detail(line: &str) -> Option<String> {
    let plain = without_colors(line);
    let trimmed = plain.trim();
    let word = trimmed.split(' ').next().unwrap_or_default();
    match word {
        // Cargo's bar: `Building [====>   ] 84/190: serde, syn`.
        "Building" | "Checking" | "Fetch" | "Downloading" | "Documenting" if trimmed.contains('[') => {
            let rest = trimmed.split_once("] ").map_or(trimmed, |(_, rest)| rest);
            Some(rest.to_owned())
        }
        "Compiling" | "Downloaded" | "Downloading" | "Updating" | "Locking" | "Fresh" | "Adding"
        | "Blocking" | "Checking" | "Documenting" | "Generated" => Some(trimmed.to_owned()),
        "Finished" => Some(String::new()),
        _ => None,
    }
}

/// Removes terminal colour codes.
pub fn without_colors(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\x1b' {
            characters.by_ref().find(|end| end.is_ascii_alphabetic());
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_progress_is_told_from_output() {
        let bar = "    Building [====>      ] 84/190: serde, syn";
        assert_eq!(progress_detail(bar).as_deref(), Some("84/190: serde, syn"));
        assert_eq!(progress_detail("   Compiling serde v1.0.0").as_deref(), Some("Compiling serde v1.0.0"));
        assert_eq!(progress_detail("error[E0425]: cannot find value"), None);
    }

    #[test]
    fn colors_are_removed() {
        assert_eq!(without_colors("\x1b[1m\x1b[32m   Compiling\x1b[0m a"), "   Compiling a");
    }

    #[test]
    fn a_step_keeps_the_lines_of_its_command() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "echo one; echo two >&2; exit 3"]);

        let finished = Step::new("a test", command).attempt().unwrap();

        assert!(!finished.success);
        assert_eq!(finished.lines.len(), 2);
    }

    #[test]
    fn a_step_over_its_limit_is_ended() {
        let mut command = Command::new("sleep");
        command.arg("600");

        let finished = Step::new("a test", command).limit(Duration::from_millis(50)).attempt().unwrap();

        assert!(!finished.success);
    }
}
