//! The people of a workspace.

use domain::workspace::Member;
use protocol::call::Founder;
use protocol::{AccountId, AgentId, AgentProfile, Permissions, Role, Timestamp};

use super::WorkspaceStore;
use super::columns::{read_role, role_values};
use crate::database::{Database, StorageError, Value};
use crate::language::{language_value, read_language};
use crate::row::Row;

const BY_ID: &str = "SELECT agent.id, account, email, agent.name, language, role, custom_role, joined_at, \
    COALESCE(custom_role.permissions, 0), agent.id IN (SELECT agent FROM second_factor) FROM agent \
    LEFT JOIN custom_role ON custom_role.id = agent.custom_role WHERE agent.id = ?1";
const ALL: &str = "SELECT agent.id, account, email, agent.name, language, role, custom_role, joined_at, \
    COALESCE(custom_role.permissions, 0), agent.id IN (SELECT agent FROM second_factor) FROM agent \
    LEFT JOIN custom_role ON custom_role.id = agent.custom_role ORDER BY agent.name, agent.id";

impl<D: Database> WorkspaceStore<D> {
    /// Takes a person up. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_member(&self, person: &Founder, role: Role, now: Timestamp) -> Result<(), StorageError> {
        let [role, custom_role] = role_values(role);
        self.database.execute(
            "INSERT INTO agent (id, account, email, name, language, role, custom_role, joined_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            vec![
                person.agent.id.as_bytes().into(),
                person.account.as_bytes().into(),
                person.email.as_str().into(),
                person.agent.name.as_str().into(),
                language_value(person.language).into(),
                role,
                custom_role,
                now.0.into(),
            ],
        )
    }

    /// Looks somebody up.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn member(&self, id: AgentId) -> Result<Option<Member>, StorageError> {
        self.first(BY_ID, vec![id.as_bytes().into()])?.map(read_member).transpose()
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn members(&self) -> Result<Vec<Member>, StorageError> {
        let rows = self.database.run(ALL, Vec::new())?;
        rows.into_iter().map(|columns| read_member(Row::new(columns))).collect()
    }

    /// Gives somebody another role.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_role(&self, agent: AgentId, role: Role) -> Result<(), StorageError> {
        let [role, custom_role] = role_values(role);
        self.database.execute(
            "UPDATE agent SET role = ?2, custom_role = ?3 WHERE id = ?1",
            vec![agent.as_bytes().into(), role, custom_role],
        )
    }

    /// Makes one the owner and the other an admin, in one statement: there is one owner at every moment.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn transfer(&self, from: AgentId, to: AgentId) -> Result<(), StorageError> {
        let [owner, _] = role_values(Role::Owner);
        let [admin, _] = role_values(Role::Admin);
        self.database.execute(
            "UPDATE agent SET role = CASE WHEN id = ?2 THEN ?3 ELSE ?4 END, custom_role = NULL WHERE id IN (?1, ?2)",
            vec![from.as_bytes().into(), to.as_bytes().into(), owner, admin],
        )
    }

    /// Notes what a person's account says of them.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_person(&self, person: &Founder) -> Result<(), StorageError> {
        self.database.execute(
            "UPDATE agent SET account = ?2, email = ?3, name = ?4, language = ?5 WHERE id = ?1",
            vec![
                person.agent.id.as_bytes().into(),
                person.account.as_bytes().into(),
                person.email.as_str().into(),
                person.agent.name.as_str().into(),
                language_value(person.language).into(),
            ],
        )
    }

    /// Removes somebody.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove_member(&self, agent: AgentId) -> Result<(), StorageError> {
        let values: Vec<Value> = vec![agent.as_bytes().into()];
        self.set_second_factor(agent, false)?;
        self.forget_unused_second_factor(agent)?;
        self.unassign(agent)?;
        self.remove_canned_of(agent)?;
        self.remove_filters_of(agent)?;
        self.leave_teams(agent)?;
        self.forget_choice(agent)?;
        self.forget_hand(agent)?;
        self.forget_mentions_of(agent)?;
        self.database.execute("DELETE FROM agent WHERE id = ?1", values)
    }
}

fn read_member(mut row: Row) -> Result<Member, StorageError> {
    let id = AgentId::from_bytes(row.bytes()?);
    let account = AccountId::from_bytes(row.bytes()?);
    let email = row.text()?;
    let name = row.text()?;
    let language = read_language(&mut row)?;
    let role = read_role(&mut row)?;
    let joined_at = Timestamp(row.integer()?);
    let custom = u32::try_from(row.unsigned()?).map_or(Permissions::NONE, Permissions::from_bits);
    let person = Founder { account, email, agent: AgentProfile { id, name }, language };
    let has_second_factor = row.integer()? != 0;
    let permissions = role.built_in_permissions().unwrap_or(custom);
    Ok(Member { person, role, permissions, joined_at, has_second_factor })
}
