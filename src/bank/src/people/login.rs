//! Login: the check of a signed statement, and when a bad one costs an error point.
//!
//! An error point is given only when the user's own key has signed a statement that no honest client
//! sends to this bank (another server's, or an old challenge again), so knowing a user's number is not
//! enough to lock the user out. Five points lock the user for the web until the bank unlocks.

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserId;
use protocol::{LoginDevice, LoginRequest, LoginStatement, Problem, ProblemCode};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use signature::{Certificate, Purpose, SignatureError, TrustStore};

use super::challenges::Challenges;
use super::users::{self, UserRow};
use super::{customers, error_points, revocation};
use crate::ground::error::{Refusal, Result};
use crate::releases::client_versions::{self, Demand};

/// Tolerated difference of the client's clock.
const SKEW: TimeDelta = TimeDelta::minutes(5);

/// Who may come in.
#[derive(Clone, Debug)]
pub(crate) struct Admitted {
    pub user: UserId,
    /// The login before this one, in milliseconds.
    pub previous_login: Option<i64>,
    /// Certificate of the key that signed.
    pub certificate: Certificate,
}

/// What a statement must say to be meant for this server.
#[derive(Clone, Debug)]
pub struct Server<'a> {
    /// The `base_url` of the connection file.
    pub origin: &'a str,
    /// SHA-256 of our own TLS certificate.
    pub certificate: [u8; 32],
    /// Which clients may log in.
    pub demand: &'a Demand,
    /// Whether keys in a key file may log in.
    pub software_allowed: bool,
}

/// A statement that a key has signed whose certificate the bank has issued. Strangers' bytes become one before a
/// transaction begins: nobody waits while they are read and their signature is verified.
pub(crate) struct Proven {
    statement: LoginStatement,
    signer: Certificate,
}

/// Reads a login and verifies its signature.
///
/// # Errors
/// `login-statement-invalid`, and what is wrong with signature or certificate.
pub(crate) fn prove(
    request: &LoginRequest,
    trust: &TrustStore,
    now: DateTime<Utc>,
) -> std::result::Result<Proven, Box<Problem>> {
    let bytes = request.statement.as_slice();
    let invalid = |_| Box::new(Problem::new(ProblemCode::LoginStatementInvalid));
    let statement = LoginStatement::parse(bytes).map_err(invalid)?;
    let digest = Sha256::digest(bytes).into();
    let verified = signature::verify(request.signature.as_slice(), digest, trust, Purpose::Login, now)
        .map_err(|e| Box::new(Problem::new(login_code(&e)).with_detail(e)))?;
    Ok(Proven { statement, signer: verified.signer })
}

/// Checks a proven login and notes it, good or bad. The inner error is the answer to the client; the outer one
/// rolls the transaction back.
///
/// # Errors
/// [`crate::ground::error::BankError`] when the bank itself fails.
pub(crate) fn check(
    db: &Connection,
    challenges: &Challenges,
    server: &Server<'_>,
    proven: Proven,
    now: DateTime<Utc>,
) -> Result<std::result::Result<Admitted, Box<Problem>>> {
    match judge(db, challenges, server, proven, now) {
        Ok((row, certificate, None)) => {
            users::note_login(db, &row.user.id, now)?;
            error_points::forget(db, &row.user.id)?;
            Ok(Ok(Admitted { user: row.user.id, previous_login: row.last_login, certificate }))
        }
        Ok((row, _, Some(code))) => {
            if matches!(code, ProblemCode::LoginWrongServer | ProblemCode::LoginChallengeReplayed) {
                error_points::add(db, &row.user.id)?;
            }
            Ok(Err(Box::new(Problem::new(code).with_user(row.user.id))))
        }
        Err(Refusal::Problem(problem)) => Ok(Err(problem)),
        Err(Refusal::Failure(error)) => Err(error),
    }
}

/// The user whose key has signed, its certificate, and what is wrong with what it signed.
fn judge(
    db: &Connection,
    challenges: &Challenges,
    server: &Server<'_>,
    proven: Proven,
    now: DateTime<Utc>,
) -> std::result::Result<(UserRow, Certificate, Option<ProblemCode>), Refusal> {
    let Proven { statement, signer } = proven;
    if revocation::has_ended(db, &hex::encode(signer.fingerprint()), now)? {
        return Err(ProblemCode::LoginCertificateRevoked.into());
    }
    let user_id = signer.user_id().ok_or(ProblemCode::LoginUserUnknown)?;
    let row = users::find(db, &user_id)?.ok_or(ProblemCode::LoginUserUnknown)?;
    if row.locked {
        return Ok((row, signer, Some(ProblemCode::LoginUserLocked)));
    }
    if !customers::has_any(db, &row.user.id)? {
        return Ok((row, signer, Some(ProblemCode::LoginUserUnknown)));
    }
    let refused = judge_statement(challenges, server, &statement, &row.user.id, now).err();
    Ok((row, signer, refused))
}

fn judge_statement(
    challenges: &Challenges,
    server: &Server<'_>,
    statement: &LoginStatement,
    user: &UserId,
    now: DateTime<Utc>,
) -> std::result::Result<(), ProblemCode> {
    // The server first: a statement for another bank carries that bank's challenge, and the honest word
    // for it is "wrong server".
    if statement.origin != server.origin || statement.server_certificate != server.certificate {
        return Err(ProblemCode::LoginWrongServer);
    }
    challenges.take(&statement.challenge, user, now)?;
    if (statement.time - now).abs() > SKEW {
        return Err(ProblemCode::LoginClockSkew);
    }
    if server.demand.refuses(client_versions::of_statement(&statement.client)) {
        return Err(ProblemCode::ClientOutdated);
    }
    if statement.device == LoginDevice::Software && !server.software_allowed {
        return Err(ProblemCode::SoftwareTokenForbidden);
    }
    Ok(())
}

/// Which problem a refused login signature is.
fn login_code(error: &SignatureError) -> ProblemCode {
    match error {
        SignatureError::PurposeForbidden(_) => ProblemCode::LoginNotAnAuthenticationKey,
        SignatureError::Revoked => ProblemCode::LoginCertificateRevoked,
        SignatureError::Expired(_) | SignatureError::NotYetValid(_) => ProblemCode::LoginCertificateExpired,
        SignatureError::UntrustedIssuer
        | SignatureError::IssuerNotEntitled
        | SignatureError::IssuerSignatureInvalid
        | SignatureError::UnknownCriticalExtension => ProblemCode::LoginCertificateUntrusted,
        _ => ProblemCode::LoginSignatureInvalid,
    }
}

#[cfg(test)]
#[path = "login_tests.rs"]
mod tests;
