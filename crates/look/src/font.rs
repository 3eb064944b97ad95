//! What text is written in.

use protocol::http::look::Font;

/// Families that devices have; nothing where the page or the system says it.
pub(crate) const fn font_family(font: Font) -> Option<&'static str> {
    match font {
        Font::System | Font::Page => None,
        Font::Humanist => Some("Seravek,\"Gill Sans Nova\",Ubuntu,Calibri,sans-serif"),
        Font::Rounded => Some("ui-rounded,\"Arial Rounded MT Bold\",Nunito,sans-serif"),
        Font::Serif => Some("Charter,\"Sitka Text\",Cambria,Georgia,serif"),
    }
}
