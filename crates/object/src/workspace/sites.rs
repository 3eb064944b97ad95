//! The sites of a workspace, as far as its object answers for them. Who asks was checked before ([`Asking::may_ask`]).

use domain::identity::new_secret;
use domain::workspace::{
    changed_fields, changed_in_reception, ends_after_rotation, is_guarded, may_check_install, tidied,
    tidied_reception,
};
use protocol::call::{Job, WorkspaceAnswer};
use protocol::http::reception::Reception;
use protocol::http::site::{IdentitySecretView, SiteKeyView, SiteList, SiteSettings, SiteView};
use protocol::http::workspace::AuditChange;
use protocol::limits::{IDENTITY_SECRETS, OVERLAP_MS, SITE_KEYS, SITES};
use protocol::{Code, Reject, SiteId, SiteKey, SiteKeyId};
use store::workspace::WorkspaceStore;

use super::asking::Asking;
use super::jobs::{arm, owe};
use super::{farewell, site_secrets, stored};
use crate::platform::Platform;

/// Looks up a site for a page that wants to show it.
pub(super) fn look_up<P: Platform>(
    platform: &mut P,
    store: &WorkspaceStore<P::Database>,
    key: SiteKey,
) -> Result<WorkspaceAnswer, Code> {
    let now = platform.now();
    let site = stored(platform, store.site_of_key(key.key, now))?.ok_or(Code::UnknownSite)?;
    let settings = stored(platform, store.site(site))?.ok_or(Code::UnknownSite)?;
    let keys = stored(platform, store.site_keys(site, now))?;
    let identity_secrets = site_secrets::good(platform, store, key.workspace, site, now)?;
    Ok(WorkspaceAnswer::Site {
        site,
        settings: Box::new(settings),
        keys: keys.into_iter().map(|kept| SiteKey { key: kept.key, ..key }).collect(),
        identity_secrets,
        reception: stored(platform, store.reception(site))?,
    })
}

/// Lists the sites.
pub(super) fn list<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
) -> Result<WorkspaceAnswer, Code> {
    let sites = stored(platform, asking.store.sites())?;
    let sites = sites.into_iter().map(|(site, settings)| view_of(platform, asking, site, settings));
    Ok(WorkspaceAnswer::Sites(SiteList { sites: sites.collect::<Result<_, _>>()? }))
}

/// Shows one site.
pub(super) fn look_at<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Code> {
    let settings = find(platform, asking, site)?;
    view(platform, asking, site, settings)
}

/// Shows one site so that a page can be checked for its tag, so many times a minute: each check asks somebody else's
/// server.
pub(super) fn check<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Reject> {
    let answer = look_at(platform, asking, site)?;
    may_check_install(&stored(platform, asking.store.install_checks(asking.now))?, asking.now)?;
    stored(platform, asking.store.note_install_check(asking.now))?;
    Ok(answer)
}

/// Makes a site.
pub(super) fn make<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    settings: &SiteSettings,
) -> Result<WorkspaceAnswer, Code> {
    let settings = tidied(settings.clone())?;
    if stored(platform, asking.store.sites())?.len() >= SITES {
        return Err(Code::TooLarge);
    }
    let site = SiteId::from_bytes(platform.random()?);
    let key = SiteKeyId::from_bytes(platform.random()?);
    stored(platform, asking.store.make_site(site, key, &settings, asking.now))?;
    asking.note(platform, &AuditChange::SiteMade { name: settings.config.name.clone() })?;
    view(platform, asking, site, settings)
}

/// Changes a site's settings. What decides who may show it, and who its visitors are, takes a proof.
pub(super) fn change<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
    settings: &SiteSettings,
) -> Result<WorkspaceAnswer, Code> {
    let before = find(platform, asking, site)?;
    let settings = tidied(settings.clone())?;
    if is_guarded(&before, &settings) && !asking.is_proven {
        return Err(Code::ProofRequired);
    }
    let fields = changed_fields(&before, &settings);
    if !fields.is_empty() {
        stored(platform, asking.store.set_site(site, &settings))?;
        let fields = fields.into_iter().map(str::to_owned).collect();
        asking.note(platform, &AuditChange::SiteChanged { name: settings.config.name.clone(), fields })?;
    }
    if before.look.logo != settings.look.logo {
        owe(platform, &asking.store, &Job::TidyLogos(site, settings.look.logo))?;
        arm(platform, &asking.store)?;
    }
    view(platform, asking, site, settings)
}

/// Says how a site receives its visitors.
pub(super) fn set_reception<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
    reception: &Reception,
) -> Result<WorkspaceAnswer, Code> {
    let settings = find(platform, asking, site)?;
    let before = stored(platform, asking.store.reception(site))?;
    let reception = tidied_reception(reception.clone())?;
    let fields = changed_in_reception(&before, &reception);
    if !fields.is_empty() {
        stored(platform, asking.store.set_reception(site, &reception))?;
        let fields = fields.into_iter().map(str::to_owned).collect();
        asking.note(platform, &AuditChange::SiteChanged { name: settings.config.name.clone(), fields })?;
    }
    view(platform, asking, site, settings)
}

