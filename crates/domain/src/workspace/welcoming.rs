//! What a visitor is told of how a site receives them.

use protocol::http::reception::{Reception, Welcoming};
use protocol::{Timestamp, VisitorIdentity};

use super::hours::{Zone, openings};

/// What a visitor is told, of whom this is known, by proof or by their word; nothing where the site says nothing. Its zone
/// is `None` where nobody knows it (any longer): then nothing is told of hours.
#[must_use]
pub fn welcoming(
    reception: &Reception,
    who: Option<&VisitorIdentity>,
    zone: Option<&impl Zone>,
    now: Timestamp,
) -> Option<Welcoming> {
    if reception.hours.is_none() && reception.questions.is_empty() {
        return None;
    }
    let hours = reception.hours.as_ref().zip(zone).map(|(hours, zone)| openings(hours, zone, now));
    let is_known = who.is_some_and(|who| who.email.is_some() || who.user.is_some());
    Some(Welcoming { now, hours, asks_email: !is_known, questions: reception.questions.clone() })
}

#[cfg(test)]
mod tests {
    use protocol::Stated;
    use protocol::http::proactive::{Audience, ProactiveId, ProactiveMessage, ProactiveTriggers, Repeat};
    use protocol::http::reception::OfficeHours;

    use super::*;

    struct Utc;

    impl Zone for Utc {
        fn offset_ms(&self, _: Timestamp) -> i64 {
            0
        }
    }

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn site() -> Reception {
        let hours = OfficeHours { zone: "UTC".to_owned(), week: Vec::new(), holidays: Vec::new() };
        Reception { hours: Some(hours), ..Reception::default() }
    }

    fn proactive() -> ProactiveMessage {
        ProactiveMessage {
            id: ProactiveId(1),
            name: "Prices".to_owned(),
            text: "Any questions?".to_owned(),
            is_enabled: true,
            pages: Vec::new(),
            triggers: ProactiveTriggers::default(),
            audience: Audience::default(),
            repeat: Repeat::default(),
        }
    }

    #[test]
    fn oh6_nobody_is_asked_for_an_address_that_is_known() {
        let stated = |is_verified| Some(Stated { text: "anna@example.com".to_owned(), is_verified });
        let is_asked = |who: Option<VisitorIdentity>| {
            welcoming(&site(), who.as_ref(), Some(&Utc), NOW).map(|told| told.asks_email)
        };
        assert_eq!(is_asked(None), Some(true));
        assert_eq!(is_asked(Some(VisitorIdentity::default())), Some(true));
        let person = VisitorIdentity { user: Some("user-7".to_owned()), ..VisitorIdentity::default() };
        assert_eq!(is_asked(Some(person)), Some(false), "their site knows them");
        for is_verified in [false, true] {
            let reachable = VisitorIdentity { email: stated(is_verified), ..VisitorIdentity::default() };
            assert_eq!(is_asked(Some(reachable)), Some(false));
        }
    }

    #[test]
    fn oh3_a_site_that_says_nothing_and_a_zone_that_nobody_knows_tell_nothing() {
        assert_eq!(welcoming(&Reception::default(), None, Some(&Utc), NOW), None);
        let speaks_first = Reception { proactive: vec![proactive()], ..Reception::default() };
        assert_eq!(welcoming(&speaks_first, None, Some(&Utc), NOW), None, "that is told without a session");
        let told = welcoming(&site(), None, None::<&Utc>, NOW);
        assert_eq!(told.map(|told| told.hours), Some(None));
        let told = welcoming(&site(), None, Some(&Utc), NOW).and_then(|told| told.hours);
        assert_eq!(told.map(|hours| hours.open), Some(false));
    }
}
