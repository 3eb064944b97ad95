//! A private chat begins, and those among whom it is change: who is not in it any more is sent out in the same turn.

use domain::conversation::{Context, Outcome, Seat};
use domain::{Action, Resource, authorize};
use protocol::call::{CallResult, ConversationAnswer, Gather};
use protocol::{AgentId, CloseCode, Code, ConversationId, WorkspaceId};
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::live::Live;
use crate::platform::ConversationPlatform;
use crate::sockets::Sockets;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Takes somebody out who does not belong to the workspace any more (SPEC PC5). Coming twice does no harm.
    pub(super) fn part<P>(
        &mut self,
        platform: &mut P,
        workspace: WorkspaceId,
        agent: AgentId,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let now = platform.now();
        self.with_live(platform, |sockets, live, platform| {
            // An alarm can be lost, the news cannot.
            live.arm_if_news(platform, sockets, None);
            if let Some(outcome) = live.conversation.part(workspace, agent, &live.pace, now) {
                live.gathered(platform, sockets, outcome)?;
            }
            Ok(ConversationAnswer::Done)
        })
    }
}

impl<Store: ConversationStore> Live<Store> {
    /// Judges what a member does to a private chat, stores what follows and tells the sockets.
    pub(super) fn gather<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        seat: &Seat,
        gather: Gather,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let conversation = platform.conversation_id()?;
        let now = platform.now();
        let context = Context {
            now,
            conversation,
            seat,
            pace: &self.pace,
            epoch: self.next_epoch,
            upload: None,
            chosen_team: None,
        };
        let outcome = self.conversation.gather(context, gather)?;
        self.gathered(platform, sockets, outcome)?;
        Ok(ConversationAnswer::Done)
    }

    fn gathered<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        outcome: Outcome,
    ) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let id = platform.conversation_id()?;
        let sends = self.take(platform, sockets, None, outcome)?;
        self.send_out_strangers(platform, sockets, id);
        self.deliver(platform, sockets, None, sends);
        Ok(())
    }

    /// Closes the sockets of those who may not watch (any more). What was kept with them stays with them until they are
    /// gone, when it is stored.
    fn send_out_strangers<P>(&self, platform: &mut P, sockets: &mut Sockets<P::Socket>, id: ConversationId)
    where
        P: ConversationPlatform<Store = Store>,
    {
        let resource = || Resource::Conversation { id, identity: self.conversation.identity() };
        for socket in sockets.iter_mut() {
            let is_stranger = socket
                .seat()
                .is_some_and(|seat| authorize(&seat.principal, Action::Watch, resource()).is_err());
            if is_stranger {
                socket.take_seat(platform, None);
                socket.close(platform, CloseCode::NotFound);
            }
        }
    }
}
