//! Where agents write: to the visitor, or to each other.

use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::File;
use web_sys::{KeyboardEvent, SubmitEvent};

use super::assist::Assist;
use super::completion_list::{CompletionList, Completions, LIST as COMPLETIONS};
use super::emoji_picker::{EmojiButton, EmojiPicker};
use super::file_tray::{AttachButton, FileList, FileTray};
use super::tabs::{Tab, Tabs};
use super::{Icon, Shape};
use crate::browser::focus::focus_element;
use crate::browser::keys::is_composing;
use crate::browser::typing::{type_over, wrap_selection};
use crate::model::completion::{Choose, begun_name, word};
use crate::model::composition::{Answering, Composition, Editing, Mode};
use crate::model::drafts::Draft;
use crate::model::filling::{filled, unfilled};
use crate::model::slash::{Fault, Order, Typed, read};
use crate::model::wrapping::Wrapping;
use crate::words::{self, chats, compose};

/// Per cent of the limit from which the composer tells how full it is.
const TELL_FROM: usize = 80;

/// The id of the text field.
pub(crate) const FIELD: &str = "composer-field";

/// The text field with its two tabs.
#[component]
pub(crate) fn Composer(
    /// What the person may write, one at least; tabs choose between them.
    modes: Vec<Mode>,
    /// What is in it; the owner keeps it.
    draft: RwSignal<Draft>,
    /// The message that is edited in it, instead of the draft.
    editing: RwSignal<Option<Editing>>,
    /// What the next message answers.
    answering: RwSignal<Option<Answering>>,
    /// Takes an edited message.
    on_save: Callback<Editing>,
    /// Takes a text that can be sent.
    on_send: Callback<(Mode, String, Option<Answering>)>,
    /// Hears whether something is being typed.
    on_typing: Callback<(Mode, bool)>,
    /// Takes a file that can be sent.
    on_file: Callback<(Mode, File)>,
    /// Which colleagues write at the moment, in words.
    #[prop(into)]
    others: Signal<Option<String>>,
    /// What helps to write.
    assist: Assist,
    /// What the private chat is called in which this is: there is nobody else to write to.
    #[prop(into, optional)]
    among: Option<Signal<String>>,
) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    let is_editing = Memo::new(move |_| editing.with(Option::is_some));
    let is_answering = Memo::new(move |_| answering.with(Option::is_some));
    let answered = Memo::new(move |_| {
        answering.with(|answering| answering.as_ref().map(|answering| answering.text.clone()))
    });
    let (has_tabs, answers) = (modes.len() > 1, modes.contains(&Mode::Reply));
    let mode = Memo::new(move |_| {
        editing
            .with(|editing| editing.as_ref().map(|editing| editing.mode))
            .unwrap_or_else(|| draft.with(|draft| draft.mode))
    });
    let text = Memo::new(move |_| {
        let edited = editing.with(|editing| editing.as_ref().map(|editing| editing.text.clone()));
        edited.unwrap_or_else(|| draft.with(|draft| draft.text(draft.mode).to_owned()))
    });
    let composition = Memo::new(move |_| text.with(|text| Composition::of(text)));

    let caret = RwSignal::new(0);
    let before = Memo::new(move |_| text.with(|text| before_caret(text, caret.get())));
    let offers = Memo::new(move |_| {
        let is_all = text.with(|text| before.with(|before| before.len() == text.len()));
        if is_editing.get() {
            return Vec::new();
        }
        before.with(|before| assist.offers(before, is_all, mode.get() == Mode::Note, !answers))
    });
    let completions = Completions::new(offers);
    let fault = RwSignal::new(None::<Fault>);

    let tray = FileTray::new(on_file);
    let picks = RwSignal::new(false);
    let order = move |order: Order| {
        let mode = mode.get_untracked();
        draft.update(|draft| draft.set_text(mode, String::new()));
        on_typing.run((mode, false));
        assist.on_order.run(order);
    };
    let send = move || {
        let (mode, text) = (mode.get_untracked(), text.get_untracked());
        if composition.get_untracked().sendable {
            if let Some(edited) = editing.write().take() {
                on_save.run(edited);
                return;
            }
            let typed =
                if answers { read(&text, &untrack(|| assist.surroundings.get())) } else { Typed::Text(text) };
            let text = match typed {
                Typed::Text(text) => text,
                Typed::Order(wanted) => return order(wanted),
                Typed::Faulty(found) => return fault.set(Some(found)),
            };
            draft.update(|draft| draft.set_text(mode, String::new()));
            on_typing.run((mode, false));
            on_send.run((mode, text, answering.write().take()));
        } else if is_editing.get_untracked() || tray.ready.get_untracked() == 0 {
            return;
        }
        tray.send(mode);
        if let Some(field) = field.get_untracked() {
            focus_element(&field);
        }
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let choose_offer = Callback::new(move |choice: Choose| {
        let Some(field) = field.get_untracked() else { return };
        match choice {
            Choose::Name(name) => {
                let at = caret.get_untracked();
                let typed = before.with_untracked(|before| begun_name(before).map_or(0, units));
                type_over(&field, (at.saturating_sub(typed), at), &format!("{name} "));
            }
            Choose::Fill(words) => type_over(&field, (0, u32::MAX), &words),
            Choose::Say(id, template) => {
                let at = caret.get_untracked();
                let typed = before.with_untracked(|before| word(before).map_or(0, |word| 1 + units(word)));
                let said = filled(&template, &untrack(|| assist.facts.get()));
                type_over(&field, (at.saturating_sub(typed), at), &said);
                assist.on_used.run(id);
            }
            Choose::Run(id) => {
                let at = caret.get_untracked();
                let typed = before.with_untracked(|before| word(before).map_or(0, |word| 1 + units(word)));
                type_over(&field, (at.saturating_sub(typed), at), "");
                assist.on_run.run(id);
            }
            Choose::Order(wanted) => {
                order(wanted);
                focus_element(&field);
            }
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if let Some(chosen) = completions.take(&event) {
            if let Some(chosen) = chosen {
                choose_offer.run(chosen);
            }
            return;
        }
        let wants_line = event.shift_key() || event.alt_key();
        if event.key() == "Enter" && !wants_line && !is_composing(&event) {
            event.prevent_default();
            send();
        }
        let wrapping = (event.ctrl_key() || event.meta_key())
            .then(|| Wrapping::of_key(&event.key(), event.shift_key()))
            .flatten()
            .filter(|_| !event.alt_key() && !is_composing(&event));
        if let (Some(wrapping), Some(field)) = (wrapping, field.get_untracked()) {
            event.prevent_default();
            wrap_selection(&field, wrapping);
        }
        if event.key() == "Escape" && is_editing.get_untracked() && !is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            editing.set(None);
        } else if event.key() == "Escape" && is_answering.get_untracked() && !is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            answering.set(None);
        }
    };
    let note_caret = move || {
        let at = field.get_untracked().and_then(|field| field.selection_start().ok().flatten());
        if at.is_some_and(|at| at != caret.get_untracked()) {
            caret.set(at.unwrap_or_default());
        }
    };
    let on_input = move |typed: String| {
        note_caret();
        completions.typed();
        fault.set(None);
        if is_editing.get_untracked() {
            editing.update(|editing| {
                if let Some(editing) = editing {
                    editing.text = typed;
                }
            });
            return;
        }
        // A command is nobody's business.
        on_typing.run((
            mode.get_untracked(),
            !(typed.is_empty() || answers && typed.trim_start().starts_with('/')),
        ));
        draft.update(|draft| draft.set_text(draft.mode, typed));
    };
    let choose = Callback::new(move |index: usize| {
        if let Some(mode) = Mode::EVERY.get(index) {
            on_typing.run((draft.with_untracked(|draft| draft.mode), false));
            editing.set(None);
            if *mode == Mode::Reply
                && answering
                    .with_untracked(|answering| answering.as_ref().is_some_and(|answering| answering.by_note))
            {
                answering.set(None);
            }
            draft.update(|draft| draft.mode = *mode);
        }
    });
    let chosen = move || Mode::EVERY.iter().position(|one| *one == mode.get()).unwrap_or_default();
    let tabs = Mode::EVERY
        .iter()
        .zip(["r", "n"])
        .map(|(mode, key)| Tab { label: words::composer_name(*mode), key: Some(key) })
        .collect();
    let problem = move || {
        let wrong = fault.get().map(|fault| compose::fault(&fault));
        let illegal = || composition.get().problem.map(|code| words::code_words(code).to_owned());
        wrong.or_else(illegal).or_else(|| text.with(|text| unfilled(text).map(compose::unfilled)))
    };
    let is_wrong = move || fault.get().is_some() || composition.get().problem.is_some();
    let filled =
        move || Some(composition.get().filled).filter(|filled| *filled >= TELL_FROM && problem().is_none());

    view! {
        <form class="composer" class:composer--note=move || among.is_none() && mode.get() == Mode::Note on:submit=on_submit>
            {among.is_none().then(|| view! {
                <div class="composer__top">
                    {has_tabs.then(|| view! {
                        <Tabs name=words::composer::TABS look="tabs--pill" tabs panel="composer" chosen=Signal::derive(chosen) on_choose=choose />
                    })}
                    <Show when=move || mode.get() == Mode::Note>
                        <p class="composer__private"><Icon shape=Shape::Lock /><span>{words::thread::ONLY_TEAM}</span></p>
                    </Show>
                </div>
            })}
            <p class="composer__others" role="status"><bdi>{others}</bdi></p>
            <Show when=move || is_editing.get()>
                <p class="composer__editing" role="status">
                    <span>{words::composer::EDITING}</span>
                    <button type="button" class="button button--small button--quiet" on:click=move |_| editing.set(None)>
                        {words::composer::CANCEL}
                    </button>
                </p>
            </Show>
            <Show when=move || is_answering.get() && !is_editing.get()>
                <p class="composer__editing" role="status">
                    <span class="composer__answered" dir="auto">{words::composer::ANSWERING} {answered}</span>
                    <button type="button" class="button button--small button--quiet" on:click=move |_| answering.set(None)>
                        {words::composer::CANCEL}
                    </button>
                </p>
            </Show>
            <div role=has_tabs.then_some("tabpanel") id="composer" class="composer__panel">
                <CompletionList completions on_choose=choose_offer />
                <textarea
                    node_ref=field
                    id=FIELD
                    class="composer__field"
                    rows="2"
                    dir="auto"
                    enterkeyhint="send"
                    aria-label=move || match among {
                        Some(name) => chats::message_to(&name.get()),
                        None => words::composer_name(mode.get()).to_owned(),
                    }
                    aria-describedby="composer-hint"
                    aria-invalid=move || is_wrong().then_some("true")
                    aria-autocomplete="list"
                    aria-controls=move || completions.is_open().then_some(COMPLETIONS)
                    aria-activedescendant=move || completions.active_option()
                    placeholder=move || match among {
                        Some(name) => chats::message_to(&name.get()),
                        None => words::composer_placeholder(mode.get()).to_owned(),
                    }
                    prop:value=text
                    on:input:target=move |event| on_input(event.target().value())
                    on:keydown=on_key
                    on:keyup=move |_| note_caret()
                    on:click=move |_| note_caret()
                    on:paste=move |event| tray.take(&event)
                    on:blur=move |_| on_typing.run((mode.get_untracked(), false))
                ></textarea>
                <FileList tray />
                <Show when=move || picks.get()>
                    <EmojiPicker open=picks field />
                </Show>
                <div class="composer__foot">
                    <AttachButton tray />
                    <EmojiButton open=picks />
                    <p class="composer__hint" id="composer-hint">
                        <span role="status" class="composer__problem">{problem}</span>
                        {move || filled().map(words::filled)}
                        <span class="composer__keys" class:visually-hidden=move || problem().is_some() || filled().is_some()>
                            {words::composer::HINT}
                        </span>
                    </p>
                    <button type="submit" class="button button--primary" disabled=move || !composition.get().sendable && tray.ready.get() == 0>
                        <Icon shape=Shape::Send />
                        {move || if is_editing.get() { words::composer::SAVE } else { words::composer::SEND }}
                    </button>
                </div>
            </div>
        </form>
    }
}

/// How long a text is to the browser.
fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// What stands before the caret.
fn before_caret(text: &str, caret: u32) -> String {
    let units: Vec<u16> = text.encode_utf16().take(caret as usize).collect();
    String::from_utf16_lossy(&units)
}
