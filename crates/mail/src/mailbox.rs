//! The local mailbox as a page: a list, and one mail as it would look. It runs no script, and shows a letter in a frame
//! that may run none either.

use core::fmt::Write as _;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use protocol::http::mailbox::{Mailbox, MailboxEntry};
use protocol::mail::Language;

use crate::date::Moment;
use crate::samples::LANGUAGES;
use crate::words::{code_of, language_of};

/// What of a mail is shown, and how: the query of the page's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// Which mail, by its number; the newest if none is named.
    pub mail: Option<u64>,
    /// Its text in place of its HTML.
    pub as_text: bool,
    /// As wide as a phone.
    pub on_phone: bool,
}

const STYLE: &str = include_str!("mailbox.css");

/// Writes the page.
#[must_use]
pub fn mailbox_page(mailbox: &Mailbox, shown: Shown) -> String {
    let named = mailbox.mails.iter().find(|entry| Some(entry.number) == shown.mail);
    let entry = named.or_else(|| mailbox.mails.first());
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Mailbox · Porchlight" }
                style { (PreEscaped(STYLE)) }
            }
            body .reading[named.is_some()] {
                (head(mailbox.mails.len()))
                @if let Some(entry) = entry {
                    div .desk {
                        (list(mailbox, entry.number, shown))
                        (mail(entry, shown))
                    }
                } @else {
                    (nothing_yet())
                }
            }
        }
    }
    .into_string()
}

/// The language that the page's form asks for samples in, by the form's body.
#[must_use]
pub fn sample_language(form: &[u8]) -> Option<Language> {
    form_urlencoded::parse(form).find(|(name, _)| name == "language").and_then(|(_, code)| language_of(&code))
}

impl Shown {
    /// Reads the query of an address. What the page's own links do not ask for asks for nothing.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let mut shown = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match (name.as_ref(), value.as_ref()) {
                ("mail", number) => shown.mail = number.parse().ok(),
                ("twin", twin) => shown.as_text = twin == "text",
                ("width", width) => shown.on_phone = width == "phone",
                _ => {}
            }
        }
        shown
    }

    /// The page's address that shows this.
    fn address(self) -> String {
        let mut address = "/mailbox".to_owned();
        let mut separator = '?';
        let number = self.mail.map(|number| format!("mail={number}"));
        let twin = self.as_text.then(|| "twin=text".to_owned());
        let width = self.on_phone.then(|| "width=phone".to_owned());
        for part in [number, twin, width].into_iter().flatten() {
            // Writing to a string cannot fail.
            let _ = write!(address, "{separator}{part}");
            separator = '&';
        }
        address
    }
}

fn head(count: usize) -> Markup {
    html! {
        header {
            h1 { span .lamp aria-hidden="true" {} "Mailbox" }
            p {
                @match count {
                    0 => "Nothing is really sent from here.",
                    1 => "1 mail. Nothing is really sent from here.",
                    _ => { (count) " mails. Nothing is really sent from here." }
                }
            }
            form method="post" action="/mailbox" {
                label { "Samples in "
                    select name="language" {
                        @for language in LANGUAGES {
                            option lang=(code_of(language)) value=(code_of(language)) { (own_name(language)) }
                        }
                    }
                }
                button { "Add" }
            }
            nav aria-label="Pages" {
                a href="/mailbox" { "Reload" }
                a href="/inbox/" { "Inbox" }
            }
        }
    }
}

/// What a language calls itself.
const fn own_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::De => "Deutsch",
        Language::Fr => "Français",
        Language::Es => "Español",
        Language::Ar => "العربية",
    }
}

fn nothing_yet() -> Markup {
    html! {
        main .empty {
            h2 { "No mail yet" }
            p {
                "Whatever Porchlight would send lands here: sign up, invite somebody or ask for a new password, \
                 then reload. Or add a sample of every letter."
            }
        }
    }
}

fn list(mailbox: &Mailbox, open: u64, shown: Shown) -> Markup {
    html! {
        nav .list aria-label="Mails" {
            ol {
                @for entry in &mailbox.mails {
                    li {
                        a href=(Shown { mail: Some(entry.number), ..shown }.address())
                            aria-current=[(entry.number == open).then_some("true")] {
                            span .subject dir="auto" lang=(code_of(entry.language)) { (entry.subject) }
                            span .to { bdi { (entry.to) } }
                            time datetime=(stamp(entry)) { (stamp(entry)) }
                        }
                    }
                }
            }
        }
    }
}

fn mail(entry: &MailboxEntry, shown: Shown) -> Markup {
    let shown = Shown { mail: Some(entry.number), ..shown };
    let code = code_of(entry.language);
    html! {
        main {
            a .back href="/mailbox" { "All mails" }
            h2 dir="auto" lang=(code) { (entry.subject) }
            dl {
                dt { "To" } dd { bdi { (entry.to) } }
                dt { "Language" } dd { (code) }
                dt { "At" } dd { time datetime=(stamp(entry)) { (stamp(entry)) } }
            }
            div .choices {
                (choice("Twin", ["HTML", "Text"], usize::from(shown.as_text), [
                    Shown { as_text: false, ..shown },
                    Shown { as_text: true, ..shown },
                ]))
                (choice("Width", ["Desk", "Phone"], usize::from(shown.on_phone), [
                    Shown { on_phone: false, ..shown },
                    Shown { on_phone: true, ..shown },
                ]))
            }
            div .paper .phone[shown.on_phone] {
                @if shown.as_text { (as_text(entry)) } @else {
                    // Without `allow-scripts` nothing in it runs, without `allow-same-origin` it is nobody's page.
                    iframe title="The mail as it would look" srcdoc=(entry.html)
                        sandbox="allow-popups allow-popups-to-escape-sandbox" {}
                }
            }
        }
    }
}

