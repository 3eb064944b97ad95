//! Offers the visitor to leave an address while nobody is there. Nothing waits for it.

use leptos::ev;
use leptos::prelude::*;
use protocol::Code;
use sync::Doors;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlInputElement};

use super::header::agents_here;
use super::icons::{SEND, icon};
use super::{FIELD, action, flag, text, word};
use crate::app::{App, element};
use crate::strings::{fill, strings};

const EMAIL: &str = "email";

/// How far the visitor got.
#[derive(Clone, PartialEq)]
enum Left {
    Nothing,
    Underway,
    Refused(Option<Code>),
    Address(String),
}

/// The field, or the address that was left; nothing while somebody is there.
pub(crate) fn away(app: App) -> impl IntoView {
    let left = RwSignal::new(Left::Nothing);
    let is_hidden = flag(move || {
        let is_closed = matches!(app.doors.get(), Doors::Closed { .. });
        let has_use = app.asks_email.get() || matches!(left.get(), Left::Address(_));
        !is_closed || !has_use || !app.view.with(|view| agents_here(view).is_empty())
    });
    let is_done = flag(move || matches!(left.get(), Left::Address(_)));
    let invalid = text(move || matches!(left.get(), Left::Refused(Some(Code::BadField))).to_string());
    let says = text(move || match left.get() {
        Left::Nothing | Left::Underway => String::new(),
        Left::Refused(Some(Code::BadField)) => strings().bad_email.to_owned(),
        Left::Refused(_) => strings().failed_otherwise.to_owned(),
        Left::Address(email) => fill(strings().has_email, &[("email", &email)]),
    });
    let leave = move || {
        let Some(field) = element::<HtmlInputElement>(EMAIL) else { return };
        if left.get_untracked() == Left::Underway {
            return;
        }
        left.set(Left::Underway);
        spawn_local(async move {
            let email = field.value();
            match app.leave_email(email.clone()).await {
                Ok(()) => {
                    left.set(Left::Address(email));
                    // The field that had the keyboard is gone.
                    let _ = element::<HtmlElement>(FIELD).map(|field| field.focus());
                }
                Err(code) => {
                    left.set(Left::Refused(code));
                    let _ = HtmlElement::focus(&field);
                }
            }
        });
    };
    // No form: the frame's sandbox sends none, and tells nobody that one was to be sent.
    let keys: Box<dyn FnMut(ev::KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "Enter" && !event.is_composing() {
            leave();
        }
    });
    view! {
        <div class="away" hidden=is_hidden>
            <label for=EMAIL hidden=is_done>{word(|words| words.leave_email)}</label>
            <div class="line" hidden=is_done>
                <input
                    id=EMAIL
                    type="email"
                    autocomplete="email"
                    dir="ltr"
                    aria-invalid=invalid
                    aria-describedby="email-said"
                    enterkeyhint="send"
                    on:keydown=keys
                />
                <button class="send" aria-label=strings().leave_email on:click=action(leave)>
                    {icon(SEND)}
                </button>
            </div>
            <p id="email-said" role="status">{says}</p>
        </div>
    }
}
