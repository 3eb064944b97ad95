//! Replies of agents who had not seen what came before them.

use protocol::codec::Codec;
use protocol::{AgentCommand, ClientFrame, Code, Cursor, Seq, ServerFrame, Submission, Timestamp};
use tests::agent::{AgentLine, events};
use tests::visitor::cursor;
use tests::{Agent, Case, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] =
    &[("CV30 a reply is held for what its author had not seen, and sent nonetheless", held)];

fn held(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, welcome) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Is the fern in stock?");
    let mut agent = Agent::sign_in(stage);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    visitor.say(&mut line, "The big one.");

    let (mut reader, _) = agent.connect(visitor.conversation);
    let stored = events(&mut reader, 2);
    let seen = |count: usize| cursor(welcome.epoch, stored.get(count - 1));
    let reply = |count| AgentCommand::Message { text: "It is.".to_owned() }.seeing(Some(seen(count)));
    let mut submission = agent.submission(reply(1));
    for _ in 0..2 {
        assert_eq!(answer(&mut agent_line, &submission), Err(Code::Overtaken), "nothing was stored");
    }
    let other = Cursor { at: Timestamp(1), ..seen(2) };
    submission.command = AgentCommand::Message { text: "It is.".to_owned() }.seeing(Some(other));
    assert_eq!(answer(&mut agent_line, &submission), Err(Code::Overtaken), "another event was there (DL6)");
    submission.command = reply(2);
    assert_eq!(answer(&mut agent_line, &submission), Ok((Seq(3), false)), "the same id and number");
    submission.command = reply(1);
    assert_eq!(answer(&mut agent_line, &submission), Ok((Seq(3), true)), "the first answer");
    let note = agent.submission(AgentCommand::Note { text: "Ask Ben.".to_owned() });
    assert_eq!(answer(&mut agent_line, &note), Ok((Seq(4), false)));
}

/// Where it is stored, and whether it was before; or why it is not.
fn answer(line: &mut AgentLine, submission: &Submission<AgentCommand>) -> Result<(Seq, bool), Code> {
    line.send(&ClientFrame::Submit(submission.clone()));
    let id = submission.client_message_id;
    line.until(|frame| match frame {
        ServerFrame::Accepted { client_message_id, seq, duplicate, .. } if *client_message_id == id => {
            Some(Ok((*seq, *duplicate)))
        }
        ServerFrame::Refused(refusal) if refusal.client_message_id == Some(id) => Some(Err(refusal.code)),
        _ => None,
    })
}
