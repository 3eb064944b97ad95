//! What becomes of a message that its author edits or deletes.

use domain::Conversation;
use domain::conversation::{Request, Write};
use protocol::limits::{AGENT_AMENDS_MS, VISITOR_AMENDS_MS};
use protocol::{
    AgentCommand, AgentKind, ClientFrame, ClientMessageId, Code, MessageName, PrivateKind, PublicKind, Seq,
    Status, VisitorCommand, Writer,
};

use crate::scene::{Answer, Scene};

#[test]
fn cv12_a_message_says_what_its_author_last_made_of_it() {
    let mut scene = Scene::new();
    let one = id_of(&scene.visitor_says("one").expect("accepted"));
    scene.visitor_asks(edit(one, "two")).expect("accepted");
    let three = scene.visitor_asks(edit(one, "three")).expect("accepted");
    assert_eq!(preview(&scene), Some("three".to_owned()));
    let [Write::Append(event)] = three.writes.as_slice() else { panic!("{three:?}") };
    assert_eq!((event.seq, event.target), (Seq(3), Seq(1)));
    assert!(matches!(&event.kind, AgentKind::Public(PublicKind::Edited { of, .. }) if *of == one));
}

#[test]
fn cv12_a_deleted_message_is_gone_and_stays_in_its_place() {
    let mut scene = Scene::new();
    let one = id_of(&scene.visitor_says("one").expect("accepted"));
    scene.visitor_asks(edit(one, "two")).expect("accepted");
    scene.visitor_asks(VisitorCommand::Delete { of: one }).expect("accepted");
    assert_eq!(preview(&scene), Some(String::new()));
    assert_eq!(scene.conversation.unread(), 1, "its place is still one to be seen");
    for command in [edit(one, "again"), VisitorCommand::Delete { of: one }] {
        assert_eq!(scene.visitor_asks(command), Err(Code::NotFound.into()));
    }
}

#[test]
fn dl3_nothing_is_left_to_compare_of_what_was_changed() {
    let mut scene = Scene::new();
    let submission = scene.next_of_visitor("one");
    let one = submission.client_message_id;
    scene.submit(submission.clone()).expect("accepted");
    scene.visitor_asks(edit(one, "two")).expect("accepted");
    scene.visitor_asks(VisitorCommand::Delete { of: one }).expect("accepted");
    let again = scene.submit(submission).expect("the first answer");
    assert_eq!(again.writes, []);
}

#[test]
fn cv12_only_the_author_can_name_a_message_to_change() {
    let mut scene = Scene::new();
    let of_visitor = id_of(&scene.visitor_says("one").expect("accepted"));
    let of_agent = id_of(&scene.agent_asks(say("two")).expect("accepted"));
    assert_eq!(scene.agent_asks(AgentCommand::Delete { of: of_visitor }), Err(Code::NotFound.into()));
    assert_eq!(scene.visitor_asks(VisitorCommand::Delete { of: of_agent }), Err(Code::NotFound.into()));
    let edit = scene.visitor_asks(edit(of_visitor, "three")).expect("accepted");
    assert_eq!(scene.visitor_asks(VisitorCommand::Delete { of: id_of(&edit) }), Err(Code::NotFound.into()));
}

#[test]
fn cv12_there_is_a_time_after_which_nothing_is_changed() {
    let mut scene = Scene::new();
    let of_visitor = id_of(&scene.visitor_says("one").expect("accepted"));
    let of_agent = id_of(&scene.agent_asks(say("two")).expect("accepted"));
    scene.pass(VISITOR_AMENDS_MS - 10_000);
    scene.visitor_asks(edit(of_visitor, "in time")).expect("accepted");
    scene.pass(10_000);
    for command in [edit(of_visitor, "late"), VisitorCommand::Delete { of: of_visitor }] {
        assert_eq!(scene.visitor_asks(command), Err(Code::TooLate.into()), "however it was edited since");
    }
    let edit = |text: &str| AgentCommand::Edit { of: of_agent, text: text.to_owned() };
    scene.agent_asks(edit("in time")).expect("accepted");
    scene.pass(AGENT_AMENDS_MS);
    for command in [edit("late"), AgentCommand::Delete { of: of_agent }] {
        assert_eq!(scene.agent_asks(command), Err(Code::TooLate.into()));
    }
    assert_eq!(scene.conversation.head(), Seq(4));
}

