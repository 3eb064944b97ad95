//! Files: who may send them, say them and have them, and when they go.

use domain::token::sign;
use protocol::call::{
    CallResult, ConversationAnswer, ConversationCall, ConversationRequest, FileRequest, VisitorAsks,
};
use protocol::{
    AgentCommand, AgentId, AgentProfile, ClientFrame, ClientMessageId, Code, File, FileId, FileName,
    MediaType, OutboxId, Permission, Permissions, Role, Submission, Timestamp, UploadId, VisitorClaims,
    VisitorCommand, VisitorId, WorkspaceId, limits,
};

use crate::conversation::{Talk, WORKSPACE};
use crate::platform::SECRET;

const ANNA: u8 = 0xa1;
const BEN: u8 = 0xa2;

#[derive(Debug, Clone, Copy)]
enum By {
    Visitor,
    OtherVisitor,
    Agent(u8, Permission),
    OtherWorkspace,
}

const ANSWERS: By = By::Agent(ANNA, Permission::AnswerVisitors);

fn ask(talk: &mut Talk, by: By, request: FileRequest) -> Result<ConversationAnswer, Code> {
    let call = match by {
        By::Visitor | By::OtherVisitor => {
            let visitor = if matches!(by, By::Visitor) { 3 } else { 4 };
            let claims = VisitorClaims { visitor: VisitorId::from_bytes([visitor; 16]), ..talk.claims() };
            let credential = sign(SECRET, &claims);
            ConversationCall::OfVisitor(Box::new(VisitorAsks { credential, request }))
        }
        By::Agent(agent, permission) => of_agent(WORKSPACE, agent, permission, request),
        By::OtherWorkspace => {
            of_agent(WorkspaceId::from_bytes([9; 16]), ANNA, Permission::AnswerVisitors, request)
        }
    };
    let answer: CallResult<ConversationAnswer> = talk.object.answer(&mut talk.platform, call);
    answer.map_err(|reject| reject.code)
}

fn of_agent(
    workspace: WorkspaceId,
    agent: u8,
    permission: Permission,
    request: FileRequest,
) -> ConversationCall {
    ConversationCall::As {
        workspace,
        agent: AgentProfile { id: AgentId::from_bytes([agent; 16]), name: "Agent".to_owned() },
        permissions: Permissions::of(&[Permission::ReadConversations, permission]),
        request: Box::new(ConversationRequest::File(request)),
    }
}

fn begin(talk: &mut Talk, by: By, upload: u8) -> Result<FileId, Code> {
    match ask(talk, by, FileRequest::Begin { upload: UploadId::from_bytes([upload; 16]), bytes: 5 })? {
        ConversationAnswer::Begun(id) => Ok(id),
        ConversationAnswer::File(file) => Ok(file.id),
        other => panic!("{other:?}"),
    }
}

fn finish(talk: &mut Talk, by: By, upload: u8, id: FileId) -> Result<File, Code> {
    let (name, media) = (FileName::tidied("plan", MediaType::Pdf), MediaType::Pdf);
    let file = File { id, name, media, bytes: 5, picture: None };
    let upload = UploadId::from_bytes([upload; 16]);
    match ask(talk, by, FileRequest::Finish { upload, file })? {
        ConversationAnswer::File(file) => Ok(*file),
        other => panic!("{other:?}"),
    }
}

fn sent_up(talk: &mut Talk, by: By, upload: u8) -> File {
    let id = begin(talk, by, upload).expect("begun");
    finish(talk, by, upload, id).expect("finished")
}

fn has(talk: &mut Talk, by: By, file: &File) -> Result<(), Code> {
    ask(talk, by, FileRequest::Look(file.id)).map(drop)
}

fn says(talk: &mut Talk, file: &File) {
    visitor_says(talk, 1, VisitorCommand::File(file.clone()));
}

/// The `number`th thing that the visitor says.
fn visitor_says(talk: &mut Talk, number: u64, command: VisitorCommand) {
    let submission = Submission {
        client_message_id: said_by_visitor(number),
        outbox: OutboxId::from_bytes([0x77; 16]),
        number,
        command,
    };
    talk.say(talk.visitor, &ClientFrame::Submit(submission));
}

fn said_by_visitor(number: u64) -> ClientMessageId {
    ClientMessageId::from_bytes([0x50 + u8::try_from(number).expect("few"); 16])
}

