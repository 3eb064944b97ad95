//! One site: its parts under tabs that are links, since each has an address.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::SiteId;
use protocol::http::site::{SiteList, SiteView};

use super::frame::Guarded;
use super::site_hours::Hours;
use super::site_identity::Identity;
use super::site_install::Install;
use super::site_look::LookPage;
use super::site_proactive::Proactive;
use super::site_questions::Questions;
use super::site_settings::SiteSettingsPage;
use super::site_visits::Visits;
use crate::api::sites as api;
use crate::components::{Awaited, Empty, Icon, PageHead, Shape, Steps};
use crate::model::page::{Page, Section, SitePart};
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{hours, look, proactive, questions, sites, visitors};

/// The site on screen: all parts share what the server said of it.
#[derive(Clone, Copy)]
pub(super) struct OpenSite {
    /// Which workspace.
    pub(super) workspace: Workspace,
    /// Which site.
    pub(super) id: SiteId,
    list: Loaded<SiteList>,
}

impl OpenSite {
    /// The site, tracked; `None` where there is none.
    pub(super) fn view(self) -> Option<SiteView> {
        self.list.value().and_then(|list| list.sites.into_iter().find(|site| site.id == self.id))
    }

    /// The site, untracked.
    pub(super) fn view_untracked(self) -> Option<SiteView> {
        self.list.value_untracked().and_then(|list| list.sites.into_iter().find(|site| site.id == self.id))
    }

    /// Takes what the server said of it.
    pub(super) fn put(self, site: SiteView) {
        self.list.update(|list| {
            for known in list.sites.iter_mut().filter(|known| known.id == site.id) {
                *known = site.clone();
            }
        });
    }

    /// Asks the server again.
    pub(super) fn refresh(self) {
        self.list.ask(api::list(self.workspace.id));
    }
}

/// Reads the address; another site is another page.
#[component]
pub(crate) fn SitePage() -> impl IntoView {
    view! { <Guarded section=Section::Sites><Addressed /></Guarded> }
}

#[component]
fn Addressed() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("site")).and_then(|id| id.parse::<SiteId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Site id /> }.into_any(),
        None => view! { <Missing /> }.into_any(),
    }
}

#[component]
fn Missing() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <Empty shape=Shape::Globe title=sites::MISSING_TITLE.to_owned() lead=sites::MISSING_LEAD.to_owned() heading=true>
            <a class="button" href=Page::Settings(workspace.id, Section::Sites).href()>{sites::ALL}</a>
        </Empty>
    }
}

#[component]
fn Site(id: SiteId) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let params = use_params_map();
    let site = OpenSite { workspace, id, list: Loaded::new() };
    site.refresh();
    let is_there = Memo::new(move |_| site.view().is_some());
    let part = Memo::new(move |_| {
        let wanted = params.with(|params| params.get("part")).unwrap_or_default();
        SitePart::EVERY.into_iter().find(|part| part.segment() == wanted)
    });
    view! {
        <Awaited value=site.list on_retry=Callback::new(move |()| site.refresh())>
            {move || match part.get() {
                Some(part) if is_there.get() => view! { <Part site part /> }.into_any(),
                Some(_) | None => view! { <Missing /> }.into_any(),
            }}
        </Awaited>
    }
}

#[component]
fn Part(site: OpenSite, part: SitePart) -> impl IntoView {
    let name = Memo::new(move |_| site.view().map(|site| site.settings.config.name).unwrap_or_default());
    let workspace = site.workspace;
    let is_first = use_query_map().with_untracked(|query| query.get("first").is_some());
    let tabs = SitePart::EVERY.map(|other| {
        view! {
            <li>
                <a
                    class="subnav__link"
                    href=Page::Site(workspace.id, site.id, other).href()
                    aria-current=(other == part).then_some("page")
                >
                    {sites::part(other)}
                </a>
            </li>
        }
    });
    let (lead, body) = match part {
        SitePart::Settings => (sites::SETTINGS_LEAD, view! { <SiteSettingsPage site /> }.into_any()),
        SitePart::Install => (sites::INSTALL_LEAD, view! { <Install site /> }.into_any()),
        SitePart::Identity => (sites::IDENTITY_LEAD, view! { <Identity site /> }.into_any()),
        SitePart::Hours => (hours::LEAD, view! { <Hours site /> }.into_any()),
        SitePart::Questions => (questions::LEAD, view! { <Questions site /> }.into_any()),
        SitePart::Proactive => (proactive::LEAD, view! { <Proactive site /> }.into_any()),
        SitePart::Visits => (visitors::SITE_LEAD, view! { <Visits site /> }.into_any()),
        SitePart::Look => (look::LEAD, view! { <LookPage site /> }.into_any()),
    };
    view! {
        {is_first.then(|| view! { <Steps current=3 /> })}
        <p class="crumb">
            <a href=Page::Settings(workspace.id, Section::Sites).href()><Icon shape=Shape::Back />{sites::ALL}</a>
        </p>
        <PageHead title=name lead />
        <nav class="subnav" aria-label=sites::TABS><ul role="list">{tabs.collect_view()}</ul></nav>
        {body}
        {is_first.then(|| view! {
            <p class="page__end">
                <a class="button button--primary" href=Page::Workspace(workspace.id).href()>{sites::DONE}</a>
            </p>
        })}
    }
}
