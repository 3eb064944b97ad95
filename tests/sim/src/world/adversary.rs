//! Clients that mean no good. Whatever they do, nobody else is the worse for it.

use domain::conversation::Person;
use domain::token::sign;
use protocol::codec::{self, Codec};
use protocol::{
    AgentCommand, ClientFrame, ClientMessageId, CloseCode, Code, Hello, OutboxId, Page, Seq, Submission,
    TabId, VisitorClaims, VisitorCommand, limits,
};

use super::World;
use super::wires::Way;
use crate::browser::{ClientId, Owner, encode};
use crate::faults::Fault;
use crate::network::{LinkId, Packet, Payload, Target};
use crate::object::SECRET;
use crate::oracle::refused_as;

/// What an adversary is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The visitor's own credential, and frames of every wrong kind.
    Nuisance,
    /// The same on the other side.
    RogueAgent,
    /// Somebody else's credential.
    Stranger,
    /// A ticket that was used.
    Replay,
    /// Never says hello.
    Speechless,
    /// Asks for much and reads nothing.
    SlowReader,
}

/// A client without an engine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Adversary {
    aim: Aim,
    link: LinkId,
    codec: Codec,
    is_open: bool,
    outbox: [u8; 16],
    number: u64,
}

impl World {
    /// One comes, or one of those who are here does something.
    pub(super) fn adversary_acts(&mut self) {
        let all: Vec<ClientId> = self.adversaries.keys().copied().collect();
        if all.len() < 2 {
            return self.adversary_comes();
        }
        let Some(id) = self.rng.pick(&all).copied() else { return };
        if self.rng.chance(60) {
            return self.adversary_leaves(id);
        }
        self.adversary_speaks(id);
    }

    fn adversary_comes(&mut self) {
        let aims = [
            Aim::Nuisance,
            Aim::Nuisance,
            Aim::RogueAgent,
            Aim::Stranger,
            Aim::Replay,
            Aim::Speechless,
            Aim::SlowReader,
        ];
        let aim = aims[self.rng.index(aims.len())];
        let victim = self.rng.index(self.conversations.len());
        let mut target = Target::Conversation(victim);
        let codec = if self.rng.chance(500) { Codec::Json } else { Codec::Postcard };
        let (person, credential) = match aim {
            Aim::Nuisance | Aim::SlowReader => {
                (Some(Person::Visitor), self.mint(Owner::Visitor(victim), target, false))
            }
            Aim::RogueAgent => {
                (Some(Person::Agent(self.agents[0].id)), self.mint(Owner::Agent(0), target, false))
            }
            Aim::Stranger | Aim::Speechless => {
                let mine = self.visitors[victim].clone();
                let visitor = protocol::VisitorId::from_bytes(self.rng.bytes());
                let conversation = protocol::ConversationId::from_bytes(self.rng.bytes());
                (None, sign(SECRET, &VisitorClaims { visitor, conversation, ..mine }))
            }
            Aim::Replay => {
                let Some((agent, place, ticket)) = self.captured.last().cloned() else { return };
                target = place;
                (Some(Person::Agent(self.agents[agent].id)), ticket)
            }
        };
        self.serial += 1;
        let id = ClientId(u32::try_from(self.serial).expect("not that many"));
        let link = self.new_link(id, target, person, codec, credential);
        self.note(|| format!("an adversary comes to conversation {victim}: {aim:?}"));
        let outbox = self.rng.bytes();
        self.adversaries.insert(id, Adversary { aim, link, codec, is_open: false, outbox, number: 0 });
        self.post_in(1, 50, super::Event::Arrive(link));
    }

    pub(super) fn adversary_leaves(&mut self, id: ClientId) {
        if let Some(adversary) = self.adversaries.remove(&id) {
            self.server_cut(adversary.link);
        }
    }

    /// Closes are not answered.
    pub(super) fn adversary_hears(&mut self, id: ClientId, link: LinkId, packet: &Packet) {
        let Some(adversary) = self.adversaries.get_mut(&id) else { return };
        match packet {
            Packet::Opened => {
                adversary.is_open = true;
                let aim = adversary.aim;
                if aim == Aim::Speechless {
                    return self.suffer(Fault::Speechless);
                }
                self.say_hello(id);
                if aim == Aim::SlowReader
                    && let Some(on) = self.links.get_mut(&link)
                {
                    on.is_paused = true;
                }
            }
            Packet::Frame(payload) => self.adversary_is_told(link, payload),
            Packet::Close(code) => {
                let aim = adversary.aim;
                let is_shut_out = [CloseCode::Unauthenticated, CloseCode::NotFound, CloseCode::Forbidden]
                    .map(CloseCode::number)
                    .contains(code);
                match aim {
                    Aim::Stranger if is_shut_out => self.suffer(Fault::Stranger),
                    Aim::Replay if is_shut_out => self.suffer(Fault::Replayed),
                    _ => {}
                }
                if let Some(on) = self.links.get_mut(&link) {
                    on.is_heard = false;
                }
                if self.rng.chance(500) {
                    self.adversary_leaves(id);
                }
            }
        }
    }

