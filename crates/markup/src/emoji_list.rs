//! The emoji that are offered, each with words to find it by.

/// Emoji of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmojiGroup {
    /// What they are.
    pub sort: EmojiSort,
    /// Each with English words for it.
    pub emoji: &'static [(&'static str, &'static str)],
}

/// Sorts of emoji, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmojiSort {
    /// Faces.
    Faces,
    /// Hands and people.
    Hands,
    /// Hearts and signs.
    Signs,
    /// Things.
    Things,
}

/// All that are offered: few enough to be looked through.
pub const EMOJI: [EmojiGroup; 4] = [
    EmojiGroup {
        sort: EmojiSort::Faces,
        emoji: &[
            ("🙂", "smile happy"),
            ("😀", "grin happy"),
            ("😄", "laugh happy joy"),
            ("😅", "sweat relief phew"),
            ("😂", "tears laugh lol"),
            ("🤣", "rolling laugh rofl"),
            ("😊", "blush smile pleased"),
            ("😉", "wink"),
            ("😍", "love heart eyes"),
            ("🥰", "love hearts adore"),
            ("😘", "kiss"),
            ("😎", "cool sunglasses"),
            ("🤩", "star eyes amazed wow"),
            ("🤔", "think hmm"),
            ("😐", "neutral meh"),
            ("🙄", "eye roll"),
            ("😬", "grimace awkward"),
            ("😴", "sleep tired"),
            ("😮", "surprised oh wow"),
            ("😳", "flushed embarrassed"),
            ("😢", "cry sad tear"),
            ("😭", "sob cry sad"),
            ("😞", "disappointed sad"),
            ("😡", "angry mad"),
            ("🤯", "mind blown shocked"),
            ("🥳", "party celebrate"),
            ("🤗", "hug thanks"),
            ("😇", "angel innocent"),
            ("🤷", "shrug unsure"),
            ("🤦", "facepalm oops"),
        ],
    },
    EmojiGroup {
        sort: EmojiSort::Hands,
        emoji: &[
            ("👍", "thumbs up yes good ok"),
            ("👎", "thumbs down no bad"),
            ("👌", "ok perfect"),
            ("👋", "wave hello bye"),
            ("🙏", "please thanks pray"),
            ("👏", "clap bravo"),
            ("🙌", "hooray hands up"),
            ("🤝", "handshake deal agree"),
            ("💪", "strong muscle"),
            ("✌️", "peace victory"),
            ("🤞", "fingers crossed luck"),
            ("👉", "point right"),
            ("👆", "point up"),
            ("👀", "eyes look see"),
            ("🙋", "raise hand question"),
            ("✍️", "write"),
        ],
    },
    EmojiGroup {
        sort: EmojiSort::Signs,
        emoji: &[
            ("❤️", "heart love red"),
            ("💛", "heart yellow"),
            ("💚", "heart green"),
            ("💙", "heart blue"),
            ("💔", "broken heart"),
            ("✅", "check done yes"),
            ("❌", "cross no wrong"),
            ("❗", "exclamation important"),
            ("❓", "question"),
            ("⚠️", "warning careful"),
            ("💯", "hundred perfect"),
            ("🔥", "fire hot great"),
            ("✨", "sparkles new shiny"),
            ("⭐", "star favourite"),
            ("🎉", "party tada congratulations"),
            ("💡", "idea light bulb"),
            ("👁️", "eye watching"),
            ("➡️", "arrow right next"),
        ],
    },
    EmojiGroup {
        sort: EmojiSort::Things,
        emoji: &[
            ("📦", "parcel package delivery"),
            ("🚚", "truck delivery shipping"),
            ("🛒", "cart shop buy"),
            ("💳", "card pay credit"),
            ("🧾", "receipt invoice bill"),
            ("🎁", "gift present"),
            ("📧", "mail email"),
            ("📞", "phone call"),
            ("📱", "mobile phone"),
            ("💻", "laptop computer"),
            ("🔗", "link"),
            ("📎", "paper clip attach file"),
            ("📷", "camera photo picture"),
            ("🔒", "lock secure"),
            ("🔑", "key password"),
            ("🔍", "search find"),
            ("⏰", "alarm clock time"),
            ("⏳", "hourglass wait"),
            ("📅", "calendar date"),
            ("🏠", "home house"),
            ("🚀", "rocket fast launch"),
            ("🐛", "bug insect"),
            ("🔧", "wrench fix repair"),
            ("☕", "coffee break"),
            ("🌱", "plant grow"),
            ("☀️", "sun weather"),
        ],
    },
];

/// Those whose words begin with what somebody types, in the order in which they are shown.
pub fn emoji_like(typed: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let typed = typed.trim().to_lowercase();
    EMOJI
        .into_iter()
        .flat_map(|group| group.emoji.iter().copied())
        .filter(move |(_, words)| words.split(' ').any(|word| word.starts_with(&typed)))
}
