//! Renewing certificates: the old signing key asks, the new keys prove themselves, the bank issues, and the old
//! certificates end when the new ones are in the token.
//!
//! What is renewed stays bound to its device: the certificates of the session and of the signature are in one that the
//! bank has handed out, the new ones are added to it, and they end when it is withdrawn.
//!
//! Nothing is lost by a broken connection: the same document gives the same certificates, and until the client
//! has said that they are in the token, the old ones go on for [`GRACE`].

use chrono::{DateTime, Months, TimeDelta, Utc};
use domain::UserId;
use protocol::{Problem, ProblemCode, RenewalAnswer, RenewalDocument, RenewalRequest};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use signature::issue::UserCertificate;
use signature::{Certificate, CertificateRequest, KeyAlgorithm, Purpose, SignatureError, TrustStore};
use uuid::Uuid;

use super::cards::{self, Card};
use super::sessions::{self, OpenSession};
use super::{revocation, users};
use crate::ground::database::{from_json, to_json};
use crate::ground::error::{BankError, Refusal};
use crate::ground::folder::Identity;

/// Life of a token's certificates, in months (the bank's page on renewal: every four years).
const LIFE: Months = Months::new(48);
/// Old certificates go on at most so long after new ones were issued.
pub(crate) const GRACE: TimeDelta = TimeDelta::days(14);
/// A key file has no serial number of its own: its clients name so many bytes of its login certificate's SHA-256.
const KEY_FILE_CSN: usize = 8;
/// Bytes of an RSA-2048 modulus, the only RSA keys that the bank's cards make.
const RSA_BYTES: usize = 256;

/// What a request is judged against.
#[derive(Clone, Debug)]
pub(crate) struct Context<'a> {
    /// Issues the new certificates.
    pub identity: &'a Identity,
    /// Days before the old signing certificate's end from which renewal is open.
    pub window_days: u16,
    /// Bank time.
    pub now: DateTime<Utc>,
}

/// A request whose document is read and whose signatures are verified, before a transaction begins. What is wrong with
/// them is told when their turn comes: a document that was answered before gets the same answer again.
pub(crate) struct Asked<'a> {
    bytes: &'a [u8],
    signature: &'a [u8],
    document: RenewalDocument,
    signer: Result<Certificate, Box<Problem>>,
    /// For the new login key and the new signing key.
    requests: [Result<CertificateRequest, Box<Problem>>; 2],
}

impl<'a> Asked<'a> {
    /// # Errors
    /// `renewal-document-invalid`.
    pub(crate) fn of(
        request: &'a RenewalRequest,
        trust: &TrustStore,
        now: DateTime<Utc>,
    ) -> Result<Self, Box<Problem>> {
        let (bytes, signature) = (request.document.as_slice(), request.signature.as_slice());
        let invalid = |_| Box::new(Problem::new(ProblemCode::RenewalDocumentInvalid));
        let document = RenewalDocument::parse(bytes).map_err(invalid)?;
        let signer =
            signature::verify(signature, Sha256::digest(bytes).into(), trust, Purpose::Document, now)
                .map(|verified| verified.signer)
                .map_err(|e| Box::new(Problem::new(signature_code(&e)).with_detail(e)));
        let read = |der: &[u8]| {
            CertificateRequest::from_der(der)
                .map_err(|e| Box::new(Problem::new(ProblemCode::RenewalKeyInvalid).with_detail(e)))
        };
        let requests = [read(&document.login_request), read(&document.signing_request)];
        Ok(Self { bytes, signature, document, signer, requests })
    }
}

