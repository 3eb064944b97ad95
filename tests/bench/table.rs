//! What is printed.

use xtask::console;

use crate::adapted::Count;
use crate::cost::{MESSAGES, Observed};
use crate::figures::{Figure, Results, Spread};
use crate::machine::Medium;
use crate::opening::Opening;
use crate::price::{Prices, number};
use crate::subjects::Subject;

/// One of the numbers of a count.
type CountOf = fn(&Count) -> u64;

/// Prints the medians with least and most of every server, and the ratios.
pub(crate) fn print(results: &Results, media: &[Medium]) {
    for medium in media {
        let subjects = results.subjects(*medium);
        if subjects.is_empty() {
            continue;
        }
        console::heading(&format!("On {}: median (least–most)", medium.name()));
        heading(&subjects);
        for figure in Figure::ALL {
            let spread = |subject: &Subject| results.spread(*medium, *subject, figure);
            figure_row(figure, subjects.iter().map(spread), |value| figure.shown(value));
        }
        if !subjects.contains(&Subject::BareObject) {
            continue;
        }
        console::heading(&format!("On {}: ratio to {}", medium.name(), Subject::BareObject.name()));
        heading(&subjects);
        for figure in Figure::ALL.into_iter().filter(|figure| figure.is_of_the_server()) {
            let ratio = |subject: &Subject| results.ratio(*medium, figure, *subject, Subject::BareObject);
            figure_row(figure, subjects.iter().map(ratio), |value| format!("{value:.2}"));
        }
    }
    for (medium, subject) in results.bound_by_the_generator() {
        let (server, medium) = (subject.name(), medium.name());
        console::say(format!(
            "{server} on {medium} can do more: the generator had no more of its processor to give"
        ));
    }
    for (subject, reason) in &results.left_out {
        console::say(format!("{} was left out: {reason}", subject.name()));
    }
}

/// Prints what opening a long conversation takes.
pub(crate) fn print_opening(opening: &Opening) {
    console::heading("Opening a conversation whose object is cold");
    let line = |events, microseconds: f64| {
        console::say(format!("  {events:>6} events: {:.1} ms to the newest page", microseconds / 1e3));
    };
    line(opening.short_events, opening.short);
    line(opening.events, opening.long);
}

/// Prints what was counted and what it costs.
pub(crate) fn print_cost(observed: &Observed) {
    let prices = Prices::listed();
    let conversations = number(observed.conversations);
    let each = |value: u64| format!("{:.1}", number(value) / conversations);
    console::heading(&format!(
        "A conversation of {MESSAGES} messages, {} pace, mean of {}",
        observed.pace.name(),
        observed.conversations
    ));
    let objects = observed.whole.objects();
    row("", objects.keys().map(|name| (*name).to_owned()));
    let lines: [(&str, CountOf); 8] = [
        ("rows written by SQL", |count| count.rows_written),
        ("alarms set, a row each", |count| count.alarms_set),
        ("rows read", |count| count.rows_read),
        ("statements", |count| count.statements),
        ("requests", |count| count.fetch),
        ("alarms", |count| count.alarm),
        ("messages on sockets", |count| count.message),
        ("times made anew", |count| count.constructed),
    ];
    for (title, of) in lines {
        row(title, objects.values().map(|count| each(of(count))));
    }
    row(
        "requests billed",
        objects.values().map(|count| format!("{:.1}", prices.requests(*count) / conversations)),
    );
    console::say(format!(
        "  rows written per message: {:.2} in its object ({:.2} after the first), {:.2} in all ({:.2} after the first)",
        observed.per_message(|counts| counts.conversations.rows_billed()),
        observed.per_further_message(|counts| counts.conversations.rows_billed()),
        observed.per_message(|counts| counts.rows_billed()),
        observed.per_further_message(|counts| counts.rows_billed()),
    ));
    console::say(format!(
        "  {} of {} objects hibernated within {} s with their sockets open",
        observed.hibernated,
        observed.conversations,
        crate::cost::IDLE.as_secs()
    ));
    let bill = prices.bill(&observed.whole, conversations, conversations * f64::from(MESSAGES));
    let parts = bill.parts().map(|(name, dollars)| format!("{name} {:.4}", dollars / conversations * 1e3));
    console::say(format!(
        "  per 1,000 conversations ${:.4}: {} (list of {})",
        bill.total() / conversations * 1e3,
        parts.join(", "),
        prices.read
    ));
}

fn heading(subjects: &[Subject]) {
    row("", subjects.iter().map(|subject| subject.name().to_owned()));
}

/// A row of spreads, unless there are none.
fn figure_row(figure: Figure, spreads: impl Iterator<Item = Option<Spread>>, number: impl Fn(f64) -> String) {
    let spreads: Vec<Option<Spread>> = spreads.collect();
    if spreads.iter().any(Option::is_some) {
        let shown =
            |spread: &Option<Spread>| spread.map_or_else(|| "–".to_owned(), |spread| shown(spread, &number));
        row(figure.title(), spreads.iter().map(shown));
    }
}

fn row(title: &str, cells: impl Iterator<Item = String>) {
    let cells: String = cells.map(|cell| format!("{cell:>20}")).collect();
    console::say(format!("  {title:<28}{cells}"));
}

/// The value in the middle, with the least and the most.
pub(crate) fn shown(spread: Spread, number: impl Fn(f64) -> String) -> String {
    format!("{} ({}–{})", number(spread.median), number(spread.least), number(spread.most))
}
