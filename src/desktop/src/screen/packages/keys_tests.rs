//! A key belongs to what stood there when it was pressed: pressed twice, or late, it does nothing to another package.

use client::TokenStatus;
use domain::submission::SubmissionState;
use domain::{PackageState, User};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

use super::work::SentOne;
use super::*;
use crate::design::keys::Press;
use crate::screen::driver::Driver;
use crate::screen::driver::fixture::{Office, PIN};

/// Two packages that are signed, and somebody who may send them; the first is open.
fn two_signed(office: &Office) -> (Driver<Packages>, [PackageId; 2]) {
    let ids =
        [("Első", 1), ("Második", 2)].map(|(name, n)| office.package(name, &[("Őrségi Kft.", n, 1000)]));
    let mut driver = Driver::new(office, |desk| Packages::new(Some(ids[0]), desk));
    assert!(matches!(&*driver.desk.client.token_status().borrow(), TokenStatus::Software(_)));
    driver.runtime.block_on(async {
        for id in ids {
            let client = &driver.desk.client;
            let sheet = client.signing_sheet(id).await.unwrap();
            client.sign(id, sheet.head.fingerprint, client::Pin::new(PIN), false).await.unwrap();
        }
    });
    driver.desk.user = Some(User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() });
    let task = driver.screen.reload(&driver.desk);
    driver.run(task);
    driver.until(|d| d.screen.browse.rows().filter(|p| p.state == PackageState::Signed).count() == 2);
    driver.until(|d| d.screen.detail().is_some_and(|p| p.state == PackageState::Signed));
    (driver, ids)
}

/// Presses a key of the place; what it starts is not carried out, so that nothing is quicker than the next key.
fn press(driver: &mut Driver<Packages>, named: Named) {
    let press = Press { key: Key::Named(named), modifiers: Modifiers::empty() };
    if let Some(message) = driver.screen.key(&press) {
        drop(driver.screen.update(message, &driver.desk));
    }
}

/// The bank has taken a package that was sent.
fn received(office: &Office, driver: &mut Driver<Packages>, id: PackageId) {
    office.behind(|store| {
        use PackageState::{Sending, Sent, Signed};
        for (from, to) in [(Signed, Sending), (Sending, Sent)] {
            store::packages::set_state(store, id, from, to, chrono::Utc::now()).unwrap();
        }
    });
    let sent = SentOne { package: id, what: "Első".to_owned(), result: Ok(SubmissionState::Received) };
    driver.send(Message::Done(Done::Sent(vec![sent])));
}

#[test]
fn f9_says_where_the_right_to_send_is_missing() {
    let office = Office::new();
    let (mut driver, _) = two_signed(&office);
    office.behind(|store| {
        let mut table = store::authority::find(store).unwrap().unwrap();
        table.rights.iter_mut().for_each(|right| (right.dispose, right.sign) = (false, None));
        table.version += 1;
        store::authority::save(store, &table, chrono::Utc::now()).unwrap();
    });
    let task = driver.screen.reload(&driver.desk);
    driver.run(task);
    driver.until(|d| d.screen.browse.rows().all(|package| !package.rights.handle));
    driver.toasts.clear();
    driver.send(Message::Do(Work::Send));
    let why = crate::texts::explain(&client::ClientError::MayNotHandle);
    assert_eq!(driver.toasts, [(crate::design::theme::Tone::Care, why)]);
    assert!(driver.screen.sheet.is_none() && driver.screen.busy.is_free());
}

#[test]
fn two_quick_f9_send_one_package() {
    let office = Office::new();
    let (mut driver, [first, second]) = two_signed(&office);
    press(&mut driver, Named::F9);
    assert!(driver.sees("küldés…") && driver.sees("Ezt küldjük a banknak"));
    press(&mut driver, Named::F9);
    received(&office, &mut driver, first);
    press(&mut driver, Named::F9);
    driver.until(|d| d.screen.busy.is_free());
    assert_eq!(driver.screen.browse.open_id(), Some(first), "the sent one stays chosen");
    driver.until(|d| d.screen.detail().is_some_and(|p| p.state == PackageState::Sent));
    assert!(driver.sees("Ez a csomag már a banknál van"));
    for key in [Named::F9, Named::F8, Named::F7, Named::Delete] {
        press(&mut driver, key);
        assert!(driver.screen.busy.is_free() && driver.screen.sheet.is_none(), "{key:?}");
    }
    let package = driver.runtime.block_on(driver.desk.client.package(second)).unwrap();
    assert_eq!(package.state, PackageState::Signed);
}

#[test]
fn a_second_delete_finds_nothing_chosen() {
    let office = Office::new();
    let [first, second] =
        [("Első", 1), ("Második", 2)].map(|(name, n)| office.package(name, &[("Őrségi Kft.", n, 1000)]));
    let mut driver = Driver::new(&office, |desk| Packages::new(Some(first), desk));
    driver.until(|d| d.screen.browse.is_read() && d.screen.detail().is_some());
    press(&mut driver, Named::Delete);
    driver.click("Törlés");
    driver.until(|d| d.screen.browse.len() == 1);
    press(&mut driver, Named::Delete);
    assert!(driver.screen.sheet.is_none(), "nobody chose the other one");
    assert!(driver.screen.browse.selection().is_empty());
    driver.send(Message::Pick(Pick::Only(0)));
    assert_eq!(driver.screen.browse.open_id(), Some(second));
}

#[test]
fn a_question_is_about_what_stood_there_when_it_was_asked() {
    let office = Office::new();
    let [first, second] =
        [("Első", 1), ("Második", 2)].map(|(name, n)| office.package(name, &[("Őrségi Kft.", n, 1000)]));
    let mut driver = Driver::new(&office, |desk| Packages::new(Some(first), desk));
    driver.until(|d| d.screen.browse.is_read() && d.screen.detail().is_some());
    press(&mut driver, Named::Delete);
    // Another package is chosen below the sheet, as a list that is read again could do.
    let row = driver.screen.browse.rows().position(|package| package.header.id == second).unwrap();
    let _ = driver.screen.browse.pick(Pick::Only(row));
    driver.send(Message::Dialog(dialogs::Message::Accept));
    driver.until(|d| d.screen.browse.len() == 1);
    assert_eq!(driver.screen.browse.rows().next().map(|package| package.header.id), Some(second));
}

#[test]
fn a_package_that_is_gone_is_not_signed_in_its_neighbours_stead() {
    let office = Office::new();
    let gone = office.package("Első", &[("Őrségi Kft.", 1, 1000)]);
    office.package("Második", &[("Őrségi Kft.", 2, 1000)]);
    office.with_store(move |tx| {
        let (from, to) = (PackageState::Recorded, PackageState::Deleted);
        store::packages::set_state(tx, gone, from, to, chrono::Utc::now()).unwrap();
    });
    let mut driver = Driver::new(&office, |desk| Packages::sign(gone, desk));
    driver.until(|d| d.screen.browse.is_read());
    assert!(driver.screen.sheet.is_none() && driver.screen.browse.open_id().is_none());
}
