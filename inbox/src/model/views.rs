//! The views of the list in the address, so that reload and the browser's way back keep them.

use protocol::{FilterId, ListView, Shelf, SiteId, TeamId};

/// Before the id of a filter.
const FILTER: &str = "filter-";

/// In the order in which they are shown.
pub(crate) const SHELVES: [Shelf; 7] = Shelf::ALL;

/// Reads a view from the parameters of an address; what makes no sense there is the usual view.
pub(crate) fn read(view: Option<&str>, site: Option<&str>) -> ListView {
    let of_team = || view?.parse::<TeamId>().ok().map(Shelf::Team);
    let of_filter = || view?.strip_prefix(FILTER)?.parse::<FilterId>().ok().map(Shelf::Filter);
    let shelf = SHELVES.into_iter().find(|shelf| Some(word(*shelf).as_str()) == view);
    let shelf = shelf.or_else(of_team).or_else(of_filter).unwrap_or_default();
    ListView { shelf, site: site.and_then(|site| site.parse::<SiteId>().ok()) }
}

/// What stands behind the path of an address for a view; nothing for the usual one.
pub(crate) fn query(view: ListView) -> String {
    let shelf = (view.shelf != Shelf::default()).then(|| format!("view={}", word(view.shelf)));
    let site = view.site.map(|site| format!("site={site}"));
    let parts: Vec<String> = shelf.into_iter().chain(site).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

fn word(shelf: Shelf) -> String {
    let word = match shelf {
        Shelf::Mine => "mine",
        Shelf::Unassigned => "unassigned",
        Shelf::Open => "open",
        Shelf::Pending => "pending",
        Shelf::Snoozed => "snoozed",
        Shelf::Resolved => "resolved",
        Shelf::Mentions => "mentions",
        Shelf::Team(team) => return team.to_string(),
        Shelf::Filter(filter) => return format!("{FILTER}{filter}"),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib48_a_view_stands_in_the_address_and_is_read_from_it() {
        assert_eq!(query(ListView::default()), "");
        let [team, filter] =
            [Shelf::Team(TeamId::from_bytes([9; 16])), Shelf::Filter(FilterId::from_bytes([9; 16]))];
        for shelf in SHELVES.into_iter().chain([team, filter]) {
            for site in [None, Some(SiteId::from_bytes([7; 16]))] {
                let view = ListView { shelf, site };
                let site = site.map(|site| site.to_string());
                assert_eq!(read(Some(&word(shelf)), site.as_deref()), view);
            }
        }
        let mine = ListView { shelf: Shelf::Mine, site: Some(SiteId::from_bytes([7; 16])) };
        assert_eq!(query(mine), format!("?view=mine&site={}", SiteId::from_bytes([7; 16])));
        assert_eq!(read(Some("nonsense"), Some("nonsense")), ListView::default());
    }
}
