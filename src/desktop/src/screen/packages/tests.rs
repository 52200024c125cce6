//! The place over a real store and a key file, driven by clicks and keys.

use client::{PackageChoice, TokenStatus};
use domain::submission::{ItemState, OrderState, SubmissionState};
use domain::{AdminAction, OrderDraft, OrderType, PackageState, Values};
use iced::keyboard::key::Named;
use store::bank::SnapshotKind;

use super::*;
use crate::design::theme::Tone;
use crate::screen::driver::Driver;
use crate::screen::driver::fixture::{BANK, Office, PIN, WRONG_PIN};
use crate::screen::sent::{self, Sent};
use crate::screen::typed::TypedPin;
use crate::texts::{Language, speak};
use crate::tr;

fn prepared(office: &Office, open: Option<PackageId>) -> Driver<Packages> {
    let mut driver = Driver::new(office, |desk| Packages::new(open, desk));
    driver.until(|d| d.screen.browse.is_read() && d.screen.detail().is_some());
    driver
}

fn signing(driver: &Driver<Packages>) -> Option<&Signing> {
    match &driver.screen.sheet {
        Some(Sheet::Signing(signing)) => Some(signing),
        _ => None,
    }
}

fn type_pin(driver: &mut Driver<Packages>, pin: &str) {
    let pin = TypedPin::new(pin.to_owned());
    driver.send(Message::Signing(signing::Message::Entry(entry::Message::Pin(pin))));
    driver.click("Aláírom");
}

/// A package for two signatures with a payee that stands in it twice.
fn large(office: &Office) -> PackageId {
    office.package(
        "Novemberi szállítók",
        &[
            ("Őrségi Faipari Zrt.", 1, 5_250_000),
            ("Üveges és Társa Bt.", 2, 318_400),
            ("Hűtőgép Szerviz Kft.", 3, 96_000),
            ("Példa Kereskedelmi Kft.", 4, 772_150),
            ("Példa Kereskedelmi Kft.", 4, 772_150),
        ],
    )
}

#[test]
fn the_list_shows_the_state_and_the_sheet_the_numbers_of_the_bytes() {
    let office = Office::new();
    let id = large(&office);
    let mut driver = prepared(&office, Some(id));
    assert!(driver.sees("rögzített"));
    driver.picture("packages");
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| signing(d).is_some_and(|s| s.sheet.is_some()));
    let sheet = signing(&driver).unwrap().sheet.clone().unwrap();
    assert_eq!((sheet.head.count, sheet.head.signatures_needed), (5, 2));
    assert!(driver.sees("7\u{a0}208\u{a0}700\u{a0}Ft"), "the total");
    assert!(driver.sees("1. aláírás a 2-ből"));
    let groups = sheet.fingerprint_groups();
    assert!(driver.sees(&groups[..8].join(" ")) && driver.sees(&groups[8..].join(" ")), "64 digits");
    assert!(driver.sees("szoftveres token"), "a key file says so");
    driver.picture("signing");
}

#[test]
fn a_wrong_pin_leaves_everything_but_a_try_and_the_right_one_signs() {
    let office = Office::new();
    let id = large(&office);
    let mut driver = prepared(&office, Some(id));
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| signing(d).is_some_and(|s| s.sheet.is_some()));
    let shown = signing(&driver).unwrap().sheet.clone();
    type_pin(&mut driver, WRONG_PIN);
    assert!(signing(&driver).unwrap().entry.busy);
    driver.escape();
    driver.until(|d| signing(d).is_some_and(|s| s.entry.error.is_some() && s.entry.tries_left() == Some(4)));
    let open = signing(&driver).expect("Esc does not leave while the token works");
    assert!(open.sheet == shown, "the sheet stays as it was");
    assert!(open.entry.pin.is_empty());
    assert!(
        driver.sees("Hibás PIN-kód. Még 4 próba maradt. Semmi sem veszett el.") && driver.sees("4 próba")
    );
    driver.picture("signing-wrong-pin");
    assert_eq!(driver.screen.detail().unwrap().state, PackageState::Recorded);

    type_pin(&mut driver, PIN);
    driver.until(|d| d.screen.detail().is_some_and(|p| p.state == PackageState::PartlySigned));
    assert!(driver.screen.sheet.is_none());
    assert_eq!(driver.toasts.last().map(|(tone, _)| *tone), Some(Tone::Good));
    assert!(driver.sees("aláírt 1/2"));
    driver.picture("packages-signed");
}

