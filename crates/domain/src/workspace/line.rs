//! The line in which visitors wait for a first answer: who is before whom, for how long they usually wait, and whether anybody
//! is there to answer (SPEC QU6 to QU9).

use protocol::limits::WAITING_TOLD;
use protocol::{AgentId, ConversationId, Epoch, SiteId, Status, TeamId, Timestamp, VisitorId, WorkspaceId};

use super::{Member, Metrics};
use crate::access::{Action, Resource, authorize};
use crate::conversation::{Identity, Party};

/// Milliseconds beyond which a usual wait is nothing to wait for with the chat open.
const LONGEST_MS: u64 = 3_600_000;

const MINUTE_MS: u64 = 60_000;

/// Up to so many minutes are told by the minute, more by five.
const BY_THE_MINUTE: u64 = 10;

/// A conversation that may be in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InLine {
    /// Which.
    pub conversation: ConversationId,
    /// Where it stands.
    pub status: Status,
    /// Whose it is.
    pub assignee: Option<AgentId>,
    /// The team that it lies with: each has a line of its own.
    pub team: Option<TeamId>,
    /// How it went so far.
    pub metrics: Metrics,
}

impl InLine {
    /// Since when it waits: from the visitor's first message on, as long as it is open, nobody's, and no agent has written in
    /// it. `None` for what does not.
    #[must_use]
    pub fn waits_since(&self) -> Option<Timestamp> {
        let is_anybodys = self.status == Status::Open && self.assignee.is_none();
        let is_unanswered = self.metrics.is_waiting && self.metrics.answered() == 0;
        self.metrics.asked_at.filter(|_| is_anybodys && is_unanswered)
    }

    /// How many of the line are before this one, at most [`WAITING_TOLD`]; `None` if it does not wait.
    #[must_use]
    pub fn before(&self, line: &[Self]) -> Option<u32> {
        let place = (self.waits_since()?, self.conversation);
        let is_before = |other: &&Self| {
            let since = other.waits_since();
            other.team == self.team && since.is_some_and(|since| (since, other.conversation) < place)
        };
        let count = line.iter().filter(is_before).count();
        Some(u32::try_from(count).unwrap_or(u32::MAX).min(WAITING_TOLD))
    }
}

/// For how many minutes to say that visitors usually wait, rounded up, to one who waits since then; `usual` is in milliseconds.
/// Nothing beyond an hour, and nothing to who has waited for longer than is said: it would be no estimate any more.
#[must_use]
pub fn told_wait(usual: Option<u64>, since: Timestamp, now: Timestamp) -> Option<u32> {
    let minutes = usual.filter(|usual| *usual <= LONGEST_MS)?.div_ceil(MINUTE_MS).max(1);
    let told = if minutes <= BY_THE_MINUTE { minutes } else { minutes.next_multiple_of(5) };
    let is_over = now.since(since) > told.saturating_mul(MINUTE_MS);
    u32::try_from(told).ok().filter(|_| !is_over)
}

