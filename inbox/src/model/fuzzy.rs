//! Finds things by some of their letters, in order.

/// How well a text is found by what was typed; `None` if it is not. Each word has to be found, in whatever order.
pub(crate) fn score(typed: &str, text: &str) -> Option<u32> {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let words = typed.split_whitespace().map(str::to_lowercase);
    words.map(|word| word_score(&word, &text)).sum()
}

/// The best of all places at which a word can begin.
fn word_score(word: &str, text: &[char]) -> Option<u32> {
    let word: Vec<char> = word.chars().collect();
    let first = word.first()?;
    let begins = text.iter().enumerate().filter(|(_, letter)| *letter == first).map(|(begin, _)| begin);
    begins.filter_map(|begin| from(begin, &word, text)).max()
}

/// Letters that begin a word, or follow one another, are worth more.
fn from(begin: usize, word: &[char], text: &[char]) -> Option<u32> {
    let (mut score, mut at, mut last) = (0, begin, None);
    for letter in word {
        let found = at + text.get(at..)?.iter().position(|other| other == letter)?;
        let begins = found.checked_sub(1).and_then(|before| text.get(before));
        let is_begin = begins.is_none_or(|before| !before.is_alphanumeric());
        let follows = last.is_some_and(|last: usize| last + 1 == found);
        score += 1 + if is_begin { 6 } else { 0 } + if follows { 4 } else { 0 };
        last = Some(found);
        at = found + 1;
    }
    Some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best<'a>(typed: &str, texts: &[&'a str]) -> Option<&'a str> {
        let mut found: Vec<_> = texts.iter().filter_map(|text| Some((score(typed, text)?, *text))).collect();
        found.sort_by_key(|(score, _)| core::cmp::Reverse(*score));
        found.first().map(|(_, text)| *text)
    }

    #[test]
    fn ib72_what_begins_a_word_or_stands_together_is_found_first() {
        let all = ["Resolve", "Reply to the visitor", "Show all open", "Show resolved", "Settings: Roles"];
        assert_eq!(best("res", &all), Some("Resolve"));
        assert_eq!(best("shr", &all), Some("Show resolved"));
        assert_eq!(best("roles set", &all), Some("Settings: Roles"));
        assert_eq!(best("SAO", &all), Some("Show all open"));
        assert_eq!(best("xyz", &all), None);
        assert_eq!(score("", "anything"), Some(0), "nothing typed finds everything");
        assert_eq!(score("é", "Café"), score("É", "café"));
    }
}
