//! The platform: it wakes objects, opens their gates, rings their alarms and sometimes takes their memory away.

use std::collections::BTreeSet;

use ::object::News;
use domain::Conversation;
use domain::conversation::{Context, Pace, Person, Request, StoredEvent};
use domain::token::verify;
use protocol::call::{ConversationCall, Dismissal, Ended, WorkspaceAnswer};
use protocol::{
    AgentCommand, AgentFrame, AgentId, AgentTicket, ClientFrame, ClientMessageId, CloseCode, Code, Epoch,
    OutboxId, Reject, Seq, Status, Submission, TabId, Timestamp, VisitorClaims, VisitorCommand, VisitorFrame,
    VoucherId,
};
use store::conversation::ConversationStore as _;

use super::wires::Way;
use super::{BEGIN, Event, Whose, World, in_words};
use crate::browser::{Owner, decode};
use crate::faults::Fault;
use crate::network::{Link, LinkId, Packet, Payload, Target, is_of};
use crate::object::{ConversationObject, Host, Out, SECRET, Side, WorkspaceObject};
use crate::oracle::{Cause, Facts, disk};

/// Below the head in a revision.
const BITS_BELOW_THE_HEAD: u32 = 29;

/// The workspace cannot be reached.
const AWAY: Reject = Reject { code: Code::Unavailable, retry_after: None };

/// A call that nobody has answered.
const NO_ANSWER: Result<Seq, Reject> = Err(Reject { code: Code::Internal, retry_after: None });

impl World {
    pub(super) fn host(&mut self, target: Target) -> &mut Host {
        match target {
            Target::Conversation(index) => &mut self.conversations[index].host,
            Target::Workspace => &mut self.workspace.host,
        }
    }

    /// A socket is asked for.
    pub(super) fn accept(&mut self, link: LinkId) -> bool {
        let Some(on) = self.links.get(&link) else { return false };
        let (target, side, codec) = (on.target, on.side, on.codec);
        let mut accepted = false;
        match target {
            Target::Conversation(index) => self.turn(index, Cause::Other, |object| {
                accepted = object.accept(link, side, codec);
            }),
            Target::Workspace => {
                self.workspace_turn(|object| {
                    accepted = object.accept(link, side, codec);
                });
            }
        }
        if let Some(on) = self.links.get_mut(&link) {
            on.is_accepted = accepted;
        }
        accepted
    }

    /// A message of a client.
    pub(super) fn receive(&mut self, link: LinkId, payload: &Payload) {
        let Some(on) = self.links.get(&link) else { return };
        let (target, side, codec, person) = (on.target, on.side, on.codec, on.person);
        self.note(|| format!("{link:?} → {target:?}: {}", in_words(payload)));
        match target {
            Target::Conversation(index) => {
                // Bytes where text was agreed ask for nothing, although they may happen to be a frame.
                let asks = is_of(payload, codec);
                self.serial += 1;
                let question = self.serial;
                let cause = if asks { Cause::Frame { link, side, person, payload } } else { Cause::Other };
                self.turn(index, cause, |object| object.receive(link, payload, question));
            }
            Target::Workspace => self.workspace_turn(|object| object.receive(link, payload)),
        }
    }

    /// The client's close, or the news that the connection is gone.
    pub(super) fn gone(&mut self, link: LinkId) {
        let Some(on) = self.links.get_mut(&link) else { return };
        on.is_accepted = false;
        match on.target {
            Target::Conversation(index) => {
                self.oracle.sessions.remove(&link);
                self.turn(index, Cause::Other, |object| object.closed(link));
                self.check_rest(index);
            }
            Target::Workspace => self.workspace_turn(|object| object.closed(link)),
        }
    }

