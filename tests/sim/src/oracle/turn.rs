//! Judges one turn of a conversation's object: what it stored and what it said.

use domain::conversation::{Conversation, Person, StoredEvent};
use protocol::{
    AgentId, AgentKind, Author, ClientMessageId, CloseCode, Code, Epoch, Event, Handling, OutboxId,
    PrivateKind, PublicKind, ReadMarks, Resume, Seq, Status, TeamId, Timestamp, Welcome, limits,
};

use super::amending::{may_answer, may_change, named};
use super::comparing::{Regard, is_overtaken};
use super::ending::{is_of_the_end, may_end};
use super::frames::{Asked, Told, asked, is_of_the_moment, told};
use super::log::is_public;
use super::{Oracle, Session, Standing, Verdict, demand};
use crate::network::{LinkId, Payload};
use crate::object::{Out, Side};

/// What made the object act.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cause<'a> {
    /// A message of a client.
    Frame {
        link: LinkId,
        side: Side,
        /// Whose credential the simulator gave the client, if it is good here.
        person: Option<Person>,
        payload: &'a Payload,
    },
    /// The workspace gives it to somebody, as it knew it up to a position of a life of its log.
    Given { epoch: Epoch, head: Seq, to: Option<AgentId> },
    /// The workspace says that its time is over, as it knew it: a life of its log and a revision. `was` is the revision that
    /// it had.
    Expired { epoch: Epoch, revision: u64, was: u64 },
    /// Its workspace was deleted.
    Erased,
    /// Anything else: nothing may be appended.
    Other,
}

/// What is seen of the object after its turn.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) now: Timestamp,
    /// Rows on the disk beyond those that were known.
    pub(crate) fresh: Vec<StoredEvent>,
    pub(crate) state: &'a Conversation,
    pub(crate) said: &'a [Out],
    /// Whether whoever spoke has a seat.
    pub(crate) is_seated: bool,
    /// Whether a statement failed in this turn.
    pub(crate) failed: bool,
    /// Whether this deployment refuses what clients allow.
    pub(crate) is_stricter: bool,
    /// Rows on the disk that say anything of the conversation, its log and its answers.
    pub(crate) left: usize,
    /// The team that the visitor's answers lead to.
    pub(crate) chosen_team: Option<TeamId>,
}

impl Oracle {
    /// Judges a turn and takes note of what it stored.
    pub(crate) fn turn(
        &mut self,
        conversation: usize,
        cause: Cause<'_>,
        side_of: impl Fn(LinkId) -> Option<Side>,
        facts: &Facts<'_>,
    ) -> Verdict {
        match cause {
            Cause::Expired { epoch, revision, was } => {
                return self.expired(conversation, (epoch, revision), was, facts);
            }
            Cause::Erased => return self.erased(conversation, facts),
            Cause::Frame { .. } | Cause::Given { .. } | Cause::Other => {}
        }
        let before = self.logs[conversation].rows.len();
        let (origin, asked) = match cause {
            Cause::Frame { link, side, payload, .. } => (Some(link), asked(side, payload)),
            Cause::Given { .. } | Cause::Expired { .. } | Cause::Erased | Cause::Other => (None, Asked::Else),
        };
        // Whether a socket that is being closed has kept its seat depends on why it is closed.
        let has_right = |session: &&Session| !session.is_closing || facts.is_seated;
        let session = origin.and_then(|link| self.sessions.get(&link)).filter(has_right);
        let asker = session.map(|session| session.person);
        if let Asked::Submit { id, outbox, number, kind, regard } = &asked {
            let asked = (*id, *outbox, *number, kind.as_ref(), *regard);
            self.submitted(conversation, asker, asked, facts, origin)?;
        } else {
            self.unasked(conversation, cause, facts)?;
        }
        self.marks(conversation, asker, &asked, facts)?;
        if self.logs[conversation].epoch.is_none() {
            self.logs[conversation].epoch = facts.state.identity().map(|identity| identity.epoch);
        }

        let mut given: Vec<(LinkId, Event<AgentKind>)> = Vec::new();
        let mut closed = Vec::new();
        for out in facts.said {
            match out {
                Out::Frame(link, payload) => {
                    let Some(side) = side_of(*link) else { continue };
                    let Some(frame) = told(side, payload) else {
                        return Err("PR13: the server said what nobody can read".to_owned());
                    };
                    if let (Told::Welcome(welcome), Cause::Frame { link: asker, person, .. }) =
                        (&frame, cause)
                    {
                        demand!(*link == asker, "PR7: a welcome to a socket that did not say hello");
                        let Some(person) = person else {
                            return Err("AC1/I6: a stranger was welcomed".to_owned());
                        };
                        self.welcomed(conversation, *link, person, &asked, welcome)?;
                    }
                    self.frame(conversation, *link, &frame, &mut given)?;
                }
                Out::Close(link, code) => closed.push((*link, *code)),
                Out::Call(..) | Out::Question(_) | Out::Answer(..) => {}
            }
        }
        self.seated_in_silence(conversation, cause, &asked, facts);
        for (link, code) in closed {
            let takes_the_seat = [CloseCode::Replaced, CloseCode::Unauthenticated].map(CloseCode::number);
            if takes_the_seat.contains(&code) {
                self.sessions.remove(&link);
            } else if let Some(session) = self.sessions.get_mut(&link) {
                session.is_closing = true;
            }
        }
        self.replaced(origin, &asked)?;
        if !facts.failed {
            self.given(conversation, origin, &asked, before, facts, &given)?;
        }
        self.state(conversation, facts.state)
    }

