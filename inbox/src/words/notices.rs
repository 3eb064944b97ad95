//! Words of notifications.

use crate::browser::notification::Permit;
use crate::model::notice::Occasion;

pub(crate) const TITLE: &str = "Notifications";
pub(crate) const LEAD: &str =
    "What you hear and see in this browser while you look elsewhere. Each browser has its own choice.";
pub(crate) const PERMIT: &str = "This browser";
pub(crate) const TURN_ON: &str = "Turn on notifications";
pub(crate) const NOT_NOW: &str = "Not now";
pub(crate) const OFFER: &str = "Hear of new messages while you look elsewhere?";
pub(crate) const TRY: &str = "Try it out";
pub(crate) const TRY_TITLE: &str = "Porchlight";
pub(crate) const TRY_TEXT: &str = "This is how a new message is told.";
pub(crate) const OCCASIONS: &str = "What you are told of";
pub(crate) const OCCASIONS_LEAD: &str =
    "Of what is before your eyes you are not told. With several tabs open, only the one you used last tells.";
pub(crate) const SOUND: &str = "Sound";
pub(crate) const NOTIFICATION: &str = "Notification";
pub(crate) const SHOW_TEXT: &str = "Say who wrote, and what";
pub(crate) const SHOW_TEXT_HINT: &str = "Turn this off where others can see your screen.";
pub(crate) const QUIET: &str = "Quiet hours";
pub(crate) const QUIET_ON: &str = "Tell me of nothing at certain hours";
pub(crate) const QUIET_HINT: &str = "By the clock of this computer. They can go over midnight.";
pub(crate) const FROM: &str = "From";
pub(crate) const UNTIL: &str = "Until";

/// Whether this browser tells anything.
pub(crate) const fn permit(permit: Permit) -> &'static str {
    match permit {
        Permit::Given => "Notifications are on.",
        Permit::Unasked => "You hear sounds. For notifications the browser asks you once.",
        Permit::Refused => {
            "You hear sounds. The browser shows no notifications of this page; you can change that in its settings for this site."
        }
        Permit::Unknown => "You hear sounds. This browser has no notifications.",
    }
}

/// What somebody may be told of.
pub(crate) const fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Unassigned => "A visitor writes, and nobody sees to it yet",
        Occasion::Mine => "A visitor writes to you",
        Occasion::Assigned => "A conversation is assigned to you",
        Occasion::Colleagues => "A visitor writes to a colleague",
    }
}

/// The name of a switch.
pub(crate) fn way(occasion: Occasion, way: &str) -> String {
    format!("{}: {way}", self::occasion(occasion))
}

/// What a notification says that does not say who wrote, nor what.
pub(crate) const fn without_text(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Unassigned | Occasion::Mine | Occasion::Colleagues => "New message",
        Occasion::Assigned => "Assigned to you",
    }
}
