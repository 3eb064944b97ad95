//! Files: who may send them and have them, what they are taken for, and what is left of them.

use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::limits::{FILE_BYTES, UPLOAD_MS, UPLOADS};
use protocol::{
    AgentCommand, AgentKind, ClientFrame, Code, ConversationId, File, FileId, FileName, MediaType,
    PrivateKind, PublicKind, Seq, ServerFrame, UploadId, VisitorCommand, WorkspaceId,
};
use tests::adapted::wrapped;
use tests::file::Sender;
use tests::visitor::{accepted, events};
use tests::{Agent, Case, Person, Raw, Stage, Visitor, random};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("FL1 files go both ways, and notes' files to agents only", both_ways),
    ("FL2 nothing, too much and an unknown length are refused and leave nothing", sizes),
    ("FL2 an upload that is broken off is no file, and comes whole the next time", broken_off),
    (
        "FL2 an upload that comes by the byte ends after its time, holds nobody up and leaves nothing",
        by_the_byte,
    ),
    ("FL3 the same upload twice is one file", twice),
    ("FL4 a file is what it begins with, whatever is said of it", kinds),
    ("FL5 names are harmless in every header", names),
    ("FL7 nobody says a file of somebody else's, or one that is not there", not_theirs),
    ("FL8 every file asked for by everybody: own, others' and absent", everybody),
    ("FL9 who sends up too many files waits", too_many),
];

const PORT: u16 = 8_929;

/// The routes of files, which are asked by everybody here.
pub(crate) const ROUTES: [(&str, &str); 4] = [
    ("POST", "/api/visitor/conversations/{id}/files"),
    ("GET", "/api/visitor/conversations/{id}/files/{file}"),
    ("POST", "/api/workspaces/{w}/conversations/{id}/files"),
    ("GET", "/api/workspaces/{w}/conversations/{id}/files/{file}"),
];

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x20\x08\x06\0\0\0";

fn both_ways(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let conversation = visitor.conversation;
    let by_visitor = Sender::visitor(stage, &visitor, conversation);
    // Before the first word: the file is what begins the conversation.
    let photo = by_visitor.up("photo.png", PNG).file();
    assert_eq!((photo.media, photo.bytes), (MediaType::Png, u32::try_from(PNG.len()).expect("small")));
    assert_eq!(photo.picture.map(|picture| (picture.width, picture.height)), Some((64, 32)));
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    let said = visitor.submission(VisitorCommand::File(photo.clone()));
    line.send(&ClientFrame::Submit(said.clone()));
    accepted(&mut line, said.client_message_id);

    let by_agent = Sender::agent(stage, &agent, agent.workspace, conversation);
    let (mut agent_line, _) = agent.connect(conversation);
    let seen = agent_line.until(|frame| match frame {
        ServerFrame::Events { events } => events.first().cloned(),
        _ => None,
    });
    assert_eq!(seen.kind, AgentKind::Public(PublicKind::File(photo.clone())));
    let had = by_agent.down(photo.id);
    assert_eq!((had.status, had.body.as_slice()), (200, PNG));

    let large: Vec<u8> = (0..3_000_000).map(|index| b'a' + (index % 26) as u8).collect();
    let list = by_agent.up("list.csv", &large).file();
    agent.ask(&mut agent_line, AgentCommand::File(list.clone()));
    assert_eq!(events(&mut line, 1)[0].kind, PublicKind::File(list.clone()));
    let had = by_visitor.down(list.id);
    assert!(had.status == 200 && had.body == large, "{} {}", had.status, had.body.len());

    let secret = by_agent.up("secret.txt", b"between us").file();
    agent.ask(&mut agent_line, AgentCommand::NoteFile(secret.clone()));
    assert_eq!(by_agent.down(secret.id).body, b"between us");
    assert_eq!(by_visitor.down(secret.id).status, 404);
    let (mut colleague, _) = agent.connect(conversation);
    let noted = colleague.until(|frame| match frame {
        ServerFrame::Events { events } => events.last().cloned(),
        _ => None,
    });
    assert_eq!(noted.kind, AgentKind::Private(PrivateKind::File(secret)));
}