    /// A hello on a socket that the server is closing already is heard and not answered.
    fn seated_in_silence(&mut self, conversation: usize, cause: Cause<'_>, asked: &Asked, facts: &Facts<'_>) {
        let (Cause::Frame { link, person: Some(person), .. }, Asked::Hello { tab, .. }) = (cause, asked)
        else {
            return;
        };
        let was_answered = facts.said.iter().any(|out| match out {
            Out::Frame(other, _) | Out::Close(other, _) => *other == link,
            Out::Call(..) | Out::Question(_) | Out::Answer(..) => false,
        });
        if !was_answered && facts.is_seated {
            let session = Session { conversation, person, tab: *tab, is_closing: true };
            self.sessions.entry(link).or_insert(session);
        }
    }

    /// CV4, CV7, CV20: nobody asked for anything, so that nothing is stored but that a snoozed conversation comes up.
    fn unasked(&mut self, conversation: usize, cause: Cause<'_>, facts: &Facts<'_>) -> Verdict {
        let log = &mut self.logs[conversation];
        let is_due = log.comes_up_at().is_some_and(|until| until <= facts.now);
        match (facts.fresh.as_slice(), cause) {
            (rows, Cause::Given { epoch, head, to }) => {
                let is_right = log.may_be_given(epoch, head, to);
                let assigned = AgentKind::Private(PrivateKind::Handled(Handling::Assign { to }));
                let [row] = rows else {
                    demand!(rows.is_empty(), "AS6: {} rows for one step", rows.len());
                    demand!(!is_right || facts.failed, "AS6: it was not given to {to:?}");
                    return Ok(());
                };
                demand!(
                    is_right && row.author == Author::System && row.kind == assigned,
                    "AS6: {:?} was stored where it was to be given to {to:?}",
                    row.kind
                );
                demand!(row.at == facts.now, "DL1: an event has another time than its turn");
                log.append(row.clone())
            }
            ([], _) => Ok(()),
            ([row], Cause::Other) => {
                demand!(
                    is_due && row.author == Author::System && row.kind == open(),
                    "CV4/CV7/CV20: {:?} was stored, that nobody asked for",
                    row.kind
                );
                demand!(row.at == facts.now, "DL1: an event has another time than its turn");
                log.append(row.clone())
            }
            (rows, _) => Err(format!("CV4/CV7: {} rows that nobody asked for", rows.len())),
        }
    }

