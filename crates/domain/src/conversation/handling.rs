//! How the team handles a conversation: what may be done, and when one that was laid aside comes up again.

use mutant::mutant;
use protocol::{
    AgentId, AgentKind, Author, Code, Epoch, Handling, PrivateKind, PublicKind, Seq, Status, TeamId,
    Timestamp, limits,
};

use super::appending::Appending;
use super::outcome::{Outcome, Send, Write};
use super::pace::Pace;
use super::revision::Revision;
use super::state::Conversation;
use super::stored::{LineKind, Person};

const OPEN: AgentKind = AgentKind::Private(PrivateKind::Handled(Handling::Open));
const REOPENED: AgentKind = AgentKind::Public(PublicKind::Reopened);

impl Conversation {
    /// What happens before something that somebody does: the visitor's words and files open a conversation that is not (SPEC
    /// CV3, CV19), and one that is over is opened before it is laid aside, so that the visitor hears of it.
    pub(super) fn opening_before(&self, person: Person, kind: &AgentKind) -> Option<AgentKind> {
        let what = LineKind::of(kind);
        let is_more = mutant!(33, is_going_on(what), is_going_on(what) || what == LineKind::Rated);
        let goes_on = person == Person::Visitor && is_more;
        let is_laid_aside = kind.handling().is_some_and(|step| step.status().is_some());
        match self.status() {
            Status::Open => None,
            Status::Resolved => (goes_on || is_laid_aside).then_some(REOPENED),
            Status::Pending | Status::Snoozed => mutant!(35, goes_on, false).then_some(OPEN),
        }
    }

    /// Whether a step of handling makes sense (SPEC CV19, CV21).
    ///
    /// # Errors
    /// [`Code::BadField`] for a time that is past or too far ahead, [`Code::TooLarge`] for one label too many.
    pub(super) fn may_be_handled(&self, kind: &AgentKind, now: Timestamp) -> Result<(), Code> {
        match kind.handling() {
            Some(Handling::Snooze { until }) if *until <= now || until.since(now) > limits::SNOOZE_MS => {
                Err(Code::BadField)
            }
            Some(Handling::Label(label)) if !self.placement().takes(label) => Err(Code::TooLarge),
            Some(
                Handling::Assign { .. }
                | Handling::Wait
                | Handling::Snooze { .. }
                | Handling::Open
                | Handling::Prioritize(_)
                | Handling::Label(_)
                | Handling::Unlabel(_)
                | Handling::HandTo { .. },
            )
            | None => Ok(()),
        }
    }

    /// Gives it to somebody, or to nobody, as the workspace decided that knew it as it was at a revision of a life of its log:
    /// unless the visitor does not wait for an answer any more, or anybody has handled it since (SPEC AS6).
    #[must_use]
    pub fn give(
        &self,
        pace: &Pace,
        (epoch, revision): (Epoch, u64),
        to: Option<AgentId>,
        now: Timestamp,
    ) -> Option<Outcome> {
        let identity = self.identity.as_ref()?;
        let known = Revision::from_number(revision).head();
        let is_as_known = identity.epoch == epoch && mutant!(44, self.standing().placed <= known, true);
        let waits = self.preview.as_ref().is_some_and(|preview| preview.author == Author::Visitor);
        let is_open = self.status() == Status::Open && self.circle().is_none();
        if !is_as_known || !waits || !is_open || self.placement().assignee == to {
            return None;
        }
        Some(self.placed_by_itself(pace, handled(Handling::Assign { to }), now))
    }

    /// Hands it to the team that its visitor has chosen after they began it, unless anybody has handled it before
    /// (SPEC QU5).
    #[must_use]
    pub fn lead_to(&self, pace: &Pace, team: TeamId, now: Timestamp) -> Option<Outcome> {
        let is_visitors = self.identity.is_some() && self.circle().is_none();
        let is_unhandled = self.standing().placed == Seq::START;
        (is_visitors && is_unhandled).then(|| self.placed_by_itself(pace, led_to(team), now))
    }

    /// When it is to be taken up again by itself.
    #[must_use]
    pub fn snoozed_until(&self) -> Option<Timestamp> {
        self.placement().snoozed_until
    }

    /// Takes it up again if its time has come, however late that is noticed and however often (SPEC CV20).
    #[must_use]
    pub fn come_up(&self, pace: &Pace, now: Timestamp) -> Option<Outcome> {
        self.snoozed_until().filter(|until| mutant!(36, *until <= now, false))?;
        Some(self.placed_by_itself(pace, handled(Handling::Open), now))
    }

    fn placed_by_itself(&self, pace: &Pace, kind: AgentKind, now: Timestamp) -> Outcome {
        let event = Appending::to(self, now).by_itself(kind);
        Outcome {
            pace: pace.clone(),
            writes: vec![Write::Append(event.clone())],
            marks: None,
            sends: vec![Send::Event { event, except_author: false }, Send::Placement],
        }
    }
}

/// What the choice of a visitor does.
pub(super) const fn led_to(team: TeamId) -> AgentKind {
    handled(Handling::HandTo { team: Some(team) })
}

const fn handled(step: Handling) -> AgentKind {
    AgentKind::Private(PrivateKind::Handled(step))
}

/// Whether it goes on with a conversation when the visitor does it.
const fn is_going_on(kind: LineKind) -> bool {
    match kind {
        LineKind::Message | LineKind::File => true,
        LineKind::Rated
        | LineKind::Resolved
        | LineKind::Reopened
        | LineKind::Note
        | LineKind::Edited
        | LineKind::Deleted
        | LineKind::NoteEdited
        | LineKind::NoteDeleted
        | LineKind::NoteFile
        | LineKind::Handled
        | LineKind::Assigned
        | LineKind::Gathered => false,
    }
}
