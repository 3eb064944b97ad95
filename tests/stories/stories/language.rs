//! What language the chat speaks.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::Case;
use thirtyfour::error::WebDriverResult;
use words::{LANGUAGES, Text};

use super::files::{choose, in_tray};
use crate::browser::Browser;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("LO1 LO2 LO6 a page in Arabic has a chat in Arabic, with no request more", |theatre| {
        theatre.tell(arabic(theatre))
    }),
    ("LO1 a tag says the language", |theatre| theatre.tell(by_tag(theatre))),
    ("LO3 what counts has the forms that the browser asks for", |theatre| theatre.tell(forms(theatre))),
    ("LO4 LO6 a page changes the language of an open chat", |theatre| theatre.tell(changes(theatre))),
    ("LO4 words that do not come leave the language as it was", |theatre| theatre.tell(stays(theatre))),
    ("LO5 a page has words of its own", |theatre| theatre.tell(own_words(theatre))),
];

/// What the launcher says of unread messages.
const DESCRIPTION: &str = "
    const shell = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
    return shell.shadowRoot.querySelector('button').getAttribute('aria-description')";

/// The files that the present document has fetched, without their hashes.
const FILES: &str = "
    const names = performance.getEntriesByType('resource').map((entry) => entry.name.split('#')[0])
        .filter((name) => /widget\\.js|config|build|session/.test(name))
        .map((name) => name.split('/').slice(3).join('/').replace(/-[0-9a-f]{16}/, ''));
    return [...new Set(names)].sort()";

async fn come(theatre: &Theatre, page: &str) -> WebDriverResult<Browser> {
    let browser = theatre.browser().await?;
    browser.goto(&theatre.page(page)).await?;
    Ok(browser)
}

/// Opens the chat by the name of its launcher and steps in.
async fn open(browser: &Browser, launcher: &str, dialog: &str, field: &str) -> WebDriverResult<()> {
    browser.click("button", launcher).await?;
    browser.enter_panel().await?;
    browser.find("dialog", dialog).await?;
    browser.find("textbox", field).await?;
    Ok(())
}

async fn arabic(theatre: &Theatre) -> WebDriverResult<()> {
    // Somebody is there.
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = come(theatre, "arabic.html").await?;
    browser.find("button", "فتح الدردشة").await?;
    let key = &theatre.stage.owner().site_key;
    let config = format!("api/sites/{key}/config?lang=ar");
    assert_eq!(browser.script(FILES).await?, json!([config, "widget.js"]));
    open(&browser, "فتح الدردشة", "الدردشة", "رسالة").await?;
    let document = "return [document.documentElement.lang, getComputedStyle(document.body).direction]";
    assert_eq!(browser.script(document).await?, json!(["ar", "rtl"]));
    browser.reads("dialog", "الدردشة", "تصل رسائلك إلى فريقنا").await?;
    browser.write("textbox", "رسالة", "هل النبتة متوفرة؟").await?;
    browser.click("button", "إرسال").await?;
    browser.reads("log", "الرسائل", "أُرسلت").await?;
    browser.reads("log", "الرسائل", "اليوم").await?;
    let waits = "return performance.getEntriesByType('resource').some(({ name }) => name.includes('/wait-'))";
    browser.until("who waits is told for how long", waits).await?;
    let files = [
        "build/widget-files/wait.js",
        "build/widget-parts/messages.wasm",
        "build/widget/widget.css",
        "build/widget/widget.js",
        "build/widget/widget.wasm",
    ];
    assert_eq!(browser.script(FILES).await?, json!(files), "the words came in the page");

    browser.leave_panel().await?;
    browser.click("button", "إغلاق الدردشة").await?;
    agent.open("هل النبتة متوفرة؟").await?;
    agent.replies("One").await?;
    agent.replies("Two").await?;
    let two = format!("{DESCRIPTION} === 'رسالتان غير مقروءتين'");
    browser.until("two are unread", &two).await?;
    agent.replies("Three").await?;
    let three = format!("{DESCRIPTION} === (3).toLocaleString('ar') + ' رسائل غير مقروءة'");
    browser.until("three are unread", &three).await?;
    agent.browser.close().await?;
    browser.close().await
}

