//! What visitors and agents do again and again.

use std::time::Duration;

use thirtyfour::prelude::*;
use words::{LANGUAGES, Text};

use crate::browser::Browser;
use crate::theatre::Theatre;

/// A visitor's browser, outside the frame unless a step says otherwise.
pub(crate) struct VisitorAtShop {
    /// The browser.
    pub(crate) browser: Browser,
}

impl VisitorAtShop {
    /// Comes to a page of the shop.
    pub(crate) async fn come(theatre: &Theatre, page: &str) -> WebDriverResult<Self> {
        Self::come_to(theatre, &theatre.page(page)).await
    }

    /// Comes to a page of another shop.
    pub(crate) async fn come_to(theatre: &Theatre, address: &str) -> WebDriverResult<Self> {
        let browser = theatre.browser().await?;
        browser.goto(address).await?;
        Ok(Self { browser })
    }

    /// Opens the chat and steps into it.
    pub(crate) async fn open_chat(&self) -> WebDriverResult<()> {
        self.browser.click("button", "Open chat").await?;
        self.browser.enter_panel().await?;
        self.browser.find("dialog", "Chat").await?;
        self.browser.find("textbox", "Message").await?;
        Ok(())
    }

    /// Writes and sends, inside the chat.
    pub(crate) async fn says(&self, text: &str) -> WebDriverResult<()> {
        self.browser.write("textbox", "Message", text).await?;
        self.browser.click("button", "Send").await
    }

    /// Waits until the chat shows a text, and counts how often.
    pub(crate) async fn reads(&self, text: &str) -> WebDriverResult<usize> {
        self.browser.reads("log", "Messages", text).await
    }
}

/// An agent's browser at the inbox.
pub(crate) struct AgentAtInbox {
    /// The browser.
    pub(crate) browser: Browser,
}

impl AgentAtInbox {
    /// An agent who is signed in already.
    pub(crate) const fn at(browser: Browser) -> Self {
        Self { browser }
    }

    /// Signs in.
    pub(crate) async fn sign_in(theatre: &Theatre) -> WebDriverResult<Self> {
        let browser = theatre.browser().await?;
        browser.goto(&format!("{}/inbox/", theatre.stage.base_url())).await?;
        let owner = theatre.stage.owner();
        browser.write("textbox", "Email", &owner.email).await?;
        browser.write("textbox", "Password", &owner.password).await?;
        browser.click("button", "Sign in").await?;
        browser.find("list", "Conversations").await?;
        Ok(Self { browser })
    }

    /// The row of the list that shows a text.
    pub(crate) async fn row(&self, text: &str) -> WebDriverResult<WebElement> {
        self.browser.reads("list", "Conversations", text).await?;
        let list = self.browser.find("list", "Conversations").await?;
        list.find(By::XPath(format!(".//a[contains(., '{text}')]"))).await
    }

    /// Opens the conversation whose row shows a text.
    pub(crate) async fn open(&self, text: &str) -> WebDriverResult<()> {
        self.row(text).await?.click().await?;
        self.browser.find("log", "Messages").await?;
        // A reply that is sent before its author could read anything is held (CV30).
        let has_come = "return document.querySelector('[role=log]')?.ariaBusy === 'false'";
        self.browser.until("the conversation has come", has_come).await
    }

    /// Answers in the open conversation.
    pub(crate) async fn replies(&self, text: &str) -> WebDriverResult<()> {
        self.browser.write("textbox", "Reply", text).await?;
        self.browser.click("button", "Send").await
    }

    /// Waits until the thread shows a text, and counts how often.
    pub(crate) async fn reads(&self, text: &str) -> WebDriverResult<usize> {
        self.browser.reads("log", "Messages", text).await
    }
}

/// What the widget says under this name in a language.
pub(crate) fn word(language: &str, name: &str) -> String {
    let language = LANGUAGES.iter().find(|other| other.name == language).expect("a language of ours");
    let entry = language.entries().into_iter().find(|entry| entry.name == name).expect("a word of ours");
    match entry.text {
        Text::One(text) => text,
        Text::Counted(forms) => panic!("{name} counts: {forms:?}"),
    }
}

/// Gives what must not happen a moment in which it could.
pub(crate) async fn a_moment() {
    tokio::time::sleep(Duration::from_millis(700)).await;
}

/// Asserts that texts stand in this order, once each.
pub(crate) fn assert_in_order(all: &str, texts: &[&str]) {
    let mut from = 0;
    for text in texts {
        assert_eq!(all.matches(text).count(), 1, "{text:?} once in {all:?}");
        let at = all.find(text).unwrap_or_default();
        assert!(at >= from, "{text:?} in order in {all:?}");
        from = at;
    }
}
