//! One conversation: thread, composer and details.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use protocol::http::question::AnswersView;
use protocol::http::visit::Opening;
use protocol::{
    Code, ConversationId, File, ForAgents, Handling, Permission, Permissions, Status, Step, VisitorId,
};
use sync::{ConnectionBadge, FeedInput, Input};
use sync_web::save_text;

use super::assist::assist;
use super::blocking::{BlockSection, Blocking};
use super::handle::{Handle, HandleDialogs};
use super::macros::MacroDialog;
use crate::api::workspace::answers;
use crate::browser::attention::attention;
use crate::browser::focus::{focus, focus_end_later, focus_later};
use crate::browser::intl;
use crate::browser::keyed::KeyedList;
use crate::browser::keys::Keys;
use crate::components::{
    AnswersList, Banner, COMPOSER_FIELD, Composer, DETAILS_CLOSE, DETAILS_TOGGLE, DetailsPane, Empty,
    FilesAt, HEADING, HandlingSection, HeldReplies, MessageLog, Remedies, Shape, ThreadHeader, VisitorFacts,
};
use crate::model::asked::Asked;
use crate::model::company::{company, visitor_types};
use crate::model::composition::{Answering, Editing, Mode};
use crate::model::drafts::Draft;
use crate::model::held::Held;
use crate::model::macros::AskedMacro;
use crate::model::page::Page;
use crate::model::private_chat::named_link;
use crate::model::shortcut::Shortcut;
use crate::model::standing::Standing;
use crate::model::thread_row::{ThreadRow, newest_rating, project};
use crate::model::transcript::transcript;
use crate::model::visitor_name::VisitorName;
use crate::pages::desk::{DeskContext, NewChat};
use crate::state::canned::CannedBox;
use crate::state::drafts::DraftBox;
use crate::state::feed::FeedState;
use crate::state::loaded::Loaded;
use crate::state::open::{AgentView, OpenConversation, OpenConversations};
use crate::state::search::Search;
use crate::state::workspace::Workspace;
use crate::words::{self, blocking as blocked, chats, compose};

/// Reads the address; another conversation is another view.
#[component]
pub(crate) fn ConversationPage() -> impl IntoView {
    let id = id_in_address();
    move || match id.get() {
        Some(id) => view! { <Conversation id /> }.into_any(),
        None => view! { <NoConversation /> }.into_any(),
    }
}

/// The id that the address of a conversation or of a private chat holds.
pub(super) fn id_in_address() -> Memo<Option<ConversationId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse().ok()))
}

#[component]
fn NoConversation() -> impl IntoView {
    view! { <Missing title=words::thread::NOT_FOUND_TITLE lead=words::thread::NOT_FOUND_LEAD /> }
}

/// Says that there is nothing at the address, and leads back to the list.
#[component]
pub(super) fn Missing(title: &'static str, lead: &'static str) -> impl IntoView {
    let workspace = expect_context::<Workspace>().id;
    view! {
        <section class="pane" id="main" tabindex="-1">
            <Empty shape=Shape::Warning title=title.to_owned() lead=lead.to_owned()>
                <a class="button" href=Page::Workspace(workspace).href()>{words::thread::TO_LIST}</a>
            </Empty>
        </section>
    }
}

#[component]
fn Conversation(id: ConversationId) -> impl IntoView {
    let desk = expect_context::<DeskContext>();
    let open = expect_context::<OpenConversations>().show(id);
    desk.opened(Page::Conversation(expect_context::<Workspace>().id, id), HEADING);
    let is_missing = open
        .memo(|view| matches!(view.connection, ConnectionBadge::Refused(Code::NotFound | Code::Forbidden)));
    move || {
        if is_missing.get() {
            view! { <NoConversation /> }.into_any()
        } else {
            view! { <Thread open /> }.into_any()
        }
    }
}

