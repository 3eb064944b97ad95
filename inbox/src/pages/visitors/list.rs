//! The page.

use core::time::Duration;

use leptos::prelude::*;
use protocol::Permission;
use protocol::http::visit::Visit;
use web_sys::KeyboardEvent;

use super::super::contacts::SiteNames;
use super::super::settings::Guarded;
use super::line::Line;
use super::opener::OpenerDialog;
use super::watch::Watch;
use crate::api::Failure;
use crate::browser::focus::focus;
use crate::browser::intl;
use crate::browser::keys::Keys;
use crate::components::{Empty, Failed, ListHandle, PageHead, Panel, Select, Shape, Skeleton};
use crate::model::page::{Page, Section};
use crate::model::roving::Move;
use crate::model::shortcut::Shortcut;
use crate::state::form::Form;
use crate::state::search::Progress;
use crate::words::{self, team, visitors as said};

/// The id of the field.
const FIELD: &str = "visitors-page";
/// After a pointer is let go, its click has come.
const AFTER_CLICK: Duration = Duration::from_millis(50);

/// The page.
#[component]
pub(in crate::pages) fn VisitorsPage() -> impl IntoView {
    view! { <Guarded section=Section::Visitors><Visitors /></Guarded> }
}

#[component]
fn Visitors() -> impl IntoView {
    let watch = Watch::begin();
    let list = ListHandle::new();
    let spoken_to = RwSignal::new(None::<Visit>);
    expect_context::<Keys>().hear(move |shortcut| match shortcut {
        Shortcut::Next => list.step(Move::Next),
        Shortcut::Previous => list.step(Move::Previous),
        Shortcut::Open => list.open(),
        Shortcut::Search => {
            focus(FIELD);
            true
        }
        _ => false,
    });
    let is_off =
        Memo::new(move |_| watch.told.with(|told| told.as_ref().is_some_and(|told| !told.has_sites)));
    view! {
        <PageHead title=team::section(Section::Visitors) lead=said::LEAD />
        <Show when=move || !is_off.get() fallback=move || view! { <Off watch /> }>
            <Narrow watch list />
            <Lines watch list spoken_to />
        </Show>
        <OpenerDialog watch spoken_to />
    }
}

/// Says what it is where no site shows it.
#[component]
fn Off(watch: Watch) -> impl IntoView {
    let workspace = watch.workspace;
    let may = Memo::new(move |_| workspace.may(Permission::ManageSites));
    view! {
        <Panel id="visitors-off" title=said::LIST>
            <Empty shape=Shape::Eye title=said::OFF.to_owned() lead=said::OFF_LEAD.to_owned()>
                {move || if may.get() {
                    view! {
                        <a class="button button--primary" href=Page::Settings(workspace.id, Section::Sites).href()>
                            {said::SWITCH_ON}
                        </a>
                    }.into_any()
                } else {
                    view! { <p class="empty__lead">{said::OFF_ASK}</p> }.into_any()
                }}
            </Empty>
        </Panel>
    }
}

/// What can be chosen.
#[component]
fn Narrow(watch: Watch, list: ListHandle) -> impl IntoView {
    let form = Form::new();
    let choice = watch.choice;
    let sites = SiteNames::follow();
    let site_options = Memo::new(move |_| {
        let all = (String::new(), words::desk::ALL_SITES.to_owned());
        let sites = sites.several()?.into_iter().map(|(id, name)| (id.to_string(), name));
        Some(core::iter::once(all).chain(sites).collect::<Vec<_>>())
    });
    let has_sites = Memo::new(move |_| site_options.with(Option::is_some));
    let countries = Memo::new(move |_| {
        let mut countries = watch.told.with(|told| {
            let told = told.as_ref().map(|told| told.countries.as_slice()).unwrap_or_default();
            told.iter().map(|one| one.country.clone()).collect::<Vec<_>>()
        });
        // What is chosen stays to be seen, though nobody is there from it any more.
        let chosen = choice.country.get();
        if !chosen.is_empty() && !countries.contains(&chosen) {
            countries.push(chosen);
        }
        countries.sort_unstable();
        countries
    });
    let country_options = Signal::derive(move || {
        let all = (String::new(), said::ALL_COUNTRIES.to_owned());
        let named = countries.get().into_iter().map(|country| {
            let name = intl::country(&country);
            (country, name)
        });
        core::iter::once(all).chain(named).collect::<Vec<_>>()
    });
    let has_countries = Memo::new(move |_| countries.with(|countries| !countries.is_empty()));
    let chats = [("", said::ANY), ("yes", said::IN_CHAT), ("no", said::NOT_IN_CHAT)];
    let chats: Vec<_> = chats.map(|(value, name)| (value.to_owned(), name.to_owned())).to_vec();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "ArrowDown" && list.step(Move::Next) {
            event.prevent_default();
        }
    };
    view! {
        <search class="contacts__narrow">
            <div class="field">
                <label for=FIELD>{said::PAGE}</label>
                <input
                    id=FIELD
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    dir="auto"
                    maxlength=protocol::limits::SEARCH_CHARACTERS.to_string()
                    aria-keyshortcuts="/"
                    prop:value=choice.page
                    on:input:target=move |event| choice.page.set(event.target().value())
                    on:keydown=on_key
                />
            </div>
            <Show when=move || has_sites.get()>
                <Select
                    form
                    id="visitors-site"
                    label=words::desk::SITE
                    options=Signal::derive(move || site_options.get().unwrap_or_default())
                    value=choice.site
                />
            </Show>
            <Show when=move || has_countries.get()>
                <Select form id="visitors-country" label=said::COUNTRY options=country_options value=choice.country />
            </Show>
            <Select form id="visitors-chat" label=said::CHAT options=chats value=choice.chat />
        </search>
    }
}

