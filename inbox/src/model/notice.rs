//! What an agent is told of while they look elsewhere: by a sound, by a notification of the browser, or not at all.

use std::collections::BTreeMap;

use protocol::civil::MinuteOfDay;
use protocol::{AgentId, Author, ConversationId, IndexEntry, Seq, Timestamp};
use serde::{Deserialize, Serialize};

/// What may concern somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// A visitor wrote in a conversation that nobody sees to.
    Unassigned,
    /// A visitor wrote in one that the person sees to.
    Mine,
    /// Somebody gave the person a conversation.
    Assigned,
    /// A visitor wrote in one that a colleague sees to.
    Colleagues,
}

impl Occasion {
    /// Every occasion, in the order in which they are set.
    pub(crate) const EVERY: [Self; 4] = [Self::Unassigned, Self::Mine, Self::Assigned, Self::Colleagues];
}

/// How somebody is told of an occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ways {
    /// By a sound.
    pub(crate) sound: bool,
    /// By a notification of the browser.
    pub(crate) notification: bool,
}

impl Ways {
    const BOTH: Self = Self { sound: true, notification: true };
    const NONE: Self = Self { sound: false, notification: false };
}

/// Hours of the day in which nobody wants to hear anything, over midnight as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Quiet {
    /// When they begin.
    pub(crate) from: MinuteOfDay,
    /// When they end.
    pub(crate) until: MinuteOfDay,
}

impl Quiet {
    /// Whether a minute of the day lies in them. Hours that end where they begin are none.
    pub(crate) fn holds(self, minute: MinuteOfDay) -> bool {
        if self.from <= self.until {
            self.from <= minute && minute < self.until
        } else {
            self.from <= minute || minute < self.until
        }
    }
}

/// What a person chose for this browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Preferences {
    unassigned: Ways,
    mine: Ways,
    assigned: Ways,
    colleagues: Ways,
    /// Whether a notification says who wrote, and what.
    pub(crate) shows_text: bool,
    /// When nothing is to be heard or seen.
    pub(crate) quiet: Option<Quiet>,
    /// Whether they were asked, and said not now.
    pub(crate) is_asked: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            unassigned: Ways::BOTH,
            mine: Ways::BOTH,
            assigned: Ways::BOTH,
            colleagues: Ways::NONE,
            shows_text: true,
            quiet: None,
            is_asked: false,
        }
    }
}

impl Preferences {
    /// How the person is told of an occasion.
    pub(crate) const fn ways(&self, occasion: Occasion) -> Ways {
        match occasion {
            Occasion::Unassigned => self.unassigned,
            Occasion::Mine => self.mine,
            Occasion::Assigned => self.assigned,
            Occasion::Colleagues => self.colleagues,
        }
    }

    /// Changes how the person is told of an occasion.
    pub(crate) const fn set_ways(&mut self, occasion: Occasion, ways: Ways) {
        *match occasion {
            Occasion::Unassigned => &mut self.unassigned,
            Occasion::Mine => &mut self.mine,
            Occasion::Assigned => &mut self.assigned,
            Occasion::Colleagues => &mut self.colleagues,
        } = ways;
    }
}

/// Where the person looks at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Attention {
    /// Whether the page has the focus.
    pub(crate) is_here: bool,
    /// The conversation on screen.
    pub(crate) conversation: Option<ConversationId>,
}

/// How somebody is told of something, given what they chose, where they look, and the minute of their day: of what is before
/// their eyes by nothing, and by no notification while they are at the inbox.
pub(crate) fn ways(
    preferences: &Preferences,
    notice: Notice,
    attention: Attention,
    minute: MinuteOfDay,
) -> Ways {
    let is_seen = attention.is_here && attention.conversation == Some(notice.conversation);
    if is_seen || preferences.quiet.is_some_and(|quiet| quiet.holds(minute)) {
        return Ways::NONE;
    }
    let ways = preferences.ways(notice.occasion);
    Ways { notification: ways.notification && !attention.is_here, ..ways }
}

/// Something of which somebody may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What it is.
    pub(crate) occasion: Occasion,
    /// Where.
    pub(crate) conversation: ConversationId,
}

