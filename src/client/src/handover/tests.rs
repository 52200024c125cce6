//! What comes from the shared area is kept only if it is what it says: bytes, signatures, clashes with what is here.

use chrono::{DateTime, TimeDelta, Utc};
use domain::authority::{AccountRight, SigningRule};
use domain::shared::{Channel, Hand, SharedPackage, SharedState};
use domain::{
    Account, AccountNumber, AuthorityTable, Beneficiary, Currency, Customer, CustomerId, CustomerKey,
    CustomerKind, Money, OrderId, OrderType, PackageHeader, PackageId, PackageState, Timing, Transfer,
    Urgency, User,
};
use formats::package_document::{self, PackageContent};
use protocol::ConnectionFile;
use sha2::{Digest, Sha256};
use signature::issue::{CertificateAuthority, UserCertificate};
use signature::{Certificate, PrivateKey};
use store::bank::SnapshotKind;
use store::connections::{ConnectionKind, NewConnection};
use store::{OfCustomer, Page, Store};
use uuid::Uuid;

use super::parked::{keep, verify};
use super::settle::arrived;
use crate::bank::{BankInfo, ParkedPackage, ProgramVersions};
use crate::error::{ClientError, Result};
use crate::orders::rules::Scope;

/// The store's key of the customer.
pub(super) const CUSTOMER: CustomerKey = CustomerKey(1);
const OWN: &str = "10400023-53656565-85691020";

/// A store that trusts a bank's authority, and two people with its certificates.
pub(super) struct Desk {
    _folder: tempfile::TempDir,
    pub(super) store: Store,
    pub(super) people: Vec<(PrivateKey, Certificate)>,
    pub(super) stranger: (PrivateKey, Certificate),
    /// Signs the bank's receipts.
    pub(super) bank: (PrivateKey, Certificate),
}

fn customer() -> CustomerId {
    "20000001".parse().unwrap()
}

fn person(authority: &CertificateAuthority, user: &str) -> (PrivateKey, Certificate) {
    let (key, now) = (PrivateKey::generate_p256(), Utc::now());
    let spki = key.public_key_der().unwrap();
    let kind = UserCertificate::Signing;
    let certificate =
        authority.issue_user("Aláíró", user, kind, &spki, now, now + TimeDelta::days(9)).unwrap();
    (key, certificate)
}

impl Desk {
    pub(super) fn new() -> Self {
        let now = Utc::now();
        let ours = CertificateAuthority::generate("Minta Bank CA", now).unwrap();
        let other = CertificateAuthority::generate("Minta Bank CA", now).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("kapocs.sqlite")).unwrap();
        let file = ConnectionFile {
            bank_id: "kh".to_owned(),
            bank_name: "K&H".to_owned(),
            base_url: "https://localhost".to_owned(),
            ca_pem: ours.certificate().to_pem().unwrap(),
            receipt_ca_pem: ours.certificate().to_pem().unwrap(),
            release_key: None,
        };
        store.write(move |tx| fill(tx, &toml::to_string(&file).unwrap(), now)).unwrap();
        let people = vec![person(&ours, "10000001"), person(&ours, "10000002")];
        let key = PrivateKey::generate_p256();
        let (spki, end) = (key.public_key_der().unwrap(), now + TimeDelta::days(9));
        let bank = (key, ours.issue_receipt_signer("Átvétel", &spki, now, end).unwrap());
        Self { _folder: folder, store, people, stranger: person(&other, "10000001"), bank }
    }

    pub(super) fn scope() -> Scope {
        Scope { customer: CUSTOMER, now: Utc::now() + TimeDelta::minutes(1), actor: None, user: None }
    }

    fn verify(&self, content: &ParkedPackage) -> Result<(usize, u32)> {
        self.store.read_with(|conn| {
            let of = &OfCustomer::new(conn, CUSTOMER);
            let checked = verify(of, &Self::scope().rules(of)?, content)?;
            Ok((checked.signatures.len(), checked.dropped))
        })
    }

    fn keep(&self, content: &ParkedPackage, claim: u128) -> Result<crate::handover::parked::Taken> {
        let content = content.clone();
        self.store.write_with(move |tx| {
            let of = &OfCustomer::new(tx, CUSTOMER);
            keep(of, &Self::scope().rules(of)?, &content, Uuid::from_u128(claim))
        })
    }

    pub(super) fn package(&self, id: PackageId) -> store::packages::StoredPackage {
        self.store.read_of(CUSTOMER, |of| store::packages::get(of, id)).unwrap()
    }

    fn set_state(&self, id: PackageId, from: PackageState, to: PackageState) {
        self.store
            .write_of(CUSTOMER, move |of| store::packages::set_state(of, id, from, to, Utc::now()))
            .unwrap();
    }
}

