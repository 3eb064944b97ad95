//! How conversations are given to agents: those of no team, and those of each team.

use leptos::prelude::*;
use protocol::http::assignment::TeamAssignment;
use protocol::{Assignment, AssignmentWay, Code, TeamId, limits};
use web_sys::SubmitEvent;

use super::teams::Known;
use crate::api::teams as api;
use crate::components::{Kind, Modal, Panel, Problem, Saved, Select, Submit, TextField};
use crate::state::form::{Blame, Check, Form};
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{team as settings, teams as words};

const PANEL: &str = "assignments";
const WAY: &str = "assignment-way";
const LIMIT: &str = "assignment-limit";
const BLAME: &[Blame] = &[(Code::BadField, LIMIT, words::NO_LIMIT)];

/// Conversations that are given out in one way.
#[derive(Debug, Clone, PartialEq)]
struct Share {
    /// Those of which team; of none without one.
    team: Option<TeamId>,
    /// What they are called.
    name: String,
    /// How they are given out.
    assignment: Assignment,
}

/// Lists the ways, and changes them.
#[component]
pub(super) fn AssignmentsPanel(
    workspace: Workspace,
    known: Loaded<Known>,
    manages: Memo<bool>,
) -> impl IntoView {
    let said = Form::new();
    let editing = RwSignal::new(None::<Share>);
    let shares = Memo::new(move |_| known.value().map(|known| shares_of(&known)).unwrap_or_default());
    let lines = move || {
        let can = manages.get();
        let line = |share: Share| {
            let (name, way) = (share.name.clone(), words::way_in_short(share.assignment));
            let button = words::button(words::CHANGE, &name);
            view! {
                <li class="row-list__row">
                    <div class="row-list__who">
                        <p class="row-list__name"><bdi>{name}</bdi></p>
                        <p class="row-list__more">{way}</p>
                    </div>
                    {can.then(|| view! {
                        <div class="row-list__actions">
                            <button
                                type="button"
                                class="button button--small"
                                aria-label=button
                                on:click=move |_| { said.clear(); editing.set(Some(share.clone())) }
                            >
                                {words::CHANGE}
                            </button>
                        </div>
                    })}
                </li>
            }
        };
        shares.get().into_iter().map(line).collect_view()
    };
    let title =
        move || editing.get().map(|share| words::button(words::CHANGE, &share.name)).unwrap_or_default();
    view! {
        <Panel id=PANEL title=words::ASSIGNMENTS lead=words::ASSIGNMENTS_LEAD>
            <Saved form=said />
            <ul class="row-list" role="list" aria-labelledby=PANEL>{lines}</ul>
        </Panel>
        <Modal
            id="assignment"
            shown=Signal::derive(move || editing.with(Option::is_some))
            on_close=Callback::new(move |()| editing.set(None))
            title
        >
            {move || editing.get().map(|share| view! { <Editor workspace known editing share said /> })}
        </Modal>
    }
}

#[component]
fn Editor(
    workspace: Workspace,
    known: Loaded<Known>,
    editing: RwSignal<Option<Share>>,
    share: Share,
    /// Where it is said that it was saved.
    said: Form,
) -> impl IntoView {
    let form = Form::new();
    let team = share.team;
    let way = RwSignal::new(value_of(share.assignment.way).to_owned());
    let limit = RwSignal::new(share.assignment.limit.map(|limit| limit.to_string()).unwrap_or_default());
    let is_by_hand = Memo::new(move |_| way_of(&way.get()) == AssignmentWay::ByHand);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let wanted = wanted(&way.get_untracked(), &limit.get_untracked());
        if wanted.is_none() {
            check.blame(LIMIT, words::NO_LIMIT);
        }
        let (Some(assignment), true) = (wanted, form.passes(check)) else { return };
        form.send(api::assign(workspace.id, team, assignment), BLAME, move |()| {
            known.update(|known| known.assign(team, assignment));
            editing.set(None);
            said.say(settings::SAVED);
        });
    };
    let options =
        AssignmentWay::ALL.map(|way| (value_of(way).to_owned(), words::way(way).to_owned())).to_vec();
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <Select form id=WAY label=words::WAY options value=way hint=words::WAY_HINT />
            {move || (!is_by_hand.get()).then(|| view! {
                <TextField form id=LIMIT label=words::LIMIT kind=Kind::NUMBER value=limit hint=words::LIMIT_HINT />
            })}
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| editing.set(None)>{settings::CANCEL}</button>
                <Submit form label=settings::SAVE busy=settings::SAVING />
            </div>
        </form>
    }
}

fn shares_of(known: &Known) -> Vec<Share> {
    let of_none =
        Share { team: None, name: words::WITHOUT_TEAM.to_owned(), assignment: known.assignments.workspace };
    let of_team = |team: &protocol::Team| {
        let found = known.assignments.teams.iter().find(|one| one.team == team.id);
        Share {
            team: Some(team.id),
            name: team.name.clone(),
            assignment: found.map(|one| one.assignment).unwrap_or_default(),
        }
    };
    std::iter::once(of_none).chain(known.teams.iter().map(of_team)).collect()
}

impl Known {
    fn assign(&mut self, team: Option<TeamId>, assignment: Assignment) {
        match team {
            Some(team) => {
                self.assignments.teams.retain(|one| one.team != team);
                self.assignments.teams.push(TeamAssignment { team, assignment });
            }
            None => self.assignments.workspace = assignment,
        }
    }
}

const fn value_of(way: AssignmentWay) -> &'static str {
    match way {
        AssignmentWay::ByHand => "by_hand",
        AssignmentWay::RoundRobin => "round_robin",
        AssignmentWay::LeastBusy => "least_busy",
    }
}

fn way_of(value: &str) -> AssignmentWay {
    AssignmentWay::ALL.into_iter().find(|way| value_of(*way) == value).unwrap_or_default()
}

/// What is chosen and typed; `None` if it is no limit. By hand there is none.
fn wanted(way: &str, typed: &str) -> Option<Assignment> {
    let way = way_of(way);
    let typed = typed.trim();
    if way == AssignmentWay::ByHand || typed.is_empty() {
        return Some(Assignment { way, limit: None });
    }
    let limit = typed.parse().ok().filter(|limit| (1..=limits::ASSIGNMENT_LIMIT).contains(limit))?;
    Some(Assignment { way, limit: Some(limit) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib100_a_limit_is_a_number_or_none_and_there_is_none_by_hand() {
        let limit = |way: &str, typed: &str| wanted(way, typed).map(|assignment| assignment.limit);
        assert_eq!(limit("round_robin", " 5 "), Some(Some(5)));
        assert_eq!(limit("least_busy", ""), Some(None));
        assert_eq!(limit("by_hand", "five"), Some(None));
        for typed in ["0", "1001", "-1", "five", "1.5"] {
            assert_eq!(wanted("least_busy", typed), None, "{typed}");
        }
        for way in AssignmentWay::ALL {
            assert_eq!(way_of(value_of(way)), way);
        }
    }
}
