//! How the team handles the conversation: whose it is, where it stands, how urgent it is, what it is about.

use leptos::prelude::*;
use protocol::{Handling, Label, Placement, Status};

use super::{Icon, Shape};
use crate::browser::clock::Clock;
use crate::model::asked::Asked;
use crate::state::people::Colleagues;
use crate::words::{desk, macros};

/// The section of the details; each line opens the dialog that changes it, for those who may.
#[component]
pub(crate) fn HandlingSection(
    /// Whether the person may change any of it.
    #[prop(into)]
    may: Signal<bool>,
    #[prop(into)] status: Signal<Status>,
    #[prop(into)] placement: Signal<Placement>,
    asked: RwSignal<Option<Asked>>,
    on_step: Callback<Handling>,
    /// Asks which macro is to be run.
    on_macro: Callback<()>,
) -> impl IntoView {
    let colleagues = expect_context::<Colleagues>();
    let clock = expect_context::<Clock>();
    let assignee = Memo::new(move |_| {
        placement.with(|placement| placement.assignee).and_then(|one| colleagues.name(one))
    });
    let priority = Memo::new(move |_| placement.with(|placement| placement.priority));
    let team =
        Memo::new(move |_| placement.with(|placement| placement.team).and_then(|one| colleagues.team(one)));
    let has_teams = Memo::new(move |_| !colleagues.teams().is_empty());
    let labels = Memo::new(move |_| placement.with(|placement| placement.labels.clone()));
    let stands = move || {
        let until = placement.with(|placement| placement.snoozed_until);
        let until = until.map(|until| desk::moment(until, clock.get()));
        desk::status(status.get(), until.as_deref())
    };
    let line = move |what: Asked, name: &'static str, keys: &'static str, value: Signal<String>| {
        view! {
            <div class="handling__line">
                <dt>{name}</dt>
                <dd>
                    <Show when=move || may.get() fallback=move || view! { <bdi class="handling__plain">{value}</bdi> }>
                        <button
                            type="button"
                            class="handling__value"
                            aria-haspopup="dialog"
                            aria-keyshortcuts=keys
                            aria-label=move || format!("{name}: {}", value.get())
                            on:click=move |_| asked.set(Some(what))
                        >
                            <bdi>{value}</bdi>
                            <Icon shape=Shape::Down />
                        </button>
                    </Show>
                </dd>
            </div>
        }
    };
    let label = move |label: Label| {
        let name = label.as_str().to_owned();
        view! {
            <li class="label">
                <bdi>{name.clone()}</bdi>
                {move || may.get().then(|| {
                    let label = label.clone();
                    view! {
                        <button
                            type="button"
                            class="label__remove"
                            aria-label=desk::remove_label(&name)
                            on:click=move |_| on_step.run(Handling::Unlabel(label.clone()))
                        >
                            <Icon shape=Shape::Close />
                        </button>
                    }
                })}
            </li>
        }
    };
    view! {
        <section class="handling" aria-label=desk::HANDLING>
            <dl class="handling__lines">
                {line(Asked::Assignee, desk::ASSIGNEE, "a", Signal::derive(move || assignee.get().unwrap_or_else(|| desk::NOBODY.to_owned())))}
                {move || has_teams.get().then(|| {
                    line(Asked::Team, desk::TEAM, "t", Signal::derive(move || team.get().unwrap_or_else(|| desk::NO_TEAM.to_owned())))
                })}
                {line(Asked::Snooze, desk::STATUS, "h", Signal::derive(stands))}
                {line(Asked::Priority, desk::PRIORITY, "p", Signal::derive(move || desk::priority(priority.get()).to_owned()))}
                <div class="handling__line">
                    <dt>{desk::LABELS}</dt>
                    <dd class="handling__labels">
                        <ul role="list" class="labels">{move || labels.get().into_iter().map(label).collect_view()}</ul>
                        <Show when=move || may.get()>
                            <button
                                type="button"
                                class="icon-button"
                                aria-haspopup="dialog"
                                aria-keyshortcuts="l"
                                aria-label=desk::LABEL_FIELD
                                on:click=move |_| asked.set(Some(Asked::Labels))
                            >
                                <Icon shape=Shape::Plus />
                            </button>
                        </Show>
                    </dd>
                </div>
                <Show when=move || may.get()>
                    <div class="handling__line">
                        <dt>{macros::MACRO}</dt>
                        <dd>
                            <button
                                type="button"
                                class="handling__value"
                                aria-haspopup="dialog"
                                aria-keyshortcuts="m"
                                on:click=move |_| on_macro.run(())
                            >
                                {macros::RUN}
                                <Icon shape=Shape::Down />
                            </button>
                        </dd>
                    </div>
                </Show>
            </dl>
        </section>
    }
}
