//! How conversations are given to agents, which of them wait for somebody, and who is not there.
//!
//! Where people give them out by hand, nothing is kept of any of it.

use std::collections::BTreeSet;

use domain::conversation::{Identity, Party};
use domain::workspace::{GIVEN_ANEW_MS, Given, Waiting, Ways};
use protocol::{
    AgentId, Assignment, AssignmentWay, ConversationId, Epoch, SiteId, TeamId, Timestamp, VisitorId,
    WorkspaceId,
};

use super::WorkspaceStore;
use crate::database::{Database, StorageError, Value};
use crate::row::Row;

pub(super) const VERSION: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS assignment (
        team BLOB PRIMARY KEY,
        way INTEGER NOT NULL,
        most INTEGER
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue (
        conversation BLOB PRIMARY KEY,
        since INTEGER NOT NULL,
        taken_from BLOB,
        given_to BLOB,
        given_at INTEGER
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS absence (
        agent BLOB PRIMARY KEY,
        due_at INTEGER
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS turn (
        agent BLOB PRIMARY KEY,
        last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
];

/// The key of what holds for conversations of no team.
const WORKSPACE: &[u8] = &[];

const ROUND_ROBIN: i64 = 1;
const LEAST_BUSY: i64 = 2;

/// What is kept of a conversation that waits for somebody; `1` is an open one's status, and the visitor's word.
const QUEUED: &str = "SELECT queue.conversation, taken_from, given_to, given_at, epoch, revision, site, visitor, \
    began_at, team, status = 1 AND preview_person = 1 AND assignee IS taken_from \
    FROM queue JOIN entry ON entry.conversation = queue.conversation";

/// Takes up what waits, of nobody or of somebody, of one team or of all. Whose it is, the index by placement tells alone.
const ENQUEUE: &str = "INSERT OR IGNORE INTO queue (conversation, since, taken_from) \
    SELECT conversation, active_at, assignee FROM entry WHERE preview_person = 1 AND conversation IN (\
    SELECT conversation FROM entry INDEXED BY entry_by_placement \
    WHERE status = 1 AND assignee IS ?1 AND (?2 IS NULL OR team = ?2))";

/// The same of everything that is nobody's, or of those who were gone for too long.
const ENQUEUE_ALL: &str = "INSERT OR IGNORE INTO queue (conversation, since, taken_from) \
    SELECT conversation, active_at, assignee FROM entry WHERE preview_person = 1 AND conversation IN (\
    SELECT conversation FROM entry INDEXED BY entry_by_placement WHERE status = 1 \
    AND (assignee IS NULL OR assignee IN (SELECT agent FROM absence WHERE due_at IS NULL)))";

/// A conversation in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// What is known of it, and from whom it is taken.
    pub waiting: Waiting,
    /// The revision that the index knows of it.
    pub revision: u64,
    /// To whom it was given, and when, if it was: the conversation has not said so yet.
    pub given: Option<(Option<AgentId>, Timestamp)>,
    /// Whether it waits at all.
    pub is_waiting: bool,
}

/// Somebody who is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// Who.
    pub agent: AgentId,
    /// When what waits with them is given to others; `None` once that was so.
    pub due_at: Option<Timestamp>,
}

impl<D: Database> WorkspaceStore<D> {
    /// How conversations are given to agents.
    ///
    /// # Errors
    /// [`StorageError`], here and in all that follows.
    pub fn ways(&self) -> Result<Ways, StorageError> {
        let mut ways = Ways::default();
        for columns in self.database.run("SELECT team, way, most FROM assignment", Vec::new())? {
            let mut row = Row::new(columns);
            let team = row.blob()?;
            let way = match row.integer()? {
                ROUND_ROBIN => AssignmentWay::RoundRobin,
                LEAST_BUSY => AssignmentWay::LeastBusy,
                _ => AssignmentWay::ByHand,
            };
            let limit = row.optional_integer()?.map(|most| u16::try_from(most).unwrap_or(u16::MAX));
            let assignment = Assignment { way, limit };
            match <[u8; TeamId::LENGTH]>::try_from(team) {
                Ok(team) => drop(ways.teams.insert(TeamId::from_bytes(team), assignment)),
                Err(_) => ways.workspace = assignment,
            }
        }
        Ok(ways)
    }

    /// Keeps how those of a team are given, or those of none; of what is usual there is no row.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_assignment(&self, team: Option<TeamId>, assignment: &Assignment) -> Result<(), StorageError> {
        let key = || team.as_ref().map_or(WORKSPACE, |team| team.as_bytes().as_slice()).into();
        if *assignment == Assignment::default() {
            return self.database.execute("DELETE FROM assignment WHERE team = ?1", vec![key()]);
        }
        let way = match assignment.way {
            AssignmentWay::ByHand => 0,
            AssignmentWay::RoundRobin => ROUND_ROBIN,
            AssignmentWay::LeastBusy => LEAST_BUSY,
        };
        self.database.execute(
            "INSERT INTO assignment (team, way, most) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET way = excluded.way, most = excluded.most",
            vec![key(), way.into(), assignment.limit.map(i64::from).into()],
        )
    }

    /// Puts a conversation at the end of the queue by a time, to be taken from somebody or from nobody. One that is in it
    /// stays where it is, and is not given to anybody yet.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn enqueue(
        &self,
        conversation: ConversationId,
        since: Timestamp,
        taken_from: Option<AgentId>,
    ) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO queue (conversation, since, taken_from) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET taken_from = excluded.taken_from, given_to = NULL, given_at = NULL",
            vec![conversation.as_bytes().into(), since.0.into(), bytes(taken_from.as_ref())],
        )
    }

    /// The same of everything that waits and is somebody's, or nobody's, and of one team or of all.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn enqueue_all_of(&self, agent: Option<AgentId>, team: Option<TeamId>) -> Result<(), StorageError> {
        let team = team.as_ref().map(TeamId::as_bytes).into();
        self.database.execute(ENQUEUE, vec![bytes(agent.as_ref()), team])
    }

    /// The same of everything that waits and is nobody's, or of somebody who was gone for too long.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn enqueue_all(&self) -> Result<(), StorageError> {
        self.database.execute(ENQUEUE_ALL, Vec::new())
    }

    /// Takes a conversation out of the queue.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn dequeue(&self, conversation: ConversationId) -> Result<(), StorageError> {
        self.database
            .execute("DELETE FROM queue WHERE conversation = ?1", vec![conversation.as_bytes().into()])
    }

    /// Forgets to whom a conversation was given: it did not take.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn give_back(&self, conversation: ConversationId) -> Result<(), StorageError> {
        let sql = "UPDATE queue SET given_to = NULL, given_at = NULL WHERE conversation = ?1";
        self.database.execute(sql, vec![conversation.as_bytes().into()])
    }

    /// Leaves with somebody what was not given to others yet.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn leave_with(&self, agent: AgentId) -> Result<(), StorageError> {
        let sql = "DELETE FROM queue WHERE taken_from = ?1 AND given_at IS NULL";
        self.database.execute(sql, vec![agent.as_bytes().into()])
    }

    /// Whether nothing waits.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_queue_empty(&self) -> Result<bool, StorageError> {
        Ok(self.first("SELECT 1 FROM queue LIMIT 1", Vec::new())?.is_none())
    }

    /// The oldest conversations of the queue that lie with one of some teams, `None` among them for those of none, or are
    /// taken from somebody.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn queue(
        &self,
        workspace: WorkspaceId,
        teams: &BTreeSet<Option<TeamId>>,
        limit: usize,
    ) -> Result<Vec<Queued>, StorageError> {
        let sql = format!(
            "{QUEUED} WHERE taken_from IS NOT NULL OR (team IS NULL AND ?1) \
             OR lower(hex(team)) IN (SELECT value FROM json_each(?2)) \
             ORDER BY since, queue.conversation LIMIT ?3"
        );
        let named: Vec<_> = teams.iter().flatten().map(|team| format!("\"{team}\"")).collect();
        let values = vec![
            i64::from(teams.contains(&None)).into(),
            format!("[{}]", named.join(",")).as_str().into(),
            i64::try_from(limit).unwrap_or(i64::MAX).into(),
        ];
        let rows = self.database.run(&sql, values)?;
        rows.into_iter().map(|columns| read_queued(workspace, Row::new(columns))).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn queued(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<Queued>, StorageError> {
        let sql = format!("{QUEUED} WHERE queue.conversation = ?1");
        let row = self.first(&sql, vec![conversation.as_bytes().into()])?;
        row.map(|row| read_queued(workspace, row)).transpose()
    }

    /// Notes that a conversation was given, and whose turn it was.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_given(&self, given: Given, at: Timestamp) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE queue SET given_to = ?2, given_at = ?3 WHERE conversation = ?1",
            vec![given.conversation.as_bytes().into(), bytes(given.to.as_ref()), at.0.into()],
        )?;
        let Some(agent) = given.to else { return Ok(()) };
        self.database.execute(
            "INSERT INTO turn (agent, last) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET last = excluded.last",
            vec![agent.as_bytes().into(), given.turn.into()],
        )
    }

    /// How many open conversations each agent has, those with it that they are just being given.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn loads(&self) -> Result<Vec<(AgentId, u32)>, StorageError> {
        let sql = "SELECT agent, SUM(entries) FROM (\
            SELECT assignee AS agent, entries FROM tally WHERE status = 1 AND assignee <> x'' AND entries > 0 \
            UNION ALL SELECT given_to, 1 FROM queue WHERE given_to IS NOT NULL) GROUP BY agent";
        let read = |columns| {
            let mut row = Row::new(columns);
            let agent = AgentId::from_bytes(row.bytes()?);
            Ok((agent, u32::try_from(row.unsigned()?).unwrap_or(u32::MAX)))
        };
        self.database.run(sql, Vec::new())?.into_iter().map(read).collect()
    }

    /// When somebody was given a conversation last, in the order in which they are given; 0 if never.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn turn_of(&self, agent: AgentId) -> Result<u64, StorageError> {
        let row = self.first("SELECT last FROM turn WHERE agent = ?1", vec![agent.as_bytes().into()])?;
        row.map_or(Ok(0), |mut row| row.unsigned())
    }

    /// Everybody of whom it was noted that they are not there.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn absences(&self) -> Result<Vec<Absence>, StorageError> {
        let rows = self.database.run("SELECT agent, due_at FROM absence ORDER BY agent", Vec::new())?;
        rows.into_iter().map(|columns| read_absence(Row::new(columns))).collect()
    }

    /// The same of one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn absence(&self, agent: AgentId) -> Result<Option<Absence>, StorageError> {
        let sql = "SELECT agent, due_at FROM absence WHERE agent = ?1";
        self.first(sql, vec![agent.as_bytes().into()])?.map(read_absence).transpose()
    }

    /// Notes that somebody is not there.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_absence(&self, absence: Absence) -> Result<(), StorageError> {
        self.database.execute(
            "INSERT INTO absence (agent, due_at) VALUES (?1, ?2) \
             ON CONFLICT DO UPDATE SET due_at = excluded.due_at",
            vec![absence.agent.as_bytes().into(), absence.due_at.map(|at| at.0).into()],
        )
    }

    /// Notes that they are.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_absence(&self, agent: AgentId) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM absence WHERE agent = ?1", vec![agent.as_bytes().into()])
    }

    /// Forgets what is kept only where conversations are given out by themselves.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_queue(&self) -> Result<(), StorageError> {
        self.database.execute("DELETE FROM queue", Vec::new())?;
        self.database.execute("DELETE FROM absence", Vec::new())
    }

    /// Forgets somebody who leaves.
    pub(super) fn forget_hand(&self, agent: AgentId) -> Result<(), StorageError> {
        self.forget_absence(agent)?;
        self.database.execute("DELETE FROM turn WHERE agent = ?1", vec![agent.as_bytes().into()])
    }

    /// When something is to be given to others, or anew.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_assignment_due(&self) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT (SELECT MIN(due_at) FROM absence), (SELECT MIN(given_at) FROM queue)";
        let Some(mut row) = self.first(sql, Vec::new())? else { return Ok(None) };
        let gone = row.optional_integer()?.map(Timestamp);
        let given = row.optional_integer()?.map(|at| Timestamp(at).plus(GIVEN_ANEW_MS));
        Ok([gone, given].into_iter().flatten().min())
    }
}

