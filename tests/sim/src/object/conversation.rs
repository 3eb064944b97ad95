//! The shell of a conversation, as in `edge/src/objects/conversation`: decode, handle, store, apply, send.

use domain::conversation::{Context, Conversation, Outcome, Pace, Request as Asked, Seat, StoredEvent};
use mutant::mutant;
use protocol::{
    AgentFrame, AgentRequest, ClientFrame, CloseCode, Code, ConversationId, Epoch, Refusal, Reject, Seq,
    ServerFrame, VisitorFrame, VisitorRequest,
};
use store::conversation::{ConversationStore, SqlConversationStore};
use store::{Database, StorageError};

use super::host::Host;
use super::kept::{Kept, MemoryDisk};
use super::socket::{Credential, Seated, Side, UsedTickets};
use super::tell::Telling;
use crate::network::{LinkId, Payload};

/// Text that a stricter, newer server refuses (versions of the two sides may differ for minutes).
pub(crate) const REFUSED_BY_NEWER: &str = "refused by a newer server";

/// What an awake conversation holds.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) store: Kept,
    pub(crate) conversation: Conversation,
    pub(crate) pace: Pace,
    pub(crate) next_epoch: Epoch,
    pub(crate) failed_tellings: u32,
    /// Whether an alarm is set that has not gone off.
    pub(crate) is_armed: bool,
}

impl Live {
    fn take(&mut self, outcome: &Outcome) -> Result<(), Code> {
        self.store.store(&outcome.writes).map_err(storage)?;
        outcome.writes.iter().for_each(|write| self.conversation.apply(write));
        self.pace.clone_from(&outcome.pace);
        Ok(())
    }

    pub(crate) fn epoch(&self) -> Epoch {
        self.conversation.identity().map_or(self.next_epoch, |identity| identity.epoch)
    }
}

/// One conversation.
#[derive(Debug)]
pub(crate) struct ConversationObject {
    pub(crate) host: Host,
    pub(crate) id: ConversationId,
    pub(crate) live: Option<Live>,
    pub(crate) used_tickets: UsedTickets,
    /// A call to the workspace that is not answered yet.
    pub(crate) telling: Option<Telling>,
    /// Whether this deployment refuses what the clients' build allows.
    pub(crate) is_stricter: bool,
    /// Seats that are registered a turn late: a mutant.
    late: Vec<(LinkId, Seated)>,
    memory: Option<MemoryDisk>,
}

impl ConversationObject {
    pub(crate) fn new(id: ConversationId, host: Host, in_memory: bool) -> Self {
        Self {
            host,
            id,
            live: None,
            used_tickets: UsedTickets::default(),
            telling: None,
            is_stricter: false,
            late: Vec::new(),
            memory: in_memory.then(MemoryDisk::default),
        }
    }

    pub(crate) const fn is_in_memory(&self) -> bool {
        self.memory.is_some()
    }

    /// Any request for a socket: an alarm can be lost, the news cannot.
    pub(crate) fn fetched(&mut self) {
        let _ = self.with_live(|object, live| {
            object.arm_if_news(live);
            Ok(())
        });
    }

    /// A message of a client.
    pub(crate) fn receive(&mut self, link: LinkId, payload: &Payload) {
        let due = std::mem::take(&mut self.late);
        let Some(socket) = self.host.sockets.get(&link) else { return };
        match socket.attachment.side {
            Side::Visitor => {
                if let Some(frame) =
                    self.host.read::<VisitorRequest, VisitorFrame>(link, payload, ServerFrame::Refused)
                {
                    self.frame(link, frame, Asked::Visitor);
                }
            }
            Side::Agent => {
                if let Some(frame) =
                    self.host.read::<AgentRequest, AgentFrame>(link, payload, ServerFrame::Refused)
                {
                    self.frame(link, frame, Asked::Agent);
                }
            }
        }
        for (link, seated) in due {
            self.keep_seat(link, Some(seated));
        }
    }

    /// The client's close, or the news that the connection is gone.
    pub(crate) fn closed(&mut self, link: LinkId) {
        self.host.close_number(link, 1000);
        self.left(link);
        self.host.sockets.remove(&link);
    }

    fn frame<C>(&mut self, link: LinkId, frame: ClientFrame<C>, asked: fn(ClientFrame<C>) -> Asked) {
        let seated = self.seated(link);
        match (frame, seated) {
            (ClientFrame::Hello(hello), None) => self.hello(link, hello),
            (ClientFrame::Hello(_), Some(_)) => self.host.close(link, CloseCode::Forbidden),
            (_, None) => self.host.close(link, CloseCode::Unauthenticated),
            (frame, Some(mut seated)) => {
                if let (ClientFrame::Page(page), Credential::Visitor(_)) = (&frame, &seated.credential) {
                    seated.page = Some(page.clone().tidied());
                    self.keep_seat(link, Some(seated.clone()));
                }
                let submission = match &frame {
                    ClientFrame::Submit(submission) => Some(submission.client_message_id),
                    ClientFrame::Hello(_)
                    | ClientFrame::Read { .. }
                    | ClientFrame::Typing { .. }
                    | ClientFrame::Older { .. }
                    | ClientFrame::Newer { .. }
                    | ClientFrame::Page(_) => None,
                };
                if let Err(reject) = self.perform(link, &seated.seat(), asked(frame)) {
                    self.refuse(link, Refusal::new(reject, submission));
                }
            }
        }
    }

