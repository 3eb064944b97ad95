//! The words of a conversation as they are kept to be found: in passages, so that one row holds many lines.

use protocol::{Author, PassageLine, Seq, Timestamp};
use serde::{Deserialize, Serialize};

use super::spaced::spaced;

/// Bytes of words from which on a further line begins another passage.
const PASSAGE_BYTES: usize = 4 * 1024;

/// Stands between two lines.
const BETWEEN: char = '\n';

/// A stretch of a conversation's lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptPassage {
    /// Its lines, but for the words.
    pub lines: Vec<KeptLine>,
    /// The words of those that both sides see, one line after the other.
    pub said: String,
    /// The words of those that only agents see.
    pub noted: String,
}

/// A line of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLine {
    /// Where in the agents' sequence.
    pub seq: Seq,
    /// When it was said.
    pub at: Timestamp,
    /// By whom.
    pub author: Author,
    /// Whether agents alone may read it.
    pub is_private: bool,
    /// Bytes of its words, as they are kept.
    pub bytes: usize,
}

impl KeptPassage {
    /// Its lines with their words, as they are kept.
    #[must_use]
    pub fn words(&self) -> Vec<(KeptLine, String)> {
        let (mut said, mut noted) = (self.said.as_str(), self.noted.as_str());
        let mut words = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let rest = if line.is_private { &mut noted } else { &mut said };
            let Some((text, others)) = rest.split_at_checked(line.bytes) else { break };
            *rest = others.strip_prefix(BETWEEN).unwrap_or(others);
            words.push((line.clone(), text.to_owned()));
        }
        words
    }

    fn of(lines: Vec<(KeptLine, String)>) -> Self {
        let mut passage = Self::default();
        for (line, text) in lines {
            let words = if line.is_private { &mut passage.noted } else { &mut passage.said };
            let has_before = passage.lines.iter().any(|other| other.is_private == line.is_private);
            if has_before {
                words.push(BETWEEN);
            }
            words.push_str(&text);
            passage.lines.push(line);
        }
        passage
    }
}

/// Takes lines into passages of one conversation: a line that is known is read from then on as it is told, one that is
/// deleted goes, and a new one comes at the end. Doing it again changes nothing. `passages` are the last one and those that
/// hold what is told again, in order, each under the key by which it is kept. Returns what is to be kept: passages under
/// their keys, those that are empty to be forgotten, and new ones without a key.
#[must_use]
pub fn take_up<K: Copy>(
    passages: Vec<(K, KeptPassage)>,
    lines: Vec<PassageLine>,
) -> Vec<(Option<K>, KeptPassage)> {
    let mut changed: Vec<Drawn<K>> = passages
        .into_iter()
        .map(|(key, passage)| Drawn { key: Some(key), lines: passage.words(), is_changed: false })
        .collect();
    for line in lines {
        let seq = line.seq;
        let holder =
            changed.iter_mut().find(|drawn| drawn.lines.last().is_some_and(|(last, _)| last.seq >= seq));
        match holder {
            Some(drawn) => drawn.amend(line),
            None => append(&mut changed, line),
        }
    }
    let changed = changed.into_iter().filter(|drawn| drawn.is_changed);
    changed.map(|drawn| (drawn.key, KeptPassage::of(drawn.lines))).collect()
}

/// Takes what is told later into what waits to be taken up.
#[must_use]
pub fn merge(mut waiting: Vec<PassageLine>, told: Vec<PassageLine>) -> Vec<PassageLine> {
    for line in told {
        match waiting.iter_mut().find(|other| other.seq == line.seq) {
            Some(other) => *other = line,
            None => waiting.push(line),
        }
    }
    waiting.sort_by_key(|line| line.seq);
    waiting
}

/// A passage that is being changed.
struct Drawn<K> {
    key: Option<K>,
    lines: Vec<(KeptLine, String)>,
    is_changed: bool,
}