    /// WS40: a conversation that is as the index knew it goes with everything; one that has gone on stays.
    fn expired(
        &mut self,
        conversation: usize,
        (epoch, revision): (Epoch, u64),
        was: u64,
        facts: &Facts<'_>,
    ) -> Verdict {
        let log = &self.logs[conversation];
        demand!(facts.fresh.is_empty(), "WS40: something was stored in a conversation whose time is over");
        let is_as_known = log.epoch == Some(epoch) && revision == was;
        let is_gone = log.epoch.is_some() && facts.state.identity().is_none();
        self.sent_away(conversation, facts);
        let log = &self.logs[conversation];
        if !is_gone {
            demand!(!is_as_known || facts.failed, "WS40: its time is over, and it is still there");
            return self.state(conversation, facts.state);
        }
        demand!(
            is_as_known && log.status() == Status::Resolved,
            "WS40: it has gone on, is {:?}, and was deleted",
            log.status()
        );
        self.emptied(conversation, facts, false)
    }

    /// Who was sent away has no seat any more, nor has who was on their way out.
    fn sent_away(&mut self, conversation: usize, facts: &Facts<'_>) {
        let closed = facts.said.iter().filter_map(|out| match out {
            Out::Close(link, _) => Some(*link),
            Out::Frame(..) | Out::Call(..) | Out::Question(_) | Out::Answer(..) => None,
        });
        let closed: Vec<LinkId> = closed.collect();
        if !closed.is_empty() {
            let is_here = |session: &Session| session.conversation == conversation;
            self.sessions
                .retain(|link, session| !(is_here(session) && (session.is_closing || closed.contains(link))));
        }
    }

    /// ST13: everything is gone for good.
    fn erased(&mut self, conversation: usize, facts: &Facts<'_>) -> Verdict {
        self.sent_away(conversation, facts);
        if facts.failed && facts.state.identity().is_some() {
            return Ok(());
        }
        self.emptied(conversation, facts, true)
    }

    /// Nothing is left of a conversation, and everybody is sent away.
    fn emptied(&mut self, conversation: usize, facts: &Facts<'_>, for_good: bool) -> Verdict {
        // Where storage has failed half-way the rest goes with the next attempt.
        demand!(facts.left == 0 || facts.failed, "WS40/ST13: {} rows are left", facts.left);
        demand!(facts.state.head() == Seq::START, "WS40/ST13: something is left in memory");
        for (link, session) in
            self.sessions.iter().filter(|(_, session)| session.conversation == conversation)
        {
            let is_closed = facts.said.iter().any(|out| matches!(out, Out::Close(other, _) if other == link));
            demand!(is_closed || session.is_closing, "WS40/ST13: {link:?} stays open");
        }
        self.sessions.retain(|_, session| session.conversation != conversation);
        let rows = self.logs[conversation].rows.iter();
        let gone: Vec<ClientMessageId> = rows.map(|row| row.client_message_id).collect();
        self.intents.taken_back(conversation, &gone);
        self.logs[conversation].emptied(for_good);
        Ok(())
    }

