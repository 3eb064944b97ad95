//! Where the visitor writes.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use protocol::limits::MESSAGE_BYTES;
use protocol::{ClientMessageId, MessageName, VisitorCommand};
use sync::Input;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::icons::{CLIP, SEND, SMILE, icon};
use super::message_list::to_the_end;
use super::{EMOJI, FIELD, action, flag, text, word};
use crate::app::{App, TRAY, element};
use crate::seldom;
use crate::strings::{fill, strings};

/// The element with which files are chosen.
const FILES: &str = "files";

/// What is written in the field, and what can be done with it.
#[derive(Clone, Copy)]
pub(crate) struct Writing {
    app: App,
    can_send: RwSignal<bool>,
    is_too_long: RwSignal<bool>,
    aim: RwSignal<Aim>,
    /// What was in the field before.
    laid_aside: StoredValue<String>,
}

/// What becomes of what is in the field.
#[derive(Clone, PartialEq)]
enum Aim {
    /// A message.
    New,
    /// A message that was sent.
    Edit(ClientMessageId),
    /// An answer, to what says this.
    Reply(MessageName, String),
}

impl Writing {
    /// Begins with an empty field.
    pub(super) fn new(app: App) -> Self {
        Self {
            app,
            can_send: RwSignal::new(false),
            is_too_long: RwSignal::new(false),
            aim: RwSignal::new(Aim::New),
            laid_aside: StoredValue::new(String::new()),
        }
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

    /// Takes a message into the field to be edited, and lays aside what is written there.
    pub(super) fn edit(self, id: ClientMessageId, text: &str) {
        let Some(field) = element::<HtmlTextAreaElement>(FIELD) else { return };
        if !matches!(self.aim.get_untracked(), Aim::Edit(_)) {
            self.laid_aside.set_value(field.value());
        }
        self.aim.set(Aim::Edit(id));
        field.set_value(text);
        let _ = field.focus();
        self.changed(&field);
    }

    /// Takes what is in the field, now and later, for an answer.
    pub(super) fn reply(self, to: MessageName, text: &str) {
        self.end();
        self.aim.set(Aim::Reply(to, text.to_owned()));
        if let Some(field) = element::<HtmlTextAreaElement>(FIELD) {
            let _ = field.focus();
        }
    }

    /// Ends an edit, and puts back what was written before, or the wish to answer; returns what it was.
    fn end(self) -> Aim {
        let aim = self.aim.get_untracked();
        if aim != Aim::New {
            self.aim.set(Aim::New);
        }
        if let (Aim::Edit(_), Some(field)) = (&aim, element::<HtmlTextAreaElement>(FIELD)) {
            field.set_value(&self.laid_aside.get_value());
            self.changed(&field);
            let _ = field.focus();
        }
        aim
    }

    pub(super) fn typed(self, field: &HtmlTextAreaElement) {
        let on = self.changed(field);
        if !matches!(self.aim.get_untracked(), Aim::Edit(_)) {
            self.app.dispatch(Input::Typing { on });
        }
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
            let text = field.value();
            let command = match self.end() {
                Aim::Edit(of) => return self.app.send(VisitorCommand::Edit { of, text }),
                Aim::Reply(to, _) => VisitorCommand::Reply { to, text },
                Aim::New => VisitorCommand::Message { text },
            };
            self.app.send(command);
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
    let picks = RwSignal::new(false);
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
        if event.key() == "Escape" && !composes && writing.end() != Aim::New {
            // The panel stays.
            event.stop_propagation();
        }
    });
    let leave: Box<dyn FnMut(ev::KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "Escape" && picks.get_untracked() {
            picks.set(false);
            // The panel stays.
            event.stop_propagation();
            let _ = element::<HtmlElement>(FIELD).map(|field| field.focus());
        }
    });
    let cancel = action(move || {
        writing.end();
    });
    let is_new = flag(move || writing.aim.get() == Aim::New);
    let aim = text(move || match writing.aim.get() {
        Aim::New => String::new(),
        Aim::Edit(_) => strings().editing.to_owned(),
        Aim::Reply(_, text) => fill(strings().replying, &[("text", &text)]),
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
    let is_not_picking = flag(move || !picks.get());
    let is_picking = text(move || picks.get().to_string());
    let is_there = Rc::new(Cell::new(false));
    let pick = action(move || {
        picks.update(|picks| *picks = !*picks);
        writing.app.load_once(&is_there, seldom::show_emoji(writing));
    });
    let taken: Box<dyn FnMut(ev::Event)> = Box::new(move |event| app.take_files(&event));
    view! {
        <div class="composer" on:keydown=leave>
            <p id="hint" role="status">{hint}</p>
            <p class="editing" role="status" hidden=is_new>
                <span dir="auto">{aim}</span>
                <button class="link" on:click=cancel>{word(|words| words.cancel)}</button>
            </p>
            <ul id=TRAY class="tray" hidden></ul>
            <input id=FILES type="file" multiple hidden on:change=taken />
            <div id=EMOJI class="emoji" role="group" aria-label=strings().emoji hidden=is_not_picking></div>
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
            <button class="attach" aria-label=strings().emoji aria-expanded=is_picking on:click=pick>
                {icon(SMILE)}
            </button>
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
