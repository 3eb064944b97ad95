//! Where the visitor writes.

use leptos::ev;
use leptos::prelude::*;
use protocol::limits::MESSAGE_BYTES;
use sync::Input;
use web_sys::HtmlTextAreaElement;

use super::icons::{SEND, icon};
use super::message_list::to_the_end;
use super::{FIELD, action, text};
use crate::app::{App, element};
use crate::strings::strings;

/// The field, its button, and a word when the text is too long.
pub(super) fn composer(app: App) -> impl IntoView {
    let can_send = RwSignal::new(false);
    let is_too_long = RwSignal::new(false);

    let changed = move |field: &HtmlTextAreaElement| {
        let written = field.value();
        let has_text = !written.trim().is_empty();
        is_too_long.set(written.len() > MESSAGE_BYTES);
        can_send.set(has_text && written.len() <= MESSAGE_BYTES);
        grow(field);
        has_text
    };
    let send = move || {
        let Some(field) = element::<HtmlTextAreaElement>(FIELD) else {
            return;
        };
        if can_send.get_untracked() {
            app.send(field.value());
            field.set_value("");
            changed(&field);
            to_the_end();
        }
        let _ = field.focus();
    };
    let input: Box<dyn FnMut(ev::Event)> = Box::new(move |_| {
        if let Some(field) = element(FIELD) {
            let on = changed(&field);
            app.dispatch(Input::Typing { on });
        }
    });
    let keys: Box<dyn FnMut(ev::KeyboardEvent)> = Box::new(move |event| {
        // 229: an input method is at work, in browsers that forget to say so.
        let composes = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !composes {
            event.prevent_default();
            send();
        }
    });
    let hint = text(move || String::from(if is_too_long.get() { strings().too_long } else { "" }));
    let invalid = text(move || is_too_long.get().to_string());
    let disabled = text(move || (!can_send.get()).to_string());
    view! {
        <div class="composer">
            <p id="hint" role="status">{hint}</p>
            <textarea
                id=FIELD
                rows="1"
                aria-label=strings().message
                aria-describedby="hint"
                aria-invalid=invalid
                placeholder=strings().write_a_message
                enterkeyhint="send"
                on:input=input
                on:keydown=keys
            ></textarea>
            <button class="send" aria-label=strings().send aria-disabled=disabled on:click=action(send)>
                {icon(SEND)}
            </button>
        </div>
    }
}

/// Makes the field as high as its text; the style sheet says where that ends.
fn grow(field: &HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(field);
    let _ = style.set_property("height", "auto");
    let height = field.scroll_height().to_string();
    let _ = style.set_property("height", &[&height, "px"].concat());
}
