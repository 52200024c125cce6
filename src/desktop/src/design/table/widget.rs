//! The table as a widget: focus, mouse, keys, scrolling.

use iced::advanced::widget::operation::Focusable as _;
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Length, Point, Rectangle, Size, Vector};

use super::super::pressable::is_press;
use super::super::text::HINT;
use super::super::{Element, Renderer, Theme};
use super::draw::{cell_room, fitting, halves};
use super::geometry::{Geometry, HEADER};
use super::model::{Cell, Paint, Part};
use super::state::State;
use super::tip::Tip;
use super::{Pick, Selection, Table};

/// The room of a text's one line.
fn lines(part: &Part<'_>, room: Rectangle) -> Rectangle {
    let line = if let Paint::Text(role, _) = part.paint { role.line } else { HINT.line };
    Rectangle { y: room.y + ((room.height - line) / 2.0).floor(), height: line, ..room }
}

impl<M: Clone> Table<'_, M> {
    fn geometry(&self, bounds: Rectangle, state: &State) -> Geometry {
        let rows = (self.row_height.pixels(), self.rows.count());
        let needs = state.needs.borrow();
        Geometry::new(bounds, &self.columns, needs.rooms(), rows, !self.footer.is_empty(), self.flush)
    }

    /// The cells that are seen, row by row; what their figures need is known afterwards.
    fn seen(&self, bounds: Rectangle, state: &State) -> Vec<(usize, Vec<Cell<'_>>)> {
        let mut needs = state.needs.borrow_mut();
        needs.begin(self.rows.count(), &self.columns);
        for (index, column) in self.columns.iter().enumerate() {
            self.footer
                .iter()
                .filter(|(id, _)| *id == column.id)
                .for_each(|(_, cell)| needs.see(index, cell));
        }
        drop(needs);
        // Which rows are seen does not depend on the columns.
        let rows = self.geometry(bounds, state).visible(state.offset);
        let mut needs = state.needs.borrow_mut();
        let cells = |row| {
            let cells = self.columns.iter().map(|column| self.rows.cell(row, column.id));
            (
                row,
                cells
                    .enumerate()
                    .inspect(|(index, cell)| needs.see(*index, cell))
                    .map(|(_, cell)| cell)
                    .collect(),
            )
        };
        rows.map(cells).collect()
    }

    fn pick(&self, pick: Pick, shell: &mut Shell<'_, M>) {
        if let Some(on_pick) = &self.on_pick {
            shell.publish(on_pick(pick));
        }
        shell.request_redraw();
    }

    fn body_key(
        &self,
        state: &mut State,
        geometry: &Geometry,
        key: &Key,
        modifiers: Modifiers,
        shell: &mut Shell<'_, M>,
    ) -> bool {
        let Some(end) = geometry.count.checked_sub(1) else { return false };
        let cursor = self.selection.and_then(Selection::cursor);
        if let (Key::Character(typed), true, false) = (key, modifiers.command(), self.single) {
            if typed == "a" && self.on_pick.is_some() {
                self.pick(Pick::All(geometry.count), shell);
                return true;
            }
            return false;
        }
        let Key::Named(named) = key else { return false };
        let page = geometry.page();
        let to = match named {
            Named::ArrowDown => cursor.map_or(0, |at| (at + 1).min(end)),
            Named::ArrowUp => cursor.map_or(0, |at| at.saturating_sub(1)),
            Named::PageDown => cursor.map_or(page, |at| at + page).min(end),
            Named::PageUp => cursor.unwrap_or(0).saturating_sub(page),
            Named::Home => 0,
            Named::End => end,
            Named::Space if modifiers.is_empty() || modifiers.command() => {
                let Some(at) = cursor else { return false };
                self.pick(if self.single { Pick::Only(at) } else { Pick::Toggle(at) }, shell);
                return true;
            }
            Named::Enter if modifiers.is_empty() => {
                let (Some(at), Some(on_activate)) = (cursor, &self.on_activate) else { return false };
                shell.publish(on_activate(at));
                return true;
            }
            _ => return false,
        };
        if self.on_pick.is_none() {
            // Nothing to select: the keys scroll.
            let by = to as f32 * geometry.row;
            let step = match named {
                Named::ArrowDown => state.offset + geometry.row,
                Named::ArrowUp => state.offset - geometry.row,
                Named::PageDown => state.offset + geometry.body.height,
                Named::PageUp => state.offset - geometry.body.height,
                _ => by,
            };
            state.offset = step.clamp(0.0, geometry.most_offset());
            shell.request_redraw();
            return true;
        }
        let pick = match (self.single, modifiers.shift(), modifiers.command()) {
            (false, true, _) => Pick::To(to),
            (false, false, true) => Pick::Cursor(to),
            _ => Pick::Only(to),
        };
        self.pick(pick, shell);
        true
    }

    fn header_key(&self, state: &mut State, key: &Key, shell: &mut Shell<'_, M>) -> bool {
        let last = self.columns.len().saturating_sub(1);
        match key {
            Key::Named(Named::ArrowRight) => state.header_at = (state.header_at + 1).min(last),
            Key::Named(Named::ArrowLeft) => state.header_at = state.header_at.saturating_sub(1),
            Key::Named(Named::ArrowDown) => {
                state.header.clear();
                state.body.focus();
            }
            Key::Named(Named::Enter | Named::Space) => return self.sort(state.header_at, shell),
            Key::Named(Named::ContextMenu) => return self.choose_columns(shell),
            _ => return false,
        }
        true
    }

    fn sort(&self, index: usize, shell: &mut Shell<'_, M>) -> bool {
        match (self.columns.get(index), &self.on_sort) {
            (Some(column), Some(on_sort)) if column.sortable => {
                shell.publish(on_sort(column.id));
                true
            }
            _ => false,
        }
    }

    fn has_header_stop(&self) -> bool {
        self.on_columns.is_some() || (self.on_sort.is_some() && self.columns.iter().any(|c| c.sortable))
    }

    fn press(
        &self,
        state: &mut State,
        geometry: &Geometry,
        at: Point,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, M>,
    ) {
        if let Some(bar) = geometry.bar().filter(|bar| bar.contains(at)) {
            let thumb = geometry.thumb(state.offset).unwrap_or(bar);
            let grip = if thumb.contains(at) { at.y - thumb.y } else { thumb.height / 2.0 };
            state.dragged = Some(grip);
            state.offset = geometry.offset_of_thumb(at.y - grip);
            return;
        }
        if at.y < geometry.body.y {
            if let Some(index) = geometry.column_at(at.x) {
                state.header.by_mouse();
                state.body.clear();
                state.header_at = index;
                self.sort(index, shell);
            }
            return;
        }
        state.body.by_mouse();
        state.header.clear();
        let Some(row) = geometry.row_at(at.y, state.offset) else { return };
        let click = cursor.position().map(|at| mouse::Click::new(at, mouse::Button::Left, state.last_click));
        state.last_click = click;
        if click.is_some_and(|click| click.kind() == mouse::click::Kind::Double)
            && let Some(on_activate) = &self.on_activate
        {
            shell.publish(on_activate(row));
            return;
        }
        let modifiers = state.modifiers;
        self.pick(
            match (self.single, modifiers.shift(), modifiers.command()) {
                (false, true, _) => Pick::To(row),
                (false, false, true) => Pick::Toggle(row),
                _ => Pick::Only(row),
            },
            shell,
        );
    }

    fn choose_columns(&self, shell: &mut Shell<'_, M>) -> bool {
        let Some(message) = &self.on_columns else { return false };
        shell.publish(message.clone());
        true
    }

    /// The cell under the mouse, if its text had to be cut.
    fn cut_text_at(&self, state: &State, geometry: &Geometry, at: Point) -> Option<(Rectangle, String)> {
        let row = geometry.row_at(at.y, state.offset)?;
        let index = geometry.column_at(at.x)?;
        let bounds = geometry.row_bounds(row, state.offset);
        let room = cell_room(geometry, index, bounds);
        let cell = self.rows.cell(row, self.columns[index].id);
        let (_, lower) = halves(room, self.row_height);
        let part = match &cell.second {
            Some(second) if at.y >= lower.y => second,
            _ => &cell.first,
        };
        let (role, width) = match part.paint {
            Paint::Text(role, _) if self.columns[index].whole => {
                (fitting(&part.text, role, room.width), room.width)
            }
            Paint::Text(role, _) => (role, room.width),
            Paint::Pill(_) => return None,
        };
        state.labels.is_cut(&part.text, role, width).then(|| (room, part.text.clone().into_owned()))
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Table<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, if self.fit { Length::Shrink } else { Length::Fill })
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let lines = self.rows.count() + usize::from(!self.footer.is_empty());
        let content = HEADER + lines as f32 * self.row_height.pixels();
        let height = if self.fit { Length::Fixed(content) } else { Length::Fill };
        layout::atomic(limits, Length::Fill, height)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let geometry = self.geometry(layout.bounds(), state);
        let head = Rectangle { height: HEADER, ..geometry.bounds };
        if self.has_header_stop() {
            operation.focusable(None, head, &mut state.header);
        }
        if self.on_pick.is_some() || self.on_activate.is_some() || geometry.has_bar {
            operation.focusable(self.id.as_ref(), geometry.body, &mut state.body);
        }
        let shown = || self.columns.iter().enumerate().filter(|(index, _)| geometry.columns[*index].1 > 0.0);
        for (index, column) in shown() {
            operation.text(None, cell_room(&geometry, index, head), &column.title);
        }
        // What is seen can be found; the rest is not there for anybody.
        for row in geometry.visible(state.offset) {
            let bounds = geometry.row_bounds(row, state.offset);
            for (index, column) in shown() {
                let cell = self.rows.cell(row, column.id);
                let room = cell_room(&geometry, index, bounds);
                let (upper, lower) = halves(room, self.row_height);
                operation.text(None, lines(&cell.first, upper), &cell.first.text);
                if let Some(second) = &cell.second {
                    operation.text(None, lines(second, lower), &second.text);
                }
            }
        }
        if let Some(row) = geometry.footer {
            for (index, column) in shown() {
                if let Some((_, cell)) = self.footer.iter().find(|(id, _)| *id == column.id) {
                    operation.text(None, cell_room(&geometry, index, row), &cell.first.text);
                }
            }
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        let geometry = self.geometry(bounds, state);
        // Rows may have become fewer, and the cursor may have gone elsewhere since the last event.
        state.offset = state.offset.clamp(0.0, geometry.most_offset());
        let at_row = self.selection.and_then(Selection::cursor).filter(|row| *row < geometry.count);
        if at_row != state.last_cursor {
            state.last_cursor = at_row;
            if let Some(row) = at_row {
                state.offset = geometry.reveal(row, state.offset);
                shell.request_redraw();
            }
        }
        let over = cursor.position_over(bounds).filter(|at| viewport.contains(*at));
        match event {
            event if is_press(event) => match over {
                Some(at) if !shell.is_event_captured() => {
                    self.press(state, &geometry, at, cursor, shell);
                    shell.capture_event();
                    shell.request_redraw();
                }
                _ if state.body.has() || state.header.has() => {
                    state.body.clear();
                    state.header.clear();
                    shell.request_redraw();
                }
                _ => {}
            },
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right))
                if over.is_some_and(|at| at.y < geometry.body.y) && self.choose_columns(shell) =>
            {
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonReleased(_)) if state.dragged.is_some() => {
                state.dragged = None;
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::CursorMoved { .. } | mouse::Event::CursorLeft) => {
                if let (Some(grip), Some(at)) = (state.dragged, cursor.position()) {
                    state.offset = geometry.offset_of_thumb(at.y - grip);
                    shell.request_redraw();
                    return;
                }
                let row = over.filter(|_| self.on_pick.is_some());
                let row = row.and_then(|at| geometry.row_at(at.y, state.offset));
                let tip = over.and_then(|at| self.cut_text_at(state, &geometry, at));
                if row != state.hovered || tip != state.tip {
                    (state.hovered, state.tip) = (row, tip);
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if over.is_some() && geometry.has_bar => {
                let by = match delta {
                    mouse::ScrollDelta::Lines { y, .. } => y * geometry.row * 3.0,
                    mouse::ScrollDelta::Pixels { y, .. } => *y,
                };
                state.offset = (state.offset - by).clamp(0.0, geometry.most_offset());
                state.tip = None;
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => state.modifiers = *modifiers,
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) => {
                if modifiers.alt() {
                    return;
                }
                state.modifiers = *modifiers;
                let used = if state.body.has() {
                    state.body.by_key();
                    self.body_key(state, &geometry, key, *modifiers, shell)
                } else if state.header.has() && modifiers.is_empty() {
                    state.header.by_key();
                    self.header_key(state, key, shell)
                } else {
                    false
                };
                if used {
                    state.tip = None;
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let seen = self.seen(layout.bounds(), state);
        let geometry = self.geometry(layout.bounds(), state);
        self.paint(state, renderer, &theme.palette, &geometry, &seen, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State>();
        let geometry = self.geometry(layout.bounds(), state);
        let Some(at) = cursor.position_over(geometry.bounds) else { return mouse::Interaction::default() };
        let sortable = at.y < geometry.body.y
            && self.on_sort.is_some()
            && geometry.column_at(at.x).is_some_and(|index| self.columns[index].sortable);
        let pickable = self.on_pick.is_some() && at.y >= geometry.body.y && !geometry.has_bar_at(at);
        if sortable || pickable { mouse::Interaction::Pointer } else { mouse::Interaction::default() }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        _layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let state = tree.state.downcast_ref::<State>();
        let (cell, words) = state.tip.as_ref()?;
        let tip = Tip { cell: *cell + translation, words, labels: &state.tip_labels };
        Some(overlay::Element::new(Box::new(tip)))
    }
}

impl<'a, M: Clone + 'a> From<Table<'a, M>> for Element<'a, M> {
    fn from(table: Table<'a, M>) -> Self {
        Self::new(table)
    }
}
