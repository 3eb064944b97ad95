//! The workspace is told from an alarm, as in `edge/src/objects/conversation/tell.rs`.

use domain::Conversation;
use domain::conversation::{Outcome, Write};
use mutant::mutant;
use protocol::ConversationDigest;

use super::conversation::{ConversationObject, Live};

const GATHER_MS: u64 = 20;
const FIRST_WAIT_MS: u64 = 500;
const LONGEST_WAIT_MS: u64 = 30_000;

/// A call to the workspace that is under way.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    /// Names the call.
    pub(crate) call: u64,
    told: Write,
}

impl ConversationObject {
    /// The first half of the alarm's handler: what the workspace is to be told.
    pub(crate) fn begin_telling(&mut self, call: u64) -> Option<ConversationDigest> {
        let id = self.id;
        let news = self.with_live(|_, live| {
            live.is_armed = false;
            Ok(live.conversation.digest(id).filter(|_| live.conversation.has_news()))
        });
        let digest = news.ok().flatten()?;
        self.telling = Some(Telling { call, told: Conversation::told(&digest) });
        Some(digest)
    }

    /// The second half: the workspace has answered.
    pub(crate) fn end_telling(&mut self, call: u64, succeeded: bool) {
        let Some(telling) = self.telling.take_if(|telling| telling.call == call) else { return };
        let _ = self.with_live(|object, live| {
            if succeeded {
                live.failed_tellings = 0;
                let pace = live.pace.clone();
                let outcome = Outcome { pace, writes: vec![telling.told], sends: Vec::new() };
                object.take(live, &outcome)?;
            } else {
                live.failed_tellings = live.failed_tellings.saturating_add(1);
                mutant!(8, {}, return Ok(()));
            }
            object.arm_if_news(live);
            Ok(())
        });
    }

    /// Sets the alarm if there is something to tell.
    pub(super) fn arm_if_news(&mut self, live: &mut Live) {
        if live.conversation.has_news() && !live.is_armed {
            let wait = wait(live.failed_tellings);
            self.host.wake_at(self.host.now.plus(wait).0);
            live.is_armed = true;
        }
    }
}

fn wait(failures: u32) -> u64 {
    match failures.checked_sub(1) {
        None => GATHER_MS,
        Some(doublings) => FIRST_WAIT_MS.saturating_mul(1 << doublings.min(10)).min(LONGEST_WAIT_MS),
    }
}
