//! Sizes and rates that both sides know, all far below the platform's own.

/// Bytes of one frame on a socket.
pub const FRAME_BYTES: usize = 64 * 1024;

/// Bytes of one message or note.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// Bytes of a page's address, title or referrer; longer ones are cut.
pub const PAGE_FIELD_BYTES: usize = 400;

/// Characters of the preview of a conversation's last message.
pub const PREVIEW_CHARACTERS: usize = 120;

/// Events that one frame carries at most.
pub const EVENTS_PER_FRAME: usize = 200;

/// Events that a client which knows none is given first.
pub const NEWEST_PAGE: u64 = 50;

/// Events that are sent again at most; a client further behind starts anew from the newest page.
pub const RESUME_EVENTS: u64 = 500;

/// Conversations that one page of the feed carries.
pub const FEED_PAGE: usize = 50;

/// Events of which a workspace is told the words at once.
pub const PASSAGE_EVENTS: u64 = 200;

/// Characters of what is looked for; what comes after them counts for nothing.
pub const SEARCH_CHARACTERS: usize = 200;

/// Words that are looked for at once; so does what comes after them.
pub const SEARCH_WORDS: usize = 16;

/// Passages that one page of search results is made of.
pub const SEARCH_PAGE: usize = 20;

/// Lines that are shown of a conversation in which something was found.
pub const FOUND_LINES: usize = 3;

/// Sockets of one visitor in one conversation.
pub const SOCKETS_PER_VISITOR: usize = 5;

/// Sockets of one agent on one object.
pub const SOCKETS_PER_AGENT: usize = 10;

/// Sockets of one object.
pub const SOCKETS_PER_OBJECT: usize = 50;

/// Milliseconds within which a new socket must say hello.
pub const HELLO_MS: u64 = 10_000;

/// Messages that a visitor may send at once; refilled by one a [`MESSAGE_INTERVAL_MS`].
pub const MESSAGE_BURST: u64 = 10;

/// Milliseconds in which a visitor earns one message.
pub const MESSAGE_INTERVAL_MS: u64 = 1_000;

/// Messages that an agent may send at once; refilled as fast as a visitor's.
pub const AGENT_MESSAGE_BURST: u64 = 50;

/// Bytes of the comment of a rating.
pub const RATING_COMMENT_BYTES: usize = 2_000;

/// Milliseconds after the end of a conversation for which its visitor may rate it.
pub const RATING_MS: u64 = 24 * 3_600_000;

/// Teams of a workspace.
pub const TEAMS: usize = 50;

/// The most that can be chosen as the limit of open conversations with which nobody is given another.
pub const ASSIGNMENT_LIMIT: u16 = 1_000;

/// Milliseconds after which what waits with an agent who is offline is given to others.
pub const RESCUE_OFFLINE_MS: u64 = 2 * 60_000;

/// The same of one who is away.
pub const RESCUE_AWAY_MS: u64 = 5 * 60_000;

/// Milliseconds without input in any tab after which an agent counts as away.
pub const IDLE_MS: u64 = 10 * 60_000;

/// Contacts that one page of their list carries.
pub const CONTACTS_PAGE: usize = 50;

/// Conversations that are shown with a contact: more than a visitor can begin.
pub const CONTACT_CONVERSATIONS: usize = 100;

/// Contacts that are read at once while they are written into a file.
pub const CONTACTS_AT_ONCE: usize = 1_000;

/// Visitors whom a workspace has blocked at a time.
pub const BLOCKED_VISITORS: usize = 1_000;

/// Canned responses that everybody of a workspace has.
pub const SHARED_CANNED: usize = 200;

/// Canned responses that one person has beside those.
pub const OWN_CANNED: usize = 100;

/// Bytes of a canned response.
pub const CANNED_BYTES: usize = 4_000;

/// Macros that everybody of a workspace has.
pub const SHARED_MACROS: usize = 100;

/// Macros that one person has beside those.
pub const OWN_MACROS: usize = 50;

/// Things that one macro does at most; its texts have [`CANNED_BYTES`] together.
pub const MACRO_STEPS: usize = 20;

