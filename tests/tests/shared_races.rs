//! Races for packages of the shared area, over real TLS: a hundred grab one package, an owner withdraws while others
//! take and its day ends, the bank dies in the middle, answers get lost. Whatever happens, one has the package, the
//! others know who, and money moves once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use harness::house::House;
use harness::person::Person;
use harness::seat::{Parcel, Said, Seat, taken};
use harness::story::run;
use protocol::{Event, ProblemCode, SharedContent, SharedState};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// One minute before a day of the bank's ends.
const LATE: &str = "2026-11-23T22:59:00Z";

/// A bank, its people, and a seat for each.
struct Office {
    house: House,
    people: Vec<Person>,
    seats: Vec<Seat>,
}

impl Office {
    async fn open(now: Option<&str>) -> Self {
        let house = House::start("kh").await;
        if let Some(now) = now {
            set_clock(&house, now).await;
        }
        let people: Vec<Person> =
            ["Szabó", "Kovács", "Nagy"].iter().map(|name| Person::of(&house, name)).collect();
        let mut seats = Vec::new();
        for person in &people {
            seats.push(Seat::of(&house, person).await);
        }
        Self { house, people, seats }
    }

    /// The clerk's package, signed by nobody.
    fn unsigned(&self) -> Parcel {
        self.seats[0].parcel(&self.house, 1_000, &[])
    }

    /// The clerk's package, signed by Nagy Péter.
    fn signed(&self) -> Parcel {
        self.seats[0].parcel(&self.house, 1_000, &[&self.people[2]])
    }

    async fn log(&self, parcel: &Parcel) -> Value {
        self.house.control(Method::GET, &format!("/shared/{}", parcel.id), Value::Null).await
    }

    /// That the package came in once, and once only.
    async fn is_received_once(&self, parcel: &Parcel) {
        let seen = self.house.inspect(parcel.id).await;
        assert_eq!((&seen["receipts"], &seen["orders"]), (&json!(1), &json!(1)));
    }

    /// That every package was executed once, after time enough: packages that come together wait for the cycles of
    /// the next banking day.
    async fn is_executed_once(&self, parcels: &[Parcel]) {
        self.house.advance(7 * 24 * 3_600).await;
        for parcel in parcels {
            let seen = self.house.inspect(parcel.id).await;
            assert_eq!((&seen["executed"], &seen["bookings"]), (&json!(1), &json!(1)), "{:?}", parcel.id);
        }
        assert!(self.house.ledger_is_balanced().await);
    }
}

async fn set_clock(house: &House, now: &str) {
    let _ = house.control(Method::PUT, "/clock", json!({ "now": now, "running": false })).await;
}

fn code<T: std::fmt::Debug>(said: &Said<T>) -> ProblemCode {
    said.as_ref().unwrap_err().code
}

#[test]
fn of_a_hundred_that_grab_one_package_one_gets_it_and_all_others_know_who() {
    run(async {
        let office = Office::open(None).await;
        let parcel = office.signed();
        let handover = Uuid::new_v4();
        let _ = office.seats[0].share(&parcel, handover, None).await.unwrap();
        let barrier = Arc::new(tokio::sync::Barrier::new(100));
        let takers: Vec<_> = (0..100)
            .map(|n| {
                let seat = office.seats[n % 3].beside(&office.house);
                let (barrier, id, claim) = (Arc::clone(&barrier), parcel.id, Uuid::new_v4());
                tokio::spawn(async move {
                    let _ = barrier.wait().await;
                    let said = seat.take(id, handover, claim).await;
                    (seat, claim, said)
                })
            })
            .collect();
        let mut winners = Vec::new();
        let mut losers = Vec::new();
        for taker in takers {
            let (seat, claim, said) = taker.await.unwrap();
            match said {
                Ok(content) => winners.push((seat, claim, content)),
                Err(problem) => losers.push(problem),
            }
        }
        assert_eq!((winners.len(), losers.len()), (1, 99));
        let (winner, claim, content) = winners.pop().unwrap();
        let ended = content.shared.ended.clone().unwrap();
        assert_eq!(ended.user.name, winner.name());
        for problem in &losers {
            assert_eq!(problem.code, ProblemCode::SharedTakenOver);
            assert_eq!((problem.user.as_deref(), problem.at), (Some(winner.name()), Some(ended.at)));
        }
        assert_eq!(content.document.as_slice(), parcel.document);
        assert_eq!(content.signatures[0].as_slice(), parcel.signatures[0]);
        assert_eq!(winner.take(parcel.id, handover, claim).await.unwrap(), content);

        let log = office.log(&parcel).await;
        assert_eq!((&log["taken"], &log["waiting"]), (&json!(1), &json!(0)));
        let lines: Vec<&str> =
            log["log"].as_array().unwrap().iter().map(|l| l[0].as_str().unwrap()).collect();
        assert_eq!(lines.len(), 101);
        assert_eq!(lines.iter().filter(|line| **line == "shared-taken-over").count(), 99);

        // The copy that stayed where it was made is worth nothing; the winner's is executed, once.
        let stale = office.seats[0].submit(&parcel, Uuid::new_v4()).await;
        assert_eq!(code(&stale), ProblemCode::PackageHeldElsewhere);
        let _ = winner.submit(&taken(&content, claim), Uuid::new_v4()).await.unwrap();
        office.is_received_once(&parcel).await;
        office.is_executed_once(&[parcel]).await;
    });
}

