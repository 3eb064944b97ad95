//! The second phase: nothing goes wrong any more, and everybody must come to agree.

use std::collections::BTreeSet;

use protocol::{Code, IndexEntry, Seq};
use sync::ConnectionBadge;

use super::{Event, World};
use crate::browser::{ClientId, Mode, Owner, PageId, Signal};
use crate::faults::Fault;
use crate::network::{LinkId, Target};
use crate::oracle::{Verdict, demand};

/// Milliseconds within which everybody must agree (G8).
pub(crate) const LIMIT_MS: i64 = 30_000;

/// Milliseconds for which news for the workspace may be gathered on top (WS7).
const GATHER_MS: i64 = 10_000;

/// Milliseconds between two looks.
const LOOK_MS: i64 = 250;

impl World {
    /// Ends all trouble and waits until everybody agrees; returns how long that took.
    pub(super) fn settle(&mut self) -> Option<i64> {
        self.calm();
        let began = self.now;
        let mut looked = began;
        let mut agreed_after = None;
        let mut complaint = String::new();
        while looked < began + self.limit + GATHER_MS {
            looked += LOOK_MS;
            while self.verdict.is_ok() && self.step(looked) {}
            if self.verdict.is_err() {
                return None;
            }
            self.persons_insist();
            let everybody = self.everybody_agrees();
            if everybody.is_ok() {
                agreed_after.get_or_insert(looked - began);
            } else if looked >= began + self.limit {
                complaint = everybody.err().unwrap_or_default();
                break;
            }
            match everybody.and_then(|()| self.lists_agree()) {
                Ok(()) => {
                    self.finish();
                    return agreed_after;
                }
                Err(why) => complaint = why,
            }
        }
        self.judge(Err(format!("G8: no agreement within {} s: {complaint}", self.limit / 1_000)));
        None
    }

    /// All trouble is over. What is lost stays lost; what is late comes.
    fn calm(&mut self) {
        self.note(|| "— no more trouble —".to_owned());
        self.is_chaos = false;
        self.workspace_away_until = 0;
        let adversaries: Vec<ClientId> = self.adversaries.keys().copied().collect();
        adversaries.into_iter().for_each(|id| self.adversary_leaves(id));
        self.shelves.values_mut().for_each(|shelf| shelf.mode = Mode::Normal);
        for page in self.pages.values_mut() {
            page.throttled_until = 0;
        }
        let now = self.now;
        let links: Vec<LinkId> = self.links.keys().copied().collect();
        for link in links {
            let Some(on) = self.links.get_mut(&link) else { continue };
            for lane in [&mut on.up, &mut on.down] {
                lane.latency = (1, 25);
                lane.hold_until = lane.hold_until.min(now);
                lane.free_at = lane.free_at.min(now + 200);
            }
            // Whoever is away without a word is found out by the platform; the client has to find out by itself.
            let is_lossy = on.is_lossy;
            if on.is_accepted && (on.up.is_silent || on.down.is_silent || !on.is_heard) {
                self.post_in(0, 1_000, Event::ServerCut(link));
            }
            if is_lossy {
                self.cut(link, 1006);
            }
        }
        let woken = self.wake_up();
        self.hurry(&woken);
        for index in std::mem::take(&mut self.abandoned) {
            self.touch(index);
        }
        self.adopt_orphans();
        self.have_news();
    }

    /// What was held back by trouble comes soon; timers stay as they are, but for those of tabs that were frozen.
    fn hurry(&mut self, woken: &BTreeSet<PageId>) {
        let queue = std::mem::take(&mut self.queue);
        for ((at, _), event) in queue {
            let soon = self.now + 1_000;
            let at = match event {
                Event::Wake { client, .. } => {
                    let page = self.clients.get(&client).map(|client| client.page);
                    if page.is_some_and(|page| woken.contains(&page)) { at.min(soon) } else { at }
                }
                Event::Fate => continue,
                Event::Up(_) | Event::Down(_) => at.min(self.now + 200),
                _ => at.min(soon),
            };
            self.post(at, event);
        }
    }

