//! Words of the views, and of how the team handles a conversation.

use protocol::{
    AgentId, Availability, AvailabilityChoice, Handling, ListView, Priority, Shelf, Status, TeamId,
};

use crate::browser::intl;
use crate::model::asked::Asked;
use crate::model::days::DayName;
use crate::model::thread_row::By;

pub(crate) const VIEWS: &str = "Views";
pub(crate) const VIEW: &str = "View";
pub(crate) const SITE: &str = "Site";
pub(crate) const ALL_SITES: &str = "All sites";
pub(crate) const REMOVED_SITE: &str = "Removed site";

pub(crate) const HANDLING: &str = "Handling";
pub(crate) const ASSIGNEE: &str = "Assigned to";
pub(crate) const STATUS: &str = "Status";
pub(crate) const PRIORITY: &str = "Priority";
pub(crate) const LABELS: &str = "Labels";
pub(crate) const NOBODY: &str = "Nobody";
pub(crate) const TEAM: &str = "Team";
pub(crate) const TEAMS: &str = "Teams";
pub(crate) const MY_TEAM: &str = "your team";
pub(crate) const NO_TEAM: &str = "No team";
pub(crate) const NO_TEAMS_YET: &str = "There is no team of that name. Teams are made in the settings.";
pub(crate) const HAND_NOTE: &str = "A note for them (optional)";
pub(crate) const HAND: &str = "Hand over";
pub(crate) const AVAILABILITY: &str = "Availability";
pub(crate) const ME: &str = "you";
pub(crate) const FILTER: &str = "Type to find";
pub(crate) const LABEL_FIELD: &str = "Find or add a label";
pub(crate) const NOTHING_FOUND: &str = "Nothing of that name";
pub(crate) const NO_LABEL_YET: &str = "Type a label, then press Enter.";
pub(crate) const AT: &str = "At a time of your choice";
pub(crate) const SNOOZE: &str = "Snooze";
pub(crate) const PAST: &str = "Choose a time that is still to come.";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const OPEN_NOW: &str = "Open now";
pub(crate) const UNTIL_THEY_WRITE: &str = "Until they write";
pub(crate) const IN_AN_HOUR: &str = "In an hour";
pub(crate) const IN_THREE_HOURS: &str = "In 3 hours";
pub(crate) const TOMORROW: &str = "Tomorrow morning";
pub(crate) const NEXT_MONDAY: &str = "Monday morning";

/// What a dialog asks.
pub(crate) const fn asks(asked: Asked) -> &'static str {
    match asked {
        Asked::Assignee => "Assign to",
        Asked::Snooze => "Set aside",
        Asked::Priority => PRIORITY,
        Asked::Labels => LABELS,
        Asked::Team => "Hand to a team",
    }
}

/// The name of a view.
pub(crate) const fn view(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Mine => "Mine",
        Shelf::Unassigned => "Unassigned",
        Shelf::Open => "All open",
        Shelf::Pending => "Pending",
        Shelf::Snoozed => "Snoozed",
        Shelf::Resolved => "Resolved",
        Shelf::Team(_) => TEAM,
        Shelf::Mentions => "Mentions",
        Shelf::Filter(_) => VIEW,
    }
}

/// The keys that lead to a view.
pub(crate) const fn view_keys(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Mine => "g m",
        Shelf::Unassigned => "g u",
        Shelf::Open => "g a",
        Shelf::Pending => "g p",
        Shelf::Snoozed => "g h",
        Shelf::Resolved => "g e",
        Shelf::Team(_) | Shelf::Filter(_) => "",
        Shelf::Mentions => "g n",
    }
}

/// How many conversations lie in a view, as short as there is room for.
pub(crate) fn count(count: u32) -> String {
    if count < 10_000 { count.to_string() } else { format!("{}k", count / 1_000) }
}

/// A site in the choice of sites.
pub(crate) fn site_option(name: &str, open: u32) -> String {
    format!("{name} ({open})")
}

/// What an empty view says, and what to do about it.
pub(crate) const fn empty(view: ListView, has_any: bool) -> (&'static str, &'static str) {
    match (view.shelf, has_any) {
        (_, false) => {
            ("No conversations yet", "Open a page with the chat and say hello: it appears here at once.")
        }
        (Shelf::Mine, true) => ("Nothing is yours", "Press i in a conversation to see to it yourself."),
        (Shelf::Unassigned, true) => {
            ("Everything has somebody", "New conversations appear here by themselves.")
        }
        (Shelf::Open, true) => ("All answered", "New messages appear here by themselves."),
        (Shelf::Pending, true) => {
            ("Nobody is waited for", "Press h in a conversation to set it aside until they write.")
        }
        (Shelf::Snoozed, true) => {
            ("Nothing is snoozed", "Press h in a conversation to see it again at a later time.")
        }
        (Shelf::Mentions, true) => {
            ("Nobody has mentioned you", "A note with @ and your name brings its conversation here.")
        }
        (Shelf::Team(_), true) => {
            ("Nothing lies with this team", "Press t in a conversation to hand it to a team.")
        }
        (Shelf::Filter(_), true) => ("Nothing fits", "What fits this filter appears here by itself."),
        (Shelf::Resolved, true) => ("Nothing resolved yet", "Press e in a conversation when it is done."),
    }
}

/// The sign of a conversation in which one was named.
pub(crate) const MENTIONED: &str = "You are mentioned";

/// What a row says of a conversation that is not open.
pub(crate) const fn laid_aside(status: Status) -> Option<&'static str> {
    match status {
        Status::Open => None,
        Status::Resolved => Some("Resolved"),
        Status::Pending => Some("Pending"),
        Status::Snoozed => Some("Snoozed"),
    }
}

