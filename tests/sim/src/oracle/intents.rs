//! What people wanted to say, and what may have become of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::conversation::Person;
use protocol::{ClientMessageId, Code, Timestamp};

/// How it stands with what somebody wanted to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Must be stored in the end, once.
    Wanted,
    /// Refused for good and shown so; must not be stored.
    Failed,
    /// Given up by the person after it had failed; must not be stored.
    Discarded,
    /// The browser could not keep it and was closed: stored or not, but not twice.
    Excused,
    /// What it was to change or to answer is not there, so that whoever asks for it is refused: stored once at most, since a
    /// restore may have taken what it is about, and a person may bring that back.
    Moot,
    /// Its author had not seen what came before it, and is to say what becomes of it. Stored once at most: another tab may ask
    /// for it, and a colleague may give them back the conversation for which it was held.
    Held,
}

/// One thing that somebody wanted to say.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) label: String,
    /// The message that it is to change.
    pub(crate) changes: Option<ClientMessageId>,
    pub(crate) standing: Standing,
    /// A restore took it out of the log, and nobody has asked for it since.
    pub(crate) is_lost: bool,
    /// The person has asked for it once more since it was written.
    pub(crate) is_asked_again: bool,
    /// When it was written that the person has said to send although it was held: a form that is no younger, in another tab or
    /// kept, does not know of that.
    pub(crate) asked_after: Option<Timestamp>,
    /// The person has given it up in one of their tabs, and not asked for it since. Where another tab still brings it, since
    /// they had asked for it there before, it need not be kept.
    pub(crate) is_given_up: bool,
}

impl Intent {
    /// Whether a form of it that was written then asks for what the person wants.
    pub(crate) fn is_met_by(&self, written_at: Timestamp) -> bool {
        self.asked_after.is_none_or(|after| after < written_at)
    }
}

/// Everything that anybody wanted to say, by conversation, person and message id.
#[derive(Debug, Default)]
pub(crate) struct Intents {
    all: BTreeMap<(usize, Person, ClientMessageId), Intent>,
    /// What waited when something was written: the log must agree (I5, DL4, SY12, SY41).
    orders: BTreeSet<(ClientMessageId, ClientMessageId)>,
    /// Messages of whose order nothing is promised: nobody could know of them all.
    unordered: BTreeSet<ClientMessageId>,
    /// With which codes the server has refused what.
    refused: BTreeMap<(usize, Person, ClientMessageId), Vec<Code>>,
}

impl Intents {
    /// Somebody wrote something while other messages of theirs were shown as waiting.
    pub(crate) fn add(
        &mut self,
        conversation: usize,
        person: Person,
        id: ClientMessageId,
        (label, changes): (String, Option<ClientMessageId>),
        waiting: &[ClientMessageId],
    ) {
        let intent = Intent {
            label,
            changes,
            standing: Standing::Wanted,
            is_lost: false,
            is_asked_again: false,
            asked_after: None,
            is_given_up: false,
        };
        self.all.insert((conversation, person, id), intent);
        self.orders.extend(waiting.iter().map(|before| (*before, id)));
    }

    /// It is sent again, at the end; although it was held, if it is known when that was written.
    pub(crate) fn retried(
        &mut self,
        conversation: usize,
        person: Person,
        (id, held): (ClientMessageId, Option<Timestamp>),
        waiting: &[ClientMessageId],
    ) {
        self.orders.retain(|(before, after)| *before != id && *after != id);
        self.orders.extend(waiting.iter().map(|before| (*before, id)));
        self.stand(conversation, person, id, Standing::Wanted);
        if let Some(intent) = self.all.get_mut(&(conversation, person, id)) {
            intent.is_asked_again = true;
            intent.asked_after = held;
            intent.is_given_up = false;
        }
    }

    /// A restore took them out of the log: whoever brings one back, it comes later than it was written.
    pub(crate) fn taken_back(&mut self, conversation: usize, ids: &[ClientMessageId]) {
        self.disordered(ids.iter().copied());
        let all =
            self.all.iter_mut().filter(|((other, _, id), _)| *other == conversation && ids.contains(id));
        all.for_each(|(_, intent)| intent.is_lost = true);
    }

