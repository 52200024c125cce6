//! Templates over a real store.

use client::domain::text::TextError;
use iced_test::Simulator;

use super::*;
use crate::design::font;
use crate::screen::sample::{self, OTP, Office};

struct Desk {
    office: Office,
    place: Templates,
    went: Vec<Go>,
}

impl Desk {
    fn at(office: Office) -> Self {
        let (place, task) = Templates::new(&office.shared);
        let mut desk = Self { office, place, went: Vec::new() };
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
            Action::Run(task) | Action::Say(_, task) => self.settle(task),
            Action::Go(go) => self.went.push(go),
        }
    }

    fn shows(&self, words: &str) -> bool {
        let view = self.place.view(&self.office.shared);
        Simulator::with_size(font::settings(), (1068.0, 648.0), view).find(words).is_ok()
    }
}

fn with_rent() -> Desk {
    let mut desk = Desk::at(Office::open());
    desk.send(Message::Name("Havi bérleti díj".into()));
    desk.send(Message::Typed(Field::BeneficiaryName, "Őrségi Faipari Zrt.".into()));
    desk.send(Message::Typed(Field::Target, "1177301611111018".into()));
    desk.send(Message::Typed(Field::Amount, "380000".into()));
    desk.send(Message::Account(1));
    desk.send(Message::Save);
    desk
}

#[test]
fn a_template_keeps_any_fields_and_starts_orders() {
    let mut desk = with_rent();
    assert_eq!(desk.place.templates.len(), 1);
    assert_eq!(desk.place.templates[0].fields.target, OTP);
    assert_eq!(desk.place.templates[0].fields.debit_account, sample::OWN);
    desk.send(Message::Opened(0));
    assert_eq!(desk.went, [Go::NewOrder(NewOrder::FromTemplate(desk.place.templates[0].id))]);
}

#[test]
fn a_template_needs_a_name() {
    let mut desk = Desk::at(Office::open());
    desk.send(Message::Typed(Field::Amount, "1000".into()));
    desk.send(Message::Save);
    assert!(desk.place.templates.is_empty());
    assert!(desk.shows(&notes::said(&TextError::Empty)));
}

#[test]
fn templates_are_found_without_accents_and_deleted_after_a_question() {
    let mut desk = with_rent();
    desk.send(Message::Search("berleti".into()));
    assert_eq!(desk.place.templates.len(), 1);
    desk.send(Message::Search("kozuzem".into()));
    assert!(desk.place.templates.is_empty());
    desk.send(Message::Search(String::new()));
    desk.send(Message::Delete);
    assert!(desk.shows(&tr!("template-delete")));
    desk.send(Message::ReallyDelete);
    assert!(desk.place.templates.is_empty());
}

#[test]
fn what_was_typed_is_there_after_a_crash() {
    let mut desk = with_rent();
    desk.send(Message::Typed(Field::Narrative, "félbe".into()));
    let desk = Desk::at(desk.office);
    assert_eq!(desk.place.form.fields.narrative, "félbe");
    assert!(desk.place.restored);
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let desk = with_rent();
    sample::take_pictures("templates", || desk.place.view(&desk.office.shared));
}
