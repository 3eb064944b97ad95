//! The words of a workspace, its people and their roles.

use protocol::http::workspace::CustomRole;
use protocol::permission::{Permission, Role};

use crate::model::page::Section;
use crate::model::sentence::Sentence;

pub(crate) const NAV: &str = "Settings";
pub(crate) const BACK: &str = "Back to the conversations";
pub(crate) const SAVE: &str = "Save";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const SAVED: &str = "Saved";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const NOT_ALLOWED_TITLE: &str = "This is not yours to see";
pub(crate) const NOT_ALLOWED_LEAD: &str =
    "Your role does not include it. Ask an owner or admin of the workspace if you need it.";
pub(crate) const OUTSIDE_TITLE: &str = "You do not belong to this workspace";
pub(crate) const OUTSIDE_LEAD: &str = "You were removed, it was deleted, or the address is wrong.";
pub(crate) const TO_HOME: &str = "Go to your workspaces";

pub(crate) mod general {
    pub(crate) const LEAD: &str = "What the workspace is called, who gets in, and how to leave it.";
    pub(crate) const NAMING: &str = "Name";
    pub(crate) const NAME: &str = "Name of the workspace";
    pub(crate) const NO_NAME: &str = "Enter a name.";
    pub(crate) const NAME_HINT: &str = "Your team sees it. Visitors see the names of your sites.";
    pub(crate) const LEAVE: &str = "Leave";
    pub(crate) const LEAVE_LEAD: &str =
        "You lose its conversations, and come back only if you are invited again.";
    pub(crate) const LEAVE_OWNER: &str = "You own this workspace. Hand it over first, or delete it.";
    pub(crate) const LEAVE_BUTTON: &str = "Leave the workspace";
    pub(crate) const HAND_OVER: &str = "Hand over";
    pub(crate) const HAND_OVER_LEAD: &str =
        "Somebody else becomes the owner, and you become an admin. Only they can give it back.";
    pub(crate) const HAND_OVER_NOBODY: &str = "There is nobody else here yet. Invite somebody first.";
    pub(crate) const HEIR: &str = "New owner";
    pub(crate) const HAND_OVER_BUTTON: &str = "Hand over…";
    pub(crate) const HANDED_OVER: &str = "Handed over. You are an admin now.";
    pub(crate) const DELETE: &str = "Delete";
    pub(crate) const DELETE_LEAD: &str = "Everything goes: conversations, sites, people. It happens 14 days later, and can be taken back until then.";
    pub(crate) const DELETE_BUTTON: &str = "Delete the workspace…";
    pub(crate) const DELETE_CONFIRM: &str = "Type the name of the workspace to confirm";
    pub(crate) const DELETE_MISMATCH: &str = "This is not the name of the workspace.";
    pub(crate) const DELETE_FINAL: &str = "Delete in 14 days";
    pub(crate) const KEEP: &str = "Keep the workspace";
    pub(crate) const KEPT: &str = "The workspace stays.";
}

pub(crate) mod retention {
    pub(crate) const TITLE: &str = "How long conversations are kept";
    pub(crate) const LEAD: &str = "Resolved conversations can be deleted by themselves once nothing has happened in them for a while: every message, note, file and answer, and what search finds of them. Open, pending and snoozed ones stay. What was deleted cannot be brought back.";
    pub(crate) const DAYS: &str = "Resolved conversations are kept";
    pub(crate) const FOR_EVER: &str = "For ever";
    pub(crate) const OTHER: &str = "For another time";
    pub(crate) const NUMBER: &str = "Days since anything happened";
    pub(crate) const NO_NUMBER: &str = "Enter a number of days, from 1 to 3650.";
    pub(crate) const ASK: &str = "Delete old conversations?";
    pub(crate) const ASK_LEAD: &str = "The first go in 24 hours: until then you can change your mind here. From then on each goes within six hours of its time. The audit log says how many.";
    pub(crate) const ASK_BUTTON: &str = "Delete them from tomorrow on";
    pub(crate) const KEPT: &str = "Conversations are kept for ever.";
    pub(crate) const SET: &str = "Saved. The first conversations go in 24 hours.";

    /// A time of the list.
    pub(crate) fn days(days: u16) -> String {
        format!("For {days} days")
    }
}

