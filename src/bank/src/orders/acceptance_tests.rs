use chrono::TimeDelta;
use domain::authority::AccountRight;
use domain::{AccountNumber, Beneficiary, OrderType, PackageId, Timing, Transfer, Urgency};
use protocol::{Cursor, PackageChanges, PackageStatus, ProblemCode, SubmitPackage};
use sha2::{Digest, Sha256};
use signature::Purpose;
use uuid::Uuid;

use crate::ground::error::Refusal;
use crate::ground::time::ClockSetting;
use crate::orders::packages;
use crate::orders::shared_area::tests::rule;
use crate::people::customers;
use crate::testing::{CLERK, SIGNER_A, SIGNER_B, World};

pub(crate) fn code(result: Result<impl std::fmt::Debug, Refusal>) -> ProblemCode {
    match result {
        Err(Refusal::Problem(problem)) => problem.code,
        other => panic!("no problem: {other:?}"),
    }
}

pub(crate) fn one(world: &World, forints: i64) -> Vec<Transfer> {
    vec![world.order(forints, world.payee("117", ""))]
}

/// Sends a changed form of a good package and gives the bank's word for it.
fn refused(world: &World, change: impl FnOnce(&World, &mut PackageId, &mut SubmitPackage)) -> ProblemCode {
    let content = world.content(one(world, 1_000));
    let mut package = world.signed(&content, &[SIGNER_A]);
    let mut id = content.header.id;
    change(world, &mut id, &mut package);
    code(world.submit_as(id, &package))
}

#[test]
fn a_package_gets_one_receipt_however_often_it_comes() {
    let world = World::new("kh");
    let content = world.content(one(&world, 1_000));
    let (id, package) = (content.header.id, world.signed(&content, &[SIGNER_A]));
    let receipt = world.submit_as(id, &package).unwrap();
    let body = receipt.read().unwrap();
    assert_eq!((body.package, body.sequence), (id, 1));
    assert_eq!(body.document_sha256, hex::encode(Sha256::digest(package.document.as_slice())));
    let trust = world.bank.identity.trust();
    let digest = Sha256::digest(receipt.body.as_slice()).into();
    let now = world.bank.clock.now();
    signature::verify(receipt.signature.as_slice(), digest, &trust, Purpose::Receipt, now).unwrap();

    world.pass(60_000);
    assert_eq!(world.submit_as(id, &package).unwrap(), receipt);
    // Even when the signer's card is out of use by now: the bank has it, and says so.
    revoke(&world, SIGNER_A, false);
    assert_eq!(world.submit_as(id, &package).unwrap(), receipt);
    let orders: i64 = world.read(|db| Ok(db.query_row("SELECT COUNT(*) FROM item", [], |row| row.get(0))?));
    assert_eq!(orders, 1);
}

pub(crate) fn revoke(world: &World, user: &str, login_key: bool) {
    let sha256 = hex::encode(world.certificate(user, login_key).fingerprint());
    world.read(|db| Ok(db.execute("INSERT INTO revoked_certificate VALUES (?1)", [sha256])?));
}

#[test]
fn other_bytes_under_a_known_id_are_a_conflict() {
    let world = World::new("kh");
    let mut content = world.content(one(&world, 1_000));
    world.submit_as(content.header.id, &world.signed(&content, &[SIGNER_A])).unwrap();
    content.created += TimeDelta::seconds(1);
    let other = world.signed(&content, &[SIGNER_A]);
    assert_eq!(code(world.submit_as(content.header.id, &other)), ProblemCode::PackageIdConflict);
}

