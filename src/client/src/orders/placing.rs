//! Into which package an order goes, and what becomes of the package that it leaves.

use domain::package::{PackageEvent, apply, travels_alone};
use domain::text::{PackageName, is_allowed};
use domain::{
    AccountNumber, Beneficiary, Order, OrderId, OrderType, PackageHeader, PackageId, PackageState, Timing,
};
use store::package_lists::PackageList;
use store::packages::StoredPackage;
use uuid::Uuid;

use crate::admin::order_title;
use crate::error::{ClientError, Result};
use crate::orders::import::earlier::is_imported;
use crate::orders::rules::Rules;

/// Where a recorded order goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PackageChoice {
    /// A ticked order into a package of its own, others into the open package with the same header data.
    #[default]
    Auto,
    /// A new package.
    New,
    /// This package; refused if the header data differ.
    Into(PackageId),
}

/// Takes an order out of its package and deletes the package if it is empty then.
pub(crate) fn take_out(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    order: OrderId,
    package: PackageId,
) -> Result<()> {
    let stored = store::packages::get(tx, package)?;
    let _ = apply(stored.state, PackageEvent::Edit, &rules.profile.packages)?;
    store::orders::remove(tx, order, rules.now)?;
    if store::packages::get(tx, package)?.count == 0 {
        store::packages::set_state(tx, package, stored.state, PackageState::Deleted, rules.now)?;
    }
    Ok(())
}

/// The header of a new package for an order; it is named after its first payee or the own account that is credited, or
/// after what it changes.
pub(crate) fn header_for(rules: &Rules, order: &Order) -> Result<PackageHeader> {
    let credited = match order.transfer().map(|transfer| &transfer.beneficiary) {
        Some(Beneficiary::OwnAccount { number }) => rules.account(*number),
        _ => None,
    };
    let title = match credited {
        Some(own) => own.name.clone(),
        None => order_title(order, &rules.authority),
    };
    let fitting: String = title.chars().filter(|c| is_allowed(*c)).take(PackageName::MAX).collect();
    Ok(header_named(rules, order, fitting.parse().map_err(ClientError::PackageName)?))
}

/// What the orders of one package share: type, debited account, tick.
pub(crate) type Shared = (OrderType, Option<AccountNumber>, bool);

/// What an order shares with the others of its package.
pub(crate) fn shared(order: &Order) -> Shared {
    let payment = order.transfer();
    let instant = payment.is_some_and(|payment| payment.timing == Timing::Instant);
    (order.order_type(), payment.map(|payment| payment.debit_account), instant)
}

/// The header of a new package of that name for an order.
pub(crate) fn header_named(rules: &Rules, order: &Order, name: PackageName) -> PackageHeader {
    let (order_type, debit_account, instant) = shared(order);
    PackageHeader {
        id: PackageId(Uuid::now_v7()),
        customer: rules.customer.id.clone(),
        name,
        order_type,
        debit_account,
        instant,
        scheduled: None,
    }
}

/// Makes a new package for an order.
pub(super) fn create_package(tx: &store::OfCustomer<'_>, rules: &Rules, order: &Order) -> Result<PackageId> {
    let header = header_for(rules, order)?;
    store::packages::create(tx, &header, rules.now)?;
    Ok(header.id)
}

/// The existing package that the order goes into; `None`: a new one.
pub(super) fn target_package(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    order: &Order,
    choice: PackageChoice,
    editing: Option<OrderId>,
) -> Result<Option<StoredPackage>> {
    let header = header_for(rules, order)?;
    let alone = travels_alone(header.instant, rules.customer.kind, &rules.profile.packages);
    // An edited order stays where it is as long as its header data allow it.
    if let (Some(id), PackageChoice::Auto) = (editing, choice) {
        let package = store::packages::get(conn, store::orders::get(conn, id)?.package)?;
        if fits(&package.header, &header, rules) && (!alone || package.count <= 1) {
            return Ok(Some(package));
        }
    }
    match choice {
        PackageChoice::New => Ok(None),
        // What moves no money names its package by what it changes, so it stands there alone unless it is put there.
        PackageChoice::Auto if header.instant || alone || header.debit_account.is_none() => Ok(None),
        PackageChoice::Auto => {
            let open = open_package(conn, &header)?;
            Ok(open.filter(|p| p.count < rules.profile.packages.max_orders))
        }
        PackageChoice::Into(id) => {
            let package = store::packages::get(conn, id)?;
            let _ = apply(package.state, PackageEvent::Edit, &rules.profile.packages)?;
            let others = package.count - u32::from(holds(conn, &package, editing));
            if !fits(&package.header, &header, rules) || (alone && others > 0) {
                return Err(ClientError::OtherHeader);
            }
            Ok(Some(package))
        }
    }
}

/// The latest recorded package of that header that did not come from a file: what a file holds stays as its maker meant
/// it, and nobody would look for an order of one's own among two thousand of its.
fn open_package(conn: &store::OfCustomer<'_>, header: &PackageHeader) -> Result<Option<StoredPackage>> {
    let Some(latest) = store::packages::find_open(conn, header)? else { return Ok(None) };
    if !is_imported(conn, latest.header.id)? {
        return Ok(Some(latest));
    }
    let recorded = PackageList::In(PackageState::Recorded);
    let same =
        |other: &PackageHeader| PackageHeader { id: header.id, name: header.name.clone(), ..other.clone() };
    for line in store::package_lists::list(conn, recorded, "", store::Page::ALL)? {
        if same(&line.package.header) == *header && !is_imported(conn, line.package.header.id)? {
            return Ok(Some(line.package));
        }
    }
    Ok(None)
}

/// Whether an order with `wanted` header data may stand in a package with `have`.
fn fits(have: &PackageHeader, wanted: &PackageHeader, rules: &Rules) -> bool {
    // A document holds orders of one type.
    have.customer == wanted.customer
        && have.order_type == wanted.order_type
        && (rules.profile.packages.several_debit_accounts || have.debit_account == wanted.debit_account)
        && have.instant == wanted.instant
}

/// Whether the order stands in the package.
pub(super) fn holds(conn: &store::OfCustomer<'_>, package: &StoredPackage, order: Option<OrderId>) -> bool {
    order
        .and_then(|id| store::orders::find(conn, id).ok().flatten())
        .is_some_and(|stored| stored.package == package.header.id)
}
