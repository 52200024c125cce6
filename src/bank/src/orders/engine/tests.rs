use chrono::{DateTime, TimeDelta, Utc};
use domain::routing::Route;
use domain::{Beneficiary, OrderType, PackageId, Timing, Transfer, Urgency};
use proptest::prelude::*;
use protocol::{ItemState, ReceivedState, RejectReason, TransactionKind};

use super::*;
use crate::accounts::{history, proxies};
use crate::orders::payee::{ANSWERS_NEVER, IS_CLOSED, IS_UNKNOWN};
use crate::testing::World;

const OTP: &str = "117";

#[test]
fn a_covered_instant_order_is_blocked_then_booked_within_five_seconds() {
    let world = World::new("kh");
    world.fund(world.main(), 1_000_000);
    let id = world.send(vec![world.order(250_000, world.payee(OTP, ""))]);
    assert_eq!(world.state(id), ItemState::Received);
    world.pass(400);
    assert_eq!(world.state(id), ItemState::InExecution);
    assert_eq!((world.booked(world.main()), world.blocked(world.main())), (1_000_000, 250_000));
    world.pass(4_600);
    let status = world.status(id);
    assert_eq!(status.state, ReceivedState::Completed);
    assert_eq!(status.items[0].route, Some(Route::Instant));
    assert!(status.items[0].decided_at.unwrap() - status.received_at < TimeDelta::seconds(5));
    assert_eq!((world.booked(world.main()), world.blocked(world.main())), (750_000, 0));
    world.check_invariants();
}

#[test]
fn an_uncovered_instant_order_is_refused_at_once_and_can_be_sent_again() {
    let world = World::new("kh");
    let payee = world.payee(OTP, "");
    let id = world.send(vec![world.order(100_000, payee)]);
    world.pass(400);
    let status = world.status(id);
    assert_eq!(status.state, ReceivedState::Rejected);
    assert_eq!(status.items[0].reason, Some(RejectReason::NoCover));
    world.fund(world.main(), 100_000);
    let again = world.send(vec![world.order(100_000, payee)]);
    world.pass(6_000);
    assert_eq!(world.status(again).state, ReceivedState::Completed);
    assert_eq!(world.booked(world.main()), 0);
}

#[test]
fn a_silent_bank_is_given_up_after_twenty_seconds_and_the_money_is_free() {
    let world = World::new("kh");
    world.fund(world.main(), 100_000);
    let id = world.send(vec![world.order(100_000, world.payee(OTP, ANSWERS_NEVER))]);
    world.pass(19_500);
    assert_eq!(world.state(id), ItemState::InExecution);
    assert_eq!(world.blocked(world.main()), 100_000);
    world.pass(500);
    let status = world.status(id);
    assert_eq!(status.items[0].reason, Some(RejectReason::Timeout));
    assert_eq!(status.items[0].decided_at.unwrap() - status.received_at, TimeDelta::seconds(20));
    assert_eq!((world.booked(world.main()), world.blocked(world.main())), (100_000, 0));
}

#[test]
fn a_closed_and_an_unknown_account_refuse() {
    let world = World::new("kh");
    world.fund(world.main(), 100_000);
    for (mark, reason) in
        [(IS_CLOSED, RejectReason::AccountClosed), (IS_UNKNOWN, RejectReason::AccountUnknown)]
    {
        let id = world.send(vec![world.order(10_000, world.payee(OTP, mark))]);
        world.pass(6_000);
        assert_eq!(world.status(id).items[0].reason, Some(reason));
    }
    let id = world.send(vec![world.order(10_000, world.payee("104", ""))]);
    world.pass(6_000);
    assert_eq!(
        world.status(id).items[0].reason,
        Some(RejectReason::AccountUnknown),
        "own bank, no such account"
    );
    assert_eq!(world.booked(world.main()), 100_000);
}

