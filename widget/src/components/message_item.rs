//! One row: a day mark, who, what, when, and how far it got.

use leptos::either::Either;
use leptos::html::Div;
use leptos::prelude::*;
use protocol::{Code, Failure, VisitorCommand};
use sync::{Input, can_amend};
use sync_web::show_message;

use super::composer::Writing;
use super::face::face;
use super::file_item::make_room;
use super::icons::{DOTS, icon};
use super::later::{Fill, later};
use super::rating::{Answer, Question};
use super::{FIELD, action, flag, text};
use crate::app::{App, element};
use crate::clock;
use crate::rows::{Body, Mark, Row};
use crate::seldom;
use crate::strings::{fill_stars, strings};

/// A row; only what changes in it is drawn again.
pub(crate) fn message_item(app: App, writing: Writing, row: ArcRwSignal<Row>) -> impl IntoView {
    let first = row.get_untracked();
    let menu = RwSignal::new(Menu::Closed);
    let shown = row.clone();
    let read = move |part: fn(&Row, Menu) -> String| {
        let row = shown.clone();
        text(move || row.with(|row| part(row, menu.get())))
    };
    let class = read(class_of);
    let day = read(|row, _| row.day.clone());
    let body = if matches!(first.body, Body::Notice(_) | Body::End(..)) {
        let ending = row.clone();
        let is_over = flag(move || ending.with(|row| matches!(row.body, Body::End(..))));
        let ask: Fill = Box::new(move |place| {
            let row = row.clone();
            let answer: Answer = Box::new(move || {
                row.with(|row| match row.body {
                    Body::End(_, stars) => Some(stars),
                    Body::Message(_) | Body::Notice(_) | Body::Deleted | Body::File(_) => None,
                })
            });
            let name = |stars| fill_stars(strings().of_five, stars);
            Box::pin(seldom::show_rating(app, Question { place, answer, name }))
        });
        Either::Left(view! {
            <p class="notice">{read(|row, _| said(row))}</p>
            {later(app, is_over, ask)}
        })
    } else {
        let writer = StoredValue::new(first.agent);
        let said = read(|row, _| said(row));
        let bubble = NodeRef::<Div>::new();
        Effect::new(move |_| {
            if let Some(bubble) = bubble.get() {
                show_message(&bubble, &said.get());
            }
        });
        let is_open = read(|_, menu| (menu != Menu::Closed).to_string());
        let answerable = row.clone();
        let is_fixed = flag(move || answerable.with(|row| row.answerable.is_none()));
        let quoting = row.clone();
        let no_quote = flag(move || quoting.with(|row| row.quote.is_none()));
        let quote = read(|row, _| row.quote.as_ref().map(|quote| quote.text.clone()).unwrap_or_default());
        let lasting = row.clone();
        // Remembered, so that what else changes in the row fetches no picture anew.
        let is_gone = Memo::new(move |_| lasting.with(|row| row.body == Body::Deleted));
        let file = match first.body {
            Body::File(file) => Some(file),
            Body::Message(_) | Body::Notice(_) | Body::End(..) | Body::Deleted => None,
        };
        let sent = move || {
            let file = file.clone().filter(|_| !is_gone.get())?;
            let show: Fill = Box::new(move |place| {
                if let Some(size) = file.picture {
                    make_room(size, &place);
                }
                Box::pin(seldom::show_file(app, file.clone(), place))
            });
            Some(later(app, flag(|| true), show))
        };
        let press = move |button: Button| {
            let row = row.clone();
            action(move || pressed(app, writing, menu, &row.get_untracked(), button))
        };
        Either::Right(view! {
            <p class="name" dir="auto">{face(move || writer.get_value())}{read(|row, _| row.name.clone())}</p>
            <div class="said">
                <button
                    class="more"
                    hidden=is_fixed
                    aria-label=if first.mine { strings().own_options } else { strings().options }
                    aria-expanded=is_open
                    on:click=press(Button::More)
                >
                    {icon(DOTS)}
                </button>
                <div class="bubble">
                    <button class="quote" dir="auto" hidden=no_quote on:click=press(Button::Quote)>{quote}</button>
                    {sent}
                    <div class="marked" dir="auto" node_ref=bubble></div>
                </div>
            </div>
            // Not said aloud when it changes; the alert does that where it matters.
            <p class="meta" aria-live="off">
                <span>{read(meta)}</span>
                <button class="link" on:click=press(Button::Again)>{read(again)}</button>
                <button class="link" on:click=press(Button::Edit)>{read(edit)}</button>
                <button class="link" on:click=press(Button::Discard)>{read(discard)}</button>
            </p>
        })
    };
    view! {
        <div class=class id=first.key.to_string() tabindex="-1">
            <h2 class="day">{day}</h2>
            {body}
        </div>
    }
}

