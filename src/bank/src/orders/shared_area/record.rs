//! The rows of handings over: reading, writing, ending them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{AccountNumber, CustomerId, Money, OrderType, PackageId, User};
use formats::package_document::{self, PackageContent};
use protocol::{Base64Bytes, Channel, Hand, SharedContent, SharedPackage, SharedState};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Asker, log};
use crate::ground::changes;
use crate::ground::database::{from_json, named, parse, time, to_json};
use crate::ground::error::{BankError, Refusal, Result};
use crate::orders::refusal::document_problem;

/// What the document says, so that a list need not read it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub name: String,
    /// Type of its orders.
    pub order_type: OrderType,
    pub count: u32,
    pub total: Money,
    /// What leaves each debited account; at least one.
    pub debits: BTreeMap<AccountNumber, Money>,
    /// Day on which it is meant to be sent.
    pub scheduled: Option<NaiveDate>,
}

impl About {
    pub fn accounts(&self) -> impl Iterator<Item = AccountNumber> + '_ {
        self.debits.keys().copied()
    }

    /// What a document's content says.
    ///
    /// # Errors
    /// `package-document-invalid` for sums that no account can hold.
    pub fn of(content: &PackageContent) -> std::result::Result<Self, Refusal> {
        let summary = package_document::summary(content).map_err(document_problem)?;
        let total = summary.total.first().copied().unwrap_or(Money::huf(0));
        Ok(Self {
            name: content.header.name.to_string(),
            order_type: content.header.order_type,
            count: summary.count,
            total,
            debits: summary.debits,
            scheduled: content.header.scheduled,
        })
    }
}

#[derive(Clone, Debug)]
pub(super) struct Handover {
    number: i64,
    /// What the document says.
    pub about: About,
    /// The claim under which it was held before it was put.
    pub put_claim: Option<Uuid>,
    /// The claim under which it was taken over.
    pub taken_claim: Option<Uuid>,
    /// Everything that may be told about it. Its state is as of the moment of reading: a handing over whose day is
    /// over is `Expired` even before the engine has noted it.
    pub shared: SharedPackage,
}

const COLUMNS: &str =
    "s.number, s.handover, s.customer, s.package, s.document_sha256, s.about, s.put_claim, s.put_user,
    p.name, s.put_channel, s.put_at, s.expires, s.state, s.ended_user, e.name, s.ended_channel, s.ended_at,
    s.taken_claim
    FROM shared_package s JOIN bank_user p ON p.id = s.put_user LEFT JOIN bank_user e ON e.id = s.ended_user";

/// The handing over of that identifier.
pub(super) fn by_handover(db: &Connection, handover: Uuid, now: DateTime<Utc>) -> Result<Option<Handover>> {
    one(db, "WHERE s.handover = ?1", params![handover.to_string()], now)
}

/// The handing over that a claim took over.
pub(super) fn by_claim(db: &Connection, claim: Uuid, now: DateTime<Utc>) -> Result<Option<Handover>> {
    one(db, "WHERE s.taken_claim = ?1", params![claim.to_string()], now)
}

/// The newest handing over of a customer's package.
pub(super) fn newest(
    db: &Connection,
    customer: &CustomerId,
    package: PackageId,
    now: DateTime<Utc>,
) -> Result<Option<Handover>> {
    let filter = "WHERE s.customer = ?1 AND s.package = ?2 ORDER BY s.number DESC LIMIT 1";
    one(db, filter, params![customer.as_str(), package.to_string()], now)
}

fn one(
    db: &Connection,
    filter: &str,
    values: impl rusqlite::Params,
    now: DateTime<Utc>,
) -> Result<Option<Handover>> {
    Ok(several(db, filter, values, now)?.into_iter().next())
}