    /// What is refused says that it was tried.
    fn adversary_is_told(&mut self, link: LinkId, payload: &Payload) {
        let Some(side) = self.links.get(&link).map(|on| on.side) else { return };
        match refused_as(side, payload) {
            Some(Code::RateLimited) => self.suffer(Fault::Flooded),
            Some(Code::IdempotencyConflict) => self.suffer(Fault::Replayed),
            Some(_) | None => {}
        }
    }

    fn say_hello(&mut self, id: ClientId) {
        let Some(adversary) = self.adversaries.get(&id).copied() else { return };
        let Some(credential) = self.links.get(&adversary.link).map(|on| on.credential.clone()) else {
            return;
        };
        let page = Page { url: "x".repeat(5_000), ..Page::default() };
        let hello =
            Hello { credential, tab: TabId::from_bytes(self.rng.bytes()), cursor: None, page: Some(page) };
        // A hello has the same bytes on both sides.
        self.adversary_sends(adversary, &ClientFrame::<VisitorCommand>::Hello(hello));
    }

    fn adversary_sends<C: serde::Serialize>(&mut self, adversary: Adversary, frame: &ClientFrame<C>) {
        self.adversary_sends_raw(adversary, encode(frame, adversary.codec));
    }

    fn adversary_sends_raw(&mut self, adversary: Adversary, payload: Payload) {
        self.send(adversary.link, Way::Up, Packet::Frame(payload));
    }

    fn adversary_speaks(&mut self, id: ClientId) {
        let Some(adversary) = self.adversaries.get(&id).copied().filter(|adversary| adversary.is_open) else {
            return;
        };
        match adversary.aim {
            Aim::Speechless => {}
            Aim::SlowReader => {
                if adversary.number == 0 {
                    self.says_much(id, adversary);
                }
                for _ in 0..40 {
                    self.adversary_sends(adversary, &ClientFrame::<VisitorCommand>::Newer { after: Seq(0) });
                    self.adversary_sends(
                        adversary,
                        &ClientFrame::<VisitorCommand>::Older { before: Seq(u64::MAX) },
                    );
                }
            }
            Aim::Stranger | Aim::Replay => self.garbage(adversary),
            Aim::RogueAgent if self.rng.chance(300) => self.garbage(adversary),
            Aim::RogueAgent => self.forbidden_to_agents(adversary),
            Aim::Nuisance => match self.rng.below(6) {
                0 | 1 => self.garbage(adversary),
                2 | 3 => self.forbidden(adversary),
                4 => self.replay(id, adversary),
                _ => self.flood(id, adversary),
            },
        }
    }

    /// Something long, so that to be told of it often comes to much.
    fn says_much(&mut self, id: ClientId, adversary: Adversary) {
        for number in 1..=3 {
            let submission = Submission {
                client_message_id: ClientMessageId::from_bytes(self.rng.bytes()),
                outbox: OutboxId::from_bytes(adversary.outbox),
                number,
                command: VisitorCommand::Message { text: "much ".repeat(limits::MESSAGE_BYTES / 5) },
            };
            self.adversary_sends(adversary, &ClientFrame::Submit(submission));
        }
        if let Some(adversary) = self.adversaries.get_mut(&id) {
            adversary.number = 3;
        }
    }

    /// Whether what an adversary sends comes to somebody who listens.
    fn is_listened_to(&self, adversary: Adversary) -> bool {
        self.links.get(&adversary.link).is_some_and(|on| on.is_accepted && on.is_heard && !on.up.is_silent)
    }

    fn garbage(&mut self, adversary: Adversary) {
        if self.is_listened_to(adversary) {
            self.suffer(Fault::Garbage);
        }
        let length = self.rng.index(40);
        let payload = match self.rng.below(6) {
            0 => Payload::Binary((0..length).map(|_| self.rng.next().to_le_bytes()[0]).collect()),
            1 => Payload::Binary([&[codec::VERSION][..], &self.rng.bytes::<32>()[..length.min(32)]].concat()),
            2 => Payload::Text("{\"v\":1,\"frame\":{\"submit\":{}}}".to_owned()),
            3 => Payload::Text("[".repeat(2_000)),
            4 => Payload::Binary(vec![codec::VERSION; 70_000]),
            _ => Payload::Text("{\"v\":99,\"frame\":null}".to_owned()),
        };
        let payload = match (payload, adversary.codec) {
            (Payload::Binary(bytes), Codec::Json) if self.rng.chance(800) => {
                Payload::Text(String::from_utf8_lossy(&bytes).into_owned())
            }
            (Payload::Text(text), Codec::Postcard) if self.rng.chance(800) => {
                Payload::Binary(text.into_bytes())
            }
            (payload, _) => payload,
        };
        self.adversary_sends_raw(adversary, payload);
    }

