//! The words of office hours.

use protocol::civil::Weekday;

use crate::model::hours::SpanFault;

pub(crate) const LEAD: &str = "When your team is there. Outside of these hours the chat says when you are back, and visitors can still write.";
pub(crate) const TITLE: &str = "Office hours";
pub(crate) const USE: &str = "This site has office hours";
pub(crate) const USE_HINT: &str = "Without them the chat says nothing of when you are there.";
pub(crate) const ZONE: &str = "Time zone";
pub(crate) const ZONE_HINT: &str =
    "Of the clock on your wall. Visitors read the times as the clock on theirs shows them.";
pub(crate) const ZONE_REFUSED: &str =
    "The server does not know this time zone, or does not take one of the times.";
pub(crate) const WEEK: &str = "Every week";
pub(crate) const WEEK_LEAD: &str = "A day can have several spans. One that ends before it begins goes on until the next day; 00:00 at its end is midnight.";
pub(crate) const FROM: &str = "From";
pub(crate) const UNTIL: &str = "To";
pub(crate) const CLOSED: &str = "Closed";
pub(crate) const ADD_SPAN: &str = "Add hours";
pub(crate) const HOLIDAYS: &str = "Holidays";
pub(crate) const HOLIDAYS_LEAD: &str =
    "Days that are unlike others: closed, or with hours of their own in place of the week’s.";
pub(crate) const NO_HOLIDAYS: &str = "None yet.";
pub(crate) const ADD_HOLIDAY: &str = "Add a holiday";
pub(crate) const DAY: &str = "Day";
pub(crate) const NAME: &str = "Name";
pub(crate) const REMOVE_HOLIDAY: &str = "Remove the holiday";

/// The name of a day.
pub(crate) const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The name of the button that adds a span to a day.
pub(crate) fn add_span(day: &str) -> String {
    if day.is_empty() { ADD_SPAN.to_owned() } else { format!("{ADD_SPAN}, {day}") }
}

/// The name of the button that takes a span off a day.
pub(crate) fn remove_span(day: &str, from: &str, until: &str) -> String {
    format!("Remove {from} to {until}, {day}")
}

/// What is wrong with the spans of a day.
pub(crate) const fn fault(fault: SpanFault) -> &'static str {
    match fault {
        SpanFault::Missing => "Enter when it begins and when it ends.",
        SpanFault::Empty => "It ends when it begins. For a whole day, enter 00:00 twice.",
        SpanFault::Overlap => "Two spans of this day overlap.",
    }
}

pub(crate) const HOLIDAY_DAY: &str = "Choose the day of each holiday.";
pub(crate) const HOLIDAY_TWICE: &str = "Two holidays are on the same day.";
pub(crate) const HOLIDAY_NAME: &str = "Give each holiday a name of 80 bytes at most.";
