//! How a table is painted: header, the rows that are seen, footer, scroll bar.

use iced::advanced::{Renderer as _, renderer};
use iced::{Background, Color, Rectangle, border};

use super::super::label::{Align, width};
use super::super::palette::{Palette, mix};
use super::super::pressable::draw_ring;
use super::super::text::Role;
use super::super::{Renderer, spacing, text};
use super::geometry::{Geometry, PAD};
use super::model::{Cell, Column, Order, Paint, Part};
use super::state::State;
use super::{RowHeight, Table};

const PILL: f32 = 22.0;
/// Size below which no text is drawn; a longer one is cut and shown whole under the mouse.
const SMALLEST: f32 = 9.5;

fn fill(renderer: &mut Renderer, bounds: Rectangle, color: Color) {
    renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, Background::Color(color));
}

fn under(row: Rectangle) -> Rectangle {
    Rectangle { y: row.y + row.height - 1.0, height: 1.0, ..row }
}

/// The room of the text in a cell.
pub(super) fn cell_room(geometry: &Geometry, column: usize, row: Rectangle) -> Rectangle {
    let (x, width) = geometry.columns[column];
    Rectangle { x: x + PAD, width: (width - 2.0 * PAD).max(0.0), ..row }
}

/// The upper and lower half of a two-line cell.
pub(super) fn halves(room: Rectangle, height: RowHeight) -> (Rectangle, Rectangle) {
    if height != RowHeight::Tall {
        return (room, room);
    }
    let upper = Rectangle { y: room.y + 8.0, height: 18.0, ..room };
    (upper, Rectangle { y: room.y + 27.0, height: 18.0, ..room })
}

