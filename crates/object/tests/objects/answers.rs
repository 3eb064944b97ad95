//! What a visitor answers before their first message, as their conversation keeps it.

use domain::token::sign;
use protocol::call::{
    ConversationAnswer, ConversationCall, ConversationRequest, KeptAnswers, VisitorAnswers, VisitorOpening,
};
use protocol::http::question::{Answer, AnswersView};
use protocol::http::visit::{Opening, OpeningBy};
use protocol::{
    AgentId, AgentProfile, Code, Permission, Permissions, TeamId, VisitorClaims, VisitorId, WorkspaceId,
};

use store::Database;

use crate::conversation::{Talk, WORKSPACE, message, of_visitor};
use crate::platform::SECRET;

const SALES: TeamId = TeamId::from_bytes([0x5a; 16]);

fn answers(text: &str) -> Vec<Answer> {
    vec![Answer { label: "Your name".to_owned(), text: text.to_owned() }]
}

fn answered(talk: &mut Talk, visitor: u8, text: &str) -> Result<(), Code> {
    let claims = VisitorClaims { visitor: VisitorId::from_bytes([visitor; 16]), ..talk.claims() };
    with(talk, sign(SECRET, &claims), text)
}

fn with(talk: &mut Talk, credential: String, text: &str) -> Result<(), Code> {
    let answers =
        KeptAnswers { answers: answers(text), team: (text == "Sales").then_some(SALES), opening: None };
    let call = ConversationCall::Answered(Box::new(VisitorAnswers { credential, answers }));
    talk.object.answer(&mut talk.platform, call).map(drop).map_err(|reject| reject.code)
}

fn read(talk: &mut Talk, workspace: WorkspaceId, permission: Permission) -> Result<Vec<Answer>, Code> {
    beginning(talk, workspace, permission).map(|view| view.answers)
}

fn beginning(talk: &mut Talk, workspace: WorkspaceId, permission: Permission) -> Result<AnswersView, Code> {
    let agent = AgentProfile { id: AgentId::from_bytes([0xa1; 16]), name: "Agent".to_owned() };
    let permissions = Permissions::of(&[permission]);
    let request = ConversationRequest::Answers;
    let call = ConversationCall::As { workspace, agent, permissions, request: Box::new(request) };
    match talk.object.answer(&mut talk.platform, call) {
        Ok(ConversationAnswer::Beginning(view)) => Ok(*view),
        Ok(other) => panic!("{other:?}"),
        Err(reject) => Err(reject.code),
    }
}

#[test]
fn qu4_answers_are_kept_from_before_the_first_message_on_and_read_by_agents() {
    let mut talk = Talk::unbegun();
    assert_eq!(answered(&mut talk, 3, "Ann"), Ok(()));
    assert_eq!(answered(&mut talk, 3, "Anna"), Ok(()), "as long as nothing was said");
    talk.evict();
    let visitor = talk.visitor_comes();
    talk.say(visitor, &message(1));
    talk.evict();
    let reads = Permission::ReadConversations;
    assert_eq!(read(&mut talk, WORKSPACE, reads), Ok(answers("Anna")));
    assert_eq!(answered(&mut talk, 3, "Ben"), Err(Code::TooLate), "the first stay");
    assert_eq!(read(&mut talk, WORKSPACE, reads), Ok(answers("Anna")));
    assert_eq!(read(&mut talk, WORKSPACE, Permission::ManageSites), Err(Code::Forbidden));
    assert_eq!(read(&mut talk, WorkspaceId::from_bytes([9; 16]), reads), Err(Code::NotFound));
    assert_eq!(answered(&mut talk, 4, "Mallory"), Err(Code::NotFound), "another's conversation");
}

#[test]
fn qu4_who_was_not_asked_before_can_be_asked_later() {
    let mut talk = Talk::new();
    assert_eq!(read(&mut talk, WORKSPACE, Permission::ReadConversations), Ok(Vec::new()));
    assert_eq!(answered(&mut talk, 3, "Anna"), Ok(()));
    assert_eq!(answered(&mut talk, 3, "Ben"), Err(Code::TooLate));
}

#[test]
fn qu4_a_token_is_looked_at_each_time() {
    let mut talk = Talk::new();
    assert_eq!(with(&mut talk, "nonsense".to_owned(), "Anna"), Err(Code::Unauthenticated));
    let good = sign(SECRET, &talk.claims());
    talk.site_ends();
    assert_eq!(with(&mut talk, good, "Anna"), Err(Code::NotFound));
    assert_eq!(read(&mut talk, WORKSPACE, Permission::ReadConversations), Ok(Vec::new()));
}

#[test]
fn st13_answers_are_erased_with_their_conversation() {
    let mut talk = Talk::new();
    assert_eq!(answered(&mut talk, 3, "Anna"), Ok(()));
    assert_eq!(talk.erase(WORKSPACE), Ok(()));
    let rows = store::answers::AnswersStore::new(&talk.platform.database).read();
    assert_eq!(rows.expect("read"), None);
}

