//! "Közös terület": packages that wait to be taken over, and where those went that left it lately.
//!
//! The list is what the bank told last, so it stands here without a connection too. The chosen package's orders are
//! read from its document at the bank, or from the copy that is here. The page is in [`view`].

pub(crate) mod words;

mod view;

use std::sync::Arc;

use client::SharedState;
use client::{ClientError, Handed, SharedLine, SharedLook, ShownOrder, Taken};
use iced::Task;
use uuid::Uuid;

use crate::design::table::{Pick, Selection};
use crate::design::{Element, keys};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question};
use crate::screen::browse::{Browse, Row};
use crate::screen::busy::Busy;
use crate::screen::contract::{Screen, Topic};
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the list.
const LIST: &str = "shared-list";
/// The name by which focus finds the chosen package's orders.
const ORDERS: &str = "shared-orders";

pub(crate) struct SharedArea {
    browse: Browse<SharedLine, Content>,
    orders: Selection,
    /// What runs now; the buttons that would disturb it are off.
    busy: Busy<Work, Uuid>,
}

impl Row for SharedLine {
    type Id = Uuid;

    fn id(&self) -> Uuid {
        self.shared.handover
    }
}

/// What is known of the chosen package's content.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Its document at the bank.
    Look(Arc<SharedLook>),
    /// The orders of the copy that is here.
    Copy(Arc<[ShownOrder]>),
    /// Nothing: only somebody who is logged in may see it.
    LogIn,
    /// Nothing: why.
    Unknown(Arc<ClientError>),
}

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
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
pub(crate) enum Done {
    /// Taken over, or the answer is awaited.
    Taken(Answer<Handed<Taken>>),
    /// Withdrawn, or the answer is awaited.
    Withdrawn(Answer<bool>),
    /// The list was read from the bank.
    Refreshed(Answer<()>),
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The list was read.
    Listed(Question, Answer<Arc<[SharedLine]>>),
    /// The chosen package was looked into.
    Looked(Question, Answer<Content>),
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

impl SharedArea {
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut area =
            Self { browse: Browse::new(None), orders: Selection::default(), busy: Busy::default() };
        let task = area.reload(desk);
        (area, task)
    }

    /// Reads the list again: something changed.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        let client = desk.client.clone();
        self.browse.read_list(async move { client.shared_area().await }, Message::Listed)
    }

    /// Looks into the chosen package: at the bank while it waits there, otherwise into the copy that is here.
    fn look(&mut self, desk: &Desk) -> Action<Message> {
        self.orders = Selection::default();
        let Some(line) = self.chosen() else { return Action::none() };
        let (id, copy) = (line.shared.package, line.copy_here);
        let at_bank = line.shared.state == SharedState::Waiting && desk.user.is_some();
        let client = desk.client.clone();
        let look = move |_| async move {
            let unknown = match at_bank {
                true => match client.look_at_shared(id).await {
                    Ok(look) => return Ok(Content::Look(Arc::new(look))),
                    Err(error) => Content::Unknown(Arc::new(error)),
                },
                false => Content::LogIn,
            };
            if !copy {
                return Ok(unknown);
            }
            Ok(match client.package(id).await {
                Ok(detail) => Content::Copy(Arc::from(detail.orders)),
                Err(error) => Content::Unknown(Arc::new(error)),
            })
        };
        Action::run(self.browse.read_open(look, Message::Looked))
    }

    fn chosen(&self) -> Option<&SharedLine> {
        self.browse.chosen().next()
    }

    fn start(&mut self, work: Work, desk: &Desk) -> Action<Message> {
        if !self.busy.is_free() {
            return Action::none();
        }
        let client = desk.client.clone();
        if work == Work::Refresh {
            return self.run(work, None, desk, async move {
                Done::Refreshed(client.sync_shared().await.map_err(Arc::new))
            });
        }
        let Some(line) = self.chosen() else { return Action::none() };
        let (handover, package) = (line.shared.handover, line.shared.package);
        match work {
            Work::Take if line.can_take => self.run(work, Some(handover), desk, async move {
                Done::Taken(client.take_over(handover).await.map_err(Arc::new))
            }),
            Work::Withdraw if line.can_withdraw => self.run(work, Some(handover), desk, async move {
                let answer = client.withdraw_shared(package).await;
                Done::Withdrawn(answer.map(|handed| handed != Handed::Awaited).map_err(Arc::new))
            }),
            Work::OpenCopy if line.copy_here => Action::go(Go::Prepared(Some(package))),
            Work::Take | Work::Withdraw | Work::OpenCopy | Work::Refresh => Action::none(),
        }
    }

    fn run(
        &mut self,
        work: Work,
        handover: Option<Uuid>,
        desk: &Desk,
        answer: impl Future<Output = Done> + Send + 'static,
    ) -> Action<Message> {
        if desk.user.is_none() {
            return Action::say(Notice::care(tr!("shared-needs-login")));
        }
        self.busy.begin(work, handover.into_iter().collect());
        Action::run(Task::perform(answer, Message::Done))
    }

    fn finish(&mut self, done: Done, desk: &Desk) -> Action<Message> {
        self.busy.end();
        let again = Action::run(self.reload(desk));
        let awaited = || Action::say(Notice::care(tr!("shared-awaited-toast")));
        let said = match done {
            Done::Taken(Ok(Handed::Done(taken))) => return taken_over(&taken).and(again),
            Done::Taken(Ok(Handed::Awaited)) | Done::Withdrawn(Ok(false)) => awaited(),
            Done::Withdrawn(Ok(true)) => Action::say(Notice::good(tr!("shared-withdrawn-toast"))),
            Done::Refreshed(Ok(())) => return again,
            Done::Taken(Err(error)) | Done::Withdrawn(Err(error)) | Done::Refreshed(Err(error)) => {
                Action::say(Notice::bad(explain(&*error)))
            }
        };
        said.and(again)
    }
}

