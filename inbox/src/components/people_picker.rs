//! Some of the people of a workspace, found by name.

use leptos::prelude::*;
use protocol::{AgentId, AgentProfile};
use web_sys::KeyboardEvent;

use super::{Avatar, Fault, face};
use crate::browser::keys::is_composing;
use crate::model::initials::initials;
use crate::state::form::Form;
use crate::words::{chats, desk};

/// The id of the field that finds them.
pub(crate) const PICKER: &str = "picker";

/// A field that finds people by name, and a box for each. Enter takes the first that is found, if nobody is chosen.
#[component]
pub(crate) fn PeoplePicker(
    /// Who can be chosen.
    #[prop(into)]
    people: Signal<Vec<AgentProfile>>,
    chosen: RwSignal<Vec<AgentId>>,
    form: Form,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let typed = typed.with(|typed| typed.trim().to_lowercase());
        let chosen = chosen.get();
        people.with(|people| {
            let fits = |person: &&AgentProfile| {
                person.name.to_lowercase().contains(&typed) || chosen.contains(&person.id)
            };
            people.iter().filter(fits).cloned().collect::<Vec<_>>()
        })
    });
    let set = move |id: AgentId, is_on: bool| {
        form.touch(PICKER);
        chosen.update(|chosen| {
            chosen.retain(|one| *one != id);
            if is_on {
                chosen.push(id);
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() != "Enter" || is_composing(&event) {
            return;
        }
        let first = found.with_untracked(|found| {
            let is_new =
                |person: &&AgentProfile| chosen.with_untracked(|chosen| !chosen.contains(&person.id));
            found.iter().find(is_new).map(|person| person.id)
        });
        let is_finding = typed.with_untracked(|typed| !typed.trim().is_empty());
        if let Some(first) = first.filter(|_| is_finding || chosen.with_untracked(Vec::is_empty)) {
            set(first, true);
            // Whoever looks for somebody else goes on; whoever has one goes to them.
            if chosen.with_untracked(Vec::len) > 1 {
                event.prevent_default();
            }
            typed.set(String::new());
        }
    };
    let boxes = move || {
        found
            .get()
            .into_iter()
            .map(|person| {
                let id = person.id;
                let name = format!("person-{id}");
                view! {
                    <li class="picker__person">
                        <input
                            type="checkbox"
                            id=name.clone()
                            prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
                            on:change:target=move |event| set(id, event.target().checked())
                        />
                        <label for=name>
                            <Avatar letters=initials(&person.name) tint=0 picture=face(id) />
                            <bdi>{person.name}</bdi>
                        </label>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=PICKER>{chats::WITH}</label>
            <input
                id=PICKER
                type="text"
                autocomplete="off"
                spellcheck="false"
                autofocus
                placeholder=desk::FILTER
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
                on:keydown=on_key
                aria-invalid=move || form.fault(PICKER).map(|_| "true")
                aria-describedby=move || form.fault(PICKER).map(|_| format!("{PICKER}-fault"))
            />
            <Fault form id=PICKER />
        </div>
        <ul role="list" class="picker" aria-label=chats::PEOPLE>{boxes}</ul>
        <p class="choose__nothing" role="status">{move || found.with(Vec::is_empty).then_some(desk::NOTHING_FOUND)}</p>
    }
}