fn fill(tx: &store::Transaction<'_>, connection: &str, now: DateTime<Utc>) -> store::Result<()> {
    let number: AccountNumber = OWN.parse().unwrap();
    let kind = CustomerKind::Company;
    let new = NewConnection {
        name: "K&H".to_owned(),
        kind: ConnectionKind::Kapocs,
        content: Some(connection.to_owned()),
    };
    let connection = store::connections::add(tx, &new, now)?;
    let company = Customer { id: customer(), name: "Minta Kft.".to_owned(), kind };
    let of = &OfCustomer::new(tx, store::customers::save(tx, connection, &company)?);
    assert_eq!(of.customer(), CUSTOMER);
    let account = Account { number, name: "Fő számla".to_owned(), currency: Currency::HUF };
    store::accounts::set_all(of, &[account])?;
    let right = |user: &str| AccountRight {
        user: user.parse().unwrap(),
        account: number,
        view: true,
        dispose: true,
        sign: Some("A".to_owned()),
    };
    let rule = SigningRule { account: None, above: 0.into(), signatures: 2, classes: Default::default() };
    let rights = vec![right("10000001"), right("10000002")];
    let table = AuthorityTable { version: 1, rights, rules: vec![rule], ..AuthorityTable::default() };
    let _: bool = store::authority::save(of, &table, now)?;
    let server = BankInfo {
        server_time: now,
        time_zone: "Europe/Budapest".to_owned(),
        profile: toml::from_str(include_str!("../../../../assets/profiles/kh.toml")).unwrap(),
        calendar: toml::from_str(include_str!("../../../../assets/profiles/calendar-hu.toml")).unwrap(),
        banks: domain::BankDirectory::default(),
        client: ProgramVersions { minimum: "0.1.0".to_owned(), latest: "0.1.0".to_owned() },
    };
    store::bank::save_snapshot(tx, connection, SnapshotKind::Server, &server, now)
}

/// A parked package of one order, signed by these.
pub(super) fn parked(
    id: PackageId,
    order: OrderId,
    amount: i64,
    signers: &[&(PrivateKey, Certificate)],
) -> ParkedPackage {
    let now = DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap();
    let order = Transfer {
        id: order,
        debit_account: OWN.parse().unwrap(),
        payer_name: None,
        beneficiary: Beneficiary::Account {
            name: "Őrségi Faipari Zrt.".parse().unwrap(),
            number: "11773016-11111018".parse().unwrap(),
        },
        beneficiary_country: None,
        amount: Money::huf(amount),
        timing: Timing::Soon,
        urgency: Urgency::Normal,
        narrative: "F-2026/1".parse().unwrap(),
        document_number: None,
        legal_code: None,
        own_reference: None,
    };
    let order = OrderType::Hct.of_transfer(order).unwrap();
    let header = PackageHeader {
        id,
        customer: customer(),
        name: "Szállítók".parse().unwrap(),
        order_type: OrderType::Hct,
        debit_account: Some(OWN.parse().unwrap()),
        instant: false,
        scheduled: None,
    };
    let content =
        PackageContent { header, customer_name: "Minta Kft.".to_owned(), created: now, orders: vec![order] };
    let bytes = package_document::to_bytes(&content).unwrap();
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let sign = |(key, certificate): &(PrivateKey, Certificate)| {
        let pending = signature::prepare(certificate, sha256, Utc::now()).unwrap();
        let raw = key.sign_digest(&pending.digest()).unwrap();
        pending.finish(&raw, &[]).unwrap()
    };
    let user = User { id: "10000002".parse().unwrap(), name: "Nagy Péter".to_owned() };
    let shared = SharedPackage {
        handover: Uuid::from_u128(1),
        package: id,
        customer: customer(),
        name: "Szállítók".to_owned(),
        order_type: OrderType::Hct,
        count: 1,
        total: Money::huf(amount),
        debit_account: OWN.parse().unwrap(),
        scheduled: None,
        document_sha256: hex::encode(sha256),
        signers: Vec::new(),
        state: SharedState::Waiting,
        put: Hand { user, channel: Channel::Client, at: now },
        expires: now + TimeDelta::days(3),
        ended: None,
    };
    ParkedPackage { shared, document: bytes, signatures: signers.iter().map(|s| sign(s)).collect() }
}

