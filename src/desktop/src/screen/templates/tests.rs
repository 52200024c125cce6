//! Templates over a real store.

use domain::key;
use domain::text::TextError;

use super::*;
use crate::screen::sample::{self, Clerk, OTP, Office};

fn at(office: Office) -> Clerk<Templates> {
    Clerk::open(office, Templates::new)
}

fn typed(field: &'static str, text: &str) -> Message {
    Message::Field(Edit::Typed(field, text.to_owned()))
}

fn with_rent() -> Clerk<Templates> {
    let mut clerk = at(Office::open());
    clerk.send(Message::Name("Havi bérleti díj".into()));
    clerk.send(typed(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt."));
    clerk.send(typed(key::TARGET, "1177301611111018"));
    clerk.send(typed(key::AMOUNT, "380000"));
    clerk.send(Message::Field(Edit::Account(key::DEBIT_ACCOUNT, 0)));
    clerk.send(Message::Record(record_form::Message::Save));
    clerk
}

#[test]
fn a_template_keeps_any_fields_and_starts_orders() {
    let mut clerk = with_rent();
    assert_eq!(clerk.place.templates.len(), 1);
    assert_eq!(clerk.place.templates[0].fields.get(key::TARGET), OTP);
    assert_eq!(clerk.place.templates[0].fields.get(key::DEBIT_ACCOUNT), sample::OWN);
    clerk.send(Message::Opened(0));
    assert_eq!(clerk.went, [Go::NewOrder(NewOrder::FromTemplate(clerk.place.templates[0].id))]);
}

#[test]
fn a_template_is_of_any_type_and_keeps_only_what_that_type_has() {
    let mut clerk = with_rent();
    clerk.send(Message::Picked(Pick::Only(0)));
    clerk.send(Message::Type(OrderType::Hve));
    clerk.send(Message::Record(record_form::Message::Save));
    let template = &clerk.place.templates[0];
    assert_eq!(template.order_type, OrderType::Hve);
    assert!(template.fields.is_empty(key::BENEFICIARY_NAME) && !template.fields.is_empty(key::AMOUNT));
}

#[test]
fn a_template_needs_a_name() {
    let mut clerk = at(Office::open());
    clerk.send(typed(key::AMOUNT, "1000"));
    clerk.send(Message::Record(record_form::Message::Save));
    assert!(clerk.place.templates.is_empty());
    assert!(clerk.shows(&crate::texts::explain(&TextError::Empty)));
}

#[test]
fn templates_are_found_without_accents_and_deleted_after_a_question() {
    let mut clerk = with_rent();
    clerk.send(Message::Search("berleti".into()));
    assert_eq!(clerk.place.templates.len(), 1);
    clerk.send(Message::Search("kozuzem".into()));
    assert!(clerk.place.templates.is_empty());
    clerk.send(Message::Search(String::new()));
    clerk.send(Message::Record(record_form::Message::Delete));
    assert!(clerk.shows(&tr!("template-delete")));
    clerk.send(Message::Record(record_form::Message::ReallyDelete));
    assert!(clerk.place.templates.is_empty());
}

#[test]
fn what_was_typed_is_there_after_a_crash() {
    let mut clerk = with_rent();
    clerk.send(typed(key::NARRATIVE, "félbe"));
    let clerk = at(clerk.office);
    assert_eq!(clerk.place.record.form.fields.get(key::NARRATIVE), "félbe");
    assert!(clerk.place.record.is_restored());
}

#[test]
#[ignore = "takes pictures for somebody to look at: cargo test -p kapocs-desktop pictures -- --ignored"]
fn pictures() {
    let clerk = with_rent();
    sample::take_pictures("templates", || clerk.place.view(&clerk.office.desk));
}
