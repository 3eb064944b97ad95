//! When the team of a site is there.

use leptos::prelude::*;
use protocol::Code;
use protocol::civil::{CivilDay, Weekday};
use protocol::http::reception::{DaySpan, Holiday, OfficeHours, Reception, WeeklySpan};
use web_sys::SubmitEvent;

use super::site::OpenSite;
use crate::api::sites as api;
use crate::browser::focus::focus_later;
use crate::browser::locale;
use crate::components::{CheckBox, Fault, Icon, Panel, Problem, Saved, Select, Shape, Submit};
use crate::model::hours::{after, read_spans, shown, spans_on, usual_week};
use crate::state::form::{Blame, Check, Form};
use crate::words::{hours, team};

const ZONE: &str = "hours-zone";
const HOLIDAYS: &str = "hours-holidays";
const BLAME: &[Blame] = &[(Code::BadField, ZONE, hours::ZONE_REFUSED)];

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    form: Form,
    is_used: RwSignal<bool>,
    zone: RwSignal<String>,
    week: [Day; 7],
    holidays: RwSignal<Vec<Feast>>,
    /// Names what is added.
    next: StoredValue<u32>,
}

/// The spans of a day.
#[derive(Clone, Copy)]
struct Day {
    spans: RwSignal<Vec<Span>>,
    next: StoredValue<u32>,
}

/// A span, as its two fields hold it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Span {
    id: u32,
    from: RwSignal<String>,
    until: RwSignal<String>,
}

/// A holiday, as its fields hold it.
#[derive(Clone, Copy)]
struct Feast {
    id: u32,
    day: RwSignal<String>,
    name: RwSignal<String>,
    spans: Day,
}

impl Day {
    fn new(spans: Vec<DaySpan>, next: StoredValue<u32>) -> Self {
        let day = Self { spans: RwSignal::new(Vec::new()), next };
        for span in spans {
            day.push(span);
        }
        day
    }

    fn push(self, span: DaySpan) {
        let (from, until) = shown(span);
        let span = Span { id: name(self.next), from: RwSignal::new(from), until: RwSignal::new(until) };
        self.spans.update(|spans| spans.push(span));
    }

    fn typed(self) -> Vec<(String, String)> {
        let read = |span: &Span| (span.from.get_untracked(), span.until.get_untracked());
        self.spans.with_untracked(|spans| spans.iter().map(read).collect())
    }
}

impl Typed {
    fn new(known: Option<OfficeHours>) -> Self {
        let is_used = known.is_some();
        let hours = known.unwrap_or_else(|| usual_week(locale::time_zone()));
        let next = StoredValue::new(0);
        let feast = |holiday: &Holiday| Feast {
            id: name(next),
            day: RwSignal::new(holiday.day.to_string()),
            name: RwSignal::new(holiday.name.clone()),
            spans: Day::new(holiday.spans.clone(), next),
        };
        Self {
            form: Form::new(),
            is_used: RwSignal::new(is_used),
            zone: RwSignal::new(hours.zone.clone()),
            week: Weekday::ALL.map(|day| Day::new(spans_on(&hours, day), next)),
            holidays: RwSignal::new(hours.holidays.iter().map(feast).collect()),
            next,
        }
    }

    /// Reads all of it, or shows what is wrong.
    fn read(self) -> Option<Option<OfficeHours>> {
        let mut check = Check::default();
        let mut week = Vec::new();
        for (day, typed) in Weekday::ALL.into_iter().zip(self.week) {
            match read_spans(&typed.typed()) {
                Ok(spans) => {
                    week.extend(spans.into_iter().map(|DaySpan { from, until }| WeeklySpan {
                        day,
                        from,
                        until,
                    }));
                }
                Err(fault) => check.blame(id_of(day), hours::fault(fault)),
            }
        }
        let holidays = self.read_holidays(&mut check);
        if !self.is_used.get_untracked() {
            self.form.clear();
            return Some(None);
        }
        let zone = self.zone.get_untracked();
        self.form.passes(check).then_some(Some(OfficeHours { zone, week, holidays }))
    }

