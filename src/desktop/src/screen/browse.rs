//! A list beside what is chosen in it: which rows are shown, which are chosen, what has been read of the open one, and
//! which answers are late. Every screen that shows a list with a detail holds one.

use std::cmp::Ordering;
use std::sync::Arc;

use client::ClientError;
use iced::Task;

use super::ask::{Answer, Question, after_pause, ask};
use crate::design::table::{Pick, Selection};

/// A row that is found again in the next list.
pub(crate) trait Row {
    type Id: Copy + PartialEq + Send + 'static;

    fn id(&self) -> Self::Id;
}

/// The list and its open row, of which `D` is read.
pub(crate) struct Browse<R: Row, D> {
    all: Vec<R>,
    /// Which of them are shown, in order.
    shown: Vec<usize>,
    is_read: bool,
    failure: Option<Arc<ClientError>>,
    selection: Selection,
    open: Option<R::Id>,
    detail: Option<D>,
    listing: Question,
    showing: Question,
    /// Whether the list that was asked for last has been answered.
    is_settled: bool,
    /// Whether a row is chosen by itself where none is: when the list is opened or something else is looked for, never
    /// because what was chosen has gone. Keys would go to a row that nobody chose.
    chooses: bool,
}

/// What stands beside the list.
pub(crate) enum Beside<'a, D> {
    Detail(&'a D),
    Failure(&'a ClientError),
    Nothing,
    /// It is being read.
    Reading,
}

impl<R: Row, D> Browse<R, D> {
    /// An empty list in which this row shall be open, or the first one.
    pub(crate) fn new(open: Option<R::Id>) -> Self {
        Self {
            all: Vec::new(),
            shown: Vec::new(),
            is_read: false,
            failure: None,
            selection: Selection::default(),
            open,
            detail: None,
            listing: Question::ask(),
            showing: Question::ask(),
            is_settled: false,
            chooses: true,
        }
    }

    /// One in which nothing is open until somebody chooses it.
    pub(crate) fn waiting() -> Self {
        Self { chooses: false, ..Self::new(None) }
    }

    /// Something else is looked for: the first row that is found may be chosen.
    pub(crate) fn seek(&mut self) {
        self.chooses = true;
    }

    /// Reads the list; only the answer to the last question counts.
    pub(crate) fn read_list<M: Send + 'static>(
        &mut self,
        list: impl Future<Output = client::Result<Vec<R>>> + Send + 'static,
        message: impl FnOnce(Question, Answer<Arc<[R]>>) -> M + Send + 'static,
    ) -> Task<M>
    where
        R: Send + Sync + 'static,
    {
        (self.listing, self.is_settled) = (Question::ask(), false);
        let question = self.listing;
        let list = async move { list.await.map(Arc::from) };
        ask(list, move |answer| message(question, answer))
    }

    /// Takes the list that was asked for last; the screen then says which rows are shown, by [`Self::arrange`].
    pub(crate) fn take_list(&mut self, question: Question, answer: Answer<Arc<[R]>>) -> bool
    where
        R: Clone,
    {
        if question != self.listing {
            return false;
        }
        self.is_settled = true;
        match answer {
            Ok(list) => {
                (self.is_read, self.failure) = (true, None);
                let chosen = self.chosen_ids();
                self.all = list.to_vec();
                self.shown = (0..self.all.len()).collect();
                self.choose(&chosen);
                true
            }
            Err(error) => {
                self.failure = Some(error);
                false
            }
        }
    }

    /// Shows what is let through, sorted. What was chosen stays chosen; where it is gone, nothing is: the arrows go on
    /// from its place. Says whether another row is open than before: then that one is to be read.
    pub(crate) fn arrange(&mut self, keep: impl Fn(&R) -> bool, order: impl Fn(&R, &R) -> Ordering) -> bool {
        let chosen = self.chosen_ids();
        let mut shown: Vec<usize> = (0..self.all.len()).filter(|at| keep(&self.all[*at])).collect();
        shown.sort_by(|a, b| order(&self.all[*a], &self.all[*b]));
        self.shown = shown;
        let place = self.selection.cursor();
        self.choose(&chosen);
        if self.selection.is_empty() {
            let open = self.open.and_then(|id| self.row_of(id));
            let first = (self.chooses && self.open.is_none() && !self.shown.is_empty()).then_some(0);
            // One step down is what stands now where the chosen row was.
            let above = place.and_then(|row| row.checked_sub(1)).map(Pick::Cursor);
            self.selection = open.or(first).map(Selection::of).unwrap_or_default();
            if let (true, Some(above)) = (self.selection.is_empty(), above) {
                self.selection.apply(above);
            }
        }
        self.chooses &= self.shown.is_empty();
        self.open_chosen()
    }

    /// Every row as the client gives it, in its order.
    pub(crate) fn arrange_all(&mut self) -> bool {
        self.arrange(|_| true, |_, _| Ordering::Equal)
    }

    /// Chooses these again, where they are shown; the cursor stays where none of them is.
    fn choose(&mut self, chosen: &[R::Id]) {
        self.selection.clear();
        let rows: Vec<usize> = chosen.iter().filter_map(|id| self.row_of(*id)).collect();
        rows.into_iter().for_each(|row| self.selection.apply(Pick::Toggle(row)));
    }

    fn open_chosen(&mut self) -> bool {
        let open = self.chosen().next().map(Row::id);
        if open == self.open {
            return false;
        }
        self.open(open);
        true
    }

    /// Opens a row, or none, of which nothing has been read yet.
    pub(crate) fn open(&mut self, open: Option<R::Id>) {
        self.open = open;
        self.detail = None;
    }

    /// Chooses rows; says whether another one is open than before.
    pub(crate) fn pick(&mut self, pick: Pick) -> bool {
        self.selection.apply(pick);
        self.open_chosen()
    }

    /// Reads what is open; what is shown stays until the answer is here.
    pub(crate) fn read_open<M: Send + 'static, F>(
        &mut self,
        read: impl FnOnce(R::Id) -> F,
        message: impl FnOnce(Question, Answer<D>) -> M + Send + 'static,
    ) -> Task<M>
    where
        F: Future<Output = client::Result<D>> + Send + 'static,
        D: Send + 'static,
    {
        self.showing = Question::ask();
        let question = self.showing;
        let Some(id) = self.open else {
            self.detail = None;
            return Task::none();
        };
        ask(read(id), move |answer| message(question, answer))
    }

    /// Takes what was read of the open row last.
    pub(crate) fn take_open(&mut self, question: Question, answer: Answer<D>) -> bool {
        if question != self.showing {
            return false;
        }
        match answer {
            Ok(detail) => (self.detail, self.failure) = (Some(detail), None),
            Err(error) => (self.detail, self.failure) = (None, Some(error)),
        }
        true
    }

    /// A list as if it had been read.
    #[cfg(test)]
    pub(crate) fn show(&mut self, list: Vec<R>) -> bool
    where
        R: Clone,
    {
        self.take_list(self.listing, Ok(Arc::from(list))) && self.arrange_all()
    }

    /// Whether the list that was asked for last has been answered.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// Whether the list has been read once.
    pub(crate) fn is_read(&self) -> bool {
        self.is_read
    }

    /// Everything that was read, shown or not.
    pub(crate) fn all(&self) -> &[R] {
        &self.all
    }

    /// How many rows are shown.
    pub(crate) fn len(&self) -> usize {
        self.shown.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &R> {
        self.shown.iter().map(|at| &self.all[*at])
    }

    /// A shown row by its place.
    pub(crate) fn row(&self, row: usize) -> &R {
        &self.all[self.shown[row]]
    }

    pub(crate) fn by_id(&self, id: R::Id) -> Option<&R> {
        self.all.iter().find(|row| row.id() == id)
    }

    fn row_of(&self, id: R::Id) -> Option<usize> {
        self.rows().position(|row| row.id() == id)
    }

    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    pub(crate) fn chosen(&self) -> impl Iterator<Item = &R> {
        self.selection.iter().filter_map(|row| self.shown.get(row)).map(|at| &self.all[*at])
    }

    fn chosen_ids(&self) -> Vec<R::Id> {
        self.chosen().map(Row::id).collect()
    }

    /// What is chosen and what is open, listed or not.
    pub(crate) fn held(&self) -> Vec<R::Id> {
        let mut held = self.chosen_ids();
        held.extend(self.open.filter(|id| !held.contains(id)));
        held
    }

    pub(crate) fn open_id(&self) -> Option<R::Id> {
        self.open
    }

    pub(crate) fn detail(&self) -> Option<&D> {
        self.detail.as_ref()
    }

    pub(crate) fn beside(&self) -> Beside<'_, D> {
        match (&self.detail, &self.failure) {
            (Some(detail), _) => Beside::Detail(detail),
            (None, Some(error)) => Beside::Failure(error),
            (None, None) if self.is_read && self.open.is_none() => Beside::Nothing,
            (None, None) => Beside::Reading,
        }
    }
}

