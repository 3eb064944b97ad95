//! Filters that people keep, and the conversations that fit them.
//!
//! Which fit, [`domain::workspace::fits`] says; here the same is said in SQL, so that the index is counted where it lies. A
//! statement is put together from texts that stand in this file, and all that somebody chose is bound.

use domain::workspace::{Onlooker, days_before};
use protocol::codec::{from_text, to_text};
use protocol::http::filter::{Filter, FilterText};
use protocol::{
    AgentId, Condition, ConversationId, Fact, FilterGroup, FilterId, FilterRule, IndexEntry, IndexPosition,
    Join, Label, SiteId, TeamId, Whose, WithTeam,
};

use super::WorkspaceStore;
use super::index::{place, status_value};
use super::labels::IS_LABELLED;
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

/// The table, of a version of its own. Who owns none is everybody.
pub(super) const VERSION: &[&str] = &["CREATE TABLE IF NOT EXISTS filter (
    id BLOB PRIMARY KEY,
    owner BLOB,
    name TEXT NOT NULL,
    rule TEXT NOT NULL
) STRICT, WITHOUT ROWID"];

const ALL: &str = "SELECT id, owner, name, rule FROM filter ORDER BY name COLLATE NOCASE, id";

/// The index by activity knows most of what is asked for. What it does not know, the rows tell, and each is read only if it
/// fits as far as the index knows.
macro_rules! near {
    () => {
        "FROM entry INDEXED BY entry_by_placement WHERE (active_at, conversation) < (?1, ?2) AND "
    };
}
const COUNT_BY_INDEX: &str = concat!("SELECT COUNT(*) ", near!());
const COUNT_NEAR: &str =
    concat!("SELECT COUNT(*) FROM entry NOT INDEXED WHERE conversation IN (SELECT conversation ", near!());
const COUNT_BY_ROWS: &str =
    "SELECT COUNT(*) FROM entry NOT INDEXED WHERE (active_at, conversation) < (?1, ?2) AND ";
const PAGE_BY_INDEX: &str = concat!("SELECT conversation ", near!(), "(?4 IS NULL OR site = ?4) AND ");
const PAGE_NEAR: &str = concat!(
    "SELECT conversation FROM entry NOT INDEXED WHERE (?4 IS NULL OR site = ?4) AND conversation IN \
     (SELECT conversation ",
    near!()
);
const IN_ORDER: &str = " ORDER BY active_at DESC, conversation DESC LIMIT ?3";

const HAS_PRIORITY: &str =
    "IFNULL(json_extract(NULLIF(placement, ''), '$.frame.priority'), 'none') = json_extract(?, '$.frame')";
const WITH_TEAM_OF: &str =
    "(team IS NOT NULL AND team IN (SELECT team_member.team FROM team_member WHERE agent = ?))";

/// A filter with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFilter {
    /// Who alone has it; everybody, without one.
    pub owner: Option<AgentId>,
    /// What it asks for.
    pub filter: Filter,
}

impl KeptFilter {
    /// Whether somebody has it.
    #[must_use]
    pub fn is_of(&self, agent: AgentId) -> bool {
        self.owner.is_none_or(|owner| owner == agent)
    }
}

