//! Elküldött megbízások: the packages that the bank has, sent from here or from the installed client [K&H web manual].

use domain::{Currency, CustomerId, Money, Order, OrderType, PackageId, User};
use maud::{Markup, html};
use protocol::{ItemState, ItemStatus, PackageStatus, ProblemCode, ReceivedState};
use rusqlite::{Connection, OptionalExtension, params};

use super::accounts::may_view;
use crate::doors::browser::format;
use crate::doors::browser::problem::WebProblem;
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::ground::database::{parse, time};
use crate::ground::error::{BankError, Result};
use crate::orders::packages;

/// A package as the list shows it.
pub(super) struct SentPackage {
    pub id: PackageId,
    /// The name that it was given.
    pub name: String,
    /// Type of its orders.
    pub order_type: OrderType,
    /// When the bank took it.
    pub received: chrono::DateTime<chrono::Utc>,
    pub count: u32,
    pub total: Money,
    /// How far the bank is.
    pub state: ReceivedState,
    pub rejected: u32,
}

/// A page of the list.
pub(super) struct SentPage {
    /// Newest first.
    pub packages: Vec<SentPackage>,
    /// Whether there are older ones.
    pub more: bool,
}

/// The customer's packages that debit only accounts that the visitor may see.
pub(super) fn list(db: &Connection, visitor: &Visitor, page: u32, rows: u32) -> Result<SentPage> {
    let customer = &visitor.access.customer.id;
    let accounts: Vec<String> = visitor
        .access
        .authority
        .rights
        .iter()
        .filter(|right| right.user == *visitor.user() && right.view)
        .map(|right| right.account.digits24())
        .collect();
    let accounts = serde_json::to_string(&accounts).map_err(|e| BankError::data("accounts", e))?;
    let mut query = db.prepare_cached(
        "SELECT id, name, received_at, order_type FROM package p
         WHERE customer = ?1 AND NOT EXISTS (SELECT 1 FROM item i WHERE i.package = p.id
            AND i.account <> '' AND i.account NOT IN (SELECT value FROM json_each(?2)))
         ORDER BY sequence DESC LIMIT ?3 OFFSET ?4",
    )?;
    let mut found =
        query.query(params![customer.as_str(), accounts, rows + 1, i64::from(page) * i64::from(rows)])?;
    let mut packages = Vec::new();
    while let Some(row) = found.next()? {
        let id = parse("package.id", &row.get::<_, String>(0)?)?;
        let order_type = packages::read_type(&row.get::<_, String>(3)?)?;
        packages.push(read(db, id, order_type, row.get(1)?, row.get(2)?)?);
    }
    let more = packages.len() > usize::try_from(rows).unwrap_or(usize::MAX);
    packages.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
    Ok(SentPage { packages, more })
}

fn read(
    db: &Connection,
    id: PackageId,
    order_type: OrderType,
    name: String,
    received: i64,
) -> Result<SentPackage> {
    let mut query = db.prepare_cached(
        "SELECT COUNT(*), COALESCE(SUM(amount), 0), COUNT(*) FILTER (WHERE state = 'executed'),
                COUNT(*) FILTER (WHERE state = 'rejected')
         FROM item WHERE package = ?1",
    )?;
    let (count, sum, executed, rejected): (u32, i64, u32, u32) =
        query.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let state = packages::received(executed, rejected, count);
    let total = Money::from_minor_units(sum, Currency::HUF);
    Ok(SentPackage { id, name, order_type, received: time(received)?, count, total, state, rejected })
}

/// One package with everything that the bank knows of it.
pub(super) struct SentDetail {
    pub name: String,
    /// Where it and each of its orders stands.
    pub status: PackageStatus,
    /// The orders, with where they stand.
    pub orders: Vec<(Order, ItemStatus)>,
    pub signers: Vec<User>,
    /// SHA-256 of the document.
    pub fingerprint: Vec<u8>,
}