    /// Frames of the other side, positions that make no sense, a second hello.
    fn forbidden(&mut self, adversary: Adversary) {
        if self.is_listened_to(adversary) {
            self.suffer(Fault::Forbidden);
        }
        let id = ClientMessageId::from_bytes(self.rng.bytes());
        let outbox = OutboxId::from_bytes(adversary.outbox);
        match self.rng.below(7) {
            0 => self.adversary_sends(
                adversary,
                &ClientFrame::Submit(submission(id, outbox, 1, AgentCommand::Resolve)),
            ),
            1 => {
                let command = AgentCommand::Note { text: "let me in".to_owned() };
                self.adversary_sends(adversary, &ClientFrame::Submit(submission(id, outbox, 1, command)));
            }
            2 => {
                self.adversary_sends(adversary, &ClientFrame::<VisitorCommand>::Read { upto: Seq(u64::MAX) })
            }
            3 => self
                .adversary_sends(adversary, &ClientFrame::<VisitorCommand>::Older { before: Seq(u64::MAX) }),
            4 => self
                .adversary_sends(adversary, &ClientFrame::<VisitorCommand>::Newer { after: Seq(u64::MAX) }),
            5 => {
                let command = VisitorCommand::Message { text: "out of order".to_owned() };
                let number = self.rng.below(2) * 5 + adversary.number + 2;
                self.adversary_sends(
                    adversary,
                    &ClientFrame::Submit(submission(id, outbox, number, command)),
                );
            }
            _ => {
                let command = VisitorCommand::Message { text: "\u{200b}".to_owned() };
                self.adversary_sends(adversary, &ClientFrame::Submit(submission(id, outbox, 1, command)));
            }
        }
    }

    fn forbidden_to_agents(&mut self, adversary: Adversary) {
        if self.is_listened_to(adversary) {
            self.suffer(Fault::Forbidden);
        }
        let frame = match self.rng.below(5) {
            0 | 1 => ClientFrame::Read { upto: Seq(u64::MAX - self.rng.below(2)) },
            2 => ClientFrame::Older { before: Seq(u64::MAX) },
            3 => ClientFrame::Page(Page { url: "https://elsewhere.example".to_owned(), ..Page::default() }),
            _ => {
                let id = ClientMessageId::from_bytes(self.rng.bytes());
                let outbox = OutboxId::from_bytes(adversary.outbox);
                ClientFrame::Submit(submission(id, outbox, 7, AgentCommand::Resolve))
            }
        };
        self.adversary_sends(adversary, &frame);
    }

    /// The id of a message that is stored, with another payload.
    fn replay(&mut self, _: ClientId, adversary: Adversary) {
        let Some(Target::Conversation(index)) = self.links.get(&adversary.link).map(|on| on.target) else {
            return;
        };
        let rows = &self.oracle.logs[index].rows;
        let Some(row) = rows.iter().rev().find(|row| row.author == protocol::Author::Visitor) else { return };
        let submission = Submission {
            client_message_id: row.client_message_id,
            outbox: row.outbox,
            number: row.number + 1,
            command: VisitorCommand::Message { text: "something else".to_owned() },
        };
        self.adversary_sends(adversary, &ClientFrame::Submit(submission));
    }

    /// More than the rate allows, now and then.
    fn flood(&mut self, id: ClientId, adversary: Adversary) {
        if adversary.number > 12 {
            return;
        }
        for offset in 1..=13 {
            let submission = Submission {
                client_message_id: ClientMessageId::from_bytes(self.rng.bytes()),
                outbox: OutboxId::from_bytes(adversary.outbox),
                number: adversary.number + offset,
                command: VisitorCommand::Message { text: format!("flood {offset}") },
            };
            self.adversary_sends(adversary, &ClientFrame::Submit(submission));
        }
        if let Some(adversary) = self.adversaries.get_mut(&id) {
            adversary.number += 13;
        }
    }
}

const fn submission<C>(id: ClientMessageId, outbox: OutboxId, number: u64, command: C) -> Submission<C> {
    Submission { client_message_id: id, outbox, number, command }
}
