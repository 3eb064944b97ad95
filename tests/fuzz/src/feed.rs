//! The engine of an inbox's list, and everything that can happen to it in any order.
//!
//! Nothing panics; the list is in order and names each conversation once (SPEC SY36); the next page is asked for once at
//! a time, while there is one (SY37); what an open conversation has told stands until an entry knows as much (SY44).

use std::collections::{BTreeMap, BTreeSet};

use protocol::codec::from_bytes;
use protocol::{
    AgentId, AgentProfile, Author, AvailabilityChoice, ClientMessageId, ConversationId, FeedFrame,
    FeedRequest, ForAgents, IndexEntry, ListView, MentionEntry, Placement, Refusal, Seq, Shelf, SiteId,
    Status, Timestamp, Undecodable, VisitorId, VisitorPresence,
};
use sync::{
    ConnectionBadge, Env, Feed, FeedEffect, FeedInput, FeedView, Item, ItemKey, Person, SendState, View,
};

use crate::engine::{code, kind_for_agents};
use crate::reader::Reader;

const BEGIN: Timestamp = Timestamp(1_800_000_000_000);

/// Steps of one history.
const STEPS: usize = 400;

/// Calls within one stretch of time that are no endless loop.
const WAKES: u32 = 2_000;

/// Bytes from here on are what an open conversation tells; those before are told apart by their remainder.
const GLIMPSES: u8 = 240;

/// Those from here on to the glimpses are what one person chooses, uses and is named in.
const OWN: u8 = 236;

/// Reads a history out of bytes and lives through it.
pub fn feed(bytes: &[u8]) {
    let mut reader = Reader::new(bytes);
    let mut world = World {
        feed: Feed::new(Env { now: BEGIN, entropy: [1; 32] }),
        now: BEGIN,
        calls: 0,
        wake_at: None,
        is_greeting: false,
        is_live: false,
        glimpsed: BTreeMap::new(),
    };
    for _ in 0..STEPS {
        if world.step(&mut reader).is_none() {
            return;
        }
    }
}

struct World {
    feed: Feed,
    now: Timestamp,
    calls: u8,
    wake_at: Option<Timestamp>,
    is_greeting: bool,
    is_live: bool,
    /// When the newest event is from that an open conversation told of last.
    glimpsed: BTreeMap<ConversationId, Timestamp>,
}

impl World {
    fn step(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let byte = reader.byte()?;
        if byte >= GLIMPSES {
            return self.glimpse(reader);
        }
        if byte >= OWN {
            return self.own(byte - OWN, reader);
        }
        match byte % 20 {
            0 => self.give(FeedInput::Start),
            1 => self.give(FeedInput::Stop),
            2..=4 => self.give(FeedInput::Opened { credential: "ticket".to_owned() }),
            5 => {
                let code = if reader.flag()? { Some(code(reader)?) } else { None };
                self.give(FeedInput::Unreachable { code });
            }
            6 => self.give(FeedInput::Closed { code: 4_400 + u16::from(reader.below(32)?) }),
            7..=12 => {
                let frame = frame(reader)?;
                self.give(FeedInput::Received(frame));
            }
            13 => self.give(FeedInput::Unreadable(
                [Undecodable::Malformed, Undecodable::Version][usize::from(reader.below(2)?)],
            )),
            14 => self.give(FeedInput::Pong),
            15 => self.give(FeedInput::NetworkBack),
            16 => self.give(FeedInput::LoadMore),
            17 => {
                let view = if reader.flag()? { Some(view(reader)?) } else { None };
                self.give(FeedInput::Show(view));
            }
            18 => self.pass(reader.span()?),
            _ => {
                let back = i64::try_from(reader.span()?).ok()?;
                self.now = Timestamp(self.now.0.saturating_sub(back));
            }
        }
        Some(())
    }

    /// What somebody does in this tab, and where they are named.
    fn own(&mut self, deed: u8, reader: &mut Reader<'_>) -> Option<()> {
        self.give(match deed {
            0 => FeedInput::Used,
            1 => FeedInput::Choose(AvailabilityChoice::ALL[usize::from(reader.below(3)?)]),
            2 => {
                let mentions = (0..reader.below(4)?).map(|_| mention(reader)).collect::<Option<_>>()?;
                FeedInput::Received(FeedFrame::Mentions { mentions })
            }
            _ => FeedInput::SawMention(ConversationId::from_bytes([reader.below(16)?; 32])),
        });
        Some(())
    }

