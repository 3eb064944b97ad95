//! A message or note.

use leptos::html::Div;
use leptos::prelude::*;
use protocol::{ClientMessageId, Code, Failure};

use sync_web::show_message;

use super::among::AmongColleagues;
use super::file_item::FileItem;
use super::message_actions::MessageActions;
use super::time_mark::TimeOfDay;
use super::{Icon, Shape};
use crate::browser::focus::focus;
use crate::browser::names::mark_names;
use crate::model::composition::{Answering, Mode};
use crate::model::thread_row::{Bubble, By, Fate, Quote};
use crate::words;

/// What can be done about something that was not sent.
#[derive(Clone, Copy)]
pub(crate) struct Remedies {
    /// What the person may write at all.
    pub(crate) offered: Signal<Vec<Mode>>,
    /// Sends it again.
    pub(crate) retry: Callback<ClientMessageId>,
    /// Takes its text back into the composer.
    pub(crate) edit: Callback<(ClientMessageId, Mode, String)>,
    /// Gives it up.
    pub(crate) discard: Callback<ClientMessageId>,
    /// Takes what was sent into the composer to be edited.
    pub(crate) amend: Callback<(ClientMessageId, Mode, String)>,
    /// Lets the next message answer one.
    pub(crate) answer: Callback<Answering>,
    /// Deletes what was sent.
    pub(crate) delete: Callback<(ClientMessageId, Mode)>,
}

/// One message. The name stands above the first of a group, the time below the last.
#[component]
pub(crate) fn Message(
    #[prop(into)] bubble: Signal<Bubble>,
    #[prop(into)] visitor: Signal<String>,
    remedies: Remedies,
) -> impl IntoView {
    let (id, note, mine) = bubble.with_untracked(|bubble| (bubble.id, bubble.note, bubble.by == By::Me));
    let among = use_context::<AmongColleagues>();
    // Among colleagues everything is for them, and the others stand on the other side.
    let is_aside = note && among.is_none();
    let by_team = bubble.with_untracked(|bubble| bubble.by != By::Visitor) && (mine || among.is_none());
    let name = move || bubble.with(|bubble| visitor.with(|visitor| words::by(&bubble.by, visitor)));
    let first = Memo::new(move |_| bubble.with(|bubble| bubble.first));
    let last = Memo::new(move |_| bubble.with(|bubble| bubble.last));
    let told = Memo::new(move |_| bubble.with(|bubble| bubble.tells_fate.then_some(bubble.fate)));
    let text = Memo::new(move |_| bubble.with(|bubble| bubble.text.clone()));
    let file = Memo::new(move |_| bubble.with(|bubble| bubble.file.clone()));
    let mode = if note { Mode::Note } else { Mode::Reply };
    let change = Memo::new(move |_| bubble.with(|bubble| bubble.change));
    let deleted = Memo::new(move |_| bubble.with(|bubble| bubble.deleted));
    let edited = Memo::new(move |_| bubble.with(|bubble| bubble.edited));
    let answerable = Memo::new(move |_| {
        bubble.with(|bubble| bubble.answerable.is_some())
            && remedies.offered.with(|offered| mode.is_answerable(offered))
    });
    let quote = Memo::new(move |_| bubble.with(|bubble| bubble.quote.clone()));
    let is_news = Memo::new(move |_| bubble.with(|bubble| bubble.is_news));
    let key = bubble.with_untracked(|bubble| bubble.key.clone());
    let on_edit = Callback::new(move |()| match change.get_untracked() {
        Some(change) => {
            remedies.amend.run((id, mode, text.get_untracked()));
            remedies.discard.run(change);
        }
        None => remedies.edit.run((id, mode, text.get_untracked())),
    });
    let gone = if is_aside { words::thread::NOTE_DELETED } else { words::thread::DELETED };
    let said = Memo::new(move |_| if deleted.get() { gone.to_owned() } else { text.get() });
    view! {
        <div
            class="message"
            id=key
            tabindex="-1"
            class:message--team=by_team
            class:message--mine=mine
            class:message--note=is_aside
            class:message--first=first
            class:message--last=last
            class:message--deleted=deleted
            class:message--news=is_news
            class:message--sending=move || matches!(told.get(), Some(Fate::Sending | Fate::Saving))
            class:message--failed=move || matches!(told.get(), Some(Fate::Failed(_)))
        >
            <p class="message__by" class:visually-hidden=move || !first.get()>
                <bdi>{name}</bdi>
                {is_aside.then(|| view! {
                    <span class="message__private">
                        <Icon shape=Shape::Lock />
                        <span><span class="visually-hidden">{words::thread::NOTE}". "</span>{words::thread::ONLY_TEAM}</span>
                    </span>
                })}
                <span class="visually-hidden">": "</span>
            </p>
            <div class="message__body">
                {move || match file.get() {
                    Some(file) => view! { <FileItem file /> }.into_any(),
                    None => view! {
                        <div class="message__text">
                            {move || quote.get().map(|quote| view! { <Quoted quote visitor /> })}
                            <Said said />
                        </div>
                    }
                    .into_any(),
                }}
                <Show when=move || answerable.get()>
                    <MessageActions bubble mode remedies />
                </Show>
            </div>
            {move || match told.get() {
                Some(Fate::Failed(failure)) => {
                    let id = change.get().unwrap_or(id);
                    if deleted.get() || file.with(Option::is_some) {
                        view! { <Undelivered failure id remedies /> }.into_any()
                    } else {
                        view! { <Undelivered failure id remedies on_edit /> }.into_any()
                    }
                }
                fate if fate.is_some() || last.get() || edited.get() => view! {
                    <p class="message__foot">
                        {edited.get().then(|| view! { <span>{words::thread::EDITED}</span> })}
                        <TimeOfDay at=Signal::derive(move || bubble.with(|bubble| bubble.at)) />
                        {fate.map(|fate| view! { <span class="message__fate">{words::fate(fate)}</span> })}
                    </p>
                }.into_any(),
                _ => ().into_any(),
            }}
        </div>
    }
}

/// What a message says, as elements.
#[component]
fn Said(said: Memo<String>) -> impl IntoView {
    let among = use_context::<AmongColleagues>();
    let place = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            said.with(|said| show_message(&place, said));
            if let Some(among) = among {
                among.members.with(|members| mark_names(&place, members));
            }
        }
    });
    view! { <div class="marked" dir="auto" node_ref=place></div> }
}

/// What a message answers, on one line; leads there.
#[component]
fn Quoted(quote: Quote, #[prop(into)] visitor: Signal<String>) -> impl IntoView {
    let Quote { key, by, text } = quote;
    let shown = match (key.is_empty(), text) {
        (true, _) => words::thread::EARLIER_MESSAGE.to_owned(),
        (false, Some(text)) => text,
        (false, None) => words::thread::DELETED.to_owned(),
    };
    let name = (!key.is_empty()).then(|| visitor.with_untracked(|visitor| words::by(&by, visitor)));
    view! {
        <button type="button" class="message__quote" dir="auto" on:click=move |_| focus(&key)>
            {name.map(|name| view! { <strong><bdi>{name}</bdi></strong>": " })}
            {shown}
        </button>
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
            {can_retry(failure).then(|| view! {
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

/// Whether the same could succeed later.
const fn can_retry(failure: Failure) -> bool {
    !failure.is_in_the_text() && !matches!(failure, Failure::Refused(Code::TooLate))
}
