//! The built Worker on workerd, spoken to with the project's own types. No name or text here is known to the Worker.

mod account;
mod api;
mod asleep;
mod bad_input;
mod blocking;
mod bodies;
mod canned;
mod chat;
mod comparing;
mod contacts;
mod crowd;
mod delivery;
mod doors;
mod feed;
mod files;
mod guessing;
mod handling;
mod heavy;
mod home;
mod hours;
mod keys;
mod language;
mod logs;
mod look;
mod mail;
mod mailers;
mod matrix;
mod odd_frames;
mod outbound;
mod own_site;
mod pages;
mod passkeys;
mod pictures;
mod private_chats;
mod proactive;
mod questions;
mod reports;
mod restart;
mod routing;
mod search;
mod second_factor;
mod secrets;
mod sites;
mod team;
mod teams;
mod timing;
mod transcripts;
mod visits;
mod waiting;
mod warnings;

use std::process::ExitCode;

use tests::{Stage, run_cases};

const PORT: u16 = 8_931;

fn main() -> ExitCode {
    let cases = [
        delivery::CASES,
        comparing::CASES,
        feed::CASES,
        contacts::CASES,
        search::CASES,
        reports::CASES,
        doors::CASES,
        bad_input::CASES,
        odd_frames::CASES,
        bodies::CASES,
        guessing::CASES,
        asleep::CASES,
        crowd::CASES,
        mail::CASES,
        mailers::CASES,
        outbound::CASES,
        pages::CASES,
        chat::CASES,
        language::CASES,
        account::CASES,
        sites::CASES,
        hours::CASES,
        look::CASES,
        proactive::CASES,
        visits::CASES,
        questions::CASES,
        home::CASES,
        waiting::CASES,
        transcripts::CASES,
        api::CASES,
        team::CASES,
        warnings::CASES,
        blocking::CASES,
        canned::CASES,
        handling::CASES,
        teams::CASES,
        routing::CASES,
        second_factor::CASES,
        passkeys::CASES,
        pictures::CASES,
        private_chats::CASES,
        keys::CASES,
        matrix::CASES,
        timing::CASES,
        heavy::CASES,
        files::CASES,
        secrets::CASES,
        restart::CASES,
        logs::CASES,
    ]
    .concat();
    run_cases(|| Stage::start_with("edge", PORT, &[("TRUST_CF", "1"), ("RESCUE_AFTER", "1")]), cases)
}
