//! What is kept of a file that was sent up, and whether another may be.

use protocol::{Code, File, Reject, Seq, Timestamp, limits};

use crate::conversation::Person;

/// A file that is being sent up, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Who sent it.
    pub person: Person,
    /// What it is, once it has come whole.
    pub file: Option<File>,
    /// In which message it is, if in one.
    pub claim: Option<Claim>,
}

/// The message that a file is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Where in the agents' sequence.
    pub seq: Seq,
    /// Whether visitors see it.
    pub is_public: bool,
}

impl Upload {
    /// Decides whether somebody may say a file, in a log that ends at a position (SPEC FL7).
    ///
    /// # Errors
    /// [`Code::NotFound`]: what is not theirs looks like what is not there.
    pub fn may_be_said(&self, person: Person, file: &File, head: Seq) -> Result<(), Code> {
        // A claim beyond the log is one whose message was not stored.
        let is_free = self.claim.is_none_or(|claim| claim.seq > head);
        let is_it = self.person == person && self.file.as_ref() == Some(file);
        if is_free && is_it { Ok(()) } else { Err(Code::NotFound) }
    }

    /// The file, for somebody who may see the conversation: what is in no message is its sender's only, what is in a note
    /// no visitor's (SPEC FL8).
    #[must_use]
    pub fn shown_to(&self, person: Person) -> Option<&File> {
        let is_shown = match (self.claim, person) {
            (None, _) => self.person == person,
            (Some(claim), Person::Visitor) => claim.is_public,
            (Some(_), Person::Agent(_) | Person::System) => true,
        };
        self.file.as_ref().filter(|_| is_shown)
    }
}

/// What one person has sent up in a conversation lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Uploads begun within [`limits::UPLOAD_WINDOW_MS`].
    pub begun: u64,
    /// Bytes within [`limits::UPLOAD_DAY_MS`]: as many as they have, or were to have.
    pub bytes: u64,
    /// When the first of those began that are counted in `begun`.
    pub first_begun: Timestamp,
    /// When the first of those began that are counted in `bytes`.
    pub first_of_day: Timestamp,
}

/// Decides whether somebody may send up a file of a size (SPEC FL2, FL9).
///
/// # Errors
/// [`Code::Empty`], [`Code::TooLarge`], or [`Code::RateLimited`] with the milliseconds to wait.
pub fn may_begin(usage: Usage, bytes: u32, now: Timestamp) -> Result<(), Reject> {
    if bytes == 0 {
        return Err(Code::Empty.into());
    }
    if bytes > limits::FILE_BYTES {
        return Err(Code::TooLarge.into());
    }
    let wait = |since: Timestamp, window: u64| {
        let wait = since.plus(window).since(now).max(1);
        Reject { code: Code::RateLimited, retry_after: Some(u32::try_from(wait).unwrap_or(u32::MAX)) }
    };
    if usage.begun >= limits::UPLOADS {
        return Err(wait(usage.first_begun, limits::UPLOAD_WINDOW_MS));
    }
    if usage.bytes.saturating_add(u64::from(bytes)) > limits::UPLOAD_DAY_BYTES {
        return Err(wait(usage.first_of_day, limits::UPLOAD_DAY_MS));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, FileId, FileName, MediaType};

    use super::*;

    const ANNA: Person = Person::Agent(AgentId::from_bytes([1; 16]));
    const BEN: Person = Person::Agent(AgentId::from_bytes([2; 16]));

    fn file(bytes: u32) -> File {
        let (name, media) = (FileName::tidied("a", MediaType::Pdf), MediaType::Pdf);
        File { id: FileId::from_bytes([7; 16]), name, media, bytes, picture: None }
    }

    fn upload(person: Person, claim: Option<Claim>) -> Upload {
        Upload { person, file: Some(file(1)), claim }
    }

    #[test]
    fn fl2_a_file_has_a_byte_and_at_most_25_megabytes() {
        let may = |bytes| may_begin(Usage::default(), bytes, Timestamp(0)).map_err(|reject| reject.code);
        assert_eq!(may(0), Err(Code::Empty));
        assert_eq!(may(1), Ok(()));
        assert_eq!(may(limits::FILE_BYTES), Ok(()));
        assert_eq!(may(limits::FILE_BYTES + 1), Err(Code::TooLarge));
    }

    #[test]
    fn fl9_who_has_sent_up_much_waits_until_the_first_of_it_is_old() {
        let usage = Usage { begun: limits::UPLOADS, first_begun: Timestamp(5_000), ..Usage::default() };
        let refused = may_begin(usage, 1, Timestamp(65_000)).expect_err("too many");
        assert_eq!((refused.code, refused.retry_after), (Code::RateLimited, Some(540_000)));
        let usage = Usage { begun: limits::UPLOADS - 1, ..usage };
        assert_eq!(may_begin(usage, 1, Timestamp(65_000)), Ok(()));
        let usage = Usage { begun: 0, bytes: limits::UPLOAD_DAY_BYTES - 10, ..usage };
        assert_eq!(may_begin(usage, 10, Timestamp(0)), Ok(()));
        assert_eq!(may_begin(usage, 11, Timestamp(0)).map_err(|reject| reject.code), Err(Code::RateLimited));
    }

    #[test]
    fn fl7_a_file_is_said_once_and_by_who_sent_it_up() {
        let head = Seq(4);
        let unsaid = upload(ANNA, None);
        assert_eq!(unsaid.may_be_said(ANNA, &file(1), head), Ok(()));
        assert_eq!(unsaid.may_be_said(BEN, &file(1), head), Err(Code::NotFound));
        assert_eq!(unsaid.may_be_said(Person::Visitor, &file(1), head), Err(Code::NotFound));
        assert_eq!(unsaid.may_be_said(ANNA, &file(2), head), Err(Code::NotFound), "told otherwise");
        let unfinished = Upload { file: None, ..unsaid };
        assert_eq!(unfinished.may_be_said(ANNA, &file(1), head), Err(Code::NotFound));
        let said = |seq| upload(ANNA, Some(Claim { seq: Seq(seq), is_public: true }));
        assert_eq!(said(4).may_be_said(ANNA, &file(1), head), Err(Code::NotFound));
        assert_eq!(said(5).may_be_said(ANNA, &file(1), head), Ok(()), "its message was not stored");
    }

    #[test]
    fn fl8_an_unsaid_file_is_its_senders_and_a_notes_is_the_agents() {
        let claim = |is_public| Some(Claim { seq: Seq(1), is_public });
        let sees =
            |upload: &Upload| [ANNA, BEN, Person::Visitor].map(|person| upload.shown_to(person).is_some());
        assert_eq!(sees(&upload(ANNA, None)), [true, false, false]);
        assert_eq!(sees(&upload(Person::Visitor, None)), [false, false, true]);
        assert_eq!(sees(&upload(ANNA, claim(false))), [true, true, false]);
        assert_eq!(sees(&upload(ANNA, claim(true))), [true, true, true]);
        assert_eq!(sees(&Upload { file: None, ..upload(ANNA, None) }), [false, false, false]);
    }
}
