//! What a table shows: columns, cells, rows, and which of them are selected.

use std::borrow::Cow;

use super::super::label::Align;
use super::super::text::{self, Role};
use super::super::theme::{Ink, Tone};

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// So many pixels.
    Fixed(f32),
    /// A share of what the fixed ones leave.
    Fill(u16),
}

/// The direction of sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Small first.
    Ascending,
    /// Large first.
    Descending,
}

impl Order {
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub(super) id: usize,
    pub(super) title: String,
    pub(super) width: Width,
    pub(super) align: Align,
    pub(super) spare: bool,
    pub(super) whole: bool,
    pub(super) sortable: bool,
    pub(super) order: Option<Order>,
}

/// A column; its id is what [`Rows::cell`] and the sort message get, whatever columns are shown and in which order.
pub fn column(id: usize, title: impl Into<String>) -> Column {
    Column {
        id,
        title: title.into(),
        width: Width::Fill(1),
        align: Align::Left,
        spare: false,
        whole: false,
        sortable: false,
        order: None,
    }
}

impl Column {
    /// So many pixels wide.
    #[must_use]
    pub fn fixed(mut self, width: f32) -> Self {
        self.width = Width::Fixed(width);
        self
    }

    /// Takes a share of the free width.
    #[must_use]
    pub fn fill(mut self, share: u16) -> Self {
        self.width = Width::Fill(share);
        self
    }

    /// Numbers stand at the right.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.align = Align::Right;
        self
    }

    /// Left out where the table is too narrow for all: what is told elsewhere too. The last one goes first.
    #[must_use]
    pub fn spare(mut self) -> Self {
        self.spare = true;
        self
    }

    /// Its texts are not cut: one that is too long is drawn smaller, as far as it can be read. For what somebody signs.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// The header can be pressed; `order` is how the rows are sorted by this column now, if they are.
    #[must_use]
    pub fn sortable(mut self, order: Option<Order>) -> Self {
        self.sortable = true;
        self.order = order;
        self
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Paint {
    Text(Role, Ink),
    Pill(Tone),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) paint: Paint,
}

/// What stands in one cell: a text or a pill, perhaps with another one below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell<'a> {
    pub(super) first: Part<'a>,
    pub(super) second: Option<Part<'a>>,
}

impl<'a> Cell<'a> {
    fn of(text: impl Into<Cow<'a, str>>, paint: Paint) -> Self {
        Self { first: Part { text: text.into(), paint }, second: None }
    }

    #[must_use]
    pub fn empty() -> Self {
        Self::text("")
    }

    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::of(text, Paint::Text(text::BODY, Ink::Inherit))
    }

    /// A name or a sum.
    pub fn strong(text: impl Into<Cow<'a, str>>) -> Self {
        Self::of(text, Paint::Text(text::STRONG, Ink::Inherit))
    }

    pub fn dim(text: impl Into<Cow<'a, str>>) -> Self {
        Self::of(text, Paint::Text(text::BODY, Ink::Dim))
    }

    /// Small dim text: the second line.
    pub fn hint(text: impl Into<Cow<'a, str>>) -> Self {
        Self::of(text, Paint::Text(text::HINT, Ink::Dim))
    }

    /// Text that means something by its colour as well as by its words.
    pub fn ink(text: impl Into<Cow<'a, str>>, ink: Ink) -> Self {
        Self::of(text, Paint::Text(text::BODY, ink))
    }

    /// A word in a capsule.
    pub fn pill(tone: Tone, word: impl Into<Cow<'a, str>>) -> Self {
        Self::of(word, Paint::Pill(tone))
    }

    /// Puts another cell's first line below this one.
    #[must_use]
    pub fn below(mut self, second: Cell<'a>) -> Self {
        self.second = Some(second.first);
        self
    }
}

/// Where rows come from. Asked only for what is on the screen.
pub trait Rows {
    /// How many rows there are.
    fn count(&self) -> usize;
    /// One cell, by row and by the column's id.
    fn cell(&self, row: usize, column: usize) -> Cell<'_>;
}

struct Closure<'a, F> {
    count: usize,
    cell: F,
    // Says that what the cells borrow lives longer than the table.
    data: std::marker::PhantomData<&'a ()>,
}