/// A search box: what is typed, looked for at pauses.
pub(crate) struct Search {
    text: String,
    pause: Question,
}

impl Default for Search {
    fn default() -> Self {
        Self { text: String::new(), pause: Question::ask() }
    }
}

impl Search {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether everything is looked for.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Takes what was typed; the message comes at the next pause.
    pub(crate) fn typed<M: Send + 'static>(&mut self, text: String, paused: fn(Question) -> M) -> Task<M> {
        self.text = text;
        self.pause = Question::ask();
        after_pause(paused(self.pause))
    }

    /// Whether nothing was typed since the pause began.
    pub(crate) fn is_due(&self, pause: Question) -> bool {
        self.pause == pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Row for u8 {
        type Id = u8;
        fn id(&self) -> u8 {
            *self
        }
    }

    fn listed(browse: &mut Browse<u8, ()>, list: &[u8]) -> bool {
        browse.show(list.to_vec())
    }

    #[test]
    fn what_was_chosen_stays_chosen_and_what_is_gone_is_followed_by_nothing() {
        let mut browse = Browse::new(None);
        assert!(listed(&mut browse, &[1, 2, 3]));
        assert_eq!(browse.open_id(), Some(1));
        assert!(browse.pick(Pick::Only(1)));
        assert!(!listed(&mut browse, &[9, 1, 2, 3]), "the same one is open, in another row");
        assert_eq!((browse.open_id(), browse.selection().iter().next()), (Some(2), Some(2)));
        assert!(listed(&mut browse, &[9, 1, 3]));
        assert!(browse.open_id().is_none() && matches!(browse.beside(), Beside::Nothing));
        assert_eq!(browse.selection().cursor(), Some(1), "one step down is the next in its place");
        assert!(!listed(&mut browse, &[9, 1, 3, 4]), "and nothing is chosen later by itself");
        browse.seek();
        assert!(listed(&mut browse, &[3, 4]));
        assert_eq!(browse.open_id(), Some(3), "what is looked for is found");
    }

    #[test]
    fn a_list_that_waits_opens_nothing_by_itself() {
        let mut browse = Browse::waiting();
        assert!(!listed(&mut browse, &[1, 2]));
        assert_eq!(browse.open_id(), None);
        browse.open(Some(2));
        assert!(!listed(&mut browse, &[1, 2]));
        assert_eq!(browse.selection().iter().next(), Some(1));
    }

    #[test]
    fn late_answers_change_nothing() {
        let mut browse: Browse<u8, ()> = Browse::new(Some(1));
        assert!(!browse.take_list(Question::ask(), Ok(Arc::from([1]))));
        assert!(!browse.take_open(Question::ask(), Ok(())));
        assert!(!browse.is_read() && browse.detail().is_none());
    }
}
