//! The addresses of the inbox.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::any_nested_route::IntoAnyNestedRoute as _;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;

use crate::api::ended;
use crate::browser::arrival::Arrivals;
use crate::browser::clock::Clock;
use crate::browser::fragment;
use crate::browser::keys::Keys;
use crate::browser::settings::Settings as BrowserSettings;
use crate::model::mailed_link::{LinkPage, MailedLink};
use crate::model::page::BASE;
use crate::pages::{
    ApiKeys, AuditPage, BlockedPage, CannedPage, Choose, ContactPage, ContactsPage, ConversationPage, Desk,
    General, Home, Join, MacrosPage, NewAddress, NewSite, NewWorkspace, NotFound, NotificationsPage, People,
    PrivateChatPage, ProfilePage, ReportsPage, Reset, Roles, Room, Security, Sessions, Settings, SignIn,
    SignInLink, SignUp, SignedInOnly, SitePage, Sites, TeamsPage, Threshold, VisitorsPage, You,
};
use crate::state::account::{Account, Standing};
use crate::state::title::Title;

/// The whole app, given the mailed link that it was opened with.
#[component]
pub(crate) fn App(link: Option<(LinkPage, MailedLink)>) -> impl IntoView {
    let account = Account::new();
    let threshold = Threshold::new(link);
    ended::told_to(Rc::new(move || account.forget(Standing::SignedOut)));
    fragment::on_another(move |link| threshold.take(link));
    provide_context(account);
    provide_context(threshold);
    let settings = BrowserSettings::load();
    provide_context(settings);
    provide_context(Keys::listen(settings));
    provide_context(Clock::start());
    provide_context(Arrivals::new());
    provide_context(Title::new());
    view! {
        <Router base=BASE>
            <Routes fallback=NotFound>
                <Route path=path!("sign-in") view=SignIn />
                <Route path=path!("sign-up") view=SignUp />
                <Route path=path!("sign-in-link") view=SignInLink />
                <Route path=path!("reset") view=Reset />
                <Route path=path!("new-address") view=NewAddress />
                <Route path=path!("join") view=Join />
                <ParentRoute path=path!("") view=SignedInOnly>
                    <Route path=path!("") view=Home />
                    <Route path=path!("new-workspace") view=NewWorkspace />
                    <AccountRoutes />
                    <WorkspaceRoutes />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

#[component(transparent)]
fn AccountRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("account") view=You>
            <Route path=path!("") view=|| view! { <Redirect path="profile" /> } />
            <Route path=path!("profile") view=ProfilePage />
            <Route path=path!("security") view=Security />
            <Route path=path!("sessions") view=Sessions />
            <Route path=path!("notifications") view=NotificationsPage />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn WorkspaceRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("w/:workspace") view=Room>
            <ParentRoute path=path!("") view=Desk>
                <Route path=path!("") view=Choose />
                <Route path=path!("conversations/:id") view=ConversationPage />
                <Route path=path!("private/:id") view=PrivateChatPage />
            </ParentRoute>
            <SettingsRoutes />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn SettingsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("settings") view=Settings>
            <Route path=path!("") view=|| view! { <Redirect path="general" /> } />
            <Route path=path!("general") view=General />
            <Route path=path!("people") view=People />
            <Route path=path!("roles") view=Roles />
            <Route path=path!("sites") view=Sites />
            <Route path=path!("new-site") view=NewSite />
            <Route path=path!("sites/:site/:part") view=SitePage />
            <Route path=path!("api-keys") view=ApiKeys />
            <Route path=path!("audit") view=AuditPage />
            <Route path=path!("canned") view=CannedPage />
            <Route path=path!("blocked") view=BlockedPage />
            <Route path=path!("macros") view=MacrosPage />
            <Route path=path!("reports") view=ReportsPage />
            <Route path=path!("visitors") view=VisitorsPage />
            <Route path=path!("contacts") view=ContactsPage />
            <Route path=path!("contacts/:contact") view=ContactPage />
            <Route path=path!("teams") view=TeamsPage />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}
