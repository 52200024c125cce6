use chrono::{DateTime, Utc};
use domain::{PackageId, UserId};
use protocol::{
    Channel, Event, Hand, Problem, ProblemCode, SharePackage, SharedContent, SharedPackage, SharedState,
    SubmitPackage, TakePackage, WithdrawPackage,
};
use rusqlite::Connection;
use uuid::Uuid;

use super::{Asker, Parking, content, list, log, put, take, withdraw};
use crate::ground::changes;
use crate::ground::error::Refusal;
use crate::orders::context::Context;
use crate::people::customers;
use crate::testing::{CLERK, SIGNER_A, SIGNER_B, World};

/// Runs work for a user of the demo company, through a door.
pub(crate) fn ask<T>(
    world: &World,
    user: &str,
    channel: Channel,
    work: impl FnOnce(&Connection, &Context<'_>, &Asker<'_>) -> Result<T, Refusal>,
) -> Result<T, Box<Problem>> {
    let user: UserId = user.parse().unwrap();
    let now = world.bank.clock.now();
    let result = world.bank.write(|db| {
        let access = customers::permitted(db, &user, &world.customer)?;
        let context = Context { rules: &world.bank.rules, now };
        work(db, &context, &Asker { access: &access, user: &user, channel, device: None, now })
    });
    result.map_err(|refusal| match refusal {
        Refusal::Problem(problem) => problem,
        Refusal::Failure(error) => panic!("{error}"),
    })
}

/// Parks a package, as a door does it.
pub(crate) fn park(
    world: &World,
    user: &str,
    channel: Channel,
    package: PackageId,
    wish: &SharePackage,
) -> Result<SharedPackage, Box<Problem>> {
    let parking = Parking::of(wish, &world.bank.trust().unwrap(), world.bank.clock.now());
    ask(world, user, channel, |db, context, asker| put(db, context, asker, package, &parking))
}

/// Changes the company's authority table.
pub(crate) fn rule(world: &World, change: impl FnOnce(&mut domain::AuthorityTable)) {
    world.read(|db| {
        let mut access = customers::find(db, &world.customer)?.unwrap();
        change(&mut access.authority);
        let table = serde_json::to_string(&access.authority).unwrap();
        Ok(db
            .execute("UPDATE customer SET authority = ?1 WHERE id = ?2", [&table, world.customer.as_str()])?)
    });
}

/// A package at hand, with what is needed to park it.
pub(crate) struct Parcel {
    pub id: PackageId,
    pub wish: SharePackage,
}

pub(crate) fn parcel(world: &World, signers: &[&str]) -> Parcel {
    let content = world.content(vec![world.order(1_000, world.payee("117", ""))]);
    let SubmitPackage { document, signatures, .. } = world.signed(&content, signers);
    let wish = SharePackage { handover: world.uuid(), claim: None, document, signatures, expires: None };
    Parcel { id: content.header.id, wish }
}

impl Parcel {
    pub(crate) fn put(&self, world: &World, user: &str) -> Result<SharedPackage, Box<Problem>> {
        park(world, user, Channel::Client, self.id, &self.wish)
    }

    pub(crate) fn take(&self, world: &World, user: &str, claim: Uuid) -> Result<SharedContent, Box<Problem>> {
        let wish = TakePackage { handover: self.wish.handover, claim };
        ask(world, user, Channel::Web, |db, _, asker| take(db, asker, self.id, &wish))
    }

    pub(crate) fn withdraw(&self, world: &World, user: &str) -> Result<SharedPackage, Box<Problem>> {
        let wish = WithdrawPackage { handover: self.wish.handover };
        ask(world, user, Channel::Client, |db, _, asker| withdraw(db, asker, self.id, &wish))
    }

    fn submission(&self, world: &World, claim: Option<Uuid>) -> SubmitPackage {
        let signatures = vec![world.sign(SIGNER_A, false, self.wish.document.as_slice())];
        SubmitPackage { attempt: world.uuid(), claim, document: self.wish.document.clone(), signatures }
    }

