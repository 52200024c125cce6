//! Signing packages with the token: prepare on the document's stored bytes, sign on the card, store the file.
//! One package is the simplest case of several.

use crate::reasons::CertificateProblem;
use std::collections::HashSet;
use store::deed::Deed;

use domain::authority::SigningStatus;
use domain::package::{PackageEvent, SignatureProgress};
use domain::{CustomerKey, PackageId, PackageState, User, UserId};
use sha2::{Digest, Sha256};
use signature::{Certificate, Pending};
use store::documents::DocumentId;
use store::signatures::StoredSignature;
use token::{KeyPurpose, Pin, SignRequest, TokenError};
use tokio::sync::mpsc;

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::rules::Scope;
use crate::packages::moves::{log, transition};
use crate::packages::signatures::signatures_of;
use crate::token::fitness::fit;

/// What a signature made of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// State now.
    pub state: PackageState,
    /// How far the signatures are.
    pub signing: SigningStatus,
}

/// One more package of several is signed and stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningProgress {
    /// The package.
    pub package: PackageId,
    /// Packages signed so far, with this one.
    pub done: usize,
    /// Packages to sign in all.
    pub total: usize,
}

/// What became of several packages under one PIN entry.
#[derive(Debug, Default)]
pub struct SignedMany {
    /// Signed and stored, in order.
    pub signed: Vec<(PackageId, Signed)>,
    /// The one at which it stopped; it stays as it was.
    pub failed: Option<(PackageId, ClientError)>,
    /// Those after it, as they were.
    pub untouched: Vec<PackageId>,
}

/// A document ready for the token.
struct Prepared {
    customer: CustomerKey,
    package: PackageId,
    document: DocumentId,
    pending: Pending,
}

/// Who signs, with which certificate.
#[derive(Clone)]
struct Signer {
    user: UserId,
    certificate: Certificate,
}

impl Client {
    /// Signs the package whose sheet was shown. `shown` is the sheet's fingerprint: if the document is another
    /// one by now, nothing is signed.
    ///
    /// # Errors
    /// [`ClientError::ChangedSinceShown`], [`ClientError::MayNotSign`], [`ClientError::SignedAlready`];
    /// [`ClientError::Token`] with the tries left for a wrong PIN. The package stays as it was.
    pub async fn sign(
        &self,
        id: PackageId,
        shown: [u8; 32],
        pin: Pin,
        last_try_confirmed: bool,
    ) -> Result<Signed> {
        let signer = self.signer().await?;
        let prepared = self.prepare(self.scope()?, id, shown, signer.clone()).await?;
        let (progress, _) = mpsc::unbounded_channel();
        let outcome = self.sign_prepared(vec![prepared], signer, pin, last_try_confirmed, progress).await?;
        match (outcome.signed.into_iter().next(), outcome.failed) {
            (Some((_, signed)), _) => Ok(signed),
            (None, Some((_, error))) => Err(error),
            (None, None) => Err(ClientError::Internal),
        }
    }

    /// Signs several packages under one PIN entry. Each is given with its sheet's fingerprint. All are prepared
    /// before the PIN is sent; each signature is stored as soon as it is made; the first failure ends the job.
    ///
    /// # Errors
    /// [`ClientError::NotSignable`] names the package that keeps all from being signed, before any PIN is sent;
    /// [`ClientError::Token`] when the token made no signature at all, such as for a wrong PIN.
    pub async fn sign_many(
        &self,
        packages: Vec<(PackageId, [u8; 32])>,
        pin: Pin,
        last_try_confirmed: bool,
        progress: mpsc::UnboundedSender<SigningProgress>,
    ) -> Result<SignedMany> {
        let signer = self.signer().await?;
        let scope = self.scope()?;
        let mut chosen = HashSet::new();
        let mut prepared = Vec::with_capacity(packages.len());
        for (id, shown) in packages.into_iter().filter(|(id, _)| chosen.insert(*id)) {
            match self.prepare(scope.clone(), id, shown, signer.clone()).await {
                Ok(ready) => prepared.push(ready),
                Err(why) => return Err(self.not_signable(id, why).await),
            }
        }
        if prepared.is_empty() {
            return Ok(SignedMany::default());
        }
        self.sign_prepared(prepared, signer, pin, last_try_confirmed, progress).await
    }

    async fn not_signable(&self, id: PackageId, why: ClientError) -> ClientError {
        let found =
            self.read_here(move |conn| Ok(store::packages::get(conn, id)?.header.name.to_string())).await;
        ClientError::NotSignable { name: found.unwrap_or_else(|_| id.to_string()), why: Box::new(why) }
    }

    /// Whom the token names, if the token may be used and is the one of the session.
    async fn signer(&self) -> Result<Signer> {
        let info = self.token().info().await?;
        self.may_use(info.kind)?;
        let certificate = fit(&info, KeyPurpose::Signing, self.now())?.clone();
        if let Some(open) = self.open_session_now()
            && open.signing != Some(certificate.fingerprint())
        {
            return Err(TokenError::AnotherCard.into());
        }
        let user = certificate
            .user_id()
            .and_then(|id| id.parse().ok())
            .ok_or(ClientError::Certificate(CertificateProblem::NamesNobody))?;
        Ok(Signer { user, certificate })
    }

