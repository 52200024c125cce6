//! The signing sheet: what is signed, read back from the very bytes that will be signed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::admin::apply_all;
use domain::order::Payload;
use domain::package::SignatureProgress;
use domain::routing::Decision;
use domain::{AccountNumber, AdminOrder, Money, Order, PackageHeader, PackageId, UserId};
use formats::package_document::{self, PackageContent, Summary};
use sha2::{Digest, Sha256};

use crate::admin::{AdminChange, changes};
use crate::change::Change;
use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Rules;
use crate::orders::together::around;
use crate::packages::attention::{Attention, attention};
use crate::packages::cover::{Shortage, shortages};
use crate::packages::document::document;
use crate::packages::rights::{NotToSign, rights};
use crate::packages::routes::routed;
use crate::packages::signatures::signatures_of;
use crate::workplace::texts;

/// Largest orders that the sheet shows.
const LARGEST: usize = 3;

/// Everything that a signer must see. All of it comes from the document's bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct SigningSheet {
    /// What every package has.
    pub head: SheetHead,
    /// What its orders do.
    pub body: SheetBody,
}

/// What every package has: whose it is, how many orders, which signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetHead {
    /// The package.
    pub package: PackageId,
    /// Its header, from the document.
    pub header: PackageHeader,
    /// Number of orders.
    pub count: u32,
    /// SHA-256 of the document.
    pub fingerprint: [u8; 32],
    /// Signatures that will be there with this one, of those needed.
    pub signature_number: u8,
    /// Signatures needed.
    pub signatures_needed: u8,
    /// Why the user cannot sign it, as far as that is known before the PIN.
    pub not_to_sign: Option<NotToSign>,
    /// When the document was made.
    pub created: DateTime<Utc>,
}

/// What the orders of a package do.
#[derive(Clone, Debug, PartialEq)]
pub enum SheetBody {
    /// They move money.
    Payments(PaymentsSheet),
    /// They change the service.
    Changes(ChangesSheet),
}

/// What payments do.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentsSheet {
    /// Total per debited account, with the account's name.
    pub debits: Vec<(AccountNumber, String, Money)>,
    /// Total per currency.
    pub total: Vec<Money>,
    /// The largest orders.
    pub largest: Vec<Order>,
    /// Every order, from the document.
    pub orders: Vec<Order>,
    /// Orders to look at, the gravest first.
    pub attention: Vec<Attention>,
    /// Accounts that do not cover them.
    pub shortages: Vec<Shortage>,
    /// The route of most orders.
    pub route: Option<Decision>,
}

/// What self-administration changes. How it is before comes from the authority table of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangesSheet {
    /// The orders, from the document.
    pub orders: Vec<AdminOrder>,
    /// What each of them changes.
    pub changes: Vec<AdminChange>,
    /// Why they could not take effect on the authority table of today, in words.
    pub problem: Option<String>,
}

impl SigningSheet {
    /// The fingerprint in lower-case hexadecimal groups of four.
    pub fn fingerprint_groups(&self) -> Vec<String> {
        self.head.fingerprint.chunks(2).map(hex::encode).collect()
    }
}

impl Client {
    /// Closes the package's content into its document (once) and reads the sheet from those bytes.
    ///
    /// # Errors
    /// [`crate::ClientError::EmptyPackage`] without orders.
    pub async fn signing_sheet(&self, id: PackageId) -> Result<SigningSheet> {
        self.viewing()?;
        let scope = self.scope()?;
        let user = self.actor();
        let sheet = self
            .write_of(scope.customer, move |tx| {
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
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    bytes: &[u8],
    user: Option<&UserId>,
) -> Result<SigningSheet> {
    let content = package_document::read(bytes)?;
    let summary = package_document::summary(&content)?;
    let stored = store::packages::get(conn, id)?;
    let mut signers: BTreeSet<UserId> = signatures_of(conn, &stored)?.into_iter().map(|s| s.user).collect();
    let judge = |signers: &BTreeSet<UserId>| {
        rules.authority.judge_package(content.header.order_type, &summary.debits, signers)
    };
    let before = judge(&signers);
    signers.extend(user.cloned());
    let after = judge(&signers);
    let number = if before.progress == SignatureProgress::None { 1 } else { after.have.max(1) };
    let head = SheetHead {
        package: id,
        header: content.header.clone(),
        count: summary.count,
        fingerprint: Sha256::digest(bytes).into(),
        signature_number: number,
        signatures_needed: after.need,
        not_to_sign: rights(conn, rules, &stored.header)?.not_to_sign,
        created: content.created,
    };
    let body = match head.header.order_type.payload() {
        Payload::Transfers => SheetBody::Payments(payments(conn, rules, id, content, summary)?),
        Payload::Administration => SheetBody::Changes(changes_sheet(rules, &content)),
    };
    Ok(SigningSheet { head, body })
}

fn payments(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    content: PackageContent,
    summary: Summary,
) -> Result<PaymentsSheet> {
    let mut largest: Vec<(&Order, Money)> =
        content.orders.iter().filter_map(|order| Some((order, order.transfer()?.amount))).collect();
    largest.sort_by_key(|(_, amount)| std::cmp::Reverse(amount.amount()));
    let largest = largest.into_iter().take(LARGEST).map(|(order, _)| order.clone()).collect();
    let name = |number: AccountNumber| rules.account(number).map(|a| a.name.clone()).unwrap_or_default();
    Ok(PaymentsSheet {
        debits: summary.debits.into_iter().map(|(number, sum)| (number, name(number), sum)).collect(),
        total: summary.total,
        largest,
        attention: attention(conn, rules, id, &content.orders)?,
        shortages: shortages(
            conn,
            rules,
            content.orders.iter().map(|order| (order, content.header.scheduled)),
            &[id],
        )?,
        route: commonest_route(rules, &content.orders, summary.count),
        orders: content.orders,
    })
}

fn changes_sheet(rules: &Rules, content: &PackageContent) -> ChangesSheet {
    let orders: Vec<AdminOrder> =
        content.orders.iter().filter_map(|order| order.administration().cloned()).collect();
    let problem = apply_all(&orders, &rules.authority, &around(rules)).err();
    ChangesSheet {
        changes: changes(rules, &content.orders, true),
        problem: problem.map(|(_, error)| texts::explain(&error)),
        orders,
    }
}

fn commonest_route(rules: &Rules, orders: &[Order], count: u32) -> Option<Decision> {
    let mut routes: BTreeMap<&'static str, (usize, Decision)> = BTreeMap::new();
    for decision in routed(rules, orders, count, 1).into_iter().flatten() {
        routes.entry(decision.route.name()).or_insert((0, decision)).0 += 1;
    }
    routes.into_values().max_by_key(|(n, _)| *n).map(|(_, decision)| decision)
}