impl<M> Table<'_, M> {
    pub(super) fn paint(
        &self,
        state: &State,
        renderer: &mut Renderer,
        p: &Palette,
        geometry: &Geometry,
        seen: &[(usize, Vec<Cell<'_>>)],
        viewport: &Rectangle,
    ) {
        state.labels.begin();
        self.paint_header(state, renderer, p, geometry, viewport);
        if let Some(clip) = geometry.body.intersection(viewport) {
            renderer.with_layer(clip, |renderer| self.paint_rows(state, renderer, p, geometry, seen, &clip));
        }
        if let Some(row) = geometry.footer {
            fill(renderer, Rectangle { height: 1.0, ..row }, p.line);
            for (index, column) in self.columns.iter().enumerate() {
                let Some((_, cell)) = self.footer.iter().find(|(id, _)| *id == column.id) else { continue };
                self.paint_cell(state, renderer, p, cell, geometry, index, row, viewport);
            }
        }
        if let (Some(bar), Some(thumb)) = (geometry.bar(), geometry.thumb(state.offset)) {
            let share = if state.dragged.is_some() { 0.8 } else { 0.45 };
            // A layer of its own, or the rows' layer would lie above it; and none outside of what is seen, where the
            // place around the table is scrolled.
            let seen = bar.intersection(viewport).unwrap_or_default();
            renderer.with_layer(seen, |renderer| {
                renderer.fill_quad(
                    renderer::Quad { bounds: thumb, border: border::rounded(3), ..renderer::Quad::default() },
                    mix(p.panel, p.dim, share),
                );
            });
        }
        state.labels.end();
        if state.body.is_visible() {
            let seen = geometry.bounds.intersection(viewport).unwrap_or_default();
            renderer.with_layer(seen, |renderer| {
                draw_ring(renderer, geometry.bounds, p, spacing::PANEL_RADIUS, true);
            });
        }
    }

    fn paint_header(
        &self,
        state: &State,
        renderer: &mut Renderer,
        p: &Palette,
        geometry: &Geometry,
        viewport: &Rectangle,
    ) {
        let line = Rectangle { height: super::geometry::HEADER, ..geometry.bounds };
        fill(renderer, under(line), p.line);
        for (index, column) in self.columns.iter().enumerate().filter(|(at, _)| geometry.columns[*at].1 > 0.0)
        {
            let room = cell_room(geometry, index, line);
            let mark = match column.order {
                Some(Order::Ascending) => "▴",
                Some(Order::Descending) => "▾",
                None => "",
            };
            let side = if mark.is_empty() { 0.0 } else { width(mark, text::HEADER) + 2.0 };
            let shorter = Rectangle { width: (room.width - side).max(0.0), ..room };
            let used = state.labels.draw(
                renderer,
                &column.title,
                text::HEADER,
                shorter,
                column.align,
                p.dim,
                viewport,
            );
            if !mark.is_empty() {
                let x = match column.align {
                    Align::Right => room.x + room.width - side + 2.0,
                    _ => room.x + used + 2.0,
                };
                let room = Rectangle { x, width: side + 2.0, ..room };
                state.labels.draw(renderer, mark, text::HEADER, room, Align::Left, p.text, viewport);
            }
            if state.header.is_visible() && state.header_at == index {
                let (x, width) = geometry.columns[index];
                draw_ring(renderer, Rectangle { x, width, ..line }, p, 4.0, true);
            }
        }
    }

    fn paint_rows(
        &self,
        state: &State,
        renderer: &mut Renderer,
        p: &Palette,
        geometry: &Geometry,
        seen: &[(usize, Vec<Cell<'_>>)],
        clip: &Rectangle,
    ) {
        let cursor = self.selection.and_then(super::Selection::cursor);
        for (row, cells) in seen {
            let row = *row;
            let bounds = geometry.row_bounds(row, state.offset);
            let selected = self.selection.is_some_and(|selection| selection.contains(row));
            if selected {
                fill(renderer, bounds, p.accent_weak);
            } else if state.hovered == Some(row) {
                fill(renderer, bounds, mix(p.panel, p.text, 0.03));
            }
            fill(renderer, under(bounds), p.weak_line);
            if cursor == Some(row) && state.body.is_visible() && !self.single {
                renderer.fill_quad(
                    renderer::Quad {
                        bounds: bounds.shrink(1.0),
                        border: border::rounded(3).color(p.focus).width(1),
                        ..renderer::Quad::default()
                    },
                    Color::TRANSPARENT,
                );
            }
            let cells = cells.iter().enumerate().filter(|(at, _)| geometry.columns[*at].1 > 0.0);
            for (index, cell) in cells {
                self.paint_cell(state, renderer, p, cell, geometry, index, bounds, clip);
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn paint_cell(
        &self,
        state: &State,
        renderer: &mut Renderer,
        p: &Palette,
        cell: &Cell<'_>,
        geometry: &Geometry,
        index: usize,
        row: Rectangle,
        clip: &Rectangle,
    ) {
        let room = cell_room(geometry, index, row);
        let column = &self.columns[index];
        match &cell.second {
            None => self.paint_part(state, renderer, p, &cell.first, room, column, clip),
            Some(second) => {
                let (upper, lower) = halves(room, self.row_height);
                self.paint_part(state, renderer, p, &cell.first, upper, column, clip);
                self.paint_part(state, renderer, p, second, lower, column, clip);
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn paint_part(
        &self,
        state: &State,
        renderer: &mut Renderer,
        p: &Palette,
        part: &Part<'_>,
        room: Rectangle,
        column: &Column,
        clip: &Rectangle,
    ) {
        let align = column.align;
        let (role, color) = match part.paint {
            Paint::Text(role, ink) => (role, ink.color(p).unwrap_or(p.text)),
            Paint::Pill(tone) => {
                if part.text.is_empty() || room.width < 1.0 {
                    return;
                }
                let (ink, paper) = tone.colors(p);
                let wide = (width(&part.text, text::HINT) + 20.0).min(room.width);
                let x = if align == Align::Right { room.x + room.width - wide } else { room.x };
                let y = room.y + ((room.height - PILL) / 2.0).floor();
                let capsule = Rectangle { x, y, width: wide, height: PILL };
                renderer.fill_quad(
                    renderer::Quad {
                        bounds: capsule,
                        border: border::rounded(PILL / 2.0)
                            .color(ink)
                            .width(if *p == super::super::palette::HIGH_CONTRAST { 1 } else { 0 }),
                        ..renderer::Quad::default()
                    },
                    paper,
                );
                let inside = Rectangle { x: x + PAD, width: wide - 2.0 * PAD + 0.5, y, height: PILL };
                state.labels.draw(renderer, &part.text, text::HINT, inside, Align::Left, ink, clip);
                return;
            }
        };
        let role = if column.whole { fitting(&part.text, role, room.width) } else { role };
        state.labels.draw(renderer, &part.text, role, room, align, color, clip);
    }
}

/// The role, smaller if the text would not fit into one line of the room otherwise.
pub(super) fn fitting(text: &str, role: Role, room: f32) -> Role {
    let needs = width(text, role);
    if needs <= room || room < 1.0 {
        return role;
    }
    // A little less, since widths do not shrink quite evenly; and never so small that nobody can read it.
    Role { size: (role.size * room / needs * 0.98).max(SMALLEST), ..role }
}
