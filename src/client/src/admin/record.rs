//! Recording self-administration orders: each is judged together with the others of its package before it is kept.

use domain::admin::{Circumstances, apply_all};
use domain::package::{PackageEvent, apply};
use domain::text::{PackageName, is_allowed};
use domain::{AdminAction, AdminOrder, OrderId, OrderType, PackageHeader, PackageId};
use store::deed::Deed;
use uuid::Uuid;

use super::words::admin_title;
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;
use crate::packages::moves::log;

impl Client {
    /// Records an order: in a new package named after what it does, or in one that is still recorded. Gives the
    /// package.
    ///
    /// # Errors
    /// [`ClientError::Administration`] when it could not take effect, alone or after the others of its package.
    /// Nothing was kept then.
    pub async fn save_admin_order(
        &self,
        action: AdminAction,
        package: Option<PackageId>,
    ) -> Result<PackageId> {
        self.save_admin_orders(vec![action], package).await
    }

    /// [`Client::save_admin_order`] for several orders of one package; all are kept or none.
    ///
    /// # Errors
    /// [`ClientError::EmptyPackage`] without orders, and those of [`Client::save_admin_order`].
    pub async fn save_admin_orders(
        &self,
        actions: Vec<AdminAction>,
        package: Option<PackageId>,
    ) -> Result<PackageId> {
        self.recording()?;
        let scope = self.scope()?;
        let id = self
            .write(move |tx| {
                let rules = scope.rules(tx)?;
                let first = actions.first().ok_or(ClientError::EmptyPackage)?;
                let id = match package {
                    Some(id) => open_package(tx, &rules, id)?,
                    None => new_package(tx, &rules, first)?,
                };
                for action in actions {
                    let order = AdminOrder { id: OrderId(Uuid::now_v7()), action };
                    store::admin_orders::insert(tx, id, &order, rules.now)?;
                    log(tx, &rules, id, Deed::AdminRecorded { order: order.id })?;
                }
                judge(tx, &rules, id)?;
                Ok(id)
            })
            .await?;
        self.announce(Change::Packages);
        Ok(id)
    }

    /// Replaces an order of a recorded package. A package of one order that was named after it is named anew.
    ///
    /// # Errors
    /// Those of [`Client::save_admin_order`].
    pub async fn change_admin_order(&self, id: OrderId, action: AdminAction) -> Result<PackageId> {
        self.recording()?;
        let scope = self.scope()?;
        let package = self
            .write(move |tx| {
                let rules = scope.rules(tx)?;
                let old = store::admin_orders::get(tx, id)?;
                let package = store::packages::get(tx, open_package(tx, &rules, old.package)?)?;
                let order = AdminOrder { id, action };
                store::admin_orders::replace(tx, &order, rules.now)?;
                if package.count == 1 && package.header.name == package_name(&old.order.action, &rules)? {
                    let name = package_name(&order.action, &rules)?;
                    let header = PackageHeader { name, ..package.header };
                    store::packages::update_header(tx, &header, rules.now)?;
                }
                judge(tx, &rules, old.package)?;
                Ok(old.package)
            })
            .await?;
        self.announce(Change::Packages);
        Ok(package)
    }
}

/// A self-administration package whose content may change now.
fn open_package(tx: &store::Transaction<'_>, rules: &Rules, id: PackageId) -> Result<PackageId> {
    let package = store::packages::get(tx, id)?;
    if package.header.order_type != OrderType::Adm || package.header.customer != rules.customer.id {
        return Err(ClientError::OtherHeader);
    }
    let _ = apply(package.state, PackageEvent::Edit, &rules.profile.packages)?;
    Ok(id)
}

fn new_package(tx: &store::Transaction<'_>, rules: &Rules, first: &AdminAction) -> Result<PackageId> {
    let header = PackageHeader {
        id: PackageId(Uuid::now_v7()),
        customer: rules.customer.id.clone(),
        name: package_name(first, rules)?,
        order_type: OrderType::Adm,
        debit_account: None,
        instant: false,
        scheduled: None,
    };
    store::packages::create(tx, &header, rules.now)?;
    Ok(header.id)
}

/// What the order does, as far as it fits into a package's name and in the characters that may stand there.
fn package_name(action: &AdminAction, rules: &Rules) -> Result<PackageName> {
    let title = admin_title(action, &rules.authority);
    let fitting: String = title.chars().filter(|c| is_allowed(*c)).take(PackageName::MAX).collect();
    fitting.parse().map_err(|_| ClientError::Internal)
}

/// Whether all orders of the package can take effect, one after the other, on the table of today.
fn judge(conn: &store::Connection, rules: &Rules, id: PackageId) -> Result<()> {
    let orders: Vec<AdminOrder> =
        store::admin_orders::of_package(conn, id)?.into_iter().map(|stored| stored.order).collect();
    let around = Circumstances { accounts: &rules.accounts, today: rules.today() };
    let _ = apply_all(&orders, &rules.authority, &around).map_err(|(_, error)| error)?;
    Ok(())
}