impl Screen for SharedArea {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Listed(question, answer) => {
                let is_here = self.browse.take_list(question, answer);
                if self.browse.is_settled() {
                    self.busy.listed();
                }
                if !is_here {
                    return Action::none();
                }
                let other = self.browse.arrange_all();
                if other || self.browse.detail().is_none() { self.look(desk) } else { Action::none() }
            }
            Message::Looked(question, content) => {
                if self.browse.take_open(question, content) {
                    self.orders = Selection::default();
                }
                Action::none()
            }
            Message::Pick(pick) => {
                if self.browse.pick(pick) {
                    self.look(desk)
                } else {
                    Action::none()
                }
            }
            Message::FocusOrders => Action::run(keys::focus(ORDERS)),
            Message::PickOrder(pick) => {
                self.orders.apply(pick);
                Action::none()
            }
            Message::Do(work) => self.start(work, desk),
            Message::Done(done) => self.finish(done, desk),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Packages | Topic::SharedArea | Topic::Authority | Topic::Session | Topic::Rules => {
                self.reload(desk)
            }
            Topic::Accounts
            | Topic::MasterData
            | Topic::Messages
            | Topic::Others
            | Topic::Token
            | Topic::Language => Task::none(),
        }
    }

    fn key(&self, press: &keys::Press) -> Option<Message> {
        use iced::keyboard::key::Named;
        match press {
            press if press.is(Named::F7) => Some(Message::Do(Work::Take)),
            press if press.is(Named::Delete) => Some(Message::Do(Work::Withdraw)),
            _ => None,
        }
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some(LIST)
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        view::page(self, desk)
    }
}

/// Says what came along, and leads to the package.
fn taken_over(taken: &Taken) -> Action<Message> {
    let name = taken.name.as_str();
    let words = match taken.signers.len() {
        0 => tr!("shared-taken-toast", name = name),
        count => tr!("shared-taken-signed-toast", name = name, count = count),
    };
    let mut action = Action::say(Notice::good(words));
    if taken.dropped > 0 {
        let words = tr!("shared-dropped-toast", count = i64::from(taken.dropped));
        action = action.and(Action::say(Notice::care(words)));
    }
    action.and(Action::go(Go::Prepared(Some(taken.package))))
}

#[cfg(test)]
mod tests;
