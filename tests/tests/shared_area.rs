//! The shared area between two installed clients of one company over the real bank: both directions, races, lost
//! answers, a bank that is killed, expiry.

use std::time::{Duration, Instant};

use client::{
    Action, Change, Client, ClientError, Handed, Options, PackageFilter, Pin, SharedNewsKind, Taken,
    TokenConfig, WhereItIs,
};
use client::{Channel, SharedState};
use domain::{Explain, PackageId, PackageState, key};
use harness::command_line::{Cli, code};
use harness::house::{House, PIN, draft, reaches, record, sign, text};
use harness::story::{FINAL, run};

/// A sum that two must sign.
const LARGE: i64 = 12_000_000;

/// Two seats of the company: two stores, two tokens.
async fn seats(house: &House) -> (Client, Client) {
    (house.logged_in("anna", "Kovács").await, house.logged_in("peter", "Nagy").await)
}

async fn state(client: &Client, id: PackageId) -> PackageState {
    client.package(id).await.unwrap().state
}

async fn share(client: &Client, id: PackageId) {
    let handed = client.share_package(id, None).await.unwrap();
    assert!(matches!(handed, Handed::Done(shared) if shared.state == SharedState::Waiting));
}

/// Takes over what waits of that package.
async fn take(client: &Client, id: PackageId) -> Result<Handed<Taken>, ClientError> {
    client.sync_shared().await.unwrap();
    let lines = client.shared_area().await.unwrap();
    let line = lines.into_iter().find(|line| line.shared.package == id).expect("it is in the list");
    client.take_over(line.shared.handover).await
}

async fn taken(client: &Client, id: PackageId) -> Taken {
    match take(client, id).await.unwrap() {
        Handed::Done(taken) => taken,
        Handed::Awaited => panic!("the answer was lost"),
    }
}

/// Waits until the client has announced such a change; gives how long that is after `start`.
async fn hears(
    changes: &mut tokio::sync::broadcast::Receiver<Change>,
    start: Instant,
    wanted: impl Fn(&Change) -> bool,
) -> Duration {
    let heard = async { while !wanted(&changes.recv().await.expect("the client lives")) {} };
    tokio::time::timeout(Duration::from_secs(5), heard).await.expect("heard of it");
    start.elapsed()
}

#[test]
fn a_signed_package_goes_to_the_other_seat_is_signed_and_sent_there_and_its_fate_is_told_here() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        let id = record(&anna, draft(house.account(0), LARGE)).await;
        assert_eq!(sign(&anna, id).await, PackageState::PartlySigned);
        let before = anna.package(id).await.unwrap();
        assert!(before.actions.contains(&Action::Share));

        let (mut news, start) = (peter.changes(), Instant::now());
        share(&anna, id).await;
        let is_it = |change: &Change| {
            matches!(change, Change::Shared(news) if news.package == id
                && matches!(&news.kind, SharedNewsKind::Waiting { by } if by.starts_with("Kovács")))
        };
        let seen = hears(&mut news, start, is_it).await;
        println!("the other seat heard of the package after {seen:?}");
        assert!(seen < Duration::from_secs(1), "{seen:?}");

        let locked = anna.package(id).await.unwrap();
        assert_eq!(
            (locked.state, locked.actions),
            (PackageState::InSharedArea, vec![Action::WithdrawShared])
        );
        assert!(matches!(locked.where_it_is, Some(WhereItIs::Waiting { mine: true, .. })));
        assert!(matches!(anna.sign(id, [0; 32], Pin::new(PIN), false).await, Err(ClientError::Package(_))));

        let line = peter.shared_area().await.unwrap().remove(0);
        assert!(line.can_take && !line.can_withdraw && !line.copy_here && !line.ours);
        assert_eq!((line.shared.signers.len(), line.need), (1, 2));
        let look = peter.look_at_shared(id).await.unwrap();
        assert_eq!((look.orders.len(), look.signers.len(), look.invalid), (1, 1, 0));

        let (mut news, start) = (anna.changes(), Instant::now());
        let took = taken(&peter, id).await;
        assert_eq!((took.state, took.signers.len(), took.dropped), (PackageState::PartlySigned, 1, 0));
        let told = hears(&mut news, start, |change| matches!(change, Change::Shared(n)
            if matches!(&n.kind, SharedNewsKind::TakenOver { by, channel: Channel::Client } if by.starts_with("Nagy"))))
        .await;
        println!("the first seat heard who took it over after {told:?}");
        assert!(told < Duration::from_secs(1), "{told:?}");
        let closed = anna.package(id).await.unwrap();
        assert_eq!((closed.state, closed.actions), (PackageState::TakenOver, vec![]));
        assert!(
            matches!(closed.where_it_is, Some(WhereItIs::TakenOver { by }) if by.user.name.starts_with("Nagy"))
        );
        let prepared =
            anna.packages(PackageFilter::Prepared, String::new(), client::Page::ALL).await.unwrap();
        assert!(prepared.iter().any(|line| line.header.id == id), "the closed copy is still seen");

        let here = peter.package(id).await.unwrap();
        assert_eq!(here.orders.len(), 1);
        assert_eq!(here.orders[0].order, before.orders[0].order, "to the last field");
        assert!(here.taken_from.is_some_and(|from| from.starts_with("Kovács")));
        assert_eq!(sign(&peter, id).await, PackageState::Signed);
        let _ = peter.send_one(id).await.unwrap();
        assert_eq!(reaches(&peter, id, &FINAL).await, PackageState::Completed);
        assert_eq!(reaches(&anna, id, &FINAL).await, PackageState::Completed);
        assert_eq!(house.inspect(id).await["executed"], 1, "{}", house.inspect(id).await);
        let story: Vec<String> =
            anna.sent_package(id).await.unwrap().timeline.into_iter().map(|entry| entry.code).collect();
        assert!(story.contains(&"timeline-taken-over-elsewhere".to_owned()), "{story:?}");
        assert!(story.contains(&"timeline-received".to_owned()), "{story:?}");
        for client in [&anna, &peter] {
            let _ = client.check_audit().await.unwrap();
        }
    });
}

