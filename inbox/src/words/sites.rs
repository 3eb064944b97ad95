//! The words of sites: looks, origins, keys, identity, the check of a page.

use protocol::http::site::{IdentityMode, InstallFinding};

use crate::model::page::SitePart;
use crate::model::sentence::Sentence;

pub(crate) const LEAD: &str =
    "A site is a place where the chat stands, with its own look, its own key and its own rules.";
pub(crate) const SETTINGS_LEAD: &str = "Where it may be shown, and its key.";
pub(crate) const NONE_TITLE: &str = "No site yet";
pub(crate) const NONE_LEAD: &str = "Make one for the website on which you want to chat. It takes a minute.";
pub(crate) const NEW: &str = "New site";
pub(crate) const NEW_LEAD: &str = "Tell where the chat will stand. All of it can be changed later.";
pub(crate) const CREATE: &str = "Create the site";
pub(crate) const CREATING: &str = "Creating…";
pub(crate) const ALL: &str = "All sites";
pub(crate) const TABS: &str = "Parts of the site";
pub(crate) const FULL: &str = "The workspace has as many sites as it can have.";
pub(crate) const MISSING_TITLE: &str = "There is no such site";
pub(crate) const MISSING_LEAD: &str = "It was removed, or the address is wrong.";

pub(crate) const LOOKS: &str = "Looks";
pub(crate) const NAME: &str = "Name";
pub(crate) const NAME_HINT: &str = "Visitors see it above the chat.";
pub(crate) const NO_NAME: &str = "Enter the name of the site.";
pub(crate) const ACCENT: &str = "Colour";
pub(crate) const ACCENT_HINT: &str = "Of the button and of what visitors write.";
pub(crate) const GREETING: &str = "Greeting";
pub(crate) const GREETING_HINT: &str = "The first words of an empty chat.";
pub(crate) const GREETING_DEFAULT: &str = "Hello! How can we help?";
pub(crate) const PREVIEW: &str = "How the button looks";

pub(crate) const ORIGINS: &str = "Where it may be shown";
pub(crate) const ORIGINS_LEAD: &str =
    "Only pages of these origins may show the chat. Everywhere else it stays away.";
pub(crate) const ORIGIN: &str = "Add an origin";
pub(crate) const ORIGIN_HINT: &str = "Like https://shop.example, or https://*.shop.example for every subdomain. You can paste an address from the browser.";
pub(crate) const ADD: &str = "Add";
pub(crate) const NO_ORIGINS: &str = "No origin yet, so that no page of the web can show the chat.";
pub(crate) const LOCALHOST: &str = "Allow localhost";
pub(crate) const LOCALHOST_HINT: &str =
    "For developing: every page on the visitor’s own machine may show the chat.";
pub(crate) const ORIGIN_REFUSED: &str = "One of the origins is not accepted.";

pub(crate) const KEYS: &str = "Key";
pub(crate) const KEYS_LEAD: &str = "The key stands in the tag and names the site. It is no secret.";
pub(crate) const KEY_NEW: &str = "In the tag";
pub(crate) const KEY_OLD: &str = "Old, good until";
pub(crate) const ROTATE: &str = "Make a new key…";
pub(crate) const ROTATE_TITLE: &str = "Make a new key?";
pub(crate) const ROTATE_LEAD: &str = "The old key stays good for 30 days, so that you can change the tag on your pages without a gap. Its end stands beside it.";
pub(crate) const ROTATE_BUTTON: &str = "Make a new key";
pub(crate) const END_KEYS: &str = "End the old keys…";
pub(crate) const END_KEYS_TITLE: &str = "End the old keys?";
pub(crate) const END_KEYS_LEAD: &str = "Pages that still have an old key in their tag lose the chat at once.";
pub(crate) const END_KEYS_BUTTON: &str = "End them now";
pub(crate) const ROTATED: &str =
    "The new key is in the tag to copy. Change it on your pages before the old one ends.";

pub(crate) const REMOVE: &str = "Remove";
pub(crate) const REMOVE_LEAD: &str = "The chat disappears from its pages. Conversations stay in the inbox.";
pub(crate) const REMOVE_BUTTON: &str = "Remove the site…";
pub(crate) const REMOVE_FINAL: &str = "Remove the site";

pub(crate) const IDENTITY_LEAD: &str = "Your own sign-in can vouch for visitors: then their name and address are proven, and their history follows them to other devices.";
pub(crate) const MODE: &str = "Who must prove who they are";
pub(crate) const SECRETS: &str = "Secrets";
pub(crate) const SECRETS_LEAD: &str = "Your server signs with it. Never put it into a page.";
pub(crate) const NO_SECRETS: &str = "None yet. Make one, and sign with it before you ask for proofs.";
pub(crate) const SECRET_NEW: &str = "Make a secret";
pub(crate) const SECRET_ROTATE: &str = "Make a new secret…";
pub(crate) const SECRET_ROTATE_TITLE: &str = "Make a new secret?";
pub(crate) const SECRET_ROTATE_LEAD: &str =
    "The old one stays good for 30 days, so that you can change your server without a gap.";
