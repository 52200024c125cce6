//! Several banks and customers in the running program: who is shown, how another one is found, what says whose it is.

use chrono::{TimeDelta, Utc};
use client::{Change, PackageEnd, SharedNews, SharedNewsKind};
use domain::submission::SubmissionState;
use domain::{
    Account, ConnectionKey, Currency, Customer, CustomerKey, CustomerKind, Money, PackageHeader, PackageId,
    PackageState,
};
use iced::Event;
use iced::keyboard::{Key, Modifiers, key::Named};
use store::bank::SnapshotKind;
use store::connections::{ConnectionKind, NewConnection};
use uuid::Uuid;

use super::Message;
use super::events::Event as Told;
use super::program_tests::{Program, pressed};
use super::window::Message as WindowMessage;
use crate::go::Go;
use crate::navigation::Place;
use crate::screen::driver::fixture::{BANK, CUSTOMER, Office};

pub(super) const OTHER_BANK: ConnectionKey = ConnectionKey(2);

/// An office with two banks: at K&H the first customer and another one, at KDB a third.
pub(super) fn office() -> Office {
    let office = Office::new();
    let _ = office.package("Novemberi szállítók", &[("Őrségi Kft.", 1, 1000)]);
    let gone = office.package("Elküldött csomag", &[("Üveges Bt.", 2, 2000)]);
    office.sent(gone, SubmissionState::Received, PackageState::Sent, TimeDelta::minutes(9));
    office.with_store(|of| {
        let now = Utc::now();
        let bank = NewConnection { name: "KDB".to_owned(), kind: ConnectionKind::Kapocs, content: None };
        let other = store::connections::add(of, &bank, now).unwrap();
        assert_eq!(other, OTHER_BANK);
        let rules: store::bank::Snapshot<protocol::ServerInfo> =
            store::bank::snapshot(of, BANK, SnapshotKind::Server).unwrap().unwrap();
        store::bank::save_snapshot(of, other, SnapshotKind::Server, &rules.value, now).unwrap();
        let add = |bank, id: &str, name: &str, account: &str| {
            let customer =
                Customer { id: id.parse().unwrap(), name: name.to_owned(), kind: CustomerKind::Company };
            let of = store::OfCustomer::new(of, store::customers::save(of, bank, &customer).unwrap());
            let account = Account {
                number: account.parse().unwrap(),
                name: format!("{name} számlája"),
                currency: Currency::HUF,
            };
            store::accounts::set_all(&of, &[account]).unwrap();
            of.customer()
        };
        let _ = add(BANK, "20000002", "Árvíztűrő Nonprofit Kft.", "11773016-11111018");
        let there = add(other, "30000001", "Zöldkert Bt.", "10400023-50526765-81561003");
        let header = PackageHeader {
            id: PackageId(Uuid::now_v7()),
            customer: "30000001".parse().unwrap(),
            name: "Kerti székek".parse().unwrap(),
            order_type: domain::OrderType::Hct,
            debit_account: Some("10400023-50526765-81561003".parse().unwrap()),
            instant: false,
            scheduled: None,
        };
        store::packages::create(&store::OfCustomer::new(of, there), &header, now).unwrap();
    });
    office
}

pub(super) fn started(office: &Office) -> Program {
    let mut program = Program::start(office.path(), &["--no-token"]);
    program.key(Named::Escape);
    program
}

fn ctrl(letter: &str) -> Event {
    pressed(Key::Character(letter.into()), None, Modifiers::CTRL)
}

fn typed(text: &str) -> Vec<Event> {
    let letter = |letter: char| {
        let text = letter.to_string();
        let key = if letter == ' ' { Key::Named(Named::Space) } else { Key::Character(text.as_str().into()) };
        pressed(key, Some(&text), Modifiers::empty())
    };
    text.chars().map(letter).collect()
}

pub(super) fn shown(program: &Program) -> Option<String> {
    program.window().desk.customer.as_ref().map(|customer| customer.name.clone())
}

pub(super) fn is_shown(program: &mut Program, name: &str) {
    program.until(|program| shown(program).as_deref() == Some(name));
}

#[test]
fn a_customer_of_any_bank_is_found_by_typing() {
    let office = office();
    let mut program = started(&office);
    assert!(program.says("K&H · Minta Kereskedelmi Kft."), "{:?}", program.texts());
    program.open(Place::Prepared);
    program.keys(&[ctrl("u")]);
    assert!(program.says("Ügyfél választása") && program.says("Zöldkert Bt."), "{:?}", program.texts());
    // Without accents, by the beginnings of words, of bank and customer alike.
    program.keys(&typed("kdb zold"));
    assert!(!program.says("Árvíztűrő Nonprofit Kft."), "{:?}", program.texts());
    program.key(Named::Enter);
    is_shown(&mut program, "Zöldkert Bt.");
    assert!(program.says("KDB · Zöldkert Bt.") && !program.says("Ügyfél választása"));
    assert_eq!(program.window().place, Place::Prepared, "the place stays");
    program.until(|program| program.says("Kerti székek"));
    assert!(!program.says("Novemberi szállítók"));
}

