//! Reports.

use protocol::call::WorkspaceAnswer;
use protocol::{Code, ReportQuery};

use super::asking::Asking;
use super::stored;
use crate::platform::Platform;

/// Counts what is asked for.
pub(super) fn report<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    query: &ReportQuery,
) -> Result<WorkspaceAnswer, Code> {
    query.check()?;
    let report = stored(platform, asking.store.report(query))?;
    Ok(WorkspaceAnswer::Report(Box::new(report)))
}
