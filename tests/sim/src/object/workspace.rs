//! The workspace's object.

use ::object::News;
use domain::search::{KeptPassage, unspaced};
use domain::workspace::Metrics;
use protocol::call::{ConversationCall, Dismissal, Founder, Founding, Job, WorkspaceCall};
use protocol::codec::{self, Codec};
use protocol::{
    AgentProfile, ConversationId, Epoch, IndexEntry, PassageLine, Role, Seq, Team, TeamId, Timestamp, limits,
};
use store::outbox::JobId;
use store::workspace::WorkspaceStore;
use store::{Database as _, Row, StorageError};

use super::Side;
use super::host::{Host, Out};
use crate::network::{LinkId, Payload};

/// The teams that a workspace has.
pub(crate) const TEAMS: [TeamId; 2] = [TeamId::from_bytes([1; 16]), TeamId::from_bytes([2; 16])];

/// One workspace.
#[derive(Debug)]
pub(crate) struct WorkspaceObject {
    pub(crate) host: Host,
    awake: ::object::WorkspaceObject<LinkId>,
}

impl WorkspaceObject {
    pub(crate) fn new(host: Host, founding: &Founding, agents: &[AgentProfile]) -> Self {
        let store = WorkspaceStore::open(host.database.clone()).expect("a new store opens");
        store.found(founding, host.now).expect("a new workspace is founded");
        for agent in agents {
            let person = Founder { agent: agent.clone(), ..founding.owner.clone() };
            store.add_member(&person, Role::Agent, host.now).expect("an agent is taken up");
        }
        for id in TEAMS {
            let team = Team { id, name: "A team".to_owned(), members: Vec::new() };
            store.keep_team(&team).expect("a team is taken up");
        }
        host.database.commit();
        Self { host, awake: ::object::WorkspaceObject::default() }
    }

    /// A socket is asked for.
    pub(crate) fn accept(&mut self, link: LinkId, side: Side, codec: Codec) -> bool {
        let Ok(attachment) = self.awake.may_accept(&mut self.host, side, codec) else { return false };
        self.host.accept(link);
        self.awake.accepted(&mut self.host, link, attachment);
        true
    }

    /// A call of a conversation.
    pub(crate) fn answer(&mut self, call: u64, news: News) {
        let answer = self.awake.answer(&mut self.host, news.call());
        self.host.say(Out::Answer(call, answer.and_then(::object::heard)));
    }

    /// What an agent's account tells.
    pub(crate) fn sessions_ended(&mut self, dismissal: Dismissal) {
        // What fails is told again; here the sockets of the list are all that counts.
        let _ = self.awake.answer(&mut self.host, WorkspaceCall::SessionsEnded(dismissal));
    }

    /// It is found that the time of what is resolved is over: a day later by its clock, in one turn.
    pub(crate) fn let_go(&mut self) -> bool {
        let store = WorkspaceStore::open(self.host.database.clone());
        let is_set = store.and_then(|store| store.set_retention(Some(1), Timestamp(0)));
        self.host.now = self.host.now.plus(limits::RETENTION_WAIT_MS);
        is_set.is_ok() && self.awake.rang(&mut self.host).is_ok()
    }

    /// What the workspace owes to conversations; it stays owed until it is done.
    pub(crate) fn owed(&self) -> Vec<(JobId, ConversationId, ConversationCall)> {
        let store = WorkspaceStore::open(self.host.database.clone()).expect("nothing fails in this turn");
        let outbox = store.outbox();
        let due = outbox.take(Timestamp(1 << 52), 100).expect("nothing fails in this turn");
        let mut owed = Vec::new();
        for due in due {
            outbox.put_back(due.id, Timestamp(0)).expect("nothing fails in this turn");
            if let Job::Conversation(conversation, call) = due.job {
                owed.push((due.id, conversation, call));
            }
        }
        owed
    }

    /// A job was done.
    pub(crate) fn job_done(&self, id: JobId) {
        // What fails is done again.
        let _ = WorkspaceStore::open(self.host.database.clone()).and_then(|store| store.outbox().done(id));
    }

