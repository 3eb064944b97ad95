//! Every kind of trouble that the simulator makes, and how often it did.

use core::fmt;

macro_rules! faults {
    ($($name:ident $text:literal,)*) => {
        /// A kind of trouble, after b.7 of the requirements.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Fault { $($name,)* }

        const ALL: &[(Fault, &str)] = &[$((Fault::$name, $text),)*];
    };
}

faults! {
    Unreachable "network: no credential could be had",
    Refused "network: the connection was refused",
    CutBeforeUpgrade "network: cut before the upgrade",
    CutAfterUpgrade "network: cut just after the upgrade",
    Cut "network: cut in the middle",
    OddClose "network: closed with an odd code",
    FrameLost "proxy: a frame was lost",
    FrameDoubled "proxy: a frame was doubled",
    FrameSwapped "proxy: two frames changed places",
    HalfOpenDown "network: the client hears nothing",
    HalfOpenUp "network: the server hears nothing",
    Blackhole "network: neither hears the other",
    Stalled "network: stalled for seconds",
    StalledLong "network: stalled for half a minute and more",
    Clogged "network: a subset was clogged one by one",
    SlowLine "network: slow, or slow one way",
    OldSocketSpoke "network: the old socket spoke after the new one was open",
    Deployed "network: all sockets were closed at once",
    Evicted "object: evicted, sockets hibernate",
    Crashed "object: crashed, and its sockets with it",
    WritesLost "object: crashed, uncommitted writes lost",
    CrashedAtCommit "object: crashed after commit, before any output",
    CrashedMidBroadcast "object: crashed after part of the broadcast",
    CrashedWithReader "object: crashed together with the browser of an agent who reads",
    Panicked "object: a panic reset the whole isolate",
    CommitSlow "storage: output held back for seconds",
    StatementFailed "storage: a statement failed",
    WriteHalfDone "storage: a turn failed with some writes stored",
    Restored "storage: restored to an earlier moment, new epoch",
    WorkspaceRestored "storage: the workspace restored to an earlier moment",
    AlarmLate "alarm: late",
    AlarmDoubled "alarm: rang twice",
    AlarmAbandoned "alarm: abandoned by the platform",
    AlarmBroken "alarm: the handler died and was run again",
    WorkspaceAway "call: the workspace was away",
    AnswerLost "call: done, but the answer was lost",
    CallLate "call: arrived late",
    AnswerOutlived "call: answered when what it had told of was deleted",
    QuestionOvertaken "call: other turns came while a visitor waited for the workspace's word",
    QuestionForgotten "call: the object was evicted or reset while it waited for the workspace's word",
    Reloaded "browser: reloaded",
    TabCrashed "browser: crashed",
    CrashedBetweenEffects "browser: crashed between two effects of a step",
    TabClosed "browser: a tab was closed with unsent messages",
    SentForAnother "browser: a tab sent what another one had written",
    Frozen "browser: a tab was frozen",
    FrozenToTheEnd "browser: a tab that was frozen stayed so to the end",
    LockStolen "browser: the lock was taken from a tab that did not send",
    NoLocks "browser: there were no locks",
    StorageEventLate "browser: a storage event came late",
    StorageDenied "browser: storage denied, a message could not be kept",
    StorageFull "browser: storage full, a message could not be kept",
    StorageCleared "browser: storage cleared",
    StorageStale "browser: storage lost its latest writes",
    StorageCorrupt "browser: storage held nonsense",
    StorageOlder "browser: storage held what an older build had kept",
    TwoDevices "browser: a person had a conversation open on two devices",
    TabDuplicated "browser: a tab was duplicated with its session",
    ClockJumped "browser: the clock jumped",
    Slept "browser: slept for hours",
    Throttled "browser: timers throttled",
    Dismissed "rights: an agent's sessions ended with their sockets open",
    Unvouched "rights: a secret ended with the sockets open for which it had vouched",
    Expired "retention: the time of a conversation was over",
    ExpiredLate "retention: the time was over, and the conversation had gone on",
    Erased "retention: a conversation was erased with its workspace",
    EndedWithSockets "retention: one that went had open sockets",
    EndedWithWaiting "retention: somebody had something to say in one that went",
    CredentialExpired "client: turned away, the credential was not good any more",
    LostSentAgain "client: what a restore took was sent again",
    LostGivenUp "client: what a restore took was given up",
    StricterServer "version: the server refused what the client allows",
    HeldSentAnyway "talk: a held reply was sent nonetheless",
    Garbage "adversary: frames that are none",
    Forbidden "adversary: frames of the other side",
    Stranger "adversary: turned away with somebody else's credential",
    Replayed "adversary: a used ticket or a taken message id, refused",
    Flooded "adversary: refused, more than the rate allows",
    SlowReader "socket: closed, since its reader was too slow",
    Speechless "adversary: a socket that never says hello",
}

/// How often each kind of trouble happened.
#[derive(Debug, Clone)]
pub(crate) struct Counts(Vec<u64>);

impl Default for Counts {
    fn default() -> Self {
        Self(vec![0; ALL.len()])
    }
}

impl Counts {
    pub(crate) fn add(&mut self, fault: Fault) {
        if let Some(count) = self.0.get_mut(fault as usize) {
            *count += 1;
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(count, more)| *count += more);
    }

    /// The kinds that never happened.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let all = ALL.iter().zip(&self.0);
        all.filter(|(_, count)| **count == 0).map(|((_, text), _)| *text).collect()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        ALL.iter().zip(&self.0).try_for_each(|((_, text), count)| writeln!(formatter, "{count:>10}  {text}"))
    }
}