/// What the visitor is doing about a message of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Menu {
    Closed,
    /// They can answer it.
    Open,
    /// They can change it as well.
    Amends,
    /// They are asked whether it should go.
    Asks,
}

/// The buttons of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    More,
    /// Leads to what is quoted.
    Quote,
    /// Sends again; answers.
    Again,
    /// Edits; deletes once that was asked.
    Edit,
    /// Discards what has failed; asks whether to delete; keeps.
    Discard,
}

fn pressed(app: App, writing: Writing, menu: RwSignal<Menu>, row: &Row, button: Button) {
    let failed = row.change.unwrap_or(row.id);
    let body = match &row.body {
        Body::Message(text) => text.as_str(),
        Body::File(file) => file.name.as_str(),
        Body::Notice(_) | Body::End(..) | Body::Deleted => "",
    };
    let next = match (button, menu.get_untracked()) {
        (Button::More, Menu::Closed)
            if row.changeable.is_some_and(|at| can_amend(true, at, clock::now())) =>
        {
            Menu::Amends
        }
        (Button::More, Menu::Closed) => Menu::Open,
        (Button::Quote, menu) => {
            let quoted = row.quote.as_ref().and_then(|quote| quote.key);
            match quoted.and_then(|key| element::<web_sys::HtmlElement>(&key.to_string())) {
                // Brings it in sight, and the style sheet marks it.
                Some(row) => drop(row.focus()),
                None => app.dispatch(Input::LoadOlder),
            }
            menu
        }
        (Button::Again, Menu::Open | Menu::Amends) => {
            if let Some(to) = row.answerable {
                writing.reply(to, &markup::plain(body));
            }
            Menu::Closed
        }
        (Button::Edit, Menu::Amends) => {
            writing.edit(row.id, body);
            Menu::Closed
        }
        (Button::Edit, Menu::Asks) => {
            app.dispatch(Input::Submit(VisitorCommand::Delete { of: row.id }));
            // The buttons are gone with the message.
            let _ = element::<web_sys::HtmlElement>(FIELD).map(|field| field.focus());
            Menu::Closed
        }
        (Button::Discard, Menu::Amends) => Menu::Asks,
        (Button::Discard, Menu::Asks) => Menu::Amends,
        (Button::Again, _) => {
            app.dispatch(Input::Retry(failed));
            Menu::Closed
        }
        (Button::Edit, _) => {
            match row.change {
                Some(_) => writing.edit(row.id, body),
                None => writing.take_back(body),
            }
            app.dispatch(Input::Discard(failed));
            Menu::Closed
        }
        (Button::Discard, _) => {
            app.dispatch(Input::Discard(failed));
            Menu::Closed
        }
        (Button::More, _) => Menu::Closed,
    };
    menu.set(next);
}

/// What stands in the bubble, or in the notice.
fn said(row: &Row) -> String {
    match &row.body {
        Body::Message(text) => text.clone(),
        Body::Notice(text) => text.clone(),
        Body::End(text, _) => (*text).to_owned(),
        Body::Deleted => strings().deleted.to_owned(),
        Body::File(_) => String::new(),
    }
}

fn class_of(row: &Row, menu: Menu) -> String {
    let mut class = String::from("row");
    for (name, applies) in [
        (" mine", row.mine),
        (" starts", row.starts),
        (" ends", row.ends),
        (" sending", matches!(row.mark, Some(Mark::Sending | Mark::Saving))),
        (" failed", matches!(row.mark, Some(Mark::Failed(_)))),
        (" gone", row.body == Body::Deleted),
        (" acting", menu != Menu::Closed),
        (" pictured", matches!(&row.body, Body::File(file) if file.picture.is_some())),
    ] {
        if applies {
            class.push_str(name);
        }
    }
    class
}

