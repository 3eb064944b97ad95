//! What was found: in a part of its own, since most visits look for nothing.

mod results;

use super::later::later;

sync_web::part!(search);

later!(search, SearchResults, results::SearchResults);
