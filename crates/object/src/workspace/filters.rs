//! Filters: kept for everybody by who may, for oneself by everybody; and every feed is told how many conversations fit.
//!
//! A count is read from the index once and then follows each conversation that changes: what was known of it and what is
//! known are both at hand, and the rule says of either whether it fits. What changes many at once is counted anew.

use std::collections::{BTreeMap, BTreeSet};

use domain::workspace::{Onlooker, filter_has_room, filter_text, fits, may_be_asked};
use protocol::call::WorkspaceAnswer;
use protocol::http::filter::{Filter, FilterCount, FilterDraft, FilterList, FilterText};
use protocol::http::workspace::AuditChange;
use protocol::limits::FEED_PAGE;
use protocol::{
    AgentId, Code, FeedFrame, FilterEntry, FilterId, FilterRule, IndexEntry, IndexPosition, ListView,
    Permission, TeamId, Timestamp,
};
use store::Database;
use store::workspace::{KeptFilter, WorkspaceStore};

use super::asking::Asking;
use super::availability::agent_of;
use super::feed::cut;
use super::{WorkspaceObject, open, stored};
use crate::platform::Platform;

/// Milliseconds after which a count that days make smaller is not followed any more, but read anew.
const FOLLOWED_MS: u64 = 3_600_000;

/// Every filter, who is in which team, and the counts that are followed.
#[derive(Debug, Default)]
pub(super) struct Folders {
    kept: Vec<KeptFilter>,
    teams: BTreeMap<AgentId, BTreeSet<TeamId>>,
    /// For whom it counts, if that makes a difference.
    counted: BTreeMap<(FilterId, Option<AgentId>), Counted>,
}

/// A count, and to which moment its days reach back.
#[derive(Debug, Clone, Copy)]
struct Counted {
    entries: u32,
    at: Timestamp,
}

impl Folders {
    fn read<P: Platform>(platform: &P, store: &WorkspaceStore<impl Database>) -> Result<Self, Code> {
        let kept = stored(platform, store.filters())?;
        let mut teams: BTreeMap<AgentId, BTreeSet<TeamId>> = BTreeMap::new();
        if kept.iter().any(|kept| kept.filter.rule.depends_on_who_looks()) {
            for team in stored(platform, store.teams())? {
                for member in team.members {
                    teams.entry(member).or_default().insert(team.id);
                }
            }
        }
        Ok(Self { kept, teams, counted: BTreeMap::new() })
    }

    fn onlooker(&self, me: AgentId, now: Timestamp) -> Onlooker {
        Onlooker { me, teams: self.teams.get(&me).cloned().unwrap_or_default(), now }
    }

    /// How many conversations fit; read from the index, unless that is known.
    fn count<P: Platform>(
        &mut self,
        platform: &P,
        store: &WorkspaceStore<impl Database>,
        filter: &Filter,
        me: AgentId,
    ) -> Result<u32, Code> {
        let key = key_of(filter, me);
        let now = platform.now();
        if let Some(counted) = self.counted.get(&key).filter(|counted| counted.is_good(filter, now)) {
            return Ok(counted.entries);
        }
        let entries = stored(platform, store.count_filtered(&filter.rule, &self.onlooker(me, now)))?;
        self.counted.insert(key, Counted { entries, at: now });
        Ok(entries)
    }

    /// Whether a conversation fits that did not, or the other way round; `None` if neither.
    fn moved(
        &self,
        filter: &Filter,
        me: AgentId,
        before: Option<&IndexEntry>,
        after: &IndexEntry,
        now: Timestamp,
    ) -> Option<bool> {
        // Days reach back to where they did when it was counted, so that each conversation is counted in once and out once.
        let at = self.counted.get(&key_of(filter, me)).map_or(now, |counted| counted.at);
        let onlooker = self.onlooker(me, at);
        let did_fit = before.is_some_and(|before| fits(&filter.rule, before, &onlooker));
        let does_fit = fits(&filter.rule, after, &onlooker);
        (did_fit != does_fit).then_some(does_fit)
    }
}

impl Counted {
    fn step(&mut self, fits: bool) {
        self.entries = if fits { self.entries.saturating_add(1) } else { self.entries.saturating_sub(1) };
    }

    fn is_good(&self, filter: &Filter, now: Timestamp) -> bool {
        !filter.rule.depends_on_time() || now.since(self.at) < FOLLOWED_MS
    }
}

