//! What is printed, and the same as JSON.

use serde_json::{Map, Value, json};
use xtask::console;

use super::{Figure, Results, Widget};
use crate::report::{of_spread, of_targets};
use crate::table::shown;
use crate::targets::Targets;

/// Prints the medians with least and most of every widget, and the ratios.
pub(super) fn print(results: &Results) {
    let widgets = results.widgets();
    console::heading(
        "What a chat adds to the shop before it is clicked, and its opening: median (least–most)",
    );
    row("", widgets.iter().map(|widget| widget.title().to_owned()));
    for figure in Figure::ALL {
        let cells = widgets.iter().map(|widget| {
            let spread = results.spread(*widget, figure);
            spread.map_or_else(|| "–".to_owned(), |spread| shown(spread, |value| figure.shown(value)))
        });
        row(figure.title(), cells);
    }
    let rivals: Vec<Widget> = widgets.iter().copied().filter(|widget| widget.is_rival()).collect();
    if !rivals.is_empty() {
        console::heading("Times as much as ours");
        row("", rivals.iter().map(|widget| widget.title().to_owned()));
        for figure in Figure::ALL {
            let ratios: Vec<Option<f64>> = rivals.iter().map(|rival| results.ratio(*rival, figure)).collect();
            if ratios.iter().any(Option::is_some) {
                let cell =
                    |ratio: &Option<f64>| ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.0}"));
                row(figure.title(), ratios.iter().map(cell));
            }
        }
    }
    if let Some(without) = results.whole(Widget::None, Figure::Lighthouse) {
        let points = shown(without, |value| Figure::Lighthouse.shown(value));
        console::say(format!("  without a chat Lighthouse gives the shop {points} points"));
    }
    for (name, reason) in &results.left_out {
        console::say(format!("{name} was left out: {reason}"));
    }
}

/// Everything as JSON.
pub(super) fn report(results: &Results, targets: &Targets, rounds: u32) -> Value {
    let page = |widget: Widget, of: &dyn Fn(Figure) -> Option<Value>| {
        let figures =
            Figure::ALL.into_iter().filter_map(|figure| Some((figure.name().to_owned(), of(figure)?)));
        (widget.name().to_owned(), Value::Object(figures.collect::<Map<_, _>>()))
    };
    let added = results.widgets().into_iter().map(|widget| {
        page(widget, &|figure| {
            let value = results.spread(widget, figure).map(of_spread)?;
            Some(json!({ "value": value, "to_ours": results.ratio(widget, figure) }))
        })
    });
    let alone = page(Widget::None, &|figure| results.whole(Widget::None, figure).map(of_spread));
    let left_out = results.left_out.iter().map(|(name, reason)| json!({ "what": name, "reason": reason }));
    json!({
        "rounds": rounds,
        "processor_slowdown": super::visit::SLOWDOWN,
        "shop_alone": alone.1,
        "added": added.collect::<Map<_, _>>(),
        "left_out": left_out.collect::<Value>(),
        "targets": of_targets(&targets.0),
    })
}

fn row(title: &str, cells: impl Iterator<Item = String>) {
    let cells: String = cells.map(|cell| format!("{cell:>27}")).collect();
    console::say(format!("  {title:<26}{cells}"));
}
