//! The teams: what they are called, and who is in them.

use leptos::prelude::*;
use protocol::http::assignment::Assignments;
use protocol::http::team::TeamList;
use protocol::{AgentId, AgentProfile, Permission, Team};

use super::assignments::AssignmentsPanel;
use super::frame::Guarded;
use super::team_editor::TeamEditor;
use crate::api::{teams as api, workspace};
use crate::browser::focus::focus_later;
use crate::components::{
    Awaited, Confirm, ConfirmDialog, Icon, Modal, PageHead, Panel, Question, Saved, Shape,
};
use crate::model::page::Section;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{team, teams as words};

const PANEL: &str = "teams";

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    /// The teams.
    pub(super) teams: Vec<Team>,
    /// Who can be in them.
    pub(super) people: Vec<AgentProfile>,
    /// How conversations are given to them.
    pub(super) assignments: Assignments,
}

impl Known {
    /// Takes up a team as it is by now.
    pub(super) fn keep(&mut self, team: Team) {
        self.teams.retain(|known| known.id != team.id);
        self.teams.push(team);
        self.teams.sort_by_key(|team| team.name.to_lowercase());
    }

    fn names(&self, members: &[AgentId]) -> String {
        let people = self.people.iter().filter(|person| members.contains(&person.id));
        people.map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// The page.
#[component]
pub(crate) fn TeamsPage() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::Teams) lead=words::LEAD />
        <Guarded section=Section::Teams><List /></Guarded>
    }
}

#[component]
fn List() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let known = Loaded::<Known>::new();
    let ask = move || {
        known.ask(async move {
            let TeamList { teams } = api::list(workspace.id).await?;
            let people = workspace::people(workspace.id).await?;
            let assignments = api::assignments(workspace.id).await?;
            let people = people.agents.into_iter().map(|person| person.agent).collect();
            Ok(Known { teams, people, assignments })
        });
    };
    ask();
    let (confirm, form) = (Confirm::new(), Form::new());
    // Without a team, a new one.
    let editing = RwSignal::new(None::<Option<Team>>);
    let manages = Memo::new(move |_| workspace.may(Permission::ManagePeople));
    let remove = move |team: &Team| {
        let id = team.id;
        let on_yes = Callback::new(move |dialog: Form| {
            dialog.send(api::remove(workspace.id, id), &[], move |()| {
                confirm.close();
                known.update(|known| known.teams.retain(|team| team.id != id));
                focus_later(PANEL);
            });
        });
        confirm.ask(Question {
            title: words::remove_title(&team.name),
            lead: words::REMOVE_LEAD,
            action: words::REMOVE,
            on_yes,
            typed: None,
        });
    };
    let all = Memo::new(move |_| {
        let known = known.value()?;
        Some(known.teams.iter().map(|team| (team.clone(), known.names(&team.members))).collect::<Vec<_>>())
    });
    let all = move || all.get().unwrap_or_default();
    let lines = move || {
        let can = manages.get();
        all().into_iter().map(|(team, names)| view! { <Line team names can editing remove /> }).collect_view()
    };
    let title = move || match editing.get().flatten() {
        Some(team) => words::button(words::EDIT, &team.name),
        None => words::NEW.to_owned(),
    };
    view! {
        <Awaited value=known on_retry=Callback::new(move |()| ask())>
            <Panel id=PANEL title=team::section(Section::Teams)>
                <Saved form />
                {move || all().is_empty().then(|| view! { <p class="panel__note">{words::NONE}</p> })}
                <ul class="row-list" role="list" aria-labelledby=PANEL class:hidden=move || all().is_empty()>{lines}</ul>
                {move || manages.get().then(|| view! {
                    <button type="button" class="button" on:click=move |_| { form.clear(); editing.set(Some(None)) }>
                        <Icon shape=Shape::Plus />
                        {words::NEW}
                    </button>
                })}
            </Panel>
            <AssignmentsPanel workspace known manages />
        </Awaited>
        <ConfirmDialog confirm />
        <Modal
            id="team"
            shown=Signal::derive(move || editing.with(Option::is_some))
            on_close=Callback::new(move |()| editing.set(None))
            title
        >
            {move || editing.get().map(|team| view! { <TeamEditor workspace=workspace.id known editing team said=form /> })}
        </Modal>
    }
}

#[component]
fn Line(
    team: Team,
    /// Of those who are in it.
    names: String,
    can: bool,
    editing: RwSignal<Option<Option<Team>>>,
    remove: impl Fn(&Team) + Copy + Send + 'static,
) -> impl IntoView {
    let (edited, removed, name) = (team.clone(), team.clone(), team.name);
    let names = if names.is_empty() { words::NOBODY.to_owned() } else { names };
    view! {
        <li class="row-list__row">
            <div class="row-list__who">
                <p class="row-list__name"><bdi>{name.clone()}</bdi></p>
                <p class="row-list__more" dir="auto">{names}</p>
            </div>
            {can.then(|| view! {
                <div class="row-list__actions">
                    <button
                        type="button"
                        class="button button--small"
                        aria-label=words::button(words::EDIT, &name)
                        on:click=move |_| editing.set(Some(Some(edited.clone())))
                    >
                        {words::EDIT}
                    </button>
                    <button
                        type="button"
                        class="button button--small"
                        aria-label=words::button(words::REMOVE, &name)
                        on:click=move |_| remove(&removed)
                    >
                        {words::REMOVE}
                    </button>
                </div>
            })}
        </li>
    }
}
