//! The app behind the panel: one session, one view, one way to dispatch.
//!
//! Reads go through signals, writes through [`App::dispatch`]. What the visitor has in sight is the only state of its
//! own.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;
use protocol::{Author, ClientMessageId, Code, ForVisitors, Page, Seq, Status, TeamPresence, VisitorCommand};
use sync::{ConnectionBadge, Doors, Input, View};
use sync_web::{Endpoint, NotLoaded, Place, Session, SessionOptions, Tray, files_in};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::components::{self, FIELD, PANEL, Writing};
use crate::host::{FromLoader, Host, Owner, Start, ToLoader, flag};
use crate::hours::Hours;
use crate::labour;
use crate::messages;
use crate::preview;
use crate::seldom;
use crate::strings;
use crate::tidings::{Tidings, own_ids};

/// The element that shows the files that are about to be sent.
pub(crate) const TRAY: &str = "tray";

#[wasm_bindgen]
extern "C" {
    /// Set by `boot.js`: asks what the site asks before the first message, if it asks anything.
    #[wasm_bindgen(js_name = porchlightAsk)]
    fn ask(reception: &JsValue, files: &str, token: &str);

    /// Set by `boot.js`: how the conversation stands, 1 if it is over, 2 if the visitor waits for a first answer.
    #[wasm_bindgen(js_name = porchlightStands)]
    pub(crate) fn tell_standing(standing: u8);
}

/// What every component is given.
#[derive(Clone, Copy)]
pub(crate) struct App {
    /// What the engine knows.
    pub(crate) view: RwSignal<View<ForVisitors>>,
    /// Whether what shows messages could not be loaded.
    pub(crate) lacks_messages: RwSignal<bool>,
    /// Whether the newest message is in sight, if the panel is.
    pub(crate) at_end: RwSignal<bool>,
    /// Whether the site wanted to know who this is and does not.
    pub(crate) is_guest: RwSignal<bool>,
    /// Whether a message that comes unseen makes a sound.
    pub(crate) sounds: RwSignal<bool>,
    /// Whether the team is there, by its hours and by who is in the inbox.
    pub(crate) doors: RwSignal<Doors>,
    /// Whether no address of the visitor is known.
    pub(crate) asks_email: RwSignal<bool>,
    /// How many files can be sent with the next message.
    pub(crate) files_ready: RwSignal<u32>,
    core: StoredValue<Rc<Core>, LocalStorage>,
}

struct Core {
    host: Host,
    writing: OnceCell<Writing>,
    messages: Cell<Messages>,
    session: RefCell<Option<Session<ForVisitors>>>,
    /// Whose the session is, once that is known: from the first on where nobody can prove who they are.
    owner: Cell<Option<Owner>>,
    /// What tabs have kept before it is, of anybody.
    kept: RefCell<Vec<(Owner, ClientMessageId, String)>>,
    /// What is to be kept before it is.
    unkept: RefCell<Vec<(ClientMessageId, String)>>,
    /// Where the visitor is.
    page: RefCell<Page>,
    /// Where this session's files are.
    files: RefCell<Option<Place>>,
    tray: OnceCell<Tray>,
    hours: Hours,
    /// Whether nobody is in the inbox.
    is_away: Cell<bool>,
    /// Whether an address was ever asked for.
    offers_address: Cell<bool>,
    is_shown: Cell<bool>,
    told_unread: Cell<u32>,
    /// Whether the panel is part of the page.
    is_fixed: bool,
    /// Whether the page sees what is sent before it is.
    is_watched: Cell<bool>,
    /// What the page was asked about and has not answered.
    asked: RefCell<VecDeque<VisitorCommand>>,
    /// What was told to a page that listens.
    tidings: RefCell<Option<Tidings>>,
}

/// How far the part of the app is that shows messages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Messages {
    /// Not asked for, or not got.
    Absent,
    /// Asked for.
    Awaited,
    /// In the panel.
    Shown,
}

