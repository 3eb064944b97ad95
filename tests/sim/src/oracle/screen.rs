//! Judges what a client shows.

use std::collections::{BTreeMap, BTreeSet};

use domain::conversation::Person;
use protocol::{
    AgentKind, Author, ClientMessageId, Code, Epoch, Failure, PublicKind, ReadMarks, Seq, Status,
};
use sync::SendState;

use super::intents::Intent;
use super::log::is_among;
use super::turn::row_at;
use super::{Oracle, Standing, Verdict, demand};
use crate::browser::{Line, Shown};

impl Oracle {
    /// I4, I12, G1, G2, G3, G5: what is shown as stored is so in the log of the life that the client was told of, in order
    /// and without a hole; what this person wrote is shown or stored; nothing is there twice.
    pub(crate) fn screen(
        &self,
        conversation: usize,
        holds: &BTreeSet<ClientMessageId>,
        person: Person,
        epoch: Option<Epoch>,
        shown: &Shown,
    ) -> Verdict {
        let keys: BTreeSet<_> = shown.lines.iter().map(|line| line.key).collect();
        demand!(keys.len() == shown.lines.len(), "SY27/G2: something is shown twice");
        let log = &self.logs[conversation];
        let mut before: Option<Seq> = None;
        let mut waiting = BTreeSet::new();
        for line in &shown.lines {
            match line.seq {
                Some(seq) => {
                    let Some(epoch) = epoch else {
                        return Err("SY24: shown as stored before any welcome".to_owned());
                    };
                    let rows = log.durable_rows(epoch);
                    let row = row_at(rows, person, seq);
                    let known = row_at(rows, person, shown.head).map_or(Seq::START, |row| row.seq);
                    demand!(
                        row.is_some_and(
                            |row| is_same(row, line) && log.is_form(epoch, row.seq, known, &line.kind)
                        ),
                        "G1/I3/I4/I12: position {} is shown as stored, and is not",
                        seq.0
                    );
                    if seq <= shown.head {
                        let follows = before.is_none_or(|before| before.next() == seq);
                        demand!(follows, "I4/SY22: a hole or disorder before position {}", seq.0);
                        before = Some(seq);
                    }
                    self.seen(conversation, person, epoch, line, seq)?;
                }
                None => {
                    waiting.insert(line.id);
                    self.unstored(conversation, person, line)?;
                }
            }
        }
        for id in holds {
            let Some(intent) = self.intents.get(conversation, person, *id) else { continue };
            let is_owed = matches!(intent.standing, Standing::Wanted | Standing::Failed);
            if !is_owed || waiting.contains(id) || log.was_stored(person, *id) {
                continue;
            }
            demand!(
                log.makes_moot(person, intent),
                "G5/SY41: \"{}\" is neither shown as waiting nor stored",
                intent.label
            );
        }
        Ok(())
    }

    /// I12, SY38: what a client has shown as stored, and what the log that it was told of lacks, is shown as lost or on its
    /// way. The client knows that log to its end.
    pub(crate) fn nothing_vanished(
        &self,
        conversation: usize,
        person: Person,
        epoch: Epoch,
        shown: &Shown,
        sent: &BTreeMap<ClientMessageId, Seq>,
    ) -> Verdict {
        let rows = self.logs[conversation].durable_rows(epoch);
        let first = shown.lines.iter().find_map(|line| line.seq).unwrap_or(shown.head.next());
        for (id, seq) in sent {
            // What stood before the part that is loaded is none of the client's knowledge.
            if *seq < first || is_among(rows, person, *id) {
                continue;
            }
            let is_shown = shown.lines.iter().any(|line| line.id == *id && line.mine && line.seq.is_none());
            demand!(is_shown, "I12/SY38: {id} was shown as stored, is not any more, and has vanished");
        }
        Ok(())
    }

    /// SY30, I7: seen by the other side only as far as their mark.
    fn seen(&self, conversation: usize, person: Person, epoch: Epoch, line: &Line, seq: Seq) -> Verdict {
        let log = &self.logs[conversation];
        if line.state != SendState::Seen || log.is_past(epoch) {
            return Ok(());
        }
        let marks = log.highest_marks();
        let mark = if person == Person::Visitor { log.public_position(marks.agents) } else { marks.visitor };
        demand!(seq <= mark, "SY30: position {} is shown as seen, the mark is {}", seq.0, mark.0);
        Ok(())
    }

    /// I9, SY30: what a screen counts as unread, by the marks that the server has and by the highest that it had in this life
    /// of the log: a crash may have made it forget some of them, which no client does. `seen` is how far the person has
    /// seen it in this tab.
    pub(crate) fn unread(&self, conversation: usize, person: Person, seen: Seq, shown: &Shown) -> Verdict {
        let log = &self.logs[conversation];
        let count = |marks: ReadMarks| {
            let mark = if person == Person::Visitor { marks.visitor } else { marks.agents };
            let beyond = |line: &&Line| line.seq.is_some_and(|seq| seq > mark.max(seen));
            let theirs = |line: &&Line| (line.author == Author::Visitor) != (person == Person::Visitor);
            let unread = shown.lines.iter().filter(|line| theirs(line) && is_message(line));
            u32::try_from(unread.filter(beyond).count()).expect("small")
        };
        let most = count(log.marks_for(person));
        let least = count(log.in_positions_of(person, log.highest_marks()));
        demand!(
            (least..=most).contains(&shown.unread),
            "I9/SY30: {} are shown as unread, right is {least} to {most}",
            shown.unread
        );
        Ok(())
    }

