//! A place that a part of the app fills the first time that it is wanted.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use leptos::html::Div;
use leptos::prelude::*;
use sync_web::NotLoaded;
use web_sys::HtmlElement;

use crate::app::App;

/// Fills a place.
pub(super) type Fill = Box<dyn Fn(HtmlElement) -> Pin<Box<dyn Future<Output = Result<(), NotLoaded>>>>>;

/// The place. What could not be loaded is tried again when the visitor wants it.
pub(super) fn later(app: App, is_wanted: Signal<bool>, fill: Fill) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let is_there = Rc::new(Cell::new(false));
    Effect::new(move |_| {
        if let (true, false, Some(place)) = (is_wanted.get(), app.lacks_messages.get(), place.get()) {
            app.load_once(&is_there, fill(place.into()));
        }
    });
    view! { <div class="later" node_ref=place></div> }
}
