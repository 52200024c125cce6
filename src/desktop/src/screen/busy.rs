//! What runs in a place with a list, on which of its rows, and how long the keys that would disturb it are off: until
//! the list shows what came of it. A key that comes earlier was meant for how things stood before.

/// Work `W` on rows of a list, named by `I`.
#[derive(Debug)]
pub(crate) struct Busy<W, I> {
    running: Option<(W, Vec<I>)>,
    /// The work has ended and the list is being read again.
    has_ended: bool,
}

impl<W, I> Default for Busy<W, I> {
    fn default() -> Self {
        Self { running: None, has_ended: false }
    }
}

impl<W: Copy + PartialEq, I: Copy + PartialEq> Busy<W, I> {
    /// Work begins on these rows.
    pub(crate) fn begin(&mut self, work: W, rows: Vec<I>) {
        (self.running, self.has_ended) = (Some((work, rows)), false);
    }

    /// The work has ended; the list is being read again, and until it is here nothing else begins.
    pub(crate) fn end(&mut self) {
        self.has_ended = true;
    }

    /// The work has ended and has changed nothing that the list shows.
    pub(crate) fn end_now(&mut self) {
        *self = Self::default();
    }

    /// The list that was asked for last has been read, or could not be.
    pub(crate) fn listed(&mut self) {
        if self.has_ended {
            self.end_now();
        }
    }

    pub(crate) fn is_free(&self) -> bool {
        self.running.is_none()
    }

    /// What is being done to a row.
    pub(crate) fn with(&self, row: I) -> Option<W> {
        self.running.as_ref().filter(|(_, rows)| rows.contains(&row)).map(|(work, _)| *work)
    }

    /// What is being done, to whatever rows.
    pub(crate) fn work(&self) -> Option<W> {
        self.running.as_ref().map(|(work, _)| *work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_lasts_until_the_list_shows_what_came_of_it() {
        let mut busy = Busy::default();
        busy.begin('s', vec![7]);
        busy.listed();
        assert_eq!(
            (busy.with(7), busy.with(8)),
            (Some('s'), None),
            "a list that was read meanwhile ends nothing"
        );
        busy.end();
        assert!(!busy.is_free());
        busy.listed();
        assert!(busy.is_free());
    }
}
