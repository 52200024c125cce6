//! What cannot be parked, and who may not see or take it.

use domain::admin::{AdminAction, AdminOrder};
use domain::{OrderId, OrderType, PackageHeader, PackageId};
use formats::package_document::PackageContent;
use protocol::{Base64Bytes, Channel, ProblemCode, SharedState};

use super::content;
use super::tests::{Parcel, ask, code, parcel, rule, states};
use crate::testing::{CLERK, SIGNER_A, SIGNER_B, World};

/// Parks a changed form of a good package and gives the bank's word for it.
fn refused(world: &World, change: impl FnOnce(&World, &mut Parcel)) -> ProblemCode {
    let mut parcel = parcel(world, &[SIGNER_A]);
    change(world, &mut parcel);
    let refusal = code(parcel.put(world, CLERK));
    assert!(states(world, CLERK).is_empty(), "nothing was taken");
    refusal
}

#[test]
fn what_is_no_package_of_the_customer_is_refused() {
    let world = World::new("kh");
    let garbage = refused(&world, |_, parcel| parcel.wish.document = b"<Package/>".to_vec().into());
    assert_eq!(garbage, ProblemCode::PackageDocumentInvalid);
    let id = refused(&world, |world, parcel| parcel.id = PackageId(world.uuid()));
    assert_eq!(id, ProblemCode::PackageIdMismatch);
    let customer = refused(&world, |world, parcel| {
        let mut content = world.content(vec![world.order(5, world.payee("117", ""))]);
        content.header.customer = "30002002".parse().unwrap();
        parcel.id = content.header.id;
        parcel.wish.document = formats::package_document::to_bytes(&content).unwrap().into();
    });
    assert_eq!(customer, ProblemCode::PackageIdMismatch);
    let administration = refused(&world, |world, parcel| {
        let clear = AdminAction::ClearErrorPoints { user: CLERK.parse().unwrap() };
        let transfers = world.content(vec![world.order(5, world.payee("117", ""))]);
        let content = PackageContent {
            header: PackageHeader { order_type: OrderType::Adm, debit_account: None, ..transfers.header },
            customer_name: transfers.customer_name,
            created: transfers.created,
            orders: vec![AdminOrder { id: OrderId(world.uuid()), action: clear }.into()],
        };
        parcel.id = content.header.id;
        let bytes = formats::package_document::to_bytes(&content).unwrap();
        parcel.wish.document = bytes.into();
    });
    assert_eq!(administration, ProblemCode::SharedTypeNotTaken);
    let duplicate = refused(&world, |world, parcel| {
        let orders = vec![world.order(1_000, world.payee("117", ""))];
        world.send(orders.clone());
        let content = world.content(orders);
        parcel.id = content.header.id;
        parcel.wish.document = formats::package_document::to_bytes(&content).unwrap().into();
    });
    assert_eq!(duplicate, ProblemCode::PackageOrderDuplicate);
}

#[test]
fn signatures_that_do_not_count_cannot_be_parked() {
    let world = World::new("kh");
    let with = |signature: Base64Bytes| refused(&world, |_, parcel| parcel.wish.signatures = vec![signature]);
    assert_eq!(with(world.sign(SIGNER_A, false, b"other")), ProblemCode::PackageSignatureInvalid);
    assert_eq!(with(b"no CMS".to_vec().into()), ProblemCode::PackageSignatureInvalid);
    let login = refused(&world, |world, parcel| {
        parcel.wish.signatures = vec![world.sign(SIGNER_A, true, parcel.wish.document.as_slice())];
    });
    assert_eq!(login, ProblemCode::PackageSignatureWrongKey);
    let stranger = refused(&world, |_, parcel| {
        let elsewhere = World::new("kh");
        parcel.wish.signatures = vec![elsewhere.sign(SIGNER_A, false, parcel.wish.document.as_slice())];
    });
    assert_eq!(stranger, ProblemCode::PackageSignerCertificate);
}

#[test]
fn rights_decide_who_parks_sees_and_takes() {
    let world = World::new("kh");
    let main = world.main();
    rule(&world, |table| {
        for right in table.rights.iter_mut().filter(|right| right.account == main) {
            match right.user.as_str() {
                // Sees only.
                CLERK => (right.dispose, right.sign) = (false, None),
                // Signs only.
                SIGNER_A => right.dispose = false,
                // Not even sees.
                _ => right.view = false,
            }
        }
    });
    let parcel = parcel(&world, &[SIGNER_A]);
    assert_eq!(code(parcel.put(&world, CLERK)), ProblemCode::NotPermitted);
    parcel.put(&world, SIGNER_A).unwrap();
    assert_eq!(states(&world, CLERK), [SharedState::Waiting]);
    assert_eq!(code(parcel.take(&world, CLERK, world.uuid())), ProblemCode::NotPermitted);
    assert_eq!(states(&world, SIGNER_B), []);
    assert_eq!(code(parcel.take(&world, SIGNER_B, world.uuid())), ProblemCode::SharedUnknown);
    assert_eq!(code(parcel.withdraw(&world, SIGNER_B)), ProblemCode::SharedUnknown);
    let hidden = ask(&world, SIGNER_B, Channel::Client, |db, _, asker| content(db, asker, parcel.id));
    assert_eq!(code(hidden), ProblemCode::SharedUnknown);
    // Who knows handing over and bytes by heart learns no more.
    assert_eq!(code(parcel.put(&world, SIGNER_B)), ProblemCode::NotPermitted);
    parcel.take(&world, SIGNER_A, world.uuid()).unwrap();
}

#[test]
fn the_database_itself_holds_the_rules() {
    let world = World::new("kh");
    let first = parcel(&world, &[]);
    first.put(&world, CLERK).unwrap();
    let attempt =
        |sql: &str| world.bank.write(|db| -> crate::ground::error::Result<_> { Ok(db.execute(sql, [])?) });
    let twice = "INSERT INTO shared_package (handover, customer, package, document, document_sha256, about, put_user,
        put_channel, put_at, expires) SELECT 'x', customer, package, document, document_sha256, about, put_user,
        put_channel, put_at, expires FROM shared_package";
    assert!(attempt(twice).is_err(), "a package waits once");
    first.take(&world, SIGNER_A, world.uuid()).unwrap();
    assert!(attempt("UPDATE shared_package SET taken_claim = 'y'").is_err(), "it is taken once");
    assert!(attempt("UPDATE shared_log SET outcome = ''").is_err(), "the log stays");
    assert!(attempt("DELETE FROM shared_log").is_err(), "the log is kept");
}
