//! The visitors who are blocked, and the way to let them in again.

use leptos::prelude::*;
use protocol::http::blocking::{BlockedList, BlockedVisitor};

use super::frame::Guarded;
use crate::api::blocking as api;
use crate::browser::focus::focus_later;
use crate::components::{
    Awaited, Called, Confirm, ConfirmDialog, Empty, PageHead, Panel, Question, Said, Shape, Since,
};
use crate::model::page::Section;
use crate::model::visitor_name::VisitorName;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{blocking as words, team, visitor_in_words};

const PANEL: &str = "blocked";

/// The page.
#[component]
pub(crate) fn BlockedPage() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::Blocked) lead=words::LEAD />
        <Guarded section=Section::Blocked><List /></Guarded>
    }
}

#[component]
fn List() -> impl IntoView {
    let workspace = expect_context::<Workspace>().id;
    let list = Loaded::<BlockedList>::new();
    let ask = move || list.ask(api::list(workspace));
    ask();
    let confirm = Confirm::new();
    let let_in = move |blocked: &BlockedVisitor| {
        let visitor = blocked.visitor;
        let name = visitor_in_words(&VisitorName::of(visitor, blocked.identity.as_ref()));
        let on_yes = Callback::new(move |dialog: Form| {
            dialog.send(api::unblock(workspace, visitor), &[], move |_| {
                confirm.close();
                list.update(|list| list.visitors.retain(|other| other.visitor != visitor));
                focus_later(PANEL);
            });
        });
        confirm.ask(Question {
            title: words::unblock_title(&name),
            lead: words::UNBLOCK_LEAD,
            action: words::UNBLOCK,
            on_yes,
            typed: None,
        });
    };
    let visitors = move || list.value().map(|list| list.visitors).unwrap_or_default();
    view! {
        <Awaited value=list on_retry=Callback::new(move |()| ask())>
            {move || {
                let visitors = visitors();
                if visitors.is_empty() {
                    return view! {
                        <div id=PANEL tabindex="-1">
                            <Empty shape=Shape::Block title=words::NONE_TITLE.to_owned() lead=words::NONE.to_owned() />
                        </div>
                    }.into_any();
                }
                let lines = visitors.into_iter().map(|blocked| view! { <Line blocked let_in /> }).collect_view();
                view! {
                    <Panel id=PANEL title=team::section(Section::Blocked)>
                        <ul class="row-list" role="list" aria-labelledby=PANEL>{lines}</ul>
                    </Panel>
                }.into_any()
            }}
        </Awaited>
        <ConfirmDialog confirm />
    }
}

#[component]
fn Line(blocked: BlockedVisitor, let_in: impl Fn(&BlockedVisitor) + Copy + Send + 'static) -> impl IntoView {
    let name = VisitorName::of(blocked.visitor, blocked.identity.as_ref());
    let label = words::unblock(&visitor_in_words(&name));
    let (by, at) = (words::blocked_by(&blocked.block.by.name), blocked.block.at);
    view! {
        <li class="row-list__row">
            <div class="row-list__who">
                <p class="row-list__name"><Called visitor=Some(name) /></p>
                <p class="row-list__more"><Said sentence=by />" · "<Since at in_words=true /></p>
            </div>
            <div class="row-list__actions">
                <button type="button" class="button button--small" aria-label=label on:click=move |_| let_in(&blocked)>
                    {words::UNBLOCK}
                </button>
            </div>
        </li>
    }
}
