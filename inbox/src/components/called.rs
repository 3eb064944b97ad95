//! What a visitor is called, with how sure that is.

use leptos::prelude::*;
use protocol::Stated;

use super::{Icon, Shape};
use crate::model::visitor_name::VisitorName;
use crate::words;

/// A visitor's name, or how they are called without one.
#[component]
pub(crate) fn Called(visitor: Option<VisitorName>) -> impl IntoView {
    match visitor {
        None => view! { <bdi>{words::SOME_VISITOR}</bdi> }.into_any(),
        Some(VisitorName { short, stated: None, .. }) => {
            view! { <bdi>{words::visitor(&short)}</bdi> }.into_any()
        }
        Some(VisitorName { stated: Some(stated), .. }) => view! { <Vouched stated /> }.into_any(),
    }
}

/// Something that was said of a visitor: signed by the site's server it bears a mark, claimed by a browser a word.
#[component]
pub(crate) fn Vouched(stated: Stated) -> impl IntoView {
    let Stated { text, is_verified } = stated;
    view! {
        <span class="vouched">
            <bdi class="vouched__text">{text}</bdi>" "
            {if is_verified {
                view! {
                    <span class="vouched__mark" title=words::identity::VERIFIED_WHY>
                        <Icon shape=Shape::Verified />
                        <span class="visually-hidden">{words::identity::VERIFIED}</span>
                    </span>
                }.into_any()
            } else {
                view! { <span class="vouched__claim" title=words::identity::CLAIMED_WHY>{words::identity::CLAIMED}</span> }.into_any()
            }}
        </span>
    }
}
