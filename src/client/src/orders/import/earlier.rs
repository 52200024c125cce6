//! Whether a file was taken before: its very bytes, or other bytes that hold the same payments, as a program writes them
//! that is asked for the same file twice. What was taken is remembered in the audit log, with the packages that it made.

use std::io::Write;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Order, PackageId};
use sha2::{Digest, Sha256};
use store::deed::Deed;

use crate::error::Result;
use crate::orders::rules::Rules;
use crate::packages::moves::{is_alive, log};

/// Packages of one import that tell of it. Where each order travels alone there can be as many as orders.
const TOLD: usize = 100;

/// For so long other bytes with the same payments count as the same file (ours). A monthly payroll that pays everybody
/// what it paid the month before is a new one: two paydays are at least 26 days apart, even where a weekend moves one of
/// them. Wages that are paid every week are asked about each time. That is meant: no shorter time tells next week's
/// wages from this week's file written anew, and a question too many is cheaper than wages paid twice.
const SAME_PAYMENTS: TimeDelta = TimeDelta::days(25);

/// An import of the same file before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierImport {
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// The file's name then.
    pub file: String,
    /// Whether it was the same to the last byte; else only its payments are.
    pub same_bytes: bool,
}

/// What a file pays, whatever its format, the order of its rows and its dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    sum: u128,
    orders: u32,
}

impl Content {
    /// What one order pays, if it does.
    pub(crate) fn fingerprint(order: &Order) -> Option<u128> {
        let payment = order.transfer()?;
        let (account, units) = (payment.debit_account, payment.amount.minor_units());
        let (payee, narrative) = (payment.beneficiary.key(), payment.narrative.as_str());
        let mut digest = Sha256::new();
        // Writing to a digest cannot fail.
        let _: std::io::Result<()> = write!(digest, "{account}\0{payee}\0{units}\0{narrative}\0");
        let digest: [u8; 32] = digest.finalize().into();
        Some(digest.iter().take(16).fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte)))
    }

    /// Adds what one more order pays.
    pub(crate) fn add(&mut self, fingerprint: Option<u128>) {
        let Some(fingerprint) = fingerprint else { return };
        self.sum = self.sum.wrapping_add(fingerprint);
        self.orders += 1;
    }

    /// As it is remembered.
    pub(crate) fn named(&self) -> String {
        format!("{:032x}-{}", self.sum, self.orders)
    }
}

/// The last import of the same file, if something of it is still here or has left.
pub(super) fn earlier(
    conn: &store::OfCustomer<'_>,
    now: DateTime<Utc>,
    sha256: [u8; 32],
    content: &Content,
) -> Result<Option<EarlierImport>> {
    let (sha256, content) = (hex::encode(sha256), content.named());
    for told in store::doubles::imports(conn)? {
        let Deed::Imported { file, sha256: before, content: paid, .. } = told.event.deed else { continue };
        let same_bytes = before == sha256;
        let same_payments = paid == content && now - told.event.at < SAME_PAYMENTS;
        if (same_bytes || same_payments) && is_alive(conn, told.package)? {
            return Ok(Some(EarlierImport { at: told.event.at, file, same_bytes }));
        }
    }
    Ok(None)
}

/// Remembers that a file was taken.
pub(super) fn remember(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    packages: &[PackageId],
    file: &str,
    sha256: [u8; 32],
    content: &Content,
) -> Result<()> {
    for id in packages.iter().take(TOLD) {
        let deed = Deed::Imported {
            file: file.to_owned(),
            sha256: hex::encode(sha256),
            content: content.named(),
            orders: content.orders,
        };
        log(tx, rules, *id, deed)?;
    }
    Ok(())
}

/// Whether the package came from a file: no order joins it by itself.
pub(crate) fn is_imported(conn: &store::OfCustomer<'_>, id: PackageId) -> Result<bool> {
    let story = crate::packages::moves::story(conn, id)?;
    Ok(story.iter().any(|event| matches!(event.deed, Deed::Imported { .. })))
}
