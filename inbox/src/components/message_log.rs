//! The thread as a log that keeps its place.

use leptos::html::Div;
use leptos::prelude::*;
use protocol::http::visit::Opening;

use super::bubble::{Message, Remedies};
use super::quiet::{DayMark, OpeningLine, QuietLine};
use super::{Empty, Icon, Shape};
use crate::browser::keyed::KeyedList;
use crate::browser::scroll::Place;
use crate::model::thread_row::{Bubble, Line, ThreadRow};
use crate::words;

/// The messages of a conversation.
#[component]
pub(crate) fn MessageLog(
    rows: KeyedList<ThreadRow>,
    /// The visitor's name.
    #[prop(into)]
    visitor: Signal<String>,
    /// Who types at the moment.
    #[prop(into)]
    typing: Signal<Option<String>>,
    /// Whether the first rows have yet to come.
    #[prop(into)]
    waiting: Signal<bool>,
    #[prop(into)] more_above: Signal<bool>,
    #[prop(into)] loading_older: Signal<bool>,
    /// Whether there is something that was not seen.
    #[prop(into)]
    unseen: Signal<bool>,
    /// What its first message answers.
    #[prop(optional)]
    opening: Signal<Option<Opening>>,
    on_older: Callback<()>,
    /// Hears whether the newest row is in sight.
    on_end: Callback<bool>,
    remedies: Remedies,
) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    let content = NodeRef::<Div>::new();
    let place = Place::follow(scroller, content, move || rows.first_key());
    Effect::new(move || on_end.run(place.at_end()));
    Effect::new(move || {
        if place.at_start() && !place.at_end() && more_above.get() && !loading_older.get() {
            on_older.run(());
        }
    });
    view! {
        <div class="log-frame">
            <div
                node_ref=scroller
                role="log"
                class="log"
                aria-label=words::thread::NAME
                aria-busy=move || waiting.get().to_string()
                tabindex="0"
                on:scroll=move |_| place.note()
            >
                <div node_ref=content class="log__content">
                    <Show when=move || more_above.get()>
                        <button
                            type="button"
                            class="button button--quiet button--small log__older"
                            disabled=move || loading_older.get()
                            on:click=move |_| on_older.run(())
                        >
                            {move || if loading_older.get() { words::LOADING } else { words::thread::EARLIER }}
                        </button>
                    </Show>
                    <Show when=move || waiting.get()>
                        <p class="log__waiting">{words::thread::CONNECTING}</p>
                    </Show>
                    <Show when=move || rows.is_empty() && !waiting.get()>
                        <Empty shape=Shape::Talk title=words::thread::EMPTY.to_owned() lead=String::new() />
                    </Show>
                    {move || {
                        let opening = opening.get().filter(|_| !more_above.get() && !rows.is_empty())?;
                        Some(view! { <OpeningLine opening /> })
                    }}
                    <For
                        each=move || rows.each()
                        key=|(key, _)| key.clone()
                        children=move |(_, row)| draw(RwSignal::from(row), visitor, remedies)
                    />
                </div>
            </div>
            <Show when=move || !place.at_end()>
                <button
                    type="button"
                    class="jump"
                    class:jump--new=move || unseen.get()
                    aria-label=move || if unseen.get() { words::thread::JUMP_NEW } else { words::thread::JUMP }
                    on:click=move |_| place.go_to_end()
                >
                    {move || unseen.get().then_some(words::thread::JUMP_NEW)}
                    <Icon shape=Shape::Down />
                </button>
            </Show>
            <p class="typing" class:typing--on=move || typing.with(Option::is_some)>
                <span class="typing__dots" aria-hidden="true"><i></i><i></i><i></i></span>
                <bdi>{move || typing.get().map(|who| words::typing(&who))}</bdi>
            </p>
        </div>
    }
}

/// Draws a row. Under one key a row stays what it is: a day, a line or a message.
fn draw(row: RwSignal<ThreadRow>, visitor: Signal<String>, remedies: Remedies) -> AnyView {
    match row.get_untracked() {
        ThreadRow::Day { at } => view! { <DayMark at /> }.into_any(),
        ThreadRow::Line(first) => {
            let line = Memo::new(move |_| row.with(|row| line_of(row).unwrap_or(&first).clone()));
            view! { <QuietLine line visitor remedies /> }.into_any()
        }
        ThreadRow::Bubble(first) => {
            let bubble = Memo::new(move |_| row.with(|row| bubble_of(row).unwrap_or(&first).clone()));
            view! { <Message bubble visitor remedies /> }.into_any()
        }
    }
}

const fn line_of(row: &ThreadRow) -> Option<&Line> {
    match row {
        ThreadRow::Line(line) => Some(line),
        ThreadRow::Day { .. } | ThreadRow::Bubble(_) => None,
    }
}

const fn bubble_of(row: &ThreadRow) -> Option<&Bubble> {
    match row {
        ThreadRow::Bubble(bubble) => Some(bubble),
        ThreadRow::Day { .. } | ThreadRow::Line(_) => None,
    }
}
