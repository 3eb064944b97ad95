//! The files that an agent is about to send.

use std::rc::Rc;

use leptos::ev;
use leptos::html::{Input, Ul};
use leptos::prelude::*;
use protocol::File;
use sync_web::{FilesHost, Tray, files_in};

use super::file_item::FilesAt;
use super::{Icon, Shape};
use crate::browser::keys::Keys;
use crate::model::composition::Mode;
use crate::model::shortcut::Shortcut;
use crate::words;

/// Where files can be dropped: the conversation.
const ZONE: &str = "main";

/// The tray of a composer.
#[derive(Clone, Copy)]
pub(crate) struct FileTray {
    /// How many files can be sent.
    pub(crate) ready: RwSignal<u32>,
    list: NodeRef<Ul>,
    chooser: NodeRef<Input>,
    tray: StoredValue<Option<Tray>, LocalStorage>,
}

impl FileTray {
    /// Makes the tray of the conversation on screen; what is in it when that is left is given up.
    pub(crate) fn new(on_file: Callback<(Mode, File)>) -> Self {
        let at = expect_context::<FilesAt>();
        let all = Self {
            ready: RwSignal::new(0),
            list: NodeRef::new(),
            chooser: NodeRef::new(),
            tray: StoredValue::new_local(None),
        };
        all.list.on_load(move |list| {
            let Some(zone) = document().get_element_by_id(ZONE) else { return };
            let host = FilesHost {
                place: Rc::new(move || at.place()),
                say: Rc::new(move |file, way| {
                    on_file.run((if way == 0 { Mode::Reply } else { Mode::Note }, file));
                }),
                // What is left in the tray is given up when the conversation is.
                changed: Rc::new(move |count| {
                    let _ = all.ready.try_set(count);
                }),
            };
            let zone = wasm_bindgen::JsCast::unchecked_into(zone);
            all.tray.set_value(Some(Tray::new(list.into(), zone, host)));
        });
        let dragged = window_event_listener(ev::dragenter, move |_| all.with(Tray::open));
        on_cleanup(move || {
            dragged.remove();
            all.with(Tray::clear);
        });
        all
    }

    /// Takes the files that an event brings.
    pub(crate) fn take(self, event: &web_sys::Event) {
        if let Some(files) = files_in(event) {
            event.prevent_default();
            self.with(|tray| tray.add(files));
        }
    }

    /// Sends what is in it, as soon as each is there.
    pub(crate) fn send(self, mode: Mode) {
        self.with(|tray| tray.send(u32::from(mode == Mode::Note)));
    }

    fn with(self, act: impl FnOnce(&Tray)) {
        self.tray.try_with_value(|tray| {
            if let Some(tray) = tray {
                act(tray);
            }
        });
    }
}

/// The files, above the field.
#[component]
pub(crate) fn FileList(tray: FileTray) -> impl IntoView {
    view! { <ul node_ref=tray.list class="tray" hidden></ul> }
}

/// The button that chooses files.
#[component]
pub(crate) fn AttachButton(tray: FileTray) -> impl IntoView {
    let choose = move || {
        if let Some(chooser) = tray.chooser.get_untracked() {
            chooser.click();
        }
    };
    expect_context::<Keys>().hear(move |shortcut| {
        let is_this = shortcut == Shortcut::Attach;
        if is_this {
            choose();
        }
        is_this
    });
    let chosen = move |event: ev::Event| tray.take(&event);
    view! {
        <input node_ref=tray.chooser type="file" multiple hidden on:change=chosen />
        <button type="button" class="icon-button" aria-label=words::composer::ATTACH title=words::composer::ATTACH on:click=move |_| choose()>
            <Icon shape=Shape::Clip />
        </button>
    }
}
