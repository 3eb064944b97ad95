//! Who is signed in, where they are, and the way out.

use leptos::html::Div;
use leptos::prelude::*;
use protocol::http::account::Me;
use protocol::{Availability, AvailabilityChoice, WorkspaceId};
use sync::{ConnectionBadge, FeedInput};

use super::{Avatar, Icon, Shape, picture_at};
use crate::browser::keys::Keys;
use crate::model::initials::initials;
use crate::model::page::{AccountPart, Page, Section};
use crate::model::shortcut::Shortcut;
use crate::state::feed::FeedState;
use crate::words::{self, desk};

/// A button that opens a small menu, in the browser's own popover.
#[component]
pub(crate) fn AccountMenu(
    /// Who is signed in.
    #[prop(into)]
    me: Signal<Option<Me>>,
    /// The workspace that is on screen.
    #[prop(optional_no_strip)]
    workspace: Option<WorkspaceId>,
    on_sign_out: Callback<()>,
) -> impl IntoView {
    let menu = NodeRef::<Div>::new();
    let keys_of_page = expect_context::<Keys>();
    let name = Memo::new(move |_| me.get().map(|me| me.profile.name).unwrap_or_default());
    let picture = Memo::new(move |_| me.get().and_then(|me| me.picture));
    let email = Memo::new(move |_| me.get().map(|me| me.email).unwrap_or_default());
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            // Fails only where it is closed.
            let _ = menu.hide_popover();
        }
    };
    let workspaces = move || {
        let all = me.get().map(|me| me.workspaces).unwrap_or_default();
        all.into_iter()
            .map(|known| {
                let is_here = Some(known.id) == workspace;
                view! {
                    <a class="menu__item" href=Page::Workspace(known.id).href() aria-current=is_here.then_some("true") on:click=move |_| close()>
                        {is_here.then(|| view! { <Icon shape=Shape::Check /> })}
                        <bdi class="menu__name">{known.name}</bdi>
                    </a>
                }
            })
            .collect_view()
    };
    let availability = FeedState::here().map(|feed| {
        let choice = Memo::new(move |_| feed.with(|view| view.map(|view| view.choice).unwrap_or_default()));
        let choices = AvailabilityChoice::ALL.map(|one| {
            // What is on its way out may ask once more: the feed ends before what shows it.
            let is_chosen = move || choice.try_get() == Some(one);
            view! {
                <button
                    type="button"
                    class="menu__item"
                    aria-pressed=move || is_chosen().to_string()
                    on:click=move |_| feed.dispatch(FeedInput::Choose(one))
                >
                    <span class=format!("presence presence--{}", mark(one)) aria-hidden="true"></span>
                    {desk::choice(one)}
                    <span class="menu__keys">{move || is_chosen().then(|| view! { <Icon shape=Shape::Check /> })}</span>
                </button>
            }
        });
        view! { <div class="menu__group" role="group" aria-label=desk::AVAILABILITY>{choices.into_iter().collect_view()}</div> }
    });
    // What the person has chosen, or that they count as away for want of input.
    let seen = FeedState::here().map(|feed| {
        Memo::new(move |_| {
            feed.with(|view| {
                let view = view.filter(|view| view.connection == ConnectionBadge::Connected)?;
                let me = view.me.as_ref()?.id;
                let is_away = view.available.get(&me) == Some(&Availability::Away);
                let by_itself = is_away && view.choice == AvailabilityChoice::Online;
                Some(if by_itself { AvailabilityChoice::Away } else { view.choice })
            })
        })
    });
    let seen = move || seen.and_then(|seen| seen.try_get().flatten());
    let commands = [
        (Shortcut::Palette, Shape::Command, words::palette::TITLE, words::palette::KEYS),
        (Shortcut::Help, Shape::Keyboard, words::account::SHORTCUTS, "?"),
    ];
    let commands = commands.into_iter().map(|(shortcut, shape, name, keys)| {
        let press = move |_| {
            close();
            keys_of_page.press(shortcut);
        };
        let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        view! {
            <button type="button" class="menu__item" on:click=press>
                <Icon shape=shape />
                {name}
                <span class="menu__keys" aria-hidden="true">{keys}</span>
            </button>
        }
    });
    view! {
        <button type="button" class="account" popovertarget="account-menu" title=move || seen().map(desk::choice) aria-label=move || words::account_of(&name.get())>
            {move || view! { <Avatar letters=initials(&name.get()) tint=0 picture=picture.get().map(picture_at).unwrap_or_default() /> }}
            {move || seen().map(|seen| view! { <span class=format!("presence presence--{}", mark(seen)) aria-hidden="true"></span> })}
        </button>
        <div node_ref=menu id="account-menu" class="menu" popover="auto">
            <p class="menu__who">
                <strong><bdi>{name}</bdi></strong>
                <span><bdi>{email}</bdi></span>
            </p>
            {availability}
            <div class="menu__group" role="group" aria-label=words::account::WORKSPACES>
                {workspaces}
                <a class="menu__item" href=Page::NewWorkspace.href() on:click=move |_| close()>
                    <Icon shape=Shape::Plus />
                    {words::account::NEW_WORKSPACE}
                </a>
            </div>
            {workspace.map(|workspace| view! {
                <a class="menu__item" href=Page::Settings(workspace, Section::General).href() on:click=move |_| close()>
                    <Icon shape=Shape::Settings />
                    {words::account::SETTINGS}
                </a>
            })}
            <a class="menu__item" href=Page::Account(AccountPart::Profile).href() on:click=move |_| close()>
                <Icon shape=Shape::Person />
                {words::account::ACCOUNT}
            </a>
            {commands.collect_view()}
            <button type="button" class="menu__item" on:click=move |_| { close(); on_sign_out.run(()) }>
                <Icon shape=Shape::SignOut />
                {words::account::SIGN_OUT}
            </button>
        </div>
    }
}

/// The style of a mark.
const fn mark(choice: AvailabilityChoice) -> &'static str {
    match choice {
        AvailabilityChoice::Online => "online",
        AvailabilityChoice::Away => "away",
        AvailabilityChoice::Invisible => "invisible",
    }
}
