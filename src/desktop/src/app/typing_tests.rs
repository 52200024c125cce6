//! Orders typed faster than the window can follow: many keys come in one go, in pieces of any size, and every order is
//! what was typed.

use client::{PackageFilter, Page};
use iced::Event;
use iced::keyboard::{Key, Modifiers, key::Named};

use super::program_tests::{Program, pressed};
use crate::navigation::Place;
use crate::screen::driver::fixture::{Office, account};

/// Orders that are typed.
const ORDERS: u32 = 200;

/// Letters as they are typed.
fn text(text: &str) -> Vec<Event> {
    let letters = text.chars().map(|letter| {
        let text = letter.to_string();
        let key = if letter == ' ' { Key::Named(Named::Space) } else { Key::Character(text.as_str().into()) };
        pressed(key, Some(&text), Modifiers::empty())
    });
    letters.collect()
}

/// One order as it is typed, from the payee's name to the next form.
fn order(number: u32) -> Vec<Event> {
    let mut keys = Vec::new();
    let named = |named, modifiers| pressed(Key::Named(named), None, modifiers);
    let fields = [
        format!("Fekete {number} Gábor"),
        // As people type it: the field groups it.
        account(number).to_string().replace('-', ""),
        format!("{}", 1000 + number * 37),
        // Neither a day nor a document's number.
        String::new(),
        String::new(),
        format!("F-2026/{number}"),
    ];
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            keys.push(named(Named::Tab, Modifiers::empty()));
        }
        keys.extend(text(field));
    }
    keys.push(named(Named::Enter, Modifiers::CTRL));
    keys
}

#[test]
fn two_hundred_orders_typed_in_bursts_are_all_right() {
    let office = Office::new();
    let mut program = Program::start(office.path(), &["--no-token"]);
    program.key(Named::Escape);
    program.open(Place::Order);
    let keys: Vec<Event> = (1..=ORDERS).flat_map(order).collect();
    // Pieces as a busy machine gets them, of up to forty keys.
    let mut rest = &keys[..];
    let mut size = 1;
    while !rest.is_empty() {
        size = size * 7 % 41;
        let (now, later) = rest.split_at(size.min(rest.len()));
        program.burst(now);
        program.work();
        rest = later;
    }
    let client = program.window().desk.client.clone();
    let orders = |program: &Program| {
        program.runtime.block_on(async {
            let mut all = Vec::new();
            for package in client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap() {
                all.extend(client.package(package.header.id).await.unwrap().orders);
            }
            all
        })
    };
    program.until(|program| orders(program).len() >= ORDERS as usize);
    let typed: Vec<String> = orders(&program)
        .iter()
        .map(|shown| {
            let face = shown.order.face();
            format!("{}|{}|{:?}|{}", client::texts::label(&face), face.target, face.amount, face.text)
        })
        .collect();
    let meant: Vec<String> = (1..=ORDERS)
        .map(|number| {
            let amount = Some(domain::Money::huf(i64::from(1000 + number * 37)));
            format!("Fekete {number} Gábor|{}|{amount:?}|F-2026/{number}", account(number))
        })
        .collect();
    assert_eq!(typed, meant);
}

#[test]
fn a_known_partner_is_paid_with_few_keys_besides_the_orders_own_text() {
    let office = Office::new();
    let mut program = Program::start(office.path(), &["--no-token"]);
    program.key(Named::Escape);
    let client = program.window().desk.client.clone();
    let name: domain::text::PartyName = "Őrségi Faipari Zrt.".parse().unwrap();
    let partner = domain::Partner {
        id: client.new_partner_id(),
        short_name: name.clone(),
        target: domain::PartnerTarget::accounts(name, vec![account(7)]).unwrap(),
        narrative: domain::Narrative::default(),
        country: None,
        legal_code: None,
        note: String::new(),
    };
    program.runtime.block_on(client.save_partner(partner)).unwrap();
    let mut pressed_keys = 0;
    let mut press = |program: &mut Program, named, modifiers| {
        pressed_keys += 1;
        program.keys(&[pressed(Key::Named(named), None, modifiers)]);
    };
    let plain = Modifiers::empty();
    press(&mut program, Named::F2, plain);
    program.keys(&text("orsegi"));
    // The only suggestion is taken, and the caret goes on to the amount.
    press(&mut program, Named::Enter, plain);
    program.keys(&text("1500"));
    // Past day and document's number to the text.
    (0..3).for_each(|_| press(&mut program, Named::Enter, plain));
    program.keys(&text("F-2026/7"));
    press(&mut program, Named::Enter, Modifiers::CTRL);
    let packages = program.runtime.block_on(async {
        let list = client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap();
        match list.first() {
            Some(package) => client.package(package.header.id).await.ok(),
            None => None,
        }
    });
    let Some(packages) = packages else { panic!("nothing was saved: {:?}", program.texts()) };
    let face = packages.orders[0].order.face();
    assert_eq!((face.target, face.amount), (account(7).to_string(), Some(domain::Money::huf(1500))));
    assert_eq!(face.text, "F-2026/7");
    assert!(pressed_keys <= 15, "{pressed_keys} keys");
}