    /// One turn of a conversation's object, judged.
    pub(super) fn turn(&mut self, index: usize, cause: Cause<'_>, act: impl FnOnce(&mut ConversationObject)) {
        let now = self.server_clock();
        // A log begins once, and with more writes in one turn than ever after.
        let often = if self.oracle.logs[index].rows.is_empty() { 4 } else { 1 };
        let fails = self.strikes(self.plan.statement_fails * often);
        let dies = self.strikes(self.plan.crash_in_turn);
        let after = if self.rng.chance(500) { self.rng.below(3) } else { self.rng.below(12) };
        let object = &mut self.conversations[index];
        object.turns += 1;
        object.host.now = now;
        object.host.said.clear();
        if fails {
            object.host.database.fail_after(u32::try_from(after).expect("small"));
        }
        act(object);
        let failed = object.host.database.calm();
        if let Some(written) = failed {
            object.host.losses += 1;
            self.counts.add(Fault::StatementFailed);
            if written > 0 {
                self.counts.add(Fault::WriteHalfDone);
            }
            self.trace.note(self.now, || {
                format!("conversation {index}: a statement failed after {written} writes")
            });
        }
        let ends = matches!(cause, Cause::Expired { .. } | Cause::Erased);
        let known = self.oracle.logs[index].head();
        let state = object.awake().unwrap_or_else(|| object.asleep());
        let facts = Facts {
            now,
            // What a deletion that failed half-way has left is none of a log.
            fresh: if state.identity().is_some() { object.stored_after(known) } else { Vec::new() },
            state: &state,
            said: &object.host.said,
            is_seated: matches!(cause, Cause::Frame { link, .. } if object.is_seated(link)),
            failed: failed.is_some(),
            is_stricter: object.host.is_stricter,
            left: if ends { object.rows_left() } else { 0 },
            chosen_team: object.chosen_team(),
        };
        let stored = facts.fresh.iter().any(StoredEvent::amends).then(|| object.stored_after(Seq::START));
        let links = &self.links;
        let verdict = self.oracle.turn(index, cause, |link| links.get(&link).map(|on| on.side), &facts);
        let log = &self.oracle.logs[index];
        self.judge(verdict.and_then(|()| stored.map_or(Ok(()), |stored| disk(&log.rows, &stored))));
        if dies {
            self.crash(Target::Conversation(index));
            return;
        }
        self.check_buffers(Target::Conversation(index));
        self.check_fold(index);
        self.check_dismissals(index);
        if let Cause::Frame { link, .. } = cause {
            self.check_ticket(index, link);
        }
        self.after_turn(Target::Conversation(index));
    }

    /// I11, PR14: no more than the cap and one frame wait for a socket.
    fn check_buffers(&mut self, target: Target) {
        if let Some((link, waiting)) = self.host(target).overfull() {
            self.judge(Err(format!("I11/PR14: {waiting} bytes and a frame wait for {link:?}")));
        }
    }

    /// AC3: a ticket is good once, unless a crash took its socket.
    fn check_ticket(&mut self, index: usize, link: LinkId) {
        let Some(on) = self.links.get(&link).filter(|on| on.side == Side::Agent) else { return };
        if !self.oracle.sessions.contains_key(&link) {
            return;
        }
        let losses = self.conversations[index].host.losses;
        let (first, then) = *self.used.entry(on.credential.clone()).or_insert((link, losses));
        if first != link && then == losses {
            self.judge(Err("AC3: a ticket was good twice".to_owned()));
        }
    }

    /// AC7, ID10: whose right has ended has no seat by what was given before, and is told nothing.
    fn check_dismissals(&mut self, index: usize) {
        let object = &self.conversations[index];
        let mut complaint = None;
        for (link, on) in &self.links {
            if on.target != Target::Conversation(index) || !on.is_accepted || !self.is_ended(index, on) {
                continue;
            }
            let is_told = object.host.said.iter().any(|out| match out {
                Out::Frame(to, payload) => to == link && !is_bye(on.side, payload),
                Out::Close(..) | Out::Call(..) | Out::Question(_) | Out::Answer(..) => false,
            });
            if object.is_seated(*link) || is_told {
                complaint = Some(format!("AC7/ID10: {link:?} outlives the right it was opened with"));
            }
        }
        if let Some(complaint) = complaint {
            self.judge(Err(complaint));
        }
    }

    /// Whether the right behind a link has ended, as its conversation has confirmed.
    fn is_ended(&self, index: usize, on: &Link) -> bool {
        match on.side {
            Side::Agent => {
                let ticket = verify::<AgentTicket>(SECRET, &on.credential, Timestamp(0));
                ticket.is_some_and(|ticket| {
                    let ended_at = self.dismissed.get(&(index, Whose::Agent(ticket.agent.id)));
                    ended_at.is_some_and(|at| ticket.given_at() <= *at)
                })
            }
            Side::Visitor => {
                let claims = verify::<VisitorClaims>(SECRET, &on.credential, Timestamp(0));
                let voucher = claims.and_then(|claims| claims.voucher);
                voucher.is_some_and(|voucher| self.dismissed.contains_key(&(index, Whose::Voucher(voucher))))
            }
        }
    }

