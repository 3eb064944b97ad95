//! A visitor's home: what the workspace knows of their conversations and of nobody else's, and what each conversation counts.

use domain::token::sign;
use protocol::call::{ConversationAnswer, ConversationCall, Glance, WorkspaceAnswer, WorkspaceCall};
use protocol::{
    AgentCommand, ClientFrame, ClientMessageId, Code, ConversationDigest, ConversationId, Epoch, HomeWanted,
    IndexEntry, Milestone, MilestoneKind, OutboxId, Passage, Placement, ReplyTime, Seq, SiteId, Status,
    Submission, VisitorClaims, VisitorHome, VisitorId, VoucherId,
};

use crate::conversation::Talk;
use crate::platform::SECRET;
use crate::scene::{SITE, Scene, WORKSPACE, Who};

fn claims(visitor: u8) -> VisitorClaims {
    VisitorClaims {
        workspace: WORKSPACE,
        site: SITE,
        visitor: VisitorId::from_bytes([visitor; 16]),
        conversation: ConversationId::from_bytes([0xff; 32]),
        expires_at: protocol::Timestamp(0),
        identity: None,
        voucher: None,
    }
}

fn home(scene: &mut Scene, claims: VisitorClaims) -> Result<VisitorHome, Code> {
    match scene.call(WorkspaceCall::Home(Box::new(HomeWanted { claims, with_team: true })))? {
        WorkspaceAnswer::Home(home) => Ok(*home),
        _ => Err(Code::Internal),
    }
}

/// The workspace hears that a visitor was answered in a conversation.
fn tell(scene: &mut Scene, conversation: u8, visitor: u8, site: SiteId, answered_by: Who) {
    let now = scene.platform.now;
    let kinds = [MilestoneKind::Asked, MilestoneKind::Answered(answered_by.id())];
    let milestone =
        |(seq, kind): (u64, MilestoneKind)| Milestone { seq: Seq(seq), at: now.plus(seq * 1_000), kind };
    let digest = ConversationDigest {
        epoch: Epoch::from_bytes([1; 16]),
        revision: 2,
        entry: IndexEntry {
            conversation: ConversationId::from_bytes([conversation; 32]),
            site,
            visitor: VisitorId::from_bytes([visitor; 16]),
            status: Status::Resolved,
            active_at: now.plus(u64::from(conversation) * 1_000),
            preview: None,
            unread: 0,
            began_at: now,
            identity: None,
            placement: Placement::default(),
        },
    };
    let milestones = (1..).zip(kinds).map(milestone).collect();
    let passage = Passage { after: Seq::START, upto: Seq(2), lines: Vec::new(), milestones };
    scene.call(WorkspaceCall::Tell { digest: Box::new(digest), passage }).map(drop).expect("heard");
}

#[test]
fn cv42_a_visitor_finds_their_own_conversations_on_the_site_and_no_others() {
    let mut scene = Scene::new();
    assert_eq!(home(&mut scene, claims(7)), Ok(VisitorHome::default()));
    tell(&mut scene, 1, 7, SITE, Who::Agent);
    tell(&mut scene, 2, 8, SITE, Who::Agent);
    tell(&mut scene, 3, 7, SiteId::from_bytes([9; 16]), Who::Agent);
    tell(&mut scene, 4, 7, SITE, Who::Agent);
    let listed = |home: &VisitorHome| {
        home.conversations.iter().map(|entry| entry.conversation.as_bytes()[0]).collect::<Vec<_>>()
    };
    assert_eq!(home(&mut scene, claims(7)).map(|home| listed(&home)), Ok(vec![4, 1]));
    assert_eq!(home(&mut scene, claims(8)).map(|home| listed(&home)), Ok(vec![2]));
    assert_eq!(home(&mut scene, claims(9)).map(|home| listed(&home)), Ok(vec![]));
}

#[test]
fn cv42_nothing_is_told_once_what_a_token_rests_on_has_ended() {
    let mut scene = Scene::new();
    tell(&mut scene, 1, 7, SITE, Who::Agent);
    let elsewhere = VisitorClaims { site: SiteId::from_bytes([9; 16]), ..claims(7) };
    assert_eq!(home(&mut scene, elsewhere), Err(Code::UnknownSite));
    let proven = VisitorClaims { voucher: Some(VoucherId::from_bytes([5; 8])), ..claims(7) };
    assert_eq!(home(&mut scene, proven), Err(Code::BadIdentity));
    assert_eq!(home(&mut Scene::absent(), claims(7)), Err(Code::UnknownSite));
}

#[test]
fn cv43_the_team_is_who_answered_and_still_belongs_to_the_workspace() {
    let mut scene = Scene::new();
    for number in 1..=3 {
        tell(&mut scene, number, number, SITE, Who::Agent);
    }
    tell(&mut scene, 4, 4, SITE, Who::Removed);
    assert_eq!(home(&mut scene, claims(1)).map(|home| home.reply), Ok(None), "too few");
    tell(&mut scene, 5, 5, SITE, Who::Owner);
    let home = home(&mut scene, claims(1)).expect("a home");
    assert_eq!(home.reply, Some(ReplyTime::Minutes));
    assert_eq!(
        home.team.iter().map(|agent| agent.id).collect::<Vec<_>>(),
        [Who::Agent.id(), Who::Owner.id()]
    );
}

fn glance(talk: &mut Talk, claims: &VisitorClaims) -> Result<u32, Code> {
    let call = ConversationCall::Glance(Box::new(Glance { credential: sign(SECRET, claims) }));
    match talk.object.answer(&mut talk.platform, call) {
        Ok(ConversationAnswer::Unread(unread)) => Ok(unread),
        Ok(other) => panic!("{other:?}"),
        Err(reject) => Err(reject.code),
    }
}

#[test]
fn cv42_a_conversation_counts_what_its_visitor_has_not_seen() {
    let mut talk = Talk::new();
    let own = talk.claims();
    assert_eq!(glance(&mut talk, &own), Ok(0));
    let ticket = talk.ticket(0xa1);
    let agent = talk.agent_comes(&ticket);
    for number in 1..=2 {
        let said = ClientFrame::Submit(Submission {
            client_message_id: ClientMessageId::from_bytes([number; 16]),
            outbox: OutboxId::from_bytes([9; 16]),
            number: u64::from(number),
            command: AgentCommand::Message { text: "An answer".to_owned() },
        });
        talk.say(agent, &said);
    }
    assert_eq!(glance(&mut talk, &own), Ok(2));
    let further = VisitorClaims { conversation: ConversationId::from_bytes([9; 32]), ..own.clone() };
    assert_eq!(glance(&mut talk, &further), Ok(2), "with the token of another conversation of theirs");
    let stranger = VisitorClaims { visitor: VisitorId::from_bytes([4; 16]), ..own.clone() };
    assert_eq!(glance(&mut talk, &stranger), Err(Code::NotFound));
    talk.say(talk.visitor, &ClientFrame::<()>::Read { upto: Seq(2) });
    assert_eq!(glance(&mut talk, &own), Ok(1));
    talk.site_ends();
    assert_eq!(glance(&mut talk, &own), Err(Code::NotFound));
}
