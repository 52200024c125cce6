//! Whether a submitted package may be taken: every check in its order, each with its own problem code.
//!
//! Nothing here writes. What passes is [`Accepted`], and only that can be stored.

use std::collections::{BTreeMap, BTreeSet};

use domain::package::SignatureProgress;
use domain::{AccountNumber, AuthorityTable, Money, OrderType, PackageId, UserId};
use formats::package_document::{self, PackageContent};
use protocol::{Base64Bytes, CustomerAccess, Problem, ProblemCode, SubmitPackage};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use signature::{Purpose, SignatureError};

use super::context::Context;
use super::part::Judging;
use super::refusal::document_problem;
use super::rights;
use crate::ground::error::Refusal;
use crate::people::customers;

/// A package that passed every check.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    /// What the document says.
    pub(crate) content: PackageContent,
    /// The customer's authority table afterwards, if the orders change it.
    pub(crate) after: Option<AuthorityTable>,
    /// Who signed, in the order of the signatures.
    pub(crate) signers: Vec<UserId>,
    /// What leaves each debited account.
    pub(crate) debits: BTreeMap<AccountNumber, Money>,
}

type Check<T> = std::result::Result<T, Refusal>;

/// Checks a package that the bank does not have yet; `sender` brings it.
///
/// # Errors
/// The first check that fails, as a problem that names the order or signer to blame; `not-permitted` when the sender may
/// neither record nor sign on every account that it debits, however well it is signed.
pub(crate) fn check(
    db: &Connection,
    context: &Context<'_>,
    access: &CustomerAccess,
    sender: &UserId,
    id: PackageId,
    package: &SubmitPackage,
) -> Check<Accepted> {
    let content = package_document::read(package.document.as_slice()).map_err(document_problem)?;
    let header = &content.header;
    if header.id != id || header.customer != access.customer.id {
        return Err(ProblemCode::PackageIdMismatch.into());
    }
    let debits = package_document::summary(&content).map_err(document_problem)?.debits;
    let judging = Judging { db, context, access };
    let part = super::part_of(header.order_type);
    let signed = || {
        if !rights::may_handle(&access.authority, sender, debits.keys().copied()) {
            return Err(ProblemCode::NotPermitted.into());
        }
        authorized(context, access, package, header.order_type, &debits)
    };
    let (after, signers) = if part.is_secret {
        let signers = signed()?;
        ((part.accept)(&judging, &content)?, signers)
    } else {
        ((part.accept)(&judging, &content)?, signed()?)
    };
    Ok(Accepted { content, after, signers, debits })
}

fn authorized(
    context: &Context<'_>,
    access: &CustomerAccess,
    package: &SubmitPackage,
    order_type: OrderType,
    debits: &BTreeMap<AccountNumber, Money>,
) -> Check<Vec<UserId>> {
    if package.signatures.is_empty() {
        return Err(ProblemCode::PackageUnsigned.into());
    }
    let digest = Sha256::digest(package.document.as_slice()).into();
    let signers = signers(context, access, digest, &package.signatures)?;
    let different: BTreeSet<UserId> = signers.iter().cloned().collect();
    let status = access.authority.judge_package(order_type, debits, &different);
    if status.progress != SignatureProgress::Complete {
        let detail = format!("{} of {} signatures", status.have, status.need);
        return Err(Problem::new(ProblemCode::PackageAuthorityMissing).with_detail(detail).into());
    }
    Ok(signers)
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
    (super::part_of(content.header.order_type).accept)(&Judging { db, context, access }, content)?;
    Ok(())
}

/// Who signed these bytes, signature by signature: each must verify today and name a user of the customer.
///
/// # Errors
/// `package-signature-…` or `package-signer-…` for the first that does not count.
pub(crate) fn signers(
    context: &Context<'_>,
    access: &CustomerAccess,
    digest: [u8; 32],
    signatures: &[Base64Bytes],
) -> Check<Vec<UserId>> {
    let mut signers = Vec::with_capacity(signatures.len());
    for cms in signatures {
        let verified =
            signature::verify(cms.as_slice(), digest, context.trust, Purpose::Document, context.now)
                .map_err(|e| Problem::new(signature_code(&e)).with_detail(e))?;
        let named = verified.signer.user_id().unwrap_or_default();
        let unknown = || Problem::new(ProblemCode::PackageSignerUnknown).with_user(&named);
        let signer: UserId = named.parse().map_err(|_| unknown())?;
        if !customers::is_user_of(&signer, &access.authority) {
            return Err(unknown().into());
        }
        signers.push(signer);
    }
    Ok(signers)
}

/// Which problem a refused package signature is.
fn signature_code(error: &SignatureError) -> ProblemCode {
    match error {
        SignatureError::PurposeForbidden(_) => ProblemCode::PackageSignatureWrongKey,
        SignatureError::Revoked
        | SignatureError::Expired(_)
        | SignatureError::NotYetValid(_)
        | SignatureError::UntrustedIssuer
        | SignatureError::IssuerNotEntitled
        | SignatureError::IssuerSignatureInvalid
        | SignatureError::UnknownCriticalExtension => ProblemCode::PackageSignerCertificate,
        _ => ProblemCode::PackageSignatureInvalid,
    }
}

#[cfg(test)]
#[path = "acceptance_tests.rs"]
mod tests;
