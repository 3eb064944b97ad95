//! What the tabs of one person share: the storage of their browser, what it tells them of each other, the lock.

use std::collections::BTreeSet;

use protocol::ClientMessageId;
use sync::SendState;

use super::pages::{waiting, waiting_since};
use super::{Event, World};
use crate::browser::{ClientId, Letter, Mode, Name, Owner, Page, PageId, Signal, submitted, waits};
use crate::faults::Fault;
use crate::network::{Payload, Target};
use crate::oracle::{Standing, Verdict, demand};

impl World {
    /// When a frozen tab runs again for which something is to happen.
    pub(super) fn frozen_until(&self, event: &Event) -> Option<i64> {
        let client = match event {
            Event::Down(link) | Event::ClientCut(link, _) => self.links.get(link)?.client,
            Event::Credential { client, .. } | Event::Wake { client, .. } | Event::Letter(client) => *client,
            Event::Fate
            | Event::Up(_)
            | Event::Arrive(_)
            | Event::ServerCut(_)
            | Event::Commit { .. }
            | Event::Alarm { .. }
            | Event::AlarmAgain(_)
            | Event::Call { .. }
            | Event::CallerCrashes { .. }
            | Event::Answer { .. }
            | Event::LetGo
            | Event::Owed
            | Event::Job { .. }
            | Event::Erase { .. }
            | Event::Asked { .. }
            | Event::Vouched { .. }
            | Event::Dismiss { .. }
            | Event::Give { .. } => return None,
        };
        let page = self.clients.get(&client)?.page;
        self.is_frozen(page).then(|| self.pages[&page].frozen_until)
    }

    pub(super) fn is_frozen(&self, page: PageId) -> bool {
        self.pages.get(&page).is_some_and(|page| page.frozen_until > self.now)
    }

    /// Whose client it is, and of which conversation.
    pub(super) fn place_in_browser(&self, id: ClientId) -> Option<(Owner, usize)> {
        let client = self.clients.get(&id)?;
        let Target::Conversation(index) = client.target else { return None };
        Some((self.pages.get(&client.page)?.owner, index))
    }

    /// Whether a form of a message that waits is kept in the browser of a tab, or is in another tab of it.
    pub(super) fn still_waits(&self, id: ClientId, message: ClientMessageId) -> bool {
        let Some((owner, index)) = self.place_in_browser(id) else { return false };
        let is_agents = matches!(owner, Owner::Agent(_));
        let is_kept = self.shelves.get(&owner).is_some_and(|shelf| {
            let mut kept = shelf.items().filter(|(name, _)| *name == (index, message));
            kept.any(|(_, text)| waits(text, is_agents) == Some(true))
        });
        is_kept || self.tabs_of(owner, index).into_iter().any(|tab| self.shows_waiting(tab, message))
    }

    /// A tab keeps or removes a message; the browser tells the others of it.
    pub(super) fn keep(&mut self, id: ClientId, message: ClientMessageId, text: Option<String>) {
        let Some((owner, index)) = self.place_in_browser(id) else { return };
        if text.is_some()
            && let Some(client) = self.clients.get_mut(&id)
        {
            client.kept.insert(message);
        }
        let Some(shelf) = self.shelves.get_mut(&owner) else { return };
        if shelf.put((index, message), text.clone()) {
            for other in self.tabs_of(owner, index).into_iter().filter(|other| *other != id) {
                self.write_letter(other, Letter::Stored(message, text.clone().unwrap_or_default()));
            }
        } else if text.is_some() {
            let is_full = shelf.mode == Mode::Full;
            self.suffer(if is_full { Fault::StorageFull } else { Fault::StorageDenied });
            self.oracle.intents.disordered([message]);
            self.write_letter(id, Letter::NotKept(message));
        }
    }

    /// The tabs of a person that show a conversation.
    fn tabs_of(&self, owner: Owner, index: usize) -> Vec<ClientId> {
        let all = self.clients.keys().copied();
        all.filter(|id| self.place_in_browser(*id) == Some((owner, index))).collect()
    }

    fn write_letter(&mut self, to: ClientId, letter: Letter) {
        let Some(client) = self.clients.get_mut(&to) else { return };
        client.letters.push_back(letter);
        if self.plan.browsers > 0 && self.strikes(50) {
            self.suffer(Fault::StorageEventLate);
            self.post_in(500, 4_000, Event::Letter(to));
        } else {
            self.post_in(0, 20, Event::Letter(to));
        }
    }

