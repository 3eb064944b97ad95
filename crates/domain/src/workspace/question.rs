//! What a site may ask before the first message, and what answers it.

use std::collections::BTreeSet;

use protocol::Code;
use protocol::http::question::{Answer, AnswerFault, CONSENT, Question, QuestionKind};
use protocol::limits::{ANSWER_BYTES, CHOICES, QUESTION_LINK_BYTES, QUESTIONS};

use crate::account::Email;
use crate::name::{is_formatting, name};

/// Puts questions into their one spelling (SPEC QU1).
///
/// # Errors
/// [`Code::TooLarge`] for too many questions or choices, [`Code::BadField`] for a question or a choice that no name could
/// be or that is there twice, for a choice with less than two, and for a link that is not `https`.
pub fn tidied_questions(questions: Vec<Question>) -> Result<Vec<Question>, Code> {
    if questions.len() > QUESTIONS {
        return Err(Code::TooLarge);
    }
    let questions = questions.into_iter().map(tidied).collect::<Result<Vec<_>, _>>()?;
    let labels: BTreeSet<_> = questions.iter().map(|question| &question.label).collect();
    if labels.len() == questions.len() { Ok(questions) } else { Err(Code::BadField) }
}

fn tidied(question: Question) -> Result<Question, Code> {
    let Question { kind, label, is_required, choices, link } = question;
    let choices = match kind {
        QuestionKind::Choice => tidied_choices(&choices)?,
        QuestionKind::Text | QuestionKind::Email | QuestionKind::Phone | QuestionKind::Consent => Vec::new(),
    };
    let link = match kind {
        QuestionKind::Consent => tidied_link(&link)?,
        QuestionKind::Text | QuestionKind::Email | QuestionKind::Phone | QuestionKind::Choice => {
            String::new()
        }
    };
    Ok(Question { kind, label: name(&label)?, is_required, choices, link })
}

fn tidied_choices(choices: &[String]) -> Result<Vec<String>, Code> {
    if choices.len() > CHOICES {
        return Err(Code::TooLarge);
    }
    let choices = choices.iter().map(|choice| name(choice)).collect::<Result<Vec<_>, _>>()?;
    let different: BTreeSet<_> = choices.iter().collect();
    if different.len() == choices.len() && choices.len() >= 2 { Ok(choices) } else { Err(Code::BadField) }
}

fn tidied_link(link: &str) -> Result<String, Code> {
    let link = link.trim();
    let is_plain =
        |character: char| !character.is_control() && !character.is_whitespace() && !is_formatting(character);
    let has_host = link.strip_prefix("https://").is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_alphanumeric()) && !rest.contains(['"', '<', '>', '\\', '@'])
    });
    let is_legal =
        link.is_empty() || (has_host && link.len() <= QUESTION_LINK_BYTES && link.chars().all(is_plain));
    is_legal.then(|| link.to_owned()).ok_or(Code::BadField)
}

/// The answers to keep, or what is wrong with the answer to each question (SPEC QU2).
///
/// # Errors
/// A fault or none for each question. Nothing where the answers are not to these questions: then they have changed.
pub fn judged(
    questions: &[Question],
    answers: &[Answer],
) -> Result<Vec<Answer>, Option<Vec<Option<AnswerFault>>>> {
    let is_to_them = questions.len() == answers.len()
        && questions.iter().zip(answers).all(|(question, answer)| question.label == answer.label);
    if !is_to_them {
        return Err(None);
    }
    let judged: Vec<_> =
        questions.iter().zip(answers).map(|(question, answer)| read(question, &answer.text)).collect();
    if judged.iter().any(Result::is_err) {
        return Err(Some(judged.into_iter().map(Result::err).collect()));
    }
    let kept = answers.iter().zip(judged.into_iter().flatten());
    let kept = kept.map(|(answer, text)| Answer { label: answer.label.clone(), text });
    Ok(kept.filter(|answer| !answer.text.is_empty()).collect())
}

/// The one spelling of an answer; empty if there is none.
fn read(question: &Question, text: &str) -> Result<String, AnswerFault> {
    let text = text.trim();
    if text.is_empty() {
        return if question.is_required { Err(AnswerFault::Missing) } else { Ok(String::new()) };
    }
    let is_plain = text.chars().all(|character| !character.is_control() && !is_formatting(character));
    if !is_plain || text.len() > ANSWER_BYTES {
        return Err(AnswerFault::Other);
    }
    match question.kind {
        QuestionKind::Text => Ok(text.to_owned()),
        QuestionKind::Email => {
            let email = Email::parse(text).map_err(|_| AnswerFault::NoEmail)?;
            Ok(email.as_str().to_owned())
        }
        QuestionKind::Phone => phone(text).ok_or(AnswerFault::NoPhone),
        QuestionKind::Choice => {
            let is_one = question.choices.iter().any(|choice| choice == text);
            is_one.then(|| text.to_owned()).ok_or(AnswerFault::Other)
        }
        QuestionKind::Consent => (text == CONSENT).then(|| text.to_owned()).ok_or(AnswerFault::Other),
    }
}

