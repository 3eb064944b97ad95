//! The words of what a site asks before the first message.

use protocol::http::question::QuestionKind;

pub(crate) const LEAD: &str = "What visitors are asked before their first message. Ask nothing, and they begin at once and stay anonymous if they like.";
pub(crate) const TITLE: &str = "Questions";
pub(crate) const NOTE: &str = "Agents read the answers beside the conversation, as the visitor’s word. The panel asks; it keeps no door.";
pub(crate) const NONE: &str = "None yet: visitors begin at once.";
pub(crate) const ADD: &str = "Add a question";
pub(crate) const KIND: &str = "Answer";
pub(crate) const LABEL: &str = "Question";
pub(crate) const REQUIRED: &str = "Required";
pub(crate) const CHOICES: &str = "Choices";
pub(crate) const CHOICES_HINT: &str = "One a line, two at least.";
pub(crate) const TEAMS: &str = "Teams";
pub(crate) const TEAMS_HINT: &str =
    "Who makes a choice comes to its team with their first message. Visitors see the choices, not the teams.";
pub(crate) const NO_TEAM: &str = "No team";
pub(crate) const LINK: &str = "Where to read it";
pub(crate) const LINK_HINT: &str = "An address that begins with https://, or nothing.";
pub(crate) const REFUSED: &str = "A question, a choice or an address is not accepted.";
pub(crate) const TOO_MANY: &str = "There can be 10 questions and 20 choices of each.";
pub(crate) const NO_LABEL: &str = "Write each question, in 80 bytes at most.";
pub(crate) const TWICE: &str = "Two questions are the same.";
pub(crate) const FEW_CHOICES: &str = "A choice takes two different lines at least.";
pub(crate) const BAD_LINK: &str = "The address of a consent begins with https://.";

pub(crate) const KINDS: [(QuestionKind, &str); 5] = [
    (QuestionKind::Text, "Text"),
    (QuestionKind::Email, "E-mail address"),
    (QuestionKind::Phone, "Phone number"),
    (QuestionKind::Choice, "One of several"),
    (QuestionKind::Consent, "Consent, a tick"),
];

/// The name of the button that moves a question up.
pub(crate) fn up(question: &str) -> String {
    format!("Move up: {question}")
}

/// The name of the button that moves a question down.
pub(crate) fn down(question: &str) -> String {
    format!("Move down: {question}")
}

/// The name of the button that removes a question.
pub(crate) fn remove(question: &str) -> String {
    format!("Remove: {question}")
}
