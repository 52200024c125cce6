//! Keys that no widget wanted: the open screen's first, then the window's own.

use iced::Task;
use iced::keyboard::{Key, Modifiers, key::Named};

use super::{Message, Window};
use crate::design::keys::{Press, digit};
use crate::go::{Go, NewOrder};

impl Window {
    /// A key that no widget wanted: the place's first, then the window's own.
    pub(crate) fn key(&mut self, press: &Press) -> Task<Message> {
        if let Some(by) = scale_step(press) {
            return self.prefer(self.desk.preferences.scaled(by));
        }
        // Below a sheet nothing is reached by keys.
        if let Some(sheet) = &self.sheet {
            return sheet.key(press).map_or_else(Task::none, Task::done);
        }
        if self.coming.is_some() {
            return self.key_on_the_way(press);
        }
        if let Some(message) = self.screen.key(press) {
            let action = self.screen.update(message, &self.desk);
            return self.follow(action);
        }
        if self.screen.has_sheet() {
            return Task::none();
        }
        if press.is(Named::Escape) {
            return self.back();
        }
        if press.is(Named::F1) {
            return self.help(true);
        }
        if press.is(Named::F2) {
            return self.go(Go::NewOrder(NewOrder::Blank));
        }
        if press.is(Named::F5) {
            return self.sync();
        }
        if press.is_ctrl('i') {
            return self.go(Go::Import);
        }
        if press.is_ctrl('u') && self.facts.house.has_choice() {
            return self.open_choice();
        }
        // Where there are several customers their numbers are theirs, and the places' are typed with Shift.
        let is_shared = self.facts.house.is_shared();
        if let Some(number) = digit(press, Modifiers::CTRL).filter(|_| is_shared) {
            return self.show_numbered(number);
        }
        let of_place = if is_shared { Modifiers::CTRL | Modifiers::SHIFT } else { Modifiers::CTRL };
        match digit(press, of_place).and_then(|number| self.place.area().place(number)) {
            Some(place) if place.is_offered(&self.desk.client.capabilities()) => self.open(place),
            _ => Task::none(),
        }
    }
}

/// Ctrl with plus or minus: larger (1) or smaller (-1). Plus may need Shift, depending on the layout.
fn scale_step(press: &Press) -> Option<i8> {
    let ctrl = press.modifiers.contains(Modifiers::CTRL) && !press.modifiers.contains(Modifiers::ALT);
    match &press.key {
        Key::Character(typed) if ctrl && matches!(typed.as_str(), "+" | "=") => Some(1),
        Key::Character(typed) if ctrl && typed == "-" => Some(-1),
        _ => None,
    }
}