fn bytes(agent: Option<&AgentId>) -> Value {
    agent.map(AgentId::as_bytes).into()
}

fn read_queued(workspace: WorkspaceId, mut row: Row) -> Result<Queued, StorageError> {
    let conversation = ConversationId::from_bytes(row.bytes()?);
    let taken_from = row.optional_bytes()?.map(AgentId::from_bytes);
    let given_to = row.optional_bytes()?.map(AgentId::from_bytes);
    let given = row.optional_integer()?.map(|at| (given_to, Timestamp(at)));
    let epoch = Epoch::from_bytes(row.bytes()?);
    let revision = row.unsigned()?;
    let site = SiteId::from_bytes(row.bytes()?);
    let visitor = VisitorId::from_bytes(row.bytes()?);
    let began_at = Timestamp(row.integer()?);
    let team = row.optional_bytes()?.map(TeamId::from_bytes);
    let is_waiting = row.integer()? != 0;
    let identity = Identity { workspace, party: Party::Visitor { site, visitor }, epoch, began_at };
    let waiting = Waiting { conversation, identity, team, taken_from };
    Ok(Queued { waiting, revision, given, is_waiting })
}

fn read_absence(mut row: Row) -> Result<Absence, StorageError> {
    let agent = AgentId::from_bytes(row.bytes()?);
    Ok(Absence { agent, due_at: row.optional_integer()?.map(Timestamp) })
}
