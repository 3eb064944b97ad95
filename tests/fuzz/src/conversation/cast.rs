//! Who takes part: those whose conversation it is, and those who must get nowhere.

use domain::access::Principal;
use domain::conversation::Seat;
use protocol::{
    AgentId, AgentProfile, ConversationId, Page, Role, SiteId, TabId, Timestamp, VisitorClaims, VisitorId,
    WorkspaceId,
};

pub(super) const CONVERSATION: ConversationId = ConversationId::from_bytes([3; 32]);

const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
const OTHER_WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([6; 16]);
const SITE: SiteId = SiteId::from_bytes([2; 16]);
const ANNA: u8 = 9;

/// Somebody on a socket.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) seat: Seat,
    /// Whether they have a right to the conversation.
    pub(super) belongs: bool,
}

/// The visitor in two tabs, two agents, and four strangers: other visitors, and an agent of another workspace whose id
/// is that of one of ours.
pub(super) fn cast() -> [Member; 8] {
    [
        visitor(4, SITE, CONVERSATION, 1, true),
        visitor(4, SITE, CONVERSATION, 2, true),
        agent(ANNA, "Anna", WORKSPACE, true),
        agent(8, "Boris", WORKSPACE, true),
        visitor(5, SITE, ConversationId::from_bytes([7; 32]), 1, false),
        visitor(4, SiteId::from_bytes([5; 16]), ConversationId::from_bytes([8; 32]), 1, false),
        agent(ANNA, "Eve", OTHER_WORKSPACE, false),
        agent(7, "Mallory", OTHER_WORKSPACE, false),
    ]
}

fn visitor(visitor: u8, site: SiteId, conversation: ConversationId, tab: u8, belongs: bool) -> Member {
    let claims = VisitorClaims {
        workspace: WORKSPACE,
        site,
        visitor: VisitorId::from_bytes([visitor; 16]),
        conversation,
        expires_at: Timestamp(i64::MAX),
        identity: None,
        voucher: None,
    };
    let page = Page { url: format!("https://shop.example/{tab}"), ..Page::default() };
    let tab = TabId::from_bytes([tab; 8]);
    Member { seat: Seat { principal: Principal::Visitor(claims), tab, page: Some(page) }, belongs }
}

fn agent(id: u8, name: &str, workspace: WorkspaceId, belongs: bool) -> Member {
    let profile = AgentProfile { id: AgentId::from_bytes([id; 16]), name: name.to_owned() };
    let permissions = Role::Agent.built_in_permissions().unwrap_or_default();
    let principal = Principal::Agent { workspace, profile, permissions };
    Member { seat: Seat { principal, tab: TabId::from_bytes([id; 8]), page: None }, belongs }
}
