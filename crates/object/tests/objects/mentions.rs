//! Who is named in notes, as their feeds are told of it.

use protocol::call::WorkspaceCall;
use protocol::{
    Author, ConversationDigest, ConversationId, Epoch, FeedFrame, FeedRequest, IndexEntry, Passage,
    PassageLine, Placement, Seq, Status, VisitorId, codec,
};

use crate::platform::Handle;
use crate::scene::{SITE, Scene, Who};

const CONVERSATION: ConversationId = ConversationId::from_bytes([7; 32]);

impl Scene {
    /// A note at a position names somebody.
    fn tell_note(&mut self, seq: u64, by: Who, named: Who) {
        let now = self.platform.now;
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([1; 16]),
            revision: seq,
            entry: IndexEntry {
                conversation: CONVERSATION,
                site: SITE,
                visitor: VisitorId::from_bytes([1; 16]),
                status: Status::Open,
                active_at: now,
                preview: None,
                unread: 0,
                began_at: now,
                identity: None,
                placement: Placement::default(),
            },
        };
        let line = PassageLine {
            seq: Seq(seq),
            at: now,
            author: Author::Agent(by.founder().agent),
            is_private: true,
            text: Some(format!("@{}, please look", named.founder().agent.name)),
        };
        let passage =
            Passage { after: Seq(seq - 1), upto: Seq(seq), lines: vec![line], milestones: Vec::new() };
        self.call(WorkspaceCall::Tell { digest: Box::new(digest), passage }).map(drop).expect("taken up");
    }

    /// Each telling of mentions: of each whether it was not seen.
    fn told_of_mentions(&self, handle: Handle) -> Vec<Vec<bool>> {
        let of_socket = self.platform.sent.iter().filter(|(to, _)| *to == handle);
        let frames = of_socket.map(|(_, message)| match message {
            object::Message::Binary(bytes) => codec::from_bytes(bytes).expect("a frame of the feed"),
            object::Message::Text(_) => panic!("postcard"),
        });
        let told = frames.filter_map(|frame| match frame {
            FeedFrame::Mentions { mentions } => Some(mentions.iter().map(|one| one.is_unread).collect()),
            _ => None,
        });
        told.collect()
    }
}

#[test]
fn ws44_who_is_named_is_told_on_every_feed_of_theirs_and_nobody_else_is() {
    let mut scene = Scene::new();
    let [phone, desktop, other] = [Who::Agent, Who::Agent, Who::Admin].map(|who| scene.watch(who));
    scene.tell_note(1, Who::Admin, Who::Agent);
    scene.tell_note(1, Who::Admin, Who::Agent);
    let nothing = Vec::<bool>::new();
    for feed in [phone, desktop] {
        assert_eq!(scene.told_of_mentions(feed), [nothing.clone(), vec![true]], "once");
    }
    scene.tell_note(2, Who::Agent, Who::Agent);
    assert_eq!(scene.told_of_mentions(phone).len(), 2, "nobody mentions themselves");
    scene.say(phone, &FeedRequest::SawMention { conversation: CONVERSATION });
    scene.say(phone, &FeedRequest::SawMention { conversation: CONVERSATION });
    for feed in [phone, desktop] {
        assert_eq!(scene.told_of_mentions(feed), [nothing.clone(), vec![true], vec![false]]);
    }
    scene.say(other, &FeedRequest::SawMention { conversation: CONVERSATION });
    assert_eq!(scene.told_of_mentions(other), [nothing]);
    let later = scene.watch(Who::Agent);
    assert_eq!(scene.told_of_mentions(later), [[false]], "after the welcome");
}
