//! "Áttekintés": what waits for the user, the next deadlines, accounts with their balances and course.

mod forecast;
mod view;

use std::sync::Arc;
use std::time::Duration;

use client::{ClientError, Overview as Data, WaitingKind};
use iced::Task;
use iced::task;

use crate::design::Element;
use crate::go::{Go, NewOrder};
use crate::shared::Shared;

/// What the overview shows.
pub struct Overview {
    data: Option<Result<Arc<Data>, Arc<ClientError>>>,
    asked: u64,
    // The next look by itself, when a deadline passes; leaving the place cancels it.
    wake: Option<task::Handle>,
}

/// What happens on the overview.
#[derive(Debug, Clone)]
pub enum Message {
    /// The data of a question.
    Loaded(u64, Result<Arc<Data>, Arc<ClientError>>),
    /// A deadline passed.
    Passed,
    /// The action of a waiting line.
    Open(usize),
    /// To the accounts.
    Accounts,
    /// To the order form.
    NewOrder,
    /// To the login.
    LogIn,
}

/// What the frame must do.
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Open a place.
    Go(Go),
    /// Show balances and transactions.
    Accounts,
    /// Show the login.
    LogIn,
}

impl Overview {
    /// The overview, loading.
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let mut place = Self { data: None, asked: 0, wake: None };
        let load = place.reload(shared);
        (place, load)
    }

    /// Looks at everything again; what is shown stays until the answer is here.
    pub fn reload(&mut self, shared: &Shared) -> Task<Message> {
        self.asked += 1;
        let (client, asked) = (shared.client.clone(), self.asked);
        Task::perform(async move { client.overview().await.map(Arc::new).map_err(Arc::new) }, move |answer| {
            Message::Loaded(asked, answer)
        })
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Loaded(asked, answer) if asked == self.asked => {
                let wake = answer.as_ref().ok().map(|data| wake(data));
                self.data = Some(answer);
                match wake {
                    Some(wake) => {
                        let (task, handle) = wake.abortable();
                        self.wake = Some(handle.abort_on_drop());
                        Action::Run(task)
                    }
                    None => Action::None,
                }
            }
            Message::Loaded(..) => Action::None,
            Message::Passed => Action::Run(self.reload(shared)),
            Message::Open(index) => match self.data() {
                Some(data) => data.waiting.get(index).map_or(Action::None, |line| {
                    Action::Go(match line.kind {
                        WaitingKind::Sign | WaitingKind::Send => Go::Prepared(Some(line.package)),
                        WaitingKind::Uncertain | WaitingKind::Rejected => Go::Sent(Some(line.package)),
                    })
                }),
                None => Action::None,
            },
            Message::Accounts => Action::Accounts,
            Message::NewOrder => Action::Go(Go::NewOrder(NewOrder::Blank)),
            Message::LogIn => Action::LogIn,
        }
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        match &self.data {
            Some(Ok(data)) => view::overview(data, shared),
            Some(Err(error)) => view::nothing(error, shared),
            None => view::loading(),
        }
    }

    fn data(&self) -> Option<&Data> {
        self.data.as_ref().and_then(|data| data.as_ref().ok()).map(AsRef::as_ref)
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
