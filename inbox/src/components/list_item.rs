//! A row of the list of conversations.

use leptos::prelude::*;
use protocol::{ConversationId, Shelf, Status, WorkspaceId};
use web_sys::MouseEvent;

use super::time_mark::Since;
use super::{Avatar, Called};
use crate::model::initials::initials;
use crate::model::list_row::ListRow;
use crate::model::page::Page;
use crate::state::people::Colleagues;
use crate::state::selection::Selected;
use crate::state::shown_view::ShownView;
use crate::words::{self, bulk, desk};

/// A link to a conversation. One row of the list is in the tab order, arrows reach the others.
#[component]
pub(crate) fn ListItem(
    row: ArcRwSignal<ListRow>,
    workspace: WorkspaceId,
    view: ShownView,
    selected: Selected,
    /// Selects a row or no longer, with those up to it if that is asked for.
    on_select: Callback<(ConversationId, bool, bool)>,
    #[prop(into)] current: Signal<bool>,
    #[prop(into)] in_tab_order: Signal<bool>,
) -> impl IntoView {
    let row = RwSignal::from(row);
    let id = row.with_untracked(|row| row.conversation);
    let visitor = Memo::new(move |_| row.with(|row| row.visitor.clone()));
    let preview = Memo::new(move |_| row.with(|row| row.preview.clone()));
    let unread = Memo::new(move |_| row.with(|row| row.unread));
    let status = Memo::new(move |_| row.with(|row| row.status));
    let priority = Memo::new(move |_| row.with(|row| row.placement.priority));
    let is_mentioned = Memo::new(move |_| row.with(|row| row.is_mentioned));
    let colleagues = expect_context::<Colleagues>();
    let assignee =
        Memo::new(move |_| row.with(|row| row.placement.assignee).and_then(|agent| colleagues.name(agent)));
    let team = Memo::new(move |_| {
        let team = row.with(|row| row.placement.team)?;
        // Whoever looks at a team's conversations knows whose they are.
        (view.get().shelf != Shelf::Team(team)).then(|| colleagues.team(team)).flatten()
    });
    let is_selected = Memo::new(move |_| selected.with(|selection| selection.has(id)));
    let tab_index = move || if in_tab_order.get() { "0" } else { "-1" };
    let pick = move |event: MouseEvent| {
        let is_picking = selected
            .with_untracked(|selection| selection.is_picking || selection.is_any() && event.shift_key());
        if is_picking {
            event.prevent_default();
            on_select.run((id, !is_selected.get_untracked(), event.shift_key()));
        }
    };
    view! {
        <li class="row" class:row--unread=move || unread.get() != 0 class:row--selected=move || is_selected.get()>
            {selected.is_possible.then(|| view! {
                <input
                    type="checkbox"
                    class="row__check"
                    aria-label=move || bulk::select(&words::visitor_in_words(&visitor.get()))
                    aria-keyshortcuts="x"
                    tabindex=tab_index
                    prop:checked=is_selected
                    on:click=move |event: MouseEvent| on_select.run((id, event_target_checked(&event), event.shift_key()))
                />
            })}
            <a
                class="row__link"
                href=move || view.link(Page::Conversation(workspace, id))
                aria-current=move || current.get().then_some("page")
                tabindex=tab_index
                data-row=id.to_string()
                on:click=pick
            >
                {move || visitor.with(|visitor| view! { <Avatar letters=visitor.initials() tint=visitor.tint /> })}
                <span class="row__body">
                    <span class="row__top">
                        <span class="row__name">{move || view! { <Called visitor=Some(visitor.get()) /> }}</span>
                        <Since at=Signal::derive(move || row.with(|row| row.active_at)) />
                    </span>
                    <span class="row__bottom">
                        <span class="row__preview" dir="auto">
                            {move || preview.get().map_or_else(
                                || view! { <em>{words::list::NO_MESSAGE}</em> }.into_any(),
                                |preview| view! {
                                    {words::preview_by(&preview.by).map(|by| view! { <span class="row__by">{by}" "</span> })}
                                    {if preview.text.is_empty() { words::thread::DELETED.to_owned() } else { preview.text }}
                                }.into_any(),
                            )}
                        </span>
                        {move || desk::loud_priority(priority.get()).map(|words| view! { <span class="row__priority">{words}</span> })}
                        {move || desk::laid_aside(status.get()).map(|words| view! { <span class="row__state" class:row__state--done=status.get() == Status::Resolved>{words}</span> })}
                        {move || team.try_get().flatten().map(|name| view! {
                            <span class="row__team" title=desk::with_team(&name)><bdi>{name.clone()}</bdi></span>
                        })}
                        {move || assignee.get().map(|name| {
                            let words = desk::assigned_to(&name);
                            let title = words.clone();
                            view! {
                                <span class="row__assignee" title=title>
                                    <span aria-hidden="true">{initials(&name)}</span>
                                    <span class="visually-hidden">{words}</span>
                                </span>
                            }
                        })}
                        {move || is_mentioned.get().then(|| view! {
                            <span class="badge badge--mention">
                                <span aria-hidden="true">"@"</span>
                                <span class="visually-hidden">{desk::MENTIONED}</span>
                            </span>
                        })}
                        {move || (unread.get() != 0).then(|| view! {
                            <span class="badge">
                                <span aria-hidden="true">{words::badge(unread.get())}</span>
                                <span class="visually-hidden">{words::unread(unread.get())}</span>
                            </span>
                        })}
                    </span>
                </span>
            </a>
        </li>
    }
}
