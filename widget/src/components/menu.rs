//! What can be done with the whole conversation.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use leptos::prelude::*;
use protocol::{Status, VisitorCommand};
use sync::Input;
use sync_web::save_text;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{action, flag, text, word};
use crate::app::App;
use crate::clock;
use crate::strings::{fill, strings};
use crate::transcript::transcript;

/// Milliseconds between looks at whether older messages have come.
const LOOK_MS: i32 = 100;
/// What the browser calls what it saves.
const FILE: &str = "chat.txt";

#[wasm_bindgen]
extern "C" {
    /// Set by `boot.js`: shows or hides below the menu what the widget stores on the visitor's device.
    #[wasm_bindgen(js_name = porchlightStored)]
    fn show_stored();

    /// The same: has the conversation mailed whose files are there, and keeps its promise with whether that was done.
    #[wasm_bindgen(js_name = porchlightStored)]
    fn mail(files: &str, token: &str) -> Promise;
}

/// How far the visitor got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Menu {
    /// It is not shown.
    Closed,
    /// It is shown.
    Open,
    /// They are asked whether the conversation should end.
    Asks,
}

/// The menu, below the header. `site` is the name of the site.
pub(crate) fn menu(app: App, state: RwSignal<Menu>, site: String) -> impl IntoView {
    let begun = move || app.view.with(|view| view.items.iter().any(|item| item.seq.is_some()));
    let asks = move || state.get() == Menu::Asks;
    let asks_nothing = flag(move || !asks());
    let has_no_end = flag(move || !begun() || app.view.with(|view| view.status != Status::Open));
    let has_no_text = flag(move || asks() || !begun());
    let asks_something = flag(asks);
    let end = action(move || {
        if state.get_untracked() == Menu::Asks {
            state.set(Menu::Closed);
            app.dispatch(Input::Submit(VisitorCommand::End));
        } else {
            state.set(Menu::Asks);
        }
    });
    let back = text(move || String::from(if asks() { strings().go_on } else { strings().cancel }));
    let turn = text(move || String::from(if app.sounds.get() { strings().mute } else { strings().unmute }));
    let is_saving = Rc::new(Cell::new(false));
    let save = action(move || {
        if !is_saving.replace(true) {
            let (is_saving, site) = (Rc::clone(&is_saving), site.clone());
            spawn_local(async move {
                save(app, site).await;
                is_saving.set(false);
            });
        }
    });
    let has_no_address = flag(move || asks() || !begun() || app.mail_to.with(String::is_empty));
    let mailed = RwSignal::new(String::new());
    let is_mailing = Rc::new(Cell::new(false));
    let send = action(move || {
        let Some(place) = app.files_place() else { return };
        if !is_mailing.replace(true) {
            let is_mailing = Rc::clone(&is_mailing);
            mailed.set(strings().sending.to_owned());
            spawn_local(async move {
                let is_done = JsFuture::from(mail(&place.address, &place.token)).await;
                let is_done = is_done.is_ok_and(|is_done| is_done.is_truthy());
                let words = strings();
                mailed.set(String::from(if is_done { words.sent } else { words.failed_otherwise }));
                is_mailing.set(false);
            });
        }
    });
    let mail_to =
        text(move || app.mail_to.with(|email| fill(strings().mail_transcript, &[("email", email)])));
    let mailed = text(move || mailed.get());
    view! {
        <p role="status"><span hidden=asks_nothing>{word(|words| words.end_surely)}</span>{mailed}</p>
        <button class="link" hidden=has_no_end on:click=end>{word(|words| words.end_chat)}</button>
        <button class="link" hidden=has_no_text on:click=save>{word(|words| words.save_transcript)}</button>
        <button class="link" hidden=has_no_address on:click=send>{mail_to}</button>
        <button class="link" hidden=asks_something on:click=action(move || app.sound(!app.sounds.get_untracked()))>
            {turn}
        </button>
        <button class="link" hidden=asks_something on:click=action(show_stored)>{word(|words| words.stored_here)}</button>
        <button class="link" on:click=action(move || state.set(Menu::Closed))>{back}</button>
    }
}

/// Has all of the conversation loaded, and saves it.
async fn save(app: App, site: String) {
    loop {
        let (more_above, loading) = app.view.with_untracked(|view| (view.more_above, view.loading_older));
        if !more_above {
            break;
        }
        if !loading {
            app.dispatch(Input::LoadOlder);
        }
        // Never refused.
        let _ = JsFuture::from(clock::after(LOOK_MS)).await;
    }
    let text = app.view.with_untracked(|view| transcript(&site, view, clock::moment));
    // Fails only in a browser that lets nothing be saved, and says so itself.
    let _ = save_text(FILE, &text);
}
