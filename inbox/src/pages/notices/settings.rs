//! What the person wants to be told of in this browser, and how.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::civil::MinuteOfDay;

use crate::browser::notification::{
    Notifications, Permit, ask, chime, keep_preferences, permit, preferences,
};
use crate::components::{CheckBox, PageHead, Panel};
use crate::model::notice::{Occasion, Preferences, Quiet, Ways};
use crate::words::notices;

/// Quiet hours of who has set none before.
const USUAL: Quiet = Quiet { from: MinuteOfDay(20 * 60), until: MinuteOfDay(8 * 60) };

/// The page. Every change holds at once.
#[component]
pub(crate) fn NotificationsPage() -> impl IntoView {
    let chosen = RwSignal::new(preferences());
    Effect::new(move || keep_preferences(&chosen.get()));
    view! {
        <PageHead title=notices::TITLE lead=notices::LEAD />
        <Panel id="notices-permit" title=notices::PERMIT><PermitPart /></Panel>
        <Panel id="notices-occasions" title=notices::OCCASIONS lead=notices::OCCASIONS_LEAD><Occasions chosen /></Panel>
        <Panel id="notices-quiet" title=notices::QUIET><QuietPart chosen /></Panel>
    }
}

#[component]
fn PermitPart() -> impl IntoView {
    let state = RwSignal::new(permit());
    let turn_on = move |_| spawn_local(async move { state.set(ask().await) });
    let tried = StoredValue::new_local(Notifications::default());
    let try_out = move |_| {
        chime();
        tried.with_value(|shown| shown.show("try", notices::TRY_TITLE, notices::TRY_TEXT, || ()));
    };
    view! {
        <p role="status">{move || notices::permit(state.get())}</p>
        <div class="form__row">
            <Show when=move || state.get() == Permit::Unasked>
                <button type="button" class="button button--primary" on:click=turn_on>{notices::TURN_ON}</button>
            </Show>
            <button type="button" class="button" on:click=try_out>{notices::TRY}</button>
        </div>
    }
}

#[component]
fn Occasions(chosen: RwSignal<Preferences>) -> impl IntoView {
    let way =
        move |occasion: Occasion, name: &'static str, read: fn(Ways) -> bool, write: fn(&mut Ways, bool)| {
            let is_on = move || chosen.with(|chosen| read(chosen.ways(occasion)));
            let change = move |on: bool| {
                chosen.update(|chosen| {
                    let mut ways = chosen.ways(occasion);
                    write(&mut ways, on);
                    chosen.set_ways(occasion, ways);
                });
            };
            view! {
                <td class="ways__cell">
                    <input
                        type="checkbox"
                        aria-label=notices::way(occasion, name)
                        prop:checked=is_on
                        on:change:target=move |event| change(event.target().checked())
                    />
                </td>
            }
        };
    let rows = Occasion::EVERY.map(|occasion| {
        view! {
            <tr>
                <th scope="row" class="ways__name">{notices::occasion(occasion)}</th>
                {way(occasion, notices::SOUND, |ways| ways.sound, |ways, on| ways.sound = on)}
                {way(occasion, notices::NOTIFICATION, |ways| ways.notification, |ways, on| ways.notification = on)}
            </tr>
        }
    });
    let shows_text = RwSignal::new(chosen.with_untracked(|chosen| chosen.shows_text));
    let on_text = Callback::new(move |()| {
        chosen.update(|chosen| chosen.shows_text = shows_text.get_untracked());
    });
    view! {
        <table class="ways">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{notices::SOUND}</th>
                    <th scope="col">{notices::NOTIFICATION}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <CheckBox id="notices-text" label=notices::SHOW_TEXT hint=notices::SHOW_TEXT_HINT value=shows_text on_change=on_text />
    }
}

#[component]
fn QuietPart(chosen: RwSignal<Preferences>) -> impl IntoView {
    let hours = RwSignal::new(chosen.with_untracked(|chosen| chosen.quiet).unwrap_or(USUAL));
    let is_on = RwSignal::new(chosen.with_untracked(|chosen| chosen.quiet.is_some()));
    Effect::new(move || {
        let quiet = is_on.get().then(|| hours.get());
        chosen.update(|chosen| chosen.quiet = quiet);
    });
    let time = move |id: &'static str,
                     label: &'static str,
                     read: fn(Quiet) -> MinuteOfDay,
                     write: fn(&mut Quiet, MinuteOfDay)| {
        view! {
            <div class="field hours__time">
                <label for=id>{label}</label>
                <input
                    type="time"
                    id=id
                    prop:value=move || read(hours.get()).to_string()
                    on:change:target=move |event| {
                        if let Ok(minute) = event.target().value().parse() {
                            hours.update(|hours| write(hours, minute));
                        }
                    }
                />
            </div>
        }
    };
    view! {
        <CheckBox id="notices-are-quiet" label=notices::QUIET_ON hint=notices::QUIET_HINT value=is_on />
        <Show when=move || is_on.get()>
            <div class="form__row">
                {time("quiet-from", notices::FROM, |hours| hours.from, |hours, at| hours.from = at)}
                {time("quiet-until", notices::UNTIL, |hours| hours.until, |hours, at| hours.until = at)}
            </div>
        </Show>
    }
}
