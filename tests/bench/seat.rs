//! Two people in a conversation, whatever server is between them.

use std::collections::VecDeque;

/// What a server tells a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    /// The person's own message is stored.
    Stored,
    /// The other one said this.
    Said(String),
    /// The other one has read on.
    Read,
}

/// The language of one server, spoken on a socket by one person.
pub(crate) trait Tongue: Send {
    /// Sends a message.
    fn say(&mut self, text: &str);

    /// Tells that everything was read.
    fn tell_read(&mut self);

    /// Waits for the next frame and says what it means; not every frame means something.
    ///
    /// # Panics
    /// If nothing comes, or the server refuses something.
    fn listen(&mut self) -> Vec<Word>;

    /// Whether the server tells that a message is stored.
    fn confirms(&self) -> bool {
        true
    }
}

/// A person in a conversation.
pub(crate) struct Seat {
    tongue: Box<dyn Tongue>,
    stored: u32,
    read: u32,
    said: VecDeque<String>,
}

impl Seat {
    /// Sits somebody down.
    pub(crate) fn new(tongue: impl Tongue + 'static) -> Self {
        Self { tongue: Box::new(tongue), stored: 0, read: 0, said: VecDeque::new() }
    }

    /// Sends a message.
    pub(crate) fn say(&mut self, text: &str) {
        self.tongue.say(text);
    }

    /// Tells that everything was read.
    pub(crate) fn tell_read(&mut self) {
        self.tongue.tell_read();
    }

    /// Waits until the oldest message that was not confirmed is, where the server tells.
    pub(crate) fn wait_until_stored(&mut self) {
        if !self.tongue.confirms() {
            return;
        }
        while self.stored == 0 {
            self.listen();
        }
        self.stored -= 1;
    }

    /// Waits until the other one has read on.
    pub(crate) fn wait_until_read(&mut self) {
        while self.read == 0 {
            self.listen();
        }
        self.read -= 1;
    }

    /// Waits for what the other one says.
    ///
    /// # Panics
    /// If it is not what was expected: a message was lost, doubled or reordered.
    pub(crate) fn expect(&mut self, text: &str) {
        loop {
            if let Some(said) = self.said.pop_front() {
                assert_eq!(said, text, "another message was expected");
                return;
            }
            self.listen();
        }
    }

    /// Messages that came and that nobody has waited for.
    pub(crate) fn unexpected(&self) -> usize {
        self.said.len()
    }

    fn listen(&mut self) {
        for word in self.tongue.listen() {
            match word {
                Word::Stored => self.stored += 1,
                Word::Said(text) => self.said.push_back(text),
                Word::Read => self.read += 1,
            }
        }
    }
}

/// A conversation that is open on both sides.
pub(crate) struct Chat {
    /// The visitor.
    pub(crate) visitor: Seat,
    /// The agent.
    pub(crate) agent: Seat,
    said: u32,
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The visitor.
    Visitor,
    /// The agent.
    Agent,
}

impl Chat {
    /// Joins two seats.
    pub(crate) const fn new(visitor: Seat, agent: Seat) -> Self {
        Self { visitor, agent, said: 0 }
    }

    /// Lets one side say something and waits until the other has it and it is known to be stored.
    pub(crate) fn pass(&mut self, side: Side) {
        let text = self.next_text(side);
        let (author, reader) = self.author_and_reader(side);
        author.say(&text);
        reader.expect(&text);
        author.wait_until_stored();
    }

    /// The same, and the other side tells that it was read.
    pub(crate) fn pass_and_read(&mut self, side: Side) {
        self.pass(side);
        let (author, reader) = self.author_and_reader(side);
        reader.tell_read();
        author.wait_until_read();
    }

    /// The visitor asks and the agent answers.
    pub(crate) fn ask_and_answer(&mut self) {
        let (question, answer) = (self.next_text(Side::Visitor), self.next_text(Side::Agent));
        self.visitor.say(&question);
        self.agent.expect(&question);
        self.agent.say(&answer);
        self.visitor.expect(&answer);
    }

    /// Waits until what was asked and answered is known to be stored.
    pub(crate) fn settle(&mut self) {
        self.visitor.wait_until_stored();
        self.agent.wait_until_stored();
    }

    fn author_and_reader(&mut self, side: Side) -> (&mut Seat, &mut Seat) {
        match side {
            Side::Visitor => (&mut self.visitor, &mut self.agent),
            Side::Agent => (&mut self.agent, &mut self.visitor),
        }
    }

    fn next_text(&mut self, side: Side) -> String {
        self.said += 1;
        text(side, self.said)
    }
}

/// A message of some 100 bytes that begins with who says it, so that a server which sends it to both needs no envelope.
pub(crate) fn text(side: Side, number: u32) -> String {
    let who = match side {
        Side::Visitor => 'v',
        Side::Agent => 'a',
    };
    let words = "Is the blue one in stock in size 42, and would it arrive before Saturday if I order today?";
    format!("{who}{number:08} {words}")
}

/// Who said a text that [`text`] made.
pub(crate) fn author_of(text: &str) -> Option<Side> {
    match text.bytes().next()? {
        b'v' => Some(Side::Visitor),
        b'a' => Some(Side::Agent),
        _ => None,
    }
}
