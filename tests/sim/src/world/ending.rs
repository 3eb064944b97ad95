//! Conversations that are deleted: their time is over (WS40), or their workspace is (ST13).

use domain::conversation::Person;
use protocol::Code;
use protocol::call::ConversationCall;
use store::outbox::JobId;

use super::{Event, World};
use crate::browser::ClientId;
use crate::faults::Fault;
use crate::network::Target;
use crate::oracle::Cause;

impl World {
    /// The workspace looks whose time is over: whatever is resolved. What it owes them for it, it tells them later.
    pub(super) fn end_what_is_over(&mut self) {
        self.note(|| "the workspace looks whose time is over".to_owned());
        let mut is_done = false;
        self.workspace_turn(|object| is_done = object.let_go());
        if !is_done {
            // As the platform does with an alarm whose handler has failed.
            self.post_in(2_000, 4_000, Event::LetGo);
        }
        self.post_in(10, 2_000, Event::Owed);
    }

    /// A conversation's workspace is deleted. The others of it would go as well; they stay here to tell of themselves.
    pub(super) fn erase(&mut self) {
        let index = self.conversations.len() - 1;
        if self.doomed.is_some() || index == 0 || self.oracle.logs[index].rows.is_empty() {
            return;
        }
        self.note(|| format!("the workspace of conversation {index} is deleted"));
        self.doomed = Some(index);
        let id = self.conversations[index].id;
        // It tells no list of it any more, and takes no news.
        self.workspace_turn_for_sure(|object| object.forget(id));
        self.post_in(10, 4_000, Event::Erase { conversation: index });
    }

    /// Does what the workspace owes to conversations, as long as it owes anything.
    pub(super) fn owed(&mut self) {
        if self.workspace.host.database.is_dirty() {
            return self.post_in(10, 40, Event::Owed);
        }
        let mut owed = Vec::new();
        self.workspace_turn_for_sure(|object| owed = object.owed());
        if owed.is_empty() {
            return;
        }
        for (job, id, call) in owed {
            let Some(index) = self.conversations.iter().position(|object| object.id == id) else { continue };
            self.post_in(1, 2_000, Event::Job { conversation: index, job, call: Box::new(call) });
        }
        self.post_in(3_000, 6_000, Event::Owed);
    }

    /// A job is at its conversation.
    pub(super) fn job(&mut self, index: usize, job: JobId, call: ConversationCall) {
        let ConversationCall::Expire { epoch, revision, .. } = call else { return };
        self.serial += 1;
        let number = self.serial;
        self.jobs.insert(number, job);
        let was = self.conversations[index].revision();
        let before = self.happens_around(index);
        let cause = Cause::Expired { epoch, revision, was };
        self.note(|| {
            format!("conversation {index} is told that its time is over at {revision}; it is at {was}")
        });
        self.turn(index, cause, |object| object.answer(number, call));
        self.is_emptied(index, before, Fault::Expired);
        if before.0 && self.oracle.logs[index].epoch.is_some() {
            self.suffer(Fault::ExpiredLate);
        }
    }

    /// A conversation is told to erase itself, until it has.
    pub(super) fn erase_in(&mut self, index: usize) {
        if self.oracle.logs[index].is_erased && !self.conversations[index].host.database.is_dirty() {
            return;
        }
        let before = self.happens_around(index);
        let call = ConversationCall::Erase { workspace: self.workspace_id };
        self.serial += 1;
        let number = self.serial;
        self.turn(index, Cause::Erased, |object| object.answer(number, call));
        self.is_emptied(index, before, Fault::Erased);
        self.post_in(1_000, 4_000, Event::Erase { conversation: index });
    }

    /// Whether a conversation has begun, has a socket, and has somebody who waits to say something in it.
    fn happens_around(&self, index: usize) -> (bool, bool, bool) {
        let waits = |id| self.shown(id).is_some_and(|shown| shown.unsent > 0);
        let here = self.clients.iter().filter(|(_, client)| client.target == Target::Conversation(index));
        (
            self.oracle.logs[index].epoch.is_some(),
            !self.conversations[index].host.sockets.is_empty(),
            here.map(|(id, _)| *id).any(waits),
        )
    }

    /// Takes note of a log that is gone.
    fn is_emptied(
        &mut self,
        index: usize,
        (had_begun, has_sockets, has_waiting): (bool, bool, bool),
        fault: Fault,
    ) {
        if !had_begun || self.oracle.logs[index].epoch.is_some() {
            return;
        }
        self.note(|| format!("conversation {index} is empty ({fault:?})"));
        self.suffer(fault);
        if has_sockets {
            self.suffer(Fault::EndedWithSockets);
        }
        if has_waiting {
            self.suffer(Fault::EndedWithWaiting);
        }
        // A copy of before is none of these events: who restores one brings back what was to go.
        self.snapshots[index] = None;
        self.forget_seen(index);
        let object = &self.conversations[index];
        let seated = self.links.keys().find(|link| object.is_seated(**link)).copied();
        if let Some(link) = seated {
            self.judge(Err(format!("WS40/ST13: {link:?} keeps its seat in what is gone")));
        }
    }

    /// Whether a client was told that its conversation is no more.
    pub(super) fn is_told_of_the_end(&self, id: ClientId, code: Code) -> bool {
        let place = self.place_of(id);
        code == Code::NotFound && place.is_some_and(|(index, person, _)| self.has_ended_for(index, person))
    }

    /// Whether a conversation is no more: for everybody if it was erased (ST13), for agents as long as its visitor has said
    /// nothing in it after its time was over (WS40).
    pub(super) fn has_ended_for(&self, index: usize, person: Person) -> bool {
        let log = &self.oracle.logs[index];
        log.is_erased || (log.epoch.is_none() && person != Person::Visitor)
    }

    pub(super) fn is_doomed(&self, index: usize) -> bool {
        self.doomed == Some(index)
    }
}
