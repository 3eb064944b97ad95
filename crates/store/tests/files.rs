//! What is kept of files, on SQLite.

use domain::conversation::Person;
use domain::files::{Claim, Upload, Usage};
use protocol::{AgentId, File, FileId, FileName, MediaType, Seq, Timestamp, UploadId, limits};
use store::RusqliteDatabase;
use store::files::Files;

const ANNA: Person = Person::Agent(AgentId::from_bytes([9; 16]));
const DAY: i64 = 24 * 3_600_000;

#[test]
fn fl3_the_same_upload_is_the_same_file_for_its_sender_only() {
    let files = files();
    assert_eq!(files.finished(ANNA, upload(1)), Ok(None));
    begin(&files, 1, ANNA, 0);
    assert_eq!(files.finished(ANNA, upload(1)), Ok(None), "it has not come");
    files.finish(&file(1)).expect("stored");
    assert_eq!(files.finished(ANNA, upload(1)), Ok(Some(file(1))));
    assert_eq!(files.finished(Person::Visitor, upload(1)), Ok(None));
    assert_eq!(files.finished(ANNA, upload(2)), Ok(None));
}

#[test]
fn fl7_who_sent_a_file_what_it_is_and_where_it_is_said_is_kept() {
    let files = files();
    begin(&files, 1, Person::Visitor, 0);
    let begun = Upload { person: Person::Visitor, file: None, claim: None };
    assert_eq!(files.get(id(1)), Ok(Some(begun.clone())));
    files.finish(&file(1)).expect("stored");
    let finished = Upload { file: Some(file(1)), ..begun };
    assert_eq!(files.get(id(1)), Ok(Some(finished.clone())));
    let claim = Claim { seq: Seq(4), is_public: true };
    files.claim(id(1), claim).expect("stored");
    assert_eq!(files.get(id(1)), Ok(Some(Upload { claim: Some(claim), ..finished })));
    assert_eq!(files.get(id(2)), Ok(None));
}

#[test]
fn fl9_what_somebody_sent_up_lately_is_counted() {
    let files = files();
    assert_eq!(files.usage(ANNA, Timestamp(0)), Ok(Usage::default()));
    let window = limits::UPLOAD_WINDOW_MS.cast_signed();
    begin(&files, 1, ANNA, 1_000);
    begin(&files, 2, ANNA, 1_000 + window);
    begin(&files, 3, Person::Visitor, 1_000);
    files.finish(&File { bytes: 30, ..file(1) }).expect("stored");
    let now = Timestamp(1_000 + window);
    let usage = Usage { begun: 1, bytes: 80, first_begun: now, first_of_day: Timestamp(1_000) };
    assert_eq!(files.usage(ANNA, now), Ok(usage));
    let tomorrow = files.usage(ANNA, Timestamp(1_000 + DAY)).expect("readable");
    assert_eq!((tomorrow.begun, tomorrow.bytes), (0, 50));
}

#[test]
fn fl10_what_was_never_said_is_due_after_a_day_and_what_is_doomed_at_once() {
    let files = files();
    assert_eq!(files.next_due(), Ok(None));
    for number in 1..=4 {
        begin(&files, number, ANNA, 0);
    }
    for number in 1..=3 {
        files.finish(&file(number)).expect("stored");
    }
    files.claim(id(1), Claim { seq: Seq(1), is_public: false }).expect("stored");
    assert_eq!(files.next_due(), Ok(Some(Timestamp(DAY))));
    assert_eq!(files.due(Timestamp(DAY - 1)), Ok(Vec::new()));
    assert_eq!(files.due(Timestamp(DAY)), Ok(vec![id(2), id(3), id(4)]));
    files.forget(id(2)).expect("stored");

    files.claim(id(3), Claim { seq: Seq(2), is_public: true }).expect("stored");
    files.doom_said_at(Seq(2)).expect("stored");
    assert_eq!(files.get(id(3)), Ok(None));
    assert_eq!(files.next_due(), Ok(Some(Timestamp(0))));
    assert_eq!(files.due(Timestamp(0)), Ok(vec![id(3)]));

    files.doom_all().expect("stored");
    let over = limits::UPLOAD_MS.cast_signed() + 60_000;
    assert_eq!(files.due(Timestamp(over - 1)), Ok(vec![id(1), id(3)]), "what still comes is waited for");
    assert_eq!(files.due(Timestamp(over)), Ok(vec![id(1), id(3), id(4)]));
    for number in [1, 3, 4] {
        files.forget(id(number)).expect("stored");
    }
    assert_eq!(files.next_due(), Ok(None));
}

fn files() -> Files<RusqliteDatabase> {
    Files::new(RusqliteDatabase::in_memory().expect("a database"))
}

fn begin(files: &Files<RusqliteDatabase>, number: u8, person: Person, at: i64) {
    files.begin(id(number), upload(number), person, 50, Timestamp(at)).expect("stored");
}

const fn id(number: u8) -> FileId {
    FileId::from_bytes([number; 16])
}

const fn upload(number: u8) -> UploadId {
    UploadId::from_bytes([number; 16])
}

fn file(number: u8) -> File {
    let (name, media) = (FileName::tidied("plan", MediaType::Pdf), MediaType::Pdf);
    File { id: id(number), name, media, bytes: 50, picture: None }
}