    /// The sessions of an agent end, of which the list hears at once, or a secret that has vouched for a visitor. Each
    /// conversation hears of it from the workspace's outbox.
    pub(super) fn dismiss(&mut self) {
        if self.rng.chance(400) {
            self.end_voucher();
            return;
        }
        let agent = self.agents[self.rng.index(self.agents.len())].id;
        let at = self.server_clock();
        if self.has_open_link(|on| on.person == Some(Person::Agent(agent))) {
            self.suffer(Fault::Dismissed);
        }
        self.note(|| format!("{agent:?} is dismissed"));
        let dismissal = Dismissal { agent, session: None, may_return: true };
        self.workspace_turn(|object| object.sessions_ended(dismissal));
        for conversation in 0..self.conversations.len() {
            self.post_in(1, 3_000, Event::Dismiss { conversation, whose: Whose::Agent(agent), at });
        }
    }

    fn has_open_link(&self, is_meant: impl Fn(&Link) -> bool) -> bool {
        self.links.values().any(|on| on.is_accepted && on.is_heard && is_meant(on))
    }

    /// From now on another secret vouches for a visitor.
    fn end_voucher(&mut self) {
        let visitor = self.rng.index(self.visitors.len());
        let next = VoucherId::from_bytes(self.rng.bytes());
        let Some(old) = self.visitors[visitor].voucher.replace(next) else { return };
        self.ended_vouchers.insert(old);
        let at = self.server_clock();
        let has_vouched = |on: &Link| {
            let claims = verify::<VisitorClaims>(SECRET, &on.credential, Timestamp(0));
            claims.is_some_and(|claims| claims.voucher == Some(old))
        };
        if self.has_open_link(|on| on.person == Some(Person::Visitor) && has_vouched(on)) {
            self.suffer(Fault::Unvouched);
        }
        self.note(|| format!("{old:?} vouches for visitor {visitor} no longer"));
        let conversation = self.conversation_of(visitor);
        self.post_in(1, 3_000, Event::Dismiss { conversation, whose: Whose::Voucher(old), at });
    }

    /// The workspace gives a conversation to somebody of its own accord; the job may come late, and twice.
    pub(super) fn hand_out(&mut self) {
        let conversation = self.rng.index(self.conversations.len());
        let Some(known) = self.workspace.known(self.conversations[conversation].id) else { return };
        let is_to_somebody = self.rng.chance(850);
        let agent = self.agents[self.rng.index(self.agents.len())].id;
        let to = is_to_somebody.then_some(agent);
        self.post_in(1, 3_000, Event::Give { conversation, known, to });
        if self.rng.chance(300) {
            self.post_in(1, 6_000, Event::Give { conversation, known, to });
        }
    }

    /// The conversation hears of it.
    pub(super) fn give(&mut self, index: usize, known: (Epoch, u64), to: Option<AgentId>) {
        let (workspace, (epoch, revision)) = (self.workspace_id, known);
        self.note(|| format!("conversation {index} is given to {to:?}, known at {revision}"));
        let call = ConversationCall::Give { workspace, epoch, revision, to };
        let head = Seq(revision >> BITS_BELOW_THE_HEAD);
        self.turn(index, Cause::Given { epoch, head, to }, |object| object.given(call));
    }

    /// A conversation is told, until it has answered.
    pub(super) fn dismiss_in(&mut self, index: usize, whose: Whose, at: Timestamp) {
        if self.dismissed.get(&(index, whose)).is_some_and(|known| *known >= at) {
            return;
        }
        self.serial += 1;
        let number = self.serial;
        self.dismissals.insert(number, (index, whose, at));
        let (ended, person) = match whose {
            Whose::Agent(agent) => {
                let dismissal = Dismissal { agent, session: None, may_return: true };
                (Ended::Agent(dismissal), Person::Agent(agent))
            }
            Whose::Voucher(voucher) => (Ended::Voucher(self.site, voucher), Person::Visitor),
        };
        let call = ConversationCall::Dismiss { ended, at };
        self.turn(index, Cause::Other, |object| object.answer(number, call));
        // A socket that was closing before is not closed again, and has no seat any longer.
        let object = &self.conversations[index];
        self.oracle.sessions.retain(|link, session| {
            let is_theirs = session.conversation == index && session.person == person;
            !(is_theirs && session.is_closing && !object.is_seated(*link))
        });
        self.post_in(2_000, 12_000, Event::Dismiss { conversation: index, whose, at });
    }

