//! A name in two letters.

/// The two letters of a person's disc, which is drawn in capitals: a table of them would be a hundredth of the first view.
pub(crate) fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().next());
    letters.take(2).collect()
}
