//! How a server vouches for a visitor.

use leptos::prelude::*;

use crate::components::{CodeBlock, Panel, Tab, Tabs, tab_id};
use crate::words::identity::{self, HOW_TO, SAMPLES};
use crate::words::sites;

const PANEL: &str = "sample";

/// What the server does, with a sample in each language, and what the page does.
#[component]
pub(super) fn HowTo() -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let tabs = SAMPLES.iter().map(|(label, _)| Tab { label, key: None }).collect();
    let sample = move || SAMPLES.get(chosen.get()).map(|(_, text)| (*text).to_owned()).unwrap_or_default();
    view! {
        <Panel id="identity-how" title=sites::HOW lead=identity::HOW_LEAD>
            <ol class="how">{HOW_TO.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
            <Tabs
                name=identity::LANGUAGES
                look="tabs--wrap"
                tabs
                panel=PANEL
                chosen
                on_choose=Callback::new(move |index| chosen.set(index))
            />
            <div role="tabpanel" id=PANEL aria-labelledby=move || tab_id(PANEL, chosen.get())>
                <CodeBlock text=Signal::derive(sample) label=identity::SAMPLE_NAME />
            </div>
        </Panel>
        <Panel id="identity-page" title=identity::PAGE_TITLE lead=identity::PAGE_LEAD>
            <CodeBlock text=identity::PAGE.to_owned() label=identity::PAGE_NAME />
            <p class="panel__note">{identity::PAGE_NOTE}</p>
        </Panel>
    }
}
