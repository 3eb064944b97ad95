//! How the person proves that they are who they are.

use leptos::prelude::*;

use super::deletion::Deletion;
use super::email::Email;
use super::passkeys::Passkeys;
use super::password::Password;
use super::second_factor::SecondFactor;
use crate::components::{Confirm, ConfirmDialog, PageHead};
use crate::model::page::AccountPart;
use crate::words::you;

/// The page.
#[component]
pub(crate) fn Security() -> impl IntoView {
    let confirm = Confirm::new();
    view! {
        <PageHead title=you::part(AccountPart::Security) lead=you::LEAD_SECURITY />
        <Email />
        <Password />
        <Passkeys confirm />
        <SecondFactor confirm />
        <Deletion confirm />
        <ConfirmDialog confirm />
    }
}
