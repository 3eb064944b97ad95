//! Whether a visitor's token is still vouched for, where nothing was said yet.
//!
//! A conversation that has begun is told when its site is removed, its visitor is blocked or a proof is worth nothing any
//! longer. One in which
//! nothing was said is known to nobody. So it asks the workspace to be told as well, until something is said or its last
//! visitor leaves. The visitor waits for the answer, unless their token is so new that whoever gave it has just asked (SPEC
//! SI5, ID10).

use protocol::call::{CallResult, Ended, WorkspaceAnswer, WorkspaceCall};
use protocol::{CloseCode, Code, Hello, SiteId, VisitorClaims, VisitorId, VoucherId, WorkspaceId, limits};
use store::conversation::ConversationStore;

use super::ConversationObject;
use crate::credential::Credential;
use crate::platform::ConversationPlatform;
use crate::sockets::Socket;

/// What the caller asks the workspace before it comes back with [`ConversationObject::vouched`].
#[must_use]
#[derive(Clone)]
pub struct Inquiry {
    /// Whom to ask.
    pub workspace: WorkspaceId,
    /// What.
    pub call: WorkspaceCall,
    site: SiteId,
    visitor: VisitorId,
    voucher: Option<VoucherId>,
    /// With what the visitor waits for the answer; `None` if they have their seat.
    waiting: Option<Hello>,
}

/// What the caller tells the workspace, whose answer nobody waits for.
#[must_use]
#[derive(Clone)]
pub struct Parting {
    /// Whom to tell.
    pub workspace: WorkspaceId,
    /// What.
    pub call: WorkspaceCall,
}

/// Whether a visitor waits for the workspace's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Nobody is asked.
    None,
    /// The answer can come when they have their seat.
    Later,
    /// They get no seat before it.
    First,
}

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// What has to be asked about the holder of a credential, and when.
    pub(super) fn doubt<P>(&mut self, platform: &mut P, credential: &Credential) -> Doubt
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let Credential::Visitor(claims) = credential else { return Doubt::None };
        if platform.conversation_id() != Ok(claims.conversation) || !self.is_silent(platform) {
            return Doubt::None;
        }
        let is_new = platform.now().since(claims.given_at()) < limits::VOUCHED_MS;
        if is_new { Doubt::Later } else { Doubt::First }
    }

    /// The question about a visitor's token.
    pub(super) fn inquire<P>(
        &mut self,
        platform: &P,
        claims: &VisitorClaims,
        waiting: Option<Hello>,
    ) -> Inquiry
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.asking = self.asking.saturating_add(1);
        let VisitorClaims { workspace, site, visitor, voucher, conversation, .. } = *claims;
        let call = WorkspaceCall::KeepVouching { conversation, site, visitor, voucher, at: platform.now() };
        Inquiry { workspace, call, site, visitor, voucher, waiting }
    }

    /// The workspace has answered, or could not be reached. Returns what it is to be told then.
    pub fn vouched<P>(
        &mut self,
        platform: &mut P,
        handle: &Handle,
        inquiry: Inquiry,
        answer: CallResult<WorkspaceAnswer>,
    ) -> Option<Parting>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.asking = self.asking.saturating_sub(1);
        let Inquiry { workspace, site, visitor, voucher, waiting, .. } = inquiry;
        let ended = match answer.map_err(|reject| reject.code) {
            Ok(_) => Ok(()),
            Err(Code::UnknownSite) => Err(Some(Ended::Site(site))),
            Err(Code::Forbidden) => Err(Some(Ended::Visitor(visitor))),
            Err(Code::BadIdentity) => Err(voucher.map(|voucher| Ended::Voucher(site, voucher))),
            Err(_) => Err(None),
        };
        match (ended, waiting) {
            (Ok(()), None) => {}
            (Ok(()), Some(hello)) => self.let_in(platform, handle, hello),
            (Err(ended), waiting) => self.send_away(platform, handle, ended, waiting.is_some()),
        }
        self.parting(platform, workspace)
    }

    /// Seats a visitor who has waited.
    fn let_in<P>(&mut self, platform: &mut P, handle: &Handle, hello: Hello)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        // Whoever sent something before the answer is gone, and gets no seat behind their back.
        if self.sockets(platform).get(handle).is_none_or(Socket::is_turned_away) {
            return;
        }
        if self.is_seated(handle) {
            return self.turn_away(platform, handle, CloseCode::Forbidden);
        }
        let seated = self
            .credential(platform, handle, &hello.credential)
            .and_then(|credential| self.seat(platform, handle, hello, credential));
        if let Err(close) = seated {
            self.turn_away(platform, handle, close);
        }
    }

    /// Closes the sockets of those for whom the workspace does not vouch, or of the one for whom it could not be asked.
    fn send_away<P>(&mut self, platform: &mut P, handle: &Handle, ended: Option<Ended>, is_waiting: bool)
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let now = platform.now();
        match &ended {
            // Nothing is noted: whoever comes is asked about.
            Some(ended) => self.send_out(platform, ended, now),
            // Once something was said the workspace tells of its own accord.
            None if !is_waiting && !self.is_silent(platform) => return,
            None => {}
        }
        if is_waiting || ended.is_none() {
            let close = ended.as_ref().map_or(CloseCode::Zombie, crate::sockets::closing);
            if let Some(socket) = self.sockets(platform).get_mut(handle) {
                socket.take_seat(platform, None);
            }
            self.turn_away(platform, handle, close);
        }
    }

    /// What the workspace is to be told once no visitor is left in a conversation in which nothing was said, and nothing
    /// is asked that would be answered later.
    pub(super) fn parting<P>(&mut self, platform: &mut P, workspace: WorkspaceId) -> Option<Parting>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let is_empty = self.asking == 0 && !self.sockets(platform).has_visitors();
        if !is_empty || !self.is_silent(platform) {
            return None;
        }
        let conversation = platform.conversation_id().ok()?;
        let call = WorkspaceCall::StopVouching { conversation, at: platform.now() };
        Some(Parting { workspace, call })
    }

    /// Whether nothing was said yet.
    pub(super) fn is_silent<P>(&mut self, platform: &mut P) -> bool
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        self.with_live(platform, |_, live, _| Ok(live.conversation.identity().is_none())) == Ok(true)
    }
}
