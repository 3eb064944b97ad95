//! What was said: the part of the panel that is loaded once the panel is there.

use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::{Status, Timestamp};
use sync::Doors;
use sync_web::{NotLoaded, wasm_split};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::app::{App, element, tell_standing};
use crate::clock;
use crate::components::{ROWS, coming, message_item};
use crate::host::flag;
use crate::live_rows::LiveRows;
use crate::rows::{TimeWords, rows_of};
use crate::seldom;
use crate::strings::strings;

sync_web::part!(messages);

/// Shows what was said where the panel has its place.
#[wasm_split(messages, fallible, wasm_split_path = part)]
pub(crate) fn show(app: App) -> Result<(), NotLoaded> {
    if let (Some(place), Some(writing)) = (element::<HtmlElement>(ROWS), app.writing()) {
        mount_to(place.clone(), move || coming(app)).forget();
        let mut rows = LiveRows::new(place, move |row| message_item(app, writing, row));
        // From `widget/wait`, which is told below how the conversation stands, and then says it again.
        core::mem::forget(window_event_listener_untyped("away", move |event| {
            let is_away = flag(&event, "detail");
            if is_away || app.doors.get_untracked() != Doors::Unsaid {
                spawn_local(async move {
                    // What cannot be loaded is asked for the next time that it is said.
                    let _ = seldom::hear_away(app, is_away).await;
                });
            }
        }));
        let mut told = None;
        // It lasts as long as the panel.
        let owner = Owner::new();
        owner.with(|| {
            Effect::new(move |_| {
                // Times are written anew with the words.
                strings();
                let today = clock::day(clock::now());
                rows.update(app.view.with(|view| rows_of(view, &Words { today })));
                let standing = app
                    .view
                    .with(|view| u8::from(view.status == Status::Resolved) | u8::from(view.waits()) << 1);
                if told.replace(standing) != Some(standing) {
                    tell_standing(standing);
                }
            });
        });
        core::mem::forget(owner);
    }
    Ok(())
}

/// The words of one moment, for which `today` is fixed.
struct Words {
    today: i64,
}

impl TimeWords for Words {
    fn day(&self, at: Timestamp) -> i64 {
        clock::day(at)
    }
    fn day_name(&self, at: Timestamp) -> String {
        clock::day_name(at, self.today)
    }
    fn time(&self, at: Timestamp) -> String {
        clock::time(at)
    }
}
