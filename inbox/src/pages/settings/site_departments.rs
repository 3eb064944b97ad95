//! Which team each choice of a question leads to.

use std::collections::BTreeMap;

use leptos::prelude::*;
use protocol::{Team, TeamId};

use crate::words::questions as words;

/// Where choices lead, by what they say.
pub(super) type Leads = RwSignal<BTreeMap<String, TeamId>>;

/// A list of teams beside each choice; nothing where there are no teams.
#[component]
pub(super) fn Departments(
    /// Which question, among those on the page.
    id: u32,
    choices: Memo<Vec<String>>,
    leads: Leads,
    #[prop(into)] teams: Signal<Vec<Team>>,
    on_change: Callback<()>,
) -> impl IntoView {
    let lines = move || {
        let teams = teams.get();
        let line = |(place, choice): (usize, String)| {
            let field = format!("question-{id}-team-{place}");
            view! {
                <li class="field departments__choice">
                    <label for=field.clone()><bdi>{choice.clone()}</bdi></label>
                    <Team field choice teams=teams.clone() leads on_change />
                </li>
            }
        };
        choices.get().into_iter().enumerate().map(line).collect_view()
    };
    let has_any = Memo::new(move |_| !teams.with(Vec::is_empty) && !choices.with(Vec::is_empty));
    view! {
        <Show when=move || has_any.get()>
            <fieldset class="fieldset departments" aria-describedby=format!("question-{id}-teams")>
                <legend>{words::TEAMS}</legend>
                <p class="field__hint" id=format!("question-{id}-teams")>{words::TEAMS_HINT}</p>
                <ul role="list">{lines}</ul>
            </fieldset>
        </Show>
    }
}

#[component]
fn Team(
    field: String,
    choice: String,
    teams: Vec<Team>,
    leads: Leads,
    on_change: Callback<()>,
) -> impl IntoView {
    let chosen = leads.with_untracked(|leads| leads.get(&choice).copied());
    let options = teams
        .iter()
        .map(|team| {
            view! { <option value=team.id.to_string() selected=chosen == Some(team.id)>{team.name.clone()}</option> }
        })
        .collect_view();
    view! {
        <select
            id=field
            on:change:target=move |event| {
                on_change.run(());
                leads.update(|leads| match event.target().value().parse() {
                    Ok(team) => drop(leads.insert(choice.clone(), team)),
                    Err(_) => drop(leads.remove(&choice)),
                });
            }
        >
            <option value="">{words::NO_TEAM}</option>
            {options}
        </select>
    }
}