/// Filters that everybody of a workspace has.
pub const SHARED_FILTERS: usize = 25;

/// Filters that one person has beside those.
pub const OWN_FILTERS: usize = 25;

/// Conditions of one filter.
pub const FILTER_CONDITIONS: usize = 20;

/// The most days back that a filter asks for.
pub const FILTER_DAYS: u16 = 3_650;

/// Characters of the code by which a canned response is found.
pub const SHORTCODE_CHARACTERS: usize = 40;

/// Milliseconds between two typing notices of one side that are passed on.
pub const TYPING_INTERVAL_MS: u64 = 2_000;

/// Milliseconds after which a typing notice has lapsed.
pub const TYPING_LAPSES_MS: u64 = 6_000;

/// Bad frames within [`BAD_FRAME_WINDOW_MS`] that close a socket.
pub const BAD_FRAMES: u32 = 3;

/// Milliseconds over which bad frames are counted.
pub const BAD_FRAME_WINDOW_MS: u64 = 10_000;

/// Refusals in a row that close a socket.
pub const REFUSALS: u32 = 200;

/// Bytes waiting for a slow reader at which its socket is closed.
pub const BUFFERED_BYTES: u32 = 1024 * 1024;

/// Bytes of a password.
pub const PASSWORD_BYTES: usize = 1_024;

/// Bytes of an HTTP body.
pub const BODY_BYTES: usize = 16 * 1024;

/// Milliseconds within which the whole of an HTTP body must have come.
pub const BODY_MS: u64 = 10_000;

/// Milliseconds a visitor's token is good for: 180 days.
pub const VISITOR_TOKEN_MS: u64 = 180 * 24 * 3_600_000;

/// Milliseconds an agent's socket ticket is good for.
pub const TICKET_MS: u64 = 30_000;

/// Milliseconds after which an agent's socket ends in any case, as a session does.
pub const AGENT_SOCKET_MS: u64 = SESSION_MS;

/// Milliseconds after which an unused agent session ends: 12 hours.
pub const SESSION_IDLE_MS: u64 = 12 * 3_600_000;

/// Milliseconds after which an agent session ends in any case: 7 days.
pub const SESSION_MS: u64 = 7 * 24 * 3_600_000;

/// Failed sign-ins within [`SIGN_IN_WINDOW_MS`] after which an account refuses more.
pub const SIGN_IN_ATTEMPTS: u32 = 5;

/// Passwords of strangers that a process hashes at once, whatever accounts they are for; refilled by one a
/// [`HASH_INTERVAL_MS`].
pub const HASHES_AT_ONCE: u64 = 10;

/// Milliseconds after which a process has time for one more: a hash takes some 30 to 60.
pub const HASH_INTERVAL_MS: u64 = 200;

/// Milliseconds that somebody is kept waiting for their turn, before they are told to come back.
pub const HASH_WAIT_MS: u32 = 1_000;

/// Sign-ins within [`SIGN_IN_WINDOW_MS`] that failed or are under way, after which one part of the network may try no
/// more.
pub const SIGN_IN_ATTEMPTS_OF_NETWORK: u32 = 20;

/// Mails within [`SIGN_IN_WINDOW_MS`] after which one part of the network may ask for no more.
pub const MAILS_OF_NETWORK: u32 = 20;

/// New visitors of a site within [`SIGN_IN_WINDOW_MS`] after which further ones from the same part of the network do a
/// little work.
pub const NEW_VISITORS_OF_NETWORK: u32 = 30;

/// New visitors of a site within [`SIGN_IN_WINDOW_MS`] after which no further one comes from the same part of the network.
pub const MOST_NEW_VISITORS_OF_NETWORK: u32 = 300;

/// Milliseconds over which failed sign-ins are counted: 15 minutes.
pub const SIGN_IN_WINDOW_MS: u64 = 15 * 60_000;

/// Milliseconds a mailed link that signs in is good for: 10 minutes (OWASP ASVS 5.0, 6.5.5).
pub const SIGN_IN_LINK_MS: u64 = 10 * 60_000;