fn agent_says(talk: &mut Talk, id: u8, command: AgentCommand) -> Result<(), Code> {
    let submission = Submission {
        client_message_id: ClientMessageId::from_bytes([id; 16]),
        outbox: OutboxId::from_bytes([id; 16]),
        number: 1,
        command,
    };
    let call = ConversationCall::As {
        workspace: WORKSPACE,
        agent: AgentProfile { id: AgentId::from_bytes([ANNA; 16]), name: "Agent".to_owned() },
        permissions: Role::Agent.built_in_permissions().expect("built in"),
        request: Box::new(ConversationRequest::Submit(submission)),
    };
    talk.object.answer(&mut talk.platform, call).map(drop).map_err(|reject| reject.code)
}

#[test]
fn fl1_who_may_write_to_somebody_sends_files_up() {
    let mut talk = Talk::new();
    assert!(begin(&mut talk, By::Visitor, 1).is_ok());
    assert!(begin(&mut talk, ANSWERS, 2).is_ok());
    assert!(begin(&mut talk, By::Agent(ANNA, Permission::WriteNotes), 3).is_ok());
    let reader = By::Agent(ANNA, Permission::ReadConversations);
    assert_eq!(begin(&mut talk, reader, 4).err(), Some(Code::Forbidden));
    assert_eq!(begin(&mut talk, By::OtherVisitor, 5).err(), Some(Code::NotFound));
    assert_eq!(begin(&mut talk, By::OtherWorkspace, 6).err(), Some(Code::NotFound));
}

#[test]
fn fl1_a_token_is_looked_at_each_time() {
    let mut talk = Talk::new();
    let file = sent_up(&mut talk, By::Visitor, 1);
    let looks = |talk: &mut Talk, credential: String| {
        let request = FileRequest::Look(file.id);
        let call = ConversationCall::OfVisitor(Box::new(VisitorAsks { credential, request }));
        talk.object.answer(&mut talk.platform, call).map(drop).map_err(|reject| reject.code)
    };
    let good = sign(SECRET, &talk.claims());
    assert_eq!(looks(&mut talk, good.clone()), Ok(()));
    assert_eq!(looks(&mut talk, "nonsense".to_owned()), Err(Code::Unauthenticated));
    let old = VisitorClaims { expires_at: Timestamp(0), ..talk.claims() };
    assert_eq!(looks(&mut talk, sign(SECRET, &old)), Err(Code::Unauthenticated));
    talk.site_ends();
    assert_eq!(looks(&mut talk, good), Err(Code::NotFound));
}

#[test]
fn fl3_of_two_attempts_the_first_that_is_whole_counts() {
    let mut talk = Talk::new();
    let one = begin(&mut talk, By::Visitor, 1).expect("begun");
    let two = begin(&mut talk, By::Visitor, 1).expect("begun");
    assert_ne!(one, two, "neither writes over the other");
    let first = finish(&mut talk, By::Visitor, 1, two).expect("finished");
    assert_eq!(finish(&mut talk, By::Visitor, 1, one), Ok(first.clone()));
    talk.evict();
    assert_eq!(begin(&mut talk, By::Visitor, 1), Ok(first.id));
    assert_eq!(finish(&mut talk, ANSWERS, 2, one).err(), Some(Code::NotFound), "somebody else's");
    assert_eq!(finish(&mut talk, ANSWERS, 2, FileId::from_bytes([99; 16])).err(), Some(Code::NotFound));
}

#[test]
fn fl7_a_file_that_is_said_is_everybodys_and_a_notes_the_agents() {
    let mut talk = Talk::new();
    let photo = sent_up(&mut talk, By::Visitor, 1);
    let ben = By::Agent(BEN, Permission::AnswerVisitors);
    assert_eq!(has(&mut talk, ben, &photo), Err(Code::NotFound), "not said yet");
    says(&mut talk, &photo);
    assert_eq!(has(&mut talk, ben, &photo), Ok(()));
    let secret = sent_up(&mut talk, ANSWERS, 2);
    assert_eq!(agent_says(&mut talk, 0x61, AgentCommand::NoteFile(secret.clone())), Ok(()));
    assert_eq!(agent_says(&mut talk, 0x61, AgentCommand::NoteFile(secret.clone())), Ok(()), "the same again");
    assert_eq!(agent_says(&mut talk, 0x62, AgentCommand::File(secret.clone())), Err(Code::NotFound), "twice");
    talk.evict();
    assert_eq!(has(&mut talk, ben, &secret), Ok(()));
    assert_eq!(has(&mut talk, By::Visitor, &secret), Err(Code::NotFound));
    for other in [By::OtherVisitor, By::OtherWorkspace] {
        assert_eq!(has(&mut talk, other, &photo), Err(Code::NotFound), "{other:?}");
    }
}

