//! Private chats on the real server: members talk, and nobody else learns of it.

use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::http::private_chat::PrivateChatAnswer;
use protocol::{
    AgentCommand, AgentFrame, AgentId, AgentKind, ClientFrame, CloseCode, ConversationId, FeedFrame,
    PrivateChatEntry, PrivateKind, Seq, ServerFrame, SocketTarget,
};
use serde_json::json;
use tests::agent::{FeedLine, hello};
use tests::{Agent, Case, Person, Received, Stage, random};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("PC1 PC2 PC7 two talk one to one, and a third learns nothing of it", one_to_one),
    ("PC3 a member is added and leaves, and is out of the socket at once", a_group),
    ("PC5 whoever is removed from the workspace is out of the chat within 5 s", removal),
];

/// Somebody of the stage's workspace.
fn colleague(stage: &Stage) -> (Agent, AgentId) {
    let owner = Agent::sign_in(stage);
    let mut person = Person::stranger(stage);
    let path = format!("/api/workspaces/{}", owner.workspace);
    let invited = owner
        .person()
        .post(&format!("{path}/invitations"), &json!({ "email": person.email, "role": "agent" }));
    assert_eq!(invited.status, 201, "{}", invited.body);
    let newcomer = json!({ "name": "Newcomer", "password": person.password() });
    person.post("/api/invitations/accept", &json!({ "token": person.token("join"), "newcomer": newcomer }));
    let view: protocol::http::workspace::WorkspaceView = person.get(&path).json();
    (Agent::of(stage, &person), view.me.id)
}

fn begin(agent: &Agent, draft: &serde_json::Value) -> ConversationId {
    let answer = agent.person().post(&format!("/api/workspaces/{}/private-chats", agent.workspace), draft);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json::<PrivateChatAnswer>().conversation
}

/// How a socket to the chat is answered to somebody who is not in it.
fn turned_away(agent: &Agent, chat: ConversationId) -> Option<u16> {
    let ticket = agent.ticket(SocketTarget::Conversation(chat));
    let mut line = agent.open(chat, Codec::Postcard).expect("the upgrade is accepted");
    line.send(&ClientFrame::Hello(hello(ticket)));
    loop {
        match line.receive() {
            Received::Closed(code) => return code,
            Received::Frame(ServerFrame::Bye { .. }) => {}
            Received::Frame(frame) => panic!("nothing is told: {frame:?}"),
            Received::Text(text) => panic!("nothing is told: {text}"),
        }
    }
}

fn row(feed: &mut FeedLine, chat: ConversationId, wanted: fn(&PrivateChatEntry) -> bool) -> PrivateChatEntry {
    feed.until(|frame| match frame {
        FeedFrame::PrivateChat(entry) if entry.conversation == chat && wanted(entry) => Some(entry.clone()),
        _ => None,
    })
}

