//! The workspace is told of a conversation from an alarm, by a cursor on the log: nothing is lost if it is away.

use domain::Conversation;
use domain::conversation::Outcome;
use js_sys::{Date, Object};
use protocol::Timestamp;
use protocol::call::WorkspaceCall;
use worker::console_error;

use super::ConversationObject;
use super::live::Live;
use crate::calls;
use crate::surroundings::now;

/// Milliseconds before the first attempt, in which further news is gathered.
const GATHER_MS: u64 = 20;

/// Milliseconds before the second attempt; doubles up to [`LONGEST_WAIT_MS`].
const FIRST_WAIT_MS: u64 = 500;

const LONGEST_WAIT_MS: u64 = 30_000;

impl ConversationObject {
    /// Tells the workspace the present state, once for all that happened since the last time.
    pub(super) async fn tell_workspace(&self) {
        let news = self.with_live(|object, live| {
            live.is_armed = false;
            let digest = live.conversation.digest(object.id()?);
            let workspace = live.conversation.identity().map(|identity| identity.workspace);
            Ok(digest.zip(workspace).filter(|_| live.conversation.has_news()))
        });
        let Ok(Some((digest, workspace))) = news else {
            return;
        };
        let told = Conversation::told(&digest);
        let result = calls::workspace(&self.env, workspace, &WorkspaceCall::Digest(Box::new(digest))).await;
        let _ = self.with_live(|object, live| {
            match result {
                Ok(_) => {
                    live.failed_tellings = 0;
                    let pace = live.pace.clone();
                    live.take(&Outcome { pace, writes: vec![told], sends: Vec::new() })?;
                }
                Err(reject) => {
                    live.failed_tellings = live.failed_tellings.saturating_add(1);
                    console_error!("the workspace was not told: {}", reject.code.to_string());
                }
            }
            object.arm_if_news(live);
            Ok(())
        });
    }

    /// Sets the alarm if there is something to tell. Not awaited, so that it is stored with the writes of this turn.
    pub(super) fn arm_if_news(&self, live: &mut Live) {
        if live.conversation.has_news() && !live.is_armed {
            live.is_armed = self.wake_at(now().plus(wait(live.failed_tellings)));
        }
    }

    fn wake_at(&self, at: Timestamp) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 stay below 2^53")]
        let date = Date::new(&(at.0 as f64).into());
        let storage = self.state.storage();
        let set = storage.as_raw().set_alarm(date, Object::new());
        if set.is_err() {
            console_error!("an alarm was not set");
        }
        set.is_ok()
    }
}

fn wait(failures: u32) -> u64 {
    match failures.checked_sub(1) {
        None => GATHER_MS,
        Some(doublings) => FIRST_WAIT_MS.saturating_mul(1 << doublings.min(10)).min(LONGEST_WAIT_MS),
    }
}