#[test]
fn an_unsigned_package_comes_back_changed_and_the_first_seat_gets_the_new_content() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        let id = record(&anna, draft(house.account(0), 1000)).await;
        share(&anna, id).await;
        assert_eq!(taken(&peter, id).await.state, PackageState::Recorded);
        peter.rename_package(id, "Átnevezve".to_owned()).await.unwrap();
        let order = peter.package(id).await.unwrap().orders[0].order.id();
        let changed = draft(house.account(0), 2000).with(key::NARRATIVE, "javítva");
        let _ = peter.save_order(changed, client::PackageChoice::Into(id), Some(order)).await.unwrap();
        share(&peter, id).await;
        anna.sync_shared().await.unwrap();
        let closed = anna.package(id).await.unwrap();
        assert!(
            matches!(closed.where_it_is, Some(WhereItIs::SharedAgain { .. })),
            "{:?}",
            closed.where_it_is
        );

        let took = taken(&anna, id).await;
        assert_eq!((took.state, took.name.as_str()), (PackageState::Recorded, "Átnevezve"));
        let here = anna.package(id).await.unwrap();
        assert_eq!((here.orders.len(), here.orders[0].order.face().text.as_str()), (1, "javítva"));
        peter.sync_shared().await.unwrap();
        assert_eq!(state(&peter, id).await, PackageState::TakenOver);
        assert_eq!(sign(&anna, id).await, PackageState::Signed);
        let _ = anna.send_one(id).await.unwrap();
        assert_eq!(reaches(&anna, id, &FINAL).await, PackageState::Completed);
        assert_eq!(reaches(&peter, id, &FINAL).await, PackageState::Completed, "the same bytes are there");
    });
}

#[test]
fn what_the_taker_changed_before_sending_is_never_shown_as_executed_here() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        let id = record(&anna, draft(house.account(0), 1000)).await;
        assert_eq!(sign(&anna, id).await, PackageState::Signed);
        share(&anna, id).await;
        assert_eq!(taken(&peter, id).await.state, PackageState::Signed);
        assert!(peter.rename_package(id, "más".to_owned()).await.is_err(), "signed content is closed");
        peter.withdraw_package(id).await.unwrap();
        assert!(
            peter.package(id).await.unwrap().signatures.is_empty(),
            "the first change drops the signatures"
        );
        peter.rename_package(id, "Másik név".to_owned()).await.unwrap();
        assert_eq!(sign(&peter, id).await, PackageState::Signed);
        let _ = peter.send_one(id).await.unwrap();
        assert_eq!(reaches(&peter, id, &FINAL).await, PackageState::Completed);
        for _ in 0..40 {
            anna.sync().await.unwrap();
            let place = anna.package(id).await.unwrap().where_it_is;
            if matches!(place, Some(WhereItIs::SentChanged { decided: Some((1, 0)), .. })) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        let closed = anna.package(id).await.unwrap();
        assert_eq!(closed.state, PackageState::TakenOver);
        let Some(WhereItIs::SentChanged { by: Some(by), decided: Some(decided), .. }) = closed.where_it_is
        else {
            panic!("{:?}", closed.where_it_is);
        };
        assert!(by.user.name.starts_with("Nagy"));
        assert_eq!(decided, (1, 0));
        let sent = anna.sent(String::new(), client::Page::ALL).await.unwrap();
        assert!(sent.iter().all(|package| package.line.header.id != id));
    });
}