/// The package, if the visitor may see every account that it debits.
///
/// # Errors
/// `package-unknown`, also for packages that the visitor may not see: strangers learn nothing.
pub(super) fn detail(
    db: &Connection,
    visitor: &Visitor,
    id: PackageId,
) -> std::result::Result<SentDetail, WebProblem> {
    let customer: &CustomerId = &visitor.access.customer.id;
    let about: Option<(String, Vec<u8>, String)> = db
        .prepare_cached(
            "SELECT name, document_sha256, order_type FROM package WHERE id = ?1 AND customer = ?2",
        )?
        .query_row(params![id.to_string(), customer.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let (name, digest, order_type) = about.ok_or(ProblemCode::PackageUnknown)?;
    let status = packages::status(db, customer, id)?;
    let mut query = db.prepare_cached("SELECT content FROM item WHERE package = ?1 ORDER BY position")?;
    let contents = query.query_map([id.to_string()], |row| row.get::<_, String>(0))?;
    let mut orders = Vec::with_capacity(status.items.len());
    for (content, item) in contents.zip(&status.items) {
        let order = packages::read_order(&order_type, &content?)?;
        if order.face().debit.is_some_and(|account| !may_view(visitor, account)) {
            return Err(ProblemCode::PackageUnknown.into());
        }
        orders.push((order, item.clone()));
    }
    Ok(SentDetail { name, status, orders, signers: signers(db, id)?, fingerprint: digest })
}

fn signers(db: &Connection, id: PackageId) -> Result<Vec<User>> {
    let mut query = db.prepare_cached(
        "SELECT s.signer, COALESCE(u.name, s.signer) FROM package_signature s
         LEFT JOIN bank_user u ON u.id = s.signer WHERE s.package = ?1 ORDER BY s.position",
    )?;
    let mut rows = query.query([id.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(User {
            id: parse("package_signature.signer", &row.get::<_, String>(0)?)?,
            name: row.get(1)?,
        });
    }
    Ok(found)
}

/// The list as a table.
pub(super) fn table(texts: &Texts, packages: &[SentPackage]) -> Markup {
    html! {
        @if packages.is_empty() { p.empty { (texts.text("web-sent-none")) } } @else {
            div.scroll tabindex="0" role="region" aria-label=(texts.text("web-nav-sent")) {
                table.stack {
                    thead { tr {
                        th scope="col" { (texts.text("web-package-name")) }
                        th scope="col" { (texts.text("web-sent-received")) }
                        th.number scope="col" { (texts.text("web-package-sum")) }
                        th scope="col" { (texts.text("web-sent-state")) }
                    } }
                    tbody {
                        @for package in packages {
                            tr {
                                td {
                                    a href={ (Place::Sent.path()) "/" (package.id) } { (package.name) }
                                    " " span.hint { "(" (package.count) ")" }
                                }
                                td.nowrap { (format::moment(texts, package.received)) }
                                td.number {
                                    @if package.order_type.is_payment() { (format::money(texts, package.total)) }
                                    @else { (texts.text(&package.order_type.text_key("name"))) }
                                }
                                td {
                                    (state_pill(texts, package.state))
                                    @if package.rejected > 0 && package.state != ReceivedState::Rejected {
                                        " " span.hint {
                                            (texts.with("web-sent-rejected", &[("count", &package.rejected.to_string())]))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How far the bank is with a package, as a word.
pub(super) fn state_pill(texts: &Texts, state: ReceivedState) -> Markup {
    let (class, key) = match state {
        ReceivedState::InProgress => ("pill", "web-sent-in-progress"),
        ReceivedState::Completed => ("pill good", "web-sent-completed"),
        ReceivedState::PartlyRejected => ("pill care", "web-sent-partly"),
        ReceivedState::Rejected => ("pill bad", "web-sent-all-rejected"),
    };
    html! { span class=(class) { (texts.text(key)) } }
}

/// Where an order stands, as a word.
pub(super) fn item_pill(texts: &Texts, state: ItemState) -> Markup {
    let (class, key) = match state {
        ItemState::Received => ("pill", "bank-state-received"),
        ItemState::Waiting => ("pill", "bank-state-waiting"),
        ItemState::Queued => ("pill care", "bank-state-queued"),
        ItemState::InExecution => ("pill", "bank-state-in-execution"),
        ItemState::Executed => ("pill good", "bank-state-executed"),
        ItemState::Rejected => ("pill bad", "bank-state-rejected"),
    };
    html! { span class=(class) { (texts.text(key)) } }
}
