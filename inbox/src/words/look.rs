//! The words of a site's look.

use look::Ground;
use protocol::http::look::{Corners, Font, LauncherIcon, Scheme, Side};

pub(crate) const LEAD: &str = "How the button and the chat look on your pages. Beside it you see it as you type; nobody else does before you save.";
pub(crate) const CHAT: &str = "Chat";
pub(crate) const LAUNCHER: &str = "Button";
pub(crate) const PLACE: &str = "Place";
pub(crate) const PREVIEW: &str = "Preview";
pub(crate) const PREVIEW_LEAD: &str =
    "The real chat on an empty page. Nothing that you do in it is sent or kept.";

pub(crate) const LOGO: &str = "Logo";
pub(crate) const LOGO_HINT: &str = "Stands in the header of the chat. The middle of the picture is cut out as a circle and drawn anew in your browser.";
pub(crate) const LOGO_NOW: &str = "The logo";
pub(crate) const CHOOSE_LOGO: &str = "Choose a picture";
pub(crate) const REMOVE_LOGO: &str = "Remove";
pub(crate) const NO_LOGO: &str = "That cannot be shown as a picture. Choose another one.";
pub(crate) const LOGO_KEPT: &str = "Visitors see it once you save.";

pub(crate) const SCHEME: &str = "Light or dark";
pub(crate) const CORNERS: &str = "Corners";
pub(crate) const FONT: &str = "Font";
pub(crate) const FONT_HINT: &str = "Nothing is loaded: each is a list of fonts that devices have.";
pub(crate) const ICON: &str = "Sign";
pub(crate) const LABEL: &str = "Text beside the sign";
pub(crate) const LABEL_HINT: &str = "Up to 30 characters, or nothing.";
pub(crate) const LABEL_TOO_LONG: &str = "Enter 30 characters at most.";
pub(crate) const SIDE: &str = "Where the button stands";
pub(crate) const FROM_SIDE: &str = "From the side, in px";
pub(crate) const FROM_BELOW: &str = "From below, in px";
pub(crate) const PHONE_FROM_SIDE: &str = "From the side on phones, in px";
pub(crate) const PHONE_FROM_BELOW: &str = "From below on phones, in px";
pub(crate) const NOT_NEAR: &str = "Enter a number from 0 to 200.";
pub(crate) const LANGUAGE: &str = "Language";
pub(crate) const LANGUAGE_HINT: &str =
    "Of visitors whose page and browser ask for none that the chat speaks.";
pub(crate) const REFUSED: &str = "The name or another of the texts is not accepted.";

pub(crate) const OPEN: &str = "Open";
pub(crate) const PHONE: &str = "Phone";
pub(crate) const DARK: &str = "Dark";
pub(crate) const RIGHT_TO_LEFT: &str = "Right to left";

/// What the launcher says in the preview, to assistive technology only.
pub(crate) const LAUNCHER_OPEN: &str = "Open chat";
pub(crate) const LAUNCHER_CLOSE: &str = "Close chat";
pub(crate) const LAUNCHER_CONNECTING: &str = "Connecting…";

pub(crate) const SCHEMES: [(Scheme, &str); 3] = [
    (Scheme::Auto, "As the visitor’s system"),
    (Scheme::Light, "Always light"),
    (Scheme::Dark, "Always dark"),
];
pub(crate) const CORNER_NAMES: [(Corners, &str); 4] = [
    (Corners::Large, "Round"),
    (Corners::Medium, "Medium"),
    (Corners::Small, "Small"),
    (Corners::None, "Square"),
];
pub(crate) const FONTS: [(Font, &str); 5] = [
    (Font::System, "The system’s"),
    (Font::Page, "The page’s own, where the device has it"),
    (Font::Humanist, "Humanist"),
    (Font::Rounded, "Rounded"),
    (Font::Serif, "With serifs"),
];
pub(crate) const ICONS: [(LauncherIcon, &str); 4] = [
    (LauncherIcon::Porch, "Bubble with a roof"),
    (LauncherIcon::Bubble, "Bubble"),
    (LauncherIcon::Dots, "Bubble with dots"),
    (LauncherIcon::Question, "Question mark"),
];
pub(crate) const SIDES: [(Side, &str); 4] = [
    (Side::End, "Where lines end (right, in Arabic left)"),
    (Side::Start, "Where lines begin (left, in Arabic right)"),
    (Side::Left, "Left"),
    (Side::Right, "Right"),
];

/// What stands on the colour.
pub(crate) fn ink(is_white: bool, ratio: &str) -> String {
    let ink = if is_white { "White" } else { "Black" };
    format!("{ink} stands on it, with a contrast of {ratio}:1.")
}

/// That a colour cannot be written with, and what is used in its place.
pub(crate) fn too_faint(ground: Ground, measured: &str, used: &str, ratio: &str) -> String {
    let ground = match ground {
        Ground::Light => "light",
        Ground::Dark => "dark",
    };
    format!(
        "On a {ground} ground it reaches {measured}:1, and text needs 4.5:1. Links and outlines there are {used} ({ratio}:1)."
    )
}
