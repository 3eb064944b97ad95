//! A visitor's home: which of their conversations they get, and how soon visitors are answered.

use protocol::http::NEW_CONVERSATION;
use protocol::{AgentId, ConversationId, ReplyTime, Timestamp};

use super::Metrics;

/// Milliseconds for which an answer counts as one of late.
pub const REPLY_WINDOW_MS: u64 = 14 * 24 * 3_600_000;

/// As many answers it takes to say how soon visitors are answered.
const ENOUGH: usize = 5;

/// What each reply time means, in milliseconds, the shortest first.
const REPLY_TIMES: [(u64, ReplyTime); 4] = [
    (5 * 60_000, ReplyTime::Minutes),
    (3_600_000, ReplyTime::Hour),
    (4 * 3_600_000, ReplyTime::Hours),
    (24 * 3_600_000, ReplyTime::Day),
];

/// The conversations that a visitor can be given.
#[derive(Debug, Clone, Copy)]
pub struct OwnConversations<'a> {
    /// The one that they get who wish for nothing.
    pub current: ConversationId,
    /// Those in which something was said, as far as their home lists them.
    pub listed: &'a [ConversationId],
    /// Those that have a name of this visitor's and of nobody else's, in order.
    pub named: &'a [ConversationId],
}

impl OwnConversations<'_> {
    /// The conversation that a visitor gets who wishes for one. What is somebody else's, what there is not, and what is no
    /// wish at all are the same: they get what they get without (SPEC CV41).
    #[must_use]
    pub fn wished(&self, wish: Option<&str>) -> ConversationId {
        let Some(wish) = wish else { return self.current };
        if wish == NEW_CONVERSATION {
            let free = self.named.iter().find(|name| !self.listed.contains(name));
            return free.copied().unwrap_or(self.current);
        }
        let is_theirs = |id: &ConversationId| self.listed.contains(id) || self.named.contains(id);
        wish.parse().ok().filter(is_theirs).unwrap_or(self.current)
    }
}

/// How soon visitors are answered. Nothing if there is too little to tell it by, or if it takes days (SPEC CV43).
#[must_use]
pub fn reply_time(all: &[Metrics], now: Timestamp) -> Option<ReplyTime> {
    let usual = usual_response(all, now)?;
    REPLY_TIMES.iter().find(|(most, _)| usual <= *most).map(|(_, time)| *time)
}

/// The same in milliseconds: the median of the first responses of late. Who still waits for longer than that counts as if they
/// were answered now, so that silence is no haste. Nothing if there is too little to tell it by.
#[must_use]
pub fn usual_response(all: &[Metrics], now: Timestamp) -> Option<u64> {
    let mut answered: Vec<u64> = all.iter().filter_map(|metrics| response(metrics, now)).collect();
    if answered.len() < ENOUGH {
        return None;
    }
    answered.sort_unstable();
    let usual = median(&answered)?;
    answered.extend(all.iter().filter_map(|metrics| waited(metrics, now)).filter(|waited| *waited > usual));
    answered.sort_unstable();
    median(&answered)
}

/// Those who answered most often, so many at most; of two who did as often, the one of the lesser id.
#[must_use]
pub fn answerers(all: &[Metrics], most: usize) -> Vec<AgentId> {
    let mut counts: Vec<(AgentId, u32)> = Vec::new();
    for (agent, count) in all.iter().flat_map(|metrics| &metrics.answers) {
        match counts.iter_mut().find(|(other, _)| other == agent) {
            Some((_, sum)) => *sum = sum.saturating_add(*count),
            None => counts.push((*agent, *count)),
        }
    }
    counts.sort_unstable_by_key(|(agent, count)| (core::cmp::Reverse(*count), *agent));
    counts.into_iter().take(most).map(|(agent, _)| agent).collect()
}

fn response(metrics: &Metrics, now: Timestamp) -> Option<u64> {
    let (answered_at, _) = metrics.answered_at?;
    (now.since(answered_at) <= REPLY_WINDOW_MS)
        .then(|| metrics.asked_at.map(|asked_at| answered_at.since(asked_at)))?
}

/// For how long a visitor has waited for a first answer who still does.
fn waited(metrics: &Metrics, now: Timestamp) -> Option<u64> {
    let is_waiting = metrics.answered_at.is_none() && metrics.is_waiting && metrics.resolved_at.is_none();
    metrics.asked_at.filter(|_| is_waiting).map(|asked_at| now.since(asked_at))
}

