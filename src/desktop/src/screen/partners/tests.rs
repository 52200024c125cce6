//! Partners over a real store.

use super::windows::WINDOW;
use super::*;
use crate::screen::sample::{self, Clerk, OTP, Office};

fn at(office: Office) -> Clerk<Partners> {
    Clerk::open(office, Partners::new)
}

impl Clerk<Partners> {
    fn form(&mut self, message: record_form::Message<Form>) {
        self.send(Message::Record(message));
    }

    fn add(&mut self, name: &str, target: &str) {
        self.form(record_form::Message::Show(Asked::New));
        self.send(Message::Typed(PartnerField::ShortName, name.into()));
        self.send(Message::Target(0, target.into()));
        self.form(record_form::Message::Save);
        assert!(self.place.problems.is_empty(), "{:?}", self.place.problems);
    }

    fn names(&self) -> Vec<String> {
        (0..self.place.windows.count())
            .filter_map(|row| self.place.windows.row(row).map(|partner| partner.short_name.to_string()))
            .collect()
    }
}

fn with_two() -> Clerk<Partners> {
    let mut clerk = at(Office::open());
    clerk.add("Őrségi Faipari Zrt.", OTP);
    clerk.add("Kovács Anna", "+36301234567");
    clerk
}

#[test]
fn partners_are_saved_listed_in_hungarian_order_and_found_without_accents() {
    let mut clerk = with_two();
    assert_eq!(clerk.names(), ["Kovács Anna", "Őrségi Faipari Zrt."]);
    clerk.send(Message::Search("orsegi".into()));
    assert_eq!(clerk.names(), ["Őrségi Faipari Zrt."]);
    assert_eq!(clerk.said.len(), 2);
}

#[test]
fn a_wrong_account_is_named_at_its_line_and_nothing_is_saved() {
    let mut clerk = with_two();
    clerk.form(record_form::Message::Show(Asked::New));
    clerk.send(Message::Typed(PartnerField::ShortName, "Hibás".into()));
    clerk.send(Message::Target(0, OTP.into()));
    clerk.send(Message::AddTarget);
    clerk.send(Message::Target(1, "1177301611111019".into()));
    clerk.form(record_form::Message::Save);
    assert!(clerk.place.record.tried);
    assert!(clerk.shows(&crate::texts::loader().get("account-check-second-block")));
    assert_eq!(clerk.place.windows.count(), 2);
}

#[test]
fn what_is_not_saved_is_asked_about_before_another_row_is_shown() {
    let mut clerk = with_two();
    clerk.send(Message::Picked(Pick::Only(0)));
    clerk.send(Message::Note("új megjegyzés".into()));
    clerk.send(Message::Picked(Pick::Only(1)));
    assert_eq!(clerk.place.record.form.draft.short_name, "Kovács Anna");
    assert!(clerk.shows(&tr!("unsaved")));
    clerk.form(record_form::Message::Discard);
    assert_eq!(clerk.place.record.form.draft.short_name, "Őrségi Faipari Zrt.");
}

#[test]
fn what_was_typed_is_there_after_a_crash() {
    let mut clerk = with_two();
    clerk.send(Message::Picked(Pick::Only(0)));
    clerk.send(Message::Note("félbe".into()));
    let clerk = at(clerk.office);
    assert_eq!(clerk.place.record.form.draft.note, "félbe");
    assert!(clerk.place.record.form.id.is_some() && clerk.place.record.is_changed());
    assert!(clerk.shows(&tr!("order-restored")));
}

#[test]
fn what_was_typed_at_the_last_moment_before_the_place_is_left_is_there_again() {
    let mut clerk = with_two();
    clerk.send(Message::Picked(Pick::Only(0)));
    // Typed and left before the pause in which it is kept.
    let action = clerk.place.update(Message::Note("félbe".into()), &clerk.office.desk);
    drop(action);
    let left = clerk.place.left(&clerk.office.desk);
    clerk.settle(left);
    let clerk = at(clerk.office);
    assert_eq!(clerk.place.record.form.draft.note, "félbe");
}

#[test]
fn deleting_asks_first() {
    let mut clerk = with_two();
    clerk.send(Message::Picked(Pick::Only(0)));
    clerk.form(record_form::Message::ReallyDelete);
    assert_eq!(clerk.place.windows.count(), 2);
    clerk.form(record_form::Message::Delete);
    clerk.form(record_form::Message::ReallyDelete);
    assert_eq!(clerk.names(), ["Őrségi Faipari Zrt."]);
}

#[test]
fn an_order_to_the_partner_begins_from_here() {
    let mut clerk = with_two();
    clerk.send(Message::Picked(Pick::Only(1)));
    let id = clerk.place.record.form.id.unwrap();
    clerk.send(Message::Order);
    assert_eq!(clerk.went, [Go::NewOrder(NewOrder::ToPartner(id))]);
}

#[test]
fn a_hundred_thousand_partners_are_loaded_by_windows_as_they_are_looked_at() {
    let office = Office::open();
    office.save_many_partners(2_500);
    let mut clerk = at(office);
    assert_eq!(clerk.place.windows.count(), 2_500);
    assert_eq!(clerk.names().len(), WINDOW);
    // Looking at a far row asks for its window, and the running task of the place brings it.
    assert!(clerk.place.windows.row(2_400).is_none());
    let wanted = Wanted { list: clerk.place.list, window: 2_400 / WINDOW };
    clerk.send(Message::Wanted(wanted));
    assert_eq!(
        clerk.place.windows.row(2_400).map(|p| p.short_name.to_string()).as_deref(),
        Some("Partner 02400")
    );
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let mut clerk = with_two();
    clerk.office.save_many_partners(500);
    clerk.send(Message::Search("ors".into()));
    clerk.send(Message::Search(String::new()));
    clerk.send(Message::Picked(Pick::Only(0)));
    sample::take_pictures("partners", || clerk.place.view(&clerk.office.desk));
}
