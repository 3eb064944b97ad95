//! What to paste where, and whether it stands there.

use leptos::prelude::*;
use protocol::http::pinned::PinnedScript;
use protocol::http::site::{InstallFinding, InstallReport};
use web_sys::SubmitEvent;

use super::site::OpenSite;
use crate::api::sites as api;
use crate::components::{Awaited, CodeBlock, Icon, Kind, Panel, Problem, Shape, Submit, TextField};
use crate::components::{Tab, Tabs, tab_id};
use crate::model::entry;
use crate::state::form::{Check, Form};
use crate::state::loaded::Loaded;
use crate::words::install::{Platform, pinned_tag, policy};
use crate::words::sites;

const PANEL: &str = "platform";
const ADDRESS: &str = "check-address";

/// The part.
#[component]
pub(super) fn Install(site: OpenSite) -> impl IntoView {
    let host = window().location().origin().unwrap_or_default();
    let key = Memo::new(move |_| {
        site.view().and_then(|site| site.keys.first().map(|key| key.key.to_string())).unwrap_or_default()
    });
    let chosen = RwSignal::new(0_usize);
    let tabs = Platform::EVERY.iter().map(|platform| Tab { label: platform.name(), key: None }).collect();
    let guide = {
        let host = host.clone();
        Memo::new(move |_| {
            let platform = Platform::EVERY.get(chosen.get()).copied().unwrap_or(Platform::Html);
            platform.guide(&host, &key.get())
        })
    };
    let (lines, pinned_host) = (policy(&host), host);
    view! {
        <Panel id="install-tag" title=sites::PLATFORMS>
            <Tabs
                name=sites::PLATFORMS
                look="tabs--wrap"
                tabs
                panel=PANEL
                chosen
                on_choose=Callback::new(move |index| chosen.set(index))
            />
            <div role="tabpanel" id=PANEL aria-labelledby=move || tab_id(PANEL, chosen.get())>
                <p class="panel__lead">{move || guide.get().place}</p>
                <CodeBlock text=Signal::derive(move || guide.get().paste) label=sites::PASTE />
                {move || guide.get().note.map(|note| view! { <p class="panel__note">{note}</p> })}
            </div>
        </Panel>
        <Panel id="install-policy" title=sites::POLICY lead=sites::POLICY_LEAD>
            <CodeBlock text=lines label=sites::PASTE />
        </Panel>
        <CheckPage site />
        <Pinned host=pinned_host key />
    }
}

/// The tag of a version that stays as it is.
#[component]
fn Pinned(host: String, key: Memo<String>) -> impl IntoView {
    let script = Loaded::<PinnedScript>::new();
    let ask = move || script.ask(api::pinned_script());
    ask();
    let tag = Signal::derive(move || {
        script.value().map(|script| pinned_tag(&host, &key.get(), &script)).unwrap_or_default()
    });
    view! {
        <Panel id="install-pinned" title=sites::PINNED lead=sites::PINNED_LEAD>
            <Awaited value=script on_retry=Callback::new(move |()| ask())>
                <CodeBlock text=tag label=sites::PASTE />
                <p class="panel__note">{sites::PINNED_NOTE}</p>
            </Awaited>
        </Panel>
    }
}

#[component]
fn CheckPage(site: OpenSite) -> impl IntoView {
    let form = Form::new();
    let address = RwSignal::new(String::new());
    let found = RwSignal::new(None::<InstallFinding>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(ADDRESS, entry::password(address.get_untracked().trim()), sites::NO_ADDRESS);
        let (Some(typed), true) = (typed, form.passes(check)) else { return };
        let typed = if typed.contains("://") { typed } else { format!("https://{typed}") };
        found.set(None);
        let request = api::check(site.workspace.id, site.id, typed);
        form.send(request, &[], move |report: InstallReport| found.set(Some(report.finding)));
    };
    view! {
        <Panel id="install-check" title=sites::CHECK lead=sites::CHECK_LEAD>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <div class="form__with-button">
                    <TextField form id=ADDRESS label=sites::CHECK_ADDRESS kind=Kind::URL value=address />
                    <Submit form label=sites::CHECK_SUBMIT busy=sites::CHECKING />
                </div>
                <div role="status" class="finding-place">
                    {move || found.get().map(|finding| view! { <Finding finding /> })}
                </div>
            </form>
        </Panel>
    }
}

#[component]
fn Finding(finding: InstallFinding) -> impl IntoView {
    let (title, lead) = sites::finding(finding);
    let is_good = finding == InstallFinding::Good;
    view! {
        <div class="finding" class:finding--good=is_good>
            <Icon shape=if is_good { Shape::Check } else { Shape::Warning } />
            <div>
                <p class="finding__title">{title}</p>
                <p>{lead}</p>
            </div>
        </div>
    }
}
