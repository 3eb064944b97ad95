//! How a server vouches for a visitor. The samples are those of the documentation, which are run in a test.

pub(crate) const VERIFIED: &str = "verified";
pub(crate) const VERIFIED_WHY: &str = "Signed by your site’s server";
pub(crate) const CLAIMED: &str = "claimed";
pub(crate) const CLAIMED_WHY: &str = "As the page tells it. Nobody has proven it.";
pub(crate) const HOW_LEAD: &str = "Your server signs a short token (JWT, HS256) for whoever is signed in with you, and your page hands it on.";
pub(crate) const HOW_TO: [&str; 4] = [
    "Put your own id of the person into sub: one that never changes hands. name and email are optional, and shown to your team as verified.",
    "Let exp be a few minutes ahead: the page asks for another token when it needs one.",
    "Put the key id into the header as kid, and sign with the secret as it stands.",
    "Never sign in the page: whoever has the secret can be anybody.",
];
pub(crate) const LANGUAGES: &str = "Language of your server";
pub(crate) const SAMPLE_NAME: &str = "Sample";
pub(crate) const PAGE_TITLE: &str = "What your page does";
pub(crate) const PAGE_LEAD: &str = "It says where the token comes from, before or after the tag. Leave it out for people who are not signed in.";
pub(crate) const PAGE_NAME: &str = "What stands in the page";
pub(crate) const PAGE: &str = "<script>
  !(function (w, n) {
    w[n] = w[n] || function () { (w[n].q = w[n].q || []).push(arguments); };
  })(window, \"Porchlight\");
  Porchlight(\"identify\", {
    proof: { getJwt: async () => (await fetch(\"/porchlight-token\")).text() },
  });
</script>";
pub(crate) const PAGE_NOTE: &str = "If somebody signs in without a new page, call it again; if somebody signs out: Porchlight(\"identify\", null);";

/// Each language with its sample.
pub(crate) const SAMPLES: [(&str, &str); 9] = [
    ("Node.js", include_str!("../../../docs/identity/identity.mjs")),
    ("Python", include_str!("../../../docs/identity/identity.py")),
    ("PHP", include_str!("../../../docs/identity/identity.php")),
    ("Ruby", include_str!("../../../docs/identity/identity.rb")),
    ("Go", include_str!("../../../docs/identity/identity.go")),
    ("Java", include_str!("../../../docs/identity/Identity.java")),
    ("C#", include_str!("../../../docs/identity/Identity.cs")),
    ("Perl", include_str!("../../../docs/identity/identity.pl")),
    ("Rust", include_str!("../../../docs/identity/identity.rs")),
];
