//! How fast people may send: a token bucket each (SPEC CV6). Kept in memory only.
//!
//! An object is evicted after ten idle seconds at the earliest, by when every bucket is full again; so forgetting the
//! buckets gives nothing away.

use std::collections::BTreeMap;

use protocol::{Reject, Timestamp, limits};

use super::stored::Person;
use crate::bucket::Bucket;

/// The rates of everybody in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pace {
    buckets: BTreeMap<Person, Bucket>,
    typing: BTreeMap<(Person, Writing), Typing>,
}

/// What somebody types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Writing {
    /// Something for the other side.
    Message,
    /// A note.
    Note,
}

/// What the others were told of somebody's typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Typing {
    told_at: Timestamp,
    is_on: bool,
}

impl Pace {
    /// Takes one message out of a person's bucket.
    ///
    /// # Errors
    /// `rate_limited` with the milliseconds until there is one.
    pub fn take(&mut self, person: Person, now: Timestamp) -> Result<(), Reject> {
        let burst = match person {
            Person::Visitor => limits::MESSAGE_BURST,
            Person::Agent(_) => limits::AGENT_MESSAGE_BURST,
            Person::System => return Ok(()),
        };
        self.buckets.entry(person).or_default().take(burst, limits::MESSAGE_INTERVAL_MS, now)
    }

    /// Whether a typing notice may be passed on. An end is told once for each beginning, and gives no right to another
    /// beginning: else whoever begins and ends by turns would be passed on as fast as they like.
    pub fn may_type(&mut self, person: Person, what: Writing, on: bool, now: Timestamp) -> bool {
        let key = (person, what);
        let told = self.typing.get_mut(&key);
        if !on {
            return told.is_some_and(|told| core::mem::replace(&mut told.is_on, false));
        }
        if told.is_some_and(|told| now.since(told.told_at) < limits::TYPING_INTERVAL_MS) {
            return false;
        }
        self.typing.insert(key, Typing { told_at: now, is_on: true });
        true
    }
}

#[cfg(test)]
mod tests {
    use protocol::Code;

    use super::*;

    #[test]
    fn cv6_a_visitor_may_send_ten_at_once_and_one_a_second() {
        let mut pace = Pace::default();
        for _ in 0..10 {
            assert_eq!(pace.take(Person::Visitor, Timestamp(0)), Ok(()));
        }
        assert_eq!(
            pace.take(Person::Visitor, Timestamp(400)),
            Err(Reject { code: Code::RateLimited, retry_after: Some(600) })
        );
        assert_eq!(pace.take(Person::Visitor, Timestamp(1_000)), Ok(()));
        assert!(pace.take(Person::Visitor, Timestamp(1_000)).is_err());
    }

    #[test]
    fn cv7_typing_is_passed_on_every_two_seconds_and_its_end_once() {
        let mut pace = Pace::default();
        assert!(pace.may_type(Person::Visitor, Writing::Message, true, Timestamp(0)));
        assert!(!pace.may_type(Person::Visitor, Writing::Message, true, Timestamp(1_999)));
        assert!(pace.may_type(Person::Visitor, Writing::Message, true, Timestamp(2_000)));
        assert!(pace.may_type(Person::Visitor, Writing::Message, false, Timestamp(2_001)));
        assert!(!pace.may_type(Person::Visitor, Writing::Message, false, Timestamp(2_002)));
    }

    #[test]
    fn cv7_who_begins_and_ends_by_turns_is_passed_on_no_faster() {
        for what in [Writing::Message, Writing::Note] {
            let mut pace = Pace::default();
            let mut passed_on = 0;
            for number in 0..1_000 {
                let now = Timestamp(number * 10);
                passed_on += u32::from(pace.may_type(Person::Visitor, what, number % 2 == 0, now));
            }
            assert_eq!(passed_on, 10, "in ten seconds five beginnings, each with its end");
        }
    }
}
