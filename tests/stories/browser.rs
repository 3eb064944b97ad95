//! A browser that finds things as assistive technology does: by role and name, through shadow roots and frames.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::components::SelectElement;
use thirtyfour::prelude::*;
use thirtyfour::{LoggingPrefsLogLevel, TypingData};

const PATIENCE: Duration = Duration::from_secs(20);

/// Longer than anything moves that changes its size.
const MOVES: Duration = Duration::from_millis(300);

/// Finds an element by role and name in this document and its open shadow roots, or within what a selector finds.
const FIND: &str = r#"
const [role, name, within] = arguments;
const implied = { A: 'link', BUTTON: 'button', TEXTAREA: 'textbox', UL: 'list', OL: 'list', DIALOG: 'dialog',
    H1: 'heading', H2: 'heading', SECTION: 'region', SELECT: 'combobox' };
const roleOf = (element) => element.getAttribute('role') ?? (element.tagName === 'INPUT'
    ? (['checkbox', 'radio', 'button', 'submit'].includes(element.type) ? element.type : 'textbox')
    : implied[element.tagName]);
const textOf = (root, ids) => ids.split(/\s+/).map((id) => root.getElementById(id)?.textContent ?? '').join(' ');
const nameOf = (element) => (element.getAttribute('aria-label')
    ?? (element.getAttribute('aria-labelledby') && textOf(element.getRootNode(), element.getAttribute('aria-labelledby')))
    ?? (element.labels?.length ? [...element.labels].map((label) => label.textContent).join(' ') : element.textContent)).trim();
const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
const search = (root) => {
    for (const element of root.querySelectorAll('*')) {
        if (roleOf(element) === role && nameOf(element) === name && isShown(element)) return element;
        const found = element.shadowRoot && search(element.shadowRoot);
        if (found) return found;
    }
    return null;
};
const root = within ? document.querySelector(within) : document;
return root && search(root);
"#;

/// The frame of the widget, in whatever shadow root it is.
const FIND_FRAME: &str = r"
const search = (root) => {
    for (const element of root.querySelectorAll('*')) {
        if (element.tagName === 'IFRAME' && element.checkVisibility({ visibilityProperty: true })) return element;
        const found = element.shadowRoot && search(element.shadowRoot);
        if (found) return found;
    }
    return null;
};
return search(document);
";

/// Where this document is, and what is to be read there.
const WHAT_IS_READ: &str = "return { at: location.href, text: document.body.innerText.slice(0, 1000) }";

/// What the browser says of a page that may be installed.
pub(crate) struct Installing {
    /// The manifest: its address, its text, and what is wrong with it.
    pub(crate) manifest: Value,
    /// Why the page cannot be installed.
    pub(crate) objections: Value,
}

/// How somebody looks at a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// On a desktop.
    Desktop,
    /// On a phone.
    Phone,
    /// In the dark, on a desktop.
    Dark,
    /// From right to left, on a phone.
    RightToLeft,
}

impl Eyes {
    /// Every way.
    pub(crate) const EVERY: [Self; 4] = [Self::Desktop, Self::Phone, Self::Dark, Self::RightToLeft];

    /// What it is called in the names of pictures.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
            Self::Dark => "dark",
            Self::RightToLeft => "rtl",
        }
    }

    const fn is_small(self) -> bool {
        matches!(self, Self::Phone | Self::RightToLeft)
    }
}

/// One browser with a profile of its own.
pub(crate) struct Browser {
    driver: WebDriver,
    screenshots: PathBuf,
}

impl Browser {
    /// Starts a browser, with these arguments besides ours.
    pub(crate) async fn open(driver: &str, screenshots: PathBuf, more: &[&str]) -> WebDriverResult<Self> {
        let mut capabilities = tests::driver::chromium(more)?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(driver, capabilities).await?;
        Ok(Self { driver, screenshots })
    }

    /// Goes to a page.
    pub(crate) async fn goto(&self, url: &str) -> WebDriverResult<()> {
        self.driver.goto(url).await
    }

    /// Loads the page again.
    pub(crate) async fn reload(&self) -> WebDriverResult<()> {
        self.driver.refresh().await
    }