#[test]
fn an_attempt_that_was_called_never_seen_is_refused_when_it_comes_late() {
    let world = World::new("kh");
    let content = world.content(one(&world, 1_000));
    let id = content.header.id;
    let late = world.signed(&content, &[SIGNER_A]);
    let void = |attempt| void(&world, CLERK, id, attempt).unwrap();
    void(late.attempt);
    assert_eq!(code(world.submit_as(id, &late)), ProblemCode::PackageAttemptVoid);
    // Another attempt with the same bytes is taken, and voiding it afterwards changes nothing.
    let next = protocol::SubmitPackage { attempt: uuid::Uuid::new_v4(), ..late };
    let receipt = world.submit_as(id, &next).unwrap();
    void(next.attempt);
    assert_eq!(world.submit_as(id, &next).unwrap(), receipt);
}

#[test]
fn an_order_cannot_come_in_two_packages() {
    let world = World::new("kh");
    let orders = one(&world, 1_000);
    world.send(orders.clone());
    let content = world.content(orders);
    let again = world.signed(&content, &[SIGNER_A]);
    assert_eq!(code(world.submit_as(content.header.id, &again)), ProblemCode::PackageOrderDuplicate);
}

#[test]
fn documents_that_are_not_what_they_say_are_refused() {
    let world = World::new("kh");
    let garbage = refused(&world, |_, _, package| package.document = b"<Package/>".to_vec().into());
    assert_eq!(garbage, ProblemCode::PackageDocumentInvalid);
    let sums = refused(&world, |_, _, package| {
        let text = String::from_utf8(package.document.0.clone()).unwrap();
        package.document = text.replace("<Count>1</Count>", "<Count>2</Count>").into_bytes().into();
    });
    assert_eq!(sums, ProblemCode::PackageSumsDisagree);
    let id = refused(&world, |world, id, _| *id = PackageId(world.uuid()));
    assert_eq!(id, ProblemCode::PackageIdMismatch);
}

#[test]
fn signatures_that_do_not_count_are_refused_each_with_its_word() {
    let world = World::new("kh");
    let none = refused(&world, |_, _, package| package.signatures.clear());
    assert_eq!(none, ProblemCode::PackageUnsigned);
    let login = refused(&world, |world, _, package| {
        package.signatures = vec![world.sign(SIGNER_A, true, package.document.as_slice())];
    });
    assert_eq!(login, ProblemCode::PackageSignatureWrongKey);
    let other = refused(&world, |world, _, package| {
        package.signatures = vec![world.sign(SIGNER_A, false, b"something else")];
    });
    assert_eq!(other, ProblemCode::PackageSignatureInvalid);
    let stranger = refused(&World::new("kh"), |_, _, package| {
        let elsewhere = World::new("kh");
        package.signatures = vec![elsewhere.sign(SIGNER_A, false, package.document.as_slice())];
    });
    assert_eq!(stranger, ProblemCode::PackageSignerCertificate, "another bank's authority");
    let clerk = refused(&world, |world, _, package| {
        package.signatures = vec![world.sign(CLERK, false, package.document.as_slice())];
    });
    assert_eq!(clerk, ProblemCode::PackageAuthorityMissing);
    let revoked = refused(&world, |world, _, _| revoke(world, SIGNER_A, false));
    assert_eq!(revoked, ProblemCode::PackageSignerCertificate);
    let kdb = World::new("kdb");
    let person = refused(&kdb, |world, _, package| {
        package.signatures = vec![world.sign("10000004", false, package.document.as_slice())];
    });
    assert_eq!(person, ProblemCode::PackageSignerUnknown, "a user of the bank, but not of this customer");
}

#[test]
fn a_large_package_needs_two_different_signers() {
    let world = World::new("kh");
    let send = |signers: &[&str]| {
        let content = world.content(one(&world, 5_000_001));
        world.submit_as(content.header.id, &world.signed(&content, signers))
    };
    assert_eq!(code(send(&[SIGNER_A])), ProblemCode::PackageAuthorityMissing);
    assert_eq!(code(send(&[SIGNER_A, SIGNER_A])), ProblemCode::PackageAuthorityMissing);
    assert!(send(&[SIGNER_B, SIGNER_A]).is_ok());
}

