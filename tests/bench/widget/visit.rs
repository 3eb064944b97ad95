//! One visit of the shop by a browser that was never there, on a processor that is slowed down.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};

use super::Widget;
use super::figures::{Figure, Seen};

/// The page that everybody visits.
pub(super) const PAGE: &str = "index.html";

/// How many times slower the processor is than this machine's.
pub(super) const SLOWDOWN: u32 = 4;

/// For how long a page is left alone: who asks it whether it is quiet makes it work.
const REST: Duration = Duration::from_secs(5);

/// How many times, while the launcher is not there.
const TIMES: u32 = 4;

/// Within which a composer is ready.
const PATIENCE: Duration = Duration::from_secs(60);

const POLL: Duration = Duration::from_millis(100);

/// Runs in every document before its own scripts: what the browser notices of the page, the click, and the moment in which
/// a composer in a frame has the focus.
const NOTICE: &str = r"
if (top === window) {
    window.noticed = { blocking: 0, shift: 0 };
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) noticed.blocking += duration - 50;
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) noticed.shift += value;
    }).observe({ type: 'layout-shift', buffered: true });
    addEventListener('click', (event) => { noticed.click = performance.timeOrigin + event.timeStamp; }, true);
    addEventListener('message', ({ data }) => { if (data?.composer) noticed.composer ??= data.composer; });
} else {
    addEventListener('focusin', ({ target }) => {
        if (target.tagName === 'TEXTAREA') top.postMessage({ composer: performance.timeOrigin + performance.now() }, '*');
    });
}
";

/// Whether something stands fixed in the corner, in whatever shadow root: the shop itself has nothing that does.
const HAS_LAUNCHER: &str = r"
const [x, y] = [innerWidth - 46, innerHeight - 46];
let element = document.elementFromPoint(x, y);
while (element?.shadowRoot?.elementFromPoint(x, y) && element.shadowRoot.elementFromPoint(x, y) !== element)
    element = element.shadowRoot.elementFromPoint(x, y);
for (; element; element = element.parentElement ?? element.getRootNode().host)
    if (getComputedStyle(element).position === 'fixed') return true;
return false;
";

/// What Chromium counts, in seconds where it is a time.
type Metrics = BTreeMap<String, f64>;

/// What the hand does before it clicks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// It has rested on the launcher for a while.
    Rests,
    /// It comes and clicks at once, as a finger does.
    Comes,
}

/// A browser that is about to go to the shop.
pub(super) struct Visit {
    driver: WebDriver,
    shop: String,
}

impl Visit {
    /// Starts a browser and slows it down.
    pub(super) async fn begin(driver: &str, shop: &str) -> WebDriverResult<Self> {
        Self::begin_with(driver, shop, false).await
    }

