//! A file in a message: a picture, or something to keep.

use leptos::either::Either;
use leptos::html::{Button, Span};
use leptos::prelude::*;
use protocol::File;
use sync_web::{keep_file, show_picture, shown_width};
use wasm_bindgen::prelude::*;

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

/// The file; a picture has its place before it has come.
pub(super) fn file_item(app: App, file: File) -> impl IntoView {
    let File { id, name, picture, bytes, .. } = file;
    if let Some(size) = picture {
        let shown = shown_width(size, ROOM);
        let button = NodeRef::<Button>::new();
        let label = name.as_str().to_owned();
        let ratio = [size.width.to_string(), size.height.to_string()].join("/");
        button.on_load(move |button| {
            let style = web_sys::HtmlElement::style(&button);
            let _ = style.set_property("width", &[&shown.to_string(), "px"].concat());
            let _ = style.set_property("aspect-ratio", &ratio);
            show_picture(button.into(), move || app.files_place(), id, name.clone());
        });
        return Either::Left(view! { <button node_ref=button class="picture" aria-label=label></button> });
    }
    let line = NodeRef::<Span>::new();
    // In capitals by the style sheet: the tables for that are large.
    let kind = name.end().to_owned();
    let shown = name.as_str().to_owned();
    let size = text(move || {
        // Another language writes it otherwise.
        strings();
        size_text(bytes)
    });
    let keep = action(move || {
        if let Some(line) = line.get_untracked() {
            keep_file(app.files_place(), id, name.clone(), line.into());
        }
    });
    Either::Right(view! {
        <button class="file" on:click=keep>
            <b class="file-kind" aria-hidden="true">{kind}</b>
            <span class="file-words">
                <bdi class="file-name">{shown}</bdi>
                <span class="file-line" node_ref=line>{size}</span>
            </span>
        </button>
    })
}
