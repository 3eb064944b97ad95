//! Golden bytes of steps for several conversations at once, and of mentions.

mod golden;

use protocol::http::Problem;
use protocol::http::handling::{HandlingRound, RoundAnswer, RoundStep};
use protocol::{
    ClientMessageId, Code, ConversationId, FeedFrame, FeedRequest, Handling, IndexEntry, Label, ListView,
    MentionEntry, Placement, Shelf, SiteId, Status, Step, Timestamp, VisitorId,
};

use self::golden::check;

const CONVERSATION: ConversationId = ConversationId::from_bytes([0x71; 32]);

#[test]
fn pr11_steps_of_several_conversations() {
    let late = Label::parse("Late").expect("legal");
    let steps = [Step::Resolve, Step::Reopen, Step::Handle(Handling::Label(late))].map(|step| RoundStep {
        conversation: CONVERSATION,
        client_message_id: ClientMessageId::from_bytes([0x72; 16]),
        step,
    });
    check("handling_round", vec![("round", HandlingRound { steps: steps.to_vec() })]);
    let refused = Problem { code: Code::RateLimited, retry_after: Some(5) };
    check("handling_round_answer", vec![("answer", RoundAnswer { refused: vec![None, Some(refused)] })]);
}

#[test]
fn pr11_frames_of_the_feed_about_mentions() {
    let view = ListView { shelf: Shelf::Mentions, site: None };
    check(
        "feed_request_mentions",
        vec![
            ("list", FeedRequest::List { view, after: None }),
            ("saw", FeedRequest::SawMention { conversation: CONVERSATION }),
        ],
    );
    let entry = IndexEntry {
        conversation: CONVERSATION,
        site: SiteId::from_bytes([0x60; 16]),
        visitor: VisitorId::from_bytes([0x73; 16]),
        status: Status::Open,
        active_at: Timestamp(9),
        preview: None,
        unread: 0,
        began_at: Timestamp(1),
        identity: None,
        placement: Placement::default(),
    };
    let mentions = vec![MentionEntry { entry, at: Timestamp(7), is_unread: true }];
    check("feed_frame_mentions", vec![("mentions", FeedFrame::Mentions { mentions })]);
}