    /// DL2 to DL5, CV3: a submission adds what it asks for, or nothing.
    fn submitted(
        &mut self,
        conversation: usize,
        asker: Option<Person>,
        (id, outbox, number, kind, regard): (
            ClientMessageId,
            OutboxId,
            u64,
            Option<&AgentKind>,
            Option<Regard>,
        ),
        facts: &Facts<'_>,
        origin: Option<LinkId>,
    ) -> Verdict {
        let log = &mut self.logs[conversation];
        let known = asker
            .and_then(|person| log.find(person, id))
            .map(|row| (row.kind.clone(), row.seq, row.at, log.was_changed(row.seq)));
        let was_changed = known.as_ref().is_some_and(|(_, _, _, target)| *target);
        let may_not =
            asker.zip(kind).and_then(|(person, kind)| may_change(&log.rows, person, kind, facts.now));
        let is_answerable = kind.is_none_or(|kind| may_answer(&log.rows, kind));
        let may_not = may_not
            .or((!is_answerable).then_some(Code::NotFound))
            .or(asker.zip(kind).and_then(|(person, kind)| may_end(&log.rows, person, kind, facts.now)));
        let is_held = asker.zip(regard).is_some_and(|(person, regard)| {
            is_overtaken(&log.rows, log.epoch, &log.placement(), person, regard)
        });
        let is_next = asker.is_some_and(|person| number == log.last_number(person, outbox) + 1);
        let was = log.status();
        let (reopened, own, led) = match facts.fresh.as_slice() {
            [] => (None, None, None),
            [own] if own.client_message_id == id => (None, Some(own), None),
            [own, led] if own.client_message_id == id => (None, Some(own), Some(led)),
            [reopened, own] => (Some(reopened), Some(own), None),
            [only] => return Err(format!("CV3: half of a turn is stored: {:?} alone", only.kind)),
            rows => return Err(format!("DL2: one submission added {} rows", rows.len())),
        };
        if let Some(row) = reopened {
            let right = match was {
                Status::Resolved => Some(AgentKind::Public(PublicKind::Reopened)),
                Status::Pending | Status::Snoozed => Some(open()),
                Status::Open => None,
            };
            demand!(
                row.author == Author::System && right.as_ref() == Some(&row.kind),
                "CV3/CV19: {:?} was added before what was asked for, of a {was:?} conversation",
                row.kind
            );
        }
        if own.is_some() {
            let begins = log.rows.is_empty() && asker == Some(Person::Visitor);
            let due = facts.chosen_team.filter(|_| begins).map(handed_to);
            let is_led = led.map(|row| (&row.author, &row.kind));
            demand!(
                is_led == due.as_ref().map(|kind| (&Author::System, kind)),
                "QU5/ST10: {is_led:?} was added to what was asked for, and {due:?} was due"
            );
        }
        for row in &facts.fresh {
            demand!(row.at == facts.now, "DL1: an event has another time than its turn");
            log.append(row.clone())?;
        }
        if let Some(own) = own {
            let Some(person) = asker else {
                return Err("AC1/I6: somebody without a seat wrote".to_owned());
            };
            demand!(Person::of(&own.author) == person, "AC1: {person:?} wrote as {:?}", own.author);
            demand!(known.is_none(), "DL2/I2: {id} is stored twice");
            demand!(is_next, "DL4/I5: number {number} of its outbox was stored out of order");
            demand!(
                (own.client_message_id, own.outbox, own.number) == (id, outbox, number),
                "DL4: stored under another id or number"
            );
            demand!(Some(&own.kind) == kind, "DL1: something else was stored than was said");
            demand!(!is_held, "CV30: {id} was stored, and its author had not seen what came before it");
            let changes = named(&own.kind).is_some();
            demand!(
                may_not.is_none(),
                "CV12/CV14/CV16: {id} was stored and changes, answers or rates what it may not ({may_not:?})"
            );
            let speaks = !changes && !is_of_the_end(&own.kind);
            let is_laid_aside = own.kind.handling().is_some_and(|step| step.status().is_some());
            let opens = match was {
                Status::Open => false,
                Status::Resolved => is_laid_aside || (person == Person::Visitor && speaks),
                Status::Pending | Status::Snoozed => person == Person::Visitor && speaks,
            };
            demand!(opens == reopened.is_some(), "CV3: a message to a {was:?} conversation, {reopened:?}");
        }
        let side = if asker == Some(Person::Visitor) { Side::Visitor } else { Side::Agent };
        let answers = facts.said.iter().filter_map(|out| match out {
            Out::Frame(link, payload) if Some(*link) == origin => told(side, payload),
            Out::Frame(..) | Out::Close(..) | Out::Call(..) | Out::Question(_) | Out::Answer(..) => None,
        });
        for answer in answers {
            match answer {
                Told::Accepted { id: answered, seq, at, duplicate } => {
                    demand!(answered == id, "DL2: {answered} was accepted, {id} was sent");
                    let (place, time) = match (&known, own) {
                        (Some((content, place, time, _)), _) => {
                            demand!(
                                was_changed || Some(content) == kind,
                                "DL3: another payload got the first answer"
                            );
                            (*place, *time)
                        }
                        (None, Some(own)) => (own.seq, own.at),
                        (None, None) => return Err(format!("DL1/I3: {id} was accepted and is not stored")),
                    };
                    let log = &self.logs[conversation];
                    let place =
                        if asker == Some(Person::Visitor) { log.public_position(place) } else { place };
                    demand!(seq == place && at == time, "DL2: accepted at {}, stored at {}", seq.0, place.0);
                    demand!(duplicate == known.is_some(), "DL2: duplicate is {duplicate}");
                }
                Told::Refused(refusal) if refusal.client_message_id == Some(id) => {
                    demand!(own.is_none(), "DL1: {id} was refused ({}) and stored", refusal.code);
                    let same = known.as_ref().map(|(content, ..)| was_changed || Some(content) == kind);
                    let right = match refusal.code {
                        Code::OutOfOrder => known.is_none() && !is_next,
                        Code::IdempotencyConflict => same == Some(false),
                        Code::TooLong => kind.is_none() || facts.is_stricter,
                        Code::Empty | Code::BadText => kind.is_none(),
                        // The wish to snooze came when its time was over, or there are too many labels.
                        Code::BadField => kind.and_then(AgentKind::handling).is_some_and(
                            |step| matches!(step, Handling::Snooze { until } if *until <= facts.now),
                        ),
                        Code::NotFound | Code::TooLate => known.is_none() && may_not == Some(refusal.code),
                        Code::Overtaken => known.is_none() && is_next && is_held,
                        code => is_of_the_moment(code) && (code != Code::Storage || facts.failed),
                    };
                    demand!(right, "DL2–DL4: {id} was refused as {}", refusal.code);
                    if let Some(person) = asker {
                        self.intents.refuse(conversation, person, id, refusal.code);
                    }
                    if let (Code::Overtaken, Some(person)) = (refusal.code, asker) {
                        self.intents.stand(conversation, person, id, Standing::Held);
                    }
                    let changes = kind.is_some_and(|kind| named(kind).is_some() || is_of_the_end(kind));
                    if let (Code::NotFound | Code::TooLate, Some(person), true) =
                        (refusal.code, asker, changes)
                    {
                        // What it was to change is deleted: it is dropped without a word.
                        self.intents.stand(conversation, person, id, Standing::Moot);
                    }
                }
                Told::Welcome(_)
                | Told::Events(_)
                | Told::Older(_)
                | Told::Refused(_)
                | Told::Marks(_)
                | Told::Bye
                | Told::Fleeting => {}
            }
        }
        Ok(())
    }

