//! A row of tabs of which one is chosen; arrows move between them.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser::focus::focus_element;
use crate::model::roving::{Move, target};

/// One tab.
#[derive(Clone)]
pub(crate) struct Tab {
    /// What it says.
    pub(crate) label: &'static str,
    /// The key that chooses it.
    pub(crate) key: Option<&'static str>,
}

/// The tabs; what they switch is the element with the id `panel`.
#[component]
pub(crate) fn Tabs(
    /// What the tabs are for.
    name: &'static str,
    /// Looks: `tabs--line` or `tabs--pill`.
    look: &'static str,
    tabs: Vec<Tab>,
    /// The id of what they switch; the tabs' ids begin with it.
    panel: &'static str,
    #[prop(into)] chosen: Signal<usize>,
    on_choose: Callback<usize>,
) -> impl IntoView {
    let length = tabs.len();
    let on_key = move |event: KeyboardEvent| {
        let is_reversed = is_right_to_left(&event);
        let step = match event.key().as_str() {
            "ArrowRight" if is_reversed => Move::Previous,
            "ArrowLeft" if is_reversed => Move::Next,
            "ArrowRight" => Move::Next,
            "ArrowLeft" => Move::Previous,
            "Home" => Move::First,
            "End" => Move::Last,
            _ => return,
        };
        let Some(index) = target(step, Some(chosen.get_untracked()), length) else {
            return;
        };
        event.prevent_default();
        on_choose.run(index);
        let tab = document().get_element_by_id(&tab_id(panel, index));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            focus_element(&tab);
        }
    };
    let tabs = tabs.into_iter().enumerate().map(|(index, tab)| {
        let is_chosen = move || chosen.get() == index;
        view! {
            <button
                type="button"
                role="tab"
                class="tab"
                id=tab_id(panel, index)
                aria-controls=panel
                aria-selected=move || is_chosen().to_string()
                aria-keyshortcuts=tab.key
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(index)
            >
                {tab.label}
            </button>
        }
    });
    view! {
        <div role="tablist" class=format!("tabs {look}") aria-label=name on:keydown=on_key>
            {tabs.collect_view()}
        </div>
    }
}

/// The id of a tab, for the panel's `aria-labelledby`.
pub(crate) fn tab_id(panel: &str, index: usize) -> String {
    format!("{panel}-tab-{index}")
}

fn is_right_to_left(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let style = element.and_then(|element| window().get_computed_style(&element).ok().flatten());
    style
        .and_then(|style| style.get_property_value("direction").ok())
        .is_some_and(|direction| direction == "rtl")
}
