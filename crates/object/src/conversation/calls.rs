//! What a conversation is called for: somebody's right has ended, or the workspace itself, or an agent asks something
//! without a socket.

use domain::Principal;
use domain::conversation::Send;
use mutant::mutant;
use protocol::call::{CallResult, ConversationAnswer, ConversationCall, Ended};
use protocol::{CloseCode, Code, Epoch, Reject, Timestamp, VisitorId, WorkspaceId};
use store::conversation::ConversationStore;
use store::void_tickets::VoidTickets;

use super::ConversationObject;
use super::live::storage;
use crate::platform::ConversationPlatform;
use crate::sockets::Socket;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Answers a call.
    ///
    /// # Errors
    /// [`Code::NotFound`] if the conversation is another workspace's, [`Code::Storage`].
    pub fn answer<P>(&mut self, platform: &mut P, call: ConversationCall) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        match call {
            ConversationCall::Dismiss { ended, at } => Ok(self.dismiss(platform, &ended, at)?),
            ConversationCall::Erase { workspace } => self.erase(platform, workspace),
            ConversationCall::Expire { workspace, epoch, revision } => {
                self.expire(platform, workspace, (epoch, revision))
            }
            ConversationCall::As { workspace, agent, permissions, request } => {
                let principal = Principal::Agent { workspace, profile: agent, permissions };
                self.asked(platform, principal, *request)
            }
            ConversationCall::OfVisitor(asks) => self.asked_by_visitor(platform, &asks),
            ConversationCall::Answered(answers) => self.answered(platform, *answers),
            ConversationCall::Opened(opening) => self.opened(platform, *opening),
            ConversationCall::Readmit { visitor } => Ok(readmit(platform, visitor)?),
            ConversationCall::Glance(glance) => self.glance(platform, &glance),
            ConversationCall::Transcribe(wanted) => self.transcribe(platform, &wanted),
            ConversationCall::Part { workspace, agent } => self.part(platform, workspace, agent),
            ConversationCall::Give { workspace, epoch, revision, to } => {
                self.give(platform, workspace, (epoch, revision), to)
            }
        }
    }

    /// Closes the sockets of those whose right has ended, and voids what was given before. The sockets first: a failure of
    /// storage must not keep them open.
    fn dismiss<P>(
        &mut self,
        platform: &mut P,
        ended: &Ended,
        at: Timestamp,
    ) -> Result<ConversationAnswer, Code>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.send_out(platform, ended, at);
        // Where nothing was said, whoever comes is asked about, and nobody would tell of it that they may come again.
        if matches!(ended, Ended::Visitor(_)) && self.is_silent(platform) {
            return Ok(ConversationAnswer::Done);
        }
        let noted = mutant!(
            29,
            VoidTickets::new(platform.database()).dismiss(ended, at, platform.now()),
            Ok::<(), store::StorageError>(())
        );
        noted.map_err(|error| storage(platform, &error))?;
        Ok(ConversationAnswer::Done)
    }

    /// Closes their sockets, and tells the others that they have left. What was kept with those sockets is stored with what
    /// else this turn stores, so that their leaving costs nothing more: many conversations may be told at once (SPEC AC7).
    pub(super) fn send_out<P>(&mut self, platform: &mut P, ended: &Ended, at: Timestamp)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let sockets = self.sockets(platform);
        if !sockets.dismiss(platform, ended, at) || !sockets.iter().any(is_concerned) {
            return;
        }
        // The others are told when they are told of the next change, if not now; what is not stored stays with the sockets.
        let _ = self.with_live(platform, |sockets, live, platform| {
            live.deliver(platform, sockets, None, vec![Send::Attendance]);
            live.settle(platform)?;
            for socket in sockets.iter_mut().filter(|socket| socket.attachment.seated.is_none()) {
                socket.attachment.kept = None;
                socket.keep(platform);
            }
            Ok(())
        });
    }

    /// Deletes everything and sends everybody away.
    fn erase<P>(&mut self, platform: &mut P, workspace: WorkspaceId) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let is_ours = self.with_live(platform, |_, live, _| match live.conversation.identity() {
            Some(identity) if identity.workspace != workspace => Err(Code::NotFound.into()),
            Some(_) | None => Ok(()),
        });
        // Of one that is erased already an attempt that failed half-way may have left something.
        let is_gone = matches!(is_ours, Err(Reject { code: Code::NotFound, .. })) && self.live.is_none();
        if !is_gone {
            is_ours?;
        }
        self.forget_answers(platform)?;
        self.doom_files(platform)?;
        // Last: should storage fail before, it is done again.
        let erased = platform.open(false).and_then(|mut store| store.erase());
        let erased = erased.map_err(|error| storage(platform, &error));
        self.send_all_away(platform, CloseCode::NotFound, erased.is_ok());
        erased?;
        Ok(ConversationAnswer::Done)
    }

    /// Deletes everything of a conversation that is still as the workspace was told when its time was over, and sends
    /// everybody away, who may come back to an empty one. One that has gone on has the workspace hear of it anew.
    fn expire<P>(
        &mut self,
        platform: &mut P,
        workspace: WorkspaceId,
        known: (Epoch, u64),
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let is_over = self.with_live(platform, |sockets, live, platform| {
            let conversation = &live.conversation;
            match conversation.identity() {
                Some(identity) if identity.workspace != workspace => Err(Code::NotFound.into()),
                Some(identity)
                    if mutant!(
                        52,
                        (identity.epoch, conversation.revision()) == known,
                        identity.epoch == known.0
                    ) =>
                {
                    Ok(true)
                }
                Some(_) => {
                    live.tell_anew(platform, sockets)?;
                    Ok(false)
                }
                // It was done before, if not to its end.
                None => {
                    live.store.empty().map_err(|error| storage(platform, &error))?;
                    Ok(false)
                }
            }
        })?;
        if !is_over {
            return Ok(ConversationAnswer::Done);
        }
        self.forget_answers(platform)?;
        self.doom_files(platform)?;
        // Last: should storage fail before, it is done again.
        let emptied = self.with_live(platform, |_, live, platform| {
            live.store.empty().map_err(|error| storage(platform, &error).into())
        });
        // Also where that failed: nobody goes on with what may be gone in part.
        self.send_all_away(platform, CloseCode::Unauthenticated, emptied.is_ok());
        emptied?;
        Ok(ConversationAnswer::Done)
    }

    /// Forgets what is in memory of a log that is gone, and closes every socket. What is kept with them goes with the log, if
    /// that is certain.
    fn send_all_away<P>(&mut self, platform: &mut P, close: CloseCode, is_gone: bool)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.live = None;
        self.arm_for_files(platform, false);
        for socket in self.sockets(platform).iter_mut() {
            if is_gone {
                socket.attachment.kept = None;
            }
            socket.take_seat(platform, None);
            socket.close(platform, close);
        }
    }
}

/// Lets a visitor's tokens open the conversation again.
fn readmit<P: ConversationPlatform>(platform: &P, visitor: VisitorId) -> Result<ConversationAnswer, Code> {
    let readmitted = VoidTickets::new(platform.database()).readmit(visitor);
    readmitted.map_err(|error| storage(platform, &error))?;
    Ok(ConversationAnswer::Done)
}

/// Whether a socket is to be told that somebody has left, or leaves with something that is not stored.
const fn is_concerned<Handle>(socket: &Socket<Handle>) -> bool {
    socket.attachment.seated.is_some() || socket.attachment.kept.is_some()
}