impl<K> Drawn<K> {
    fn amend(&mut self, told: PassageLine) {
        let known = self.lines.iter().position(|(line, _)| line.seq >= told.seq).unwrap_or(self.lines.len());
        let is_known = self.lines.get(known).is_some_and(|(line, _)| line.seq == told.seq);
        let drawn = draw(told);
        match drawn {
            Some(drawn) if is_known => {
                if let Some(line) = self.lines.get_mut(known).filter(|line| **line != drawn) {
                    *line = drawn;
                    self.is_changed = true;
                }
            }
            Some(drawn) => {
                self.lines.insert(known, drawn);
                self.is_changed = true;
            }
            None if is_known => {
                self.lines.remove(known);
                self.is_changed = true;
            }
            None => {}
        }
    }

    fn bytes(&self) -> usize {
        self.lines.iter().map(|(line, _)| line.bytes).sum()
    }
}

fn append<K>(passages: &mut Vec<Drawn<K>>, told: PassageLine) {
    let Some(drawn) = draw(told) else { return };
    match passages.last_mut().filter(|last| last.bytes() < PASSAGE_BYTES) {
        Some(last) => {
            last.lines.push(drawn);
            last.is_changed = true;
        }
        None => passages.push(Drawn { key: None, lines: vec![drawn], is_changed: true }),
    }
}

fn draw(told: PassageLine) -> Option<(KeptLine, String)> {
    let PassageLine { seq, at, author, is_private, text } = told;
    let text = spaced(&text?);
    Some((KeptLine { seq, at, author, is_private, bytes: text.len() }, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(seq: u64, text: &str) -> PassageLine {
        PassageLine {
            seq: Seq(seq),
            at: Timestamp(0),
            author: Author::Visitor,
            is_private: seq.is_multiple_of(2),
            text: (!text.is_empty()).then(|| text.to_owned()),
        }
    }

    fn texts(passages: &[(Option<u8>, KeptPassage)]) -> Vec<(Option<u8>, Vec<String>)> {
        let words = |passage: &KeptPassage| passage.words().into_iter().map(|(_, text)| text).collect();
        passages.iter().map(|(key, passage)| (*key, words(passage))).collect()
    }

    #[test]
    fn se1_lines_are_kept_with_messages_and_notes_apart() {
        let lines =
            vec![line(1, "hello"), line(2, "rude"), line(3, "two\nlines"), line(4, ""), line(5, "退款")];
        let kept = take_up::<u8>(Vec::new(), lines);
        let (key, passage) = &kept[0];
        assert_eq!((*key, passage.noted.as_str()), (None, "rude"));
        assert_eq!(passage.said, "hello\ntwo\nlines\n\u{200b}退\u{200b}款");
        assert_eq!(
            texts(&kept),
            [(None, ["hello", "rude", "two\nlines", "\u{200b}退\u{200b}款"].map(str::to_owned).to_vec())]
        );
    }

    #[test]
    fn se1_telling_again_changes_nothing_and_an_edit_changes_its_line() {
        let first = take_up::<u8>(Vec::new(), vec![line(1, "one"), line(2, "two"), line(3, "three")]);
        let kept = vec![(7, first[0].1.clone())];
        assert_eq!(texts(&take_up(kept.clone(), vec![line(1, "one"), line(3, "three")])), []);
        let changed = take_up(kept.clone(), vec![line(1, "other"), line(2, ""), line(4, "new")]);
        assert_eq!(texts(&changed), [(Some(7), ["other", "three", "new"].map(str::to_owned).to_vec())]);
        let gone = take_up(kept, vec![line(1, ""), line(2, ""), line(3, "")]);
        assert_eq!(texts(&gone), [(Some(7), Vec::new())]);
    }

    #[test]
    fn se1_a_full_passage_is_followed_by_another() {
        let long = "x".repeat(PASSAGE_BYTES);
        let kept = take_up::<u8>(Vec::new(), vec![line(1, &long), line(3, "after"), line(5, "it")]);
        assert_eq!(kept.len(), 2);
        assert!(kept[0].1.said.len() >= PASSAGE_BYTES);
        assert_eq!(texts(&kept[1..]), [(None, ["after", "it"].map(str::to_owned).to_vec())]);
    }

    #[test]
    fn se1_what_waits_is_told_by_its_newest_words() {
        let merged = merge(vec![line(1, "one"), line(3, "three")], vec![line(1, ""), line(5, "five")]);
        assert_eq!(merged, [line(1, ""), line(3, "three"), line(5, "five")]);
    }
}
