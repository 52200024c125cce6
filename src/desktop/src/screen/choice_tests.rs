//! What the choice offers for what is typed.

use client::{Connection, ConnectionLine, ConnectionState};
use domain::{Customer, CustomerKind};

use super::*;
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
