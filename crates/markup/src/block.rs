//! What stands on lines of its own: quotes, lists, code.

use crate::line::line;
use crate::list::list;
use crate::{Node, Tag};

/// Quotes within quotes, and lists within lists, up to this many.
pub(crate) const DEEPEST: usize = 3;

const FENCE: &str = "```";

/// The longest word after a fence that names a language.
const LANGUAGE_BYTES: usize = 12;

/// Reads lines; blank ones around a block are dropped, as the block has a distance of its own.
pub(crate) fn blocks<'a>(lines: &[&'a str], depth: usize) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let mut may_close = true;
    let mut rest = lines;
    while let Some((first, after)) = rest.split_first() {
        let block = code(rest, &mut may_close).or_else(|| quote(rest, depth)).or_else(|| list(rest));
        if let Some((block, used)) = block {
            drop_line_breaks(&mut nodes);
            nodes.extend(block);
            rest = rest.get(used..).unwrap_or_default();
            continue;
        }
        if first.trim().is_empty() && (nodes.is_empty() || ends_in_block(&nodes)) {
            rest = after;
            continue;
        }
        nodes.extend(line(first));
        nodes.push(Node::Text("\n"));
        rest = after;
    }
    drop_line_breaks(&mut nodes);
    nodes
}

fn ends_in_block(nodes: &[Node<'_>]) -> bool {
    matches!(nodes.last(), Some(Node::Element(tag, _)) if tag.is_block())
}

fn drop_line_breaks(nodes: &mut Vec<Node<'_>>) {
    while nodes.last() == Some(&Node::Text("\n")) {
        nodes.pop();
    }
}

/// A block and the number of lines that it takes.
pub(crate) type Taken<'a> = Option<(Vec<Node<'a>>, usize)>;

/// Code between fences. The fence that closes it may stand at the end of a line of it.
fn code<'a>(lines: &[&'a str], may_close: &mut bool) -> Taken<'a> {
    let (first, after) = lines.split_first()?;
    let opening = first.trim_start().strip_prefix(FENCE).filter(|rest| *may_close && !rest.contains('`'))?;
    let Some(closing) = after.iter().position(|line| line.trim_end().ends_with(FENCE)) else {
        // Nor does it for a later fence: the same lines are looked at once.
        *may_close = false;
        return None;
    };
    let last = after.get(closing)?.trim_end().strip_suffix(FENCE)?;
    let is_named = last.trim().is_empty() && is_language(opening.trim());
    let opening = if is_named { "" } else { opening };
    let between = after.get(..closing)?.iter().copied();
    let edge = |line: &'a str| Some(line).filter(|line| !line.trim().is_empty());
    let all: Vec<&str> = edge(opening).into_iter().chain(between).chain(edge(last)).collect();
    if all.iter().all(|line| line.trim().is_empty()) {
        return None;
    }
    let mut children: Vec<_> =
        all.into_iter().flat_map(|line| [Node::Text(line), Node::Text("\n")]).collect();
    children.pop();
    Some((vec![Node::Element(Tag::CodeBlock, children)], closing.saturating_add(2)))
}

fn is_language(word: &str) -> bool {
    (1..=LANGUAGE_BYTES).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+#-".contains(&byte))
}

fn quote<'a>(lines: &[&'a str], depth: usize) -> Taken<'a> {
    let quoted: Vec<&str> = lines.iter().map_while(|line| unquoted(line)).collect();
    if depth == DEEPEST || quoted.first()?.trim().is_empty() {
        return None;
    }
    let used = quoted.len();
    Some((vec![Node::Element(Tag::Quote, blocks(&quoted, depth.saturating_add(1)))], used))
}

/// The line within a quote. A space has to stand after the mark, so that `>:(` is none.
fn unquoted(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('>')?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}