fn sizes(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let sender = Sender::visitor(stage, &visitor, visitor.conversation);
    let kept = stage.kept_files();
    let refused = sender.up("nothing.txt", b"");
    assert_eq!((refused.status, refused.code()), (400, Code::Empty));

    // Told before a byte of it is sent.
    let head = |length: &str| {
        let path = sender.address.trim_start_matches(stage.base_url());
        let upload = UploadId::from_bytes(random());
        format!(
            "POST {path} HTTP/1.1\r\nHost: localhost:{}\r\nAuthorization: Bearer {}\r\nPorchlight-Upload: {upload}\r\n{length}\r\n\r\n",
            stage.port(),
            visitor.token,
        )
    };
    let answered = |request: String| {
        let mut raw = Raw::connect(stage.port());
        assert!(raw.send(request.as_bytes()));
        String::from_utf8(raw.read_until("}", Duration::from_secs(10))).expect("an answer")
    };
    let too_large = answered(head(&format!("Content-Length: {}", FILE_BYTES + 1)));
    assert!(too_large.starts_with("HTTP/1.1 413"), "{too_large}");
    let endless = answered(format!("{}4\r\ntext\r\n", head("Transfer-Encoding: chunked")));
    assert!(endless.starts_with("HTTP/1.1 400"), "{endless}");
    assert_eq!(stage.kept_files(), kept);
}

fn broken_off(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let sender = Sender::visitor(stage, &visitor, visitor.conversation);
    let path = sender.address.trim_start_matches(stage.base_url());
    let upload = UploadId::from_bytes(random());
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost:{}\r\nAuthorization: Bearer {}\r\nPorchlight-Upload: {upload}\r\nContent-Length: 5000000\r\n\r\n",
        stage.port(),
        visitor.token,
    );
    let mut raw = Raw::connect(stage.port());
    assert!(raw.send(head.as_bytes()) && raw.send(&vec![b'a'; 1_000_000]));
    std::thread::sleep(Duration::from_millis(500));
    drop(raw);
    // The same upload again, whole.
    let file = sender.up_as(upload, "whole.txt", &vec![b'a'; 5_000_000]).file();
    assert_eq!(sender.down(file.id).body.len(), 5_000_000);
    let again = sender.up_as(upload, "whole.txt", b"something else").file();
    assert_eq!(again, file, "the first that is whole counts");
}

fn by_the_byte(_: &Stage) {
    let stage = Stage::start_adapted("by-the-byte", PORT, |glue| wrapped(include_str!("hasty.js"), glue));
    let visitor = Visitor::arrive(&stage);
    let sender = Sender::visitor(&stage, &visitor, visitor.conversation);
    let kept = stage.kept_files();
    let path = sender.address.trim_start_matches(stage.base_url());
    let mut slow: Vec<_> = (0..20)
        .map(|_| {
            let mut raw = Raw::connect(stage.port());
            let upload = UploadId::from_bytes(random());
            raw.send(
                format!(
                    "POST {path} HTTP/1.1\r\nHost: localhost:{}\r\nAuthorization: Bearer {}\r\nPorchlight-Upload: {upload}\r\nContent-Length: 5000\r\n\r\n",
                    stage.port(),
                    visitor.token,
                )
                .as_bytes(),
            );
            raw
        })
        .collect();
    let begun = Instant::now();
    let limit = Duration::from_millis(UPLOAD_MS / 100);
    let mut witness = Visitor::arrive(&stage);
    let (mut line, _) = witness.connect(Codec::Postcard, None);
    for number in 1.. {
        for raw in &mut slow {
            raw.send(b"a");
        }
        assert_eq!(witness.say(&mut line, "meanwhile"), Seq(number), "nobody else waits");
        std::thread::sleep(Duration::from_millis(1_100));
        if begun.elapsed() > limit {
            break;
        }
    }
    for raw in &mut slow {
        let answer = String::from_utf8(raw.read_until("}", limit)).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("\"unavailable\""), "{answer}");
    }
    assert!(begun.elapsed() >= limit);
    assert_eq!(stage.kept_files(), kept);
}