#[test]
fn the_last_try_is_spent_only_when_it_is_confirmed() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    let mut driver = prepared(&office, Some(id));
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| signing(d).is_some_and(|s| s.sheet.is_some()));
    for left in (1..5).rev() {
        type_pin(&mut driver, WRONG_PIN);
        driver.until(|d| signing(d).is_some_and(|s| !s.entry.busy && s.entry.tries_left() == Some(left)));
    }
    let pin = TypedPin::new(WRONG_PIN.to_owned());
    driver.send(Message::Signing(signing::Message::Entry(entry::Message::Pin(pin))));
    driver.send(Message::Signing(signing::Message::Entry(entry::Message::Sign)));
    assert!(!signing(&driver).unwrap().entry.busy, "not without the tick");
    driver.picture("signing-last-try");
    driver.click("Tudom, ez az utolsó próba");
    driver.click("Aláírom");
    driver.until(|d| signing(d).is_some_and(|s| matches!(s.entry.token, TokenStatus::Blocked(_))));
    assert!(driver.sees("A token le van tiltva"));
    driver.picture("signing-blocked");
    driver.click("Tovább a tokenhez");
    assert_eq!(driver.went, [Go::Token]);
    driver.until(|d| d.screen.detail().is_some_and(|p| p.state == PackageState::Recorded));
}

#[test]
fn a_key_file_that_the_bank_does_not_take_is_asked_for_no_pin() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    office.with_store(|of| {
        let mut rules: store::bank::Snapshot<protocol::ServerInfo> =
            store::bank::snapshot(of, BANK, SnapshotKind::Server).unwrap().unwrap();
        rules.value.profile.token.software_allowed = false;
        store::bank::save_snapshot(of, BANK, SnapshotKind::Server, &rules.value, chrono::Utc::now()).unwrap();
    });
    let mut driver = prepared(&office, Some(id));
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| signing(d).is_some_and(|s| s.sheet.is_some()));
    let why = crate::texts::explain(&client::ClientError::SoftwareTokenForbidden);
    assert!(driver.sees(&why) && driver.sees("Nincs használható token"));
    assert!(!signing(&driver).unwrap().entry.may_sign());
}

#[test]
fn escape_leaves_the_sheet_and_the_package_as_it_was() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    let mut driver = prepared(&office, Some(id));
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| signing(d).is_some_and(|s| s.sheet.is_some()));
    driver.escape();
    assert!(driver.screen.sheet.is_none());
    let package = driver.runtime.block_on(driver.desk.client.package(id)).unwrap();
    assert_eq!((package.state, package.signatures.len()), (PackageState::Recorded, 0));
}

#[test]
fn a_complete_package_can_be_sent_only_by_somebody_who_is_logged_in() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    let mut driver = prepared(&office, Some(id));
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| signing(d).is_some_and(|s| s.sheet.is_some()));
    type_pin(&mut driver, PIN);
    driver.until(|d| d.screen.detail().is_some_and(|p| p.state == PackageState::Signed));
    driver.until(|d| d.screen.ready() == [id]);
    driver.toasts.clear();
    driver.send(Message::Do(Work::Send));
    assert_eq!(driver.toasts.last().map(|(tone, _)| *tone), Some(Tone::Care));
    let package = driver.runtime.block_on(driver.desk.client.package(id)).unwrap();
    assert_eq!(package.state, PackageState::Signed);
}