    /// CV8, I10: now and then, what is in memory against what is stored.
    fn check_fold(&mut self, index: usize) {
        if self.rng.below(24) != 0 {
            return;
        }
        self.check_memory(index);
    }

    /// CV8, I10: what is in memory against what is stored and kept with sockets.
    pub(super) fn check_memory(&mut self, index: usize) {
        let object = &self.conversations[index];
        if let Some(differs) = object.awake().and_then(|awake| differing(&awake, &object.asleep())) {
            self.judge(Err(format!(
                "CV8/I10: what lives in memory is not the fold of what is stored: {differs}"
            )));
        }
    }

    /// ST12: whenever a socket leaves, what was kept with sockets is stored, unless storage fails.
    fn check_rest(&mut self, index: usize) {
        let object = &self.conversations[index];
        if let Some(differs) = object.awake().and_then(|awake| differing(&awake, &object.stored())) {
            self.judge(Err(format!("ST12: a socket has left with what was not stored: {differs}")));
        }
    }

    /// A turn in which no statement fails: what is simulated is somebody else's.
    pub(super) fn workspace_turn_for_sure(&mut self, act: impl FnOnce(&mut WorkspaceObject)) {
        self.workspace.host.now = self.server_clock();
        self.workspace.host.said.clear();
        act(&mut self.workspace);
        self.after_turn(Target::Workspace);
    }

    pub(super) fn workspace_turn(&mut self, act: impl FnOnce(&mut WorkspaceObject)) {
        let fails = self.strikes(self.plan.statement_fails);
        let after = self.rng.below(3);
        let now = self.server_clock();
        let host = &mut self.workspace.host;
        host.now = now;
        host.said.clear();
        if fails {
            host.database.fail_after(u32::try_from(after).expect("small"));
        }
        act(&mut self.workspace);
        if self.workspace.host.database.calm().is_some() {
            self.suffer(Fault::StatementFailed);
        }
        self.check_buffers(Target::Workspace);
        self.after_turn(Target::Workspace);
    }

    /// Opens the gate, now or once what was written is durable; sees to the alarm.
    fn after_turn(&mut self, target: Target) {
        if mutant::mutant!(1, self.host(target).database.is_dirty(), false) {
            if self.committing.insert(target) {
                let slow = self.strikes(self.plan.slow_commit);
                if slow {
                    self.suffer(Fault::CommitSlow);
                }
                let life = self.host(target).life;
                let (from, to) = if slow { (500, 10_000) } else { (0, 8) };
                self.post_in(from, to, Event::Commit { target, life });
            }
        } else {
            let dirty = self.host(target).database.is_dirty();
            self.release(target, usize::MAX);
            if dirty && self.committing.insert(target) {
                let life = self.host(target).life;
                self.post_in(0, 8, Event::Commit { target, life });
            }
        }
        if let Target::Conversation(index) = target {
            self.see_to_alarm(index);
        }
    }

    /// Lets out what was held back, or the first part of it.
    fn release(&mut self, target: Target, most: usize) {
        let held = std::mem::take(&mut self.host(target).held);
        for out in held.into_iter().take(most) {
            match out {
                Out::Frame(link, payload) => self.send(link, Way::Down, Packet::Frame(payload)),
                Out::Close(link, code) => {
                    if code == CloseCode::SlowReader.number() {
                        self.suffer(Fault::SlowReader);
                    }
                    self.send(link, Way::Down, Packet::Close(code));
                }
                Out::Call(call, news) => self.send_call(target, call, news),
                Out::Question(question) => self.send_question(target, question),
                Out::Answer(call, heard) => {
                    let lost = self.strikes(self.plan.calls / 3);
                    if lost {
                        self.suffer(Fault::AnswerLost);
                    }
                    let heard = if lost { NO_ANSWER } else { heard };
                    let (from, to) = if self.is_over_before_the_answer(call) {
                        self.post_in(1, 50, Event::LetGo);
                        (3_000, 8_000)
                    } else {
                        self.time_of_an_answer()
                    };
                    self.post_in(from, to, Event::Answer { call, heard });
                }
            }
        }
    }

