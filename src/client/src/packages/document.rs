//! The document of a package: made once from its content, then only read.

use chrono::{DateTime, Utc};
use domain::{OrderType, PackageId};
use formats::package_document::{self, AdministrationContent, PackageContent, administration_to_bytes};
use store::documents::DocumentId;
use store::packages::StoredPackage;

use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;

/// The package's document: the stored bytes if its content has not changed since, else made now, once.
pub(crate) fn document(
    tx: &store::Transaction<'_>,
    rules: &Rules,
    id: PackageId,
) -> Result<(DocumentId, Vec<u8>)> {
    let package = store::packages::get(tx, id)?;
    if let Some(document) = package.document {
        return Ok((document, store::documents::bytes(tx, document)?));
    }
    if package.count == 0 {
        return Err(ClientError::EmptyPackage);
    }
    let bytes = match package.header.order_type {
        OrderType::Hct => payments_document(tx, rules, &package)?,
        OrderType::Adm => administration_document(tx, rules, &package)?,
    };
    let info = store::documents::save(tx, id, package.revision, &bytes, rules.now)?;
    Ok((info.id, bytes))
}

/// The bytes of the document of a package of payments.
fn payments_document(tx: &store::Transaction<'_>, rules: &Rules, package: &StoredPackage) -> Result<Vec<u8>> {
    let mut orders = Vec::with_capacity(package.count as usize);
    store::orders::for_each(tx, package.header.id, |order| {
        orders.push(order);
        Ok::<_, ClientError>(())
    })?;
    let content = PackageContent {
        header: package.header.clone(),
        customer_name: rules.customer.name.clone(),
        created: to_seconds(rules.now),
        orders,
    };
    Ok(package_document::to_bytes(&content)?)
}

/// The document says when it was made to the second.
fn to_seconds(moment: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(moment.timestamp(), 0).unwrap_or(moment)
}

/// The bytes of a self-administration package's document.
fn administration_document(
    tx: &store::Transaction<'_>,
    rules: &Rules,
    package: &StoredPackage,
) -> Result<Vec<u8>> {
    let orders = store::admin_orders::of_package(tx, package.header.id)?;
    let content = AdministrationContent {
        header: package.header.clone(),
        customer_name: rules.customer.name.clone(),
        created: to_seconds(rules.now),
        orders: orders.into_iter().map(|stored| stored.order).collect(),
    };
    Ok(administration_to_bytes(&content)?)
}