/// What a row says of one that should not wait.
pub(crate) const fn loud_priority(level: Priority) -> Option<&'static str> {
    match level {
        Priority::None | Priority::Low | Priority::Medium => None,
        Priority::High | Priority::Urgent => Some(priority(level)),
    }
}

/// A priority in a word.
pub(crate) const fn priority(level: Priority) -> &'static str {
    match level {
        Priority::None => "None",
        Priority::Low => "Low",
        Priority::Medium => "Medium",
        Priority::High => "High",
        Priority::Urgent => "Urgent",
    }
}

/// Whose a conversation is.
pub(crate) fn assigned_to(name: &str) -> String {
    format!("{ASSIGNEE} {name}")
}

/// With which team it lies.
pub(crate) fn with_team(name: &str) -> String {
    format!("With {name}")
}

/// How available a colleague is.
pub(crate) const fn available(seen: Availability) -> &'static str {
    match seen {
        Availability::Online => "online",
        Availability::Away => "away",
        Availability::Offline => "offline",
    }
}

/// What one says of oneself.
pub(crate) const fn choice(choice: AvailabilityChoice) -> &'static str {
    match choice {
        AvailabilityChoice::Online => "Online",
        AvailabilityChoice::Away => "Away",
        AvailabilityChoice::Invisible => "Invisible",
    }
}

/// A moment in days to come, as one would say it.
pub(crate) fn moment(at: protocol::Timestamp, now: protocol::Timestamp) -> String {
    let (day, today) = (intl::local_day(at), intl::local_day(now));
    match day.seen_from(today) {
        DayName::Today => intl::time(at),
        DayName::Tomorrow => format!("tomorrow {}", intl::time(at)),
        DayName::Yesterday | DayName::Other => intl::full(at),
    }
}

/// Where a conversation stands, in words.
pub(crate) fn status(status: Status, until: Option<&str>) -> String {
    match (status, until) {
        (Status::Open, _) => "Open".to_owned(),
        (Status::Resolved, _) => "Resolved".to_owned(),
        (Status::Pending, _) => "Pending until they write".to_owned(),
        (Status::Snoozed, Some(until)) => format!("Snoozed until {until}"),
        (Status::Snoozed, None) => "Snoozed".to_owned(),
    }
}

/// A quiet line of a step of handling. Who does not belong to the workspace any more has no name.
pub(crate) fn handled(
    step: &Handling,
    by: &By,
    who: &str,
    name: impl Fn(AgentId) -> Option<String>,
    team: impl Fn(TeamId) -> Option<String>,
    when: impl Fn(protocol::Timestamp) -> String,
) -> String {
    match (step, by) {
        (Handling::Assign { to: Some(to) }, By::System) => match name(*to) {
            Some(name) => format!("Assigned automatically to {name}"),
            None => "Assigned automatically to somebody who has left".to_owned(),
        },
        (Handling::Assign { to: None }, By::System) => {
            "Back in the queue, since whoever saw to this is not there".to_owned()
        }
        (Handling::Assign { to: Some(to) }, _) => match name(*to) {
            Some(name) => format!("{who} assigned this to {name}"),
            None => format!("{who} assigned this to somebody who has left"),
        },
        (Handling::Assign { to: None }, _) => format!("{who} took away the assignment"),
        (Handling::HandTo { team: Some(to) }, By::System) => match team(*to) {
            Some(name) => format!("The visitor asked for {name}"),
            None => "The visitor asked for a team that was removed".to_owned(),
        },
        (Handling::HandTo { team: Some(to) }, _) => match team(*to) {
            Some(name) => format!("{who} handed this to {name}"),
            None => format!("{who} handed this to a team that was removed"),
        },
        (Handling::HandTo { team: None }, _) => format!("{who} took this from its team"),
        (Handling::Wait, _) => format!("{who} set this aside until they write"),
        (Handling::Snooze { until }, _) => format!("{who} snoozed this until {}", when(*until)),
        (Handling::Open, By::System | By::Visitor) => "This is open again".to_owned(),
        (Handling::Open, By::Me | By::Agent(_)) => format!("{who} opened this again"),
        (Handling::Prioritize(Priority::None), _) => format!("{who} took away the priority"),
        (Handling::Prioritize(level), _) => {
            format!("{who} set the priority to {}", priority(*level).to_lowercase())
        }
        (Handling::Label(label), _) => format!("{who} added the label {}", label.as_str()),
        (Handling::Unlabel(label), _) => format!("{who} removed the label {}", label.as_str()),
    }
}

/// What can be taken back, once it was done.
pub(crate) fn done(
    step: &Handling,
    name: impl Fn(AgentId) -> Option<String>,
    team: impl Fn(TeamId) -> Option<String>,
    when: impl Fn(protocol::Timestamp) -> String,
) -> String {
    match step {
        Handling::Assign { to } => match to.and_then(name) {
            Some(name) => assigned_to(&name),
            None => "Assigned to nobody".to_owned(),
        },
        Handling::HandTo { team: to } => match to.and_then(team) {
            Some(name) => format!("Handed to {name}"),
            None => "With no team".to_owned(),
        },
        Handling::Wait => "Pending until they write".to_owned(),
        Handling::Snooze { until } => format!("Snoozed until {}", when(*until)),
        Handling::Open => "Open again".to_owned(),
        Handling::Prioritize(level) => format!("Priority: {}", priority(*level).to_lowercase()),
        Handling::Label(label) => format!("Label added: {}", label.as_str()),
        Handling::Unlabel(label) => format!("Label removed: {}", label.as_str()),
    }
}

/// The button that takes a label away.
pub(crate) fn remove_label(label: &str) -> String {
    format!("Remove the label {label}")
}

/// The choice that adds a label.
pub(crate) fn add_label(label: &str) -> String {
    format!("Add “{label}”")
}
