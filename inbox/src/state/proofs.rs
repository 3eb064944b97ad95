//! Requests that wait for the person to prove who they are.

use std::rc::Rc;

use futures_channel::oneshot::{self, Sender};
use leptos::prelude::*;

use crate::api::proof;

/// Whether a proof is asked for, and who waits for it.
#[derive(Clone, Copy)]
pub(crate) struct Proofs {
    wanted: RwSignal<bool>,
    waiting: StoredValue<Vec<Sender<bool>>, LocalStorage>,
}

impl Proofs {
    /// Begins with none, and is asked by every request from then on.
    pub(crate) fn new() -> Self {
        let proofs = Self { wanted: RwSignal::new(false), waiting: StoredValue::new_local(Vec::new()) };
        proof::asked_by(Rc::new(move || {
            let (sender, receiver) = oneshot::channel();
            proofs.waiting.update_value(|waiting| waiting.push(sender));
            proofs.wanted.set(true);
            Box::pin(async move { receiver.await.unwrap_or(false) })
        }));
        proofs
    }

    /// Whether a proof is asked for.
    pub(crate) const fn wanted(self) -> RwSignal<bool> {
        self.wanted
    }

    /// Tells everybody who waits whether there is a proof.
    pub(crate) fn settle(self, is_proven: bool) {
        let waiting = self.waiting.try_update_value(core::mem::take).unwrap_or_default();
        self.wanted.set(false);
        for sender in waiting {
            // Fails where the page that waited is gone.
            let _ = sender.send(is_proven);
        }
    }
}
