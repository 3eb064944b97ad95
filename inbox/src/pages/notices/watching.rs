//! Watches the list, and tells of what comes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use protocol::{AgentId, ConversationId, IndexEntry};

use crate::browser::attention::{has_focus, on_focus};
use crate::browser::clock::now;
use crate::browser::intl;
use crate::browser::lock::Lock;
use crate::browser::notification::{Notifications, Permit, chime, permit, preferences};
use crate::model::notice::{Attention, Notice, Occasion, Preferences, Watch, ways};
use crate::model::page::{Page, conversation_at};
use crate::model::visitor_name::VisitorName;
use crate::state::feed::FeedState;
use crate::state::workspace::Workspace;
use crate::words::{self, notices};

/// Tells the agent of what concerns them, from one tab of the browser only; shows nothing itself.
#[component]
pub(crate) fn Watching() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let feed = expect_context::<FeedState>();
    let me = workspace.view_untracked().map(|view| view.me.id);
    if let Some(me) = me {
        watch(workspace, feed, me);
    }
}

fn watch(workspace: Workspace, feed: FeedState, me: AgentId) {
    let is_teller = elected(format!("porchlight:inbox:notices:{me}"));
    let (watch, shown) = (RefCell::new(Watch::default()), Notifications::default());
    let kept = StoredValue::new_local(shown.clone());
    on_cleanup(move || kept.try_with_value(Notifications::close_all).unwrap_or_default());
    let (path, navigate) = (use_location().pathname, use_navigate());
    let show = move |notice: Notice, entry: &IndexEntry, chosen: &Preferences| {
        let (title, text) = said(notice.occasion, entry, chosen.shows_text);
        let (navigate, page) = (navigate.clone(), Page::Conversation(workspace.id, notice.conversation));
        shown.show(&key(notice.conversation), &title, &text, move || {
            // Fails only where the browser does not let a page come to the front.
            let _ = window().focus();
            navigate(&page.path(), NavigateOptions::default());
        });
    };
    Effect::new(move || {
        let is_listed = feed.with(|view| view.is_some_and(|view| view.me.is_some()));
        if !is_listed {
            return;
        }
        let news = feed.with(|view| view.map(|view| watch.borrow_mut().look(view.known.values(), me)));
        let Some(news) = news else { return };
        kept.with_value(|shown| news.read.iter().for_each(|read| shown.close(&key(*read))));
        if news.notices.is_empty() || !is_teller.get() {
            return;
        }
        let chosen = preferences();
        let attention = Attention {
            is_here: has_focus(),
            conversation: path.with_untracked(|path| conversation_at(path)),
        };
        let mut is_heard = false;
        for notice in news.notices {
            let ways = ways(&chosen, notice, attention, intl::minute_of_day(now()));
            is_heard |= ways.sound;
            if ways.notification && permit() == Permit::Given {
                feed.entry(notice.conversation, |entry| show(notice, entry, &chosen));
            }
        }
        if is_heard {
            chime();
        }
    });
}

/// Whether this is the tab that tells: the one that had the focus last.
fn elected(name: String) -> Rc<Cell<bool>> {
    let (lock, is_held) = (Rc::new(Lock::default()), Rc::new(Cell::new(false)));
    let contend = {
        let (lock, is_held) = (Rc::clone(&lock), Rc::clone(&is_held));
        Rc::new(move |steal| {
            let is_held = Rc::clone(&is_held);
            lock.contend(name.clone(), steal, move |held| is_held.set(held));
        })
    };
    contend(has_focus());
    let focused = {
        let (contend, is_held) = (Rc::clone(&contend), Rc::clone(&is_held));
        move || {
            if !is_held.get() {
                contend(true);
            }
        }
    };
    on_focus(focused);
    let kept = StoredValue::new_local(lock);
    on_cleanup(move || kept.try_with_value(|lock| lock.let_go()).unwrap_or_default());
    is_held
}

fn key(conversation: ConversationId) -> String {
    conversation.to_string()
}

/// What a notification says.
fn said(occasion: Occasion, entry: &IndexEntry, shows_text: bool) -> (String, String) {
    if !shows_text {
        return (notices::without_text(occasion).to_owned(), String::new());
    }
    let name = words::visitor_in_words(&VisitorName::of(entry.visitor, entry.identity.as_ref()));
    match occasion {
        Occasion::Assigned => (notices::without_text(occasion).to_owned(), name),
        Occasion::Unassigned | Occasion::Mine | Occasion::Colleagues => {
            (name, entry.preview.as_ref().map(|preview| preview.text.clone()).unwrap_or_default())
        }
    }
}
