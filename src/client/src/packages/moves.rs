//! Moving a package from state to state, and its story in the audit log.

use std::collections::BTreeSet;

use domain::package::{PackageEvent, apply};
use domain::{PackageId, PackageState};
use store::audit::AuditEvent;
use store::deed::Deed;
use store::packages::StoredPackage;

use crate::error::Result;
use crate::orders::rules::Rules;

/// Moves a package by an event: state, signatures and the audit log in one transaction.
pub(crate) fn transition(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    event: PackageEvent,
) -> Result<StoredPackage> {
    let package = store::packages::get(tx, id)?;
    let applied = apply(package.state, event, &rules.profile.packages)?;
    if applied.drops_signatures {
        let _: usize = store::signatures::drop_all(tx, id)?;
    }
    if applied.state != package.state {
        store::packages::set_state(tx, id, package.state, applied.state, rules.now)?;
        log(tx, rules, id, Deed::PackageState { from: package.state, to: applied.state })?;
    }
    Ok(store::packages::get(tx, id)?)
}

/// Tells the audit log of a package.
pub(crate) fn log(tx: &store::OfCustomer<'_>, rules: &Rules, package: PackageId, deed: Deed) -> Result<()> {
    let subject = Some(package.to_string());
    let customer = Some(tx.customer());
    let event = AuditEvent { at: rules.now, actor: rules.actor.clone(), deed, subject, customer };
    let _: store::audit::AuditEntry = store::audit::append(tx, &event)?;
    Ok(())
}

/// What the audit log tells of a package, the latest first.
pub(crate) fn story(conn: &store::OfCustomer<'_>, package: PackageId) -> Result<Vec<AuditEvent>> {
    let entries = store::audit::about(conn, &package.to_string(), store::Page::ALL)?;
    Ok(entries.into_iter().map(|entry| entry.event).collect())
}

/// Whether orders of the package can still be paid, or were: it is here and was not thrown away, or one of the packages
/// was not to which its orders went when it was split or they were moved.
pub(crate) fn is_alive(conn: &store::OfCustomer<'_>, package: PackageId) -> Result<bool> {
    // Orders may go to and fro.
    let (mut looked_at, mut waiting) = (BTreeSet::new(), vec![package]);
    while let Some(id) = waiting.pop() {
        if !looked_at.insert(id) {
            continue;
        }
        let line = store::package_lists::find(conn, id)?;
        if line.is_some_and(|line| line.package.state != PackageState::Deleted) {
            return Ok(true);
        }
        // Thrown away here, and sent from another seat that had it from a file.
        if store::packages::find(conn, id)?.is_some() && store::receipts::latest(conn, id)?.is_some() {
            return Ok(true);
        }
        waiting.extend(store::doubles::went_to(conn, id)?);
    }
    Ok(false)
}
