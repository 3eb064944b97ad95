//! What ends with a site and with a secret: the sockets of the visitors whom it concerns, told by jobs.

use domain::identity::voucher_of;
use protocol::call::{ConversationCall, Ended, Job, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::site::IdentitySecret;
use protocol::{Code, ConversationId, Timestamp, VisitorId, VoucherId, limits};

use store::Database as _;

use crate::scene::{SITE, Scene, Who};

const VISITOR: VisitorId = VisitorId::from_bytes([0x61; 16]);

/// Which conversations are told of what, by the first two bytes of their ids.
fn told(jobs: &[Job]) -> Vec<(u16, Ended)> {
    let told = jobs.iter().filter_map(|job| match job {
        Job::Conversation(conversation, ConversationCall::Dismiss { ended, .. }) => {
            let bytes = conversation.as_bytes();
            Some((u16::from_be_bytes([bytes[0], bytes[1]]), *ended))
        }
        Job::Conversation(..)
        | Job::Mail(_)
        | Job::Workspace(..)
        | Job::Account(..)
        | Job::Face(..)
        | Job::ForgetPicture(_)
        | Job::TidyLogos(..) => None,
    });
    told.collect()
}

fn new_secret(scene: &mut Scene) -> IdentitySecret {
    match scene.ask(Who::Owner, WorkspaceRequest::RotateIdentitySecret(SITE)) {
        Ok(WorkspaceAnswer::IdentitySecret(secret)) => secret,
        _ => panic!("a secret is made"),
    }
}

/// The alarm goes off, and what is due is done.
fn ring(scene: &mut Scene) -> Vec<(u16, Ended)> {
    scene.object.rang(&mut scene.platform).expect("done");
    scene.object.arm(&mut scene.platform).expect("armed");
    told(&scene.jobs())
}

/// Conversations 1, 2 … of the site, the last one the most recently active; those with an even number are of known people.
fn with_conversations(count: u16) -> Scene {
    let mut scene = Scene::new();
    for number in 1..=count {
        scene.platform.now = scene.platform.now.plus(1);
        scene.tell_digest_with(number, (number % 2 == 0).then_some("anna"));
    }
    scene.jobs();
    scene
}

fn tell_again(scene: &mut Scene, number: u16, user: Option<&str>) {
    scene.platform.now = scene.platform.now.plus(1);
    scene.tell_digest_anew(number, user);
}

#[test]
fn si5_every_conversation_of_a_removed_site_is_told_the_newest_first() {
    let mut scene = with_conversations(3);
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    assert_eq!(scene.platform.alarm, Some(scene.platform.now), "due at once");
    scene.evict();
    let gone = Ended::Site(SITE);
    assert_eq!(ring(&mut scene), [(3, gone), (2, gone), (1, gone)]);
    assert_eq!(ring(&mut scene), []);

    tell_again(&mut scene, 1, None);
    assert_eq!(ring(&mut scene), [], "it knows");
    scene.tell_digest_with(9, None);
    assert_eq!(ring(&mut scene), [(9, gone)], "one that begins late");
}

#[test]
fn si5_however_many_conversations_there_are_each_is_told() {
    let mut scene = with_conversations(2_500);
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    let mut all: Vec<u16> = ring(&mut scene).into_iter().map(|(number, _)| number).collect();
    assert_eq!((all.len(), all[0]), (1_000, 2_500));
    assert_eq!(scene.platform.alarm, Some(scene.platform.now), "there is more to do");
    scene.evict();
    // One that would have come later has news, and so leaves its place in the list.
    tell_again(&mut scene, 7, None);
    for _ in 0..3 {
        all.extend(ring(&mut scene).into_iter().map(|(number, _)| number));
    }
    all.sort_unstable();
    assert_eq!(all, (1..=2_500).collect::<Vec<_>>());
    assert_eq!(ring(&mut scene), []);
}

#[test]
fn id10_what_ends_a_secret_is_told_to_the_conversations_of_known_people() {
    let mut scene = with_conversations(4);
    let old = new_secret(&mut scene);
    let new = new_secret(&mut scene);
    assert_eq!(ring(&mut scene), [], "both are good");
    scene.ask(Who::Owner, WorkspaceRequest::EndOldIdentitySecrets(SITE)).map(drop).expect("ended");
    assert_eq!(scene.platform.alarm, Some(scene.platform.now), "due at once");
    let ended = Ended::Voucher(SITE, voucher_of(&old.key_id));
    assert_eq!(ring(&mut scene), [(4, ended), (2, ended)]);

    scene.tell_digest_with(5, None);
    scene.tell_digest_with(6, Some("ben"));
    assert_eq!(ring(&mut scene), [(6, ended)], "one that begins with somebody whom it had proven");
    scene.platform.now = scene.platform.now.plus(limits::IDENTIFIED_TOKEN_MS);
    scene.tell_digest_with(8, Some("cleo"));
    assert_eq!(ring(&mut scene), [], "nobody is known by it any longer");
    assert_ne!(voucher_of(&new.key_id), voucher_of(&old.key_id));
}

#[test]
fn id10_a_secret_whose_overlap_ends_is_told_of_by_itself() {
    let mut scene = with_conversations(2);
    let old = new_secret(&mut scene);
    let second = new_secret(&mut scene);
    scene.jobs();
    scene.object.arm(&mut scene.platform).expect("armed");
    let end = scene.platform.now.plus(limits::OVERLAP_MS);
    assert_eq!(scene.platform.alarm, Some(end));
    scene.platform.now = Timestamp(end.0 - 1);
    assert_eq!(ring(&mut scene), []);
    scene.platform.now = end;
    scene.evict();
    assert_eq!(ring(&mut scene), [(2, Ended::Voucher(SITE, voucher_of(&old.key_id)))]);

    new_secret(&mut scene);
    assert_eq!(ring(&mut scene), [], "there are two");
    new_secret(&mut scene);
    assert_eq!(ring(&mut scene), [(2, Ended::Voucher(SITE, voucher_of(&second.key_id)))], "one too many");
}

#[test]
fn si5_the_workspace_vouches_for_a_site_that_stands_and_a_secret_that_is_good() {
    let mut scene = Scene::new();
    let vouch = |scene: &mut Scene, voucher: Option<VoucherId>| {
        scene.call(WorkspaceCall::Vouch { site: SITE, visitor: VISITOR, voucher }).map(drop).err()
    };
    let old = Some(voucher_of(&new_secret(&mut scene).key_id));
    let new = Some(voucher_of(&new_secret(&mut scene).key_id));
    let never = Some(VoucherId::from_bytes([7; 8]));
    let cases = [None, old, new, never].map(|voucher| vouch(&mut scene, voucher));
    assert_eq!(cases, [None, None, None, Some(Code::BadIdentity)]);
    scene.ask(Who::Owner, WorkspaceRequest::EndOldIdentitySecrets(SITE)).map(drop).expect("ended");
    assert_eq!([old, new].map(|voucher| vouch(&mut scene, voucher)), [Some(Code::BadIdentity), None]);
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    assert_eq!([None, new].map(|voucher| vouch(&mut scene, voucher)), [Some(Code::UnknownSite); 2]);
    assert_eq!(vouch(&mut Scene::absent(), None), Some(Code::UnknownSite));
}

/// A conversation in which nothing was said, numbered as the others are.
fn silent(number: u16) -> ConversationId {
    let [high, low] = number.to_be_bytes();
    ConversationId::from_bytes(core::array::from_fn(|index| if index % 2 == 0 { high } else { low }))
}

fn comes(scene: &mut Scene, number: u16, voucher: Option<VoucherId>) -> Option<Code> {
    let (conversation, at) = (silent(number), scene.platform.now);
    let asks = WorkspaceCall::KeepVouching { conversation, site: SITE, visitor: VISITOR, voucher, at };
    scene.call(asks).map(drop).err()
}

fn leaves(scene: &mut Scene, number: u16) {
    let (conversation, at) = (silent(number), scene.platform.now);
    scene.call(WorkspaceCall::StopVouching { conversation, at }).map(drop).expect("taken up");
}

#[test]
fn si5_conversations_in_which_nothing_was_said_are_told_before_all_others() {
    let mut scene = with_conversations(2);
    for number in [7, 8, 9] {
        assert_eq!(comes(&mut scene, number, None), None);
    }
    scene.platform.now = scene.platform.now.plus(1);
    leaves(&mut scene, 8);
    // One that begins is told in its place in the index.
    tell_again(&mut scene, 9, None);
    scene.evict();
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    let gone = Ended::Site(SITE);
    assert_eq!(ring(&mut scene), [(7, gone), (9, gone), (2, gone), (1, gone)]);
    assert_eq!(comes(&mut scene, 7, None), Some(Code::UnknownSite));
    assert_eq!(ring(&mut scene), []);
}

#[test]
fn si5_however_many_there_are_in_which_nothing_was_said_each_is_told() {
    let mut scene = with_conversations(2);
    for number in 10..2_510 {
        assert_eq!(comes(&mut scene, number, None), None);
    }
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    let mut all = Vec::new();
    for (round, told) in [1_000, 1_000, 502].into_iter().enumerate() {
        assert_eq!(scene.platform.alarm, Some(scene.platform.now), "round {round}");
        let numbers: Vec<u16> = ring(&mut scene).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers.len(), told, "round {round}");
        all.extend(numbers);
    }
    all.sort_unstable();
    assert_eq!(all, [1, 2].into_iter().chain(10..2_510).collect::<Vec<_>>());
    assert_eq!(ring(&mut scene), []);
}

