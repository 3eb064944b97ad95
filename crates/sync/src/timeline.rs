//! What is known of the log: one unbroken piece of it, from some position to the newest that came in order.
//!
//! Events are put in place in the order of the log or not at all. When one is missing, it is asked for once.

use mutant::mutant;
use protocol::limits::EVENTS_PER_FRAME;
use protocol::{Author, ClientMessageId, Cursor, Epoch, Event, Resume, Seq, Timestamp, Welcome};

/// Milliseconds within which something missing must come.
const PROGRESS_MS: u64 = 15_000;

/// Milliseconds within which older events that were asked for must come.
const OLDER_MS: u64 = 20_000;

/// The events that are known.
#[derive(Debug)]
pub(crate) struct Timeline<K> {
    epoch: Option<Epoch>,
    /// The position before the first event.
    from: Seq,
    events: Vec<Event<K>>,
    /// This person's own events that are stored, and that something is missing before, in order. Few at any time: a map
    /// would weigh more than all else here.
    ahead: Vec<Event<K>>,
    /// The newest position heard of.
    known: Seq,
    gap: Gap,
    progress_by: Option<Timestamp>,
    older_by: Option<Timestamp>,
    /// The server has nothing older.
    exhausted: bool,
}

/// How it stands with an event that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Found,
    Asked,
}

/// Where an event belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is known, or older than what is kept.
    Old,
    /// It is the next.
    Next,
    /// Something is missing before it.
    Ahead,
}

/// What a welcome did to what was known.
#[derive(Debug)]
pub(crate) struct Reset<K> {
    /// Whether positions kept their meaning.
    pub(crate) same_positions: bool,
    /// The events that do not count as known any more, in order.
    pub(crate) dropped: Vec<Event<K>>,
}

/// What an event with an id becomes through a later one of the same author: see [`protocol::Audience::amended`].
type Amended<K> = fn(&K, ClientMessageId, &K) -> Option<K>;

fn amend<K>(event: &mut Event<K>, later: &Event<K>, amended: Amended<K>) {
    if event.author.is_same_person(&later.author)
        && let Some(kind) = amended(&event.kind, event.client_message_id, &later.kind)
    {
        event.kind = kind;
    }
}

impl<K> Default for Timeline<K> {
    fn default() -> Self {
        Self {
            epoch: None,
            from: Seq::START,
            events: Vec::new(),
            ahead: Vec::new(),
            known: Seq::START,
            gap: Gap::None,
            progress_by: None,
            older_by: None,
            exhausted: false,
        }
    }
}

impl<K> Timeline<K> {
    /// Returns what is known, unless it is a position of which the event has not come yet.
    pub(crate) fn cursor(&self) -> Option<Cursor> {
        let epoch = self.epoch?;
        match self.events.last() {
            Some(newest) => Some(Cursor { epoch, seq: newest.seq, at: newest.at }),
            None => (self.from == Seq::START).then_some(Cursor { epoch, seq: Seq::START, at: Timestamp(0) }),
        }
    }

    /// Tells whether positions of a life of the log are positions of this one.
    pub(crate) fn is_of(&self, epoch: Epoch) -> bool {
        self.epoch == Some(epoch)
    }

    /// Returns the newest position up to which nothing is missing.
    pub(crate) fn head(&self) -> Seq {
        self.events.last().map_or(self.from, |event| event.seq)
    }

    pub(crate) fn events(&self) -> &[Event<K>] {
        &self.events
    }

    pub(crate) fn ahead(&self) -> impl Iterator<Item = &Event<K>> {
        self.ahead.iter()
    }

    /// Returns the event of a person's message, if it is among those that are known.
    pub(crate) fn find(&self, author: &Author, id: ClientMessageId) -> Option<&Event<K>> {
        let mut known = self.events.iter().rev().chain(&self.ahead);
        known.find(|event| event.client_message_id == id && author.is_same_person(&event.author))
    }

    /// Returns the position before the first event.
    pub(crate) const fn from(&self) -> Seq {
        self.from
    }

    pub(crate) const fn has_older(&self) -> bool {
        self.from.0 > 0 && !self.exhausted
    }

    pub(crate) const fn is_loading_older(&self) -> bool {
        self.older_by.is_some()
    }

    /// Takes a welcome; drops everything unless what follows continues it.
    pub(crate) fn welcome<P>(&mut self, welcome: &Welcome<P>, now: Timestamp) -> Reset<K> {
        let same_life = self.epoch == Some(welcome.epoch);
        let continues = match welcome.resume {
            Resume::Resumed => same_life && welcome.from <= self.head(),
            Resume::Fresh | Resume::EpochChanged | Resume::Rewound | Resume::TooFar => false,
        };
        let mut dropped = Vec::new();
        if !continues {
            let before = core::mem::replace(
                self,
                Self {
                    epoch: Some(welcome.epoch),
                    from: welcome.from,
                    known: welcome.from,
                    ..Self::default()
                },
            );
            dropped = before.events;
            dropped.extend(before.ahead);
        }
        self.known = self.known.max(welcome.head);
        self.progress(now);
        Reset { same_positions: same_life && welcome.resume != Resume::Rewound, dropped }
    }