/// Waits for the loader, then shows the panel and does what the loader says.
pub(crate) async fn run() {
    let Some(host) = Host::connect().await else { return };
    let mut app: Option<App> = None;
    let loader = host.clone();
    host.listen(move |message| match (message, app) {
        (FromLoader::Start(start), None) => app = Some(App::show(loader.clone(), *start)),
        (message, Some(app)) => app.receive(message),
        (_, None) => {}
    });
}

impl App {
    fn show(host: Host, start: Start) -> Self {
        let Start { name, greeting, proves, further, page, sounds, open, focus, fixed } = start;
        let root = document().document_element();
        let _ = root.map(|root| root.toggle_attribute_with_force("data-fixed", fixed));
        let core = Core {
            host,
            writing: OnceCell::new(),
            messages: Cell::new(Messages::Absent),
            session: RefCell::default(),
            owner: Cell::new((!proves).then_some(further)),
            kept: RefCell::default(),
            unkept: RefCell::default(),
            page: RefCell::new(page),
            files: RefCell::default(),
            tray: OnceCell::new(),
            hours: Hours::default(),
            is_away: Cell::new(false),
            offers_address: Cell::new(false),
            is_shown: Cell::new(false),
            told_unread: Cell::new(0),
            is_fixed: fixed,
            is_watched: Cell::new(false),
            asked: RefCell::default(),
            tidings: RefCell::default(),
        };
        let app = Self {
            view: RwSignal::new(nothing_known()),
            lacks_messages: RwSignal::new(false),
            at_end: RwSignal::new(true),
            is_guest: RwSignal::new(false),
            sounds: RwSignal::new(sounds),
            doors: RwSignal::new(Doors::Unsaid),
            asks_email: RwSignal::new(false),
            files_ready: RwSignal::new(0),
            core: StoredValue::new_local(Rc::new(core)),
        };
        mount_to_body(move || components::panel(app, name, greeting));
        preview::watch(app);
        app.core().host.tell(ToLoader::Ready);
        app.want_messages();
        if open {
            app.shown(focus);
        }
        app
    }

    fn core(self) -> Rc<Core> {
        self.core.get_value()
    }

    fn receive(self, message: FromLoader) {
        match message {
            FromLoader::Start(_) => {}
            FromLoader::Page(page) => {
                self.core().page.replace(page.clone());
                self.dispatch(Input::Moved(page));
            }
            FromLoader::Shown { focus } => self.shown(focus),
            FromLoader::Hidden => self.core().is_shown.set(false),
            FromLoader::Modal(is_modal) => components::set_modal(is_modal),
            FromLoader::Online => self.dispatch(Input::NetworkBack),
            FromLoader::Kept { owner, id, text } => self.kept(owner, id, text),
            FromLoader::Unkept(owner, id) if self.core().owner.get() == Some(owner) => {
                self.dispatch(Input::NotKept(id));
            }
            FromLoader::Unkept(..) => {}
            FromLoader::Lock { held: true } => self.dispatch(Input::Elected),
            FromLoader::Lock { held: false } => self.dispatch(Input::Deposed),
            FromLoader::Listen => self.listen(),
            FromLoader::Say { call, text } => self.say(call, text),
            FromLoader::Watch => self.core().is_watched.set(true),
            FromLoader::Answered(answer) => self.answered(answer),
            FromLoader::Words => strings::renew(),
        }
    }

    /// Begins to tell the page what happens from here on.
    fn listen(self) {
        let core = self.core();
        core.tidings.borrow_mut().get_or_insert_default();
        self.view.with_untracked(|view| self.tell(view));
    }

    fn tell(self, view: &View<ForVisitors>) {
        let core = self.core();
        let tidings = core.tidings.borrow_mut().as_mut().map(|tidings| tidings.of(view)).unwrap_or_default();
        for tiding in tidings {
            core.host.tell(ToLoader::Tiding(tiding));
        }
    }

