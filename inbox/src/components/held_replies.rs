//! Replies that are held, beside the composer: what came before them, and what can be done about them.

use leptos::prelude::*;

use super::bubble::Remedies;
use super::{COMPOSER_FIELD, Icon, Shape};
use crate::browser::focus::{bring_in_sight_later, focus, focus_later};
use crate::model::composition::Mode;
use crate::model::held::{Happened, Held, HeldReply, HeldStep, News};
use crate::state::people::Colleagues;
use crate::words::{self, compose};

/// What is held, if anything is.
#[component]
pub(crate) fn HeldReplies(
    #[prop(into)] held: Signal<Held>,
    /// The visitor's name.
    #[prop(into)]
    visitor: Signal<String>,
    remedies: Remedies,
) -> impl IntoView {
    let is_any = Memo::new(move |_| held.with(|held| !held.replies.is_empty() || !held.steps.is_empty()));
    let first = Memo::new(move |_| held.with(|held| held.news.first().map(|news| news.key.clone())));
    Effect::new(move || {
        if let Some(key) = first.get() {
            bring_in_sight_later(key);
        }
    });
    let send = move |_| {
        let ids: Vec<_> = held.with_untracked(|held| {
            let steps = held.steps.iter().map(|step| step.id);
            held.replies.iter().map(|reply| reply.id).chain(steps).collect()
        });
        ids.into_iter().for_each(|id| remedies.retry.run(id));
        focus_later(COMPOSER_FIELD);
    };
    let anyway = move || {
        let is_one = held.with(|held| held.replies.len() + held.steps.len() == 1);
        if is_one { compose::SEND_ANYWAY } else { compose::SEND_ALL_ANYWAY }
    };
    view! {
        <Show when=move || is_any.get()>
            <section class="held" aria-label=compose::HELD_REPLY>
                <p class="held__why" role="alert"><Icon shape=Shape::Warning /><span>{compose::HELD}</span></p>
                <ul class="held__news">
                    {move || held.with(|held| held.news.iter().map(|news| view! { <Told news=news.clone() visitor /> }).collect_view())}
                </ul>
                <ul class="held__replies">
                    {move || held.with(|held| held.replies.iter().map(|reply| view! { <Reply reply=reply.clone() remedies /> }).collect_view())}
                    {move || held.with(|held| held.steps.iter().map(|step| view! { <Step step=*step remedies /> }).collect_view())}
                </ul>
                <button type="button" class="button button--primary button--small" on:click=send>{anyway}</button>
            </section>
        </Show>
    }
}

/// One thing that came; leads to its row.
#[component]
fn Told(news: News, #[prop(into)] visitor: Signal<String>) -> impl IntoView {
    let colleagues = expect_context::<Colleagues>();
    let name = visitor.with_untracked(|visitor| compose::who(&news, visitor));
    let to = if let Happened::HandedOver(to) = news.what { colleagues.name(to) } else { None };
    let what = compose::happened(&news.what, to);
    view! {
        <li>
            <button type="button" class="held__told" dir="auto" on:click=move |_| focus(&news.key)>
                <strong><bdi>{name}</bdi></strong>{what}
            </button>
        </li>
    }
}

/// A step that was to come after a reply.
#[component]
fn Step(step: HeldStep, remedies: Remedies) -> impl IntoView {
    let HeldStep { id, status } = step;
    let discard = move |_| {
        remedies.discard.run(id);
        focus_later(COMPOSER_FIELD);
    };
    view! {
        <li class="held__reply">
            <p class="held__text">{compose::held_step(status)}</p>
            <button type="button" class="button button--small button--quiet" on:click=discard>{words::thread::DISCARD}</button>
        </li>
    }
}

#[component]
fn Reply(reply: HeldReply, remedies: Remedies) -> impl IntoView {
    let HeldReply { id, text, is_file } = reply;
    let said = text.clone();
    let discard = move |_| {
        remedies.discard.run(id);
        focus_later(COMPOSER_FIELD);
    };
    view! {
        <li class="held__reply">
            <p class="held__text" dir="auto">{said}</p>
            {(!is_file).then(|| view! {
                <button type="button" class="button button--small" on:click=move |_| remedies.edit.run((id, Mode::Reply, text.clone()))>
                    {words::thread::EDIT}
                </button>
            })}
            <button type="button" class="button button--small button--quiet" on:click=discard>{words::thread::DISCARD}</button>
        </li>
    }
}