pub(crate) const END_SECRET: &str = "End the old secret…";
pub(crate) const END_SECRET_TITLE: &str = "End the old secret?";
pub(crate) const END_SECRET_LEAD: &str = "What your server signs with it is refused from then on. Visitors whom it has proven go on once your page has a new proof.";
pub(crate) const END_SECRET_BUTTON: &str = "End it now";
pub(crate) const SITE_ID: &str = "Site id";
pub(crate) const SECRET_ONCE: &str = "Keep this now: it is shown this once.";
pub(crate) const SECRET_KEY_ID: &str = "Key id (kid)";
pub(crate) const SECRET: &str = "Secret";
pub(crate) const SECRET_COPY: &str = "Copy the secret";
pub(crate) const SECRET_KEPT: &str = "I have kept it";
pub(crate) const SECRET_SINCE: &str = "Made";
pub(crate) const SECRET_CURRENT: &str = "Current";
pub(crate) const SECRET_UNTIL: &str = "Good until";
pub(crate) const HOW: &str = "What your server does";

pub(crate) const COPY: &str = "Copy";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const NOT_COPIED: &str = "Your browser does not let us copy. Select it and copy it yourself.";

pub(crate) const INSTALL_LEAD: &str = "Paste this tag into your pages, and the chat is there.";
pub(crate) const PLATFORMS: &str = "What your site is made with";
pub(crate) const PASTE: &str = "What to paste";
pub(crate) const POLICY: &str = "If your pages have a Content Security Policy";
pub(crate) const POLICY_LEAD: &str = "Add our host to these three directives. Nothing else is needed.";
pub(crate) const PINNED: &str = "A version that cannot change";
pub(crate) const PINNED_LEAD: &str = "For sites that run only scripts whose hash they know (Subresource Integrity). All of our code that runs in your page is in this one file.";
pub(crate) const PINNED_NOTE: &str = "It goes on working, but your pages get no corrections and nothing new of the launcher and of the page’s interface until you paste a newer tag from here. The chat behind the launcher, in a frame of its own, is always the newest. The script is some five times as large, since nothing of it is loaded later.";
pub(crate) const CHECK: &str = "Check my page";
pub(crate) const CHECK_LEAD: &str =
    "We fetch the page once, as a visitor without an account would, and look for the tag.";
pub(crate) const CHECK_ADDRESS: &str = "Address of the page";
pub(crate) const NO_ADDRESS: &str = "Enter the address of a page with the tag.";
pub(crate) const CHECK_SUBMIT: &str = "Check";
pub(crate) const CHECKING: &str = "Looking…";
pub(crate) const DONE: &str = "Go to the conversations";

/// The name of a part of a site.
pub(crate) const fn part(part: SitePart) -> &'static str {
    match part {
        SitePart::Settings => "Settings",
        SitePart::Install => "Install",
        SitePart::Identity => "Identity",
        SitePart::Hours => "Office hours",
        SitePart::Look => "Look",
        SitePart::Questions => "Questions",
        SitePart::Proactive => "Proactive messages",
        SitePart::Visits => "Visitors now",
    }
}

/// What a mode of identity verification is called, and what it means.
pub(crate) const fn mode(mode: IdentityMode) -> (&'static str, &'static str) {
    match mode {
        IdentityMode::Off => ("Nobody", "Every visitor is anonymous, whatever the page says of them."),
        IdentityMode::Optional => {
            ("Who can", "A good proof makes a known visitor. Without one the visitor is anonymous.")
        }
        IdentityMode::Required => ("Everybody", "Without a good proof there is no chat."),
    }
}

/// What a check of a page found, and what to do.
pub(crate) const fn finding(finding: InstallFinding) -> (&'static str, &'static str) {
    match finding {
        InstallFinding::Good => ("The tag is there", "The chat is ready on this page."),
        InstallFinding::OriginNotAllowed => {
            ("The tag is there, but the page may not show the chat", "Add its origin in the site’s settings.")
        }
        InstallFinding::OtherSite => (
            "There is a tag of another site",
            "Replace its key by the one above, or check the page from the other site.",
        ),
        InstallFinding::NoTag => (
            "There is no tag in the page",
            "A tag manager may still add it: open the page and look for the button. Otherwise paste the tag and check again.",
        ),
        InstallFinding::BlockedByPolicy => (
            "The page’s own policy forbids the chat",
            "Add the lines for the Content Security Policy that stand above.",
        ),
        InstallFinding::AddressRefused => {
            ("We cannot look at this address", "Enter a public address that begins with https://.")
        }
        InstallFinding::NoPage => {
            ("The page did not answer", "Check the address, and whether the page is open to everybody.")
        }
    }
}

/// The name of the button that takes an origin off the list.
pub(crate) fn remove_origin(origin: &str) -> String {
    format!("{REMOVE} {origin}")
}

/// The question before a site is removed.
pub(crate) fn remove_title(name: &str) -> Sentence {
    Sentence::of("Remove ").name(name).words("?")
}
