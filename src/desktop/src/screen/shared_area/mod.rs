//! "Közös terület": packages that wait to be taken over, and where those went that left it lately.
//!
//! The list is what the bank told last, so it stands here without a connection too. The chosen package's orders are
//! read from its document at the bank, or from the copy that is here. The page is in [`view`].

pub(crate) mod words;

mod view;

use std::sync::Arc;

use client::domain::PackageId;
use client::protocol::shared::SharedState;
use client::{Handed, SharedLine, SharedLook, ShownOrder, Taken};
use iced::Task;
use uuid::Uuid;

use crate::design::table::{Pick, Selection};
use crate::design::theme::Tone;
use crate::design::{Element, keys};
use crate::go::Go;
use crate::screen::ask::Question;
use crate::shared::Shared;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the chosen package's orders.
const ORDERS: &str = "shared-orders";

/// The place.
pub struct SharedArea {
    list: Arc<[SharedLine]>,
    /// Whether the list has been read once.
    read: bool,
    failure: Option<String>,
    selection: Selection,
    open: Option<Uuid>,
    content: Option<Content>,
    orders: Selection,
    /// What runs now; the buttons that would disturb it are off.
    busy: Option<Work>,
    listing: Option<Question>,
    looking: Option<Question>,
}

/// What is known of the chosen package's content.
#[derive(Debug, Clone)]
pub enum Content {
    /// Its document at the bank.
    Look(Arc<SharedLook>),
    /// The orders of the copy that is here.
    Copy(Arc<[ShownOrder]>),
    /// Nothing: why, in words.
    Unknown(String),
}

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// F7: takes the chosen package over.
    Take,
    /// Del: takes one's own package back.
    Withdraw,
    /// Reads the bank's list now.
    Refresh,
    /// Opens the copy that is here among the prepared packages.
    OpenCopy,
}

/// What has been done.
#[derive(Debug, Clone)]
pub enum Done {
    /// Taken over, or the answer is awaited.
    Taken(Result<Handed<Taken>, String>),
    /// Withdrawn, or the answer is awaited.
    Withdrawn(Result<bool, String>),
    /// The list was read from the bank.
    Refreshed(Result<(), String>),
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub enum Message {
    /// The list was read.
    Listed(Question, Result<Arc<[SharedLine]>, String>),
    /// The chosen package was looked into.
    Looked(Question, Content),
    /// A package was chosen.
    Pick(Pick),
    /// Enter or a double click on a package.
    FocusOrders,
    /// An order was chosen.
    PickOrder(Pick),
    /// A button or a shortcut.
    Do(Work),
    /// The client has done what a button asked for.
    Done(Done),
}

/// What the window must do.
pub enum Action {
    /// Nothing.
    None,
    /// Work.
    Run(Task<Message>),
    /// Another place.
    Go(Go),
    /// A message that floats for a while.
    Toast(Tone, String),
    /// Several of these, in order.
    Several(Vec<Action>),
}

impl SharedArea {
    /// Opens the place.
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let mut area = Self {
            list: Arc::from([]),
            read: false,
            failure: None,
            selection: Selection::default(),
            open: None,
            content: None,
            orders: Selection::default(),
            busy: None,
            listing: None,
            looking: None,
        };
        let task = area.reload(shared);
        (area, task)
    }

    /// Reads the list again: something changed.
    pub fn reload(&mut self, shared: &Shared) -> Task<Message> {
        let question = Question::ask();
        self.listing = Some(question);
        let client = shared.client.clone();
        Task::perform(
            async move { client.shared_area().await.map(Arc::from).map_err(|error| explain(&error)) },
            move |answer| Message::Listed(question, answer),
        )
    }

    /// What a key asks for that no widget wanted.
    #[must_use]
    pub fn key(&self, press: &keys::Press) -> Option<Message> {
        use iced::keyboard::key::Named;
        match press {
            press if press.is(Named::F7) => Some(Message::Do(Work::Take)),
            press if press.is(Named::Delete) => Some(Message::Do(Work::Withdraw)),
            _ => None,
        }
    }