fn choice(name: &str, labels: [&str; 2], chosen: usize, shown: [Shown; 2]) -> Markup {
    html! {
        nav .choice aria-label=(name) {
            @for (index, (label, shown)) in labels.into_iter().zip(shown).enumerate() {
                a href=(shown.address()) aria-current=[(index == chosen).then_some("true")] { (label) }
            }
        }
    }
}

/// The text, in which a line that is an address is a link, as mail programs make of it.
fn as_text(entry: &MailboxEntry) -> Markup {
    html! {
        pre dir="auto" lang=(code_of(entry.language)) tabindex="0" {
            @for line in entry.text.lines() {
                @if line.starts_with("http://") || line.starts_with("https://") {
                    a href=(line) dir="ltr" target="_blank" rel="noopener noreferrer" { (line) }
                } @else { (line) }
                "\n"
            }
        }
    }
}

/// RFC 3339, to the minute.
fn stamp(entry: &MailboxEntry) -> String {
    let moment = Moment::of(entry.at);
    let month = moment.month.saturating_add(1);
    format!("{}-{month:02}-{:02} {}Z", moment.year, moment.day, moment.clock())
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    fn entry(number: u64, subject: &str) -> MailboxEntry {
        MailboxEntry {
            number,
            at: Timestamp(1_795_615_380_000),
            to: "anna@example.com".to_owned(),
            language: Language::Ar,
            subject: subject.to_owned(),
            text: "Hello\nhttps://chat.example.com/inbox/#a\n<b>\n".to_owned(),
            html: "<p class=\"a\">x</p><script>alert(1)</script>".to_owned(),
        }
    }

    fn page(shown: Shown) -> String {
        let mails = vec![entry(2, "Newest"), entry(1, "\"><script>alert(2)</script>")];
        mailbox_page(&Mailbox { mails }, shown)
    }

    #[test]
    fn ml9_nothing_of_a_mail_is_markup_of_the_page() {
        for as_text in [false, true] {
            let page = page(Shown { mail: Some(1), as_text, on_phone: false });
            assert!(!page.contains("<script"), "{page}");
            assert!(!page.contains("<b>") && !page.contains("<p class=\"a\">"), "{page}");
        }
    }

    #[test]
    fn ml9_a_letter_is_shown_in_a_frame_that_runs_nothing() {
        let page = page(Shown::default());
        let frame = "srcdoc=\"&lt;p class=&quot;a&quot;&gt;x&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;\" \
                     sandbox=\"allow-popups allow-popups-to-escape-sandbox\"";
        assert!(page.contains(frame), "{page}");
    }

    #[test]
    fn ml9_the_newest_mail_is_shown_or_the_one_that_is_named() {
        let heading = |shown| page(shown).contains("<h2 dir=\"auto\" lang=\"ar\">Newest</h2>");
        assert!(heading(Shown::default()));
        assert!(heading(Shown { mail: Some(7), ..Shown::default() }));
        assert!(!heading(Shown { mail: Some(1), ..Shown::default() }));
        assert!(page(Shown::default()).contains("href=\"/mailbox?mail=2&amp;twin=text\""));
        assert!(mailbox_page(&Mailbox { mails: Vec::new() }, Shown::default()).contains("No mail yet"));
    }

    #[test]
    fn ml9_the_page_reads_its_own_links() {
        for (mail, as_text, on_phone) in [(None, false, false), (Some(7), true, false), (None, true, true)] {
            let shown = Shown { mail, as_text, on_phone };
            let address = shown.address();
            assert_eq!(
                Shown::read(address.split_once('?').map_or("", |(_, query)| query)),
                shown,
                "{address}"
            );
        }
        assert_eq!(Shown::read("mail=x&twin=%3Cb%3E&width=&other=1"), Shown::default());
    }

    #[test]
    fn ml9_samples_are_asked_for_in_a_language_of_the_list() {
        for language in LANGUAGES {
            let form = format!("other=1&language={}", code_of(language));
            assert_eq!(sample_language(form.as_bytes()), Some(language));
        }
        for form in ["", "language=", "language=xx", "language=EN", "lang=en"] {
            assert_eq!(sample_language(form.as_bytes()), None, "{form}");
        }
    }

    #[test]
    fn ml9_an_address_in_a_text_is_a_link() {
        let page = page(Shown { as_text: true, ..Shown::default() });
        assert!(page.contains("<a href=\"https://chat.example.com/inbox/#a\" dir=\"ltr\""), "{page}");
    }
}
