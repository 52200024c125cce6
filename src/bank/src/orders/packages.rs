//! Packages that the bank has: taking one in exactly once, its signed receipt, its status.

use chrono::{DateTime, Utc};
use domain::package::Outcome;
use domain::routing::Route;
use domain::{AccountNumber, CustomerId, Order, OrderType, PackageId, UserId};
use formats::package_document::PackageContent;
use protocol::{
    Base64Bytes, Cursor, CustomerAccess, ItemState, ItemStatus, PackageChanges, PackageStatus, ProblemCode,
    ReceiptBody, ReceivedState, RejectReason, SignedReceipt, SubmitPackage,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use signature::TrustStore;
use uuid::Uuid;

use super::acceptance::{Accepted, check};
use super::context::Context;
use super::examined::Examined;
use super::part::CarryOut;
use super::{attempts, rights, shared_area};
use crate::accounts::view::View;
use crate::ground::changes;
use crate::ground::database::{named, parse, time, to_json};
use crate::ground::error::{BankError, Refusal, Result};
use crate::ground::folder::Identity;
use crate::people::notices;

/// Letter of the cursors of changed packages.
const LIST: char = 'p';

/// The bytes that somebody wants to be taken, examined, and under which words they come.
pub(crate) struct Brought<'a> {
    /// The client's identifier of this attempt to send.
    pub(crate) attempt: Uuid,
    /// Under which it was taken over from the shared area.
    pub(crate) claim: Option<Uuid>,
    pub(crate) package: Examined<'a>,
}

impl<'a> Brought<'a> {
    pub(crate) fn of(package: &'a SubmitPackage, trust: &TrustStore, now: DateTime<Utc>) -> Self {
        let SubmitPackage { attempt, claim, document, signatures } = package;
        let package = Examined::of(document.as_slice(), signatures, trust, now);
        Self { attempt: *attempt, claim: *claim, package }
    }
}

/// Takes a package in that `sender` brings. The same document under the same id gives the stored receipt again, whatever
/// has become of certificates, rights and accounts since.
///
/// # Errors
/// `package-id-conflict` for other bytes; `package-attempt-void`; `package-in-shared-area` or
/// `package-held-elsewhere` when it is not the sender's to send; else the first failed check of
/// [`crate::orders::acceptance`].
pub(crate) fn submit(
    db: &Connection,
    context: &Context<'_>,
    identity: &Identity,
    access: &CustomerAccess,
    sender: &UserId,
    id: PackageId,
    brought: &Brought<'_>,
) -> std::result::Result<SignedReceipt, Refusal> {
    if let Some((customer, known, receipt)) = stored(db, id)? {
        let same = customer == access.customer.id.as_str() && known == brought.package.sha256();
        return if same { Ok(receipt) } else { Err(ProblemCode::PackageIdConflict.into()) };
    }
    shared_area::holds(db, &access.customer.id, id, brought.claim, context.now)?;
    let accepted = check(db, context, access, sender, id, &brought.package)?;
    let debited: Vec<_> = accepted.read.debits.keys().copied().collect();
    if attempts::is_void(db, &access.customer.id, id, brought.attempt, &debited)? {
        return Err(ProblemCode::PackageAttemptVoid.into());
    }
    let receipt = store(db, context, identity, id, &brought.package, &accepted)?;
    let (PackageContent { header, orders, .. }, after) = (&accepted.read.content, &accepted.after);
    if let (CarryOut::AtOnce(take_effect), Some(after)) = (super::part_of(header.order_type).carry_out, after)
    {
        take_effect(db, access, orders, after, context.now)?;
    }
    let (customer, name) = (&access.customer.id, header.name.as_str());
    notices::tell_users(db, customer, &access.authority, notices::PACKAGE_RECEIVED, name, context.now)?;
    Ok(receipt)
}

/// Whether the bank has a package of that id, whoever's.
pub(crate) fn is_known(db: &Connection, id: PackageId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM package WHERE id = ?1")?.exists([id.to_string()])?)
}

/// Makes "never seen" final: if the bank does not have the package, this attempt of the user's side will not be taken
/// any more.
///
/// # Errors
/// `not-permitted` for a user who can be nobody's sender at the customer.
pub(crate) fn void_unless_taken(
    db: &Connection,
    access: &CustomerAccess,
    user: &UserId,
    id: PackageId,
    attempt: Uuid,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    if is_known(db, id)? { Ok(()) } else { attempts::void(db, access, user, id, attempt, now) }
}

fn stored(db: &Connection, id: PackageId) -> Result<Option<(String, [u8; 32], SignedReceipt)>> {
    let found = db
        .prepare_cached(
            "SELECT customer, document_sha256, receipt_body, receipt_signature FROM package WHERE id = ?1",
        )?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, receipt(row, 2)?)))
        .optional()?;
    Ok(found)
}