impl<D: Database> WorkspaceStore<D> {
    /// Every filter of everybody, by name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn filters(&self) -> Result<Vec<KeptFilter>, StorageError> {
        self.database.run(ALL, Vec::new())?.into_iter().map(|columns| read(Row::new(columns))).collect()
    }

    /// Keeps a filter, for everybody or for its owner; one that is there is changed, and stays with whom it is.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_filter(
        &self,
        id: FilterId,
        owner: Option<AgentId>,
        text: &FilterText,
    ) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO filter (id, owner, name, rule) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO UPDATE SET name = excluded.name, rule = excluded.rule",
            vec![
                id.as_bytes().into(),
                owner.as_ref().map(AgentId::as_bytes).into(),
                text.name.as_str().into(),
                to_text(&text.rule).as_str().into(),
            ],
        )
    }

    /// Removes a filter.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_filter(&self, id: FilterId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM filter WHERE id = ?1", vec![id.as_bytes().into()])
    }

    /// Removes those of a person who leaves.
    pub(super) fn remove_filters_of(&self, owner: AgentId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM filter WHERE owner = ?1", vec![owner.as_bytes().into()])
    }

    /// Reads some conversations that fit a rule, of a site or of all, after a place in the index, most recently active first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn filtered(
        &self,
        rule: &FilterRule,
        onlooker: &Onlooker,
        site: Option<SiteId>,
        after: Option<IndexPosition>,
        limit: usize,
    ) -> Result<Vec<IndexEntry>, StorageError> {
        let mut values = place(after, limit);
        values.push(site.as_ref().map(SiteId::as_bytes).into());
        let knows_all = rule.facts().all(is_in_index);
        let begin = if knows_all || !narrows(rule) { PAGE_BY_INDEX } else { PAGE_NEAR };
        let (sql, values) = self.statement(begin, values, rule, onlooker, IN_ORDER)?;
        let mut entries = Vec::new();
        for columns in self.database.run(&sql, values)? {
            entries.extend(self.entry(ConversationId::from_bytes(Row::new(columns).bytes()?))?);
        }
        Ok(entries)
    }

    /// How many conversations fit a rule, for who looks: in which teams they are, is read.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn count_filtered(&self, rule: &FilterRule, onlooker: &Onlooker) -> Result<u32, StorageError> {
        let begin = if rule.facts().all(is_in_index) {
            COUNT_BY_INDEX
        } else if narrows(rule) {
            COUNT_NEAR
        } else {
            COUNT_BY_ROWS
        };
        let values = place(None, 0).into_iter().take(2).collect();
        let (sql, values) = self.statement(begin, values, rule, onlooker, "")?;
        let count = self.first(&sql, values)?.map_or(Ok(0), |mut row| row.unsigned())?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    fn statement(
        &self,
        begin: &'static str,
        values: Vec<Value>,
        rule: &FilterRule,
        onlooker: &Onlooker,
        end: &'static str,
    ) -> Result<(String, Vec<Value>), StorageError> {
        let spellings = self.spellings(rule)?;
        let mut statement = Statement { parts: vec![begin], values };
        if [COUNT_NEAR, PAGE_NEAR].contains(&begin) {
            statement.ask(rule, |statement, condition| {
                if is_in_index(&condition.fact) {
                    statement.condition(condition, onlooker, &spellings);
                } else {
                    statement.parts.push("1");
                }
            });
            statement.parts.push(") AND ");
        }
        statement.ask(rule, |statement, condition| statement.condition(condition, onlooker, &spellings));
        statement.parts.push(end);
        Ok((statement.parts.concat(), statement.values))
    }

    /// Every spelling of the labels that a rule asks for; nothing is read if it asks for none.
    fn spellings(&self, rule: &FilterRule) -> Result<Vec<Label>, StorageError> {
        let asks = rule.facts().any(|fact| matches!(fact, Fact::Label(_)));
        if asks { self.labels() } else { Ok(Vec::new()) }
    }
}

fn read(mut row: Row) -> Result<KeptFilter, StorageError> {
    let id = FilterId::from_bytes(row.bytes()?);
    let owner = row.optional_bytes()?.map(AgentId::from_bytes);
    let name = row.text()?;
    let rule = from_text(&row.text()?).map_err(|_| StorageError("illegal filter".to_owned()))?;
    Ok(KeptFilter { owner, filter: Filter { id, name, rule, is_shared: owner.is_none() } })
}

