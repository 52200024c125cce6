//! Splitting a package into packages of one order each, so that the bank can treat every order by itself.

use domain::package::{PackageEvent, apply};
use domain::{Order, PackageId};
use store::deed::Deed;

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::placing::{header_for, take_out};
use crate::packages::moves::log;
use crate::packages::rights::may_record;

impl Client {
    /// Moves every order of a recorded package into a package of its own, named after its payee; the old package
    /// is left empty and is deleted. The orders keep their identifiers, the planned day goes with them. Gives
    /// the new packages in the order of the orders; a package of one order stays as it is.
    ///
    /// # Errors
    /// [`ClientError::Package`] when the package's content is closed, [`ClientError::EmptyPackage`] without
    /// orders. Nothing has changed then.
    pub async fn split_package(&self, id: PackageId) -> Result<Vec<PackageId>> {
        self.recording()?;
        let scope = self.scope()?;
        let packages = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                may_record(tx, &rules, id)?;
                let old = store::packages::get(tx, id)?;
                let _ = apply(old.state, PackageEvent::Edit, &rules.profile.packages)?;
                let orders: Vec<Order> = store::orders::page(tx, id, store::Page::ALL)?
                    .into_iter()
                    .map(|stored| stored.order)
                    .collect();
                match orders.len() {
                    0 => return Err(ClientError::EmptyPackage),
                    1 => return Ok(vec![id]),
                    _ => {}
                }
                let mut packages = Vec::with_capacity(orders.len());
                for order in &orders {
                    take_out(tx, &rules, order.id(), id)?;
                    let mut header = header_for(&rules, order)?;
                    header.scheduled = old.header.scheduled;
                    store::packages::create(tx, &header, rules.now)?;
                    store::orders::insert(tx, header.id, order, rules.now)?;
                    let deed = Deed::PackageSplitOff { from: id, name: old.header.name.to_string() };
                    log(tx, &rules, header.id, deed)?;
                    packages.push(header.id);
                }
                log(tx, &rules, id, Deed::PackageSplit { packages: packages.len() })?;
                Ok(packages)
            })
            .await?;
        self.announce(Change::Packages);
        Ok(packages)
    }
}
