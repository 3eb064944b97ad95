//! Gives conversations to agents where nobody does it by hand, and takes them from those who are not there (SPEC AS2 to AS7).
//!
//! Whose turn it is, `domain` decides. What is decided is owed to the conversation as a job; that it took is known when the
//! conversation says so with its next digest, and until then nobody else is given it.

use std::collections::BTreeMap;

use domain::workspace::{GIVEN_ANEW_MS, Hand, Ways, distribute, reached, rescued_at, waits_for_answer};
use protocol::call::{ConversationCall, Job};
use protocol::{
    AgentId, AssignmentWay, Availability, Code, IndexEntry, Status, TeamId, Timestamp, WorkspaceId,
};
use store::workspace::{Absence, Queued, WorkspaceStore};

use super::feed::place_of;
use super::jobs::{arm, owe};
use super::{WorkspaceObject, availability, open, stored};
use crate::platform::Platform;

/// Conversations of the queue that are looked at in one turn, the oldest of those that somebody could take.
const LOOKED_AT: usize = 1_000;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// A conversation has told news of itself: finds somebody for it if it waits, or something for whom it has left. Returns
    /// the entry with whom it is being given to, so that nobody else is alarmed by it.
    ///
    /// The news is taken up already: what fails here is made good when the queue is gone through next.
    pub(super) fn route<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        before: Option<&IndexEntry>,
        mut entry: IndexEntry,
    ) -> IndexEntry
    where
        P: Platform<Socket = Handle>,
    {
        match self.routed(platform, store, before, &entry) {
            Ok(Some(agent)) => entry.placement.assignee = Some(agent),
            Ok(None) => {}
            Err(_) => self.ways = None,
        }
        entry
    }

    fn routed<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        before: Option<&IndexEntry>,
        entry: &IndexEntry,
    ) -> Result<Option<AgentId>, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let Some((workspace, ways)) = self.routes(platform, store)? else { return Ok(None) };
        let conversation = entry.conversation;
        let (team, assignee) = (entry.placement.team, entry.placement.assignee);
        let kept = stored(platform, store.queued(workspace, conversation))?;
        let taken_from = kept.as_ref().and_then(|kept| kept.waiting.taken_from);
        let is_given_out = ways.of(team).way != AssignmentWay::ByHand;
        let is_wanted = is_given_out
            && waits_for_answer(entry)
            && match assignee {
                None => true,
                Some(agent) => taken_from == Some(agent) || self.is_gone(platform, store, agent)?,
            };
        let is_told = kept.as_ref().is_some_and(|kept| kept.given.is_some_and(|(to, _)| to == assignee));
        let is_moved = before.is_some_and(|before| before.placement.team != team);
        let is_new = is_wanted && (kept.is_none() || is_told || taken_from != assignee);
        if is_new {
            stored(platform, store.enqueue(conversation, entry.active_at, assignee))?;
        } else if !is_wanted && kept.is_some() {
            stored(platform, store.dequeue(conversation))?;
        }
        let is_somebody_free = before.is_some_and(|before| {
            before.status == Status::Open
                && before.placement.assignee.is_some()
                && place_of(before) != place_of(entry)
        });
        if is_new || is_moved || is_somebody_free {
            self.give_out(platform, store, workspace, &ways)?;
        }
        if !is_wanted {
            return Ok(None);
        }
        let kept = stored(platform, store.queued(workspace, conversation))?;
        Ok(kept.and_then(|kept| kept.given).and_then(|(to, _)| to))
    }

    /// Somebody is seen otherwise than before: who comes is given what waits, and who goes has some minutes to come back.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn route_around<P>(
        &mut self,
        platform: &mut P,
        agent: AgentId,
        seen: Availability,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        let Some((workspace, ways)) = self.routes(platform, &store)? else { return Ok(()) };
        let Some(due_at) = rescued_at(seen, platform.now(), platform.rescue_after()) else {
            stored(platform, store.forget_absence(agent))?;
            stored(platform, store.leave_with(agent))?;
            return self.give_out(platform, &store, workspace, &ways);
        };
        let due_at = match stored(platform, store.absence(agent))? {
            Some(known) => known.due_at.map(|before| before.min(due_at)),
            None => Some(due_at),
        };
        stored(platform, store.keep_absence(Absence { agent, due_at }))?;
        arm(platform, &store)
    }

    /// What waits with somebody, or with nobody, is to be given to others, of one team or of all.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn route_all_of<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        agent: Option<AgentId>,
        team: Option<TeamId>,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let Some((workspace, ways)) = self.routes(platform, store)? else { return Ok(()) };
        stored(platform, store.enqueue_all_of(agent, team))?;
        self.give_out(platform, store, workspace, &ways)
    }

    /// It was chosen anew how conversations are given out.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn route_anew<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        self.ways = None;
        match self.routes(platform, store)? {
            Some((workspace, ways)) => self.give_out(platform, store, workspace, &ways),
            None => stored(platform, store.forget_queue()),
        }
    }

    /// The alarm has gone off: who has not come back loses what waits with them, and what did not take is given anew.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn rescue<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let now = platform.now();
        if stored(platform, store.next_assignment_due())?.is_none_or(|due_at| due_at > now) {
            return Ok(());
        }
        let Some((workspace, ways)) = self.routes(platform, store)? else {
            return stored(platform, store.forget_queue());
        };
        for Absence { agent, due_at } in stored(platform, store.absences())? {
            if due_at.is_none_or(|due_at| due_at > now) {
                continue;
            }
            if self.is_online(platform, agent) {
                stored(platform, store.forget_absence(agent))?;
            } else {
                stored(platform, store.keep_absence(Absence { agent, due_at: None }))?;
                stored(platform, store.enqueue_all_of(Some(agent), None))?;
            }
        }
        self.give_out(platform, store, workspace, &ways)
    }

    /// How conversations are given out, if they are at all. In each life of the object it is first made sure that nothing was
    /// missed: a crash takes sockets without a word, and a failure of storage a place in the queue.
    fn routes<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
    ) -> Result<Option<(WorkspaceId, Ways)>, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let is_first = self.ways.is_none();
        let ways = match &self.ways {
            Some(ways) => ways.clone(),
            None => stored(platform, store.ways())?,
        };
        let standing = if ways.are_by_hand() { None } else { stored(platform, store.standing())? };
        let Some(standing) = standing else {
            self.ways = Some(ways);
            return Ok(None);
        };
        if is_first {
            for (agent, _) in stored(platform, store.loads())? {
                self.is_gone(platform, store, agent)?;
            }
            stored(platform, store.enqueue_all())?;
            self.give_out(platform, store, standing.id, &ways)?;
        }
        self.ways = Some(ways.clone());
        Ok(Some((standing.id, ways)))
    }

    /// Whether somebody was away for so long that what waits with them is given to others. Who is found not to be there has
    /// their minutes from now on.
    fn is_gone<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        agent: AgentId,
    ) -> Result<bool, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let seen = availability::of(self.sockets(platform), agent);
        let Some(due_at) = rescued_at(seen, platform.now(), platform.rescue_after()) else {
            return Ok(false);
        };
        if let Some(absence) = stored(platform, store.absence(agent))? {
            return Ok(absence.due_at.is_none());
        }
        stored(platform, store.keep_absence(Absence { agent, due_at: Some(due_at) }))?;
        arm(platform, store)?;
        Ok(false)
    }

    fn is_online<P>(&mut self, platform: &P, agent: AgentId) -> bool
    where
        P: Platform<Socket = Handle>,
    {
        availability::of(self.sockets(platform), agent) == Availability::Online
    }

    /// Gives what waits to those who can take it, the oldest first.
    fn give_out<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        workspace: WorkspaceId,
        ways: &Ways,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        if stored(platform, store.is_queue_empty())? {
            return arm(platform, store);
        }
        let now = platform.now();
        let mut revisions = BTreeMap::new();
        let mut waiting = Vec::new();
        let teams = stored(platform, store.teams())?;
        let hands = self.hands(platform, store)?;
        let reached = reached((ways, &teams), &hands);
        for queued in stored(platform, store.queue(workspace, &reached, LOOKED_AT))? {
            let conversation = queued.waiting.conversation;
            let is_given_out = ways.of(queued.waiting.team).way != AssignmentWay::ByHand;
            if !is_given_out || !queued.is_waiting && queued.given.is_none() {
                stored(platform, store.dequeue(conversation))?;
                continue;
            }
            if is_on_its_way(&queued, now) {
                continue;
            }
            if queued.given.is_some() {
                stored(platform, store.give_back(conversation))?;
            }
            revisions.insert(conversation, (queued.waiting.identity.epoch, queued.revision));
            waiting.push(queued.waiting);
        }
        for given in distribute((ways, &teams), &waiting, hands) {
            let Some((epoch, revision)) = revisions.get(&given.conversation).copied() else { continue };
            let give = ConversationCall::Give { workspace, epoch, revision, to: given.to };
            owe(platform, store, &Job::Conversation(given.conversation, give))?;
            stored(platform, store.note_given(given, now))?;
        }
        arm(platform, store)
    }

    /// Everybody who is online, and how busy they are.
    fn hands<P>(&mut self, platform: &P, store: &WorkspaceStore<P::Database>) -> Result<Vec<Hand>, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let loads: BTreeMap<_, _> = stored(platform, store.loads())?.into_iter().collect();
        let mut hands = Vec::new();
        for seen in availability::there(self.sockets(platform)) {
            if seen.availability != Availability::Online {
                continue;
            }
            let Some(member) = stored(platform, store.member(seen.agent))? else { continue };
            let open = loads.get(&seen.agent).copied().unwrap_or_default();
            hands.push(Hand { member, open, last: stored(platform, store.turn_of(seen.agent))? });
        }
        Ok(hands)
    }
}

/// Whether the conversation is still to say that it was given.
fn is_on_its_way(queued: &Queued, now: Timestamp) -> bool {
    queued.given.is_some_and(|(_, at)| at.plus(GIVEN_ANEW_MS) > now)
}
