//! One contact: who they are, as far as anybody said so, and what was talked about.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use protocol::http::contact::ContactView;
use protocol::{AgentId, Contact, IndexEntry, VisitorId, VisitorIdentity};

use super::super::settings::Guarded;
use super::sites::SiteNames;
use crate::api::contacts as api;
use crate::browser::intl;
use crate::browser::keys::Keys;
use crate::components::{Awaited, Empty, Icon, PageHead, Panel, Shape, Since, Vouched};
use crate::model::list_row::ListRow;
use crate::model::page::{Page, Section};
use crate::model::shortcut::Shortcut;
use crate::model::visitor_name::VisitorName;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{self, contacts as said, desk};

/// Reads the address; another contact is another page.
#[component]
pub(crate) fn ContactPage() -> impl IntoView {
    view! { <Guarded section=Section::Contacts><Addressed /></Guarded> }
}

#[component]
fn Addressed() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("contact")).and_then(|id| id.parse::<VisitorId>().ok())
    });
    move || match id.get() {
        Some(id) => view! { <Known id /> }.into_any(),
        None => view! { <Missing /> }.into_any(),
    }
}

#[component]
fn Missing() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <Empty shape=Shape::Contact title=said::MISSING.to_owned() lead=said::MISSING_LEAD.to_owned() heading=true>
            <a class="button" href=Page::Settings(workspace.id, Section::Contacts).href()>{said::ALL}</a>
        </Empty>
    }
}

#[component]
fn Known(id: VisitorId) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let navigate = use_navigate();
    expect_context::<Keys>().hear(move |shortcut| {
        let is_back = shortcut == Shortcut::Back;
        if is_back {
            navigate(&Page::Settings(workspace.id, Section::Contacts).path(), NavigateOptions::default());
        }
        is_back
    });
    let contact = Loaded::<Option<ContactView>>::new();
    let ask = move || contact.ask(api::look(workspace.id, id));
    ask();
    view! {
        <Awaited value=contact on_retry=Callback::new(move |()| ask())>
            {move || match contact.value().flatten() {
                Some(ContactView { contact, conversations }) => view! { <Shown contact conversations /> }.into_any(),
                None => view! { <Missing /> }.into_any(),
            }}
        </Awaited>
    }
}

#[component]
fn Shown(contact: Contact, conversations: Vec<IndexEntry>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let me = workspace.view_untracked().map(|view| view.me.id);
    let name = words::visitor_in_words(&VisitorName::of(contact.visitor, contact.identity.as_ref()));
    let lead = said::lead(contact.identity.as_ref());
    let sites = SiteNames::follow();
    let lines =
        conversations.into_iter().map(|entry| view! { <Talk entry me workspace sites /> }).collect_view();
    view! {
        <p class="crumb">
            <a href=Page::Settings(workspace.id, Section::Contacts).href()><Icon shape=Shape::Back />{said::ALL}</a>
        </p>
        <PageHead title=name lead />
        <Panel id="contact-known" title=said::KNOWN_TITLE><Facts contact sites /></Panel>
        <Panel id="contact-talks" title=said::CONVERSATIONS>
            <ul class="link-cards" role="list" aria-labelledby="contact-talks">{lines}</ul>
        </Panel>
    }
}

/// What is known of them. What nobody said stands there as such, so that it is not looked for elsewhere.
#[component]
fn Facts(contact: Contact, sites: SiteNames) -> impl IntoView {
    let Contact { site, identity, first_seen_at, last_seen_at, .. } = contact;
    let VisitorIdentity { user, name, email } = identity.unwrap_or_default();
    let said_of_them = [(said::NAME, name), (words::details::EMAIL, email)].map(|(label, stated)| {
        view! {
            <div class="fact">
                <dt>{label}</dt>
                <dd>{match stated {
                    Some(stated) => view! { <Vouched stated /> }.into_any(),
                    None => view! { <span class="fact__absent">{said::NOT_SAID}</span> }.into_any(),
                }}</dd>
            </div>
        }
    });
    view! {
        <dl class="contact-facts">
            {said_of_them.into_iter().collect_view()}
            {user.map(|user| view! {
                <div class="fact"><dt>{words::details::USER}</dt><dd><bdi class="fact__address">{user}</bdi></dd></div>
            })}
            {move || sites.name(site).map(|name| view! {
                <div class="fact"><dt>{desk::SITE}</dt><dd><bdi>{name}</bdi></dd></div>
            })}
            <div class="fact">
                <dt>{said::FIRST_SEEN}</dt>
                <dd><time datetime=intl::machine(first_seen_at)>{intl::full(first_seen_at)}</time></dd>
            </div>
            <div class="fact">
                <dt>{words::details::ACTIVE}</dt>
                <dd><Since at=Signal::stored(last_seen_at) in_words=true /></dd>
            </div>
        </dl>
    }
}

/// A conversation, which opens where it is always read.
#[component]
fn Talk(entry: IndexEntry, me: Option<AgentId>, workspace: Workspace, sites: SiteNames) -> impl IntoView {
    let (site, began_at) = (entry.site, entry.began_at);
    let ListRow { conversation, preview, active_at, status, .. } = ListRow::of(&entry, me);
    let text = match preview {
        None => view! { <em>{words::list::NO_MESSAGE}</em> }.into_any(),
        Some(preview) => {
            let by = words::preview_by(&preview.by).map(|by| view! { <span class="row__by">{by}" "</span> });
            let text = if preview.text.is_empty() { words::thread::DELETED.to_owned() } else { preview.text };
            view! { {by}{text} }.into_any()
        }
    };
    let state = desk::laid_aside(status).unwrap_or(said::OPEN);
    view! {
        <li>
            <a class="link-card" href=Page::Conversation(workspace.id, conversation).href()>
                <span class="link-card__text">
                    <span class="contact__said" dir="auto">{text}</span>
                    <span class="link-card__more contact__more">
                        <span>{state}</span>
                        {move || sites.name(site).map(|name| view! { <bdi>{name}</bdi> })}
                        <span>{said::began(&intl::date_of(began_at))}</span>
                    </span>
                </span>
                <Since at=Signal::stored(active_at) />
                <Icon shape=Shape::Forth />
            </a>
        </li>
    }
}
