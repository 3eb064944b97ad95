//! What was said, and the files that are about to be: the part of the panel that is loaded once the panel is there.

use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use protocol::{Timestamp, VisitorCommand};
use sync::ItemKey;
use sync_web::{FilesHost, NotLoaded, Tray, wasm_split};
use web_sys::HtmlElement;

use crate::app::{App, TRAY, element};
use crate::clock;
use crate::components::{PANEL, ROWS, message_item};
use crate::rows::{Row, TimeWords, rows_of};
use crate::strings::strings;

sync_web::part!(messages);

/// A row that keeps its place in the list while what it shows changes.
type LiveRow = (ItemKey, ArcRwSignal<Row>);

/// Shows what was said where the panel has its place.
#[wasm_split(messages, fallible, wasm_split_path = part)]
pub(crate) fn show(app: App) -> Result<(), NotLoaded> {
    if let (Some(place), Some(writing)) = (element::<HtmlElement>(ROWS), app.writing()) {
        let list = move || {
            let rows = RwSignal::new(Vec::new());
            Effect::new(move |_| {
                // Times are written anew with the words.
                strings();
                let today = clock::day(clock::now());
                let fresh = app.view.with(|view| rows_of(view, &Words { today }));
                update(rows, fresh);
            });
            view! {
                <For each=move || rows.get() key=|row: &LiveRow| row.0 let:row>
                    {message_item(app, writing, row.1)}
                </For>
            }
        };
        mount_to(place, list).forget();
    }
    Ok(())
}

/// Prepares the tray of the files that are about to be sent.
#[wasm_split(messages, fallible, wasm_split_path = part)]
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

/// Changes rows in place, and the list only where rows come or go.
fn update(rows: RwSignal<Vec<LiveRow>>, fresh: Vec<Row>) {
    let known = rows.get_untracked();
    let mut same = known.len() == fresh.len();
    let mut live = Vec::with_capacity(fresh.len());
    for (index, row) in fresh.into_iter().enumerate() {
        let in_place = known.get(index).filter(|(key, _)| *key == row.key);
        same &= in_place.is_some();
        let found = in_place.or_else(|| known.iter().find(|(key, _)| *key == row.key));
        if let Some((key, signal)) = found {
            if signal.with_untracked(|shown| *shown != row) {
                signal.set(row);
            }
            live.push((*key, signal.clone()));
        } else {
            live.push((row.key, ArcRwSignal::new(row)));
        }
    }
    if !same {
        rows.set(live);
    }
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