#[test]
fn the_choice_walks_by_arrows_and_esc_leaves_all_as_it_was() {
    let office = office();
    let mut program = started(&office);
    program.keys(&[ctrl("u")]);
    program.key(Named::ArrowDown);
    program.key(Named::Enter);
    is_shown(&mut program, "Zöldkert Bt.");
    program.keys(&[ctrl("u")]);
    program.key(Named::ArrowUp);
    program.key(Named::Escape);
    assert_eq!(shown(&program).as_deref(), Some("Zöldkert Bt."));
    program.keys(&[ctrl("u")]);
    program.keys(&typed("nincs ilyen"));
    assert!(program.says("Nincs ilyen ügyfél."));
    program.key(Named::Enter);
    assert!(program.says("Nincs ilyen ügyfél."), "nobody is chosen");
}

#[test]
fn ctrl_and_a_digit_changes_the_customer_who_is_shown_again_after_the_next_start() {
    let office = office();
    let mut program = started(&office);
    for (digit, name) in [("3", "Zöldkert Bt."), ("1", "Árvíztűrő Nonprofit Kft."), ("3", "Zöldkert Bt.")]
    {
        program.keys(&[ctrl(digit)]);
        is_shown(&mut program, name);
    }
    // The places are typed with Shift here.
    program.keys(&[pressed(Key::Character("3".into()), None, Modifiers::CTRL | Modifiers::SHIFT)]);
    assert_eq!(program.window().place, Place::Prepared);
    drop(program);
    let program = started(&office);
    assert_eq!(shown(&program).as_deref(), Some("Zöldkert Bt."));
}

#[test]
fn what_was_chosen_in_a_place_is_nobodys_for_another_customer() {
    let office = office();
    let mut program = started(&office);
    program.open(Place::Sent);
    program.open(Place::Prepared);
    program.until(|program| program.says("Novemberi szállítók"));
    program.keys(&[ctrl("3")]);
    is_shown(&mut program, "Zöldkert Bt.");
    program.key(Named::Escape);
    assert_eq!(program.window().place, Place::Overview, "the way back is not the other customer's");
}

#[test]
fn what_is_typed_stays_with_the_customer_for_whom_it_was_typed() {
    let office = office();
    let mut program = started(&office);
    program.open(Place::Order);
    program.until(|program| program.says("Kedvezményezett neve"));
    // At once, without a pause in which it would be kept.
    let mut keys = typed("Gabor");
    keys.push(ctrl("3"));
    program.keys(&keys);
    is_shown(&mut program, "Zöldkert Bt.");
    assert_eq!(program.window().place, Place::Order);
    // What was kept comes with the form: before it is there, nothing is known of it.
    program.until(|program| program.says("Zöldkert Bt. számlája"));
    program.keys(&[]);
    assert!(!program.says("Visszatöltöttük"), "{:?}", program.texts());
    program.keys(&[ctrl("2")]);
    is_shown(&mut program, "Minta Kereskedelmi Kft.");
    program.until(|program| program.says("Visszatöltöttük"));
}

#[test]
fn news_say_whose_they_are_and_lead_there() {
    let office = office();
    let mut program = started(&office);
    let there = CustomerKey(3);
    let package = PackageId(Uuid::now_v7());
    let change = Change::Finished { customer: there, end: ended("Bérek") };
    program.send(told(OTHER_BANK, change));
    assert!(program.says("KDB · Zöldkert Bt."), "{:?}", program.texts());
    assert!(
        program.says("Kifizetve: 1\u{a0}240\u{a0}000\u{a0}Ft.") && program.says("Megnézem"),
        "{:?}",
        program.texts()
    );
    let kind = SharedNewsKind::Withdrawn;
    let news = SharedNews { customer: there, package, name: "Kerti székek".to_owned(), kind };
    program.send(told(OTHER_BANK, Change::Shared(news)));
    let follow = crate::design::toast::Message::Follow(1);
    program.send(Message::Window(WindowMessage::Toast(follow)));
    is_shown(&mut program, "Zöldkert Bt.");
    assert_eq!(program.window().place, Place::Prepared);
}

/// A package of two orders that the bank has executed.
pub(super) fn ended(name: &str) -> PackageEnd {
    let package = PackageId(Uuid::now_v7());
    let paid = vec![Money::huf(1_240_000)];
    PackageEnd { package, name: name.to_owned(), executed: 2, rejected: 0, paid, reason: None }
}

