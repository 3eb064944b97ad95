//! Macros: kept beside canned responses, by the same rules.

use protocol::call::{WorkspaceAnswer, WorkspaceRequest};
use protocol::http::canned::{Canned, CannedDraft, CannedText};
use protocol::http::workspace::AuditChange;
use protocol::{AgentId, Code, Handling, MacroStep, Step};

use crate::scene::{Scene, Who};

fn steps() -> Vec<MacroStep> {
    vec![MacroStep::Say("Hello {{contact.name|there}}".to_owned()), MacroStep::Take(Step::Resolve)]
}

fn draft(name: &str, is_shared: bool) -> CannedDraft {
    CannedDraft { shortcode: name.to_owned(), text: String::new(), is_shared, steps: steps() }
}

fn make(scene: &mut Scene, who: Who, draft: CannedDraft) -> Result<Canned, Code> {
    match scene.ask(who, WorkspaceRequest::MakeCanned(draft))? {
        WorkspaceAnswer::CannedResponse(made) => Ok(made),
        _ => panic!("another answer"),
    }
}

fn change(scene: &mut Scene, who: Who, of: &Canned, steps: Vec<MacroStep>) -> Result<Canned, Code> {
    let text = CannedText { shortcode: of.shortcode.clone(), text: String::new(), steps };
    match scene.ask(who, WorkspaceRequest::ChangeCanned(of.id, text))? {
        WorkspaceAnswer::CannedResponse(changed) => Ok(changed),
        _ => panic!("another answer"),
    }
}

fn names(scene: &mut Scene, who: Who) -> Vec<String> {
    match scene.ask(who, WorkspaceRequest::Canned) {
        Ok(WorkspaceAnswer::Canned(list)) => list.responses.into_iter().map(|one| one.shortcode).collect(),
        _ => panic!("another answer"),
    }
}

#[test]
fn ma1_a_macro_is_shared_by_right_and_ones_own_is_nobody_elses() {
    let mut scene = Scene::new();
    assert_eq!(make(&mut scene, Who::Agent, draft("Refund", true)).err(), Some(Code::Forbidden));
    let own = make(&mut scene, Who::Agent, draft("Mine", false)).expect("one's own");
    let shared = make(&mut scene, Who::Owner, draft("Refund", true)).expect("everybody's");
    assert_eq!((shared.is_macro(), shared.used, shared.steps.clone()), (true, 0, steps()));
    assert_eq!(names(&mut scene, Who::Agent), ["Mine", "Refund"]);
    assert_eq!(names(&mut scene, Who::Owner), ["Refund"]);

    let resolve = || vec![MacroStep::Take(Step::Resolve)];
    assert_eq!(change(&mut scene, Who::Agent, &shared, resolve()).err(), Some(Code::Forbidden));
    assert_eq!(change(&mut scene, Who::Owner, &own, resolve()).err(), Some(Code::NotFound));
    let changed = change(&mut scene, Who::Agent, &own, resolve()).expect("changed");
    assert_eq!(changed.steps, resolve());
    let remove = WorkspaceRequest::RemoveCanned;
    assert_eq!(scene.ask(Who::Agent, remove(shared.id)).err(), Some(Code::Forbidden));
    scene.ask(Who::Agent, remove(own.id)).map(drop).expect("removed");
    assert_eq!(names(&mut scene, Who::Agent), ["Refund"]);
}

#[test]
fn ma4_what_becomes_of_a_shared_macro_is_a_line_of_the_audit_log() {
    let mut scene = Scene::new();
    let name = || "Refund".to_owned();
    make(&mut scene, Who::Agent, draft("Mine", false)).map(drop).expect("nobody else's matter");
    let before = scene.newest_change();
    let shared = make(&mut scene, Who::Owner, draft("Refund", true)).expect("made");
    assert_ne!(before, AuditChange::MacroMade { name: name() });
    assert_eq!(scene.newest_change(), AuditChange::MacroMade { name: name() });
    change(&mut scene, Who::Owner, &shared, steps()).map(drop).expect("the same");
    assert_eq!(scene.newest_change(), AuditChange::MacroMade { name: name() }, "nothing has changed");
    change(&mut scene, Who::Owner, &shared, vec![MacroStep::AssignToMe]).map(drop).expect("changed");
    assert_eq!(scene.newest_change(), AuditChange::MacroChanged { name: name() });
    scene.ask(Who::Owner, WorkspaceRequest::RemoveCanned(shared.id)).map(drop).expect("removed");
    assert_eq!(scene.newest_change(), AuditChange::MacroRemoved { name: name() });
}

#[test]
fn ma2_a_name_is_one_of_all_and_neither_sort_becomes_the_other() {
    let mut scene = Scene::new();
    let made = make(&mut scene, Who::Owner, draft("Hello", true)).expect("made");
    let response = |code: &str| CannedDraft {
        shortcode: code.to_owned(),
        text: "Hello".to_owned(),
        is_shared: false,
        steps: Vec::new(),
    };
    assert_eq!(make(&mut scene, Who::Agent, response("hello")).err(), Some(Code::Taken));
    assert_eq!(make(&mut scene, Who::Agent, draft("HELLO", false)).err(), Some(Code::Taken));
    let kept = make(&mut scene, Who::Agent, response("bye")).expect("kept");
    assert_eq!(change(&mut scene, Who::Owner, &made, Vec::new()).err(), Some(Code::BadField));
    assert_eq!(change(&mut scene, Who::Agent, &kept, steps()).err(), Some(Code::BadField));
    let text = CannedText { shortcode: "hello2".to_owned(), text: "Hello".to_owned(), steps: Vec::new() };
    let into_response = WorkspaceRequest::ChangeCanned(made.id, text);
    assert_eq!(scene.ask(Who::Owner, into_response).err(), Some(Code::BadField));
}

#[test]
fn ma5_a_macro_may_name_who_has_left_and_is_kept_as_it_is() {
    let mut scene = Scene::new();
    let gone = Step::Handle(Handling::Assign { to: Some(AgentId::from_bytes([0xee; 16])) });
    let steps = vec![MacroStep::Take(gone), MacroStep::Take(Step::Resolve)];
    let draft = CannedDraft { steps: steps.clone(), ..draft("Give away", true) };
    let made = make(&mut scene, Who::Owner, draft).expect("kept");
    assert_eq!(made.steps, steps);
}