pub(super) fn ids(number: u128) -> (PackageId, OrderId) {
    (PackageId(Uuid::from_u128(number)), OrderId(Uuid::from_u128(number + 1000)))
}

#[test]
fn signatures_count_only_over_these_bytes_and_under_this_bank() {
    let desk = Desk::new();
    let ((id, order), anna) = (ids(1), &desk.people[0]);
    let mut content = parked(id, order, 1000, &[anna, &desk.stranger, anna]);
    let (other, order) = ids(2);
    content.signatures.extend(parked(other, order, 1000, &[&desk.people[1]]).signatures);
    assert_eq!(desk.verify(&content).unwrap(), (1, 3), "a stranger's, a second one, one over other bytes");
    let taken = desk.keep(&content, 5).unwrap();
    assert_eq!((taken.state, taken.dropped, taken.signers.len()), (PackageState::PartlySigned, 3, 1));
    let stored = desk.package(id);
    assert_eq!((stored.claim, stored.count, stored.total), (Some(Uuid::from_u128(5)), 1, Money::huf(1000)));
    let document =
        desk.store.read_of(CUSTOMER, |conn| store::documents::bytes(conn, stored.document.unwrap())).unwrap();
    assert_eq!(document, content.document.as_slice(), "byte by byte");
}

#[test]
fn enough_signatures_make_it_complete_and_none_leave_it_recorded() {
    let desk = Desk::new();
    let ((id, order), [anna, peter]) = (ids(1), [&desk.people[0], &desk.people[1]]);
    assert_eq!(desk.keep(&parked(id, order, 1000, &[anna, peter]), 5).unwrap().state, PackageState::Signed);
    let (id, order) = ids(2);
    assert_eq!(desk.keep(&parked(id, order, 1000, &[]), 6).unwrap().state, PackageState::Recorded);
}

#[test]
fn what_is_not_what_the_bank_says_is_not_taken() {
    let desk = Desk::new();
    let (id, order) = ids(1);
    let good = parked(id, order, 1000, &[]);
    let mut other_bytes = good.clone();
    other_bytes.document = parked(id, order, 9000, &[]).document;
    let mut other_sum = good.clone();
    other_sum.shared.total = Money::huf(1);
    let mut other_package = good.clone();
    other_package.shared.package = ids(2).0;
    for content in [other_bytes, other_sum, other_package] {
        assert!(matches!(desk.keep(&content, 5), Err(ClientError::SharedDamaged(_))));
    }
    let mut no_document = good;
    no_document.document = b"<html/>".to_vec();
    no_document.shared.document_sha256 = hex::encode(Sha256::digest(b"<html/>"));
    assert!(matches!(desk.keep(&no_document, 5), Err(ClientError::Format(_))));
    assert!(desk.store.read_of(CUSTOMER, |conn| store::packages::find(conn, id)).unwrap().is_none());
}

#[test]
fn a_package_that_would_be_paid_twice_is_not_taken() {
    let desk = Desk::new();
    let (id, order) = ids(1);
    let _ = desk.keep(&parked(id, order, 1000, &[]), 5).unwrap();
    assert!(matches!(desk.keep(&parked(id, order, 1000, &[]), 6), Err(ClientError::SharedCopyHere)));
    let other = parked(ids(2).0, order, 1000, &[]);
    assert!(matches!(desk.keep(&other, 6), Err(ClientError::SharedOrderHere)));
    assert_eq!(desk.package(id).claim, Some(Uuid::from_u128(5)));
}