    /// The bank's word for sending it under a claim.
    fn send(&self, world: &World, claim: Option<Uuid>) -> Result<(), Box<Problem>> {
        match world.submit_as(self.id, &self.submission(world, claim)) {
            Ok(_) => Ok(()),
            Err(Refusal::Problem(problem)) => Err(problem),
            Err(Refusal::Failure(error)) => panic!("{error}"),
        }
    }

    /// The same package to be handed over anew.
    fn again(&self, world: &World, claim: Option<Uuid>) -> Self {
        Self { id: self.id, wish: SharePackage { handover: world.uuid(), claim, ..self.wish.clone() } }
    }
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, Box<Problem>>) -> ProblemCode {
    result.unwrap_err().code
}

pub(crate) fn states(world: &World, user: &str) -> Vec<SharedState> {
    let list = ask(world, user, Channel::Client, |db, _, asker| Ok(list(db, asker)?)).unwrap();
    list.packages.into_iter().map(|package| package.state).collect()
}

fn outcomes(world: &World, id: PackageId) -> Vec<String> {
    let mut lines = world.read(|db| log::of_package(db, id, 100));
    lines.reverse();
    lines.into_iter().map(|line| line.outcome).collect()
}

fn hand(user: &str, name: &str, channel: Channel, at: DateTime<Utc>) -> Hand {
    Hand { user: domain::User { id: user.parse().unwrap(), name: name.to_owned() }, channel, at }
}

#[test]
fn a_parked_package_is_listed_and_comes_out_byte_by_byte() {
    let world = World::new("kh");
    let parcel = parcel(&world, &[SIGNER_A]);
    let at = world.bank.clock.now();
    let parked = parcel.put(&world, CLERK).unwrap();
    assert_eq!(parked.state, SharedState::Waiting);
    assert_eq!(
        (parked.count, parked.total, parked.debit_account),
        (1, domain::Money::huf(1_000), world.main())
    );
    assert_eq!(parked.put, hand(CLERK, "Szabó Réka", Channel::Client, at));
    assert_eq!(parked.signers[0].name, "Kovács Anna");
    // Thirty days after 23 November the day ends at midnight in Budapest.
    assert_eq!(parked.expires.to_rfc3339(), "2026-12-23T23:00:00+00:00");
    assert_eq!(states(&world, SIGNER_B), [SharedState::Waiting]);
    let seen = ask(&world, SIGNER_B, Channel::Client, |db, _, asker| content(db, asker, parcel.id)).unwrap();
    assert_eq!(seen.document, parcel.wish.document);

    world.pass(60_000);
    let claim = world.uuid();
    let taken = parcel.take(&world, SIGNER_B, claim).unwrap();
    assert_eq!((&taken.document, &taken.signatures), (&parcel.wish.document, &parcel.wish.signatures));
    assert_eq!(taken.shared.state, SharedState::TakenOver);
    let taker = hand(SIGNER_B, "Nagy Péter", Channel::Web, world.bank.clock.now());
    assert_eq!(taken.shared.ended, Some(taker));
    assert_eq!(outcomes(&world, parcel.id), ["put", "taken_over"]);
    let told = world.read(|db| changes::after(db, 0, 100));
    let shared = told.iter().filter(|(_, event)| matches!(event, Event::SharedAreaChanged { .. })).count();
    assert_eq!(shared, 2);
}

#[test]
fn the_winners_claim_gets_the_same_again_and_every_other_is_told_who_won() {
    let world = World::new("kh");
    let first = parcel(&world, &[]);
    first.put(&world, CLERK).unwrap();
    let (winner, loser) = (world.uuid(), world.uuid());
    let taken = first.take(&world, SIGNER_A, winner).unwrap();
    let at = world.bank.clock.now();
    world.pass(60_000);
    assert_eq!(first.take(&world, SIGNER_A, winner).unwrap(), taken);
    let problem = first.take(&world, SIGNER_B, loser).unwrap_err();
    assert_eq!(problem.code, ProblemCode::SharedTakenOver);
    assert_eq!((problem.user.as_deref(), problem.at), (Some("Kovács Anna"), Some(at)));

    // Parked again by the winner, taken by another: the first claim still gets what it got, and holds no more.
    let second = first.again(&world, Some(winner));
    second.put(&world, SIGNER_A).unwrap();
    assert_eq!(first.take(&world, SIGNER_A, winner).unwrap(), taken);
    second.take(&world, SIGNER_B, loser).unwrap();
    assert_eq!(first.take(&world, SIGNER_A, winner).unwrap(), taken);
    assert_eq!(code(first.send(&world, Some(winner))), ProblemCode::PackageHeldElsewhere);
    assert_eq!(
        code(second.again(&world, Some(winner)).put(&world, SIGNER_A)),
        ProblemCode::PackageHeldElsewhere
    );

    // A claim is of one handing over.
    let third = parcel(&world, &[]);
    third.put(&world, CLERK).unwrap();
    assert_eq!(code(third.take(&world, SIGNER_A, winner)), ProblemCode::RequestInvalid);
    assert_eq!(states(&world, CLERK)[0], SharedState::Waiting);
}

