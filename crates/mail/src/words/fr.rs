//! French. Before `:` stands a no-break space, before `?` and `!` a narrow one.

use protocol::Timestamp;
use protocol::mail::{GuardedChange, Letter};

use super::{Facts, Setting, Words, paragraphs};
use crate::date::Moment;
use crate::plain::isolated;

pub(super) const SETTING: Setting = Setting {
    code: "fr",
    direction: "ltr",
    or_copy: "Le bouton ne répond pas\u{202f}? Copiez cette adresse dans votre navigateur\u{a0}:",
    you: "Vous",
    deleted: "Message supprimé",
    cut: "Les messages précédents n’y figurent pas.",
};

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

pub(super) fn say(letter: &Letter, facts: &Facts<'_>) -> Words {
    let Facts { host, minutes, days } = facts;
    let once = format!("Le lien fonctionne une seule fois, pendant {minutes} minutes.");
    let yours = format!("Vous recevez cet e-mail parce que cette adresse a un compte Porchlight sur {host}.");
    match letter {
        Letter::SignUp { .. } => Words {
            subject: "Confirmez votre adresse e-mail",
            heading: "Bienvenue sur Porchlight",
            opening: paragraphs([
                "Plus qu’une étape\u{a0}: confirmez que cette adresse est bien la vôtre. Vous choisirez ensuite votre nom et un mot de passe.",
            ]),
            button: Some("Confirmer l’adresse"),
            closing: paragraphs([
                &once,
                "Ce n’était pas vous\u{202f}? Ignorez simplement cet e-mail\u{a0}: sans le lien, aucun compte n’est créé.",
            ]),
            reason: format!(
                "Vous recevez cet e-mail parce que quelqu’un a saisi cette adresse pour s’inscrire à Porchlight sur {host}."
            ),
        },
        Letter::AlreadySignedUp => Words {
            subject: "Vous avez déjà un compte",
            heading: "Vous avez déjà un compte",
            opening: paragraphs([
                "Quelqu’un, sans doute vous, vient d’essayer de s’inscrire avec cette adresse. Elle a déjà un compte\u{a0}: il vous suffit de vous connecter.",
            ]),
            button: Some("Se connecter"),
            closing: paragraphs([
                "Mot de passe oublié\u{202f}? Vous pouvez en choisir un autre depuis la page de connexion.",
                "Ce n’était pas vous\u{202f}? Vous n’avez rien à faire\u{a0}: personne n’a su que ce compte existe.",
            ]),
            reason: yours,
        },
        Letter::SignInLink { .. } => Words {
            subject: "Votre lien de connexion",
            heading: "Votre lien de connexion",
            opening: paragraphs(["Un clic et vous y êtes, sans mot de passe."]),
            button: Some("Se connecter"),
            closing: paragraphs([
                &format!("{once} Ne le transmettez à personne\u{a0}: il ouvre votre compte."),
                "Ce n’était pas vous\u{202f}? Ignorez simplement cet e-mail, et personne n’entrera.",
            ]),
            reason: yours,
        },
        Letter::Reset { .. } => Words {
            subject: "Choisissez un nouveau mot de passe",
            heading: "Choisissez un nouveau mot de passe",
            opening: paragraphs([
                "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte. Vous pouvez le choisir ici.",
            ]),
            button: Some("Choisir un mot de passe"),
            closing: paragraphs([
                &once,
                "Ce n’était pas vous\u{202f}? Ignorez simplement cet e-mail\u{a0}: votre mot de passe reste le même.",
            ]),
            reason: yours,
        },
        Letter::ConfirmNewAddress { .. } => Words {
            subject: "Confirmez votre nouvelle adresse e-mail",
            heading: "Confirmez votre nouvelle adresse",
            opening: paragraphs([
                "Vous souhaitez désormais vous connecter à Porchlight avec cette adresse. Confirmez qu’elle est bien la vôtre.",
            ]),
            button: Some("Confirmer l’adresse"),
            closing: paragraphs([
                &once,
                "Ce n’était pas vous\u{202f}? Ignorez simplement cet e-mail, et rien ne changera.",
            ]),
            reason: format!(
                "Vous recevez cet e-mail parce que cette adresse a été saisie pour un compte Porchlight sur {host}."
            ),
        },
        Letter::AddressChanged => Words {
            subject: "Votre adresse e-mail a été modifiée",
            heading: "Votre adresse a été modifiée",
            opening: paragraphs([
                "Votre compte Porchlight a une nouvelle adresse e-mail. Celle-ci ne permet plus de vous connecter, et ce message est le dernier que nous lui envoyons.",
                "Ce n’était pas vous\u{202f}? Alors quelqu’un d’autre est entré dans votre compte. Prévenez tout de suite le propriétaire de votre espace de travail.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "Vous recevez cet e-mail parce que cette adresse avait jusqu’ici un compte Porchlight sur {host}."
            ),
        },
        Letter::Transcript(transcript) => {
            let site = isolated(&transcript.site);
            Words {
                subject: "Votre conversation",
                heading: "Votre conversation",
                opening: vec![format!(
                    "Voici ce qui a été dit dans le chat avec {site}. Les heures sont en UTC."
                )],
                button: None,
                closing: Vec::new(),
                reason: format!(
                    "Vous recevez cet e-mail parce qu’une personne connectée avec cette adresse chez {site} l’a demandé dans le chat."
                ),
            }
        }
        Letter::AccountDeleted => Words {
            subject: "Votre compte a été supprimé",
            heading: "Votre compte a été supprimé",
            opening: paragraphs([
                "Votre compte Porchlight n’existe plus\u{202f}: ni votre nom, ni votre photo, ni votre mot de passe, ni vos clés d’accès, ni aucune session. Vous avez quitté tous les espaces de travail. Ce que vous avez écrit aux visiteurs y reste, sous le nom que vous aviez.",
                "Ce n’était pas vous\u{202f}? Alors quelqu’un d’autre est entré dans votre compte. Prévenez tout de suite le propriétaire de votre espace de travail. Pendant un jour, personne ne peut s’inscrire avec cette adresse.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "Vous recevez cet e-mail parce que cette adresse avait jusqu’ici un compte Porchlight sur {host}."
            ),
        },
        Letter::PasswordChanged => Words {
            subject: "Votre mot de passe a été modifié",
            heading: "Votre mot de passe a été modifié",
            opening: paragraphs([
                "Votre compte Porchlight a un nouveau mot de passe. Si c’était vous, tout va bien.",
                "Ce n’était pas vous\u{202f}? Choisissez tout de suite un nouveau mot de passe.",
            ]),
            button: Some("Choisir un mot de passe"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: true } => Words {
            subject: "La connexion en deux étapes est activée",
            heading: "La connexion en deux étapes est activée",
            opening: paragraphs([
                "Désormais, il faut aussi un code de votre application d’authentification pour vous connecter. Gardez vos codes de secours en lieu sûr, au cas où vous perdriez votre téléphone.",
                "Ce n’était pas vous\u{202f}? Vérifiez tout de suite votre compte.",
            ]),
            button: Some("Ouvrir mon compte"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: false } => Words {
            subject: "La connexion en deux étapes est désactivée",
            heading: "La connexion en deux étapes est désactivée",
            opening: paragraphs([
                "Désormais, votre mot de passe suffit pour vous connecter.",
                "Ce n’était pas vous\u{202f}? Vérifiez tout de suite votre compte et réactivez-la.",
            ]),
            button: Some("Ouvrir mon compte"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: true } => Words {
            subject: "Une clé d’accès a été ajoutée à votre compte",
            heading: "Une clé d’accès a été ajoutée à votre compte",
            opening: paragraphs([
                "Désormais, elle vous connecte sans mot de passe ni code.",
                "Ce n’était pas vous\u{202f}? Vérifiez tout de suite votre compte, supprimez la clé et choisissez un nouveau mot de passe.",
            ]),
            button: Some("Ouvrir mon compte"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: false } => Words {
            subject: "Une clé d’accès a été supprimée de votre compte",
            heading: "Une clé d’accès a été supprimée de votre compte",
            opening: paragraphs([
                "Elle ne connecte plus personne. Vos autres sessions ont été fermées.",
                "Ce n’était pas vous\u{202f}? Vérifiez tout de suite votre compte.",
            ]),
            button: Some("Ouvrir mon compte"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::NewDevice { at } => Words {
            subject: "Nouvelle connexion à votre compte",
            heading: "C’était vous\u{202f}?",
            opening: paragraphs([
                &format!(
                    "Quelqu’un s’est connecté à votre compte le {}, depuis un navigateur que nous ne connaissons pas encore.",
                    date(*at)
                ),
                "Si c’était vous, tout va bien. Sinon, mettez fin à cette session et changez votre mot de passe.",
            ]),
            button: Some("Voir mes sessions"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::Invitation { invited_by, .. } => Words {
            subject: "Une invitation à rejoindre Porchlight",
            heading: "Une invitation pour vous",
            opening: paragraphs([&format!(
                "{} aimerait vous compter dans son équipe\u{a0}: une boîte de réception commune pour tous ceux qui écrivent sur le site.",
                isolated(invited_by)
            )]),
            button: Some("Voir l’invitation"),
            closing: paragraphs([
                &format!("Le lien fonctionne une seule fois, pendant {days} jours."),
                "Vous ne savez pas qui c’est\u{202f}? Ignorez simplement cet e-mail, et rien ne se passera.",
            ]),
            reason: format!(
                "Vous recevez cet e-mail parce que {} a invité cette adresse sur Porchlight, sur {host}.",
                isolated(invited_by)
            ),
        },
        Letter::DeletionBegun { at } => Words {
            subject: "L’un de vos espaces de travail va être supprimé",
            heading: "Un espace de travail va être supprimé",
            opening: paragraphs([
                &format!(
                    "L’un de vos espaces de travail sera supprimé le {}, avec toutes ses conversations.",
                    date(*at)
                ),
                "D’ici là, son propriétaire peut encore changer d’avis.",
            ]),
            button: Some("Ouvrir Porchlight"),
            closing: Vec::new(),
            reason: format!(
                "Vous recevez cet e-mail parce que vous gérez un espace de travail Porchlight sur {host}."
            ),
        },
        Letter::GuardedChange { what, by, at } => changed(*what, &isolated(by), &date(*at), host),
    }
}

fn changed(what: GuardedChange, by: &str, at: &str, host: &str) -> Words {
    let (subject, said) = match what {
        GuardedChange::Owner => (
            "L’un de vos espaces de travail a un nouveau propriétaire",
            format!("{by} a transmis l’un de vos espaces de travail à quelqu’un d’autre le {at}."),
        ),
        GuardedChange::Rights => (
            "Des droits ont changé dans l’un de vos espaces de travail",
            format!(
                "{by} a modifié le {at} ce que quelqu’un peut faire dans l’un de vos espaces de travail, ou invité quelqu’un avec plus de droits qu’un agent."
            ),
        ),
        GuardedChange::ApiKey => (
            "Une clé d’API a été créée",
            format!(
                "{by} a créé une clé d’API dans l’un de vos espaces de travail le {at}. Qui la possède peut y faire ce pour quoi elle a été créée."
            ),
        ),
        GuardedChange::Site => (
            "Les réglages de l’un de vos sites ont changé",
            format!(
                "{by} a modifié le {at} où le chat de l’un de vos sites peut s’afficher, changé sa clé ou supprimé le site."
            ),
        ),
        GuardedChange::Identity => (
            "La vérification d’identité de l’un de vos sites a changé",
            format!(
                "{by} a modifié le {at} la vérification d’identité de l’un de vos sites, ou son secret. Elle décide pour qui l’on prend les visiteurs."
            ),
        ),
        GuardedChange::SecondFactor => (
            "La règle de connexion en deux étapes a changé",
            format!(
                "{by} a modifié le {at} l’obligation de se connecter en deux étapes dans l’un de vos espaces de travail."
            ),
        ),
        GuardedChange::Retention => (
            "La durée de conservation des conversations a changé",
            format!(
                "{by} a modifié le {at} la durée pendant laquelle l’un de vos espaces de travail garde ses conversations. Les plus anciennes peuvent être supprimées."
            ),
        ),
    };
    Words {
        subject,
        heading: subject,
        opening: paragraphs([
            &said,
            "Vous étiez au courant\u{202f}? Alors tout va bien. Sinon, demandez si c’était bien cette personne, et consultez le journal d’audit\u{a0}: il contient chaque changement, même ceux qui n’envoient pas d’e-mail.",
        ]),
        button: Some("Ouvrir le journal d’audit"),
        closing: Vec::new(),
        reason: format!(
            "Vous recevez cet e-mail parce que vous gérez un espace de travail Porchlight sur {host}."
        ),
    }
}

fn date(at: Timestamp) -> String {
    let moment = Moment::of(at);
    let day = if moment.day == 1 { "1er".to_owned() } else { moment.day.to_string() };
    let (month, year) = (moment.month_of(&MONTHS), moment.year);
    format!("{day} {month} {year} à {} (UTC)", moment.clock())
}
