//! A name in two letters.

/// The two letters of a person's disc.
pub(crate) fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().next());
    letters.take(2).collect::<String>().to_uppercase()
}
