//! Login: challenges, the check of a signed statement, error points.
//!
//! An error point is given only when the user's own key has signed a statement that no honest client
//! sends to this bank (another server's, or an old challenge again), so knowing a user's number is not
//! enough to lock the user out. Five points lock the user for the web until the bank unlocks.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserId;
use protocol::{Challenge, LoginDevice, LoginRequest, LoginStatement, Problem, ProblemCode};
use rand_core::{OsRng, RngCore};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use signature::{Certificate, Purpose, SignatureError, TrustStore};

use crate::clients::{self, Demand};
use crate::error::Refusal;
use crate::{Result, customers, people};

/// Life of a challenge.
const CHALLENGE_LIFE: TimeDelta = TimeDelta::seconds(60);
/// How long used and old challenges are remembered, to tell "again" and "too late" from "never given".
const MEMORY: TimeDelta = TimeDelta::minutes(10);
/// Challenges that one user can have in memory.
const PER_USER: usize = 60;
/// Challenges in memory altogether.
const ALTOGETHER: usize = 20_000;
/// Tolerated difference of the client's clock.
const SKEW: TimeDelta = TimeDelta::minutes(5);
/// Points that lock a user.
pub const POINTS: u32 = 5;

/// Challenges given in the last minutes. They live in memory only: after a restart clients ask anew.
#[derive(Debug, Default)]
pub struct Challenges(Mutex<HashMap<[u8; 32], Given>>);

#[derive(Clone, Debug)]
struct Given {
    user: UserId,
    at: DateTime<Utc>,
    used: bool,
}

/// Who may come in.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The user.
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

impl Challenges {
    /// A new challenge. Unknown users get one too, so that nobody learns who exists.
    ///
    /// # Errors
    /// `rate-limited`.
    pub fn give(&self, user: &UserId, now: DateTime<Utc>) -> std::result::Result<Challenge, Box<Problem>> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|_, g| now - g.at < MEMORY);
        let of_user = given.values().filter(|g| g.user == *user).count();
        if of_user >= PER_USER || given.len() >= ALTOGETHER {
            let refusal = Problem { retry_seconds: Some(60), ..Problem::new(ProblemCode::RateLimited) };
            return Err(Box::new(refusal));
        }
        let mut challenge = [0; 32];
        OsRng.fill_bytes(&mut challenge);
        given.insert(challenge, Given { user: user.clone(), at: now, used: false });
        Ok(Challenge {
            challenge: challenge.to_vec().into(),
            expires: now + CHALLENGE_LIFE,
            server_time: now,
        })
    }

    /// Uses up a challenge, whatever comes of the login.
    pub(crate) fn take(
        &self,
        challenge: &[u8; 32],
        user: &UserId,
        now: DateTime<Utc>,
    ) -> std::result::Result<(), ProblemCode> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = given
            .get_mut(challenge)
            .filter(|entry| entry.user == *user)
            .ok_or(ProblemCode::LoginChallengeUnknown)?;
        if std::mem::replace(&mut entry.used, true) {
            return Err(ProblemCode::LoginChallengeReplayed);
        }
        if now - entry.at > CHALLENGE_LIFE {
            return Err(ProblemCode::LoginChallengeExpired);
        }
        Ok(())
    }
}

/// Checks a login and notes it, good or bad. The inner error is the answer to the client; the outer one
/// rolls the transaction back.
///
/// # Errors
/// [`crate::BankError`] when the bank itself fails.
pub fn check(
    db: &Connection,
    challenges: &Challenges,
    server: &Server<'_>,
    trust: &TrustStore,
    request: &LoginRequest,
    now: DateTime<Utc>,
) -> Result<std::result::Result<Admitted, Box<Problem>>> {
    match judge(db, challenges, server, trust, request, now) {
        Ok((row, certificate, None)) => {
            customers::note_login(db, &row.user.id, now)?;
            if db.execute(FORGIVE, [row.user.id.as_str()])? > 0 {
                people::changed(db, &row.user.id, None)?;
            }
            Ok(Ok(Admitted { user: row.user.id, previous_login: row.last_login, certificate }))
        }
        Ok((row, _, Some(code))) => {
            if matches!(code, ProblemCode::LoginWrongServer | ProblemCode::LoginChallengeReplayed) {
                add_error_point(db, &row.user.id)?;
            }
            Ok(Err(Box::new(Problem::new(code).with_user(row.user.id))))
        }
        Err(Refusal::Problem(problem)) => Ok(Err(problem)),
        Err(Refusal::Failure(error)) => Err(error),
    }
}