fn key_of(filter: &Filter, me: AgentId) -> (FilterId, Option<AgentId>) {
    (filter.id, filter.rule.depends_on_who_looks().then_some(me))
}

/// Those that who asks has.
pub(super) fn list<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    Ok(WorkspaceAnswer::Filters(FilterList { filters: asking.filters(platform)? }))
}

/// How many conversations fit a rule that nobody has kept yet.
pub(super) fn count<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    rule: &FilterRule,
) -> Result<WorkspaceAnswer, Code> {
    may_be_asked(rule)?;
    let onlooker = Onlooker { me: asking.member.id(), teams: BTreeSet::new(), now: asking.now };
    let entries = stored(platform, asking.store.count_filtered(rule, &onlooker))?;
    Ok(WorkspaceAnswer::FilterCount(FilterCount { entries }))
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Keeps a filter.
    pub(super) fn make_filter<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        draft: &FilterDraft,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let FilterDraft { name, rule, is_shared } = draft.clone();
        let there = asking.filters(platform)?;
        let text = filter_text(&FilterText { name, rule }, &there, None)?;
        filter_has_room(is_shared, &there)?;
        let id = FilterId::from_bytes(platform.random()?);
        let owner = (!is_shared).then(|| asking.member.id());
        if is_shared {
            asking.note(platform, &AuditChange::FilterMade { name: text.name.clone() })?;
        }
        stored(platform, asking.store.keep_filter(id, owner, &text))?;
        self.tell_filters(platform, &asking.store)?;
        let FilterText { name, rule } = text;
        Ok(WorkspaceAnswer::Filter(Filter { id, name, rule, is_shared }))
    }

    /// Says anew what a filter is called and asks for.
    pub(super) fn change_filter<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        id: FilterId,
        text: &FilterText,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let (before, there) = asking.changeable_filter(platform, id)?;
        let FilterText { name, rule } = filter_text(text, &there, Some(id))?;
        let after = Filter { name, rule, ..before.clone() };
        if after == before {
            return Ok(WorkspaceAnswer::Filter(after));
        }
        if after.is_shared {
            asking.note(platform, &AuditChange::FilterChanged { name: after.name.clone() })?;
        }
        let text = FilterText { name: after.name.clone(), rule: after.rule.clone() };
        stored(platform, asking.store.keep_filter(id, None, &text))?;
        self.tell_filters(platform, &asking.store)?;
        Ok(WorkspaceAnswer::Filter(after))
    }

    /// Removes a filter.
    pub(super) fn remove_filter<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        id: FilterId,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let (filter, _) = asking.changeable_filter(platform, id)?;
        if filter.is_shared {
            asking.note(platform, &AuditChange::FilterRemoved { name: filter.name })?;
        }
        stored(platform, asking.store.remove_filter(id))?;
        self.tell_filters(platform, &asking.store)?;
        Ok(WorkspaceAnswer::Done)
    }

    /// The filters of somebody with how many conversations fit.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn filters_of<P: Platform>(
        &mut self,
        platform: &P,
        store: &WorkspaceStore<P::Database>,
        me: AgentId,
    ) -> Result<Vec<FilterEntry>, Code> {
        let mut folders = self.take_folders(platform, store)?;
        let mine: Vec<Filter> =
            folders.kept.iter().filter(|kept| kept.is_of(me)).map(|kept| kept.filter.clone()).collect();
        let mut told = Vec::new();
        for filter in mine {
            let entries = folders.count(platform, store, &filter, me)?;
            told.push(FilterEntry { id: filter.id, name: filter.name, is_shared: filter.is_shared, entries });
        }
        self.folders = Some(folders);
        Ok(told)
    }

    /// Tells every feed its filters, all counted anew: they are others, or many conversations have changed at once.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn tell_filters<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        self.folders = None;
        for me in self.watchers(platform) {
            let filters = self.filters_of(platform, store, me)?;
            self.tell_agent(platform, me, &[FeedFrame::Filters { filters }]);
        }
        Ok(())
    }

    /// A conversation has changed: whoever has a filter that it fits now, or fitted before, is told.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn refile<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        before: Option<&IndexEntry>,
        after: &IndexEntry,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let watchers = self.watchers(platform);
        if watchers.is_empty() {
            // Nobody follows the counts.
            self.folders = None;
            return Ok(());
        }
        let mut folders = self.take_folders(platform, store)?;
        let now = platform.now();
        let mut moves = Vec::new();
        for me in watchers {
            for kept in folders.kept.iter().filter(|kept| kept.is_of(me)) {
                if let Some(fits) = folders.moved(&kept.filter, me, before, after, now) {
                    moves.push((me, kept.filter.clone(), fits));
                }
            }
        }
        // What is the same for everybody is counted once.
        let steps: BTreeMap<_, _> =
            moves.iter().map(|(me, filter, fits)| (key_of(filter, *me), *fits)).collect();
        for (key, fits) in steps {
            folders.counted.entry(key).and_modify(|counted| counted.step(fits));
        }
        for (me, filter, fits) in moves {
            let entries = folders.count(platform, store, &filter, me)?;
            let filed = FeedFrame::Filed { filter: filter.id, conversation: after.conversation, fits };
            self.tell_agent(platform, me, &[filed, FeedFrame::FilterCounted { filter: filter.id, entries }]);
        }
        self.folders = Some(folders);
        Ok(())
    }

    /// Reads a page of what fits a filter; nothing fits one that somebody does not have. Whoever opens one whose days go by is
    /// told its count anew.
    pub(super) fn filtered<P: Platform>(
        &mut self,
        platform: &P,
        filter: FilterId,
        view: ListView,
        me: AgentId,
        after: Option<IndexPosition>,
    ) -> Result<Vec<FeedFrame>, Code> {
        let store = open(platform)?;
        let mut folders = self.take_folders(platform, &store)?;
        let kept = folders.kept.iter().find(|kept| kept.filter.id == filter && kept.is_of(me));
        let Some(filter) = kept.map(|kept| kept.filter.clone()) else {
            self.folders = Some(folders);
            return Ok(vec![FeedFrame::Listed { view, entries: Vec::new(), more: false }]);
        };
        let onlooker = folders.onlooker(me, platform.now());
        let limit = FEED_PAGE.saturating_add(1);
        let found = stored(platform, store.filtered(&filter.rule, &onlooker, view.site, after, limit))?;
        let (entries, more) = cut(found);
        let mut frames = vec![FeedFrame::Listed { view, entries, more }];
        if after.is_none() && filter.rule.depends_on_time() {
            folders.counted.remove(&key_of(&filter, me));
            let entries = folders.count(platform, &store, &filter, me)?;
            frames.push(FeedFrame::FilterCounted { filter: filter.id, entries });
        }
        self.folders = Some(folders);
        Ok(frames)
    }

    /// What is kept of filters. Whoever takes it puts it back, unless something failed.
    fn take_folders<P: Platform>(
        &mut self,
        platform: &P,
        store: &WorkspaceStore<P::Database>,
    ) -> Result<Folders, Code> {
        match self.folders.take() {
            Some(folders) => Ok(folders),
            None => Folders::read(platform, store),
        }
    }

    /// Who has a feed open.
    fn watchers<P>(&mut self, platform: &P) -> BTreeSet<AgentId>
    where
        P: Platform<Socket = Handle>,
    {
        let sockets = self.sockets(platform).iter();
        sockets.filter_map(agent_of).collect()
    }

    fn tell_agent<P>(&mut self, platform: &mut P, me: AgentId, frames: &[FeedFrame])
    where
        P: Platform<Socket = Handle>,
    {
        for socket in self.sockets(platform).iter() {
            if agent_of(socket) == Some(me) {
                for frame in frames {
                    socket.send(platform, frame);
                }
            }
        }
    }
}

impl<D: Database> Asking<D> {
    /// Those that who asks has, by name.
    fn filters<P: Platform>(&self, platform: &P) -> Result<Vec<Filter>, Code> {
        let me = self.member.id();
        let kept = stored(platform, self.store.filters())?;
        Ok(kept.into_iter().filter(|kept| kept.is_of(me)).map(|kept| kept.filter).collect())
    }

    /// One that who asks may change, beside all that they have; another's own does not exist.
    fn changeable_filter<P: Platform>(
        &self,
        platform: &P,
        id: FilterId,
    ) -> Result<(Filter, Vec<Filter>), Code> {
        let there = self.filters(platform)?;
        let filter = there.iter().find(|filter| filter.id == id).cloned().ok_or(Code::NotFound)?;
        let may = !filter.is_shared || self.member.permissions.contains(Permission::ManageCanned);
        if may { Ok((filter, there)) } else { Err(Code::Forbidden) }
    }
}