fn receipt(row: &Row<'_>, first: usize) -> rusqlite::Result<SignedReceipt> {
    Ok(SignedReceipt { body: Base64Bytes(row.get(first)?), signature: Base64Bytes(row.get(first + 1)?) })
}

fn store(
    db: &Connection,
    context: &Context<'_>,
    identity: &Identity,
    id: PackageId,
    package: &Examined<'_>,
    accepted: &Accepted<'_>,
) -> Result<SignedReceipt> {
    let (content, digest) = (&accepted.read.content, package.sha256());
    let header = &content.header;
    let at_once = matches!(super::part_of(header.order_type).carry_out, CarryOut::AtOnce(_));
    let customer = &header.customer;
    let sequence: i64 =
        db.query_row("SELECT COALESCE(MAX(sequence), 0) + 1 FROM package", [], |row| row.get(0))?;
    let body = ReceiptBody {
        kind: ReceiptBody::KIND.to_owned(),
        bank: context.rules.profile.id.clone(),
        package: id,
        customer: customer.clone(),
        document_sha256: hex::encode(digest),
        received_at: context.now,
        sequence: u64::try_from(sequence).unwrap_or(0),
    };
    let receipt = sign_receipt(identity, &to_json(&body)?.into_bytes(), context.now)?;
    db.execute(
        "INSERT INTO package (id, customer, document, document_sha256, received_at, sequence, receipt_body,
            receipt_signature, name, order_type, routed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            id.to_string(),
            customer.as_str(),
            package.document,
            digest,
            context.now.timestamp_millis(),
            sequence,
            receipt.body.as_slice(),
            receipt.signature.as_slice(),
            header.name.as_str(),
            header.order_type.code(),
            // What takes effect at once the engines have nothing to route of.
            at_once,
        ],
    )?;
    for (position, (cms, signer)) in (0_i64..).zip(&accepted.signed) {
        db.execute(
            "INSERT INTO package_signature (package, position, signer, cms) VALUES (?1, ?2, ?3, ?4)",
            params![id.to_string(), position, signer.as_str(), cms],
        )?;
    }
    store_orders(db, content, at_once.then_some(context.now))?;
    changes::package(db, customer, id)?;
    Ok(receipt)
}

/// Puts the orders down; those that are carried out in this very transaction as executed at `executed`.
fn store_orders(db: &Connection, content: &PackageContent, executed: Option<DateTime<Utc>>) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO item (package, position, customer, order_id, content, account, amount, state, decided_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let state = if executed.is_some() { ItemState::Executed } else { ItemState::Received };
    for (position, order) in (0_i64..).zip(&content.orders) {
        let face = order.face();
        insert.execute(params![
            content.header.id.to_string(),
            position,
            content.header.customer.as_str(),
            order.id().to_string(),
            order.content().map_err(|e| BankError::data("item.content", e))?,
            face.debit.map(|account| account.digits24()).unwrap_or_default(),
            face.amount.map(|amount| amount.minor_units()).unwrap_or_default(),
            state.name(),
            executed.map(|at| at.timestamp_millis())
        ])?;
    }
    Ok(())
}

/// The type of a package's orders.
pub(crate) fn read_type(code: &str) -> Result<OrderType> {
    named("package.order_type", code, OrderType::from_code)
}

/// An order as [`store_orders`] has put it down.
pub(crate) fn read_order(order_type: &str, content: &str) -> Result<Order> {
    read_type(order_type)?.of_content(content).map_err(|e| BankError::data("item.content", e))
}

fn sign_receipt(identity: &Identity, body: &[u8], now: DateTime<Utc>) -> Result<SignedReceipt> {
    let pending = signature::prepare(&identity.receipt_certificate, Sha256::digest(body).into(), now)?;
    let raw = identity.receipt_key.sign_digest(&pending.digest())?;
    Ok(SignedReceipt { body: Base64Bytes(body.to_vec()), signature: Base64Bytes(pending.finish(&raw, &[])?) })
}

/// The customer's package of that id, for a user.
///
/// # Errors
/// `package-unknown`: never taken in, so it may be sent. `not-permitted` when the user may not see every account that
/// it debits: never "unknown", since whoever hears that may send it again.
pub(crate) fn status_for(
    db: &Connection,
    access: &CustomerAccess,
    user: &UserId,
    id: PackageId,
) -> std::result::Result<PackageStatus, Refusal> {
    let status = status(db, &access.customer.id, id)?;
    if rights::may_view(&access.authority, user, debited(db, id)?) {
        Ok(status)
    } else {
        Err(ProblemCode::NotPermitted.into())
    }
}

fn debited(db: &Connection, id: PackageId) -> Result<Vec<AccountNumber>> {
    let mut query =
        db.prepare_cached("SELECT DISTINCT account FROM item WHERE package = ?1 AND account <> ''")?;
    let rows = query.query_map([id.to_string()], |row| row.get::<_, String>(0))?;
    rows.map(|account| parse("item.account", &account?)).collect()
}

