//! Looks at a page of a customer, whether the script tag stands there as it should.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::outbound::Destination;
use domain::workspace::{Delivered, SiteTag, find_tag, redirected};
use protocol::Code;
use protocol::call::{WorkspaceAnswer, WorkspaceRequest};
use protocol::http::site::{InstallCheck, InstallFinding, InstallReport, SiteView};
use worker::{Env, Method};

use super::Shared;
use super::body::{from_inbox, parse};
use super::session::ask_workspace;
use super::sites::read;
use crate::attempts;
use crate::config::{Config, base_url};
use crate::outbound::{self, Outbound, rules};
use crate::problem::{Refused, json};

/// Redirects that are followed.
const REDIRECTS: usize = 3;

/// Checks the page at an address.
#[worker::send]
pub(super) async fn check(
    State(shared): State<Shared>,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let (workspace, site) = read(&place)?;
    let InstallCheck { address } = parse(&body)?;
    let WorkspaceAnswer::SiteView(site) =
        ask_workspace(&shared, &headers, workspace, WorkspaceRequest::Site(site)).await?
    else {
        return Err(Code::Internal.into());
    };
    attempts::install_check(&shared.env, workspace).await?;
    let finding = look(&shared.env, &config.base_url, &site, address).await?;
    Ok(json(StatusCode::OK, &InstallReport { finding }))
}

/// Asks for the page, wherever it was moved to, and judges it. Nothing of what it says is shown to anybody.
async fn look(env: &Env, here: &str, site: &SiteView, mut address: String) -> Result<InstallFinding, Code> {
    let base = base_url(env)?;
    for _ in 0..=REDIRECTS {
        let Ok(destination) = Destination::parse(&address, &rules(env, &base)) else {
            return Ok(InstallFinding::AddressRefused);
        };
        let headers = [("Accept", "text/html".to_owned())];
        let request =
            Outbound { destination: &destination, method: Method::Get, headers: &headers, body: "" };
        let Ok(answer) = outbound::ask(&request).await else {
            return Ok(InstallFinding::NoPage);
        };
        let header = |name: &str| answer.headers.get(name).ok().flatten();
        if (300..400).contains(&answer.status) {
            let moved = header("Location").and_then(|location| redirected(destination.as_str(), &location));
            match moved {
                Some(moved) => address = moved,
                None => return Ok(InstallFinding::NoPage),
            }
            continue;
        }
        let keys: Vec<_> = site.keys.iter().map(|key| key.key).collect();
        let policies: Vec<_> = header("Content-Security-Policy").into_iter().collect();
        let page = Delivered {
            address: destination.as_str(),
            status: answer.status,
            content_type: &header("Content-Type").unwrap_or_default(),
            policies: &policies,
            body: &answer.body,
        };
        return Ok(find_tag(page, SiteTag { base_url: here, keys: &keys, settings: &site.settings }));
    }
    Ok(InstallFinding::NoPage)
}
