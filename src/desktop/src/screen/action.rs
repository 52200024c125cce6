//! What follows a message: work to run, things to say, and one wish that only the one above can fulfil.

use domain::ConnectionKey;
use iced::Task;

use super::notice::Notice;
use crate::go::Go;
use crate::house::Whom;
use crate::preferences::Preferences;

/// What follows a message. A screen wishes something of the window ([`Wish`]); a sheet, something of its screen.
#[must_use]
pub struct Action<M, W = Wish> {
    pub task: Task<M>,
    pub notices: Vec<Notice>,
    pub wish: Option<W>,
}

/// What a screen wants of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Another place, perhaps with something chosen in it.
    Go(Go),
    /// Another customer or bank, at the place of that name or where one is.
    Show(Whom, Option<Go>),
    /// The login at a bank.
    LogInAt(ConnectionKey),
    /// The connection assistant, for one more bank.
    Connect,
    /// Where one came from.
    Back,
    LogIn,
    Prefer(Preferences),
    /// Asking the bank for updates of the program.
    CheckUpdates,
    /// The update that is known.
    ShowUpdate,
}

impl<M, W> Action<M, W> {
    pub fn none() -> Self {
        Self { task: Task::none(), notices: Vec::new(), wish: None }
    }

    pub fn run(task: Task<M>) -> Self {
        Self { task, ..Self::none() }
    }

    pub fn say(notice: Notice) -> Self {
        Self { notices: vec![notice], ..Self::none() }
    }

    pub fn wish(wish: W) -> Self {
        Self { wish: Some(wish), ..Self::none() }
    }

    /// This and then the other; of two wishes the later one counts.
    pub fn and(mut self, other: Self) -> Self
    where
        M: 'static,
    {
        self.notices.extend(other.notices);
        Self {
            task: Task::batch([self.task, other.task]),
            notices: self.notices,
            wish: other.wish.or(self.wish),
        }
    }

    pub fn and_run(self, task: Task<M>) -> Self
    where
        M: 'static,
    {
        self.and(Self::run(task))
    }

    pub fn all(several: impl IntoIterator<Item = Self>) -> Self
    where
        M: 'static,
    {
        several.into_iter().fold(Self::none(), Self::and)
    }

    /// The same in the messages of the one above.
    pub fn map<N>(self, message: impl FnMut(M) -> N + Send + 'static) -> Action<N, W>
    where
        M: Send + 'static,
        N: Send + 'static,
    {
        Action { task: self.task.map(message), notices: self.notices, wish: self.wish }
    }

    /// The same in the messages of the one above, and apart from it the wish, which the one above fulfils.
    pub fn heard<N, V>(self, message: impl FnMut(M) -> N + Send + 'static) -> (Action<N, V>, Option<W>)
    where
        M: Send + 'static,
        N: Send + 'static,
    {
        (Action { task: self.task.map(message), notices: self.notices, wish: None }, self.wish)
    }
}

impl<M> Action<M> {
    pub fn go(go: Go) -> Self {
        Self::wish(Wish::Go(go))
    }

    pub fn back() -> Self {
        Self::wish(Wish::Back)
    }
}
