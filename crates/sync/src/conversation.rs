//! One chat, from one client's side.

mod receive;
mod show;
mod turn;

use mutant::mutant;
use protocol::{
    Audience, Author, ClientFrame, Code, Failure, Hello, Page, SavedMessage, Seq, Status, TabId, Timestamp,
    Undecodable,
};

use self::turn::Turn;
use crate::clock::Clock;
use crate::connection::{Act, Connection};
use crate::doubtful::Doubtful;
use crate::env::Entropy;
use crate::marks::Marks;
use crate::others_typing::OthersTyping;
use crate::outbox::{Change, Outbox};
use crate::own_typing::{OwnTyping, Telling};
use crate::timeline::Timeline;
use crate::{Effect, Env, Input, Step};

/// Keeps the connection of a chat, what was written in it, and what is known of its log.
#[derive(Debug)]
pub struct Conversation<A: Audience> {
    clock: Clock,
    connection: Connection,
    outbox: Outbox<A>,
    timeline: Timeline<A::Kind>,
    doubtful: Doubtful<A::Kind>,
    marks: Marks,
    own_typing: OwnTyping,
    others_typing: OthersTyping,
    presence: A::Presence,
    me: Option<Author>,
    status: Status,
    /// The position up to which `status` tells where the conversation stands.
    status_at: Seq,
    tab: TabId,
    page: Option<Page>,
    page_told: bool,
    /// Whether this connection brought something that this build cannot read.
    unreadable: bool,
}

impl<A: Audience> Conversation<A> {
    /// Creates a conversation that waits for [`Input::Start`]; what the person's tabs have kept comes as
    /// [`Input::Kept`].
    #[must_use]
    pub fn new(env: Env) -> Self {
        let clock = Clock::new(env.now);
        let mut entropy = Entropy::new(env.entropy);
        Self {
            clock,
            connection: Connection::new(env.now),
            outbox: Outbox::new(&mut entropy),
            timeline: Timeline::default(),
            doubtful: Doubtful::default(),
            marks: Marks::default(),
            own_typing: OwnTyping::default(),
            others_typing: OthersTyping::default(),
            presence: A::Presence::default(),
            me: None,
            status: Status::default(),
            status_at: Seq::START,
            tab: TabId::from_bytes(entropy.take()),
            page: None,
            page_told: true,
            unreadable: false,
        }
    }

    /// Takes an input and says what to do about it.
    #[must_use]
    pub fn handle(&mut self, env: Env, input: Input<A>) -> Step<Effect<A>> {
        let badge = self.connection.badge(self.clock.now());
        let was_live = self.connection.is_live();
        let now = self.clock.advance(env.now);
        let mut turn = Turn::new(now, env);
        self.take(input, &mut turn);
        if was_live && !self.connection.is_live() {
            self.disconnected(&mut turn);
        }
        self.flush(&mut turn);
        turn.changed |= badge != self.connection.badge(turn.now);
        let wake_at = self.clock.set_timer(self.wake_at(turn.now));
        Step { effects: turn.effects, wake_at, changed: turn.changed }
    }

    /// Returns the earliest time at which something is due.
    fn wake_at(&self, now: Timestamp) -> Option<Timestamp> {
        let connection = self.connection.wake_at(now);
        if !self.connection.is_live() {
            return connection;
        }
        let others = [
            self.outbox.wake_at(),
            self.timeline.wake_at(),
            self.own_typing.wake_at(),
            self.others_typing.wake_at(),
        ];
        connection.into_iter().chain(others.into_iter().flatten()).min()
    }

    fn take(&mut self, input: Input<A>, turn: &mut Turn<A>) {
        let live = self.connection.is_live();
        match input {
            Input::Start => self.start(turn),
            Input::Stop => turn.act(self.connection.stop(turn.now)),
            Input::Opened { credential } => self.opened(credential, turn),
            Input::Unreachable { code } => self.connection.unreachable(code, turn.now, &mut turn.entropy),
            Input::Closed { code } => self.connection.closed(code, turn.now, &mut turn.entropy),
            Input::Received(frame) => self.received(frame, turn),
            Input::Unreadable(why) => self.could_not_read(why, turn),
            Input::Pong => self.connection.heard(),
            Input::Woke => self.woke(turn),
            Input::NetworkBack => turn.act(self.connection.network_back(turn.now)),
            Input::Submit(command) => self.submit(command, turn),
            Input::Retry(id) => {
                turn.changed |= self.outbox.retry(id, self.timeline.cursor(), turn.written_at);
            }
            Input::Discard(id) => turn.changed |= self.outbox.discard(id),
            Input::Elected => turn.changed |= self.outbox.elect(&mut turn.entropy),
            Input::Deposed => self.deposed(turn),
            Input::Kept(message) => self.kept(message, turn),
            Input::Removed(id) => turn.changed |= self.outbox.removed(id),
            Input::NotKept(id) => turn.changed |= self.outbox.not_kept(id, &mut turn.entropy),
            Input::Typing { on } if live => turn.typing = self.own_typing.typed(on, false, turn.now),
            Input::Noting { on } if live && A::WRITES_NOTES => {
                turn.typing = self.own_typing.typed(on, true, turn.now)
            }
            Input::Typing { .. } | Input::Noting { .. } => {}
            Input::Seen { upto } => turn.changed |= self.marks.see(upto.min(self.timeline.head())),
            Input::LoadOlder if live => self.load_older(turn),
            Input::LoadOlder => {}
            Input::Moved(page) => self.moved(page.tidied()),
        }
    }

    fn start(&mut self, turn: &mut Turn<A>) {
        let act = self.connection.start(turn.now);
        turn.act(act);
        if act.is_some() && !self.outbox.sends() {
            turn.effects.push(Effect::Contend { steal: false });
        }
    }

