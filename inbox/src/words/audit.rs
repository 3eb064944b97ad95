//! The audit log in sentences.

use protocol::http::workspace::{AuditChange, AuditLine, CustomRole};
use protocol::permission::Permissions;

use super::team::{permission, role};
use super::teams::way_in_short;
use super::{PRODUCT, visitor_in_words};
use crate::model::sentence::Sentence;
use crate::model::visitor_name::VisitorName;

pub(crate) const LEAD: &str = "Who changed what. Names are those of that moment.";
pub(crate) const MORE: &str = "Show earlier";
pub(crate) const EMPTY: &str = "Nothing was changed yet.";
pub(crate) const LIST: &str = "Changes, newest first";

/// Says a line of the log. `until` writes a moment.
pub(crate) fn sentence(
    line: &AuditLine,
    custom: &[CustomRole],
    until: impl Fn(protocol::Timestamp) -> String,
) -> Sentence {
    let who = match &line.actor {
        Some(agent) => Sentence::default().name(agent.name.clone()),
        None => Sentence::of(PRODUCT),
    };
    let who = match &line.key {
        Some(key) => who.words(", with the API key ").name(key).words(","),
        None => who,
    };
    match &line.change {
        AuditChange::Founded => who.words(" founded the workspace."),
        AuditChange::Named { name } => who.words(" named the workspace ").name(name).words("."),
        AuditChange::Invited { email, role: invited } => {
            who.words(" invited ").name(email).words(" as ").name(role(*invited, custom)).words(".")
        }
        AuditChange::InvitationRevoked { email } => {
            who.words(" took back the invitation of ").name(email).words(".")
        }
        AuditChange::Joined { role: joined } => {
            who.words(" joined as ").name(role(*joined, custom)).words(".")
        }
        AuditChange::Removed { agent } => who.words(" removed ").name(&agent.name).words("."),
        AuditChange::Left => who.words(" left."),
        AuditChange::RoleChanged { agent, from, to } => who
            .words(" made ")
            .name(&agent.name)
            .words(" ")
            .name(role(*to, custom))
            .words(" instead of ")
            .name(role(*from, custom))
            .words("."),
        AuditChange::Transferred { to } => {
            who.words(" handed the workspace over to ").name(&to.name).words(".")
        }
        AuditChange::RoleMade(made) => {
            who.words(" made the role ").name(&made.name).words(format!(": {}.", rights(made.permissions)))
        }
        AuditChange::RoleRedrawn(changed) => who
            .words(" changed the role ")
            .name(&changed.name)
            .words(format!(", which now has: {}.", rights(changed.permissions))),
        AuditChange::RoleRemoved(removed) => who.words(" removed the role ").name(&removed.name).words("."),
        AuditChange::DeletionBegun => who.words(" asked for the workspace to be deleted."),
        AuditChange::DeletionStopped => who.words(" stopped the deletion of the workspace."),
        AuditChange::SiteMade { name } => who.words(" made the site ").name(name).words("."),
        AuditChange::SiteChanged { name, fields } => {
            let fields: Vec<_> = fields.iter().map(|field| self::field(field)).collect();
            who.words(" changed the site ").name(name).words(format!(": {}.", fields.join(", ")))
        }
        AuditChange::SiteRemoved { name } => who.words(" removed the site ").name(name).words("."),
        AuditChange::SiteKeyRotated { name, until: end } => who
            .words(" made a new key for the site ")
            .name(name)
            .words(format!(". The old one is good until {}.", until(*end))),
        AuditChange::IdentitySecretRotated { name } => {
            who.words(" made a new identity secret for the site ").name(name).words(".")
        }
        AuditChange::SiteKeysEnded { name } => {
            who.words(" ended the old keys of the site ").name(name).words(".")
        }
        AuditChange::IdentitySecretsEnded { name } => {
            who.words(" ended the old identity secret of the site ").name(name).words(".")
        }
        AuditChange::Refused { action } => {
            who.words(" tried what they may not do: ").name(action.replace('_', " ")).words(".")
        }
        AuditChange::ApiKeyMade { name } => who.words(" made the API key ").name(name).words("."),
        AuditChange::ApiKeyRevoked { name } => who.words(" revoked the API key ").name(name).words("."),
        AuditChange::SecondFactorRequired { is_required: true } => {
            who.words(" made a second factor a condition of coming in.")
        }
        AuditChange::SecondFactorRequired { is_required: false } => {
            who.words(" lets people in without a second factor again.")
        }
        AuditChange::FilterMade { name } => {
            who.words(" made the filter ").name(name).words(" for everybody.")
        }
        AuditChange::FilterChanged { name } => who.words(" changed the filter ").name(name).words("."),
        AuditChange::FilterRemoved { name } => who.words(" removed the filter ").name(name).words("."),
        AuditChange::CannedMade { shortcode } => {
            who.words(" made the canned response ").name(shortcode).words(" for everybody.")
        }
        AuditChange::CannedChanged { shortcode } => {
            who.words(" changed the canned response ").name(shortcode).words(".")
        }
        AuditChange::CannedRemoved { shortcode } => {
            who.words(" removed the canned response ").name(shortcode).words(".")
        }
        AuditChange::VisitorBlocked { visitor } => {
            who.words(" blocked ").name(visitor_in_words(&VisitorName::of(*visitor, None))).words(".")
        }
        AuditChange::VisitorUnblocked { visitor } => {
            who.words(" let ").name(visitor_in_words(&VisitorName::of(*visitor, None))).words(" in again.")
        }
        AuditChange::ContactsExported { count: 1 } => who.words(" exported 1 contact."),
        AuditChange::ContactsExported { count } => who.words(format!(" exported {count} contacts.")),
        AuditChange::MacroMade { name } => who.words(" made the macro ").name(name).words(" for everybody."),
        AuditChange::MacroChanged { name } => who.words(" changed the macro ").name(name).words("."),
        AuditChange::MacroRemoved { name } => who.words(" removed the macro ").name(name).words("."),
        AuditChange::TeamMade { name } => who.words(" made the team ").name(name).words("."),
        AuditChange::TeamChanged { name } => who.words(" changed the team ").name(name).words("."),
        AuditChange::AssignmentSet { team, assignment } => {
            let who = match team {
                Some(team) => who.words(" chose how conversations of ").name(team).words(" are given out: "),
                None => who.words(" chose how conversations without a team are given out: "),
            };
            who.words(format!("{}.", way_in_short(*assignment).to_lowercase()))
        }
        AuditChange::TeamRemoved { name } => who.words(" removed the team ").name(name).words("."),
        AuditChange::RetentionSet { days: Some(days) } => who.words(format!(
            " had resolved conversations deleted {days} days after anything happened in them."
        )),
        AuditChange::RetentionSet { days: None } => who.words(" had conversations kept for ever."),
        AuditChange::ConversationsExpired { count, days } => who.words(format!(
            " deleted {count} resolved conversations in which nothing had happened for {days} days."
        )),
        AuditChange::AccountDeleted => who.words(" left, and deleted their account."),
    }
}