/// How a race for one package went.
struct Race {
    state: SharedState,
    claims: Vec<Uuid>,
    takes: Vec<Said<SharedContent>>,
    withdrawn: Said<client::SharedPackage>,
}

/// Four take, the owner withdraws, the day ends; `order` decides who starts a little earlier.
async fn race(office: &Office, parcel: &Parcel, order: u64) -> Race {
    let handover = Uuid::new_v4();
    let today: DateTime<Utc> = LATE.parse().unwrap();
    let _ = office.seats[0].share(parcel, handover, Some(today.date_naive())).await.unwrap();
    let pause = |n: u64| tokio::time::sleep(Duration::from_millis((n * 7 + order * 5) % 24));
    let claims: Vec<Uuid> = (0..4).map(|_| Uuid::new_v4()).collect();
    let takes = claims.iter().enumerate().map(|(n, claim)| {
        let seat = office.seats[1 + n % 2].beside(&office.house);
        async move {
            pause(n as u64).await;
            seat.take(parcel.id, handover, *claim).await
        }
    });
    let takes = futures_util::future::join_all(takes);
    let withdraw = async {
        pause(1 + order).await;
        office.seats[0].withdraw(parcel.id, handover).await
    };
    let midnight = async {
        pause(2 + 3 * order).await;
        office.house.advance(60).await;
    };
    let (takes, withdrawn, ()) = tokio::join!(takes, withdraw, midnight);
    let list = office.seats[0].shared().await;
    let state = list.iter().find(|shared| shared.handover == handover).unwrap().state;
    Race { state, claims, takes, withdrawn }
}

#[test]
fn taking_withdrawing_and_expiring_at_once_leave_one_holder() {
    run(async {
        let office = Office::open(Some(LATE)).await;
        let mut parcels = Vec::new();
        for order in 0..24 {
            set_clock(&office.house, LATE).await;
            let parcel = office.signed();
            let race = race(&office, &parcel, order).await;
            let winners: Vec<usize> = (0..4).filter(|n| race.takes[*n].is_ok()).collect();
            let expected = match race.state {
                SharedState::TakenOver => {
                    assert_eq!(winners.len(), 1);
                    assert_eq!(code(&race.withdrawn), ProblemCode::SharedTakenOver);
                    ProblemCode::SharedTakenOver
                }
                SharedState::Withdrawn => ProblemCode::SharedWithdrawn,
                SharedState::Expired => ProblemCode::SharedExpired,
                SharedState::Waiting => panic!("nobody ended it"),
            };
            if race.state != SharedState::TakenOver {
                assert!(winners.is_empty());
                assert_eq!(race.withdrawn.as_ref().unwrap().state, race.state);
            }
            for said in race.takes.iter().filter(|said| said.is_err()) {
                assert_eq!(code(said), expected);
            }
            // Of the owner's copy and all claims that were ever made up, one can be sent.
            let mut sent = 0;
            for claim in race.claims.into_iter().map(Some).chain([None]) {
                let copy = Parcel { claim, ..parcel.clone() };
                // A receipt is given for the same bytes whoever asks, so what counts is who came first.
                if sent == 0 && office.seats[2].submit(&copy, Uuid::new_v4()).await.is_ok() {
                    sent += 1;
                    let holder = winners.first().map(|n| race.takes[*n].as_ref().unwrap());
                    assert_eq!(claim.is_some(), holder.is_some());
                }
            }
            assert_eq!(sent, 1, "{:?}", race.state);
            office.is_received_once(&parcel).await;
            parcels.push(parcel);
        }
        office.is_executed_once(&parcels).await;
    });
}

