//! `cargo xtask bench widget`: the demo shop in Chromium, with a cold cache and a slow processor, without a chat, with
//! ours and with what npm has, one after the other in every round.

mod figures;
mod lighthouse;
mod table;
mod visit;
mod widgets;

use std::path::{Path, PathBuf};

use tests::{Stage, driver};
use thirtyfour::error::WebDriverResult;
use tokio::runtime::Runtime;
use xtask::console;
use xtask::demo_site::DemoSite;
use xtask::process_group::ProcessGroup;
use xtask::project::Project;
use xtask::setup::snippet;

pub(crate) use self::figures::{Figure, Results};
use self::lighthouse::Lighthouse;
use self::visit::{Hand, Visit};
pub(crate) use self::widgets::Widget;
use crate::report;
use crate::targets::Targets;

/// What is measured besides the widgets.
const LIGHTHOUSE: &str = "lighthouse";

/// What to measure.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// Rounds.
    pub(crate) rounds: u32,
    /// Parts to measure, by the names of widgets, and `lighthouse`; empty for all. The shop alone and ours always are.
    pub(crate) only: Vec<String>,
    /// The first port.
    pub(crate) port: u16,
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == name)
    }
}

/// Says whether there is a part of this name.
pub(crate) fn is_part(name: &str) -> bool {
    name == LIGHTHOUSE || Widget::ALL.iter().any(|widget| widget.name() == name)
}

/// Measures, prints and writes `widget.json` into a directory of the target folder.
pub(crate) fn run(target: &Path, options: &Options) {
    let results = measure(target, options);
    table::print(&results);
    let targets = Targets::of_widget(&results);
    targets.print("Targets, of the demo shop with ours");
    report::write(&target.join("bench/widget.json"), &table::report(&results, &targets, options.rounds));
}

/// Measures everything that was asked for.
pub(crate) fn measure(target: &Path, options: &Options) -> Results {
    let street = Street::open(target, options);
    let runtime = Runtime::new().expect("a runtime");
    let lighthouse = options.wants(LIGHTHOUSE).then(|| Lighthouse::find(target));
    let mut results = Results::default();
    for round in 1..=options.rounds {
        for (widget, shop) in &street.shops {
            if results.left_out.contains_key(widget.name()) {
                continue;
            }
            console::say(format!("round {round}: {}", widget.title()));
            match runtime.block_on(street.visit(*widget, shop, round == 1)) {
                Ok(seen) => results.add(*widget, seen),
                Err(reason) => results.leave_out(widget.name(), reason),
            }
        }
        let judged = [Widget::None, Widget::Porchlight];
        for (widget, shop) in street.shops.iter().filter(|(widget, _)| judged.contains(widget)) {
            if results.left_out.contains_key(LIGHTHOUSE) {
                continue;
            }
            let Some(lighthouse) = &lighthouse else { continue };
            console::say(format!("round {round}: {}, by Lighthouse", widget.title()));
            let score = lighthouse.as_ref().map_err(Clone::clone).and_then(|tool| tool.score(&page(shop)));
            match score {
                Ok(score) => results.add(*widget, [(Figure::Lighthouse, score)].into()),
                Err(reason) => results.leave_out(LIGHTHOUSE, reason),
            }
        }
    }
    for (name, reason) in &street.missing {
        results.leave_out(name, reason.clone());
    }
    results
}

/// The same shop once for every widget, each on an origin of its own. Dropping it ends all processes.
struct Street {
    shops: Vec<(Widget, DemoSite)>,
    missing: Vec<(&'static str, String)>,
    driver: String,
    _driver: ProcessGroup,
    _stage: Stage,
}

impl Street {
    fn open(target: &Path, options: &Options) -> Self {
        let project = Project::find().expect("a checkout");
        let installed = target.join("bench/widgets");
        let stubs = project.path("tests/bench/rivals/widgets");
        // Its built files come with the headers that they are given in production, which bare workerd knows nothing of.
        let stage = Stage::start("bench-widget", options.port);
        let ours = snippet(stage.base_url(), &stage.owner().site_key);
        let (mut shops, mut missing) = (Vec::new(), Vec::new());
        let is_wanted = |widget: &Widget| !widget.is_rival() || options.wants(widget.name());
        for (port, widget) in (options.port + 1..).zip(Widget::ALL.into_iter().filter(is_wanted)) {
            if widget.folder().is_some_and(|folder| !installed.join(folder).is_dir()) {
                missing.push((widget.name(), "it is not installed".to_owned()));
                continue;
            }
            let roots: Vec<PathBuf> = vec![stubs.clone(), installed.clone(), project.path("public/demo")];
            let tag = widget.tag(&ours, &stubs);
            let shop = DemoSite::start_without_policy(port, roots, tag).expect("the shop opens");
            shops.push((widget, shop));
        }
        let driver_port = options.port + 19;
        let driver = driver::start(driver_port);
        let address = format!("http://localhost:{driver_port}");
        Self { shops, missing, driver: address, _driver: driver, _stage: stage }
    }

    /// What one visitor after the other sees of a shop, each with a browser that was never there. What it weighs is the same each
    /// time.
    async fn visit(&self, widget: Widget, shop: &DemoSite, weighs: bool) -> Result<figures::Seen, String> {
        self.seen(widget, shop, weighs).await.map_err(|error| format!("{error}"))?
    }

    async fn seen(
        &self,
        widget: Widget,
        shop: &DemoSite,
        weighs: bool,
    ) -> WebDriverResult<Result<figures::Seen, String>> {
        let base = shop.base_url();
        let mut seen = Visit::begin(&self.driver, &base).await?.wait(widget).await?;
        if let Ok(seen) = &mut seen {
            if weighs {
                seen.extend(visit::weigh(&self.driver, &base, widget).await?);
            }
            if widget == Widget::Porchlight {
                for (hand, figure) in [(Hand::Rests, Figure::ClickAfterRest), (Hand::Comes, Figure::Click)] {
                    let waited = Visit::begin(&self.driver, &base).await?.click(hand).await?;
                    seen.insert(figure, waited);
                }
            }
        }
        Ok(seen)
    }
}

/// The page that everybody visits.
fn page(shop: &DemoSite) -> String {
    format!("{}/{}", shop.base_url(), visit::PAGE)
}
