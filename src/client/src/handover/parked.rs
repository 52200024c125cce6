//! What came from the shared area or in a file: whether it is what it says, and keeping it.

use std::collections::BTreeSet;

use domain::package::{PackageEvent, SignatureProgress};
use domain::{AccountNumber, PackageId, PackageState, User, UserId};
use formats::package_document::PackageContent;
use sha2::{Digest, Sha256};
use signature::{Purpose, TrustStore};
use store::signatures::StoredSignature;
use uuid::Uuid;

use crate::bank::ParkedPackage;
use crate::connection::file::connection_of;
use crate::error::{ClientError, Result};
use crate::handover::answers::read_document;
use crate::handover::whereabouts::may_replace;
use crate::orders::rules::Rules;
use crate::packages::moves::transition;

/// A package that was taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub package: PackageId,
    /// Its name.
    pub name: String,
    /// Its state here.
    pub state: PackageState,
    /// Names of those whose signatures came along and hold.
    pub signers: Vec<String>,
    /// Signatures that did not hold and were dropped.
    pub dropped: u32,
}

/// Parked content that was found to be what it says.
#[derive(Debug)]
pub(super) struct Checked {
    pub content: PackageContent,
    pub signatures: Vec<CheckedSignature>,
    pub dropped: u32,
    /// Why each of them was dropped, as codes.
    pub reasons: Vec<&'static str>,
}

/// A signature that holds over the parked bytes.
#[derive(Debug)]
pub(super) struct CheckedSignature {
    pub signer: User,
    certificate: [u8; 32],
    signed_at: chrono::DateTime<chrono::Utc>,
    p7s: Vec<u8>,
}

/// Whether the content is what it says and can be kept here; which signatures hold.
pub(super) fn check(conn: &store::OfCustomer<'_>, rules: &Rules, content: &ParkedPackage) -> Result<Checked> {
    let checked = verify(conn, rules, content)?;
    fits(conn, &checked.content)?;
    Ok(checked)
}

/// Whether a package can be kept beside what is here.
fn fits(conn: &store::OfCustomer<'_>, content: &PackageContent) -> Result<()> {
    let id = content.header.id;
    if let Some(here) = store::packages::find(conn, id)?
        && !may_replace(here.state)
    {
        return Err(ClientError::SharedCopyHere);
    }
    clashes(conn, content)
}

/// Whether an order of the package stands in another package here, or debits an account that only others in this store
/// have. The schema refuses such an account; that must be known before the bank gives the package away.
pub(super) fn clashes(conn: &store::OfCustomer<'_>, content: &PackageContent) -> Result<()> {
    let of_orders = content.orders.iter().filter_map(|order| order.face().debit);
    let debited: BTreeSet<AccountNumber> = of_orders.chain(content.header.debit_account).collect();
    for account in debited {
        if store::accounts::is_anothers(conn, account)? {
            return Err(ClientError::SharedAccountElsewhere(account));
        }
    }
    for order in &content.orders {
        if store::orders::find(conn, order.id())?.is_some_and(|stored| stored.package != content.header.id) {
            return Err(ClientError::SharedOrderHere);
        }
    }
    Ok(())
}

/// Whether the content is what it says; which signatures hold.
pub(super) fn verify(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    content: &ParkedPackage,
) -> Result<Checked> {
    let files: Vec<&[u8]> = content.signatures.iter().map(Vec::as_slice).collect();
    judge(conn, rules, read_document(content)?, &content.document, &files)
}

/// Which signatures hold over the document, and why the others do not.
pub(super) fn judge(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    content: PackageContent,
    document: &[u8],
    files: &[&[u8]],
) -> Result<Checked> {
    // Ours: users' certificates and those on receipts come from one authority of the bank.
    let trust = TrustStore::from_pem(&connection_of(conn)?.receipt_ca_pem)?;
    let sha256: [u8; 32] = Sha256::digest(document).into();
    let mut signatures: Vec<CheckedSignature> = Vec::new();
    let mut reasons = Vec::new();
    for file in files {
        match verified(file, sha256, &trust, rules) {
            Ok(signature) if signatures.iter().all(|other| other.signer.id != signature.signer.id) => {
                signatures.push(signature);
            }
            Ok(_) => reasons.push("signature-twice"),
            Err(code) => reasons.push(code),
        }
    }
    let dropped = u32::try_from(reasons.len()).unwrap_or(u32::MAX);
    Ok(Checked { content, signatures, dropped, reasons })
}

