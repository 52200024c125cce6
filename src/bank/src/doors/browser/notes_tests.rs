use chrono::Days;
use domain::Timing;

use super::*;
use crate::ground::time::local;
use crate::people::customers;
use crate::testing::World;

fn notes(world: &World, orders: Vec<domain::Transfer>) -> Notes {
    let content = world.content(orders);
    let today = local(world.bank.clock.now()).date();
    world.read(|db| {
        let access = customers::find(db, &world.customer)?.unwrap();
        Notes::of(db, &access, &content, today)
    })
}

#[test]
fn an_account_that_does_not_cover_the_package_is_named_with_what_is_missing() {
    let world = World::new("kh");
    world.fund(world.main(), 100_000);
    let payee = world.payee("117", "");
    assert!(notes(&world, vec![world.order(100_000, payee)]).shortages.is_empty());
    let [short] = notes(&world, vec![world.order(60_000, payee), world.order(50_000, payee)])
        .shortages
        .try_into()
        .unwrap();
    assert_eq!((short.code(), short.missing), ("cover-short", Money::huf(10_000)));
    // What the bank has been told already counts, from its day on.
    let later = local(world.bank.clock.now()).date() + Days::new(2);
    world.send(vec![domain::Transfer { timing: Timing::On { date: later }, ..world.order(30_000, payee) }]);
    world.pass(60_000);
    assert!(notes(&world, vec![world.order(100_000, payee)]).shortages.is_empty(), "before that day");
    let after = domain::Transfer { timing: Timing::On { date: later }, ..world.order(100_000, payee) };
    let [short] = notes(&world, vec![after]).shortages.try_into().unwrap();
    assert_eq!((short.code(), short.day, short.missing), ("cover-short-reserved", later, Money::huf(30_000)));
}

#[test]
fn who_gets_money_for_the_first_time_is_named_once() {
    let world = World::new("kh");
    world.fund(world.main(), 1_000_000);
    let (known, new) = (world.payee("117", "2000"), world.payee("117", "3000"));
    world.send(vec![world.order(1_000, known)]);
    world.pass(60_000);
    let orders = vec![world.order(1, known), world.order(2, new), world.order(3, new)];
    let first = notes(&world, orders).first;
    let targets: Vec<&str> = first.iter().map(|(_, target, _)| target.as_str()).collect();
    assert_eq!(targets, [new.to_string()]);
}
