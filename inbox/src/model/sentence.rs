//! Sentences with names in them. Names stand apart from the words, so that a name written from right to left, or one
//! that looks like words, does not disturb them.

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Our words.
    Words(String),
    /// What somebody typed.
    Name(String),
}

/// A sentence, in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sentence(Vec<Part>);

impl Sentence {
    /// A sentence that is made of words alone.
    pub(crate) fn of(words: impl Into<String>) -> Self {
        Self::default().words(words)
    }

    /// The same with words at its end.
    #[must_use]
    pub(crate) fn words(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Words(words.into()));
        self
    }

    /// The same with a name at its end.
    #[must_use]
    pub(crate) fn name(mut self, name: impl Into<String>) -> Self {
        self.0.push(Part::Name(name.into()));
        self
    }

    /// The pieces, in order.
    pub(crate) fn parts(self) -> Vec<Part> {
        self.0
    }
}

/// The sentence as one text, for where pieces cannot be told apart.
impl core::fmt::Display for Sentence {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Words(text) | Part::Name(text) => formatter.write_str(text),
        })
    }
}