    /// The workspace lists a conversation no longer, as one that was deleted lists none.
    pub(crate) fn forget(&self, conversation: ConversationId) {
        let store = WorkspaceStore::open(self.host.database.clone());
        store.and_then(|store| store.forget_conversation(conversation)).expect("nothing fails in this turn");
    }

    /// A message of a client.
    pub(crate) fn receive(&mut self, link: LinkId, payload: &Payload) {
        self.awake.receive(&mut self.host, &link, payload);
    }

    /// The client's close, or the news that the connection is gone.
    pub(crate) fn closed(&mut self, link: LinkId) {
        self.awake.closed(&mut self.host, &link, 1000);
        self.host.sockets.remove(&link);
    }

    pub(crate) fn crash(&mut self) -> Vec<LinkId> {
        self.awake = ::object::WorkspaceObject::default();
        self.host.reset()
    }

    pub(crate) fn evict(&mut self) {
        self.awake = ::object::WorkspaceObject::default();
        self.host.sleep();
    }

    /// What the index knows of a conversation: the life of its log and the revision.
    pub(crate) fn known(&self, conversation: ConversationId) -> Option<(Epoch, u64)> {
        let sql = "SELECT epoch, revision FROM entry WHERE conversation = ?1";
        let found = self.host.database.run(sql, vec![conversation.as_bytes().into()]);
        let mut row = Row::new(found.expect("what is stored can be read").into_iter().next()?);
        let epoch = Epoch::from_bytes(row.bytes().expect("an epoch"));
        Some((epoch, row.unsigned().expect("a revision")))
    }

    /// Up to where the words of a conversation are known.
    pub(crate) fn words_known(&self, conversation: ConversationId) -> Seq {
        let sql = "SELECT words_upto FROM entry WHERE conversation = ?1";
        let found = self.host.database.run(sql, vec![conversation.as_bytes().into()]);
        let row = found.expect("what is stored can be read").into_iter().next();
        row.map_or(Seq::START, |columns| Seq(Row::new(columns).unsigned().expect("a position")))
    }

    /// The words of a conversation that can be found, once all that waits is taken up; fails if the engine's index is not
    /// that of the words.
    pub(crate) fn words(&self, conversation: ConversationId) -> Result<Vec<PassageLine>, StorageError> {
        let database = self.host.database.clone();
        WorkspaceStore::open(database.clone())?.take_up_all()?;
        database.execute("INSERT INTO word (word, rank) VALUES ('integrity-check', 1)", Vec::new())?;
        let sql = "SELECT lines, said, noted FROM passage WHERE conversation = ?1 AND last_seq > 0 ORDER BY last_seq";
        let mut words = Vec::new();
        for columns in database.run(sql, vec![conversation.as_bytes().into()])? {
            let mut row = Row::new(columns);
            let lines =
                codec::from_text(&row.text()?).map_err(|_| StorageError("illegal lines".to_owned()))?;
            let passage = KeptPassage { lines, said: row.text()?, noted: row.text()? };
            words.extend(passage.words().into_iter().map(|(line, text)| PassageLine {
                seq: line.seq,
                at: line.at,
                author: line.author,
                is_private: line.is_private,
                text: Some(unspaced(&text)),
            }));
        }
        Ok(words)
    }

    /// How a conversation went, as reports count it.
    pub(crate) fn metrics(&self, conversation: ConversationId) -> Option<Metrics> {
        let sql = "SELECT metrics FROM entry WHERE conversation = ?1";
        let found = self.host.database.run(sql, vec![conversation.as_bytes().into()]);
        let columns = found.expect("what is stored can be read").into_iter().next()?;
        Some(
            codec::from_text(&Row::new(columns).text().expect("a text"))
                .expect("followed from its beginning"),
        )
    }

    /// The index, as somebody sees it who looks at the disk.
    pub(crate) fn index(&self) -> Vec<IndexEntry> {
        let page = WorkspaceStore::open(self.host.database.clone())
            .and_then(|store| store.page(None, protocol::limits::FEED_PAGE));
        page.expect("what is stored can be read")
    }
}
