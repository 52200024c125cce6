//! Making packages and changing them. Every change makes a new document, and signatures over the old one go.

use chrono::NaiveDate;
use domain::package::travels_alone;
use domain::text::PackageName;
use domain::{BankProfile, Order, OrderId, PackageHeader, PackageId, Timing};
use formats::package_document::{self, PackageContent};
use protocol::{Problem, ProblemCode};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::record::{self, Content, Row, State};
use super::{Answer, at_hand};
use crate::orders::acceptance;
use crate::orders::context::Context;
use crate::orders::refusal::document_problem;
use crate::orders::shared_area::{About, Asker};

/// Makes a package of orders; its document is written once, now. Gives its id.
///
/// # Errors
/// `package-against-rules` for no orders, orders of which only some are instant, or a shape that the bank's rules
/// exclude; `not-permitted` for an account that the asker may not dispose over; what acceptance says of an order that
/// could not be taken.
pub(crate) fn create(
    db: &Connection,
    context: &Context<'_>,
    asker: &Asker<'_>,
    orders: Vec<Order>,
    name: PackageName,
    scheduled: Option<NaiveDate>,
) -> Answer<PackageId> {
    let first = orders.first().ok_or(ProblemCode::PackageAgainstRules)?;
    let account = first.face().debit;
    let is_one_account = orders.iter().all(|order| order.face().debit == account);
    let header = PackageHeader {
        id: PackageId(Uuid::now_v7()),
        customer: asker.access.customer.id.clone(),
        name,
        order_type: first.order_type(),
        debit_account: account.filter(|_| is_one_account),
        instant: is_instant(first),
        scheduled,
    };
    let content = PackageContent {
        header,
        customer_name: asker.access.customer.name.clone(),
        created: asker.now,
        orders,
    };
    check_takeable(db, context, asker, &content)?;
    let written = Written::of(&content)?;
    record::put(db, asker, &written.content(content.header.id, None))?;
    Ok(content.header.id)
}

/// Whether the bank would take the content, and the asker may dispose over what it debits.
fn check_takeable(
    db: &Connection,
    context: &Context<'_>,
    asker: &Asker<'_>,
    content: &PackageContent,
) -> Answer<()> {
    check_shape(&context.rules.profile, asker, content)?;
    let may = |account| asker.access.authority.may_dispose(asker.user, account);
    let may_dispose = |order: &Order| order.face().debit.is_some_and(may);
    if !content.orders.iter().all(may_dispose) {
        return Err(ProblemCode::NotPermitted.into());
    }
    acceptance::check_content(db, context, asker.access, content)
}

fn is_instant(order: &Order) -> bool {
    order.transfer().is_some_and(|transfer| transfer.timing == Timing::Instant)
}

/// Orders with and without the tick box "azonnali" have other headers, so they are of other packages; where an
/// instant order of a company travels alone, it does so here too.
fn check_shape(profile: &BankProfile, asker: &Asker<'_>, content: &PackageContent) -> Answer<()> {
    let against = |why: &str| Err(Problem::new(ProblemCode::PackageAgainstRules).with_detail(why).into());
    let (instant, kind) = (content.header.instant, content.header.order_type);
    if content.orders.iter().any(|order| order.order_type() != kind) {
        return against("orders of several types");
    }
    if content.orders.iter().any(|order| is_instant(order) != instant) {
        return against("only some orders are instant");
    }
    let alone = travels_alone(instant, asker.access.customer.kind, &profile.packages);
    if alone && content.orders.len() > 1 {
        return against("an instant order has a package of its own");
    }
    Ok(())
}

/// A document with what the table wants to know of it.
struct Written {
    document: Vec<u8>,
    sha256: [u8; 32],
    about: About,
}

impl Written {
    fn of(content: &PackageContent) -> Answer<Self> {
        let document = package_document::to_bytes(content).map_err(document_problem)?;
        let sha256 = Sha256::digest(&document).into();
        Ok(Self { document, sha256, about: About::of(content)? })
    }

