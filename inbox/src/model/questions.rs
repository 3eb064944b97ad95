//! What a site asks, as it is typed.

use std::collections::{BTreeMap, BTreeSet};

use protocol::TeamId;
use protocol::http::question::{Question, QuestionKind};
use protocol::http::reception::Department;
use protocol::limits::NAME_BYTES;

use crate::words::questions as words;

/// The lines of a text, without white space around them and without empty ones.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What is wrong with questions, by the place of the first that is at fault.
pub(crate) fn fault(questions: &[Question]) -> Option<(usize, &'static str)> {
    let mut labels = BTreeSet::new();
    questions.iter().enumerate().find_map(|(place, question)| {
        let Question { kind, label, choices, link, .. } = question;
        let different: BTreeSet<_> = choices.iter().collect();
        let words = if label.is_empty() || label.len() > NAME_BYTES {
            words::NO_LABEL
        } else if !labels.insert(label) {
            words::TWICE
        } else if *kind == QuestionKind::Choice && (choices.len() < 2 || different.len() < choices.len()) {
            words::FEW_CHOICES
        } else if *kind == QuestionKind::Consent && !link.is_empty() && !link.starts_with("https://") {
            words::BAD_LINK
        } else {
            return None;
        };
        Some((place, words))
    })
}

/// Where the choices of a question lead.
pub(crate) fn leads_of(question: &Question, departments: &[Department]) -> BTreeMap<String, TeamId> {
    let its = departments.iter().filter(|department| department.question == question.label);
    its.map(|department| (department.choice.clone(), department.team)).collect()
}

/// The same as it is kept, of the choices that there are by now.
pub(crate) fn departments_of(question: &Question, leads: &BTreeMap<String, TeamId>) -> Vec<Department> {
    let leading = question.choices.iter().filter_map(|choice| Some((choice, *leads.get(choice)?)));
    leading
        .map(|(choice, team)| Department { question: question.label.clone(), choice: choice.clone(), team })
        .collect()
}

/// Moves what stands at a place one place on, up or down; says where it stands then.
pub(crate) fn moved<T>(list: &mut [T], place: usize, is_up: bool) -> usize {
    let other = if is_up { place.checked_sub(1) } else { place.checked_add(1) };
    match other.filter(|other| *other < list.len() && place < list.len()) {
        Some(other) => {
            list.swap(place, other);
            other
        }
        None => place,
    }
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

    #[test]
    fn ib64_what_is_wrong_with_a_question_is_told_before_anything_is_sent() {
        let text = |label| question(QuestionKind::Text, label);
        let choice = |typed| Question { choices: lines(typed), ..question(QuestionKind::Choice, "B") };
        let consent = |link: &str| Question { link: link.to_owned(), ..question(QuestionKind::Consent, "C") };
        assert_eq!(fault(&[text("A"), choice(" x \n\n y"), consent("https://shop.example")]), None);
        assert_eq!(fault(&[text("A"), text("")]), Some((1, words::NO_LABEL)));
        assert_eq!(fault(&[text("A"), text("A")]), Some((1, words::TWICE)));
        assert_eq!(fault(&[choice("x")]), Some((0, words::FEW_CHOICES)));
        assert_eq!(fault(&[choice("x\nx")]), Some((0, words::FEW_CHOICES)));
        assert_eq!(fault(&[consent("http://shop.example")]), Some((0, words::BAD_LINK)));
    }

    #[test]
    fn qu5_choices_lead_to_teams_as_long_as_they_are_there() {
        let team = TeamId::from_bytes([7; 16]);
        let asks =
            |choices: &str| Question { choices: lines(choices), ..question(QuestionKind::Choice, "B") };
        let leads = BTreeMap::from([("y".to_owned(), team), ("gone".to_owned(), team)]);
        let kept = departments_of(&asks("x\ny"), &leads);
        let to = |question: &str, choice: &str| Department {
            question: question.to_owned(),
            choice: choice.to_owned(),
            team,
        };
        assert_eq!(kept, [to("B", "y")]);
        let all = [to("A", "x"), to("B", "y")];
        assert_eq!(leads_of(&asks("x\ny"), &all), BTreeMap::from([("y".to_owned(), team)]));
    }

    #[test]
    fn ib64_a_question_moves_within_the_list() {
        let mut list = ["a", "b", "c"];
        assert_eq!((moved(&mut list, 2, true), list), (1, ["a", "c", "b"]));
        assert_eq!((moved(&mut list, 0, true), list), (0, ["a", "c", "b"]));
        assert_eq!((moved(&mut list, 2, false), list), (2, ["a", "c", "b"]));
        assert_eq!((moved(&mut list, 0, false), list), (1, ["c", "a", "b"]));
    }
}