    /// Says where an event belongs, and takes note of it if something is missing before it.
    pub(crate) fn place(&mut self, seq: Seq) -> Place {
        let head = self.head();
        if seq <= head {
            return Place::Old;
        }
        if seq == head.next() {
            return Place::Next;
        }
        self.heard_of(seq);
        mutant!(13, Place::Ahead, Place::Next)
    }

    /// Takes that this position is stored, without knowing what it holds.
    pub(crate) fn heard_of(&mut self, seq: Seq) {
        if seq <= self.head() || self.ahead.iter().any(|event| event.seq == seq) {
            return;
        }
        self.known = self.known.max(seq);
        if self.gap == Gap::None {
            self.gap = Gap::Found;
        }
    }

    /// Adds the event of which [`Self::place`] said that it is the next.
    pub(crate) fn append(&mut self, event: Event<K>, now: Timestamp) {
        self.known = self.known.max(event.seq);
        self.events.push(event);
        self.progress(now);
    }

    /// Takes up that the next event changes an earlier message: nothing of the earlier text stays known.
    pub(crate) fn amend(&mut self, later: &Event<K>, amended: Amended<K>) {
        self.events.iter_mut().for_each(|event| amend(event, later, amended));
    }

    /// Takes up what the known events make of the first so many, which were told later: they may have been read before.
    pub(crate) fn amend_first(&mut self, count: usize, amended: Amended<K>) {
        let count = count.min(self.events.len());
        let (first, known) = self.events.split_at_mut(count);
        for later in known.iter() {
            first.iter_mut().for_each(|event| amend(event, later, amended));
        }
    }

    /// Keeps an own event of which [`Self::place`] said that something is missing before it.
    pub(crate) fn keep_ahead(&mut self, event: Event<K>) {
        self.ahead.retain(|kept| kept.seq != event.seq);
        let place = self.ahead.partition_point(|kept| kept.seq < event.seq);
        self.ahead.insert(place, event);
    }

    /// Takes back an event that was kept and is the next.
    pub(crate) fn take_ahead(&mut self) -> Option<Event<K>> {
        let next = self.head().next();
        self.ahead.retain(|event| event.seq >= next);
        let is_next = self.ahead.first().is_some_and(|event| event.seq == next);
        is_next.then(|| self.ahead.remove(0))
    }

    /// Adds older events if they end where the known ones begin; returns whether they do. An empty answer means that
    /// there are none.
    pub(crate) fn prepend(&mut self, older: Vec<Event<K>>) -> bool {
        if self.older_by.take().is_none() {
            return false;
        }
        let Some(first) = older.first() else {
            self.exhausted = true;
            return false;
        };
        let begin = first.seq;
        let dense = older.is_sorted_by(|one, next| one.seq < next.seq && one.seq.next() == next.seq);
        let joins = older.last().is_some_and(|last| last.seq == self.from);
        let in_order = begin > Seq::START && dense && joins;
        if in_order {
            self.from = Seq(begin.0.saturating_sub(1));
            self.events.splice(0..0, older);
        }
        in_order
    }

    /// Returns the position before which to ask for older events, if any should be asked for.
    pub(crate) fn ask_older(&mut self, now: Timestamp) -> Option<Seq> {
        if self.is_loading_older() || !self.has_older() {
            return None;
        }
        self.older_by = Some(now.plus(OLDER_MS));
        Some(self.from.next())
    }

    /// Returns the position after which to ask for newer events: once when a gap is found, and again when the answer
    /// to that was not all.
    pub(crate) fn ask_newer(&mut self, now: Timestamp) -> Option<Seq> {
        if self.gap != Gap::Found {
            return None;
        }
        self.gap = Gap::Asked;
        self.progress_by.get_or_insert(now.plus(PROGRESS_MS));
        Some(self.head())
    }

    /// Takes that a frame with so many events, the last of which was the next in order, is dealt with.
    pub(crate) fn answered(&mut self, events: usize) {
        if self.gap == Gap::Asked && events < EVENTS_PER_FRAME {
            self.gap = Gap::Found;
        }
    }

    /// Takes that a request was refused.
    pub(crate) const fn refused(&mut self) {
        self.older_by = None;
    }

    pub(crate) const fn disconnected(&mut self) {
        self.gap = Gap::None;
        self.progress_by = None;
        self.older_by = None;
    }

    /// Tells whether something that must come has not come for too long.
    pub(crate) fn is_stuck(&self, now: Timestamp) -> bool {
        self.progress_by.is_some_and(|by| by <= now)
    }

    /// Gives up on an answer with older events; returns whether one was awaited.
    pub(crate) fn lapse(&mut self, now: Timestamp) -> bool {
        self.older_by.take_if(|by| *by <= now).is_some()
    }

    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.progress_by.into_iter().chain(self.older_by).min()
    }

    fn progress(&mut self, now: Timestamp) {
        if self.head() < self.known {
            self.progress_by = Some(now.plus(PROGRESS_MS));
        } else {
            self.progress_by = None;
            self.gap = Gap::None;
        }
    }
}
