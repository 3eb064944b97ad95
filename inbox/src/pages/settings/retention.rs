//! For how long conversations are kept that are over.

use leptos::prelude::*;
use protocol::Code;
use protocol::limits::RETENTION_DAYS;
use web_sys::SubmitEvent;

use crate::api::workspace as api;
use crate::components::{Confirm, Kind, Panel, Problem, Question, Saved, Select, Submit, TextField};
use crate::model::sentence::Sentence;
use crate::state::form::{Blame, Check, Form};
use crate::state::workspace::Workspace;
use crate::words::team::{self, retention};

const CHOICE: &str = "retention";
const NUMBER: &str = "retention-days";
const BLAME: &[Blame] = &[(Code::BadField, NUMBER, retention::NO_NUMBER)];

/// What is offered; any other number can be typed.
const OFFERED: [u16; 4] = [30, 90, 180, 365];

/// Stands for ever in the list.
const FOR_EVER: &str = "";

/// Stands for a number that is typed.
const OTHER: &str = "other";

/// Says how long, and changes it.
#[component]
pub(super) fn Keeping(workspace: Workspace, confirm: Confirm) -> impl IntoView {
    let form = Form::new();
    let known = workspace.view_untracked().and_then(|view| view.retention_days);
    let choice = RwSignal::new(choice_of(known));
    let number = RwSignal::new(known.map(|days| days.to_string()).unwrap_or_default());
    let is_other = Memo::new(move |_| choice.get() == OTHER);
    let send = move |sender: Form, days: Option<u16>| {
        sender.send(api::set_retention(workspace.id, days), BLAME, move |view| {
            confirm.close();
            workspace.put(view);
            form.say(if days.is_some() { retention::SET } else { retention::KEPT });
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let days = wanted(&choice.get_untracked(), &number.get_untracked());
        if days.is_none() {
            check.blame(NUMBER, retention::NO_NUMBER);
        }
        let (Some(days), true) = (days, form.passes(check)) else { return };
        if days.is_none() {
            return send(form, None);
        }
        confirm.ask(Question {
            title: Sentence::of(retention::ASK),
            lead: retention::ASK_LEAD,
            action: retention::ASK_BUTTON,
            on_yes: Callback::new(move |dialog: Form| send(dialog, days)),
            typed: None,
        });
    };
    let mut options = vec![(FOR_EVER.to_owned(), retention::FOR_EVER.to_owned())];
    options.extend(OFFERED.map(|days| (days.to_string(), retention::days(days))));
    options.push((OTHER.to_owned(), retention::OTHER.to_owned()));
    view! {
        <Panel id="retention-panel" title=retention::TITLE lead=retention::LEAD>
            <form class="form" method="post" novalidate on:submit=submit>
                <Problem form />
                <Select form id=CHOICE label=retention::DAYS options value=choice />
                {move || is_other.get().then(|| view! {
                    <TextField form id=NUMBER label=retention::NUMBER kind=Kind::NUMBER value=number />
                })}
                <div class="form__row">
                    <Submit form label=team::SAVE busy=team::SAVING />
                    <Saved form />
                </div>
            </form>
        </Panel>
    }
}

fn choice_of(days: Option<u16>) -> String {
    match days {
        None => FOR_EVER.to_owned(),
        Some(days) if OFFERED.contains(&days) => days.to_string(),
        Some(_) => OTHER.to_owned(),
    }
}

/// What is chosen and typed; `None` if it is no number of days.
fn wanted(choice: &str, typed: &str) -> Option<Option<u16>> {
    let number = match choice {
        FOR_EVER => return Some(None),
        OTHER => typed,
        offered => offered,
    };
    number.trim().parse::<u16>().ok().filter(|days| (1..=RETENTION_DAYS).contains(days)).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws40_a_time_is_offered_or_typed_and_what_is_none_is_not_sent() {
        assert_eq!(wanted(FOR_EVER, "12"), Some(None));
        assert_eq!(wanted("90", ""), Some(Some(90)));
        assert_eq!(wanted(OTHER, " 45 "), Some(Some(45)));
        for typed in ["", "0", "3651", "-1", "a year", "1.5"] {
            assert_eq!(wanted(OTHER, typed), None, "{typed}");
        }
        for days in [None, Some(30), Some(45)] {
            let typed = days.map(|days| days.to_string()).unwrap_or_default();
            assert_eq!(wanted(&choice_of(days), &typed), Some(days));
        }
    }
}
