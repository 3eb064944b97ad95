//! Reports say what happened.

use core::slice::from_ref;

use protocol::codec::Codec;
use protocol::{
    AgentCommand, AgentEvent, AgentKind, Author, ClientFrame, ConversationId, Figures, Handling, Label,
    PrivateKind, PublicKind, Report, ReportQuery, Spread, Stars, Team, TeamId, Timestamp, VisitorCommand,
};
use serde_json::{Value, json};
use tests::agent::events;
use tests::visitor::accepted;
use tests::{Agent, Case, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] =
    &[("RP1 RP3 RP4 RP9 a report says what the logs of its conversations say", says_what_happened)];

/// A conversation of some course, handed to some teams in turn; returns its whole log.
fn talk(
    stage: &Stage,
    agent: &mut Agent,
    label: &Label,
    teams: &[Option<TeamId>],
    is_answered: bool,
) -> Vec<AgentEvent> {
    let mut visitor = Visitor::arrive(stage);
    let conversation: ConversationId = visitor.conversation;
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Do you sell ferns?");
    let (mut agent_line, _) = agent.connect(conversation);
    agent.ask(&mut agent_line, AgentCommand::Handle(Handling::Label(label.clone())));
    for team in teams {
        agent.ask(&mut agent_line, AgentCommand::Handle(Handling::HandTo { team: *team }));
    }
    agent.ask(&mut agent_line, AgentCommand::Note { text: "No answer".to_owned() });
    if is_answered {
        agent.ask(&mut agent_line, AgentCommand::Message { text: "We do.".to_owned() });
        visitor.say(&mut line, "Thanks");
        agent.ask(&mut agent_line, AgentCommand::Resolve);
        let rating = VisitorCommand::Rate { stars: Stars::ALL[3], comment: String::new() };
        let rated = visitor.submission(rating);
        let id = rated.client_message_id;
        line.send(&ClientFrame::Submit(rated));
        accepted(&mut line, id);
    }
    let (mut whole, welcome) = agent.connect(conversation);
    events(&mut whole, usize::try_from(welcome.head.0).expect("few"))
}

fn says_what_happened(stage: &Stage) {
    let mut agent = Agent::sign_in(stage);
    let mut person = agent.person();
    let label =
        Label::parse(&format!("Report {:08x}", u32::from_be_bytes(tests::random()))).expect("a label");
    let teams = format!("/api/workspaces/{}/teams", agent.workspace);
    let mut make = |name: &str| {
        let made =
            person.post(&teams, &json!({ "name": format!("{name} {}", label.as_str()), "members": [] }));
        made.json::<Team>().id
    };
    let (support, sales) = (make("Support"), make("Sales"));
    let logs = [
        talk(stage, &mut agent, &label, &[Some(sales), Some(support)], true),
        talk(stage, &mut agent, &label, &[Some(sales)], false),
        talk(stage, &mut agent, &label, &[Some(support), None], false),
    ];
    let now = logs[2].last().expect("an event").at;
    let query = ReportQuery {
        since: Timestamp(now.0 - 3_600_000),
        until: Timestamp(now.0 + 3_600_000),
        site: None,
        agent: None,
        label: Some(label.clone()),
        clock: Vec::new(),
        team: None,
    };
    let path = format!("/api/workspaces/{}/report", agent.workspace);
    let right = counted(&logs);
    let mut report: Option<Report> = None;
    for _ in 0..200 {
        let answer = person.post(&path, &query);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let read: Report = answer.json();
        let is_whole = read.total == right;
        report = Some(read);
        if is_whole {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let report = report.expect("asked");
    assert_eq!(report.total, right);
    assert_eq!((report.unfollowed, report.agents.len(), report.sites.len()), (0, 1, 1));
    assert_eq!(report.agents[0].figures.answered, 1);
    assert_eq!((&report.labels[0].subject, report.labels[0].figures), (&label, right));
    assert_eq!(report.sites[0].figures, right, "all were on one site");
    assert_eq!(report.hours.iter().sum::<u32>(), 3);
    assert_eq!(report.teams.len(), 2, "with a team that it was taken from, or that handed it on, none lies");
    for (team, log) in [(support, &logs[0]), (sales, &logs[1])] {
        assert_eq!(lies_with(log), Some(team));
        let right = counted(from_ref(log));
        let line = report.teams.iter().find(|line| line.subject == team).expect("a line for each");
        assert!(line.name.ends_with(label.as_str()), "{}", line.name);
        assert_eq!(line.figures, right);
        let narrowed: Report = person.post(&path, &ReportQuery { team: Some(team), ..query.clone() }).json();
        assert_eq!((narrowed.total, narrowed.teams.len()), (right, 1), "the whole report of one team");
    }
    assert_eq!(lies_with(&logs[2]), None);
    let elsewhere = ReportQuery { team: Some(TeamId::from_bytes(tests::random())), ..query.clone() };
    assert_eq!(person.post(&path, &elsewhere).json::<Report>().total, Figures::default());
    assert_eq!(person.send("DELETE", &format!("{teams}/{support}"), &Value::Null).status, 204);
    let after: Report = person.post(&path, &query).json();
    assert_eq!((after.total, after.teams.len()), (right, 1), "what lay with a team that is removed stays");
    assert_eq!(person.send("DELETE", &format!("{teams}/{sales}"), &Value::Null).status, 204);
    let backwards = ReportQuery { until: Timestamp(0), ..query };
    assert_eq!(person.post(&path, &backwards).status, 400);
}

/// With which team a conversation lies, from its log.
fn lies_with(log: &[AgentEvent]) -> Option<TeamId> {
    let handed = log.iter().rev().find_map(|event| match event.kind {
        AgentKind::Private(PrivateKind::Handled(Handling::HandTo { team })) => Some(team),
        _ => None,
    });
    handed.flatten()
}

/// The figures, from the logs themselves.
fn counted(logs: &[Vec<AgentEvent>]) -> Figures {
    let mut figures = Figures::default();
    for log in logs {
        let said = |event: &&AgentEvent| matches!(event.kind, AgentKind::Public(PublicKind::Message { .. }));
        let by_visitor = |event: &&AgentEvent| event.author == Author::Visitor;
        let asked: Vec<_> = log.iter().filter(said).filter(by_visitor).collect();
        let answers: Vec<_> = log.iter().filter(said).filter(|event| !by_visitor(event)).collect();
        let last = log.iter().rfind(said).expect("somebody wrote");
        figures.conversations += 1;
        figures.asked += u32::try_from(asked.len()).expect("few");
        figures.answered += u32::try_from(answers.len()).expect("few");
        figures.unanswered += u32::from(by_visitor(&last));
        let alike = |milliseconds| Spread { median: milliseconds, ninth_decile: milliseconds };
        if let Some(answer) = answers.first() {
            figures.first_response = Some(alike(answer.at.since(asked[0].at)));
        }
        let is_resolved = |event: &&AgentEvent| event.kind == AgentKind::Public(PublicKind::Resolved);
        if let Some(resolved) = log.iter().find(is_resolved) {
            figures.resolved += 1;
            figures.resolution = Some(alike(resolved.at.since(log[0].at)));
        }
        if log.iter().any(|event| matches!(event.kind, AgentKind::Public(PublicKind::Rated(_)))) {
            figures.ratings[3] += 1;
        }
    }
    figures
}
