//! Who is in a group: everybody by name, and for its members how to add somebody, to give it another name and to leave.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::{AgentProfile, ChatForm, Code, ConversationId, PrivateChatEntry, WorkspaceId};
use web_sys::SubmitEvent;

use crate::api::private_chats as api;
use crate::components::{Avatar, Kind, Modal, PICKER, PeoplePicker, Problem, Saved, Submit, TextField, face};
use crate::model::entry;
use crate::model::initials::initials;
use crate::model::page::Page;
use crate::pages::desk::DeskContext;
use crate::state::form::{Blame, Check, Form};
use crate::state::people::Colleagues;
use crate::state::workspace::Workspace;
use crate::words::{chats, team};

const NAME: &str = "group-name";
const ADDING: &[Blame] = &[(Code::NotFound, PICKER, chats::GONE), (Code::TooLarge, PICKER, chats::TOO_MANY)];
const NAMING: &[Blame] = &[(Code::BadField, NAME, chats::NO_NAME)];

/// The dialog of a group.
#[component]
pub(super) fn Members(
    id: ConversationId,
    #[prop(into)] chat: Signal<Option<PrivateChatEntry>>,
    shown: RwSignal<bool>,
) -> impl IntoView {
    let workspace = expect_context::<Workspace>().id;
    let colleagues = expect_context::<Colleagues>();
    Effect::new(move || {
        if shown.get() {
            colleagues.refresh();
        }
    });
    let members = Memo::new(move |_| {
        chat.with(|chat| chat.as_ref().map(|chat| chat.circle.members.clone()).unwrap_or_default())
    });
    view! {
        <Modal id="members" shown on_close=Callback::new(move |()| shown.set(false)) title=|| chats::MEMBERS>
            <ul role="list" class="picker" aria-label=chats::MEMBERS>
                {move || members.get().into_iter().map(|member| view! {
                    <li class="picker__person">
                        <Avatar letters=initials(&member.name) tint=0 picture=face(member.id) />
                        <bdi>{member.name}</bdi>
                    </li>
                }).collect_view()}
            </ul>
            <Add workspace id members />
            <Rename workspace id chat />
            <Leave workspace id shown />
        </Modal>
    }
}

#[component]
fn Add(workspace: WorkspaceId, id: ConversationId, members: Memo<Vec<AgentProfile>>) -> impl IntoView {
    let colleagues = expect_context::<Colleagues>();
    let others = Signal::derive(move || {
        let all = colleagues.all();
        members.with(|members| {
            let is_new = |person: &AgentProfile| members.iter().all(|member| member.id != person.id);
            let mut others: Vec<_> = all.into_iter().filter(is_new).collect();
            others.sort_by_key(|person| person.name.to_lowercase());
            others
        })
    });
    let form = Form::new();
    let chosen = RwSignal::new(Vec::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let wanted = chosen.get_untracked();
        let mut check = Check::default();
        if wanted.is_empty() {
            check.blame(PICKER, chats::NOBODY);
        }
        if form.passes(check) {
            let adding = async move {
                for agent in wanted {
                    api::add(workspace, id, agent).await?;
                }
                Ok(())
            };
            form.send(adding, ADDING, move |()| {
                chosen.set(Vec::new());
                form.say(chats::ADDED);
            });
        }
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <PeoplePicker people=others chosen form />
            <p class="field__hint">{chats::SEES_ALL}</p>
            <Saved form />
            <div class="form__foot"><Submit form label=chats::ADD busy=chats::ADDING /></div>
        </form>
    }
}

#[component]
fn Rename(
    workspace: WorkspaceId,
    id: ConversationId,
    chat: Signal<Option<PrivateChatEntry>>,
) -> impl IntoView {
    let form = Form::new();
    let called = chat.with_untracked(|chat| match chat.as_ref().map(|chat| &chat.circle.form) {
        Some(ChatForm::Group { name }) => name.clone(),
        Some(ChatForm::Pair) | None => String::new(),
    });
    let name = RwSignal::new(called);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(NAME, entry::name(&name.get_untracked()), chats::NO_NAME);
        if let (Some(name), true) = (typed, form.passes(check)) {
            form.send(api::rename(workspace, id, name), NAMING, move |()| form.say(chats::RENAMED));
        }
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=NAME label=chats::NAME kind=Kind::NAME value=name />
            <Saved form />
            <div class="form__foot"><Submit form label=chats::RENAME busy=chats::RENAMING /></div>
        </form>
    }
}

#[component]
fn Leave(workspace: WorkspaceId, id: ConversationId, shown: RwSignal<bool>) -> impl IntoView {
    let (form, navigate) = (Form::new(), use_navigate());
    let desk = expect_context::<DeskContext>();
    let sure = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        form.send(api::leave(workspace, id), &[], move |()| {
            shown.set(false);
            navigate(&desk.view.path(Page::Workspace(workspace)), NavigateOptions::default());
        });
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <Show
                when=move || sure.get()
                fallback=move || view! {
                    <div class="form__foot">
                        <button type="button" class="button" on:click=move |_| sure.set(true)>{chats::LEAVE}</button>
                    </div>
                }
            >
                <p role="status" class="field__hint">{chats::LEAVING_LEAD}</p>
                <div class="form__foot">
                    <button type="button" class="button" on:click=move |_| sure.set(false)>{team::CANCEL}</button>
                    <Submit form label=chats::LEAVE busy=chats::LEAVING danger=true />
                </div>
            </Show>
        </form>
    }
}
