//! A conversation as a visitor can have it mailed, and to whom: never to an address that nobody has proven (SPEC TR1 to TR3).

use protocol::limits::{TRANSCRIPT_BYTES, TRANSCRIPT_LINES};
use protocol::{Author, Code, PublicEvent, PublicKind, TranscriptLine, VisitorIdentity};

use crate::account::Email;

/// The address that a visitor, of whom this is known, has proven to be theirs: one that their site's server has signed together with who they are.
///
/// # Errors
/// [`Code::Forbidden`] without one: what was only claimed may be anybody's.
pub fn proven_address(who: Option<&VisitorIdentity>) -> Result<Email, Code> {
    let known = who.filter(|who| who.user.is_some());
    let email = known.and_then(|who| who.email.as_ref()).filter(|email| email.is_verified);
    let proven = email.ok_or(Code::Forbidden)?;
    Email::parse(&proven.text).map_err(|_| Code::Forbidden)
}

/// Lines that are gathered from the newest event on.
#[derive(Debug, Default)]
pub struct Transcribing {
    /// The newest first.
    lines: Vec<TranscriptLine>,
    bytes: usize,
    is_cut: bool,
}

impl Transcribing {
    /// Takes up the next older event; returns whether there is room for more.
    pub fn take(&mut self, event: PublicEvent) -> bool {
        let Some(line) = line_of(event) else { return !self.is_cut };
        let weight = line.text.as_ref().map_or(0, String::len);
        self.bytes = self.bytes.saturating_add(weight);
        if self.lines.len() >= TRANSCRIPT_LINES || self.bytes > TRANSCRIPT_BYTES {
            self.is_cut = true;
        } else {
            self.lines.push(line);
        }
        !self.is_cut
    }

    /// Returns the lines in their order, and whether earlier ones are left out.
    ///
    /// # Errors
    /// [`Code::Empty`] if nothing was said.
    pub fn finish(mut self) -> Result<(Vec<TranscriptLine>, bool), Code> {
        if self.lines.is_empty() {
            return Err(Code::Empty);
        }
        self.lines.reverse();
        Ok((self.lines, self.is_cut))
    }
}

fn line_of(event: PublicEvent) -> Option<TranscriptLine> {
    let text = match event.kind {
        PublicKind::Message { text, .. } => Some(text.as_str().to_owned()),
        PublicKind::File(file) => Some(file.name.as_str().to_owned()),
        // What was said once is read as this; the deletion itself is no line.
        PublicKind::Deleted { of } if of == event.client_message_id => None,
        PublicKind::Deleted { .. }
        | PublicKind::Edited { .. }
        | PublicKind::Resolved
        | PublicKind::Reopened
        | PublicKind::Rated(_) => return None,
    };
    let agent = match event.author {
        Author::Agent(agent) => Some(agent.name),
        Author::Visitor | Author::System => None,
    };
    Some(TranscriptLine { at: event.at, agent, text })
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, AgentProfile, ClientMessageId, MessageText, Seq, Stated, Timestamp};

    use super::*;

    fn email(text: &str, is_verified: bool) -> VisitorIdentity {
        let email = Some(Stated { text: text.to_owned(), is_verified });
        VisitorIdentity { user: Some("user-7".to_owned()), email, ..VisitorIdentity::default() }
    }

    #[test]
    fn tr1_only_an_address_that_was_proven_is_the_visitors() {
        let of = |who: Option<VisitorIdentity>| {
            proven_address(who.as_ref()).map(|email| email.as_str().to_owned())
        };
        assert_eq!(of(Some(email("Anna@Example.com", true))), Ok("anna@example.com".to_owned()));
        assert_eq!(of(Some(email("anna@example.com", false))), Err(Code::Forbidden), "it was claimed");
        let anonymous = VisitorIdentity { user: None, ..email("anna@example.com", true) };
        assert_eq!(of(Some(anonymous)), Err(Code::Forbidden));
        assert_eq!(of(Some(VisitorIdentity { email: None, ..email("", true) })), Err(Code::Forbidden));
        assert_eq!(of(Some(email("anna", true))), Err(Code::Forbidden), "no mail goes there");
        assert_eq!(of(None), Err(Code::Forbidden));
    }

    fn event(number: u64, author: Author, kind: PublicKind) -> PublicEvent {
        let client_message_id = ClientMessageId::of_server(number);
        let at = Timestamp(i64::try_from(number).expect("small"));
        protocol::Event { seq: Seq(number), at, author, client_message_id, kind }
    }

    fn said(text: &str) -> PublicKind {
        PublicKind::message(MessageText::parse(text).expect("legal"))
    }

    #[test]
    fn tr2_a_transcript_is_what_was_said_as_it_reads_by_now() {
        let anna = Author::Agent(AgentProfile {
            id: AgentId::from_bytes([1; AgentId::LENGTH]),
            name: "Anna".to_owned(),
        });
        let own = ClientMessageId::of_server(3);
        let events = [
            event(1, Author::Visitor, said("Hello")),
            event(2, anna.clone(), said("Hi")),
            event(3, anna.clone(), PublicKind::Deleted { of: own }),
            event(4, anna.clone(), PublicKind::Deleted { of: own }),
            event(5, anna, PublicKind::Resolved),
        ];
        let mut transcribing = Transcribing::default();
        assert!(events.into_iter().rev().all(|event| transcribing.take(event)));
        let (lines, is_cut) = transcribing.finish().expect("a transcript");
        let line = |at, agent: Option<&str>, text: Option<&str>| TranscriptLine {
            at: Timestamp(at),
            agent: agent.map(str::to_owned),
            text: text.map(str::to_owned),
        };
        let expected =
            [line(1, None, Some("Hello")), line(2, Some("Anna"), Some("Hi")), line(3, Some("Anna"), None)];
        assert!(lines == expected && !is_cut);
        assert_eq!(Transcribing::default().finish().err(), Some(Code::Empty));
    }

    #[test]
    fn tr2_a_long_one_is_cut_at_its_beginning() {
        let mut transcribing = Transcribing::default();
        let long = "a".repeat(16_000);
        let taken = (0..100)
            .rev()
            .take_while(|number| transcribing.take(event(*number, Author::Visitor, said(&long))));
        let taken = taken.count();
        let (lines, is_cut) = transcribing.finish().expect("a transcript");
        assert!(is_cut && lines.len() == taken && lines.len() < 100);
        assert_eq!(lines.last().map(|line| line.at), Some(Timestamp(99)), "the newest are there");
        let mut transcribing = Transcribing::default();
        let count = (0..2_000)
            .take_while(|number| transcribing.take(event(*number, Author::Visitor, said("a"))))
            .count();
        assert_eq!(count, TRANSCRIPT_LINES);
    }
}