/// The customer's package of that id.
///
/// # Errors
/// `package-unknown`: never taken in, so it may be sent.
pub(crate) fn status(
    db: &Connection,
    customer: &CustomerId,
    id: PackageId,
) -> std::result::Result<PackageStatus, Refusal> {
    let found = db
        .prepare_cached(
            "SELECT received_at, receipt_body, receipt_signature FROM package WHERE id = ?1 AND customer = ?2",
        )?
        .query_row(params![id.to_string(), customer.as_str()], |row| {
            Ok((row.get::<_, i64>(0)?, receipt(row, 1)?))
        })
        .optional()?;
    let (received_at, receipt) = found.ok_or(ProblemCode::PackageUnknown)?;
    let items = items(db, id)?;
    Ok(PackageStatus {
        package: id,
        customer: customer.clone(),
        state: summary(&items),
        received_at: time(received_at)?,
        receipt,
        items,
    })
}

fn items(db: &Connection, id: PackageId) -> Result<Vec<ItemStatus>> {
    let mut query = db.prepare_cached(
        "SELECT order_id, state, route, reason, due, decided_at, entry FROM item WHERE package = ?1 ORDER BY position",
    )?;
    let mut rows = query.query([id.to_string()])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |column: usize| row.get::<_, Option<String>>(column);
        let moment = |column: usize| -> Result<Option<DateTime<Utc>>> {
            row.get::<_, Option<i64>>(column)?.map(time).transpose()
        };
        items.push(ItemStatus {
            order: parse("item.order_id", &row.get::<_, String>(0)?)?,
            state: named("item.state", &row.get::<_, String>(1)?, ItemState::from_name)?,
            route: text(2)?.map(|name| named("item.route", &name, Route::from_name)).transpose()?,
            reason: text(3)?.map(|name| named("item.reason", &name, RejectReason::from_name)).transpose()?,
            due: moment(4)?,
            decided_at: moment(5)?,
            transaction: row.get::<_, Option<i64>>(6)?.and_then(|n| u64::try_from(n).ok()),
        });
    }
    Ok(items)
}

fn summary(items: &[ItemStatus]) -> ReceivedState {
    let count = |of: &dyn Fn(ItemState) -> bool| {
        u32::try_from(items.iter().filter(|item| of(item.state)).count()).unwrap_or(u32::MAX)
    };
    received(
        count(&|state| state == ItemState::Executed),
        count(&|state| state == ItemState::Rejected),
        count(&|_| true),
    )
}

/// How far the bank is with a package of so many executed, rejected and all orders.
pub(crate) fn received(executed: u32, rejected: u32, of: u32) -> ReceivedState {
    match Outcome::of(executed, rejected, of) {
        None => ReceivedState::InProgress,
        Some(Outcome::Completed) => ReceivedState::Completed,
        Some(Outcome::PartlyRejected) => ReceivedState::PartlyRejected,
        Some(Outcome::Rejected) => ReceivedState::Rejected,
    }
}

/// The customer's packages that changed after a cursor and debit only accounts that the user may see.
///
/// # Errors
/// `cursor-invalid`.
pub(crate) fn changed(
    db: &Connection,
    access: &CustomerAccess,
    user: &UserId,
    after: Option<&Cursor>,
    limit: u32,
) -> std::result::Result<PackageChanges, Refusal> {
    let customer = &access.customer.id;
    let view = View::of_user(user, &access.authority);
    let start = view.start(LIST, after)?;
    let mut query = db.prepare_cached(
        "SELECT c.package, MAX(c.sequence) AS last FROM change c
         WHERE c.customer = ?1 AND c.sequence > ?2 AND c.kind = 'package' AND NOT EXISTS (SELECT 1 FROM item i
            WHERE i.package = c.package AND i.account <> '' AND i.account NOT IN (SELECT value FROM json_each(?4)))
         GROUP BY c.package ORDER BY last LIMIT ?3",
    )?;
    let seen = to_json(&view.accounts())?;
    let mut rows = query.query(params![customer.as_str(), start, limit + 1, seen])?;
    let (mut packages, mut next, mut more) = (Vec::new(), start, false);
    while let Some(row) = rows.next()? {
        if packages.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            more = true;
            break;
        }
        let id = parse("change.package", &row.get::<_, String>(0)?)?;
        packages.push(status(db, customer, id)?);
        next = row.get(1)?;
    }
    Ok(PackageChanges { packages, next: view.cursor(LIST, next)?, more })
}

/// Notes that a package arrived and what became of it.
pub(crate) fn note_arrival(db: &Connection, id: PackageId, outcome: &str, now: DateTime<Utc>) -> Result<()> {
    db.execute(
        "INSERT INTO arrival (package, at, outcome) VALUES (?1, ?2, ?3)",
        params![id.to_string(), now.timestamp_millis(), outcome],
    )?;
    Ok(())
}