/// The line below a message: when, and how far it got.
fn meta(row: &Row, _: Menu) -> String {
    let words = strings();
    let word = match row.mark {
        Some(Mark::Failed(failure)) => return failure_text(failure, row.change.is_some()).to_owned(),
        // One word for a whole group that waits.
        Some(Mark::Sending) if !row.ends => return String::new(),
        Some(Mark::Sending) => words.sending,
        Some(Mark::Saving) => words.saving,
        Some(Mark::Sent) => words.sent,
        Some(Mark::Seen) => words.seen,
        None => "",
    };
    let edited = if row.edited { words.edited } else { "" };
    let mut line = String::new();
    for part in [edited, &row.time, word] {
        if !line.is_empty() && !part.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(part);
    }
    line
}

fn failure_text(failure: Failure, is_change: bool) -> &'static str {
    match failure {
        Failure::Lost => strings().lost,
        Failure::Refused(Code::TooLate) => strings().too_late,
        Failure::Refused(_) if is_change => strings().failed_change,
        Failure::Refused(code) => refusal(code),
    }
}

fn refusal(code: Code) -> &'static str {
    let words = strings();
    match code {
        Code::TooLong | Code::TooLarge => words.failed_too_long,
        Code::BadText | Code::Empty => words.failed_bad_text,
        Code::IdempotencyConflict => words.failed_conflict,
        Code::BadFrame
        | Code::Unauthenticated
        | Code::NotFound
        | Code::Forbidden
        | Code::OutOfOrder
        | Code::RateLimited
        | Code::UpgradeRequired
        | Code::TooManySockets
        | Code::UnknownSite
        | Code::OriginNotAllowed
        | Code::WrongSignIn
        | Code::AlreadySetUp
        | Code::Storage
        | Code::Unavailable
        | Code::Internal
        | Code::SecondFactorRequired
        | Code::ProofRequired
        | Code::LinkExpired
        | Code::WeakPassword
        | Code::BadField
        | Code::Taken
        | Code::InUse
        | Code::SignUpClosed
        | Code::IdentityRequired
        | Code::BadIdentity
        | Code::TooLate
        | Code::Overtaken
        | Code::UnsupportedFile
        | Code::SecondFactorMissing => words.failed_otherwise,
    }
}

/// What the button says that sends something again, empty if that could not help; or that answers it.
fn again(row: &Row, menu: Menu) -> String {
    let words = strings();
    let word = match row.mark {
        _ if matches!(menu, Menu::Open | Menu::Amends) => words.reply,
        Some(Mark::Failed(failure)) if failure.is_in_the_text() => "",
        Some(Mark::Failed(Failure::Refused(Code::TooLate))) => "",
        Some(Mark::Failed(Failure::Lost)) => words.resend,
        Some(Mark::Failed(Failure::Refused(Code::IdempotencyConflict))) => words.send_as_new,
        Some(Mark::Failed(Failure::Refused(_))) => words.retry,
        Some(Mark::Sending | Mark::Sent | Mark::Seen | Mark::Saving) | None => "",
    };
    word.to_owned()
}

/// What the button says that takes the text into the field, or deletes the message once that was asked.
fn edit(row: &Row, menu: Menu) -> String {
    let word = match menu {
        Menu::Asks => strings().delete_message,
        Menu::Open => "",
        Menu::Amends | Menu::Closed if matches!(row.body, Body::Deleted | Body::File(_)) => "",
        Menu::Amends | Menu::Closed => strings().edit,
    };
    word.to_owned()
}

/// What the button says that gives something up: a failed message, a stored one, or the wish to delete that.
fn discard(_: &Row, menu: Menu) -> String {
    let word = match menu {
        Menu::Closed => strings().discard,
        Menu::Amends => strings().delete,
        Menu::Asks => strings().keep,
        Menu::Open => "",
    };
    word.to_owned()
}
