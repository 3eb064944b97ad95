//! What is shown of a passage in which something was found.

use protocol::{FoundLine, Snippet, limits};

use super::passages::{KeptLine, KeptPassage};
use super::spaced::unspaced;

/// Stands where a hit begins, in a text that the engine has marked. No text holds it (SPEC CV2).
pub const HIT_BEGINS: char = '\u{1}';

/// Stands where it ends.
pub const HIT_ENDS: char = '\u{2}';

/// Characters that are shown before the first hit, when there are more.
const BEFORE: usize = 30;

/// Characters that are shown of a line.
const SHOWN: usize = 160;

/// The lines of a passage in which something was found, the words of it being marked; some of them, if there are many.
#[must_use]
pub fn found_lines(lines: Vec<KeptLine>, said: &str, noted: &str) -> Vec<FoundLine> {
    let (said_marks, noted_marks) = (marks(said), marks(noted));
    let passage = KeptPassage { lines, said: unmarked(said), noted: unmarked(noted) };
    let (mut said_at, mut noted_at) = (0_usize, 0_usize);
    let mut found = Vec::new();
    for (line, text) in passage.words() {
        let (at, marks) =
            if line.is_private { (&mut noted_at, &noted_marks) } else { (&mut said_at, &said_marks) };
        let (from, until) = (*at, at.saturating_add(line.bytes));
        *at = until.saturating_add(1);
        let hits: Vec<_> = marks
            .iter()
            .filter(|(begin, end)| *begin < until && *end > from)
            .map(|(begin, end)| (begin.saturating_sub(from), end.saturating_sub(from).min(line.bytes)))
            .collect();
        if !hits.is_empty() && found.len() < limits::FOUND_LINES {
            let KeptLine { seq, at, author, is_private, .. } = line;
            found.push(FoundLine { seq, at, author, is_private, text: cut(&text, &hits) });
        }
    }
    found
}

/// A text that the engine has marked, in pieces; nothing if there is no hit in it.
#[must_use]
pub fn snippets(marked: &str) -> Vec<Snippet> {
    let hits = marks(marked);
    if hits.is_empty() { Vec::new() } else { cut(&unmarked(marked), &hits) }
}

fn unmarked(marked: &str) -> String {
    marked.replace([HIT_BEGINS, HIT_ENDS], "")
}

/// Where hits begin and end, in bytes of the text without marks.
fn marks(marked: &str) -> Vec<(usize, usize)> {
    let mut hits = Vec::new();
    let (mut at, mut begin) = (0_usize, 0_usize);
    for letter in marked.chars() {
        match letter {
            HIT_BEGINS => begin = at,
            HIT_ENDS => hits.push((begin, at)),
            _ => at = at.saturating_add(letter.len_utf8()),
        }
    }
    hits
}

/// The part of a text around its first hit, in pieces.
fn cut(text: &str, hits: &[(usize, usize)]) -> Vec<Snippet> {
    let first = hits.first().map_or(0, |(begin, _)| *begin);
    let before = text.get(..first).unwrap_or_default();
    let lead: usize = before.chars().rev().take(BEFORE).map(char::len_utf8).sum();
    let from = if before.chars().count() > BEFORE { first.saturating_sub(lead) } else { 0 };
    let rest = text.get(from..).unwrap_or_default();
    let length: usize = rest.chars().take(SHOWN).map(char::len_utf8).sum();
    let until = from.saturating_add(length);
    let mut pieces = Vec::new();
    let mut push = |text: &str, is_hit: bool| {
        let text = unspaced(text).replace('\n', " ");
        if !text.is_empty() {
            pieces.push(Snippet { text, is_hit });
        }
    };
    if from > 0 {
        push("…", false);
    }
    let mut at = from;
    for (begin, end) in
        hits.iter().map(|(begin, end)| (*begin, (*end).min(until))).filter(|(begin, end)| begin < end)
    {
        push(text.get(at..begin).unwrap_or_default(), false);
        push(text.get(begin..end).unwrap_or_default(), true);
        at = end;
    }
    push(text.get(at..until).unwrap_or_default(), false);
    if until < text.len() {
        push("…", false);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use protocol::{Author, Seq, Timestamp};

    use super::*;

    fn kept(seq: u64, is_private: bool, text: &str) -> KeptLine {
        KeptLine { seq: Seq(seq), at: Timestamp(0), author: Author::Visitor, is_private, bytes: text.len() }
    }

    fn shown(pieces: &[Snippet]) -> String {
        let shown =
            |piece: &Snippet| if piece.is_hit { format!("[{}]", piece.text) } else { piece.text.clone() };
        pieces.iter().map(shown).collect()
    }

    #[test]
    fn se5_only_the_lines_with_a_hit_are_shown() {
        let lines = vec![kept(1, false, "hello"), kept(2, true, "a refund?"), kept(3, false, "refund me")];
        let found = found_lines(lines, "hello\n\u{1}refund\u{2} me", "a \u{1}refund\u{2}?");
        let found: Vec<_> = found.iter().map(|line| (line.seq.0, shown(&line.text))).collect();
        assert_eq!(found, [(2, "a [refund]?".to_owned()), (3, "[refund] me".to_owned())]);
    }

    #[test]
    fn se5_a_long_line_is_cut_around_its_first_hit() {
        let text = format!("{} \u{1}hit\u{2} {}", "before ".repeat(20), "after ".repeat(60));
        let pieces = snippets(&text);
        let shown = shown(&pieces);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[hit]"), "{shown}");
        assert!(shown.chars().count() <= SHOWN + 4, "{shown}");
        assert_eq!(snippets("nothing"), []);
        assert_eq!(super::tests::shown(&snippets("\u{200b}\u{1}退\u{200b}款\u{2}")), "[退款]");
    }
}