/// Handings over of a customer that wait or ended after a moment, newest first.
pub(super) fn lately(
    db: &Connection,
    customer: &CustomerId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Handover>> {
    let filter = "WHERE s.customer = ?1 AND (s.state = 'waiting' OR s.ended_at >= ?2) ORDER BY s.number DESC";
    several(db, filter, params![customer.as_str(), since.timestamp_millis()], now)
}

/// Handings over that wait although their day is over.
pub(super) fn overdue(db: &Connection, now: DateTime<Utc>) -> Result<Vec<Handover>> {
    let filter = "WHERE s.state = 'waiting' AND s.expires <= ?1 ORDER BY s.expires";
    several(db, filter, params![now.timestamp_millis()], now)
}

/// When the next handing over expires.
pub(super) fn next_expiry(db: &Connection) -> Result<Option<DateTime<Utc>>> {
    let next: Option<i64> = db
        .prepare_cached("SELECT MIN(expires) FROM shared_package WHERE state = 'waiting'")?
        .query_row([], |row| row.get(0))?;
    next.map(time).transpose()
}

fn several(
    db: &Connection,
    filter: &str,
    values: impl rusqlite::Params,
    now: DateTime<Utc>,
) -> Result<Vec<Handover>> {
    let mut query = db.prepare_cached(&format!("SELECT {COLUMNS} {filter}"))?;
    let mut rows = query.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row, now)?);
    }
    drop(rows);
    for handover in &mut found {
        handover.shared.signers = signers(db, handover.number)?;
    }
    Ok(found)
}

fn read(row: &Row<'_>, now: DateTime<Utc>) -> Result<Handover> {
    let text = |column: usize| row.get::<_, Option<String>>(column);
    let needed = |column: usize| row.get::<_, String>(column);
    let claim = |column: usize| -> Result<Option<Uuid>> {
        text(column)?.map(|claim| parse("shared_package.claim", &claim)).transpose()
    };
    let hand = |user: String, name: String, channel: String, at: i64| -> Result<Hand> {
        Ok(Hand {
            user: User { id: parse("shared_package.user", &user)?, name },
            channel: named("shared_package.channel", &channel, Channel::from_name)?,
            at: time(at)?,
        })
    };
    let about: About = from_json("shared_package.about", &needed(5)?)?;
    let debit_account =
        about.accounts().next().ok_or_else(|| BankError::data("shared_package.about", "no account"))?;
    let expires = time(row.get(11)?)?;
    let state = named("shared_package.state", &needed(12)?, SharedState::from_name)?;
    let is_over = state == SharedState::Waiting && expires <= now;
    let ended = match (text(13)?, text(14)?, text(15)?, row.get::<_, Option<i64>>(16)?) {
        (Some(user), Some(name), Some(channel), Some(at)) => Some(hand(user, name, channel, at)?),
        _ => None,
    };
    Ok(Handover {
        number: row.get(0)?,
        put_claim: claim(6)?,
        taken_claim: claim(17)?,
        shared: SharedPackage {
            handover: parse("shared_package.handover", &needed(1)?)?,
            package: parse("shared_package.package", &needed(3)?)?,
            customer: parse("shared_package.customer", &needed(2)?)?,
            name: about.name.clone(),
            order_type: about.order_type,
            count: about.count,
            total: about.total,
            debit_account,
            scheduled: about.scheduled,
            document_sha256: hex::encode(row.get::<_, Vec<u8>>(4)?),
            signers: Vec::new(),
            state: if is_over { SharedState::Expired } else { state },
            put: hand(needed(7)?, needed(8)?, needed(9)?, row.get(10)?)?,
            expires,
            ended,
        },
        about,
    })
}

fn signers(db: &Connection, number: i64) -> Result<Vec<User>> {
    let mut query = db.prepare_cached(
        "SELECT s.signer, COALESCE(u.name, '') FROM shared_signature s LEFT JOIN bank_user u ON u.id = s.signer
         WHERE s.handing_over = ?1 ORDER BY s.position",
    )?;
    let mut rows = query.query([number])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = parse("shared_signature.signer", &row.get::<_, String>(0)?)?;
        found.push(User { id, name: row.get(1)? });
    }
    Ok(found)
}