/// Milliseconds a mailed link is good for that does something else, but an invitation's: 30 minutes.
pub const LINK_MS: u64 = 30 * 60_000;

/// Milliseconds an invitation is good for: 7 days.
pub const INVITATION_MS: u64 = 7 * 24 * 3_600_000;

/// Milliseconds within which a browser answers the challenge of a passkey: 5 minutes.
pub const PASSKEY_CHALLENGE_MS: u64 = 5 * 60_000;

/// Passkeys that one account has at most.
pub const PASSKEYS: usize = 20;

/// Milliseconds for which a proof of who one is opens what is guarded by it: 10 minutes.
pub const PROOF_MS: u64 = 10 * 60_000;

/// Milliseconds between the wish to delete a workspace and its deletion, in which it can be taken back: 14 days.
pub const DELETION_WAIT_MS: u64 = 14 * 24 * 3_600_000;

/// Days for which a workspace keeps conversations that are over, at most, if it does not keep them for ever: ten years.
pub const RETENTION_DAYS: u16 = 3_650;

/// Milliseconds between the wish to delete conversations that are over and the first that go: a day.
pub const RETENTION_WAIT_MS: u64 = 24 * 3_600_000;

/// Characters of the shortest password (OWASP ASVS 5.0, 6.2.1).
pub const PASSWORD_CHARACTERS: usize = 8;

/// Bytes of a name of a person, a workspace, a site or a role.
pub const NAME_BYTES: usize = 80;

/// People in one private chat.
pub const PRIVATE_CHAT_MEMBERS: usize = 40;

/// Private chats that the feed tells an agent of when it opens.
pub const PRIVATE_CHATS_TOLD: usize = 200;

/// Events, the newest of a private chat, in which is counted what each member has not read.
pub const PRIVATE_CHAT_COUNTED: u64 = 200;

/// Workspaces that one person belongs to, when they found another.
pub const WORKSPACES: usize = 20;

/// People of one workspace, with those who are invited.
pub const PEOPLE: usize = 500;

/// Custom roles of one workspace.
pub const CUSTOM_ROLES: usize = 50;

/// Keys of the REST API of one workspace.
pub const API_KEYS: usize = 50;

/// Milliseconds for which a key of the REST API that expires can be made at most: ten years.
pub const API_KEY_MS: u64 = 3_650 * 24 * 3_600_000;

/// Requests that can be made with one key of the REST API at once; refilled by one an [`API_KEY_INTERVAL_MS`].
pub const API_KEY_BURST: u64 = 600;

/// Milliseconds in which a key of the REST API earns one request.
pub const API_KEY_INTERVAL_MS: u64 = 100;

/// Sites of one workspace.
pub const SITES: usize = 100;

/// Origins that one site may list.
pub const SITE_ORIGINS: usize = 50;

/// Bytes of a site's greeting.
pub const GREETING_BYTES: usize = 300;

/// Keys of one site that are good at the same time; the oldest ends when there is one more.
pub const SITE_KEYS: usize = 5;

/// Secrets for identity verification of one site that are good at the same time; the older ends when there is a third.
pub const IDENTITY_SECRETS: usize = 2;

/// Milliseconds for which a site's old key or secret stays good beside its new one: 30 days.
pub const OVERLAP_MS: u64 = 30 * 24 * 3_600_000;

/// Milliseconds for which a visitor who has proven who they are can go on without a new proof: 24 hours.
pub const IDENTIFIED_TOKEN_MS: u64 = 24 * 3_600_000;

/// Milliseconds after a visitor's token was given for which it need not be asked again whether its site still stands.
pub const VOUCHED_MS: u64 = 4_000;

/// Checks of a page that a workspace may ask for within [`INSTALL_CHECK_WINDOW_MS`].
pub const INSTALL_CHECKS: usize = 10;

/// Milliseconds over which checks of pages are counted.
pub const INSTALL_CHECK_WINDOW_MS: u64 = 60_000;

