//! How sites receive their visitors: as their people say it, and as visitors are told.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::workspace;
use protocol::call::WorkspaceRequest;
use protocol::http::reception::{OfficeHours, Reception, Welcoming};
use protocol::{Code, Timestamp, VisitorIdentity};

use super::Shared;
use super::body::{from_inbox, parse};
use super::session::ask_workspace;
use super::sites::{read, site_view};
use crate::config::Config;
use crate::problem::Refused;
use crate::time_zone::TimeZone;

/// Says how a site receives its visitors.
#[worker::send]
pub(super) async fn change(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let (workspace, site) = read(&place)?;
    let reception: Reception = parse(&body)?;
    let is_unknown = reception.hours.as_ref().is_some_and(|hours| TimeZone::find(&hours.zone).is_none());
    let request = WorkspaceRequest::SetReception(site, reception);
    // Who may not is told so, whatever the zone.
    let request = if is_unknown { WorkspaceRequest::Site(site) } else { request };
    let answer = ask_workspace(&shared, &headers, workspace, request).await?;
    if is_unknown { Err(Code::BadField.into()) } else { site_view(StatusCode::OK, &answer) }
}

/// What a visitor is told of it, of whom this is known.
pub(super) fn welcoming(
    reception: &Reception,
    who: Option<&VisitorIdentity>,
    is_away: bool,
    now: Timestamp,
) -> Welcoming {
    let zone = reception.hours.as_ref().and_then(|hours| TimeZone::find(&hours.zone));
    workspace::welcoming(reception, who, zone.as_ref(), is_away, now)
}

/// Whether the team is there by its hours, if it has any that can be told.
pub(super) fn is_open(hours: Option<&OfficeHours>, now: Timestamp) -> bool {
    let told = hours.and_then(|hours| Some(workspace::openings(hours, &TimeZone::find(&hours.zone)?, now)));
    told.is_none_or(|told| told.open)
}