pub(super) fn told(bank: ConnectionKey, change: Change) -> Message {
    Message::Window(WindowMessage::Event(Some(bank), Told::Changed(change)))
}

#[test]
fn with_one_customer_nothing_says_whose_it_is() {
    let office = Office::new();
    let mut program = started(&office);
    assert!(!program.says("K&H · Minta"), "{:?}", program.texts());
    let change = Change::Finished { customer: CUSTOMER, end: ended("Bérek") };
    program.send(told(BANK, change));
    assert!(program.says("Bérek") && !program.says("K&H · Minta"), "{:?}", program.texts());
    program.keys(&[ctrl("u")]);
    assert!(!program.says("Ügyfél választása"), "there is nothing to choose");
    program.keys(&[ctrl("3")]);
    assert_eq!(program.window().place, Place::Prepared, "the digits are the places'");
    assert_eq!(program.window().desk.file_name("bérek.xml"), "bérek.xml");
}

#[test]
fn a_sheet_and_a_file_say_whose_they_are() {
    let office = office();
    let mut program = started(&office);
    program.open(Place::Prepared);
    program.until(|program| program.says("Novemberi szállítók"));
    program.key(Named::Delete);
    // Below a sheet nothing is read: it says so itself.
    assert!(program.says("Törli a csomagot?") && !program.says("Előkészített csomagok"));
    assert!(program.says("K&H · Minta Kereskedelmi Kft."), "{:?}", program.texts());
    let name = program.window().desk.file_name("Novemberi szállítók.xml");
    assert_eq!(name, "K&H - Minta Kereskedelmi Kft. - Novemberi szállítók.xml");
}

#[test]
fn all_customers_are_seen_at_once_and_each_row_leads_to_its_place() {
    let office = office();
    let mut program = started(&office);
    program.keys(&[ctrl("0")]);
    assert_eq!(program.window().place, Place::Everyone);
    program.until(|program| program.says("Novemberi szállítók"));
    assert!(program.says("K&H · Minta Kereskedelmi Kft."), "{:?}", program.texts());
    assert!(program.says("Még nem volt frissítés: "), "one customer's sync is not that of all");
    let id = program.runtime.block_on(async {
        let client = &program.window().desk.client;
        client.overview().await.unwrap().waiting[0].package
    });
    program.keys(&[ctrl("3")]);
    is_shown(&mut program, "Zöldkert Bt.");
    assert_eq!(program.window().place, Place::Overview);
    program.open(Place::Everyone);
    program.until(|program| program.says("Novemberi szállítók"));
    program.screen(crate::screen::Message::Everyone(crate::screen::everyone::Message::Open(0)));
    is_shown(&mut program, "Minta Kereskedelmi Kft.");
    assert_eq!(program.window().here(), Go::Prepared(Some(id)));
}

#[test]
fn packages_are_searched_over_all_customers() {
    use crate::screen::{Message as ScreenMessage, everyone};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Everyone);
    program.screen(ScreenMessage::Everyone(everyone::Message::Search("kerti".into())));
    program.until(|program| program.window().found() == Some(1));
    program.screen(ScreenMessage::Everyone(everyone::Message::OpenFound(0)));
    is_shown(&mut program, "Zöldkert Bt.");
    assert_eq!(program.window().place, Place::Prepared);
}

#[test]
fn a_search_says_whom_it_could_not_search_and_of_whom_there_is_more() {
    use crate::screen::{Message as ScreenMessage, everyone};
    let office = office();
    office.with_store(|of| {
        let mut rules: store::bank::Snapshot<protocol::ServerInfo> =
            store::bank::snapshot(of, OTHER_BANK, SnapshotKind::Server).unwrap().unwrap();
        rules.value.profile.token.session.view_offline = false;
        store::bank::save_snapshot(of, OTHER_BANK, SnapshotKind::Server, &rules.value, Utc::now()).unwrap();
        for number in 0..60 {
            let header = PackageHeader {
                id: PackageId(Uuid::now_v7()),
                customer: "20000001".parse().unwrap(),
                name: format!("Bérek {number}").parse().unwrap(),
                order_type: domain::OrderType::Hct,
                debit_account: None,
                instant: false,
                scheduled: None,
            };
            let of = store::OfCustomer::new(of, CUSTOMER);
            store::packages::create(&of, &header, Utc::now()).unwrap();
        }
    });
    let mut program = started(&office);
    program.open(Place::Everyone);
    program.until(|program| program.says("Ügyfelek"));
    program.screen(ScreenMessage::Everyone(everyone::Message::Search("kerti".into())));
    program.until(|program| program.window().found() == Some(0));
    assert!(program.says("Itt nem tudtunk keresni: KDB · Zöldkert Bt."), "{:?}", program.texts());
    assert!(!program.says("Nincs ilyen csomag"), "it may be there");
    program.screen(ScreenMessage::Everyone(everyone::Message::Search("berek".into())));
    program.until(|program| program.window().found() == Some(50));
    assert!(program.says("itt több is van: K&H · Minta Kereskedelmi Kft."), "{:?}", program.texts());
}