    fn read_holidays(self, check: &mut Check) -> Vec<Holiday> {
        let mut read: Vec<Holiday> = Vec::new();
        for feast in self.holidays.get_untracked() {
            let Ok(day) = feast.day.with_untracked(|day| day.parse::<CivilDay>()) else {
                check.blame(HOLIDAYS, hours::HOLIDAY_DAY);
                continue;
            };
            let name = feast.name.with_untracked(|name| name.trim().to_owned());
            if name.is_empty() || name.len() > protocol::limits::NAME_BYTES {
                check.blame(HOLIDAYS, hours::HOLIDAY_NAME);
            }
            if read.iter().any(|other| other.day == day) {
                check.blame(HOLIDAYS, hours::HOLIDAY_TWICE);
            }
            match read_spans(&feast.spans.typed()) {
                Ok(spans) => read.push(Holiday { day, name, spans }),
                Err(fault) => check.blame(HOLIDAYS, hours::fault(fault)),
            }
        }
        read
    }

    fn add_holiday(self) {
        let id = name(self.next);
        let feast = Feast {
            id,
            day: RwSignal::new(String::new()),
            name: RwSignal::new(String::new()),
            spans: Day::new(Vec::new(), self.next),
        };
        self.form.touch(HOLIDAYS);
        self.holidays.update(|holidays| holidays.push(feast));
        focus_later(format!("holiday-{id}-day"));
    }
}

/// The part.
#[component]
pub(super) fn Hours(site: OpenSite) -> impl IntoView {
    let reception = site.view_untracked().map(|site| site.reception).unwrap_or_default();
    let typed = Typed::new(reception.hours);
    let Typed { form, is_used, zone, .. } = typed;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(hours) = typed.read() else { return };
        let known = site.view_untracked().map(|site| site.reception).unwrap_or_default();
        let reception = Reception { hours, ..known };
        form.send(api::receive(site.workspace.id, site.id, reception), BLAME, move |view| {
            site.put(view);
            form.say(team::SAVED);
        });
    };
    let own = zone.get_untracked();
    let zones = move || {
        let mut zones = locale::time_zones();
        if !zones.contains(&own) {
            zones.insert(0, own.clone());
        }
        zones.into_iter().map(|zone| (zone.clone(), zone)).collect::<Vec<_>>()
    };
    view! {
        <form class="form form--wide" method="post" novalidate on:submit=submit>
            <Panel id="site-hours" title=hours::TITLE>
                <CheckBox
                    id="hours-used"
                    label=hours::USE
                    hint=hours::USE_HINT
                    value=is_used
                    on_change=Callback::new(move |()| form.touch(ZONE))
                />
                <div hidden=move || !is_used.get()>
                    <Select form id=ZONE label=hours::ZONE options=Signal::derive(zones) value=zone hint=hours::ZONE_HINT />
                </div>
            </Panel>
            <div hidden=move || !is_used.get()>
                <Panel id="site-week" title=hours::WEEK lead=hours::WEEK_LEAD>
                    {Weekday::ALL
                        .into_iter()
                        .zip(typed.week)
                        .map(|(day, spans)| view! { <DayOfWeek form day spans /> })
                        .collect_view()}
                </Panel>
            </div>
            <div hidden=move || !is_used.get()>
                <Panel id="site-holidays" title=hours::HOLIDAYS lead=hours::HOLIDAYS_LEAD><Holidays typed /></Panel>
            </div>
            <Problem form />
            <div class="form__row">
                <Submit form label=team::SAVE busy=team::SAVING />
                <Saved form />
            </div>
        </form>
    }
}

#[component]
fn DayOfWeek(form: Form, day: Weekday, spans: Day) -> impl IntoView {
    let id = id_of(day);
    let name = hours::weekday(day);
    view! {
        <fieldset class="hours" id=id tabindex="-1" aria-describedby=format!("{id}-fault")>
            <legend class="hours__day">{name}</legend>
            <Spans form fault=id label=name.to_owned() spans />
            <Fault form id />
        </fieldset>
    }
}

