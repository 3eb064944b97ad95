//! What a visitor is told of how a site receives them.

use protocol::http::reception::{Reception, Welcoming};
use protocol::{Timestamp, VisitorIdentity};

use super::hours::{Zone, openings};
use crate::conversation::proven_address;

/// What a visitor is told, of whom this is known, by proof or by their word, while nobody who could answer is in the inbox or
/// somebody is. The site's zone is `None` where it says none, and where nobody knows it (any longer): then nothing is told of
/// hours.
#[must_use]
pub fn welcoming(
    reception: &Reception,
    who: Option<&VisitorIdentity>,
    zone: Option<&impl Zone>,
    is_away: bool,
    now: Timestamp,
) -> Welcoming {
    let hours = reception.hours.as_ref().zip(zone).map(|(hours, zone)| openings(hours, zone, now));
    let is_known = who.is_some_and(|who| who.email.is_some() || who.user.is_some());
    let mail_to = proven_address(who).ok().map(|email| email.as_str().to_owned());
    let questions = reception.questions.clone();
    Welcoming { now, hours, asks_email: !is_known, questions, is_away, mail_to }
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
            welcoming(&site(), who.as_ref(), Some(&Utc), false, NOW).asks_email
        };
        assert!(is_asked(None));
        assert!(is_asked(Some(VisitorIdentity::default())));
        let person = VisitorIdentity { user: Some("user-7".to_owned()), ..VisitorIdentity::default() };
        assert!(!is_asked(Some(person)), "their site knows them");
        for is_verified in [false, true] {
            let reachable = VisitorIdentity { email: stated(is_verified), ..VisitorIdentity::default() };
            assert!(!is_asked(Some(reachable)));
        }
    }

    #[test]
    fn oh3_of_a_site_without_hours_and_of_a_zone_that_nobody_knows_no_hours_are_told() {
        let nothing = Welcoming {
            now: NOW,
            hours: None,
            asks_email: true,
            questions: Vec::new(),
            is_away: false,
            mail_to: None,
        };
        assert_eq!(welcoming(&Reception::default(), None, Some(&Utc), false, NOW), nothing);
        let speaks_first = Reception { proactive: vec![proactive()], ..Reception::default() };
        let told = welcoming(&speaks_first, None, Some(&Utc), false, NOW);
        assert_eq!(told, nothing, "that is told without a session");
        assert_eq!(welcoming(&site(), None, None::<&Utc>, false, NOW), nothing);
        let told = welcoming(&site(), None, Some(&Utc), false, NOW).hours;
        assert_eq!(told.map(|hours| hours.open), Some(false));
    }

    #[test]
    fn tr1_the_address_to_mail_to_is_told_to_whose_it_is_proven_to_be() {
        let told = |is_verified| {
            let email = Some(Stated { text: "anna@example.com".to_owned(), is_verified });
            let who =
                VisitorIdentity { user: Some("user-7".to_owned()), email, ..VisitorIdentity::default() };
            welcoming(&site(), Some(&who), None::<&Utc>, false, NOW).mail_to
        };
        assert_eq!(told(true).as_deref(), Some("anna@example.com"));
        assert_eq!(told(false), None);
    }

    #[test]
    fn oh8_whether_anybody_is_in_the_inbox_is_told_beside_the_hours() {
        for is_away in [false, true] {
            assert_eq!(welcoming(&site(), None, Some(&Utc), is_away, NOW).is_away, is_away);
            assert_eq!(welcoming(&Reception::default(), None, None::<&Utc>, is_away, NOW).is_away, is_away);
        }
    }
}