#[test]
fn a_withdrawn_or_expired_package_is_open_again_with_its_signatures() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        let first = record(&anna, draft(house.account(0), 1000)).await;
        let second = record(&anna, draft(house.account(0), 2000)).await;
        let _ = (sign(&anna, first).await, sign(&anna, second).await);
        share(&anna, first).await;
        peter.sync_shared().await.unwrap();
        let refused = peter.withdraw_shared(first).await.unwrap_err();
        assert_eq!(refused.code(), "shared-not-yours");
        assert!(matches!(anna.withdraw_shared(first).await, Ok(Handed::Done(_))));
        let back = anna.package(first).await.unwrap();
        assert_eq!((back.state, back.signatures.len()), (PackageState::Signed, 1));
        let late = take(&peter, first).await.unwrap_err();
        assert_eq!(late.code(), "shared-withdrawn");
        let _ = anna.send_one(first).await.unwrap();
        assert_eq!(reaches(&anna, first, &FINAL).await, PackageState::Completed);

        let today = anna.now().date_naive();
        let past = anna.share_package(second, Some(today - chrono::Days::new(2))).await.unwrap_err();
        assert_eq!(past.code(), "shared-expiry-invalid");
        assert_eq!(anna.package(second).await.unwrap().signatures.len(), 1, "refused, and as it was");
        let _ = anna.share_package(second, Some(today + chrono::Days::new(1))).await.unwrap();
        house.advance(3 * 24 * 3600).await;
        let again = house.logged_in("anna2", "Kovács").await;
        assert_eq!(take(&again, second).await.unwrap_err().code(), "shared-expired");
        let _ = anna.log_in(Pin::new(PIN), false).await.unwrap();
        anna.sync().await.unwrap();
        let back = anna.package(second).await.unwrap();
        assert_eq!((back.state, back.signatures.len()), (PackageState::Signed, 1));
    });
}

#[test]
fn of_two_takers_one_wins_and_the_other_is_told_who() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        let third = house.logged_in("anna-home", "Kovács").await;
        let id = record(&anna, draft(house.account(0), 1000)).await;
        share(&anna, id).await;
        let (one, other) = tokio::join!(take(&peter, id), take(&third, id));
        let (winner, loser) = match (one, other) {
            (Ok(Handed::Done(_)), Err(error)) => ("Nagy", error),
            (Err(error), Ok(Handed::Done(_))) => ("Kovács", error),
            other => panic!("{other:?}"),
        };
        let ClientError::SharedTakenBy { user, channel, .. } = &loser else { panic!("{loser:?}") };
        assert!(user.starts_with(winner), "{user}");
        assert_eq!(*channel, Channel::Client);
        assert!(client::texts::explain(&loser).contains(user.as_str()));
        anna.sync_shared().await.unwrap();
        assert_eq!(state(&anna, id).await, PackageState::TakenOver);
        let held = anna.withdraw_shared(id).await.unwrap_err();
        assert!(matches!(held, ClientError::SharedTakenBy { .. }), "{held:?}");
    });
}

/// A client of the same folder, as after the program was closed and started again.
async fn reopened(house: &House, folder: &str, user: &str, old: Client) -> Client {
    old.log_out().await;
    drop(old);
    for _ in 0..50 {
        let token = TokenConfig::Software(house.key_file(user));
        if let Ok(client) = Client::open(Options { data: house.client_folder(folder), token }) {
            return client;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the store stays locked");
}

#[test]
fn a_lost_answer_at_any_step_loses_nothing_and_does_nothing_twice() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        for kind in ["cut_connection", "drop_after_commit"] {
            let id = record(&anna, draft(house.account(0), LARGE)).await;
            let _ = sign(&anna, id).await;
            house.fault(kind, "PUT", "/shared/").await;
            assert_eq!(anna.share_package(id, None).await.unwrap(), Handed::Awaited, "{kind}");
            assert_eq!(state(&anna, id).await, PackageState::InSharedArea, "locked, whatever the bank knows");
            anna.sync().await.unwrap();
            assert!(matches!(anna.package(id).await.unwrap().where_it_is, Some(WhereItIs::Waiting { .. })));

            house.fault(kind, "POST", "/withdraw").await;
            assert_eq!(anna.withdraw_shared(id).await.unwrap(), Handed::Awaited, "{kind}");
            anna.sync().await.unwrap();
            let back = anna.package(id).await.unwrap();
            assert_eq!((back.state, back.signatures.len()), (PackageState::PartlySigned, 1), "{kind}");

            share(&anna, id).await;
            peter.sync_shared().await.unwrap();
            house.fault(kind, "POST", "/take").await;
            assert_eq!(take(&peter, id).await.unwrap(), Handed::Awaited, "{kind}");
            peter.sync().await.unwrap();
            let here = peter.package(id).await.unwrap();
            assert_eq!((here.state, here.signatures.len()), (PackageState::PartlySigned, 1), "{kind}");
            anna.sync().await.unwrap();
            assert_eq!(state(&anna, id).await, PackageState::TakenOver);
            assert_eq!(sign(&peter, id).await, PackageState::Signed);
            let _ = peter.send_one(id).await.unwrap();
            assert_eq!(reaches(&anna, id, &FINAL).await, PackageState::Completed);
        }
    });
}