    /// What was written becomes durable, unless the machine dies first.
    pub(super) fn commit(&mut self, target: Target, life: u32) {
        if self.host(target).life != life {
            return;
        }
        self.committing.remove(&target);
        let dies = self.strikes(self.plan.crash_at_commit);
        let when = self.rng.below(3);
        if dies && when == 0 {
            self.crash(target);
            return;
        }
        match target {
            Target::Conversation(index) => {
                self.conversations[index].commit();
                self.oracle.commit(index);
                self.take_snapshot(index);
            }
            Target::Workspace => self.workspace.host.commit(),
        }
        if dies && when == 1 {
            self.suffer(Fault::CrashedAtCommit);
            self.crash(target);
        } else if dies {
            let held = &self.host(target).held;
            let (some, all) = (held.len() / 2, held.len());
            let frames =
                |from: usize, to: usize| held[from..to].iter().any(|out| matches!(out, Out::Frame(..)));
            let is_part = frames(0, some) && frames(some, all);
            self.suffer(if is_part { Fault::CrashedMidBroadcast } else { Fault::CrashedAtCommit });
            self.release(target, some);
            self.crash(target);
        } else {
            self.release(target, usize::MAX);
        }
    }

    fn take_snapshot(&mut self, index: usize) {
        let log = &self.oracle.logs[index];
        if log.head() > Seq::START && self.rng.chance(80) && !self.conversations[index].is_in_memory() {
            let rows = self.conversations[index].event_rows();
            self.snapshots[index] = Some((log.head(), log.marks, rows));
        }
    }

    /// Whether an object has something in memory, or a socket.
    fn is_at_work(&self, target: Target) -> bool {
        match target {
            Target::Conversation(index) => self.conversations[index].is_at_work(),
            Target::Workspace => !self.workspace.host.sockets.is_empty(),
        }
    }

    /// An object dies: memory, what was not committed, its sockets.
    pub(super) fn crash(&mut self, target: Target) {
        self.committing.remove(&target);
        self.note(|| format!("{target:?} crashes"));
        if self.host(target).database.is_dirty() {
            self.suffer(Fault::WritesLost);
        } else if self.is_at_work(target) {
            self.suffer(Fault::Crashed);
        }
        let links = match target {
            Target::Conversation(index) => {
                let links = self.conversations[index].crash();
                let marks = self.conversations[index].stored().marks_for_agents();
                let verdict = self.oracle.crash(index, marks);
                self.judge(verdict);
                if self.conversations[index].telling.take().is_some() {
                    self.suffer(Fault::AlarmBroken);
                    let again = BEGIN + self.now + 2_000;
                    self.conversations[index].host.ring_again(again);
                }
                self.alarms[index] = None;
                self.see_to_alarm(index);
                links
            }
            Target::Workspace => {
                let calls: Vec<u64> = self.calls.keys().copied().collect();
                for call in calls {
                    self.post_in(1, 50, Event::Answer { call, heard: NO_ANSWER });
                }
                self.workspace.crash()
            }
        };
        self.drop_links(links);
    }

    /// The clients of sockets that the server has lost learn it, mostly.
    fn drop_links(&mut self, links: Vec<LinkId>) {
        for link in links {
            if let Some(on) = self.links.get_mut(&link) {
                on.is_accepted = false;
            }
            self.silence(link, true, false);
            if self.is_chaos && self.rng.chance(80) {
                self.suffer(Fault::Blackhole);
                self.silence(link, true, true);
            } else {
                self.post_in(0, 80, Event::ClientCut(link, 1006));
            }
        }
    }

    /// Takes an idle object's memory. Its sockets hibernate.
    pub(super) fn evict(&mut self, target: Target) {
        let is_busy = self.host(target).database.is_dirty();
        if is_busy {
            return;
        }
        if self.is_at_work(target) {
            self.suffer(Fault::Evicted);
        }
        match target {
            Target::Conversation(index) if self.conversations[index].telling.is_some() => return,
            Target::Conversation(index) => self.conversations[index].evict(),
            Target::Workspace => self.workspace.evict(),
        }
        self.note(|| format!("{target:?} is evicted"));
    }

    /// Puts storage back to an earlier moment.
    pub(super) fn restore(&mut self, index: usize) {
        let Some((head, marks, disk)) = self.snapshots[index].take() else { return };
        if self.restores_left == 0 || self.conversations[index].is_in_memory() {
            return;
        }
        self.restores_left -= 1;
        self.crash(Target::Conversation(index));
        self.suffer(Fault::Restored);
        self.note(|| format!("conversation {index} is restored to position {}", head.0));
        self.conversations[index].host.now = self.server_clock();
        self.conversations[index].restore(disk, marks);
        let kept = usize::try_from(head.0).expect("small");
        let rows = self.oracle.logs[index].rows.iter().skip(kept);
        let taken: Vec<ClientMessageId> = rows.map(|row| row.client_message_id).collect();
        self.oracle.intents.taken_back(index, &taken);
        let epoch = self.conversations[index].stored().identity().map(|identity| identity.epoch);
        self.oracle.logs[index].restored(epoch.expect("it had begun"), head, marks);
        self.forget_seen(index);
        self.touch(index);
    }

