//! Golden bytes of a conversation on its way to a mail.

mod golden;

use protocol::call::{AccountCall, CallResult, ConversationAnswer, ConversationCall};
use protocol::http::TranscriptMailed;
use protocol::mail::{Language, Letter, Mail};
use protocol::{Timestamp, Transcript, TranscriptLine, TranscriptWanted};

use self::golden::check;

fn lines() -> Vec<TranscriptLine> {
    let line = |agent: Option<&str>, text: Option<&str>| TranscriptLine {
        at: Timestamp(1_790_000_000_000),
        agent: agent.map(str::to_owned),
        text: text.map(str::to_owned),
    };
    vec![line(None, Some("Which soil?\nFor a cactus 🌵")), line(Some("Anna 🌿"), None)]
}

#[test]
fn pr11_golden_transcript() {
    let wanted = ConversationCall::Transcribe(Box::new(TranscriptWanted { credential: "a.b".to_owned() }));
    check("conversation_call_transcribe", vec![("one", wanted)]);
    let told: CallResult<ConversationAnswer> =
        Ok(ConversationAnswer::Transcript { lines: lines(), is_cut: true });
    check("conversation_answer_transcript", vec![("one", told)]);
    let transcript = Transcript { site: "Fernwood".to_owned(), lines: lines(), is_cut: false };
    let letter = Letter::Transcript(Box::new(transcript));
    let mail = Mail { to: "anna@example.com".to_owned(), language: Language::De, letter };
    check("account_call_deliver_or_refuse", vec![("one", AccountCall::DeliverOrRefuse(Box::new(mail)))]);
    let mailed = TranscriptMailed { to: "anna@example.com".to_owned() };
    check("transcript_mailed", vec![("one", mailed)]);
}
