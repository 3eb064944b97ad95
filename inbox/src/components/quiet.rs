//! What stands between messages: day marks and quiet lines.

use leptos::prelude::*;
use protocol::http::visit::Opening;
use protocol::{Handling, Timestamp};

use super::bubble::{Remedies, Undelivered};
use super::time_mark::TimeOfDay;
use super::{Icon, Shape};
use crate::browser::clock::Clock;
use crate::browser::intl;
use crate::model::days::DayName;
use crate::model::thread_row::{Change, Fate, Line};
use crate::state::people::Colleagues;
use crate::words::{self, desk};

const fn shape_of(step: &Handling) -> Shape {
    match step {
        Handling::Assign { .. } => Shape::Person,
        Handling::HandTo { .. } => Shape::People,
        Handling::Wait | Handling::Snooze { .. } => Shape::Clock,
        Handling::Open => Shape::Reopen,
        Handling::Prioritize(_) => Shape::Flag,
        Handling::Label(_) | Handling::Unlabel(_) => Shape::Label,
    }
}

/// The name of a day.
#[component]
pub(crate) fn DayMark(at: Timestamp) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let name = Memo::new(move |_| {
        let now = clock.get();
        match intl::local_day(at).seen_from(intl::local_day(now)) {
            DayName::Today => words::thread::TODAY.to_owned(),
            DayName::Yesterday => words::thread::YESTERDAY.to_owned(),
            DayName::Tomorrow | DayName::Other => intl::day(at, now),
        }
    });
    view! { <h3 class="day"><time datetime=intl::machine(at)>{name}</time></h3> }
}

/// That the conversation was resolved, opened again, rated or handled.
#[component]
pub(crate) fn QuietLine(
    #[prop(into)] line: Signal<Line>,
    #[prop(into)] visitor: Signal<String>,
    remedies: Remedies,
) -> impl IntoView {
    let colleagues = expect_context::<Colleagues>();
    let text = move || {
        line.with(|line| {
            let name = |agent| colleagues.name(agent);
            let team = |team| colleagues.team(team);
            let when = |until| desk::moment(until, line.at);
            visitor.with(|visitor| words::change(&line.what, &line.by, visitor, name, team, when))
        })
    };
    let fate = Memo::new(move |_| line.with(|line| line.fate));
    let is_news = Memo::new(move |_| line.with(|line| line.is_news));
    let key = line.with_untracked(|line| line.key.clone());
    let shape = line.with_untracked(|line| match &line.what {
        Change::Resolved => Shape::Check,
        Change::Reopened => Shape::Reopen,
        Change::Rated(_) => Shape::Star,
        Change::Handled(step) => shape_of(step),
        Change::Gathered(_) => Shape::Person,
    });
    let (id, comment) = line.with_untracked(|line| (line.id, line.comment.clone()));
    view! {
        <div class="quiet" class:quiet--news=is_news id=key tabindex="-1">
            <p class="quiet__text">
                <Icon shape />
                <span><bdi>{text}</bdi>
                    {move || (fate.get() == Fate::Sending).then(|| format!(" · {}", words::thread::SENDING))}
                </span>
                <TimeOfDay at=Signal::derive(move || line.with(|line| line.at)) />
            </p>
            {(!comment.is_empty()).then(|| view! { <blockquote class="quiet__comment" dir="auto">{comment}</blockquote> })}
            {move || match fate.get() {
                Fate::Failed(failure) => Some(view! { <Undelivered failure id remedies /> }),
                Fate::Sending | Fate::Saving | Fate::Sent | Fate::Seen => None,
            }}
        </div>
    }
}

/// What the conversation began as an answer to: the visitor was shown it before they wrote, as their page says.
#[component]
pub(crate) fn OpeningLine(opening: Opening) -> impl IntoView {
    let Opening { text, by } = opening;
    view! {
        <div class="quiet quiet--opening">
            <p class="quiet__text"><Icon shape=Shape::Talk /><span><bdi>{words::opening(&by)}</bdi></span></p>
            <blockquote class="quiet__comment" dir="auto">{text}</blockquote>
        </div>
    }
}
