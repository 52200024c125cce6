//! Who has signed a package.

use chrono::{DateTime, Utc};
use domain::UserId;
use store::packages::StoredPackage;

use crate::error::Result;

/// A signature on the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownSignature {
    /// Who.
    pub user: UserId,
    /// Name as the certificate gives it.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who has signed the package's present document.
pub(crate) fn signatures_of(
    conn: &store::OfCustomer<'_>,
    package: &StoredPackage,
) -> Result<Vec<ShownSignature>> {
    let stored = store::signatures::of_package(conn, package.header.id)?;
    Ok(stored
        .into_iter()
        .map(|s| ShownSignature { user: s.signer.id, name: s.signer.name, at: s.signed_at })
        .collect())
}