    /// Lets the token sign in order and stores each signature while the next is being made. A task of its own: a
    /// caller that gives up waiting must not lose a signature that the token has made.
    async fn sign_prepared(
        &self,
        prepared: Vec<Prepared>,
        signer: Signer,
        pin: Pin,
        last_try_confirmed: bool,
        progress: mpsc::UnboundedSender<SigningProgress>,
    ) -> Result<SignedMany> {
        let request = SignRequest {
            key: KeyPurpose::Signing,
            pin,
            digests: prepared.iter().map(|p| p.pending.digest()).collect(),
            expected: Some(signer.certificate.fingerprint()),
            last_try_confirmed,
        };
        let (client, token) = (self.clone(), self.token());
        let task = tokio::spawn(async move {
            let (made, signatures) = mpsc::unbounded_channel();
            tokio::join!(
                token.sign_each(request, made),
                client.keep_each(prepared, &signer, signatures, &progress)
            )
        });
        let (ended, (mut outcome, rest)) = task.await.map_err(|_| ClientError::Internal)?;
        let mut rest = rest.into_iter();
        if let Err(error) = ended
            && outcome.failed.is_none()
        {
            if outcome.signed.is_empty() {
                return Err(error.into());
            }
            outcome.failed = rest.next().map(|package| (package, error.into()));
        }
        outcome.untouched = rest.collect();
        Ok(outcome)
    }

    /// Stores the signatures as they come; gives also the packages that got none. After a failure it takes no
    /// more of them.
    async fn keep_each(
        &self,
        prepared: Vec<Prepared>,
        signer: &Signer,
        mut signatures: mpsc::UnboundedReceiver<Vec<u8>>,
        progress: &mpsc::UnboundedSender<SigningProgress>,
    ) -> (SignedMany, Vec<PackageId>) {
        let total = prepared.len();
        let mut outcome = SignedMany::default();
        let mut waiting = prepared.into_iter();
        while let Some(raw) = signatures.recv().await {
            let Some(next) = waiting.next() else { break };
            let package = next.package;
            match self.keep(next, signer, &raw).await {
                Ok(signed) => outcome.signed.push((package, signed)),
                Err(error) => {
                    outcome.failed = Some((package, error));
                    break;
                }
            }
            self.announce(Change::Packages);
            // Nobody watching the progress is no failure.
            let _ = progress.send(SigningProgress { package, done: outcome.signed.len(), total });
        }
        (outcome, waiting.map(|p| p.package).collect())
    }

    async fn keep(&self, prepared: Prepared, signer: &Signer, raw: &[u8]) -> Result<Signed> {
        let Prepared { customer, package, document, pending } = prepared;
        let file = pending.finish(raw, &[])?;
        self.keep_signature(
            customer,
            package,
            document,
            signer.certificate.clone(),
            signer.user.clone(),
            file,
        )
        .await
    }

    async fn prepare(&self, scope: Scope, id: PackageId, shown: [u8; 32], by: Signer) -> Result<Prepared> {
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let package = store::packages::get(conn, id)?;
            let complete = PackageEvent::Sign { complete: true };
            let _ = domain::package::apply(package.state, complete, &rules.profile.packages)?;
            let document = package.document.ok_or(ClientError::ChangedSinceShown)?;
            let bytes = store::documents::bytes(conn, document)?;
            let sha256: [u8; 32] = Sha256::digest(&bytes).into();
            if sha256 != shown {
                return Err(ClientError::ChangedSinceShown);
            }
            let debits = store::orders::debits(conn, id)?;
            let order_type = package.header.order_type;
            if !rules.authority.may_sign_package(order_type, &by.user, debits.keys().copied()) {
                return Err(ClientError::MayNotSign);
            }
            if signatures_of(conn, &package)?.iter().any(|s| s.user == by.user) {
                return Err(ClientError::SignedAlready);
            }
            let pending = signature::prepare(&by.certificate, sha256, scope.now)?;
            Ok(Prepared { customer: scope.customer, package: id, document, pending })
        })
        .await
    }

    async fn keep_signature(
        &self,
        customer: CustomerKey,
        id: PackageId,
        document: DocumentId,
        certificate: Certificate,
        signer: UserId,
        file: Vec<u8>,
    ) -> Result<Signed> {
        // Whichever customer is shown by now: the signature is of the one whose package was shown.
        let scope = self.scope_of(customer);
        self.write_of(customer, move |tx| {
            let rules = scope.rules(tx)?;
            let package = store::packages::get(tx, id)?;
            // Between preparing and now the package may have been withdrawn: its document is another then.
            if package.document != Some(document) {
                return Err(ClientError::ChangedSinceShown);
            }
            let name = certificate.subject_common_name().unwrap_or_else(|| signer.to_string());
            store::signatures::add(
                tx,
                &StoredSignature {
                    document,
                    signer: User { id: signer.clone(), name },
                    certificate: certificate.fingerprint(),
                    signed_at: rules.now,
                    p7s: file,
                },
            )?;
            let signers = signatures_of(tx, &package)?.into_iter().map(|s| s.user).collect();
            let debits = store::orders::debits(tx, id)?;
            let signing = rules.authority.judge_package(package.header.order_type, &debits, &signers);
            let complete = signing.progress == SignatureProgress::Complete;
            let package = transition(tx, &rules, id, PackageEvent::Sign { complete })?;
            let deed = Deed::PackageSigned { user: signer, have: signing.have, need: signing.need };
            log(tx, &rules, id, deed)?;
            Ok(Signed { state: package.state, signing })
        })
        .await
    }
}