    /// Does what the message says.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Listed(question, answer) if self.listing == Some(question) => {
                self.take_list(answer, shared)
            }
            Message::Looked(question, content) if self.looking == Some(question) => {
                (self.content, self.orders) = (Some(content), Selection::default());
                Action::None
            }
            Message::Listed(..) | Message::Looked(..) => Action::None,
            Message::Pick(pick) => {
                self.selection.apply(pick);
                let open = self.chosen().map(|line| line.shared.handover);
                if open == self.open {
                    return Action::None;
                }
                self.open = open;
                self.look(shared)
            }
            Message::FocusOrders => Action::Run(keys::focus(ORDERS)),
            Message::PickOrder(pick) => {
                self.orders.apply(pick);
                Action::None
            }
            Message::Do(work) => self.start(work, shared),
            Message::Done(done) => self.finish(done, shared),
        }
    }

    fn take_list(&mut self, answer: Result<Arc<[SharedLine]>, String>, shared: &Shared) -> Action {
        match answer {
            Ok(list) => (self.list, self.read, self.failure) = (list, true, None),
            Err(words) => {
                self.failure = Some(words);
                return Action::None;
            }
        }
        let kept = self.open.and_then(|open| self.list.iter().position(|l| l.shared.handover == open));
        let row = kept.unwrap_or(0);
        self.selection = if self.list.is_empty() { Selection::default() } else { Selection::of(row) };
        let open = self.chosen().map(|line| line.shared.handover);
        if kept.is_some() && self.content.is_some() && open == self.open {
            return Action::None;
        }
        self.open = open;
        self.look(shared)
    }

    /// Looks into the chosen package: at the bank while it waits there, otherwise into the copy that is here.
    fn look(&mut self, shared: &Shared) -> Action {
        (self.content, self.orders) = (None, Selection::default());
        let Some(line) = self.chosen() else {
            self.looking = None;
            return Action::None;
        };
        let (id, copy) = (line.shared.package, line.copy_here);
        let at_bank = line.shared.state == SharedState::Waiting && shared.user.is_some();
        let question = Question::ask();
        self.looking = Some(question);
        let client = shared.client.clone();
        Action::Run(Task::perform(
            async move {
                let failed = match at_bank {
                    true => match client.look_at_shared(id).await {
                        Ok(look) => return Content::Look(Arc::new(look)),
                        Err(error) => explain(&error),
                    },
                    false => tr!("shared-content-login"),
                };
                match copy {
                    true => match client.package(id).await {
                        Ok(detail) => Content::Copy(Arc::from(detail.orders)),
                        Err(error) => Content::Unknown(explain(&error)),
                    },
                    false => Content::Unknown(failed),
                }
            },
            move |content| Message::Looked(question, content),
        ))
    }

    fn chosen(&self) -> Option<&SharedLine> {
        self.selection.iter().next().and_then(|row| self.list.get(row))
    }

    fn start(&mut self, work: Work, shared: &Shared) -> Action {
        let (None, client) = (self.busy, shared.client.clone()) else { return Action::None };
        if work == Work::Refresh {
            return self.run(work, shared, async move {
                Done::Refreshed(client.sync_shared().await.map_err(|error| explain(&error)))
            });
        }
        let Some(line) = self.chosen() else { return Action::None };
        let (handover, package) = (line.shared.handover, line.shared.package);
        match work {
            Work::Take if line.can_take => self.run(work, shared, async move {
                Done::Taken(client.take_over(handover).await.map_err(|error| explain(&error)))
            }),
            Work::Withdraw if line.can_withdraw => self.run(work, shared, async move {
                let answer = client.withdraw_shared(package).await;
                Done::Withdrawn(
                    answer.map(|handed| handed != Handed::Awaited).map_err(|error| explain(&error)),
                )
            }),
            Work::OpenCopy if line.copy_here => Action::Go(Go::Prepared(Some(package))),
            Work::Take | Work::Withdraw | Work::OpenCopy | Work::Refresh => Action::None,
        }
    }

    fn run(
        &mut self,
        work: Work,
        shared: &Shared,
        answer: impl Future<Output = Done> + Send + 'static,
    ) -> Action {
        if shared.user.is_none() {
            return Action::Toast(Tone::Care, tr!("shared-needs-login"));
        }
        self.busy = Some(work);
        Action::Run(Task::perform(answer, Message::Done))
    }

    fn finish(&mut self, done: Done, shared: &Shared) -> Action {
        self.busy = None;
        let again = Action::Run(self.reload(shared));
        let awaited = || Action::Toast(Tone::Care, tr!("shared-awaited-toast"));
        let said = match done {
            Done::Taken(Ok(Handed::Done(taken))) => return Action::Several(taken_over(&taken)),
            Done::Taken(Ok(Handed::Awaited)) | Done::Withdrawn(Ok(false)) => awaited(),
            Done::Withdrawn(Ok(true)) => Action::Toast(Tone::Good, tr!("shared-withdrawn-toast")),
            Done::Refreshed(Ok(())) => return again,
            Done::Taken(Err(words)) | Done::Withdrawn(Err(words)) | Done::Refreshed(Err(words)) => {
                Action::Toast(Tone::Bad, words)
            }
        };
        Action::Several(vec![said, again])
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        view::page(self, shared)
    }
}

/// Says what came along, and leads to the package.
fn taken_over(taken: &Taken) -> Vec<Action> {
    let name = taken.name.as_str();
    let words = match taken.signers.len() {
        0 => tr!("shared-taken-toast", name = name),
        count => tr!("shared-taken-signed-toast", name = name, count = count),
    };
    let mut actions = vec![Action::Toast(Tone::Good, words)];
    if taken.dropped > 0 {
        let words = tr!("shared-dropped-toast", count = i64::from(taken.dropped));
        actions.push(Action::Toast(Tone::Care, words));
    }
    let package: PackageId = taken.package;
    actions.push(Action::Go(Go::Prepared(Some(package))));
    actions
}

#[cfg(test)]
mod tests;