/// The way of a package through all calls, each with two askers at once: parked, taken over, parked by the taker,
/// withdrawn, sent.
async fn story(office: &Office, parcel: &Parcel) {
    let [clerk, anna] = [&office.seats[0], &office.seats[1]];
    let clerk_too = clerk.beside(&office.house);
    let anna_too = anna.beside(&office.house);
    let (handover, claim) = (Uuid::new_v4(), Uuid::new_v4());
    let parked = tokio::join!(clerk.share(parcel, handover, None), clerk_too.share(parcel, handover, None));
    assert_eq!(parked.0.unwrap(), parked.1.unwrap());

    let content =
        tokio::join!(anna.take(parcel.id, handover, claim), anna_too.take(parcel.id, handover, claim));
    let (first, second) = (content.0.unwrap(), content.1.unwrap());
    assert_eq!(first, second);
    let here = taken(&first, claim);
    assert_eq!((&here.document, &here.signatures), (&parcel.document, &parcel.signatures));

    let back = Uuid::new_v4();
    let parked = tokio::join!(anna.share(&here, back, None), anna_too.share(&here, back, None));
    assert_eq!(parked.0.unwrap(), parked.1.unwrap());
    let withdrawn = tokio::join!(anna.withdraw(parcel.id, back), anna_too.withdraw(parcel.id, back));
    assert_eq!(withdrawn.0.unwrap(), withdrawn.1.unwrap());

    let attempt = Uuid::new_v4();
    let receipts = tokio::join!(anna.submit(&here, attempt), anna_too.submit(&here, attempt));
    assert_eq!(receipts.0.unwrap(), receipts.1.unwrap());
    let log = office.log(parcel).await;
    let lines: Vec<&str> = log["log"].as_array().unwrap().iter().map(|l| l[0].as_str().unwrap()).collect();
    assert_eq!(lines, ["put", "taken_over", "put", "withdrawn"], "each once, however often it was asked");
    office.is_received_once(parcel).await;
}

#[test]
fn lost_answers_lose_nothing_and_do_nothing_twice() {
    run(async {
        let office = Office::open(None).await;
        let mut parcels = Vec::new();
        let calls = [("PUT", "/shared/"), ("POST", "/take"), ("POST", "/withdraw"), ("PUT", "/packages/")];
        for kind in ["drop_after_commit", "delay", "status_500", "cut_connection", "garbage"] {
            for (method, path) in calls {
                let fault =
                    json!({ "kind": kind, "method": method, "path": path, "count": 3, "millis": 150 });
                let _ = office.house.control(Method::POST, "/faults", fault).await;
                let parcel = office.signed();
                story(&office, &parcel).await;
                parcels.push(parcel);
                let waiting = office.house.control(Method::GET, "/faults", Value::Null).await;
                // Two askers may need two calls only; a fault that is left hits nobody later.
                assert!(waiting.as_array().unwrap().len() <= 1);
                let _ = office.house.control(Method::DELETE, "/faults", Value::Null).await;
            }
        }
        office.is_executed_once(&parcels).await;
    });
}

