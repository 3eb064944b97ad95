//! What is drawn, with a table of the same for who cannot see it.

use leptos::prelude::*;
use protocol::DayFigures;

use crate::browser::intl;
use crate::model::report::{share, weekdays};
use crate::words::report as said;

/// Height of the drawing, in its own units.
const HEIGHT: u32 = 100;
/// Of a unit of width that each day has, what its bar leaves free on both sides.
const MARGIN: f32 = 0.12;

/// A bar for each day.
#[component]
pub(super) fn ByDay(days: Vec<DayFigures>) -> impl IntoView {
    let highest = days.iter().map(|day| day.figures.conversations).max().unwrap_or_default();
    let ends =
        days.first().zip(days.last()).map(|(first, last)| (intl::civil(first.day), intl::civil(last.day)));
    let bars = days.iter().enumerate().map(|(place, day)| {
        let count = day.figures.conversations;
        let height = share(count, highest);
        #[expect(clippy::cast_precision_loss, reason = "a number of days")]
        let left = place as f32 + MARGIN;
        view! {
            <rect x=left y=HEIGHT - height width=1.0 - 2.0 * MARGIN height=height>
                <title>{said::bar(&intl::civil(day.day), count)}</title>
            </rect>
        }
    });
    let bars = bars.collect_view();
    let rows = days.iter().rev().map(|day| {
        view! { <tr><th scope="row">{intl::civil(day.day)}</th> <td>{day.figures.conversations}</td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <div class="bars" dir="ltr">
            <span class="bars__highest" aria-hidden="true">{highest}</span>
            <svg viewBox=format!("0 0 {} {HEIGHT}", days.len()) preserveAspectRatio="none" aria-hidden="true">{bars}</svg>
            {ends.map(|(first, last)| view! {
                <p class="bars__ends" aria-hidden="true"><span>{first}</span> <span>{last}</span></p>
            })}
        </div>
        <details class="counted">
            <summary>{said::AS_TABLE}</summary>
            <table class="figures figures--narrow">
                <thead>
                    <tr><th scope="col">{said::DAY}</th> <th scope="col">{said::CONVERSATIONS}</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// A field for each hour of each day of the week.
#[component]
pub(super) fn ByHour(hours: Vec<u32>) -> impl IntoView {
    let highest = hours.iter().copied().max().unwrap_or_default();
    let days = weekdays(&hours).map(|(day, hours)| {
        let fields = hours.iter().map(|count| {
            let shade = format!("{}%", share(*count, highest));
            view! { <td style=("--shade", shade)><span class="visually-hidden">{*count}</span></td> }
        });
        view! { <tr><th scope="row">{said::weekday(day)}</th> {fields.collect_view()}</tr> }
    });
    let heads = (0..24).map(|hour| {
        let is_named = hour % 6 == 0;
        view! { <th scope="col"><span class:visually-hidden=!is_named>{format!("{hour:02}")}</span></th> }
    });
    view! {
        <table class="heat" dir="ltr" aria-labelledby="report-hours">
            <thead><tr><td></td> {heads.collect_view()}</tr></thead>
            <tbody>{days.collect_view()}</tbody>
        </table>
    }
}