    /// Judges a request, stores what follows, applies it and sends, all in this turn.
    pub(crate) fn perform(&mut self, link: LinkId, seat: &Seat, asked: Asked) -> Result<(), Reject> {
        if self.is_stricter && is_refused_by_newer(&asked) {
            return Err(Code::TooLong.into());
        }
        let now = self.host.now;
        self.with_live(|object, live| {
            let context =
                Context { now, conversation: object.id, seat, pace: &live.pace, epoch: live.next_epoch };
            let outcome = live.conversation.handle(context, asked)?;
            live.take(&outcome)?;
            object.arm_if_news(live);
            object.deliver(live, link, outcome.sends);
            Ok(())
        })
    }

    /// Takes an outcome that tells nobody.
    pub(crate) fn take(&mut self, live: &mut Live, outcome: &Outcome) -> Result<(), Reject> {
        live.take(outcome)?;
        self.arm_if_news(live);
        Ok(())
    }

    /// Lends the conversation, loaded if need be. After a failure of storage it is loaded anew the next time.
    pub(crate) fn with_live<R>(
        &mut self,
        act: impl FnOnce(&mut Self, &mut Live) -> Result<R, Reject>,
    ) -> Result<R, Reject> {
        let mut live = match self.live.take() {
            Some(live) => live,
            None => self.load()?,
        };
        let result = act(self, &mut live);
        if let (Some(disk), Kept::Memory(store, _)) = (&mut self.memory, &live.store) {
            disk.written = store.clone();
        }
        let failed = matches!(result, Err(Reject { code: Code::Storage, .. }));
        let is_sound = mutant!(12, !failed, true);
        self.live = is_sound.then_some(live);
        result
    }

    fn load(&mut self) -> Result<Live, Code> {
        let store = self.open().map_err(storage)?;
        let conversation = store.load().map_err(storage)?;
        let next_epoch = Epoch::beginning_at(self.host.now, self.host.rng.bytes());
        Ok(Live {
            store,
            conversation,
            pace: Pace::default(),
            next_epoch,
            failed_tellings: 0,
            is_armed: false,
        })
    }

    fn open(&self) -> Result<Kept, StorageError> {
        let database = self.host.database.clone();
        Ok(match &self.memory {
            Some(disk) => Kept::Memory(disk.written.clone(), database),
            None => Kept::Sql(SqlConversationStore::open(database)?),
        })
    }

    pub(crate) fn seated(&self, link: LinkId) -> Option<Seated> {
        self.host.sockets.get(&link).and_then(|socket| socket.attachment.seated.clone())
    }

    pub(crate) fn keep_seat(&mut self, link: LinkId, seated: Option<Seated>) {
        if let Some(socket) = self.host.sockets.get_mut(&link) {
            socket.attachment.seated = seated;
        }
    }

    #[cfg(mutants)]
    pub(super) fn keep_seat_later(&mut self, link: LinkId, seated: Seated) {
        self.late.push((link, seated));
    }

    fn refuse(&mut self, link: LinkId, refusal: Refusal) {
        match self.host.sockets.get(&link).map(|socket| socket.attachment.side) {
            Some(Side::Visitor) => drop(self.host.send(link, &VisitorFrame::Refused(refusal))),
            Some(Side::Agent) => drop(self.host.send(link, &AgentFrame::Refused(refusal))),
            None => {}
        }
    }

    /// Makes durable what was written.
    pub(crate) fn commit(&mut self) {
        self.host.commit();
        if let Some(disk) = &mut self.memory {
            disk.commit();
        }
    }

    /// Memory and whatever was not committed are gone, and the sockets with them.
    pub(crate) fn crash(&mut self) -> Vec<LinkId> {
        if let Some(disk) = &mut self.memory {
            disk.roll_back();
        }
        self.forget();
        self.host.reset()
    }

    /// Memory is gone; nothing else is.
    pub(crate) fn evict(&mut self) {
        self.forget();
        self.host.sleep();
    }

    fn forget(&mut self) {
        self.live = None;
        self.used_tickets = UsedTickets::default();
        self.late.clear();
    }

    /// Puts storage back to an earlier moment under a new epoch, as whoever restores a backup has to do.
    pub(crate) fn restore(&mut self, head: Seq, visitor: Seq, agents: Seq) -> Vec<LinkId> {
        self.commit();
        let epoch = Epoch::beginning_at(self.host.now, self.host.rng.bytes());
        let run = |sql: &str, values| self.host.database.run(sql, values).expect("a restore succeeds");
        run("DELETE FROM event WHERE seq > ?1", vec![head.0.into()]);
        run(
            "UPDATE conversation SET epoch = ?1, read_by_visitor = ?2, read_by_agents = ?3, told = 0",
            vec![epoch.as_bytes().into(), visitor.0.into(), agents.0.into()],
        );
        self.commit();
        self.crash()
    }

    /// What is stored, as somebody sees it who looks at the disk.
    pub(crate) fn stored_after(&self, after: Seq) -> Vec<StoredEvent> {
        self.open()
            .and_then(|store| store.events(after, Seq((1 << 53) - 1)))
            .expect("what is stored can be read")
    }

    /// The fold of what is stored.
    pub(crate) fn stored(&self) -> Conversation {
        self.open().and_then(|store| store.load()).expect("what is stored can be read")
    }
}

fn is_refused_by_newer(asked: &Asked) -> bool {
    match asked {
        Asked::Visitor(ClientFrame::Submit(submission)) => match &submission.command {
            protocol::VisitorCommand::Message { text } => text.contains(REFUSED_BY_NEWER),
        },
        Asked::Agent(ClientFrame::Submit(submission)) => match &submission.command {
            protocol::AgentCommand::Message { text } | protocol::AgentCommand::Note { text } => {
                text.contains(REFUSED_BY_NEWER)
            }
            protocol::AgentCommand::Resolve | protocol::AgentCommand::Reopen => false,
        },
        Asked::Visitor(_) | Asked::Agent(_) => false,
    }
}

pub(super) fn storage(_: StorageError) -> Code {
    Code::Storage
}
