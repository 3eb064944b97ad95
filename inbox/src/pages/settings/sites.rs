//! The sites of a workspace.

use leptos::prelude::*;
use protocol::http::site::SiteList;

use super::frame::Guarded;
use crate::api::sites as api;
use crate::components::{Awaited, Empty, Icon, PageHead, Panel, Shape};
use crate::model::page::{Page, Section, SitePart};
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{sites, team};

/// The page.
#[component]
pub(crate) fn Sites() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::Sites) lead=sites::LEAD />
        <Guarded section=Section::Sites><List /></Guarded>
    }
}

#[component]
fn List() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let list = Loaded::<SiteList>::new();
    let ask = move || list.ask(api::list(workspace.id));
    ask();
    let new_site = move || {
        view! {
            <a class="button button--primary" href=Page::NewSite(workspace.id).href()>
                <Icon shape=Shape::Plus />
                {sites::NEW}
            </a>
        }
    };
    let lines = move || {
        let known = list.value().map(|list| list.sites).unwrap_or_default();
        if known.is_empty() {
            return view! {
                <Empty shape=Shape::Globe title=sites::NONE_TITLE.to_owned() lead=sites::NONE_LEAD.to_owned()>
                    {new_site()}
                </Empty>
            }
            .into_any();
        }
        let lines = known.into_iter().map(|site| {
            let origins = site.settings.allowed_origins.join(" · ");
            view! {
                <li>
                    <a class="link-card" href=Page::Site(workspace.id, site.id, SitePart::Settings).href()>
                        <span class="link-card__swatch" aria-hidden="true" style:background-color=site.settings.config.accent></span>
                        <span class="link-card__text">
                            <bdi class="link-card__name">{site.settings.config.name}</bdi>
                            <span class="link-card__more">{if origins.is_empty() { sites::NO_ORIGINS.to_owned() } else { origins }}</span>
                        </span>
                        <Icon shape=Shape::Forth />
                    </a>
                </li>
            }
        });
        view! {
            <ul class="link-cards" role="list" aria-labelledby="site-list">{lines.collect_view()}</ul>
            {new_site()}
        }
        .into_any()
    };
    view! {
        <Panel id="site-list" title=sites::ALL>
            <Awaited value=list on_retry=Callback::new(move |()| ask())>{lines}</Awaited>
        </Panel>
    }
}
