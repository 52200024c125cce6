//! The table: as many rows as there are, drawn as few as are seen.
//!
//! A widget of our own, because iced lays out every row of its tables on every message. Rows come from a [`Rows`]
//! source that is asked only for the cells on the screen; the widget scrolls by itself, so scrolling sends no message.
//!
//! Keyboard: arrows, Page Up and Down, Home and End move; Shift extends, Ctrl moves alone, Space marks, Ctrl+A marks
//! all, Enter opens. The header is a Tab stop of its own: left and right choose a column, Enter sorts by it.
//!
//! ```ignore
//! table::table(
//!     [column(0, "Csomag").fill(1).sortable(sort), column(1, "Összeg").fixed(120.0).right()],
//!     table::rows(packages.len(), |row, column| match column {
//!         0 => Cell::strong(&packages[row].name).below(Cell::dim(&packages[row].details)),
//!         _ => Cell::text(money(packages[row].total)).below(Cell::pill(Tone::Good, "aláírt")),
//!     }),
//! )
//! .selection(&self.selection)
//! .on_pick(Message::Picked)
//! .on_sort(Message::Sort)
//! .on_activate(Message::Open)
//! ```

mod draw;
mod geometry;
mod model;
mod needs;
mod state;
mod tip;
mod widget;

use iced::advanced::widget::Id;

pub use model::{Cell, Column, Order, Pick, Rows, Selection, Width, column, rows};

use super::spacing;

/// The height of all rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowHeight {
    /// One line of text: 27 px.
    #[default]
    Dense,
    /// One line with pills: 33 px.
    Pills,
    /// Two lines: 53 px.
    Tall,
}

impl RowHeight {
    fn pixels(self) -> f32 {
        match self {
            Self::Dense => spacing::ROW,
            Self::Pills => spacing::PILL_ROW,
            Self::Tall => spacing::TALL_ROW,
        }
    }
}

/// A table that is being put together.
pub struct Table<'a, M> {
    columns: Vec<Column>,
    rows: Box<dyn Rows + 'a>,
    selection: Option<&'a Selection>,
    single: bool,
    row_height: RowHeight,
    footer: Vec<(usize, Cell<'a>)>,
    flush: bool,
    fit: bool,
    id: Option<Id>,
    on_pick: Option<Box<dyn Fn(Pick) -> M + 'a>>,
    on_activate: Option<Box<dyn Fn(usize) -> M + 'a>>,
    on_sort: Option<Box<dyn Fn(usize) -> M + 'a>>,
    on_columns: Option<M>,
}

/// A table of these columns over these rows.
pub fn table<'a, M>(columns: impl IntoIterator<Item = Column>, rows: impl Rows + 'a) -> Table<'a, M> {
    Table {
        columns: columns.into_iter().collect(),
        rows: Box::new(rows),
        selection: None,
        single: false,
        row_height: RowHeight::Dense,
        footer: Vec::new(),
        flush: false,
        fit: false,
        id: None,
        on_pick: None,
        on_activate: None,
        on_sort: None,
        on_columns: None,
    }
}

impl<'a, M> Table<'a, M> {
    /// What is selected and where the cursor is.
    #[must_use]
    pub fn selection(mut self, selection: &'a Selection) -> Self {
        self.selection = Some(selection);
        self
    }

    /// Only one row can be selected at a time: lists with a detail beside them.
    #[must_use]
    pub fn single(mut self) -> Self {
        self.single = true;
        self
    }

    /// The height of the rows.
    #[must_use]
    pub fn row_height(mut self, height: RowHeight) -> Self {
        self.row_height = height;
        self
    }

    /// A last line with sums, by column.
    #[must_use]
    pub fn footer(mut self, cells: impl IntoIterator<Item = (usize, Cell<'a>)>) -> Self {
        self.footer = cells.into_iter().collect();
        self
    }

    /// Text begins and ends at the table's edges: tables inside padded panels.
    #[must_use]
    pub fn flush(mut self) -> Self {
        self.flush = true;
        self
    }

    /// As high as its rows instead of filling the room: short tables in cards.
    #[must_use]
    pub fn fit(mut self) -> Self {
        self.fit = true;
        self
    }

    /// The name by which focus and tests find the rows.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The message of a selection; give it to [`Selection::apply`]. Without it rows cannot be selected.
    #[must_use]
    pub fn on_pick(mut self, message: impl Fn(Pick) -> M + 'a) -> Self {
        self.on_pick = Some(Box::new(message));
        self
    }

    /// The message of Enter or a double click on a row.
    #[must_use]
    pub fn on_activate(mut self, message: impl Fn(usize) -> M + 'a) -> Self {
        self.on_activate = Some(Box::new(message));
        self
    }

    /// The message of a press on the header of a sortable column, with that column's id.
    #[must_use]
    pub fn on_sort(mut self, message: impl Fn(usize) -> M + 'a) -> Self {
        self.on_sort = Some(Box::new(message));
        self
    }

    /// The message that asks for the choice of columns: the right button or the menu key on the header.
    #[must_use]
    pub fn on_columns(mut self, message: M) -> Self {
        self.on_columns = Some(message);
        self
    }
}