#[component]
fn Thread(open: OpenConversation) -> impl IntoView {
    let feed = expect_context::<FeedState>();
    let (desk, canned) = (expect_context::<DeskContext>(), expect_context::<CannedBox>());
    let workspace = expect_context::<Workspace>();
    let permissions = Memo::new(move |_| workspace.with(|view| view.permissions).unwrap_or_default());
    let modes = Memo::new(move |_| Mode::offered(permissions.get()));
    let may_handle = Memo::new(move |_| permissions.get().contains(Permission::AnswerVisitors));
    let (id, workspace) = (open.id, workspace.id);
    provide_context(FilesAt(format!("/api/workspaces/{workspace}/conversations/{id}/files")));
    let details_shown = RwSignal::new(false);
    let presence = open.memo(|view| view.presence.visitor);
    let identity = Memo::new(move |_| {
        let listed = || feed.entry(id, |entry| entry.identity.clone()).flatten();
        open.with(|view| view.presence.identity.clone()).or_else(listed)
    });
    let visitor_id = Memo::new(move |_| presence.get().or_else(|| feed.entry(id, |entry| entry.visitor)));
    let visitor = Memo::new(move |_| {
        let visitor = visitor_id.get()?;
        Some(identity.with(|identity| VisitorName::of(visitor, identity.as_ref())))
    });
    let name = Signal::derive(move || {
        visitor.with(|visitor| {
            visitor.as_ref().map_or_else(|| words::SOME_VISITOR.to_owned(), words::visitor_in_words)
        })
    });
    let blocking = Blocking::of(visitor_id, name);
    let online = open.memo(|view| view.presence.online);
    let company = open.memo(company);
    let also_here = Memo::new(move |_| company.with(|company| compose::also_here(company)));
    let standing = open.memo(|view| Standing::of(view.status, &view.items));
    let facts = Signal::derive(move || VisitorFacts {
        visitor: visitor.get(),
        identity: identity.get(),
        active_at: feed.entry(id, |entry| entry.active_at),
        ..open.with(facts_of)
    });
    seek(open);
    see_mentions(id);
    let answered = Loaded::<AnswersView>::new();
    answered.ask(answers(workspace, id));
    let answers = Signal::derive(move || answered.value().map(|view| view.answers).unwrap_or_default());
    let opening = Signal::derive(move || answered.value().and_then(|view| view.opening));
    let handle = Handle::new(open, standing);
    let change = Callback::new(move |is_done: bool| {
        if is_done {
            handle.act(Step::Resolve, words::thread::RESOLVED.to_owned());
        } else if standing.get_untracked().status == Status::Resolved {
            handle.act(Step::Reopen, words::thread::OPEN_AGAIN.to_owned());
        } else {
            handle.step(Handling::Open);
        }
    });
    let saving = use_transcript(open, name);
    let typing_visitor = Memo::new(move |_| open.with(visitor_types).then(|| name.get()));
    let draft = use_draft(id);
    let editing = RwSignal::new(None);
    let answering = RwSignal::new(None);
    let list = desk.view.path(Page::Workspace(workspace));
    let shortcuts =
        Shortcuts { permissions, list, standing, change, details_shown, handle, saving, blocking };
    shortcuts.install(move |mode| {
        draft.update(|draft| draft.mode = mode);
        focus_later(COMPOSER_FIELD);
    });
    let remedies = remedies(open, draft, editing, answering, modes.into());
    let notice = Memo::new(move |_| {
        let is_blocked = || blocking.block().map(|block| blocked::reads_nothing(&block.by.name));
        open.with(banner).or_else(is_blocked)
    });
    view! {
        <div class="conversation">
            <section class="thread" id="main" tabindex="-1" aria-labelledby=HEADING>
                <ThreadHeader back=Signal::derive(move || desk.view.link(Page::Workspace(workspace))) placement=handle.placement visitor online also_here standing may_handle details_shown on_change=change />
                <Banner text=notice />
                <Log open name typing=typing_visitor opening remedies />
                <HeldReplies held=open.memo(Held::of) visitor=name remedies />
                {move || {
                    let modes = modes.get();
                    if modes.is_empty() {
                        return view! { <p class="composer composer--none">{words::thread::ONLY_READ}</p> }.into_any();
                    }
                    // A draft may be left from when the person could write more.
                    draft.update(|draft| draft.mode = draft.mode.among(&modes));
                    view! {
                        <Composer
                            modes
                            draft
                            editing
                            answering
                            on_save=Callback::new(move |edited: Editing| {
                                open.dispatch(Input::Submit(edited.mode.edit(edited.of, edited.text)));
                            })
                            on_send=Callback::new(move |(mode, text, answered): (Mode, String, Option<Answering>)| {
                                open.dispatch(Input::Submit(match answered {
                                    Some(answered) => mode.answer(answered.to, text),
                                    None => mode.command(text),
                                }));
                            })
                            on_typing=Callback::new(move |(mode, on)| open.dispatch(typing(mode, on)))
                            others=Memo::new(move |_| company.with(|company| compose::writing(company)))
                            assist=assist(open, handle, standing)
                            on_file=Callback::new(move |(mode, file): (Mode, File)| open.dispatch(Input::Submit(mode.file(file))))
                        />
                    }.into_any()
                }}
            </section>
            <DetailsPane facts shown=details_shown saving>
                <HandlingSection
                    may=may_handle
                    status=Signal::derive(move || standing.get().status)
                    placement=handle.placement
                    asked=handle.asked
                    on_step=Callback::new(move |step| handle.step(step))
                    on_macro=Callback::new(move |()| canned.macros.set(Some(AskedMacro::Which)))
                />
                <AnswersList answers />
                <ContactLink visitor=visitor_id />
                <TalkAbout id name />
                <BlockSection blocking />
            </DetailsPane>
            <HandleDialogs handle />
            <MacroDialog open handle />
        </div>
    }
}