async fn by_tag(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "japanese.html").await?;
    open(&browser, "チャットを開く", "チャット", "メッセージ").await?;
    assert_eq!(browser.script("return document.documentElement.lang").await?, json!("ja-JP"));
    browser.find("button", "送信").await?;
    browser.leave_panel().await?;
    let script =
        "return performance.getEntriesByType('resource').filter((entry) => /api-/.test(entry.name)).length";
    assert_eq!(browser.script(script).await?, json!(0), "the API was not asked for");
    browser.close().await
}

async fn forms(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "index.html").await?;
    for language in &LANGUAGES {
        let script = format!(
            "return [Intl.PluralRules.supportedLocalesOf('{0}').length,
                new Intl.PluralRules('{0}').resolvedOptions().pluralCategories.toSorted()]",
            language.name
        );
        let known: (usize, Vec<String>) =
            serde_json::from_value(browser.script(&script).await?).expect("categories");
        assert_eq!(known.0, 1, "the browser knows {}", language.name);
        for entry in language.entries() {
            if let Text::Counted(forms) = entry.text {
                let categories: Vec<_> = BTreeMap::into_keys(forms).collect();
                assert_eq!(categories, known.1, "{} of {}", entry.name, language.name);
            }
        }
    }
    browser.close().await
}

/// Calls something of the page's and returns the code of what it throws.
async fn call(browser: &Browser, call: &str) -> WebDriverResult<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         Promise.resolve({call}).then((value) => done(value ?? null), (error) => done(error.code ?? String(error)))"
    );
    browser.script_until_done(&script).await
}

