//! Arabic, from right to left. Words of the Latin alphabet keep their direction by isolates.

use protocol::Timestamp;
use protocol::mail::{GuardedChange, Letter};

use super::{DAYS, Facts, MINUTES, SIGN_IN_MINUTES, Setting, Words, paragraphs};
use crate::date::Moment;
use crate::plain::isolated;

pub(super) const SETTING: Setting = Setting {
    code: "ar",
    direction: "rtl",
    or_copy: "الزر لا يعمل؟ انسخ هذا العنوان إلى متصفحك:",
    you: "أنت",
    deleted: "حُذفت الرسالة",
    cut: "الرسائل الأقدم غير مدرجة هنا.",
};

const MONTHS: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];

// What is counted has another form for other numbers (CLDR's plural rules for Arabic).
const _: () = assert!(MINUTES >= 3 && MINUTES <= 99 && SIGN_IN_MINUTES >= 3 && SIGN_IN_MINUTES <= 99);
const _: () = assert!(DAYS >= 3 && DAYS <= 10);

pub(super) fn say(letter: &Letter, facts: &Facts<'_>) -> Words {
    let Facts { minutes, days, .. } = facts;
    let host = isolated(facts.host);
    let once = format!("يعمل الرابط مرة واحدة فقط، وخلال {minutes} {}.", of_minutes(*minutes));
    let yours = format!("وصلتك هذه الرسالة لأن لهذا العنوان حسابًا في Porchlight على {host}.");
    match letter {
        Letter::SignUp { .. } => Words {
            subject: "أكّد عنوان بريدك الإلكتروني",
            heading: "أهلًا بك في Porchlight",
            opening: paragraphs(["بقيت خطوة واحدة: أكّد أن هذا العنوان لك، ثم اختر اسمك وكلمة مرور."]),
            button: Some("تأكيد العنوان"),
            closing: paragraphs([
                &once,
                "لم تطلب ذلك؟ تجاهل هذه الرسالة ببساطة، فلن يُنشأ أي حساب من دون الرابط.",
            ]),
            reason: format!("وصلتك هذه الرسالة لأن أحدهم أدخل هذا العنوان للتسجيل في Porchlight على {host}."),
        },
        Letter::AlreadySignedUp => Words {
            subject: "لديك حساب بالفعل",
            heading: "لديك حساب بالفعل",
            opening: paragraphs([
                "حاول أحدهم، ولعلّه أنت، التسجيل بهذا العنوان قبل قليل. لهذا العنوان حساب بالفعل، ويكفيك أن تسجّل الدخول.",
            ]),
            button: Some("تسجيل الدخول"),
            closing: paragraphs([
                "نسيت كلمة المرور؟ يمكنك اختيار كلمة جديدة من صفحة تسجيل الدخول.",
                "لم تكن أنت؟ لا داعي لفعل أي شيء، فلم يعلم أحد بوجود حسابك.",
            ]),
            reason: yours,
        },
        Letter::SignInLink { .. } => Words {
            subject: "رابط تسجيل الدخول",
            heading: "رابط تسجيل الدخول",
            opening: paragraphs(["نقرة واحدة وتدخل إلى حسابك، من دون كلمة مرور."]),
            button: Some("تسجيل الدخول"),
            closing: paragraphs([
                &format!("{once} لا تعطه لأحد، فهو يفتح حسابك."),
                "لم تطلب ذلك؟ تجاهل هذه الرسالة ببساطة، ولن يدخل أحد.",
            ]),
            reason: yours,
        },
        Letter::Reset { .. } => Words {
            subject: "اختر كلمة مرور جديدة",
            heading: "اختر كلمة مرور جديدة",
            opening: paragraphs(["طلب أحدهم، ولعلّه أنت، كلمة مرور جديدة لحسابك. يمكنك اختيارها من هنا."]),
            button: Some("اختيار كلمة مرور جديدة"),
            closing: paragraphs([&once, "لم تطلب ذلك؟ تجاهل هذه الرسالة ببساطة، وتبقى كلمة مرورك كما هي."]),
            reason: yours,
        },
        Letter::ConfirmNewAddress { .. } => Words {
            subject: "أكّد عنوان بريدك الإلكتروني الجديد",
            heading: "أكّد عنوانك الجديد",
            opening: paragraphs(["تريد تسجيل الدخول إلى Porchlight بهذا العنوان من الآن فصاعدًا. أكّد أنه لك."]),
            button: Some("تأكيد العنوان"),
            closing: paragraphs([&once, "لم تطلب ذلك؟ تجاهل هذه الرسالة ببساطة، ولن يتغيّر شيء."]),
            reason: format!("وصلتك هذه الرسالة لأن هذا العنوان أُدخل لحساب في Porchlight على {host}."),
        },
        Letter::AddressChanged => Words {
            subject: "تغيّر عنوان بريدك الإلكتروني",
            heading: "تغيّر عنوانك",
            opening: paragraphs([
                "أصبح لحسابك في Porchlight عنوان بريد جديد. لم يعد بإمكانك تسجيل الدخول بهذا العنوان، وهذه آخر رسالة نرسلها إليه.",
                "لم تكن أنت؟ إذن دخل شخص آخر إلى حسابك. أخبر مالك مساحة العمل فورًا.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!("وصلتك هذه الرسالة لأن هذا العنوان كان له حتى الآن حساب في Porchlight على {host}."),
        },
        Letter::Transcript(transcript) => {
            let site = isolated(&transcript.site);
            Words {
                subject: "محادثتك",
                heading: "محادثتك",
                opening: vec![format!("هذا ما قيل في الدردشة مع {site}. الأوقات بالتوقيت العالمي (UTC).")],
                button: None,
                closing: Vec::new(),
                reason: format!(
                    "وصلتك هذه الرسالة لأن شخصًا سجّل الدخول بهذا العنوان لدى {site} طلبها في الدردشة."
                ),
            }
        }
        Letter::AccountDeleted => Words {
            subject: "حُذف حسابك",
            heading: "حُذف حسابك",
            opening: paragraphs([
                "لم يعد لحسابك في Porchlight وجود: حُذف اسمك وصورتك وكلمة مرورك ومفاتيح المرور وكل الجلسات، وغادرت جميع مساحات العمل. أما ما كتبته للزوار فيبقى لديهم بالاسم الذي كان لك.",
                "لم تكن أنت؟ إذن دخل شخص آخر إلى حسابك. أخبر مالك مساحة العمل فورًا. لا يمكن لأحد التسجيل بهذا العنوان لمدة يوم.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!("وصلتك هذه الرسالة لأن هذا العنوان كان له حتى الآن حساب في Porchlight على {host}."),
        },
        Letter::PasswordChanged => Words {
            subject: "تغيّرت كلمة مرورك",
            heading: "تغيّرت كلمة مرورك",
            opening: paragraphs([
                "أصبحت لحسابك في Porchlight كلمة مرور جديدة. إن كنت أنت من غيّرها فكل شيء على ما يرام.",
                "لم تكن أنت؟ اختر كلمة مرور جديدة فورًا.",
            ]),
            button: Some("اختيار كلمة مرور جديدة"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: true } => Words {
            subject: "التحقق بخطوتين مفعّل الآن",
            heading: "التحقق بخطوتين مفعّل الآن",
            opening: paragraphs([
                "من الآن فصاعدًا يتطلب تسجيل الدخول رمزًا من تطبيق المصادقة أيضًا. احفظ رموز الاسترداد في مكان آمن تحسّبًا لفقدان هاتفك.",
                "لم تكن أنت؟ راجع حسابك فورًا.",
            ]),
            button: Some("فتح حسابي"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: false } => Words {
            subject: "أُوقف التحقق بخطوتين",
            heading: "أُوقف التحقق بخطوتين",
            opening: paragraphs([
                "من الآن فصاعدًا تكفي كلمة مرورك وحدها لتسجيل الدخول.",
                "لم تكن أنت؟ راجع حسابك فورًا وفعّله من جديد.",
            ]),
            button: Some("فتح حسابي"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: true } => Words {
            subject: "أُضيف مفتاح مرور إلى حسابك",
            heading: "أُضيف مفتاح مرور إلى حسابك",
            opening: paragraphs([
                "من الآن فصاعدًا يسجّل دخولك بلا كلمة مرور وبلا رمز.",
                "لم تكن أنت؟ راجع حسابك فورًا، واحذف المفتاح، واختر كلمة مرور جديدة.",
            ]),
            button: Some("فتح حسابي"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: false } => Words {
            subject: "حُذف مفتاح مرور من حسابك",
            heading: "حُذف مفتاح مرور من حسابك",
            opening: paragraphs([
                "لم يعد أحد يسجّل الدخول به، وسُجّل خروجك من كل مكان آخر.",
                "لم تكن أنت؟ راجع حسابك فورًا.",
            ]),
            button: Some("فتح حسابي"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::NewDevice { at } => Words {
            subject: "تسجيل دخول جديد إلى حسابك",
            heading: "هل كنت أنت؟",
            opening: paragraphs([
                &format!("سجّل أحدهم الدخول إلى حسابك من متصفح لم نره من قبل، في {}.", date(*at)),
                "إن كنت أنت فكل شيء على ما يرام. وإلا فأنهِ تلك الجلسة وغيّر كلمة مرورك.",
            ]),
            button: Some("عرض جلساتي"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::Invitation { invited_by, .. } => Words {
            subject: "دعوة للانضمام إلى Porchlight",
            heading: "وصلتك دعوة",
            opening: paragraphs([&format!(
                "يدعوك {} للانضمام إلى الفريق: صندوق وارد مشترك لكل من يكتب إليكم عبر الموقع.",
                isolated(invited_by)
            )]),
            button: Some("عرض الدعوة"),
            closing: paragraphs([
                &format!("يعمل الرابط مرة واحدة فقط، وخلال {days} أيام."),
                "لا تعرف من هذا؟ تجاهل هذه الرسالة ببساطة، ولن يحدث شيء.",
            ]),
            reason: format!(
                "وصلتك هذه الرسالة لأن {} دعا هذا العنوان إلى Porchlight على {host}.",
                isolated(invited_by)
            ),
        },
        Letter::DeletionBegun { at } => Words {
            subject: "ستُحذف إحدى مساحات عملك",
            heading: "ستُحذف مساحة عمل",
            opening: paragraphs([
                &format!("ستُحذف إحدى مساحات عملك في {}، مع كل محادثاتها.", date(*at)),
                "حتى ذلك الحين يمكن لمالكها أن يتراجع عن ذلك.",
            ]),
            button: Some("فتح Porchlight"),
            closing: Vec::new(),
            reason: format!("وصلتك هذه الرسالة لأنك تدير مساحة عمل في Porchlight على {host}."),
        },
        Letter::GuardedChange { what, by, at } => changed(*what, &isolated(by), &date(*at), &host),
    }
}

fn changed(what: GuardedChange, by: &str, at: &str, host: &str) -> Words {
    let (subject, said) = match what {
        GuardedChange::Owner => {
            ("لإحدى مساحات عملك مالك جديد", format!("نقل {by} ملكية إحدى مساحات عملك إلى شخص آخر في {at}."))
        }
        GuardedChange::Rights => (
            "تغيّرت صلاحيات في إحدى مساحات عملك",
            format!(
                "غيّر {by} ما يُسمح لأحدهم به في إحدى مساحات عملك، أو دعا شخصًا بصلاحيات أكثر من صلاحيات الموظف، في {at}."
            ),
        ),
        GuardedChange::ApiKey => (
            "أُنشئ مفتاح لواجهة البرمجة",
            format!(
                "أنشأ {by} مفتاحًا لواجهة البرمجة في إحدى مساحات عملك في {at}. ومن يملكه يستطيع أن يفعل هناك ما أُنشئ من أجله."
            ),
        ),
        GuardedChange::Site => (
            "تغيّرت إعدادات أحد مواقعك",
            format!("غيّر {by} أين يمكن أن تظهر محادثة أحد مواقعك، أو غيّر مفتاحه، أو أزاله، في {at}."),
        ),
        GuardedChange::Identity => (
            "تغيّر التحقق من الهوية في أحد مواقعك",
            format!(
                "غيّر {by} التحقق من الهوية في أحد مواقعك، أو سرّه، في {at}. وعليه يتوقف من يُظن أن الزائر هو."
            ),
        ),
        GuardedChange::SecondFactor => (
            "تغيّرت قاعدة تسجيل الدخول بخطوتين",
            format!("غيّر {by} ما إذا كان على الجميع في إحدى مساحات عملك تسجيل الدخول بخطوتين، في {at}."),
        ),
        GuardedChange::Retention => (
            "تغيّرت مدة الاحتفاظ بالمحادثات",
            format!("غيّر {by} مدة احتفاظ إحدى مساحات عملك بمحادثاتها، في {at}. وقد تُحذف المحادثات الأقدم."),
        ),
    };
    Words {
        subject,
        heading: subject,
        opening: paragraphs([
            &said,
            "أكنت تعلم بذلك؟ إذن كل شيء على ما يرام. وإن لم تكن تعلم، فاسأل هل كان ذلك الشخص حقًا، وانظر في سجل التدقيق: ففيه كل تغيير، حتى ما لا تُرسل رسالة عنه.",
        ]),
        button: Some("فتح سجل التدقيق"),
        closing: Vec::new(),
        reason: format!("وصلتك هذه الرسالة لأنك تدير مساحة عمل في Porchlight على {host}."),
    }
}

/// The word for minutes after their number, which is at least three.
const fn of_minutes(number: u64) -> &'static str {
    if number <= 10 { "دقائق" } else { "دقيقة" }
}

fn date(at: Timestamp) -> String {
    let moment = Moment::of(at);
    let (day, month, year) = (moment.day, moment.month_of(&MONTHS), moment.year);
    format!("{day} {month} {year} الساعة {} ({})", moment.clock(), isolated("UTC"))
}
