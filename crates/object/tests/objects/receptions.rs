//! How a site receives its visitors, as its workspace keeps it.

use protocol::Code;
use protocol::call::{WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::civil::{MinuteOfDay, Weekday};
use protocol::http::reception::{OfficeHours, Reception, WeeklySpan};
use protocol::http::workspace::AuditChange;
use protocol::{SiteId, SiteKey};

use crate::scene::{KEY, SITE, Scene, WORKSPACE, Who};

fn nine_to_five() -> Reception {
    let span = WeeklySpan { day: Weekday::Monday, from: MinuteOfDay(540), until: MinuteOfDay(1_020) };
    let hours = OfficeHours { zone: "Europe/Berlin".to_owned(), week: vec![span], holidays: Vec::new() };
    Reception { hours: Some(hours), ..Reception::default() }
}

fn told_to_pages(scene: &mut Scene) -> Reception {
    let key = SiteKey { workspace: WORKSPACE, key: KEY };
    match scene.call(WorkspaceCall::Site { key }) {
        Ok(WorkspaceAnswer::Site { reception, .. }) => reception,
        Ok(_) => panic!("another answer"),
        Err(code) => panic!("{code}"),
    }
}

#[test]
fn oh1_who_manages_sites_says_when_the_team_is_there_and_it_stays_so() {
    let mut scene = Scene::new();
    let set = |reception| WorkspaceRequest::SetReception(SITE, reception);
    assert_eq!(told_to_pages(&mut scene), Reception::default(), "nothing at first");
    assert_eq!(scene.ask(Who::Agent, set(nine_to_five())).err(), Some(Code::Forbidden));
    assert!(scene.ask(Who::Admin, set(nine_to_five())).is_ok());
    scene.evict();
    assert_eq!(told_to_pages(&mut scene), nine_to_five());
    let Ok(WorkspaceAnswer::Sites(list)) = scene.ask(Who::Agent, WorkspaceRequest::Sites) else {
        panic!("agents see the sites");
    };
    assert_eq!(list.sites.iter().map(|site| site.reception.clone()).collect::<Vec<_>>(), [nine_to_five()]);
    assert!(scene.ask(Who::Owner, set(Reception::default())).is_ok());
    assert_eq!(told_to_pages(&mut scene), Reception::default());
}

#[test]
fn oh1_what_is_no_time_is_refused_and_changes_nothing() {
    let mut scene = Scene::new();
    let mut bad = nine_to_five();
    if let Some(hours) = &mut bad.hours {
        hours.week[0].until = MinuteOfDay(1_441);
    }
    let absent = SiteId::from_bytes([9; 16]);
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::SetReception(SITE, bad)).err(), Some(Code::BadField));
    let elsewhere = WorkspaceRequest::SetReception(absent, nine_to_five());
    assert_eq!(scene.ask(Who::Owner, elsewhere).err(), Some(Code::NotFound));
    assert_eq!(told_to_pages(&mut scene), Reception::default());
}

#[test]
fn si4_a_change_of_the_hours_stands_in_the_audit_log() {
    let mut scene = Scene::new();
    for _ in 0..2 {
        assert!(scene.ask(Who::Owner, WorkspaceRequest::SetReception(SITE, nine_to_five())).is_ok());
    }
    let lines = scene.audit();
    let changes = lines.iter().filter_map(|line| match &line.change {
        AuditChange::SiteChanged { fields, .. } => Some(fields.clone()),
        _ => None,
    });
    assert_eq!(changes.collect::<Vec<_>>(), [["hours"]], "saying the same again changes nothing");
}