/// Whether a site counts as staffed while this one of its workspace is online: they may answer its visitors.
#[must_use]
pub fn is_staffed(online: &Member, workspace: WorkspaceId, site: SiteId) -> bool {
    // One that there is not, of a visitor who is nobody: it is about any.
    let id = ConversationId::from_bytes([0; ConversationId::LENGTH]);
    let party = Party::Visitor { site, visitor: VisitorId::from_bytes([0; VisitorId::LENGTH]) };
    let epoch = Epoch::from_bytes([0; Epoch::LENGTH]);
    let identity = Identity { workspace, party, epoch, began_at: Timestamp(0) };
    let resource = Resource::Conversation { id, identity: Some(&identity) };
    authorize(&online.principal(workspace), Action::Write, resource).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: AgentId = AgentId::from_bytes([1; 16]);
    const NOW: Timestamp = Timestamp(100 * 60_000);

    fn asked(number: u8, at: i64) -> InLine {
        let metrics =
            Metrics { asked_at: Some(Timestamp(at)), is_waiting: true, asked: 1, ..Metrics::default() };
        InLine {
            conversation: ConversationId::from_bytes([number; ConversationId::LENGTH]),
            status: Status::Open,
            assignee: None,
            team: None,
            metrics,
        }
    }

    #[test]
    fn qu6_who_asked_first_is_before_and_of_two_at_once_one_is() {
        let line = [asked(3, 10), asked(1, 20), asked(2, 20), asked(4, 30)];
        let places: Vec<_> = line.iter().map(|one| one.before(&line)).collect();
        assert_eq!(places, [Some(0), Some(1), Some(2), Some(3)]);
        let written_again = Metrics { asked: 7, ..line[1].metrics.clone() };
        let eager = InLine { metrics: written_again, ..line[1].clone() };
        assert_eq!(eager.before(&line), Some(1), "writing again costs no place");
    }

    #[test]
    fn qu6_only_who_still_waits_for_a_first_answer_is_in_line() {
        let one = asked(1, 10);
        let others = [
            InLine { status: Status::Resolved, ..one.clone() },
            InLine { status: Status::Pending, ..one.clone() },
            InLine { status: Status::Snoozed, ..one.clone() },
            InLine { assignee: Some(ANNA), ..one.clone() },
            InLine { metrics: Metrics::default(), ..one.clone() },
            InLine { metrics: Metrics { is_waiting: false, ..one.metrics.clone() }, ..one.clone() },
            // Somebody has answered, and the visitor has written again.
            InLine { metrics: Metrics { answers: vec![(ANNA, 1)], ..one.metrics.clone() }, ..one.clone() },
        ];
        assert_eq!(asked(9, 20).before(&others), Some(0));
        for other in &others {
            assert_eq!(other.before(&[asked(2, 5)]), None, "{other:?}");
        }
    }

    #[test]
    fn qu6_every_team_has_a_line_of_its_own() {
        let team = |number| Some(TeamId::from_bytes([number; TeamId::LENGTH]));
        let of = |team, one: InLine| InLine { team, ..one };
        let line =
            [asked(1, 10), of(team(1), asked(2, 11)), of(team(1), asked(3, 12)), of(team(2), asked(4, 13))];
        let places: Vec<_> = line.iter().map(|one| one.before(&line)).collect();
        assert_eq!(places, [Some(0), Some(0), Some(1), Some(0)]);
    }

    #[test]
    fn qu6_so_many_are_counted_and_no_more() {
        let line: Vec<_> =
            (0..150).map(|at| asked(u8::try_from(at).expect("small"), i64::from(at))).collect();
        assert_eq!(line[149].before(&line), Some(WAITING_TOLD));
        assert_eq!(line[99].before(&line), Some(99));
    }

    #[test]
    fn qu7_a_usual_wait_is_rounded_up_and_is_no_promise_that_was_broken() {
        let of = |milliseconds: u64| told_wait(Some(milliseconds), NOW, NOW);
        for (milliseconds, minutes) in [
            (0, 1),
            (1, 1),
            (60_000, 1),
            (60_001, 2),
            (600_000, 10),
            (600_001, 15),
            (20 * 60_000, 20),
            (LONGEST_MS, 60),
        ] {
            assert_eq!(of(milliseconds), Some(minutes), "{milliseconds}");
        }
        assert_eq!(of(LONGEST_MS + 1), None);
        assert_eq!(told_wait(None, NOW, NOW), None);
        let usual = Some(4 * MINUTE_MS);
        assert_eq!(told_wait(usual, Timestamp(NOW.0 - 240_000), NOW), Some(4));
        assert_eq!(told_wait(usual, Timestamp(NOW.0 - 240_001), NOW), None, "they have waited for longer");
        assert_eq!(told_wait(usual, Timestamp(NOW.0 + 5_000), NOW), Some(4), "by a clock that is behind");
        assert_eq!(
            told_wait(Some(50), Timestamp(NOW.0 - 59_000), NOW),
            Some(1),
            "what is said is not over yet"
        );
    }
}