impl<'a, F: Fn(usize, usize) -> Cell<'a>> Rows for Closure<'a, F> {
    fn count(&self) -> usize {
        self.count
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        (self.cell)(row, column)
    }
}

/// Rows from a closure `(row, column id) -> Cell`.
pub fn rows<'a>(count: usize, cell: impl Fn(usize, usize) -> Cell<'a> + 'a) -> impl Rows + 'a {
    Closure { count, cell, data: std::marker::PhantomData }
}

/// What the user did to the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    Only(usize),
    /// This row too, or no longer.
    Toggle(usize),
    /// From the last picked row to this one.
    To(usize),
    /// The cursor goes here, the selection stays.
    Cursor(usize),
    /// All of so many rows.
    All(usize),
}

/// Which rows are selected: a bit a row, so that a hundred thousand cost twelve kilobytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    bits: Vec<u64>,
    count: usize,
    cursor: Option<usize>,
    anchor: usize,
}

impl Selection {
    #[must_use]
    pub fn of(row: usize) -> Self {
        let mut selection = Self::default();
        selection.apply(Pick::Only(row));
        selection
    }

    /// Does what the user did.
    pub fn apply(&mut self, pick: Pick) {
        match pick {
            Pick::Only(row) => {
                self.clear();
                self.set(row, true);
                (self.cursor, self.anchor) = (Some(row), row);
            }
            Pick::Toggle(row) => {
                self.set(row, !self.contains(row));
                (self.cursor, self.anchor) = (Some(row), row);
            }
            Pick::To(row) => {
                let (from, to) = (self.anchor.min(row), self.anchor.max(row));
                self.clear();
                (from..=to).for_each(|row| self.set(row, true));
                self.cursor = Some(row);
            }
            Pick::Cursor(row) => self.cursor = Some(row),
            Pick::All(count) => {
                self.clear();
                (0..count).for_each(|row| self.set(row, true));
            }
        }
    }

    /// Selects nothing; the cursor stays.
    pub fn clear(&mut self) {
        self.bits.clear();
        self.count = 0;
    }

    fn set(&mut self, row: usize, on: bool) {
        let (word, bit) = (row / 64, 1 << (row % 64));
        if word >= self.bits.len() {
            if !on {
                return;
            }
            self.bits.resize(word + 1, 0);
        }
        let was = self.bits[word] & bit != 0;
        if was != on {
            self.bits[word] ^= bit;
            self.count = if on { self.count + 1 } else { self.count - 1 };
        }
    }

    /// Whether a row is selected.
    #[must_use]
    pub fn contains(&self, row: usize) -> bool {
        self.bits.get(row / 64).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }

    /// How many are selected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether none is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The row that the keyboard is at.
    #[must_use]
    pub fn cursor(&self) -> Option<usize> {
        self.cursor
    }

    /// The selected rows in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.bits.iter().enumerate().flat_map(|(index, word)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| index * 64 + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(picks: &[Pick]) -> Vec<usize> {
        let mut selection = Selection::default();
        picks.iter().for_each(|pick| selection.apply(*pick));
        assert_eq!(selection.len(), selection.iter().count());
        selection.iter().collect()
    }

    #[test]
    fn a_click_selects_one_row_alone() {
        assert_eq!(picked(&[Pick::Only(3), Pick::Only(70)]), [70]);
    }

    #[test]
    fn control_adds_and_takes_away() {
        assert_eq!(picked(&[Pick::Only(3), Pick::Toggle(64), Pick::Toggle(5), Pick::Toggle(3)]), [5, 64]);
    }

    #[test]
    fn shift_goes_from_the_anchor_both_ways() {
        assert_eq!(picked(&[Pick::Only(5), Pick::To(7), Pick::To(3)]), [3, 4, 5]);
    }

    #[test]
    fn all_rows_can_be_selected_and_the_cursor_stays() {
        let mut selection = Selection::of(9);
        selection.apply(Pick::All(100_000));
        assert_eq!((selection.len(), selection.cursor()), (100_000, Some(9)));
    }

    #[test]
    fn taking_away_an_unknown_row_changes_nothing() {
        let mut selection = Selection::default();
        selection.set(1000, false);
        assert!(selection.is_empty());
    }
}