    /// Any request for a socket.
    pub(super) fn touch(&mut self, index: usize) {
        self.turn(index, Cause::Other, ConversationObject::touched);
    }

    /// Puts an alarm that was set into the queue.
    fn see_to_alarm(&mut self, index: usize) {
        let set = self.conversations[index].host.alarm;
        if set == self.alarms[index] {
            return;
        }
        self.alarms[index] = set;
        let Some(at) = set else { return };
        let mut rings = at - BEGIN;
        if self.strikes(self.plan.alarm) {
            rings += self.rng.between(1_000, 60_000);
        }
        self.post(rings, Event::Alarm { conversation: index, at });
    }

    /// An alarm is due.
    pub(super) fn alarm(&mut self, index: usize, at: i64) {
        if self.alarms[index] != Some(at) {
            return;
        }
        let object = &mut self.conversations[index];
        if object.host.database.is_dirty() || object.telling.is_some() {
            self.post_in(10, 50, Event::Alarm { conversation: index, at });
            return;
        }
        if !object.host.take_alarm(at) {
            return;
        }
        self.alarms[index] = None;
        if BEGIN + self.now >= at + 1_000 {
            self.suffer(Fault::AlarmLate);
        }
        if self.strikes(self.plan.alarm / 6) {
            self.suffer(Fault::AlarmAbandoned);
            self.note(|| format!("conversation {index}: the alarm is abandoned"));
            // Six times the isolate died under its handler, and with it what the object remembered.
            self.conversations[index].evict();
            self.abandoned.insert(index);
            return;
        }
        if self.strikes(self.plan.alarm / 2) {
            self.post_in(0, 100, Event::AlarmAgain(index));
        }
        self.ring(index);
    }

    /// The same alarm goes off once more.
    pub(super) fn alarm_again(&mut self, index: usize) {
        if self.conversations[index].telling.is_none() {
            self.suffer(Fault::AlarmDoubled);
        }
        self.ring(index);
    }

    /// The alarm's handler runs.
    pub(super) fn ring(&mut self, index: usize) {
        if self.conversations[index].telling.is_some() {
            return;
        }
        self.serial += 1;
        let call = self.serial;
        self.turn(index, Cause::Other, |object| object.begin_telling(call));
    }

    /// A call has left through the output gate.
    fn send_call(&mut self, target: Target, call: u64, news: Box<News>) {
        let Target::Conversation(index) = target else { return };
        self.calls.insert(call, index);
        self.note(|| format!("conversation {index} tells the workspace revision {}", news.state().1));
        if self.workspace_away_until > self.now {
            self.suffer(Fault::WorkspaceAway);
            self.post_in(1, 3_000, Event::Answer { call, heard: NO_ANSWER });
            return;
        }
        let late = self.strikes(self.plan.calls / 4);
        if late {
            self.suffer(Fault::CallLate);
        }
        let (from, to) = if late { (1_000, 15_000) } else { (1, 30) };
        if late && self.strikes(self.plan.objects * 50) {
            self.post_in(50, 900, Event::CallerCrashes { call });
        }
        self.post_in(from, to, Event::Call { call, news });
    }

    /// The object that has made a call crashes while it waits for the answer.
    pub(super) fn caller_crashes(&mut self, call: u64) {
        let waits = |index: usize| {
            self.conversations[index].telling.as_ref().is_some_and(|telling| telling.call == call)
        };
        if let Some(index) = self.calls.get(&call).copied().filter(|index| waits(*index)) {
            self.crash(Target::Conversation(index));
        }
    }

    /// A call is at the workspace.
    pub(super) fn call(&mut self, call: u64, news: News) {
        if self.calls.get(&call).is_some_and(|index| self.is_doomed(*index)) {
            return self.post_in(1, 30, Event::Answer { call, heard: Err(Code::NotFound.into()) });
        }
        self.workspace_turn(|object| object.answer(call, news));
    }

