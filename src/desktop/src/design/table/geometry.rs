//! Where things stand in a table: columns, rows, footer, scroll bar.

use iced::Rectangle;

use super::model::{Column, Width};

/// Height of the header line.
pub(super) const HEADER: f32 = 31.0;
/// Room at both sides of a cell's text.
pub(super) const PAD: f32 = 10.0;
/// Width of the scroll bar.
pub(super) const BAR: f32 = 10.0;
const NARROWEST: f32 = 24.0;
/// A column gives way to others only so far.
const LEAST: f32 = 64.0;
/// A column that fills what is left is not left with less, as long as the fixed ones can give way.
const FILLED: f32 = 110.0;

/// The table's parts, in window coordinates.
#[derive(Debug, Clone)]
pub(super) struct Geometry {
    pub(super) bounds: Rectangle,
    pub(super) body: Rectangle,
    pub(super) footer: Option<Rectangle>,
    pub(super) row: f32,
    pub(super) count: usize,
    /// Left edge and width of each column.
    pub(super) columns: Vec<(f32, f32)>,
    pub(super) has_bar: bool,
}

impl Geometry {
    pub(super) fn new(
        bounds: Rectangle,
        columns: &[Column],
        needs: &[f32],
        (row, count): (f32, usize),
        has_footer: bool,
        flush: bool,
    ) -> Self {
        let footer_height = if has_footer { row } else { 0.0 };
        let room = (bounds.height - HEADER - footer_height).max(0.0);
        let content = row * count as f32;
        let has_bar = content > room + 0.5;
        let body = Rectangle {
            y: bounds.y + HEADER,
            height: if has_footer { room.min(content) } else { room },
            ..bounds
        };
        let footer = has_footer.then_some(Rectangle { y: body.y + body.height, height: row, ..bounds });
        let bar = if has_bar { BAR } else { 0.0 };
        let (x, width) = if flush {
            (bounds.x - PAD, bounds.width + 2.0 * PAD - bar)
        } else {
            (bounds.x, bounds.width - bar)
        };
        Self { bounds, body, footer, row, count, columns: place(columns, needs, x, width), has_bar }
    }

    pub(super) fn most_offset(&self) -> f32 {
        (self.row * self.count as f32 - self.body.height).max(0.0)
    }

    /// The rows that are at least partly seen.
    pub(super) fn visible(&self, offset: f32) -> std::ops::Range<usize> {
        let first = (offset / self.row).floor().max(0.0) as usize;
        let last = ((offset + self.body.height) / self.row).ceil().max(0.0) as usize;
        first.min(self.count)..last.min(self.count)
    }

    pub(super) fn row_bounds(&self, row: usize, offset: f32) -> Rectangle {
        // In double precision: a hundred thousand rows reach millions of pixels, where f32 loses halves.
        let y = (f64::from(self.body.y) + row as f64 * f64::from(self.row) - f64::from(offset)) as f32;
        Rectangle { y, height: self.row, ..self.body }
    }

    pub(super) fn row_at(&self, y: f32, offset: f32) -> Option<usize> {
        if y < self.body.y || y >= self.body.y + self.body.height {
            return None;
        }
        let row = ((y - self.body.y + offset) / self.row).floor() as usize;
        (row < self.count).then_some(row)
    }

    pub(super) fn column_at(&self, x: f32) -> Option<usize> {
        self.columns.iter().position(|(left, width)| x >= *left && x < left + width)
    }

    /// The whole rows on one screen: a page.
    pub(super) fn page(&self) -> usize {
        ((self.body.height / self.row).floor() as usize).max(1)
    }

    /// The offset that brings a row on the screen, moving as little as needed.
    pub(super) fn reveal(&self, row: usize, offset: f32) -> f32 {
        let top = row as f32 * self.row;
        offset.clamp((top + self.row - self.body.height).min(top), top).clamp(0.0, self.most_offset())
    }

