//! The place over a real store: what is offered, what is said, what a key does.

use chrono::{TimeDelta, Utc};
use client::SharedPackage;
use client::{Channel, Hand};
use domain::{Money, OrderType, PackageId, PackageState, User};
use iced::keyboard::key::Named;
use iced_test::Simulator;
use store::handovers::{self, HandoverKind, HandoverState, NewHandover};
use store::{Page, documents, orders, packages, shared as kept};

use super::*;
use crate::design::theme::Theme;
use crate::design::{Renderer, font};
use crate::folders::Folders;
use crate::preferences::Preferences;
use crate::screen::Wish;
use crate::screen::packages::Packages;
use crate::texts::{Language, speak};

use crate::screen::driver::fixture::{OWN, Office};

const ANNA: (&str, &str) = ("10000001", "Kovács Anna");
const PETER: (&str, &str) = ("10000002", "Nagy Péter");

fn hand(who: (&str, &str), channel: Channel) -> Hand {
    let user = User { id: who.0.parse().unwrap(), name: who.1.to_owned() };
    Hand { user, channel, at: Utc::now() - TimeDelta::hours(2) }
}

fn waiting(number: u128, package: PackageId, name: &str, put: Hand) -> SharedPackage {
    SharedPackage {
        handover: Uuid::from_u128(number),
        package,
        customer: "20000001".parse().unwrap(),
        name: name.to_owned(),
        order_type: OrderType::Hct,
        count: 2,
        total: Money::huf(9_300_000),
        debit_account: OWN.parse().unwrap(),
        scheduled: None,
        document_sha256: "7c".repeat(32),
        signers: vec![put.user.clone()],
        state: SharedState::Waiting,
        put,
        expires: Utc::now() + TimeDelta::days(20),
        ended: None,
    }
}

/// Somebody else's package that waits, and one of ours that was taken over in the web client.
fn office() -> (Office, PackageId) {
    let office = Office::new();
    let ours = office.package("Nyomdai munkák", &[("Őrségi Kft.", 1, 100), ("Üveges Bt.", 2, 200)]);
    let theirs = waiting(1, PackageId(Uuid::from_u128(7)), "Alvállalkozók", hand(PETER, Channel::Web));
    let mut taken = waiting(2, ours, "Nyomdai munkák", hand(ANNA, Channel::Client));
    (taken.state, taken.ended) = (SharedState::TakenOver, Some(hand(PETER, Channel::Web)));
    office.with_store(move |tx| {
        let now = Utc::now();
        let revision = packages::get(tx, ours).unwrap().revision;
        documents::save(tx, ours, revision, b"<document/>", now).unwrap();
        let asked = NewHandover {
            kind: HandoverKind::Put,
            package: ours,
            handover: taken.handover,
            claim: None,
            before: Some(PackageState::Recorded),
            expires: None,
        };
        let row = handovers::create(tx, &asked, now).unwrap();
        let _: bool = handovers::end(tx, row.key, HandoverState::Done, None, now).unwrap();
        for pair in [PackageState::Recorded, PackageState::InSharedArea, PackageState::TakenOver].windows(2) {
            packages::set_state(tx, ours, pair[0], pair[1], now).unwrap();
        }
        assert_eq!(orders::page(tx, ours, Page::ALL).unwrap().len(), 2);
        let list = [theirs, taken].map(|shared| (shared.handover, shared.package, shared));
        kept::replace(tx, list).unwrap();
    });
    (office, ours)
}

struct Place {
    area: SharedArea,
    desk: Desk,
    runtime: tokio::runtime::Runtime,
}

impl Place {
    fn open(office: &Office) -> Self {
        speak(Language::Hu);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let desk = runtime.block_on(async {
            let client = office.open();
            let rules = client.rules().await.unwrap();
            let customer = Some(rules.customer.clone());
            let folders = Folders::from(client::folders::Folders::around(office.path()));
            let desk = Desk::over(client, folders, Preferences::default());
            Desk { rules: Some(Arc::new(rules)), customer, ..desk }
        });
        let (area, _) = runtime.block_on(async { SharedArea::new(&desk) });
        let mut place = Self { area, desk, runtime };
        let list = place.runtime.block_on(place.desk.client.shared_area()).unwrap();
        let _ = place.area.browse.show(list);
        place
    }

