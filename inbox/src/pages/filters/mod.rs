//! Makes and changes filters: in a part of its own, since it is seldom done.

mod editor;

use super::later::later;

sync_web::part!(filters);

later!(filters, FilterEditor, editor::FilterEditor);
