//! Finding what was said.

use domain::search::{found_lines, snippets};
use protocol::call::WorkspaceAnswer;
use protocol::limits::{FOUND_LINES, SEARCH_PAGE};
use protocol::{Code, FoundConversation, SearchPage, SearchPosition, SearchQuery};

use super::asking::Asking;
use super::stored;
use crate::platform::Platform;

/// Looks for words: a page of conversations, each once in it, those with the latest passages first.
pub(super) fn search<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    query: &SearchQuery,
) -> Result<WorkspaceAnswer, Code> {
    let passages = stored(platform, asking.store.search(query, SEARCH_PAGE))?;
    let next = passages.last().filter(|_| passages.len() == SEARCH_PAGE).map(|last| SearchPosition(last.id));
    let mut found: Vec<FoundConversation> = Vec::new();
    for passage in passages {
        let is_within =
            |at| query.since.is_none_or(|since| at >= since) && query.until.is_none_or(|until| at < until);
        let mut lines = found_lines(passage.lines, &passage.said, &passage.noted);
        lines.retain(|line| is_within(line.at));
        let contact = snippets(&passage.contact);
        if lines.is_empty() && contact.is_empty() {
            continue;
        }
        match found.iter_mut().find(|known| known.entry.conversation == passage.conversation) {
            Some(known) => {
                lines.append(&mut known.lines);
                lines.truncate(FOUND_LINES);
                known.lines = lines;
                if known.contact.is_empty() {
                    known.contact = contact;
                }
            }
            None => {
                let entry = stored(platform, asking.store.entry(passage.conversation))?;
                found.extend(entry.map(|entry| FoundConversation { entry, contact, lines }));
            }
        }
    }
    Ok(WorkspaceAnswer::Found(SearchPage { found, next }))
}