const FORGIVE: &str = "UPDATE bank_user SET error_points = 0 WHERE id = ?1 AND error_points > 0";

/// Gives an error point, which may lock the user.
pub(crate) fn add_error_point(db: &Connection, user: &UserId) -> Result<()> {
    db.execute(
        "UPDATE bank_user SET error_points = error_points + 1, locked = locked OR error_points + 1 >= ?2
         WHERE id = ?1",
        params![user.as_str(), POINTS],
    )?;
    people::changed(db, user, None)
}

/// The user whose key has signed, its certificate, and what is wrong with what it signed.
fn judge(
    db: &Connection,
    challenges: &Challenges,
    server: &Server<'_>,
    trust: &TrustStore,
    request: &LoginRequest,
    now: DateTime<Utc>,
) -> std::result::Result<(customers::UserRow, Certificate, Option<ProblemCode>), Refusal> {
    let bytes = request.statement.as_slice();
    let statement = LoginStatement::parse(bytes).map_err(|_| ProblemCode::LoginStatementInvalid)?;
    let digest = Sha256::digest(bytes).into();
    let verified = signature::verify(request.signature.as_slice(), digest, trust, Purpose::Login, now)
        .map_err(|e| Problem::new(login_code(&e)).with_detail(e))?;
    let user_id = verified.signer.user_id().ok_or(ProblemCode::LoginUserUnknown)?;
    let row = customers::user(db, &user_id)?.ok_or(ProblemCode::LoginUserUnknown)?;
    if row.locked {
        return Ok((row, verified.signer, Some(ProblemCode::LoginUserLocked)));
    }
    if customers::of_user(db, &row.user.id)?.is_empty() {
        return Ok((row, verified.signer, Some(ProblemCode::LoginUserUnknown)));
    }
    let refused = judge_statement(challenges, server, &statement, &row.user.id, now).err();
    Ok((row, verified.signer, refused))
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
    if server.demand.refuses(clients::of_statement(&statement.client)) {
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
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_good_once_for_one_user_within_a_minute() {
        let challenges = Challenges::default();
        let (user, other): (UserId, UserId) = ("10000001".parse().unwrap(), "10000002".parse().unwrap());
        let now = Utc::now();
        let take = |of: &Challenge, user: &UserId, at| {
            challenges.take(of.challenge.as_slice().try_into().unwrap(), user, at)
        };
        let first = challenges.give(&user, now).unwrap();
        assert_eq!(take(&first, &other, now), Err(ProblemCode::LoginChallengeUnknown));
        assert_eq!(take(&first, &user, now), Ok(()));
        assert_eq!(take(&first, &user, now), Err(ProblemCode::LoginChallengeReplayed));
        let late = challenges.give(&user, now).unwrap();
        assert_eq!(take(&late, &user, now + TimeDelta::seconds(61)), Err(ProblemCode::LoginChallengeExpired));
        let unknown = [1; 32];
        assert_eq!(challenges.take(&unknown, &user, now), Err(ProblemCode::LoginChallengeUnknown));
    }

    #[test]
    fn too_many_challenges_are_refused_for_a_while() {
        let challenges = Challenges::default();
        let user: UserId = "10000001".parse().unwrap();
        let now = Utc::now();
        for _ in 0..PER_USER {
            challenges.give(&user, now).unwrap();
        }
        assert_eq!(challenges.give(&user, now).unwrap_err().code, ProblemCode::RateLimited);
        assert!(challenges.give(&user, now + MEMORY).is_ok());
    }
}

#[cfg(test)]
#[path = "login_tests.rs"]
mod checks;