/// Issues new certificates for a signed document; the same document again gives the same ones.
///
/// # Errors
/// The renewal codes of [`ProblemCode`].
pub(crate) fn renew(
    db: &Connection,
    context: &Context<'_>,
    session: &OpenSession,
    asked: &Asked<'_>,
) -> Result<RenewalAnswer, Refusal> {
    let document = &asked.document;
    if let Some(answer) = earlier(db, session, document, asked.bytes)? {
        return Ok(answer);
    }
    let signer = signer(db, context, session, asked)?;
    let device = device(db, session, document)?;
    let opens = signer.not_after() - TimeDelta::days(i64::from(context.window_days));
    if context.now < opens {
        return Err(Problem::new(ProblemCode::RenewalTooEarly)
            .with_detail(format!("open from {opens}"))
            .into());
    }
    let old_login = Certificate::from_der(&session.login_certificate).map_err(BankError::from)?;
    let keys = new_keys(session, asked, [signer, &old_login])?;
    let (login, signing) = issue(db, context, &session.user, &keys)?;
    let answer = RenewalAnswer {
        id: document.id,
        login: login.to_der().to_vec().into(),
        signing: signing.to_der().to_vec().into(),
        chain: vec![context.identity.authority.certificate().to_der().to_vec().into()],
        old_valid_until: context.now + GRACE,
    };
    replace_undone(db, signer)?;
    db.execute(
        "INSERT INTO renewal (id, user, csn, document, signature, answer, old_login, old_signing, new_login,
            new_signing, issued_at, old_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            document.id.to_string(),
            session.user.as_str(),
            device.csn,
            asked.bytes,
            asked.signature,
            to_json(&answer)?,
            fingerprint(&old_login),
            fingerprint(signer),
            fingerprint(&login),
            fingerprint(&signing),
            context.now.timestamp_millis(),
            answer.old_valid_until.timestamp_millis(),
        ],
    )?;
    cards::add_certificates(db, &device.csn, &[fingerprint(&login), fingerprint(&signing)])?;
    Ok(answer)
}

