//! Whether a submitted package may be taken: every check in its order, each with its own problem code.
//!
//! Nothing here writes. What passes is [`Accepted`], and only that can be stored.

use std::collections::BTreeSet;

use domain::package::SignatureProgress;
use domain::{AuthorityTable, OrderType, PackageId, UserId};
use formats::package_document::PackageContent;
use protocol::{CustomerAccess, Problem, ProblemCode};
use rusqlite::Connection;

use super::context::Context;
use super::examined::{Examined, Read, Signatures};
use super::part::Judging;
use super::rights;
use crate::ground::error::Refusal;
use crate::people::{customers, revocation};

/// A package that passed every check.
pub(crate) struct Accepted<'a> {
    /// What the document says.
    pub(crate) read: &'a Read,
    /// The customer's authority table afterwards, if the orders change it.
    pub(crate) after: Option<AuthorityTable>,
    /// Each signature with who made it.
    pub(crate) signed: Vec<(&'a [u8], UserId)>,
}

type Check<T> = std::result::Result<T, Refusal>;

/// Checks a package that the bank does not have yet; `sender` brings it.
///
/// # Errors
/// The first check that fails, as a problem that names the order or signer to blame; `not-permitted` when the sender may
/// neither record nor sign on every account that it debits, however well it is signed.
pub(crate) fn check<'a>(
    db: &Connection,
    context: &Context<'_>,
    access: &CustomerAccess,
    sender: &UserId,
    id: PackageId,
    package: &'a Examined<'_>,
) -> Check<Accepted<'a>> {
    let read = package.read()?;
    let (header, debits) = (&read.content.header, &read.debits);
    if header.id != id || header.customer != access.customer.id {
        return Err(ProblemCode::PackageIdMismatch.into());
    }
    let nobody = BTreeSet::new();
    let judging = Judging { db, context, access, signers: &nobody };
    let part = super::part_of(header.order_type);
    let signed = || {
        if !rights::may_handle(&access.authority, sender, debits.keys().copied()) {
            return Err(ProblemCode::NotPermitted.into());
        }
        authorized(&judging, package, header.order_type, read)
    };
    let (after, signed) = if part.is_secret {
        let signed = signed()?;
        let signers = different(&signed);
        ((part.accept)(&Judging { signers: &signers, ..judging }, &read.content)?, signed)
    } else {
        ((part.accept)(&judging, &read.content)?, signed()?)
    };
    Ok(Accepted { read, after, signed })
}

fn authorized<'a>(
    judging: &Judging<'_>,
    package: &'a Examined<'_>,
    order_type: OrderType,
    read: &Read,
) -> Check<Vec<(&'a [u8], UserId)>> {
    let Judging { db, context, access, .. } = *judging;
    if package.signatures.each()?.is_empty() {
        return Err(ProblemCode::PackageUnsigned.into());
    }
    let signed = signers(db, context, access, &package.signatures)?;
    let status = access.authority.judge_package(order_type, &read.debits, &different(&signed));
    if status.progress != SignatureProgress::Complete {
        let detail = format!("{} of {} signatures", status.have, status.need);
        return Err(Problem::new(ProblemCode::PackageAuthorityMissing).with_detail(detail).into());
    }
    Ok(signed)
}

fn different(signed: &[(&[u8], UserId)]) -> BTreeSet<UserId> {
    signed.iter().map(|(_, signer)| signer.clone()).collect()
}

/// Whether the bank's rules allow the package and every order could be taken today.
///
/// # Errors
/// `package-against-rules`, or what is wrong with the first order that cannot be taken.
pub(crate) fn check_content(
    db: &Connection,
    context: &Context<'_>,
    access: &CustomerAccess,
    content: &PackageContent,
) -> Check<()> {
    let judging = Judging { db, context, access, signers: &BTreeSet::new() };
    (super::part_of(content.header.order_type).accept)(&judging, content)?;
    Ok(())
}

/// Each signature with who made it: it was good when it was verified, its certificate has not ended since, and it names
/// a user of the customer.
///
/// # Errors
/// `package-signature-…` or `package-signer-…` for the first that does not count; `package-against-rules` for too many.
pub(crate) fn signers<'a>(
    db: &Connection,
    context: &Context<'_>,
    access: &CustomerAccess,
    signatures: &'a Signatures<'_>,
) -> Check<Vec<(&'a [u8], UserId)>> {
    let mut signed = Vec::new();
    for signature in signatures.each()? {
        let certificate = signature.signer.as_ref().map_err(Clone::clone)?;
        if revocation::has_ended(db, &hex::encode(certificate.fingerprint()), context.now)? {
            return Err(ProblemCode::PackageSignerCertificate.into());
        }
        let named = certificate.user_id().unwrap_or_default();
        let unknown = || Problem::new(ProblemCode::PackageSignerUnknown).with_user(&named);
        let signer: UserId = named.parse().map_err(|_| unknown())?;
        if !customers::is_user_of(&signer, &access.authority) {
            return Err(unknown().into());
        }
        signed.push((signature.cms, signer));
    }
    Ok(signed)
}

#[cfg(test)]
#[path = "acceptance_tests.rs"]
pub(crate) mod tests;