    /// Sends for the page what the visitor asked it for, also while the panel is closed.
    fn say(self, call: u32, text: String) {
        if self.core().session.borrow().is_none() {
            self.start();
        }
        let before = self.view.with_untracked(own_ids);
        self.submit(VisitorCommand::Message { text });
        let id = self.view.with_untracked(|view| {
            let mut own = view.items.iter().rev().filter(|item| item.mine);
            own.find(|item| !before.contains(&item.client_message_id)).map(|item| item.key.to_string())
        });
        self.core().host.tell(ToLoader::Taken { call, id: id.unwrap_or_default() });
    }

    /// What one person has left unsent is nobody else's (SPEC ID8).
    fn kept(self, owner: Owner, id: ClientMessageId, text: String) {
        let core = self.core();
        let session = core.session.borrow().clone();
        match (session, core.owner.get()) {
            (Some(session), Some(own)) if own == owner => session.stored(id, &text),
            (Some(_), Some(_)) => {}
            (Some(_) | None, _) => core.kept.borrow_mut().push((owner, id, text)),
        }
    }

    /// The session is somebody's; returns whether it is this person's.
    fn belong_to(self, owner: Owner) -> bool {
        let core = self.core();
        if let Some(own) = core.owner.get() {
            return own == owner;
        }
        core.owner.set(Some(owner));
        let unkept = core.unkept.take();
        if !unkept.is_empty() {
            unkept.into_iter().for_each(|(id, text)| self.keep(id, text));
            core.host.tell(ToLoader::Held(false));
        }
        self.hand_over();
        true
    }

    fn keep(self, id: ClientMessageId, text: String) {
        let core = self.core();
        match core.owner.get() {
            Some(owner) => core.host.tell(ToLoader::Keep(owner, id, text)),
            None => {
                let mut unkept = core.unkept.borrow_mut();
                unkept.retain(|(other, _)| *other != id);
                if !text.is_empty() {
                    unkept.push((id, text));
                }
                core.host.tell(ToLoader::Held(!unkept.is_empty()));
            }
        }
    }

    /// Tells the session what was kept before it was there, or before it was known whose it is.
    fn hand_over(self) {
        let core = self.core();
        if core.owner.get().is_some() && core.session.borrow().is_some() {
            for (owner, id, text) in core.kept.take() {
                self.kept(owner, id, text);
            }
        }
    }

    fn shown(self, focus: bool) {
        let core = self.core();
        core.is_shown.set(true);
        preview::show(false);
        // Not before: until the panel is opened the visitor has asked for nothing.
        if core.session.borrow().is_none() {
            self.start();
        }
        if focus {
            take_focus();
        }
        self.want_messages();
        self.look();
    }

    /// Tells what the visitor writes with, once.
    pub(crate) fn written_with(self, writing: Writing) {
        // The panel is made once.
        let _ = self.core().writing.set(writing);
    }

    /// Loads a part of the app the first time that it is asked for, and says so where it cannot be had.
    pub(crate) fn load_once(
        self,
        is_there: &Rc<Cell<bool>>,
        part: impl Future<Output = Result<(), NotLoaded>> + 'static,
    ) {
        if is_there.replace(true) {
            return;
        }
        let is_there = Rc::clone(is_there);
        spawn_local(async move {
            if part.await.is_err() {
                is_there.set(false);
                self.lacks_messages.set(true);
            }
        });
    }

    /// Loads what shows messages, unless it is there: the panel can be read and written in before.
    pub(crate) fn want_messages(self) {
        self.lacks_messages.set(false);
        let core = self.core();
        if core.messages.get() != Messages::Absent {
            return;
        }
        core.messages.set(Messages::Awaited);
        spawn_local(async move {
            let shown = messages::show(self).await;
            let messages = if shown.is_ok() { Messages::Shown } else { Messages::Absent };
            self.core().messages.set(messages);
            self.lacks_messages.set(shown.is_err());
            self.look();
        });
    }

    /// What messages are written with.
    pub(crate) fn writing(self) -> Option<Writing> {
        self.core().writing.get().copied()
    }

