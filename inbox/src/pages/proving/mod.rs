//! Proving who is at the keyboard, or that one has a second factor: loaded when that is asked for.

mod dialog;
mod needs_second_factor;

use sync_web::NotLoaded;

use super::later::{by_the_way, later};

sync_web::part!(proving);

by_the_way!(proving, ProofDialog, dialog::ProofDialog);
later!(proving, NeedsSecondFactor, needs_second_factor::NeedsSecondFactor);

/// Loads it; fails where it cannot be had.
pub(super) async fn come() -> Result<(), NotLoaded> {
    sync_web::part::load_part("proving").await
}