/// Tells that a conversation in which the person was named is before their eyes.
fn see_mentions(id: ConversationId) {
    let feed = expect_context::<FeedState>();
    let attention = attention();
    let is_named = Memo::new(move |_| {
        feed.with(|view| view?.mentions.get(&id).map(|mention| mention.is_unread)) == Some(true)
    });
    Effect::new(move || {
        if attention.get() && is_named.get() {
            feed.dispatch(FeedInput::SawMention(id));
        }
    });
}

/// Leads to the visitor, with whatever else was talked about.
#[component]
fn ContactLink(visitor: Memo<Option<VisitorId>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    move || {
        visitor.get().map(|visitor| {
            view! {
                <a class="button button--quiet details__talk" href=Page::Contact(workspace.id, visitor).href()>
                    {words::contacts::SHOW}
                </a>
            }
        })
    }
}

/// Leads to a private chat about a conversation: its address stands in the composer then, under its name.
#[component]
fn TalkAbout(id: ConversationId, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let new = expect_context::<NewChat>();
    let ask = move |_| {
        let origin = window().location().origin().unwrap_or_default();
        let address = format!("{origin}{}", Page::Conversation(workspace.id, id).href());
        new.ask(named_link(&name.get_untracked(), &address));
    };
    workspace.may(Permission::ChatPrivately).then(|| {
        view! {
            <button type="button" class="button button--quiet details__talk" on:click=ask>{chats::TALK_ABOUT}</button>
        }
    })
}

/// What can be done about messages: here and in the composer.
pub(super) fn remedies(
    open: OpenConversation,
    draft: RwSignal<Draft>,
    editing: RwSignal<Option<Editing>>,
    answering: RwSignal<Option<Answering>>,
    offered: Signal<Vec<Mode>>,
) -> Remedies {
    Remedies {
        offered,
        retry: Callback::new(move |id| open.dispatch(Input::Retry(id))),
        edit: Callback::new(move |(id, mode, text): (_, Mode, String)| {
            draft.update(|draft| draft.take_back(mode, &text));
            open.dispatch(Input::Discard(id));
            open.dispatch(typing(mode, true));
            focus_end_later(COMPOSER_FIELD);
        }),
        discard: Callback::new(move |id| open.dispatch(Input::Discard(id))),
        amend: Callback::new(move |(id, mode, text): (_, Mode, String)| {
            editing.set(Some(Editing { of: id, mode, text }));
            focus_end_later(COMPOSER_FIELD);
        }),
        answer: Callback::new(move |wanted: Answering| {
            editing.set(None);
            if wanted.by_note {
                draft.update(|draft| draft.mode = Mode::Note);
            }
            answering.set(Some(wanted));
            focus_end_later(COMPOSER_FIELD);
        }),
        delete: Callback::new(move |(id, mode): (_, Mode)| {
            open.dispatch(Input::Submit(mode.delete(id)));
            focus_later(COMPOSER_FIELD);
        }),
    }
}

