//! Parts of an app: what is loaded when it is first needed.
//!
//! A part is one or more functions that are marked with [`wasm_split`](macro@crate::wasm_split). Whatever only they use is
//! left out of the module that the browser loads first and put into a file of its own; nothing else has to be said.
//!
//! ```ignore
//! sync_web::part!(options);
//!
//! #[wasm_split(options, fallible, wasm_split_path = part)]
//! fn show_options(app: App) -> Result<(), NotLoaded> { … }
//!
//! show_options(app).await?; // loads it, unless it is there
//! ```

use core::ffi::c_void;
use core::fmt;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Set by `boot.js`; what has failed may be asked for again.
    #[wasm_bindgen(catch, js_name = porchlightPart)]
    fn load(name: &str) -> Result<Promise, JsValue>;
}

/// A part could not be loaded. It may be asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotLoaded;

impl fmt::Display for NotLoaded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a part of the app could not be loaded")
    }
}

impl std::error::Error for NotLoaded {}

/// Loads a part unless it is there.
///
/// # Errors
///
/// [`NotLoaded`] where the network or the server is away.
pub async fn load_part(name: &str) -> Result<(), NotLoaded> {
    let loaded = load(name).map_err(|_| NotLoaded)?;
    JsFuture::from(loaded).await.map(drop).map_err(|_| NotLoaded)
}

/// What [`wasm_split`](macro@crate::wasm_split) would have a part told by; parts are told by their promise.
pub type Callback = unsafe extern "C" fn(*const c_void, bool);
/// What it would have a part loaded by.
pub type Load = unsafe extern "C" fn(Callback, *const c_void);

/// Names the part that functions of this file are of: makes the module that [`wasm_split`](macro@crate::wasm_split) is given
/// as its `wasm_split_path`.
#[macro_export]
macro_rules! part {
    ($name:ident) => {
        mod part {
            pub(crate) use $crate::NotLoaded as SplitLoaderError;

            #[cfg(target_family = "wasm")]
            pub(crate) mod rt {
                pub(crate) use $crate::part::Callback as LoadCallbackFn;

                pub(crate) struct LazySplitLoader;

                impl LazySplitLoader {
                    pub(crate) const fn new(_: $crate::part::Load) -> Self {
                        Self
                    }
                }

                pub(crate) async fn ensure_loaded(
                    _: core::pin::Pin<&'static LazySplitLoader>,
                ) -> Result<(), $crate::NotLoaded> {
                    $crate::part::load_part(stringify!($name)).await
                }
            }
        }
    };
}