/// Whether it is told without reading an entry: by the index by activity, or by the table of labels.
const fn is_in_index(fact: &Fact) -> bool {
    match fact {
        Fact::Status(_)
        | Fact::Assignee(_)
        | Fact::Team(_)
        | Fact::Site(_)
        | Fact::Label(_)
        | Fact::ActiveWithin { .. }
        | Fact::ActiveSince(_) => true,
        Fact::Priority(_) | Fact::Unread | Fact::BegunWithin { .. } | Fact::BegunSince(_) => false,
    }
}

/// Whether what the index tells leaves anything out.
fn narrows(rule: &FilterRule) -> bool {
    let group_narrows = |group: &FilterGroup| {
        joins(group.join, group.conditions.iter().map(|condition| is_in_index(&condition.fact)))
    };
    joins(rule.join, rule.groups.iter().map(group_narrows))
}

/// One of several that must all hold is enough to leave something out; else it takes all.
fn joins(join: Join, mut narrow: impl Iterator<Item = bool>) -> bool {
    match join {
        Join::All => narrow.any(|narrows| narrows),
        Join::Any => narrow.all(|narrows| narrows),
    }
}

/// A statement on its way. Its parts live as long as the program, so that nothing which somebody chose can be one.
struct Statement {
    parts: Vec<&'static str>,
    values: Vec<Value>,
}

impl Statement {
    fn ask(&mut self, rule: &FilterRule, mut ask: impl FnMut(&mut Self, &Condition)) {
        self.joined(rule.join, &rule.groups, |statement, group| {
            statement.joined(group.join, &group.conditions, &mut ask);
        });
    }

    fn joined<T>(&mut self, join: Join, parts: &[T], mut ask: impl FnMut(&mut Self, &T)) {
        let (between, of_none) = match join {
            Join::All => (" AND ", "(1"),
            Join::Any => (" OR ", "(0"),
        };
        self.parts.push(of_none);
        for part in parts {
            self.parts.push(between);
            ask(self, part);
        }
        self.parts.push(")");
    }

    /// Nothing that is asked is ever null, so that its contrary is neither.
    fn condition(&mut self, condition: &Condition, onlooker: &Onlooker, spellings: &[Label]) {
        self.parts.push(if condition.is_not { "NOT (" } else { "(" });
        let value = match &condition.fact {
            Fact::Status(status) => self.equals("status = ?", status_value(*status)),
            Fact::Assignee(whose) => {
                let agent = match whose {
                    Whose::Me => Some(onlooker.me),
                    Whose::Nobody => None,
                    Whose::Agent(agent) => Some(*agent),
                };
                self.equals("assignee IS ?", agent.as_ref().map(AgentId::as_bytes))
            }
            Fact::Team(WithTeam::Mine) => self.equals(WITH_TEAM_OF, onlooker.me.as_bytes()),
            Fact::Team(WithTeam::None) => self.equals("team IS ?", Value::Null),
            Fact::Team(WithTeam::Team(team)) => self.equals("team IS ?", TeamId::as_bytes(team)),
            Fact::Site(site) => self.equals("site = ?", site.as_bytes()),
            Fact::Label(label) => {
                let spelt = spellings.iter().filter(|other| *other == label);
                let spelt: Vec<&str> = spelt.map(Label::as_str).collect();
                self.equals(IS_LABELLED, to_text(&spelt).as_str())
            }
            Fact::Priority(priority) => self.equals(HAS_PRIORITY, to_text(priority).as_str()),
            Fact::Unread => self.equals("unread > ?", 0_i64),
            Fact::ActiveWithin { days } => self.equals("active_at >= ?", days_before(onlooker.now, *days).0),
            Fact::BegunWithin { days } => self.equals("began_at >= ?", days_before(onlooker.now, *days).0),
            Fact::ActiveSince(at) => self.equals("active_at >= ?", at.0),
            Fact::BegunSince(at) => self.equals("began_at >= ?", at.0),
        };
        self.values.push(value);
        self.parts.push(")");
    }

    fn equals(&mut self, asked: &'static str, value: impl Into<Value>) -> Value {
        self.parts.push(asked);
        value.into()
    }
}