/// The spans of a day, and a button that adds one.
#[component]
fn Spans(form: Form, fault: &'static str, #[prop(into)] label: Signal<String>, spans: Day) -> impl IntoView {
    let list = spans.spans;
    let add = move |_| {
        form.touch(fault);
        // What comes after the last one, as far as there is room.
        let last = read_spans(&spans.typed()).ok().and_then(|spans| spans.last().copied());
        let span = after(last);
        spans.push(span);
        let id = list.with_untracked(|list| list.last().map(|span| span.id)).unwrap_or_default();
        focus_later(format!("span-{id}-from"));
    };
    view! {
        <div class="hours__spans">
            {move || list.with(Vec::is_empty).then(|| view! { <p class="hours__closed">{hours::CLOSED}</p> })}
            <For each=move || list.get() key=|span| span.id let:span>
                <div class="hours__span">
                    <Time form fault id=format!("span-{}-from", span.id) label=hours::FROM value=span.from />
                    <Time form fault id=format!("span-{}-until", span.id) label=hours::UNTIL value=span.until />
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=move || label.with(|day| hours::remove_span(day, &span.from.get(), &span.until.get()))
                        on:click=move |_| {
                            form.touch(fault);
                            list.update(|list| list.retain(|other| other.id != span.id));
                            focus_later(fault);
                        }
                    >
                        <Icon shape=Shape::Close />
                    </button>
                </div>
            </For>
            <button type="button" class="button button--small" on:click=add aria-label=move || label.with(|day| hours::add_span(day))>
                {hours::ADD_SPAN}
            </button>
        </div>
    }
}

#[component]
fn Time(
    form: Form,
    fault: &'static str,
    id: String,
    label: &'static str,
    value: RwSignal<String>,
) -> impl IntoView {
    let labelled = id.clone();
    view! {
        <div class="field hours__time">
            <label for=labelled>{label}</label>
            <input
                id=id
                type="time"
                prop:value=value
                on:input:target=move |event| {
                    form.touch(fault);
                    value.set(event.target().value());
                }
            />
        </div>
    }
}

#[component]
fn Holidays(typed: Typed) -> impl IntoView {
    let Typed { form, holidays, .. } = typed;
    let each = move |feast: Feast| {
        let Feast { id, day, name, spans } = feast;
        let label = Signal::derive(move || name.get());
        view! {
            <li class="holiday">
                <div class="holiday__fields">
                    <Text form id=format!("holiday-{id}-day") input="date" label=hours::DAY value=day />
                    <Text form id=format!("holiday-{id}-name") input="text" label=hours::NAME value=name />
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=move || format!("{} {}", hours::REMOVE_HOLIDAY, name.get())
                        on:click=move |_| {
                            form.touch(HOLIDAYS);
                            holidays.update(|holidays| holidays.retain(|other| other.id != id));
                            focus_later(HOLIDAYS);
                        }
                    >
                        <Icon shape=Shape::Close />
                    </button>
                </div>
                <Spans form fault=HOLIDAYS label spans />
            </li>
        }
    };
    view! {
        <div id=HOLIDAYS tabindex="-1" role="group" aria-label=hours::HOLIDAYS>
            {move || holidays.with(Vec::is_empty).then(|| view! { <p class="panel__note">{hours::NO_HOLIDAYS}</p> })}
            <ul class="holidays" role="list">
                <For each=move || holidays.get() key=|feast| feast.id children=each />
            </ul>
            <Fault form id=HOLIDAYS />
            <button type="button" class="button" on:click=move |_| typed.add_holiday()>{hours::ADD_HOLIDAY}</button>
        </div>
    }
}

#[component]
fn Text(
    form: Form,
    id: String,
    input: &'static str,
    label: &'static str,
    value: RwSignal<String>,
) -> impl IntoView {
    let labelled = id.clone();
    view! {
        <div class="field">
            <label for=labelled>{label}</label>
            <input
                id=id
                type=input
                autocomplete="off"
                dir=(input == "text").then_some("auto")
                prop:value=value
                on:input:target=move |event| {
                    form.touch(HOLIDAYS);
                    value.set(event.target().value());
                }
            />
        </div>
    }
}

/// A name that nothing else on the page has.
fn name(next: StoredValue<u32>) -> u32 {
    next.update_value(|next| *next += 1);
    next.get_value()
}

const fn id_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "hours-monday",
        Weekday::Tuesday => "hours-tuesday",
        Weekday::Wednesday => "hours-wednesday",
        Weekday::Thursday => "hours-thursday",
        Weekday::Friday => "hours-friday",
        Weekday::Saturday => "hours-saturday",
        Weekday::Sunday => "hours-sunday",
    }
}
