//! Golden bytes of what concerns who is on a site.

mod golden;

use protocol::call::{
    CallResult, ConversationAnswer, ConversationCall, Opener, Presence, PresentVisit, SitePresence,
    VisitorOpening, VisitsAnswer, VisitsCall, WatchedSites, WorkspaceAnswer, WorkspaceRequest,
};
use protocol::http::proactive::{ProactiveId, ProactiveWords};
use protocol::http::question::AnswersView;
use protocol::http::visit::{
    Beat, BeatAnswer, CountryCount, OpenerDraft, Opening, OpeningBy, OpeningRequest, Shown, ToldOpener,
    Visit, VisitChat, VisitCounts, VisitOpener, VisitPage, VisitPosition, VisitQuery,
};
use protocol::{
    AgentId, AgentProfile, Code, ConversationId, OpenerId, Reject, SiteId, Stated, Timestamp, VisitId,
    VisitPass, VisitorId, VisitorIdentity, WorkspaceId,
};

use self::golden::check;

const VISIT: VisitId = VisitId::from_bytes([0x11; 16]);
const SITE: SiteId = SiteId::from_bytes([0x51; 16]);
const VISITOR: VisitorId = VisitorId::from_bytes([0x61; 16]);
const CONVERSATION: ConversationId = ConversationId::from_bytes([0x71; 32]);
const OPENER: OpenerId = OpenerId::from_bytes([0x81; 16]);
const NOW: Timestamp = Timestamp(1_790_000_000_000);
const POSITION: VisitPosition = VisitPosition { since: NOW, visit: VISIT };

fn ada() -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes([0xa1; 16]), name: "Ada".to_owned() }
}

fn opener() -> Opener {
    Opener { id: OPENER, text: "May I help?".to_owned(), by: ada() }
}

fn said() -> VisitOpener {
    VisitOpener { text: "May I help?".to_owned(), by: ada(), is_shown: true }
}

fn opening() -> Opening {
    Opening { text: "May I help?".to_owned(), by: OpeningBy::Agent(ada()) }
}

fn identity() -> VisitorIdentity {
    let name = Stated { text: "Lena".to_owned(), is_verified: false };
    VisitorIdentity { user: None, name: Some(name), email: None }
}

fn query() -> VisitQuery {
    VisitQuery {
        site: Some(SITE),
        country: Some("DE".to_owned()),
        page: "lamps".to_owned(),
        in_chat: Some(false),
        after: Some(POSITION),
    }
}

fn presence() -> Presence {
    Presence {
        visit: VISIT,
        seconds: 90,
        url: "https://shop.example/lamps".to_owned(),
        title: "Lamps".to_owned(),
        source: "search.example".to_owned(),
        campaign: "spring".to_owned(),
        visits: Some(3),
        country: Some("DE".to_owned()),
        chat: Some((CONVERSATION, VISITOR)),
        is_private: false,
        is_leaving: true,
        shown: Some(OPENER),
    }
}

fn present() -> PresentVisit {
    let Presence { visit, url, title, source, campaign, visits, country, chat, is_private, .. } = presence();
    PresentVisit {
        visit,
        since: NOW,
        url,
        title,
        source,
        campaign,
        country,
        visits,
        is_private,
        chat,
        opener: Some(said()),
    }
}

fn counts() -> VisitCounts {
    VisitCounts { present: 5_010, unlisted: 10, in_chat: 2, fitting: 1 }
}

fn countries() -> Vec<CountryCount> {
    vec![CountryCount { country: "DE".to_owned(), count: 7 }]
}

fn seen() -> Visit {
    let PresentVisit {
        visit, since, url, title, source, campaign, country, visits, is_private, opener, ..
    } = present();
    let identity = Some(identity());
    let chat = VisitChat { conversation: CONVERSATION, visitor: VISITOR, has_begun: true, identity };
    Visit {
        site: SITE,
        visit,
        since,
        url,
        title,
        source,
        campaign,
        country,
        visits,
        is_private,
        chat: Some(chat),
        opener,
    }
}

