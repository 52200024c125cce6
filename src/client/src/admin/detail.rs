//! One self-administration package: what it changes, how far signing is, what the bank says of it.

use domain::{AdminOrder, OrderType, PackageId};
use store::admin_orders::StoredAdminOrder;

use super::words::{AdminChange, Speaker};
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;
use crate::packages::detail::PackageDetail;
use crate::packages::detail::detail;
use crate::packages::lists::ListedPackage;
use crate::packages::lists::is_uncertain;
use crate::packages::receipt::receipt;
use crate::packages::timeline::TimelineEntry;
use crate::packages::timeline::timeline;

/// Everything about one self-administration package, prepared or sent.
#[derive(Clone, Debug, PartialEq)]
pub struct AdminPackage {
    /// The line of the list.
    pub line: ListedPackage,
    /// State, signatures, what may be done; of payments nothing.
    pub package: PackageDetail,
    /// Orders with what the bank says.
    pub orders: Vec<StoredAdminOrder>,
    /// What each of them changes, in the same order.
    pub changes: Vec<AdminChange>,
    /// The story, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The bank's number of the receipt, and when it took the package.
    pub receipt: Option<(u64, chrono::DateTime<chrono::Utc>)>,
    /// The answer is lost and the bank is being asked.
    pub uncertain: bool,
}

impl Client {
    /// One self-administration package.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], also for a package of payments.
    pub async fn admin_package(&self, id: PackageId) -> Result<AdminPackage> {
        self.viewing()?;
        let scope = self.scope()?;
        self.read(move |conn| {
            let rules = scope.rules(conn)?;
            let line = store::package_lists::find(conn, id)?.ok_or(ClientError::NotFound)?;
            if line.package.header.order_type != OrderType::Adm {
                return Err(ClientError::NotFound);
            }
            let orders = store::admin_orders::of_package(conn, id)?;
            let stored = line.package.clone();
            let line = ListedPackage::from(line);
            let sent = line.state.is_sent();
            Ok(AdminPackage {
                changes: changes(&rules, orders.iter().map(|stored| &stored.order), !sent),
                package: detail(conn, &rules, stored)?,
                timeline: timeline(conn, id)?,
                receipt: receipt(conn, id)?,
                uncertain: is_uncertain(&line),
                orders,
                line,
            })
        })
        .await
    }
}

/// What orders change, in words, compared with the table of today if `compare`. A former user keeps its number.
pub(super) fn changes<'a>(
    rules: &Rules,
    orders: impl IntoIterator<Item = &'a AdminOrder>,
    compare: bool,
) -> Vec<AdminChange> {
    let speaker = Speaker { table: &rules.authority, accounts: &rules.accounts, compare };
    orders.into_iter().map(|order| speaker.change(&order.action)).collect()
}
