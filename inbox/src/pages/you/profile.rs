//! What others see of the person, and in which language and time they live.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::Profile;
use web_sys::SubmitEvent;

use super::density::Densities;
use super::picture::Picture;
use crate::api::account as api;
use crate::browser::locale;
use crate::components::{Kind, PageHead, Panel, Problem, Saved, Select, Submit, TextField};
use crate::model::page::AccountPart;
use crate::model::{entry, language};
use crate::state::account::Account;
use crate::state::form::{Blame, Check, Form};
use crate::words::{team, you};

const NAME: &str = "profile-name";
const LANGUAGE: &str = "profile-language";
const TIME_ZONE: &str = "profile-time-zone";
const BLAME: &[Blame] = &[(Code::BadField, NAME, you::NO_NAME)];

/// The page.
#[component]
pub(crate) fn ProfilePage() -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let known = account.me_untracked().map(|me| me.profile);
    let (name, tongue, zone) = known.map_or_else(
        || (String::new(), locale::language(), String::new()),
        |profile| (profile.name, profile.language, profile.time_zone),
    );
    let zones = zones(&zone);
    let (name, zone) = (RwSignal::new(name), RwSignal::new(zone));
    let tongue = RwSignal::new(language::tag(tongue).to_owned());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(NAME, entry::name(&name.get_untracked()), you::NO_NAME);
        let (Some(name), true) = (typed, form.passes(check)) else { return };
        let profile = Profile {
            name,
            language: language::of_tag(&tongue.get_untracked()),
            time_zone: zone.get_untracked(),
        };
        form.send(api::set_profile(profile), BLAME, move |me| {
            account.put(me);
            form.say(team::SAVED);
        });
    };
    let languages: Vec<_> =
        language::EVERY.iter().map(|(_, tag, name)| ((*tag).to_owned(), (*name).to_owned())).collect();
    view! {
        <PageHead title=you::part(AccountPart::Profile) lead=you::LEAD_PROFILE />
        <Picture />
        <Panel id="profile" title=you::PROFILE>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <TextField form id=NAME label=you::NAME kind=Kind::OWN_NAME value=name />
                <Select form id=LANGUAGE label=you::LANGUAGE options=languages value=tongue hint=you::LANGUAGE_HINT />
                <Select form id=TIME_ZONE label=you::TIME_ZONE options=zones value=zone />
                <div class="form__row">
                    <Submit form label=you::SAVE busy=you::SAVING />
                    <Saved form />
                </div>
            </form>
        </Panel>
        <Densities />
    }
}

/// Every zone, with the person's own even where the browser does not list it.
fn zones(own: &str) -> Vec<(String, String)> {
    let mut zones = locale::time_zones();
    for zone in [own.to_owned(), locale::time_zone()] {
        if !zone.is_empty() && !zones.contains(&zone) {
            zones.insert(0, zone);
        }
    }
    let shown = |zone: String| {
        let name = zone.replace('_', " ");
        (zone, name)
    };
    [(String::new(), you::NO_TIME_ZONE.to_owned())].into_iter().chain(zones.into_iter().map(shown)).collect()
}