fn one_to_one(stage: &Stage) {
    let ((mut anna, anna_id), (mut ben, ben_id)) = (colleague(stage), colleague(stage));
    let (cleo, _) = colleague(stage);
    let (mut feed, _) = ben.watch_feed();
    let owner = Agent::sign_in(stage);
    let (mut owners_feed, _) = owner.watch_feed();
    let chat = begin(&anna, &json!({ "with": [ben_id] }));
    assert_eq!(begin(&ben, &json!({ "with": [anna_id] })), chat, "the one they have");
    let (mut line, welcome) = anna.connect(chat);
    assert_eq!((welcome.presence.visitor, welcome.head), (None, Seq(1)));
    anna.ask(&mut line, AgentCommand::Note { text: "Lunch, @Newcomer?".to_owned() });
    let listed = row(&mut feed, chat, |entry| entry.unread == 1);
    assert_eq!(listed.mentions, 1);
    assert_eq!(listed.preview.map(|preview| preview.text).as_deref(), Some("Lunch, @Newcomer?"));
    let (mut bens, _) = ben.connect(chat);
    bens.send(&ClientFrame::Read { upto: Seq(2) });
    row(&mut feed, chat, |entry| entry.unread == 0);
    line.until(|frame| matches!(frame, AgentFrame::Marks(marks) if marks.visitor == Seq(2)).then_some(()));

    // Neither a colleague nor the owner gets in, and the answer is that to a chat there is not.
    assert_eq!(turned_away(&cleo, chat), Some(CloseCode::NotFound.number()));
    assert_eq!(turned_away(&owner, chat), Some(CloseCode::NotFound.number()));
    let absent = begin(&cleo, &json!({ "with": [ben_id] }));
    assert_ne!(absent, chat);
    for path in ["members/me", "name"] {
        let (method, body) =
            if path == "name" { ("PUT", json!({ "name": "Ours" })) } else { ("DELETE", json!(null)) };
        let at =
            |id: ConversationId| format!("/api/workspaces/{}/private-chats/{id}/{path}", owner.workspace);
        let foreign = owner.person().send(method, &at(chat), &body);
        let nowhere = owner.person().send(method, &at(ConversationId::from_bytes(random())), &body);
        assert_eq!((foreign.status, &foreign.body), (nowhere.status, &nowhere.body));
        assert_eq!(foreign.status, 404);
    }
    let answers = format!("/api/workspaces/{}/conversations/{chat}/answers", owner.workspace);
    assert_eq!(owner.person().get(&answers).status, 404);
    let searched = owner
        .person()
        .post(&format!("/api/workspaces/{}/search", owner.workspace), &json!({ "text": "Lunch, @Newcomer" }));
    assert!(!searched.body.contains(&chat.to_string()), "{}", searched.body);
    while let Some(received) = owners_feed.receive_within(Duration::from_millis(500)) {
        assert!(!matches!(received, Received::Frame(FeedFrame::PrivateChat(_))), "the owner is told nothing");
    }
}

fn a_group(stage: &Stage) {
    let ((mut anna, _), (mut ben, ben_id)) = (colleague(stage), colleague(stage));
    let draft = json!({ "with": [], "group": { "name": "Night", "nonce": ben_id } });
    let chat = begin(&anna, &draft);
    assert_eq!(begin(&anna, &draft), chat, "asked again");
    let (mut line, _) = anna.connect(chat);
    anna.ask(&mut line, AgentCommand::Note { text: "before".to_owned() });
    assert_eq!(turned_away(&ben, chat), Some(CloseCode::NotFound.number()));
    let members = format!("/api/workspaces/{}/private-chats/{chat}/members", anna.workspace);
    assert_eq!(anna.person().post(&members, &json!({ "agent": ben_id })).status, 204);
    let (mut bens, _) = ben.connect(chat);
    bens.until(|frame| match frame {
        ServerFrame::Events { events } => events
            .iter()
            .any(|event| {
                matches!(&event.kind, AgentKind::Private(PrivateKind::Note { text, .. }) if text.as_str() == "before")
            })
            .then_some(()),
        _ => None,
    });
    assert_eq!(ben.person().send("DELETE", &format!("{members}/me"), &json!(null)).status, 204);
    assert_eq!(bens.until_closed(), Some(CloseCode::NotFound.number()));
    assert_eq!(turned_away(&ben, chat), Some(CloseCode::NotFound.number()));
    anna.ask(&mut line, AgentCommand::Note { text: "after".to_owned() });
}

fn removal(stage: &Stage) {
    let ((mut anna, _), (mut ben, ben_id)) = (colleague(stage), colleague(stage));
    let chat = begin(&anna, &json!({ "with": [ben_id] }));
    let (mut line, _) = anna.connect(chat);
    let (mut bens, _) = ben.connect(chat);
    anna.ask(&mut line, AgentCommand::Note { text: "Good luck".to_owned() });
    let owner = Agent::sign_in(stage);
    let began = Instant::now();
    let removed = owner.person().send(
        "DELETE",
        &format!("/api/workspaces/{}/agents/{ben_id}", owner.workspace),
        &json!(null),
    );
    assert_eq!(removed.status, 204);
    assert!(bens.until_closed().is_some());
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    line.until(|frame| match frame {
        ServerFrame::Events { events } => events
            .iter()
            .any(|event| matches!(&event.kind, AgentKind::Private(PrivateKind::Gathered(gathering)) if !gathering.circle.has(ben_id)))
            .then_some(()),
        _ => None,
    });
}
