//! Visitor and agent send each other pictures and files.

use tests::Case;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Key, TypingData};

use crate::browser::Browser;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("FL12 a photograph goes to the agent without the place where it was taken", |theatre| {
        theatre.tell(photograph(theatre))
    }),
    ("FL12 a photograph whose name says nothing goes without the place as well", |theatre| {
        theatre.tell(nameless(theatre))
    }),
    ("FL13 an agent sends a file, and what cannot be sent says why", |theatre| theatre.tell(file(theatre))),
    ("FL13 a file that waits for the connection is sent once it is back", |theatre| {
        theatre.tell(waits(theatre))
    }),
    ("FL10 a picture that its author deletes is gone on both sides and from the server", |theatre| {
        theatre.tell(deleted(theatre))
    }),
];

/// Chooses a photograph of 3,000 by 1,500 pixels, with the place where it was taken in it (Exif 2.3, 4.6.6).
pub(crate) const CHOOSE_PHOTOGRAPH: &str = r#"
const done = arguments[arguments.length - 1];
const canvas = document.createElement('canvas');
canvas.width = 3000; canvas.height = 1500;
const context = canvas.getContext('2d');
const sky = context.createLinearGradient(0, 0, 0, 1500);
for (const [at, colour] of [[0, '#7fb7d6'], [0.6, '#f3e3c3'], [0.62, '#3f7d5a'], [1, '#1e4a36']]) sky.addColorStop(at, colour);
context.fillStyle = sky; context.fillRect(0, 0, 3000, 1500);
context.fillStyle = '#f2b84b'; context.beginPath(); context.arc(2200, 500, 180, 0, 7); context.fill();
canvas.toBlob(async (blob) => {
    const plain = new Uint8Array(await blob.arrayBuffer());
    const text = (word) => [...word].map((letter) => letter.charCodeAt(0));
    const body = [...text('Exif\0\0II*\0'), 8, 0, 0, 0, 1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0,
        2, 0, 1, 0, 2, 0, 2, 0, 0, 0, 78, 0, 0, 0, 3, 0, 2, 0, 2, 0, 0, 0, 69, 0, 0, 0, 0, 0, 0, 0];
    const exif = [0xff, 0xe1, 0, body.length + 2, ...body];
    const parts = [plain.slice(0, 2), new Uint8Array(exif), plain.slice(2)];
    const transfer = new DataTransfer();
    transfer.items.add(new File(parts, 'holiday.jpg', { type: 'image/jpeg' }));
    const input = document.querySelector('input[type=file]');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    done(true);
}, 'image/jpeg');
"#;

/// Chooses files, given as a script's list of their contents, names and types.
pub(crate) fn choose(files: &str) -> String {
    format!(
        "const transfer = new DataTransfer();
         for (const [content, name, type] of {files}) transfer.items.add(new File([content], name, {{ type }}));
         const input = document.querySelector('input[type=file]');
         input.files = transfer.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return true;"
    )
}

/// Waits until so many files of a tray are in a state.
pub(crate) async fn in_tray(browser: &Browser, state: &str, count: usize) -> WebDriverResult<()> {
    let script = format!("return document.querySelectorAll('.chip[data-state={state}]').length === {count}");
    browser.until(&format!("{count} files are {state}"), &script).await
}

const PICTURE_IS_THERE: &str = "return (document.querySelector('.picture img')?.naturalWidth ?? 0) > 0";

