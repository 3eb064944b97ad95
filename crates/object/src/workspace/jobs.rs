//! What the workspace owes to others, and what it does of its own accord.

use domain::account::Email;
use domain::workspace::Member;
use protocol::Code;
use protocol::call::{AccountCall, ConversationCall, Job, Membership};
use protocol::http::account::WorkspaceName;
use protocol::mail::Mail;
use store::Database;
use store::workspace::WorkspaceStore;

use super::{WorkspaceObject, farewell, open, stored};
use crate::platform::Platform;

/// Conversations that are told in one turn that they are to erase themselves.
const ERASED_AT_ONCE: usize = 200;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// The alarm has gone off: does what is due, but for the jobs of the outbox, which the caller does. Then it calls
    /// [`Self::arm`].
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub fn rang<P>(&mut self, platform: &mut P) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let now = platform.now();
        let store = open(platform)?;
        if stored(platform, store.standing())?.is_some_and(|standing| standing.is_over(now)) {
            self.end(platform, &store)?;
        }
        let Some(workspace) = stored(platform, store.id())? else { return Ok(()) };
        farewell::of_ended_secrets(platform, &store)?;
        farewell::go_on(platform, &store)?;
        self.let_go(platform, &store, workspace)?;
        self.rescue(platform, &store)?;
        for conversation in stored(platform, store.conversations_left(ERASED_AT_ONCE))? {
            let job = Job::Conversation(conversation, ConversationCall::Erase { workspace });
            stored(platform, store.outbox().push(&job, now))?;
            stored(platform, store.forget_conversation(conversation))?;
        }
        Ok(())
    }

    /// Sets the alarm for what is to be done next, if anything is.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub fn arm<P>(&mut self, platform: &mut P) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        arm(platform, &open(platform)?)
    }
}

/// The same for what was owed or put off in this turn.
pub(super) fn arm<P: Platform>(platform: &mut P, store: &WorkspaceStore<impl Database>) -> Result<(), Code> {
    let due = stored(platform, store.next_due(platform.now()))?;
    match due {
        Some(at) if !platform.wake_at(at) => Err(Code::Storage),
        Some(_) | None => Ok(()),
    }
}

/// Owes a piece of work; the alarm is to be set in the same turn.
pub(super) fn owe<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    job: &Job,
) -> Result<(), Code> {
    stored(platform, store.outbox().push(job, platform.now()))
}

/// Owes somebody a mail. It goes by the account of the address, which counts the mails that all send there.
pub(super) fn owe_mail<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    mail: Mail,
) -> Result<(), Code> {
    let account = Email::parse(&mail.to)?.account(&platform.name_secret()?);
    owe(platform, store, &Job::Account(account, Box::new(AccountCall::Deliver(Box::new(mail)))))
}

/// Owes a person's account the news that they belong to the workspace, or what it is called.
pub(super) fn owe_membership<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    workspace: WorkspaceName,
    member: &Member,
) -> Result<(), Code> {
    let joined = AccountCall::Joined(Membership { workspace, agent: member.id() });
    owe(platform, store, &Job::Account(member.person.account, Box::new(joined)))
}

/// Owes a person's account the news that they do not belong to the workspace any longer.
pub(super) fn owe_farewell<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    workspace: protocol::WorkspaceId,
    member: &Member,
) -> Result<(), Code> {
    let left = AccountCall::Left { workspace, agent: member.id() };
    owe(platform, store, &Job::Account(member.person.account, Box::new(left)))
}
