//! The twin without HTML.

use crate::message::Content;

/// Writes the text, in lines of any length: programs wrap them to their width, and a wrapped link is broken.
pub(crate) fn write(content: &Content<'_>) -> String {
    let words = &content.words;
    let mut paragraphs = vec![words.heading.to_owned()];
    paragraphs.extend(words.opening.iter().cloned());
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
