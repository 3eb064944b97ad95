//! Writing to a person whom a site knows, as the REST API asks for it.

use domain::conversation::{Context, Identity, Party, Seat};
use domain::{Action, Principal, Resource, authorize};
use protocol::call::{CallResult, ConversationAnswer, Reach};
use protocol::{AgentCommand, Code};
use store::conversation::ConversationStore;

use super::amending::alone;
use super::live::Live;
use crate::platform::ConversationPlatform;
use crate::sockets::Sockets;

impl<Store: ConversationStore> Live<Store> {
    /// Judges the message, stores what follows and tells the sockets (SPEC CV17). Whoever may not write learns nothing of
    /// the conversation, not even whether there is one.
    pub(super) fn reach<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        seat: &Seat,
        Reach { site, visitor, who, text, client_message_id }: Reach,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let Principal::Agent { workspace, .. } = seat.principal else { return Err(Code::Forbidden.into()) };
        let id = platform.conversation_id()?;
        let now = platform.now();
        let identity = Identity {
            workspace,
            party: Party::Visitor { site, visitor },
            epoch: self.epoch(),
            began_at: now,
        };
        let resource = Resource::Conversation { id, identity: Some(&identity) };
        authorize(&seat.principal, Action::Write, resource)?;
        self.complete(platform)?;
        let context = Context {
            now,
            conversation: id,
            seat,
            pace: &self.pace,
            epoch: self.next_epoch,
            upload: None,
            chosen_team: None,
        };
        let submission = alone(client_message_id, AgentCommand::Message { text: text.into() });
        let outcome = self.conversation.reach(context, identity, who, submission)?;
        let duplicate = outcome.accepted_before().is_some();
        let sends = self.take(platform, sockets, None, outcome)?;
        self.deliver(platform, sockets, None, sends);
        let digest = self.conversation.digest(id).ok_or(Code::Internal)?;
        Ok(ConversationAnswer::Reached { digest: Box::new(digest), duplicate })
    }
}
