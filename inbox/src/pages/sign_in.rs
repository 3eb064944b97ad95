//! Signing in.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use protocol::http::SignInRequest;
use web_sys::SubmitEvent;

use crate::api;
use crate::browser::focus::focus_element;
use crate::components::{Brand, Icon, Shape};
use crate::model::sign_in_target::wanted_page;
use crate::state::account::{Account, Standing};
use crate::words::{self, sign_in};

/// The form; leads on to the page that was wanted.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let account = expect_context::<Account>();
    let navigate = use_navigate();
    let query = use_query_map();
    let (email, password) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let busy = RwSignal::new(false);
    let shown = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);

    document().set_title(&words::sign_in_title());
    if account.is_unknown() {
        account.load();
    }
    Effect::new(move || {
        if matches!(account.get(), Standing::SignedIn(_)) {
            let asked = query.with_untracked(|query| query.get("to"));
            navigate(
                wanted_page(asked.as_deref()),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(email_field), Some(password_field)) = (email.get_untracked(), password.get_untracked())
        else {
            return;
        };
        let request =
            SignInRequest { email: email_field.value().trim().to_owned(), password: password_field.value() };
        if busy.get_untracked() {
            return;
        }
        if request.email.is_empty() || request.password.is_empty() {
            problem.set(Some(sign_in::EMPTY.to_owned()));
            focus_element(if request.email.is_empty() { &email_field } else { &password_field });
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match api::sign_in(&request).await {
                Ok(()) => account.load(),
                Err(failure) => {
                    problem.set(Some(words::unanswered(failure)));
                    focus_element(&password_field);
                    password_field.select();
                }
            }
            busy.set(false);
        });
    };
    let password_type = move || if shown.get() { "text" } else { "password" };
    let invalid = move || problem.with(Option::is_some).then_some("true");
    view! {
        <main class="sign-in" id="main">
            <form class="card" method="post" novalidate on:submit=submit aria-labelledby="sign-in-title">
                <Brand named=true />
                <h1 class="card__title" id="sign-in-title">{sign_in::TITLE}</h1>
                <p class="card__lead">{sign_in::LEAD}</p>
                <div role="alert" class="alert-place" id="sign-in-problem">
                    {move || problem.get().map(|problem| view! { <p class="alert"><Icon shape=Shape::Warning /><span>{problem}</span></p> })}
                </div>
                <div class="field">
                    <label for="email">{sign_in::EMAIL}</label>
                    <input
                        node_ref=email
                        id="email"
                        name="email"
                        type="email"
                        inputmode="email"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        autofocus
                        required
                        aria-invalid=invalid
                        aria-describedby="sign-in-problem"
                    />
                </div>
                <div class="field">
                    <label for="password">{sign_in::PASSWORD}</label>
                    <div class="field__with-button">
                        <input
                            node_ref=password
                            id="password"
                            name="password"
                            type=password_type
                            autocomplete="current-password"
                            autocapitalize="none"
                            spellcheck="false"
                            required
                            aria-invalid=invalid
                            aria-describedby="sign-in-problem"
                        />
                        <button
                            type="button"
                            class="icon-button"
                            aria-controls="password"
                            aria-label=move || if shown.get() { sign_in::HIDE } else { sign_in::SHOW }
                            on:click=move |_| shown.update(|shown| *shown = !*shown)
                        >
                            {move || view! { <Icon shape=if shown.get() { Shape::EyeOff } else { Shape::Eye } /> }}
                        </button>
                    </div>
                </div>
                <button type="submit" class="button button--primary button--wide" aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { sign_in::BUSY } else { sign_in::SUBMIT }}
                </button>
            </form>
        </main>
    }
}
