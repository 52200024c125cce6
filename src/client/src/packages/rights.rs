//! What the user at the seat may do with a package by the authority table: told before anything is asked, and held where
//! it is done. While nobody knows who that is, or the bank has not told its table, nothing is forbidden here; the bank
//! judges by the signatures.

use std::collections::BTreeSet;

use domain::{AccountNumber, PackageHeader, PackageId, UserId};

use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;

/// Why the user cannot add a signature that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotToSign {
    /// There is no right to sign.
    NoRight,
    /// The user's signature is on it.
    SignedAlready,
}

impl From<NotToSign> for ClientError {
    fn from(why: NotToSign) -> Self {
        match why {
            NotToSign::NoRight => Self::MayNotSign,
            NotToSign::SignedAlready => Self::SignedAlready,
        }
    }
}

/// What the user may do with a package, whatever its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackageRights {
    /// Record and change orders in it.
    pub record: bool,
    /// Move it: check, withdraw, hand over, send.
    pub handle: bool,
    /// Why it cannot be signed by this user; none: it can.
    pub not_to_sign: Option<NotToSign>,
}

impl PackageRights {
    /// Where nobody knows better.
    pub const ALL: Self = Self { record: true, handle: true, not_to_sign: None };
}

/// What the user at the seat may do with a package.
pub(crate) fn rights(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    header: &PackageHeader,
) -> Result<PackageRights> {
    let Some(user) = rules.user.as_ref().filter(|_| rules.authority.is_known()) else {
        return Ok(PackageRights::ALL);
    };
    let accounts = accounts(conn, rules, header)?;
    let table = &rules.authority;
    let (record, handle) = if header.order_type.is_payment() {
        (
            accounts.iter().all(|account| table.may_dispose(user, *account)),
            accounts.iter().all(|account| table.handles(user, *account)),
        )
    } else {
        (table.may_administer(user), table.may_administer(user))
    };
    let not_to_sign = if !table.may_sign_package(header.order_type, user, accounts) {
        Some(NotToSign::NoRight)
    } else if has_signed(conn, header.id, user)? {
        Some(NotToSign::SignedAlready)
    } else {
        None
    };
    Ok(PackageRights { record, handle, not_to_sign })
}

/// # Errors
/// [`ClientError::MayNotRecord`] where the user may not change the package's orders.
pub(crate) fn may_record(conn: &store::OfCustomer<'_>, rules: &Rules, id: PackageId) -> Result<()> {
    let header = store::packages::get(conn, id)?.header;
    if rights(conn, rules, &header)?.record { Ok(()) } else { Err(ClientError::MayNotRecord) }
}

/// # Errors
/// [`ClientError::MayNotHandle`] where the user has no right on the package's accounts.
pub(crate) fn may_handle(conn: &store::OfCustomer<'_>, rules: &Rules, id: PackageId) -> Result<()> {
    let header = store::packages::get(conn, id)?.header;
    if rights(conn, rules, &header)?.handle { Ok(()) } else { Err(ClientError::MayNotHandle) }
}

/// Accounts that the package debits; the header tells where a package debits only one.
fn accounts(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    header: &PackageHeader,
) -> Result<BTreeSet<AccountNumber>> {
    if rules.profile.packages.several_debit_accounts {
        return Ok(store::orders::debits(conn, header.id)?.into_keys().collect());
    }
    Ok(header.debit_account.into_iter().collect())
}

fn has_signed(conn: &store::OfCustomer<'_>, id: PackageId, user: &UserId) -> Result<bool> {
    Ok(store::signatures::of_package(conn, id)?.iter().any(|signature| signature.signer.id == *user))
}