/// Bytes of a proof of who a visitor is.
pub const PROOF_BYTES: usize = 4 * 1024;

/// Bytes of a person's id with a site.
pub const USER_ID_BYTES: usize = 255;

/// Bytes of a visitor's e-mail address (RFC 5321).
pub const VISITOR_EMAIL_BYTES: usize = 254;

/// Lines that one page of the audit log carries.
pub const AUDIT_PAGE: usize = 50;

/// Mails that the local mailbox keeps.
pub const MAILBOX_MAILS: u64 = 200;

/// Bytes of an answer that are read, of a server that this one asks.
pub const OUTBOUND_BYTES: usize = 64 * 1024;

/// Milliseconds after which a server that this one asks is given up.
pub const OUTBOUND_MS: u32 = 10_000;

/// Names that a caller may ask for in vain within [`MISS_WINDOW_MS`] before it has to wait.
pub const MISSES: u32 = 20;

/// Milliseconds over which such misses are counted.
pub const MISS_WINDOW_MS: u64 = 60_000;

/// Bytes of one file that is sent in a conversation.
pub const FILE_BYTES: u32 = 25_000_000;

/// Bytes of a file's name.
pub const FILE_NAME_BYTES: usize = 120;

/// Milliseconds within which a file must have come whole: 10 minutes.
pub const UPLOAD_MS: u64 = 10 * 60_000;

/// Files that one person may begin to send up in one conversation within [`UPLOAD_WINDOW_MS`].
pub const UPLOADS: u64 = 40;

/// Milliseconds over which begun uploads are counted: 10 minutes.
pub const UPLOAD_WINDOW_MS: u64 = 10 * 60_000;

/// Bytes that one person may send up in one conversation within [`UPLOAD_DAY_MS`].
pub const UPLOAD_DAY_BYTES: u64 = 250_000_000;

/// Milliseconds over which sent bytes are counted: 24 hours.
pub const UPLOAD_DAY_MS: u64 = 24 * 3_600_000;

/// Milliseconds for which a file is kept that was sent up and is in no message: 24 hours.
pub const UNSAID_FILE_MS: u64 = 24 * 3_600_000;

/// Milliseconds for which the password is good that the server makes for a first owner: 24 hours, and one sign-in.
pub const FIRST_PASSWORD_MS: u64 = 24 * 3_600_000;

/// Bytes of a picture that a person shows of themselves: one of [`OWN_PICTURE_SIDE`], even of noise, has fewer.
pub const OWN_PICTURE_BYTES: usize = 64 * 1024;

/// Pixels of each side of such a picture.
pub const OWN_PICTURE_SIDE: u16 = 256;

/// Milliseconds within which such a picture must have come, once it was begun: 10 minutes.
pub const OWN_PICTURE_MS: u64 = 10 * 60_000;

/// Such pictures that one account may have begun at a time.
pub const OWN_PICTURES_BEGUN: u64 = 5;

/// Bytes of a body of the REST API.
pub const API_BODY_BYTES: usize = 128 * 1024;

/// Milliseconds for which what was done under an `Idempotency-Key` is remembered: 24 hours.
pub const IDEMPOTENCY_MS: u64 = 24 * 3_600_000;

/// Conversations in which they were named that an agent is told of, the newest.
pub const MENTIONS_TOLD: usize = 50;

/// Steps of handling that are taken in one round, of several conversations; their body has room ([`BODY_BYTES`]).
pub const ROUND_STEPS: usize = 50;

/// Characters of a label of a conversation.
pub const LABEL_CHARACTERS: usize = 40;

/// Labels of one conversation.
pub const LABELS: usize = 20;

/// Milliseconds for which a conversation can be snoozed at most: a year.
pub const SNOOZE_MS: u64 = 366 * 24 * 3_600_000;

/// Milliseconds after which a visitor can neither edit nor delete a message any more: 15 minutes.
pub const VISITOR_AMENDS_MS: u64 = 15 * 60_000;

/// Milliseconds after which an agent can neither edit nor delete a message or a note any more: 24 hours.
pub const AGENT_AMENDS_MS: u64 = 24 * 3_600_000;

