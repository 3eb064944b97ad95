//! How a conversation went, as reports count it: a fold over its milestones.

use mutant::mutant;
use protocol::{AgentId, Milestone, MilestoneKind, Seq, Timestamp};
use serde::{Deserialize, Serialize};

/// Agents of whom a conversation's metrics tell; what further ones do counts for the conversation only.
const AGENTS: usize = 16;

/// How a conversation went so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Metrics {
    /// When the visitor first wrote.
    pub asked_at: Option<Timestamp>,
    /// When an agent first answered after that, and who.
    pub answered_at: Option<(Timestamp, AgentId)>,
    /// Whether the visitor has written and no agent has answered since.
    pub is_waiting: bool,
    /// How often the visitor wrote.
    pub asked: u32,
    /// How often each agent did.
    pub answers: Vec<(AgentId, u32)>,
    /// How often agents did of whom `answers` does not tell.
    pub other_answers: u32,
    /// Since when it is resolved, if it is.
    pub resolved_at: Option<Timestamp>,
    /// With how many stars it was rated last.
    pub stars: Option<u8>,
}

impl Metrics {
    /// What is known once a stretch of milestones is told of which everything up to `known` was told before.
    #[must_use]
    pub fn after(mut self, known: Seq, milestones: &[Milestone]) -> Self {
        for milestone in milestones {
            if mutant!(43, milestone.seq > known, true) {
                self.pass(milestone);
            }
        }
        self
    }

    /// How often agents wrote.
    #[must_use]
    pub fn answered(&self) -> u32 {
        self.answers.iter().fold(self.other_answers, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// How often one agent wrote.
    #[must_use]
    pub fn answered_by(&self, agent: AgentId) -> u32 {
        self.answers.iter().find(|(other, _)| *other == agent).map_or(0, |(_, count)| *count)
    }

    fn pass(&mut self, milestone: &Milestone) {
        let at = milestone.at;
        match milestone.kind {
            MilestoneKind::Asked => {
                self.asked_at.get_or_insert(at);
                self.asked = self.asked.saturating_add(1);
                self.is_waiting = true;
            }
            MilestoneKind::Answered(agent) => {
                self.is_waiting = false;
                if self.asked_at.is_some() {
                    self.answered_at.get_or_insert((at, agent));
                }
                self.count(agent);
            }
            MilestoneKind::Resolved => drop(self.resolved_at.get_or_insert(at)),
            MilestoneKind::Reopened => self.resolved_at = None,
            MilestoneKind::Rated(stars) => self.stars = Some(stars.number()),
        }
    }

    fn count(&mut self, agent: AgentId) {
        let is_full = self.answers.len() >= AGENTS;
        match self.answers.iter_mut().find(|(other, _)| *other == agent) {
            Some((_, count)) => *count = count.saturating_add(1),
            None if is_full => self.other_answers = self.other_answers.saturating_add(1),
            None => self.answers.push((agent, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::Stars;

    use super::*;

    const ANNA: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);

    fn told(kinds: &[MilestoneKind]) -> Vec<Milestone> {
        let milestone = |(seq, kind): (u64, &MilestoneKind)| Milestone {
            seq: Seq(seq),
            at: Timestamp(i64::try_from(seq).expect("small") * 1_000),
            kind: *kind,
        };
        (1..).zip(kinds).map(milestone).collect()
    }

    #[test]
    fn rp1_the_first_answer_is_the_first_after_the_visitor_wrote() {
        use MilestoneKind::{Answered, Asked};
        let metrics = Metrics::default()
            .after(Seq(0), &told(&[Answered(BEN), Asked, Asked, Answered(ANNA), Answered(BEN)]));
        assert_eq!(metrics.asked_at, Some(Timestamp(2_000)));
        assert_eq!(metrics.answered_at, Some((Timestamp(4_000), ANNA)));
        assert_eq!((metrics.asked, metrics.answered(), metrics.answered_by(BEN)), (2, 3, 2));
        assert!(!metrics.is_waiting);
        assert!(Metrics::default().after(Seq(0), &told(&[Answered(BEN), Asked])).is_waiting);
    }

    #[test]
    fn rp1_resolved_is_what_was_not_opened_again() {
        use MilestoneKind::{Asked, Rated, Reopened, Resolved};
        let of = |kinds: &[MilestoneKind]| Metrics::default().after(Seq(0), &told(kinds));
        assert_eq!(of(&[Asked, Resolved, Resolved]).resolved_at, Some(Timestamp(2_000)));
        assert_eq!(of(&[Asked, Resolved, Reopened]).resolved_at, None);
        assert_eq!(of(&[Asked, Resolved, Reopened, Resolved]).resolved_at, Some(Timestamp(4_000)));
        assert_eq!(of(&[Rated(Stars::ALL[0]), Rated(Stars::ALL[4])]).stars, Some(5), "the last one counts");
    }

    #[test]
    fn rp1_what_was_told_before_counts_once() {
        let all = told(&[MilestoneKind::Asked, MilestoneKind::Answered(ANNA), MilestoneKind::Asked]);
        let whole = Metrics::default().after(Seq(0), &all);
        for known in 0..=3_usize {
            let seq = Seq(u64::try_from(known).expect("small"));
            let first = Metrics::default().after(Seq(0), &all[..known]);
            assert_eq!(first.after(seq, &all), whole, "after {known}");
        }
    }

    #[test]
    fn rp1_a_crowd_of_agents_counts_together() {
        let crowd: Vec<_> =
            (0..20).map(|agent| MilestoneKind::Answered(AgentId::from_bytes([agent; 16]))).collect();
        let metrics = Metrics::default().after(Seq(0), &told(&crowd));
        assert_eq!((metrics.answers.len(), metrics.answered()), (AGENTS, 20));
    }
}