/// With which team it lies, as the workspace is told.
fn team(talk: &mut Talk) -> Option<TeamId> {
    let news = talk.object.rang(&mut talk.platform).expect("news");
    of_visitor(&news).0.entry.placement.team
}

#[test]
fn qu5_who_chose_a_team_comes_to_it_with_their_first_message() {
    let mut talk = Talk::unbegun();
    assert_eq!(answered(&mut talk, 3, "Care"), Ok(()));
    assert_eq!(answered(&mut talk, 3, "Sales"), Ok(()), "another choice");
    talk.evict();
    let visitor = talk.visitor_comes();
    let told = talk.told(visitor);
    talk.say(visitor, &message(1));
    assert_eq!(talk.told(visitor), told + 1, "that it is stored, and nothing of a team");
    assert_eq!(team(&mut talk), Some(SALES));
    talk.say(visitor, &message(2));
    talk.evict();
    assert_eq!(team(&mut talk), Some(SALES));
}

#[test]
fn qu5_who_is_asked_after_their_first_message_comes_to_the_team_then() {
    let mut talk = Talk::new();
    assert_eq!(team(&mut talk), None);
    assert_eq!(answered(&mut talk, 3, "Sales"), Ok(()));
    assert_eq!(team(&mut talk), Some(SALES));
}

#[test]
fn qu5_a_first_message_after_which_storage_failed_leads_to_the_team_when_it_is_sent_again() {
    let mut talk = Talk::unbegun();
    assert_eq!(answered(&mut talk, 3, "Sales"), Ok(()));
    let visitor = talk.visitor_comes();
    let answers = |talk: &Talk, change: &str| {
        let sql = ["UPDATE answered SET answers = ", change].concat();
        talk.platform.database.execute(&sql, Vec::new()).expect("changed");
    };
    answers(&talk, "'?' || answers");
    talk.platform.is_storage_down = true;
    talk.say(visitor, &message(1));
    talk.platform.is_storage_down = false;
    answers(&talk, "substr(answers, 2)");
    talk.say(visitor, &message(1));
    assert_eq!(team(&mut talk), Some(SALES));
}

fn opened(talk: &mut Talk, credential: String, text: &str) -> Result<(), Code> {
    let opening = Opening { text: text.to_owned(), by: OpeningBy::Site("Prices".to_owned()) };
    let call = ConversationCall::Opened(Box::new(VisitorOpening { credential, opening }));
    talk.object.answer(&mut talk.platform, call).map(drop).map_err(|reject| reject.code)
}

#[test]
fn vn13_what_the_first_message_answers_is_kept_beside_the_answers_and_read_by_agents() {
    let mut talk = Talk::unbegun();
    let token = sign(SECRET, &talk.claims());
    let reads = Permission::ReadConversations;
    let shown = |talk: &mut Talk| {
        beginning(talk, WORKSPACE, reads).expect("read").opening.map(|opening| opening.text)
    };
    assert_eq!(opened(&mut talk, token.clone(), "Any questions?"), Ok(()));
    assert_eq!(answered(&mut talk, 3, "Anna"), Ok(()), "one does not take the other away");
    assert_eq!(opened(&mut talk, token.clone(), "May I help?"), Ok(()), "as long as nothing was said");
    talk.evict();
    let visitor = talk.visitor_comes();
    talk.say(visitor, &message(1));
    assert_eq!(shown(&mut talk).as_deref(), Some("May I help?"));
    assert_eq!(read(&mut talk, WORKSPACE, reads), Ok(answers("Anna")));
    assert_eq!(opened(&mut talk, token, "Forged"), Err(Code::TooLate));
    assert_eq!(opened(&mut talk, "nonsense".to_owned(), "Forged"), Err(Code::Unauthenticated));
    let other = VisitorClaims { visitor: VisitorId::from_bytes([4; 16]), ..talk.claims() };
    assert_eq!(opened(&mut talk, sign(SECRET, &other), "Forged"), Err(Code::NotFound));
    assert_eq!(shown(&mut talk).as_deref(), Some("May I help?"));
    assert_eq!(beginning(&mut talk, WORKSPACE, Permission::ManageSites).err(), Some(Code::Forbidden));
}

#[test]
fn vn13_who_answered_no_question_before_can_after_what_they_were_shown() {
    let mut talk = Talk::unbegun();
    let token = sign(SECRET, &talk.claims());
    assert_eq!(opened(&mut talk, token, "Any questions?"), Ok(()));
    let visitor = talk.visitor_comes();
    talk.say(visitor, &message(1));
    assert_eq!(answered(&mut talk, 3, "Anna"), Ok(()));
    assert_eq!(answered(&mut talk, 3, "Ben"), Err(Code::TooLate));
}
