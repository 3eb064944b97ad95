//! What a message is made of.

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<'a> {
    /// Shown as it is; a line feed in it is a line break.
    Text(&'a str),
    /// A link.
    Link {
        /// What is shown.
        label: &'a str,
        /// Where it leads: `http:`, `https:` or `mailto:`, without white space and characters that turn the direction.
        address: &'a str,
        /// Whether the label is not the address itself, so that whoever reads it has to be told where it leads.
        is_named: bool,
    },
    /// Something around other pieces.
    Element(Tag, Vec<Node<'a>>),
}

/// What is around pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// `**` or `__`.
    Strong,
    /// `*` or `_`.
    Emphasis,
    /// `~~`.
    Strike,
    /// Backticks within a line: text only.
    Code,
    /// Lines between three backticks: text only.
    CodeBlock,
    /// Lines after `>`.
    Quote,
    /// Items after `-`, `*` or `•`.
    Bullets,
    /// Items after a number.
    Numbers,
    /// One of [`Tag::Bullets`].
    Item,
    /// One of [`Tag::Numbers`], with the number that was typed.
    NumberedItem(u16),
}

impl Tag {
    /// Whether it stands on lines of its own.
    #[must_use]
    pub const fn is_block(self) -> bool {
        match self {
            Self::Strong | Self::Emphasis | Self::Strike | Self::Code => false,
            Self::CodeBlock
            | Self::Quote
            | Self::Bullets
            | Self::Numbers
            | Self::Item
            | Self::NumberedItem(_) => true,
        }
    }
}