#[test]
fn pr11_who_is_there() {
    let Presence {
        visit, seconds, url, title, source, campaign, visits, is_private, is_leaving, shown, ..
    } = presence();
    let (pass, chat) = ("pass".to_owned(), Some("token".to_owned()));
    let beat = Beat {
        pass,
        visit,
        seconds,
        url,
        title,
        source,
        campaign,
        visits,
        chat,
        is_private,
        is_leaving,
        shown,
    };
    check("visit_beat", vec![("all", beat)]);
    let words = ProactiveWords { reply: "Reply".to_owned(), file_close: "Close".to_owned() };
    let told = ToldOpener { id: OPENER, text: "May I help?".to_owned(), name: "Ada".to_owned(), words };
    check(
        "visit_beat_answer",
        vec![("nothing", BeatAnswer { opener: None }), ("opener", BeatAnswer { opener: Some(told) })],
    );
    check("visit_query", vec![("all", VisitQuery::default()), ("narrowed", query())]);
    let page = VisitPage {
        now: NOW,
        sites: vec![SITE],
        counts: counts(),
        countries: countries(),
        visits: vec![seen()],
        next: Some(POSITION),
        is_filling: true,
    };
    check("visit_page", vec![("one", page)]);
    check("opener_draft", vec![("draft", OpenerDraft { text: "May I help?".to_owned() })]);
    check(
        "opening_request",
        vec![
            (
                "proactive",
                OpeningRequest { token: "token".to_owned(), shown: Shown::Proactive(ProactiveId(7)) },
            ),
            (
                "opener",
                OpeningRequest {
                    token: "token".to_owned(),
                    shown: Shown::Opener { visit: VISIT, id: OPENER },
                },
            ),
        ],
    );
    let pass = VisitPass { workspace: WorkspaceId::from_bytes([0x41; 16]), site: SITE, expires_at: NOW };
    check("visit_pass", vec![("pass", pass)]);
}

#[test]
fn pr11_calls_about_who_is_there() {
    check(
        "visits_call",
        vec![
            ("beat", VisitsCall::Beat(Box::new(presence()))),
            ("list", VisitsCall::List(query())),
            ("say", VisitsCall::Say { visit: VISIT, opener: opener() }),
            ("said", VisitsCall::Said { visit: VISIT, id: OPENER }),
        ],
    );
    let present =
        SitePresence { counts: counts(), countries: countries(), visits: vec![present()], is_filling: false };
    check::<CallResult<VisitsAnswer>>(
        "visits_answer",
        vec![
            ("done", Ok(VisitsAnswer::Done)),
            ("noted", Ok(VisitsAnswer::Noted(None))),
            ("to show", Ok(VisitsAnswer::Noted(Some(opener())))),
            ("present", Ok(VisitsAnswer::Present(Box::new(present)))),
            ("refused", Err(Reject::from(Code::NotFound))),
        ],
    );
    check(
        "workspace_request_visits",
        vec![
            ("watched", WorkspaceRequest::WatchedSites(vec![CONVERSATION])),
            ("approach", WorkspaceRequest::Approach(SITE)),
        ],
    );
    let watched = WatchedSites {
        sites: vec![SITE],
        begun: vec![(CONVERSATION, Some(identity())), (CONVERSATION, None)],
    };
    check::<CallResult<WorkspaceAnswer>>(
        "workspace_answer_visits",
        vec![
            ("watched", Ok(WorkspaceAnswer::WatchedSites(watched))),
            ("approach", Ok(WorkspaceAnswer::Approach(ada()))),
        ],
    );
    let opened = VisitorOpening { credential: "token".to_owned(), opening: opening() };
    check("conversation_call_opened", vec![("opened", ConversationCall::Opened(Box::new(opened)))]);
    let site = Opening { text: "Any questions?".to_owned(), by: OpeningBy::Site("Prices".to_owned()) };
    let view = |opening| AnswersView { answers: Vec::new(), opening };
    let beginning = |opening| Ok(ConversationAnswer::Beginning(Box::new(view(opening))));
    check::<CallResult<ConversationAnswer>>(
        "conversation_answer_beginning",
        vec![
            ("nothing", beginning(None)),
            ("agent", beginning(Some(opening()))),
            ("site", beginning(Some(site))),
        ],
    );
}
