//! What a site's look comes to: colours that can be read, the launcher's style sheet, and the panel's properties.
//!
//! The Worker tells pages what it makes of what is stored, and the inbox shows the same of what is typed: there is no other
//! place that knows. It decides nothing about what may be chosen, and loads nothing.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

mod colour;
mod font;
mod launcher;
mod palette;
mod panel;

pub use colour::{Colour, contrast};
pub use launcher::{launcher_place, launcher_style};
pub use palette::{Adjusted, Ground, Palette};
pub use panel::panel_properties;
