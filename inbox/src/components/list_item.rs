//! A row of the list of conversations.

use leptos::prelude::*;
use protocol::WorkspaceId;

use super::time_mark::Since;
use super::{Avatar, Called};
use crate::model::list_row::ListRow;
use crate::model::page::Page;
use crate::words;

/// A link to a conversation. One row of the list is in the tab order, arrows reach the others.
#[component]
pub(crate) fn ListItem(
    row: ArcRwSignal<ListRow>,
    workspace: WorkspaceId,
    #[prop(into)] current: Signal<bool>,
    #[prop(into)] in_tab_order: Signal<bool>,
) -> impl IntoView {
    let row = RwSignal::from(row);
    let id = row.with_untracked(|row| row.conversation);
    let visitor = Memo::new(move |_| row.with(|row| row.visitor.clone()));
    let preview = Memo::new(move |_| row.with(|row| row.preview.clone()));
    let unread = Memo::new(move |_| row.with(|row| row.unread));
    let resolved = Memo::new(move |_| row.with(|row| row.resolved));
    view! {
        <li class="row" class:row--unread=move || unread.get() != 0>
            <a
                class="row__link"
                href=Page::Conversation(workspace, id).href()
                aria-current=move || current.get().then_some("page")
                tabindex=move || if in_tab_order.get() { "0" } else { "-1" }
                data-row
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
                        {move || resolved.get().then(|| view! { <span class="row__state">{words::list::RESOLVED}</span> })}
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