fn verified(
    p7s: &[u8],
    sha256: [u8; 32],
    trust: &TrustStore,
    rules: &Rules,
) -> std::result::Result<CheckedSignature, &'static str> {
    let verified = match signature::verify(p7s, sha256, trust, Purpose::Document, rules.now) {
        Ok(verified) => verified,
        Err(error) => {
            tracing::warn!(%error, "a signature that came along does not hold");
            return Err(error.code());
        }
    };
    let user = verified.signer.user_id().and_then(|id| id.parse().ok());
    let id: UserId = user.ok_or("signature-nobody")?;
    let name = verified.signer.subject_common_name().unwrap_or_else(|| id.to_string());
    Ok(CheckedSignature {
        signer: User { id, name },
        certificate: verified.signer.fingerprint(),
        signed_at: verified.signing_time,
        p7s: p7s.to_vec(),
    })
}

/// Stores the package as it came. A copy that is here already keeps its document if the bytes are the same;
/// otherwise its content gives way, as a new revision.
pub(super) fn keep(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    content: &ParkedPackage,
    claim: Uuid,
) -> Result<Taken> {
    let taken = keep_checked(tx, rules, check(tx, rules, content)?, &content.document)?;
    store::packages::set_claim(tx, taken.package, claim)?;
    Ok(taken)
}

/// Stores what was found to be what it says and to fit.
pub(super) fn keep_checked(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    checked: Checked,
    bytes: &[u8],
) -> Result<Taken> {
    let Checked { content: read, signatures, dropped, .. } = checked;
    let (id, header) = (read.header.id, read.header);
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    match store::packages::find(tx, id)? {
        None => store::packages::create(tx, &header, rules.now)?,
        Some(_) => {
            let opened = PackageEvent::TakeBack { signatures: SignatureProgress::None };
            let _ = transition(tx, rules, id, opened)?;
        }
    }
    let kept = store::documents::of_package(tx, id)?.filter(|document| document.sha256 == sha256);
    let document = match kept {
        Some(document) => document.id,
        None => {
            store::orders::clear(tx, id, rules.now)?;
            store::packages::update_header(tx, &header, rules.now)?;
            let _: u32 = store::orders::insert_many(tx, id, &read.orders, rules.now)?;
            let revision = store::packages::get(tx, id)?.revision;
            store::documents::save(tx, id, revision, bytes, rules.now)?.id
        }
    };
    for signature in &signatures {
        let stored = StoredSignature {
            document,
            signer: signature.signer.clone(),
            certificate: signature.certificate,
            signed_at: signature.signed_at,
            p7s: signature.p7s.clone(),
        };
        store::signatures::add(tx, &stored)?;
    }
    let signers: BTreeSet<UserId> = signatures.iter().map(|s| s.signer.id.clone()).collect();
    let debits = store::orders::debits(tx, id)?;
    let progress = match rules.authority.judge_package(header.order_type, &debits, &signers).progress {
        // Signed by somebody who may not: shown, and the bank will say so when it is sent.
        SignatureProgress::None if !signers.is_empty() => SignatureProgress::Partial,
        judged => judged,
    };
    if progress != SignatureProgress::None {
        let _ = transition(tx, rules, id, PackageEvent::Share)?;
        let _ = transition(tx, rules, id, PackageEvent::TakeBack { signatures: progress })?;
    }
    store::packages::set_error(tx, id, None, rules.now)?;
    Ok(Taken {
        package: id,
        name: header.name.to_string(),
        state: store::packages::get(tx, id)?.state,
        signers: signatures.into_iter().map(|s| s.signer.name).collect(),
        dropped,
    })
}
