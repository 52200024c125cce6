//! The document of a package: made once from its content, then only read.

use chrono::{DateTime, Utc};
use domain::PackageId;
use formats::package_document::{self, PackageContent};
use store::documents::DocumentId;
use store::packages::StoredPackage;

use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;

/// The package's document: the stored bytes if its content has not changed since, else made now, once.
pub(crate) fn document(
    tx: &store::OfCustomer<'_>,
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
    let bytes = bytes_of(tx, rules, &package)?;
    let info = store::documents::save(tx, id, package.revision, &bytes, rules.now)?;
    Ok((info.id, bytes))
}

/// The bytes of a package's document.
fn bytes_of(tx: &store::OfCustomer<'_>, rules: &Rules, package: &StoredPackage) -> Result<Vec<u8>> {
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
