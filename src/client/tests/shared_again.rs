//! Answers of the shared area that were lost are asked for again, by whoever is logged in then: what the bank hides from
//! that user ends nothing that another one began.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

#[path = "fixture/door.rs"]
mod door;
mod fixture;

use std::sync::{Arc, Mutex};

use chrono::{TimeDelta, Utc};
use client::bank::{
    Answer, BankError, Connected, ParkedPackage, PutPackage, Refusal, Says, SessionKey, SharedArea,
};
use client::{Channel, Client, Hand, Handed, Pin, SharedPackage, SharedState, WhereItIs};
use domain::{CustomerId, Money, OrderType, PackageId, PackageState};
use door::{Door, access, user};
use fixture::{OWN, Office, PIN};
use futures_util::FutureExt;
use store::handovers::HandoverState;
use uuid::Uuid;

const FIRST: &str = "20000001";
const STRANGE: &str = "20000002";

/// What the bank does with whatever is asked.
#[derive(Clone, Copy, Debug, Default)]
enum Does {
    #[default]
    Loses,
    Refuses(Says),
    Obeys,
}

/// A shared area that does as it is told.
#[derive(Default)]
struct Area {
    does: Mutex<Does>,
    /// Session and handing over of every asking.
    asked: Mutex<Vec<(String, Uuid)>>,
}

impl Area {
    fn next(&self, session: &SessionKey, handover: Uuid) -> Result<(), BankError> {
        self.asked.lock().unwrap().push((session.0.clone(), handover));
        match *self.does.lock().unwrap() {
            Does::Loses => Err(BankError::AnswerLost("cut".to_owned())),
            Does::Refuses(says) => Err(Refusal::new("not-permitted", says).into()),
            Does::Obeys => Ok(()),
        }
    }

    fn will(&self, does: Does) {
        *self.does.lock().unwrap() = does;
    }
}

fn told(package: PackageId, handover: Uuid, state: SharedState) -> SharedPackage {
    let hand = Hand { user: user("10000001", "Kovács Anna"), channel: Channel::Client, at: Utc::now() };
    SharedPackage {
        handover,
        package,
        customer: FIRST.parse().unwrap(),
        name: "Szállítók".to_owned(),
        order_type: OrderType::Hct,
        count: 1,
        total: Money::huf(100),
        debit_account: OWN.parse().unwrap(),
        scheduled: None,
        document_sha256: "00".repeat(32),
        signers: Vec::new(),
        state,
        ended: (state != SharedState::Waiting).then(|| hand.clone()),
        put: hand,
        expires: Utc::now() + TimeDelta::days(3),
    }
}

impl SharedArea for Area {
    fn list<'a>(&'a self, _: &'a SessionKey, _: &'a CustomerId) -> Answer<'a, Vec<SharedPackage>> {
        async move { Err(BankError::AnswerLost("cut".to_owned())) }.boxed()
    }

    fn look<'a>(
        &'a self,
        _: &'a SessionKey,
        _: &'a CustomerId,
        _: PackageId,
    ) -> Answer<'a, Option<ParkedPackage>> {
        async move { Ok(None) }.boxed()
    }

    fn put<'a>(
        &'a self,
        session: &'a SessionKey,
        _: &'a CustomerId,
        package: PackageId,
        content: PutPackage,
    ) -> Answer<'a, SharedPackage> {
        let answer = self.next(session, content.handover);
        async move { answer.map(|()| told(package, content.handover, SharedState::Waiting)) }.boxed()
    }

    fn take<'a>(
        &'a self,
        session: &'a SessionKey,
        _: &'a CustomerId,
        _: PackageId,
        handover: Uuid,
        _: Uuid,
    ) -> Answer<'a, ParkedPackage> {
        let answer = self.next(session, handover);
        async move { answer.and(Err(BankError::AnswerLost("cut".to_owned()))) }.boxed()
    }

    fn withdraw<'a>(
        &'a self,
        session: &'a SessionKey,
        _: &'a CustomerId,
        package: PackageId,
        handover: Uuid,
    ) -> Answer<'a, SharedPackage> {
        let answer = self.next(session, handover);
        async move { answer.map(|()| told(package, handover, SharedState::Withdrawn)) }.boxed()
    }
}

/// A seat with a package of Kovács Anna's, and its bank.
struct Seat {
    office: Office,
    client: Client,
    door: Arc<Door>,
    area: Arc<Area>,
    package: PackageId,
}

