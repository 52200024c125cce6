//! Taking a package over ("átvesz"): the intent with our claim first, then the bank, then everything at once.

use std::collections::BTreeSet;

use domain::package::{PackageEvent, SignatureProgress};
use domain::{PackageId, PackageState, User, UserId};
use formats::package_document::PackageContent;
use protocol::shared::SharedState;
use protocol::{ProblemCode, SharedContent, SharedPackage, TakePackage};
use sha2::{Digest, Sha256};
use signature::{Purpose, TrustStore};
use store::handovers::{HandoverKind, HandoverState, NewHandover, StoredHandover};
use store::signatures::StoredSignature;
use uuid::Uuid;

use super::{Handed, known, loser, read_document, refusal, unknown};
use crate::bank::BankError;
use crate::package::{log, transition};
use crate::session::OpenSession;
use crate::{Change, Client, ClientError, Result, Rules};

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

/// Whether a copy in that state may give way to the package as it comes from the shared area.
pub(super) fn may_replace(state: PackageState) -> bool {
    matches!(state, PackageState::InSharedArea | PackageState::TakenOver)
}

impl Client {
    /// Takes a parked package over. It is looked at before the bank is asked, so that nothing is taken that could
    /// not be kept here.
    ///
    /// # Errors
    /// [`ClientError::SharedTakenBy`] with who was faster; [`ClientError::SharedCopyHere`],
    /// [`ClientError::SharedOrderHere`], [`ClientError::SharedDamaged`] or [`ClientError::Format`] when it cannot be
    /// kept here: then it stays in the shared area.
    pub async fn take_over(&self, handover: Uuid) -> Result<Handed<Taken>> {
        let _one_at_a_time = self.sending().await;
        let (session, bank, scope) = (self.session()?, self.bank()?, self.scope()?);
        let shared = self.read(move |conn| known(conn, handover)).await?;
        let answer = bank.shared_package(&session.token, &shared.customer, shared.package).await;
        let content = self.asked(answer)?.ok_or_else(unknown)?;
        let asked = self
            .write(move |tx| {
                let rules = scope.rules(tx)?;
                still_waits(&rules, handover, &content.shared)?;
                let _ = check(tx, &rules, &content)?;
                let asked = NewHandover {
                    kind: HandoverKind::Take,
                    package: shared.package,
                    customer: shared.customer,
                    handover,
                    claim: Some(Uuid::now_v7()),
                    before: None,
                    expires: None,
                };
                let asked = super::put::intend(tx, &rules, &asked)?;
                let detail = serde_json::json!({ "handover": handover });
                log(tx, &rules, "taking-over", shared.package, detail)?;
                Ok(asked)
            })
            .await?;
        self.announce(Change::SharedArea);
        self.take(&session, asked).await
    }

    /// Asks the bank for the package, and keeps it. The same again after a lost answer.
    pub(super) async fn take(&self, session: &OpenSession, asked: StoredHandover) -> Result<Handed<Taken>> {
        let NewHandover { package, customer, handover, claim, .. } = asked.asked.clone();
        let claim = claim.ok_or(ClientError::Internal)?;
        let body = TakePackage { handover, claim };
        match self.bank()?.take(&session.token, &customer, package, body).await {
            Ok(content) if content.shared.handover == handover => {
                self.note_bank_success();
                self.keep_taken(asked, claim, content).await
            }
            Ok(_) => self.awaited(asked, BankError::Nonsense("another handing over".to_owned())).await,
            Err(error) => match refusal(&error) {
                Some(code) => self.not_taken(asked, code, error).await,
                None => self.awaited(asked, error).await,
            },
        }
    }