#[component]
pub(super) fn Log(
    open: OpenConversation,
    #[prop(into)] name: Signal<String>,
    /// Who types at the moment.
    #[prop(into)]
    typing: Signal<Option<String>>,
    /// What its first message answers.
    #[prop(optional)]
    opening: Signal<Option<Opening>>,
    remedies: Remedies,
) -> impl IntoView {
    let rows = KeyedList::<ThreadRow>::new();
    Effect::new(move || {
        rows.replace(
            open.with(|view| project(view, intl::local_day)).into_iter().map(|row| (row.key, row.row)),
        )
    });

    let at_end = RwSignal::new(true);
    let attention = attention();
    let head = open.memo(|view| view.head);
    let has_unread = open.memo(|view| view.unread > 0);
    let is_connected = open.memo(|view| view.connection == ConnectionBadge::Connected);
    Effect::new(move || {
        if attention.get() && at_end.get() && is_connected.get() && has_unread.get() {
            open.dispatch(Input::Seen { upto: head.get() });
        }
    });
    view! {
        <MessageLog
            rows
            visitor=name
            typing
            waiting=open.memo(|view| view.me.is_none() && view.items.is_empty())
            more_above=open.memo(|view| view.more_above)
            loading_older=open.memo(|view| view.loading_older)
            unseen=open.memo(|view| view.unread > 0)
            opening
            on_older=Callback::new(move |()| open.dispatch(Input::LoadOlder))
            on_end=Callback::new(move |is_there| at_end.set(is_there))
            remedies
        />
    }
}

/// What the keys of a conversation act on.
struct Shortcuts {
    permissions: Memo<Permissions>,
    list: String,
    standing: Memo<Standing>,
    change: Callback<bool>,
    details_shown: RwSignal<bool>,
    handle: Handle,
    saving: RwSignal<bool>,
    blocking: Blocking,
}

impl Shortcuts {
    fn install(self, write: impl Fn(Mode) + 'static) {
        let navigate = use_navigate();
        let (desk, canned) = (expect_context::<DeskContext>(), expect_context::<CannedBox>());
        let Self { permissions, list, standing, change, details_shown, handle, saving, blocking } = self;
        expect_context::<Keys>().hear(move |shortcut| {
            if !shortcut.is_offered(permissions.get_untracked()) {
                return false;
            }
            let standing = standing.get_untracked();
            match shortcut {
                Shortcut::Reply => write(Mode::Reply),
                Shortcut::Note => write(Mode::Note),
                Shortcut::Resolve if standing.status != Status::Resolved && !standing.pending => {
                    change.run(true);
                }
                Shortcut::Reopen if standing.status != Status::Open && !standing.pending => {
                    change.run(false);
                }
                Shortcut::ResolveAndNext if standing.status != Status::Resolved && !standing.pending => {
                    change.run(true);
                    if !desk.open_next() {
                        navigate(&list, NavigateOptions::default());
                    }
                }
                Shortcut::SaveTranscript => saving.set(true),
                Shortcut::Block => blocking.ask(),
                Shortcut::Assign => handle.asked.set(Some(Asked::Assignee)),
                Shortcut::AssignToMe => handle.take_over(),
                Shortcut::HandTo => handle.asked.set(Some(Asked::Team)),
                Shortcut::Snooze => handle.asked.set(Some(Asked::Snooze)),
                Shortcut::Label => handle.asked.set(Some(Asked::Labels)),
                Shortcut::Prioritize => handle.asked.set(Some(Asked::Priority)),
                Shortcut::Macro => canned.macros.set(Some(AskedMacro::Which)),
                Shortcut::Undo => return handle.undo(),
                Shortcut::Details => {
                    let shown = !details_shown.get_untracked();
                    details_shown.set(shown);
                    focus_later(if shown { DETAILS_CLOSE } else { DETAILS_TOGGLE });
                }
                Shortcut::Back if details_shown.get_untracked() => {
                    details_shown.set(false);
                    focus(DETAILS_TOGGLE);
                }
                Shortcut::Back if is_in_composer() => focus(HEADING),
                Shortcut::Back => navigate(&list, NavigateOptions::default()),
                Shortcut::Next
                | Shortcut::Previous
                | Shortcut::Open
                | Shortcut::Help
                | Shortcut::Resolve
                | Shortcut::Reopen
                | Shortcut::Go
                | Shortcut::Search
                | Shortcut::Select
                | Shortcut::SelectThrough
                | Shortcut::SelectAll
                | Shortcut::NewFilter
                | Shortcut::Palette
                | Shortcut::ResolveAndNext
                | Shortcut::Settings
                | Shortcut::Visitors
                | Shortcut::Attach
                | Shortcut::Emoji
                | Shortcut::Show(_) => {
                    return false;
                }
            }
            true
        });
    }
}

