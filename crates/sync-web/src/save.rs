//! Files that are made in the browser.

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Milliseconds after which no browser still reads a file that it was given to save.
const SAVED_MS: u32 = 60_000;

/// Has the browser save a text for whoever looks at it; no server hears of it.
///
/// # Errors
/// What the browser says where it cannot.
pub fn save_text(name: &str, text: &str) -> Result<(), JsValue> {
    save_file(name, "text/plain;charset=utf-8", text)
}

/// The same of any media type (RFC 9110, 8.3.1).
///
/// # Errors
/// What the browser says where it cannot.
pub fn save_file(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let file = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&file)?;
    let document = the_document()?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(SAVED_MS, move || {
        // Fails for no address that was made.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

fn the_document() -> Result<web_sys::Document, JsValue> {
    web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)
}
