//! What the frames of a server mean to a conversation.

use mutant::mutant;
use protocol::{
    Audience, Author, ClientMessageId, Code, Event, Refusal, Seq, ServerFrame, Timestamp, Welcome,
};

use super::Conversation;
use super::turn::Turn;
use crate::timeline::Place;
use crate::view::Writing;

impl<A: Audience> Conversation<A> {
    pub(super) fn received(&mut self, frame: ServerFrame<A::Kind, A::Presence>, turn: &mut Turn<A>) {
        self.connection.heard();
        if self.connection.is_greeting() {
            self.greeted(frame, turn);
        } else if self.connection.is_live() {
            self.told(frame, turn);
        }
        self.look_for_doubtful(turn);
    }

    /// Takes a frame that comes before the welcome.
    fn greeted(&mut self, frame: ServerFrame<A::Kind, A::Presence>, turn: &mut Turn<A>) {
        match frame {
            ServerFrame::Welcome(welcome) => self.welcomed(welcome, turn),
            ServerFrame::Refused(Refusal { code, client_message_id: None, retry_after }) => {
                self.bye(code, retry_after, turn);
            }
            ServerFrame::Bye { code, after } => self.bye(code, Some(after), turn),
            ServerFrame::Events { .. }
            | ServerFrame::Older { .. }
            | ServerFrame::Accepted { .. }
            | ServerFrame::Refused(_)
            | ServerFrame::Marks(_)
            | ServerFrame::Typing { .. }
            | ServerFrame::Presence(_)
            | ServerFrame::Aside(_) => {}
        }
    }

    fn welcomed(&mut self, welcome: Welcome<A::Presence>, turn: &mut Turn<A>) {
        self.connection.welcomed(turn.now);
        self.unreadable = false;
        let reset = self.timeline.welcome(&welcome, turn.now);
        if !reset.same_positions {
            self.marks.reset();
        }
        let mut mine = reset.dropped;
        mine.retain(|event| self.is_me(&event.author));
        mutant!(21, self.doubtful.add(mine, welcome.head), drop(mine));
        self.marks.welcome(welcome.marks);
        self.me = Some(welcome.me);
        self.status = welcome.status;
        self.status_at = welcome.head;
        self.presence = welcome.presence;
        turn.changed = true;
    }

    /// Takes a frame that comes after the welcome.
    fn told(&mut self, frame: ServerFrame<A::Kind, A::Presence>, turn: &mut Turn<A>) {
        match frame {
            ServerFrame::Welcome(_) => {}
            ServerFrame::Events { events } => self.events(events, turn),
            ServerFrame::Older { events } => self.older(events, turn),
            ServerFrame::Accepted { client_message_id, seq, at, duplicate: _ } => {
                self.accepted(client_message_id, seq, at, turn);
            }
            ServerFrame::Refused(Refusal { code, client_message_id: Some(id), retry_after }) => {
                turn.changed |= self.outbox.refused(id, code, retry_after, turn.now, &mut turn.entropy);
            }
            ServerFrame::Refused(Refusal { client_message_id: None, .. }) => {
                self.timeline.refused();
                turn.changed = true;
            }
            ServerFrame::Marks(marks) => {
                self.marks.grow(marks);
                turn.changed = true;
            }
            ServerFrame::Typing { author, on } => self.typing(Writing { author, is_note: false }, on, turn),
            ServerFrame::Aside(aside) => {
                let (author, on) = A::noting(aside);
                self.typing(Writing { author, is_note: true }, on, turn);
            }
            ServerFrame::Presence(presence) => {
                turn.changed |= self.presence != presence;
                self.presence = presence;
            }
            ServerFrame::Bye { code, after } => self.bye(code, Some(after), turn),
        }
    }

    fn typing(&mut self, writing: Writing, on: bool, turn: &mut Turn<A>) {
        if !self.is_me(&writing.author) {
            self.others_typing.noticed(writing, on, turn.now);
            turn.changed = true;
        }
    }

    fn events(&mut self, events: Vec<Event<A::Kind>>, turn: &mut Turn<A>) {
        let count = events.len();
        let before = self.timeline.head();
        for event in events {
            if self.timeline.place(event.seq) == Place::Next {
                self.append(event, turn);
            }
        }
        if self.timeline.head() > before {
            self.timeline.answered(count);
        }
    }

    fn accepted(&mut self, id: ClientMessageId, seq: Seq, at: Timestamp, turn: &mut Turn<A>) {
        let Some(author) = self.me.clone() else { return };
        let Some(entry) = self.outbox.confirm(id, turn.now) else {
            self.timeline.heard_of(seq);
            return;
        };
        turn.changed = true;
        let event = Event { seq, at, author, client_message_id: id, kind: entry.kind };
        match self.timeline.place(seq) {
            Place::Old => {}
            Place::Next => self.append(event, turn),
            Place::Ahead => self.timeline.keep_ahead(event),
        }
    }

    /// Adds the next event, and what was waiting for it.
    fn append(&mut self, event: Event<A::Kind>, turn: &mut Turn<A>) {
        let mut next = Some(event);
        while let Some(event) = next {
            self.happened(&event, turn);
            if A::amends(&event.kind).is_some() {
                mutant!(32, self.timeline.amend(&event, A::amended), {});
            }
            self.timeline.append(event, turn.now);
            next = self.timeline.take_ahead();
        }
        turn.changed = true;
    }

    fn happened(&mut self, event: &Event<A::Kind>, turn: &mut Turn<A>) {
        if self.is_me(&event.author) {
            self.outbox.found(event, turn.now, &mut turn.entropy);
        }
        self.others_typing.stopped(&event.author);
        if event.seq <= self.status_at {
            return;
        }
        self.status = A::status(&event.kind).unwrap_or(self.status);
    }

    fn older(&mut self, events: Vec<Event<A::Kind>>, turn: &mut Turn<A>) {
        let count = events.len();
        if self.timeline.prepend(events) {
            self.timeline.amend_first(count, A::amended);
            let older = self.timeline.events().iter().take(count);
            let me = self.me.as_ref();
            for event in older.filter(|event| me.is_some_and(|me| me.is_same_person(&event.author))) {
                self.outbox.found(event, turn.now, &mut turn.entropy);
            }
        }
        turn.changed = true;
    }

    /// Once the log is known up to the end that a reset told of, takes back what is missing from it.
    fn look_for_doubtful(&mut self, turn: &mut Turn<A>) {
        if self.doubtful.is_empty() || self.timeline.head() < self.doubtful.head() {
            return;
        }
        let Self { timeline, doubtful, me, .. } = self;
        let lost = doubtful
            .settle(timeline.from(), |id| me.as_ref().is_some_and(|me| timeline.find(me, id).is_some()));
        turn.changed |= self.outbox.lose(&lost);
    }

    fn bye(&mut self, code: Code, after: Option<u32>, turn: &mut Turn<A>) {
        let act = self.connection.bye(code, after, turn.now, &mut turn.entropy);
        turn.act(act);
    }

    fn is_me(&self, author: &Author) -> bool {
        self.me.as_ref().is_some_and(|me| me.is_same_person(author))
    }
}
