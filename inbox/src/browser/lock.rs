//! A lock that one of a browser's tabs holds at a time (Web Locks), which `web-sys` calls unstable.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        granted: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// What a tab has asked for under one name.
#[derive(Debug, Default)]
pub(crate) struct Lock {
    is_over: Cell<bool>,
    let_go: RefCell<Vec<Function>>,
}

impl Lock {
    /// Waits for the lock, or takes it from whoever holds it; tells when it is held, and when it was taken away. Where
    /// there are no locks it is held at once.
    pub(crate) fn contend(self: &Rc<Self>, name: String, steal: bool, tell: impl Fn(bool) + Clone + 'static) {
        let lock = Rc::clone(self);
        spawn_local(async move {
            let is_held = Rc::new(Cell::new(false));
            let granted = {
                let (is_held, tell) = (Rc::clone(&is_held), tell.clone());
                Closure::once_into_js(move || {
                    if lock.is_over.get() {
                        return JsValue::UNDEFINED;
                    }
                    is_held.set(true);
                    tell(true);
                    Promise::new(&mut |resolve, _| lock.let_go.borrow_mut().push(resolve)).into()
                })
            };
            let end = match ask(&name, steal, &granted) {
                Ok(end) => JsFuture::from(end).await,
                Err(error) => Err(error),
            };
            if end.is_err() {
                tell(!is_held.get());
            }
        });
    }

    /// Lets go of it for good.
    pub(crate) fn let_go(&self) {
        self.is_over.set(true);
        for resolve in self.let_go.take() {
            // A resolving function does not throw.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}

fn ask(name: &str, steal: bool, granted: &JsValue) -> Result<Promise, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"steal".into(), &steal.into())?;
    let locks = Reflect::get(&window().navigator(), &"locks".into())?;
    if locks.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    locks.unchecked_into::<LockManager>().request(name, &options, granted)
}
