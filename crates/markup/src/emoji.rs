//! Messages of emoji alone, which are shown large.

use core::iter::Peekable;
use core::str::Chars;

/// Emoji in a message that is shown large.
const MOST: usize = 3;

const JOINER: char = '\u{200d}';
const AS_PICTURE: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';

/// Whether a message is one to three emoji and nothing else.
#[must_use]
pub fn is_only_emoji(text: &str) -> bool {
    let mut characters = text.chars().peekable();
    let mut count = 0_usize;
    loop {
        while characters.next_if(|character| character.is_whitespace()).is_some() {}
        if characters.peek().is_none() {
            return count > 0;
        }
        count = count.saturating_add(1);
        if count > MOST || !take_one(&mut characters) {
            return false;
        }
    }
}

/// Takes an emoji, which may be made of several characters (Unicode Technical Standard 51).
fn take_one(characters: &mut Peekable<Chars<'_>>) -> bool {
    let Some(first) = characters.next() else { return false };
    if is_regional(first) {
        return characters.next_if(|next| is_regional(*next)).is_some();
    }
    if matches!(first, '0'..='9' | '#' | '*') {
        let _ = characters.next_if_eq(&AS_PICTURE);
        return characters.next_if_eq(&KEYCAP).is_some();
    }
    if !is_pictograph(first) {
        return false;
    }
    while characters.next_if(|next| modifies(*next)).is_some() {}
    while characters.next_if_eq(&JOINER).is_some() {
        if characters.next_if(|next| is_pictograph(*next)).is_none() {
            return false;
        }
        while characters.next_if(|next| modifies(*next)).is_some() {}
    }
    true
}

const fn is_regional(character: char) -> bool {
    matches!(character, '\u{1f1e6}'..='\u{1f1ff}')
}

const fn modifies(character: char) -> bool {
    matches!(character, AS_PICTURE | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// By blocks, not by Unicode's tables, which are larger than all of this.
const fn is_pictograph(character: char) -> bool {
    matches!(
        character,
        '\u{203c}' | '\u{2049}' | '\u{231a}'..='\u{23ff}' | '\u{25aa}'..='\u{27bf}' | '\u{2934}'..='\u{2935}'
            | '\u{2b05}'..='\u{2b55}' | '\u{1f004}' | '\u{1f0cf}' | '\u{1f170}'..='\u{1f19a}'
            | '\u{1f201}'..='\u{1faff}'
    )
}
