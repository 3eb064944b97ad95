//! Begins a private chat: with one colleague, or a group with several.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::http::private_chat::{GroupDraft, PrivateChatDraft};
use protocol::{AgentProfile, Code, Nonce};
use web_sys::SubmitEvent;

use crate::api::private_chats as api;
use crate::components::{Kind, Modal, PICKER, PeoplePicker, Problem, Submit, TextField};
use crate::model::composition::Mode;
use crate::model::entry;
use crate::model::page::Page;
use crate::pages::desk::{DeskContext, NewChat};
use crate::state::drafts::DraftBox;
use crate::state::form::{Blame, Check, Form};
use crate::state::people::Colleagues;
use crate::state::workspace::Workspace;
use crate::words::{chats, team};

const NAME: &str = "chat-name";
const BLAME: &[Blame] = &[(Code::BadField, NAME, chats::NO_NAME), (Code::TooLarge, PICKER, chats::TOO_MANY)];

/// The dialog, while a chat is to be begun.
#[component]
pub(crate) fn NewChatDialog() -> impl IntoView {
    let asked = expect_context::<NewChat>().asked;
    view! {
        <Modal
            id="new-chat"
            shown=asked
            on_close=Callback::new(move |()| asked.set(false))
            title=|| chats::NEW
        >
            <NewChatForm />
        </Modal>
    }
}

#[component]
fn NewChatForm() -> impl IntoView {
    let new = expect_context::<NewChat>();
    let workspace = expect_context::<Workspace>();
    let desk = expect_context::<DeskContext>();
    let (colleagues, navigate) = (expect_context::<Colleagues>(), use_navigate());
    // Somebody may have come whom this page has not heard of.
    colleagues.refresh();
    let me = workspace.view_untracked().map(|view| view.me.id);
    let others = Signal::derive(move || {
        let mut others: Vec<AgentProfile> =
            colleagues.all().into_iter().filter(|person| Some(person.id) != me).collect();
        others.sort_by_key(|person| person.name.to_lowercase());
        others
    });
    let drafts = expect_context::<DraftBox>();
    let form = Form::new();
    let (chosen, name) = (RwSignal::new(Vec::new()), RwSignal::new(String::new()));
    let is_group = Memo::new(move |_| chosen.with(|chosen: &Vec<_>| chosen.len() > 1));
    // The same for every attempt, so that one that was not answered begins no second group.
    let nonce = sync_web::entropy().first_chunk().copied().unwrap_or_default();
    let nonce = Nonce::from_bytes(nonce);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let with = chosen.get_untracked();
        if with.is_empty() {
            check.blame(PICKER, chats::NOBODY);
        }
        let name = is_group
            .get_untracked()
            .then(|| check.field(NAME, entry::name(&name.get_untracked()), chats::NO_NAME))
            .flatten();
        if !form.passes(check) {
            return;
        }
        let draft = PrivateChatDraft { with, group: name.map(|name| GroupDraft { name, nonce }) };
        let navigate = navigate.clone();
        form.send(api::begin(workspace.id, draft), BLAME, move |begun| {
            let about = new.about.get_untracked();
            if !about.is_empty() {
                let mut draft = drafts.get(begun.conversation);
                draft.take_back(Mode::Note, &about);
                drafts.put(begun.conversation, draft);
            }
            let path = desk.view.path(Page::PrivateChat(workspace.id, begun.conversation));
            new.done();
            navigate(&path, NavigateOptions::default());
        });
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <PeoplePicker people=others chosen form />
            <Show when=move || is_group.get()>
                <TextField form id=NAME label=chats::NAME kind=Kind::NAME value=name />
            </Show>
            <p class="field__hint">{chats::PRIVATE}</p>
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| new.asked.set(false)>{team::CANCEL}</button>
                <Submit form label=chats::BEGIN busy=chats::BEGINNING />
            </div>
        </form>
    }
}