/// By the method of the nearest rank, as reports have it.
fn median(sorted: &[u64]) -> Option<u64> {
    sorted.get(sorted.len().div_ceil(2).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);
    const MINUTE: i64 = 60_000;
    const NOW: Timestamp = Timestamp(1_000_000 * MINUTE);

    fn conversation(number: u8) -> ConversationId {
        ConversationId::from_bytes([number; ConversationId::LENGTH])
    }

    fn answered(after_minutes: i64, ago_minutes: i64, agent: AgentId) -> Metrics {
        let at = Timestamp(NOW.0 - ago_minutes * MINUTE);
        Metrics {
            asked_at: Some(Timestamp(at.0 - after_minutes * MINUTE)),
            answered_at: Some((at, agent)),
            answers: vec![(agent, 1)],
            ..Metrics::default()
        }
    }

    fn waiting(minutes: i64) -> Metrics {
        let asked_at = Some(Timestamp(NOW.0 - minutes * MINUTE));
        Metrics { asked_at, is_waiting: true, ..Metrics::default() }
    }

    #[test]
    fn cv40_a_new_conversation_is_the_first_of_the_visitors_own_that_is_free() {
        let named = [conversation(1), conversation(2), conversation(3)];
        let of = |listed: &[ConversationId], wish: Option<&str>| {
            OwnConversations { current: conversation(9), listed, named: &named }.wished(wish)
        };
        assert_eq!(of(&[], Some("new")), conversation(1));
        assert_eq!(of(&[conversation(1)], Some("new")), conversation(2));
        assert_eq!(
            of(&[conversation(1)], Some("new")),
            conversation(2),
            "the same again, until something is said"
        );
        assert_eq!(of(&named, Some("new")), conversation(9), "none is free");
        assert_eq!(of(&named, None), conversation(9));
    }

    #[test]
    fn cv41_what_is_anothers_and_what_there_is_not_are_the_same() {
        let listed = [conversation(5)];
        let own = OwnConversations { current: conversation(9), listed: &listed, named: &[conversation(1)] };
        for (wish, given) in [(5, 5), (1, 1), (9, 9), (7, 9)] {
            assert_eq!(own.wished(Some(&conversation(wish).to_string())), conversation(given), "{wish}");
        }
        for nonsense in ["", "NEW", "+", "nonsense"] {
            assert_eq!(own.wished(Some(nonsense)), conversation(9), "{nonsense}");
        }
    }

    #[test]
    fn cv43_the_reply_time_is_the_median_of_late_first_responses() {
        let all = |minutes: &[i64]| minutes.iter().map(|one| answered(*one, 60, ANNA)).collect::<Vec<_>>();
        let of = |minutes: &[i64]| reply_time(&all(minutes), NOW);
        assert_eq!(of(&[1, 1, 1, 1]), None, "too few");
        assert_eq!(of(&[1, 2, 5, 90, 900]), Some(ReplyTime::Minutes));
        assert_eq!(of(&[1, 2, 6, 90, 900]), Some(ReplyTime::Hour));
        assert_eq!(of(&[1, 2, 61, 90, 900]), Some(ReplyTime::Hours));
        assert_eq!(of(&[1, 2, 241, 900, 900]), Some(ReplyTime::Day));
        assert_eq!(of(&[1, 2, 1_441, 2_000, 2_000]), None, "nothing that anybody would wait for");
        let old: Vec<_> = (0..9).map(|_| answered(1, 15 * 24 * 60, ANNA)).collect();
        assert_eq!(reply_time(&old, NOW), None, "nothing of late");
    }

    #[test]
    fn cv43_who_waits_in_vain_counts_and_who_has_just_asked_does_not() {
        let mut all: Vec<_> = (0..5).map(|_| answered(2, 60, ANNA)).collect();
        all.extend((0..6).map(|_| waiting(1)));
        assert_eq!(reply_time(&all, NOW), Some(ReplyTime::Minutes));
        all.extend((0..6).map(|_| waiting(600)));
        assert_eq!(
            reply_time(&all, NOW),
            Some(ReplyTime::Day),
            "more have waited for ten hours than were answered"
        );
        let resolved = Metrics { resolved_at: Some(NOW), ..waiting(600) };
        let mut all: Vec<_> = (0..5).map(|_| answered(2, 60, ANNA)).collect();
        all.extend((0..9).map(|_| resolved.clone()));
        assert_eq!(reply_time(&all, NOW), Some(ReplyTime::Minutes), "nobody waits in what was resolved");
    }

    #[test]
    fn cv43_the_faces_are_of_those_who_answer_most() {
        let all = [answered(1, 1, BEN), answered(1, 1, ANNA), answered(1, 1, BEN)];
        assert_eq!(answerers(&all, 4), [BEN, ANNA]);
        assert_eq!(answerers(&all, 1), [BEN]);
        assert_eq!(answerers(&all[..2], 4), [ANNA, BEN]);
        assert_eq!(answerers(&[], 4), []);
    }
}