    fn content(&self, package: PackageId, claim: Option<Uuid>) -> Content<'_> {
        Content {
            package,
            document: &self.document,
            document_sha256: self.sha256,
            about: &self.about,
            claim,
            handover: None,
        }
    }
}

/// Gives the package another name. Gives how many signatures went by that.
///
/// # Errors
/// As [`change`].
pub(crate) fn rename(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    name: PackageName,
) -> Answer<usize> {
    change(db, asker, package, |content| content.header.name = name)
}

/// Plans the day on which it is to be sent. Gives how many signatures went by that.
///
/// # Errors
/// As [`change`].
pub(crate) fn set_scheduled(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    scheduled: Option<NaiveDate>,
) -> Answer<usize> {
    change(db, asker, package, |content| content.header.scheduled = scheduled)
}

/// Puts an order into the package: instead of the one with its identifier, else behind the others. Gives how many
/// signatures went by that.
///
/// # Errors
/// As [`change`] and, for the package with the order, as [`create`].
pub(crate) fn put_order(
    db: &Connection,
    context: &Context<'_>,
    asker: &Asker<'_>,
    package: PackageId,
    order: Order,
) -> Answer<usize> {
    let mut content = read(&changeable(db, asker, package)?)?;
    let account = order.face().debit;
    match content.orders.iter_mut().find(|one| one.id() == order.id()) {
        Some(one) => *one = order,
        None => content.orders.push(order),
    }
    let is_one_account = content.orders.iter().all(|one| one.face().debit == account);
    content.header.debit_account = account.filter(|_| is_one_account);
    if let [only] = content.orders.as_slice() {
        content.header.instant = is_instant(only);
    }
    check_takeable(db, context, asker, &content)?;
    change(db, asker, package, |old| *old = content)
}

/// Takes an order out; with the last one the package is deleted. Gives how many signatures went by that.
///
/// # Errors
/// As [`change`]; `not-found` for an order that is not in it.
pub(crate) fn remove_order(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    order: OrderId,
) -> Answer<usize> {
    let content = read(&changeable(db, asker, package)?)?;
    let left = content.orders.iter().filter(|one| one.id() != order).count();
    if left == content.orders.len() {
        return Err(ProblemCode::NotFound.into());
    }
    if left == 0 {
        return delete(db, asker, package);
    }
    change(db, asker, package, |content| content.orders.retain(|one| one.id() != order))
}

/// Deletes the package. Gives how many signatures went by that.
///
/// # Errors
/// As [`change`].
pub(crate) fn delete(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<usize> {
    let row = changeable(db, asker, package)?;
    record::set_state(db, asker, row.package, State::Deleted, None)?;
    Ok(record::drop_signatures(db, &asker.access.customer.id, package)?)
}

/// Changes a package that is here.
///
/// # Errors
/// `not-found`; `package-in-shared-area`, `package-held-elsewhere`, `package-already-sent` when it is not here;
/// `not-permitted` when the asker may not dispose over every debited account.
fn change(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    edit: impl FnOnce(&mut PackageContent),
) -> Answer<usize> {
    let row = changeable(db, asker, package)?;
    let before = read(&row)?;
    let mut content = before.clone();
    edit(&mut content);
    if content == before {
        return Ok(0);
    }
    content.created = asker.now;
    let written = Written::of(&content)?;
    Ok(record::replace(db, asker, &written.content(package, row.claim))?)
}

fn changeable(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<Row> {
    let row = at_hand(db, asker, package)?;
    let authority = &asker.access.authority;
    if !row.about.accounts().all(|account| authority.may_dispose(asker.user, account)) {
        return Err(ProblemCode::NotPermitted.into());
    }
    Ok(row)
}

fn read(row: &Row) -> Answer<PackageContent> {
    Ok(package_document::read(&row.document).map_err(document_problem)?)
}
