//! A bank in a box for this crate's tests: real rules, keys and signatures, a database in memory, a clock
//! that stands until it is pushed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Account, AccountNumber, Beneficiary, CustomerId, Money, OrderId, OrderType, PackageHeader, PackageId,
    SecondaryId, Timing, Transfer, Urgency, UserId,
};
use formats::package_document::{PackageContent, to_bytes};
use protocol::{Base64Bytes, ItemState, PackageStatus, SignedReceipt, SubmitPackage};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use signature::issue::UserCertificate;
use signature::{Certificate, PrivateKey};
use uuid::Uuid;

use crate::accounts::ledger;
use crate::bank::{Bank, CLOCK, PROFILE};
use crate::demo::testing::{Household, Random, identity};
use crate::ground::card_secrets::CardSecrets;
use crate::ground::database;
use crate::ground::error::{BankError, Refusal};
use crate::ground::rules::Rules;
use crate::ground::time::ClockSetting;
use crate::orders::context::Context;
use crate::orders::engine;
use crate::orders::packages::{self, Brought};
use crate::people::customers;

/// Clerk, signer of class A, signer of class B.
pub(crate) const CLERK: &str = "10000001";
pub(crate) const SIGNER_A: &str = "10000002";
pub(crate) const SIGNER_B: &str = "10000003";

pub(crate) struct World {
    pub bank: Arc<Bank>,
    pub customer: CustomerId,
    pub accounts: Vec<Account>,
    cards: BTreeMap<(String, bool), (PrivateKey, Certificate)>,
    next: std::cell::Cell<u64>,
}

impl World {
    /// A Monday morning, 10:05 in Budapest.
    pub(crate) fn new(profile: &str) -> Self {
        Self::at(profile, "2026-11-23T09:05:00Z")
    }

    pub(crate) fn at(profile: &str, now: &str) -> Self {
        let now: DateTime<Utc> = now.parse().unwrap();
        let rules = Rules::shipped(profile).unwrap();
        let household = Household::new(&rules, &mut Random::new(1)).unwrap();
        let identity = identity(&rules, None, now).unwrap();
        let db = database::in_memory();
        database::set_setting(&db, PROFILE, &profile).unwrap();
        database::set_setting(&db, CLOCK, &ClockSetting::starting(now, false)).unwrap();
        household.store(&db).unwrap();
        let mut cards = BTreeMap::new();
        for user in &household.users {
            for kind in [UserCertificate::Login, UserCertificate::Signing] {
                let key = PrivateKey::generate_p256();
                let (name, id) = (&user.user.name, user.user.id.to_string());
                let spki = key.public_key_der().unwrap();
                let certificate = identity
                    .authority
                    .issue_user(name, &id, kind, &spki, now, now + TimeDelta::days(400))
                    .unwrap();
                cards.insert((id, kind == UserCertificate::Login), (key, certificate));
            }
        }
        let company = household.customers.into_iter().next().unwrap();
        let bank = Arc::new(Bank::new(db, rules, identity, CardSecrets::generate()).unwrap());
        bank.set_origin("https://localhost:8443");
        let next = std::cell::Cell::new(1);
        Self { bank, customer: company.access.customer.id, accounts: company.accounts, cards, next }
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> crate::ground::error::Result<T>) -> T {
        self.bank.write(|db| work(db)).unwrap()
    }

    pub(crate) fn uuid(&self) -> Uuid {
        self.next.set(self.next.get() + 1);
        Uuid::from_u64_pair(0x0190_b5a0_0000_7000, 0x8000_0000_0000_0000 | self.next.get())
    }

    /// The customer's main account.
    pub(crate) fn main(&self) -> AccountNumber {
        self.accounts[0].number
    }

