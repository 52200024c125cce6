use protocol::{ProblemCode, SubmitPackage};

use super::*;
use crate::orders::acceptance::tests::{code, one, revoke};
use crate::orders::context::Context;
use crate::orders::packages::{self, Brought};
use crate::people::customers;
use crate::testing::{CLERK, SIGNER_A, World};

#[test]
fn so_many_signatures_are_verified_and_no_more() {
    let world = World::new("kh");
    let copies = |count: usize| {
        refused_or_taken(&world, |package| {
            let signature = package.signatures[0].clone();
            package.signatures = vec![signature; count];
        })
    };
    assert_eq!(copies(MAX_SIGNATURES), None, "one signer, however often");
    assert_eq!(copies(MAX_SIGNATURES + 1), Some(ProblemCode::PackageAgainstRules));
    assert_eq!(copies(1_000), Some(ProblemCode::PackageAgainstRules));
    // Nothing of them was even looked at: what is wrong with the first one is not told.
    let signatures = vec![Base64Bytes(b"no signature".to_vec()); 1_000];
    let (trust, now) = (world.bank.trust().unwrap(), world.bank.clock.now());
    let verified = Signatures::verified([0; 32], &signatures, &trust, now);
    assert_eq!(verified.each().err().map(|problem| problem.code), Some(ProblemCode::PackageAgainstRules));
}

/// Sends a changed form of a good package; the bank's word for it if it was refused.
fn refused_or_taken(world: &World, change: impl FnOnce(&mut SubmitPackage)) -> Option<ProblemCode> {
    let content = world.content(one(world, 1_000));
    let mut package = world.signed(&content, &[SIGNER_A]);
    change(&mut package);
    match world.submit_as(content.header.id, &package) {
        Ok(_) => None,
        refused => Some(code(refused)),
    }
}

#[test]
fn a_certificate_that_ends_between_verifying_and_taking_signs_nothing() {
    let world = World::new("kh");
    let content = world.content(one(&world, 1_000));
    let package = world.signed(&content, &[SIGNER_A]);
    let now = world.bank.clock.now();
    let brought = Brought::of(&package, &world.bank.trust().unwrap(), now);
    revoke(&world, SIGNER_A, false);
    let taken = world.bank.write(|db| {
        let user = CLERK.parse().unwrap();
        let access = customers::permitted(db, &user, &world.customer)?;
        let context = Context { rules: &world.bank.rules, now };
        packages::submit(db, &context, &world.bank.identity, &access, &user, content.header.id, &brought)
    });
    assert_eq!(code(taken), ProblemCode::PackageSignerCertificate);
}