/// A handing over to write down.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewHandover<'a> {
    pub handover: Uuid,
    pub package: PackageId,
    /// The claim under which it was held.
    pub claim: Option<Uuid>,
    pub document: &'a [u8],
    /// Their SHA-256.
    pub digest: [u8; 32],
    pub about: &'a About,
    /// Signatures over them, each with its signer.
    pub signatures: &'a [(&'a [u8], domain::UserId)],
    /// Until when it stays.
    pub expires: DateTime<Utc>,
}

/// Writes a handing over down as waiting.
pub(super) fn insert(db: &Connection, asker: &Asker<'_>, new: &NewHandover<'_>) -> Result<()> {
    db.execute(
        "INSERT INTO shared_package (handover, customer, package, document, document_sha256, about, put_claim, put_user,
            put_channel, put_at, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            new.handover.to_string(),
            asker.access.customer.id.as_str(),
            new.package.to_string(),
            new.document,
            new.digest,
            to_json(new.about)?,
            new.claim.map(|claim| claim.to_string()),
            asker.user.as_str(),
            asker.channel.name(),
            asker.now.timestamp_millis(),
            new.expires.timestamp_millis(),
        ],
    )?;
    let number = db.last_insert_rowid();
    for (position, (cms, signer)) in (0_i64..).zip(new.signatures) {
        db.execute(
            "INSERT INTO shared_signature (handing_over, position, signer, cms) VALUES (?1, ?2, ?3, ?4)",
            params![number, position, signer.as_str(), cms],
        )?;
    }
    log::write(db, asker, new.package, new.handover, "put")?;
    changes::shared(db, &asker.access.customer.id, new.package)
}

/// Ends a waiting handing over by somebody's hand.
pub(super) fn end(
    db: &Connection,
    asker: &Asker<'_>,
    handover: &Handover,
    state: SharedState,
    taken_claim: Option<Uuid>,
) -> Result<()> {
    db.execute(
        "UPDATE shared_package SET state = ?2, taken_claim = ?3, ended_user = ?4, ended_channel = ?5, ended_at = ?6
         WHERE number = ?1",
        params![
            handover.number,
            state.name(),
            taken_claim.map(|claim| claim.to_string()),
            asker.user.as_str(),
            asker.channel.name(),
            asker.now.timestamp_millis(),
        ],
    )?;
    log::write(db, asker, handover.shared.package, handover.shared.handover, state.name())?;
    changes::shared(db, &handover.shared.customer, handover.shared.package)
}

/// Ends a handing over whose day is over. It ended at its end, whenever that is noted.
pub(super) fn expire(db: &Connection, handover: &Handover) -> Result<()> {
    db.execute(
        "UPDATE shared_package SET state = 'expired', ended_at = expires WHERE number = ?1",
        [handover.number],
    )?;
    log::write_expired(db, &handover.shared)?;
    changes::shared(db, &handover.shared.customer, handover.shared.package)
}

/// A handing over with its document and signatures.
pub(super) fn with_document(db: &Connection, handover: Handover) -> Result<SharedContent> {
    let document: Option<Vec<u8>> = db
        .prepare_cached("SELECT document FROM shared_package WHERE number = ?1")?
        .query_row([handover.number], |row| row.get(0))
        .optional()?;
    Ok(SharedContent {
        document: document.unwrap_or_default().into(),
        signatures: signatures(db, &handover)?,
        shared: handover.shared,
    })
}

/// The signatures of a handing over.
pub(super) fn signatures(db: &Connection, handover: &Handover) -> Result<Vec<Base64Bytes>> {
    let mut query =
        db.prepare_cached("SELECT cms FROM shared_signature WHERE handing_over = ?1 ORDER BY position")?;
    let found = query
        .query_map([handover.number], |row| row.get(0).map(Base64Bytes))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}
