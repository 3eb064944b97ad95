//! The list of conversations.

use std::time::Duration;

use leptos::ev;
use leptos::html::Ul;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use protocol::{ConversationId, WorkspaceId};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent, Node};

use super::list_item::ListItem;
use super::{Empty, Shape};
use crate::browser::focus::focus_element;
use crate::browser::keyed::KeyedList;
use crate::model::list_row::ListRow;
use crate::model::roving::{Move, beside, target};
use crate::state::selection::Selected;
use crate::state::shown_view::ShownView;
use crate::words;

/// How long after a pointer was let go its click has come, on touch screens as well.
const AFTER_CLICK: Duration = Duration::from_millis(100);

/// Moves and opens within the list from outside of it.
#[derive(Clone, Copy)]
pub(crate) struct ListHandle(NodeRef<Ul>);

/// The list; shows what it is given and reports what is chosen.
#[component]
pub(crate) fn ConversationList(
    rows: KeyedList<ListRow>,
    workspace: WorkspaceId,
    handle: ListHandle,
    view: ShownView,
    selected: Selected,
    /// What an empty list says, and what to do about it.
    #[prop(into)]
    emptiness: Signal<(&'static str, &'static str)>,
    #[prop(into)] current: Signal<Option<ConversationId>>,
    /// Whether the first rows have yet to come.
    #[prop(into)]
    waiting: Signal<bool>,
    #[prop(into)] more: Signal<bool>,
    #[prop(into)] loading_more: Signal<bool>,
    on_more: Callback<()>,
) -> impl IntoView {
    // A click is one only if the row that was pressed is still under the pointer when it is let go.
    let is_pressed = RwSignal::new(false);
    let let_go = move || {
        is_pressed.try_set(false);
    };
    let released = move |_| set_timeout(let_go, AFTER_CLICK);
    let ends =
        [window_event_listener(ev::pointerup, released), window_event_listener(ev::pointercancel, released)];
    on_cleanup(move || ends.into_iter().for_each(WindowListenerHandle::remove));
    let each = Memo::new(move |before: Option<&Vec<_>>| match before {
        Some(before) if is_pressed.get() => before.clone(),
        _ => rows.each(),
    });
    // One row is in the tab order: the open conversation's, or the first.
    let tab_stop = Memo::new(move |_| {
        let rows = rows.each();
        let key = current.get().map(|id| id.to_string()).filter(|key| rows.iter().any(|(row, _)| row == key));
        key.or_else(|| rows.first().map(|(key, _)| key.clone()))
    });
    let on_key = move |event: KeyboardEvent| {
        let Some(step) = Move::of_key(&event.key()) else { return };
        if !event.ctrl_key() && !event.alt_key() && !event.meta_key() && handle.step(step) {
            event.prevent_default();
        }
    };
    let on_select = Callback::new(move |(id, is_on, is_range)| handle.select(selected, id, is_on, is_range));
    let title = move || emptiness.get().0.to_owned();
    let lead = move || emptiness.get().1.to_owned();
    view! {
        <div id="list" class="list" class:list--picking=move || selected.with(|selection| selection.is_picking)>
            <ul
                node_ref=handle.0
                role="list"
                class="list__rows"
                aria-label=words::list::NAME
                aria-busy=move || waiting.get().to_string()
                on:keydown=on_key
                on:pointerdown=move |_| is_pressed.set(true)
            >
                <For
                    each=move || each.get()
                    key=|(key, _)| key.clone()
                    children=move |(key, row)| {
                        let id = row.with_untracked(|row| row.conversation);
                        view! {
                            <ListItem
                                row
                                workspace
                                view
                                selected
                                on_select
                                current=Signal::derive(move || current.get() == Some(id))
                                in_tab_order=Signal::derive(move || tab_stop.with(|stop| stop.as_ref() == Some(&key)))
                            />
                        }
                    }
                />
            </ul>
            <Show when=move || waiting.get()>
                <div class="skeleton" aria-hidden="true">
                    {(0..6).map(|_| view! { <div class="skeleton__row"><span></span><span></span><span></span></div> }).collect_view()}
                </div>
            </Show>
            <Show when=move || rows.is_empty() && !waiting.get() && !loading_more.get()>
                <Empty shape=Shape::Talk title=Signal::derive(title) lead=Signal::derive(lead) />
            </Show>
            <Show when=move || more.get()>
                <button
                    type="button"
                    class="button button--quiet list__more"
                    disabled=move || loading_more.get()
                    on:click=move |_| on_more.run(())
                >
                    {move || if loading_more.get() { words::LOADING } else { words::list::MORE }}
                </button>
            </Show>
        </div>
    }
}

