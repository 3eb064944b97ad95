//! Steps for conversations that nobody need have open.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::ids::{ClientMessageId, ConversationId};
use crate::step::Step;

/// Asks for several steps at once. Those of one conversation are taken in their order, those of several side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandlingRound {
    /// At most [`crate::limits::ROUND_STEPS`].
    pub steps: Vec<RoundStep>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundStep {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Chosen once per intent, so that it is safe to ask again.
    pub client_message_id: ClientMessageId,
    /// What is to be done to it.
    pub step: Step,
}

/// What became of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundAnswer {
    /// Of each step, in the order in which they were asked for, why it was not taken; nothing if it was.
    pub refused: Vec<Option<Problem>>,
}