/// What stands in the place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Awaited,
    Here,
    None { is_filling: bool },
    NoneFit,
    Failed(Failure),
}

#[component]
fn Lines(watch: Watch, list: ListHandle, spoken_to: RwSignal<Option<Visit>>) -> impl IntoView {
    let sites = SiteNames::follow();
    let may_answer = Memo::new(move |_| watch.workspace.may(Permission::AnswerVisitors));
    let failure = Memo::new(move |_| match watch.progress.get() {
        Progress::Failed(failure) => Some(failure),
        Progress::Asking | Progress::Done => None,
    });
    let state = Memo::new(move |_| {
        watch.told.with(|told| match (told, failure.get()) {
            (None, Some(failure)) => State::Failed(failure),
            (None, None) => State::Awaited,
            (Some(_), _) if !watch.rows.is_empty() => State::Here,
            (Some(_), _) if watch.choice.is_any() => State::NoneFit,
            (Some(told), _) => State::None { is_filling: told.is_filling },
        })
    });
    let counted = move || {
        watch.told.with(|told| {
            let counts = told.as_ref()?.counts;
            let line = said::counted(counts);
            Some(if watch.choice.is_any() {
                format!("{line}. {}", said::fitting(counts.fitting))
            } else {
                line
            })
        })
    };
    let is_filling = Memo::new(move |_| {
        state.get() == State::Here
            && watch.told.with(|told| told.as_ref().is_some_and(|told| told.is_filling))
    });
    let next = Memo::new(move |_| watch.told.with(|told| told.as_ref().and_then(|told| told.next)));
    let is_later = Memo::new(move |_| watch.after.get().is_some());
    let on_key = move |event: KeyboardEvent| {
        let Some(step) = Move::of_key(&event.key()) else { return };
        event.prevent_default();
        // Above the first one is the field.
        if step == Move::Previous && list.is_at_first() {
            focus(FIELD);
        } else {
            list.step(step);
        }
    };
    let let_go = move |_| {
        set_timeout(
            move || {
                watch.is_pressed.try_set(false);
            },
            AFTER_CLICK,
        );
    };
    let ends = [
        window_event_listener(leptos::ev::pointerup, let_go),
        window_event_listener(leptos::ev::pointercancel, let_go),
    ];
    on_cleanup(move || ends.into_iter().for_each(leptos::prelude::WindowListenerHandle::remove));
    view! {
        <Panel id="visitors-list" title=said::LIST>
            {move || counted().map(|line| view! { <p class="contacts__told">{line}</p> })}
            <p class="visitors__stale" role="status">
                {move || (failure.get().is_some() && state.get() == State::Here).then_some(said::STALE)}
            </p>
            {move || match state.get() {
                State::Awaited => view! { <Skeleton /> }.into_any(),
                State::Failed(failure) => view! {
                    <Failed failure on_retry=Callback::new(move |()| watch.ask()) />
                }.into_any(),
                State::NoneFit => view! {
                    <Empty shape=Shape::Search title=said::NONE_FIT.to_owned() lead=said::NONE_FIT_LEAD.to_owned() />
                }.into_any(),
                State::None { is_filling } => {
                    let lead = if is_filling { said::FILLING_LEAD } else { said::NONE_LEAD };
                    view! { <Empty shape=Shape::Eye title=said::NONE.to_owned() lead=lead.to_owned() /> }.into_any()
                }
                State::Here => view! {
                    <ul
                        node_ref=list.place()
                        class="visitors"
                        role="list"
                        aria-labelledby="visitors-list"
                        on:keydown=on_key
                        on:pointerdown=move |_| watch.is_pressed.set(true)
                    >
                        <For
                            each=move || watch.rows.each()
                            key=|(key, _)| key.clone()
                            children=move |(_, visit)| {
                                view! { <Line visit sites workspace=watch.workspace may_answer spoken_to /> }
                            }
                        />
                    </ul>
                }.into_any(),
            }}
            <Show when=move || is_filling.get()><p class="contacts__told visitors__filling">{said::FILLING}</p></Show>
            <div class="form__row">
                <Show when=move || is_later.get()>
                    <button type="button" class="button" on:click=move |_| watch.after.set(None)>{said::LATEST}</button>
                </Show>
                <Show when=move || next.get().is_some()>
                    <button type="button" class="button" on:click=move |_| watch.after.set(next.get_untracked())>
                        {said::EARLIER}
                    </button>
                </Show>
            </div>
        </Panel>
    }
}