#[test]
fn removing_orders_is_asked_and_keeps_the_others() {
    let office = Office::new();
    let id = large(&office);
    let mut driver = prepared(&office, Some(id));
    driver.send(Message::PickOrder(Pick::Only(0)));
    let press = keys::Press { key: iced::keyboard::Key::Named(Named::Delete), modifiers: Default::default() };
    let message = driver.screen.key(&press).unwrap();
    driver.send(message);
    assert!(driver.sees("Kiveszi a csomagból?"));
    driver.picture("packages-remove");
    driver.click("Tétel törlése");
    driver.until(|d| d.screen.detail().is_some_and(|p| p.count == 4));
    assert!(driver.screen.orders.is_empty(), "no other order is chosen instead");
}

#[test]
fn a_package_is_split_where_its_orders_are_faster_alone() {
    let office = Office::new();
    let id = office.package("Két kicsi", &[("Őrségi Kft.", 1, 1000), ("Üveges Bt.", 2, 2000)]);
    let mut driver = prepared(&office, Some(id));
    driver.click("Küldjük inkább egyenként?");
    driver.click("Szétbontás");
    driver.until(|d| d.screen.browse.len() == 2 && d.screen.detail().is_some());
    assert!(driver.screen.browse.rows().all(|package| package.count == 1));
}

#[test]
fn several_packages_get_a_plan_before_they_leave() {
    let office = Office::new();
    let first = office.package("Első", &[("Őrségi Kft.", 1, 1000)]);
    let second = office.package("Második", &[("Üveges Bt.", 2, 2000)]);
    let mut driver = prepared(&office, Some(first));
    driver.runtime.block_on(async {
        for id in [first, second] {
            let client = &driver.desk.client;
            let sheet = client.signing_sheet(id).await.unwrap();
            client.sign(id, sheet.head.fingerprint, client::Pin::new(PIN), false).await.unwrap();
        }
    });
    let task = driver.screen.reload(&driver.desk);
    driver.run(task);
    driver.until(|d| d.screen.browse.rows().all(|p| p.state == PackageState::Signed));
    driver.send(Message::Pick(Pick::Only(0)));
    driver.send(Message::Pick(Pick::To(1)));
    driver.picture("packages-several");
    driver.send(Message::Do(Work::Send));
    driver.until(|d| matches!(&d.screen.sheet, Some(Sheet::Sending(s)) if s.is_planned()));
    assert!(driver.sees("2 csomag gyorsabban teljesül, ha egyenként küldjük."));
    driver.picture("sending");
}

#[test]
fn what_is_uncertain_says_so_and_what_was_refused_can_be_recorded_again() {
    let office = Office::new();
    let lost = office.package("Önkormányzat", &[("Önkormányzat", 5, 88_000)]);
    let refused = office.package("Duna Logisztika", &[("Duna Logisztika Nyrt.", 6, 2_400_000)]);
    let done = office.package("Áfa befizetés", &[("NAV Áfa", 7, 4_118_000)]);
    let minutes = chrono::TimeDelta::minutes;
    office.sent(lost, SubmissionState::Unknown, PackageState::Sending, minutes(3));
    office.sent(refused, SubmissionState::Received, PackageState::Rejected, minutes(9));
    office.decided(refused, OrderState::At(ItemState::Rejected), Some("reject-no-cover"));
    office.sent(done, SubmissionState::Received, PackageState::Completed, minutes(2000));
    office.decided(done, OrderState::At(ItemState::Executed), None);
    let mut driver = Driver::new(&office, |desk| Sent::new(Some(lost), desk));
    // List and detail are read side by side; either may come first.
    driver.until(|d| d.screen.has_detail_of(lost) && d.screen.shown_count() == 3);
    assert!(driver.sees("Ne küldje újra!") && driver.sees("Kérdezze most"));
    assert!(driver.sees("A beküldés megkezdődött"));
    assert!(!driver.sees("Visszautasítottak újra rögzítése"));
    driver.picture("sent");

    driver.send(sent::Message::Pick(Pick::Only(1)));
    driver.until(|d| d.screen.has_detail_of(refused));
    assert!(!driver.sees("Ne küldje újra!"));
    driver.picture("sent-rejected");
    driver.click("Igazolás");
    assert!(driver.sees("4711"));
    driver.picture("sent-proof");
    driver.click("Visszautasítottak újra rögzítése");
    driver.until(|d| !d.went.is_empty());
    assert!(matches!(driver.went[..], [Go::Prepared(Some(again))] if again != refused));
    driver.until(|d| d.screen.is_at_rest());
    assert!(!driver.sees("Visszautasítottak újra rögzítése"));
    driver.click("Az újra rögzített csomag");
    assert!(driver.went.len() == 2 && driver.went[0] == driver.went[1], "{:?}", driver.went);
}

