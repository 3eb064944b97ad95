//! Spanish.

use protocol::Timestamp;
use protocol::mail::{GuardedChange, Letter};

use super::{Facts, Setting, Words, paragraphs};
use crate::date::Moment;
use crate::plain::isolated;

pub(super) const SETTING: Setting = Setting {
    code: "es",
    direction: "ltr",
    or_copy: "¿El botón no funciona? Copia esta dirección en tu navegador:",
    you: "Tú",
    deleted: "Mensaje eliminado",
    cut: "Los mensajes anteriores no figuran aquí.",
};

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

pub(super) fn say(letter: &Letter, facts: &Facts<'_>) -> Words {
    let Facts { host, minutes, days } = facts;
    let once = format!("El enlace funciona una sola vez, durante {minutes} minutos.");
    let yours =
        format!("Recibes este correo porque esta dirección tiene una cuenta de Porchlight en {host}.");
    match letter {
        Letter::SignUp { .. } => Words {
            subject: "Confirma tu dirección de correo",
            heading: "Te damos la bienvenida a Porchlight",
            opening: paragraphs([
                "Solo falta un paso: confirma que esta dirección es tuya. Después eliges tu nombre y una contraseña.",
            ]),
            button: Some("Confirmar dirección"),
            closing: paragraphs([
                &once,
                "¿No has sido tú? Ignora este correo sin más. Sin el enlace no se crea ninguna cuenta.",
            ]),
            reason: format!(
                "Recibes este correo porque alguien ha escrito esta dirección para registrarse en Porchlight en {host}."
            ),
        },
        Letter::AlreadySignedUp => Words {
            subject: "Ya tienes una cuenta",
            heading: "Ya tienes una cuenta",
            opening: paragraphs([
                "Alguien, seguramente tú, acaba de intentar registrarse con esta dirección. Ya tiene una cuenta, así que solo tienes que iniciar sesión.",
            ]),
            button: Some("Iniciar sesión"),
            closing: paragraphs([
                "¿Has olvidado la contraseña? Puedes elegir otra desde la página de inicio de sesión.",
                "¿No has sido tú? No tienes que hacer nada: nadie ha sabido que tu cuenta existe.",
            ]),
            reason: yours,
        },
        Letter::SignInLink { .. } => Words {
            subject: "Tu enlace para entrar",
            heading: "Tu enlace para entrar",
            opening: paragraphs(["Un clic y ya estás dentro, sin contraseña."]),
            button: Some("Iniciar sesión"),
            closing: paragraphs([
                &format!("{once} No se lo pases a nadie: abre tu cuenta."),
                "¿No has sido tú? Ignora este correo sin más y no entrará nadie.",
            ]),
            reason: yours,
        },
        Letter::Reset { .. } => Words {
            subject: "Elige una contraseña nueva",
            heading: "Elige una contraseña nueva",
            opening: paragraphs([
                "Alguien, seguramente tú, ha pedido una contraseña nueva para tu cuenta. Aquí puedes elegirla.",
            ]),
            button: Some("Elegir contraseña"),
            closing: paragraphs([
                &once,
                "¿No has sido tú? Ignora este correo sin más. Tu contraseña sigue siendo la misma.",
            ]),
            reason: yours,
        },
        Letter::ConfirmNewAddress { .. } => Words {
            subject: "Confirma tu nueva dirección de correo",
            heading: "Confirma tu nueva dirección",
            opening: paragraphs([
                "Quieres usar esta dirección para entrar en Porchlight a partir de ahora. Confirma que es tuya.",
            ]),
            button: Some("Confirmar dirección"),
            closing: paragraphs([&once, "¿No has sido tú? Ignora este correo sin más y nada cambiará."]),
            reason: format!(
                "Recibes este correo porque alguien ha indicado esta dirección para una cuenta de Porchlight en {host}."
            ),
        },
        Letter::AddressChanged => Words {
            subject: "Tu dirección de correo ha cambiado",
            heading: "Tu dirección ha cambiado",
            opening: paragraphs([
                "Tu cuenta de Porchlight tiene una nueva dirección de correo. Con esta ya no puedes iniciar sesión, y este es el último correo que le enviamos.",
                "¿No has sido tú? Entonces otra persona ha entrado en tu cuenta. Avisa enseguida a quien sea propietario de tu espacio de trabajo.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "Recibes este correo porque esta dirección tenía hasta ahora una cuenta de Porchlight en {host}."
            ),
        },
        Letter::Transcript(transcript) => {
            let site = isolated(&transcript.site);
            Words {
                subject: "Tu conversación",
                heading: "Tu conversación",
                opening: vec![format!(
                    "Esto es lo que se dijo en el chat con {site}. Las horas están en UTC."
                )],
                button: None,
                closing: Vec::new(),
                reason: format!(
                    "Recibes este correo porque alguien que ha iniciado sesión con esta dirección en {site} lo ha pedido en el chat."
                ),
            }
        }
        Letter::AccountDeleted => Words {
            subject: "Tu cuenta se ha eliminado",
            heading: "Tu cuenta se ha eliminado",
            opening: paragraphs([
                "Tu cuenta de Porchlight ya no existe: ni tu nombre, ni tu foto, ni tu contraseña, ni tus llaves de acceso, ni ninguna sesión. Has salido de todos los espacios de trabajo. Lo que escribiste a los visitantes se queda allí, con el nombre que tenías.",
                "¿No has sido tú? Entonces otra persona ha entrado en tu cuenta. Avisa enseguida a quien sea propietario de tu espacio de trabajo. Durante un día nadie puede registrarse con esta dirección.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "Recibes este correo porque esta dirección tenía hasta ahora una cuenta de Porchlight en {host}."
            ),
        },
        Letter::PasswordChanged => Words {
            subject: "Tu contraseña ha cambiado",
            heading: "Tu contraseña ha cambiado",
            opening: paragraphs([
                "Tu cuenta de Porchlight tiene una contraseña nueva. Si has sido tú, todo está bien.",
                "¿No has sido tú? Entonces elige enseguida otra contraseña.",
            ]),
            button: Some("Elegir contraseña"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: true } => Words {
            subject: "La verificación en dos pasos está activada",
            heading: "La verificación en dos pasos está activada",
            opening: paragraphs([
                "A partir de ahora, para entrar también hace falta un código de tu aplicación de autenticación. Guarda bien tus códigos de recuperación, por si pierdes el teléfono.",
                "¿No has sido tú? Revisa enseguida tu cuenta.",
            ]),
            button: Some("Abrir mi cuenta"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: false } => Words {
            subject: "La verificación en dos pasos está desactivada",
            heading: "La verificación en dos pasos está desactivada",
            opening: paragraphs([
                "A partir de ahora, para entrar basta con tu contraseña.",
                "¿No has sido tú? Revisa enseguida tu cuenta y vuelve a activarla.",
            ]),
            button: Some("Abrir mi cuenta"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: true } => Words {
            subject: "Se ha añadido una llave de acceso a tu cuenta",
            heading: "Se ha añadido una llave de acceso a tu cuenta",
            opening: paragraphs([
                "A partir de ahora, con ella entras sin contraseña ni código.",
                "¿No has sido tú? Revisa enseguida tu cuenta, elimina la llave y elige una contraseña nueva.",
            ]),
            button: Some("Abrir mi cuenta"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: false } => Words {
            subject: "Se ha eliminado una llave de acceso de tu cuenta",
            heading: "Se ha eliminado una llave de acceso de tu cuenta",
            opening: paragraphs([
                "Ya nadie puede entrar con ella. En los demás dispositivos se ha cerrado tu sesión.",
                "¿No has sido tú? Revisa enseguida tu cuenta.",
            ]),
            button: Some("Abrir mi cuenta"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::NewDevice { at } => Words {
            subject: "Nuevo inicio de sesión en tu cuenta",
            heading: "¿Has sido tú?",
            opening: paragraphs([
                &format!(
                    "Alguien ha entrado en tu cuenta desde un navegador que aún no conocíamos, el {}.",
                    date(*at)
                ),
                "Si has sido tú, todo está bien. Si no, cierra esa sesión y cambia tu contraseña.",
            ]),
            button: Some("Ver mis sesiones"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::Invitation { invited_by, .. } => Words {
            subject: "Te han invitado a Porchlight",
            heading: "Tienes una invitación",
            opening: paragraphs([&format!(
                "A {} le gustaría contar contigo en su equipo: una bandeja de entrada compartida para quienes escriben en la web.",
                isolated(invited_by)
            )]),
            button: Some("Ver la invitación"),
            closing: paragraphs([
                &format!("El enlace funciona una sola vez, durante {days} días."),
                "¿No sabes quién es? Ignora este correo sin más y no pasará nada.",
            ]),
            reason: format!(
                "Recibes este correo porque {} ha invitado a esta dirección a Porchlight en {host}.",
                isolated(invited_by)
            ),
        },
        Letter::DeletionBegun { at } => Words {
            subject: "Uno de tus espacios de trabajo se va a eliminar",
            heading: "Un espacio de trabajo se va a eliminar",
            opening: paragraphs([
                &format!(
                    "Uno de tus espacios de trabajo se eliminará el {}, con todas sus conversaciones.",
                    date(*at)
                ),
                "Hasta entonces, su propietario aún puede cambiar de idea.",
            ]),
            button: Some("Abrir Porchlight"),
            closing: Vec::new(),
            reason: format!(
                "Recibes este correo porque administras un espacio de trabajo de Porchlight en {host}."
            ),
        },
        Letter::GuardedChange { what, by, at } => changed(*what, &isolated(by), &date(*at), host),
    }
}

fn changed(what: GuardedChange, by: &str, at: &str, host: &str) -> Words {
    let (subject, said) = match what {
        GuardedChange::Owner => (
            "Uno de tus espacios de trabajo tiene otro propietario",
            format!("{by} ha cedido uno de tus espacios de trabajo a otra persona el {at}."),
        ),
        GuardedChange::Rights => (
            "Han cambiado permisos en uno de tus espacios de trabajo",
            format!(
                "{by} ha cambiado lo que alguien puede hacer en uno de tus espacios de trabajo, o ha invitado a alguien con más permisos que un agente, el {at}."
            ),
        ),
        GuardedChange::ApiKey => (
            "Se ha creado una clave de API",
            format!(
                "{by} ha creado una clave de API en uno de tus espacios de trabajo el {at}. Quien la tenga puede hacer allí aquello para lo que se creó."
            ),
        ),
        GuardedChange::Site => (
            "Han cambiado ajustes de uno de tus sitios",
            format!(
                "{by} ha cambiado dónde puede mostrarse el chat de uno de tus sitios, ha cambiado su clave o lo ha eliminado, el {at}."
            ),
        ),
        GuardedChange::Identity => (
            "Ha cambiado la verificación de identidad de uno de tus sitios",
            format!(
                "{by} ha cambiado la verificación de identidad de uno de tus sitios, o su secreto, el {at}. De ella depende por quién se toma a los visitantes."
            ),
        ),
        GuardedChange::SecondFactor => (
            "Ha cambiado la regla del inicio de sesión en dos pasos",
            format!(
                "{by} ha cambiado si en uno de tus espacios de trabajo todos deben iniciar sesión en dos pasos, el {at}."
            ),
        ),
        GuardedChange::Retention => (
            "Ha cambiado cuánto se guardan las conversaciones",
            format!(
                "{by} ha cambiado durante cuánto tiempo guarda sus conversaciones uno de tus espacios de trabajo, el {at}. Las más antiguas pueden eliminarse."
            ),
        ),
    };
    Words {
        subject,
        heading: subject,
        opening: paragraphs([
            &said,
            "¿Lo sabías? Entonces todo va bien. Si no, pregunta si de verdad fue esa persona y mira el registro de auditoría: contiene todos los cambios, también aquellos de los que no se envía ningún correo.",
        ]),
        button: Some("Abrir el registro de auditoría"),
        closing: Vec::new(),
        reason: format!(
            "Recibes este correo porque administras un espacio de trabajo de Porchlight en {host}."
        ),
    }
}

fn date(at: Timestamp) -> String {
    let moment = Moment::of(at);
    let (day, month, year) = (moment.day, moment.month_of(&MONTHS), moment.year);
    format!("{day} de {month} de {year}, {} (UTC)", moment.clock())
}
