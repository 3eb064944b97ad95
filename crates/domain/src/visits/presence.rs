//! What a page says of its visitor's being there, and how much of it is taken.

use protocol::call::Presence;
use protocol::http::visit::Beat;
use protocol::limits::VISIT_SOURCE_BYTES;
use protocol::{Page, VisitorClaims};

/// Cuts what a page says to what is taken up; `None` for somebody who may not be seen (SPEC VN2, PV5).
///
/// `chat` is what the visitor's token says, and `country` what the edge of the network knows.
#[must_use]
pub fn presence(beat: Beat, chat: Option<&VisitorClaims>, country: Option<&str>) -> Option<Presence> {
    let chat = chat.map(|claims| (claims.conversation, claims.visitor));
    if beat.is_private && chat.is_none() {
        return None;
    }
    let Page { url, title, referrer: source } =
        Page { url: beat.url, title: beat.title, referrer: beat.source }.tidied();
    let Page { referrer: campaign, .. } = Page { referrer: beat.campaign, ..Page::default() }.tidied();
    let presence = Presence {
        visit: beat.visit,
        seconds: beat.seconds,
        url: url.split(['?', '#']).next().unwrap_or_default().to_owned(),
        title,
        source: cut(source),
        campaign: cut(campaign),
        visits: beat.visits,
        country: country.filter(|country| is_country(country)).map(str::to_owned),
        chat,
        is_private: beat.is_private,
        is_leaving: beat.is_leaving,
        shown: beat.shown,
    };
    if !presence.is_private {
        return Some(presence);
    }
    Some(Presence {
        seconds: 0,
        source: String::new(),
        campaign: String::new(),
        visits: None,
        country: None,
        ..presence
    })
}

/// Two letters of ISO 3166-1. Networks also tell that they do not know (`XX`), and that it is Tor (`T1`).
fn is_country(text: &str) -> bool {
    text.len() == 2 && text != "XX" && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(VISIT_SOURCE_BYTES));
    text
}
