//! Icons, drawn on a grid of 24 in strokes of the text's colour.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Towards the start of the line; turned round where text runs from right to left.
    Back,
    /// Downwards.
    Down,
    /// A tick.
    Check,
    /// Back to an earlier state.
    Reopen,
    /// A padlock.
    Lock,
    /// A paper plane; turned round where text runs from right to left.
    Send,
    /// A person in a frame.
    Details,
    /// A cross.
    Close,
    /// Keys.
    Keyboard,
    /// A door with an arrow; turned round where text runs from right to left.
    SignOut,
    /// A triangle with a stroke.
    Warning,
    /// An open eye.
    Eye,
    /// A struck-out eye.
    EyeOff,
    /// Two speech bubbles.
    Talk,
    /// Out of a frame.
    Outside,
}

impl Shape {
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Down => "M6 9l6 6 6-6",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Reopen => "M4 5v5h5M4.6 10A8 8 0 1 1 4 13.5",
            Self::Lock => {
                "M7 11V8a5 5 0 0 1 10 0v3M6.5 11h11A1.5 1.5 0 0 1 19 12.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11z"
            }
            Self::Send => "M4 12l16-8-5.5 16-3-6.5zM11.5 13.5L20 4",
            Self::Details => {
                "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4zM14.5 4v16"
            }
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Keyboard => {
                "M4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6zM7 10h.01M11 10h.01M15 10h.01M8 14h8"
            }
            Self::SignOut => {
                "M14 4h4.5A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5H14M4 12h11M11 8l4 4-4 4"
            }
            Self::Warning => "M12 4l9 16H3zM12 10v4M12 17h.01",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4z"
            }
            Self::EyeOff => {
                "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-2.9 3.6M6.3 7.8A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9M10 10.2a2.7 2.7 0 0 0 3.8 3.8"
            }
            Self::Talk => {
                "M4 5h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H9l-4 3v-3H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM19 9h1a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-1v2.5L15.5 18H12"
            }
            Self::Outside => {
                "M13 4h7v7M20 4l-9 9M17 14v4.5a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 4 18.5v-10A1.5 1.5 0 0 1 5.5 7H10"
            }
        }
    }

    const fn has_direction(self) -> bool {
        matches!(self, Self::Back | Self::Send | Self::SignOut | Self::Details)
    }
}

/// An icon; the text beside it, or the name of its button, says what it means.
#[component]
pub(crate) fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" class:icon--directed=shape.has_direction() viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=shape.path() />
        </svg>
    }
}
