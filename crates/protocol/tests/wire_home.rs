//! Golden bytes of a visitor's home.

mod golden;

use std::collections::BTreeMap;

use protocol::call::{
    CallResult, ConversationAnswer, ConversationCall, Glance, WorkspaceAnswer, WorkspaceCall,
};
use protocol::{
    AgentId, AgentProfile, ConversationId, HomeConversation, HomeView, HomeWanted, IndexEntry, Placement,
    ReplyTime, SiteId, Status, Timestamp, VisitorClaims, VisitorHome, VisitorId, WorkspaceId,
};

use self::golden::check;

fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    core::array::from_fn(|index| first.wrapping_add(u8::try_from(index).expect("short")))
}

fn at() -> Timestamp {
    Timestamp(1_790_000_000_000)
}

fn anna() -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes(id(0xa0)), name: "Anna 🌿".to_owned() }
}

#[test]
fn pr11_golden_home() {
    let conversation = HomeConversation {
        id: ConversationId::from_bytes(id(0x10)),
        active_at: at(),
        agent: Some(anna()),
        mine: false,
        text: "On its way".to_owned(),
        is_over: true,
        unread: 2,
    };
    let words = BTreeMap::from([("home_new".to_owned(), "New conversation".to_owned())]);
    let whole = HomeView {
        conversations: vec![conversation],
        team: vec![anna()],
        reply: Some(ReplyTime::Minutes),
        words: words.clone(),
    };
    let empty = HomeView { conversations: Vec::new(), team: Vec::new(), reply: None, words };
    check("home_view", vec![("whole", whole), ("empty", empty)]);
}

#[test]
fn pr11_golden_calls_for_a_home() {
    let claims = VisitorClaims {
        workspace: WorkspaceId::from_bytes(id(0x40)),
        site: SiteId::from_bytes(id(0x20)),
        visitor: VisitorId::from_bytes(id(0x30)),
        conversation: ConversationId::from_bytes(id(0x10)),
        expires_at: at(),
        identity: None,
        voucher: None,
    };
    let entry = IndexEntry {
        conversation: ConversationId::from_bytes(id(0x10)),
        site: SiteId::from_bytes(id(0x20)),
        visitor: VisitorId::from_bytes(id(0x30)),
        status: Status::Resolved,
        active_at: at(),
        preview: None,
        unread: 0,
        began_at: at(),
        identity: None,
        placement: Placement::default(),
    };
    let wanted = WorkspaceCall::Home(Box::new(HomeWanted { claims, with_team: true }));
    check("workspace_call_home", vec![("with the team", wanted)]);
    let of = |reply| -> CallResult<WorkspaceAnswer> {
        Ok(WorkspaceAnswer::Home(Box::new(VisitorHome {
            conversations: vec![entry.clone()],
            team: vec![anna()],
            reply,
        })))
    };
    check(
        "workspace_answer_home",
        vec![
            ("minutes", of(Some(ReplyTime::Minutes))),
            ("hour", of(Some(ReplyTime::Hour))),
            ("hours", of(Some(ReplyTime::Hours))),
            ("day", of(Some(ReplyTime::Day))),
            ("unknown", of(None)),
        ],
    );
    let glance = ConversationCall::Glance(Box::new(Glance { credential: "a.b".to_owned() }));
    check("conversation_call_glance", vec![("one", glance)]);
    let unread: CallResult<ConversationAnswer> = Ok(ConversationAnswer::Unread(3));
    check("conversation_answer_unread", vec![("three", unread)]);
}