#[test]
fn money_for_an_own_account_arrives_there() {
    let world = World::new("kh");
    world.fund(world.main(), 100_000);
    let wages = world.accounts[1].number;
    let id = world.send(vec![world.order(60_000, wages)]);
    world.pass(6_000);
    assert_eq!(world.status(id).state, ReceivedState::Completed);
    assert_eq!((world.booked(world.main()), world.booked(wages)), (40_000, 60_000));
    let page = world.bank.write(|db| {
        let user = "10000001".parse().unwrap();
        let access = crate::people::customers::permitted(db, &user, &world.customer)?;
        history::page(db, &user, &world.customer, &access.authority, None, 100)
    });
    let page = page.map_err(|_: crate::ground::error::Refusal| ()).unwrap();
    assert_eq!(page.transactions.len(), 3);
    assert_eq!(page.transactions[1].kind, TransactionKind::OwnTransfer);
    assert_eq!(page.transactions[2].account, wages);
}

#[test]
fn an_identifier_is_paid_by_its_account_and_only_while_it_exists() {
    let world = World::new("kh");
    world.fund(world.main(), 100_000);
    let id = domain::SecondaryId::Email("a@pelda.hu".parse().unwrap());
    let wages = world.accounts[1].number;
    world.read(|db| proxies::register(db, &id, wages));
    let paid = world.send(vec![world.to_identifier(1_000, id.clone())]);
    world.pass(6_000);
    assert_eq!(world.status(paid).state, ReceivedState::Completed);
    assert_eq!(world.booked(wages), 1_000);
    let late = world.send(vec![world.to_identifier(1_000, id)]);
    world.read(|db| Ok(db.execute("DELETE FROM secondary_id", [])?));
    world.pass(6_000);
    assert_eq!(world.status(late).items[0].reason, Some(RejectReason::SecondaryIdUnknown));
}

#[test]
fn two_kdb_packages_together_go_intraday_and_one_after_the_other_stay_instant() {
    let world = World::new("kdb");
    world.fund(world.main(), 1_000_000);
    let ticked = || {
        let mut order = world.order(10_000, world.payee(OTP, ""));
        order.timing = Timing::Instant;
        vec![order]
    };
    let (one, two) = (world.send(ticked()), world.send(ticked()));
    world.pass(1_500);
    for id in [one, two] {
        let item = &world.status(id).items[0];
        assert_eq!((item.route, item.state), (Some(Route::Intraday), ItemState::Waiting));
    }
    let three = world.send(ticked());
    world.pass(1_500);
    let four = world.send(ticked());
    world.pass(6_000);
    for id in [three, four] {
        assert_eq!(world.status(id).items[0].route, Some(Route::Instant));
        assert_eq!(world.status(id).state, ReceivedState::Completed);
    }
    world.pass_until("2026-11-23T09:30:00Z");
    assert_eq!(world.status(one).state, ReceivedState::Completed, "the 10:30 cycle");
    world.check_invariants();
}

#[test]
fn a_ticked_batch_is_paced_one_a_second_for_each_bank() {
    let world = World::new("kh");
    world.fund(world.main(), 1_000_000);
    let order = |bank: &str| {
        let mut order = world.order(1_000, world.payee(bank, ""));
        order.timing = Timing::Instant;
        order
    };
    let id = world.send(vec![order(OTP), order(OTP), order("120"), order(OTP)]);
    world.pass(500);
    let status = world.status(id);
    assert!(status.items.iter().all(|item| item.route == Some(Route::InstantPaced)));
    let started: Vec<bool> = status.items.iter().map(|i| i.state == ItemState::InExecution).collect();
    assert_eq!(started, [true, false, true, false]);
    world.pass(500);
    assert_eq!(world.status(id).items[1].state, ItemState::InExecution);
    assert_eq!(world.status(id).items[3].state, ItemState::Waiting);
    world.pass(10_000);
    assert_eq!(world.status(id).state, ReceivedState::Completed);
}

fn unticked_pair(world: &World, forints: i64) -> PackageId {
    let order = || world.order(forints, world.payee(OTP, ""));
    world.send(vec![order(), order()])
}