#[test]
fn orders_that_the_bank_cannot_take_are_named() {
    let world = World::new("kh");
    let refused = |order: Transfer| {
        let content = world.content(vec![order]);
        match world.submit_as(content.header.id, &world.signed(&content, &[SIGNER_A, SIGNER_B])) {
            Err(Refusal::Problem(problem)) => {
                assert_eq!(problem.item, Some(content.orders[0].id()));
                problem.code
            }
            other => panic!("{other:?}"),
        }
    };
    let plain = || world.order(1_000, world.payee("117", ""));
    let foreign = Transfer { debit_account: world.payee("104", ""), ..plain() };
    assert_eq!(refused(foreign), ProblemCode::AccountUnknown);
    let euro = Transfer { debit_account: world.accounts[3].number, ..plain() };
    assert_eq!(refused(euro), ProblemCode::AccountUnknown);
    let past = Transfer { timing: Timing::On { date: "2026-11-20".parse().unwrap() }, ..plain() };
    assert_eq!(refused(past), ProblemCode::ValueDateInvalid);
    let far = Transfer { timing: Timing::On { date: "2028-11-20".parse().unwrap() }, ..plain() };
    assert_eq!(refused(far), ProblemCode::ValueDateInvalid);
    let id = domain::SecondaryId::Email("nincs@pelda.hu".parse().unwrap());
    assert_eq!(refused(world.to_identifier(1_000, id)), ProblemCode::SecondaryIdUnknown);
}

#[test]
fn an_expired_card_signs_nothing() {
    let world = World::new("kh");
    let later = world.bank.clock.now() + TimeDelta::days(500);
    world.bank.set_clock(ClockSetting::starting(later, false)).unwrap();
    assert_eq!(refused(&world, |_, _, _| ()), ProblemCode::PackageSignerCertificate);
}

#[test]
fn changes_are_read_by_cursor_without_gaps() {
    let world = World::new("kh");
    let ids: Vec<PackageId> = (0..3).map(|_| world.send(one(&world, 1_000))).collect();
    let page =
        |after: Option<&protocol::Cursor>| changed(&world, CLERK, after, 2).map_err(|_: Refusal| ()).unwrap();
    let first = page(None);
    assert!(first.more && first.packages.len() == 2);
    let second = page(Some(&first.next));
    assert!(!second.more);
    let seen: Vec<_> = first.packages.iter().chain(&second.packages).map(|p| p.package).collect();
    assert_eq!(seen, ids);
    assert!(page(Some(&second.next)).packages.is_empty());
    world.pass(2_000);
    assert_eq!(page(Some(&second.next)).packages.len(), 2, "all three changed, two fit");
    for wrong in ["t5-x", "c5", "p-x", "p-1-x"] {
        let wrong = changed(&world, CLERK, Some(&wrong.parse().unwrap()), 2);
        assert_eq!(code(wrong), ProblemCode::CursorInvalid);
    }
}

/// The packages that changed, as the user may see them.
fn changed(world: &World, user: &str, after: Option<&Cursor>, limit: u32) -> Result<PackageChanges, Refusal> {
    world.bank.write(|db| {
        let user = user.parse().unwrap();
        let access = customers::permitted(db, &user, &world.customer)?;
        packages::changed(db, &access, &user, after, limit)
    })
}

fn status(world: &World, user: &str, id: PackageId) -> Result<PackageStatus, Refusal> {
    world.bank.write(|db| {
        let user = user.parse().unwrap();
        let access = customers::permitted(db, &user, &world.customer)?;
        packages::status_for(db, &access, &user, id)
    })
}

/// A user's word that an attempt never arrived.
fn void(world: &World, user: &str, id: PackageId, attempt: Uuid) -> Result<(), Refusal> {
    world.bank.write(|db| {
        let user = user.parse().unwrap();
        let access = customers::permitted(db, &user, &world.customer)?;
        packages::void_unless_taken(db, &access, &user, id, attempt, world.bank.clock.now())
    })
}