    fn glimpse(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let conversation = ConversationId::from_bytes([reader.below(16)?; 32]);
        let view = open(reader)?;
        self.glimpsed.insert(conversation, view.items.first()?.at);
        self.give(FeedInput::Glimpsed { conversation, glimpse: view.glimpse()? });
        Some(())
    }

    fn pass(&mut self, milliseconds: u64) {
        let end = self.now.plus(milliseconds);
        for _ in 0..WAKES {
            let Some(at) = self.wake_at.filter(|at| *at <= end) else {
                self.now = end;
                return;
            };
            self.now = self.now.max(at);
            self.give(FeedInput::Woke);
        }
        panic!("woken again and again");
    }

    fn give(&mut self, input: FeedInput) {
        self.calls = self.calls.wrapping_add(1);
        let before = self.feed.view(self.now);
        self.connection_becomes(&input);
        let step = self.feed.handle(Env { now: self.now, entropy: [self.calls; 32] }, input.clone());
        self.wake_at = step.wake_at;
        let after = self.feed.view(self.now);
        assert!(step.changed || after == before, "the view changed and nobody was told: {input:?}");
        for effect in step.effects {
            match effect {
                FeedEffect::Connect { .. } | FeedEffect::Disconnect(_) => {
                    (self.is_greeting, self.is_live) = (false, false);
                }
                FeedEffect::Ping => {}
                FeedEffect::Transmit(FeedRequest::Hello(_)) => {
                    assert!(matches!(input, FeedInput::Opened { .. }) && !self.is_greeting);
                    self.is_greeting = true;
                }
                FeedEffect::Transmit(FeedRequest::More { .. }) => {
                    assert!(before.more && !before.loading && after.loading, "SY37");
                }
                FeedEffect::Transmit(FeedRequest::Choose(choice)) => {
                    assert!(self.is_live && input == FeedInput::Choose(choice), "AV4");
                }
                FeedEffect::Transmit(FeedRequest::Idle { .. }) => assert!(self.is_live, "AV2"),
                FeedEffect::Transmit(FeedRequest::SawMention { conversation }) => {
                    let is_unread = |view: &FeedView| {
                        view.mentions.get(&conversation).is_some_and(|mention| mention.is_unread)
                    };
                    assert!(self.is_live && is_unread(&before) && !is_unread(&after));
                }
                FeedEffect::Transmit(FeedRequest::List { view, .. }) => {
                    assert!(after.shown == Some(view) && after.loading, "SY46");
                }
            }
        }
        let positions = after.entries.iter().map(IndexEntry::position);
        assert!(positions.clone().zip(positions.skip(1)).all(|(one, next)| one > next), "SY36: in order");
        let named: BTreeSet<_> = after.entries.iter().map(|entry| entry.conversation).collect();
        assert_eq!(named.len(), after.entries.len(), "SY36: each once");
        let is_listed =
            |entry: &IndexEntry| before.known.values().any(|known| known.conversation == entry.conversation);
        if let FeedInput::Received(FeedFrame::Changed(entry)) = &input
            && self.is_live
            && is_listed(entry)
        {
            let told = self.glimpsed.get(&entry.conversation).filter(|told| **told > entry.active_at);
            let stands = |known: &IndexEntry| {
                known.conversation == entry.conversation && told == Some(&known.active_at)
            };
            assert!(
                after.known.values().any(|known| known == entry || stands(known)),
                "SY36, SY44: a change updates what is listed, or a glimpse knows more"
            );
        }
        if let FeedInput::Glimpsed { conversation, .. } = &input {
            let mut listed = after.known.values().filter(|entry| entry.conversation == *conversation);
            assert!(listed.all(|entry| self.glimpsed.get(conversation) <= Some(&entry.active_at)), "SY44");
        }
    }

