//! The number on the app's icon, where a browser has installed it (W3C Badging API).

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Shows how many wait; none takes the number away. Browsers that have no such number do nothing.
pub(crate) fn show(waiting: usize) {
    let navigator = window().navigator();
    let set = Reflect::get(&navigator, &"setAppBadge".into()).ok();
    let Some(set) = set.and_then(|set| set.dyn_into::<Function>().ok()) else { return };
    let number = u32::try_from(waiting).unwrap_or(u32::MAX);
    let told = set.call1(&navigator, &JsValue::from(number));
    if let Some(told) = told.ok().and_then(|told| told.dyn_into::<Promise>().ok()) {
        spawn_local(async move {
            // It may be refused, as in a private window: the title says the number as well.
            let _ = JsFuture::from(told).await;
        });
    }
}
