//! Where the visitor writes.

use leptos::ev;
use leptos::prelude::*;
use protocol::limits::MESSAGE_BYTES;
use sync::Input;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::icons::{CLIP, SEND, icon};
use super::message_list::to_the_end;
use super::{FIELD, action, text};
use crate::app::TRAY;
use crate::app::{App, element};
use crate::strings::strings;

/// The element with which files are chosen.
const FILES: &str = "files";

/// What is written in the field, and what can be done with it.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    app: App,
    can_send: RwSignal<bool>,
    is_too_long: RwSignal<bool>,
}

impl Writing {
    /// Begins with an empty field.
    pub(super) fn new(app: App) -> Self {
        Self { app, can_send: RwSignal::new(false), is_too_long: RwSignal::new(false) }
    }

    /// Takes a text back into the field, before what is written there, and puts the keyboard behind both.
    pub(super) fn take_back(self, text: &str) {
        let Some(field) = element::<HtmlTextAreaElement>(FIELD) else { return };
        let written = field.value();
        let between = if written.is_empty() { "" } else { "\n" };
        field.set_value(&[text, between, &written].concat());
        let _ = field.focus();
        self.typed(&field);
    }

    fn typed(self, field: &HtmlTextAreaElement) {
        let on = self.changed(field);
        self.app.dispatch(Input::Typing { on });
    }

    /// Looks at what is written; tells whether it is anything.
    fn changed(self, field: &HtmlTextAreaElement) -> bool {
        let written = field.value();
        let has_text = !written.trim().is_empty();
        self.is_too_long.set(written.len() > MESSAGE_BYTES);
        self.can_send.set(has_text && written.len() <= MESSAGE_BYTES);
        grow(field);
        has_text
    }

    fn send(self) {
        let Some(field) = element::<HtmlTextAreaElement>(FIELD) else {
            return;
        };
        if self.can_send.get_untracked() {
            self.app.send(field.value());
            field.set_value("");
            self.changed(&field);
            to_the_end();
        }
        if self.app.files_ready.get_untracked() > 0 {
            self.app.send_files();
            to_the_end();
        }
        let _ = field.focus();
    }
}

/// The field, its button, and a word when the text is too long.
pub(super) fn composer(writing: Writing) -> impl IntoView {
    let Writing { can_send, is_too_long, .. } = writing;
    let input: Box<dyn FnMut(ev::Event)> = Box::new(move |_| {
        if let Some(field) = element(FIELD) {
            writing.typed(&field);
        }
    });
    let keys: Box<dyn FnMut(ev::KeyboardEvent)> = Box::new(move |event| {
        // 229: an input method is at work, in browsers that forget to say so.
        let composes = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !composes {
            event.prevent_default();
            writing.send();
        }
    });
    let hint = text(move || String::from(if is_too_long.get() { strings().too_long } else { "" }));
    let invalid = text(move || is_too_long.get().to_string());
    let app = writing.app;
    let disabled = text(move || (!can_send.get() && app.files_ready.get() == 0).to_string());
    let choose = action(|| {
        if let Some(input) = element::<HtmlElement>(FILES) {
            input.click();
        }
    });
    let taken: Box<dyn FnMut(ev::Event)> = Box::new(move |event| app.take_files(&event));
    view! {
        <div class="composer">
            <p id="hint" role="status">{hint}</p>
            <ul id=TRAY class="tray" hidden></ul>
            <input id=FILES type="file" multiple hidden on:change=taken />
            <button class="attach" aria-label=strings().attach on:click=choose>{icon(CLIP)}</button>
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
            <button class="send" aria-label=strings().send aria-disabled=disabled on:click=action(move || writing.send())>
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