    /// Some tabs that sleep do so to the end, the others do not need them; returns those that wake up.
    fn wake_up(&mut self) -> BTreeSet<PageId> {
        let mut woken: BTreeSet<PageId> =
            self.pages.keys().copied().filter(|id| self.is_frozen(*id)).collect();
        for id in woken.clone() {
            let sleeps_on = self.may_sleep_on(id) && self.rng.chance(700);
            if sleeps_on {
                self.suffer(Fault::FrozenToTheEnd);
                woken.remove(&id);
            }
            if let Some(page) = self.pages.get_mut(&id) {
                page.frozen_until = if sleeps_on { i64::MAX } else { 0 };
            }
        }
        woken
    }

    /// A person comes back where only closed tabs knew what waits.
    fn adopt_orphans(&mut self) {
        let owners: Vec<Owner> = self.shelves.keys().copied().collect();
        for owner in owners {
            if self.has_orphans(owner) {
                self.open_page(owner, BTreeSet::new());
            }
        }
    }

    /// People press "try again" where the engine has given up.
    fn persons_insist(&mut self) {
        for (client, code) in self.given_up() {
            if self.is_told_of_the_end(client, code) {
                continue;
            }
            if self.is_frozen(self.clients[&client].page) {
                continue;
            }
            // A proxy that doubles a hello makes the server refuse the second (PR7).
            // An agent came to what was deleted, and its visitor has begun it anew since.
            let has_begun_anew = code == Code::NotFound;
            if code == Code::Unauthenticated
                || has_begun_anew
                || (code == Code::Forbidden && self.plan.has_proxy)
            {
                self.note(|| format!("{client:?} was given up on ({code}); its person tries again"));
                self.signal(client, Signal::Start);
            } else {
                self.judge(Err(format!("SY7: {client:?} has given up: {code}")));
            }
        }
    }

    /// G8: every client of a conversation shows the end of its log, but in tabs that sleep.
    fn everybody_agrees(&self) -> Verdict {
        for log in &self.oracle.logs {
            let is_due = |until: protocol::Timestamp| until.0 <= super::BEGIN + self.now;
            demand!(!log.comes_up_at().is_some_and(is_due), "CV20: it should have come up");
        }
        for (id, client) in self.clients.iter().filter(|(_, client)| !self.is_frozen(client.page)) {
            match client.target {
                Target::Workspace => {}
                Target::Conversation(index) => self.agrees(*id, index)?,
            }
        }
        Ok(())
    }

    /// I8, I9, WS7, WS17: the index is right, also of who the visitor is, and every list shows it.
    fn lists_agree(&self) -> Verdict {
        // A workspace that is deleted has no list, and sends away whoever watches one; here the others of it stay.
        let doomed = self.doomed.map(|index| self.conversations[index].id);
        let mut entries = self.index();
        entries.retain(|entry| Some(entry.conversation) != doomed);
        for (id, client) in self.clients.iter().filter(|(_, client)| !self.is_frozen(client.page)) {
            let Some((mut shown, badge)) = client.engine.entries(self.page_clock(client.page)) else {
                continue;
            };
            shown.retain(|entry| Some(entry.conversation) != doomed);
            demand!(badge == ConnectionBadge::Connected && client.link.is_some(), "{id:?} is not connected");
            demand!(shown == entries, "I8: {id:?} lists {shown:?}, the index is {entries:?}");
        }
        for (index, object) in self.conversations.iter().enumerate() {
            demand!(!object.host.database.is_dirty(), "conversation {index} is being written");
            let log = &self.oracle.logs[index];
            let listed = entries.iter().find(|entry| entry.conversation == object.id);
            match listed {
                None => demand!(log.rows.is_empty(), "I8: conversation {index} is not in the index"),
                Some(entry) => {
                    let right = IndexEntry { identity: object.stored().who().cloned(), ..log.entry(entry) };
                    demand!(*entry == right, "I8/I9: the index says {entry:?}, right is {right:?}");
                    let (known, head) = (self.workspace.words_known(object.id), object.stored().head());
                    demand!(
                        known == head,
                        "SE1: the words are known up to {}, the log goes to {}",
                        known.0,
                        head.0
                    );
                }
            }
        }
        Ok(())
    }

