//! Who changed what.

use leptos::prelude::*;
use protocol::http::workspace::{AuditLine, People};

use super::frame::Guarded;
use crate::api::workspace as api;
use crate::browser::intl;
use crate::components::{Awaited, PageHead, Panel, Problem, Said};
use crate::model::page::Section;
use crate::model::roles::spoken_of;
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{self, audit, team};

/// The page.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    view! {
        <PageHead title=team::section(Section::Audit) lead=audit::LEAD />
        <Guarded section=Section::Audit><Log /></Guarded>
    }
}

#[component]
fn Log() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let page = Loaded::new();
    let people = Loaded::<People>::new();
    let ask = move || {
        page.ask(api::audit(workspace.id, None));
        people.ask(api::people(workspace.id));
    };
    ask();
    let form = Form::new();
    let more = move |_| {
        let last = page.value_untracked().and_then(|page| page.lines.last().map(|line| line.number));
        form.send(api::audit(workspace.id, last), &[], move |older| {
            page.update(|page| {
                page.lines.extend(older.lines);
                page.more = older.more;
            });
        });
    };
    let lines = Memo::new(move |_| page.value().map(|page| page.lines).unwrap_or_default());
    let has_more = Memo::new(move |_| page.value().is_some_and(|page| page.more));
    let custom = Memo::new(move |_| {
        let roles = people.value().map(|people| people.roles).unwrap_or_default();
        lines.with(|lines| spoken_of(lines, &roles))
    });
    view! {
        <Awaited value=page on_retry=Callback::new(move |()| ask())>
            <Panel id="audit-list" title=audit::LIST>
                {move || lines.with(Vec::is_empty).then(|| view! { <p class="panel__note">{audit::EMPTY}</p> })}
                <ol class="audit" role="list" aria-labelledby="audit-list">
                    <For each=move || lines.get() key=|line| line.number let:line><Line line custom /></For>
                </ol>
                <Problem form />
                {move || has_more.get().then(|| view! {
                    <button type="button" class="button" aria-disabled=move || form.is_busy().then_some("true") on:click=more>
                        {move || if form.is_busy() { words::LOADING } else { audit::MORE }}
                    </button>
                })}
            </Panel>
        </Awaited>
    }
}

#[component]
fn Line(line: AuditLine, custom: Memo<Vec<protocol::http::workspace::CustomRole>>) -> impl IntoView {
    let at = line.at;
    view! {
        <li class="audit__line">
            <p>{move || view! { <Said sentence=audit::sentence(&line, &custom.get(), intl::full) /> }}</p>
            <time class="time" datetime=intl::machine(at)>{intl::full(at)}</time>
        </li>
    }
}
