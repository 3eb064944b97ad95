//! The twin without HTML.

use crate::message::Content;
use crate::transcript::spoken;

/// Writes the text, in lines of any length: programs wrap them to their width, and a wrapped link is broken.
pub(crate) fn write(content: &Content<'_>) -> String {
    let words = &content.words;
    let mut paragraphs = vec![words.heading.to_owned()];
    paragraphs.extend(words.opening.iter().cloned());
    if let Some(transcript) = content.transcript {
        paragraphs.extend(transcript.is_cut.then(|| content.setting.cut.to_owned()));
        let lines = spoken(content.setting, transcript);
        paragraphs.extend(lines.into_iter().map(|line| format!("{}\n{}", line.by, line.text)));
    }
    if let (Some(button), Some(link)) = (words.button, &content.link) {
        paragraphs.push(format!("{button}\n{link}"));
    }
    paragraphs.extend(words.closing.iter().cloned());
    // What follows two hyphens and a space is a signature to every program (RFC 3676, 4.3).
    paragraphs.push(format!("-- \n{}\nPorchlight · {}", words.reason, content.base));
    let mut text = paragraphs.join("\n\n");
    text.push('\n');
    text
}
