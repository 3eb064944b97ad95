//! The twin in HTML: one column, styled inline for programs that read no style sheet, dark where the reader's is.
//!
//! It loads nothing at all, so that nobody learns that it was opened. Everything but the style is escaped by maud.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::message::Content;
use crate::transcript::spoken as spoken_lines;

const FONT: &str =
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif";

/// For what inline styles cannot say: the dark scheme and small screens. Colours are those of the product's tokens.
const STYLE: &str = "
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .desk { background: #141311 !important; }
  .card { background: #1b1a18 !important; border-color: #33302c !important; }
  .words { color: #f2efea !important; }
  .quiet { color: #aca69c !important; }
  .line { border-color: #33302c !important; }
  .button { background: #97a5ff !important; color: #12131f !important; }
  .link { color: #aab5ff !important; }
}
@media (max-width: 480px) {
  .desk { padding: 16px 12px 24px !important; }
  .card { padding: 24px 20px !important; }
}
";

/// Writes the document.
pub(crate) fn write(content: &Content<'_>) -> String {
    let (setting, words) = (content.setting, &content.words);
    let align = if setting.direction == "rtl" { "right" } else { "left" };
    html! {
        (DOCTYPE)
        html lang=(setting.code) dir=(setting.direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no";
                title { (words.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body .desk style="margin:0;padding:0;background:#f4f2ee;-webkit-text-size-adjust:100%" {
                (preview(words.opening.first().map_or("", String::as_str)))
                table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                    tr { td .desk align="center" style="padding:32px 16px 40px;background:#f4f2ee" {
                        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
                            style="max-width:520px" {
                            tr { td align=(align) style="padding:0 4px 16px" { (brand()) } }
                            tr { td .card align=(align) style=(CARD) { (letter(content)) } }
                            tr { td .quiet align=(align) style=(quiet("padding:20px 4px 0")) { (footer(content)) } }
                        }
                    } }
                }
            }
        }
    }
    .into_string()
}

const CARD: &str = "padding:32px;background:#ffffff;border:1px solid #e6e2db;border-radius:14px";

/// What lists of mails show after the subject; the letter itself does not show it twice.
fn preview(line: &str) -> Markup {
    html! {
        div aria-hidden="true"
            style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;opacity:0" {
            (line)
        }
    }
}

/// The lamp and the name, drawn without an image.
fn brand() -> Markup {
    let style = format!("{FONT};font-size:15px;line-height:20px;font-weight:600;color:#1e1c19");
    html! {
        span style="display:inline-block;width:12px;height:12px;border-radius:6px;background:#f0a732;vertical-align:-1px" {}
        span .words style=(style) { "\u{a0}\u{a0}Porchlight" }
    }
}

fn letter(content: &Content<'_>) -> Markup {
    let words = &content.words;
    let heading =
        format!("margin:0 0 12px;{FONT};font-size:22px;line-height:28px;font-weight:650;color:#1e1c19");
    html! {
        h1 .words style=(heading) { (words.heading) }
        @for (index, paragraph) in words.opening.iter().enumerate() {
            (spoken(paragraph, index > 0))
        }
        @if let Some(transcript) = content.transcript {
            @if transcript.is_cut { p .quiet style=(quiet("margin:20px 0 0")) { (content.setting.cut) } }
            @for line in spoken_lines(content.setting, transcript) {
                p .quiet style=(quiet("margin:20px 0 2px")) { (line.by) }
                p .words dir="auto" style=(SAID) { (line.text) }
            }
        }
        @if let (Some(label), Some(link)) = (words.button, &content.link) {
            (button(label, link))
            @for (index, paragraph) in words.closing.iter().enumerate() {
                (spoken(paragraph, index > 0))
            }
            (copied(content.setting.or_copy, link))
        }
    }
}

/// What somebody said keeps its lines and its own direction.
const SAID: &str = "margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font-family:system-ui,-apple-system,'Segoe UI',Roboto,\
    'Noto Sans','Helvetica Neue',Arial,sans-serif;font-size:16px;line-height:24px;color:#1e1c19";

fn spoken(paragraph: &str, is_next: bool) -> Markup {
    let top = if is_next { 12 } else { 0 };
    let style = format!("margin:{top}px 0 0;{FONT};font-size:16px;line-height:24px;color:#1e1c19");
    html! { p .words style=(style) { (paragraph) } }
}

/// A cell with a colour is a button also in programs that ignore what stands on the link.
fn button(label: &str, link: &str) -> Markup {
    let style = format!(
        "display:inline-block;padding:13px 24px;{FONT};font-size:16px;line-height:20px;font-weight:600;\
         color:#ffffff;background:#3c4fc4;border-radius:10px;text-align:center;text-decoration:none"
    );
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0" {
            tr { td .button bgcolor="#3c4fc4" style="background:#3c4fc4;border-radius:10px" {
                a .button href=(link) target="_blank" rel="noopener noreferrer" style=(style) { (label) }
            } }
        }
    }
}

fn copied(or_copy: &str, link: &str) -> Markup {
    let style = quiet("margin:24px 0 0;padding:16px 0 0;border-top:1px solid #e6e2db");
    html! {
        p .quiet .line style=(style) {
            (or_copy) br;
            a .link href=(link) target="_blank" rel="noopener noreferrer" dir="ltr"
                style="color:#3547b5;word-break:break-all" { (link) }
        }
    }
}

fn footer(content: &Content<'_>) -> Markup {
    html! {
        (content.words.reason) br;
        "Porchlight · "
        a .quiet href=(content.base) target="_blank" rel="noopener noreferrer" dir="ltr" style="color:#66615a" {
            (content.base.host_and_port())
        }
    }
}

fn quiet(more: &str) -> String {
    format!("{more};{FONT};font-size:13px;line-height:19px;color:#66615a")
}
