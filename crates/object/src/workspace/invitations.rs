//! Invitations: made, withdrawn, looked at, accepted.

use domain::account::{Email, MailedToken};
use domain::workspace::{
    Member, OpenInvitation, invitation_digest, may_invite_one_more, may_mail_invitation,
};
use protocol::call::{Founder, Invitation, WorkspaceAnswer};
use protocol::http::account::WorkspaceName;
use protocol::http::workspace::AuditChange;
use protocol::mail::{Language, Letter, Mail};
use protocol::{Code, InvitationId, Reject, Role, limits};
use store::workspace::By;

use super::answer::view_of;
use super::asking::Asking;
use super::jobs::{arm, owe_mail, owe_membership};
use super::{open, stored};
use crate::platform::Platform;

/// Who is to be invited.
pub(super) struct Guest<'a> {
    /// E-mail address, as typed.
    pub(super) email: &'a str,
    /// What they will be.
    pub(super) role: Role,
    /// The language of the mail.
    pub(super) language: Language,
}

/// Invites somebody by mail; an earlier invitation of theirs is void.
pub(super) fn invite<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    guest: &Guest<'_>,
) -> Result<WorkspaceAnswer, Reject> {
    let Guest { email, role, language } = *guest;
    let email = Email::parse(email)?;
    let email = email.as_str();
    let (store, now) = (&asking.store, asking.now);
    asking.member.may_give(asking.permissions_of(platform, role)?)?;
    let members = stored(platform, store.members())?;
    if members.iter().any(|member| member.person.email == email) {
        return Err(Code::Taken.into());
    }
    let invitations = stored(platform, store.invitations())?;
    let others = invitations.iter().filter(|other| other.is_open(now) && other.email != email);
    may_invite_one_more(members.len(), others.count())?;
    may_mail_invitation(&stored(platform, store.invitations_sent(email, now))?, now)?;

    let secret: [u8; 32] = platform.random()?;
    let invitation = OpenInvitation {
        id: InvitationId::from_bytes(platform.random()?),
        email: email.to_owned(),
        role,
        invited_by: asking.member.id(),
        expires_at: now.plus(limits::INVITATION_MS),
    };
    let token = MailedToken { place: *asking.workspace.as_bytes(), secret }.to_text();
    let letter = Letter::Invitation { token, invited_by: asking.member.person.email.clone() };
    stored(platform, store.note_invitation_sent(email, now))?;
    asking.note(platform, &AuditChange::Invited { email: email.to_owned(), role })?;
    stored(platform, store.add_invitation(&invitation, &invitation_digest(&secret), now))?;
    owe_mail(platform, store, Mail { to: email.to_owned(), language, letter })?;
    arm(platform, store)?;
    Ok(WorkspaceAnswer::Invited(invitation.view()))
}

/// Withdraws an invitation.
pub(super) fn revoke<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    id: InvitationId,
) -> Result<WorkspaceAnswer, Code> {
    let invitation = stored(platform, asking.store.invitation(id))?;
    let invitation = invitation.filter(|found| found.is_open(asking.now)).ok_or(Code::NotFound)?;
    asking.note(platform, &AuditChange::InvitationRevoked { email: invitation.email })?;
    stored(platform, asking.store.remove_invitation(id))?;
    Ok(WorkspaceAnswer::Done)
}

/// Says what an invitation is to.
pub(super) fn look<P: Platform>(platform: &P, secret: &[u8; 32]) -> Result<WorkspaceAnswer, Code> {
    let store = open(platform)?;
    let standing = stored(platform, store.standing())?.ok_or(Code::LinkExpired)?;
    let invitation = stored(platform, store.invitation_of(&invitation_digest(secret)))?;
    let invitation = invitation.filter(|found| found.is_open(platform.now())).ok_or(Code::LinkExpired)?;
    Ok(WorkspaceAnswer::Invitation(Invitation { workspace: standing.name, email: invitation.email }))
}

/// Takes up a person who accepts an invitation. The route has checked that the address is theirs.
pub(super) fn accept<P: Platform>(
    platform: &mut P,
    secret: &[u8; 32],
    person: &Founder,
) -> Result<WorkspaceAnswer, Code> {
    let now = platform.now();
    let store = open(platform)?;
    let standing = stored(platform, store.standing())?.ok_or(Code::LinkExpired)?;
    let invitation = stored(platform, store.invitation_of(&invitation_digest(secret)))?;
    let invitation = invitation.ok_or(Code::LinkExpired)?;
    invitation.may_be_accepted_by(&person.email, now)?;
    let members = stored(platform, store.members())?;
    if members.iter().any(|member| member.person.account == person.account) {
        return Err(Code::Taken);
    }
    let permissions = match invitation.role {
        Role::Custom(id) => stored(platform, store.role(id))?.map(|role| role.permissions),
        Role::Owner | Role::Admin | Role::Agent => invitation.role.built_in_permissions(),
    };
    let permissions = permissions.ok_or(Code::LinkExpired)?;
    let member = Member {
        person: person.clone(),
        role: invitation.role,
        permissions,
        joined_at: now,
        has_second_factor: false,
    };
    let change = AuditChange::Joined { role: invitation.role };
    stored(platform, store.note(By::Person(&person.agent), &change, now))?;
    let workspace = WorkspaceName { id: standing.id, name: standing.name.clone() };
    owe_membership(platform, &store, workspace, &member)?;
    stored(platform, store.add_member(person, invitation.role, now))?;
    stored(platform, store.remove_invitation(invitation.id))?;
    arm(platform, &store)?;
    Ok(WorkspaceAnswer::Joined(Box::new(view_of(platform, &store, standing, &member)?)))
}

impl<D: store::Database> Asking<D> {
    /// Withdraws the invitations of somebody that they could not make any longer, what they may do being this.
    pub(super) fn withdraw_beyond<P: Platform>(&self, platform: &P, inviter: &Member) -> Result<(), Code> {
        let may_invite = inviter.permissions.contains(protocol::Permission::ManagePeople);
        for invitation in stored(platform, self.store.invitations())? {
            if invitation.invited_by != inviter.id() || !invitation.is_open(self.now) {
                continue;
            }
            let promised = self.permissions_of(platform, invitation.role)?;
            if may_invite && inviter.may_give(promised).is_ok() {
                continue;
            }
            let change = AuditChange::InvitationRevoked { email: invitation.email };
            stored(platform, self.store.note(By::Product, &change, self.now))?;
            stored(platform, self.store.remove_invitation(invitation.id))?;
        }
        Ok(())
    }
}
