//! Reports, in a part of their own: few people read them, and not every day.

mod chart;
mod page;
mod tables;

use super::later::later;

sync_web::part!(reports);

later!(reports, ReportsPage, page::ReportsPage);
