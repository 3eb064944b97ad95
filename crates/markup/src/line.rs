//! What stands within a line: marks, code, links.

use crate::address::{bare_length, enclosed_length, turns_direction, without_scheme};
use crate::{Node, Tag};

/// The longest run of backticks that is a mark.
const MOST_BACKTICKS: usize = 3;

/// Reads a line.
pub(crate) fn line(text: &str) -> Vec<Node<'_>> {
    let mut reader =
        Reader { text, plain: 0, nodes: Vec::new(), open: Vec::new(), unclosed: [false; MOST_BACKTICKS] };
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(may_begin)) {
        at = reader.step(at.saturating_add(found));
    }
    reader.finish()
}

/// Whether there is anything but punctuation and white space.
pub(crate) fn has_word(text: &str) -> bool {
    text.contains(|character: char| character.is_ascii_alphanumeric() || !character.is_ascii())
}

const fn may_begin(character: char) -> bool {
    matches!(character, '*' | '_' | '~' | '`' | '[' | 'h' | 'H' | 'm' | 'M')
}

struct Reader<'a> {
    text: &'a str,
    /// From where on nothing is in the nodes yet.
    plain: usize,
    nodes: Vec<Node<'a>>,
    /// Marks that wait for their end, each sort once at most: so every node is moved a few times only.
    open: Vec<Open<'a>>,
    /// For each number of backticks whether no such run follows.
    unclosed: [bool; MOST_BACKTICKS],
}

/// A mark that waits for its end.
struct Open<'a> {
    /// As typed.
    mark: &'a str,
    /// Where what is marked begins.
    inside: usize,
    nodes: Vec<Node<'a>>,
}

impl<'a> Reader<'a> {
    /// Reads what begins at a place; returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let taken = match rest.as_bytes().first() {
            Some(b'*' | b'_' | b'~') => return self.marks(at, rest),
            Some(b'`') => return self.code(at, rest),
            Some(b'[') => link(rest),
            Some(_) | None => self.address(at, rest),
        };
        let Some((node, length)) = taken else { return at.saturating_add(1) };
        let end = at.saturating_add(length);
        self.flush(at, end);
        self.push(node);
        end
    }

    fn address(&self, at: usize, rest: &'a str) -> Option<(Node<'a>, usize)> {
        if self.before(at).is_some_and(is_part_of_a_word) {
            return None;
        }
        let address = rest.get(..bare_length(rest)).filter(|address| !address.is_empty())?;
        Some((Node::Link { label: address, address, is_named: false }, address.len()))
    }

    fn code(&mut self, at: usize, rest: &'a str) -> usize {
        let inside = rest.trim_start_matches('`');
        let width = rest.len().saturating_sub(inside.len());
        let start = at.saturating_add(width);
        let Some(unclosed) = width.checked_sub(1).and_then(|index| self.unclosed.get_mut(index)) else {
            return start;
        };
        if *unclosed || self.text.get(..at).is_some_and(|before| before.ends_with(is_part_of_a_word)) {
            return start;
        }
        let Some(length) = run_of_backticks(inside, width) else {
            *unclosed = true;
            return start;
        };
        let end = start.saturating_add(length).saturating_add(width);
        self.flush(at, end);
        self.push(Node::Element(Tag::Code, vec![Node::Text(inside.get(..length).unwrap_or_default())]));
        end
    }

    /// Reads marks that touch each other: what is around all of them tells whether they open or close.
    fn marks(&mut self, at: usize, rest: &'a str) -> usize {
        let after = rest.trim_start_matches(['*', '_', '~']);
        let end = at.saturating_add(rest.len()).saturating_sub(after.len());
        let (before, after) = (self.before(at), after.chars().next());
        let mut at = at;
        while at < end {
            let run = run_of_one(self.text.get(at..end).unwrap_or_default());
            let next = at.saturating_add(run.len());
            let spaced = !run.starts_with('_');
            if may_close(before, after, spaced) {
                at = self.close(at, run);
            }
            let left = self.text.get(at..next).unwrap_or_default();
            if may_open(before, after, spaced) {
                self.open(at, left);
            }
            at = next;
        }
        end
    }

    /// Ends what marks of a run have opened; returns the place after the marks that have ended something.
    fn close(&mut self, mut at: usize, run: &'a str) -> usize {
        let mut left = run;
        while let Some(index) =
            self.open.iter().rposition(|open| !left.is_empty() && left.starts_with(open.mark))
        {
            let Some(inside) = self.open.get(index).map(|open| open.inside) else { break };
            if !self.text.get(inside..at).is_some_and(has_word) {
                self.flush(at, at);
                self.give_up(index);
                continue;
            }
            self.flush(at, at);
            while self.open.len() > index.saturating_add(1) {
                self.give_up(index.saturating_add(1));
            }
            let Some(Open { mark, nodes, .. }) = self.open.pop() else { break };
            self.push(Node::Element(tag_of(mark), nodes));
            at = at.saturating_add(mark.len());
            self.plain = at;
            left = left.get(mark.len()..).unwrap_or_default();
        }
        at
    }

    fn open(&mut self, at: usize, run: &'a str) {
        let widths: &[usize] = match (run.starts_with('~'), run.len()) {
            (false, 1) => &[1],
            (_, 2) => &[2],
            (false, 3) => &[2, 1],
            _ => &[],
        };
        let mut at = at;
        for width in widths {
            let inside = at.saturating_add(*width);
            let mark = self.text.get(at..inside).unwrap_or_default();
            self.flush(at, inside);
            if let Some(index) = self.open.iter().position(|open| open.mark == mark) {
                self.give_up(index);
            }
            self.open.push(Open { mark, inside, nodes: Vec::new() });
            at = inside;
        }
    }

    /// Makes text of a mark that has no end.
    fn give_up(&mut self, index: usize) {
        if index >= self.open.len() {
            return;
        }
        let Open { mark, nodes, .. } = self.open.remove(index);
        let parent = match index.checked_sub(1).and_then(|index| self.open.get_mut(index)) {
            Some(parent) => &mut parent.nodes,
            None => &mut self.nodes,
        };
        parent.push(Node::Text(mark));
        parent.extend(nodes);
    }

    /// Takes what is plain up to a place, and goes on at another.
    fn flush(&mut self, until: usize, next: usize) {
        if let Some(text) = self.text.get(self.plain..until).filter(|text| !text.is_empty()) {
            self.push(Node::Text(text));
        }
        self.plain = next;
    }

    fn push(&mut self, node: Node<'a>) {
        match self.open.last_mut() {
            Some(open) => open.nodes.push(node),
            None => self.nodes.push(node),
        }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|before| before.chars().next_back())
    }

    fn finish(mut self) -> Vec<Node<'a>> {
        self.flush(self.text.len(), self.text.len());
        while !self.open.is_empty() {
            self.give_up(self.open.len().saturating_sub(1));
        }
        self.nodes
    }
}

