//! The people who answer.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::api::id::Prefixed;
use crate::api::moment::Moment;
use crate::http::workspace::AgentView;
use crate::ids::AgentId;
use crate::permission::Role;

const OWNER: &str = "owner";
const ADMIN: &str = "admin";
const AGENT: &str = "agent";

/// Somebody who belongs to the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agent {
    /// Their id, the same as long as they belong to the workspace.
    pub id: Prefixed<AgentId>,
    /// The name they show.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// What they are.
    pub role: AgentRole,
    /// Since when they belong to the workspace.
    pub joined_at: Moment,
}

/// Gives an agent another role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AgentChange {
    /// The role, which can be no more than the key can do itself.
    pub role: GivenRole,
}

/// What an agent is: `owner` may do everything; `admin` everything but hand over or delete the workspace; `agent` answers
/// visitors; anything else is the id of a role that the workspace made itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentRole(Role);

/// What an agent can be made: `admin`, `agent`, or the id of a role that the workspace made itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenRole(pub Role);

impl Serialize for AgentRole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Role::Owner => serializer.serialize_str(OWNER),
            Role::Admin => serializer.serialize_str(ADMIN),
            Role::Agent => serializer.serialize_str(AGENT),
            Role::Custom(id) => Prefixed(id).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for GivenRole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            ADMIN => Ok(Self(Role::Admin)),
            AGENT => Ok(Self(Role::Agent)),
            id => id.parse().map(|Prefixed(id)| Self(Role::Custom(id))).map_err(D::Error::custom),
        }
    }
}

impl From<AgentView> for Agent {
    fn from(view: AgentView) -> Self {
        let AgentView { agent, email, role, joined_at } = view;
        Self {
            id: Prefixed(agent.id),
            name: agent.name,
            email,
            role: AgentRole(role),
            joined_at: Moment(joined_at),
        }
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{ADMIN, AGENT, AgentRole, GivenRole, OWNER};
    use crate::api::id::Prefixed;
    use crate::ids::RoleId;

    impl JsonSchema for AgentRole {
        fn schema_name() -> Cow<'static, str> {
            "AgentRole".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let of_workspace = generator.subschema_for::<Prefixed<RoleId>>();
            json_schema!({ "anyOf": [{ "type": "string", "enum": [OWNER, ADMIN, AGENT] }, of_workspace] })
        }
    }

    impl JsonSchema for GivenRole {
        fn schema_name() -> Cow<'static, str> {
            "GivenRole".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let of_workspace = generator.subschema_for::<Prefixed<RoleId>>();
            json_schema!({ "anyOf": [{ "type": "string", "enum": [ADMIN, AGENT] }, of_workspace] })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RoleId;

    #[test]
    fn ra15_a_role_is_its_name_or_the_id_of_one_that_the_workspace_made() {
        let id = RoleId::from_bytes([0xab; 16]);
        let custom = format!("\"role_{}\"", "ab".repeat(16));
        for (role, text) in
            [(Role::Admin, "\"admin\""), (Role::Agent, "\"agent\""), (Role::Custom(id), custom.as_str())]
        {
            assert_eq!(serde_json::to_string(&AgentRole(role)).expect("JSON"), text);
            assert_eq!(serde_json::from_str::<GivenRole>(text).expect("a role"), GivenRole(role));
        }
        assert_eq!(serde_json::to_string(&AgentRole(Role::Owner)).expect("JSON"), "\"owner\"");
        for never in ["\"owner\"", "\"Admin\"", "\"custom\"", "7", "null"] {
            assert!(serde_json::from_str::<GivenRole>(never).is_err(), "{never}");
        }
    }
}