#[test]
fn an_uncovered_intraday_order_waits_for_money_until_the_cut_off() {
    let world = World::new("kh");
    let (funded, poor) = (unticked_pair(&world, 10_000), unticked_pair(&world, 700_000));
    world.pass_until("2026-11-23T09:31:00Z");
    assert_eq!(world.state(funded), ItemState::Queued);
    assert_eq!(world.status(funded).items[0].due.unwrap().to_rfc3339(), "2026-11-23T10:30:00+00:00");
    world.fund(world.main(), 20_000);
    world.pass_until("2026-11-23T10:31:00Z");
    assert_eq!(world.status(funded).state, ReceivedState::Completed);
    assert_eq!(world.state(poor), ItemState::Queued);
    world.pass_until("2026-11-23T15:29:59Z");
    assert_eq!(world.state(poor), ItemState::Queued);
    world.pass_until("2026-11-23T15:30:00Z");
    let status = world.status(poor);
    assert_eq!(status.state, ReceivedState::Rejected);
    assert!(status.items.iter().all(|item| item.reason == Some(RejectReason::NoCover)));
    world.check_invariants();
}

#[test]
fn an_instant_order_takes_the_cover_before_one_that_waits() {
    let world = World::new("kh");
    world.fund(world.main(), 100_000);
    let waiting = unticked_pair(&world, 50_000);
    world.pass(1_500);
    let instant = world.send(vec![world.order(80_000, world.payee(OTP, ""))]);
    world.pass_until("2026-11-23T09:31:00Z");
    assert_eq!(world.status(instant).state, ReceivedState::Completed);
    assert_eq!(world.state(waiting), ItemState::Queued);
}

#[test]
fn a_dated_order_waits_for_its_day_and_a_long_sleep_changes_nothing() {
    let world = World::new("kh");
    world.fund(world.main(), 100_000);
    let mut order = world.order(30_000, world.payee(OTP, ""));
    order.timing = Timing::On { date: "2026-11-25".parse().unwrap() };
    let id = world.send(vec![order]);
    world.pass_until("2026-11-25T06:29:00Z");
    assert_eq!(world.state(id), ItemState::Waiting);
    world.pass_until("2026-12-10T12:00:00Z");
    let item = &world.status(id).items[0];
    assert_eq!(item.state, ItemState::Executed);
    assert_eq!(
        item.decided_at.unwrap().to_rfc3339(),
        "2026-11-25T06:30:00+00:00",
        "the 7:30 cycle of its day"
    );
}

#[test]
fn orders_of_the_turn_of_the_year_rest_on_new_years_day_and_go_on_in_january() {
    let world = World::at("kh", "2026-12-30T09:05:00Z");
    world.fund(world.main(), 100_000);
    let mut dated = world.order(1_000, world.payee(OTP, ""));
    dated.timing = Timing::On { date: "2027-01-05".parse().unwrap() };
    let dated = world.send(vec![dated]);
    world.pass_until("2026-12-31T16:00:00Z");
    let late = unticked_pair(&world, 1_000);
    world.pass(1_500);
    assert_eq!(
        world.status(late).items[0].due.unwrap().to_rfc3339(),
        "2027-01-04T06:30:00+00:00",
        "after the cut-off of the last day; New Year is a Friday"
    );
    world.pass_until("2027-01-01T10:00:00Z");
    let instant = world.send(vec![world.order(1_000, world.payee(OTP, ""))]);
    world.pass(20_000);
    let pair = unticked_pair(&world, 1_000);
    assert_eq!(world.state(instant), ItemState::Executed, "instant payments know no holiday");
    world.pass_until("2027-01-04T06:29:00Z");
    assert_eq!((world.state(late), world.state(pair)), (ItemState::Waiting, ItemState::Waiting));
    world.pass_until("2027-01-04T06:31:00Z");
    assert_eq!((world.state(late), world.state(pair)), (ItemState::Executed, ItemState::Executed));
    assert_eq!(world.state(dated), ItemState::Waiting);
    world.pass_until("2027-01-05T06:31:00Z");
    assert_eq!(world.state(dated), ItemState::Executed);
    world.check_invariants();
}