#[test]
fn only_the_holder_can_send() {
    let world = World::new("kh");
    let parcel = parcel(&world, &[]);
    parcel.put(&world, CLERK).unwrap();
    let problem = parcel.send(&world, None).unwrap_err();
    assert_eq!(problem.code, ProblemCode::PackageInSharedArea);
    assert_eq!(problem.user.as_deref(), Some("Szabó Réka"));
    let claim = world.uuid();
    assert_eq!(code(parcel.send(&world, Some(claim))), ProblemCode::PackageInSharedArea);
    parcel.take(&world, SIGNER_A, claim).unwrap();
    let problem = parcel.send(&world, None).unwrap_err();
    assert_eq!(problem.code, ProblemCode::PackageHeldElsewhere);
    assert_eq!(problem.user.as_deref(), Some("Kovács Anna"));
    parcel.send(&world, Some(claim)).unwrap();
    // The bank has it: the same bytes get their receipt whoever asks, and it cannot be parked any more.
    parcel.send(&world, None).unwrap();
    assert_eq!(
        code(parcel.again(&world, Some(claim)).put(&world, SIGNER_A)),
        ProblemCode::PackageAlreadySent
    );
}

#[test]
fn a_package_that_was_never_parked_has_no_claim() {
    let world = World::new("kh");
    let parcel = parcel(&world, &[]);
    assert_eq!(code(parcel.send(&world, Some(world.uuid()))), ProblemCode::PackageHeldElsewhere);
    parcel.send(&world, None).unwrap();
}

#[test]
fn only_who_parked_withdraws_and_then_holds_it_as_before() {
    let world = World::new("kh");
    let parcel = parcel(&world, &[]);
    parcel.put(&world, CLERK).unwrap();
    let problem = parcel.withdraw(&world, SIGNER_A).unwrap_err();
    assert_eq!((problem.code, problem.user.as_deref()), (ProblemCode::SharedNotYours, Some("Szabó Réka")));
    assert_eq!(parcel.withdraw(&world, CLERK).unwrap().state, SharedState::Withdrawn);
    world.pass(1_000);
    assert_eq!(parcel.withdraw(&world, CLERK).unwrap().state, SharedState::Withdrawn);
    let problem = parcel.take(&world, SIGNER_A, world.uuid()).unwrap_err();
    assert_eq!((problem.code, problem.user.as_deref()), (ProblemCode::SharedWithdrawn, Some("Szabó Réka")));
    assert_eq!(outcomes(&world, parcel.id), ["put", "withdrawn"]);

    // Taken over, parked by the taker, withdrawn: it is the taker's.
    let second = parcel.again(&world, None);
    second.put(&world, CLERK).unwrap();
    let claim = world.uuid();
    second.take(&world, SIGNER_A, claim).unwrap();
    assert_eq!(code(second.withdraw(&world, CLERK)), ProblemCode::SharedTakenOver);
    let third = second.again(&world, Some(claim));
    third.put(&world, SIGNER_A).unwrap();
    third.withdraw(&world, SIGNER_A).unwrap();
    let problem = second.again(&world, None).put(&world, CLERK).unwrap_err();
    assert_eq!(problem.code, ProblemCode::PackageHeldElsewhere);
    assert_eq!(problem.user.as_deref(), Some("Kovács Anna"));
    third.send(&world, Some(claim)).unwrap();
}

