//! What the workspace answers to calls: who asks is looked up, what they may do is decided, and then it is done, all in
//! one turn.

use domain::name;
use domain::workspace::{Demand, Member, Standing};
use protocol::call::{
    Actor, CallResult, Founder, Founding, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::http::workspace::WorkspaceView;
use protocol::{AgentProfile, Code, Permission, Reject};
use store::Database;
use store::workspace::{Grounds, WorkspaceStore};

use super::asking::Asking;
use super::invitations::Guest;
use super::{
    WorkspaceObject, api_keys, assignments, audit, blocking, canned, contacts, farewell, filters, home,
    invitations, jobs, open, ownership, people, private_chats, reports, retention, roles, search,
    second_factor, sites, stored, teams, tickets, visits,
};
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Answers a call of the Worker or of another object.
    ///
    /// # Errors
    /// What is refused, with its code.
    pub fn answer<P>(&mut self, platform: &mut P, call: WorkspaceCall) -> CallResult<WorkspaceAnswer>
    where
        P: Platform<Socket = Handle>,
    {
        match call {
            WorkspaceCall::Found(founding) => Ok(found(platform, &founding)?),
            WorkspaceCall::Site { key } => {
                let store = open(platform)?;
                Ok(sites::look_up(platform, &store, key)?)
            }
            WorkspaceCall::Receive { key } => Ok(self.look_up_for_visitor(platform, key)?),
            WorkspaceCall::Wait(wanted) => Ok(self.wait(platform, *wanted)?),
            WorkspaceCall::Digest(digest) => {
                self.hear(platform, &digest, None)?;
                Ok(WorkspaceAnswer::Done)
            }
            WorkspaceCall::Tell { digest, passage } => {
                let upto = self.hear(platform, &digest, Some(passage))?;
                Ok(WorkspaceAnswer::Heard { upto })
            }
            WorkspaceCall::TellPrivately(digest) => {
                let upto = self.hear_privately(platform, &digest)?;
                Ok(WorkspaceAnswer::Heard { upto })
            }
            WorkspaceCall::As { actor, request } => self.answer_to(platform, &actor, &request),
            WorkspaceCall::LookAtInvitation { secret } => Ok(invitations::look(platform, &secret)?),
            WorkspaceCall::Accept { secret, founder } => {
                Ok(invitations::accept(platform, &secret, &founder)?)
            }
            WorkspaceCall::Vouch { site, visitor, voucher } => {
                Ok(farewell::vouch(platform, Grounds { site, visitor, voucher })?)
            }
            WorkspaceCall::Home(wanted) => Ok(home::home(platform, *wanted)?),
            WorkspaceCall::KeepVouching { conversation, site, visitor, voucher, at } => {
                let grounds = Grounds { site, visitor, voucher };
                Ok(farewell::keep_vouching(platform, conversation, grounds, at)?)
            }
            WorkspaceCall::StopVouching { conversation, at } => {
                Ok(farewell::stop_vouching(platform, conversation, at)?)
            }
            WorkspaceCall::SecondFactorChanged { agent, is_on } => {
                Ok(second_factor::changed(platform, agent, is_on)?)
            }
            WorkspaceCall::SessionsEnded(dismissal) => Ok(self.sessions_ended(platform, dismissal)?),
            WorkspaceCall::PersonChanged { agent, account, email, name, language } => {
                let person = Founder { account, email, agent: AgentProfile { id: agent, name }, language };
                Ok(people::person_changed(platform, &person)?)
            }
            WorkspaceCall::ByKey { secret, scope, request } => {
                self.answer_by_key(platform, &secret, scope, &request)
            }
        }
    }

    /// Answers one of the workspace's people.
    fn answer_to<P>(
        &mut self,
        platform: &mut P,
        actor: &Actor,
        request: &WorkspaceRequest,
    ) -> CallResult<WorkspaceAnswer>
    where
        P: Platform<Socket = Handle>,
    {
        let asking = Asking::of(platform, open(platform)?, actor)?;
        self.decide(platform, &asking, request)
    }

    /// Decides whether they may, and does it. What they may not do leaves a line in the audit log, if it is a change.
    pub(super) fn decide<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        request: &WorkspaceRequest,
    ) -> CallResult<WorkspaceAnswer>
    where
        P: Platform<Socket = Handle>,
    {
        let demand = Demand::of(request, asking.member.id());
        let answer = match asking.may_ask(&demand) {
            Ok(()) => self.perform(platform, asking, request),
            Err(code) => Err(code.into()),
        };
        // What was noted may be owed as mail as well.
        if answer.is_ok() && demand.change.is_some() {
            jobs::arm(platform, &asking.store)?;
        }
        if matches!(answer, Err(Reject { code: Code::Forbidden, .. })) {
            platform.refused(demand.change.unwrap_or("a look"), asking.member.id());
            if let Some(action) = demand.change {
                asking.note_refusal(platform, action)?;
            }
        }
        answer
    }

    fn perform<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        request: &WorkspaceRequest,
    ) -> CallResult<WorkspaceAnswer>
    where
        P: Platform<Socket = Handle>,
    {
        let answer = match request {
            WorkspaceRequest::View => view(platform, asking),
            WorkspaceRequest::Ticket(target) => tickets::give(platform, asking, *target),
            WorkspaceRequest::SetName(name) => ownership::set_name(platform, asking, name),
            WorkspaceRequest::People => people::list(platform, asking),
            WorkspaceRequest::Invite { email, role, language } => {
                let guest = Guest { email, role: *role, language: *language };
                return invitations::invite(platform, asking, &guest);
            }
            WorkspaceRequest::RevokeInvitation(id) => invitations::revoke(platform, asking, *id),
            WorkspaceRequest::SetRole(agent, role) => self.set_role(platform, asking, *agent, *role),
            WorkspaceRequest::Remove(agent) => self.remove(platform, asking, *agent),
            WorkspaceRequest::MayLeave => people::may_leave(asking),
            WorkspaceRequest::LeaveForGood => self.leave_for_good(platform, asking),
            WorkspaceRequest::Transfer(to) => self.transfer(platform, asking, *to),
            WorkspaceRequest::MakeRole(draft) => roles::make(platform, asking, draft),
            WorkspaceRequest::RedrawRole(id, draft) => self.redraw_role(platform, asking, *id, draft),
            WorkspaceRequest::RemoveRole(id) => roles::remove(platform, asking, *id),
            WorkspaceRequest::SetRetention(days) => retention::set(platform, asking, *days),
            WorkspaceRequest::BeginDeletion => ownership::begin_deletion(platform, asking),
            WorkspaceRequest::StopDeletion => ownership::stop_deletion(platform, asking),
            WorkspaceRequest::Audit(before) => audit::page(platform, asking, *before),
            WorkspaceRequest::Sites => sites::list(platform, asking),
            WorkspaceRequest::Site(site) => sites::look_at(platform, asking, *site),
            WorkspaceRequest::CheckSite(site) => return sites::check(platform, asking, *site),
            WorkspaceRequest::MakeSite(settings) => sites::make(platform, asking, settings),
            WorkspaceRequest::SetReception(site, reception) => {
                sites::set_reception(platform, asking, *site, reception)
            }
            WorkspaceRequest::SetSite(site, settings) => sites::change(platform, asking, *site, settings),
            WorkspaceRequest::RemoveSite(site) => sites::remove(platform, asking, *site),
            WorkspaceRequest::RotateSiteKey(site) => sites::rotate_key(platform, asking, *site),
            WorkspaceRequest::RotateIdentitySecret(site) => {
                sites::rotate_identity_secret(platform, asking, *site)
            }
            WorkspaceRequest::EndOldSiteKeys(site) => sites::end_old_keys(platform, asking, *site),
            WorkspaceRequest::EndOldIdentitySecrets(site) => {
                sites::end_old_identity_secrets(platform, asking, *site)
            }
            WorkspaceRequest::Search(query) => search::search(platform, asking, query),
            WorkspaceRequest::ApiKeys => api_keys::list(platform, asking),
            WorkspaceRequest::MakeApiKey(draft) => api_keys::make(platform, asking, draft),
            WorkspaceRequest::RevokeApiKey(id) => api_keys::revoke(platform, asking, *id),
            WorkspaceRequest::RequireSecondFactor(is_required) => {
                self.require_second_factor(platform, asking, *is_required)
            }
            WorkspaceRequest::Canned => canned::list(platform, asking),
            WorkspaceRequest::MakeCanned(draft) => canned::make(platform, asking, draft),
            WorkspaceRequest::ChangeCanned(id, text) => canned::change(platform, asking, *id, text),
            WorkspaceRequest::RemoveCanned(id) => canned::remove(platform, asking, *id),
            WorkspaceRequest::UseCanned(id) => canned::used(platform, asking, *id),
            WorkspaceRequest::Filters => filters::list(platform, asking),
            WorkspaceRequest::MakeFilter(draft) => self.make_filter(platform, asking, draft),
            WorkspaceRequest::ChangeFilter(id, text) => self.change_filter(platform, asking, *id, text),
            WorkspaceRequest::RemoveFilter(id) => self.remove_filter(platform, asking, *id),
            WorkspaceRequest::CountFilter(rule) => filters::count(platform, asking, rule),
            WorkspaceRequest::Teams => teams::list(platform, asking),
            WorkspaceRequest::MakeTeam(draft) => self.make_team(platform, asking, draft),
            WorkspaceRequest::ChangeTeam(id, draft) => self.change_team(platform, asking, *id, draft),
            WorkspaceRequest::RemoveTeam(id) => self.remove_team(platform, asking, *id),
            WorkspaceRequest::Assignments => assignments::list(platform, asking),
            WorkspaceRequest::SetAssignment(team, assignment) => {
                self.set_assignment(platform, asking, *team, *assignment)
            }
            WorkspaceRequest::Blocked => blocking::list(platform, asking),
            WorkspaceRequest::Block(visitor) => blocking::look(platform, asking, *visitor),
            WorkspaceRequest::BlockVisitor(visitor) => blocking::block(platform, asking, *visitor),
            WorkspaceRequest::UnblockVisitor(visitor) => blocking::unblock(platform, asking, *visitor),
            WorkspaceRequest::Colleagues(wanted) => private_chats::colleagues(platform, asking, wanted),
            WorkspaceRequest::Contacts(query) => contacts::list(platform, asking, query),
            WorkspaceRequest::Contact(visitor) => contacts::look(platform, asking, *visitor),
            WorkspaceRequest::ExportContacts(filter, after) => {
                contacts::export(platform, asking, filter, *after)
            }
            WorkspaceRequest::WatchedSites(conversations) => visits::watched(platform, asking, conversations),
            WorkspaceRequest::Approach(site) => visits::approach(platform, asking, *site),
            WorkspaceRequest::Report(query) => reports::report(platform, asking, query),
        };
        Ok(answer?)
    }
}

