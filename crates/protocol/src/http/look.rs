//! How the chat of a site looks, beyond its colour: what its owner chooses, and what a page is told of it.

use serde::{Deserialize, Serialize};

use crate::ids::PictureId;

/// The tags of the languages that the chat speaks (BCP 47).
pub const LANGUAGES: [&str; 31] = [
    "ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko",
    "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh-Hans", "zh-Hant",
];

/// How the chat of a site looks. What nobody has chosen is as it is without a choice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// Whether it is light or dark.
    pub scheme: Scheme,
    /// How round it is.
    pub corners: Corners,
    /// What it is written in.
    pub font: Font,
    /// Where the launcher stands.
    pub side: Side,
    /// How far from the edges.
    pub offset: Offset,
    /// The same on a phone.
    pub phone_offset: Offset,
    /// The sign on the launcher.
    pub icon: LauncherIcon,
    /// What stands beside the sign; nothing if empty.
    pub label: String,
    /// The language of visitors who ask for none that there is (BCP 47); English if empty.
    pub language: String,
    /// The picture that stands for the site in the panel's header; ours if none.
    pub logo: Option<PictureId>,
}

/// Whether the chat is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// As the visitor's system is.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How round the chat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Corners {
    /// The launcher is a circle.
    #[default]
    Large,
    /// Rounded.
    Medium,
    /// Slightly rounded.
    Small,
    /// Square.
    None,
}

/// What the chat is written in. None of it is loaded from anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Font {
    /// The system's own.
    #[default]
    System,
    /// The page's, where the device has it.
    Page,
    /// Without serifs and drawn by hand.
    Humanist,
    /// With round ends.
    Rounded,
    /// With serifs.
    Serif,
}

/// Where the launcher stands; `start` and `end` follow the direction of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Where lines end.
    #[default]
    End,
    /// Where lines begin.
    Start,
    /// Left.
    Left,
    /// Right.
    Right,
}

/// How far the launcher is from the edges, in px of CSS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// From its side.
    pub x: u16,
    /// From below.
    pub y: u16,
}

impl Default for Offset {
    fn default() -> Self {
        Self { x: 20, y: 20 }
    }
}

/// The sign on the launcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LauncherIcon {
    /// A speech bubble with a roof.
    #[default]
    Porch,
    /// A speech bubble.
    Bubble,
    /// A speech bubble with three dots.
    Dots,
    /// A question mark.
    Question,
}

/// A logo that was kept for a site, which shows it once its look says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLogo {
    /// Its name.
    pub logo: PictureId,
}

/// Where a site's launcher stands, for a page that says only a part of it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LauncherPlace {
    /// At which side.
    pub position: Side,
    /// How far from the edges.
    pub offset: Offset,
}
