//! Several banks in the running program: logging in and out at each of them, and the place where they are named, paused
//! and put away.

use chrono::Utc;
use client::{Change, SharedNews, SharedNewsKind};
use domain::{ConnectionKey, CustomerKey, PackageId};
use iced::keyboard::key::Named;
use uuid::Uuid;

use super::Message;
use super::events::Event as Told;
use super::program_tests::Program;
use super::several_tests::{OTHER_BANK, is_shown, office, shown, started, told};
use super::window::Message as WindowMessage;
use crate::navigation::Place;
use crate::screen::driver::fixture::{BANK, CUSTOMER};

#[test]
fn a_bank_is_named_paused_and_put_away_and_what_was_recorded_is_kept() {
    use crate::screen::{Message as ScreenMessage, connections};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Connections);
    let send = |program: &mut Program, message| program.screen(ScreenMessage::Connections(message));
    let line = |program: &Program, key| {
        let lines = program.runtime.block_on(program.window().desk.client.connections()).unwrap();
        lines.into_iter().find(|line| line.key == key)
    };
    use client::ConnectionState::{Active, Archived, Paused};
    use connections::{Message as Do, Work};
    send(&mut program, Do::Picked(crate::design::table::Pick::Only(1)));
    send(&mut program, Do::Name("KDB Bank".to_owned()));
    send(&mut program, Do::Do(Work::Rename));
    program.until(|program| program.says("KDB Bank"));
    send(&mut program, Do::Do(Work::Pause));
    program.until(|program| line(program, OTHER_BANK).unwrap().state == Paused);
    assert!(program.says("szünetel. Az adatok megmaradtak."), "{:?}", program.texts());
    send(&mut program, Do::Do(Work::Resume));
    program.until(|program| line(program, OTHER_BANK).unwrap().state == Active);
    // A package was recorded there: it is kept, and that is said.
    send(&mut program, Do::Do(Work::Remove));
    assert!(program.says("Törli: KDB Bank?"), "{:?}", program.texts());
    send(&mut program, Do::Accept);
    program.until(|program| program.says("Nem törölhető: KDB Bank"));
    // Who presses Enter once more has not agreed to something else.
    program.key(Named::Enter);
    assert!(!program.says("Nem törölhető: KDB Bank"));
    assert_eq!(line(&program, OTHER_BANK).unwrap().state, Active);
    send(&mut program, Do::Do(Work::Remove));
    send(&mut program, Do::Accept);
    program.until(|program| program.says("Nem törölhető: KDB Bank"));
    send(&mut program, Do::Accept);
    program.until(|program| line(program, OTHER_BANK).unwrap().state == Archived);
    program.until(|program| program.window().facts.house.customers.len() == 2);
    // The only one that is left can be neither archived nor removed.
    send(&mut program, Do::Picked(crate::design::table::Pick::Only(0)));
    send(&mut program, Do::Do(Work::Archive));
    assert!(!program.says("Archiválja: K&H?"), "{:?}", program.texts());
    assert!(program.says("Ez az egyetlen bank"), "{:?}", program.texts());
}

#[test]
fn what_ends_at_one_bank_says_nothing_of_the_one_that_is_chosen_by_then() {
    use crate::screen::{Message as ScreenMessage, connections};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Connections);
    let pick = |at| connections::Message::Picked(crate::design::table::Pick::Only(at));
    let archive = connections::Message::Do(connections::Work::Archive);
    for message in [pick(1), archive] {
        program.screen(ScreenMessage::Connections(message));
    }
    for message in [connections::Message::Accept, connections::Message::Cancel, pick(0)] {
        program.tell(ScreenMessage::Connections(message));
    }
    program.until(|program| program.window().facts.house.customers.len() == 2);
    program.keys(&[]);
    assert_eq!(shown(&program).as_deref(), Some("Minta Kereskedelmi Kft."), "this bank was not put away");
    assert!(program.says("KDB: archív."), "{:?}", program.texts());
}

#[test]
fn the_shown_bank_that_is_put_away_gives_way_to_another() {
    use crate::screen::{Message as ScreenMessage, connections};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Connections);
    let archive = connections::Message::Do(connections::Work::Archive);
    program.screen(ScreenMessage::Connections(archive));
    program.screen(ScreenMessage::Connections(connections::Message::Accept));
    is_shown(&mut program, "Zöldkert Bt.");
    program.until(|program| !program.window().facts.house.has_choice());
    assert_eq!(program.window().place, Place::Connections);
}

#[test]
fn one_company_at_two_banks_is_added_up() {
    use crate::screen::{Message as ScreenMessage, connections};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Connections);
    let company = connections::Message::Company(CUSTOMER, Some(CustomerKey(3)));
    program.screen(ScreenMessage::Connections(company));
    program.until(|program| {
        let marks: Vec<_> = program.window().facts.house.customers.iter().map(|one| one.company).collect();
        marks.iter().flatten().count() == 2
    });
    program.open(Place::Everyone);
    program.until(|program| program.says("Minta Kereskedelmi Kft. (K&H + KDB)"));
}

