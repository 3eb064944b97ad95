//! A message or note.

use leptos::prelude::*;
use protocol::{ClientMessageId, Failure};

use super::file_item::FileItem;
use super::time_mark::TimeOfDay;
use super::{Icon, Shape};
use crate::model::composition::Mode;
use crate::model::thread_row::{Bubble, By, Fate};
use crate::words;

/// What can be done about something that was not sent.
#[derive(Clone, Copy)]
pub(crate) struct Remedies {
    /// Sends it again.
    pub(crate) retry: Callback<ClientMessageId>,
    /// Takes its text back into the composer.
    pub(crate) edit: Callback<(ClientMessageId, Mode, String)>,
    /// Gives it up.
    pub(crate) discard: Callback<ClientMessageId>,
}

/// One message. The name stands above the first of a group, the time below the last.
#[component]
pub(crate) fn Message(
    #[prop(into)] bubble: Signal<Bubble>,
    #[prop(into)] visitor: Signal<String>,
    remedies: Remedies,
) -> impl IntoView {
    let (id, note, mine) = bubble.with_untracked(|bubble| (bubble.id, bubble.note, bubble.by == By::Me));
    let by_team = bubble.with_untracked(|bubble| bubble.by != By::Visitor);
    let name = move || bubble.with(|bubble| visitor.with(|visitor| words::by(&bubble.by, visitor)));
    let first = Memo::new(move |_| bubble.with(|bubble| bubble.first));
    let last = Memo::new(move |_| bubble.with(|bubble| bubble.last));
    let told = Memo::new(move |_| bubble.with(|bubble| bubble.tells_fate.then_some(bubble.fate)));
    let text = Memo::new(move |_| bubble.with(|bubble| bubble.text.clone()));
    let is_file = bubble.with_untracked(|bubble| bubble.file.is_some());
    let mode = if note { Mode::Note } else { Mode::Reply };
    let on_edit = Callback::new(move |()| remedies.edit.run((id, mode, text.get_untracked())));
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
            {match bubble.with_untracked(|bubble| bubble.file.clone()) {
                Some(file) => view! { <FileItem file /> }.into_any(),
                None => view! { <p class="message__text" dir="auto">{text}</p> }.into_any(),
            }}
            {move || match told.get() {
                Some(Fate::Failed(failure)) if is_file => view! { <Undelivered failure id remedies /> }.into_any(),
                Some(Fate::Failed(failure)) => view! { <Undelivered failure id remedies on_edit /> }.into_any(),
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

/// That something was refused for good or lost, and what can be done.
#[component]
pub(crate) fn Undelivered(
    failure: Failure,
    id: ClientMessageId,
    remedies: Remedies,
    /// Takes the text back, where there is one.
    #[prop(optional)]
    on_edit: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="undelivered">
            <p role="alert" class="undelivered__why"><Icon shape=Shape::Warning /><span>{words::failure(failure)}</span></p>
            {(!failure.is_in_the_text()).then(|| view! {
                <button type="button" class="button button--small" on:click=move |_| remedies.retry.run(id)>
                    {words::again(failure)}
                </button>
            })}
            {on_edit.map(|on_edit| view! {
                <button type="button" class="button button--small" on:click=move |_| on_edit.run(())>{words::thread::EDIT}</button>
            })}
            <button type="button" class="button button--small button--quiet" on:click=move |_| remedies.discard.run(id)>
                {words::thread::DISCARD}
            </button>
        </div>
    }
}
