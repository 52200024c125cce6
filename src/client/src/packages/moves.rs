//! Moving a package from state to state, and its story in the audit log.

use domain::PackageId;
use domain::package::{PackageEvent, apply};
use store::audit::AuditEvent;
use store::packages::StoredPackage;

use crate::error::Result;
use crate::orders::rules::Rules;

/// Moves a package by an event: state, signatures and the audit log in one transaction.
pub(crate) fn transition(
    tx: &store::Transaction<'_>,
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
        let detail = serde_json::json!({ "from": package.state.name(), "to": applied.state.name() });
        log(tx, rules, "package-state", id, detail)?;
    }
    Ok(store::packages::get(tx, id)?)
}

/// Writes an event of a package into the audit log.
pub(crate) fn log(
    tx: &store::Transaction<'_>,
    rules: &Rules,
    action: &str,
    package: PackageId,
    detail: serde_json::Value,
) -> Result<()> {
    let event = AuditEvent {
        at: rules.now,
        actor: rules.actor.clone(),
        action: action.to_owned(),
        subject: Some(package.to_string()),
        detail,
    };
    let _: store::audit::AuditEntry = store::audit::append(tx, &event)?;
    Ok(())
}
