//! The ways of the window from place to place: to one that is asked for, and back.

use iced::Task;

use super::{Message, Window};
use crate::go::Go;
use crate::navigation::Place;
use crate::screen::Opened;

impl Window {
    pub(super) fn open(&mut self, place: Place) -> Task<Message> {
        self.go(place.go())
    }

    /// Opens the file that the program was started with, if somebody is here who may see it.
    pub(super) fn open_file(&mut self) -> Task<Message> {
        // While somebody else is on the way it waits: it would be shown for the one who goes.
        if self.desk.rules.is_none() || !self.desk.client.may_view() || self.is_changing() {
            return Task::none();
        }
        match self.file.take() {
            Some(file) => {
                self.trail.step(self.here(), Go::Import);
                let opened = Opened::file(file, &self.desk);
                self.show(Go::Import, opened)
            }
            None => Task::none(),
        }
    }

    pub(super) fn go(&mut self, go: Go) -> Task<Message> {
        let go = self.trail.as_left(go);
        self.trail.step(self.here(), go);
        self.show(go, Opened::at(go, &self.desk))
    }

    /// The open place from its beginning.
    pub(super) fn open_anew(&mut self) -> Task<Message> {
        let go = self.place.go();
        self.show(go, Opened::at(go, &self.desk))
    }

    /// One step back.
    pub(super) fn back(&mut self) -> Task<Message> {
        match self.trail.back(self.here()) {
            Some(go) => self.show(go, Opened::at(go, &self.desk)),
            None => Task::none(),
        }
    }

    /// The way back to the open place as it stands.
    pub(in crate::app) fn here(&self) -> Go {
        self.screen.here().unwrap_or(self.at)
    }

    /// Keeps what is typed in the open place before another one takes its room.
    pub(super) fn left(&mut self) -> Task<Message> {
        let visit = self.visit;
        self.screen.left(&self.desk).map(move |message| Message::Screen(visit, message))
    }

    fn show(&mut self, go: Go, opened: Opened) -> Task<Message> {
        let left = self.left();
        Task::batch([left, self.put(go, opened)])
    }

    /// Puts a place where another one was that has been left.
    pub(super) fn put(&mut self, go: Go, Opened { screen, task }: Opened) -> Task<Message> {
        self.visit += 1;
        let visit = self.visit;
        (self.place, self.at) = (Place::of(go), go);
        self.screen = screen;
        self.aim.begin(self.screen.begins_at());
        Task::batch([task.map(move |message| Message::Screen(visit, message)), self.look()])
    }
}
