//! What is guarded needs a fresh proof of who asks. Whoever makes a request need not know: where the server asks for a
//! proof the person is asked for it, and the request is made again.

use core::cell::RefCell;
use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

/// Asks the person; the answer says whether they proved it.
pub(crate) type Ask = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = bool>>>>;

thread_local! {
    static ASK: RefCell<Option<Ask>> = const { RefCell::new(None) };
}

/// Tells how to ask the person.
pub(crate) fn asked_by(ask: Ask) {
    ASK.with(|place| *place.borrow_mut() = Some(ask));
}

/// Asks the person to prove who they are.
pub(super) async fn ask() -> bool {
    let ask = ASK.with(|place| place.borrow().clone());
    match ask {
        Some(ask) => ask().await,
        None => false,
    }
}
