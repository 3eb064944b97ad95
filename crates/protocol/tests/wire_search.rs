//! Golden bytes of finding what was said.

mod golden;

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::{
    AgentId, AgentProfile, Author, ConversationDigest, ConversationId, Epoch, FoundConversation, FoundLine,
    IndexEntry, Milestone, MilestoneKind, Passage, PassageLine, Placement, SearchField, SearchPage,
    SearchPosition, SearchQuery, Seq, SiteId, Snippet, Status, Timestamp, VisitorId,
};

use self::golden::check;

fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    core::array::from_fn(|index| first.wrapping_add(u8::try_from(index).expect("short")))
}

fn at() -> Timestamp {
    Timestamp(1_790_000_000_000)
}

fn agent() -> Author {
    Author::Agent(AgentProfile { id: AgentId::from_bytes(id(0xa0)), name: "Anna 🌿".to_owned() })
}

fn entry() -> IndexEntry {
    IndexEntry {
        conversation: ConversationId::from_bytes(id(0x10)),
        site: SiteId::from_bytes(id(0x20)),
        visitor: VisitorId::from_bytes(id(0x30)),
        status: Status::Open,
        active_at: at(),
        preview: None,
        unread: 0,
        began_at: at(),
        identity: None,
        placement: Placement::default(),
    }
}

fn query() -> SearchQuery {
    SearchQuery {
        text: "refund \"my order\"".to_owned(),
        within: Some(SearchField::Messages),
        site: Some(SiteId::from_bytes(id(0x20))),
        status: Some(Status::Resolved),
        since: Some(at()),
        until: Some(at().plus(1)),
        after: Some(SearchPosition(17)),
    }
}

fn page() -> SearchPage {
    let hit = |text: &str, is_hit| Snippet { text: text.to_owned(), is_hit };
    let line = FoundLine {
        seq: Seq(4),
        at: at(),
        author: agent(),
        is_private: true,
        text: vec![hit("asks for a ", false), hit("refund", true)],
    };
    let found = FoundConversation { entry: entry(), contact: vec![hit("Ada", true)], lines: vec![line] };
    SearchPage { found: vec![found], next: Some(SearchPosition(16)) }
}

#[test]
fn pr11_words_are_told() {
    let digest = ConversationDigest { epoch: Epoch::from_bytes(id(0x40)), revision: 12, entry: entry() };
    let line = |seq, text: Option<&str>| PassageLine {
        seq: Seq(seq),
        at: at(),
        author: agent(),
        is_private: text.is_none(),
        text: text.map(str::to_owned),
    };
    let milestone = Milestone { seq: Seq(5), at: at(), kind: MilestoneKind::Asked };
    let passage = Passage {
        after: Seq(2),
        upto: Seq(9),
        lines: vec![line(1, None), line(5, Some("hello"))],
        milestones: vec![milestone],
    };
    check("workspace_call_search", vec![("tell", WorkspaceCall::Tell { digest: Box::new(digest), passage })]);
    check::<CallResult<WorkspaceAnswer>>(
        "workspace_answer_search",
        vec![
            ("heard", Ok(WorkspaceAnswer::Heard { upto: Seq(9) })),
            ("found", Ok(WorkspaceAnswer::Found(page()))),
        ],
    );
}

#[test]
fn pr14_words_are_looked_for() {
    check("workspace_request_search", vec![("search", WorkspaceRequest::Search(query()))]);
    check(
        "search_query",
        vec![("all", query()), ("words", SearchQuery { text: "x".to_owned(), ..Default::default() })],
    );
    check("search_page", vec![("found", page())]);
}