async fn changes(theatre: &Theatre) -> WebDriverResult<()> {
    // Somebody is there.
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    visitor.says("Do you ship to Kyoto?").await?;
    visitor.reads("Sent").await?;
    browser.script(&choose("[['fern,12', 'prices.csv', '']]")).await?;
    in_tray(browser, "there", 1).await?;
    browser.write("textbox", "Message", "And to Osaka").await?;
    browser.script("window.same = document.getElementById('field'); return null").await?;
    browser.leave_panel().await?;

    browser.script("window.heard = []; Porchlight.on('localeChange', ({ locale }) => heard.push(locale)); return null").await?;
    assert_eq!(call(browser, "Porchlight('setLocale', 'ja')").await?, json!(null));
    browser.find("button", "チャットを閉じる").await?;
    assert_eq!(browser.script("return [heard, Porchlight.state.locale]").await?, json!([["ja"], "ja"]));
    browser.enter_panel().await?;
    browser.find("dialog", "チャット").await?;
    for (role, name) in [
        ("textbox", "メッセージ"),
        ("button", "送信"),
        ("button", "ファイルを添付"),
        ("button", "絵文字"),
        ("button", "チャットのオプション"),
        ("button", "自分のメッセージのオプション"),
        ("button", "prices.csvを取り除く"),
        ("list", "送信するファイル"),
    ] {
        browser.find(role, name).await?;
    }
    browser.reads("dialog", "チャット", "メッセージは担当チームに届きます").await?;
    browser.reads("log", "メッセージ一覧", "送信済み").await?;
    browser.reads("log", "メッセージ一覧", "今日").await?;
    let kept = "const field = document.getElementById('field');
        return [field === window.same, field.value, field.placeholder]";
    assert_eq!(browser.script(kept).await?, json!([true, "And to Osaka", "メッセージを入力…"]));
    browser.click("button", "自分のメッセージのオプション").await?;
    browser.find("button", "編集").await?;
    browser.leave_panel().await?;

    assert_eq!(call(browser, "Porchlight.setLocale('ar-EG')").await?, json!(null));
    browser.enter_panel().await?;
    browser.find("button", "إرسال").await?;
    let document = "return [document.documentElement.lang, getComputedStyle(document.body).direction]";
    assert_eq!(browser.script(document).await?, json!(["ar-EG", "rtl"]));
    // The menu that was opened before is still open.
    browser.find("button", "تعديل").await?;
    browser.leave_panel().await?;

    // One that there is not is as good as the page's own wish for none: the browser's.
    call(browser, "Porchlight.setLocale('tlh')").await?;
    browser.find("button", "Close chat").await?;
    browser.enter_panel().await?;
    browser.find("button", "Send").await?;
    assert_eq!(browser.script(kept).await?, json!([true, "And to Osaka", "Write a message…"]));
    browser.click("button", "Send").await?;
    visitor.reads("And to Osaka").await?;

    browser.click("button", "Chat options").await?;
    browser.click("button", "End chat").await?;
    browser.click("button", "End chat").await?;
    visitor.reads("You ended this conversation.").await?;
    browser.find("group", "How was this conversation?").await?;
    browser.leave_panel().await?;
    assert_eq!(call(browser, "Porchlight.setLocale('ja')").await?, json!(null));
    browser.enter_panel().await?;
    browser.find("group", "この会話はいかがでしたか？").await?;
    browser.reads("log", "メッセージ一覧", "この会話を終了しました。").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

/// Keeps the frame from fetching words while `away` is set.
const BREAK_FETCH: &str = "
    const { fetch } = window;
    window.away = true;
    window.asked = 0;
    window.fetch = (address, ...rest) => {
        if (!String(address).includes('/words/')) return fetch(address, ...rest);
        window.asked += 1;
        return window.away ? Promise.reject(new TypeError('away')) : fetch(address, ...rest);
    };
    return null";

/// Keeps the page from asking for configurations while `away` is set.
const BREAK_CONFIG: &str = "
    const { open } = XMLHttpRequest.prototype;
    window.away = true;
    XMLHttpRequest.prototype.open = function (method, address, ...rest) {
        const other = window.away && address.includes('/config') ? '/no-such-page' : address;
        return open.call(this, method, other, ...rest);
    };
    return null";

async fn stays(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    browser.script(BREAK_FETCH).await?;
    browser.leave_panel().await?;
    assert_eq!(call(browser, "Porchlight.setLocale('de')").await?, json!(null));
    browser.find("button", "Chat schließen").await?;
    browser.enter_panel().await?;
    browser.until("the words were asked for", "return window.asked > 0").await?;
    visitor.says("It works on").await?;
    visitor.reads("Sent").await?;
    browser.script("window.away = false; return null").await?;
    // They are asked for again.
    browser.find("button", "Senden").await?;
    browser.reads("log", "Nachrichten", "Gesendet").await?;
    browser.leave_panel().await?;

    browser.script(BREAK_CONFIG).await?;
    assert_eq!(call(browser, "Porchlight.setLocale('ja')").await?, json!("unavailable"));
    browser.find("button", "Chat schließen").await?;
    browser.script("window.away = false; return null").await?;
    assert_eq!(call(browser, "Porchlight.setLocale('ja')").await?, json!(null));
    browser.find("button", "チャットを閉じる").await?;
    visitor.browser.close().await
}

async fn own_words(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "german.html").await?;
    open(&browser, "Frag uns", "Chat", "Nachricht").await?;
    browser.find("button", "Ab damit").await?;
    browser.find("button", "Dateien anhängen").await?;
    browser.write("textbox", "Nachricht", "Haben Sie Farne?").await?;
    browser.click("button", "Ab damit").await?;
    browser.reads("log", "Nachrichten", "Gesendet").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Haben Sie Farne?").await?;
    browser.reads("dialog", "Chat", "</b> hat Zeit").await?;
    assert_eq!(browser.script("return document.querySelectorAll('.header b').length").await?, json!(0));
    agent.browser.click("button", "Resolve").await?;
    browser.reads("log", "Nachrichten", "Schreiben Sie, um sie wieder zu öffnen.").await?;
    browser.click("button", "Optionen Ihrer Nachricht").await?;
    browser.find("button", "Bearbeiten").await?;

    // They change as the language does, and what is none is told.
    let listen = "window.warned = []; console.warn = (text) => warned.push(text); return null";
    browser.script(listen).await?;
    browser.leave_panel().await?;
    let update = "Porchlight.update({ strings: { send: 'Los', edit: 5, applause: 'Applaus' } })";
    assert_eq!(call(&browser, update).await?, json!(null));
    browser.enter_panel().await?;
    browser.find("button", "Los").await?;
    browser.find("button", "Bearbeiten").await?;
    let told = ["edit", "applause"].map(|name| format!("Porchlight: bad_argument: no string {name}"));
    assert_eq!(browser.script("return window.warned").await?, json!(told));
    browser.leave_panel().await?;
    browser.click("button", "Chat schließen").await?;
    browser.find("button", "Chat öffnen").await?;
    agent.browser.close().await?;
    browser.close().await
}
