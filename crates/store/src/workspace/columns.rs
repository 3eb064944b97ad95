//! Columns that several tables of a workspace have.

use protocol::{Role, RoleId};

use crate::database::{StorageError, Value};
use crate::row::Row;

const OWNER: i64 = 1;
const AGENT: i64 = 2;
const ADMIN: i64 = 3;
const CUSTOM: i64 = 4;

/// The columns `role` and `custom_role`.
pub(super) fn role_values(role: Role) -> [Value; 2] {
    match role {
        Role::Owner => [OWNER.into(), Value::Null],
        Role::Agent => [AGENT.into(), Value::Null],
        Role::Admin => [ADMIN.into(), Value::Null],
        Role::Custom(id) => [CUSTOM.into(), id.as_bytes().into()],
    }
}

/// Reads them.
pub(super) fn read_role(row: &mut Row) -> Result<Role, StorageError> {
    match (row.integer()?, row.optional_bytes()?) {
        (OWNER, None) => Ok(Role::Owner),
        (AGENT, None) => Ok(Role::Agent),
        (ADMIN, None) => Ok(Role::Admin),
        (CUSTOM, Some(id)) => Ok(Role::Custom(RoleId::from_bytes(id))),
        (_, _) => Err(StorageError("unknown role".to_owned())),
    }
}