    fn connection_becomes(&mut self, input: &FeedInput) {
        match input {
            FeedInput::Received(FeedFrame::Welcome { .. }) if self.is_greeting => {
                (self.is_greeting, self.is_live) = (false, true);
            }
            FeedInput::Closed { .. } | FeedInput::Unreachable { .. } => {
                (self.is_greeting, self.is_live) = (false, false);
            }
            FeedInput::Start
            | FeedInput::Stop
            | FeedInput::Opened { .. }
            | FeedInput::Received(_)
            | FeedInput::Unreadable(_)
            | FeedInput::Pong
            | FeedInput::Woke
            | FeedInput::NetworkBack
            | FeedInput::LoadMore
            | FeedInput::Used
            | FeedInput::Choose(_)
            | FeedInput::SawMention(_)
            | FeedInput::Show(_)
            | FeedInput::Glimpsed { .. } => {}
        }
    }
}

/// A conversation that is open, with one thing in it.
fn open(reader: &mut Reader<'_>) -> Option<View<ForAgents>> {
    let position = reader.position()?;
    let client_message_id = ClientMessageId::from_bytes([1; 16]);
    let item = Item {
        key: ItemKey { person: Person::Visitor, client_message_id },
        author: Author::Visitor,
        mine: false,
        kind: kind_for_agents(position),
        at: BEGIN.plus(u64::from(reader.below(32)?)),
        state: SendState::Sent,
        client_message_id,
        seq: Some(Seq(position)),
        seen: None,
    };
    Some(View {
        items: vec![item],
        connection: ConnectionBadge::Connected,
        status: if reader.flag()? { Status::Open } else { Status::Resolved },
        me: None,
        typing: Vec::new(),
        presence: VisitorPresence {
            visitor: Some(protocol::VisitorId::from_bytes([7; 16])),
            ..VisitorPresence::default()
        },
        unread: u32::from(reader.byte()?),
        head: Seq(position),
        more_above: false,
        loading_older: false,
        unsent: 0,
        unkept: 0,
    })
}

fn frame(reader: &mut Reader<'_>) -> Option<FeedFrame> {
    Some(match reader.below(10)? {
        8 => FeedFrame::Listed { view: view(reader)?, entries: entries(reader)?, more: reader.flag()? },
        9 => FeedFrame::Counts { sites: Vec::new() },
        0 | 1 => FeedFrame::Welcome {
            me: AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Ada".to_owned() },
            entries: entries(reader)?,
            more: reader.flag()?,
        },
        2 | 3 => FeedFrame::Page { entries: entries(reader)?, more: reader.flag()? },
        4 | 5 => FeedFrame::Changed(entry(reader)?),
        6 if reader.flag()? => {
            FeedFrame::Refused(Refusal { code: code(reader)?, client_message_id: None, retry_after: None })
        }
        6 => FeedFrame::Bye { code: code(reader)?, after: u32::try_from(reader.span()?).ok()? },
        _ => from_bytes(reader.bytes()?).unwrap_or(FeedFrame::Page { entries: Vec::new(), more: false }),
    })
}

fn mention(reader: &mut Reader<'_>) -> Option<MentionEntry> {
    Some(MentionEntry {
        entry: entry(reader)?,
        at: BEGIN.plus(u64::from(reader.below(32)?)),
        is_unread: reader.flag()?,
    })
}

fn view(reader: &mut Reader<'_>) -> Option<ListView> {
    let shelf = Shelf::ALL[usize::from(reader.below(6)?)];
    let site = if reader.flag()? { Some(SiteId::from_bytes([reader.below(2)?; 16])) } else { None };
    Some(ListView { shelf, site })
}

fn entries(reader: &mut Reader<'_>) -> Option<Vec<IndexEntry>> {
    (0..reader.below(5)?).map(|_| entry(reader)).collect()
}

fn entry(reader: &mut Reader<'_>) -> Option<IndexEntry> {
    Some(IndexEntry {
        conversation: ConversationId::from_bytes([reader.below(16)?; 32]),
        site: SiteId::from_bytes([1; 16]),
        visitor: VisitorId::from_bytes([1; 16]),
        status: if reader.flag()? { Status::Open } else { Status::Resolved },
        active_at: BEGIN.plus(u64::from(reader.below(32)?)),
        preview: None,
        unread: u32::from(reader.byte()?),
        began_at: BEGIN,
        identity: None,
        placement: Placement {
            assignee: if reader.flag()? { Some(AgentId::from_bytes([reader.below(3)?; 16])) } else { None },
            ..Placement::default()
        },
    })
}