#[test]
fn a_bank_killed_between_any_two_steps_answers_as_before() {
    run(async {
        let mut office = Office::open(None).await;
        let parcel = office.signed();
        let (handover, claim, attempt) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
        let parked = office.seats[0].share(&parcel, handover, None).await.unwrap();
        restart(&mut office.house).await;
        assert_eq!(office.seats[0].share(&parcel, handover, None).await.unwrap(), parked);
        assert_eq!(office.seats[1].shared().await, [parked]);
        let content = office.seats[1].take(parcel.id, handover, claim).await.unwrap();
        restart(&mut office.house).await;
        assert_eq!(office.seats[1].take(parcel.id, handover, claim).await.unwrap(), content);
        let late = office.seats[2].take(parcel.id, handover, Uuid::new_v4()).await;
        assert_eq!(late.unwrap_err().user.as_deref(), Some(office.seats[1].name()));
        let here = taken(&content, claim);
        let back = Uuid::new_v4();
        let parked = office.seats[1].share(&here, back, None).await.unwrap();
        restart(&mut office.house).await;
        assert_eq!(office.seats[1].share(&here, back, None).await.unwrap(), parked);
        let withdrawn = office.seats[1].withdraw(parcel.id, back).await.unwrap();
        restart(&mut office.house).await;
        assert_eq!(office.seats[1].withdraw(parcel.id, back).await.unwrap(), withdrawn);
        let receipt = office.seats[1].submit(&here, attempt).await.unwrap();
        restart(&mut office.house).await;
        assert_eq!(office.seats[1].submit(&here, attempt).await.unwrap(), receipt);
        office.is_received_once(&parcel).await;
        office.is_executed_once(&[parcel]).await;
    });
}

async fn restart(house: &mut House) {
    house.kill();
    house.run().await;
}

#[test]
fn a_bank_killed_while_many_take_has_one_winner_afterwards() {
    run(async {
        let mut office = Office::open(None).await;
        let mut parcels = Vec::new();
        for round in 0..10 {
            let parcel = office.signed();
            let handover = Uuid::new_v4();
            let _ = office.seats[0].share(&parcel, handover, None).await.unwrap();
            let takers: Vec<_> = (0..8)
                .map(|n| {
                    let seat = office.seats[n % 3].beside(&office.house);
                    let (id, claim) = (parcel.id, Uuid::new_v4());
                    tokio::spawn(async move { (claim, seat.take(id, handover, claim).await) })
                })
                .collect();
            // From before the first connection stands until after the last answer.
            tokio::time::sleep(Duration::from_millis(round * 6)).await;
            restart(&mut office.house).await;
            let mut winners = Vec::new();
            for taker in takers {
                match taker.await.unwrap() {
                    (claim, Ok(content)) => winners.push((claim, content)),
                    (_, Err(problem)) => assert_eq!(problem.code, ProblemCode::SharedTakenOver),
                }
            }
            assert_eq!(winners.len(), 1);
            let (claim, content) = winners.pop().unwrap();
            assert_eq!(office.seats[0].take(parcel.id, handover, claim).await.unwrap(), content);
            assert_eq!(office.log(&parcel).await["taken"], json!(1));
            let _ = office.seats[0].submit(&taken(&content, claim), Uuid::new_v4()).await.unwrap();
            parcels.push(parcel);
        }
        office.is_executed_once(&parcels).await;
    });
}

#[test]
fn other_seats_hear_of_every_hand_over_within_a_second() {
    run(async {
        let office = Office::open(Some(LATE)).await;
        let mut events = Box::pin(office.seats[2].events().await);
        let parcel = office.unsigned();
        let (handover, claim) = (Uuid::new_v4(), Uuid::new_v4());
        let mut hears = async |what: &str| {
            let since = Instant::now();
            loop {
                let event = tokio::time::timeout(Duration::from_secs(1), events.next()).await;
                let event = event.unwrap_or_else(|_| panic!("{what}: no event within a second"));
                if matches!(event, Some(Ok(Event::SharedAreaChanged { package, .. })) if package == parcel.id)
                {
                    return assert!(since.elapsed() < Duration::from_secs(1), "{what}");
                }
            }
        };
        let _ = office.seats[0].share(&parcel, handover, None).await.unwrap();
        hears("parked").await;
        let content = office.seats[1].take(parcel.id, handover, claim).await.unwrap();
        hears("taken over").await;
        let (back, today) = (Uuid::new_v4(), LATE.parse::<DateTime<Utc>>().unwrap().date_naive());
        let here = taken(&content, claim);
        let _ = office.seats[1].share(&here, back, Some(today)).await.unwrap();
        hears("parked again").await;
        office.house.advance(60).await;
        hears("expired").await;
    });
}
