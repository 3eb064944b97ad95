//! The parts of the panel. They show view data and dispatch; none of them decides anything.
//!
//! Bytes decide here: every kind of closure in a view is compiled on its own, so that what changes is given as one of
//! the few types that [`text`], [`flag`] and [`action`] return.

mod away;
mod banner;
mod coming;
mod composer;
mod emoji;
mod face;
mod file_item;
mod header;
mod icons;
mod later;
mod menu;
mod message_item;
mod message_list;
mod rating;

use leptos::ev;
use leptos::prelude::*;
use sync::{ConnectionBadge, SendState};

pub(crate) use self::away::away;
pub(crate) use self::coming::coming;
pub(crate) use self::composer::Writing;
pub(crate) use self::emoji::emoji;
pub(crate) use self::file_item::file_item;
pub(crate) use self::menu::{Menu, menu};
pub(crate) use self::message_item::message_item;
pub(crate) use self::rating::{Question, rating};
use crate::app::App;
use crate::strings::{Strings, strings};

/// The element to put the keyboard in.
pub(crate) const FIELD: &str = "field";
/// The element around everything.
pub(crate) const PANEL: &str = "panel";

/// The element that emoji are shown in, and that of the menu.
pub(crate) const EMOJI: &str = "emoji";
pub(crate) const MENU: &str = "menu";
/// The element in which an address can be left.
pub(crate) const AWAY: &str = "away";
/// The element that messages are shown in.
pub(crate) const ROWS: &str = "rows";

/// Text that changes.
fn text(read: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(read)
}

/// A word, which changes with the language. Names and hints need none of it: `boot.js` changes those, for an attribute that
/// changes weighs more than all that they say.
fn word(pick: fn(&Strings) -> &'static str) -> Signal<String> {
    text(move || pick(strings()).to_owned())
}

/// A condition that changes.
fn flag(read: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(read)
}

/// What a button does.
fn action(act: impl Fn() + 'static) -> Box<dyn FnMut(ev::MouseEvent)> {
    Box::new(move |_| act())
}

/// Says of the panel whether anything beside it can be reached.
pub(crate) fn set_modal(is_modal: bool) {
    let panel = document().get_element_by_id(PANEL);
    let _ = panel.map(|panel| panel.set_attribute("aria-modal", if is_modal { "true" } else { "false" }));
}

/// The whole panel.
pub(crate) fn panel(app: App, name: String, greeting: String) -> impl IntoView {
    // The visitor comes back to the tab. Panel and document end together.
    core::mem::forget(window_event_listener_untyped("visibilitychange", move |_| app.look()));
    core::mem::forget(window_event_listener_untyped("dragenter", move |_| app.expect_files()));
    core::mem::forget(window_event_listener_untyped("paste", move |event| app.take_files(&event)));
    let alert = text(move || {
        let failed =
            app.view.with(|view| view.items.iter().any(|item| matches!(item.state, SendState::Failed(_))));
        if failed { strings().not_on_server.to_owned() } else { String::new() }
    });
    let keys: Box<dyn FnMut(ev::KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "Escape" && !event.is_composing() {
            app.close();
        }
    });
    // Where a site's questions are, for `widget/form`: as long as the server was heard and the visitor has said nothing.
    let has_begun = flag(move || {
        app.view.with(|view| {
            view.connection == ConnectionBadge::Connecting || view.items.iter().any(|item| item.mine)
        })
    });
    let writing = Writing::new(app);
    app.written_with(writing);
    let open = action(move || app.open_preview());
    view! {
        <div id=PANEL role="dialog" aria-label=strings().chat tabindex="-1" on:keydown=keys on:click=open>
            {header::header(app, name)}
            {banner::banner(app)}
            {message_list::message_list(app, greeting)}
            <div id=AWAY></div>
            <div id="form" class="form" hidden=has_begun></div>
            {composer::composer(writing)}
            <div class="hidden" role="alert">{alert}</div>
        </div>
    }
}
