//! What the choice offers for what is typed.

use client::{Connection, ConnectionLine, ConnectionState};
use domain::{Customer, CustomerKind};

use iced::keyboard::Key;
use iced_test::Simulator;

use super::*;
use crate::design::font;
use crate::house::Bank;

fn bank(key: i64, name: &str, customers: usize, state: ConnectionState) -> Bank {
    let line = ConnectionLine {
        key: ConnectionKey(key),
        name: name.to_owned(),
        state,
        standing: Connection::LoggedOut,
        last_sync: None,
        customers,
    };
    Bank { line, locked: None, handle: None }
}

fn customer(key: i64, bank: (i64, &str), id: &str, name: &str) -> CustomerOf {
    CustomerOf {
        key: CustomerKey(key),
        connection: ConnectionKey(bank.0),
        bank: bank.1.to_owned(),
        customer: Customer { id: id.parse().unwrap(), name: name.to_owned(), kind: CustomerKind::Company },
        company: None,
    }
}

fn house() -> House {
    use ConnectionState::{Active, Archived};
    House {
        banks: vec![
            bank(1, "K&H", 2, Active),
            bank(2, "OTP", 0, Active),
            bank(3, "KDB", 1, Active),
            bank(4, "Régi bank", 0, Archived),
        ],
        customers: vec![
            customer(1, (1, "K&H"), "20000001", "Minta Kft."),
            customer(2, (1, "K&H"), "20000002", "Őrségi Faipari Zrt."),
            customer(3, (3, "KDB"), "30000001", "Minta Kft."),
        ],
    }
}

#[test]
fn words_of_bank_name_and_number_find_a_customer() {
    let house = house();
    let found = |typed: &str| lines(&house, typed);
    assert_eq!(found("orsegi"), [Line::Customer(1)]);
    assert_eq!(found("minta kdb"), [Line::Customer(2)]);
    assert_eq!(found("3000"), [Line::Customer(2)]);
    assert_eq!(found("senki"), []);
}

#[test]
fn a_bank_without_customers_offers_its_first_login_and_an_archived_one_nothing() {
    let house = house();
    let all = lines(&house, "");
    assert_eq!(all.first(), Some(&Line::Everyone));
    assert!(all.contains(&Line::Bank(ConnectionKey(2))) && !all.contains(&Line::Bank(ConnectionKey(4))));
    assert_eq!(lines(&house, "otp"), [Line::Bank(ConnectionKey(2))]);
}

#[test]
fn the_choice_begins_at_who_is_shown_and_enter_chooses_the_first_that_fits() {
    let house = house();
    let (mut choice, _) = Choice::new(Some(CustomerKey(3)), &house);
    let wish = |choice: &mut Choice, message| choice.update(message, &house).wish;
    assert_eq!(wish(&mut choice, Message::Submit), Some(Wish::Show(Whom::Customer(CustomerKey(3)))));
    assert_eq!(wish(&mut choice, Message::Typed("minta".into())), None);
    assert_eq!(wish(&mut choice, Message::Submit), Some(Wish::Show(Whom::Customer(CustomerKey(1)))));
    assert_eq!(wish(&mut choice, Message::Step(5)), None);
    assert_eq!(wish(&mut choice, Message::Submit), Some(Wish::Show(Whom::Customer(CustomerKey(3)))));
}

#[test]
fn a_number_chooses_inside_the_sheet_too() {
    let house = house();
    let (mut choice, _) = Choice::new(Some(CustomerKey(3)), &house);
    let press = |digit: &str| Press { key: Key::Character(digit.into()), modifiers: Modifiers::CTRL };
    let mut wish = |digit| {
        let message = choice.key(&press(digit)).expect("a key of the sheet");
        choice.update(message, &house).wish
    };
    assert_eq!(wish("2"), Some(Wish::Show(Whom::Customer(CustomerKey(2)))));
    assert_eq!(wish("0"), Some(Wish::Everyone));
    assert_eq!(wish("9"), None);
}

#[test]
fn what_is_shown_has_room_in_the_smallest_window_and_holds_the_chosen_line() {
    use ConnectionState::Active;
    // Ten banks of one customer each: every line has a head.
    let banks: Vec<Bank> = (1..=10).map(|key| bank(key, &format!("Bank {key}"), 1, Active)).collect();
    let of = |key: i64| customer(key, (key, "Bank"), &format!("2000000{}", key % 10), "Minta Kft.");
    let house = House { banks, customers: (1..=10).map(of).collect() };
    let all = lines(&house, "");
    for chosen in 0..all.len() {
        let range = shown(&all, chosen, &house);
        assert!(range.contains(&chosen), "{chosen}: {range:?}");
        let at = Choice { at: chosen, ..Choice::default() };
        let mut ui = Simulator::with_size(font::settings(), (1280.0, 720.0), at.view(&house));
        let keys = ui.find(tr!("choice-keys-shared")).expect("the hint at the end").bounds();
        assert!(keys.y + keys.height < 720.0 - 120.0, "{chosen}: {keys:?}");
    }
}