/// Removes a site: its keys are good no longer, and its visitors are sent away. What was said on it stays.
pub(super) fn remove<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Code> {
    let name = find(platform, asking, site)?.config.name;
    farewell::of_site(platform, &asking.store, site)?;
    owe(platform, &asking.store, &Job::TidyLogos(site, None))?;
    stored(platform, asking.store.remove_site(site))?;
    asking.note(platform, &AuditChange::SiteRemoved { name })?;
    arm(platform, &asking.store)?;
    Ok(WorkspaceAnswer::Done)
}

/// Gives a site a new key; the old one stays good for a while.
pub(super) fn rotate_key<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Code> {
    let settings = find(platform, asking, site)?;
    let key = SiteKeyId::from_bytes(platform.random()?);
    let good = stored(platform, asking.store.site_keys(site, asking.now))?;
    let ends: Vec<_> = good.iter().map(|kept| kept.ends_at).collect();
    for (kept, end) in good.iter().zip(ends_after_rotation(&ends, asking.now, SITE_KEYS)) {
        stored(platform, asking.store.end_site_key(kept.key, end))?;
    }
    stored(platform, asking.store.add_site_key(site, key, asking.now))?;
    let until = asking.now.plus(OVERLAP_MS);
    asking.note(platform, &AuditChange::SiteKeyRotated { name: settings.config.name.clone(), until })?;
    view(platform, asking, site, settings)
}

/// Ends the keys of a site but its newest at once.
pub(super) fn end_old_keys<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Code> {
    let settings = find(platform, asking, site)?;
    let good = stored(platform, asking.store.site_keys(site, asking.now))?;
    for kept in good.iter().filter(|kept| kept.ends_at.is_some()) {
        stored(platform, asking.store.end_site_key(kept.key, asking.now))?;
    }
    asking.note(platform, &AuditChange::SiteKeysEnded { name: settings.config.name.clone() })?;
    view(platform, asking, site, settings)
}

/// Gives a site a new secret for identity verification; the one before stays good for a while.
pub(super) fn rotate_identity_secret<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Code> {
    let name = find(platform, asking, site)?.config.name;
    let secret = new_secret(platform.random()?, platform.random()?);
    let good = stored(platform, asking.store.identity_secrets(site, asking.now))?;
    let ends: Vec<_> = good.iter().map(|kept| kept.ends_at).collect();
    for (kept, end) in good.iter().zip(ends_after_rotation(&ends, asking.now, IDENTITY_SECRETS)) {
        stored(platform, asking.store.end_identity_secret(site, &kept.key_id, end))?;
    }
    let sealed = site_secrets::seal(platform, asking.workspace, site, &secret)?;
    let added = asking.store.add_identity_secret(site, &secret.key_id, &sealed, asking.now);
    stored(platform, added)?;
    farewell::of_ended_secrets(platform, &asking.store)?;
    asking.note(platform, &AuditChange::IdentitySecretRotated { name })?;
    arm(platform, &asking.store)?;
    Ok(WorkspaceAnswer::IdentitySecret(secret))
}

/// Ends the secrets of a site but its newest at once.
pub(super) fn end_old_identity_secrets<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Code> {
    let settings = find(platform, asking, site)?;
    let good = stored(platform, asking.store.identity_secrets(site, asking.now))?;
    for kept in good.iter().filter(|kept| kept.ends_at.is_some()) {
        stored(platform, asking.store.end_identity_secret(site, &kept.key_id, asking.now))?;
    }
    farewell::of_ended_secrets(platform, &asking.store)?;
    asking.note(platform, &AuditChange::IdentitySecretsEnded { name: settings.config.name.clone() })?;
    arm(platform, &asking.store)?;
    view(platform, asking, site, settings)
}

fn find<P: Platform>(platform: &P, asking: &Asking<P::Database>, site: SiteId) -> Result<SiteSettings, Code> {
    stored(platform, asking.store.site(site))?.ok_or(Code::NotFound)
}

fn view<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    site: SiteId,
    settings: SiteSettings,
) -> Result<WorkspaceAnswer, Code> {
    Ok(WorkspaceAnswer::SiteView(Box::new(view_of(platform, asking, site, settings)?)))
}

fn view_of<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    site: SiteId,
    settings: SiteSettings,
) -> Result<SiteView, Code> {
    let workspace = asking.workspace;
    let keys = stored(platform, asking.store.site_keys(site, asking.now))?;
    let secrets = stored(platform, asking.store.identity_secrets(site, asking.now))?;
    Ok(SiteView {
        id: site,
        settings,
        keys: keys
            .into_iter()
            .map(|kept| SiteKeyView { key: SiteKey { workspace, key: kept.key }, ends_at: kept.ends_at })
            .collect(),
        identity_secrets: secrets
            .into_iter()
            .map(|kept| IdentitySecretView {
                key_id: kept.key_id,
                created_at: kept.created_at,
                ends_at: kept.ends_at,
            })
            .collect(),
        reception: stored(platform, asking.store.reception(site))?,
    })
}
