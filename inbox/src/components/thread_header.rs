//! Who the conversation is with, and the button that ends it.

use leptos::prelude::*;
use protocol::{Placement, Status};

use super::details_pane::DETAILS_CLOSE;
use super::{Avatar, Called, Icon, Shape};
use crate::browser::focus::focus_later;
use crate::model::standing::Standing;
use crate::model::visitor_name::VisitorName;
use crate::state::people::Colleagues;
use crate::words::{self, desk};

/// The id of the heading, which gets the focus when a conversation is opened.
pub(crate) const HEADING: &str = "conversation-title";

/// The id of the button that opens the details.
pub(crate) const DETAILS_TOGGLE: &str = "details-toggle";

/// The head of the thread.
#[component]
pub(crate) fn ThreadHeader(
    /// Where the list is.
    #[prop(into)]
    back: Signal<String>,
    /// Where the conversation lies with the team.
    #[prop(into)]
    placement: Signal<Placement>,
    #[prop(into)] visitor: Signal<Option<VisitorName>>,
    #[prop(into)] online: Signal<bool>,
    /// Other agents who have the conversation open, in words.
    #[prop(into)]
    also_here: Signal<Option<String>>,
    #[prop(into)] standing: Signal<Standing>,
    /// Whether the person may resolve it and open it again.
    #[prop(into)]
    may_handle: Signal<bool>,
    details_shown: RwSignal<bool>,
    /// Asks that it is done, or not any more.
    on_change: Callback<bool>,
) -> impl IntoView {
    let letters = move || visitor.get().map_or_else(String::new, |visitor| visitor.initials());
    let tint = move || visitor.get().map_or(1, |visitor| visitor.tint);
    let is_open = Memo::new(move |_| standing.get().status != Status::Resolved);
    let colleagues = expect_context::<Colleagues>();
    let assignee = Memo::new(move |_| {
        placement.with(|placement| placement.assignee).and_then(|one| colleagues.name(one))
    });
    let priority = Memo::new(move |_| desk::loud_priority(placement.with(|placement| placement.priority)));
    let aside = Memo::new(move |_| desk::laid_aside(standing.get().status));
    let change = move |_| {
        if !standing.get_untracked().pending {
            on_change.run(is_open.get_untracked());
        }
    };
    view! {
        <header class="thread-header">
            <a class="icon-button thread-header__back" href=back aria-label=words::thread::BACK aria-keyshortcuts="u Escape">
                <Icon shape=Shape::Back />
            </a>
            {move || view! { <Avatar letters=letters() tint=tint() online /> }}
            <div class="thread-header__who">
                <h2 class="thread-header__name" id=HEADING tabindex="-1">{move || view! { <Called visitor=visitor.get() /> }}</h2>
                <p class="thread-header__state">
                    <span>{move || if online.get() { words::thread::ONLINE } else { words::thread::AWAY }}</span>
                    {move || assignee.get().map(|name| view! { <span class="thread-header__fact"><bdi>{desk::assigned_to(&name)}</bdi></span> })}
                    {move || priority.get().map(|words| view! { <span class="thread-header__fact thread-header__fact--loud">{words}</span> })}
                    {move || aside.get().map(|words| view! { <span class="thread-header__fact">{words}</span> })}
                    {move || also_here.get().map(|also| view! { <span class="thread-header__also"><bdi>{also}</bdi></span> })}
                </p>
            </div>
            <Show when=move || may_handle.get()>
                <button
                    type="button"
                    class="button"
                    class:button--done=move || is_open.get()
                    aria-disabled=move || standing.get().pending.then_some("true")
                    aria-busy=move || standing.get().pending.then_some("true")
                    aria-keyshortcuts=move || if is_open.get() { "e" } else { "Shift+E" }
                    on:click=change
                >
                    {move || if is_open.get() {
                        view! { <Icon shape=Shape::Check />{words::thread::RESOLVE} }.into_any()
                    } else {
                        view! { <Icon shape=Shape::Reopen />{words::thread::REOPEN} }.into_any()
                    }}
                </button>
            </Show>
            <button
                type="button"
                class="icon-button thread-header__details"
                aria-label=words::thread::DETAILS
                aria-expanded=move || details_shown.get().to_string()
                aria-controls="details"
                id=DETAILS_TOGGLE
                on:click=move |_| {
                    details_shown.set(true);
                    focus_later(DETAILS_CLOSE);
                }
            >
                <Icon shape=Shape::Details />
            </button>
        </header>
    }
}