#[test]
fn id10_of_those_in_which_nothing_was_said_only_the_ones_are_told_that_the_secret_vouched_for() {
    let mut scene = Scene::new();
    let old = voucher_of(&new_secret(&mut scene).key_id);
    let new = voucher_of(&new_secret(&mut scene).key_id);
    for (number, voucher) in [(1, None), (2, Some(old)), (3, Some(new)), (4, Some(old)), (4, Some(new))] {
        assert_eq!(comes(&mut scene, number, voucher), None);
    }
    scene.ask(Who::Owner, WorkspaceRequest::EndOldIdentitySecrets(SITE)).map(drop).expect("ended");
    let ended = Ended::Voucher(SITE, old);
    assert_eq!(ring(&mut scene), [(2, ended), (4, ended)]);
    assert_eq!(comes(&mut scene, 2, Some(old)), Some(Code::BadIdentity));
    // Those who stayed are told when it is their turn.
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    let gone = Ended::Site(SITE);
    assert_eq!(ring(&mut scene), [(1, gone), (3, gone), (4, gone)]);
}

#[test]
fn si5_who_came_back_before_the_news_of_their_leaving_is_not_crossed_out() {
    let mut scene = Scene::new();
    assert_eq!(comes(&mut scene, 1, None), None);
    let left_at = scene.platform.now.plus(5);
    scene.platform.now = scene.platform.now.plus(6);
    assert_eq!(comes(&mut scene, 1, None), None);
    let late = WorkspaceCall::StopVouching { conversation: silent(1), at: left_at };
    scene.call(late).map(drop).expect("taken up");
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    assert_eq!(ring(&mut scene), [(1, Ended::Site(SITE))]);
}

#[test]
fn si5_one_that_has_begun_by_the_time_is_not_noted() {
    let mut scene = with_conversations(1);
    assert_eq!(comes(&mut scene, 1, None), None);
    scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(SITE)).map(drop).expect("removed");
    assert_eq!(ring(&mut scene), [(1, Ended::Site(SITE))], "once");
}

#[test]
fn si5_a_workspace_that_was_never_founded_notes_nothing() {
    let mut scene = Scene::absent();
    assert_eq!(comes(&mut scene, 1, None), Some(Code::UnknownSite));
    leaves(&mut scene, 1);
    let tables = scene.platform.database.run("SELECT name FROM sqlite_master", Vec::new());
    assert_eq!(tables.expect("read"), Vec::<Vec<store::Value>>::new());
}
