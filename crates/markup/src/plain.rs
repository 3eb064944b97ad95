//! A message without its marks.

use crate::{Node, Tag, parse};

/// Returns what a message says, without marks: for previews, titles and one-line quotes. Where nothing else would be left
/// of it, it is as it was typed.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    write(&parse(text), &mut plain);
    let said = plain.trim();
    if said.is_empty() { text.to_owned() } else { said.to_owned() }
}

fn write(nodes: &[Node<'_>], plain: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Link { label: text, .. } => plain.push_str(text),
            Node::Element(tag, children) => {
                break_line(*tag, plain);
                if let Tag::NumberedItem(number) = tag {
                    plain.push_str(&number.to_string());
                    plain.push_str(". ");
                }
                write(children, plain);
                break_line(*tag, plain);
            }
        }
    }
}

fn break_line(tag: Tag, plain: &mut String) {
    if tag.is_block() && !plain.is_empty() && !plain.ends_with('\n') {
        plain.push('\n');
    }
}
