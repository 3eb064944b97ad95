//! A file in a message: a picture, or something to keep.

use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::{File, PictureSize};
use sync_web::{keep_file, show_picture, shown_width};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::{action, text};
use crate::app::App;
use crate::strings::strings;

#[wasm_bindgen]
extern "C" {
    /// Set by `boot.js`.
    #[wasm_bindgen(js_namespace = porchlightWords, js_name = size)]
    fn size_text(bytes: u32) -> String;
}

/// The room that a picture has at most, in pixels.
const ROOM: (u32, u32) = (236, 300);

/// Gives a picture its room, so that nothing moves when it comes.
pub(super) fn make_room(size: PictureSize, place: &HtmlElement) {
    // Not by attributes: the frame's own policy refuses inline styles.
    let style = place.style();
    let _ = style.set_property("width", &[&shown_width(size, ROOM).to_string(), "px"].concat());
    let _ = style
        .set_property("aspect-ratio", &[&size.width.to_string(), "/", &size.height.to_string()].concat());
}

/// Puts a file into its place.
pub(crate) fn file_item(app: App, file: File, place: HtmlElement) {
    if file.picture.is_none() {
        mount_to(place.clone(), move || kept_file(app, file, place)).forget();
        return;
    }
    let Ok(button) = document().create_element("button") else { return };
    let button: HtmlElement = button.unchecked_into();
    button.set_class_name("picture");
    let _ = button.set_attribute("aria-label", file.name.as_str());
    let _ = place.insert_before(&button, None);
    show_picture(button, move || app.files_place(), file.id, file.name);
}

fn kept_file(app: App, file: File, place: HtmlElement) -> impl IntoView {
    let File { id, name, bytes, .. } = file;
    // In capitals by the style sheet: the tables for that are large.
    let kind = name.end().to_owned();
    let shown = name.as_str().to_owned();
    let size = text(move || {
        // Another language writes it otherwise.
        strings();
        size_text(bytes)
    });
    let keep = action(move || {
        if let Ok(Some(line)) = place.query_selector(".file-line") {
            keep_file(app.files_place(), id, name.clone(), line.unchecked_into());
        }
    });
    view! {
        <button class="file" on:click=keep>
            <b class="file-kind" aria-hidden="true">{kind}</b>
            <span class="file-words">
                <bdi class="file-name">{shown}</bdi>
                <span class="file-line">{size}</span>
            </span>
        </button>
    }
}
