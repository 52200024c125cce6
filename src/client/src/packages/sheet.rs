//! The signing sheet: what is signed, read back from the very bytes that will be signed.

use crate::packages::document::document;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Days, Utc};
use domain::package::SignatureProgress;
use domain::routing::Decision;
use domain::{AccountNumber, HctOrder, Money, OrderId, PackageHeader, PackageId, UserId};
use formats::package_document::{self, PackageContent};
use sha2::{Digest, Sha256};
use store::history::{LikelyDuplicate, PayeeHistory};

use crate::change::Change;
use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Rules;
use crate::packages::routes::routed;
use crate::packages::signatures::signatures_of;

/// Largest orders that the sheet shows.
const LARGEST: usize = 3;
/// Days back in which an equal payment is a likely duplicate.
const DUPLICATE_DAYS: u64 = 30;

/// Why an order deserves a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttentionKind {
    /// The payee was paid to another account before.
    ChangedAccount {
        /// The account used last.
        before: String,
    },
    /// The payee has never been paid from here.
    FirstPayment,
    /// The same payee got the same amount lately.
    LikelyDuplicate {
        /// When.
        at: chrono::NaiveDate,
    },
    /// The same payee and amount stand twice in this package.
    TwiceHere,
}

/// An order to look at, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// Why.
    pub kind: AttentionKind,
    /// Payee.
    pub payee: String,
    /// Account or identifier.
    pub target: String,
    /// Amount.
    pub amount: Money,
}

/// Everything that a signer must see. All numbers come from the document's bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct SigningSheet {
    /// The package.
    pub package: PackageId,
    /// Its header, from the document.
    pub header: PackageHeader,
    /// Number of orders.
    pub count: u32,
    /// Total per debited account, with the account's name.
    pub debits: Vec<(AccountNumber, String, Money)>,
    /// Total per currency.
    pub total: Vec<Money>,
    /// The largest orders.
    pub largest: Vec<HctOrder>,
    /// Every order, from the document.
    pub orders: Vec<HctOrder>,
    /// Orders to look at, the gravest first.
    pub attention: Vec<Attention>,
    /// The route of most orders.
    pub route: Option<Decision>,
    /// SHA-256 of the document.
    pub fingerprint: [u8; 32],
    /// Signatures that will be there with this one, of those needed.
    pub signature_number: u8,
    /// Signatures needed.
    pub signatures_needed: u8,
    /// When the document was made.
    pub created: DateTime<Utc>,
}

impl SigningSheet {
    /// The fingerprint in lower-case hexadecimal groups of four.
    pub fn fingerprint_groups(&self) -> Vec<String> {
        self.fingerprint.chunks(2).map(hex::encode).collect()
    }
}

impl Client {
    /// Closes the package's content into its document (once) and reads the sheet from those bytes.
    pub async fn signing_sheet(&self, id: PackageId) -> Result<SigningSheet> {
        self.viewing()?;
        let scope = self.scope()?;
        let user = self.actor();
        let sheet = self
            .write(move |tx| {
                let rules = scope.rules(tx)?;
                let (_, bytes) = document(tx, &rules, id)?;
                read_sheet(tx, &rules, id, &bytes, user.as_ref())
            })
            .await?;
        self.announce(Change::Packages);
        Ok(sheet)
    }
}

fn read_sheet(
    conn: &store::Connection,
    rules: &Rules,
    id: PackageId,
    bytes: &[u8],
    user: Option<&UserId>,
) -> Result<SigningSheet> {
    let content = package_document::read(bytes)?;
    let summary = package_document::summary(&content)?;
    let stored = store::packages::get(conn, id)?;
    let mut signers: BTreeSet<UserId> = signatures_of(conn, &stored)?.into_iter().map(|s| s.user).collect();
    let before = rules.authority.judge(&summary.debits, &signers);
    signers.extend(user.cloned());
    let after = rules.authority.judge(&summary.debits, &signers);
    let number = if before.progress == SignatureProgress::None { 1 } else { after.have.max(1) };
    let attention = attention(conn, rules, id, &content)?;
    let mut largest: Vec<&HctOrder> = content.orders.iter().collect();
    largest.sort_by_key(|order| std::cmp::Reverse(order.amount.amount()));
    let largest = largest.into_iter().take(LARGEST).cloned().collect();
    let name = |a: &AccountNumber| rules.account(*a).map(|a| a.name.clone()).unwrap_or_default();
    let debits = summary.debits.iter().map(|(a, m)| (*a, name(a), *m)).collect();
    Ok(SigningSheet {
        package: id,
        count: summary.count,
        debits,
        total: summary.total,
        largest,
        attention,
        route: commonest_route(rules, &content.orders, summary.count),
        orders: content.orders,
        header: content.header,
        fingerprint: Sha256::digest(bytes).into(),
        signature_number: number,
        signatures_needed: after.need,
        created: content.created,
    })
}

fn commonest_route(rules: &Rules, orders: &[HctOrder], count: u32) -> Option<Decision> {
    let mut routes: BTreeMap<&'static str, (usize, Decision)> = BTreeMap::new();
    for decision in routed(rules, orders, count, 1) {
        routes.entry(decision.route.name()).or_insert((0, decision)).0 += 1;
    }
    routes.into_values().max_by_key(|(n, _)| *n).map(|(_, decision)| decision)
}

/// Everything in the document that deserves a second look, judged by the past that the store knows.
fn attention(
    conn: &store::Connection,
    rules: &Rules,
    id: PackageId,
    content: &PackageContent,
) -> Result<Vec<Attention>> {
    let since = rules.today() - Days::new(DUPLICATE_DAYS);
    let past: HashMap<String, PayeeHistory> =
        store::history::of_package(conn, id)?.into_iter().map(|h| (h.payee.target(), h)).collect();
    let earlier: HashMap<OrderId, LikelyDuplicate> = store::history::likely_duplicates(conn, id, since)?
        .into_iter()
        .map(|duplicate| (duplicate.order, duplicate))
        .collect();
    let (mut changed, mut duplicates, mut first) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen: HashMap<(String, i64), u32> = HashMap::new();
    for order in &content.orders {
        let target = order.beneficiary.target();
        let flag = |kind| Attention {
            kind,
            payee: order.beneficiary.label(),
            target: target.clone(),
            amount: order.amount,
        };
        let times = seen.entry((target.clone(), order.amount.minor_units())).or_default();
        *times += 1;
        if *times == 2 {
            duplicates.push(flag(AttentionKind::TwiceHere));
        }
        if let Some(duplicate) = earlier.get(&order.id) {
            duplicates.push(flag(AttentionKind::LikelyDuplicate { at: duplicate.earlier.day }));
        }
        match past.get(&target) {
            Some(PayeeHistory { last: Some(_), .. }) => {}
            Some(PayeeHistory { other_accounts, .. }) if !other_accounts.is_empty() => {
                let before = other_accounts.first().map(|o| shown_account(&o.account)).unwrap_or_default();
                changed.push(flag(AttentionKind::ChangedAccount { before }));
            }
            _ => first.push(flag(AttentionKind::FirstPayment)),
        }
    }
    changed.extend(duplicates);
    changed.extend(first);
    Ok(changed)
}

/// A stored account as people read it.
fn shown_account(stored: &str) -> String {
    stored.parse::<AccountNumber>().map_or_else(|_| stored.to_owned(), |number| number.to_string())
}
