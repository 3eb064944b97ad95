//! By which way mails go: read from the deployment's variables.

use crate::address::Sender;
use crate::base_url::BaseUrl;
use crate::provider::Provider;

/// A way for mails.
#[derive(Clone, PartialEq, Eq)]
pub enum Mailer {
    /// None: mails are not sent. For deployments that need no accounts but the first.
    Off,
    /// Cloudflare's `send_email` binding.
    Binding(Sender),
    /// A provider's HTTP interface.
    Provider(Sender, Provider, Api),
    /// The mailbox page of this machine.
    Mailbox,
}

/// Who is asked.
#[derive(Clone, PartialEq, Eq)]
pub enum Api {
    /// The provider.
    Own,
    /// A server on the same machine in its place, for tests.
    StandIn(BaseUrl),
}

impl Api {
    /// Where a request of the provider's goes.
    #[must_use]
    pub fn url(&self, own: String) -> String {
        match self {
            Self::Own => own,
            Self::StandIn(base) => {
                let path = own.splitn(4, '/').nth(3).unwrap_or_default();
                format!("{base}/{path}")
            }
        }
    }
}

/// The variable that is missing or is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misconfigured(pub &'static str);

impl Mailer {
    /// Reads `MAIL`, `MAIL_FROM`, `MAIL_KEY`, `MAIL_DOMAIN` and `MAIL_API`, given a deployment's variables and its address.
    ///
    /// # Errors
    /// [`Misconfigured`] names the first variable that is wrong. The mailbox is refused anywhere but on one's own
    /// machine, and so is a stand-in for a provider: whoever reads either can sign in as anybody.
    pub fn read(
        base: &BaseUrl,
        variable: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, Misconfigured> {
        let given = |name| variable(name).filter(|value| !value.is_empty()).ok_or(Misconfigured(name));
        let sender = || Sender::parse(&given("MAIL_FROM")?).ok_or(Misconfigured("MAIL_FROM"));
        let domain = || given("MAIL_DOMAIN").and_then(|text| host(&text).ok_or(Misconfigured("MAIL_DOMAIN")));
        let api = || match variable("MAIL_API").filter(|api| !api.is_empty()) {
            None => Ok(Api::Own),
            Some(text) if base.is_this_machine() => BaseUrl::parse(&text)
                .filter(BaseUrl::is_this_machine)
                .map(Api::StandIn)
                .ok_or(Misconfigured("MAIL_API")),
            Some(_) => Err(Misconfigured("MAIL_API")),
        };
        match variable("MAIL").as_deref().unwrap_or_default() {
            "" | "none" => Ok(Self::Off),
            "mailbox" if base.is_this_machine() => Ok(Self::Mailbox),
            "binding" => Ok(Self::Binding(sender()?)),
            "resend" => Ok(Self::Provider(sender()?, Provider::Resend { key: given("MAIL_KEY")? }, api()?)),
            "postmark" => {
                Ok(Self::Provider(sender()?, Provider::Postmark { key: given("MAIL_KEY")? }, api()?))
            }
            "mailgun" => {
                let (key, domain) = (given("MAIL_KEY")?, domain()?);
                Ok(Self::Provider(sender()?, Provider::Mailgun { key, domain, in_europe: false }, api()?))
            }
            "mailgun-eu" => {
                let (key, domain) = (given("MAIL_KEY")?, domain()?);
                Ok(Self::Provider(sender()?, Provider::Mailgun { key, domain, in_europe: true }, api()?))
            }
            _ => Err(Misconfigured("MAIL")),
        }
    }
}

fn host(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    text.bytes().all(is_plain).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(base: &str, variables: &[(&str, &str)]) -> Result<Mailer, Misconfigured> {
        let base = BaseUrl::parse(base).expect("an address");
        let variable =
            |name| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        Mailer::read(&base, variable)
    }

    fn refused(variables: &[(&str, &str)]) -> Option<&'static str> {
        read("https://chat.example.com", variables).err().map(|Misconfigured(name)| name)
    }

    type Variables = &'static [(&'static str, &'static str)];

    const FROM: (&str, &str) = ("MAIL_FROM", "Porchlight <hello@example.com>");
    const DOMAIN: (&str, &str) = ("MAIL_DOMAIN", "mg.example.com");
    const KEY: (&str, &str) = ("MAIL_KEY", "secret");

    #[test]
    fn ml5_what_a_mailer_lacks_is_named() {
        let cases: [(Variables, Option<&str>); 12] = [
            (&[], None),
            (&[("MAIL", "none")], None),
            (&[("MAIL", "pigeon")], Some("MAIL")),
            (&[("MAIL", "binding")], Some("MAIL_FROM")),
            (&[("MAIL", "binding"), FROM], None),
            (&[("MAIL", "binding"), ("MAIL_FROM", "nobody")], Some("MAIL_FROM")),
            (&[("MAIL", "resend"), FROM], Some("MAIL_KEY")),
            (&[("MAIL", "resend"), FROM, ("MAIL_KEY", "")], Some("MAIL_KEY")),
            (&[("MAIL", "postmark"), FROM, KEY], None),
            (&[("MAIL", "mailgun"), FROM, KEY], Some("MAIL_DOMAIN")),
            (&[("MAIL", "mailgun"), FROM, KEY, ("MAIL_DOMAIN", "a/../b")], Some("MAIL_DOMAIN")),
            (&[("MAIL", "mailgun-eu"), FROM, KEY, DOMAIN], None),
        ];
        for (variables, expected) in cases {
            assert_eq!(refused(variables), expected, "{variables:?}");
        }
    }

    #[test]
    fn ml10_a_stand_in_for_a_provider_is_on_this_machine_only() {
        let asked = |base: &str, api: &'static str| {
            let variables = [("MAIL", "mailgun"), FROM, KEY, DOMAIN, ("MAIL_API", api)];
            match read(base, &variables) {
                Ok(Mailer::Provider(_, _, api)) => {
                    Some(api.url("https://api.mailgun.net/v3/a/messages".to_owned()))
                }
                Ok(_) => None,
                Err(Misconfigured(name)) => Some(name.to_owned()),
            }
        };
        let (here, there) = ("http://localhost:8787", "https://chat.example.com");
        let check =
            |base, api, expected: &str| assert_eq!(asked(base, api).as_deref(), Some(expected), "{api}");
        check(here, "http://localhost:9", "http://localhost:9/v3/a/messages");
        check(here, "", "https://api.mailgun.net/v3/a/messages");
        check(there, "", "https://api.mailgun.net/v3/a/messages");
        check(there, "http://localhost:9", "MAIL_API");
        check(there, "https://api.example.net", "MAIL_API");
        check(here, "https://api.example.net", "MAIL_API");
        check(here, "nonsense", "MAIL_API");
    }

    #[test]
    fn ml8_the_mailbox_is_on_this_machine_only() {
        let mailbox = [("MAIL", "mailbox")];
        assert!(read("http://localhost:8787", &mailbox) == Ok(Mailer::Mailbox));
        assert!(read("https://chat.example.com", &mailbox) == Err(Misconfigured("MAIL")));
        assert!(read("http://192.168.0.2:8787", &mailbox) == Err(Misconfigured("MAIL")));
    }
}
