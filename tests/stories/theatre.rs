//! What all stories share: a server, the demo shop on another origin, and a driver for browsers.

use std::future::Future;

use tests::http::post;
use tests::{Stage, driver};
use thirtyfour::error::WebDriverResult;
use tokio::runtime::Runtime;
use xtask::demo_site::DemoSite;
use xtask::process_group::ProcessGroup;
use xtask::project::Project;

use crate::browser::Browser;

const CHAT_PORT: u16 = 8_941;
const SHOP_PORT: u16 = 8_942;
const STRANGER_PORT: u16 = 8_943;
const DRIVER_PORT: u16 = 8_944;
const NEW_SHOP_PORT: u16 = 8_945;

/// Everything a story needs. Dropping it ends all processes.
pub(crate) struct Theatre {
    /// The server.
    pub(crate) stage: Stage,
    /// The shop, whose site allows it.
    pub(crate) shop: DemoSite,
    /// The same shop with the key of a site that does not list it.
    pub(crate) stranger: DemoSite,
    project: Project,
    runtime: Runtime,
    _driver: ProcessGroup,
}

impl Theatre {
    /// Starts everything.
    pub(crate) fn open() -> Self {
        let project = Project::find().expect("the project's folder");
        let stage = Stage::start_with("stories", CHAT_PORT, &[("RESCUE_AFTER", "2")]);
        let roots = || {
            vec![project.path("tests/pages"), project.path("public/demo"), project.path("widget/npm/dist")]
        };
        let shop = DemoSite::start(SHOP_PORT, roots(), stage.base_url(), &stage.owner().site_key)
            .expect("the shop opens");
        let strict_key = found_strict_site(&stage);
        let stranger = DemoSite::start(STRANGER_PORT, roots(), stage.base_url(), &strict_key)
            .expect("the other shop opens");
        let driver = driver::start(DRIVER_PORT);
        let runtime = Runtime::new().expect("a runtime");
        Self { stage, shop, stranger, project, runtime, _driver: driver }
    }

    /// Tells a story to its end.
    pub(crate) fn tell<S>(&self, story: S)
    where
        S: Future<Output = WebDriverResult<()>>,
    {
        self.runtime.block_on(story).unwrap_or_else(|error| panic!("{error}"));
    }

    /// Opens a browser with a profile of its own.
    pub(crate) async fn browser(&self) -> WebDriverResult<Browser> {
        self.browser_with(&[]).await
    }

    /// The same with these arguments.
    pub(crate) async fn browser_with(&self, arguments: &[&str]) -> WebDriverResult<Browser> {
        let driver = format!("http://localhost:{DRIVER_PORT}");
        Browser::open(&driver, self.project.path("screenshots"), arguments).await
    }

    /// The address of a page of the shop.
    pub(crate) fn page(&self, name: &str) -> String {
        format!("{}/{name}", self.shop.base_url())
    }

    /// The same shop with the key of a site that somebody made in a story.
    pub(crate) fn open_shop(&self, site_key: &str) -> DemoSite {
        let roots = vec![self.project.path("tests/pages"), self.project.path("public/demo")];
        DemoSite::start(NEW_SHOP_PORT, roots, self.stage.base_url(), site_key).expect("the new shop opens")
    }

    /// The address of the chat's frame on the shop.
    pub(crate) fn frame_of_shop(&self) -> String {
        format!("{}/widget/{}/frame", self.stage.base_url(), self.stage.owner().site_key)
    }

    /// The address of a page of the inbox.
    pub(crate) fn inbox(&self, page: &str) -> String {
        format!("{}/inbox/{page}", self.stage.base_url())
    }

    /// axe-core as installed for the tests.
    pub(crate) fn axe(&self) -> String {
        let path = self.project.path("node_modules/axe-core/axe.min.js");
        std::fs::read_to_string(path).expect("axe-core is installed")
    }
}

/// A site that allows one origin that is not the shop's.
fn found_strict_site(stage: &Stage) -> String {
    let body = serde_json::json!({
        "email": "strict@example.com", "workspace": "Strict", "site_name": "Strict",
        "allowed_origins": ["https://elsewhere.example"], "allow_localhost": false,
    });
    let authorization = format!("Bearer {}", stage.setup_token());
    let url = format!("{}/api/setup", stage.base_url());
    let answer = post(&url, &[("Authorization", &authorization)], &body.to_string());
    answer.json::<protocol::http::SetupAnswer>().site_key.to_string()
}