fn rights(permissions: Permissions) -> String {
    let names: Vec<_> = permissions.iter().map(|one| permission(one).0.to_lowercase()).collect();
    if names.is_empty() { "no right".to_owned() } else { names.join(", ") }
}

/// A setting of a site by the name of its field.
fn field(name: &str) -> &str {
    match name {
        "name" => "name",
        "accent" => "colour",
        "greeting" => "greeting",
        "hours" => "office hours",
        "look" => "look",
        "questions" => "what visitors are asked",
        "departments" => "which team a choice leads to",
        "proactive" => "proactive messages",
        "visits" => "whether the team sees who is there",
        "allowed_origins" => "where it may be shown",
        "allow_localhost" => "localhost",
        "identity" => "who must prove who they are",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use protocol::permission::{Permission, Role};
    use protocol::{AgentId, AgentProfile, RoleId, Timestamp};

    use super::*;

    fn agent(name: &str) -> AgentProfile {
        AgentProfile { id: AgentId::from_bytes([1; 16]), name: name.to_owned() }
    }

    fn said(actor: Option<AgentProfile>, change: AuditChange) -> String {
        let custom = CustomRole {
            id: RoleId::from_bytes([5; 16]),
            name: "Reader".to_owned(),
            permissions: Permissions::of(&[Permission::ReadConversations]),
        };
        let line = AuditLine { number: 1, at: Timestamp(0), actor, key: None, change };
        sentence(&line, &[custom], |_| "Friday".to_owned()).to_string()
    }

    #[test]
    fn ib34_what_was_done_with_a_key_says_with_which_and_in_whose_name() {
        let change = AuditChange::Named { name: "Shop".to_owned() };
        let (actor, key) = (Some(agent("Ada")), Some("Export".to_owned()));
        let line = AuditLine { number: 1, at: Timestamp(0), actor, key, change };
        let said = sentence(&line, &[], |_| String::new()).to_string();
        assert_eq!(said, "Ada, with the API key Export, named the workspace Shop.");
    }

    #[test]
    fn ib34_every_change_is_a_sentence_that_begins_with_who_did_it() {
        let ada = || Some(agent("Ada"));
        let role = CustomRole {
            id: RoleId::from_bytes([5; 16]),
            name: "Reader".to_owned(),
            permissions: Permissions::of(&[Permission::ReadConversations, Permission::WriteNotes]),
        };
        let name = || "Shop".to_owned();
        let cases = [
            (AuditChange::Founded, "Ada founded the workspace."),
            (AuditChange::Named { name: name() }, "Ada named the workspace Shop."),
            (
                AuditChange::Invited { email: "b@x.io".to_owned(), role: Role::Custom(role.id) },
                "Ada invited b@x.io as Reader.",
            ),
            (
                AuditChange::InvitationRevoked { email: "b@x.io".to_owned() },
                "Ada took back the invitation of b@x.io.",
            ),
            (AuditChange::Joined { role: Role::Agent }, "Ada joined as Agent."),
            (AuditChange::Removed { agent: agent("Ben") }, "Ada removed Ben."),
            (AuditChange::Left, "Ada left."),
            (
                AuditChange::RoleChanged { agent: agent("Ben"), from: Role::Agent, to: Role::Admin },
                "Ada made Ben Admin instead of Agent.",
            ),
            (AuditChange::Transferred { to: agent("Ben") }, "Ada handed the workspace over to Ben."),
            (
                AuditChange::RoleMade(role.clone()),
                "Ada made the role Reader: read conversations, write notes.",
            ),
            (
                AuditChange::RoleRedrawn(CustomRole { permissions: Permissions::NONE, ..role.clone() }),
                "Ada changed the role Reader, which now has: no right.",
            ),
            (AuditChange::RoleRemoved(role), "Ada removed the role Reader."),
            (AuditChange::DeletionBegun, "Ada asked for the workspace to be deleted."),
            (AuditChange::DeletionStopped, "Ada stopped the deletion of the workspace."),
            (AuditChange::SiteMade { name: name() }, "Ada made the site Shop."),
            (
                AuditChange::SiteChanged {
                    name: name(),
                    fields: vec!["accent".to_owned(), "allowed_origins".to_owned(), "unheard_of".to_owned()],
                },
                "Ada changed the site Shop: colour, where it may be shown, unheard_of.",
            ),
            (AuditChange::SiteRemoved { name: name() }, "Ada removed the site Shop."),
            (
                AuditChange::SiteKeyRotated { name: name(), until: Timestamp(9) },
                "Ada made a new key for the site Shop. The old one is good until Friday.",
            ),
            (
                AuditChange::IdentitySecretRotated { name: name() },
                "Ada made a new identity secret for the site Shop.",
            ),
            (
                AuditChange::Refused { action: "manage_people".to_owned() },
                "Ada tried what they may not do: manage people.",
            ),
            (AuditChange::ApiKeyMade { name: name() }, "Ada made the API key Shop."),
            (AuditChange::ApiKeyRevoked { name: name() }, "Ada revoked the API key Shop."),
            (AuditChange::ContactsExported { count: 1 }, "Ada exported 1 contact."),
            (AuditChange::ContactsExported { count: 40_000 }, "Ada exported 40000 contacts."),
            (AuditChange::SiteKeysEnded { name: name() }, "Ada ended the old keys of the site Shop."),
            (
                AuditChange::IdentitySecretsEnded { name: name() },
                "Ada ended the old identity secret of the site Shop.",
            ),
        ];
        for (change, expected) in cases {
            assert_eq!(said(ada(), change), expected);
        }
    }

    #[test]
    fn ib34_what_the_product_did_itself_and_roles_that_are_gone_are_named_as_such() {
        assert_eq!(
            said(None, AuditChange::DeletionStopped),
            "Porchlight stopped the deletion of the workspace."
        );
        let gone = Role::Custom(RoleId::from_bytes([9; 16]));
        assert_eq!(
            said(Some(agent("Ada")), AuditChange::Joined { role: gone }),
            "Ada joined as A role that was removed."
        );
    }
}
