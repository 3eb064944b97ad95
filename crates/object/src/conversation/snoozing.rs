//! A snoozed conversation comes up again by the object's alarm (SPEC CV20).

use protocol::Code;
use store::conversation::ConversationStore;

use super::live::Live;
use crate::platform::{ConversationPlatform, Platform};
use crate::sockets::Sockets;

impl<Store: ConversationStore> Live<Store> {
    /// Takes the conversation up again if its time has come, and sets the alarm for it if it has not.
    pub(super) fn come_up<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
    ) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        if let Some(outcome) = self.conversation.come_up(&self.pace, platform.now()) {
            let sends = self.take(platform, sockets, None, outcome)?;
            self.deliver(platform, sockets, None, sends);
        }
        self.arm_if_snoozed(platform);
        Ok(())
    }

    /// Sets the alarm for when the conversation comes up, unless it goes off before anyway.
    pub(super) fn arm_if_snoozed<P: Platform>(&mut self, platform: &mut P) {
        if let Some(until) = self.conversation.snoozed_until() {
            self.arm_at(platform, until);
        }
    }
}
