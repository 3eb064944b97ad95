//! A file in a message: a picture, or something to keep.

use leptos::html::{Button, Span};
use leptos::prelude::*;
use protocol::File;
use sync_web::{Place, keep_file, show_picture, shown_width, size_text};

/// The room that a picture has at most, in pixels.
const ROOM: (u32, u32) = (320, 360);

/// Where the files of the conversation on screen are.
#[derive(Debug, Clone)]
pub(crate) struct FilesAt(pub(crate) String);

impl FilesAt {
    /// The same for the browser's part; the session's cookie opens them.
    pub(crate) fn place(&self) -> Option<Place> {
        Some(Place { address: self.0.clone(), token: String::new() })
    }
}

/// The file; a picture has its place before it has come.
#[component]
pub(crate) fn FileItem(file: File) -> impl IntoView {
    let at = StoredValue::new(expect_context::<FilesAt>());
    let place = move || at.try_with_value(FilesAt::place).flatten();
    let File { id, name, picture, bytes, .. } = file;
    if let Some(size) = picture {
        let shown = shown_width(size, ROOM);
        let button = NodeRef::<Button>::new();
        let label = name.as_str().to_owned();
        button.on_load(move |button| show_picture(button.into(), place, id, name));
        return view! {
            <button
                type="button"
                node_ref=button
                class="picture"
                aria-label=label
                style:width=format!("{shown}px")
                style:aspect-ratio=format!("{} / {}", size.width, size.height)
            ></button>
        }
        .into_any();
    }
    let line = NodeRef::<Span>::new();
    let (kind, shown) = (name.end().to_owned(), name.as_str().to_owned());
    let keep = move |_| {
        if let Some(line) = line.get_untracked() {
            keep_file(place(), id, name.clone(), line.into());
        }
    };
    view! {
        <div class="message__text">
            <button type="button" class="file" on:click=keep>
                <b class="file-kind" aria-hidden="true">{kind}</b>
                <span class="file-words">
                    <bdi class="file-name">{shown}</bdi>
                    <span class="file-line" node_ref=line>{size_text(bytes)}</span>
                </span>
            </button>
        </div>
    }
    .into_any()
}
