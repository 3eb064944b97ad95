//! Keeping the visitor of a conversation out, and letting them in again.

use leptos::prelude::*;
use protocol::http::blocking::{Block, BlockView};
use protocol::{Permission, VisitorId};

use crate::api::blocking as api;
use crate::browser::focus::focus_later;
use crate::components::{Confirm, ConfirmDialog, Icon, Question, Said, Shape, Since};
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::blocking as words;

/// The button, which has the focus once it was done.
const BUTTON: &str = "block-visitor";

/// Whether the visitor of the conversation on screen is blocked.
#[derive(Clone, Copy)]
pub(super) struct Blocking {
    visitor: Memo<Option<VisitorId>>,
    name: Signal<String>,
    known: Loaded<BlockView>,
    confirm: Confirm,
    workspace: Workspace,
}

impl Blocking {
    /// Of a visitor, as soon as it is known who that is.
    pub(super) fn of(visitor: Memo<Option<VisitorId>>, name: Signal<String>) -> Self {
        let workspace = expect_context::<Workspace>();
        let known = Loaded::new();
        Effect::new(move || {
            if let Some(visitor) = visitor.get() {
                known.ask(api::look(workspace.id, visitor));
            }
        });
        Self { visitor, name, known, confirm: Confirm::new(), workspace }
    }

    /// By whom the visitor was blocked, if they are, tracked.
    pub(super) fn block(self) -> Option<Block> {
        self.known.value()?.block
    }

    /// Asks whether the visitor is to be kept out, or let in again, if the person may say so.
    pub(super) fn ask(self) {
        let Some(visitor) = self.visitor.get_untracked().filter(|_| self.may()) else { return };
        let Some(BlockView { block }) = self.known.value_untracked() else { return };
        let (is_blocked, name) = (block.is_some(), self.name.get_untracked());
        let Self { known, confirm, workspace, .. } = self;
        let on_yes = Callback::new(move |dialog: Form| {
            let done = move |view: BlockView| {
                confirm.close();
                known.put(view);
                focus_later(BUTTON);
            };
            if is_blocked {
                dialog.send(api::unblock(workspace.id, visitor), &[], done);
            } else {
                dialog.send(api::block(workspace.id, visitor), &[], done);
            }
        });
        let (title, lead, action) = if is_blocked {
            (words::unblock_title(&name), words::UNBLOCK_LEAD, words::UNBLOCK)
        } else {
            (words::block_title(&name), words::BLOCK_LEAD, words::BLOCK)
        };
        confirm.ask(Question { title, lead, action, on_yes, typed: None });
    }

    fn may(self) -> bool {
        self.workspace.may(Permission::AnswerVisitors)
    }
}

/// In the details: who blocked the visitor, and the button.
#[component]
pub(super) fn BlockSection(blocking: Blocking) -> impl IntoView {
    let may = Memo::new(move |_| blocking.may());
    let block = Memo::new(move |_| blocking.known.value().map(|view| view.block));
    view! {
        {move || block.get().flatten().map(|Block { by, at }| view! {
            <p class="details__blocked">
                <Icon shape=Shape::Block />
                <span><Said sentence=words::blocked_by(&by.name) />" · "<Since at in_words=true /></span>
            </p>
        })}
        {move || block.get().filter(|_| may.get()).map(|block| view! {
            <button type="button" class="button button--quiet details__talk" id=BUTTON on:click=move |_| blocking.ask()>
                {if block.is_some() { words::UNBLOCK } else { words::BLOCK }}
            </button>
        })}
        <ConfirmDialog confirm=blocking.confirm />
    }
}