    /// The answer is back.
    pub(super) fn answered(&mut self, call: u64, heard: Result<Seq, Reject>) {
        if let Some((index, whose, at)) = self.dismissals.remove(&call).filter(|_| heard.is_ok()) {
            let known = self.dismissed.entry((index, whose)).or_insert(at);
            *known = at.max(*known);
        }
        if let Some(job) = self.jobs.remove(&call).filter(|_| heard.is_ok()) {
            self.workspace_turn(|object| object.job_done(job));
        }
        let Some(index) = self.calls.remove(&call) else { return };
        let of_answer = self.conversations[index].telling.as_ref().filter(|telling| telling.call == call);
        if let Some(epoch) = of_answer.map(|telling| telling.state.0) {
            if heard.is_ok() && self.oracle.logs[index].epoch != Some(epoch) {
                self.suffer(Fault::AnswerOutlived);
            }
            self.turn(index, Cause::Other, |object| object.end_telling(call, heard));
        }
    }

    /// A question to the workspace has left through the output gate.
    fn send_question(&mut self, target: Target, question: u64) {
        let Target::Conversation(conversation) = target else { return };
        if self.workspace_away_until > self.now {
            self.suffer(Fault::WorkspaceAway);
            self.post_in(1, 3_000, Event::Vouched { conversation, question, answer: Err(AWAY) });
            return;
        }
        let late = self.strikes(self.plan.calls / 4);
        let (from, to) = if late { (1_000, 15_000) } else { (1, 30) };
        self.post_in(from, to, Event::Asked { conversation, question });
    }

    /// A question is at the workspace. The one site there is, is never removed, and nobody is blocked.
    pub(super) fn asked(&mut self, conversation: usize, question: u64) {
        let voucher = self.conversations[conversation].voucher_in_question(question);
        let is_ended = voucher.is_some_and(|voucher| self.ended_vouchers.contains(&voucher));
        let mut answer = if is_ended { Err(Code::BadIdentity.into()) } else { Ok(()) };
        if self.strikes(self.plan.calls / 3) {
            self.suffer(Fault::AnswerLost);
            answer = Err(AWAY);
        }
        let (from, to) = self.time_of_an_answer();
        self.post_in(from, to, Event::Vouched { conversation, question, answer });
    }

    /// Whether the workspace looks whose time is over as soon as it was told of a conversation that is resolved, and its
    /// answer takes longer than that conversation's end.
    fn is_over_before_the_answer(&mut self, call: u64) -> bool {
        let Some(index) = self.calls.get(&call).copied() else { return false };
        self.strikes(self.plan.retention * 100)
            && self.conversations[index].awake().is_some_and(|known| known.status() == Status::Resolved)
    }

    /// How long an answer takes, at least and at most.
    fn time_of_an_answer(&mut self) -> (i64, i64) {
        let late = self.strikes(self.plan.calls / 4);
        if late { (500, 10_000) } else { (1, 30) }
    }

    /// The answer is back, and whoever waits for it is let in or sent away; unless the object has forgotten that it asked.
    pub(super) fn vouched(&mut self, index: usize, question: u64, answer: Result<(), Reject>) {
        let Some(asked) = self.conversations[index].questions.remove(&question) else {
            return self.suffer(Fault::QuestionForgotten);
        };
        if self.conversations[index].turns > asked.turns {
            self.suffer(Fault::QuestionOvertaken);
        }
        self.note(|| format!("conversation {index}: the workspace vouches for {:?}: {answer:?}", asked.link));
        let answer = answer.map(|()| WorkspaceAnswer::Done);
        let on = self.links.get(&asked.link).map(|on| (on.side, on.person));
        let hello = asked.hello.clone();
        match (on, &hello) {
            (Some((side, person)), Some(payload)) => {
                let cause = Cause::Frame { link: asked.link, side, person, payload };
                self.turn(index, cause, |object| object.vouched(asked, answer));
            }
            _ => self.turn(index, Cause::Other, |object| object.vouched(asked, answer)),
        }
    }

    /// All objects of an isolate lose their memory and their sockets.
    pub(super) fn panic(&mut self, isolate: u64) {
        self.note(|| format!("isolate {isolate} is reset"));
        let objects = (0..self.conversations.len()).map(Target::Conversation).chain([Target::Workspace]);
        let hit = objects.filter(|target| {
            let of = match target {
                Target::Conversation(index) => self.conversations[*index].host.isolate,
                Target::Workspace => self.workspace.host.isolate,
            };
            of == isolate && self.is_at_work(*target)
        });
        if hit.count() > 1 {
            self.suffer(Fault::Panicked);
        }
        for index in 0..self.conversations.len() {
            if self.conversations[index].host.isolate == isolate {
                self.crash(Target::Conversation(index));
            }
        }
        if self.workspace.host.isolate == isolate {
            self.crash(Target::Workspace);
        }
    }