/// What has come since the last look at the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct News {
    /// What somebody may be told of.
    pub(crate) notices: Vec<Notice>,
    /// Conversations in which nothing is unread any more.
    pub(crate) read: Vec<ConversationId>,
}

/// What was known of the list at the last look.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch {
    known: Option<BTreeMap<ConversationId, Known>>,
    /// When the latest thing happened that was known.
    latest: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    said: Option<Seq>,
    unread: u32,
    assignee: Option<AgentId>,
}

impl Watch {
    /// Looks at the list, with everything that is known by now. The first look finds nothing: what was there before the page
    /// is no news, and neither is what a further page of the list brings.
    pub(crate) fn look<'a>(
        &mut self,
        entries: impl Iterator<Item = &'a IndexEntry> + Clone,
        me: AgentId,
    ) -> News {
        let mut news = News::default();
        if let Some(before) = &self.known {
            for entry in entries.clone() {
                let was = before.get(&entry.conversation);
                let occasion = occasion(was, entry, me, self.latest);
                news.notices
                    .extend(occasion.map(|occasion| Notice { occasion, conversation: entry.conversation }));
                if entry.unread == 0 && was.is_some_and(|was| was.unread > 0) {
                    news.read.push(entry.conversation);
                }
            }
        }
        self.latest = entries.clone().map(|entry| entry.active_at).fold(self.latest, Ord::max);
        self.known = Some(entries.map(|entry| (entry.conversation, known(entry))).collect());
        news
    }
}

fn known(entry: &IndexEntry) -> Known {
    Known {
        said: entry.preview.as_ref().map(|preview| preview.seq),
        unread: entry.unread,
        assignee: entry.placement.assignee,
    }
}

fn occasion(was: Option<&Known>, entry: &IndexEntry, me: AgentId, latest: Timestamp) -> Option<Occasion> {
    let now = known(entry);
    let is_mine = now.assignee == Some(me);
    let is_news = match was {
        Some(was) => was.said < now.said && now.unread > 0,
        None => entry.active_at > latest && now.unread > 0,
    };
    let is_visitors = entry.preview.as_ref().is_some_and(|preview| preview.author == Author::Visitor);
    if is_mine && was.is_some_and(|was| was.assignee != Some(me)) {
        return Some(Occasion::Assigned);
    }
    (is_news && is_visitors).then_some(match now.assignee {
        None => Occasion::Unassigned,
        Some(_) if is_mine => Occasion::Mine,
        Some(_) => Occasion::Colleagues,
    })
}

#[cfg(test)]
mod tests {
    use protocol::{AgentProfile, Placement, Preview};

    use super::*;
    use crate::model::list_row::tests::entry;

