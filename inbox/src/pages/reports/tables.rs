//! Figures by person, team, site or label.

use leptos::prelude::*;
use protocol::ReportLine;

use super::page::{median, rating};
use crate::components::Panel;
use crate::words::report as said;

/// A line for each; nothing where there is none.
#[component]
pub(super) fn Lines<Subject: 'static>(
    id: &'static str,
    title: &'static str,
    /// What is said for a name that nobody knows any more, where there can be one.
    gone: &'static str,
    lines: Vec<ReportLine<Subject>>,
) -> impl IntoView {
    if lines.is_empty() {
        return ().into_any();
    }
    let row = move |line: ReportLine<Subject>| {
        let ReportLine { name, figures, .. } = line;
        let name = if name.is_empty() { gone.to_owned() } else { name };
        view! {
            <tr>
                <th scope="row"><bdi>{name}</bdi></th>
                <td>{figures.conversations}</td>
                <td>{figures.answered}</td>
                <td>{median(figures.first_response)}</td>
                <td>{median(figures.resolution)}</td>
                <td>{rating(&figures)}</td>
            </tr>
        }
    };
    let rows = lines.into_iter().map(row).collect_view();
    let columns = [said::CONVERSATIONS, said::ANSWERS, said::FIRST_RESPONSE, said::RESOLUTION, said::RATING];
    view! {
        <Panel id title>
            <div class="figures-frame" role="group" aria-labelledby=id tabindex="0">
                <table class="figures">
                    <thead>
                        <tr>
                            <td></td>
                            {columns.map(|column| view! { <th scope="col">{column}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Panel>
    }
    .into_any()
}
