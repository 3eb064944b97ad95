//! German.

use protocol::Timestamp;
use protocol::mail::{GuardedChange, Letter};

use super::{Facts, Setting, Words, paragraphs};
use crate::date::Moment;
use crate::plain::isolated;

pub(super) const SETTING: Setting = Setting {
    code: "de",
    direction: "ltr",
    or_copy: "Der Knopf tut nichts? Dann kopiere diese Adresse in deinen Browser:",
    you: "Du",
    deleted: "Nachricht gelöscht",
    cut: "Frühere Nachrichten fehlen hier.",
};

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

pub(super) fn say(letter: &Letter, facts: &Facts<'_>) -> Words {
    let Facts { host, minutes, days } = facts;
    let once = format!("Der Link gilt {minutes} Minuten lang und nur einmal.");
    let yours =
        format!("Du bekommst diese E-Mail, weil zu dieser Adresse ein Porchlight-Konto auf {host} gehört.");
    match letter {
        Letter::SignUp { .. } => Words {
            subject: "Bestätige deine E-Mail-Adresse",
            heading: "Willkommen bei Porchlight",
            opening: paragraphs([
                "Nur noch ein Schritt: Bestätige, dass diese Adresse dir gehört. Danach wählst du deinen Namen und ein Passwort.",
            ]),
            button: Some("Adresse bestätigen"),
            closing: paragraphs([
                &once,
                "Du warst das nicht? Dann ignoriere diese E-Mail einfach. Ohne den Link entsteht kein Konto.",
            ]),
            reason: format!(
                "Du bekommst diese E-Mail, weil sich jemand mit dieser Adresse bei Porchlight auf {host} registrieren möchte."
            ),
        },
        Letter::AlreadySignedUp => Words {
            subject: "Du hast schon ein Konto",
            heading: "Du hast schon ein Konto",
            opening: paragraphs([
                "Jemand, vermutlich du, wollte gerade mit dieser Adresse ein Konto anlegen. Es gibt schon eines, du kannst dich also einfach anmelden.",
            ]),
            button: Some("Anmelden"),
            closing: paragraphs([
                "Passwort vergessen? Auf der Anmeldeseite kannst du ein neues wählen.",
                "Du warst das nicht? Dann musst du nichts tun. Von deinem Konto hat niemand erfahren.",
            ]),
            reason: yours,
        },
        Letter::SignInLink { .. } => Words {
            subject: "Dein Anmeldelink",
            heading: "Dein Anmeldelink",
            opening: paragraphs(["Ein Klick, und du bist drin, ganz ohne Passwort."]),
            button: Some("Anmelden"),
            closing: paragraphs([
                &format!("{once} Gib ihn bitte nicht weiter: Er öffnet dein Konto."),
                "Du warst das nicht? Dann ignoriere diese E-Mail einfach, und niemand kommt hinein.",
            ]),
            reason: yours,
        },
        Letter::Reset { .. } => Words {
            subject: "Wähle ein neues Passwort",
            heading: "Wähle ein neues Passwort",
            opening: paragraphs([
                "Jemand, vermutlich du, hat um ein neues Passwort für dein Konto gebeten. Hier kannst du es wählen.",
            ]),
            button: Some("Neues Passwort wählen"),
            closing: paragraphs([
                &once,
                "Du warst das nicht? Dann ignoriere diese E-Mail einfach. Dein Passwort bleibt, wie es ist.",
            ]),
            reason: yours,
        },
        Letter::ConfirmNewAddress { .. } => Words {
            subject: "Bestätige deine neue E-Mail-Adresse",
            heading: "Bestätige deine neue Adresse",
            opening: paragraphs([
                "Du möchtest dich künftig mit dieser Adresse bei Porchlight anmelden. Bestätige bitte, dass sie dir gehört.",
            ]),
            button: Some("Adresse bestätigen"),
            closing: paragraphs([
                &once,
                "Du warst das nicht? Dann ignoriere diese E-Mail einfach, und nichts ändert sich.",
            ]),
            reason: format!(
                "Du bekommst diese E-Mail, weil diese Adresse für ein Porchlight-Konto auf {host} angegeben wurde."
            ),
        },
        Letter::AddressChanged => Words {
            subject: "Deine E-Mail-Adresse wurde geändert",
            heading: "Deine Adresse wurde geändert",
            opening: paragraphs([
                "Dein Porchlight-Konto hat eine neue E-Mail-Adresse. Mit dieser hier kannst du dich nicht mehr anmelden, und dies ist die letzte E-Mail, die wir an sie schicken.",
                "Du warst das nicht? Dann war jemand anderes in deinem Konto. Sag bitte gleich der Person Bescheid, der euer Workspace gehört.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "Du bekommst diese E-Mail, weil zu dieser Adresse bis eben ein Porchlight-Konto auf {host} gehörte."
            ),
        },
        Letter::Transcript(transcript) => {
            let site = isolated(&transcript.site);
            Words {
                subject: "Deine Unterhaltung",
                heading: "Deine Unterhaltung",
                opening: vec![format!("Das wurde im Chat mit {site} gesagt. Die Zeiten sind in UTC.")],
                button: None,
                closing: Vec::new(),
                reason: format!(
                    "Du bekommst diese E-Mail, weil jemand, der mit dieser Adresse bei {site} angemeldet ist, im Chat darum gebeten hat."
                ),
            }
        }
        Letter::AccountDeleted => Words {
            subject: "Dein Konto wurde gelöscht",
            heading: "Dein Konto wurde gelöscht",
            opening: paragraphs([
                "Dein Porchlight-Konto ist weg: dein Name, dein Bild, dein Passwort, deine Passkeys und alle Sitzungen. Du hast alle Workspaces verlassen. Was du Besuchern geschrieben hast, bleibt dort, unter dem Namen, den du hattest.",
                "Du warst das nicht? Dann war jemand anderes in deinem Konto. Sag bitte gleich der Person Bescheid, der euer Workspace gehört. Einen Tag lang kann sich niemand mit dieser Adresse registrieren.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "Du bekommst diese E-Mail, weil zu dieser Adresse bis eben ein Porchlight-Konto auf {host} gehörte."
            ),
        },
        Letter::PasswordChanged => Words {
            subject: "Dein Passwort wurde geändert",
            heading: "Dein Passwort wurde geändert",
            opening: paragraphs([
                "Dein Porchlight-Konto hat ein neues Passwort. Wenn du das warst, ist alles gut.",
                "Du warst das nicht? Dann wähle bitte sofort ein neues Passwort.",
            ]),
            button: Some("Neues Passwort wählen"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: true } => Words {
            subject: "Die Anmeldung in zwei Schritten ist an",
            heading: "Die Anmeldung in zwei Schritten ist an",
            opening: paragraphs([
                "Ab jetzt brauchst du zum Anmelden auch einen Code aus deiner Authenticator-App. Heb deine Wiederherstellungscodes gut auf, falls du dein Telefon verlierst.",
                "Du warst das nicht? Dann sieh bitte gleich in deinem Konto nach.",
            ]),
            button: Some("Mein Konto öffnen"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: false } => Words {
            subject: "Die Anmeldung in zwei Schritten ist aus",
            heading: "Die Anmeldung in zwei Schritten ist aus",
            opening: paragraphs([
                "Ab jetzt reicht zum Anmelden dein Passwort.",
                "Du warst das nicht? Dann sieh bitte gleich in deinem Konto nach und schalte sie wieder ein.",
            ]),
            button: Some("Mein Konto öffnen"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: true } => Words {
            subject: "Dein Konto hat einen neuen Passkey",
            heading: "Dein Konto hat einen neuen Passkey",
            opening: paragraphs([
                "Ab jetzt meldet er dich ohne Passwort und ohne Code an.",
                "Du warst das nicht? Dann sieh bitte gleich in deinem Konto nach, entferne ihn und wähle ein neues Passwort.",
            ]),
            button: Some("Mein Konto öffnen"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: false } => Words {
            subject: "Ein Passkey wurde aus deinem Konto entfernt",
            heading: "Ein Passkey wurde aus deinem Konto entfernt",
            opening: paragraphs([
                "Mit ihm meldet sich niemand mehr an. An allen anderen Geräten bist du abgemeldet.",
                "Du warst das nicht? Dann sieh bitte gleich in deinem Konto nach.",
            ]),
            button: Some("Mein Konto öffnen"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::NewDevice { at } => Words {
            subject: "Neue Anmeldung in deinem Konto",
            heading: "Warst du das?",
            opening: paragraphs([
                &format!(
                    "Jemand hat sich am {} in deinem Konto angemeldet, mit einem Browser, den wir noch nicht kennen.",
                    date(*at)
                ),
                "Wenn du das warst, ist alles gut. Wenn nicht, beende bitte diese Sitzung und ändere dein Passwort.",
            ]),
            button: Some("Meine Sitzungen ansehen"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::Invitation { invited_by, .. } => Words {
            subject: "Du bist zu Porchlight eingeladen",
            heading: "Du bist eingeladen",
            opening: paragraphs([&format!(
                "{} hätte dich gern im Team: ein gemeinsamer Posteingang für alle, die auf der Website schreiben.",
                isolated(invited_by)
            )]),
            button: Some("Einladung ansehen"),
            closing: paragraphs([
                &format!("Der Link gilt {days} Tage lang und nur einmal."),
                "Du weißt nicht, wer das ist? Dann ignoriere diese E-Mail einfach, und nichts passiert.",
            ]),
            reason: format!(
                "Du bekommst diese E-Mail, weil {} diese Adresse zu Porchlight auf {host} eingeladen hat.",
                isolated(invited_by)
            ),
        },
        Letter::DeletionBegun { at } => Words {
            subject: "Einer deiner Workspaces wird gelöscht",
            heading: "Ein Workspace wird gelöscht",
            opening: paragraphs([
                &format!("Einer deiner Workspaces wird am {} gelöscht, mit allen Unterhaltungen.", date(*at)),
                "Bis dahin kann die Person, der er gehört, es sich noch anders überlegen.",
            ]),
            button: Some("Porchlight öffnen"),
            closing: Vec::new(),
            reason: format!(
                "Du bekommst diese E-Mail, weil du auf {host} einen Porchlight-Workspace verwaltest."
            ),
        },
        Letter::GuardedChange { what, by, at } => changed(*what, &isolated(by), &date(*at), host),
    }
}

fn changed(what: GuardedChange, by: &str, at: &str, host: &str) -> Words {
    let (subject, said) = match what {
        GuardedChange::Owner => (
            "Einer deiner Workspaces gehört jemand anderem",
            format!("{by} hat am {at} einen deiner Workspaces an jemand anderen übergeben."),
        ),
        GuardedChange::Rights => (
            "Rechte in einem deiner Workspaces wurden geändert",
            format!(
                "{by} hat am {at} geändert, was jemand in einem deiner Workspaces darf, oder jemanden mit mehr Rechten als denen eines Agenten eingeladen."
            ),
        ),
        GuardedChange::ApiKey => (
            "Ein API-Schlüssel wurde erstellt",
            format!(
                "{by} hat am {at} in einem deiner Workspaces einen API-Schlüssel erstellt. Wer ihn hat, kann dort tun, wofür er gemacht ist."
            ),
        ),
        GuardedChange::Site => (
            "Einstellungen einer deiner Websites wurden geändert",
            format!(
                "{by} hat am {at} geändert, wo der Chat einer deiner Websites erscheinen darf, ihren Schlüssel geändert oder sie entfernt."
            ),
        ),
        GuardedChange::Identity => (
            "Die Identitätsprüfung einer deiner Websites wurde geändert",
            format!(
                "{by} hat am {at} die Identitätsprüfung einer deiner Websites oder ihr Geheimnis geändert. Davon hängt ab, für wen Besucher gehalten werden."
            ),
        ),
        GuardedChange::SecondFactor => (
            "Die Regel zur Anmeldung in zwei Schritten wurde geändert",
            format!(
                "{by} hat am {at} geändert, ob sich in einem deiner Workspaces alle in zwei Schritten anmelden müssen."
            ),
        ),
        GuardedChange::Retention => (
            "Wie lange Unterhaltungen bleiben, wurde geändert",
            format!(
                "{by} hat am {at} geändert, wie lange einer deiner Workspaces seine Unterhaltungen behält. Ältere können gelöscht werden."
            ),
        ),
    };
    Words {
        subject,
        heading: subject,
        opening: paragraphs([
            &said,
            "Du weißt davon? Dann ist alles gut. Falls nicht, frag nach, ob es wirklich diese Person war, und sieh ins Protokoll: Dort steht jede Änderung, auch die, zu denen keine E-Mail kommt.",
        ]),
        button: Some("Protokoll öffnen"),
        closing: Vec::new(),
        reason: format!(
            "Du bekommst diese E-Mail, weil du auf {host} einen Porchlight-Workspace verwaltest."
        ),
    }
}

fn date(at: Timestamp) -> String {
    let moment = Moment::of(at);
    let (day, month, year) = (moment.day, moment.month_of(&MONTHS), moment.year);
    format!("{day}. {month} {year} um {} Uhr (UTC)", moment.clock())
}
