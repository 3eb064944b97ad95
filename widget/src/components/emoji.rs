//! Emoji to choose from, above the field.

use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

use super::composer::Writing;
use super::{FIELD, action};
use crate::app::element;

/// Those that visitors reach for; a keyboard has the others.
const OFFERED: [&str; 40] = [
    "🙂", "😀", "😄", "😅", "😂", "😊", "😉", "😍", "🥰", "😘", "😎", "🤔", "🙄", "😬", "😮", "😢", "😭",
    "😡", "🥳", "🤗", "🤷", "👍", "👎", "👌", "👋", "🙏", "👏", "🤝", "💪", "❤️", "💔", "✅", "❌", "❓",
    "🔥", "✨", "⭐", "🎉", "💡", "🎁",
];

/// The buttons; each puts its emoji where the caret is.
pub(crate) fn emoji(writing: Writing) -> impl IntoView {
    OFFERED
        .into_iter()
        .map(|emoji| view! { <button on:click=action(move || put(writing, emoji))>{emoji}</button> })
        .collect_view()
}

fn put(writing: Writing, emoji: &str) {
    let Some(field) = element::<HtmlTextAreaElement>(FIELD) else { return };
    let _ = field.set_range_text(emoji);
    let start = field.selection_start().ok().flatten().unwrap_or_default();
    let caret = start.saturating_add(u32::try_from(emoji.encode_utf16().count()).unwrap_or_default());
    let _ = field.set_selection_range(caret, caret);
    let _ = field.focus();
    writing.typed(&field);
}