pub(super) fn is_in_composer() -> bool {
    document().active_element().is_some_and(|active| active.id() == COMPOSER_FIELD)
}

/// Shows the message that was looked for, once it is here: what stands between it and the newest is loaded first.
fn seek(open: OpenConversation) {
    let sought = expect_context::<Search>().sought;
    Effect::new(move || {
        let Some((_, seq)) = sought.get().filter(|(conversation, _)| *conversation == open.id) else {
            return;
        };
        let (key, more_above, loading) = open.with(|view| {
            let item = view.items.iter().find(|item| item.seq == Some(seq));
            let is_known = view.me.is_some();
            (
                item.map(|item| item.key.to_string()),
                view.more_above || !is_known,
                view.loading_older || !is_known,
            )
        });
        match key {
            Some(key) => {
                sought.set(None);
                // Once the thread has gone to its end, which it does when its first rows are drawn.
                request_animation_frame(move || focus_later(key));
            }
            None if loading => {}
            None if more_above => open.dispatch(Input::LoadOlder),
            None => sought.set(None),
        }
    });
}

/// The draft of a conversation, kept whenever it changes.
pub(super) fn use_draft(id: ConversationId) -> RwSignal<Draft> {
    let drafts = expect_context::<DraftBox>();
    let draft = RwSignal::new(drafts.get(id));
    Effect::new(move || drafts.put(id, draft.get()));
    draft
}

fn facts_of(view: &AgentView) -> VisitorFacts {
    VisitorFacts {
        online: view.presence.online,
        page: view.presence.page.clone(),
        started_at: view.items.first().filter(|_| !view.more_above).map(|item| item.at),
        also_here: compose::also_here(&company(view)),
        rating: newest_rating(&view.items),
        ..VisitorFacts::default()
    }
}

/// Becomes true when somebody wants the transcript: all of the conversation is loaded, then the browser saves it.
fn use_transcript(open: OpenConversation, visitor: Signal<String>) -> RwSignal<bool> {
    let saving = RwSignal::new(false);
    Effect::new(move || {
        let (more_above, loading) = open.with(|view| (view.more_above, view.loading_older));
        if !saving.get() || loading {
            return;
        }
        if more_above {
            open.dispatch(Input::LoadOlder);
            return;
        }
        let visitor = visitor.get_untracked();
        let text =
            open.with(|view| transcript(&visitor, &view.items, &words::Transcript { visitor: &visitor }));
        // Fails only in a browser that lets nothing be saved, and says so itself.
        let _ = save_text(words::details::TRANSCRIPT_FILE, &text);
        saving.set(false);
    });
    saving
}

/// What the engine is told of typing.
const fn typing(mode: Mode, on: bool) -> Input<ForAgents> {
    match mode {
        Mode::Reply => Input::Typing { on },
        Mode::Note => Input::Noting { on },
    }
}

pub(super) fn banner(view: &AgentView) -> Option<String> {
    match view.connection {
        ConnectionBadge::Connecting | ConnectionBadge::Connected => None,
        ConnectionBadge::Reconnecting if view.unkept > 0 => {
            Some(words::thread::RECONNECTING_UNKEPT.to_owned())
        }
        ConnectionBadge::Reconnecting => Some(words::thread::RECONNECTING.to_owned()),
        ConnectionBadge::Refused(code) => Some(words::code_words(code).to_owned()),
    }
}