    /// Runs a script in the current document.
    pub(crate) async fn script(&self, script: &str) -> WebDriverResult<Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) async fn script_until_done(&self, script: &str) -> WebDriverResult<Value> {
        Ok(self.driver.execute_async(script, Vec::new()).await?.json().clone())
    }

    /// Waits for something of this role and name.
    pub(crate) async fn find(&self, role: &str, name: &str) -> WebDriverResult<WebElement> {
        self.find_within(None, role, name).await
    }

    async fn find_within(&self, root: Option<&str>, role: &str, name: &str) -> WebDriverResult<WebElement> {
        let began = Instant::now();
        loop {
            let found = self.driver.execute(FIND, vec![json!(role), json!(name), json!(root)]).await?;
            if let Ok(element) = found.element() {
                return Ok(element);
            }
            if began.elapsed() > PATIENCE {
                self.picture("missing").await?;
                panic!("no {role} {name:?} in {}", self.script(WHAT_IS_READ).await?);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks something.
    pub(crate) async fn click(&self, role: &str, name: &str) -> WebDriverResult<()> {
        self.find(role, name).await?.click().await
    }

    /// Clicks a button of the dialog that is open: buttons of the page behind it may be called the same.
    pub(crate) async fn answer(&self, name: &str) -> WebDriverResult<()> {
        self.find_within(Some("dialog[open]"), "button", name).await?.click().await
    }

    /// Waits until no dialog is open.
    pub(crate) async fn no_dialog(&self) -> WebDriverResult<()> {
        self.until("the dialog is closed", "return !document.querySelector('dialog[open]')").await
    }

    /// Chooses one of a list of choices that the browser draws.
    pub(crate) async fn choose(&self, name: &str, option: &str) -> WebDriverResult<()> {
        let list = self.find("combobox", name).await?;
        SelectElement::new(&list).await?.select_by_exact_text(option).await
    }

    /// Whether something of this role and name is there at this moment.
    pub(crate) async fn has(&self, role: &str, name: &str) -> WebDriverResult<bool> {
        let found = self.driver.execute(FIND, vec![json!(role), json!(name), Value::Null]).await?;
        Ok(found.element().is_ok())
    }

    /// Replaces what stands in a field.
    pub(crate) async fn overwrite(&self, name: &str, text: &str) -> WebDriverResult<()> {
        let field = self.find("textbox", name).await?;
        field.clear().await?;
        field.send_keys(text).await
    }

    /// Types into something.
    pub(crate) async fn write(&self, role: &str, name: &str, text: &str) -> WebDriverResult<()> {
        self.find(role, name).await?.send_keys(text).await
    }

    /// Waits until a text is to be read in something, and counts how often it stands there.
    pub(crate) async fn reads(&self, role: &str, name: &str, text: &str) -> WebDriverResult<usize> {
        let began = Instant::now();
        loop {
            let all = self.text_of(role, name).await?;
            let count = all.matches(text).count();
            if count > 0 {
                return Ok(count);
            }
            if began.elapsed() > PATIENCE {
                self.picture("unread").await?;
                panic!("{role} {name:?} does not say {text:?} but {all:?}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The text of something.
    pub(crate) async fn text_of(&self, role: &str, name: &str) -> WebDriverResult<String> {
        self.find(role, name).await?.text().await
    }

    /// Waits until a script says yes.
    pub(crate) async fn until(&self, what: &str, script: &str) -> WebDriverResult<()> {
        let began = Instant::now();
        while self.script(script).await? != Value::Bool(true) {
            if began.elapsed() > PATIENCE {
                self.picture("until").await?;
                panic!("it never came that {what}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Waits until a text is to be read anywhere on the page.
    pub(crate) async fn shows(&self, text: &str) -> WebDriverResult<()> {
        self.until(text, &format!("return document.body.innerText.includes({})", json!(text))).await
    }

    /// Steps into the widget's frame.
    pub(crate) async fn enter_panel(&self) -> WebDriverResult<()> {
        let began = Instant::now();
        loop {
            if let Ok(frame) = self.driver.execute(FIND_FRAME, Vec::new()).await?.element() {
                return frame.enter_frame().await;
            }
            if began.elapsed() > PATIENCE {
                self.picture("no-frame").await?;
                panic!("no frame");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a script says yes in the panel that a frame of the page shows, which may begin anew meanwhile.
    pub(crate) async fn until_in_panel_of(&self, id: &str, what: &str, script: &str) -> WebDriverResult<()> {
        let began = Instant::now();
        loop {
            let said = async {
                self.enter_frame(id).await?;
                self.enter_panel().await?;
                self.script(script).await
            };
            let said = said.await;
            self.leave_panel().await?;
            let is_late = began.elapsed() > PATIENCE;
            match said {
                Ok(Value::Bool(true)) => return Ok(()),
                Err(error) if is_late => return Err(error),
                _ if is_late => {
                    self.picture("until").await?;
                    panic!("it never came that {what}");
                }
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// Steps into a frame of the page by its id.
    pub(crate) async fn enter_frame(&self, id: &str) -> WebDriverResult<()> {
        self.driver.find(By::Id(id)).await?.enter_frame().await
    }

    /// Follows a link in the only frame of the page into the tab that it opens.
    pub(crate) async fn follow_from_frame(&self, link: &str) -> WebDriverResult<()> {
        let before = self.driver.windows().await?;
        self.driver.find(By::Tag("iframe")).await?.enter_frame().await?;
        self.click("link", link).await?;
        self.driver.enter_default_frame().await?;
        let began = Instant::now();
        loop {
            let opened = self.driver.windows().await?.into_iter().find(|tab| !before.contains(tab));
            if let Some(opened) = opened {
                return self.driver.switch_to_window(opened).await;
            }
            if began.elapsed() > PATIENCE {
                self.picture("no-tab").await?;
                panic!("{link:?} opens no tab");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Steps back to the page.
    pub(crate) async fn leave_panel(&self) -> WebDriverResult<()> {
        self.driver.enter_default_frame().await
    }

    /// Opens a second tab and goes there.
    pub(crate) async fn new_tab(&self, url: &str) -> WebDriverResult<()> {
        let tab = self.driver.new_tab().await?;
        self.driver.switch_to_window(tab).await?;
        self.goto(url).await
    }

    /// Goes to one of the open tabs.
    pub(crate) async fn switch_to_tab(&self, index: usize) -> WebDriverResult<()> {
        let tabs = self.driver.windows().await?;
        self.driver.switch_to_window(tabs[index].clone()).await
    }

    /// Closes the tab; another one has to be gone to.
    pub(crate) async fn close_tab(&self) -> WebDriverResult<()> {
        self.driver.close_window().await
    }

    /// Presses keys wherever the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) -> WebDriverResult<()> {
        self.driver.action_chain().send_keys(keys.into()).perform().await
    }

    /// Types into a list of choices that opens, and takes what it offers first, as soon as it offers something:
    /// some lists are asked for when they are first needed.
    pub(crate) async fn take(&self, typed: &str) -> WebDriverResult<()> {
        let has_keys = "return document.activeElement.matches('[role=combobox]')";
        self.until("a list of choices has the keyboard", has_keys).await?;
        self.press(typed).await?;
        let offers = "return document.activeElement.hasAttribute('aria-activedescendant')";
        self.until(&format!("{typed} is offered"), offers).await?;
        self.press(Key::Enter).await
    }

    /// Presses a key while others are held.
    pub(crate) async fn press_with(&self, held: &[Key], key: &str) -> WebDriverResult<()> {
        let mut chain = self.driver.action_chain();
        for held in held {
            chain = chain.key_down(held.clone());
        }
        chain = chain.send_keys(key);
        for held in held {
            chain = chain.key_up(held.clone());
        }
        chain.perform().await
    }

    /// Presses the pointer on something, and keeps it pressed.
    pub(crate) async fn hold_pointer_on(&self, element: &WebElement) -> WebDriverResult<()> {
        self.driver.action_chain().click_and_hold_element(element).perform().await
    }

    /// Lets the pointer go where it is.
    pub(crate) async fn let_pointer_go(&self) -> WebDriverResult<()> {
        self.driver.action_chain().release().perform().await
    }

    /// What the console was told since the last time, one line each.
    pub(crate) async fn console(&self) -> WebDriverResult<Vec<String>> {
        let log = self.driver.get_log("browser").await?;
        Ok(log.iter().map(|entry| entry.message.clone()).collect())
    }

    /// Keeps a picture of the screen for whoever mends what failed.
    pub(crate) async fn picture(&self, name: &str) -> WebDriverResult<()> {
        std::fs::create_dir_all(&self.screenshots).expect("a folder for pictures");
        self.driver.screenshot(&self.screenshots.join(format!("{name}.png"))).await
    }

    /// Has a script run before those of every page to come.
    pub(crate) async fn before_pages(&self, script: &str) -> WebDriverResult<()> {
        let tools = self.driver.cdp();
        let source = json!({ "source": script });
        tools.send_raw("Page.addScriptToEvaluateOnNewDocument", source).await?;
        Ok(())
    }

    /// Lets pages run and frame whatever they like: what is tested must hold without their policies as well.
    pub(crate) async fn ignore_policies(&self) -> WebDriverResult<()> {
        self.driver.cdp().send_raw("Page.setBypassCSP", json!({ "enabled": true })).await?;
        Ok(())
    }

    /// What the browser says of installing the page.
    pub(crate) async fn installing(&self) -> WebDriverResult<Installing> {
        let tools = self.driver.cdp();
        let manifest = tools.send_raw("Page.getAppManifest", json!({})).await?;
        let mut told = tools.send_raw("Page.getInstallabilityErrors", json!({})).await?;
        Ok(Installing { manifest, objections: told["installabilityErrors"].take() })
    }

    /// Calls itself another browser than it is.
    pub(crate) async fn pass_for(&self, user_agent: &str) -> WebDriverResult<()> {
        let name = json!({ "userAgent": user_agent });
        self.driver.cdp().send_raw("Network.setUserAgentOverride", name).await?;
        Ok(())
    }

    /// Lets no request through to addresses of this pattern, in which `*` is anything; to all again with none.
    pub(crate) async fn keep_from(&self, pattern: Option<&str>) -> WebDriverResult<()> {
        let tools = self.driver.cdp();
        tools.send_raw("Network.enable", json!({})).await?;
        let patterns: Vec<&str> = pattern.into_iter().collect();
        tools.send_raw("Network.setBlockedURLs", json!({ "urls": patterns })).await?;
        Ok(())
    }

    /// Gives the device an authenticator, as telephones and laptops have one. It says yes to everything.
    pub(crate) async fn add_authenticator(&self) -> WebDriverResult<()> {
        let tools = self.driver.cdp();
        tools.send_raw("WebAuthn.enable", json!({})).await?;
        let options = json!({
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
            "automaticPresenceSimulation": true,
        });
        tools.send_raw("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await?;
        Ok(())
    }

    /// How the browser stands to notifications of an origin: `prompt` as in a browser on a desk, where nobody was asked yet, or
    /// `granted`, as the person would say to its question.
    pub(crate) async fn set_notifications(&self, origin: &str, setting: &str) -> WebDriverResult<()> {
        let permission =
            json!({ "origin": origin, "permission": { "name": "notifications" }, "setting": setting });
        self.driver.cdp().send_raw("Browser.setPermission", permission).await?;
        Ok(())
    }

    /// Takes up somebody's session, as their cookie is sent.
    pub(crate) async fn take_cookie(&self, cookie: &str) -> WebDriverResult<()> {
        let (name, value) = cookie.split_once('=').expect("a cookie");
        let mut cookie = Cookie::new(name, value);
        cookie.set_path("/");
        cookie.set_secure(true);
        self.driver.add_cookie(cookie).await
    }

    /// Shows the present page as somebody sees it. The direction is that of the present document.
    pub(crate) async fn see_as(&self, eyes: Eyes) -> WebDriverResult<()> {
        let (width, height) = if eyes.is_small() { (390, 844) } else { (1_280, 900) };
        self.use_screen(width, height, eyes.is_small()).await?;
        let tools = self.driver.cdp();
        // What changes its size moves there.
        tokio::time::sleep(MOVES).await;
        let scheme = if eyes == Eyes::Dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        tools.send_raw("Emulation.setEmulatedMedia", media).await?;
        if eyes == Eyes::RightToLeft {
            self.script("document.documentElement.dir = 'rtl'").await?;
        }
        Ok(())
    }

    /// Has a screen of this size, in CSS pixels.
    pub(crate) async fn use_screen(&self, width: u32, height: u32, is_mobile: bool) -> WebDriverResult<()> {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_mobile });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", screen).await?;
        Ok(())
    }

    /// Takes a picture for the gallery.
    pub(crate) async fn picture_as(&self, eyes: Eyes, name: &str) -> WebDriverResult<()> {
        self.picture(&format!("{name}.{}", eyes.name())).await
    }

    /// Takes pictures for the gallery in every way to look at the page, and leaves it as it was.
    pub(crate) async fn pictures(&self, name: &str) -> WebDriverResult<()> {
        for eyes in Eyes::EVERY {
            self.see_as(eyes).await?;
            self.picture_as(eyes, name).await?;
        }
        self.script("document.documentElement.dir = 'ltr'; return null").await?;
        self.see_as(Eyes::Desktop).await
    }

    /// The address of the first page of settings that the present page links to.
    pub(crate) async fn address_of_settings(&self) -> WebDriverResult<String> {
        let script = "return document.querySelector('a[href*=\"/settings/\"]').pathname";
        Ok(self.script(script).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Ends the browser.
    pub(crate) async fn close(self) -> WebDriverResult<()> {
        self.driver.quit().await
    }
}
