//! A list of a hundred thousand partners, of which only the windows that were looked at are in memory.
//!
//! The table asks for cells while it draws; a row that is not here yet is noted down and asked from the client, so
//! scrolling needs no message of its own.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use client::Page;
use domain::{Partner, PartnerId};
use iced::Task;
use iced::futures::stream;
use tokio::sync::mpsc::{self, UnboundedSender};

use crate::screen::ask::Question;
use crate::screen::record_form::Owned;

/// Rows of a window.
pub(crate) const WINDOW: usize = 200;
/// Windows that stay in memory.
const KEPT: usize = 50;

/// A window that the table wants to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The list for which it was wanted.
    pub list: Question,
    pub window: usize,
}

impl Wanted {
    /// Where its rows are.
    pub(crate) fn page(self) -> Page {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Page { limit: number(WINDOW), offset: number(self.window * WINDOW) }
    }
}

pub(crate) struct Windows {
    list: Question,
    count: usize,
    loaded: HashMap<usize, Arc<[Owned<Partner>]>>,
    asked: RefCell<HashSet<usize>>,
    wants: UnboundedSender<Wanted>,
}

impl Windows {
    /// An empty list, and the task that tells which windows it wants.
    pub(crate) fn new<M: Send + 'static>(message: impl Fn(Wanted) -> M + Send + 'static) -> (Self, Task<M>) {
        let (wants, mut wanted) = mpsc::unbounded_channel();
        let list = Self {
            list: Question::ask(),
            count: 0,
            loaded: HashMap::new(),
            asked: RefCell::default(),
            wants,
        };
        (list, Task::run(stream::poll_fn(move |context| wanted.poll_recv(context)), message))
    }

    /// How many rows there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// A row, if it is in memory; otherwise it will be asked for, once.
    pub(crate) fn row(&self, row: usize) -> Option<&Owned<Partner>> {
        let window = row / WINDOW;
        if let Some(rows) = self.loaded.get(&window) {
            return rows.get(row % WINDOW);
        }
        if self.asked.borrow_mut().insert(window) {
            // The other end is gone only when the window is closing.
            let _ = self.wants.send(Wanted { list: self.list, window });
        }
        None
    }

    /// Where a partner stands, if it is in memory.
    pub(crate) fn position(&self, id: PartnerId) -> Option<usize> {
        self.loaded.iter().find_map(|(window, rows)| {
            rows.iter().position(|partner| partner.id == id).map(|at| window * WINDOW + at)
        })
    }

    /// A new list with its first window; what was asked for the one before is no longer wanted.
    pub(crate) fn begin(&mut self, list: Question, rows: Arc<[Owned<Partner>]>, count: usize) {
        (self.list, self.count) = (list, count);
        self.loaded = HashMap::from([(0, rows)]);
        self.asked = RefCell::new(HashSet::from([0]));
    }

    /// Takes a window that was wanted.
    pub(crate) fn take(&mut self, wanted: Wanted, rows: Arc<[Owned<Partner>]>) {
        if wanted.list != self.list {
            return;
        }
        let _ = self.loaded.insert(wanted.window, rows);
        if self.loaded.len() > KEPT
            && let Some(far) = self.loaded.keys().copied().max_by_key(|w| w.abs_diff(wanted.window))
        {
            let _ = self.loaded.remove(&far);
            let _ = self.asked.get_mut().remove(&far);
        }
    }

    /// A window could not be loaded: it may be asked for again.
    pub(crate) fn failed(&mut self, wanted: Wanted) {
        if wanted.list == self.list {
            let _ = self.asked.get_mut().remove(&wanted.window);
        }
    }
}
