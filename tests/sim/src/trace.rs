//! What happened, in words; written only when somebody will read it.

use core::fmt::Write as _;

/// A story, if it is kept.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    lines: Option<Vec<String>>,
}

impl Trace {
    pub(crate) fn new(kept: bool) -> Self {
        Self { lines: kept.then(Vec::new) }
    }

    pub(crate) fn note(&mut self, now: i64, line: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.lines {
            lines.push(format!("{:>9.3} s  {}", now as f64 / 1_000.0, line()));
        }
    }

    /// The whole story.
    pub(crate) fn tell(&self) -> String {
        let mut text = String::new();
        for line in self.lines.as_deref().unwrap_or_default() {
            let _ = writeln!(text, "{line}");
        }
        text
    }
}
