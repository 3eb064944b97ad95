//! That a note is being written.

use domain::conversation::{Request, Send};
use protocol::{AgentCommand, ClientFrame, Code};

use crate::scene::{Scene, agent_profile, agent_seat, visitor_seat};

fn note(scene: &mut Scene, on: bool) -> Vec<Send> {
    let request = Request::Agent(ClientFrame::Noting { on });
    scene.ask(&agent_seat(), request).expect("accepted").sends
}

fn told(on: bool) -> Send {
    Send::Noting { author: agent_profile(), on }
}

#[test]
fn cv31_that_a_note_is_written_is_told_seldom_and_its_end_once() {
    let mut scene = Scene::new();
    scene.visitor_says("hello").expect("accepted");
    scene.stop_clock();
    assert_eq!(note(&mut scene, true), [told(true)]);
    assert_eq!(note(&mut scene, true), [], "within two seconds");
    scene.pass(2_000);
    assert_eq!(note(&mut scene, true), [told(true)]);
    assert_eq!(note(&mut scene, false), [told(false)]);
    assert_eq!(note(&mut scene, false), []);
}

#[test]
fn cv31_a_note_ends_it_and_visitors_are_told_nothing() {
    let mut scene = Scene::new();
    scene.visitor_says("hello").expect("accepted");
    assert_eq!(note(&mut scene, true), [told(true)]);
    let sends = scene.agent_asks(AgentCommand::Note { text: "Ask Ben.".to_owned() }).expect("accepted").sends;
    assert!(sends.contains(&told(false)), "{sends:?}");
    assert!(!sends.iter().any(|send| matches!(send, Send::Typing { .. })), "{sends:?}");
    let refused = scene.ask(&visitor_seat(), Request::Visitor(ClientFrame::Noting { on: true }));
    assert_eq!(refused.expect_err("not theirs").code, Code::Forbidden);
}
