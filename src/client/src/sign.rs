//! Signing a package with the token: prepare on the document's stored bytes, sign on the card, store the file.

use domain::authority::SigningStatus;
use domain::package::{PackageEvent, SignatureProgress};
use domain::{PackageId, PackageState, User, UserId};
use sha2::{Digest, Sha256};
use signature::{Certificate, Pending};
use store::documents::DocumentId;
use store::signatures::StoredSignature;
use token::{KeyPurpose, Pin, SignRequest, TokenError};

use crate::package::{log, signatures_of, transition};
use crate::session::usable;
use crate::{Change, Client, ClientError, Result};

/// What a signature made of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// State now.
    pub state: PackageState,
    /// How far the signatures are.
    pub signing: SigningStatus,
}

/// A document ready for the token.
struct Prepared {
    document: DocumentId,
    pending: Pending,
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
        let info = self.token().info().await?;
        let certificate = usable(&info, KeyPurpose::Signing, self.now())?;
        if let Some(open) = self.open_session_now()
            && open.signing != Some(certificate.fingerprint())
        {
            return Err(TokenError::AnotherCard.into());
        }
        let signer: UserId = certificate
            .user_id()
            .and_then(|id| id.parse().ok())
            .ok_or(ClientError::Certificate("it names no user"))?;
        let prepared = self.prepare(id, shown, certificate.clone(), signer.clone()).await?;
        let raw = self
            .token()
            .sign(SignRequest {
                key: KeyPurpose::Signing,
                pin,
                digests: vec![prepared.pending.digest()],
                expected: Some(certificate.fingerprint()),
                last_try_confirmed,
            })
            .await?;
        let raw = raw.first().ok_or(ClientError::Internal)?;
        let file = prepared.pending.finish(raw, &[])?;
        let signed = self.keep_signature(id, prepared.document, certificate, signer, file).await?;
        self.announce(Change::Packages);
        Ok(signed)
    }

    async fn prepare(
        &self,
        id: PackageId,
        shown: [u8; 32],
        certificate: Certificate,
        signer: UserId,
    ) -> Result<Prepared> {
        let scope = self.scope()?;
        self.read(move |conn| {
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
            if !rules.authority.may_sign(&signer, debits.keys().copied()) {
                return Err(ClientError::MayNotSign);
            }
            if signatures_of(conn, &package)?.iter().any(|s| s.user == signer) {
                return Err(ClientError::SignedAlready);
            }
            Ok(Prepared { document, pending: signature::prepare(&certificate, sha256, scope.now)? })
        })
        .await
    }

    async fn keep_signature(
        &self,
        id: PackageId,
        document: DocumentId,
        certificate: Certificate,
        signer: UserId,
        file: Vec<u8>,
    ) -> Result<Signed> {
        let scope = self.scope()?;
        self.write(move |tx| {
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
            let signing = rules.authority.judge(&store::orders::debits(tx, id)?, &signers);
            let complete = signing.progress == SignatureProgress::Complete;
            let package = transition(tx, &rules, id, PackageEvent::Sign { complete })?;
            let detail = serde_json::json!({ "user": signer, "have": signing.have, "need": signing.need });
            log(tx, &rules, "package-signed", id, detail)?;
            Ok(Signed { state: package.state, signing })
        })
        .await
    }
}
