//! A message or note.

use leptos::prelude::*;
use protocol::ClientMessageId;

use super::time_mark::TimeOfDay;
use super::{Icon, Shape};
use crate::model::thread_row::{Bubble, By, Fate};
use crate::words;

/// One message. The name stands above the first of a group, the time below the last.
#[component]
pub(crate) fn Message(
    #[prop(into)] bubble: Signal<Bubble>,
    #[prop(into)] visitor: Signal<String>,
    on_retry: Callback<ClientMessageId>,
    on_discard: Callback<ClientMessageId>,
) -> impl IntoView {
    let (id, note, mine) = bubble.with_untracked(|bubble| (bubble.id, bubble.note, bubble.by == By::Me));
    let by_team = bubble.with_untracked(|bubble| bubble.by != By::Visitor);
    let name = move || bubble.with(|bubble| visitor.with(|visitor| words::by(&bubble.by, visitor)));
    let first = Memo::new(move |_| bubble.with(|bubble| bubble.first));
    let last = Memo::new(move |_| bubble.with(|bubble| bubble.last));
    let told = Memo::new(move |_| bubble.with(|bubble| bubble.tells_fate.then_some(bubble.fate)));
    let text = Memo::new(move |_| bubble.with(|bubble| bubble.text.clone()));
    view! {
        <div
            class="message"
            class:message--team=by_team
            class:message--mine=mine
            class:message--note=note
            class:message--first=first
            class:message--last=last
            class:message--sending=move || told.get() == Some(Fate::Sending)
            class:message--failed=move || matches!(told.get(), Some(Fate::Failed(_)))
        >
            <p class="message__by" class:visually-hidden=move || !first.get()>
                <bdi>{name}</bdi>
                {note.then(|| view! {
                    <span class="message__private">
                        <Icon shape=Shape::Lock />
                        <span><span class="visually-hidden">{words::thread::NOTE}". "</span>{words::thread::ONLY_TEAM}</span>
                    </span>
                })}
                <span class="visually-hidden">": "</span>
            </p>
            <p class="message__text" dir="auto">{text}</p>
            {move || match told.get() {
                Some(fate @ Fate::Failed(_)) => view! { <Undelivered fate id on_retry on_discard /> }.into_any(),
                fate if fate.is_some() || last.get() => view! {
                    <p class="message__foot">
                        <TimeOfDay at=Signal::derive(move || bubble.with(|bubble| bubble.at)) />
                        {fate.map(|fate| view! { <span class="message__fate">{words::fate(fate)}</span> })}
                    </p>
                }.into_any(),
                _ => ().into_any(),
            }}
        </div>
    }
}

/// That something was refused for good, and what can be done.
#[component]
pub(crate) fn Undelivered(
    fate: Fate,
    id: ClientMessageId,
    on_retry: Callback<ClientMessageId>,
    on_discard: Callback<ClientMessageId>,
) -> impl IntoView {
    view! {
        <div class="undelivered">
            <p role="alert" class="undelivered__why"><Icon shape=Shape::Warning /><span>{words::fate(fate)}</span></p>
            <button type="button" class="button button--small" on:click=move |_| on_retry.run(id)>{words::thread::RETRY}</button>
            <button type="button" class="button button--small button--quiet" on:click=move |_| on_discard.run(id)>
                {words::thread::DISCARD}
            </button>
        </div>
    }
}