fn tag_of(mark: &str) -> Tag {
    match (mark.starts_with('~'), mark.len()) {
        (true, _) => Tag::Strike,
        (false, 1) => Tag::Emphasis,
        (false, _) => Tag::Strong,
    }
}

/// Reads `[label](address)`. A label that is an address itself is none: it could be another one.
fn link(rest: &str) -> Option<(Node<'_>, usize)> {
    let inside = rest.strip_prefix('[')?;
    let length = inside.find(['[', ']'])?;
    let label = inside.get(..length)?;
    let target = inside.get(length..)?.strip_prefix("](")?;
    let address = target.get(..enclosed_length(target)?)?;
    let is_named = label != address && label != without_scheme(address);
    let is_honest = !is_named || !(label.contains("://") || label.contains(turns_direction));
    let brackets = "[](".len().saturating_add(")".len());
    let used = label.len().saturating_add(address.len()).saturating_add(brackets);
    (is_honest && has_word(label)).then_some((Node::Link { label, address, is_named }, used))
}

/// Finds a run of exactly so many backticks.
fn run_of_backticks(text: &str, width: usize) -> Option<usize> {
    let mut at = 0_usize;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('`')) {
        let start = at.saturating_add(found);
        let rest = text.get(start..)?;
        let length = rest.len().saturating_sub(rest.trim_start_matches('`').len());
        if length == width && start > 0 {
            return Some(start);
        }
        at = start.saturating_add(length);
    }
    None
}

/// The marks of one sort that a text begins with.
fn run_of_one(text: &str) -> &str {
    let rest = text.chars().next().map_or("", |first| text.trim_start_matches(first));
    text.get(..text.len().saturating_sub(rest.len())).unwrap_or_default()
}

/// Whether a mark may open between two characters.
fn may_open(before: Option<char>, after: Option<char>, spaced: bool) -> bool {
    after.is_some_and(|after| !after.is_whitespace() && !".,;:!?)]}>\\".contains(after))
        && before.is_none_or(|before| {
            before.is_whitespace() || "([{\"'".contains(before) || is_beside_words(before, spaced)
        })
}

/// Whether a mark may close between two characters.
fn may_close(before: Option<char>, after: Option<char>, spaced: bool) -> bool {
    before.is_some_and(|before| !before.is_whitespace() && !"([{<\\".contains(before))
        && after.is_none_or(|after| {
            after.is_whitespace() || ".,;:!?)]}\"'-".contains(after) || is_beside_words(after, spaced)
        })
}

/// Whether a character that is not ASCII may stand outside a mark: punctuation, and letters of scripts that put no space
/// between words, or hang endings onto them. An underscore is part of names in every script.
fn is_beside_words(character: char, spaced: bool) -> bool {
    matches!(
        character,
        '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{2bff}' | '\u{3000}'..='\u{303f}'
            | '\u{ff00}'..='\u{ff0f}' | '\u{1f000}'..='\u{1faff}'
    ) || spaced && character >= '\u{e00}'
}

/// Not by Unicode's tables, which are larger than all of this.
fn is_part_of_a_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || !character.is_ascii()
}
