//! Where the person is signed in.

use leptos::prelude::*;
use protocol::SessionId;
use protocol::http::account::{SessionList, SessionView};

use crate::api::account as api;
use crate::browser::focus::focus_later;
use crate::browser::intl;
use crate::components::{Awaited, Confirm, ConfirmDialog, PageHead, Panel, Problem, Question, Saved, Since};
use crate::model::page::AccountPart;
use crate::model::sentence::Sentence;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::words::you;

const SESSIONS: &str = "sessions";

/// The page.
#[component]
pub(crate) fn Sessions() -> impl IntoView {
    let list = Loaded::<SessionList>::new();
    let ask = move || list.ask(api::sessions());
    ask();
    view! {
        <PageHead title=you::part(AccountPart::Sessions) lead=you::LEAD_SESSIONS />
        <Awaited value=list on_retry=Callback::new(move |()| ask())><List list /></Awaited>
    }
}

#[component]
fn List(list: Loaded<SessionList>) -> impl IntoView {
    let form = Form::new();
    let confirm = Confirm::new();
    let sessions = Memo::new(move |_| list.value().map(|list| list.sessions).unwrap_or_default());
    let others = Memo::new(move |_| {
        sessions.get().iter().filter(|session| !session.is_this).map(|session| session.id).collect::<Vec<_>>()
    });
    let drop_from_list = move |gone: SessionId| {
        list.update(|list| list.sessions.retain(|session| session.id != gone));
    };
    let end = move |id: SessionId| {
        form.send(api::end_session(id), &[], move |()| {
            drop_from_list(id);
            form.say(you::ENDED);
            focus_later(SESSIONS);
        });
    };
    let end_others = Callback::new(move |dialog: Form| {
        let gone = others.get_untracked();
        let request = async move {
            for id in gone {
                api::end_session(id).await?;
                drop_from_list(id);
            }
            Ok(())
        };
        dialog.send(request, &[], move |()| {
            confirm.close();
            form.say(you::ENDED);
            focus_later(SESSIONS);
        });
    });
    let ask = move |_| {
        confirm.ask(Question {
            title: Sentence::of(you::END_OTHERS_TITLE),
            lead: you::END_OTHERS_LEAD,
            action: you::END_OTHERS,
            on_yes: end_others,
            typed: None,
        });
    };
    let lines = move || {
        sessions
            .get()
            .into_iter()
            .map(|session| view! { <Session session on_end=Callback::new(end) /> })
            .collect_view()
    };
    view! {
        <Panel id=SESSIONS title=you::SESSIONS>
            <Problem form />
            <Saved form />
            <ul class="row-list" role="list" aria-labelledby=SESSIONS>{lines}</ul>
            {move || if others.with(Vec::is_empty) {
                view! { <p class="panel__note">{you::ONLY_SESSION}</p> }.into_any()
            } else {
                view! { <button type="button" class="button" on:click=ask>{you::END_OTHERS}</button> }.into_any()
            }}
        </Panel>
        <ConfirmDialog confirm />
    }
}

#[component]
fn Session(session: SessionView, on_end: Callback<SessionId>) -> impl IntoView {
    let SessionView { id, is_this, device, created_at, used_at } = session;
    let device = if device.is_empty() { you::UNKNOWN_DEVICE.to_owned() } else { device };
    view! {
        <li class="row-list__row">
            <div class="row-list__who">
                <p class="row-list__name">
                    <bdi>{device.clone()}</bdi>
                    {is_this.then(|| view! { <span class="tag">{you::THIS_DEVICE}</span> })}
                </p>
                <p class="row-list__more">
                    {you::USED}" "<Since at=used_at in_words=true />
                    <span class="row-list__since">{you::BEGAN}" "{intl::full(created_at)}</span>
                </p>
            </div>
            {(!is_this).then(|| view! {
                <button
                    type="button"
                    class="button button--small"
                    aria-label=you::end_session(&device)
                    on:click=move |_| on_end.run(id)
                >
                    {you::END}
                </button>
            })}
        </li>
    }
}
