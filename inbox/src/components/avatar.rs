//! A person as a disc with two letters, or with their picture.

use leptos::prelude::*;
use protocol::{AgentId, PictureId};

/// A disc; decoration beside a name.
#[component]
pub(crate) fn Avatar(
    /// Two letters, which are seen where there is no picture.
    #[prop(into)]
    letters: String,
    /// One of the tints of the style sheet, from 1; 0 is the accent.
    tint: u8,
    /// Whether a dot says that the person is here.
    #[prop(into, optional)]
    online: Signal<bool>,
    /// The picture, as style sheets write it: of [`face`] or [`picture_at`].
    #[prop(optional)]
    picture: String,
) -> impl IntoView {
    view! {
        <span class=format!("avatar avatar--{tint}") data-letters=letters aria-hidden="true">
            <span class="avatar__picture" style:background-image=picture></span>
            <span class="avatar__dot" class:avatar__dot--on=online></span>
        </span>
    }
}

/// The picture of an agent. Of one without, the server answers nothing.
pub(crate) fn face(agent: AgentId) -> String {
    format!("url(/faces/{agent})")
}

/// A picture by its own name.
pub(crate) fn picture_at(picture: PictureId) -> String {
    format!("url(/pictures/{picture})")
}