#[test]
fn fl9_too_many_uploads_wait() {
    let mut talk = Talk::new();
    for upload in 0..limits::UPLOADS {
        let upload = u8::try_from(upload).expect("few");
        begin(&mut talk, By::Visitor, upload).expect("begun");
    }
    assert_eq!(begin(&mut talk, By::Visitor, 0xff).err(), Some(Code::RateLimited));
    talk.evict();
    assert_eq!(begin(&mut talk, By::Visitor, 0xff).err(), Some(Code::RateLimited), "also after an eviction");
    assert!(begin(&mut talk, ANSWERS, 0xff).is_ok(), "each for themselves");
}

#[test]
fn fl10_what_was_never_said_goes_after_a_day_and_what_was_said_stays() {
    let mut talk = Talk::new();
    talk.tell_all();
    let unsaid = sent_up(&mut talk, By::Visitor, 1);
    let said = sent_up(&mut talk, By::Visitor, 2);
    let day = talk.platform.now.plus(limits::UNSAID_FILE_MS);
    assert_eq!(talk.platform.alarm, Some(day));
    says(&mut talk, &said);
    assert!(talk.platform.alarm.is_some_and(|alarm| alarm < day), "the news goes first");
    talk.tell_all();
    talk.object.arm_for_files(&mut talk.platform, false);
    assert_eq!(talk.platform.alarm, Some(day), "and then the alarm is for the file again");

    talk.platform.now = day;
    talk.evict();
    assert_eq!(talk.object.files_to_remove(&talk.platform), [unsaid.id]);
    talk.object.arm_for_files(&mut talk.platform, true);
    assert_eq!(talk.platform.alarm, Some(day.plus(30_000)), "what fails is tried again");
    talk.object.files_removed(&talk.platform, &[unsaid.id]);
    assert_eq!(talk.object.files_to_remove(&talk.platform), []);
    assert_eq!(has(&mut talk, By::Visitor, &unsaid), Err(Code::NotFound));
    assert_eq!(has(&mut talk, By::Visitor, &said), Ok(()));
}

#[test]
fn fl10_files_go_with_their_conversation() {
    let mut talk = Talk::new();
    let file = sent_up(&mut talk, By::Visitor, 1);
    says(&mut talk, &file);
    let coming = begin(&mut talk, By::Visitor, 2).expect("begun");
    assert_eq!(talk.erase(WORKSPACE), Ok(()));
    assert!(talk.platform.alarm.is_some_and(|alarm| alarm <= talk.platform.now.plus(30_000)));
    talk.evict();
    assert_eq!(talk.object.files_to_remove(&talk.platform), [file.id]);
    assert_eq!(finish(&mut talk, By::Visitor, 2, coming).err(), Some(Code::NotFound));
    talk.object.files_removed(&talk.platform, &[file.id]);
    talk.platform.now = talk.platform.now.plus(limits::UPLOAD_MS + 60_000);
    assert_eq!(talk.object.files_to_remove(&talk.platform), [coming], "what was on its way");
}

#[test]
fn fl10_a_file_goes_with_the_message_that_is_deleted() {
    let mut talk = Talk::new();
    let (photo, secret) = (sent_up(&mut talk, By::Visitor, 1), sent_up(&mut talk, ANSWERS, 2));
    says(&mut talk, &photo);
    assert_eq!(agent_says(&mut talk, 0x61, AgentCommand::NoteFile(secret.clone())), Ok(()));
    talk.tell_all();
    let of = ClientMessageId::from_bytes([0x61; 16]);
    let words = AgentCommand::EditNote { of, text: "words".to_owned() };
    assert_eq!(agent_says(&mut talk, 0x62, words), Err(Code::NotFound), "a file is no text");
    assert_eq!(agent_says(&mut talk, 0x63, AgentCommand::DeleteNote { of }), Ok(()));
    assert_eq!(has(&mut talk, ANSWERS, &secret), Err(Code::NotFound));
    assert_eq!(has(&mut talk, ANSWERS, &photo), Ok(()));
    assert_eq!(talk.platform.alarm, Some(talk.platform.now), "it is removed at once");
    assert_eq!(talk.object.files_to_remove(&talk.platform), [secret.id]);

    visitor_says(&mut talk, 2, VisitorCommand::Delete { of: said_by_visitor(1) });
    talk.evict();
    for by in [By::Visitor, ANSWERS] {
        assert_eq!(has(&mut talk, by, &photo), Err(Code::NotFound), "{by:?}");
    }
    assert_eq!(talk.object.files_to_remove(&talk.platform).len(), 2);
}
