//! Icons, drawn on a grid of 24 in strokes of the text's colour.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Towards the start of the line; turned round where text runs from right to left.
    Back,
    /// Towards the end of the line; turned round where text runs from right to left.
    Forth,
    /// Downwards.
    Down,
    /// An arrow upwards.
    Up,
    /// A tick.
    Check,
    /// Back to an earlier state.
    Reopen,
    /// A padlock.
    Lock,
    /// A paper plane; turned round where text runs from right to left.
    Send,
    /// A paper clip.
    Clip,
    /// A person in a frame.
    Details,
    /// A cross.
    Close,
    /// A prompt.
    Command,
    /// A bell.
    Bell,
    /// Bars.
    Chart,
    /// Somebody is kept out.
    Block,
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
    /// A cogwheel, as sliders.
    Settings,
    /// One person.
    Person,
    /// Two people.
    People,
    /// A shield.
    Shield,
    /// A shield with a tick.
    Verified,
    /// A globe.
    Globe,
    /// Lines of a list.
    Lines,
    /// A cross that adds.
    Plus,
    /// Three dots: what else can be done.
    More,
    /// An envelope.
    Mail,
    /// Two sheets.
    Copy,
    /// Into a tray.
    Save,
    /// A screen.
    Screen,
    /// A key.
    Key,
    /// A star.
    Star,
    /// A smiling face.
    Smile,
    /// A clock.
    Clock,
    /// A flag.
    Flag,
    /// A label with its hole.
    Label,
    /// A looking glass.
    Search,
    /// A card with somebody on it.
    Contact,
}

impl Shape {
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Forth => "M9 5l7 7-7 7",
            Self::Down => "M6 9l6 6 6-6",
            Self::Up => "M6 15l6-6 6 6",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Reopen => "M4 5v5h5M4.6 10A8 8 0 1 1 4 13.5",
            Self::Lock => {
                "M7 11V8a5 5 0 0 1 10 0v3M6.5 11h11A1.5 1.5 0 0 1 19 12.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11z"
            }
            Self::Clip => "M17 7v8.5a5 5 0 0 1-10 0V6.5a3.25 3.25 0 0 1 6.5 0V15a1.5 1.5 0 0 1-3 0V8",
            Self::Send => "M4 12l16-8-5.5 16-3-6.5zM11.5 13.5L20 4",
            Self::Details => {
                "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4zM14.5 4v16"
            }
            Self::Block => "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.4 6.4l11.2 11.2",
            Self::Chart => "M4 20h16M7 16v-4M12 16V6M17 16V9",
            Self::Bell => "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 20.5a2 2 0 0 0 4 0",
            Self::Command => "M5 7l5 5-5 5M12.5 17.5H19",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Contact => {
                "M4.500 5h15A1.500 1.500 0 0 1 21 6.500v11a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 17.500v-11A1.500 1.500 0 0 1 4.500 5zM9 8.500a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM5.800 16c.4-1.700 1.700-2.500 3.200-2.500s2.800.8 3.200 2.500M15 10h3M15 14h3"
            }
            Self::Search => "M11 4.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.8 15.8L20 20",
            Self::Clock => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
            Self::Flag => "M6 21V4h11l-2.5 4L17 12H6",
            Self::Label => "M4 5.5A1.5 1.5 0 0 1 5.500 4H12l8 8-7.500 8L4 11.500zM8.500 8.500h.01",
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
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM9 14.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z"
            }
            Self::Person => {
                "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5"
            }
            Self::People => {
                "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 19c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.2.6 3.6 2.2 4 4.6"
            }
            Self::Shield => "M12 3.5l7 2.5v5.5c0 4.3-2.8 7.5-7 9-4.2-1.5-7-4.7-7-9V6z",
            Self::Verified => {
                "M12 3.5l7 2.5v5.5c0 4.3-2.8 7.5-7 9-4.2-1.5-7-4.7-7-9V6zM8.8 11.8l2.3 2.3 4.2-4.6"
            }
            Self::Globe => {
                "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM3.5 12h17M12 3.5c2.4 2.4 3.5 5.2 3.5 8.5s-1.1 6.1-3.5 8.5c-2.4-2.4-3.5-5.2-3.5-8.5s1.1-6.1 3.5-8.5z"
            }
            Self::Lines => "M8 6.5h12M8 12h12M8 17.5h12M4 6.5h.01M4 12h.01M4 17.5h.01",
            Self::Plus => "M12 5v14M5 12h14",
            Self::More => "M6 12h.01M12 12h.01M18 12h.01",
            Self::Mail => {
                "M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5zM3.5 7l8.5 6 8.5-6"
            }
            Self::Copy => {
                "M10 8.5h8.5A1.5 1.5 0 0 1 20 10v8.5a1.5 1.5 0 0 1-1.5 1.5H10a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 10 8.5zM15.5 8.5V5.5A1.5 1.5 0 0 0 14 4H5.5A1.5 1.5 0 0 0 4 5.5V14a1.5 1.5 0 0 0 1.5 1.5h3"
            }
            Self::Save => "M12 4v11M7.5 10.5L12 15l4.5-4.5M4 19.5h16",
            Self::Screen => {
                "M4.5 5h15A1.5 1.5 0 0 1 21 6.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 14.5v-8A1.5 1.5 0 0 1 4.5 5zM9 20h6M12 16v4"
            }
            Self::Star => "M12 4l2.5 5.1 5.6.8-4 4 .9 5.6-5-2.7-5 2.7.9-5.6-4-4 5.6-.8z",
            Self::Smile => {
                "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.5 14.2c.9 1.3 2.1 1.9 3.5 1.9s2.6-.6 3.5-1.9M9 9.8h.01M15 9.8h.01"
            }
            Self::Key => {
                "M8 11.5a4.25 4.25 0 1 1 0 8.5 4.25 4.25 0 0 1 0-8.5zM11 12.7L19.7 4M14.3 9.4l2.6 2.6M17.3 6.4l2.6 2.6"
            }
        }
    }

    const fn has_direction(self) -> bool {
        matches!(self, Self::Back | Self::Forth | Self::Send | Self::SignOut | Self::Details)
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
