//! Golden bytes of filters.

mod golden;

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::filter::{Filter, FilterCount, FilterDraft, FilterList, FilterText};
use protocol::http::workspace::AuditChange;
use protocol::{
    AgentId, Condition, ConversationId, Fact, FeedFrame, FeedRequest, FilterEntry, FilterGroup, FilterId,
    FilterRule, Join, Label, ListView, Priority, Shelf, SiteId, Status, TeamId, Timestamp, Whose, WithTeam,
};

use self::golden::check;

const ID: FilterId = FilterId::from_bytes([0xf1; 16]);

fn name() -> String {
    "Waiting too long".to_owned()
}

fn rule() -> FilterRule {
    let facts = [
        Fact::Status(Status::Open),
        Fact::Assignee(Whose::Me),
        Fact::Assignee(Whose::Nobody),
        Fact::Assignee(Whose::Agent(AgentId::from_bytes([0xa1; 16]))),
        Fact::Team(WithTeam::Mine),
        Fact::Team(WithTeam::None),
        Fact::Team(WithTeam::Team(TeamId::from_bytes([0x7e; 16]))),
        Fact::Site(SiteId::from_bytes([0x60; 16])),
        Fact::Label(Label::parse("Billing").expect("a label")),
        Fact::Priority(Priority::Urgent),
        Fact::Unread,
        Fact::ActiveWithin { days: 7 },
        Fact::BegunWithin { days: 30 },
        Fact::ActiveSince(Timestamp(1_790_000_000_000)),
        Fact::BegunSince(Timestamp(1_790_000_000_001)),
    ];
    let conditions = facts.map(|fact| Condition { fact, is_not: false }).to_vec();
    let unlike = Condition { fact: Fact::Unread, is_not: true };
    FilterRule {
        join: Join::Any,
        groups: vec![
            FilterGroup { join: Join::All, conditions },
            FilterGroup { join: Join::Any, conditions: vec![unlike] },
        ],
    }
}

fn small() -> FilterRule {
    let conditions = vec![Condition { fact: Fact::Unread, is_not: false }];
    FilterRule { join: Join::All, groups: vec![FilterGroup { join: Join::All, conditions }] }
}

fn filter() -> Filter {
    Filter { id: ID, name: name(), rule: small(), is_shared: true }
}

#[test]
fn pr11_filters() {
    check("filter_rule", vec![("every fact", rule())]);
    check("filter_draft", vec![("draft", FilterDraft { name: name(), rule: small(), is_shared: true })]);
    check("filter_text", vec![("text", FilterText { name: name(), rule: small() })]);
    check("filter_list", vec![("list", FilterList { filters: vec![filter()] })]);
    check("filter_count", vec![("count", FilterCount { entries: 12 })]);
}

#[test]
fn pr11_questions_about_filters() {
    let draft = FilterDraft { name: name(), rule: small(), is_shared: false };
    check(
        "workspace_request_filters",
        vec![
            ("list", WorkspaceRequest::Filters),
            ("make", WorkspaceRequest::MakeFilter(draft)),
            ("change", WorkspaceRequest::ChangeFilter(ID, FilterText { name: name(), rule: small() })),
            ("remove", WorkspaceRequest::RemoveFilter(ID)),
            ("count", WorkspaceRequest::CountFilter(small())),
        ],
    );
    let answers: Vec<(&str, CallResult<WorkspaceAnswer>)> = vec![
        ("list", Ok(WorkspaceAnswer::Filters(FilterList { filters: vec![filter()] }))),
        ("filter", Ok(WorkspaceAnswer::Filter(filter()))),
        ("count", Ok(WorkspaceAnswer::FilterCount(FilterCount { entries: 12 }))),
    ];
    check("workspace_answer_filters", answers);
    check(
        "audit_change_filters",
        vec![
            ("made", AuditChange::FilterMade { name: name() }),
            ("changed", AuditChange::FilterChanged { name: name() }),
            ("removed", AuditChange::FilterRemoved { name: name() }),
        ],
    );
}

#[test]
fn pr11_frames_of_the_feed_about_filters() {
    let view = ListView { shelf: Shelf::Filter(ID), site: None };
    check("feed_request_filters", vec![("list of a filter", FeedRequest::List { view, after: None })]);
    let entry = FilterEntry { id: ID, name: name(), is_shared: true, entries: 12 };
    let conversation = ConversationId::from_bytes([0xc0; 32]);
    check(
        "feed_frame_filters",
        vec![
            ("filters", FeedFrame::Filters { filters: vec![entry] }),
            ("fits", FeedFrame::Filed { filter: ID, conversation, fits: true }),
            ("does not fit", FeedFrame::Filed { filter: ID, conversation, fits: false }),
            ("counted", FeedFrame::FilterCounted { filter: ID, entries: 13 }),
        ],
    );
}