#[test]
fn an_order_of_a_closed_package_opens_no_copy_by_itself() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    let mut driver = prepared(&office, Some(id));
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| signing(d).is_some_and(|s| s.sheet.is_some()));
    type_pin(&mut driver, PIN);
    driver.until(|d| d.screen.detail().is_some_and(|p| p.state == PackageState::Signed));
    driver.until(|d| d.screen.busy.is_free());
    driver.send(Message::OpenOrder(0));
    assert!(driver.went.is_empty() && driver.sees("Ez a tétel már nem módosítható"));
    driver.escape();
    assert!(driver.went.is_empty() && driver.screen.sheet.is_none());
    driver.send(Message::OpenOrder(0));
    driver.click("Új megbízás ebből");
    assert!(matches!(driver.went[..], [Go::NewOrder(NewOrder::Copy(_))]));
}

#[test]
fn what_waits_for_cover_says_so_and_when_the_bank_looks_again() {
    let office = Office::new();
    let id = office.package("Duna Logisztika", &[("Duna Logisztika Nyrt.", 6, 2_400_000)]);
    office.sent(id, SubmissionState::Received, PackageState::Sent, chrono::TimeDelta::minutes(9));
    let due = chrono::Utc::now() + chrono::TimeDelta::days(2);
    office.with_store(move |tx| {
        let order = store::orders::page(tx, id, Page::ALL).unwrap()[0].order.id();
        let status = domain::submission::OrderStatus {
            state: OrderState::At(ItemState::Queued),
            route: Some(domain::routing::Route::Intraday),
            reason: None,
            due: Some(due),
            decided_at: None,
        };
        store::orders::set_status(tx, order, &status).unwrap();
    });
    let mut driver = Driver::new(&office, |desk| Sent::new(Some(id), desk));
    driver.until(|d| d.screen.has_detail_of(id));
    let when = words::moment(driver.desk.local(due), driver.desk.now());
    assert!(driver.sees("1 tétel sorban áll") && driver.sees(&tr!("sent-queued", when = when.clone())));
    driver.send(sent::Message::Tab(sent::Tab::Orders));
    assert!(driver.sees("sorban áll") && driver.sees(&tr!("order-due-queued", when = when)));
    driver.picture("sent-queued");
}

fn batch(driver: &Driver<Packages>) -> Option<&Batch> {
    match &driver.screen.sheet {
        Some(Sheet::Batch(batch)) => Some(batch),
        _ => None,
    }
}

/// Three packages, all chosen, with the sheet that signs them open and read.
fn chosen_three(office: &Office) -> (Driver<Packages>, [PackageId; 3]) {
    let ids = [("Első", 1), ("Második", 2), ("Harmadik", 3)]
        .map(|(name, payee)| office.package(name, &[("Őrségi Kft.", payee, 1000)]));
    let mut driver = prepared(office, Some(ids[0]));
    driver.send(Message::Pick(Pick::Only(0)));
    driver.send(Message::Pick(Pick::To(2)));
    driver.send(Message::Do(Work::Sign));
    driver.until(|d| batch(d).is_some_and(|b| b.sheets.is_some()));
    (driver, ids)
}

fn states(driver: &Driver<Packages>, ids: &[PackageId]) -> Vec<PackageState> {
    ids.iter().map(|id| driver.runtime.block_on(driver.desk.client.package(*id)).unwrap().state).collect()
}