#[test]
fn an_order_whose_day_became_a_day_of_rest_goes_on_on_the_next_day_of_work() {
    let world = World::at("kh", "2026-12-30T09:05:00Z");
    let mut order = world.order(30_000, world.payee(OTP, ""));
    order.timing = Timing::On { date: "2027-01-05".parse().unwrap() };
    let id = world.send(vec![order]);
    world.pass(1_500);
    // Routed for a day that was one of work then.
    let new_year = "2027-01-01T06:30:00Z".parse::<DateTime<Utc>>().unwrap().timestamp_millis();
    world.read(|db| Ok(db.execute("UPDATE item SET due = ?1, give_up = ?1 + 3600000", [new_year])?));
    world.pass_until("2027-01-01T06:31:00Z");
    let item = world.status(id).items[0].clone();
    assert_eq!(item.state, ItemState::Waiting);
    assert_eq!(item.due.unwrap().to_rfc3339(), "2027-01-04T06:30:00+00:00");
    world.pass_until("2027-01-04T06:31:00Z");
    assert_eq!(world.state(id), ItemState::Queued, "it waits for money as on every day");
    world.fund(world.main(), 30_000);
    world.pass_until("2027-01-04T08:00:00Z");
    assert_eq!(world.state(id), ItemState::Executed);
    world.check_invariants();
}

#[test]
fn viber_opens_with_its_window() {
    let world = World::at("kh", "2026-11-21T12:00:00Z");
    world.fund(world.main(), 100_000_000);
    let mut order = world.order(30_000_000, world.payee(OTP, ""));
    order.urgency = domain::Urgency::Viber;
    let id = world.send(vec![order]);
    world.pass(60_000);
    let item = &world.status(id).items[0];
    assert_eq!((item.state, item.route), (ItemState::Waiting, Some(Route::Viber)), "a Saturday");
    world.pass_until("2026-11-23T06:00:00Z");
    assert_eq!(world.status(id).state, ReceivedState::Completed);
}

#[test]
fn a_large_batch_is_cleared_in_one_cycle() {
    let world = World::new("kh");
    world.fund(world.main(), 2_000);
    let payee = world.payee(OTP, "");
    let id = world.send((0..2_000).map(|_| world.order(1, payee)).collect());
    world.pass_until("2026-11-23T09:30:00Z");
    let status = world.status(id);
    assert_eq!((status.state, status.decided()), (ReceivedState::Completed, (2_000, 0)));
    assert_eq!(world.booked(world.main()), 0);
    world.check_invariants();
}

