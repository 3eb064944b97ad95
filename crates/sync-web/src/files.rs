//! The door to what handles files in the browser (`../files`), which is loaded when it is first needed.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use protocol::{File, FileId, FileName, PictureSize, codec};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// Set by `boot.js`.
    #[wasm_bindgen(catch, js_name = porchlightFiles)]
    fn load() -> Result<Promise, JsValue>;

    type Module;
    #[wasm_bindgen(method, js_name = openTray)]
    fn open_tray(this: &Module, list: &HtmlElement, zone: &HtmlElement, host: &Object) -> OpenTray;
    #[wasm_bindgen(method)]
    fn picture(this: &Module, place: &HtmlElement, files: &Function, id: &str, name: &str);
    #[wasm_bindgen(method)]
    fn portrait(this: &Module, file: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn keep(this: &Module, files: &JsValue, id: &str, name: &str, line: &HtmlElement) -> Promise;

    #[derive(Clone)]
    type OpenTray;
    #[wasm_bindgen(method)]
    fn add(this: &OpenTray, files: &JsValue);
    #[wasm_bindgen(method)]
    fn send(this: &OpenTray, way: u32);
    #[wasm_bindgen(method)]
    fn clear(this: &OpenTray);
}

/// The files of a conversation.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Where they are sent to, and below which they are.
    pub address: String,
    /// What opens them, for who has no cookie.
    pub token: String,
}

/// What the app does for a [`Tray`].
pub struct FilesHost {
    /// Where files go now; `None` while that is not known.
    pub place: Rc<dyn Fn() -> Option<Place>>,
    /// Says a file that is there, in the way that [`Tray::send`] was told.
    pub say: Rc<dyn Fn(File, u32)>,
    /// Hears how many files can be said.
    pub changed: Rc<dyn Fn(u32)>,
}

/// The files that somebody is about to send; clones share them.
#[derive(Clone)]
pub struct Tray(Rc<Inner>);

struct Inner {
    list: HtmlElement,
    zone: HtmlElement,
    host: Object,
    open: RefCell<Option<OpenTray>>,
    _place: Closure<dyn FnMut() -> JsValue>,
    _say: Closure<dyn FnMut(Uint8Array, u32)>,
    _changed: Closure<dyn FnMut(u32)>,
}

impl Tray {
    /// Prepares a tray: its files are shown in `list`, and what is dropped on `zone` is added once it was opened.
    #[must_use]
    pub fn new(list: HtmlElement, zone: HtmlElement, host: FilesHost) -> Self {
        let FilesHost { place, say, changed } = host;
        let place = Closure::new(move || place().map_or(JsValue::NULL, |place| in_javascript(&place)));
        let say = Closure::new(move |answer: Uint8Array, way: u32| {
            // An answer that cannot be read is one of a newer server: the person sees that nothing was said.
            if let Ok(file) = codec::from_bytes(&answer.to_vec()) {
                say(file, way);
            }
        });
        let changed = Closure::new(move |count| changed(count));
        let host = Object::new();
        let parts = [("place", place.as_ref()), ("say", say.as_ref()), ("changed", changed.as_ref())];
        for (name, part) in parts {
            // A fresh object takes anything.
            let _ = Reflect::set(&host, &name.into(), part);
        }
        let open = RefCell::default();
        Self(Rc::new(Inner { list, zone, host, open, _place: place, _say: say, _changed: changed }))
    }

    /// Opens the tray, unless it is: from then on it takes what is dropped.
    pub fn open(&self) {
        self.with(|_| {});
    }

    /// Adds files: what [`files_in`] has returned.
    pub fn add(&self, files: Array) {
        self.with(move |tray| tray.add(&files));
    }

    /// Says all that is in it, as soon as it is there, in a way that the app has a number for.
    pub fn send(&self, way: u32) {
        if let Some(tray) = self.0.open.borrow().as_ref() {
            tray.send(way);
        }
    }

    /// Gives up all that is in it.
    pub fn clear(&self) {
        if let Some(tray) = self.0.open.borrow().as_ref() {
            tray.clear();
        }
    }

    fn with(&self, act: impl FnOnce(&OpenTray) + 'static) {
        let inner = Rc::clone(&self.0);
        spawn_local(async move {
            let Some(module) = module().await else { return };
            let open = || module.open_tray(&inner.list, &inner.zone, &inner.host);
            let tray = inner.open.borrow_mut().get_or_insert_with(open).clone();
            act(&tray);
        });
    }
}

/// The files that an event brings: chosen, pasted or dropped; `None` if it brings none.
#[must_use]
pub fn files_in(event: &Event) -> Option<Array> {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or_default();
    let sources = [get(event, "clipboardData"), get(event, "target")];
    // Taken out at once: what an event brings is gone when it is over.
    let source = sources.iter().find(|source| get(source, "files").is_object())?;
    let files = Array::from(&get(source, "files"));
    // So that the same file can be chosen again; nothing else has such a value.
    let _ = Reflect::set(source, &"value".into(), &"".into());
    Some(files).filter(|files| files.length() > 0)
}

/// Shows a picture in a button, which then opens it, once it is in sight.
pub fn show_picture(
    button: HtmlElement,
    place: impl Fn() -> Option<Place> + 'static,
    id: FileId,
    name: FileName,
) {
    spawn_local(async move {
        let Some(module) = module().await else { return };
        let place = Closure::<dyn FnMut() -> JsValue>::new(move || {
            place().map_or(JsValue::NULL, |place| in_javascript(&place))
        });
        // The button may outlive whoever asked.
        let place = place.into_js_value().unchecked_into();
        module.picture(&button, &place, &id.to_string(), name.as_str());
    });
}

/// Fetches a file for the person to keep; says in `line` if that fails.
pub fn keep_file(place: Option<Place>, id: FileId, name: FileName, line: HtmlElement) {
    spawn_local(async move {
        let (Some(module), Some(place)) = (module().await, place) else { return };
        let kept = module.keep(&in_javascript(&place), &id.to_string(), name.as_str(), &line);
        // What fails is said in the line.
        let _ = JsFuture::from(kept).await;
    });
}

/// Draws the first picture among files ([`files_in`]) anew, as a small square that is fit to show of oneself; `None` where this
/// browser cannot.
pub async fn portrait(files: &Array) -> Option<Vec<u8>> {
    let drawn = JsFuture::from(module().await?.portrait(&files.get(0))).await.ok()?;
    Some(drawn.unchecked_into::<Uint8Array>().to_vec())
}

/// How wide a picture is shown where there is `room` (width, height), all in pixels: as wide as fits, and no wider than it is.
#[must_use]
pub fn shown_width(picture: PictureSize, room: (u32, u32)) -> u32 {
    let (width, height) = (u32::from(picture.width), u32::from(picture.height));
    width.min(room.0).min(width * room.1 / height.max(1)).max(48)
}

/// A size as people read it.
#[must_use]
pub fn size_text(bytes: u32) -> String {
    if bytes < 1_000_000 {
        [&bytes.div_ceil(1_000).to_string(), " kB"].concat()
    } else {
        [&(bytes / 1_000_000).to_string(), ".", &(bytes / 100_000 % 10).to_string(), " MB"].concat()
    }
}

fn in_javascript(place: &Place) -> JsValue {
    let object = Object::new();
    for (name, value) in [("address", &place.address), ("token", &place.token)] {
        // A fresh object takes anything.
        let _ = Reflect::set(&object, &name.into(), &value.as_str().into());
    }
    object.into()
}

async fn module() -> Option<Module> {
    Some(JsFuture::from(load().ok()?).await.ok()?.unchecked_into())
}