    fn send(&mut self, message: Message) -> Action<Message> {
        let _inside = self.runtime.enter();
        self.area.update(message, &self.desk)
    }

    fn sees(&self, words: &str) -> bool {
        let view = self.area.view(&self.desk);
        let mut ui: Simulator<'_, Message, Theme, Renderer> =
            Simulator::with_size(font::settings(), (1068.0, 648.0), view);
        ui.find(words).is_ok()
    }
}

#[test]
fn what_waits_can_be_taken_and_what_was_taken_says_by_whom_and_where() {
    let (office, _) = office();
    let mut place = Place::open(&office);
    assert!(place.sees("Átvesz") && place.sees("átvehető"), "somebody else's package");
    assert!(place.sees("1 csomag vár átvételre") && place.sees("1/2 · Nagy Péter"));
    assert!(!place.sees("Visszavonás") && !place.sees("Itteni példány"));
    let _ = place.send(Message::Pick(Pick::Only(1)));
    assert!(place.sees("átvették") && place.sees("Itteni példány") && !place.sees("Átvesz"));
    let line = place.area.chosen().unwrap();
    let by = words::hand(&place.desk, line.shared.ended.as_ref().unwrap());
    assert!(by.starts_with("Nagy Péter a webes felületen"), "{by}");
    assert!(place.sees(&by));
}

#[test]
fn nothing_is_asked_without_a_login_and_a_late_answer_changes_nothing() {
    let (office, ours) = office();
    let mut place = Place::open(&office);
    let press = |named| keys::Press { key: iced::keyboard::Key::Named(named), modifiers: Default::default() };
    let take = place.area.key(&press(Named::F7)).unwrap();
    let said = place.send(take).notices;
    assert_eq!(said, [Notice::care(tr!("shared-needs-login"))]);
    let withdraw = place.area.key(&press(Named::Delete)).unwrap();
    assert!(place.send(withdraw).notices.is_empty(), "not one's own");
    let late = Message::Listed(Question::ask(), Ok(Arc::from([])));
    let _ = place.send(late);
    assert_eq!(place.area.browse.len(), 2);
    let _ = place.send(Message::Pick(Pick::Only(1)));
    let copy = place.send(Message::Do(Work::OpenCopy));
    assert_eq!(copy.wish, Some(Wish::Go(Go::Prepared(Some(ours)))));
}

#[test]
fn what_came_along_is_said_before_the_package_opens() {
    let (office, ours) = office();
    let mut place = Place::open(&office);
    let taken = Taken {
        package: ours,
        name: "Alvállalkozók".to_owned(),
        state: PackageState::PartlySigned,
        signers: vec!["Nagy Péter".to_owned()],
        dropped: 1,
    };
    let done = Message::Done(Done::Taken(Ok(Handed::Done(taken))));
    let told = place.send(done);
    let words: Vec<&str> = told.notices.iter().map(|notice| notice.words.as_str()).collect();
    let (signed, dropped) =
        ("Átvéve: Alvállalkozók, 1 érvényes aláírással", "1 aláírás nem volt érvényes, ezért elmaradt");
    assert_eq!(words, [signed, dropped]);
    assert_eq!(told.wish, Some(Wish::Go(Go::Prepared(Some(ours)))));
}

#[test]
fn a_closed_copy_says_where_the_package_is() {
    let (office, ours) = office();
    let place = Place::open(&office);
    let detail = place.runtime.block_on(place.desk.client.package(ours)).unwrap();
    let (_, title, _) = words::whereabouts(&place.desk, detail.where_it_is.as_ref().unwrap());
    assert!(title.starts_with("Átvette: Nagy Péter a webes felületen"), "{title}");
    assert!(detail.actions.is_empty());
    let (packages, _) = place.runtime.block_on(async { Packages::new(Some(ours), &place.desk) });
    assert!(!packages.has_sheet());
}
