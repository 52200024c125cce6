//! Partners over a real store.

use iced_test::Simulator;

use super::windows::WINDOW;
use super::*;
use crate::design::font;
use crate::screen::sample::{self, OTP, Office};

struct Desk {
    office: Office,
    place: Partners,
    said: Vec<Notice>,
    went: Vec<Go>,
}

impl Desk {
    fn at(office: Office) -> Self {
        let (place, task) = Partners::new(&office.shared);
        let mut desk = Self { office, place, said: Vec::new(), went: Vec::new() };
        desk.settle(task);
        desk
    }

    fn settle(&mut self, task: Task<Message>) {
        for message in self.office.run(task) {
            self.send(message);
        }
    }

    fn send(&mut self, message: Message) {
        match self.place.update(message, &self.office.shared) {
            Action::None => {}
            Action::Run(task) => self.settle(task),
            Action::Go(go) => self.went.push(go),
            Action::Say(notice, task) => {
                self.said.push(notice);
                self.settle(task);
            }
        }
    }

    fn add(&mut self, name: &str, target: &str) {
        self.send(Message::New);
        self.send(Message::Typed(Field::BeneficiaryName, name.into()));
        self.send(Message::Target(0, target.into()));
        self.send(Message::Save);
        assert!(self.place.problems.is_empty(), "{:?}", self.place.problems);
    }

    fn names(&self) -> Vec<String> {
        (0..self.place.windows.count())
            .filter_map(|row| self.place.windows.row(row).map(|partner| partner.short_name.to_string()))
            .collect()
    }

    fn shows(&self, words: &str) -> bool {
        let view = self.place.view(&self.office.shared);
        Simulator::with_size(font::settings(), (1068.0, 648.0), view).find(words).is_ok()
    }
}

fn with_two() -> Desk {
    let mut desk = Desk::at(Office::open());
    desk.add("Őrségi Faipari Zrt.", OTP);
    desk.add("Kovács Anna", "+36301234567");
    desk
}

#[test]
fn partners_are_saved_listed_in_hungarian_order_and_found_without_accents() {
    let mut desk = with_two();
    assert_eq!(desk.names(), ["Kovács Anna", "Őrségi Faipari Zrt."]);
    desk.send(Message::Search("orsegi".into()));
    assert_eq!(desk.names(), ["Őrségi Faipari Zrt."]);
    assert_eq!(desk.said.len(), 2);
}

#[test]
fn a_wrong_account_is_named_at_its_line_and_nothing_is_saved() {
    let mut desk = with_two();
    desk.send(Message::New);
    desk.send(Message::Typed(Field::BeneficiaryName, "Hibás".into()));
    desk.send(Message::Target(0, OTP.into()));
    desk.send(Message::AddTarget);
    desk.send(Message::Target(1, "1177301611111019".into()));
    desk.send(Message::Save);
    assert!(desk.place.tried);
    assert!(desk.shows(&crate::texts::loader().get("account-check-second-block")));
    assert_eq!(desk.place.windows.count(), 2);
}

#[test]
fn what_is_not_saved_is_asked_about_before_another_row_is_shown() {
    let mut desk = with_two();
    desk.send(Message::Picked(Pick::Only(0)));
    desk.send(Message::Note("új megjegyzés".into()));
    desk.send(Message::Picked(Pick::Only(1)));
    assert_eq!(desk.place.form.draft.short_name, "Kovács Anna");
    assert!(desk.shows(&tr!("unsaved")));
    desk.send(Message::Discard);
    assert_eq!(desk.place.form.draft.short_name, "Őrségi Faipari Zrt.");
}

#[test]
fn what_was_typed_is_there_after_a_crash() {
    let mut desk = with_two();
    desk.send(Message::Picked(Pick::Only(0)));
    desk.send(Message::Note("félbe".into()));
    let desk = Desk::at(desk.office);
    assert_eq!(desk.place.form.draft.note, "félbe");
    assert!(desk.place.form.id.is_some() && desk.place.is_changed());
    assert!(desk.shows(&tr!("order-restored")));
}

#[test]
fn deleting_asks_first() {
    let mut desk = with_two();
    desk.send(Message::Picked(Pick::Only(0)));
    desk.send(Message::ReallyDelete);
    assert_eq!(desk.place.windows.count(), 2);
    desk.send(Message::Delete);
    desk.send(Message::ReallyDelete);
    assert_eq!(desk.names(), ["Őrségi Faipari Zrt."]);
}

#[test]
fn an_order_to_the_partner_begins_from_here() {
    let mut desk = with_two();
    desk.send(Message::Picked(Pick::Only(1)));
    let id = desk.place.form.id.unwrap();
    desk.send(Message::Order);
    assert_eq!(desk.went, [Go::NewOrder(NewOrder::ToPartner(id))]);
}

#[test]
fn a_hundred_thousand_partners_are_loaded_by_windows_as_they_are_looked_at() {
    let office = Office::open();
    office.save_many_partners(2_500);
    let mut desk = Desk::at(office);
    assert_eq!(desk.place.windows.count(), 2_500);
    assert_eq!(desk.names().len(), WINDOW);
    // Looking at a far row asks for its window, and the running task of the place brings it.
    assert!(desk.place.windows.row(2_400).is_none());
    let wanted = Wanted { list: desk.place.list, window: 2_400 / WINDOW };
    desk.send(Message::Wanted(wanted));
    assert_eq!(
        desk.place.windows.row(2_400).map(|p| p.short_name.to_string()).as_deref(),
        Some("Partner 02400")
    );
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let mut desk = with_two();
    desk.office.save_many_partners(500);
    desk.send(Message::Refresh);
    desk.send(Message::Search("ors".into()));
    desk.send(Message::Search(String::new()));
    desk.send(Message::Picked(Pick::Only(0)));
    sample::take_pictures("partners", || desk.place.view(&desk.office.shared));
}