pub(crate) mod second {
    pub(crate) const TITLE: &str = "Second factor for everybody";
    pub(crate) const LEAD: &str = "Whoever comes in then needs more than a password or a mailed link: a passkey, or a code from an app on their phone. Who has none is sent to set one up first. Their open conversations close within seconds, and API keys that they made stop until then.";
    pub(crate) const ON: &str = "Everybody needs a second factor to come in.";
    pub(crate) const YOU_FIRST: &str = "You have none yourself. Set one up first.";
    pub(crate) const YOU_FIRST_LINK: &str = "Set up your second factor";
    pub(crate) const REQUIRE: &str = "Require it of everybody…";
    pub(crate) const REQUIRE_TITLE: &str = "Require a second factor of everybody?";
    pub(crate) const REQUIRE_LEAD: &str = "Who has none is out until they have set one up, which takes them a few minutes. Nobody can do it for them.";
    pub(crate) const REQUIRE_BUTTON: &str = "Require it";
    pub(crate) const STOP: &str = "Stop requiring it";
    pub(crate) const STOP_LEAD: &str =
        "People who have a second factor keep it. Everybody else comes in without one.";
    pub(crate) const STOP_TITLE: &str = "Let people in without a second factor?";
    pub(crate) const STOPPED: &str = "A second factor is not required any more.";
    pub(crate) const NEEDED_LEAD: &str = "Add a passkey, with which your device asks for your finger, your face or its PIN. Or use an app on your phone that shows a code. Either takes a few minutes; then come back here.";
    pub(crate) const NEEDED_BUTTON: &str = "Set it up";
    pub(crate) const NEEDED_LEAVE: &str = "Leave the workspace…";

    /// What a workspace asks for that the person does not have.
    pub(crate) fn needed_title(workspace: Option<&str>) -> String {
        format!("{} asks for a second factor", workspace.unwrap_or("This workspace"))
    }

    /// How many have none.
    pub(crate) fn without(count: u32) -> String {
        match count {
            0 => "Everybody here has one.".to_owned(),
            1 => "One person here has none yet.".to_owned(),
            more => format!("{more} people here have none yet."),
        }
    }
}

pub(crate) mod people {
    pub(crate) const LEAD: &str = "Who belongs to the workspace, and what they may do.";
    pub(crate) const INVITE: &str = "Invite somebody";
    pub(crate) const INVITE_LEAD: &str =
        "We mail them a link. It is good for a week, once, and for this address only.";
    pub(crate) const EMAIL: &str = "Email address";
    pub(crate) const NO_EMAIL: &str = "Enter the address of whom you invite.";
    pub(crate) const TAKEN: &str = "This person belongs to the workspace already.";
    pub(crate) const FULL: &str = "The workspace has as many people as it can have.";
    pub(crate) const ROLE: &str = "Role";
    pub(crate) const SUBMIT: &str = "Invite";
    pub(crate) const BUSY: &str = "Inviting…";
    pub(crate) const MEMBERS: &str = "People";
    pub(crate) const INVITED: &str = "Invited";
    pub(crate) const YOU: &str = "You";
    pub(crate) const JOINED: &str = "Since";
    pub(crate) const EXPIRES: &str = "Good until";
    pub(crate) const EXPIRED: &str = "Expired";
    pub(crate) const REMOVE: &str = "Remove";
    pub(crate) const REMOVE_LEAD: &str = "They are out at once: every conversation they have open closes within seconds. What they wrote stays. They can be invited again.";
    pub(crate) const RESEND: &str = "Send again";
    pub(crate) const REVOKE: &str = "Take back";
    pub(crate) const REVOKE_LEAD: &str = "The link in the mail stops working.";
}

pub(crate) mod roles {
    pub(crate) const LEAD: &str = "A role is a name for what somebody may do. Three come with every workspace; make your own for the rest.";
    pub(crate) const OWN: &str = "Your roles";
    pub(crate) const BUILT_IN: &str = "Roles of every workspace";
    pub(crate) const NONE: &str =
        "None yet. A role for somebody who answers but does not see the settings, say, or who only reads.";
    pub(crate) const NEW: &str = "New role";
    pub(crate) const NAME: &str = "Name";
    pub(crate) const NO_NAME: &str = "Enter a name for the role.";
    pub(crate) const MAY: &str = "Who has it may";
    pub(crate) const NOT_YOURS: &str = "You may not do this yourself, so you cannot give it.";
    pub(crate) const CREATE: &str = "Make the role";
    pub(crate) const EDIT: &str = "Change";
    pub(crate) const REMOVE: &str = "Remove";
    pub(crate) const REMOVE_LEAD: &str =
        "Nobody may have it any more. Give those who have it another role first.";
    pub(crate) const TAKEN: &str = "There is a role of this name.";
    pub(crate) const FULL: &str = "The workspace has as many roles as it can have.";
    pub(crate) const IN_USE: &str = "Somebody has this role. Give them another one first.";
    pub(crate) const NOTHING: &str = "Nothing";
}

/// The name of a section in the menu.
pub(crate) const fn section(section: Section) -> &'static str {
    match section {
        Section::General => "General",
        Section::People => "People",
        Section::Roles => "Roles",
        Section::Sites => "Sites",
        Section::ApiKeys => "API keys",
        Section::Audit => "Audit log",
        Section::Canned => "Canned responses",
        Section::Macros => "Macros",
        Section::Reports => "Reports",
        Section::Teams => "Teams",
        Section::Blocked => "Blocked visitors",
        Section::Contacts => "Contacts",
        Section::Visitors => "Visitors",
    }
}

