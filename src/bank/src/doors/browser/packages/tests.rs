use domain::authority::{SigningStatus, WebAccess, WebDevice};
use domain::package::SignatureProgress;
use domain::{Order, OrderType, PackageId, Timing, Transfer};
use formats::package_document;
use proptest::prelude::*;
use protocol::{
    Base64Bytes, Channel, ItemState, Problem, ProblemCode, SharedState, SubmitPackage, TakePackage,
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use signature::Purpose;
use uuid::Uuid;

use super::{
    Details, Handed, Standing, add_signature, create, delete, document_of, get, list, parcel, put_to_shared,
    remove_order, rename, send, set_scheduled, take_from_shared, withdraw,
};
use crate::ground::error::Refusal;
use crate::orders::context::Context;
use crate::orders::examined::{Examined, Signatures};
use crate::orders::shared_area::{self, Asker, tests as seats};
use crate::testing::{CLERK, SIGNER_A, SIGNER_B, World};

type Said<T> = Result<T, Box<Problem>>;

/// A company whose signers sign by virtual cards; its clerk only logs in.
fn world() -> World {
    let world = World::new("kh");
    seats::rule(&world, |table| {
        table.web.enabled = true;
        let card = WebDevice::VirtualCard;
        let access = |user: &str, signing| WebAccess { user: user.parse().unwrap(), login: card, signing };
        table.web.users =
            vec![access(CLERK, WebDevice::None), access(SIGNER_A, card), access(SIGNER_B, card)];
    });
    world
}

fn web<T>(
    world: &World,
    user: &str,
    work: impl FnOnce(&Connection, &Context<'_>, &Asker<'_>) -> Result<T, Refusal>,
) -> Said<T> {
    seats::ask(world, user, Channel::Web, work)
}

fn orders(world: &World, forints: &[i64]) -> Vec<Transfer> {
    forints.iter().map(|amount| world.order(*amount, world.payee("117", ""))).collect()
}

fn domestic(orders: Vec<Transfer>) -> Vec<Order> {
    orders.into_iter().map(|order| OrderType::Hct.of_transfer(order).unwrap()).collect()
}

fn make(world: &World, forints: &[i64]) -> PackageId {
    let orders = domestic(orders(world, forints));
    web(world, CLERK, |db, context, asker| create(db, context, asker, orders, "Bérek".parse().unwrap(), None))
        .unwrap()
}

fn look(world: &World, id: PackageId) -> Details {
    web(world, CLERK, |db, _, asker| get(db, asker, id)).unwrap()
}

fn sign(world: &World, user: &str, id: PackageId) -> Said<SignatureProgress> {
    let document = web(world, user, |db, _, asker| document_of(db, asker, id))?;
    let cms = world.sign(user, false, &document);
    add(world, user, id, &document, cms).map(|status| status.progress)
}

/// Adds a signature that is said to be over these bytes, as the approval does.
fn add(world: &World, user: &str, id: PackageId, document: &[u8], cms: Base64Bytes) -> Said<SigningStatus> {
    let (over, now) = (Sha256::digest(document).into(), world.bank.clock.now());
    let cms = [cms];
    let signatures = Signatures::verified(over, &cms, &world.bank.trust().unwrap(), now);
    web(world, user, |db, context, asker| add_signature(db, context, asker, id, &signatures))
}

/// Hands the package on after its bytes and signatures were examined.
fn with_parcel<T>(
    world: &World,
    user: &str,
    id: PackageId,
    work: impl FnOnce(&Connection, &Context<'_>, &Asker<'_>, Examined<'_>) -> Result<T, Refusal>,
) -> Said<T> {
    let parcel = web(world, user, |db, _, asker| parcel(db, asker, id))?;
    let examined = parcel.examined(&world.bank.trust().unwrap(), world.bank.clock.now());
    web(world, user, |db, context, asker| work(db, context, asker, examined))
}

fn on<T>(handed: Handed<T>) -> T {
    match handed {
        Handed::On(value) => value,
        Handed::Changed => panic!("nobody changed it"),
    }
}

fn park(world: &World, user: &str, id: PackageId) -> Said<Uuid> {
    with_parcel(world, user, id, |db, context, asker, examined| {
        put_to_shared(db, context, asker, id, examined, None)
    })
    .map(|parked| on(parked).handover)
}

fn post(world: &World, user: &str, id: PackageId) -> Said<()> {
    with_parcel(world, user, id, |db, context, asker, examined| {
        send(db, context, &world.bank.identity, asker, id, examined)
    })
    .map(|sent| drop(on(sent)))
}

fn code<T: std::fmt::Debug>(result: Said<T>) -> ProblemCode {
    result.unwrap_err().code
}

/// Parks a package of an installed client; gives its bytes.
fn from_client(world: &World, signers: &[&str]) -> (PackageId, Uuid, SubmitPackage) {
    let content = world.content(orders(world, &[700, 300]));
    let package = world.signed(&content, signers);
    let wish = protocol::SharePackage {
        handover: world.uuid(),
        claim: None,
        document: package.document.clone(),
        signatures: package.signatures.clone(),
        expires: None,
    };
    let id = content.header.id;
    seats::park(world, CLERK, Channel::Client, id, &wish).unwrap();
    (id, wish.handover, package)
}

#[test]
fn a_package_made_on_the_web_is_signed_sent_and_executed() {
    let world = world();
    world.fund(world.main(), 100_000);
    let id = make(&world, &[1_000, 2_000]);
    let package = look(&world, id);
    assert_eq!(package.package.standing, Standing::Prepared);
    assert_eq!((package.content.orders.len(), package.package.about.count), (2, 2));
    assert_eq!(package.package.about.total, domain::Money::huf(3_000));
    assert_eq!(code(post(&world, CLERK, id)), ProblemCode::PackageUnsigned);
    assert_eq!(sign(&world, SIGNER_A, id), Ok(SignatureProgress::Complete));
    assert_eq!(look(&world, id).package.signatures[0].signer.name, "Kovács Anna");
    post(&world, SIGNER_A, id).unwrap();
    post(&world, SIGNER_A, id).unwrap();
    assert_eq!(look(&world, id).package.standing, Standing::Sent);
    assert!(web(&world, CLERK, |db, _, asker| list(db, asker)).unwrap().is_empty());
    // Several orders wait for the next intraday cycle.
    world.pass(6 * 3_600_000);
    assert!(world.status(id).items.iter().all(|item| item.state == ItemState::Executed));
    assert_eq!(world.booked(world.main()), 97_000);
    for refused in [
        code(sign(&world, SIGNER_B, id)),
        code(park(&world, CLERK, id)),
        code(web(&world, CLERK, |db, _, asker| delete(db, asker, id))),
    ] {
        assert_eq!(refused, ProblemCode::PackageAlreadySent);
    }
}

#[test]
fn every_change_makes_other_bytes_and_says_how_many_signatures_went() {
    let world = world();
    let id = make(&world, &[1_000, 2_000]);
    let first = look(&world, id).package.document_sha256;
    sign(&world, SIGNER_A, id).unwrap();
    sign(&world, SIGNER_B, id).unwrap();
    let same = web(&world, CLERK, |db, _, asker| rename(db, asker, id, "Bérek".parse().unwrap()));
    assert_eq!(same, Ok(0), "the same name is no change");
    assert_eq!(look(&world, id).package.signatures.len(), 2);
    world.pass(1_000);
    let renamed = web(&world, CLERK, |db, _, asker| rename(db, asker, id, "Bér".parse().unwrap()));
    assert_eq!(renamed, Ok(2));
    let package = look(&world, id);
    assert_eq!((package.package.signatures.len(), package.package.about.name.as_str()), (0, "Bér"));
    assert_ne!(package.package.document_sha256, first);

    sign(&world, SIGNER_A, id).unwrap();
    let day = "2026-12-01".parse().unwrap();
    assert_eq!(web(&world, CLERK, |db, _, asker| set_scheduled(db, asker, id, Some(day))), Ok(1));
    assert_eq!(look(&world, id).content.header.scheduled, Some(day));
    sign(&world, SIGNER_A, id).unwrap();
    let order = package.content.orders[0].id();
    assert_eq!(web(&world, CLERK, |db, _, asker| remove_order(db, asker, id, order)), Ok(1));
    assert_eq!(look(&world, id).package.about.total, domain::Money::huf(2_000));
    let gone = web(&world, CLERK, |db, _, asker| remove_order(db, asker, id, order));
    assert_eq!(code(gone), ProblemCode::NotFound);
    let last = package.content.orders[1].id();
    web(&world, CLERK, |db, _, asker| remove_order(db, asker, id, last)).unwrap();
    assert_eq!(look(&world, id).package.standing, Standing::Deleted);
    assert_eq!(code(sign(&world, SIGNER_A, id)), ProblemCode::NotFound);
}

#[test]
fn only_the_user_s_own_good_signature_over_these_bytes_is_kept() {
    let world = world();
    let id = make(&world, &[1_000]);
    let document = web(&world, CLERK, |db, _, asker| document_of(db, asker, id)).unwrap();
    let add = |user: &str, cms| add(&world, user, id, &document, cms);
    let by_b = world.sign(SIGNER_B, false, &document);
    assert_eq!(code(add(SIGNER_A, by_b)), ProblemCode::NotPermitted, "another's");
    let other = world.sign(SIGNER_A, false, b"other bytes");
    assert_eq!(code(add(SIGNER_A, other)), ProblemCode::PackageSignatureInvalid);
    let login = world.sign(SIGNER_A, true, &document);
    assert_eq!(code(add(SIGNER_A, login)), ProblemCode::PackageSignatureWrongKey);
    let clerk = world.sign(CLERK, false, &document);
    assert_eq!(code(add(CLERK, clerk)), ProblemCode::NotPermitted, "no card for signing");
    assert!(look(&world, id).package.signatures.is_empty());

    let good = world.sign(SIGNER_A, false, &document);
    add(SIGNER_A, good.clone()).unwrap();
    add(SIGNER_A, world.sign(SIGNER_A, false, &document)).unwrap();
    let kept = look(&world, id).package.signatures;
    assert_eq!((kept.len(), kept[0].cms.as_slice()), (1, good.as_slice()));
    seats::rule(&world, |table| table.web.enabled = false);
    let late = world.sign(SIGNER_B, false, &document);
    assert_eq!(code(add(SIGNER_B, late)), ProblemCode::NotPermitted, "the web client is off");
}

#[test]
fn what_cannot_be_sent_cannot_be_made() {
    let world = world();
    let make = |orders: Vec<Transfer>| {
        web(&world, CLERK, |db, context, asker| {
            create(db, context, asker, domestic(orders), "Bérek".parse().unwrap(), None)
        })
    };
    assert_eq!(code(make(Vec::new())), ProblemCode::PackageAgainstRules);
    let mut mixed = orders(&world, &[1, 2]);
    mixed[0].timing = Timing::Instant;
    assert_eq!(code(make(mixed)), ProblemCode::PackageAgainstRules);
    let mut past = orders(&world, &[1]);
    past[0].timing = Timing::On { date: "2026-11-20".parse().unwrap() };
    assert_eq!(code(make(past)), ProblemCode::ValueDateInvalid);
    let sent = orders(&world, &[1]);
    world.send(sent.clone());
    assert_eq!(code(make(sent)), ProblemCode::PackageOrderDuplicate);
    seats::rule(&world, |table| table.rights.iter_mut().for_each(|right| right.dispose = false));
    assert_eq!(code(make(orders(&world, &[1]))), ProblemCode::NotPermitted);
}

#[test]
fn a_package_taken_over_keeps_its_signatures_until_it_changes() {
    let world = world();
    world.fund(world.main(), 100_000);
    let (id, handover, package) = from_client(&world, &[SIGNER_B]);
    let take = |user: &str| web(&world, user, |db, _, asker| take_from_shared(db, asker, id, handover));
    take(SIGNER_A).unwrap();
    take(SIGNER_A).unwrap();
    let problem = take(SIGNER_B).unwrap_err();
    assert_eq!((problem.code, problem.user.as_deref()), (ProblemCode::SharedTakenOver, Some("Kovács Anna")));
    let here = look(&world, id).package;
    assert_eq!(here.document_sha256.as_slice(), Sha256::digest(package.document.as_slice()).as_slice());
    assert_eq!(here.signatures[0].cms, package.signatures[0].as_slice());
    assert!(here.is_taken_over && here.signing.progress == SignatureProgress::Complete);
    // The copy that was left in the client cannot be sent, the one here can.
    let copy = world.submit_as(id, &package);
    assert!(matches!(copy, Err(Refusal::Problem(p)) if p.code == ProblemCode::PackageHeldElsewhere));
    post(&world, SIGNER_A, id).unwrap();
    world.pass(6 * 3_600_000);
    assert_eq!(world.booked(world.main()), 99_000);
    assert!(world.submit_as(id, &package).is_ok(), "its receipt");
}

#[test]
fn a_changed_package_lost_its_signatures_and_goes_under_the_same_claim() {
    let world = world();
    let (id, handover, package) = from_client(&world, &[SIGNER_A, SIGNER_B]);
    web(&world, CLERK, |db, _, asker| take_from_shared(db, asker, id, handover)).unwrap();
    let order = look(&world, id).content.orders[0].id();
    assert_eq!(web(&world, CLERK, |db, _, asker| remove_order(db, asker, id, order)), Ok(2));
    assert_eq!(code(post(&world, CLERK, id)), ProblemCode::PackageUnsigned);
    sign(&world, SIGNER_A, id).unwrap();
    post(&world, SIGNER_A, id).unwrap();
    assert_eq!(world.status(id).items.len(), 1);
    let copy = world.submit_as(id, &package);
    assert!(matches!(copy, Err(Refusal::Problem(p)) if p.code == ProblemCode::PackageIdConflict));
}

#[test]
fn a_package_that_somebody_changed_since_it_was_examined_is_not_handed_on() {
    let world = world();
    let id = make(&world, &[1_000, 2_000]);
    sign(&world, SIGNER_A, id).unwrap();
    let parcel = web(&world, SIGNER_A, |db, _, asker| parcel(db, asker, id)).unwrap();
    let (trust, now) = (world.bank.trust().unwrap(), world.bank.clock.now());
    // A colleague's signature arrives between the look and the transaction.
    sign(&world, SIGNER_B, id).unwrap();
    let sent = web(&world, SIGNER_A, |db, context, asker| {
        send(db, context, &world.bank.identity, asker, id, parcel.examined(&trust, now))
    });
    assert!(matches!(sent, Ok(Handed::Changed)), "{sent:?}");
    let parked = web(&world, SIGNER_A, |db, context, asker| {
        put_to_shared(db, context, asker, id, parcel.examined(&trust, now), None)
    });
    assert!(matches!(parked, Ok(Handed::Changed)), "{parked:?}");
    assert_eq!(look(&world, id).package.standing, Standing::Prepared);
    post(&world, SIGNER_A, id).unwrap();
}

#[test]
fn what_is_parked_here_is_followed_to_wherever_it_goes() {
    let world = world();
    let id = make(&world, &[1_000]);
    sign(&world, SIGNER_A, id).unwrap();
    let handover = park(&world, CLERK, id).unwrap();
    assert!(matches!(look(&world, id).package.standing, Standing::Shared(_)));
    assert_eq!(code(sign(&world, SIGNER_B, id)), ProblemCode::PackageInSharedArea);
    assert_eq!(code(post(&world, SIGNER_A, id)), ProblemCode::PackageInSharedArea);
    let back = web(&world, CLERK, |db, _, asker| withdraw(db, asker, id)).unwrap();
    assert_eq!(back.state, SharedState::Withdrawn);
    assert_eq!(look(&world, id).package.standing, Standing::Prepared);
    assert_eq!(look(&world, id).package.signatures.len(), 1);

    // It comes back by itself when its day is over.
    let second = park(&world, CLERK, id).unwrap();
    assert_ne!(second, handover);
    world.pass(31 * 86_400_000);
    assert_eq!(look(&world, id).package.standing, Standing::Prepared);

    let third = park(&world, CLERK, id).unwrap();
    let wish = TakePackage { handover: third, claim: world.uuid() };
    seats::ask(&world, SIGNER_B, Channel::Client, |db, _, asker| shared_area::take(db, asker, id, &wish))
        .unwrap();
    let Standing::Elsewhere(there) = look(&world, id).package.standing else { panic!("not elsewhere") };
    assert_eq!(there.ended.unwrap().user.name, "Nagy Péter");
    let problem = park(&world, CLERK, id).unwrap_err();
    assert_eq!(
        (problem.code, problem.user.as_deref()),
        (ProblemCode::PackageHeldElsewhere, Some("Nagy Péter"))
    );
    assert!(web(&world, CLERK, |db, _, asker| list(db, asker)).unwrap().is_empty());
}

#[test]
fn others_see_nothing() {
    let world = world();
    let id = make(&world, &[1_000]);
    seats::rule(&world, |table| {
        table
            .rights
            .iter_mut()
            .filter(|right| right.user.as_str() == SIGNER_B)
            .for_each(|right| right.view = false);
    });
    assert!(web(&world, SIGNER_B, |db, _, asker| list(db, asker)).unwrap().is_empty());
    assert_eq!(code(web(&world, SIGNER_B, |db, _, asker| get(db, asker, id))), ProblemCode::NotFound);
    assert_eq!(code(web(&world, SIGNER_B, |db, _, asker| document_of(db, asker, id))), ProblemCode::NotFound);
    assert_eq!(code(sign(&world, SIGNER_B, id)), ProblemCode::NotFound);
    assert_eq!(web(&world, SIGNER_A, |db, _, asker| list(db, asker)).unwrap().len(), 1);
}

/// What a user of the web does with the one package.
#[derive(Clone, Copy, Debug)]
enum Act {
    Sign(&'static str),
    Rename(u8),
    Schedule(u8),
    Drop,
    Park,
    Withdraw,
    TakeBack,
    Pass,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => prop_oneof![Just(SIGNER_A), Just(SIGNER_B)].prop_map(Act::Sign),
        1 => (0..3u8).prop_map(Act::Rename),
        1 => (0..3u8).prop_map(Act::Schedule),
        1 => Just(Act::Drop),
        2 => Just(Act::Park),
        1 => Just(Act::Withdraw),
        2 => Just(Act::TakeBack),
        1 => Just(Act::Pass),
    ];
    prop::collection::vec(act, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// However a package is changed, signed and handed to and fro: each signature that it has is over its bytes.
    #[test]
    fn signatures_are_over_the_present_bytes_only(acts in acts()) {
        let world = world();
        let id = make(&world, &[1, 2, 3]);
        let mut handover = None;
        for act in acts {
            // What is impossible now is refused; the property is about what is left then.
            let _ = match act {
                Act::Sign(user) => sign(&world, user, id).map(|_| ()),
                Act::Rename(n) => {
                    let name = format!("Név {n}").parse().unwrap();
                    web(&world, CLERK, |db, _, asker| rename(db, asker, id, name)).map(|_| ())
                }
                Act::Schedule(n) => {
                    let day = Some(format!("2027-01-0{}", n + 1).parse().unwrap());
                    web(&world, CLERK, |db, _, asker| set_scheduled(db, asker, id, day)).map(|_| ())
                }
                Act::Drop => {
                    let order = look(&world, id).content.orders[0].id();
                    web(&world, CLERK, |db, _, asker| remove_order(db, asker, id, order)).map(|_| ())
                }
                Act::Park => park(&world, CLERK, id).map(|parked| handover = Some(parked)),
                Act::Withdraw => web(&world, CLERK, |db, _, asker| withdraw(db, asker, id)).map(|_| ()),
                Act::TakeBack => match handover {
                    Some(h) => web(&world, SIGNER_A, |db, _, asker| take_from_shared(db, asker, id, h)),
                    None => Ok(()),
                },
                Act::Pass => {
                    world.pass(3_600_000);
                    Ok(())
                }
            };
            let document = web(&world, CLERK, |db, _, asker| document_of(db, asker, id)).unwrap();
            let package = look(&world, id).package;
            let digest: [u8; 32] = Sha256::digest(&document).into();
            prop_assert_eq!(package.document_sha256, digest);
            prop_assert!(package_document::read(&document).is_ok());
            let (trust, now) = (world.bank.identity.trust(), world.bank.clock.now());
            let mut signers = Vec::new();
            for signature in &package.signatures {
                let good = signature::verify(&signature.cms, digest, &trust, Purpose::Document, now).unwrap();
                prop_assert_eq!(good.signer.user_id().unwrap(), signature.signer.id.to_string());
                prop_assert!(!signers.contains(&signature.signer.id), "nobody signs twice");
                signers.push(signature.signer.id.clone());
            }
        }
    }
}
