//! The work that is asked of strangers where many come at once ([`protocol::work`]).

use js_sys::Promise;
use protocol::{ConversationId, work};
use sync_web::{NotLoaded, wasm_split};
use wasm_bindgen_futures::JsFuture;

sync_web::part!(puzzle);

/// Hashes between two looks at what else the browser has to do: some milliseconds, also on a telephone.
const SLICE: u64 = 8_192;

/// Looks for the number, in slices between which the browser does other things. The frame can have no worker: it has no
/// origin that one could be loaded from.
pub(crate) async fn done_for(conversation: ConversationId) -> Result<String, NotLoaded> {
    let mut from = 0;
    loop {
        if let Some(number) = search(conversation, from).await? {
            return Ok(number.to_string());
        }
        from += SLICE;
        let pause = Promise::new(&mut |resolve, _| {
            let _ = leptos::prelude::window().set_timeout_with_callback(&resolve);
        });
        let _ = JsFuture::from(pause).await;
    }
}

#[wasm_split(puzzle, fallible, wasm_split_path = part)]
fn search(conversation: ConversationId, from: u64) -> Result<Option<u64>, NotLoaded> {
    Ok(work::search(conversation, from, SLICE))
}
