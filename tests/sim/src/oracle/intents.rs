//! What people wanted to say, and what may have become of it.

use std::collections::BTreeMap;

use domain::conversation::Person;
use protocol::ClientMessageId;

use crate::browser::ClientId;

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
}

/// One thing that somebody wanted to say.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) label: String,
    pub(crate) standing: Standing,
    /// A restore took it out of the log, and nobody has asked for it since.
    pub(crate) is_lost: bool,
}

/// Everything that anybody wanted to say, by conversation, person and message id.
#[derive(Debug, Default)]
pub(crate) struct Intents {
    all: BTreeMap<(usize, Person, ClientMessageId), Intent>,
    /// In which order each client holds what it has to send: the log must agree (I5, DL4, SY12).
    orders: BTreeMap<ClientId, Vec<ClientMessageId>>,
}

impl Intents {
    pub(crate) fn add(
        &mut self,
        conversation: usize,
        person: Person,
        client: ClientId,
        id: ClientMessageId,
        label: String,
    ) {
        self.all
            .insert((conversation, person, id), Intent { label, standing: Standing::Wanted, is_lost: false });
        self.orders.entry(client).or_default().push(id);
    }

    /// A client took up what an earlier one had kept.
    pub(crate) fn take_up(&mut self, client: ClientId, ids: Vec<ClientMessageId>) {
        self.orders.insert(client, ids);
    }

    /// It is sent again, at the end.
    pub(crate) fn retried(
        &mut self,
        conversation: usize,
        person: Person,
        client: ClientId,
        id: ClientMessageId,
    ) {
        self.orders.values_mut().for_each(|order| order.retain(|other| *other != id));
        self.orders.entry(client).or_default().push(id);
        self.stand(conversation, person, id, Standing::Wanted);
    }

    /// A restore took them out of the log: if an old copy of an outbox brings one back, it comes later than it was written.
    pub(crate) fn taken_back(&mut self, conversation: usize, ids: &[ClientMessageId]) {
        self.orders.values_mut().for_each(|order| order.retain(|other| !ids.contains(other)));
        let all =
            self.all.iter_mut().filter(|((other, _, id), _)| *other == conversation && ids.contains(id));
        all.for_each(|(_, intent)| intent.is_lost = true);
    }

    /// A person asks for what a restore took. Every tab that had shown it can, so that no tab's order says when it comes.
    pub(crate) fn asked_for_again(&mut self, conversation: usize, person: Person, id: ClientMessageId) {
        self.orders.values_mut().for_each(|order| order.retain(|other| *other != id));
        if let Some(intent) = self.all.get_mut(&(conversation, person, id)) {
            intent.standing = Standing::Wanted;
            intent.is_lost = false;
        }
    }

    /// A person gives up in one tab what a restore took; another tab may still ask for it, or have done so.
    pub(crate) fn let_go(&mut self, conversation: usize, person: Person, id: ClientMessageId) {
        let intent = self.all.get_mut(&(conversation, person, id)).filter(|intent| intent.is_lost);
        if let Some(intent) = intent {
            intent.standing = Standing::Excused;
        }
    }

    /// The person gave up on it in this client.
    pub(crate) fn discarded(
        &mut self,
        conversation: usize,
        person: Person,
        client: ClientId,
        id: ClientMessageId,
    ) {
        self.orders.entry(client).or_default().retain(|other| *other != id);
        self.stand(conversation, person, id, Standing::Discarded);
    }

    pub(crate) fn stand(
        &mut self,
        conversation: usize,
        person: Person,
        id: ClientMessageId,
        standing: Standing,
    ) {
        if let Some(intent) = self.all.get_mut(&(conversation, person, id)) {
            intent.standing = standing;
        }
    }

    pub(crate) fn get(&self, conversation: usize, person: Person, id: ClientMessageId) -> Option<&Intent> {
        self.all.get(&(conversation, person, id))
    }

    pub(crate) fn of_client(&self, client: ClientId) -> &[ClientMessageId] {
        self.orders.get(&client).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn of_conversation(
        &self,
        conversation: usize,
    ) -> impl Iterator<Item = (Person, ClientMessageId, &Intent)> {
        let all = self.all.iter().filter(move |((other, _, _), _)| *other == conversation);
        all.map(|((_, person, id), intent)| (*person, *id, intent))
    }

    pub(crate) fn orders(&self) -> impl Iterator<Item = (ClientId, &[ClientMessageId])> {
        self.orders.iter().map(|(client, order)| (*client, order.as_slice()))
    }
}
