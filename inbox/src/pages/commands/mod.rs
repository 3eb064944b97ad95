//! Everything that can be done, by name or by key: two dialogs that are loaded when somebody first asks for one.

mod help;
mod palette;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::ListView;

use super::later::later;
use crate::browser::keys::Keys;
use crate::components::Modal;
use crate::model::page::{Page, Section};
use crate::model::shortcut::Shortcut;
use crate::model::views::query;
use crate::state::workspace::Workspace;
use crate::words;

sync_web::part!(commands);

later!(commands, Palette, palette::Palette);
later!(commands, Help, help::Help);

/// Which dialog is open.
#[derive(Clone, Copy)]
struct Shown(RwSignal<Option<Dialog>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialog {
    Palette,
    Help,
}

/// Hears what is asked for on every page, and shows the palette and the keys. Stands behind whatever else of the page
/// hears, which goes first.
#[component]
pub(crate) fn Commands() -> impl IntoView {
    let shown = RwSignal::new(None);
    provide_context(Shown(shown));
    let (navigate, workspace) = (use_navigate(), use_context::<Workspace>());
    expect_context::<Keys>().hear(move |shortcut| {
        let page = workspace.map(|workspace| match shortcut {
            Shortcut::Settings => Some(Page::Settings(workspace.id, Section::General).path()),
            Shortcut::Visitors => Some(Page::Settings(workspace.id, Section::Visitors).path()),
            Shortcut::Show(shelf) => {
                let view = ListView { shelf, site: None };
                Some(format!("{}{}", Page::Workspace(workspace.id).path(), query(view)))
            }
            _ => None,
        });
        match (shortcut, page.flatten()) {
            (Shortcut::Palette, _) => shown.set(Some(Dialog::Palette)),
            (Shortcut::Help, _) => shown.set(Some(Dialog::Help)),
            (_, Some(path)) => navigate(&path, NavigateOptions::default()),
            (_, None) => return false,
        }
        true
    });
    let is = move |dialog| Signal::derive(move || shown.get() == Some(dialog));
    let close = Callback::new(move |()| shown.set(None));
    view! {
        <Modal id="palette" shown=is(Dialog::Palette) on_close=close title=|| words::palette::TITLE><Palette /></Modal>
        <Modal id="help" shown=is(Dialog::Help) on_close=close title=|| words::help::TITLE><Help /></Modal>
    }
}
