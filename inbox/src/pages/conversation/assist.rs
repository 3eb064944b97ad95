//! What helps at the composer of one conversation: what commands are read by, and what canned responses stand for.

use leptos::prelude::*;
use protocol::{AgentCommand, Author, CannedId, Handling, Status, Step};
use sync::Input;

use super::choices::labels_in_use;
use super::handle::Handle;
use crate::browser::clock::now;
use crate::browser::intl;
use crate::components::Assist;
use crate::model::asked::own_first;
use crate::model::filling::Facts;
use crate::model::macros::AskedMacro;
use crate::model::slash::{Order, Surroundings};
use crate::model::standing::Standing;
use crate::state::canned::CannedBox;
use crate::state::feed::FeedState;
use crate::state::open::OpenConversation;
use crate::state::people::Colleagues;
use crate::words;

/// Makes it, for the conversation on screen.
pub(crate) fn assist(open: OpenConversation, handle: Handle, standing: Memo<Standing>) -> Assist {
    let (colleagues, feed) = (expect_context::<Colleagues>(), expect_context::<FeedState>());
    let canned = expect_context::<CannedBox>();
    let surroundings = Signal::derive(move || {
        let now = now();
        Surroundings {
            people: colleagues.all(),
            me: handle.me(),
            teams: own_first(&colleagues.teams(), handle.me())
                .into_iter()
                .map(|entry| (entry.team.id, entry.team.name.clone()))
                .collect(),
            labels: handle.placement.with(|placement| placement.labels.clone()),
            in_use: labels_in_use(feed),
            now,
            named_times: vec![
                ("1h", now.plus(3_600_000)),
                ("3h", now.plus(3 * 3_600_000)),
                ("tomorrow", intl::local_time(now, 1, 9)),
                ("monday", intl::local_time(now, intl::days_to_monday(now), 9)),
            ],
        }
    });
    let on_order = Callback::new(move |order: Order| match order {
        Order::Handle(step) => handle.step(step),
        Order::Resolve if standing.get_untracked().status == Status::Resolved => {}
        Order::Resolve => handle.act(Step::Resolve, words::thread::RESOLVED.to_owned()),
        Order::Open => match standing.get_untracked().status {
            Status::Resolved => handle.act(Step::Reopen, words::thread::OPEN_AGAIN.to_owned()),
            Status::Pending | Status::Snoozed => handle.step(Handling::Open),
            Status::Open => {}
        },
        Order::Note(text) => open.dispatch(Input::Submit(AgentCommand::Note { text })),
    });
    Assist {
        surroundings,
        facts: Signal::derive(move || facts(open, feed)),
        canned: Signal::derive(move || canned.all()),
        people: Signal::derive(move || colleagues.all()),
        on_need: Callback::new(move |()| canned.load_once()),
        on_used: Callback::new(move |id: CannedId| canned.used(id)),
        on_run: Callback::new(move |id| canned.macros.set(Some(AskedMacro::One(id)))),
        on_order,
    }
}

/// What the variables of a canned response stand for in a conversation.
pub(super) fn facts(open: OpenConversation, feed: FeedState) -> Facts {
    let listed = || feed.entry(open.id, |entry| entry.identity.clone()).flatten();
    let site = feed.entry(open.id, |entry| entry.site);
    open.with(|view| Facts {
        contact: view
            .presence
            .identity
            .clone()
            .or_else(listed)
            .and_then(|identity| identity.name)
            .map(|name| name.text),
        agent: view.me.as_ref().and_then(|me| match me {
            Author::Agent(profile) => Some(profile.name.clone()),
            Author::Visitor | Author::System => None,
        }),
        site: feed.with(|view| {
            let counts = view.and_then(|view| view.counts.as_ref())?;
            let found = counts.iter().find(|counted| Some(counted.site) == site)?;
            Some(found.name.clone()).filter(|name| !name.is_empty())
        }),
    })
}