    pub(super) fn bar(&self) -> Option<Rectangle> {
        self.has_bar.then_some(Rectangle {
            x: self.bounds.x + self.bounds.width - BAR,
            width: BAR,
            ..self.body
        })
    }

    pub(super) fn has_bar_at(&self, at: iced::Point) -> bool {
        self.bar().is_some_and(|bar| bar.contains(at))
    }

    pub(super) fn thumb(&self, offset: f32) -> Option<Rectangle> {
        let bar = self.bar()?;
        let content = self.row * self.count as f32;
        let height = (bar.height * bar.height / content).clamp(24.0_f32.min(bar.height), bar.height);
        let most = self.most_offset();
        let share = if most > 0.0 { offset / most } else { 0.0 };
        Some(Rectangle { x: bar.x + 2.0, y: bar.y + (bar.height - height) * share, width: BAR - 4.0, height })
    }

    /// The offset for a thumb whose top is at `y`.
    pub(super) fn offset_of_thumb(&self, y: f32) -> f32 {
        let (Some(bar), Some(thumb)) = (self.bar(), self.thumb(0.0)) else { return 0.0 };
        let way = (bar.height - thumb.height).max(1.0);
        ((y - bar.y) / way).clamp(0.0, 1.0) * self.most_offset()
    }
}

/// Left edge and width of each column. `needs` is the width of the text that each must show whole: no column is narrower
/// as long as the table is wide enough for all of them.
fn place(columns: &[Column], needs: &[f32], x: f32, width: f32) -> Vec<(f32, f32)> {
    let needs = needs.iter().copied().chain(std::iter::repeat(0.0));
    // The least and the wanted width of each, and its share of what is left.
    let sides = columns.iter().zip(needs).map(|(column, need)| {
        let need = if need > 0.0 { need + 2.0 * PAD } else { 0.0 };
        match column.width {
            Width::Fixed(wide) => (need.max(LEAST.min(wide)), need.max(wide), 0.0),
            Width::Fill(share) => (need.max(2.0 * NARROWEST), need.max(FILLED), f32::from(share)),
        }
    });
    let mut sides: Vec<(f32, f32, f32)> = sides.collect();
    for (at, _) in columns.iter().enumerate().rev().filter(|(_, column)| column.spare) {
        if sides.iter().map(|(least, ..)| least).sum::<f32>() <= width {
            break;
        }
        sides[at] = (0.0, 0.0, 0.0);
    }
    let least: f32 = sides.iter().map(|(least, ..)| least).sum();
    let wanted: f32 = sides.iter().map(|(_, wanted, _)| wanted).sum();
    let widths: Vec<f32> = if wanted <= width {
        spread(&sides, width)
    } else {
        // All give way alike, down to what they must have; below that the last ones stand outside.
        let give = ((width - least) / (wanted - least).max(1.0)).clamp(0.0, 1.0);
        sides.iter().map(|(least, wanted, _)| least + (wanted - least) * give).collect()
    };
    let mut left = x;
    widths
        .into_iter()
        .map(|wide| {
            let placed = (left.round(), if wide > 0.0 { wide.max(NARROWEST) } else { 0.0 });
            left += wide;
            placed
        })
        .collect()
}

