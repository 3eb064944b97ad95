//! Inviting somebody, and the invitations that are open.

use leptos::prelude::*;
use protocol::http::workspace::{InvitationRequest, InvitationView};
use protocol::{Code, Role};
use web_sys::SubmitEvent;

use super::people::Team;
use crate::api::workspace as api;
use crate::browser::clock::Clock;
use crate::browser::focus::focus_later;
use crate::browser::{intl, locale};
use crate::components::{Kind, Panel, Problem, Question, Saved, Select, Submit, TextField};
use crate::model::entry;
use crate::model::roles::{grantable, of_value, value};
use crate::state::form::{Blame, Check, Form};
use crate::words::team::{self, people};
use crate::words::{self};

const EMAIL: &str = "invite-email";
const ROLE: &str = "invite-role";
const INVITED: &str = "invited";
const BLAME: &[Blame] = &[
    (Code::Taken, EMAIL, people::TAKEN),
    (Code::BadField, EMAIL, words::NOT_AN_ADDRESS),
    (Code::TooLarge, EMAIL, people::FULL),
];

/// The form that invites somebody.
#[component]
pub(super) fn Invite(team: Team) -> impl IntoView {
    let form = Form::new();
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(value(Role::Agent));
    let options = Memo::new(move |_| {
        let custom = team.people.value().map(|people| people.roles).unwrap_or_default();
        let roles = team.workspace.with(|view| grantable(view.permissions, &custom)).unwrap_or_default();
        roles.into_iter().map(|role| (value(role), team::role(role, &custom))).collect::<Vec<_>>()
    });
    Effect::new(move || {
        // Who may not give the usual role begins with one that they may give.
        let first = options.with(|options| {
            let is_offered = options.iter().any(|(value, _)| role.with_untracked(|role| role == value));
            options.first().filter(|_| !is_offered).map(|(value, _)| value.clone())
        });
        if let Some(first) = first {
            role.set(first);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(EMAIL, entry::email(&email.get_untracked()), people::NO_EMAIL);
        let chosen = of_value(&role.get_untracked());
        let (Some(typed), Some(chosen), true) = (typed, chosen, form.passes(check)) else { return };
        let request = InvitationRequest { email: typed, role: chosen, language: locale::language() };
        form.send(api::invite(team.workspace.id, request), BLAME, move |invitation| {
            form.say(team::invited(&invitation.email));
            email.set(String::new());
            focus_later(EMAIL);
            put(team, invitation);
        });
    };
    view! {
        <Panel id="inviting" title=people::INVITE lead=people::INVITE_LEAD>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <div class="form__pair">
                    <TextField form id=EMAIL label=people::EMAIL kind=Kind::OTHER_EMAIL value=email />
                    <Select form id=ROLE label=people::ROLE options value=role />
                </div>
                <div class="form__row">
                    <Submit form label=people::SUBMIT busy=people::BUSY />
                    <Saved form />
                </div>
            </form>
        </Panel>
    }
}

/// Puts an invitation into the list, in the place of an older one to the same address.
fn put(team: Team, invitation: InvitationView) {
    team.people.update(|people| {
        people.invitations.retain(|known| known.id != invitation.id && known.email != invitation.email);
        people.invitations.push(invitation);
        people.invitations.sort_by(|one, other| one.email.cmp(&other.email));
    });
}

/// The open invitations.
#[component]
pub(super) fn Invitations(team: Team) -> impl IntoView {
    let form = Form::new();
    let clock = expect_context::<Clock>();
    let list = Memo::new(move |_| team.people.value().map(|people| people.invitations).unwrap_or_default());
    let resend = move |invitation: &InvitationView| {
        let request = InvitationRequest {
            email: invitation.email.clone(),
            role: invitation.role,
            language: locale::language(),
        };
        form.send(api::invite(team.workspace.id, request), &[], move |invitation| {
            form.say(team::invited(&invitation.email));
            put(team, invitation);
        });
    };
    let revoke = move |invitation: &InvitationView| {
        let id = invitation.id;
        let on_yes = Callback::new(move |dialog: Form| {
            dialog.send(api::revoke(team.workspace.id, id), &[], move |()| {
                team.confirm.close();
                team.people.update(|people| people.invitations.retain(|known| known.id != id));
                focus_later(super::people::MEMBERS);
            });
        });
        team.confirm.ask(Question {
            title: team::revoke_title(&invitation.email),
            lead: people::REVOKE_LEAD,
            action: people::REVOKE,
            on_yes,
            typed: None,
        });
    };
    let lines = move || {
        let custom = team.people.value().map(|people| people.roles).unwrap_or_default();
        list.get()
            .into_iter()
            .map(|invitation| {
                let (again, gone) = (invitation.clone(), invitation.clone());
                let InvitationView { email, role, expires_at, .. } = invitation;
                let is_over = move || clock.get() >= expires_at;
                view! {
                    <li class="row-list__row">
                        <div class="row-list__who">
                            <p class="row-list__name"><bdi>{email.clone()}</bdi></p>
                            <p class="row-list__more">
                                {team::role(role, &custom)}
                                <span class="row-list__since">
                                    {move || if is_over() {
                                        people::EXPIRED.to_owned()
                                    } else {
                                        format!("{} {}", people::EXPIRES, intl::full(expires_at))
                                    }}
                                </span>
                            </p>
                        </div>
                        <div class="row-list__actions">
                        <button type="button" class="button button--small" aria-label=team::resend_name(&email) on:click=move |_| resend(&again)>
                            {people::RESEND}
                        </button>
                        <button type="button" class="button button--small" aria-label=team::revoke_name(&email) on:click=move |_| revoke(&gone)>
                            {people::REVOKE}
                        </button>
                        </div>
                    </li>
                }
            })
            .collect_view()
    };
    let is_hidden = Memo::new(move |_| list.with(Vec::is_empty) && form.problem().is_none());
    view! {
        <div class:hidden=is_hidden>
            <Panel id=INVITED title=people::INVITED>
                <Problem form />
                <Saved form />
                <ul class="row-list" role="list" aria-labelledby=INVITED>{lines}</ul>
            </Panel>
        </div>
    }
}