    /// Gives the first conversation a past.
    pub(super) fn write_history(&mut self) {
        if self.plan.history == 0 {
            return;
        }
        let epoch = Epoch::beginning_at(Timestamp(BEGIN - 1_000_000), self.rng.bytes());
        let seats = [Owner::Visitor(0), Owner::Agent(0)].map(|owner| {
            let text = self.mint(owner, Target::Conversation(0), false);
            self.seat(owner, &text)
        });
        let outboxes: [OutboxId; 2] =
            [OutboxId::from_bytes(self.rng.bytes()), OutboxId::from_bytes(self.rng.bytes())];
        let mut numbers = [0_u64; 2];
        let mut store = self.conversations[0].host.open_store(false).expect("an empty disk opens");
        let mut conversation = Conversation::default();
        for event in 0..self.plan.history {
            let who = if event == 0 { 0 } else { self.rng.index(2) };
            numbers[who] += 1;
            let id = ClientMessageId::from_bytes(self.rng.bytes());
            let text = format!("history {event}");
            let request = if who == 0 {
                let command = VisitorCommand::Message { text };
                Request::Visitor(ClientFrame::Submit(submission(id, outboxes[0], numbers[0], command)))
            } else {
                let is_note = self.rng.chance(300);
                let command =
                    if is_note { AgentCommand::Note { text } } else { AgentCommand::Message { text } };
                Request::Agent(ClientFrame::Submit(submission(id, outboxes[1], numbers[1], command)))
            };
            let now = Timestamp(BEGIN - 1_000_000 + i64::try_from(event).expect("small"));
            let id = self.conversations[0].id;
            let pace = &Pace::default();
            let seat = &seats[who];
            let context =
                Context { now, conversation: id, seat, pace, epoch, upload: None, chosen_team: None };
            let outcome = conversation.handle(context, request).expect("history is legal");
            store.store(&outcome.writes).expect("nothing fails yet");
            outcome.writes.iter().for_each(|write| conversation.apply(write));
        }
        let object = &mut self.conversations[0];
        let rows = object.stored_after(Seq::START);
        object.commit();
        let verdict = self.oracle.logs[0].begin(epoch, rows);
        self.judge(verdict);
    }

    fn seat(&self, owner: Owner, credential: &str) -> domain::conversation::Seat {
        use crate::object::{Credential, SECRET, Seated};
        let now = Timestamp(BEGIN);
        let credential = match owner {
            Owner::Visitor(_) => Credential::of_visitor(SECRET, credential, now).map(Credential::Visitor),
            Owner::Agent(_) => Credential::of_agent(
                SECRET,
                credential,
                protocol::SocketTarget::Conversation(self.conversations[0].id),
                now,
            )
            .map(Credential::Agent),
        };
        let credential = credential.expect("a fresh credential is good");
        Seated { credential, tab: TabId::from_bytes([0; 8]), page: None }.seat()
    }
}

const fn submission<C>(id: ClientMessageId, outbox: OutboxId, number: u64, command: C) -> Submission<C> {
    Submission { client_message_id: id, outbox, number, command }
}

/// Whether a frame says nothing but that the socket will be closed.
pub(super) fn is_bye(side: Side, payload: &Payload) -> bool {
    match side {
        Side::Agent => matches!(decode(payload), Ok(AgentFrame::Bye { .. })),
        Side::Visitor => matches!(decode(payload), Ok(VisitorFrame::Bye { .. })),
    }
}

/// Where two conversations differ, if they do, in lines that a person can read.
fn differing(awake: &Conversation, stored: &Conversation) -> Option<String> {
    let (awake, stored) = (format!("{awake:#?}"), format!("{stored:#?}"));
    if awake == stored {
        return None;
    }
    let lines = |text: &str, other: &str| {
        let others: BTreeSet<&str> = other.lines().collect();
        let own: Vec<&str> = text.lines().filter(|line| !others.contains(line)).map(str::trim).collect();
        own.join(" ")
    };
    Some(format!("in memory {}; stored {}", lines(&awake, &stored), lines(&stored, &awake)))
}