fn found<P: Platform>(platform: &mut P, founding: &Founding) -> Result<WorkspaceAnswer, Code> {
    let founding = Founding { name: name(&founding.name)?, ..founding.clone() };
    let store = open(platform)?;
    stored(platform, store.found(&founding, platform.now()))?;
    jobs::arm(platform, &store)?;
    Ok(WorkspaceAnswer::Done)
}

/// The workspace as it is seen by who asks.
pub(super) fn view<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    let standing = stored(platform, asking.store.standing())?.ok_or(Code::NotFound)?;
    Ok(WorkspaceAnswer::View(Box::new(view_of(platform, &asking.store, standing, &asking.member)?)))
}

/// The workspace as one of its people sees it.
pub(super) fn view_of<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    standing: Standing,
    member: &Member,
) -> Result<WorkspaceView, Code> {
    let Standing { id, name, deleted_at, requires_second_factor, retention_days } = standing;
    let Member { person, role, permissions, .. } = member;
    let without_second_factor = if permissions.contains(Permission::ManageWorkspace) {
        Some(stored(platform, store.without_second_factor())?)
    } else {
        None
    };
    Ok(WorkspaceView {
        id,
        name,
        me: person.agent.clone(),
        role: *role,
        permissions: *permissions,
        deleted_at,
        requires_second_factor,
        without_second_factor,
        retention_days,
    })
}