    fn opened(&mut self, credential: String, turn: &mut Turn<A>) {
        if !self.connection.opened(turn.now) {
            return;
        }
        self.page_told = true;
        turn.transmit(ClientFrame::Hello(Hello {
            credential,
            tab: self.tab,
            cursor: self.timeline.cursor(),
            page: self.page.clone(),
        }));
    }

    fn could_not_read(&mut self, why: Undecodable, turn: &mut Turn<A>) {
        if why == Undecodable::Version || self.connection.is_greeting() {
            turn.act(self.connection.refuse(Code::UpgradeRequired, turn.now));
            return;
        }
        self.connection.heard();
        self.unreadable = true;
    }

    fn woke(&mut self, turn: &mut Turn<A>) {
        let act = self.connection.woke(turn.now, &mut turn.entropy);
        if act == Some(Act::Ping) {
            self.marks.tell_again();
        }
        turn.act(act);
        if !self.connection.is_live() {
            return;
        }
        turn.changed |= self.others_typing.lapse(turn.now) | self.timeline.lapse(turn.now);
        turn.typing = self.own_typing.due(turn.now);
        if self.timeline.is_stuck(turn.now) && self.unreadable {
            turn.act(self.connection.refuse(Code::UpgradeRequired, turn.now));
        } else if self.timeline.is_stuck(turn.now) || self.outbox.is_stuck(turn.now) {
            let act = self.connection.give_up(turn.now, &mut turn.entropy);
            turn.act(act);
        }
    }

    fn submit(&mut self, command: A::Command, turn: &mut Turn<A>) {
        let seen = self.timeline.cursor();
        if !self.outbox.submit(command, seen, turn.written_at, &mut turn.entropy) {
            return;
        }
        turn.changed = true;
        // The message itself tells the others that it is written.
        let _ = self.own_typing.stop();
    }

    /// Another tab has taken over; this one waits for its turn.
    fn deposed(&mut self, turn: &mut Turn<A>) {
        self.outbox.depose();
        turn.effects.push(Effect::Contend { steal: false });
    }

    /// Takes up what another tab has kept, unless it came over the socket already. That something of what this tab knows to
    /// be stored is lost, the other may have heard first: this one's own socket says so, or that it is stored again.
    fn kept(&mut self, message: SavedMessage<A::Command>, turn: &mut Turn<A>) {
        let Self { timeline, outbox, me, .. } = self;
        let stored = me.as_ref().and_then(|me| timeline.find(me, message.client_message_id));
        let id = message.client_message_id;
        if stored.is_some() && message.failed == Some(Failure::Lost) {
            return;
        }
        let sent = A::echo(&message.command);
        if stored.zip(sent).is_some_and(|(event, sent)| A::may_come_of(&event.kind, id, &sent)) {
            outbox.forget(id);
            return;
        }
        turn.changed |= mutant!(20, outbox.take_up(message, turn.now, &mut turn.entropy), {
            drop(message);
            false
        });
        if let Some(event) = stored {
            outbox.found(event, turn.now, &mut turn.entropy);
        }
    }

    fn load_older(&mut self, turn: &mut Turn<A>) {
        if let Some(before) = self.timeline.ask_older(turn.now) {
            turn.changed = true;
            turn.transmit(ClientFrame::Older { before });
        }
    }

    fn moved(&mut self, page: Page) {
        if self.page.as_ref() != Some(&page) {
            self.page = Some(page);
            self.page_told = false;
        }
    }

    fn disconnected(&mut self, turn: &mut Turn<A>) {
        self.outbox.disconnected();
        self.timeline.disconnected();
        self.marks.tell_again();
        self.own_typing = OwnTyping::default();
        self.others_typing = OthersTyping::default();
        turn.changed = true;
    }

    /// Gives up changes of what is deleted (SPEC SY45).
    fn give_up_moot(&mut self, turn: &mut Turn<A>) {
        let Self { timeline, outbox, me, .. } = self;
        let is_deleted = |of| {
            let target = me.as_ref().and_then(|me| timeline.find(me, of));
            target.is_some_and(|event| A::amends(&event.kind) == Some(of))
        };
        turn.changed |= outbox.give_up_moot(is_deleted, turn.now, &mut turn.entropy);
    }

    /// Saves what has changed, and then tells the server all that it should know.
    fn flush(&mut self, turn: &mut Turn<A>) {
        self.give_up_moot(turn);
        let unkept = self.outbox.unkept();
        turn.effects.extend(self.outbox.take_changes().into_iter().map(|change| match change {
            Change::Keep(message) => Effect::Keep(message),
            Change::Drop(id) => Effect::Drop(id),
        }));
        turn.changed |= self.outbox.unkept() != unkept;
        if !self.connection.is_live() {
            return;
        }
        if let (false, Some(page)) = (self.page_told, &self.page) {
            turn.transmit(ClientFrame::Page(page.clone()));
            self.page_told = true;
        }
        if let Some(Telling { on, is_note }) = turn.typing {
            turn.transmit(if A::WRITES_NOTES && is_note {
                ClientFrame::Noting { on }
            } else {
                ClientFrame::Typing { on }
            });
        }
        if self.outbox.is_overdue(turn.now) {
            turn.effects.push(Effect::Contend { steal: true });
        }
        for submission in self.outbox.take_due(turn.now) {
            turn.transmit(ClientFrame::Submit(submission));
        }
        if let Some(after) = self.timeline.ask_newer(turn.now) {
            turn.transmit(ClientFrame::Newer { after });
        }
        if let Some(upto) = self.me.as_ref().and_then(|me| self.marks.take_untold(me)) {
            turn.transmit(ClientFrame::Read { upto });
        }
    }
}