/// Shares what is free among those that fill, none of them below what it needs.
fn spread(sides: &[(f32, f32, f32)], width: f32) -> Vec<f32> {
    let mut settled: Vec<bool> = sides.iter().map(|(.., share)| *share == 0.0).collect();
    loop {
        let of = |at: usize| &sides[at];
        let taken: f32 = (0..sides.len()).filter(|at| settled[*at]).map(|at| of(at).1).sum();
        let shares: f32 = (0..sides.len()).filter(|at| !settled[*at]).map(|at| of(at).2).sum();
        let share = |at: usize| (width - taken) * of(at).2 / shares.max(1.0);
        let small: Vec<usize> =
            (0..sides.len()).filter(|at| !settled[*at] && share(*at) < of(*at).1).collect();
        if small.is_empty() {
            return (0..sides.len()).map(|at| if settled[at] { of(at).1 } else { share(at) }).collect();
        }
        small.into_iter().for_each(|at| settled[at] = true);
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::column;
    use super::*;

    fn geometry(count: usize) -> Geometry {
        let bounds = Rectangle { x: 0.0, y: 0.0, width: 500.0, height: 301.0 };
        let columns = [column(0, "a").fixed(100.0), column(1, "b").fill(1), column(2, "c").fill(3)];
        Geometry::new(bounds, &columns, &[], (27.0, count), false, false)
    }

    #[test]
    fn what_must_be_whole_is_given_its_room() {
        let columns = [column(0, "a").fixed(100.0), column(1, "b").fill(1), column(2, "c").fill(3)];
        let widths = |needs: &[f32], wide: f32| -> Vec<f32> {
            place(&columns, needs, 0.0, wide).into_iter().map(|(_, wide)| wide).collect()
        };
        assert_eq!(widths(&[0.0, 180.0, 0.0], 500.0), [100.0, 200.0, 200.0]);
        assert_eq!(widths(&[130.0, 0.0, 0.0], 500.0), [150.0, 110.0, 240.0]);
        let spare =
            [column(0, "a").fill(1), column(1, "b").fixed(90.0).spare(), column(2, "c").fixed(90.0).spare()];
        let widths = |wide: f32| place(&spare, &[200.0, 0.0, 0.0], 0.0, wide);
        assert_eq!(widths(400.0)[2], (310.0, 90.0));
        assert_eq!(widths(300.0), [(0.0, 220.0), (220.0, 80.0), (300.0, 0.0)]);
        assert_eq!(widths(230.0), [(0.0, 230.0), (230.0, 0.0), (230.0, 0.0)]);
    }

    #[test]
    fn what_is_fixed_gives_way_to_what_must_be_whole() {
        let columns = [column(0, "a").fixed(100.0), column(1, "b").fill(1), column(2, "c").fill(3)];
        let widths = |needs: &[f32], wide: f32| -> Vec<f32> {
            place(&columns, needs, 0.0, wide).into_iter().map(|(_, wide)| wide).collect()
        };
        assert_eq!(widths(&[0.0, 180.0, 90.0], 392.0), [82.0, 200.0, 110.0]);
    }

    #[test]
    fn the_free_width_is_shared() {
        assert_eq!(geometry(1).columns, [(0.0, 100.0), (100.0, 110.0), (210.0, 290.0)]);
        let columns = [column(0, "a").fixed(100.0), column(1, "b").fill(1), column(2, "c").fill(3)];
        assert_eq!(place(&columns, &[], 0.0, 700.0), [(0.0, 100.0), (100.0, 150.0), (250.0, 450.0)]);
    }

    #[test]
    fn only_what_is_seen_is_asked_for() {
        let geometry = geometry(100_000);
        assert_eq!(geometry.visible(27.0 * 500.0), 500..510);
        assert_eq!(geometry.visible(geometry.most_offset()), 99_990..100_000);
    }

    #[test]
    fn revealing_moves_no_further_than_needed() {
        let geometry = geometry(1000);
        assert_eq!(geometry.reveal(3, 0.0), 0.0);
        assert_eq!(geometry.reveal(10, 0.0), 27.0);
        assert_eq!(geometry.reveal(2, 270.0), 54.0);
        assert_eq!(geometry.reveal(999, 0.0), geometry.most_offset());
    }

    #[test]
    fn the_thumb_leads_to_both_ends() {
        let geometry = geometry(1000);
        let last = geometry.thumb(geometry.most_offset()).map(|thumb| thumb.y).unwrap();
        assert_eq!(geometry.offset_of_thumb(last), geometry.most_offset());
        assert_eq!(geometry.offset_of_thumb(-50.0), 0.0);
    }
}
