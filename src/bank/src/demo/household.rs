//! Whose bank it is in the demo: the company, at KDB also a private person, their accounts and users.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::authority::{AccountRight, AdministrationRule, AuthorizedUser, SigningRule, UserContact};
use domain::customer::CustomerKind;
use domain::{Account, AuthorityTable, Currency, Customer, SecondaryId, User, UserId};
use protocol::CustomerAccess;
use rusqlite::Connection;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::random::Random;
use crate::accounts::ledger::{self, LedgerAccount};
use crate::ground::error::{BankError, Result};
use crate::ground::rules::Rules;
use crate::ground::slow_hash::SlowHash;
use crate::people::cards::{self, CardKind};
use crate::people::{customers, phone, users};

/// Above this, a second signature is needed, in forints.
const TWO_SIGNATURES_ABOVE: i64 = 5_000_000;

/// Tax number of the demo's company, tax id of its private person; both are worked examples.
const TAX_NUMBER: &str = "12892312-2-41";
const TAX_ID: &str = "8400001230";
/// Seed of the number of the account that the bank has opened and nobody has taken into the service.
const NEW_ACCOUNT_SEED: u64 = 2026;

/// A customer with its accounts.
pub(crate) struct DemoCustomer {
    pub access: CustomerAccess,
    /// Accounts in the service.
    pub accounts: Vec<Account>,
    /// Its tax number or tax id in the bank's master.
    pub own_ids: Vec<SecondaryId>,
}

/// A user and what its card is like.
pub(crate) struct DemoUser {
    pub user: User,
    /// Signature class, if it may sign.
    pub class: Option<&'static str>,
    /// RSA-2048 instead of P-256.
    pub rsa: bool,
    /// The kind of the user's card.
    pub card: CardKind,
    /// How the bank reaches the user.
    pub contact: UserContact,
}

impl DemoUser {
    /// Serial number of the user's card: 16 bytes, upper-case hex, by seed and user.
    pub(crate) fn csn(&self, seed: u64) -> String {
        hex::encode_upper(&self.derived("csn", seed)[..16])
    }

    /// The user's e-PIN: 6 digits, by seed and user.
    pub(crate) fn epin(&self, seed: u64) -> String {
        let sum =
            self.derived("e-pin", seed).iter().fold(0u32, |sum, b| (sum * 256 + u32::from(*b)) % 1_000_000);
        format!("{sum:06}")
    }

    fn derived(&self, what: &str, seed: u64) -> [u8; 32] {
        Sha256::digest(format!("kapocs-demo {what} {seed} {}", self.user.id)).into()
    }
}

pub(crate) struct Household {
    /// The company first.
    pub customers: Vec<DemoCustomer>,
    /// The company's users first.
    pub users: Vec<DemoUser>,
}

impl Household {
    pub(crate) fn new(rules: &Rules, random: &mut Random) -> Result<Self> {
        let bank =
            rules.profile.bank_codes.first().ok_or_else(|| BankError::data("profile", "no bank code"))?;
        let mut users = vec![
            demo_user("10000001", "Szabó Réka", None, false)?,
            demo_user("10000002", "Kovács Anna", Some("A"), true)?,
            demo_user("10000003", "Nagy Péter", Some("B"), false)?,
        ];
        let accounts = [
            ("Fő számla", Currency::HUF),
            ("Bérszámla", Currency::HUF),
            ("Adószámla", Currency::HUF),
            ("EUR számla", Currency::EUR),
        ];
        let company = Customer {
            id: id("20001001")?,
            name: "Minta Kereskedelmi Kft.".to_owned(),
            kind: CustomerKind::Company,
        };
        let two = SigningRule {
            account: None,
            above: Decimal::from(TWO_SIGNATURES_ABOVE),
            signatures: 2,
            classes: [("A".to_owned(), 1)].into(),
        };
        let mut all = vec![customer(company, bank, &accounts, &users, vec![one_signature(), two], random)?];
        if rules.profile.id == "kdb" {
            let person = vec![demo_user("10000004", "Minta Mária", Some("A"), false)?];
            let private = Customer {
                id: id("30002002")?,
                name: "Minta Mária".to_owned(),
                kind: CustomerKind::PrivatePerson,
            };
            let own = [("Lakossági számla", Currency::HUF)];
            all.push(customer(private, bank, &own, &person, vec![one_signature()], random)?);
            users.extend(person);
        }
        Ok(Self { customers: all, users })
    }

