//! The room that each column has been found to need for its figures.

use super::super::figure;
use super::model::{Cell, Column, Paint, Part};

/// What was found so far. As long as rows and columns are the same no column needs less than before, so that nothing
/// moves while somebody scrolls.
#[derive(Default)]
pub(super) struct Needs {
    rows: usize,
    columns: Vec<usize>,
    rooms: Vec<f32>,
}

impl Needs {
    /// By column; nothing before the first frame.
    pub(super) fn rooms(&self) -> &[f32] {
        &self.rooms
    }

    /// Says of how many rows and of which columns the next cells are.
    pub(super) fn begin(&mut self, rows: usize, columns: &[Column]) {
        let same =
            self.rows == rows && columns.iter().map(|column| column.id).eq(self.columns.iter().copied());
        if !same {
            let columns: Vec<usize> = columns.iter().map(|column| column.id).collect();
            *self = Self { rows, rooms: vec![0.0; columns.len()], columns };
        }
    }

    /// Takes in a cell of a column, by its place.
    pub(super) fn see(&mut self, column: usize, cell: &Cell<'_>) {
        let of = |part: &Part<'_>| match part.paint {
            Paint::Text(role, _) => figure::room(&part.text, role),
            Paint::Pill(_) => 0.0,
        };
        let needs = of(&cell.first).max(cell.second.as_ref().map_or(0.0, of));
        if let Some(room) = self.rooms.get_mut(column) {
            *room = room.max(needs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::column;
    use super::*;

    #[test]
    fn a_column_needs_no_less_until_the_rows_are_others() {
        let columns = [column(0, "a"), column(1, "b")];
        let mut needs = Needs::default();
        needs.begin(2, &columns);
        needs.see(1, &Cell::text("197 530 864 200 Ft"));
        let wide = needs.rooms()[1];
        needs.begin(2, &columns);
        needs.see(1, &Cell::text("1 000 Ft"));
        assert_eq!((needs.rooms()[0], needs.rooms()[1]), (0.0, wide));
        needs.begin(1, &columns);
        needs.see(1, &Cell::text("1 000 Ft"));
        assert!(needs.rooms()[1] > 0.0 && needs.rooms()[1] < wide);
    }
}
