//! Words of the reports.

use protocol::civil::Weekday;

use crate::model::report::{Headings, Span, Took};

pub(crate) const LEAD: &str = "How many conversations began in a time, and how they went until now.";
pub(crate) const SPAN: &str = "Time";
pub(crate) const SITE: &str = "Site";
pub(crate) const AGENT: &str = "Person";
pub(crate) const TEAM: &str = "Team";
pub(crate) const LABEL: &str = "Label";
pub(crate) const ALL_SITES: &str = "All sites";
pub(crate) const EVERYBODY: &str = "Everybody";
pub(crate) const ALL_TEAMS: &str = "All teams";
pub(crate) const ALL_LABELS: &str = "All labels";
pub(crate) const SAVE: &str = "Save as CSV";
pub(crate) const FILE: &str = "porchlight-report.csv";
pub(crate) const EMPTY: &str = "No conversation began in this time";
pub(crate) const EMPTY_LEAD: &str = "Choose a longer time, or take away what narrows it down.";
pub(crate) const NOTHING: &str = "–";

pub(crate) const FIGURES: &str = "At a glance";
pub(crate) const CONVERSATIONS: &str = "Conversations";
pub(crate) const FIRST_RESPONSE: &str = "First response";
pub(crate) const RESOLUTION: &str = "Time to resolve";
pub(crate) const RESOLVED: &str = "Resolved";
pub(crate) const UNANSWERED: &str = "Waiting for an answer";
pub(crate) const RATING: &str = "Rating";

pub(crate) const DAYS: &str = "Conversations by day";
pub(crate) const DAY: &str = "Day";
pub(crate) const AS_TABLE: &str = "As a table";
pub(crate) const HOURS: &str = "When conversations begin";
pub(crate) const HOURS_LEAD: &str = "By your clock: the stronger the colour, the more of them.";
pub(crate) const AGENTS: &str = "By person";
pub(crate) const SITES: &str = "By site";
pub(crate) const TEAMS: &str = "By team";
pub(crate) const LABELS: &str = "By label";
pub(crate) const ANSWERS: &str = "Answers";
pub(crate) const GONE_SITE: &str = "A site that was removed";
pub(crate) const GONE_AGENT: &str = "Somebody who has left";

pub(crate) const COUNTED: &str = "How this is counted";
pub(crate) const DEFINITIONS: [(&str, &str); 10] = [
    (
        CONVERSATIONS,
        "Those whose first message was written in the time you chose, by your clock. Everything else on this page is about \
         these, also what happened in them later. Deleted conversations are not among them, nor are your team's private chats.",
    ),
    (
        FIRST_RESPONSE,
        "From the visitor's first message to the first answer of a person after it, by the clock on the wall, nights and \
         weekends included. Half were answered within the first time, nine of ten within the second. Notes are no answers.",
    ),
    (
        RESOLUTION,
        "From the first message to when the conversation was resolved and stayed so. One that was opened again counts from \
         its beginning to the last time.",
    ),
    (RESOLVED, "Conversations that are resolved now."),
    (UNANSWERED, "The visitor wrote, and no person has written to them since."),
    (RATING, "The visitor's last rating of each conversation, from one to five stars, on the average."),
    (
        AGENTS,
        "A conversation counts for everybody who answered in it. Answers are that person's own; the first response counts \
         for whoever gave it.",
    ),
    (
        TEAMS,
        "A conversation counts for the team with which it lies now, also for what happened before it was handed to that team, \
         and whoever answered. One that lies with no team stands in no line; when a team is removed, its conversations lie with none.",
    ),
    (SITES, "A conversation counts for the site on which it began."),
    (
        LABELS,
        "A conversation counts for each of the labels that it has now. The hundred with the most conversations are shown.",
    ),
];

/// What a time is called.
pub(crate) const fn span(span: Span) -> &'static str {
    match span {
        Span::Week => "Last 7 days",
        Span::Month => "Last 30 days",
        Span::Quarter => "Last 90 days",
        Span::Year => "Last 365 days",
    }
}

/// The short name of a day of the week.
pub(crate) const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// How long something took.
pub(crate) fn took(took: Took) -> String {
    match took {
        Took::Seconds(seconds) => format!("{seconds} s"),
        Took::Minutes(minutes) => format!("{minutes} min"),
        Took::Hours(hours, 0) => format!("{hours} h"),
        Took::Hours(hours, minutes) => format!("{hours} h {minutes} min"),
        Took::Days(days, 0) => format!("{days} d"),
        Took::Days(days, hours) => format!("{days} d {hours} h"),
    }
}

/// Within what nine of ten were done.
pub(crate) fn nine_of_ten(time: &str) -> String {
    format!("9 of 10 within {time}")
}

/// How many of all.
pub(crate) fn of_all(hundredths: u64) -> String {
    format!("{hundredths} % of all")
}

/// By how many the average is told.
pub(crate) fn of_ratings(count: u32) -> String {
    if count == 1 { "of 1 rating".to_owned() } else { format!("of {count} ratings") }
}

/// Who wrote how many messages.
pub(crate) fn by_whom(asked: u32, answered: u32) -> String {
    format!("{asked} by visitors, {answered} by your team")
}

/// What the time is and how many there are in it, for who cannot see it.
pub(crate) fn told(count: u32, since: &str, until: &str) -> String {
    let conversations = if count == 1 { "conversation" } else { "conversations" };
    format!("{count} {conversations} began from {since} to {until}.")
}

/// That some of them are counted as conversations only.
pub(crate) fn unfollowed(count: u32) -> String {
    if count == 1 {
        return "1 of them began before reports were kept: it counts as a conversation and nowhere else."
            .to_owned();
    }
    format!("{count} of them began before reports were kept: they count as conversations and nowhere else.")
}

/// What is said of a bar.
pub(crate) fn bar(day: &str, count: u32) -> String {
    format!("{day}: {count}")
}

/// Stars in tenths.
pub(crate) fn stars(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The words of the file.
pub(crate) const HEADINGS: Headings = Headings {
    columns: [
        "of",
        "name",
        "conversations",
        "messages of visitors",
        "messages of the team",
        "waiting for an answer",
        "resolved",
        "first response, median (s)",
        "first response, 9 of 10 (s)",
        "time to resolve, median (s)",
        "time to resolve, 9 of 10 (s)",
        "ratings",
        "stars, average",
    ],
    of: ["all", "day", "site", "person", "team", "label"],
};