/// Leaves the clerk only the right to see one account.
fn may_only_see(world: &World, account: AccountNumber) {
    rule(world, |table| {
        table.rights.retain(|right| right.user.as_str() != CLERK || right.account == account);
        for right in table.rights.iter_mut().filter(|right| right.user.as_str() == CLERK) {
            (right.dispose, right.sign) = (false, None);
        }
    });
}

#[test]
fn who_may_neither_record_nor_sign_on_an_account_sends_nothing_from_it() {
    for account in 0..2 {
        let world = World::new("kh");
        let content = world.content(one(&world, 1_000));
        let (id, package) = (content.header.id, world.signed(&content, &[SIGNER_A]));
        may_only_see(&world, world.accounts[account].number);
        assert_eq!(code(world.submit_by(CLERK, id, &package)), ProblemCode::NotPermitted);
        let receipt = world.submit_by(SIGNER_A, id, &package).unwrap();
        // The bank has it: to call it refused now would be untrue, whoever asks.
        assert_eq!(world.submit_by(CLERK, id, &package).unwrap(), receipt);
    }
}

#[test]
fn packages_of_accounts_that_a_user_may_not_see_are_told_by_no_call() {
    let world = World::new("kh");
    let id = world.send(one(&world, 1_000));
    let seen_before = changed(&world, CLERK, None, 9).unwrap();
    assert_eq!(seen_before.packages.len(), 1);
    may_only_see(&world, world.accounts[1].number);
    assert_eq!(code(status(&world, CLERK, id)), ProblemCode::NotPermitted, "never unknown: it was sent");
    assert_eq!(changed(&world, CLERK, None, 9).unwrap().packages, []);
    assert_eq!(status(&world, SIGNER_A, id).unwrap().package, id);
    let blind = changed(&world, CLERK, Some(&seen_before.next), 9).unwrap();
    assert_eq!(blind.packages, []);

    // Whoever gets the right later hears of what was sent before.
    may_only_see(&world, world.main());
    rule(&world, |table| {
        let right = table.rights.iter().find(|right| right.user.as_str() == SIGNER_A).cloned().unwrap();
        let account = world.main();
        table.rights.push(AccountRight { user: CLERK.parse().unwrap(), account, ..right });
    });
    assert_eq!(status(&world, CLERK, id).unwrap().package, id);
    assert_eq!(changed(&world, CLERK, Some(&blind.next), 9).unwrap().packages.len(), 1);
}

#[test]
fn only_the_senders_side_can_call_an_attempt_void() {
    let world = World::new("kdb");
    let content = world.content(one(&world, 1_000));
    let (id, package) = (content.header.id, world.signed(&content, &[SIGNER_A]));
    let attempt = package.attempt;
    // Another customer's user, who guessed both numbers.
    world
        .bank
        .write(|db| {
            let stranger = "10000004".parse().unwrap();
            let access = customers::of_user(db, &stranger)?.swap_remove(0);
            packages::void_unless_taken(db, &access, &stranger, id, attempt, world.bank.clock.now())
        })
        .map_err(|_: Refusal| ())
        .unwrap();
    // A colleague who may only look, and one whose rights are on another account.
    may_only_see(&world, world.main());
    assert_eq!(code(void(&world, CLERK, id, attempt)), ProblemCode::NotPermitted);
    rule(&world, |table| {
        table.rights.retain(|right| right.user.as_str() != SIGNER_B || right.account != world.main());
    });
    void(&world, SIGNER_B, id, attempt).unwrap();
    let other = world.content(one(&world, 1_000));
    let spared = SubmitPackage { attempt, ..world.signed(&other, &[SIGNER_A]) };
    void(&world, SIGNER_A, id, attempt).unwrap();
    assert_eq!(code(world.submit_by(SIGNER_A, id, &package)), ProblemCode::PackageAttemptVoid);
    world.submit_by(SIGNER_A, other.header.id, &spared).unwrap();
}