fn type_pin_for_all(driver: &mut Driver<Packages>, pin: &str) {
    let pin = TypedPin::new(pin.to_owned());
    driver.send(Message::Batch(batch::Message::Entry(entry::Message::Pin(pin))));
    driver.click("Aláírom mind (3)");
}

#[test]
fn one_pin_signs_all_that_are_chosen() {
    let office = Office::new();
    let (mut driver, ids) = chosen_three(&office);
    let sheets = batch(&driver).unwrap().sheets.clone().unwrap();
    let groups = sheets[0].fingerprint_groups()[..4].join(" ") + " …";
    assert!(driver.sees(&groups) && driver.sees("3\u{a0}000\u{a0}Ft"), "fingerprint and total");
    driver.picture("signing-many");
    type_pin_for_all(&mut driver, WRONG_PIN);
    driver.until(|d| batch(d).is_some_and(|b| !b.entry.busy && b.entry.error.is_some()));
    assert!(driver.sees("Hibás PIN-kód. Még 4 próba maradt. Semmi sem veszett el."));
    assert_eq!(states(&driver, &ids), [PackageState::Recorded; 3]);
    type_pin_for_all(&mut driver, PIN);
    driver.until(|d| d.screen.sheet.is_none());
    assert_eq!(states(&driver, &ids), [PackageState::Signed; 3]);
    assert_eq!(driver.toasts.last(), Some(&(Tone::Good, "Aláírva: 3 csomag".to_owned())));
}

#[test]
fn signing_many_stops_at_the_first_failure_and_names_it() {
    let office = Office::new();
    let (mut driver, ids) = chosen_three(&office);
    // The token says that the first was signed and that it was pulled at the second.
    let order: Vec<PackageId> = batch(&driver).unwrap().packages.iter().map(|(id, _)| *id).collect();
    let name = batch(&driver).unwrap().packages[1].1.clone();
    let question = batch(&driver).unwrap().question();
    let signing = domain::authority::SigningStatus {
        progress: domain::package::SignatureProgress::Complete,
        have: 1,
        need: 1,
    };
    let outcome = client::SignedMany {
        signed: vec![(order[0], client::Signed { state: PackageState::Signed, signing })],
        failed: Some((order[1], client::TokenError::Removed.into())),
        untouched: vec![order[2]],
    };
    driver.send(Message::Batch(batch::Message::Ended(question, Ok(Arc::new(outcome)))));
    assert!(driver.sees(&format!("Megállt itt: „{name}”")));
    assert!(driver.sees(
        "A tokent kihúzták. A csomagok megmaradtak; dugja vissza, és próbálja újra. \
         Aláírva: 1 csomag; érintetlen maradt: 1 csomag."
    ));
    assert!(!batch(&driver).unwrap().may_sign());
    driver.picture("signing-many-stopped");
    driver.escape();
    assert!(driver.screen.sheet.is_none());
    assert_eq!(states(&driver, &ids), [PackageState::Recorded; 3], "nothing of this was real");
}

#[test]
fn another_language_reaches_what_an_order_of_the_service_changes() {
    let office = Office::new();
    let mut driver = Driver::new(&office, |desk| Packages::new(None, desk));
    let enabled = AdminAction::InternetBanking { enabled: true, users: Vec::new() };
    let draft =
        OrderDraft { values: Values::of_change(&enabled), ..OrderDraft::new(OrderType::ADMINISTRATION) };
    let client = driver.desk.client.clone();
    let recorded = driver.runtime.block_on(client.save_order(draft, PackageChoice::Auto, None)).unwrap();
    let (screen, task) = Packages::new(Some(recorded.package), &driver.desk);
    driver.screen = screen;
    driver.run(task);
    let says = |driver: &Driver<Packages>, words: &str| {
        let lines = driver.screen.detail().into_iter().flat_map(|d| &d.changes).flat_map(|c| &c.lines);
        lines.into_iter().any(|line| line.after == words)
    };
    driver.until(|d| says(d, "engedélyezve"));
    speak(Language::En);
    let task = driver.screen.changed(Topic::Language, &driver.desk);
    driver.run(task);
    driver.until(|d| says(d, "enabled"));
}
