//! Who is on the sites: a list that keeps itself current, and the first word to somebody in it.

mod line;
mod list;
mod opener;
mod watch;

pub(in crate::pages) use list::VisitorsPage;
