//! What stands in the corner of the shop.

use std::path::Path;

/// A widget, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Widget {
    /// The shop as it is without a chat.
    None,
    /// Ours.
    Porchlight,
    /// `@n8n/chat`.
    N8n,
    /// `@typebot.io/js`.
    Typebot,
    /// `flowise-embed`.
    Flowise,
    /// `@rocket.chat/livechat`.
    RocketChat,
}

impl Widget {
    /// All of them, in the order of their turns.
    pub(crate) const ALL: [Self; 6] =
        [Self::None, Self::Porchlight, Self::N8n, Self::Typebot, Self::Flowise, Self::RocketChat];

    /// What it is called on the command line and in JSON.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Porchlight => "porchlight",
            Self::N8n => "n8n",
            Self::Typebot => "typebot",
            Self::Flowise => "flowise",
            Self::RocketChat => "rocketchat",
        }
    }

    /// What it is called in a table.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::None => "no chat",
            Self::Porchlight => "Porchlight",
            Self::N8n => "@n8n/chat",
            Self::Typebot => "@typebot.io/js",
            Self::Flowise => "flowise-embed",
            Self::RocketChat => "@rocket.chat/livechat",
        }
    }

    /// Whether it is somebody else's.
    pub(crate) const fn is_rival(self) -> bool {
        self.folder().is_some()
    }

    /// The folder in which its files are installed, which is that of their addresses.
    pub(crate) const fn folder(self) -> Option<&'static str> {
        match self {
            Self::None | Self::Porchlight => None,
            Self::N8n => Some("n8n"),
            Self::Typebot => Some("typebot"),
            Self::Flowise => Some("flowise"),
            Self::RocketChat => Some("livechat"),
        }
    }

    /// What its owner tells to paste into a page.
    ///
    /// # Panics
    /// If the file of it cannot be read.
    pub(crate) fn tag(self, ours: &str, stubs: &Path) -> String {
        match (self, self.folder()) {
            (_, Some(folder)) => {
                std::fs::read_to_string(stubs.join(format!("{folder}.tag.html"))).expect("a tag")
            }
            (Self::Porchlight, None) => ours.to_owned(),
            (_, None) => String::new(),
        }
    }
}
