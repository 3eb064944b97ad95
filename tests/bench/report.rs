//! The same as JSON, for other programs.

use std::path::Path;

use serde_json::{Map, Value, json};
use xtask::console;

use crate::adapted::Count;
use crate::cost::{MESSAGES, Observed};
use crate::figures::{Figure, Spread};
use crate::price::{Prices, number};
use crate::server::{Measured, Options};
use crate::subjects::Subject;
use crate::targets::{Target, Targets};

/// Writes a report.
///
/// # Panics
/// If it cannot be written.
pub(crate) fn write(file: &Path, report: &Value) {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).expect("a directory for the report");
    }
    let text = serde_json::to_string_pretty(report).expect("a report is JSON");
    std::fs::write(file, text + "\n").expect("the report can be written");
    console::say(format!("written to {}", file.display()));
}

/// What was measured of servers.
pub(crate) fn of_server(measured: &Measured, options: &Options) -> Value {
    let results = &measured.results;
    let mut media = Map::new();
    for medium in &options.media {
        let mut servers = Map::new();
        for subject in results.subjects(*medium) {
            let mut figures = Map::new();
            for figure in Figure::ALL {
                let Some(spread) = results.spread(*medium, subject, figure) else { continue };
                let ratio = results.ratio(*medium, figure, subject, Subject::BareObject);
                let ratio = ratio.filter(|_| figure.is_of_the_server()).map(of_spread);
                figures.insert(
                    figure.name().to_owned(),
                    json!({ "value": of_spread(spread), "to_bare_object": ratio }),
                );
            }
            servers.insert(subject.name().to_owned(), Value::Object(figures));
        }
        media.insert(medium.name().to_owned(), Value::Object(servers));
    }
    let left_out = results.left_out.iter().map(|(subject, reason)| (subject.name(), reason.as_str()));
    json!({
        "rounds": options.rounds,
        "conversations": options.conversations,
        "servers": media,
        "left_out": left_out.map(|(name, reason)| json!({ "server": name, "reason": reason })).collect::<Value>(),
        "opening": measured.opening.map(|opening| json!({
            "events": opening.events,
            "p50_us": opening.long,
            "of_50_events_p50_us": opening.short,
            "ratio": opening.ratio(),
        })),
        "cost": measured.cost.as_ref().map(of_observed),
        "targets": of_targets(&Targets::of(measured).0),
    })
}

/// What was counted.
pub(crate) fn of_observed(observed: &Observed) -> Value {
    let prices = Prices::listed();
    let conversations = number(observed.conversations);
    let bill = prices.bill(&observed.whole, conversations, conversations * f64::from(MESSAGES));
    let dollars = bill.parts().map(|(name, dollars)| (name.to_owned(), json!(dollars / conversations * 1e3)));
    let objects = observed.whole.objects().into_iter();
    let objects = objects.map(|(name, count)| (name.to_owned(), of_count(count, &prices, conversations)));
    json!({
        "pace": observed.pace.name(),
        "conversations": observed.conversations,
        "messages": MESSAGES,
        "rows_per_message": {
            "conversation": observed.per_message(|counts| counts.conversations.rows_billed()),
            "conversation_after_the_first":
                observed.per_further_message(|counts| counts.conversations.rows_billed()),
            "all": observed.per_message(|counts| counts.rows_billed()),
            "all_after_the_first": observed.per_further_message(|counts| counts.rows_billed()),
        },
        "object_requests_per_conversation": prices.all_requests(&observed.whole) / conversations,
        "worker_requests_per_conversation": observed.each(|counts| counts.worker.fetch),
        "per_conversation": objects.collect::<Map<_, _>>(),
        "hibernated": observed.hibernated,
        "idle_seconds_billed": observed.idle_seconds(),
        "dollars_per_1000_conversations": dollars.into_iter().collect::<Map<_, _>>(),
        "dollars_per_1000_conversations_total": bill.total() / conversations * 1e3,
        "prices_of": prices.read,
    })
}

/// Targets with what was measured.
pub(crate) fn of_targets(targets: &[Target]) -> Value {
    let each = targets.iter().map(|target| {
        json!({
            "what": target.what,
            "wanted": target.wanted,
            "measured": target.measured.map(of_spread),
            "met": target.is_met(),
        })
    });
    each.collect()
}

fn of_count(count: Count, prices: &Prices, conversations: f64) -> Value {
    let each = |value: u64| number(value) / conversations;
    json!({
        "rows_written": each(count.rows_written),
        "alarms_set": each(count.alarms_set),
        "rows_read": each(count.rows_read),
        "statements": each(count.statements),
        "requests": each(count.fetch),
        "alarms": each(count.alarm),
        "socket_messages": each(count.message),
        "requests_billed": prices.requests(count) / conversations,
        "constructed": each(count.constructed),
    })
}

/// Values of several rounds.
pub(crate) fn of_spread(spread: Spread) -> Value {
    json!({ "median": spread.median, "min": spread.least, "max": spread.most })
}
