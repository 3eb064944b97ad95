//! Files: who may send one up, what is kept of it, and what is to be removed (SPEC FL). The bytes never come here.

use domain::conversation::{Request as Asked, Seat, StoredEvent};
use domain::files::{Claim, Upload, may_begin};
use domain::{Action, Principal, Resource, authorize};
use protocol::call::{CallResult, ConversationAnswer, FileRequest, VisitorAsks};
use protocol::{AgentKind, Code, ConversationId, File, FileId, Reject, TabId, UploadId};
use store::conversation::ConversationStore;
use store::files::Files;

use super::ConversationObject;
use super::live::{Live, storage};
use crate::credential::Credential;
use crate::platform::{ConversationPlatform, Platform};
use crate::ticket::stands;

/// Milliseconds after which a removal is tried again that failed, and after which news is looked for that could not be.
const TRY_AGAIN_MS: u64 = 30_000;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Answers a visitor, whose token is looked at each time.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`], [`Code::NotFound`] if it is somebody else's conversation, and what the rules refuse.
    pub(super) fn asked_by_visitor<P>(
        &mut self,
        platform: &mut P,
        asks: &VisitorAsks,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let seat = seat_by(platform, &asks.credential)?;
        self.asked_for_file(platform, &seat, &asks.request)
    }

    /// Answers whoever it is.
    pub(super) fn asked_for_file<P>(
        &mut self,
        platform: &mut P,
        seat: &Seat,
        request: &FileRequest,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.with_live(platform, |sockets, live, platform| {
            let answer = match request {
                FileRequest::Begin { upload, bytes } => live.begin_file(platform, seat, *upload, *bytes)?,
                FileRequest::Finish { upload, file } => live.finish_file(platform, seat, *upload, file)?,
                FileRequest::Look(file) => live.look_at_file(platform, seat, *file)?,
            };
            // An alarm can be lost, the news cannot.
            live.arm_if_news(platform, sockets, None);
            Ok(answer)
        })
        .inspect(|_| self.arm_for_files(platform, false))
    }

    /// Dooms every file. The caller sees to it that the alarm goes off.
    pub(super) fn doom_files<P>(&mut self, platform: &P) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        Files::new(platform.database()).doom_all().map_err(|error| storage(platform, &error))
    }

    /// The files whose bytes the caller is to remove, and then to report to [`Self::files_removed`].
    pub fn files_to_remove<P>(&self, platform: &P) -> Vec<FileId>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let due = Files::new(platform.database()).due(platform.now());
        due.unwrap_or_else(|error| {
            platform.storage_failed(&error);
            Vec::new()
        })
    }

    /// The bytes of files are gone.
    pub fn files_removed<P>(&self, platform: &P, gone: &[FileId])
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let files = Files::new(platform.database());
        if let Err(error) = gone.iter().try_for_each(|file| files.forget(*file)) {
            platform.storage_failed(&error);
        }
    }

    /// Sets the alarm for when a file is next to be removed, unless it goes off before anyway.
    pub fn arm_for_files<P>(&mut self, platform: &mut P, has_failed: bool)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let next = Files::new(platform.database()).next_due().unwrap_or_else(|error| {
            platform.storage_failed(&error);
            Some(platform.now())
        });
        let Some(next) = next else { return };
        let soon = platform.now().plus(TRY_AGAIN_MS);
        let earliest = if has_failed { soon } else { platform.now() };
        // Where the conversation could not be read, nobody knows what else the alarm was set for.
        let other = match &self.live {
            Some(live) => live.armed_for,
            None => Some(soon),
        };
        platform.wake_at(other.map_or(next, |other| other.min(next)).max(earliest));
    }
}

impl<Store: ConversationStore> Live<Store> {
    /// What is kept of the file that a request names.
    pub(super) fn upload_of<P: Platform>(&self, platform: &P, asked: &Asked) -> Result<Option<Upload>, Code> {
        match asked.file() {
            Some(file) => upload(platform, file),
            None => Ok(None),
        }
    }

    /// Notes in which message a file is, and which one goes with its message, before that is stored.
    pub(super) fn claim_files<'a, P: Platform>(
        platform: &P,
        events: impl Iterator<Item = &'a StoredEvent>,
    ) -> Result<(), Code> {
        for event in events {
            let files = || Files::new(platform.database());
            let claimed = match event.file() {
                Some(file) => {
                    let is_public = matches!(event.kind, AgentKind::Public(_));
                    files().claim(file.id, Claim { seq: event.seq, is_public })
                }
                None if event.leaves().is_some() => files().doom_said_at(event.target),
                None => Ok(()),
            };
            claimed.map_err(|error| storage(platform, &error))?;
        }
        Ok(())
    }

    fn begin_file<P>(
        &self,
        platform: &mut P,
        seat: &Seat,
        upload: UploadId,
        bytes: u32,
    ) -> Result<ConversationAnswer, Reject>
    where
        P: ConversationPlatform<Store = Store>,
    {
        self.may_send(platform.conversation_id()?, seat)?;
        let (person, now) = (seat.person(), platform.now());
        let files = Files::new(platform.database());
        let failed = |error| storage(platform, &error);
        if let Some(file) = files.finished(person, upload).map_err(failed)? {
            return Ok(ConversationAnswer::File(Box::new(file)));
        }
        may_begin(files.usage(person, now).map_err(failed)?, bytes, now)?;
        let id = FileId::from_bytes(platform.random()?);
        let begun = files.begin(id, upload, person, bytes, now);
        begun.map_err(|error| storage(platform, &error))?;
        Ok(ConversationAnswer::Begun(id))
    }

    /// Of two attempts to send the same, the first that has come whole counts.
    fn finish_file<P>(
        &self,
        platform: &P,
        seat: &Seat,
        upload_id: UploadId,
        file: &File,
    ) -> Result<ConversationAnswer, Reject>
    where
        P: ConversationPlatform<Store = Store>,
    {
        self.may_send(platform.conversation_id()?, seat)?;
        let begun = upload(platform, file.id)?.filter(|begun| begun.person == seat.person());
        let begun = begun.ok_or(Code::NotFound)?;
        let files = Files::new(platform.database());
        let failed = |error| storage(platform, &error);
        if let Some(first) = files.finished(seat.person(), upload_id).map_err(failed)? {
            return Ok(ConversationAnswer::File(Box::new(first)));
        }
        if begun.file.is_some() {
            return Err(Code::IdempotencyConflict.into());
        }
        files.finish(file).map_err(failed)?;
        Ok(ConversationAnswer::File(Box::new(file.clone())))
    }

    fn look_at_file<P>(&self, platform: &P, seat: &Seat, file: FileId) -> Result<ConversationAnswer, Reject>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let resource = self.resource(platform.conversation_id()?);
        authorize(&seat.principal, Action::Watch, resource)?;
        let found = upload(platform, file)?;
        let shown = found.as_ref().and_then(|upload| upload.shown_to(seat.person()));
        Ok(ConversationAnswer::File(Box::new(shown.ok_or(Code::NotFound)?.clone())))
    }

    /// Who may write to the other side or to the agents may send a file up; in which of both it is said, the message
    /// decides.
    fn may_send(&self, id: ConversationId, seat: &Seat) -> Result<(), Code> {
        let may = |action| authorize(&seat.principal, action, self.resource(id));
        may(Action::Write).or_else(|_| may(Action::WriteNote))
    }

    const fn resource(&self, id: ConversationId) -> Resource<'_> {
        Resource::Conversation { id, identity: self.conversation.identity() }
    }
}

/// Somebody who asks without a socket.
pub(super) const fn seat_of(principal: Principal) -> Seat {
    Seat { principal, tab: TabId::from_bytes([0; TabId::LENGTH]), page: None }
}

/// The visitor of a token, if it is good in this conversation.
pub(super) fn seat_by<P: Platform>(platform: &P, credential: &str) -> Result<Seat, Code> {
    let secret = platform.token_secret()?;
    let claims = Credential::of_visitor(&secret, credential, platform.now()).ok_or(Code::Unauthenticated)?;
    stands(platform, &claims).map_err(Code::from)?;
    Ok(seat_of(Principal::Visitor(claims)))
}

fn upload<P: Platform>(platform: &P, file: FileId) -> Result<Option<Upload>, Code> {
    Files::new(platform.database()).get(file).map_err(|error| storage(platform, &error))
}