    async fn begin_with(driver: &str, shop: &str, weighs: bool) -> WebDriverResult<Self> {
        let driver = WebDriver::new(driver, capabilities(weighs)?).await?;
        let visit = Self { driver, shop: shop.to_owned() };
        // Of the same origin, so that the process stays the same.
        visit.driver.goto(format!("{shop}/blank.html")).await?;
        visit.tool("Performance.enable", json!({})).await?;
        visit.tool("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN })).await?;
        visit.tool("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NOTICE })).await?;
        Ok(visit)
    }

    /// Waits until the page is quiet and says what it took; a word if the launcher does not come.
    pub(super) async fn wait(self, widget: Widget) -> WebDriverResult<Result<Seen, String>> {
        let before = self.metrics().await?;
        let arrived = self.arrive(widget).await?;
        let noticed = self.script("return noticed").await?;
        self.driver.quit().await?;
        Ok(arrived.map(|after| {
            let took =
                |name: &str| (after.get(name).unwrap_or(&0.0) - before.get(name).unwrap_or(&0.0)) * 1e3;
            Seen::from([
                (Figure::Script, took("ScriptDuration")),
                (Figure::Thread, took("TaskDuration")),
                (Figure::Blocking, number(&noticed["blocking"])),
                (Figure::Shift, number(&noticed["shift"])),
            ])
        }))
    }

    /// Clicks our launcher and says how many milliseconds later the composer has the focus.
    pub(super) async fn click(self, hand: Hand) -> WebDriverResult<f64> {
        self.arrive(Widget::Porchlight).await?.expect("our launcher is there");
        let place = self.script("return { x: innerWidth - 46, y: innerHeight - 46 }").await?;
        self.mouse("mouseMoved", &place).await?;
        if hand == Hand::Rests {
            tokio::time::sleep(REST).await;
        }
        self.mouse("mousePressed", &place).await?;
        self.mouse("mouseReleased", &place).await?;
        let began = Instant::now();
        loop {
            let noticed = self.script("return noticed").await?;
            if let (Some(click), Some(composer)) = (noticed["click"].as_f64(), noticed["composer"].as_f64()) {
                self.driver.quit().await?;
                return Ok(composer - click);
            }
            assert!(began.elapsed() < PATIENCE, "there is no composer: {noticed}");
            tokio::time::sleep(POLL).await;
        }
    }

    /// Goes to the shop, leaves it alone, and says what it took until then; a word if the launcher does not come.
    async fn arrive(&self, widget: Widget) -> WebDriverResult<Result<Metrics, String>> {
        self.driver.goto(format!("{}/{PAGE}", self.shop)).await?;
        for _ in 0..TIMES {
            tokio::time::sleep(REST).await;
            let metrics = self.metrics().await?;
            if self.script(HAS_LAUNCHER).await? == json!(widget != Widget::None) {
                return Ok(Ok(metrics));
            }
        }
        Ok(Err("its button does not show".to_owned()))
    }

    async fn metrics(&self) -> WebDriverResult<Metrics> {
        let told = self.tool("Performance.getMetrics", json!({})).await?;
        let metrics = told["metrics"].as_array().into_iter().flatten();
        Ok(metrics
            .filter_map(|metric| Some((metric["name"].as_str()?.to_owned(), metric["value"].as_f64()?)))
            .collect())
    }

    async fn mouse(&self, kind: &str, place: &Value) -> WebDriverResult<()> {
        let button = if kind == "mouseMoved" { "none" } else { "left" };
        let event =
            json!({ "type": kind, "x": place["x"], "y": place["y"], "button": button, "clickCount": 1 });
        self.tool("Input.dispatchMouseEvent", event).await?;
        Ok(())
    }

    async fn script(&self, script: &str) -> WebDriverResult<Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    async fn tool(&self, method: &str, parameters: Value) -> WebDriverResult<Value> {
        self.driver.cdp().send_raw(method, parameters).await
    }
}

/// Counts requests and the bytes of their answers, in a visit of its own: to listen takes time.
pub(super) async fn weigh(driver: &str, shop: &str, widget: Widget) -> WebDriverResult<Seen> {
    let visit = Visit::begin_with(driver, shop, true).await?;
    // What was asked for before.
    visit.driver.get_log("performance").await?;
    let _ = visit.arrive(widget).await?;
    let log = visit.driver.get_log("performance").await?;
    let (mut requests, mut bytes) = (0, 0);
    for entry in &log {
        let event: Value = serde_json::from_str(&entry.message).unwrap_or_default();
        let event = &event["message"];
        let is_request = event["method"] == "Network.requestWillBeSent";
        let address = event["params"]["request"]["url"].as_str().unwrap_or_default();
        if !is_request || !address.starts_with("http") {
            continue;
        }
        requests += 1;
        // What failed or has no body answers nothing.
        let id = json!({ "requestId": event["params"]["requestId"] });
        let Ok(answer) = visit.tool("Network.getResponseBody", id).await else { continue };
        let text = answer["body"].as_str().unwrap_or_default();
        let is_encoded = answer["base64Encoded"] == true;
        let body =
            if is_encoded { STANDARD.decode(text).unwrap_or_default() } else { text.as_bytes().to_vec() };
        bytes += compressed(&body);
    }
    visit.driver.quit().await?;
    #[expect(clippy::cast_precision_loss, reason = "some millions")]
    Ok(Seen::from([(Figure::Requests, f64::from(requests)), (Figure::Bytes, bytes as f64)]))
}

fn compressed(body: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*body, &mut out, &parameters).expect("bytes can be compressed");
    if body.is_empty() { 0 } else { out.len() }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

/// Everything in one process, so that what frames do is slowed down and counted as well.
fn capabilities(weighs: bool) -> WebDriverResult<ChromeCapabilities> {
    let mut capabilities = tests::driver::chromium(&[
        "--disable-site-isolation-trials",
        "--disable-features=IsolateSandboxedIframes,IsolateOrigins,site-per-process",
    ])?;
    if weighs {
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    }
    Ok(capabilities)
}