fn twice(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let sender = Sender::visitor(stage, &visitor, visitor.conversation);
    let kept = stage.kept_files();
    let upload = UploadId::from_bytes(random());
    let first = sender.up_as(upload, "a.txt", b"the same").file();
    let again = sender.up_as(upload, "a.txt", b"the same").file();
    assert_eq!(first, again);
    assert_eq!(stage.kept_files(), kept + 1);
    // The id is its sender's: for somebody else it is another file.
    let other = Visitor::arrive(stage);
    let elsewhere = Sender::visitor(stage, &other, other.conversation).up_as(upload, "a.txt", b"mine").file();
    assert_ne!(first.id, elsewhere.id);
}

fn kinds(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let sender = Sender::visitor(stage, &visitor, visitor.conversation);
    let kept = stage.kept_files();
    let refused: [(&str, &[u8]); 6] = [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("drawing.png", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.png", b"<!doctype html><script>alert(document.domain)</script>"),
        ("program.pdf", b"MZ\x90\0\x03\0\0\0"),
        ("script.txt", b"#!/bin/sh\nrm -rf ~\n"),
        ("unknown.bin", &[0, 1, 2, 3, 4]),
    ];
    for (name, bytes) in refused {
        let answer = sender.up(name, bytes);
        assert_eq!((answer.status, answer.code()), (415, Code::UnsupportedFile), "{name}");
    }
    let long = [&b"<!doctype html>"[..], &vec![b' '; 2_000_000]].concat();
    assert_eq!(sender.up("long.png", &long).status, 415, "read to its end, so that the answer is heard");
    assert_eq!(stage.kept_files(), kept);

    let cases: [(&str, &[u8], &str, bool); 4] = [
        ("polyglot.js", b"GIF89a/*\x01\0\x01\0*/=1;alert(1)//", "image/gif", true),
        ("contract.pdf", b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>", "application/octet-stream", false),
        ("page.html", b"just text, no markup", "application/octet-stream", false),
        ("bomb.zip", b"PK\x03\x04\x14\0\0\0\x08\0", "application/octet-stream", false),
    ];
    for (name, bytes, kind, is_shown) in cases {
        let file = sender.up(name, bytes).file();
        let had = sender.down(file.id);
        assert_eq!((had.status, had.body.as_slice()), (200, bytes), "{name}");
        assert_eq!(had.header("content-type"), Some(kind), "{name}");
        let disposition = had.header("content-disposition").expect("a disposition");
        assert!(disposition.starts_with(if is_shown { "inline;" } else { "attachment;" }), "{name}");
        assert_eq!(had.header("x-content-type-options"), Some("nosniff"), "{name}");
        assert_eq!(had.header("cache-control"), Some("no-store"), "{name}");
        assert_eq!(had.header("cross-origin-resource-policy"), Some("same-origin"), "{name}");
        let policy = had.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"), "{name}: {policy}");
    }
}

fn names(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let sender = Sender::visitor(stage, &visitor, visitor.conversation);
    let long = "n".repeat(4_000);
    let cases = [
        ("../../x", "x.txt"),
        ("..\\..\\x", "x.txt"),
        ("/abs", "abs.txt"),
        ("", "file.txt"),
        ("CON", "_CON.txt"),
        (".htaccess", "htaccess.txt"),
        ("trailing.", "trailing.txt"),
        ("a\r\nSet-Cookie: x=y", "aSet-Cookie_ x=y.txt"),
        ("x\"; filename=\"evil.html", "x_; filename=_evil.html.txt"),
        ("evil\u{202e}txt.exe", "eviltxt.exe.txt"),
        ("Grüße 写真.txt", "Grüße 写真.txt"),
    ];
    for (claimed, expected) in cases {
        let file = sender.up(claimed, b"text").file();
        assert_eq!(file.name.as_str(), expected, "{claimed:?}");
        let had = sender.down(file.id);
        let disposition = had.header("content-disposition").expect("a disposition");
        assert!(disposition.is_ascii() && disposition.matches('"').count() == 2, "{disposition}");
        assert_eq!(had.header("set-cookie"), None, "{claimed:?}");
    }
    let cut = sender.up(&long, b"text").file();
    assert!(cut.name.as_str().len() <= 120 && cut.name.as_str().ends_with(".txt"));
}

fn not_theirs(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hello");
    let mut agent = Agent::sign_in(stage);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    let other = Visitor::arrive(stage);
    let own = Sender::visitor(stage, &visitor, visitor.conversation).up("own.txt", b"own").file();
    let foreign = Sender::visitor(stage, &other, other.conversation).up("other.txt", b"other").file();
    let of_agent = Sender::agent(stage, &agent, agent.workspace, visitor.conversation);
    let of_agent = of_agent.up("agent.txt", b"agent").file();
    let absent = File { id: FileId::from_bytes(random()), ..own.clone() };
    let name = FileName::tidied("other", MediaType::Text);
    let renamed = File { name, ..own.clone() };
    let retyped = File { media: MediaType::Png, ..own.clone() };
    for (what, file) in [
        ("foreign", foreign),
        ("agent's", of_agent),
        ("absent", absent),
        ("renamed", renamed),
        ("retyped", retyped),
    ] {
        let said = visitor.submission(VisitorCommand::File(file));
        line.send(&ClientFrame::Submit(said.clone()));
        let refused = line.until(|frame| match frame {
            ServerFrame::Refused(refusal) => Some(*refusal),
            _ => None,
        });
        assert_eq!(
            (refused.code, refused.client_message_id),
            (Code::NotFound, Some(said.client_message_id)),
            "{what}"
        );
        visitor.take_number_back();
    }
    let by_agent = agent.submission(AgentCommand::File(own.clone()));
    agent_line.send(&ClientFrame::Submit(by_agent));
    let refused = agent_line.until(|frame| match frame {
        ServerFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    });
    assert_eq!(refused, Code::NotFound, "an agent says no visitor's file");
    let said = visitor.submission(VisitorCommand::File(own.clone()));
    line.send(&ClientFrame::Submit(said.clone()));
    accepted(&mut line, said.client_message_id);
    let again = visitor.submission(VisitorCommand::File(own));
    line.send(&ClientFrame::Submit(again));
    let refused = line.until(|frame| match frame {
        ServerFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    });
    assert_eq!(refused, Code::NotFound, "a file is in one message");
}

fn everybody(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    let by_visitor = Sender::visitor(stage, &visitor, visitor.conversation);
    let unsaid = by_visitor.up("unsaid.txt", b"unsaid").file();
    let file = by_visitor.up("said.txt", b"said").file();
    let said = visitor.submission(VisitorCommand::File(file.clone()));
    line.send(&ClientFrame::Submit(said.clone()));
    accepted(&mut line, said.client_message_id);
    let absent = FileId::from_bytes(random());
    let nowhere = ConversationId::from_bytes(random());

    // Another visitor of the site: what is there looks like what is not.
    let stranger = Visitor::arrive(stage);
    let by_stranger = Sender::visitor(stage, &stranger, visitor.conversation);
    let hidden = by_stranger.down(absent);
    assert_eq!((hidden.status, hidden.code()), (404, Code::NotFound));
    assert_eq!(by_stranger.down(file.id), hidden);
    assert_eq!(Sender::visitor(stage, &stranger, nowhere).down(file.id), hidden);
    assert_eq!(Sender::visitor(stage, &stranger, stranger.conversation).down(file.id), hidden, "by its id");
    assert_eq!(by_visitor.down(absent), hidden);
    let not_up = by_stranger.up("a.txt", b"a");
    assert_eq!((not_up.status, not_up.code()), (404, Code::NotFound));
    assert_eq!(Sender::visitor(stage, &stranger, nowhere).up("a.txt", b"a"), not_up);

    // Without a credential that is good.
    let nobody = by_visitor.nobody().down(file.id);
    assert_eq!((nobody.status, nobody.code()), (401, Code::Unauthenticated));
    assert_eq!(nobody.header("cache-control"), Some("no-store"));
    assert_eq!(by_visitor.nobody().down(absent), nobody);
    assert_eq!(by_visitor.nobody().up("a.txt", b"a").status, 401);
    let forged = Visitor::of_session(stage, format!("{}x", visitor.token), visitor.conversation);
    assert_eq!(Sender::visitor(stage, &forged, visitor.conversation).down(file.id), nobody);

    // Agents: their own workspace's.
    let agent = Agent::sign_in(stage);
    let by_agent = Sender::agent(stage, &agent, agent.workspace, visitor.conversation);
    assert_eq!(by_agent.down(file.id).status, 200);
    let hidden = by_agent.down(absent);
    assert_eq!((hidden.status, hidden.code()), (404, Code::NotFound));
    assert_eq!(by_agent.down(unsaid.id), hidden, "what nobody has said is its sender's");
    assert_eq!(by_agent.nobody().down(file.id).code(), Code::Unauthenticated);
    assert_eq!(by_agent.nobody().up("a.txt", b"a").code(), Code::Unauthenticated);
    let mut outsider = Person::sign_up(stage);
    let founded = outsider.post("/api/workspaces", &serde_json::json!({ "name": "Elsewhere" }));
    assert_eq!(founded.status, 201, "{}", founded.body);
    let outsider = Agent::of(stage, &outsider);
    for (workspace, conversation) in [
        (agent.workspace, visitor.conversation),
        (outsider.workspace, visitor.conversation),
        (outsider.workspace, nowhere),
        (WorkspaceId::from_bytes(random()), visitor.conversation),
    ] {
        let sender = Sender::agent(stage, &outsider, workspace, conversation);
        assert_eq!(sender.down(file.id), hidden, "{workspace} {conversation}");
        assert_eq!(sender.up("a.txt", b"a").status, 404, "{workspace} {conversation}");
    }

    // An upload is our own pages' only; a cookie alone, from anywhere, is not enough.
    let elsewhere = Sender {
        headers: vec![
            ("Cookie".to_owned(), agent.cookie.clone()),
            ("Origin".to_owned(), "https://evil.example".to_owned()),
        ],
        ..by_agent.clone()
    };
    assert_eq!(elsewhere.up("a.txt", b"a").code(), Code::Forbidden);

    // Somebody who may only read has files and sends none; who was removed has none.
    let mut owner = agent.person();
    let draft =
        serde_json::json!({ "name": format!("Reader {absent}"), "permissions": ["read_conversations"] });
    let role: protocol::http::workspace::CustomRole =
        owner.post(&format!("/api/workspaces/{}/roles", agent.workspace), &draft).json();
    let mut reader = Person::stranger(stage);
    let invitation = serde_json::json!({ "email": reader.email, "role": { "custom": role.id } });
    let invited = owner.post(&format!("/api/workspaces/{}/invitations", agent.workspace), &invitation);
    assert!(invited.status < 300, "{}", invited.body);
    let newcomer = serde_json::json!({ "name": "Reader", "password": reader.password() });
    let acceptance = serde_json::json!({ "token": reader.token("join"), "newcomer": newcomer });
    assert_eq!(reader.post("/api/invitations/accept", &acceptance).status, 200);
    let reader = Agent::of(stage, &reader);
    let by_reader = Sender::agent(stage, &reader, agent.workspace, visitor.conversation);
    assert_eq!(by_reader.down(file.id).status, 200);
    assert_eq!(by_reader.up("a.txt", b"a").code(), Code::Forbidden);
    let view: protocol::http::workspace::WorkspaceView =
        reader.person().get(&format!("/api/workspaces/{}", agent.workspace)).json();
    let gone = owner.send(
        "DELETE",
        &format!("/api/workspaces/{}/agents/{}", agent.workspace, view.me.id),
        &serde_json::Value::Null,
    );
    assert_eq!(gone.status, 204, "{}", gone.body);
    assert_eq!(by_reader.down(file.id), hidden);
}

fn too_many(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let sender = Sender::visitor(stage, &visitor, visitor.conversation);
    for _ in 0..UPLOADS {
        assert_eq!(sender.up("a.txt", b"a").status, 200);
    }
    let refused = sender.up("a.txt", b"a");
    assert_eq!((refused.status, refused.code()), (429, Code::RateLimited));
    assert!(refused.header("retry-after").is_some());
}
