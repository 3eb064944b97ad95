//! Sessions end: by themselves, or by somebody elsewhere. Whichever request learns of it, the app is told.

use core::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static TOLD: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Tells whom to tell.
pub(crate) fn told_to(told: Rc<dyn Fn()>) {
    TOLD.with(|place| *place.borrow_mut() = Some(told));
}

/// There is no session, or none that is still good.
pub(super) fn tell() {
    let told = TOLD.with(|place| place.borrow().clone());
    if let Some(told) = told {
        told();
    }
}