    /// Stores customers, users and accounts.
    pub(crate) fn store(&self, db: &Connection) -> Result<()> {
        for user in &self.users {
            users::add(db, &user.user)?;
            users::set_contact(db, &user.user.id, &user.contact)?;
        }
        for customer in &self.customers {
            customers::add(db, &customer.access)?;
            customers::set_own_ids(db, &customer.access.customer.id, &customer.own_ids)?;
            let new = &customer.access.authority.new_accounts;
            for (position, account) in (0..).zip(customer.accounts.iter().chain(new)) {
                let account = LedgerAccount {
                    key: account.number.digits24(),
                    customer: Some(customer.access.customer.id.clone()),
                    holder: customer.access.customer.name.clone(),
                    name: account.name.clone(),
                    currency: account.currency,
                    status: protocol::AccountStatus::Open,
                    credit_line: 0,
                    minimum: 0,
                };
                ledger::open_account(db, &account, position)?;
            }
        }
        Ok(())
    }

    /// Stores the users' cards, with the certificates that are in them, and their e-PINs.
    pub(crate) fn store_phone_service(
        &self,
        db: &Connection,
        seed: u64,
        certificates: &[[String; 2]],
        now: DateTime<Utc>,
    ) -> Result<()> {
        for (user, certificates) in self.users.iter().zip(certificates) {
            cards::put(db, &user.csn(seed), &user.user.id, user.card, false, now)?;
            cards::add_certificates(db, &user.csn(seed), certificates)?;
            phone::set_epin(db, &user.user.id, &SlowHash::of(&user.epin(seed))?)?;
        }
        Ok(())
    }
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| BankError::data("demo", text))
}

fn demo_user(number: &str, name: &str, class: Option<&'static str>, rsa: bool) -> Result<DemoUser> {
    // Signers of class B have the other kind of card, so that the demo shows both.
    let card = if class == Some("B") { CardKind::Gids } else { CardKind::Piv };
    let contact = UserContact {
        phone: Some(id(&format!("+3630{}", number.get(1..).unwrap_or_default()))?),
        email: Some(id(&format!("{number}@minta.example"))?),
        notify: false,
    };
    Ok(DemoUser {
        user: User { id: id::<UserId>(number)?, name: name.to_owned() },
        class,
        rsa,
        card,
        contact,
    })
}

fn one_signature() -> SigningRule {
    SigningRule { account: None, above: Decimal::ZERO, signatures: 1, classes: BTreeMap::new() }
}

fn customer(
    customer: Customer,
    bank: &str,
    names: &[(&str, Currency)],
    users: &[DemoUser],
    rules: Vec<SigningRule>,
    random: &mut Random,
) -> Result<DemoCustomer> {
    let branch = format!("{bank}{:04}", random.between(1, 399));
    let accounts = names
        .iter()
        .map(|(name, currency)| {
            Ok(Account {
                number: random.account(&branch, "5")?,
                name: (*name).to_owned(),
                currency: *currency,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    // From a generator of its own, so that everything after it stays as it was.
    let new_accounts = match customer.kind {
        CustomerKind::Company => vec![Account {
            number: Random::new(NEW_ACCOUNT_SEED).account(&branch, "5")?,
            name: "Projekt számla".to_owned(),
            currency: Currency::HUF,
        }],
        CustomerKind::PrivatePerson => Vec::new(),
    };
    let rights = users.iter().flat_map(|user| {
        accounts.iter().map(|account| AccountRight {
            user: user.user.id.clone(),
            account: account.number,
            view: true,
            dispose: true,
            sign: user.class.map(str::to_owned),
        })
    });
    let authority = AuthorityTable {
        version: 1,
        users: users
            .iter()
            .map(|user| AuthorizedUser::new(user.user.id.clone(), user.user.name.clone()))
            .collect(),
        rights: rights.collect(),
        rules,
        administration: AdministrationRule { signatures: 1, classes: [("A".to_owned(), 1)].into() },
        new_accounts,
        ..AuthorityTable::default()
    };
    let own_ids = match customer.kind {
        CustomerKind::Company => vec![SecondaryId::TaxNumber(id(TAX_NUMBER)?)],
        CustomerKind::PrivatePerson => vec![SecondaryId::TaxId(id(TAX_ID)?)],
    };
    Ok(DemoCustomer { access: CustomerAccess { customer, authority }, accounts, own_ids })
}