    fn start(self) {
        let core = self.core();
        let contender = core.host.clone();
        let session = Session::start(SessionOptions {
            connect: Rc::new(move |renew| Box::pin(self.connect(renew))),
            keep: Rc::new(move |id, text| self.keep(id, text)),
            contend: Rc::new(move |steal| contender.tell(ToLoader::Lock { steal })),
            on_change: Rc::new(move |view| self.changed(view)),
        });
        core.session.replace(Some(session));
        self.hand_over();
        self.dispatch(Input::Moved(core.page.borrow().clone()));
    }

    /// Finds out where to connect. A session stays one person's: the page says by an event that there is another.
    async fn connect(self, renew: bool) -> Result<Endpoint, Option<Code>> {
        let granted = self.core().host.session(renew, None).await?;
        if !self.belong_to(granted.owner) {
            return Err(Some(Code::BadIdentity));
        }
        self.is_guest.set(granted.is_guest);
        self.asks_email.set(flag(&granted.reception, "asks_email"));
        let mut endpoint = granted.endpoint;
        if let Some(conversation) = granted.work {
            let number = labour::done_for(conversation).await.map_err(|_| None)?;
            endpoint.credential = [endpoint.credential, number].join(".");
        }
        let place = Place { address: granted.files, token: endpoint.credential.clone() };
        ask(&granted.reception, &place.address, &place.token);
        self.core().files.replace(Some(place));
        Ok(endpoint)
    }

    /// Leaves an address of the visitor, and lets the conversation hear of it.
    pub(crate) async fn leave_email(self, email: String) -> Result<(), Option<Code>> {
        self.core().host.session(false, Some(email)).await?;
        self.dispatch(Input::Stop);
        self.dispatch(Input::Start);
        Ok(())
    }

    /// Takes when the team is there by its hours, and whether nobody is in the inbox.
    pub(crate) fn hear_doors(self, told: &JsValue) {
        let core = self.core();
        core.hours.hear(told);
        core.is_away.set(flag(told, "is_away"));
        self.mind_doors();
    }

    /// Looks whether the team is there, now and whenever that may have changed by its hours.
    fn mind_doors(self) {
        let core = self.core();
        let doors = core.hours.look(Box::new(move || self.mind_doors())).without_anybody(core.is_away.get());
        if matches!(doors, Doors::Closed { .. }) && !core.offers_address.replace(true) {
            seldom::offer_address(self);
        }
        if self.doors.get_untracked() != doors {
            self.doors.set(doors);
        }
    }

    /// Hands an input to the engine.
    pub(crate) fn dispatch(self, input: Input<ForVisitors>) {
        let session = self.core().session.borrow().clone();
        if let Some(session) = session {
            session.dispatch(input);
        }
    }

    /// Sends what was written, or asks the page first if it wants to be asked.
    pub(crate) fn send(self, mut command: VisitorCommand) {
        let core = self.core();
        match command.text_mut() {
            Some(text) if core.is_watched.get() => {
                core.host.tell(ToLoader::Asked(text.clone()));
                core.asked.borrow_mut().push_back(command);
            }
            Some(_) | None => self.submit(command),
        }
    }

    /// The page has said what is to be sent in place of the earliest text that it was asked about; nothing at all if
    /// there is none.
    fn answered(self, answer: Option<String>) {
        let asked = self.core().asked.borrow_mut().pop_front();
        let (Some(mut command), Some(answer)) = (asked, answer) else { return };
        if let Some(text) = command.text_mut() {
            *text = answer;
        }
        self.submit(command);
    }

    /// Sends without asking the page.
    pub(crate) fn submit(self, command: VisitorCommand) {
        self.dispatch(Input::Submit(command));
    }

    /// Takes the files that an event brings.
    pub(crate) fn take_files(self, event: &web_sys::Event) {
        if let Some(files) = files_in(event) {
            event.prevent_default();
            self.with_tray(Box::new(move |tray| tray.add(files)));
        }
    }

    /// Sends the files that were chosen, as soon as each is there.
    pub(crate) fn send_files(self) {
        if let Some(tray) = self.core().tray.get() {
            tray.send(0);
        }
    }