    const ME: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);

    fn said(number: u8, author: Author, seq: u64, assignee: Option<AgentId>) -> IndexEntry {
        IndexEntry {
            preview: Some(Preview { author, seq: Seq(seq), text: "hi".to_owned() }),
            unread: 1,
            active_at: Timestamp(100 + i64::try_from(seq).expect("small")),
            placement: Placement { assignee, ..Placement::default() },
            ..entry(number)
        }
    }

    fn told(watch: &mut Watch, entries: &[IndexEntry]) -> Vec<(u8, Occasion)> {
        let news = watch.look(entries.iter(), ME);
        news.notices.into_iter().map(|notice| (notice.conversation.as_bytes()[0], notice.occasion)).collect()
    }

    #[test]
    fn ib77_a_visitors_words_are_news_by_whose_conversation_it_is() {
        let mut watch = Watch::default();
        let of = |seq, assignee| said(1, Author::Visitor, seq, assignee);
        assert_eq!(told(&mut watch, &[of(1, None)]), [], "what was there before");
        assert_eq!(told(&mut watch, &[of(1, None)]), []);
        assert_eq!(told(&mut watch, &[of(2, None)]), [(1, Occasion::Unassigned)]);
        assert_eq!(told(&mut watch, &[of(2, Some(ME))]), [(1, Occasion::Assigned)]);
        assert_eq!(told(&mut watch, &[of(3, Some(ME))]), [(1, Occasion::Mine)]);
        assert_eq!(told(&mut watch, &[of(3, Some(BEN))]), []);
        assert_eq!(told(&mut watch, &[of(4, Some(BEN))]), [(1, Occasion::Colleagues)]);
        let ben = Author::Agent(AgentProfile { id: BEN, name: "Ben".to_owned() });
        assert_eq!(told(&mut watch, &[said(1, ben, 5, None)]), [], "a colleague");
        let read = IndexEntry { unread: 0, ..of(6, None) };
        assert_eq!(told(&mut watch, &[read]), [], "somebody has read it already");
    }

    #[test]
    fn ib77_a_new_conversation_is_news_and_an_older_one_that_a_page_brings_is_not() {
        let mut watch = Watch::default();
        let first = said(1, Author::Visitor, 5, None);
        assert_eq!(told(&mut watch, &[first.clone()]), []);
        let older = said(2, Author::Visitor, 3, None);
        assert_eq!(told(&mut watch, &[first.clone(), older.clone()]), []);
        let newer = said(3, Author::Visitor, 9, None);
        assert_eq!(told(&mut watch, &[first, older, newer]), [(3, Occasion::Unassigned)]);
    }

    #[test]
    fn ib101_what_is_given_by_nobodys_hand_is_told_to_whom_it_is_given_and_to_nobody_else() {
        let mut watch = Watch::default();
        let of = |seq, assignee| said(1, Author::Visitor, seq, assignee);
        assert_eq!(told(&mut watch, &[]), []);
        assert_eq!(told(&mut watch, &[of(2, Some(ME))]), [(1, Occasion::Mine)], "new, and given at once");
        assert_eq!(told(&mut watch, &[of(2, Some(BEN))]), [], "taken from who is gone");
        assert_eq!(told(&mut watch, &[of(2, Some(ME))]), [(1, Occasion::Assigned)], "and given to another");
        let other = said(3, Author::Visitor, 9, Some(BEN));
        assert_eq!(told(&mut watch, &[other]), [(3, Occasion::Colleagues)], "which is off, unless chosen");
    }

    #[test]
    fn ib78_what_was_read_is_told_so() {
        let mut watch = Watch::default();
        let unread = said(1, Author::Visitor, 1, None);
        watch.look([unread.clone()].iter(), ME);
        let news = watch.look([IndexEntry { unread: 0, ..unread }].iter(), ME);
        assert_eq!(news.read, [ConversationId::from_bytes([1; 32])]);
    }

    #[test]
    fn ib77_nobody_is_told_of_what_they_see_nor_in_quiet_hours() {
        let conversation = ConversationId::from_bytes([1; 32]);
        let notice = Notice { occasion: Occasion::Mine, conversation };
        let mut chosen = Preferences::default();
        let of = |chosen: &Preferences, is_here, open| {
            ways(chosen, notice, Attention { is_here, conversation: open }, MinuteOfDay(60))
        };
        assert_eq!(of(&chosen, false, None), Ways::BOTH);
        assert_eq!(of(&chosen, false, Some(conversation)), Ways::BOTH, "open, but nobody looks");
        assert_eq!(of(&chosen, true, Some(conversation)), Ways::NONE);
        assert_eq!(of(&chosen, true, None), Ways { sound: true, notification: false });
        chosen.set_ways(Occasion::Mine, Ways { sound: false, notification: true });
        assert_eq!(of(&chosen, true, None), Ways::NONE);
        chosen.quiet = Some(Quiet { from: MinuteOfDay(22 * 60), until: MinuteOfDay(7 * 60) });
        assert_eq!(of(&chosen, false, None), Ways::NONE, "one o'clock at night");
        chosen.quiet = Some(Quiet { from: MinuteOfDay(60), until: MinuteOfDay(60) });
        assert_eq!(of(&chosen, false, None), Ways { sound: false, notification: true }, "no hours at all");
    }

    #[test]
    fn ib77_what_was_chosen_is_read_back_also_by_a_version_that_knows_more() {
        let chosen = Preferences { shows_text: false, ..Preferences::default() };
        let text = serde_json::to_string(&chosen).expect("written");
        assert_eq!(serde_json::from_str::<Preferences>(&text).expect("read"), chosen);
        assert_eq!(serde_json::from_str::<Preferences>("{}").expect("read"), Preferences::default());
    }
}
