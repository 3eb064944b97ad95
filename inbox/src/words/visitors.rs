//! The words of who is on the sites.

use protocol::http::visit::VisitCounts;

pub(crate) const LEAD: &str = "Who is on your sites at the moment, as far as they may be seen.";
pub(crate) const GO: &str = "Visitors now";
pub(crate) const LIST: &str = "Latest arrivals first";
pub(crate) const PAGE: &str = "Page";
pub(crate) const COUNTRY: &str = "Country";
pub(crate) const ALL_COUNTRIES: &str = "All countries";
pub(crate) const CHAT: &str = "Chat";
pub(crate) const ANY: &str = "Everybody";
pub(crate) const IN_CHAT: &str = "In the chat";
pub(crate) const NOT_IN_CHAT: &str = "Not in the chat";
pub(crate) const OFF: &str = "Not switched on yet";
pub(crate) const OFF_LEAD: &str = "A site can show you who is on it, live: the page, for how long, from where. Of whom? Of those who have opened the chat, and of those \
     who have agreed, where your page asks them. Nobody else is seen.";
pub(crate) const OFF_ASK: &str = "Whoever manages your sites can switch it on.";
pub(crate) const SWITCH_ON: &str = "Switch it on for a site";
pub(crate) const NONE: &str = "Nobody is here right now";
pub(crate) const NONE_LEAD: &str =
    "Visitors appear here once they have agreed to be seen, or have opened the chat.";
pub(crate) const FILLING_LEAD: &str = "Whoever is there appears within a minute.";
pub(crate) const FILLING: &str = "More may appear within a minute.";
pub(crate) const NONE_FIT: &str = "Nobody fits";
pub(crate) const NONE_FIT_LEAD: &str = "Try other choices.";
pub(crate) const STALE: &str = "Porchlight cannot be reached. This is what was last known.";
pub(crate) const EARLIER: &str = "Earlier arrivals";
pub(crate) const LATEST: &str = "Latest arrivals";
pub(crate) const CAME: &str = "Came";
pub(crate) const NO_TITLE: &str = "A page without a title";
pub(crate) const PRIVATE: &str = "Asks not to be followed";
pub(crate) const PRIVATE_WHY: &str = "Their browser sends Do Not Track or Global Privacy Control: only the page on which they opened the chat is shown.";
pub(crate) const CHAT_OPEN: &str = "Has the chat open";
pub(crate) const CONVERSATION: &str = "Open conversation";
pub(crate) const START: &str = "Start a conversation";
pub(crate) const OPENER_TITLE: &str = "Start a conversation";
pub(crate) const OPENER_TEXT: &str = "Message";
pub(crate) const OPENER_HINT: &str = "Plain text, in a sentence or two.";
pub(crate) const OPENER_LEAD: &str = "It appears beside the chat button within 45 seconds, under your name, if they are still here. If they answer, the \
     conversation begins with their answer.";
pub(crate) const SEND: &str = "Send";
pub(crate) const SENDING: &str = "Sending…";
pub(crate) const GONE: &str = "They have left.";
pub(crate) const TAKEN: &str = "A colleague has just written to them.";
pub(crate) const REFUSED: &str = "Write a text of 400 bytes at most, without control characters.";
pub(crate) const NO_TEXT: &str = "Write what it says.";
pub(crate) const LONG_TEXT: &str = "This is too long: 400 bytes are the most.";

pub(crate) const SITE_LEAD: &str = "Whether your team sees who is on the site at the moment.";
pub(crate) const SITE_TITLE: &str = "Visitors now";
pub(crate) const SITE_SWITCH: &str = "Show the team who is on the site";
pub(crate) const SITE_SWITCH_HINT: &str = "Pages hear of it as they are loaded. When it is switched off, pages that are open may go on for an hour; nobody sees it.";
pub(crate) const SITE_PRIVACY: [&str; 4] = [
    "Seen are visitors who have opened the chat, on that page, and visitors who have agreed: your page says so with setConsent(true), or with data-consent. \
     Say it only once they have. Of everybody else nothing is told, stored or asked.",
    "Seen is the page without what stands behind the question mark, its title, since when they are there, the country as the network knows it, where they came from \
     and by which campaign. No IP address is kept.",
    "Of who sends Do Not Track or Global Privacy Control, only that they are there and the page on which they opened the chat.",
    "Nothing of it is written down: it is forgotten two minutes after they have left. In a browser that has agreed, a random number for the visit and the \
     number of visits are stored.",
];

/// How many there are, in a line.
pub(crate) fn counted(counts: VisitCounts) -> String {
    let VisitCounts { present, in_chat, unlisted, .. } = counts;
    let present = if present == 1 { "1 visitor".to_owned() } else { format!("{present} visitors") };
    let mut line = format!("{present} now, {in_chat} in the chat");
    if unlisted > 0 {
        line.push_str(&format!("; {unlisted} more than can be listed"));
    }
    line
}

/// How many fit what was chosen.
pub(crate) fn fitting(count: u32) -> String {
    if count == 1 { "1 fits".to_owned() } else { format!("{count} fit") }
}

/// Which visit it is.
pub(crate) fn visit(number: u32) -> String {
    if number == 1 { "First visit".to_owned() } else { format!("Visit {number}") }
}

/// Where they came from.
pub(crate) fn from(source: &str) -> String {
    format!("from {source}")
}

/// By which campaign.
pub(crate) fn campaign(campaign: &str) -> String {
    format!("campaign {campaign}")
}

/// What was said to them, and how far it has come.
pub(crate) fn said(by: &str, is_shown: bool) -> String {
    if is_shown {
        format!("{by} wrote to them. It was shown:")
    } else {
        format!("{by} wrote to them. Waiting to be shown:")
    }
}

/// The name of the button that asks for words to somebody.
pub(crate) fn start_with(who: &str) -> String {
    format!("Start a conversation with {who}")
}

/// The name of the link to a conversation with somebody.
pub(crate) fn open_with(who: &str) -> String {
    format!("Open the conversation with {who}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib133_how_many_there_are_is_said_in_words() {
        let counts = |present, in_chat, unlisted| VisitCounts { present, in_chat, unlisted, fitting: 0 };
        assert_eq!(counted(counts(1, 0, 0)), "1 visitor now, 0 in the chat");
        assert_eq!(
            counted(counts(5_010, 3, 10)),
            "5010 visitors now, 3 in the chat; 10 more than can be listed"
        );
        assert_eq!([fitting(1), fitting(2)], ["1 fits", "2 fit"]);
        assert_eq!([visit(1), visit(7)], ["First visit", "Visit 7"]);
    }
}