    /// DL8, I7: marks grow, within the log, by whoever reads.
    fn marks(
        &mut self,
        conversation: usize,
        asker: Option<Person>,
        asked: &Asked,
        facts: &Facts<'_>,
    ) -> Verdict {
        let log = &mut self.logs[conversation];
        let found = facts.state.marks_for_agents();
        let before = log.marks;
        let mut wanted = before;
        if let (Asked::Read { upto }, Some(person)) = (asked, asker) {
            if person == Person::Visitor {
                let place = log.position_of_public((*upto).min(log.public_head()));
                wanted.visitor = wanted.visitor.max(place);
            } else {
                wanted.agents = wanted.agents.max((*upto).min(log.head()));
            }
        }
        let head = log.head();
        demand!(found.visitor <= head && found.agents <= head, "DL8/I7: a mark is beyond the log: {found:?}");
        let has_grown = found.visitor >= before.visitor && found.agents >= before.agents;
        if facts.failed && !has_grown {
            // Nothing could be stored when the last socket left with what was kept with it.
            demand!(matches!(asked, Asked::Else), "DL8/I7: {asked:?} made a mark of {before:?} {found:?}");
            return log.lose_marks(found);
        }
        demand!(has_grown, "DL8/I7: a mark went back from {before:?} to {found:?}");
        demand!(
            found == wanted || (facts.failed && found == before),
            "DL8: marks are {found:?}, {wanted:?} is right"
        );
        log.mark(found);
        Ok(())
    }