/// Spans of time in the week of a site's office hours.
pub const WEEKLY_SPANS: usize = 42;

/// Holidays that a site knows.
pub const HOLIDAYS: usize = 100;

/// Spans of time on one holiday.
pub const DAY_SPANS: usize = 6;

/// Characters of the text beside the sign on the launcher.
pub const LAUNCHER_LABEL_CHARACTERS: usize = 30;

/// The most that the launcher may be away from an edge, in px.
pub const LAUNCHER_OFFSET: u16 = 200;

/// Bytes of a language tag.
pub const LANGUAGE_TAG_BYTES: usize = 35;

/// Conversations that a visitor finds in their home.
pub const HOME_CONVERSATIONS: usize = 50;

/// Names that a visitor's further conversations can have: more than their home lists, so that one is always free.
pub const FURTHER_CONVERSATIONS: u32 = 64;

/// Conversations of which a home tells how much is unread: the most recently active ones.
pub const HOME_UNREAD: usize = 10;

/// Lines and bytes of text of a transcript that is mailed: the newest.
pub const TRANSCRIPT_LINES: usize = 1_000;
/// As said there.
pub const TRANSCRIPT_BYTES: usize = 200_000;

/// Those before a waiting visitor who are counted: beyond that it is only told that there are more.
pub const WAITING_TOLD: u32 = 100;

/// Milliseconds without anything new after which a conversation that nobody has answered is not counted before others.
pub const WAITING_MS: u64 = 24 * 3_600_000;

/// Faces of the team in a visitor's home.
pub const HOME_FACES: usize = 4;

/// Questions that a site asks before the first message.
pub const QUESTIONS: usize = 10;

/// Choices of one question.
pub const CHOICES: usize = 20;

/// Bytes of an answer.
pub const ANSWER_BYTES: usize = 400;

/// Bytes of the address at which a visitor reads what they consent to.
pub const QUESTION_LINK_BYTES: usize = 400;

/// Proactive messages of a site.
pub const PROACTIVE_MESSAGES: usize = 20;

/// Bytes of the text of one.
pub const PROACTIVE_TEXT_BYTES: usize = 400;

/// Patterns of pages of one.
pub const PROACTIVE_PAGES: usize = 10;

/// Bytes of a pattern.
pub const PROACTIVE_PAGE_BYTES: usize = 200;

/// Seconds on a page after which one comes, at most.
pub const PROACTIVE_SECONDS: u16 = 3_600;

/// Milliseconds for which a page may tell that its visitor is there with what it was given for that.
pub const VISIT_PASS_MS: u64 = 3_600_000;

/// Seconds after which a page tells it again.
pub const BEAT_SECONDS: u64 = 45;

/// Milliseconds after which somebody of whom nothing was heard is not there any more: two beats, and what a slow line takes.
pub const VISIT_SILENCE_MS: u64 = 100_000;

/// Milliseconds after which somebody who has left a page is not there any more, unless they came to another one.
pub const VISIT_LEAVING_MS: u64 = 10_000;

/// Visitors of a site of whom more is kept than that they are there.
pub const VISITS_LISTED: usize = 5_000;

/// Visitors of a site that are counted beyond them.
pub const VISITS_COUNTED: usize = 50_000;

/// Visitors in a page of the list.
pub const VISITS_PAGE: usize = 100;

/// Seconds that a page may say that a visit has lasted: a day.
pub const VISIT_SECONDS: u32 = 86_400;

/// Bytes of where a visit came from, and of its campaign.
pub const VISIT_SOURCE_BYTES: usize = 100;

/// Milliseconds for which what an agent says waits to be shown.
pub const OPENER_WAIT_MS: u64 = 180_000;

/// Milliseconds for which it is known what was said, once it was shown.
pub const OPENER_SHOWN_MS: u64 = 3_600_000;

/// What agents have said on a site that is known at a time.
pub const OPENERS: usize = 500;

/// Sites of which it is asked at once who is there.
pub const WATCHED_SITES: usize = 30;