#[derive(Clone, Debug)]
enum Act {
    Fund(i64),
    Send { amounts: Vec<i64>, ticked: bool, payee: u8, again: bool },
    Pass(i64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (1i64..300_000).prop_map(Act::Fund),
        (prop::collection::vec(1i64..400_000, 1..4), any::<bool>(), 0u8..6, any::<bool>())
            .prop_map(|(amounts, ticked, payee, again)| Act::Send { amounts, ticked, payee, again }),
        (1i64..30_000).prop_map(Act::Pass),
        (60_000i64..10_000_000).prop_map(Act::Pass),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_happens_the_ledger_adds_up_and_nothing_is_executed_twice(
        acts in prop::collection::vec(act(), 1..25), kdb: bool,
    ) {
        let world = World::new(if kdb { "kdb" } else { "kh" });
        let own = if kdb { "135" } else { "104" };
        let mut sent = Vec::new();
        for act in acts {
            match act {
                Act::Fund(forints) => world.fund(world.main(), forints),
                Act::Pass(millis) => world.pass(millis),
                Act::Send { amounts, ticked, payee, again } => {
                    let payee = match payee {
                        0 => world.payee(OTP, IS_CLOSED),
                        1 => world.payee("120", ANSWERS_NEVER),
                        2 => world.payee(own, ""),
                        3 => world.accounts[1].number,
                        _ => world.payee(OTP, ""),
                    };
                    let orders = amounts.iter().map(|forints| {
                        let mut order = world.order(*forints, payee);
                        order.timing = if ticked { Timing::Instant } else { Timing::Soon };
                        order
                    });
                    let content = world.content(orders.collect());
                    let package = world.signed(&content, &[crate::testing::SIGNER_A]);
                    let receipt = world.submit_as(content.header.id, &package).unwrap();
                    if again {
                        prop_assert_eq!(world.submit_as(content.header.id, &package).unwrap(), receipt);
                    }
                    sent.push(content.header.id);
                }
            }
            world.check_invariants();
        }
        world.pass(14 * 24 * 3600 * 1000);
        world.check_invariants();
        for id in sent {
            prop_assert!(world.status(id).items.iter().all(|item| item.state.is_final() && item.due.is_none()));
        }
    }
}

#[test]
fn while_instant_payments_are_down_single_ones_are_refused_and_batches_wait() {
    let world = World::new("kh");
    world.fund(world.main(), 1_000_000);
    world.read(|db| set_outage(db, true));
    let instant = |timing| Transfer { timing, ..world.order(1_000, world.payee("117", "0001")) };
    let single = world.send(vec![instant(Timing::Instant)]);
    world.pass(30_000);
    let status = world.status(single);
    assert_eq!(status.items[0].reason, Some(RejectReason::InstantOutage));
    let batch = world.send(vec![instant(Timing::Instant), instant(Timing::Instant)]);
    world.pass(30_000);
    assert!(world.status(batch).items.iter().all(|item| item.state == ItemState::Waiting));
    assert_eq!(world.blocked(world.main()), 0);
    world.read(|db| set_outage(db, false));
    world.pass(600_000);
    assert!(world.status(batch).items.iter().all(|item| item.state == ItemState::Executed));
    // An outage that outlasts the batch's hours ends it.
    world.read(|db| set_outage(db, true));
    let late = world.send(vec![instant(Timing::Instant), instant(Timing::Instant)]);
    world.pass(5 * 3_600_000);
    assert!(world.status(late).items.iter().all(|item| item.reason == Some(RejectReason::InstantOutage)));
    world.check_invariants();
}

#[test]
fn money_moves_between_two_accounts_of_the_customer_in_one_booking() {
    let world = World::new("kh");
    let (from, to) = (world.main(), world.accounts[1].number);
    world.fund(from, 10_000);
    let order = Transfer { beneficiary: Beneficiary::OwnAccount { number: to }, ..world.order(4_000, to) };
    let id = world.send_as(OrderType::Hve, vec![order]);
    world.pass(60_000);
    assert_eq!(world.state(id), ItemState::Executed);
    assert_eq!((world.booked(from), world.booked(to)), (6_000, 4_000));
    let kinds = world.read(|db| {
        let mut query = db.prepare("SELECT kind FROM booking WHERE package = ?1")?;
        let kinds = query.query_map([id.to_string()], |row| row.get::<_, String>(0))?;
        Ok(kinds.collect::<rusqlite::Result<Vec<_>>>()?)
    });
    assert_eq!(kinds, [TransactionKind::OwnTransfer.name()]);
    world.check_invariants();
}

#[test]
fn nothing_is_moved_to_an_account_that_has_got_another_holder_meanwhile() {
    let world = World::new("kh");
    let (from, to) = (world.main(), world.accounts[1].number);
    world.fund(from, 10_000);
    let order = Transfer {
        beneficiary: Beneficiary::OwnAccount { number: to },
        timing: Timing::On { date: "2026-11-24".parse().unwrap() },
        ..world.order(4_000, to)
    };
    let id = world.send_as(OrderType::Hve, vec![order]);
    world.read(|db| {
        let sold = "UPDATE account SET customer = NULL WHERE key = ?1";
        Ok(db.execute(sold, [to.digits24()])?)
    });
    world.pass_until("2026-11-24T20:00:00Z");
    assert_eq!(world.status(id).items[0].reason, Some(RejectReason::AccountUnknown));
    assert_eq!((world.booked(from), world.booked(to)), (10_000, 0));
    world.check_invariants();
}

#[test]
fn a_viber_order_above_the_limit_of_instant_payments_goes_by_viber() {
    let world = World::new("kdb");
    world.fund(world.main(), 50_000_000);
    let order = Transfer { urgency: Urgency::Viber, ..world.order(25_000_000, world.payee("117", "0001")) };
    let id = world.send_as(OrderType::Vib, vec![order]);
    world.pass(60_000);
    let status = world.status(id);
    assert_eq!(status.items[0].route, Some(Route::Viber));
    assert_eq!(status.items[0].state, ItemState::Executed);
    world.check_invariants();
}