    /// DL6: everything that is missing, or an explicit reset.
    fn welcomed(
        &mut self,
        conversation: usize,
        link: LinkId,
        person: Person,
        asked: &Asked,
        welcome: &Welcome<()>,
    ) -> Verdict {
        let Asked::Hello { tab, cursor } = asked else {
            return Err("PR7: a welcome without a hello".to_owned());
        };
        let log = &mut self.logs[conversation];
        demand!(!log.is_erased, "ST13: somebody was welcomed in what was erased");
        log.name(welcome.epoch);
        let log = &self.logs[conversation];
        let head = log.head_for(person);
        let newest = Seq(head.0.saturating_sub(limits::NEWEST_PAGE));
        let (resume, from) = match cursor {
            None => (Resume::Fresh, newest),
            Some(cursor) if cursor.epoch != welcome.epoch => (Resume::EpochChanged, newest),
            Some(cursor) if cursor.seq > head => (Resume::Rewound, newest),
            Some(cursor) if head.since(cursor.seq) > limits::RESUME_EVENTS => (Resume::TooFar, newest),
            Some(cursor) => (Resume::Resumed, cursor.seq),
        };
        demand!(
            (welcome.resume, welcome.from, welcome.head) == (resume, from, head),
            "DL6: {cursor:?} was welcomed as {:?} from {} of {}, right is {resume:?} from {} of {}",
            welcome.resume,
            welcome.from.0,
            welcome.head.0,
            from.0,
            head.0
        );
        demand!(log.epoch.is_none_or(|epoch| epoch == welcome.epoch), "DL6: the welcome names another life");
        demand!(
            welcome.status == log.status_for(person) && welcome.marks == log.marks_for(person),
            "CV8: the welcome says {:?} {:?}, right is {:?} {:?}",
            welcome.status,
            welcome.marks,
            log.status(),
            log.marks_for(person)
        );
        self.sessions.insert(link, Session { conversation, person, tab: *tab, is_closing: false });
        Ok(())
    }

    /// I4, I6: whatever is told is in the log, in the positions of whom it is told, and they may know it.
    fn frame(
        &self,
        conversation: usize,
        link: LinkId,
        frame: &Told,
        given: &mut Vec<(LinkId, Event<AgentKind>)>,
    ) -> Verdict {
        let log = &self.logs[conversation];
        let session = self.sessions.get(&link);
        match frame {
            Told::Refused(_) | Told::Bye => return Ok(()),
            Told::Marks(marks) => {
                let Some(session) = session else { return Err(unknown(link)) };
                let right = log.marks_for(session.person);
                demand!(*marks == right, "DL8: told {marks:?}, right is {right:?}");
            }
            Told::Events(events) | Told::Older(events) => {
                let Some(session) = session else { return Err(unknown(link)) };
                for event in events {
                    demand!(
                        row_at(&log.rows, session.person, event.seq).is_some_and(|row| is_same(row, event)),
                        "I4: position {} was told and is not so in the log",
                        event.seq.0
                    );
                    given.push((link, event.clone()));
                }
                let dense = events.windows(2).all(|pair| pair[0].seq.next() == pair[1].seq);
                demand!(dense, "DL5: a frame has a hole");
            }
            Told::Welcome(_) | Told::Accepted { .. } | Told::Fleeting => {
                demand!(session.is_some(), "{}", unknown(link));
            }
        }
        Ok(())
    }

    /// DL9: a newer socket of the same tab closes the older one, which has no seat any more.
    fn replaced(&mut self, origin: Option<LinkId>, asked: &Asked) -> Verdict {
        let (Some(origin), Asked::Hello { .. }) = (origin, asked) else { return Ok(()) };
        let Some(mine) = self.sessions.get(&origin).cloned() else { return Ok(()) };
        let is_twin = |link: LinkId, other: &Session| {
            link != origin
                && (other.conversation, other.person, other.tab) == (mine.conversation, mine.person, mine.tab)
        };
        let twins = self.sessions.iter().filter(|(link, other)| is_twin(**link, other));
        for (_, twin) in twins {
            demand!(twin.is_closing, "DL9: a tab has two sockets");
        }
        self.sessions.retain(|link, other| !is_twin(*link, other));
        Ok(())
    }