/// A number as people write it, in digits of ASCII: 4 to 15 of them (E.164), perhaps behind a plus.
fn phone(text: &str) -> Option<String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_legal = |(place, character): (usize, char)| {
        character.is_ascii_digit() || (character == '+' && place == 0) || " ()-./".contains(character)
    };
    ((4..=15).contains(&digits) && text.char_indices().all(is_legal)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind, label: &str) -> Question {
        Question {
            kind,
            label: label.to_owned(),
            is_required: false,
            choices: Vec::new(),
            link: String::new(),
        }
    }

    fn choice(choices: &[&str]) -> Question {
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        Question { choices, ..question(QuestionKind::Choice, "About what?") }
    }

    fn consent(link: &str) -> Question {
        Question { link: link.to_owned(), ..question(QuestionKind::Consent, "I agree") }
    }

    #[test]
    fn qu1_questions_have_one_spelling() {
        let typed = vec![
            question(QuestionKind::Text, " Your name "),
            Question { link: "https://shop.example".to_owned(), ..choice(&[" A ", "B"]) },
            Question { choices: vec!["A".to_owned()], ..consent(" https://shop.example/privacy ") },
        ];
        let tidy = vec![
            question(QuestionKind::Text, "Your name"),
            choice(&["A", "B"]),
            consent("https://shop.example/privacy"),
        ];
        assert_eq!(tidied_questions(typed), Ok(tidy.clone()));
        assert_eq!(tidied_questions(tidy.clone()), Ok(tidy));
        assert_eq!(tidied_questions(Vec::new()), Ok(Vec::new()));
    }

    #[test]
    fn qu1_what_cannot_be_asked_is_refused() {
        let many =
            |count: usize| (0..count).map(|index| question(QuestionKind::Text, &index.to_string())).collect();
        let long: Vec<_> = (0..21).map(|index| index.to_string()).collect();
        let cases: Vec<(Vec<Question>, Result<(), Code>)> = vec![
            (many(10), Ok(())),
            (many(11), Err(Code::TooLarge)),
            (vec![question(QuestionKind::Text, " ")], Err(Code::BadField)),
            (vec![question(QuestionKind::Text, "a\u{202e}b")], Err(Code::BadField)),
            (
                vec![question(QuestionKind::Text, "A"), question(QuestionKind::Email, " A")],
                Err(Code::BadField),
            ),
            (vec![choice(&["A"])], Err(Code::BadField)),
            (vec![choice(&["A", "A "])], Err(Code::BadField)),
            (vec![choice(&["A", ""])], Err(Code::BadField)),
            (vec![Question { choices: long, ..choice(&[]) }], Err(Code::TooLarge)),
            (vec![consent("")], Ok(())),
            (vec![consent("http://shop.example")], Err(Code::BadField)),
            (vec![consent("javascript:alert(1)")], Err(Code::BadField)),
            (vec![consent("https://")], Err(Code::BadField)),
            (vec![consent("https://shop.example/ a")], Err(Code::BadField)),
            (vec![consent("https://shop.example@evil.example")], Err(Code::BadField)),
            (vec![consent(&format!("https://a/{}", "x".repeat(500)))], Err(Code::BadField)),
        ];
        for (questions, expected) in cases {
            assert_eq!(tidied_questions(questions.clone()).map(|_| ()), expected, "{questions:?}");
        }
    }

    #[test]
    fn qu2_answers_are_judged_each_by_its_question() {
        let email = || question(QuestionKind::Email, "Q");
        let phone = || question(QuestionKind::Phone, "Q");
        let cases = [
            (question(QuestionKind::Text, "Q"), " Anna ", Ok("Anna")),
            (question(QuestionKind::Text, "Q"), "a\nb", Err(AnswerFault::Other)),
            (question(QuestionKind::Text, "Q"), "a\u{202e}b", Err(AnswerFault::Other)),
            (email(), "Anna@Example.com", Ok("anna@example.com")),
            (email(), "anna", Err(AnswerFault::NoEmail)),
            (phone(), "+49 (30) 123-456", Ok("+49 (30) 123-456")),
            (phone(), "123", Err(AnswerFault::NoPhone)),
            (phone(), "1234567890123456", Err(AnswerFault::NoPhone)),
            (phone(), "12+3456", Err(AnswerFault::NoPhone)),
            (phone(), "call me", Err(AnswerFault::NoPhone)),
            (Question { label: "Q".to_owned(), ..choice(&["A", "B"]) }, "B", Ok("B")),
            (Question { label: "Q".to_owned(), ..choice(&["A", "B"]) }, "C", Err(AnswerFault::Other)),
            (Question { label: "Q".to_owned(), ..consent("") }, CONSENT, Ok(CONSENT)),
            (Question { label: "Q".to_owned(), ..consent("") }, "no", Err(AnswerFault::Other)),
        ];
        for (question, text, expected) in cases {
            let answer = |text: &str| Answer { label: "Q".to_owned(), text: text.to_owned() };
            let expected = expected.map(|text| vec![answer(text)]).map_err(|fault| Some(vec![Some(fault)]));
            assert_eq!(
                judged(std::slice::from_ref(&question), &[answer(text)]),
                expected,
                "{question:?} {text:?}"
            );
            assert_eq!(
                judged(std::slice::from_ref(&question), &[answer("  ")]),
                Ok(Vec::new()),
                "it need not be answered"
            );
            let required = Question { is_required: true, ..question };
            let missing = Err(Some(vec![Some(AnswerFault::Missing)]));
            assert_eq!(judged(&[required], &[answer("  ")]), missing);
        }
        let long = Answer { label: "Q".to_owned(), text: "x".repeat(401) };
        assert!(judged(&[question(QuestionKind::Text, "Q")], &[long]).is_err());
    }

    #[test]
    fn qu2_answers_to_other_questions_are_none() {
        let asked = [question(QuestionKind::Text, "A"), question(QuestionKind::Text, "B")];
        let answer = |label: &str| Answer { label: label.to_owned(), text: "x".to_owned() };
        assert!(judged(&asked, &[answer("A"), answer("B")]).is_ok());
        for other in
            [vec![], vec![answer("A")], vec![answer("B"), answer("A")], vec![answer("A"), answer("C")]]
        {
            assert_eq!(judged(&asked, &other), Err(None), "{other:?}");
        }
    }
}
