//! Canned responses and macros: the shared ones are changed by who may, everybody's own by themselves.

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
    let CannedDraft { shortcode, text, is_shared, steps } = draft.clone();
    let text = canned_text(&CannedText { shortcode, text, steps })?;
    let there = asking.canned(platform)?;
    canned_fits(!text.steps.is_empty(), is_shared, &there)?;
    is_free(&there, &text.shortcode, None)?;
    let id = CannedId::from_bytes(platform.random()?);
    let owner = (!is_shared).then(|| asking.member.id());
    let CannedText { shortcode, text, steps } = text.clone();
    let made = Canned { id, shortcode, text, is_shared, used: 0, steps };
    asking.note_canned(platform, Change::Made, &made)?;
    stored(platform, asking.store.make_canned(id, owner, &said(&made)))?;
    Ok(WorkspaceAnswer::CannedResponse(made))
}

/// Changes what one says and does; none becomes one of the other sort.
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
    let CannedText { shortcode, text, steps } = text;
    let after = Canned { shortcode, text, steps, ..before.clone() };
    if after.is_macro() != before.is_macro() {
        return Err(Code::BadField);
    }
    if after == before {
        return Ok(WorkspaceAnswer::CannedResponse(after));
    }
    asking.note_canned(platform, Change::Changed, &after)?;
    stored(platform, asking.store.change_canned(id, &said(&after)))?;
    Ok(WorkspaceAnswer::CannedResponse(after))
}

/// Removes one.
pub(super) fn remove<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    id: CannedId,
) -> Result<WorkspaceAnswer, Code> {
    let before = asking.changeable(platform, id)?;
    asking.note_canned(platform, Change::Removed, &before)?;
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

/// What becomes of one.
#[derive(Clone, Copy)]
enum Change {
    Made,
    Changed,
    Removed,
}

fn said(response: &Canned) -> CannedText {
    let Canned { shortcode, text, steps, .. } = response.clone();
    CannedText { shortcode, text, steps }
}

/// Whoever types a code or a name must know what comes.
fn is_free(there: &[Canned], shortcode: &str, own: Option<CannedId>) -> Result<(), Code> {
    let mut others = there.iter().filter(|response| Some(response.id) != own);
    if others.any(|response| response.shortcode.to_lowercase() == shortcode.to_lowercase()) {
        Err(Code::Taken)
    } else {
        Ok(())
    }
}

impl<D: Database> Asking<D> {
    fn canned<P: Platform>(&self, platform: &P) -> Result<Vec<Canned>, Code> {
        stored(platform, self.store.canned(self.member.id()))
    }

    /// What everybody has is everybody's matter.
    fn note_canned<P: Platform<Database = D>>(
        &self,
        platform: &P,
        change: Change,
        response: &Canned,
    ) -> Result<(), Code> {
        if !response.is_shared {
            return Ok(());
        }
        let name = response.shortcode.clone();
        let change = match (response.is_macro(), change) {
            (false, Change::Made) => AuditChange::CannedMade { shortcode: name },
            (false, Change::Changed) => AuditChange::CannedChanged { shortcode: name },
            (false, Change::Removed) => AuditChange::CannedRemoved { shortcode: name },
            (true, Change::Made) => AuditChange::MacroMade { name },
            (true, Change::Changed) => AuditChange::MacroChanged { name },
            (true, Change::Removed) => AuditChange::MacroRemoved { name },
        };
        self.note(platform, &change)
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
