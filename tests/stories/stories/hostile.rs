//! A page whose scripts and styles get in the way of everything.

use serde_json::json;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use crate::reading::VisitorAtShop;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[("hostile page", |theatre| theatre.tell(hostile(theatre)))];

async fn hostile(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "hostile.html").await?;
    visitor.browser.find("button", "Open chat").await?;
    let corner = visitor
        .browser
        .script(
            "const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
             const box = host.shadowRoot.querySelector('button').getBoundingClientRect();
             return box.width > 40 && box.height > 40 && box.right <= innerWidth && box.bottom <= innerHeight && box.left > innerWidth / 2;",
        )
        .await?;
    assert_eq!(corner, json!(true), "the launcher is in its corner");
    visitor.open_chat().await?;
    visitor.says("In spite of everything").await?;
    visitor.reads("Sent").await?;
    visitor.browser.leave_panel().await?;
    let seen = visitor.browser.script("return window.stolen").await?;
    assert_eq!(seen, json!([]), "the page's traps saw nothing of the chat");
    visitor.browser.close().await
}
