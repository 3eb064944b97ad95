//! The palette: what can be done, found by its name.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use protocol::{ConversationId, IndexEntry};
use sync::FeedInput;

use super::super::signed_in::{use_me, use_sign_out};
use super::Shown;
use crate::browser::focus::focus;
use crate::browser::keys::Keys;
use crate::browser::settings::Settings;
use crate::components::{Chooser, SEARCH_FIELD};
use crate::model::asked::own_first;
use crate::model::macros::AskedMacro;
use crate::model::page::{Page, conversation_at};
use crate::model::palette::{Deed, InWorkspace, Surroundings, offers};
use crate::model::visitor_name::VisitorName;
use crate::pages::desk::DeskContext;
use crate::state::canned::CannedBox;
use crate::state::feed::FeedState;
use crate::state::search::Search;
use crate::state::workspace::Workspace;
use crate::words;
use crate::words::palette::{FIELD, NOTHING, TITLE, WORDS};

/// A field, and what is offered for what is typed there.
#[component]
pub(crate) fn Palette() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let here = surroundings();
    let choices = Memo::new(move |_| here.with(|here| typed.with(|typed| offers(here, typed, &WORDS))));
    view! {
        <Chooser name=TITLE field=FIELD nothing=NOTHING is_many=false typed choices on_choose=use_deeds() />
    }
}

/// Closes the dialog, and does what was chosen once the focus is back where it was.
fn use_deeds() -> Callback<Deed> {
    let Shown(shown) = expect_context();
    let (keys, settings) = (expect_context::<Keys>(), expect_context::<Settings>());
    let (search, desk) = (use_context::<Search>(), use_context::<DeskContext>());
    let sign_out = use_sign_out();
    let (feed, canned) = (FeedState::here(), use_context::<CannedBox>());
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |deed: Deed| {
        if deed == Deed::SignOut {
            // It goes with the dialog.
            sign_out.run(());
        }
        shown.set(None);
        let navigate = navigate.with_value(Clone::clone);
        request_animation_frame(move || match deed {
            Deed::Press(shortcut) => drop(keys.press(shortcut)),
            Deed::Go(page) => {
                let path = match (page, desk) {
                    (Page::Conversation(..), Some(desk)) => desk.view.path(page),
                    _ => page.path(),
                };
                navigate(&path, NavigateOptions::default());
            }
            Deed::Search(text) => {
                if let Some(search) = search {
                    search.text.set(text);
                    focus(SEARCH_FIELD);
                }
            }
            Deed::Choose(choice) => {
                if let Some(feed) = feed {
                    feed.dispatch(FeedInput::Choose(choice));
                }
            }
            Deed::Run(id) => {
                if let Some(canned) = canned {
                    canned.macros.set(Some(AskedMacro::One(id)));
                }
            }
            Deed::SwitchKeys => settings.set_shortcuts(!settings.shortcuts.get_untracked()),
            Deed::Space(density) => settings.set_density(density),
            Deed::SignOut => {}
        });
    })
}

fn surroundings() -> Memo<Surroundings> {
    let (workspace, feed) = (use_context::<Workspace>(), FeedState::here());
    let desk = use_context::<DeskContext>();
    let (me, path) = (use_me(), use_location().pathname);
    let canned = use_context::<CannedBox>();
    if let Some(canned) = canned.filter(|_| path.with_untracked(|path| conversation_at(path).is_some())) {
        canned.load_once();
    }
    Memo::new(move |_| {
        let open = path.with(|path| conversation_at(path));
        let open = open.and_then(|id| Some((id, feed?.entry(id, |entry| entry.status)?)));
        let workspaces = me.get().map(|me| me.workspaces).unwrap_or_default();
        Surroundings {
            workspace: workspace.and_then(|workspace| in_workspace(workspace, feed, canned)),
            open,
            workspaces: workspaces.into_iter().map(|known| (known.id, known.name)).collect(),
            selected: desk.map(|desk| desk.selected.with(|selection| selection.count())).unwrap_or_default(),
            has_list: desk.is_some(),
        }
    })
}

fn in_workspace(
    workspace: Workspace,
    feed: Option<FeedState>,
    canned: Option<CannedBox>,
) -> Option<InWorkspace> {
    let permissions = workspace.with(|view| view.permissions)?;
    let (conversations, sites, teams, filters) = feed
        .map(|feed| {
            feed.with(|view| {
                let mut known: Vec<_> = view.iter().flat_map(|view| view.known.values()).collect();
                known.sort_by_key(|entry| core::cmp::Reverse(entry.active_at));
                let counts = view.and_then(|view| view.counts.as_ref());
                let sites = counts.into_iter().flatten().map(|one| (one.site, one.name.clone()));
                let me = view.and_then(|view| view.me.as_ref()).map(|me| me.id);
                let teams = view.map(|view| view.teams.as_slice()).unwrap_or_default();
                let teams = own_first(teams, me).into_iter();
                let teams = teams.map(|entry| (entry.team.id, entry.team.name.clone()));
                let filters = view.map(|view| view.filters.as_slice()).unwrap_or_default().iter();
                let filters = filters.map(|one| (one.id, one.name.clone()));
                (known.into_iter().map(named).collect(), sites.collect(), teams.collect(), filters.collect())
            })
        })
        .unwrap_or_default();
    let macros = canned.and_then(CannedBox::known_macros).unwrap_or_default();
    let macros = macros.into_iter().map(|one| (one.id, one.shortcode)).collect();
    Some(InWorkspace { id: workspace.id, permissions, conversations, sites, macros, teams, filters })
}

fn named(entry: &IndexEntry) -> (ConversationId, String) {
    let name = VisitorName::of(entry.visitor, entry.identity.as_ref());
    (entry.conversation, words::visitor_in_words(&name))
}