    /// DL6, DL7, DL10: everybody who is here is told what is new, and who asked gets all of it.
    fn given(
        &self,
        conversation: usize,
        origin: Option<LinkId>,
        asked: &Asked,
        before: usize,
        facts: &Facts<'_>,
        given: &[(LinkId, Event<AgentKind>)],
    ) -> Verdict {
        let log = &self.logs[conversation];
        for row in &log.rows[before..] {
            let own = matches!(asked, Asked::Submit { id, .. } if *id == row.client_message_id);
            let here = self.sessions.iter().filter(|(link, session)| {
                session.conversation == conversation
                    && !session.is_closing
                    && !(own && Some(**link) == origin)
                    && (session.person != Person::Visitor || is_public(row))
            });
            for (link, session) in here {
                let was_told = given
                    .iter()
                    .any(|(other, event)| other == link && place(row, session.person) == Some(event.seq));
                demand!(was_told, "DL10: {:?} on {link:?} was not told of {}", session.person, row.seq.0);
            }
        }
        let Some(link) = origin else { return Ok(()) };
        let Some(session) = self.sessions.get(&link).filter(|session| !session.is_closing) else {
            return Ok(());
        };
        let head = log.head_for(session.person);
        let range = match asked {
            Asked::Hello { .. } => {
                let welcome = facts.said.iter().find_map(|out| match out {
                    Out::Frame(other, payload) if *other == link => {
                        let side =
                            if session.person == Person::Visitor { Side::Visitor } else { Side::Agent };
                        match told(side, payload) {
                            Some(Told::Welcome(welcome)) => Some(welcome.from),
                            Some(_) | None => None,
                        }
                    }
                    Out::Frame(..) | Out::Close(..) | Out::Call(..) | Out::Question(_) | Out::Answer(..) => {
                        None
                    }
                });
                welcome.map(|from| (from, head))
            }
            Asked::Older { before } => {
                let upto = Seq(before.0.saturating_sub(1)).min(head);
                Some((Seq(upto.0.saturating_sub(limits::NEWEST_PAGE)), upto))
            }
            Asked::Newer { after } => {
                Some((*after, Seq(after.0.saturating_add(limits::RESUME_EVENTS)).min(head)))
            }
            Asked::Submit { .. } | Asked::Read { .. } | Asked::Else => None,
        };
        let Some((after, upto)) = range else { return Ok(()) };
        let got: Vec<u64> =
            given.iter().filter(|(other, _)| *other == link).map(|(_, event)| event.seq.0).collect();
        let right: Vec<u64> = (after.0.saturating_add(1)..=upto.0).collect();
        demand!(got == right, "DL6/DL7: asked for {after:?} to {upto:?}, got {got:?}");
        Ok(())
    }

    /// CV8: what the object believes is what the list says.
    fn state(&self, conversation: usize, state: &Conversation) -> Verdict {
        let log = &self.logs[conversation];
        demand!(
            (state.head(), state.public_head(), state.status(), state.unread(), state.placement())
                == (log.head(), log.public_head(), log.status(), log.unread(), log.placement()),
            "CV5/CV8/I9: the object believes {:?} {:?} {:?} {}, right is {:?} {:?} {:?} {}",
            state.head(),
            state.public_head(),
            state.status(),
            state.unread(),
            log.head(),
            log.public_head(),
            log.status(),
            log.unread()
        );
        let right: ReadMarks = log.marks;
        demand!(state.marks_for_agents() == right, "CV8: the object believes in other marks");
        Ok(())
    }
}

const fn handed_to(team: TeamId) -> AgentKind {
    AgentKind::Private(PrivateKind::Handled(Handling::HandTo { team: Some(team) }))
}

const fn open() -> AgentKind {
    AgentKind::Private(PrivateKind::Handled(Handling::Open))
}

fn unknown(link: LinkId) -> String {
    format!("I6: {link:?} was told something before its welcome")
}

/// Where a row is for a person; `None` if they do not see it.
pub(super) fn place(row: &StoredEvent, person: Person) -> Option<Seq> {
    if person != Person::Visitor {
        return Some(row.seq);
    }
    is_public(row).then_some(row.public_seq)
}

/// Finds what is at a position of a person's sequence. Both positions of the rows are known to grow.
pub(super) fn row_at(rows: &[StoredEvent], person: Person, seq: Seq) -> Option<&StoredEvent> {
    let index = if person == Person::Visitor {
        rows.partition_point(|row| row.public_seq < seq)
    } else {
        rows.partition_point(|row| row.seq < seq)
    };
    rows.get(index).filter(|row| place(row, person) == Some(seq))
}

fn is_same(row: &StoredEvent, event: &Event<AgentKind>) -> bool {
    row.at == event.at
        && row.author == event.author
        && row.client_message_id == event.client_message_id
        && row.kind == event.kind
}