    pub(super) fn letter_arrives(&mut self, id: ClientId) {
        let Some(letter) = self.clients.get_mut(&id).and_then(|client| client.letters.pop_front()) else {
            return;
        };
        self.tell(id, letter);
    }

    /// The browser tells a tab something of the others.
    fn tell(&mut self, id: ClientId, letter: Letter) {
        let Some((owner, index)) = self.place_in_browser(id) else { return };
        let is_agents = matches!(owner, Owner::Agent(_));
        let has_failed = match &letter {
            Letter::Stored(message, _) => self.shows_failed(id, *message),
            Letter::NotKept(_) | Letter::Elected | Letter::Deposed => false,
        };
        let Some(client) = self.clients.get_mut(&id) else { return };
        match &letter {
            Letter::Stored(message, text) => match waits(text, is_agents) {
                Some(waits) => {
                    client.kept.insert(*message);
                    if waits {
                        client.holds.insert(*message);
                    }
                }
                None if has_failed => {
                    client.holds.remove(message);
                    client.sent.remove(message);
                }
                None => {}
            },
            Letter::NotKept(_) | Letter::Elected => client.is_sender = true,
            Letter::Deposed => client.is_sender = false,
        }
        let was_deposed = matches!(letter, Letter::Deposed);
        if was_deposed
            && self.shown(id).is_some_and(|shown| shown.unkept > 0)
            && let Some(client) = self.clients.get_mut(&id)
        {
            // SY43: nobody else can send what could not be kept.
            client.is_sender = true;
        }
        self.signal(id, Signal::Told(letter));
        self.wanted_again(id, index);
        self.check_screen(id);
    }

    fn shows_failed(&self, id: ClientId, message: ClientMessageId) -> bool {
        self.shown(id).is_some_and(|shown| {
            let mut lines = shown.lines.iter().filter(|line| line.id == message);
            lines.any(|line| matches!(line.state, SendState::Failed(_)))
        })
    }

    /// What nobody could ask for any more is there again.
    fn wanted_again(&mut self, id: ClientId, index: usize) {
        let (Some(shown), Some((_, person, _))) = (self.shown(id), self.place_of(id)) else { return };
        for (message, written_at) in waiting_since(&shown) {
            let is_wanted = self.oracle.intents.get(index, person, message).is_some_and(|intent| {
                // What was given up in another tab may be sent by this one, and nobody misses it if it is not.
                intent.standing == Standing::Excused && !intent.is_given_up && intent.is_met_by(written_at)
            });
            if is_wanted {
                self.oracle.intents.stand(index, person, message, Standing::Wanted);
            }
        }
    }

    /// A new tab is told all that is kept.
    pub(super) fn tell_all(&mut self, id: ClientId) {
        let Some((owner, index)) = self.place_in_browser(id) else { return };
        let Some(shelf) = self.shelves.get(&owner) else { return };
        let items = shelf.read(index);
        if shelf.mode == Mode::Denied {
            let unseen: Vec<ClientMessageId> = shelf.items().map(|((_, message), _)| message).collect();
            self.oracle.intents.disordered(unseen);
        }
        for (message, text) in items {
            self.tell(id, Letter::Stored(message, text));
        }
    }

    /// A tab wants to be the one that sends.
    pub(super) fn contend(&mut self, id: ClientId, steal: bool) {
        let Some((owner, index)) = self.place_in_browser(id) else { return };
        let Some(shelf) = self.shelves.get_mut(&owner) else { return };
        if !self.plan.has_locks || shelf.mode == Mode::Denied {
            self.suffer(Fault::NoLocks);
            return self.write_letter(id, Letter::Elected);
        }
        let (is_held, before) = shelf.contend(index, id, steal);
        if let Some(before) = before {
            self.suffer(Fault::LockStolen);
            self.write_letter(before, Letter::Deposed);
        }
        if is_held {
            self.write_letter(id, Letter::Elected);
        }
    }

    /// A client is gone with its page.
    pub(super) fn let_go(&mut self, owner: Owner, id: ClientId) {
        let next = self.shelves.get_mut(&owner).and_then(|shelf| shelf.let_go(id));
        if let Some(next) = next {
            self.write_letter(next, Letter::Elected);
        }
    }