/// What a role is called.
pub(crate) fn role(role: Role, custom: &[CustomRole]) -> String {
    match role {
        Role::Owner => "Owner".to_owned(),
        Role::Admin => "Admin".to_owned(),
        Role::Agent => "Agent".to_owned(),
        Role::Custom(id) => custom
            .iter()
            .find(|known| known.id == id)
            .map_or_else(|| "A role that was removed".to_owned(), |known| known.name.clone()),
    }
}

/// What a permission lets somebody do, and what that means.
pub(crate) const fn permission(permission: Permission) -> (&'static str, &'static str) {
    match permission {
        Permission::ReadConversations => {
            ("Read conversations", "See the list and everything that is said in it, notes too.")
        }
        Permission::AnswerVisitors => ("Answer visitors", "Write to visitors, resolve and reopen."),
        Permission::WriteNotes => ("Write notes", "Write what only the team sees."),
        Permission::ManageSites => {
            ("Manage sites", "Make, change and remove sites, with their keys and where they may be shown.")
        }
        Permission::ManagePeople => (
            "Manage people",
            "Invite and remove people, and give them roles that may do no more than oneself.",
        ),
        Permission::ManageRoles => ("Manage roles", "Make, change and remove roles like this one."),
        Permission::ManageApiKeys => {
            ("Manage API keys", "Make and revoke keys with which programs act on the workspace.")
        }
        Permission::ReadAuditLog => ("Read the audit log", "See who changed what, and when."),
        Permission::ManageWorkspace => {
            ("Manage the workspace", "Change its name, and require a second factor of everybody.")
        }
        Permission::Own => ("Own the workspace", "Hand it over, and delete it. One person has this."),
        Permission::ManageCanned => (
            "Manage canned responses",
            "Make, change and remove those that everybody has, and macros and filters.",
        ),
        Permission::ReadReports => {
            ("Read reports", "See how many conversations there are and how they go, by site and by person.")
        }
        Permission::ExportContacts => {
            ("Export contacts", "Take names and email addresses of visitors out, as a file.")
        }
        Permission::ChatPrivately => {
            ("Chat privately", "Have private chats with colleagues, which nobody else can read.")
        }
    }
}

/// The name of the choice of somebody's role.
pub(crate) fn role_of(name: &str) -> String {
    format!("Role of {name}")
}

/// The question before somebody is removed.
pub(crate) fn remove_title(name: &str) -> Sentence {
    Sentence::of("Remove ").name(name).words("?")
}

/// The name of the button that removes somebody.
pub(crate) fn remove_name(name: &str) -> String {
    format!("{} {name}", people::REMOVE)
}

/// The name of the button that mails an invitation again.
pub(crate) fn resend_name(email: &str) -> String {
    format!("{} to {email}", people::RESEND)
}

/// The name of the button that takes an invitation back.
pub(crate) fn revoke_name(email: &str) -> String {
    format!("{} the invitation of {email}", people::REVOKE)
}

/// The question before an invitation is taken back.
pub(crate) fn revoke_title(email: &str) -> Sentence {
    Sentence::of("Take back the invitation of ").name(email).words("?")
}

/// Somebody was invited.
pub(crate) fn invited(email: &str) -> String {
    format!("A mail is on its way to {email}.")
}

/// Somebody was removed.
pub(crate) fn removed(name: &str) -> String {
    format!("{name} is removed.")
}

/// Somebody has another role.
pub(crate) fn role_saved(name: &str, role: &str) -> String {
    format!("Saved: {name} is {role}.")
}

/// The question before a workspace is handed over.
pub(crate) fn hand_over_title(workspace: &str, to: &str) -> Sentence {
    Sentence::of("Hand ").name(workspace).words(" over to ").name(to).words("?")
}

/// The question before a workspace is left or deleted.
pub(crate) fn leave_title(workspace: &str) -> Sentence {
    Sentence::of("Leave ").name(workspace).words("?")
}

/// The question before a workspace is deleted.
pub(crate) fn delete_title(workspace: &str) -> Sentence {
    Sentence::of("Delete ").name(workspace).words("?")
}

/// When a workspace will be deleted.
pub(crate) fn deleted_at(at: &str) -> String {
    format!("This workspace will be deleted on {at}.")
}

/// The question before a role is removed.
pub(crate) fn remove_role_title(name: &str) -> Sentence {
    Sentence::of("Remove the role ").name(name).words("?")
}

/// The name of the button that changes or removes a role.
pub(crate) fn role_button(action: &str, name: &str) -> String {
    format!("{action} {name}")
}
