//! What a site asks its visitors before their first message, and what they answer.

use serde::{Deserialize, Serialize};

use crate::http::visit::Opening;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What answers it.
    pub kind: QuestionKind,
    /// The question; no two of a site are the same.
    pub label: String,
    /// Whether the chat begins with an answer only.
    pub is_required: bool,
    /// What can be chosen, if it is a choice.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Where to read what is consented to, if it is a consent; empty if nowhere.
    #[serde(default)]
    pub link: String,
}

/// What answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One of its choices.
    Choice,
    /// A tick: the answer is [`CONSENT`].
    Consent,
}

/// What a tick is told and kept as.
pub const CONSENT: &str = "yes";

/// An answer. What was not answered is not among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The question, as it was asked.
    pub label: String,
    /// What the visitor says.
    pub text: String,
}

/// A visitor answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// An answer to each question in its order; empty texts say nothing.
    pub answers: Vec<Answer>,
}

/// What was found of answers: they are kept if there is no fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersVerdict {
    /// What is wrong with the answer to each question, in their order.
    pub faults: Vec<Option<AnswerFault>>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFault {
    /// It is required.
    Missing,
    /// It is no e-mail address.
    NoEmail,
    /// It is no telephone number.
    NoPhone,
    /// It is too long, none of the choices, or has characters that no line has.
    Other,
}

/// What was answered in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersView {
    /// In the order of the questions. Each is the visitor's word, and nothing else.
    pub answers: Vec<Answer>,
    /// What the conversation answers, if it began with something that the visitor was shown.
    #[serde(default)]
    pub opening: Option<Opening>,
}