    /// Gets ready for files that are dragged over the panel.
    pub(crate) fn expect_files(self) {
        self.with_tray(Box::new(Tray::open));
    }

    fn with_tray(self, act: Box<dyn FnOnce(&Tray)>) {
        spawn_local(async move {
            match seldom::open_tray(self).await {
                Ok(()) => {
                    if let Some(tray) = self.core().tray.get() {
                        act(tray);
                    }
                }
                Err(_) => self.lacks_messages.set(true),
            }
        });
    }

    /// Has the files that are about to be sent shown in this tray, unless there is one.
    pub(crate) fn tray(self, make: impl FnOnce() -> Option<Tray>) {
        let core = self.core();
        if core.tray.get().is_none()
            && let Some(tray) = make()
        {
            // Nobody else has set it meanwhile.
            let _ = core.tray.set(tray);
        }
    }

    /// Where this session's files are; `None` before there is one.
    pub(crate) fn files_place(self) -> Option<Place> {
        self.core().files.borrow().clone()
    }

    /// Asks the loader to close the panel, where it can be closed, or the preview.
    pub(crate) fn close(self) {
        let core = self.core();
        if preview::is_shown() {
            preview::show(false);
            self.tell_preview();
        } else if !core.is_fixed {
            core.host.tell(ToLoader::Close);
        }
    }

    /// Asks the loader to open the panel in place of the preview.
    pub(crate) fn open_preview(self) {
        if preview::is_shown() {
            self.core().host.tell(ToLoader::Open);
        }
    }

    /// Has messages that come unseen make a sound, or none.
    pub(crate) fn sound(self, sounds: bool) {
        self.sounds.set(sounds);
        self.core().host.tell(ToLoader::Sound(sounds));
    }

    /// Tells the loader how high the preview is.
    pub(crate) fn tell_preview(self) {
        self.core().host.tell(ToLoader::Preview(preview::height()));
    }

    /// Tells the engine what was seen, if the visitor can see the end of the list.
    pub(crate) fn look(self) {
        let is_visible = document().visibility_state() == web_sys::VisibilityState::Visible;
        let (unread, head) = self.view.with_untracked(|view| (view.unread, view.head));
        let core = self.core();
        let is_shown = core.is_shown.get() && core.messages.get() == Messages::Shown;
        if is_visible && is_shown && self.at_end.get_untracked() && unread > 0 {
            self.dispatch(Input::Seen { upto: head });
        }
    }

    fn changed(self, view: View<ForVisitors>) {
        let core = self.core();
        let unread = view.unread;
        self.tell(&view);
        self.view.set(view);
        self.look();
        let before = core.told_unread.replace(unread);
        if before != unread {
            core.host.tell(ToLoader::Unread(unread));
            // What was read elsewhere is no news here.
            let is_news = unread > before && !core.is_shown.get() && core.messages.get() == Messages::Shown;
            if is_news || unread == 0 {
                preview::show(is_news);
                self.tell_preview();
            }
        }
        // The network may be back.
        if self.lacks_messages.get_untracked() {
            self.want_messages();
        }
    }
}

/// Finds an element of the panel.
pub(crate) fn element<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id).map(JsCast::unchecked_into)
}

/// Puts the keyboard into the panel: into the field, or where that would raise a screen keyboard, beside it.
fn take_focus() {
    let has_screen_keyboard =
        window().match_media("(pointer:coarse)").ok().flatten().is_some_and(|query| query.matches());
    if let Some(target) = element::<HtmlElement>(if has_screen_keyboard { PANEL } else { FIELD }) {
        let _ = target.focus();
    }
}

/// The view before the engine runs.
pub(crate) fn nothing_known() -> View<ForVisitors> {
    View {
        items: Vec::new(),
        connection: ConnectionBadge::Connecting,
        status: Status::Open,
        me: Some(Author::Visitor),
        typing: Vec::new(),
        presence: TeamPresence::default(),
        unread: 0,
        head: Seq::START,
        more_above: false,
        loading_older: false,
        unsent: 0,
        unkept: 0,
    }
}
