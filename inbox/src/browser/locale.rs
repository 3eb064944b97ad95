//! What the browser knows of the person's language and place.

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use protocol::mail::Language;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::model::language::of_tag;

/// The language that mails are asked for in.
pub(crate) fn language() -> Language {
    of_tag(&window().navigator().language().unwrap_or_default())
}

/// The IANA name of the time zone; empty if the browser does not tell.
pub(crate) fn time_zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// Every time zone that the browser knows; none in browsers that do not list them.
pub(crate) fn time_zones() -> Vec<String> {
    let list = || -> Option<Array> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let values: Function = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into().ok()?;
        values.call1(&JsValue::UNDEFINED, &"timeZone".into()).ok()?.dyn_into().ok()
    };
    list().map(|zones| zones.iter().filter_map(|zone| zone.as_string()).collect()).unwrap_or_default()
}

/// A host name as it goes over the wire: names in other scripts become ASCII.
pub(crate) fn ascii_origin(typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_ascii() {
        return typed.to_owned();
    }
    let address = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    web_sys::Url::new(&address).map_or_else(|_| typed.to_owned(), |url| url.origin())
}
