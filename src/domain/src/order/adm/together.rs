//! The orders of one package: they take effect one after the other, all or none.

use super::{AdminAction, AdminError, AdminOrder, Circumstances};
use crate::authority::AuthorityTable;
use crate::ids::OrderId;

/// The table after all orders, one version on.
///
/// # Errors
/// The first order that cannot take effect, and why. Orders that are about the same thing exclude each other, so that
/// nothing hangs on which comes first.
pub fn apply_all(
    orders: &[AdminOrder],
    table: &AuthorityTable,
    around: &Circumstances<'_>,
) -> Result<AuthorityTable, (OrderId, AdminError)> {
    let mut after = table.clone();
    for (index, order) in orders.iter().enumerate() {
        let earlier = orders.get(..index).unwrap_or_default();
        if earlier.iter().any(|other| other.id == order.id || collide(&other.action, &order.action)) {
            return Err((order.id, AdminError::Repeated));
        }
        order.action.check(&after, around).map_err(|error| (order.id, error))?;
        order.action.change(&mut after, around.today);
    }
    after.version = table.version.saturating_add(1);
    Ok(after)
}

/// Whether both are about the same thing.
fn collide(one: &AdminAction, other: &AdminAction) -> bool {
    use AdminAction::{
        ClearErrorPoints, Device, InternetBanking, NewAccount, SecondaryId, UserData, UserRights,
    };
    match (one, other) {
        (InternetBanking { .. }, InternetBanking { .. }) => true,
        (UserData { user: a, .. }, UserData { user: b, .. })
        | (UserRights { user: a, .. }, UserRights { user: b, .. })
        | (ClearErrorPoints { user: a }, ClearErrorPoints { user: b }) => a == b,
        (NewAccount { account: a, .. }, NewAccount { account: b, .. }) => a == b,
        // "All rights" of a user and a right on a new account contradict each other.
        (UserRights { user, .. }, NewAccount { rights, .. })
        | (NewAccount { rights, .. }, UserRights { user, .. }) => {
            rights.iter().any(|right| right.user == *user)
        }
        (Device { device: a, .. }, Device { device: b, .. }) => a == b,
        (SecondaryId { id: a, .. }, SecondaryId { id: b, .. }) => a == b,
        _ => false,
    }
}