#[test]
fn cv13_a_note_is_changed_as_a_note_only() {
    let mut scene = Scene::new();
    scene.visitor_says("one").expect("accepted");
    let note = id_of(&scene.agent_asks(AgentCommand::Note { text: "psst".to_owned() }).expect("accepted"));
    let message = id_of(&scene.agent_asks(say("hello")).expect("accepted"));
    for command in [
        AgentCommand::Edit { of: note, text: "oops".to_owned() },
        AgentCommand::Delete { of: note },
        AgentCommand::EditNote { of: message, text: "hidden".to_owned() },
        AgentCommand::DeleteNote { of: message },
    ] {
        assert_eq!(scene.agent_asks(command), Err(Code::NotFound.into()));
    }
    scene.agent_asks(AgentCommand::EditNote { of: note, text: "hush".to_owned() }).expect("accepted");
    scene.agent_asks(AgentCommand::DeleteNote { of: note }).expect("accepted");
    let kinds: Vec<_> = scene.events.iter().rev().take(2).map(|event| event.kind.clone()).collect();
    assert!(matches!(
        kinds.as_slice(),
        [
            AgentKind::Private(PrivateKind::NoteDeleted { .. }),
            AgentKind::Private(PrivateKind::NoteEdited { .. })
        ]
    ));
    assert_eq!(scene.conversation.public_head(), Seq(2));
    assert_eq!(preview(&scene), Some("hello".to_owned()));
}

#[test]
fn cv14_an_answer_is_for_those_who_see_what_it_answers() {
    let mut scene = Scene::new();
    let said = id_of(&scene.visitor_says("one").expect("accepted"));
    let note = id_of(&scene.agent_asks(AgentCommand::Note { text: "psst".to_owned() }).expect("accepted"));
    let agent = Writer::Agent(crate::scene::agent_profile().id);
    let (said, note) = (MessageName { by: Writer::Visitor, id: said }, MessageName { by: agent, id: note });
    let nothing = MessageName { by: agent, id: said.id };
    let text = || "yes".to_owned();

    for to in [note, nothing] {
        assert_eq!(
            scene.visitor_asks(VisitorCommand::Reply { to, text: text() }),
            Err(Code::NotFound.into())
        );
        assert_eq!(scene.agent_asks(AgentCommand::Reply { to, text: text() }), Err(Code::NotFound.into()));
    }
    for to in [said, note] {
        scene.agent_asks(AgentCommand::ReplyByNote { to, text: text() }).expect("accepted");
    }
    scene.agent_asks(AgentCommand::Reply { to: said, text: text() }).expect("accepted");
    let answer = scene.visitor_asks(VisitorCommand::Reply { to: said, text: text() }).expect("accepted");
    let stored = scene.events.last().and_then(|event| event.kind.reply_to());
    assert_eq!(stored, Some(said));

    scene.visitor_asks(edit(id_of(&answer), "no")).expect("accepted");
    scene.visitor_asks(VisitorCommand::Delete { of: said.id }).expect("accepted");
    scene.visitor_asks(VisitorCommand::Reply { to: said, text: text() }).expect("what is deleted was there");
    let change = scene.events.iter().rev().nth(1).map(|event| event.client_message_id);
    let to = MessageName { by: Writer::Visitor, id: change.expect("the deletion") };
    assert_eq!(scene.visitor_asks(VisitorCommand::Reply { to, text: text() }), Err(Code::NotFound.into()));
}

#[test]
fn cv3_a_change_opens_no_resolved_conversation() {
    let mut scene = Scene::new();
    let one = id_of(&scene.visitor_says("one").expect("accepted"));
    scene.agent_asks(AgentCommand::Resolve).expect("accepted");
    scene.visitor_asks(edit(one, "two")).expect("accepted");
    assert_eq!(scene.conversation.status(), Status::Resolved);
}

#[test]
fn ws7_the_index_does_not_keep_for_long_what_is_gone() {
    let mut scene = Scene::new();
    scene.visitor_says("one").expect("accepted");
    let two = id_of(&scene.agent_asks(say("two")).expect("accepted"));
    assert!(!scene.agent_asks_whole(say("three")).is_pressing());
    assert!(scene.agent_asks_whole(AgentCommand::Edit { of: two, text: "2".to_owned() }).is_pressing());
    assert!(scene.agent_asks_whole(AgentCommand::Delete { of: two }).is_pressing());
}

impl Scene {
    /// Any event's id.
    pub(crate) fn pick(&self, which: usize) -> Option<ClientMessageId> {
        self.events.get(which % self.events.len().max(1)).map(|event| event.client_message_id)
    }

    pub(crate) fn visitor_asks(&mut self, command: VisitorCommand) -> Result<Answer, protocol::Reject> {
        let mut submission = self.peek_of_visitor("");
        submission.command = command;
        self.ask(&crate::scene::visitor_seat(), Request::Visitor(ClientFrame::Submit(submission)))
    }
}

fn edit(of: ClientMessageId, text: &str) -> VisitorCommand {
    VisitorCommand::Edit { of, text: text.to_owned() }
}

fn say(text: &str) -> AgentCommand {
    AgentCommand::Message { text: text.to_owned() }
}

fn id_of(answer: &Answer) -> ClientMessageId {
    let appended = answer.writes.iter().rev().find_map(|write| match write {
        Write::Append(event) => Some(event.client_message_id),
        Write::Begin { .. } | Write::Page(_) | Write::Introduce(_) | Write::Settle { .. } => None,
    });
    appended.expect("an event")
}

fn preview(scene: &Scene) -> Option<String> {
    fn of(conversation: &Conversation) -> Option<String> {
        Some(conversation.digest(crate::scene::CONVERSATION)?.entry.preview?.text)
    }
    of(&scene.conversation)
}
