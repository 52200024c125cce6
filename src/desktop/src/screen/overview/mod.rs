//! "Áttekintés": what waits for the user, the next deadlines, accounts with their balances and course.

mod forecast;
mod view;

use std::sync::Arc;
use std::time::Duration;

use client::{Overview as Data, WaitingKind};
use iced::Task;
use iced::task;

use crate::design::Element;
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::action::{Action, Wish};
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::contract::{Screen, Topic};

/// What the overview shows.
pub(crate) struct Overview {
    data: Option<Answer<Arc<Data>>>,
    asked: Question,
    // The next look by itself, when a deadline passes; leaving the place cancels it.
    wake: Option<task::Handle>,
}

/// What happens on the overview.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The data of a question.
    Loaded(Question, Answer<Arc<Data>>),
    Passed,
    /// The action of a waiting line.
    Open(usize),
    Accounts,
    /// To the order form.
    NewOrder,
    LogIn,
}

impl Overview {
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut place = Self { data: None, asked: Question::ask(), wake: None };
        let load = place.reload(desk);
        (place, load)
    }

    /// Looks at everything again; what is shown stays until the answer is here.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        self.asked = Question::ask();
        let (client, asked) = (desk.client.clone(), self.asked);
        let overview = async move { client.overview().await.map(Arc::new) };
        ask(overview, move |answer| Message::Loaded(asked, answer))
    }

    fn data(&self) -> Option<&Data> {
        self.data.as_ref().and_then(|data| data.as_ref().ok()).map(AsRef::as_ref)
    }
}

impl Screen for Overview {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Loaded(asked, answer) if asked == self.asked => {
                let wake = answer.as_ref().ok().map(|data| wake(data));
                self.data = Some(answer);
                match wake {
                    Some(wake) => {
                        let (task, handle) = wake.abortable();
                        self.wake = Some(handle.abort_on_drop());
                        Action::run(task)
                    }
                    None => Action::none(),
                }
            }
            Message::Loaded(..) => Action::none(),
            Message::Passed => Action::run(self.reload(desk)),
            Message::Open(index) => match self.data() {
                Some(data) => data.waiting.get(index).map_or(Action::none(), |line| {
                    Action::go(match line.kind {
                        WaitingKind::Sign | WaitingKind::Send => Go::Prepared(Some(line.package)),
                        WaitingKind::Uncertain | WaitingKind::Rejected => Go::Sent(Some(line.package)),
                    })
                }),
                None => Action::none(),
            },
            Message::Accounts => Action::go(Go::Accounts),
            Message::NewOrder => Action::go(Go::NewOrder(NewOrder::Blank)),
            Message::LogIn => Action::wish(Wish::LogIn),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::MasterData
            | Topic::Authority
            | Topic::Messages
            | Topic::Session
            | Topic::Rules
            | Topic::Language => self.reload(desk),
            Topic::Others | Topic::Token => Task::none(),
        }
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        match &self.data {
            Some(Ok(data)) => view::overview(data, desk),
            Some(Err(error)) => view::nothing(error, desk),
            None => view::loading(),
        }
    }
}

/// Sleeps until just after the next deadline, so that the idle window shows no deadline that has passed.
fn wake(data: &Data) -> Task<Message> {
    let deadlines = &data.deadlines;
    let next = deadlines.cycle.min(deadlines.viber);
    // At least a minute: a deadline that stands still must not make the window restless.
    let wait = (next - deadlines.now).to_std().unwrap_or_default().max(Duration::from_secs(60));
    Task::perform(tokio::time::sleep(wait + Duration::from_secs(1)), |()| Message::Passed)
}
