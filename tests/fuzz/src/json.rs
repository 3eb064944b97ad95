//! The readable codec and the HTTP bodies: any text as any wire type.

use protocol::codec::from_text;
use protocol::http::{
    Me, Problem, SessionAnswer, SessionRequest, SetupAnswer, SetupRequest, SignInRequest, SiteConfig,
    TicketAnswer, TicketRequest,
};
use protocol::{AgentFrame, AgentRequest, FeedFrame, FeedRequest, VisitorFrame, VisitorRequest};

use crate::round_trip::{Wire, survives};

/// Text is a frame or body or refused; what is read is written and read as itself (SPEC PR13).
pub fn json(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        frame::<VisitorRequest>(text);
        frame::<AgentRequest>(text);
        frame::<FeedRequest>(text);
        frame::<VisitorFrame>(text);
        frame::<AgentFrame>(text);
        frame::<FeedFrame>(text);
    }
    body::<SessionRequest>(bytes);
    body::<SessionAnswer>(bytes);
    body::<SetupRequest>(bytes);
    body::<SetupAnswer>(bytes);
    body::<SignInRequest>(bytes);
    body::<TicketRequest>(bytes);
    body::<TicketAnswer>(bytes);
    body::<Problem>(bytes);
    body::<SiteConfig>(bytes);
    body::<Me>(bytes);
}

fn frame<F: Wire>(text: &str) {
    if let Ok(frame) = from_text::<F>(text) {
        survives(&frame);
    }
}

fn body<B: Wire>(bytes: &[u8]) {
    if let Ok(body) = serde_json::from_slice::<B>(bytes) {
        survives(&body);
    }
}
