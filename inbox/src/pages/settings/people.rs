//! Who belongs to the workspace, and who is invited.

use leptos::prelude::*;
use protocol::http::workspace::People as PeopleList;
use protocol::{AgentId, Permission, Role};

use super::invitations::{Invitations, Invite};
use crate::api::workspace as api;
use crate::browser::focus::focus_later;
use crate::browser::intl;
use crate::components::{
    Avatar, Awaited, Confirm, ConfirmDialog, PageHead, Panel, Problem, Question, Saved, face,
};
use crate::model::initials::initials;
use crate::model::page::Section;
use crate::model::people::{PersonRow, rows};
use crate::model::roles::{of_value, value};
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::team::{self, people};

/// The id of the heading of the list.
pub(super) const MEMBERS: &str = "members";

/// The list of people, with what can be done to each.
#[derive(Clone, Copy)]
pub(super) struct Team {
    /// Which workspace.
    pub(super) workspace: Workspace,
    /// Everybody.
    pub(super) people: Loaded<PeopleList>,
    /// Asks before something is destroyed.
    pub(super) confirm: Confirm,
}

impl Team {
    /// Asks the server who belongs to it.
    pub(super) fn refresh(self) {
        self.people.ask(api::people(self.workspace.id));
    }
}

/// The page.
#[component]
pub(crate) fn People() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let team = Team { workspace, people: Loaded::new(), confirm: Confirm::new() };
    team.refresh();
    let manages = Memo::new(move |_| workspace.may(Permission::ManagePeople));
    view! {
        <PageHead title=team::section(Section::People) lead=people::LEAD />
        <Awaited value=team.people on_retry=Callback::new(move |()| team.refresh())>
            {move || manages.get().then(|| view! { <Invite team /> })}
            <Members team />
            {move || manages.get().then(|| view! { <Invitations team /> })}
        </Awaited>
        <ConfirmDialog confirm=team.confirm />
    }
}

#[component]
fn Members(team: Team) -> impl IntoView {
    let form = Form::new();
    let list = Memo::new(move |_| {
        let people = team.people.value()?;
        team.workspace.with(|view| rows(&people, view))
    });
    let remove = move |id: AgentId, name: String| {
        let on_yes = {
            let name = name.clone();
            Callback::new(move |dialog: Form| {
                let said = team::removed(&name);
                dialog.send(api::remove(team.workspace.id, id), &[], move |()| {
                    team.confirm.close();
                    team.people.update(|people| people.agents.retain(|person| person.agent.id != id));
                    form.say(said);
                    focus_later(MEMBERS);
                });
            })
        };
        team.confirm.ask(Question {
            title: team::remove_title(&name),
            lead: people::REMOVE_LEAD,
            action: people::REMOVE,
            on_yes,
            typed: None,
        });
    };
    let change = move |id: AgentId, name: String, role: Role| {
        let custom = team.people.value_untracked().map(|people| people.roles).unwrap_or_default();
        let said = team::role_saved(&name, &team::role(role, &custom));
        form.send(api::change_role(team.workspace.id, id, role), &[], move |()| {
            team.people.update(|people| {
                for person in people.agents.iter_mut().filter(|person| person.agent.id == id) {
                    person.role = role;
                }
            });
            form.say(said);
        });
    };
    let lines = move || {
        let custom = team.people.value().map(|people| people.roles).unwrap_or_default();
        let rows = list.get().unwrap_or_default();
        rows.into_iter()
            .map(|row| {
                let PersonRow { id, name, email, role, joined_at, is_me, choices, can_remove } = row;
                let role_name = team::role(role, &custom);
                let options = choices
                    .iter()
                    .map(|choice| (value(*choice), team::role(*choice, &custom)))
                    .chain((!choices.contains(&role)).then(|| (value(role), role_name.clone())));
                let options = options
                    .map(|(value, name)| (value.clone(), name, value == self::value(role)))
                    .map(|(value, name, selected)| view! { <option value=value selected=selected>{name}</option> })
                    .collect_view();
                let (changed, removed) = (name.clone(), name.clone());
                let role_part = if choices.is_empty() {
                    view! { <span class="row-list__fact">{role_name}</span> }.into_any()
                } else {
                    view! {
                        <select
                            class="select--small"
                            aria-label=team::role_of(&name)
                            on:change:target=move |event| {
                                if let Some(role) = of_value(&event.target().value()) {
                                    change(id, changed.clone(), role);
                                }
                            }
                        >
                            {options}
                        </select>
                    }
                    .into_any()
                };
                view! {
                    <li class="row-list__row">
                        <Avatar letters=initials(&name) tint=0 picture=face(id) />
                        <div class="row-list__who">
                            <p class="row-list__name">
                                <bdi>{name.clone()}</bdi>
                                {is_me.then(|| view! { <span class="tag">{people::YOU}</span> })}
                            </p>
                            <p class="row-list__more">
                                <bdi>{email}</bdi>
                                <span class="row-list__since">{people::JOINED}" "{intl::date_of(joined_at)}</span>
                            </p>
                        </div>
                        <div class="row-list__actions">
                        {role_part}
                        {can_remove.then(|| view! {
                            <button
                                type="button"
                                class="button button--small"
                                aria-label=team::remove_name(&name)
                                on:click=move |_| remove(id, removed.clone())
                            >
                                {people::REMOVE}
                            </button>
                        })}
                        </div>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Panel id=MEMBERS title=people::MEMBERS>
            <Problem form />
            <Saved form />
            <ul class="row-list" role="list" aria-labelledby=MEMBERS>{lines}</ul>
        </Panel>
    }
}