#[test]
fn the_day_of_expiry_is_the_last_one_and_then_it_is_its_owners_again() {
    let world = World::new("kh");
    let mut parcel = parcel(&world, &[]);
    for (day, good) in [("2026-11-22", false), ("2026-12-24", false), ("2026-11-23", true)] {
        parcel.wish.expires = Some(day.parse().unwrap());
        match parcel.put(&world, CLERK) {
            Ok(parked) => {
                assert!(good && parked.expires.to_rfc3339() == "2026-11-23T23:00:00+00:00", "{day}");
            }
            Err(problem) => assert!(!good && problem.code == ProblemCode::SharedExpiryInvalid, "{day}"),
        }
    }
    world.pass_until("2026-11-23T22:59:59Z");
    assert_eq!(states(&world, CLERK), [SharedState::Waiting]);
    // Past its end nobody takes it, whether the engine has looked or not.
    let now = "2026-11-23T23:00:00Z".parse().unwrap();
    world.bank.set_clock(crate::ground::time::ClockSetting::starting(now, false)).unwrap();
    let problem = parcel.take(&world, SIGNER_A, world.uuid()).unwrap_err();
    assert_eq!((problem.code, problem.at), (ProblemCode::SharedExpired, Some(now)));
    assert_eq!(states(&world, CLERK), [SharedState::Expired]);
    let before = world.read(changes::last);
    world.pass(0);
    world.pass(60_000);
    assert_eq!(world.read(changes::last), before + 1, "told once");
    assert_eq!(outcomes(&world, parcel.id), ["put", "expired"]);
    assert_eq!(parcel.withdraw(&world, CLERK).unwrap().state, SharedState::Expired);
    let second = parcel.again(&world, None);
    let second = Parcel { wish: SharePackage { expires: None, ..second.wish }, ..second };
    second.put(&world, CLERK).unwrap();
    second.withdraw(&world, CLERK).unwrap();
    parcel.send(&world, None).unwrap();
}

#[test]
fn a_package_can_be_parked_again_at_the_very_moment_of_its_expiry() {
    let world = World::new("kh");
    let mut first = parcel(&world, &[]);
    first.wish.expires = Some("2026-11-23".parse().unwrap());
    first.put(&world, CLERK).unwrap();
    let now = "2026-11-23T23:00:00Z".parse().unwrap();
    world.bank.set_clock(crate::ground::time::ClockSetting::starting(now, false)).unwrap();
    let mut second = first.again(&world, None);
    second.wish.expires = None;
    second.put(&world, CLERK).unwrap();
    assert_eq!(states(&world, CLERK), [SharedState::Waiting, SharedState::Expired]);
}

#[test]
fn what_ended_is_listed_for_thirty_days() {
    let world = World::new("kh");
    let parcel = parcel(&world, &[]);
    parcel.put(&world, CLERK).unwrap();
    parcel.take(&world, SIGNER_A, world.uuid()).unwrap();
    world.pass(30 * 86_400_000);
    assert_eq!(states(&world, CLERK), [SharedState::TakenOver]);
    world.pass(1);
    assert_eq!(states(&world, CLERK), []);
}

#[test]
fn the_same_handing_over_again_changes_nothing_and_another_content_is_refused() {
    let world = World::new("kh");
    let mut first = parcel(&world, &[SIGNER_A]);
    let parked = first.put(&world, CLERK).unwrap();
    world.pass(1_000);
    assert_eq!(first.put(&world, CLERK).unwrap(), parked);
    first.take(&world, SIGNER_A, world.uuid()).unwrap();
    assert_eq!(first.put(&world, CLERK).unwrap().state, SharedState::TakenOver, "it tells how it fares");
    first.wish.signatures.clear();
    assert_eq!(code(first.put(&world, CLERK)), ProblemCode::PackageIdConflict);
    let mut other = parcel(&world, &[]);
    other.wish.handover = first.wish.handover;
    assert_eq!(code(other.put(&world, CLERK)), ProblemCode::PackageIdConflict);
    assert_eq!(outcomes(&world, first.id), ["put", "taken_over"]);
}
