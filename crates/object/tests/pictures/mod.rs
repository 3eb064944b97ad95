//! What the objects of accounts do with the picture that a person shows of themselves.

use protocol::call::{AccountAnswer, AccountCall, AccountRequest, Job};
use protocol::limits::{OWN_PICTURE_MS, OWN_PICTURES_BEGUN};
use protocol::{AgentId, Code, PictureId};

use crate::world::{MINUTE, World};
use crate::{ANNA, NEW, ask_as, join, mail_new_address, membership, move_in, sign_up};

fn begin(world: &mut World, session: [u8; 32]) -> PictureId {
    match ask_as(world, session, AccountRequest::BeginPicture).expect("begun") {
        AccountAnswer::Picture(id) => id,
        _ => panic!("no picture begun"),
    }
}

fn show(world: &mut World, session: [u8; 32], id: PictureId) -> Option<PictureId> {
    shown_in(ask_as(world, session, AccountRequest::ShowPicture(id)).expect("shown"))
}

fn shown_in(answer: AccountAnswer) -> Option<PictureId> {
    match answer {
        AccountAnswer::Me(me) => me.picture,
        _ => panic!("not who it is"),
    }
}

/// What was done about faces and pictures since the last time, in its order.
fn done(world: &mut World) -> (Vec<(AgentId, Option<PictureId>)>, Vec<PictureId>) {
    world.deliver();
    let jobs = core::mem::take(&mut world.told);
    let faces = jobs.iter().filter_map(|job| match job {
        Job::Face(agent, picture) => Some((*agent, *picture)),
        _ => None,
    });
    let gone = jobs.iter().filter_map(|job| match job {
        Job::ForgetPicture(id) => Some(*id),
        _ => None,
    });
    (faces.collect(), gone.collect())
}

#[test]
fn ap29_a_picture_is_shown_in_every_workspace_and_the_one_before_is_removed() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    let first = begin(&mut world, session);
    assert_eq!(done(&mut world), (vec![], vec![]), "it is not there yet");
    assert_eq!(show(&mut world, session, first), Some(first));
    assert_eq!(done(&mut world), (vec![(membership(1).agent, Some(first))], vec![]));

    join(&mut world, 2);
    assert_eq!(done(&mut world), (vec![(membership(2).agent, Some(first))], vec![]), "who joins has it");
    let next = begin(&mut world, session);
    show(&mut world, session, next);
    let everywhere = |picture| vec![(membership(1).agent, picture), (membership(2).agent, picture)];
    assert_eq!(done(&mut world), (everywhere(Some(next)), vec![first]));

    let left = AccountCall::Left { workspace: membership(2).workspace.id, agent: membership(2).agent };
    world.ask(ANNA, left).expect("left");
    assert_eq!(done(&mut world), (vec![(membership(2).agent, None)], vec![]), "who leaves does not");
    for _ in 0..2 {
        let answer = ask_as(&mut world, session, AccountRequest::RemovePicture).expect("removed");
        assert_eq!(shown_in(answer), None);
    }
    assert_eq!(done(&mut world), (vec![(membership(1).agent, None)], vec![next]), "once");
}

#[test]
fn ap40_a_picture_goes_with_its_account_also_what_was_only_begun() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    let picture = begin(&mut world, session);
    show(&mut world, session, picture);
    let begun = begin(&mut world, session);
    done(&mut world);
    let left = vec![membership(1).agent];
    ask_as(&mut world, session, AccountRequest::Delete { left }).map(drop).expect("deleted");
    assert_eq!(done(&mut world), (vec![(membership(1).agent, None)], vec![picture, begun]));
}

#[test]
fn ap29_a_picture_that_is_not_shown_in_time_is_removed() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    let left = begin(&mut world, session);
    world.pass(OWN_PICTURE_MS);
    assert_eq!(done(&mut world), (vec![], vec![left]));
    let late = ask_as(&mut world, session, AccountRequest::ShowPicture(left)).map(drop);
    assert_eq!(late, Err(Code::NotFound));
}

#[test]
fn ap29_an_account_begins_few_pictures_at_a_time() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    for _ in 0..OWN_PICTURES_BEGUN {
        begin(&mut world, session);
    }
    let more = |world: &mut World| ask_as(world, session, AccountRequest::BeginPicture).map(drop);
    assert_eq!(more(&mut world), Err(Code::RateLimited));
    world.pass(OWN_PICTURE_MS);
    done(&mut world);
    assert_eq!(more(&mut world), Ok(()));
}

#[test]
fn ap29_a_picture_moves_with_its_account_and_what_was_begun_does_not() {
    let mut world = World::default();
    let session = sign_up(&mut world);
    join(&mut world, 1);
    let picture = begin(&mut world, session);
    show(&mut world, session, picture);
    let begun = begin(&mut world, session);
    done(&mut world);
    world.pass(MINUTE);
    let link = mail_new_address(&mut world, session);
    let there = move_in(&mut world, session, link).expect("moved");
    assert_eq!(done(&mut world), (vec![], vec![begun]));
    let me = AccountCall::As { secret: there, request: AccountRequest::Me };
    assert_eq!(shown_in(world.ask(NEW, me).expect("the session is good")), Some(picture));
}