impl ListHandle {
    /// A handle for a list that will be drawn.
    pub(crate) fn new() -> Self {
        Self(NodeRef::new())
    }

    /// Where the list is to be drawn.
    pub(crate) const fn place(self) -> NodeRef<Ul> {
        self.0
    }

    /// Whether the first row has the focus.
    pub(crate) fn is_at_first(self) -> bool {
        self.rows().first().is_some_and(is_focused)
    }

    /// Whether it is in sight: it is not where something else has its place.
    pub(crate) fn is_in_sight(self) -> bool {
        self.0.get_untracked().is_some_and(|list| list.offset_height() > 0)
    }

    /// The conversations of the rows, in their order.
    pub(crate) fn shown(self) -> Vec<ConversationId> {
        self.rows().iter().filter_map(conversation_of).collect()
    }

    /// Selects a row, or those up to it, or no longer.
    pub(crate) fn select(self, selected: Selected, id: ConversationId, is_on: bool, is_range: bool) {
        selected.update(|selection| {
            if is_range { selection.set_through(id, is_on, &self.shown()) } else { selection.set(id, is_on) }
        });
    }

    /// The conversation whose row has the focus, or else the open one's.
    pub(crate) fn at(self) -> Option<ConversationId> {
        let rows = self.rows();
        let row = rows.iter().find(|row| is_focused(row));
        conversation_of(row.or_else(|| rows.iter().find(|row| row.has_attribute("aria-current")))?)
    }

    /// Moves the focus, from the focused row or else from the open conversation's; says whether it could.
    pub(crate) fn step(self, step: Move) -> bool {
        let rows = self.rows();
        let focused = rows.iter().position(is_focused);
        let current = focused.or_else(|| rows.iter().position(|row| row.has_attribute("aria-current")));
        let Some(row) = target(step, current, rows.len()).and_then(|index| rows.get(index)) else {
            return false;
        };
        focus_element(row);
        is_focused(row)
    }

    /// Opens the focused row; says whether there is one.
    pub(crate) fn open(self) -> bool {
        let Some(row) = self.rows().into_iter().find(is_focused) else {
            return false;
        };
        row.click();
        true
    }

    /// Opens the row behind the one whose conversation is open, or else the one before it; says whether there is one.
    pub(crate) fn open_beside(self) -> bool {
        let rows = self.rows();
        let current = rows.iter().position(|row| row.has_attribute("aria-current"));
        let beside = beside(current, rows.len()).and_then(|index| rows.get(index));
        beside.inspect(|row| row.click()).is_some()
    }

    /// Focuses the row that leads to `path`, or else the first.
    pub(crate) fn focus(self, path: Option<&str>) {
        let rows = self.rows();
        let wanted = rows.iter().find(|row| path.is_some() && row.get_attribute("href").as_deref() == path);
        if let Some(row) = wanted.or(rows.first()) {
            focus_element(row);
        }
    }

    fn rows(self) -> Vec<HtmlElement> {
        let Some(list) = self.0.get_untracked() else {
            return Vec::new();
        };
        let Ok(nodes) = list.query_selector_all("[data-row]") else {
            return Vec::new();
        };
        (0..nodes.length()).filter_map(|index| nodes.get(index)?.dyn_into().ok()).collect()
    }
}

fn conversation_of(row: &HtmlElement) -> Option<ConversationId> {
    row.get_attribute("data-row")?.parse().ok()
}

/// Whether the focus is on a row, or on the box beside it.
fn is_focused(row: &HtmlElement) -> bool {
    let active = document().active_element();
    row.parent_node().is_some_and(|item| item.contains(active.as_ref().map(AsRef::<Node>::as_ref)))
}