#[test]
fn words_that_cannot_hold_do_not_keep_a_package_out() {
    let world = World::new("kh");
    let content = world.content(one(&world, 1_000));
    let (id, package) = (content.header.id, world.signed(&content, &[SIGNER_A]));
    rule(&world, |table| {
        table.rights.retain(|right| right.user.as_str() != SIGNER_B || right.account != world.main());
    });
    void(&world, SIGNER_B, id, package.attempt).unwrap();
    world.submit_by(SIGNER_A, id, &package).unwrap();
}

/// What the bank says to a package of one such order.
fn refused_as(world: &World, kind: OrderType, order: Transfer) -> ProblemCode {
    let content = world.content_of(kind, vec![order]);
    match world.submit_as(content.header.id, &world.signed(&content, &[SIGNER_A, SIGNER_B])) {
        Err(Refusal::Problem(problem)) => {
            assert_eq!(problem.item, Some(content.orders[0].id()));
            problem.code
        }
        other => panic!("{other:?}"),
    }
}

fn between_own(world: &World, target: AccountNumber) -> Transfer {
    Transfer { beneficiary: Beneficiary::OwnAccount { number: target }, ..world.order(5_000, target) }
}

fn viber(world: &World, forints: i64) -> Transfer {
    Transfer { urgency: Urgency::Viber, ..world.order(forints, world.payee("117", "")) }
}

#[test]
fn a_transfer_between_own_accounts_goes_to_another_forint_account_of_the_customer() {
    let world = World::new("kh");
    world.fund(world.main(), 10_000);
    let refused = |target| refused_as(&world, OrderType::Hve, between_own(&world, target));
    assert_eq!(refused(world.payee("104", "")), ProblemCode::TargetNotOwn, "somebody else's, at this bank");
    assert_eq!(refused(world.payee("117", "")), ProblemCode::TargetNotOwn, "at another bank");
    assert_eq!(refused(world.accounts[3].number), ProblemCode::TargetNotOwn, "in euros");
    world.send_as(OrderType::Hve, vec![between_own(&world, world.accounts[1].number)]);
}

#[test]
fn a_viber_order_that_qualifies_as_instant_is_refused_where_the_bank_has_no_viber_for_it() {
    let kdb = World::new("kdb");
    assert_eq!(refused_as(&kdb, OrderType::Vib, viber(&kdb, 20_000_000)), ProblemCode::QualifiesAsInstant);
    let on = |date: &str| Timing::On { date: date.parse().unwrap() };
    let today = Transfer { timing: on("2026-11-23"), ..viber(&kdb, 5_000) };
    assert_eq!(refused_as(&kdb, OrderType::Vib, today), ProblemCode::QualifiesAsInstant);
    kdb.send_as(OrderType::Vib, vec![viber(&kdb, 20_000_001)]);
    kdb.send_as(OrderType::Vib, vec![Transfer { timing: on("2026-11-24"), ..viber(&kdb, 5_000) }]);
    let kh = World::new("kh");
    kh.send_as(OrderType::Vib, vec![viber(&kh, 5_000), viber(&kh, 6_000)]);
}

#[test]
fn the_same_order_twice_in_a_package_is_refused_for_every_type_of_transfer() {
    let world = World::new("kh");
    let content = world.content_of(OrderType::Hve, vec![between_own(&world, world.accounts[1].number)]);
    world.submit_as(content.header.id, &world.signed(&content, &[SIGNER_A, SIGNER_B])).unwrap();
    let again = world.content_of(OrderType::Hve, vec![content.orders[0].transfer().unwrap().clone()]);
    let answer = world.submit_as(again.header.id, &world.signed(&again, &[SIGNER_A, SIGNER_B]));
    assert_eq!(code(answer), ProblemCode::PackageOrderDuplicate);
}