    /// A person asks for what a restore took. Every tab that had shown it can, so that nothing says when it comes.
    pub(crate) fn asked_for_again(&mut self, conversation: usize, person: Person, id: ClientMessageId) {
        self.disordered([id]);
        if let Some(intent) = self.all.get_mut(&(conversation, person, id)) {
            intent.standing = Standing::Wanted;
            intent.is_lost = false;
            intent.is_asked_again = true;
            intent.is_given_up = false;
        }
    }

    /// A person gives up in one tab what a restore took; another tab may still ask for it, or have done so.
    pub(crate) fn let_go(&mut self, conversation: usize, person: Person, id: ClientMessageId) {
        let intent = self.all.get_mut(&(conversation, person, id)).filter(|intent| intent.is_lost);
        if let Some(intent) = intent {
            intent.standing = Standing::Excused;
        }
    }

    /// They were lost to some of those who may send them.
    pub(crate) fn disordered(&mut self, ids: impl IntoIterator<Item = ClientMessageId>) {
        self.unordered.extend(ids);
    }

    /// The person gave up on it. They may have asked for it before, in another tab or in one that the browser has forgotten, of
    /// which this one has not heard.
    pub(crate) fn discarded(
        &mut self,
        conversation: usize,
        person: Person,
        id: ClientMessageId,
        was_stored: bool,
    ) {
        let may_be_asked = self.get(conversation, person, id).is_some_and(|intent| {
            matches!(intent.standing, Standing::Wanted | Standing::Excused | Standing::Held)
                && intent.is_asked_again
        });
        let standing = if may_be_asked || was_stored { Standing::Excused } else { Standing::Discarded };
        self.stand(conversation, person, id, standing);
        if let Some(intent) = self.all.get_mut(&(conversation, person, id)) {
            intent.is_given_up = true;
        }
    }

    pub(crate) fn stand(
        &mut self,
        conversation: usize,
        person: Person,
        id: ClientMessageId,
        standing: Standing,
    ) {
        if matches!(standing, Standing::Moot | Standing::Held) {
            // Another tab may bring it, should a person have brought back what it is about.
            self.disordered([id]);
        }
        if let Some(intent) = self.all.get_mut(&(conversation, person, id)) {
            // A tab that could not be told of it brings up once more what was given up, and is told once more that it is held.
            let is_given_up = matches!(intent.standing, Standing::Discarded | Standing::Excused);
            if !(is_given_up && standing == Standing::Held) {
                intent.standing = standing;
            }
        }
    }

    pub(crate) fn get(&self, conversation: usize, person: Person, id: ClientMessageId) -> Option<&Intent> {
        self.all.get(&(conversation, person, id))
    }

    pub(crate) fn of_conversation(
        &self,
        conversation: usize,
    ) -> impl Iterator<Item = (Person, ClientMessageId, &Intent)> {
        let all = self.all.iter().filter(move |((other, _, _), _)| *other == conversation);
        all.map(|((_, person, id), intent)| (*person, *id, intent))
    }

    /// The server has refused it.
    pub(crate) fn refuse(&mut self, conversation: usize, person: Person, id: ClientMessageId, code: Code) {
        let codes = self.refused.entry((conversation, person, id)).or_default();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }

    /// Whether the server has refused it with a code.
    pub(crate) fn was_refused(
        &self,
        conversation: usize,
        person: Person,
        id: ClientMessageId,
        code: Code,
    ) -> bool {
        self.refused.get(&(conversation, person, id)).is_some_and(|codes| codes.contains(&code))
    }

    /// Whether the server has refused anything of a person's with a code.
    pub(crate) fn was_any_refused(&self, conversation: usize, person: Person, code: Code) -> bool {
        let mut all =
            self.refused.iter().filter(|((other, by, _), _)| (*other, *by) == (conversation, person));
        all.any(|(_, codes)| codes.contains(&code))
    }

    /// Which message must be stored before which, if both are.
    pub(crate) fn orders(&self) -> impl Iterator<Item = (ClientMessageId, ClientMessageId)> {
        let promised = |(before, after): &&(ClientMessageId, ClientMessageId)| {
            !self.unordered.contains(before) && !self.unordered.contains(after)
        };
        self.orders.iter().filter(promised).copied()
    }
}