/// Opens the login at the other bank, which is not the shown one.
fn log_in_elsewhere(program: &mut Program) {
    use crate::screen::{Message as ScreenMessage, connections};
    program.open(Place::Connections);
    let pick = crate::design::table::Pick::Only(1);
    program.screen(ScreenMessage::Connections(connections::Message::Picked(pick)));
    program.screen(ScreenMessage::Connections(connections::Message::LogIn));
}

#[test]
fn a_login_stays_at_the_bank_for_which_it_was_opened() {
    let office = office();
    let mut program = started(&office);
    let (package, kind) = (PackageId(Uuid::now_v7()), SharedNewsKind::Withdrawn);
    let news = SharedNews { customer: CustomerKey(2), package, name: "Kerti székek".to_owned(), kind };
    program.send(told(BANK, Change::Shared(news)));
    log_in_elsewhere(&mut program);
    assert_eq!(program.window().logs_in_at(), Some(OTHER_BANK));
    assert_eq!(
        shown(&program).as_deref(),
        Some("Minta Kereskedelmi Kft."),
        "nobody is exchanged for a login"
    );

    // A link beside the sheet leads nowhere while a PIN is being typed, and is there afterwards.
    let follow = || Message::Window(WindowMessage::Toast(crate::design::toast::Message::Follow(0)));
    program.send(follow());
    assert!(program.says("Előbb fejezze be vagy zárja be"), "{:?}", program.texts());
    assert_eq!(program.window().logs_in_at(), Some(OTHER_BANK));
    assert_eq!(shown(&program).as_deref(), Some("Minta Kereskedelmi Kft."));

    // The shown bank's lock does not take the field away from the PIN that is meant for the other one.
    let user = domain::User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() };
    let locked = client::Locked { user, why: client::LockReason::Removed, at: Utc::now() };
    program.send(Message::Window(WindowMessage::Event(Some(BANK), Told::Locked(Some(locked)))));
    assert_eq!(program.window().logs_in_at(), Some(OTHER_BANK));
    // What was on its way to another bank's sheet does not reach this one.
    let leave = crate::screen::login::Message::Leave;
    program.send(Message::Window(WindowMessage::Login(Some(BANK), leave)));
    assert_eq!(program.window().logs_in_at(), Some(OTHER_BANK));

    program.key(Named::Escape);
    assert_eq!(program.window().logs_in_at(), None);
    program.send(follow());
    is_shown(&mut program, "Árvíztűrő Nonprofit Kft.");
}

#[test]
fn nobody_logs_in_at_a_bank_that_is_left_alone() {
    use crate::screen::{Message as ScreenMessage, connections};
    let office = office();
    let mut program = started(&office);
    program.open(Place::Connections);
    let pick = crate::design::table::Pick::Only(1);
    program.screen(ScreenMessage::Connections(connections::Message::Picked(pick)));
    let pause = connections::Message::Do(connections::Work::Pause);
    program.screen(ScreenMessage::Connections(pause));
    program.until(|program| {
        let bank = program.window().facts.house.bank(OTHER_BANK);
        bank.is_some_and(|bank| bank.line.state == client::ConnectionState::Paused)
    });
    program.screen(ScreenMessage::Connections(connections::Message::LogIn));
    assert_eq!(program.window().logs_in_at(), None);
    assert!(program.says("Itt most nem lehet bejelentkezni"), "{:?}", program.texts());
}

#[test]
fn a_logout_names_its_banks() {
    let office = office();
    let mut program = started(&office);
    let out = |banks: &[ConnectionKey]| Message::Window(WindowMessage::LoggedOut(banks.to_vec()));
    program.send(out(&[OTHER_BANK]));
    assert!(program.says("Kijelentkezett: KDB."), "{:?}", program.texts());
    program.send(out(&[BANK, OTHER_BANK]));
    assert!(program.says("Kijelentkezett: K&H, KDB."), "{:?}", program.texts());
}

#[test]
fn the_log_shows_what_happens_at_another_bank_too() {
    let office = office();
    let mut program = started(&office);
    program.open(Place::Journal);
    assert!(!program.says("Közös területre került"), "{:?}", program.texts());
    office.behind(|of| {
        let deed = client::Deed::Shared { expires: Utc::now() };
        let customer = Some(CustomerKey(3));
        let event = client::AuditEvent { at: Utc::now(), actor: None, deed, subject: None, customer };
        let _: client::AuditEntry = store::audit::append(of, &event).unwrap();
    });
    program.send(told(OTHER_BANK, Change::Packages));
    program.until(|program| program.says("Közös területre került"));
}