    pub(crate) fn fund(&self, account: AccountNumber, forints: i64) {
        let now = self.bank.clock.now();
        self.read(|db| {
            let settlement = ledger::settlement(db, "clearing", domain::Currency::HUF)?;
            let leg = |account, amount| ledger::Leg {
                account,
                amount,
                counterparty: String::new(),
                counterparty_account: None,
            };
            ledger::book(
                db,
                &ledger::Booking {
                    at: now,
                    value_date: now.date_naive(),
                    kind: protocol::TransactionKind::Other,
                    narrative: "Befizetés".to_owned(),
                    order: None,
                    legs: vec![leg(account.digits24(), forints * 100), leg(settlement, -forints * 100)],
                },
            )
        });
    }

    pub(crate) fn booked(&self, account: AccountNumber) -> i64 {
        self.read(|db| ledger::booked(db, &account.digits24())) / 100
    }

    pub(crate) fn blocked(&self, account: AccountNumber) -> i64 {
        self.read(|db| ledger::blocked(db, &account.digits24())) / 100
    }

    /// An account at another bank whose four digits after the bank's eight are `start`.
    pub(crate) fn payee(&self, bank: &str, start: &str) -> AccountNumber {
        Random::new(self.next.get()).account(bank, start).unwrap()
    }

    pub(crate) fn order(&self, forints: i64, payee: AccountNumber) -> Transfer {
        Transfer {
            id: OrderId(self.uuid()),
            debit_account: self.main(),
            payer_name: None,
            beneficiary: Beneficiary::Account { name: "Próba Kft.".parse().unwrap(), number: payee },
            beneficiary_country: None,
            amount: Money::huf(forints),
            timing: Timing::Soon,
            urgency: Urgency::Normal,
            narrative: "Próba".parse().unwrap(),
            document_number: None,
            legal_code: None,
            own_reference: None,
        }
    }

    pub(crate) fn to_identifier(&self, forints: i64, id: SecondaryId) -> Transfer {
        Transfer {
            beneficiary: Beneficiary::SecondaryId { id },
            timing: Timing::Instant,
            ..self.order(forints, self.main())
        }
    }

    pub(crate) fn content(&self, orders: Vec<Transfer>) -> PackageContent {
        self.content_of(OrderType::Hct, orders)
    }

    pub(crate) fn content_of(&self, order_type: OrderType, orders: Vec<Transfer>) -> PackageContent {
        PackageContent {
            header: PackageHeader {
                id: PackageId(self.uuid()),
                customer: self.customer.clone(),
                name: "Csomag".parse().unwrap(),
                order_type,
                debit_account: Some(orders[0].debit_account),
                instant: orders.iter().all(|order| order.timing == Timing::Instant),
                scheduled: None,
            },
            customer_name: "Minta Kereskedelmi Kft.".to_owned(),
            created: self.bank.clock.now(),
            orders: orders.into_iter().map(|order| order_type.of_transfer(order).unwrap()).collect(),
        }
    }

    /// A signature by a user's signing or login key.
    pub(crate) fn sign(&self, user: &str, login_key: bool, content: &[u8]) -> Base64Bytes {
        let (key, certificate) = &self.cards[&(user.to_owned(), login_key)];
        let pending =
            signature::prepare(certificate, Sha256::digest(content).into(), self.bank.clock.now()).unwrap();
        let raw = key.sign_digest(&pending.digest()).unwrap();
        pending.finish(&raw, &[]).unwrap().into()
    }

    pub(crate) fn certificate(&self, user: &str, login_key: bool) -> &Certificate {
        &self.cards[&(user.to_owned(), login_key)].1
    }

    pub(crate) fn key(&self, user: &str, login_key: bool) -> &PrivateKey {
        &self.cards[&(user.to_owned(), login_key)].0
    }

    pub(crate) fn signed(&self, content: &PackageContent, signers: &[&str]) -> SubmitPackage {
        let document = to_bytes(content).unwrap();
        let signatures = signers.iter().map(|user| self.sign(user, false, &document)).collect();
        SubmitPackage { attempt: uuid::Uuid::new_v4(), claim: None, document: document.into(), signatures }
    }