/// Ends the old certificates of a renewal; saying it again changes nothing. Sessions that the old one has opened go on
/// with the new one: their user has just renewed, and is not to log in again for it.
///
/// # Errors
/// `renewal-unknown`.
pub(crate) fn done(db: &Connection, user: &UserId, id: Uuid, now: DateTime<Utc>) -> Result<(), Refusal> {
    let changed = db.execute(
        "UPDATE renewal SET done_at = COALESCE(done_at, ?3) WHERE id = ?1 AND user = ?2 AND replaced = 0",
        params![id.to_string(), user.as_str(), now.timestamp_millis()],
    )?;
    if changed == 0 {
        return Err(ProblemCode::RenewalUnknown.into());
    }
    let (old_login, old_signing, answer): (String, String, String) = db.query_row(
        "SELECT old_login, old_signing, answer FROM renewal WHERE id = ?1",
        [id.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let answer: RenewalAnswer = from_json("renewal.answer", &answer)?;
    sessions::go_on_with(db, user, &old_login, answer.login.as_slice())?;
    for old in [old_login, old_signing] {
        revocation::revoke(db, &old)?;
    }
    Ok(())
}

/// The answer that this document got before.
fn earlier(
    db: &Connection,
    session: &OpenSession,
    document: &RenewalDocument,
    bytes: &[u8],
) -> Result<Option<RenewalAnswer>, Refusal> {
    let row: Option<(String, Vec<u8>, String, bool)> = db
        .query_row(
            "SELECT user, document, answer, replaced FROM renewal WHERE id = ?1",
            [document.id.to_string()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let Some((user, known, answer, replaced)) = row else { return Ok(None) };
    if user != session.user.as_str() || known != bytes || replaced {
        return Err(ProblemCode::RenewalIdConflict.into());
    }
    Ok(Some(from_json("renewal.answer", &answer)?))
}

/// The certificate that signed the document, if it is the session's user's and the one that the document names.
fn signer<'a>(
    db: &Connection,
    context: &Context<'_>,
    session: &OpenSession,
    asked: &'a Asked<'_>,
) -> Result<&'a Certificate, Refusal> {
    let (document, signer) = (&asked.document, asked.signer.as_ref().map_err(Clone::clone)?);
    if revocation::has_ended(db, &fingerprint(signer), context.now)? {
        return Err(ProblemCode::RenewalCertificate.into());
    }
    let is_users =
        signer.user_id().as_deref() == Some(session.user.as_str()) && document.user == session.user;
    if !is_users || signer.fingerprint() != document.old_signing {
        return Err(ProblemCode::RenewalSigner.into());
    }
    Ok(signer)
}

/// The device that the session's certificate is in, if the signing certificate is in it too and the document names no
/// other. Whoever could name any serial number would have certificates that no withdrawal reaches.
fn device(db: &Connection, session: &OpenSession, document: &RenewalDocument) -> Result<Card, Refusal> {
    let login = revocation::sha256(&session.login_certificate);
    let card = cards::of_certificate(db, &login)?
        .filter(|card| card.user == session.user)
        .ok_or(ProblemCode::RenewalDeviceUnknown)?;
    let is_in_it = cards::of_certificate(db, &hex::encode(document.old_signing))?
        .is_some_and(|other| other.csn == card.csn);
    let of_key_file = login.get(..2 * KEY_FILE_CSN).unwrap_or_default().to_ascii_uppercase();
    if is_in_it && (document.csn == card.csn || document.csn == of_key_file) {
        Ok(card)
    } else {
        Err(ProblemCode::RenewalDeviceUnknown.into())
    }
}

fn signature_code(error: &SignatureError) -> ProblemCode {
    match error {
        SignatureError::Revoked
        | SignatureError::Expired(_)
        | SignatureError::NotYetValid(_)
        | SignatureError::UntrustedIssuer
        | SignatureError::IssuerNotEntitled
        | SignatureError::IssuerSignatureInvalid
        | SignatureError::UnknownCriticalExtension => ProblemCode::RenewalCertificate,
        _ => ProblemCode::RenewalSignatureInvalid,
    }
}

/// The two new keys (login, signing; DER SubjectPublicKeyInfo), proven and new.
fn new_keys(
    session: &OpenSession,
    asked: &Asked<'_>,
    old: [&Certificate; 2],
) -> Result<[Vec<u8>; 2], Refusal> {
    let read = |request: &Result<CertificateRequest, Box<Problem>>| -> Result<Vec<u8>, Refusal> {
        let request = request.as_ref().map_err(Clone::clone)?;
        let is_ours = match request.algorithm() {
            KeyAlgorithm::Rsa { modulus_len } => modulus_len == RSA_BYTES,
            KeyAlgorithm::P256 => true,
        };
        if !is_ours || request.user_id().as_deref() != Some(session.user.as_str()) {
            return Err(ProblemCode::RenewalKeyInvalid.into());
        }
        Ok(request.public_key_der().map_err(BankError::from)?)
    };
    let [login, signing] = &asked.requests;
    let keys = [read(login)?, read(signing)?];
    let mut reused = keys[0] == keys[1];
    for certificate in old {
        reused |= keys.contains(&certificate.public_key_der().map_err(BankError::from)?);
    }
    if reused { Err(ProblemCode::RenewalKeyReused.into()) } else { Ok(keys) }
}

fn issue(
    db: &Connection,
    context: &Context<'_>,
    user: &UserId,
    [login, signing]: &[Vec<u8>; 2],
) -> Result<(Certificate, Certificate), Refusal> {
    let row = users::find(db, user.as_str())?.ok_or(ProblemCode::LoginUserUnknown)?;
    let end = context.now.checked_add_months(LIFE).ok_or_else(|| BankError::data("clock", context.now))?;
    let certificate = |kind, key: &[u8]| {
        let authority = &context.identity.authority;
        authority
            .issue_user(&row.user.name, user.as_str(), kind, key, context.now, end)
            .map_err(BankError::from)
    };
    Ok((certificate(UserCertificate::Login, login)?, certificate(UserCertificate::Signing, signing)?))
}

/// A renewal that was never done makes room for the next one of the same certificates: its own new certificates
/// are in no token and must never be.
fn replace_undone(db: &Connection, signer: &Certificate) -> Result<(), Refusal> {
    const UNDONE: &str = "old_signing = ?1 AND done_at IS NULL AND replaced = 0";
    let old = fingerprint(signer);
    db.execute(
        &format!(
            "INSERT OR IGNORE INTO revoked_certificate (sha256) SELECT new_login FROM renewal WHERE {UNDONE}
             UNION SELECT new_signing FROM renewal WHERE {UNDONE}"
        ),
        [&old],
    )?;
    db.execute(&format!("UPDATE renewal SET replaced = 1 WHERE {UNDONE}"), [&old])?;
    Ok(())
}

fn fingerprint(certificate: &Certificate) -> String {
    hex::encode(certificate.fingerprint())
}

#[cfg(test)]
#[path = "renewal_tests.rs"]
mod tests;
