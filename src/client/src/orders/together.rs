//! Orders that take effect one after the other: what those of one package make of the authority table together.

use domain::admin::{Circumstances, apply_all};
use domain::{AdminOrder, AuthorityTable, OrderId, OrderType, PackageId};

use crate::error::Result;
use crate::orders::placing::PackageChoice;
use crate::orders::rules::Rules;

/// The authority table on which an order will be judged that goes into a package, or is edited there: the one that the
/// orders before it leave. `None`: the one of today.
pub(super) fn table_before(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    order_type: OrderType,
    choice: PackageChoice,
    editing: Option<OrderId>,
) -> Result<Option<AuthorityTable>> {
    if order_type.is_payment() {
        return Ok(None);
    }
    let own = editing.map(|id| store::orders::get(conn, id)).transpose()?;
    let package = match (choice, &own) {
        (PackageChoice::Into(id), _) => id,
        (PackageChoice::Auto, Some(own)) => own.package,
        (PackageChoice::Auto, None) | (PackageChoice::New, _) => return Ok(None),
    };
    let last = own.filter(|own| own.package == package).map_or(u32::MAX, |own| own.position);
    let earlier: Vec<AdminOrder> = store::orders::page(conn, package, store::Page::ALL)?
        .into_iter()
        .filter(|stored| stored.position < last)
        .filter_map(|stored| stored.order.administration().cloned())
        .collect();
    // Earlier orders that cannot take effect are found when the package is judged whole.
    Ok(apply_all(&earlier, &rules.authority, &around(rules)).ok())
}

/// Whether all changes of the package can take effect, one after the other, on the table of today.
///
/// # Errors
/// [`crate::ClientError::Administration`] with what stands in the way.
pub(super) fn judge_together(conn: &store::OfCustomer<'_>, rules: &Rules, id: PackageId) -> Result<()> {
    if store::packages::get(conn, id)?.header.order_type.is_payment() {
        return Ok(());
    }
    let orders = store::orders::page(conn, id, store::Page::ALL)?;
    let changes: Vec<AdminOrder> =
        orders.iter().filter_map(|stored| stored.order.administration().cloned()).collect();
    let _ = apply_all(&changes, &rules.authority, &around(rules)).map_err(|(_, error)| error)?;
    Ok(())
}

/// What changes are judged by besides the authority table.
pub(crate) fn around(rules: &Rules) -> Circumstances<'_> {
    Circumstances { accounts: &rules.accounts, today: rules.today() }
}