    pub(crate) fn submit_as(&self, id: PackageId, package: &SubmitPackage) -> Result<SignedReceipt, Refusal> {
        self.submit_by(CLERK, id, package)
    }

    pub(crate) fn submit_by(
        &self,
        sender: &str,
        id: PackageId,
        package: &SubmitPackage,
    ) -> Result<SignedReceipt, Refusal> {
        let now = self.bank.clock.now();
        let brought = Brought::of(package, &self.bank.trust()?, now);
        self.bank.write(|db| {
            let user: UserId = sender.parse().unwrap();
            let access = customers::permitted(db, &user, &self.customer)?;
            let context = Context { rules: &self.bank.rules, now };
            packages::submit(db, &context, &self.bank.identity, &access, &user, id, &brought)
        })
    }

    /// Sends orders in one package with both signatures.
    pub(crate) fn send(&self, orders: Vec<Transfer>) -> PackageId {
        self.send_as(OrderType::Hct, orders)
    }

    pub(crate) fn send_as(&self, order_type: OrderType, orders: Vec<Transfer>) -> PackageId {
        let content = self.content_of(order_type, orders);
        let package = self.signed(&content, &[SIGNER_A, SIGNER_B]);
        self.submit_as(content.header.id, &package).unwrap();
        content.header.id
    }

    /// Lets so many milliseconds pass and the engines do what became due.
    pub(crate) fn pass(&self, millis: i64) {
        let now = self.bank.clock.now() + TimeDelta::milliseconds(millis);
        self.bank.set_clock(ClockSetting::starting(now, false)).unwrap();
        engine::catch_up(&self.bank).unwrap();
    }

    /// Lets the clock stand at a time of day in winter Budapest.
    pub(crate) fn pass_until(&self, moment: &str) {
        let moment: DateTime<Utc> = moment.parse().unwrap();
        self.pass((moment - self.bank.clock.now()).num_milliseconds());
    }

    pub(crate) fn status(&self, id: PackageId) -> PackageStatus {
        self.bank.write(|db| packages::status(db, &self.customer, id)).map_err(|_: Refusal| ()).unwrap()
    }

    /// State of a package's only order.
    pub(crate) fn state(&self, id: PackageId) -> ItemState {
        self.status(id).items[0].state
    }

    /// The ledger is balanced, no account is below its limit, blocks belong to orders in execution.
    pub(crate) fn check_invariants(&self) {
        self.read(|db| -> Result<(), BankError> {
            assert!(ledger::sums(db)?.values().all(|sum| *sum == 0), "bookings are not balanced");
            let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
            let below = count(
                "SELECT COUNT(*) FROM account a WHERE internal = 0 AND
                   COALESCE((SELECT SUM(amount) FROM entry WHERE account = a.key), 0)
                   - COALESCE((SELECT SUM(amount) FROM block WHERE account = a.key), 0)
                   + a.credit_line - a.minimum < 0",
            )?;
            assert_eq!(below, 0, "an account is below its limit");
            let wrong_balance = count(
                "SELECT COUNT(*) FROM account a WHERE COALESCE((SELECT SUM(amount) FROM entry WHERE account = a.key), 0)
                   <> COALESCE((SELECT balance_after FROM entry WHERE account = a.key ORDER BY id DESC LIMIT 1), 0)",
            )?;
            assert_eq!(wrong_balance, 0, "a running balance is wrong");
            let stray = count(
                "SELECT COUNT(*) FROM block b WHERE NOT EXISTS (SELECT 1 FROM item i
                   WHERE i.package = b.package AND i.order_id = b.order_id AND i.state = 'in_execution')",
            )?;
            assert_eq!(stray, 0, "a block without its order");
            let unbooked = count(
                "SELECT COUNT(*) FROM item i WHERE i.account <> '' AND (i.state = 'executed') <> (1 = (SELECT COUNT(*) FROM booking b
                   WHERE b.order_id = i.order_id))",
            )?;
            assert_eq!(unbooked, 0, "an order executed without booking, or booked otherwise");
            Ok(())
        });
    }
}