    /// SY30: what the other side has seen is shown as seen.
    pub(crate) fn all_seen(&self, conversation: usize, person: Person, shown: &Shown) -> Verdict {
        let marks = self.logs[conversation].marks_for(person);
        let mark = if person == Person::Visitor { marks.agents } else { marks.visitor };
        for line in shown.lines.iter().filter(|line| line.seq.is_some_and(|seq| seq <= mark)) {
            let ours = (line.author == Author::Visitor) == (person == Person::Visitor);
            let is_public = matches!(line.kind, AgentKind::Public(_));
            demand!(
                !ours || !is_public || line.state == SendState::Seen,
                "SY30: \"{:?}\" was seen, and is shown as {:?}",
                line.seq,
                line.state
            );
        }
        Ok(())
    }

    fn unstored(&self, conversation: usize, person: Person, line: &Line) -> Verdict {
        let Some(intent) = self.intents.get(conversation, person, line.id) else {
            return Err(format!("SY35: {} is shown and nobody wrote it", line.id));
        };
        match line.state {
            // Another tab may not have heard yet that it was refused, and discarded.
            SendState::Sending => {}
            SendState::Failed(Failure::Refused(code)) => {
                let is_right = match code {
                    Code::TooLong | Code::TooLate | Code::NotFound | Code::BadField => {
                        self.intents.was_refused(conversation, person, line.id, code)
                    }
                    // What takes the conversation out of sight is held with the reply before it (MA7).
                    Code::Overtaken if takes_out_of_sight(line) => {
                        self.intents.was_any_refused(conversation, person, code)
                    }
                    Code::Overtaken => self.intents.was_refused(conversation, person, line.id, code),
                    Code::IdempotencyConflict => {
                        self.is_edited_and_brought_back(conversation, person, intent)
                    }
                    _ => false,
                };
                demand!(
                    is_right,
                    "SY15: \"{}\" failed as {code}, and nobody has refused it so",
                    intent.label
                );
            }
            SendState::Failed(Failure::Lost) => {
                let was_stored = self.logs[conversation].was_stored(person, line.id);
                demand!(was_stored, "SY38: \"{}\" is shown as lost and was never stored", intent.label);
            }
            SendState::Sent | SendState::Seen => {
                return Err(format!("SY24: \"{}\" is sent and has no position", intent.label));
            }
        }
        Ok(())
    }

    /// SY18: an edited message that a restore took was asked for again as it read by then, while another tab, which did not
    /// know that it had been stored, brings it as it read at first. Both go by one id; the server has the one that came first,
    /// and the other is shown under an id of its own.
    fn is_edited_and_brought_back(&self, conversation: usize, person: Person, intent: &Intent) -> bool {
        let text = |label: &str| label.rsplit(": ").next().unwrap_or_default().to_owned();
        let shown = text(&intent.label);
        self.intents.of_conversation(conversation).any(|(other, _, edit)| {
            let Some(changed) = edit.changes.filter(|_| other == person) else { return false };
            let at_first = self.intents.get(conversation, person, changed);
            let is_one_of_both =
                text(&edit.label) == shown || at_first.is_some_and(|first| text(&first.label) == shown);
            is_one_of_both && self.logs[conversation].was_stored(person, changed)
        })
    }

    /// At the end: everything that was wanted is stored once, in the order in which it was written (G2, G4, I5).
    pub(crate) fn settled(&self, conversation: usize) -> Verdict {
        let log = &self.logs[conversation];
        if log.is_erased {
            demand!(log.rows.is_empty(), "ST13: something was said in what was erased");
            return Ok(());
        }
        for (person, id, intent) in self.intents.of_conversation(conversation) {
            // Agents say nothing in what has not begun.
            if log.epoch.is_none() && person != Person::Visitor {
                continue;
            }
            let count = log
                .rows
                .iter()
                .filter(|row| row.client_message_id == id && Person::of(&row.author) == person)
                .count();
            let right = match intent.standing {
                Standing::Wanted => {
                    count == 1 || (count == 0 && (intent.is_lost || log.makes_moot(person, intent)))
                }
                Standing::Failed | Standing::Discarded => count == 0,
                Standing::Excused | Standing::Moot | Standing::Held => count <= 1,
            };
            demand!(right, "G2/G5: \"{}\" ({:?}) is stored {count} times", intent.label, intent.standing);
        }
        let places: BTreeMap<ClientMessageId, Seq> = log
            .rows
            .iter()
            .filter(|row| row.author != Author::System)
            .map(|row| (row.client_message_id, row.seq))
            .collect();
        for (before, after) in self.intents.orders() {
            if let (Some(earlier), Some(later)) = (places.get(&before), places.get(&after)) {
                demand!(
                    earlier < later,
                    "G4/I5/DL4: {before} was written before {after}; they are at {} and {}",
                    earlier.0,
                    later.0
                );
            }
        }
        Ok(())
    }
}

/// Whether somebody said it to the other side, or had before it was deleted.
fn is_message(line: &Line) -> bool {
    match &line.kind {
        AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_)) => true,
        AgentKind::Public(PublicKind::Deleted { of }) => *of == line.id,
        AgentKind::Public(_) | AgentKind::Private(_) => false,
    }
}

/// Whether it is a wish after which the conversation is not open any more.
fn takes_out_of_sight(line: &Line) -> bool {
    line.kind.status().is_some_and(|status| status != Status::Open)
}

fn is_same(row: &domain::conversation::StoredEvent, line: &Line) -> bool {
    row.client_message_id == line.id && row.at == line.at && row.author.is_same_person(&line.author)
}
