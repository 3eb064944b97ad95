//! Words of the list of emoji.

use markup::EmojiSort;

pub(crate) const BUTTON: &str = "Emoji";
pub(crate) const SEARCH: &str = "Search emoji";
pub(crate) const NONE: &str = "None is called that.";

/// What emoji of a sort are.
pub(crate) const fn sort(sort: EmojiSort) -> &'static str {
    match sort {
        EmojiSort::Faces => "Faces",
        EmojiSort::Hands => "Hands",
        EmojiSort::Signs => "Signs",
        EmojiSort::Things => "Things",
    }
}
