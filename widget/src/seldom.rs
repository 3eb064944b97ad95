//! The menu, emoji, the rating, files, where an address is left, and the hours of a team that keeps some: the part of the panel
//! that is loaded with the first of them.

use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::{File, VisitorCommand};
use sync_web::{FilesHost, NotLoaded, Tray, wasm_split};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use crate::app::{App, TRAY, element};
use crate::components::{
    AWAY, EMOJI, MENU, Menu, PANEL, Question, Writing, away, emoji, file_item, menu, rating,
};

sync_web::part!(seldom);

/// Shows the emoji in their place above the field.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn show_emoji(writing: Writing) -> Result<(), NotLoaded> {
    if let Some(place) = element::<HtmlElement>(EMOJI) {
        mount_to(place, move || emoji(writing)).forget();
    }
    Ok(())
}

/// Shows the menu in its place below the header.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn show_menu(app: App, state: RwSignal<Menu>, site: String) -> Result<(), NotLoaded> {
    if let Some(place) = element::<HtmlElement>(MENU) {
        mount_to(place, move || menu(app, state, site)).forget();
    }
    Ok(())
}

/// Shows where an address can be left, in its place above the composer.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn show_away(app: App) -> Result<(), NotLoaded> {
    if let Some(place) = element::<HtmlElement>(AWAY) {
        mount_to(place, move || away(app)).forget();
    }
    Ok(())
}

/// Asks how the conversation was.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn show_rating(app: App, question: Question) -> Result<(), NotLoaded> {
    mount_to(question.place.clone(), move || rating(app, question)).forget();
    Ok(())
}

/// Shows a file that was sent.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn show_file(app: App, file: File, place: HtmlElement) -> Result<(), NotLoaded> {
    file_item(app, file, place);
    Ok(())
}

/// Prepares the tray of the files that are about to be sent.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn open_tray(app: App) -> Result<(), NotLoaded> {
    app.tray(|| {
        let host = FilesHost {
            place: Rc::new(move || app.files_place()),
            say: Rc::new(move |file, _| app.submit(VisitorCommand::File(file))),
            changed: Rc::new(move |count| app.files_ready.set(count)),
        };
        Some(Tray::new(element(TRAY)?, element(PANEL)?, host))
    });
    Ok(())
}

/// Takes whether nobody is in the inbox, where that was so once.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn hear_away(app: App, is_away: bool) -> Result<(), NotLoaded> {
    app.hear_away(is_away);
    Ok(())
}

/// Takes the hours of the team, on sites that have them.
#[wasm_split(seldom, fallible, wasm_split_path = part)]
pub(crate) fn hear_hours(app: App, reception: JsValue) -> Result<(), NotLoaded> {
    app.hear_hours(&reception);
    Ok(())
}
