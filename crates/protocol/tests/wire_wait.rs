//! Golden bytes of what a waiting visitor is told.

mod golden;

use std::collections::BTreeMap;

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceCall};
use protocol::civil::{MinuteOfDay, Weekday};
use protocol::http::reception::{OfficeHours, WeeklySpan};
use protocol::{
    ConversationId, SiteId, Timestamp, VisitorClaims, VisitorId, Wait, WaitView, WaitWanted, WaitWords,
    WorkspaceId,
};

use self::golden::check;

const fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    [first; LENGTH]
}

#[test]
fn pr11_golden_wait() {
    let claims = VisitorClaims {
        workspace: WorkspaceId::from_bytes(id(0x40)),
        site: SiteId::from_bytes(id(0x20)),
        visitor: VisitorId::from_bytes(id(0x30)),
        conversation: ConversationId::from_bytes(id(0x10)),
        expires_at: Timestamp(1_790_000_000_000),
        identity: None,
        voucher: None,
    };
    let wanted = WorkspaceCall::Wait(Box::new(WaitWanted { claims }));
    check("workspace_call_wait", vec![("one", wanted)]);
    let span = WeeklySpan { day: Weekday::Monday, from: MinuteOfDay(540), until: MinuteOfDay(1_020) };
    let hours = OfficeHours { zone: "Europe/Berlin".to_owned(), week: vec![span], holidays: Vec::new() };
    let waits = Wait { is_away: false, before: Some(3), minutes: Some(4), hours: Some(hours) };
    let away = Wait { is_away: true, ..Wait::default() };
    let of = |wait| -> CallResult<WorkspaceAnswer> { Ok(WorkspaceAnswer::Wait(Box::new(wait))) };
    check("workspace_answer_wait", vec![("waits", of(waits)), ("nobody there", of(away))]);
    let forms = [("one", "{count} person is before you"), ("other", "{count} people are before you")];
    let words = WaitWords {
        wait_next: "You are next".to_owned(),
        wait_before: forms
            .map(|(form, text)| (form.to_owned(), text.to_owned()))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
        wait_usual: "Usual waiting time: {time}".to_owned(),
    };
    let view = |is_away, before, minutes| WaitView { is_away, before, minutes, words: words.clone() };
    check(
        "wait_view",
        vec![("waits", view(false, Some(3), Some(4))), ("nobody there", view(true, None, None))],
    );
}
