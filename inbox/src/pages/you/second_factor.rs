//! The second factor: setting it up, switching it off, new recovery codes.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::account::{SecondFactorFinish, SecondFactorSetup};
use web_sys::SubmitEvent;

use super::recovery::{RecoveryDialog, Told};
use crate::api::account as api;
use crate::browser::focus::focus_later;
use crate::components::{
    Confirm, CopyButton, Kind, Panel, Problem, QrCode, Question, Saved, Submit, TextField,
};
use crate::model::entry;
use crate::model::sentence::Sentence;
use crate::model::typed_secret::grouped;
use crate::state::account::Account;
use crate::state::form::{Blame, Check, Form};
use crate::words::{door, you};

const CODE: &str = "second-code";
const SECOND: &str = "second-factor";
const BLAME: &[Blame] = &[
    (Code::SecondFactorRequired, CODE, you::SECOND_WRONG),
    (Code::BadField, CODE, you::SECOND_WRONG),
    (Code::WrongSignIn, CODE, you::SECOND_WRONG),
];

/// The panel.
#[component]
pub(super) fn SecondFactor(confirm: Confirm) -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let setup = RwSignal::new(None::<SecondFactorSetup>);
    let told = Told::new();
    let is_on = Memo::new(move |_| account.me().is_some_and(|me| me.has_second_factor));
    let begin = move |_| {
        form.send(api::begin_second_factor(), &[], move |answer| {
            setup.set(Some(answer));
            focus_later(CODE);
        });
    };
    view! {
        <Panel id=SECOND title=you::SECOND>
            <Problem form />
            <Saved form />
            {move || match (is_on.get(), setup.get()) {
                (false, Some(answer)) => view! { <SetUp answer setup told /> }.into_any(),
                (false, None) => view! {
                    <p class="panel__lead">{you::SECOND_OFF}</p>
                    <button type="button" class="button" aria-disabled=move || form.is_busy().then_some("true") on:click=begin>
                        {you::SECOND_BEGIN}
                    </button>
                }.into_any(),
                (true, _) => view! { <On form confirm told /> }.into_any(),
            }}
        </Panel>
        <RecoveryDialog told />
    }
}

/// Shows the secret and takes the first code.
#[component]
fn SetUp(answer: SecondFactorSetup, setup: RwSignal<Option<SecondFactorSetup>>, told: Told) -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let code = RwSignal::new(String::new());
    let SecondFactorSetup { secret, address } = answer;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(CODE, entry::six_digits(&code.get_untracked()), door::NO_CODE);
        let (Some(code), true) = (typed, form.passes(check)) else { return };
        form.send(api::finish_second_factor(SecondFactorFinish { code }), BLAME, move |codes| {
            setup.set(None);
            told.tell(codes.codes);
            account.refresh();
        });
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <div class="second">
                <div>
                    <p class="panel__lead">{you::SECOND_SCAN}</p>
                    <QrCode text=address.clone() label=you::SECOND_SCAN_NAME />
                </div>
                <div class="second__text">
                    <p class="panel__lead">{you::SECOND_OR}</p>
                    <p class="second__secret"><code dir="ltr">{grouped(&secret)}</code></p>
                    <CopyButton text=secret />
                    <p><a href=address rel="external">{you::SECOND_OPEN}</a></p>
                </div>
            </div>
            <TextField form id=CODE label=you::SECOND_CODE kind=Kind::CODE value=code />
            <div class="form__row">
                <Submit form label=you::SECOND_FINISH busy=you::SAVING />
                <button type="button" class="button button--quiet" on:click=move |_| setup.set(None)>{you::SECOND_CANCEL}</button>
            </div>
        </form>
    }
}

/// It is on: new recovery codes, and the way to switch it off.
#[component]
fn On(form: Form, confirm: Confirm, told: Told) -> impl IntoView {
    let account = expect_context::<Account>();
    let remove = Callback::new(move |dialog: Form| {
        dialog.send(api::remove_second_factor(), &[], move |()| {
            confirm.close();
            account.refresh();
            form.say(you::SECOND_REMOVED);
            focus_later(SECOND);
        });
    });
    let renew = Callback::new(move |dialog: Form| {
        dialog.send(api::renew_recovery_codes(), &[], move |codes| {
            confirm.close();
            told.tell(codes.codes);
        });
    });
    let ask = move |title, lead, action, on_yes| {
        form.clear();
        confirm.ask(Question { title: Sentence::of(title), lead, action, on_yes, typed: None });
    };
    view! {
        <p class="panel__lead">{you::SECOND_ON}</p>
        <h3 class="panel__subtitle">{you::RECOVERY}</h3>
        <p class="panel__lead">{you::RECOVERY_LEAD}</p>
        <div class="form__row">
            <button
                type="button"
                class="button"
                on:click=move |_| ask(you::RECOVERY_RENEW_TITLE, you::RECOVERY_RENEW_LEAD, you::RECOVERY_RENEW, renew)
            >
                {you::RECOVERY_RENEW}
            </button>
            <button
                type="button"
                class="button button--danger"
                on:click=move |_| ask(you::SECOND_REMOVE_TITLE, you::SECOND_REMOVE_LEAD, you::SECOND_REMOVE, remove)
            >
                {you::SECOND_REMOVE}
            </button>
        </div>
    }
}
