//! Everybody who has written: narrowed down, the most recently seen first.

use leptos::prelude::*;
use protocol::{Contact, Permission, VisitorIdentity};
use web_sys::KeyboardEvent;

use super::super::settings::Guarded;
use super::export::Export;
use super::listed::Listed;
use super::sites::SiteNames;
use crate::api::Failure;
use crate::browser::focus::focus;
use crate::browser::intl;
use crate::browser::keys::Keys;
use crate::components::{
    Avatar, Called, Empty, Failed, Icon, ListHandle, PageHead, Panel, Select, Shape, Since, Skeleton, Vouched,
};
use crate::model::page::{Page, Section};
use crate::model::roving::Move;
use crate::model::shortcut::Shortcut;
use crate::model::visitor_name::VisitorName;
use crate::state::contacts::ContactChoice;
use crate::state::form::Form;
use crate::state::search::Progress;
use crate::state::workspace::Workspace;
use crate::words::{self, contacts as said, team};

/// The id of the field.
const FIELD: &str = "contacts-search";

/// The page.
#[component]
pub(crate) fn ContactsPage() -> impl IntoView {
    view! { <Guarded section=Section::Contacts><Contacts /></Guarded> }
}

#[component]
fn Contacts() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let choice = expect_context::<ContactChoice>();
    let listed = Listed::follow(choice);
    let list = ListHandle::new();
    let may_export = Memo::new(move |_| workspace.may(Permission::ExportContacts));
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
    view! {
        <PageHead title=team::section(Section::Contacts) lead=said::LEAD>
            {move || may_export.get().then(|| view! { <Export choice /> })}
        </PageHead>
        <Narrow choice list />
        <Lines listed list />
    }
}

/// What can be chosen.
#[component]
fn Narrow(choice: ContactChoice, list: ListHandle) -> impl IntoView {
    let form = Form::new();
    let sites = SiteNames::follow();
    let site_options = Memo::new(move |_| {
        let all = (String::new(), words::desk::ALL_SITES.to_owned());
        let sites = sites.several()?;
        Some(
            core::iter::once(all).chain(sites.into_iter().map(|(id, name)| (id.to_string(), name))).collect(),
        )
    });
    let has_sites = Memo::new(move |_| site_options.with(Option::is_some));
    let options = said::ACQUAINTANCES.map(|(_, value, name)| (value.to_owned(), name.to_owned())).to_vec();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "ArrowDown" && list.step(Move::Next) {
            event.prevent_default();
        }
    };
    view! {
        <search class="contacts__narrow">
            <div class="field contacts__search">
                <label for=FIELD>{said::SEARCH}</label>
                <input
                    id=FIELD
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    dir="auto"
                    maxlength=protocol::limits::SEARCH_CHARACTERS.to_string()
                    aria-keyshortcuts="/"
                    prop:value=choice.text
                    on:input:target=move |event| choice.text.set(event.target().value())
                    on:keydown=on_key
                />
            </div>
            <Show when=move || has_sites.get()>
                <Select
                    form
                    id="contacts-site"
                    label=words::desk::SITE
                    options=Signal::derive(move || site_options.get().unwrap_or_default())
                    value=choice.site
                />
            </Show>
            <Select form id="contacts-known" label=said::KNOWN options value=choice.acquaintance />
        </search>
    }
}

#[component]
fn Lines(listed: Listed, list: ListHandle) -> impl IntoView {
    let Listed { contacts, next, progress, choice, .. } = listed;
    let sites = SiteNames::follow();
    let count = Memo::new(move |_| contacts.with(Vec::len));
    let is_more = Memo::new(move |_| next.with(Option::is_some));
    let is_asking = Memo::new(move |_| progress.get() == Progress::Asking);
    let failure = Memo::new(move |_| match progress.get() {
        Progress::Failed(failure) => Some(failure),
        Progress::Asking | Progress::Done => None,
    });
    let told = move || match (progress.get(), count.get()) {
        (Progress::Done, 0) => said::NONE_FIT.to_owned(),
        (Progress::Done, count) => said::listed(count, is_more.get()),
        (Progress::Asking | Progress::Failed(_), _) => String::new(),
    };
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
    let state = Memo::new(move |_| match (count.get(), is_asking.get(), failure.get()) {
        (_, _, Some(failure)) => State::Failed(failure),
        (0, true, None) => State::Awaited,
        (0, false, None) if choice.is_any() => State::NoneFit,
        (0, false, None) => State::None,
        (_, _, None) => State::Here,
    });
    view! {
        <Panel id="contacts-list" title=said::LIST>
            <p class="contacts__told" class:visually-hidden=move || count.get() == 0 role="status">{told}</p>
            {move || match state.get() {
                State::Awaited => view! { <Skeleton /> }.into_any(),
                State::Failed(failure) => view! {
                    <Failed failure on_retry=Callback::new(move |()| listed.ask_again()) />
                }.into_any(),
                State::NoneFit => view! {
                    <Empty shape=Shape::Search title=said::NONE_FIT.to_owned() lead=said::NONE_FIT_LEAD.to_owned() />
                }.into_any(),
                State::None => view! {
                    <Empty shape=Shape::Contact title=said::NONE.to_owned() lead=said::NONE_LEAD.to_owned() />
                }.into_any(),
                State::Here => view! {
                    <ul
                        node_ref=list.place()
                        class="contacts"
                        role="list"
                        aria-labelledby="contacts-list"
                        aria-busy=move || is_asking.get().to_string()
                        on:keydown=on_key
                    >
                        <For each=move || contacts.get() key=|contact| (contact.visitor, contact.last_seen_at) let:contact>
                            <Line contact sites workspace=listed.workspace />
                        </For>
                    </ul>
                }.into_any(),
            }}
            <Show when=move || is_more.get() && failure.get().is_none()>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || is_asking.get().then_some("true")
                    on:click=move |_| if !is_asking.get_untracked() { listed.ask_more() }
                >
                    {move || if is_asking.get() { words::LOADING } else { words::list::MORE }}
                </button>
            </Show>
        </Panel>
    }
}

/// What stands in the place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Awaited,
    Here,
    None,
    NoneFit,
    Failed(Failure),
}

/// A contact, which leads to what was talked about.
#[component]
fn Line(contact: Contact, sites: SiteNames, workspace: Workspace) -> impl IntoView {
    let Contact { visitor, site, identity, first_seen_at, last_seen_at, conversations } = contact;
    let name = VisitorName::of(visitor, identity.as_ref());
    let VisitorIdentity { email, .. } = identity.unwrap_or_default();
    let since = said::first_seen(&intl::date_of(first_seen_at));
    view! {
        <li>
            <a class="contact" href=Page::Contact(workspace.id, visitor).href() data-row>
                <Avatar letters=name.initials() tint=name.tint />
                <span class="contact__who">
                    <span class="contact__name"><Called visitor=Some(name) /></span>
                    {email.map(|stated| view! { <span class="contact__email"><Vouched stated /></span> })}
                </span>
                <span class="contact__more">
                    <span>{said::conversations(conversations)}</span>
                    {move || sites.name(site).map(|name| view! { <bdi>{name}</bdi> })}
                    <span>{since}</span>
                </span>
                <span class="contact__seen"><Since at=Signal::stored(last_seen_at) /></span>
                <Icon shape=Shape::Forth />
            </a>
        </li>
    }
}