#[test]
fn what_is_begun_among_all_customers_is_for_the_chosen_line() {
    use crate::screen::{Message as ScreenMessage, everyone};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Everyone);
    program.until(|program| program.says("Novemberi szállítók"));
    program.key(Named::F2);
    assert_eq!(program.window().place, Place::Everyone);
    assert!(program.says("Válasszon ki egy ügyfelet"), "{:?}", program.texts());
    let pick = crate::design::table::Pick::Only(2);
    program.screen(ScreenMessage::Everyone(everyone::Message::Picked(pick)));
    program.key(Named::F2);
    is_shown(&mut program, "Zöldkert Bt.");
    assert_eq!(program.window().place, Place::Order);
}

#[test]
fn a_key_that_is_pressed_while_another_customer_comes_reaches_no_place() {
    let office = office();
    let mut program = started(&office);
    program.open(Place::Prepared);
    program.until(|program| program.says("Novemberi szállítók"));
    let delete = pressed(Key::Named(Named::Delete), None, Modifiers::empty());
    let anew = pressed(Key::Named(Named::F2), None, Modifiers::empty());
    program.burst(&[ctrl("3"), delete.clone(), anew]);
    assert!(!program.says("Törli a csomagot?"), "{:?}", program.texts());
    is_shown(&mut program, "Zöldkert Bt.");
    assert_eq!(program.window().place, Place::Prepared);
    // So that this could fail at all.
    program.until(|program| program.says("Kerti székek"));
    program.keys(&[delete]);
    assert!(program.says("Törli a csomagot?"), "{:?}", program.texts());
}

#[test]
fn a_customers_digit_is_written_into_no_message() {
    use crate::screen::{Message as ScreenMessage, messages};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Messages);
    program.screen(ScreenMessage::Messages(messages::Message::New));
    program.until(|program| program.says("Tárgy"));
    let three = || pressed(Key::Character("3".into()), Some("3"), Modifiers::CTRL);
    let tab = pressed(Key::Named(Named::Tab), None, Modifiers::empty());
    // In the subject, then in the text.
    program.keys(&typed("Kamat"));
    program.keys(&[three(), tab, three()]);
    let (subject, body) = (client::MAX_MESSAGE_SUBJECT, client::MAX_MESSAGE_BODY);
    assert!(program.says(&format!("5 / {subject}")), "{:?}", program.texts());
    assert!(program.says(&format!("0 / {body}")), "{:?}", program.texts());
    assert!(program.says("ami a másik ügyfélnél elveszne"), "{:?}", program.texts());
    assert_eq!(shown(&program).as_deref(), Some("Minta Kereskedelmi Kft."));
}

#[test]
fn a_choice_that_is_on_its_way_is_taken_back_or_made_anew() {
    let office = office();
    let mut program = started(&office);
    let escape = pressed(Key::Named(Named::Escape), None, Modifiers::empty());
    program.keys(&[ctrl("3"), escape]);
    assert_eq!(shown(&program).as_deref(), Some("Minta Kereskedelmi Kft."));
    drop(program);
    let mut program = started(&office);
    assert_eq!(shown(&program).as_deref(), Some("Minta Kereskedelmi Kft."), "nor is it remembered");
    program.keys(&[ctrl("3"), ctrl("1")]);
    is_shown(&mut program, "Árvíztűrő Nonprofit Kft.");
    program.keys(&[ctrl("3"), ctrl("1")]);
    assert_eq!(shown(&program).as_deref(), Some("Árvíztűrő Nonprofit Kft."), "who is shown is chosen again");
}

#[test]
fn who_comes_does_not_take_the_place_of_a_sheet_that_opened_meanwhile() {
    let office = office();
    let mut program = started(&office);
    program.burst(&[ctrl("3")]);
    let user = domain::User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() };
    let locked = client::Locked { user, why: client::LockReason::Removed, at: Utc::now() };
    program.send(Message::Window(WindowMessage::Event(Some(BANK), Told::Locked(Some(locked)))));
    assert_eq!(program.window().logs_in_at(), Some(BANK));
    assert_eq!(shown(&program).as_deref(), Some("Minta Kereskedelmi Kft."));
    assert!(program.says("Előbb fejezze be vagy zárja be"), "{:?}", program.texts());
}