#[test]
fn the_bank_and_both_programs_may_end_between_any_two_steps() {
    run(async {
        let mut house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        let id = record(&anna, draft(house.account(0), LARGE)).await;
        let _ = sign(&anna, id).await;
        house.kill();
        assert_eq!(anna.share_package(id, None).await.unwrap(), Handed::Awaited, "nobody answers");
        let anna = reopened(&house, "anna", "Kovács", anna).await;
        assert_eq!(
            anna.package(id).await.unwrap().where_it_is,
            Some(WhereItIs::Parking),
            "after a restart too"
        );
        house.run().await;
        let _ = anna.log_in(Pin::new(PIN), false).await.unwrap();
        anna.sync().await.unwrap();
        assert!(matches!(anna.package(id).await.unwrap().where_it_is, Some(WhereItIs::Waiting { .. })));

        house.kill();
        house.run().await;
        let _ = peter.log_in(Pin::new(PIN), false).await.unwrap();
        peter.sync().await.unwrap();
        let handover = peter.shared_area().await.unwrap().remove(0).shared.handover;
        house.fault("drop_after_commit", "POST", "/take").await;
        assert_eq!(peter.take_over(handover).await.unwrap(), Handed::Awaited);
        house.kill();
        let peter = reopened(&house, "peter", "Nagy", peter).await;
        house.run().await;
        let _ = peter.log_in(Pin::new(PIN), false).await.unwrap();
        peter.sync().await.unwrap();
        let here = peter.package(id).await.unwrap();
        assert_eq!((here.state, here.signatures.len()), (PackageState::PartlySigned, 1));
        let _ = anna.log_in(Pin::new(PIN), false).await.unwrap();
        anna.sync().await.unwrap();
        assert_eq!(state(&anna, id).await, PackageState::TakenOver);
        assert_eq!(sign(&peter, id).await, PackageState::Signed);
        let _ = peter.send_one(id).await.unwrap();
        assert_eq!(reaches(&anna, id, &FINAL).await, PackageState::Completed);
        assert!(house.ledger_is_balanced().await);
    });
}

#[test]
fn a_copy_of_the_loser_can_neither_be_sent_nor_parked() {
    run(async {
        let house = House::start("kh").await;
        let (anna, peter) = seats(&house).await;
        let id = record(&anna, draft(house.account(0), 1000)).await;
        let _ = sign(&anna, id).await;
        share(&anna, id).await;
        let _ = taken(&peter, id).await;
        anna.sync().await.unwrap();
        assert!(matches!(
            anna.send_one(id).await,
            Err(ClientError::Package(_) | ClientError::SignaturesMissing(_))
        ));
        assert!(matches!(anna.share_package(id, None).await, Err(ClientError::Package(_))));
        assert!(matches!(anna.delete_package(id).await, Err(ClientError::Package(_))));
    });
}

#[test]
fn scripts_hand_packages_over_too() {
    run(async {
        let house = House::start("kh").await;
        let anna = Cli { house: &house, data: house.client_folder("cli-anna"), user: "Kovács" };
        let peter = Cli { house: &house, data: house.client_folder("cli-peter"), user: "Nagy" };
        for cli in [&anna, &peter] {
            let _ = cli.json(&["connect", text(&house.connection_file())]);
        }
        let to = harness::house::payee().to_string();
        let order = anna.json(&["order", "--to", &to, "--name", "Őrségi Kft.", "--amount", "1000"]);
        let id = order["package"].as_str().unwrap();
        let put = anna.json(&["shared", "put", id]);
        assert_eq!(put[0]["shared"]["state"], "waiting");
        let list = peter.json(&["shared", "list"]);
        assert_eq!((&list[0]["can_take"], &list[0]["shared"]["package"]), (&true.into(), &id.into()));
        assert_eq!(peter.json(&["shared", "show", id])["orders"].as_array().unwrap().len(), 1);
        assert_eq!(code(&peter.run(&["shared", "withdraw", id])), 6, "not one's own");
        assert_eq!(peter.json(&["shared", "take", id])[0]["state"], "recorded");
        assert_eq!(code(&anna.run(&["shared", "withdraw", id])), 6, "taken over");
        assert_eq!(code(&anna.run(&["shared", "put", id])), 3, "closed here");
        let _ = peter.json(&["sign", id]);
        assert_eq!(peter.json(&["send", id, "--wait", "30"])[0]["state"], "completed");
        assert_eq!(anna.json(&["status", id])[0]["state"], "completed");
    });
}
