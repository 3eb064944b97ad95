//! The compact codec: any bytes as any wire type.

use domain::token::{Claims, sign, verify};
use protocol::call::{AccountAnswer, AccountCall, CallResult, WorkspaceAnswer, WorkspaceCall};
use protocol::codec::{OLDEST_VERSION, VERSION, from_bytes};
use protocol::{
    AgentFrame, AgentRequest, AgentTicket, FeedFrame, FeedRequest, Timestamp, Undecodable, VisitorClaims,
    VisitorFrame, VisitorRequest,
};

use crate::round_trip::{Wire, survives};

/// Bytes are a frame or refused, by their version or by their shape; a frame is written and read as itself (SPEC PR13).
pub fn postcard(bytes: &[u8]) {
    frame::<VisitorRequest>(bytes);
    frame::<AgentRequest>(bytes);
    frame::<FeedRequest>(bytes);
    frame::<VisitorFrame>(bytes);
    frame::<AgentFrame>(bytes);
    frame::<FeedFrame>(bytes);
    frame::<WorkspaceCall>(bytes);
    frame::<CallResult<WorkspaceAnswer>>(bytes);
    frame::<AccountCall>(bytes);
    frame::<CallResult<AccountAnswer>>(bytes);
    claims::<VisitorClaims>(bytes);
    claims::<AgentTicket>(bytes);
}

fn frame<F: Wire>(bytes: &[u8]) {
    let read_versions = OLDEST_VERSION..=VERSION;
    let of_version = bytes.first().map(|version| read_versions.contains(version));
    match from_bytes::<F>(bytes) {
        Ok(frame) => {
            assert_eq!(of_version, Some(true), "a version was read that is not spoken");
            survives(&frame);
        }
        Err(Undecodable::Version) => assert_eq!(of_version, Some(false)),
        Err(Undecodable::Malformed) => assert_ne!(of_version, Some(false)),
    }
}

/// Claims are good under the secret that signed them, until they expire, and under no other (SPEC AC5).
fn claims<C: Claims + Wire>(bytes: &[u8]) {
    let Ok((claims, _)) = ::postcard::take_from_bytes::<C>(bytes) else {
        return;
    };
    let token = sign(b"one", &claims);
    let in_time = Timestamp(claims.expires_at().0.saturating_sub(1));
    let is_short = token.len() <= 1_024;
    let ever = claims.expires_at() > in_time;
    assert!((verify(b"one", &token, in_time).as_ref() == Some(&claims)) == (is_short && ever));
    assert!(verify::<C>(b"one", &token, claims.expires_at()).is_none(), "expired");
    assert!(verify::<C>(b"other", &token, in_time).is_none(), "another secret");
}
