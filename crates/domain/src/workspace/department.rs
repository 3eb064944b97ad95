//! Which choices of a visitor lead to which teams (SPEC QU5).

use std::collections::BTreeSet;

use protocol::http::question::{Answer, Question, QuestionKind};
use protocol::http::reception::Department;
use protocol::{Code, TeamId};

use crate::name::name;

/// Puts departments into their one spelling, each with a choice of one of the questions.
///
/// # Errors
/// [`Code::BadField`] for one of no such choice, and for a choice that leads to two teams.
pub fn tidied_departments(
    departments: Vec<Department>,
    questions: &[Question],
) -> Result<Vec<Department>, Code> {
    // Each has a choice of its own, so that there are no more than choices.
    let mut different = BTreeSet::new();
    let tidied = |department: Department| {
        let Department { question, choice, team } = department;
        let (question, choice) = (name(&question)?, name(&choice)?);
        let asked = questions.iter().find(|asked| asked.label == question);
        let is_choice =
            asked.is_some_and(|asked| asked.kind == QuestionKind::Choice && asked.choices.contains(&choice));
        let is_new = different.insert((question.clone(), choice.clone()));
        if is_choice && is_new { Ok(Department { question, choice, team }) } else { Err(Code::BadField) }
    };
    departments.into_iter().map(tidied).collect()
}

/// The team that answers lead to, by the first of them that leads to one.
#[must_use]
pub fn chosen_team(departments: &[Department], answers: &[Answer]) -> Option<TeamId> {
    answers.iter().find_map(|answer| {
        let leads = |department: &&Department| {
            department.question == answer.label && department.choice == answer.text
        };
        departments.iter().find(leads).map(|department| department.team)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALES: TeamId = TeamId::from_bytes([1; 16]);
    const CARE: TeamId = TeamId::from_bytes([2; 16]);

    fn questions() -> Vec<Question> {
        let question = |kind, label: &str, choices: &[&str]| Question {
            kind,
            label: label.to_owned(),
            is_required: false,
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            link: String::new(),
        };
        vec![
            question(QuestionKind::Text, "Your name", &[]),
            question(QuestionKind::Choice, "About what?", &["Orders", "Ferns"]),
            question(QuestionKind::Choice, "How soon?", &["Now", "Later"]),
        ]
    }

    fn leads(question: &str, choice: &str, team: TeamId) -> Department {
        Department { question: question.to_owned(), choice: choice.to_owned(), team }
    }

    fn says(label: &str, text: &str) -> Answer {
        Answer { label: label.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn qu5_a_department_is_a_choice_that_is_asked_for() {
        let judged = |departments: &[Department]| tidied_departments(departments.to_vec(), &questions());
        let good = [leads("About what?", "Orders", SALES), leads("About what?", "Ferns", CARE)];
        assert_eq!(judged(&[leads(" About what? ", "Orders ", SALES), good[1].clone()]), Ok(good.to_vec()));
        assert_eq!(judged(&[]), Ok(Vec::new()));
        for bad in [
            vec![leads("About whom?", "Orders", SALES)],
            vec![leads("About what?", "Pots", SALES)],
            vec![leads("Your name", "Orders", SALES)],
            vec![leads("About what?", "", SALES)],
            vec![good[0].clone(), leads("About what?", "Orders", CARE)],
        ] {
            assert_eq!(judged(&bad), Err(Code::BadField), "{bad:?}");
        }
    }

    #[test]
    fn qu5_the_first_answer_that_leads_to_a_team_decides() {
        let departments = [leads("About what?", "Orders", SALES), leads("How soon?", "Now", CARE)];
        let chosen = |answers: &[Answer]| chosen_team(&departments, answers);
        assert_eq!(chosen(&[]), None);
        assert_eq!(chosen(&[says("Your name", "Orders"), says("About what?", "Ferns")]), None);
        assert_eq!(chosen(&[says("About what?", "Ferns"), says("How soon?", "Now")]), Some(CARE));
        assert_eq!(chosen(&[says("About what?", "Orders"), says("How soon?", "Now")]), Some(SALES));
    }
}