impl Seat {
    async fn new() -> Self {
        let office = Office::new();
        let package = office.package("Szállítók", &[("Őrségi Kft.", 1, 100)]);
        let client = office.open();
        let door = Arc::new(Door::of("key", vec![access(FIRST)]));
        let area = Arc::new(Area::default());
        client.reach_by(Connected {
            login: Some(door.clone()),
            shared_area: Some(area.clone()),
            ..Connected::default()
        });
        client.log_in(Pin::new(PIN), false).await.unwrap();
        Self { office, client, door, area, package }
    }

    /// Somebody else sits down here.
    async fn change_user(&self, id: &str, customer: &str) {
        self.client.log_out().await;
        self.door.expect(user(id, "Nagy Péter"), vec![access(customer)]);
        self.client.log_in(Pin::new(PIN), false).await.unwrap();
        self.client.choose_customer(FIRST.parse().unwrap());
    }

    fn handover(&self) -> HandoverState {
        let package = self.package;
        self.office.behind(move |of| {
            let open = store::handovers::open_of(of, package).unwrap();
            open.map_or(HandoverState::Done, |open| open.state)
        })
    }

    async fn state(&self) -> (PackageState, Option<WhereItIs>) {
        let detail = self.client.package(self.package).await.unwrap();
        (detail.state, detail.where_it_is)
    }
}

#[tokio::test]
async fn a_colleagues_customers_are_not_asked_about() {
    let seat = Seat::new().await;
    let handed = seat.client.share_package(seat.package, None).await.unwrap();
    assert_eq!(handed, Handed::Awaited);
    seat.area.will(Does::Refuses(Says::NotForUser));
    seat.change_user("10000002", STRANGE).await;
    assert_eq!(seat.client.recover_shared().await.unwrap(), 0);
    let asked = seat.area.asked.lock().unwrap().clone();
    assert!(asked.iter().all(|(session, _)| session == "key-1"), "{asked:?}");
    assert_eq!(seat.state().await, (PackageState::InSharedArea, Some(WhereItIs::Parking)));
}

#[tokio::test]
async fn a_refusal_of_whoever_asks_again_ends_nothing_and_the_first_one_hears_the_truth() {
    let seat = Seat::new().await;
    assert_eq!(seat.client.share_package(seat.package, None).await.unwrap(), Handed::Awaited);
    // A colleague of the same company who may not see what was parked.
    seat.area.will(Does::Refuses(Says::NotForUser));
    seat.change_user("10000002", FIRST).await;
    let _: usize = seat.client.recover_shared().await.unwrap();
    assert_eq!(seat.state().await, (PackageState::InSharedArea, Some(WhereItIs::Parking)));
    assert_eq!(seat.handover(), HandoverState::Asked);
    seat.area.will(Does::Obeys);
    seat.change_user("10000001", FIRST).await;
    let _: usize = seat.client.recover_shared().await.unwrap();
    assert!(matches!(
        seat.state().await,
        (PackageState::InSharedArea, Some(WhereItIs::Waiting { mine: true, .. }))
    ));
    let asked = seat.area.asked.lock().unwrap().clone();
    assert!(asked.iter().any(|(session, _)| session == "key-2"), "the colleague asked too: {asked:?}");
    assert!(
        asked.iter().all(|(_, handover)| *handover == asked[0].1),
        "under the same identifiers: {asked:?}"
    );
}

#[tokio::test]
async fn a_withdrawal_that_another_user_may_not_ask_about_stays_awaited() {
    let seat = Seat::new().await;
    seat.area.will(Does::Obeys);
    let Handed::Done(_) = seat.client.share_package(seat.package, None).await.unwrap() else { panic!() };
    seat.area.will(Does::Loses);
    assert_eq!(seat.client.withdraw_shared(seat.package).await.unwrap(), Handed::Awaited);
    seat.area.will(Does::Refuses(Says::NotForUser));
    seat.change_user("10000002", FIRST).await;
    let _: usize = seat.client.recover_shared().await.unwrap();
    assert_eq!(seat.state().await, (PackageState::InSharedArea, Some(WhereItIs::Withdrawing)));
}

#[tokio::test]
async fn the_first_asking_of_somebody_who_may_not_park_is_over_at_once() {
    let seat = Seat::new().await;
    seat.area.will(Does::Refuses(Says::NotForUser));
    assert!(seat.client.share_package(seat.package, None).await.is_err());
    assert_eq!(seat.state().await.0, PackageState::Recorded, "open again");
}