    /// SY11, SY40: a message is kept before it is sent, and only who was elected sends.
    pub(super) fn may_send(&mut self, id: ClientId, payload: &Payload) -> Verdict {
        let Some(client) = self.clients.get(&id).filter(|client| !client.engine.is_feed()) else {
            return Ok(());
        };
        let Some(message) = submitted(payload, client.engine.is_agents()) else { return Ok(()) };
        demand!(client.kept.contains(&message), "SY11: {message} was sent before it was kept");
        demand!(client.is_sender, "SY40: {id:?} sent {message} and is not the one that sends");
        if !client.wrote.contains(&message) {
            self.suffer(Fault::SentForAnother);
        }
        Ok(())
    }

    /// Something happens to what a person's browser keeps.
    pub(super) fn damage(&mut self, owner: Owner, fault: Fault) {
        self.note(|| format!("{owner:?}: {fault:?}"));
        let at_risk = self.at_risk(owner);
        self.oracle.intents.disordered(at_risk.iter().map(|(_, message)| *message));
        let person = self.person(owner);
        self.left.extend(at_risk.iter().map(|(index, message)| (*index, person, *message)));
        let Some(shelf) = self.shelves.get_mut(&owner) else { return };
        shelf.lost.extend(at_risk);
        let was_anything_lost = match fault {
            Fault::StorageCleared => shelf.clear(),
            Fault::StorageStale => shelf.fall_back(),
            Fault::StorageOlder => shelf.outdate(),
            _ => shelf.corrupt(),
        };
        if was_anything_lost {
            self.suffer(fault);
        }
        self.excuse_lost();
    }

    /// Whatever a person's browser keeps or their tabs show as waiting.
    fn at_risk(&self, owner: Owner) -> BTreeSet<Name> {
        let mut names = BTreeSet::new();
        if let Some(shelf) = self.shelves.get(&owner) {
            names.extend(shelf.items().map(|(name, _)| name));
        }
        for id in self.clients.keys() {
            let Some((_, index)) = self.place_in_browser(*id).filter(|(of, _)| *of == owner) else {
                continue;
            };
            let lines = self.shown(*id).map_or(Vec::new(), |shown| shown.lines);
            names.extend(lines.iter().filter(|line| line.seq.is_none()).map(|line| (index, line.id)));
        }
        names
    }

    /// Whether something waits in a browser, and in no tab of it that runs.
    pub(super) fn has_orphans(&self, owner: Owner) -> bool {
        let is_agents = matches!(owner, Owner::Agent(_));
        let Some(shelf) = self.shelves.get(&owner) else { return false };
        let person = self.person(owner);
        shelf.items().any(|((index, message), text)| {
            waits(text, is_agents) == Some(true)
                && !self.oracle.logs[index].is_stored(person, message)
                && !self.tabs_of(owner, index).into_iter().any(|id| self.is_awake_with(id, message))
        })
    }

    fn is_awake_with(&self, id: ClientId, message: ClientMessageId) -> bool {
        let is_frozen = self.clients.get(&id).is_none_or(|client| self.is_frozen(client.page));
        !is_frozen && self.shows_waiting(id, message)
    }

    fn shows_waiting(&self, id: ClientId, message: ClientMessageId) -> bool {
        self.shown(id).is_some_and(|shown| waiting(&shown).any(|id| id == message))
    }

    /// Whether all that a tab shows as waiting is there for the others, so that it may sleep on.
    pub(super) fn may_sleep_on(&self, page: PageId) -> bool {
        let Some(owner) = self.pages.get(&page).map(|page| page.owner) else { return false };
        let Some(shelf) = self.shelves.get(&owner) else { return false };
        let is_awake = |(id, page): (&PageId, &Page)| page.owner == owner && !self.is_frozen(*id);
        self.pages.iter().any(is_awake)
            && self.clients_of(page).iter().all(|id| {
                let Some((_, index)) = self.place_in_browser(*id) else { return true };
                let lines = self.shown(*id).map_or(Vec::new(), |shown| shown.lines);
                let mut waiting = lines.iter().filter(|line| line.state == SendState::Sending);
                waiting.all(|line| {
                    let name = (index, line.id);
                    let is_agents = matches!(owner, Owner::Agent(_));
                    // Another tab may have kept that it is lost.
                    let is_asked_for = shelf
                        .items()
                        .any(|(other, text)| other == name && waits(text, is_agents) == Some(true));
                    let is_kept = is_asked_for && !shelf.lost.contains(&name);
                    is_kept || self.oracle.logs[index].is_stored(self.person(owner), line.id)
                })
            })
    }
}
