//! The app behind the panel: one session, one view, one way to dispatch.
//!
//! Reads go through signals, writes through [`App::dispatch`]. What the visitor has in sight is the only state of its
//! own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use protocol::{
    Author, ClientMessageId, ForVisitors, Page, Seq, Status, TeamPresence, Timestamp, VisitorCommand,
};
use sync::{ConnectionBadge, Input, ItemKey, View};
use sync_web::{Session, SessionOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::accent;
use crate::clock::{self, Clock};
use crate::components::{self, FIELD, PANEL};
use crate::host::{FromLoader, Host, Start, ToLoader};
use crate::rows::{Row, TimeWords, rows_of};

/// A row that keeps its place in the list while what it shows changes.
pub(crate) type LiveRow = (ItemKey, ArcRwSignal<Row>);

/// What every component is given.
#[derive(Clone, Copy)]
pub(crate) struct App {
    /// What the engine knows.
    pub(crate) view: RwSignal<View<ForVisitors>>,
    /// The same as rows.
    pub(crate) rows: RwSignal<Vec<LiveRow>>,
    /// Whether the newest message is in sight, if the panel is.
    pub(crate) at_end: RwSignal<bool>,
    core: StoredValue<Rc<Core>, LocalStorage>,
}

struct Core {
    host: Host,
    clock: Clock,
    session: RefCell<Option<Session<ForVisitors>>>,
    /// What tabs have kept before the session begins.
    kept: RefCell<Vec<(ClientMessageId, String)>>,
    /// Where the visitor is.
    page: RefCell<Page>,
    is_shown: Cell<bool>,
    told_unread: Cell<u32>,
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
        let Start { name, accent, greeting, page, locale, open, focus } = start;
        paint(&accent, clock::direction(&locale));
        let core = Core {
            host,
            clock: Clock::new(&locale),
            session: RefCell::default(),
            kept: RefCell::default(),
            page: RefCell::new(page),
            is_shown: Cell::new(false),
            told_unread: Cell::new(0),
        };
        let app = Self {
            view: RwSignal::new(nothing_known()),
            rows: RwSignal::new(Vec::new()),
            at_end: RwSignal::new(true),
            core: StoredValue::new_local(Rc::new(core)),
        };
        mount_to_body(move || components::panel(app, name, greeting));
        app.core().host.tell(ToLoader::Ready);
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
            FromLoader::Online => self.dispatch(Input::NetworkBack),
            FromLoader::Kept { id, text } => self.kept(id, text),
            FromLoader::Unkept(id) => self.dispatch(Input::NotKept(id)),
            FromLoader::Lock { held: true } => self.dispatch(Input::Elected),
            FromLoader::Lock { held: false } => self.dispatch(Input::Deposed),
        }
    }

    fn kept(self, id: ClientMessageId, text: String) {
        let core = self.core();
        let session = core.session.borrow().clone();
        match session {
            Some(session) => session.stored(id, &text),
            None => core.kept.borrow_mut().push((id, text)),
        }
    }

    fn shown(self, focus: bool) {
        let core = self.core();
        core.is_shown.set(true);
        // Not before: until the panel is opened the visitor has asked for nothing.
        if core.session.borrow().is_none() {
            self.start();
        }
        if focus {
            take_focus();
        }
        self.look();
    }

    fn start(self) {
        let core = self.core();
        let keeper = core.host.clone();
        let contender = core.host.clone();
        let connector = core.host.clone();
        let session = Session::start(SessionOptions {
            connect: Rc::new(move |renew| {
                let connector = connector.clone();
                Box::pin(async move { connector.session(renew).await })
            }),
            keep: Rc::new(move |id, text| keeper.tell(ToLoader::Keep(id, text))),
            contend: Rc::new(move |steal| contender.tell(ToLoader::Lock { steal })),
            on_change: Rc::new(move |view| self.changed(view)),
        });
        for (id, text) in core.kept.take() {
            session.stored(id, &text);
        }
        core.session.replace(Some(session));
        self.dispatch(Input::Moved(core.page.borrow().clone()));
    }

    /// Hands an input to the engine.
    pub(crate) fn dispatch(self, input: Input<ForVisitors>) {
        let session = self.core().session.borrow().clone();
        if let Some(session) = session {
            session.dispatch(input);
        }
    }

    /// Sends what was written.
    pub(crate) fn send(self, text: String) {
        self.dispatch(Input::Submit(VisitorCommand::Message { text }));
    }

    /// Asks the loader to close the panel.
    pub(crate) fn close(self) {
        self.core().host.tell(ToLoader::Close);
    }

    /// Tells the engine what was seen, if the visitor can see the end of the list.
    pub(crate) fn look(self) {
        let is_visible = document().visibility_state() == web_sys::VisibilityState::Visible;
        let (unread, head) = self.view.with_untracked(|view| (view.unread, view.head));
        if is_visible && self.core().is_shown.get() && self.at_end.get_untracked() && unread > 0 {
            self.dispatch(Input::Seen { upto: head });
        }
    }

    fn changed(self, view: View<ForVisitors>) {
        let core = self.core();
        let today = clock::day(clock::now());
        self.update_rows(rows_of(&view, &Words { clock: &core.clock, today }));
        let unread = view.unread;
        self.view.set(view);
        self.look();
        if core.told_unread.replace(unread) != unread {
            core.host.tell(ToLoader::Unread(unread));
        }
    }

    /// Changes rows in place, and the list only where rows come or go.
    fn update_rows(self, fresh: Vec<Row>) {
        let known = self.rows.get_untracked();
        let mut same = known.len() == fresh.len();
        let mut live = Vec::with_capacity(fresh.len());
        for (index, row) in fresh.into_iter().enumerate() {
            let in_place = known.get(index).filter(|(key, _)| *key == row.key);
            same &= in_place.is_some();
            let found = in_place.or_else(|| known.iter().find(|(key, _)| *key == row.key));
            if let Some((key, signal)) = found {
                if signal.with_untracked(|shown| *shown != row) {
                    signal.set(row);
                }
                live.push((*key, signal.clone()));
            } else {
                live.push((row.key, ArcRwSignal::new(row)));
            }
        }
        if !same {
            self.rows.set(live);
        }
    }
}

/// The words of one moment, for which `today` is fixed.
struct Words<'a> {
    clock: &'a Clock,
    today: i64,
}

impl TimeWords for Words<'_> {
    fn day(&self, at: Timestamp) -> i64 {
        clock::day(at)
    }
    fn day_name(&self, at: Timestamp) -> String {
        self.clock.day_name(at, self.today)
    }
    fn time(&self, at: Timestamp) -> String {
        self.clock.time(at)
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

/// Gives the document the site's colour and the page's direction.
fn paint(accent: &str, direction: &str) {
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = root.set_attribute("dir", direction);
    if accent.len() == 7 {
        // Not by an attribute: the frame's own policy refuses inline styles.
        let style = root.unchecked_into::<HtmlElement>().style();
        let _ = style.set_property("--accent", accent);
        let _ = style.set_property("--on-accent", accent::ink_on(accent));
    }
}

/// The view before the engine runs.
fn nothing_known() -> View<ForVisitors> {
    View {
        items: Vec::new(),
        connection: ConnectionBadge::Connecting,
        status: Status::Open,
        me: Some(Author::Visitor),
        typing: None,
        presence: TeamPresence::default(),
        unread: 0,
        head: Seq::START,
        more_above: false,
        loading_older: false,
        unsent: 0,
        unkept: 0,
    }
}
