//! Marks around what is selected in the composer.

/// A mark that a key puts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapping {
    /// Control+B.
    Bold,
    /// Control+I.
    Italic,
    /// Control+Shift+X.
    Strike,
    /// Control+E.
    Code,
}

impl Wrapping {
    /// Reads a key that is held together with Control, or with Command on a Mac.
    pub(crate) fn of_key(key: &str, shift: bool) -> Option<Self> {
        match (key.to_lowercase().as_str(), shift) {
            ("b", false) => Some(Self::Bold),
            ("i", false) => Some(Self::Italic),
            ("x", true) => Some(Self::Strike),
            ("e", false) => Some(Self::Code),
            _ => None,
        }
    }

    const fn mark(self) -> &'static str {
        match self {
            Self::Bold => "**",
            Self::Italic => "*",
            Self::Strike => "~~",
            Self::Code => "`",
        }
    }

    fn is_around(self, line: &str) -> bool {
        let stars = line.len() - line.trim_start_matches('*').len();
        let has_mark = match self {
            Self::Bold => stars >= 2,
            Self::Italic => stars % 2 == 1,
            Self::Strike | Self::Code => line.starts_with(self.mark()),
        };
        has_mark && line.ends_with(self.mark()) && line.len() > 2 * self.mark().len()
    }
}

/// What stands in place of a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    /// The words with the marks, or without those that were there.
    pub(crate) text: String,
    /// How many UTF-16 units before its end the caret goes; nothing is selected then.
    pub(crate) caret_before_end: Option<u32>,
}

/// Puts marks around each line of a selection, or takes them off where all have them. Between nothing the caret comes.
pub(crate) fn wrapped(selected: &str, wrapping: Wrapping) -> Wrapped {
    let mark = wrapping.mark();
    if selected.trim().is_empty() {
        let behind = mark.len() + selected.encode_utf16().count();
        return Wrapped {
            text: [mark, mark, selected].concat(),
            caret_before_end: Some(u32::try_from(behind).unwrap_or_default()),
        };
    }
    let has_all =
        selected.lines().map(str::trim).filter(|line| !line.is_empty()).all(|line| wrapping.is_around(line));
    let lines: Vec<String> = selected.split('\n').map(|line| around(line, wrapping, has_all)).collect();
    Wrapped { text: lines.join("\n"), caret_before_end: None }
}

fn around(line: &str, wrapping: Wrapping, take_off: bool) -> String {
    let words = line.trim();
    if words.is_empty() || !take_off && wrapping.is_around(words) && wrapping != Wrapping::Italic {
        return line.to_owned();
    }
    let (mark, start) = (wrapping.mark(), line.len() - line.trim_start().len());
    let (before, after) = (line.get(..start), line.get(start + words.len()..));
    let inner = words.get(mark.len()..words.len().saturating_sub(mark.len()));
    let words = match inner.filter(|_| take_off) {
        Some(inner) => inner.to_owned(),
        None => [mark, words, mark].concat(),
    };
    [before.unwrap_or_default(), &words, after.unwrap_or_default()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib43_a_key_puts_marks_around_what_is_selected_and_takes_them_off_again() {
        let text = |selected, wrapping| wrapped(selected, wrapping).text;
        assert_eq!(text("word ", Wrapping::Bold), "**word** ");
        assert_eq!(text("**word**", Wrapping::Bold), "word");
        assert_eq!(text("**word**", Wrapping::Italic), "***word***");
        assert_eq!(text("***word***", Wrapping::Italic), "**word**");
        assert_eq!(text("one\n\n two", Wrapping::Strike), "~~one~~\n\n ~~two~~");
        assert_eq!(text("`one`\ntwo", Wrapping::Code), "`one`\n`two`");
        assert_eq!(text("é", Wrapping::Code), "`é`");
    }

    #[test]
    fn ib43_between_nothing_the_caret_stands_between_the_marks() {
        assert_eq!(
            wrapped("", Wrapping::Bold),
            Wrapped { text: "****".to_owned(), caret_before_end: Some(2) }
        );
        assert_eq!(
            wrapped(" ", Wrapping::Code),
            Wrapped { text: "`` ".to_owned(), caret_before_end: Some(2) }
        );
    }

    #[test]
    fn ib43_only_these_keys_do() {
        assert_eq!(Wrapping::of_key("B", false), Some(Wrapping::Bold));
        assert_eq!(Wrapping::of_key("X", true), Some(Wrapping::Strike));
        for (key, shift) in [("x", false), ("b", true), ("Enter", false), ("v", false)] {
            assert_eq!(Wrapping::of_key(key, shift), None);
        }
    }
}
