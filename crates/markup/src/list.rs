//! Lists.

use crate::block::{DEEPEST, Taken};
use crate::line::{has_word, line};
use crate::{Node, Tag};

/// An item of one line.
#[derive(Clone, Copy)]
struct Item<'a> {
    indent: usize,
    number: Option<u16>,
    text: &'a str,
}

/// Reads a list of two items at least: one line after a dash is no list, nor is one that begins with a date.
pub(crate) fn list<'a>(lines: &[&'a str]) -> Taken<'a> {
    let mut items = Vec::new();
    let mut used = 0_usize;
    loop {
        let blank =
            usize::from(!items.is_empty() && lines.get(used).is_some_and(|line| line.trim().is_empty()));
        let next = used.saturating_add(blank);
        let Some(item) = lines.get(next).and_then(|line| item(line)) else { break };
        items.push(item);
        used = next.saturating_add(1);
    }
    (items.len() > 1).then(|| (lists(&items, 0), used))
}

fn item(line: &str) -> Option<Item<'_>> {
    let begun = line.trim_start_matches([' ', '\t']);
    let indent = line.len().saturating_sub(begun.len());
    let (number, text) = match begun.strip_prefix(['-', '*', '•']) {
        Some(rest) => (None, rest),
        None => {
            let (digits, rest) = begun.split_once('.')?;
            // What is shown is what was typed: a number that begins with zero would lose it.
            let is_number = (1..=3).contains(&digits.len())
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && !digits.starts_with('0');
            (Some(digits.parse().ok().filter(|_| is_number)?), rest)
        }
    };
    let text = text.strip_prefix(' ')?.trim();
    has_word(text).then_some(Item { indent, number, text })
}

/// Makes lists of items: what is further in than the item before it stands within that.
fn lists<'a>(items: &[Item<'a>], depth: usize) -> Vec<Node<'a>> {
    let mut lists: Vec<Node<'a>> = Vec::new();
    let mut rest = items;
    while let Some((first, after)) = rest.split_first() {
        let is_within = |item: &&Item<'a>| depth < DEEPEST && item.indent > first.indent.saturating_add(1);
        let within = after.iter().take_while(is_within).count();
        let (within, later) = after.split_at_checked(within).unwrap_or((&[], after));
        let mut children = line(first.text);
        children.extend(self::lists(within, depth.saturating_add(1)));
        let (tag, item) = match first.number {
            Some(number) => (Tag::Numbers, Tag::NumberedItem(number)),
            None => (Tag::Bullets, Tag::Item),
        };
        let item = Node::Element(item, children);
        match lists.last_mut() {
            Some(Node::Element(last, items)) if *last == tag => items.push(item),
            Some(_) | None => lists.push(Node::Element(tag, vec![item])),
        }
        rest = later;
    }
    lists
}