/// The bytes of the picture as it is kept, asked for anew, as one letter each.
const KEPT_PICTURE: &str = r"
const done = arguments[arguments.length - 1];
const asked = performance.getEntriesByType('resource').map((entry) => entry.name);
const address = asked.find((name) => /\/files\/[0-9a-f]{32}$/.test(name));
fetch(address).then(async (answer) => {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    done(answer.headers.get('Content-Type') + ' ' + Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
});
";

async fn photograph(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.browser.script_until_done(CHOOSE_PHOTOGRAPH).await?;
    in_tray(&visitor.browser, "there", 1).await?;
    visitor.says("Is this a fern?").await?;
    visitor.browser.until("the picture is shown", PICTURE_IS_THERE).await?;
    visitor.reads("Sent").await?;

    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("holiday.webp").await?;
    agent.reads("Is this a fern?").await?;
    agent.browser.until("the picture is shown", PICTURE_IS_THERE).await?;
    let size = agent.browser.script("const shown = document.querySelector('.picture img'); return `${shown.naturalWidth} ${shown.naturalHeight}`").await?;
    assert_eq!(size, "2048 1024");
    is_kept_without_place(&agent).await?;

    // The picture is looked at by keyboard, and the focus comes back.
    agent.browser.script("document.querySelector('.picture').focus()").await?;
    agent.browser.press(TypingData::from(Key::Enter)).await?;
    agent.browser.find("dialog", "holiday.webp").await?;
    agent.browser.find("button", "Download").await?;
    agent.browser.press(TypingData::from(Key::Enter)).await?;
    agent.browser.until("it is near", "return document.querySelector('.viewer-near') !== null").await?;
    agent.browser.press(TypingData::from(Key::Escape)).await?;
    agent
        .browser
        .until(
            "the focus is back",
            "return !document.querySelector('dialog.viewer') && document.activeElement.className === 'picture'",
        )
        .await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn nameless(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let choose = CHOOSE_PHOTOGRAPH.replace("'holiday.jpg', { type: 'image/jpeg' }", "'walk', { type: '' }");
    visitor.browser.script_until_done(&choose).await?;
    in_tray(&visitor.browser, "there", 1).await?;
    visitor.browser.click("button", "Send").await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("walk.webp").await?;
    agent.browser.until("the picture is shown", PICTURE_IS_THERE).await?;
    is_kept_without_place(&agent).await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// What an agent is given of the picture that they see.
async fn is_kept_without_place(agent: &AgentAtInbox) -> WebDriverResult<()> {
    let kept = agent.browser.script_until_done(KEPT_PICTURE).await?;
    let kept = kept.as_str().expect("text");
    assert!(kept.starts_with("image/webp RIFF"), "{}", &kept[..20]);
    assert!(!kept.contains("Exif") && !kept.contains("EXIF"), "what the camera wrote is gone");
    Ok(())
}

async fn file(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("What do ferns cost?").await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("What do ferns cost?").await?;
    agent.browser.script(&choose("[['fern,12', 'prices.csv', 'text/csv']]")).await?;
    in_tray(&agent.browser, "there", 1).await?;
    agent.browser.click("button", "Send").await?;
    agent.reads("prices.csv").await?;
    visitor.reads("prices.csv").await?;
    visitor.reads("1 kB").await?;

    let files = "[['<svg xmlns=\"http://www.w3.org/2000/svg\"/>', 'drawing.svg', 'image/svg+xml'],
        ['no picture', 'broken.jpg', 'image/jpeg'], ['', 'empty.txt', 'text/plain']]";
    visitor.browser.script(&choose(files)).await?;
    in_tray(&visitor.browser, "failed", 3).await?;
    let tray = visitor.browser.text_of("list", "Files to send").await?;
    for words in ["Files of this kind cannot be sent.", "Save it as a JPEG or PNG", "There is nothing in it."]
    {
        assert!(tray.contains(words), "{words:?} in {tray:?}");
    }
    for name in ["drawing.svg", "broken.jpg", "empty.txt"] {
        visitor.browser.click("button", &format!("Remove {name}")).await?;
    }
    in_tray(&visitor.browser, "failed", 0).await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn waits(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Here comes a list").await?;
    visitor.reads("Sent").await?;
    // The first attempts find no server.
    let without_server = "
        const send = XMLHttpRequest.prototype.send;
        window.bringBack = () => { XMLHttpRequest.prototype.send = send; };
        XMLHttpRequest.prototype.send = function () { setTimeout(() => this.abort()); send.apply(this, arguments); };
        return true;";
    visitor.browser.script(without_server).await?;
    visitor.browser.script(&choose("[['fern', 'list.txt', 'text/plain']]")).await?;
    in_tray(&visitor.browser, "waiting", 1).await?;
    visitor.browser.click("button", "Send").await?;
    visitor.browser.script("window.bringBack(); return true").await?;
    visitor.reads("list.txt").await?;
    visitor.browser.until("the tray is empty", "return document.getElementById('tray').hidden").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("list.txt").await?;
    assert_eq!(agent.reads("list.txt").await?, 1);
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// The status with which the picture is answered that was shown before.
const STATUS_OF_PICTURE: &str = r"
const done = arguments[arguments.length - 1];
const asked = performance.getEntriesByType('resource').map((entry) => entry.name);
fetch(asked.find((name) => /\/files\/[0-9a-f]{32}$/.test(name))).then((answer) => done(answer.status));
";

async fn deleted(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.browser.script_until_done(CHOOSE_PHOTOGRAPH).await?;
    in_tray(&visitor.browser, "there", 1).await?;
    visitor.browser.click("button", "Send").await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("holiday.webp").await?;
    agent.browser.until("the picture is shown", PICTURE_IS_THERE).await?;
    assert_eq!(agent.browser.script_until_done(STATUS_OF_PICTURE).await?, 200);

    visitor.browser.click("button", "Options of your message").await?;
    visitor.browser.click("button", "Delete").await?;
    visitor.browser.click("button", "Delete message").await?;
    for (reads, browser) in [
        (visitor.reads("Message deleted").await, &visitor.browser),
        (agent.reads("Message deleted").await, &agent.browser),
    ] {
        reads?;
        browser.until("the picture is gone", "return document.querySelector('.picture') === null").await?;
    }
    assert_eq!(agent.browser.script_until_done(STATUS_OF_PICTURE).await?, 404);
    agent.browser.close().await?;
    visitor.browser.close().await
}
