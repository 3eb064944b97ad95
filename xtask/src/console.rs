//! What the developer reads while a command runs; all of it goes to stderr, stdout is for other programs.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Prints a line about what was done.
pub fn say(text: impl AsRef<str>) {
    eprintln!("{}", text.as_ref());
}

/// Prints the heading of a part of the work.
pub fn heading(text: &str) {
    say(bold(text));
}

/// Returns the text in bold if stderr is a terminal.
pub fn bold(text: &str) -> String {
    paint("1", text)
}

/// Returns the text in green if stderr is a terminal.
pub fn green(text: &str) -> String {
    paint("32", text)
}

/// Returns the text in red if stderr is a terminal.
pub fn red(text: &str) -> String {
    paint("31", text)
}

/// Writes a duration as people say it: `0.4 s`, `12 s`, `2 min 05 s`.
pub fn duration(length: Duration) -> String {
    let seconds = length.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", length.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Says whether a person looks at stderr.
pub fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

fn paint(code: &str, text: &str) -> String {
    if is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        format!("\x1b[{code}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// The sign of life of one long step: one line redrawn on a terminal, a line every fifteen seconds elsewhere.
#[derive(Debug)]
pub struct Progress {
    label: String,
    started: Instant,
    last_line: Instant,
    drawn: bool,
}

impl Progress {
    const LINE_EVERY: Duration = Duration::from_secs(15);

    /// Starts the clock of a step.
    pub fn new(label: impl Into<String>) -> Self {
        let started = Instant::now();
        Self { label: label.into(), started, last_line: started, drawn: false }
    }

    /// Shows how far the step is.
    pub fn tick(&mut self, detail: &str) {
        let elapsed = self.started.elapsed();
        if is_terminal() {
            if elapsed < Duration::from_millis(300) {
                return;
            }
            let text: String =
                format!("  … {} {} {detail}", self.label, duration(elapsed)).chars().take(100).collect();
            eprint!("\r\x1b[2K{text}");
            let _ = std::io::stderr().flush();
            self.drawn = true;
        } else if self.last_line.elapsed() >= Self::LINE_EVERY {
            self.last_line = Instant::now();
            say(format!("  … {} {} {detail}", self.label, duration(elapsed)));
        }
    }

    /// Removes the redrawn line so that something else can be printed.
    pub fn clear(&mut self) {
        if self.drawn {
            eprint!("\r\x1b[2K");
            self.drawn = false;
        }
    }

    /// Ends the step and says how long it took.
    pub fn done(mut self) {
        self.clear();
        say(format!("  {} {} {}", green("✓"), self.label, duration(self.started.elapsed())));
    }

    /// Ends the step without a word.
    pub fn silent(mut self) {
        self.clear();
    }

    /// Ends the step as failed.
    pub fn failed(mut self) {
        self.clear();
        say(format!("  {} {} {}", red("✗"), self.label, duration(self.started.elapsed())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(Duration::from_millis(440)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