    /// Keeps package, orders, bytes, signatures and claim in one transaction. If they cannot be kept the asking stays
    /// open: the package is ours at the bank and is asked for again.
    async fn keep_taken(
        &self,
        asked: StoredHandover,
        claim: Uuid,
        content: SharedContent,
    ) -> Result<Handed<Taken>> {
        let scope = crate::rules::Scope { customer: asked.asked.customer.clone(), ..self.scope()? };
        let key = asked.key;
        let kept = self
            .write(move |tx| {
                let rules = scope.rules(tx)?;
                let taken = keep(tx, &rules, &content, claim)?;
                let _: bool = store::handovers::end(tx, key, HandoverState::Done, None, rules.now)?;
                let shared = &content.shared;
                store::shared::save(tx, &shared.customer, shared.handover, shared.package, shared)?;
                let detail = serde_json::json!({
                    "from": shared.put.user.name, "signatures": taken.signers.len(), "dropped": taken.dropped,
                });
                log(tx, &rules, "taken-over", shared.package, detail)?;
                Ok(taken)
            })
            .await;
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => {
                let (code, now) = (domain::Explain::code(&error), self.now());
                self.write(move |tx| Ok(store::handovers::note(tx, key, code, now)?)).await?;
                return Err(error);
            }
        };
        self.tell_shared(None);
        Ok(Handed::Done(kept))
    }

    async fn not_taken(
        &self,
        asked: StoredHandover,
        code: &'static str,
        error: BankError,
    ) -> Result<Handed<Taken>> {
        self.note_bank_error(&error);
        let scope = self.scope()?;
        let (package, handover) = (asked.asked.package, asked.asked.handover);
        self.write(move |tx| {
            let rules = scope.rules(tx)?;
            if store::handovers::end(tx, asked.key, HandoverState::Refused, Some(code), rules.now)? {
                log(tx, &rules, "take-refused", package, serde_json::json!({ "code": code }))?;
            }
            Ok(())
        })
        .await?;
        self.announce(Change::SharedArea);
        Err(self.who_was_faster(handover, error).await)
    }
}

/// Whether the handing over that the user saw is the newest and still waits.
fn still_waits(rules: &Rules, handover: Uuid, shared: &SharedPackage) -> Result<()> {
    let refused = |code: ProblemCode| Err(BankError::Refused(Box::new(code.into())).into());
    if shared.handover != handover {
        return refused(ProblemCode::SharedUnknown);
    }
    match shared.state {
        SharedState::Waiting => Ok(()),
        SharedState::Withdrawn => refused(ProblemCode::SharedWithdrawn),
        SharedState::Expired => refused(ProblemCode::SharedExpired),
        SharedState::TakenOver => match loser(rules, shared) {
            Some(error) => Err(error),
            None => refused(ProblemCode::SharedTakenOver),
        },
    }
}

/// Whether the content is what it says and can be kept here; which signatures hold.
fn check(conn: &store::Connection, rules: &Rules, content: &SharedContent) -> Result<Checked> {
    let checked = verify(conn, rules, content)?;
    fits(conn, &checked.content)?;
    Ok(checked)
}

/// Whether a package can be kept beside what is here.
fn fits(conn: &store::Connection, content: &PackageContent) -> Result<()> {
    let id = content.header.id;
    if let Some(here) = store::packages::find(conn, id)?
        && !may_replace(here.state)
    {
        return Err(ClientError::SharedCopyHere);
    }
    clashes(conn, content)
}

/// Whether an order of the package stands in another package here.
pub(super) fn clashes(conn: &store::Connection, content: &PackageContent) -> Result<()> {
    for order in &content.orders {
        if store::orders::find(conn, order.id)?.is_some_and(|stored| stored.package != content.header.id) {
            return Err(ClientError::SharedOrderHere);
        }
    }
    Ok(())
}

/// Whether the content is what it says; which signatures hold.
pub(super) fn verify(conn: &store::Connection, rules: &Rules, content: &SharedContent) -> Result<Checked> {
    let files: Vec<&[u8]> = content.signatures.iter().map(protocol::Base64Bytes::as_slice).collect();
    judge(conn, rules, read_document(content)?, content.document.as_slice(), &files)
}

/// Which signatures hold over the document, and why the others do not.
pub(super) fn judge(
    conn: &store::Connection,
    rules: &Rules,
    content: PackageContent,
    document: &[u8],
    files: &[&[u8]],
) -> Result<Checked> {
    // Ours: users' certificates and those on receipts come from one authority of the bank.
    let trust = TrustStore::from_pem(&Client::connection_file(conn)?.receipt_ca_pem)?;
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
    tx: &store::Transaction<'_>,
    rules: &Rules,
    content: &SharedContent,
    claim: Uuid,
) -> Result<Taken> {
    let taken = keep_checked(tx, rules, check(tx, rules, content)?, content.document.as_slice())?;
    store::packages::set_claim(tx, taken.package, claim)?;
    Ok(taken)
}

/// Stores what was found to be what it says and to fit.
pub(super) fn keep_checked(
    tx: &store::Transaction<'_>,
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
