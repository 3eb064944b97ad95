//! What was said, as both twins of a letter show it.

use protocol::{Transcript, TranscriptLine};

use crate::date::Moment;
use crate::plain::{isolated, lines};
use crate::words::Setting;

/// A line of a transcript, harmless.
pub(crate) struct Spoken {
    /// Who said it, and when.
    pub(crate) by: String,
    /// What; of several lines perhaps.
    pub(crate) text: String,
}

/// Reads the lines in a language.
pub(crate) fn spoken(setting: &Setting, transcript: &Transcript) -> Vec<Spoken> {
    transcript.lines.iter().map(|line| spoken_line(setting, line)).collect()
}

fn spoken_line(setting: &Setting, line: &TranscriptLine) -> Spoken {
    let name = line.agent.as_ref().map_or_else(|| setting.you.to_owned(), |name| isolated(name));
    let moment = Moment::of(line.at);
    // The same in every language: a list, no sentence.
    let day = format!("{:04}-{:02}-{:02}", moment.year, moment.month.saturating_add(1), moment.day);
    let by = format!("{name} · {day} {}", moment.clock());
    let text = line.text.as_ref().map_or_else(|| setting.deleted.to_owned(), |text| lines(text));
    Spoken { by, text }
}
