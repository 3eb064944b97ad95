//! Canned responses: the shared ones are changed by who may, everybody's own by themselves.

use domain::workspace::{canned_fits, canned_text};
use protocol::call::WorkspaceAnswer;
use protocol::http::canned::{Canned, CannedDraft, CannedList, CannedText};
use protocol::http::workspace::AuditChange;
use protocol::{CannedId, Code, Permission};
use store::Database;

use super::asking::Asking;
use super::stored;
use crate::platform::Platform;

/// Those that who asks can use.
pub(super) fn list<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    let responses = asking.canned(platform)?;
    Ok(WorkspaceAnswer::Canned(CannedList { responses }))
}

/// Keeps one.
pub(super) fn make<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    draft: &CannedDraft,
) -> Result<WorkspaceAnswer, Code> {
    let CannedDraft { shortcode, text, is_shared } = draft.clone();
    let text = canned_text(&CannedText { shortcode, text })?;
    let there = asking.canned(platform)?;
    canned_fits(is_shared, there.iter().filter(|response| response.is_shared == is_shared).count())?;
    is_free(&there, &text.shortcode, None)?;
    let id = CannedId::from_bytes(platform.random()?);
    if is_shared {
        asking.note(platform, &AuditChange::CannedMade { shortcode: text.shortcode.clone() })?;
    }
    let owner = (!is_shared).then(|| asking.member.id());
    stored(platform, asking.store.make_canned(id, owner, &text))?;
    let CannedText { shortcode, text } = text;
    Ok(WorkspaceAnswer::CannedResponse(Canned { id, shortcode, text, is_shared, used: 0 }))
}

/// Changes what one says.
pub(super) fn change<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    id: CannedId,
    text: &CannedText,
) -> Result<WorkspaceAnswer, Code> {
    let before = asking.changeable(platform, id)?;
    let text = canned_text(text)?;
    let there = asking.canned(platform)?;
    is_free(&there, &text.shortcode, Some(id))?;
    let after = Canned { shortcode: text.shortcode.clone(), text: text.text.clone(), ..before.clone() };
    if after == before {
        return Ok(WorkspaceAnswer::CannedResponse(after));
    }
    if before.is_shared {
        asking.note(platform, &AuditChange::CannedChanged { shortcode: text.shortcode.clone() })?;
    }
    stored(platform, asking.store.change_canned(id, &text))?;
    Ok(WorkspaceAnswer::CannedResponse(after))
}

/// Removes one.
pub(super) fn remove<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    id: CannedId,
) -> Result<WorkspaceAnswer, Code> {
    let before = asking.changeable(platform, id)?;
    if before.is_shared {
        asking.note(platform, &AuditChange::CannedRemoved { shortcode: before.shortcode })?;
    }
    stored(platform, asking.store.remove_canned(id))?;
    Ok(WorkspaceAnswer::Done)
}

/// Counts that one was used.
pub(super) fn used<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    id: CannedId,
) -> Result<WorkspaceAnswer, Code> {
    asking.usable(platform, id)?;
    stored(platform, asking.store.count_canned(id))?;
    Ok(WorkspaceAnswer::Done)
}

/// Whoever types a code must know what comes.
fn is_free(there: &[Canned], shortcode: &str, own: Option<CannedId>) -> Result<(), Code> {
    let mut others = there.iter().filter(|response| Some(response.id) != own);
    if others.any(|response| response.shortcode == shortcode) { Err(Code::Taken) } else { Ok(()) }
}

impl<D: Database> Asking<D> {
    fn canned<P: Platform>(&self, platform: &P) -> Result<Vec<Canned>, Code> {
        stored(platform, self.store.canned(self.member.id()))
    }

    /// One that who asks can use; another's own does not exist.
    fn usable<P: Platform>(&self, platform: &P, id: CannedId) -> Result<Canned, Code> {
        let there = self.canned(platform)?;
        there.into_iter().find(|response| response.id == id).ok_or(Code::NotFound)
    }

    /// One that who asks may change.
    fn changeable<P: Platform>(&self, platform: &P, id: CannedId) -> Result<Canned, Code> {
        let response = self.usable(platform, id)?;
        let may = !response.is_shared || self.member.permissions.contains(Permission::ManageCanned);
        if may { Ok(response) } else { Err(Code::Forbidden) }
    }
}