#[test]
fn what_waits_for_a_customer_is_no_news_at_the_first_sync_whoever_was_synced_before() {
    let desk = Desk::new();
    let colleague = Customer {
        id: "20000002".parse().unwrap(),
        name: "Minta Leány Kft.".to_owned(),
        kind: CustomerKind::Company,
    };
    let waiting = parked(ids(1).0, ids(1).1, 1000, &[]).shared;
    let told = || {
        let list = [waiting.clone()];
        let news = desk.store.read_with(|conn| {
            let of = &OfCustomer::new(conn, CUSTOMER);
            arrived(of, &Desk::scope().rules(of)?, &[], &list)
        });
        news.unwrap().len()
    };
    desk.store
        .write(move |tx| {
            let connection = store::customers::get(tx, CUSTOMER)?.connection;
            let other = store::customers::save(tx, connection, &colleague)?;
            store::customers::set_last_sync(tx, other, Utc::now())
        })
        .unwrap();
    assert_eq!(told(), 0);
    desk.store.write(|tx| store::customers::set_last_sync(tx, CUSTOMER, Utc::now())).unwrap();
    assert_eq!(told(), 1);
}

#[test]
fn an_account_that_another_bank_claims_keeps_a_package_where_it_is() {
    let desk = Desk::new();
    let own = desk.store.read_of(CUSTOMER, store::accounts::list).unwrap();
    // This user does not see the account, and another bank says that it is one of its own.
    desk.store.write_of(CUSTOMER, |of| store::accounts::set_all(of, &[])).unwrap();
    desk.store
        .write(move |tx| {
            let new = NewConnection { name: "KDB".to_owned(), kind: ConnectionKind::Kapocs, content: None };
            let connection = store::connections::add(tx, &new, Utc::now())?;
            let kind = CustomerKind::Company;
            let same = Customer { id: customer(), name: "Minta Kft.".to_owned(), kind };
            let there = store::customers::save(tx, connection, &same)?;
            store::accounts::set_all(&OfCustomer::new(tx, there), &own)
        })
        .unwrap();
    let (id, order) = ids(1);
    let refused = desk.keep(&parked(id, order, 1000, &[]), 5).unwrap_err();
    assert_eq!(domain::Explain::code(&refused), "shared-account-elsewhere");
    assert!(crate::texts::explain(&refused).contains(OWN), "{}", crate::texts::explain(&refused));
    assert!(desk.store.read_of(CUSTOMER, |of| store::packages::find(of, id)).unwrap().is_none());
}

#[test]
fn a_closed_copy_opens_again_and_its_content_gives_way_only_if_the_bytes_differ() {
    let desk = Desk::new();
    let ((id, order), anna) = (ids(1), &desk.people[0]);
    let first = parked(id, order, 1000, &[anna]);
    let _ = desk.keep(&first, 5).unwrap();
    let before = desk.package(id);
    desk.set_state(id, PackageState::PartlySigned, PackageState::InSharedArea);
    let again = desk.keep(&first, 6).unwrap();
    assert_eq!((again.state, again.signers.len()), (PackageState::PartlySigned, 1));
    let same = desk.package(id);
    assert_eq!((same.document, same.revision), (before.document, before.revision));

    desk.set_state(id, PackageState::PartlySigned, PackageState::InSharedArea);
    desk.set_state(id, PackageState::InSharedArea, PackageState::TakenOver);
    let changed = desk.keep(&parked(id, OrderId(Uuid::from_u128(77)), 2500, &[]), 7).unwrap();
    assert_eq!(changed.state, PackageState::Recorded);
    let stored = desk.package(id);
    assert!(stored.revision > before.revision && stored.document != before.document);
    assert_eq!((stored.total, stored.count, stored.claim), (Money::huf(2500), 1, Some(Uuid::from_u128(7))));
    let orders = desk.store.read_of(CUSTOMER, |conn| store::orders::page(conn, id, Page::ALL)).unwrap();
    assert_eq!(orders.iter().map(|o| o.order.id().0.as_u128()).collect::<Vec<_>>(), [77]);
    let signatures = desk.store.read_of(CUSTOMER, |conn| store::signatures::of_package(conn, id)).unwrap();
    assert!(signatures.is_empty(), "those of the old bytes are gone");
}
