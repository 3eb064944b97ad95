//! Macros: which steps they may take.

use protocol::http::canned::CannedText;
use protocol::{Code, Handling, MacroStep, MessageText, Step, limits};

use crate::name::name;

/// Minutes for which a macro can snooze at most.
const MOST_MINUTES: u64 = limits::SNOOZE_MS / 60_000;

/// What a macro may be called and do, as it is kept (SPEC MA2).
///
/// # Errors
/// [`Code::BadField`] for a name that is none, a text beside the steps, a text that nobody could send, and a step that is not
/// the same at any time; [`Code::TooLarge`] for too many steps and for texts that are too long together.
pub(super) fn macro_text(draft: &CannedText) -> Result<CannedText, Code> {
    let shortcode = name(&draft.shortcode)?;
    if !draft.text.is_empty() {
        return Err(Code::BadField);
    }
    if draft.steps.len() > limits::MACRO_STEPS {
        return Err(Code::TooLarge);
    }
    let bytes = draft.steps.iter().map(|step| match step {
        MacroStep::Say(text) | MacroStep::Note(text) => text.len(),
        MacroStep::AssignToMe | MacroStep::SnoozeFor { .. } | MacroStep::Take(_) => 0,
    });
    if bytes.fold(0, usize::saturating_add) > limits::CANNED_BYTES {
        return Err(Code::TooLarge);
    }
    let steps = draft.steps.iter().map(checked).collect::<Result<_, _>>()?;
    Ok(CannedText { shortcode, text: String::new(), steps })
}

fn checked(step: &MacroStep) -> Result<MacroStep, Code> {
    match step {
        MacroStep::Say(text) => Ok(MacroStep::Say(sendable(text)?)),
        MacroStep::Note(text) => Ok(MacroStep::Note(sendable(text)?)),
        MacroStep::SnoozeFor { minutes } if !(1..=MOST_MINUTES).contains(&u64::from(*minutes)) => {
            Err(Code::BadField)
        }
        // A moment is over one day, and whether it is resolved is not known: opening is one step.
        MacroStep::Take(Step::Reopen | Step::Handle(Handling::Snooze { .. })) => Err(Code::BadField),
        MacroStep::AssignToMe | MacroStep::SnoozeFor { .. } | MacroStep::Take(_) => Ok(step.clone()),
    }
}

fn sendable(text: &str) -> Result<String, Code> {
    let text = MessageText::parse(text).map_err(|_| Code::BadField)?;
    Ok(text.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, Label, Priority, TeamId, Timestamp};

    use super::*;

    fn draft(steps: &[MacroStep]) -> CannedText {
        CannedText { shortcode: " Refund granted ".to_owned(), text: String::new(), steps: steps.to_vec() }
    }

    fn say(text: &str) -> MacroStep {
        MacroStep::Say(text.to_owned())
    }

    #[test]
    fn ma2_every_step_that_holds_at_any_time_is_kept_in_its_place() {
        let handle = |step| MacroStep::Take(Step::Handle(step));
        let label = Label::parse("Refund").expect("legal");
        let steps = [
            say("Hello {{contact.name|there}}"),
            MacroStep::Note("Paid back.".to_owned()),
            MacroStep::AssignToMe,
            handle(Handling::Assign { to: Some(AgentId::from_bytes([1; 16])) }),
            handle(Handling::Assign { to: None }),
            handle(Handling::HandTo { team: Some(TeamId::from_bytes([2; 16])) }),
            handle(Handling::Prioritize(Priority::High)),
            handle(Handling::Label(label.clone())),
            handle(Handling::Unlabel(label)),
            handle(Handling::Wait),
            handle(Handling::Open),
            MacroStep::SnoozeFor { minutes: 366 * 24 * 60 },
            MacroStep::Take(Step::Resolve),
        ];
        let kept = super::super::canned_text(&draft(&steps)).expect("legal");
        assert_eq!((kept.shortcode.as_str(), kept.steps), ("Refund granted", steps.to_vec()));
    }

    #[test]
    fn ma2_what_no_macro_takes_is_refused_with_a_code() {
        let snooze = Step::Handle(Handling::Snooze { until: Timestamp(5) });
        for step in [
            say(" \n"),
            MacroStep::Note("a\u{7}".to_owned()),
            MacroStep::SnoozeFor { minutes: 0 },
            MacroStep::SnoozeFor { minutes: 366 * 24 * 60 + 1 },
            MacroStep::SnoozeFor { minutes: u32::MAX },
            MacroStep::Take(Step::Reopen),
            MacroStep::Take(snooze),
        ] {
            assert_eq!(macro_text(&draft(std::slice::from_ref(&step))), Err(Code::BadField), "{step:?}");
        }
        let beside = CannedText { text: "Hello".to_owned(), ..draft(&[say("Hello")]) };
        assert_eq!(macro_text(&beside), Err(Code::BadField));
        for bad in ["", " ", "\u{202e}a", "x".repeat(81).as_str()] {
            let named = CannedText { shortcode: bad.to_owned(), ..draft(&[say("Hello")]) };
            assert_eq!(macro_text(&named), Err(Code::BadField), "{bad:?}");
        }
    }

    #[test]
    fn ma2_steps_and_texts_have_an_end() {
        let many = |count| draft(&vec![MacroStep::AssignToMe; count]);
        assert!(macro_text(&many(20)).is_ok());
        assert_eq!(macro_text(&many(21)), Err(Code::TooLarge));
        let halves = [say(&"x".repeat(2_000)), MacroStep::Note("x".repeat(2_000))];
        assert!(macro_text(&draft(&halves)).is_ok());
        let [one, other] = halves;
        assert_eq!(macro_text(&draft(&[one, other, say("x")])), Err(Code::TooLarge));
    }
}