    fn index(&self) -> Vec<IndexEntry> {
        self.workspace.index()
    }

    /// One client shows the end of the log, and nothing waits.
    fn agrees(&self, id: ClientId, index: usize) -> Verdict {
        let (Some(shown), Some((_, person, epoch))) = (self.shown(id), self.place_of(id)) else {
            return Ok(());
        };
        let log = &self.oracle.logs[index];
        if self.has_ended_for(index, person) {
            let badge = ConnectionBadge::Refused(Code::NotFound);
            demand!(shown.badge == badge, "ST13: {id:?} was not told that its conversation is no more");
            return Ok(());
        }
        let client = &self.clients[&id];
        demand!(
            shown.badge == ConnectionBadge::Connected && client.link.is_some(),
            "{id:?} is not connected"
        );
        demand!(shown.unsent == 0, "{id:?} has {} messages waiting", shown.unsent);
        let head = log.head_for(person);
        demand!(shown.head == head, "{id:?} knows {} events of {}", shown.head.0, head.0);
        demand!(epoch.is_none_or(|epoch| !log.is_past(epoch)), "I12: {id:?} is in another life of the log");
        demand!(shown.status == log.status_for(person), "SY33: {id:?} shows {:?}", shown.status);
        let marks = log.marks_for(person);
        let mine = if person == domain::conversation::Person::Visitor { marks.visitor } else { marks.agents };
        demand!(client.seen <= mine.0, "SY29: {id:?} has seen {}, the server knows {}", client.seen, mine.0);
        let told = |verdict: Verdict| verdict.map_err(|complaint| format!("{id:?}: {complaint}"));
        told(self.oracle.unread(index, person, Seq(client.seen), &shown))?;
        told(self.oracle.all_seen(index, person, &shown))
    }

    /// SE1, SE4: what is found of a conversation is what is said in it.
    fn words_are_right(&self, index: usize) -> Verdict {
        let object = &self.conversations[index];
        let found = self.workspace.words(object.id).map_err(|error| format!("SE1: {error}"))?;
        let said = object.words();
        demand!(found == said, "SE1: found is {found:?}, said was {said:?}");
        Ok(())
    }

    /// RP1: what reports count of a conversation is what its log says.
    fn metrics_are_right(&self, index: usize) -> Verdict {
        let object = &self.conversations[index];
        let Some(counted) = self.workspace.metrics(object.id) else { return Ok(()) };
        let right = object.metrics();
        demand!(counted == right, "RP1: counted is {counted:?}, right is {right:?}");
        Ok(())
    }

    /// Once everybody agrees: is it the truth?
    fn finish(&mut self) {
        let clients: Vec<ClientId> = self.clients.keys().copied().collect();
        clients.into_iter().for_each(|id| self.check_screen(id));
        for index in 0..self.conversations.len() {
            let verdict = self.oracle.settled(index);
            self.judge(verdict);
            if !self.is_doomed(index) {
                let verdict = self.words_are_right(index).and_then(|()| self.metrics_are_right(index));
                self.judge(verdict);
            }
            let object = &self.conversations[index];
            if self.oracle.logs[index].epoch.is_none() && !object.stored_after(Seq::START).is_empty() {
                self.judge(Err("WS40/ST13: events are left of what was deleted".to_owned()));
            }
            self.check_memory(index);
        }
    }
}
