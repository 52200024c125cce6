//! One-time codes: they go to the telephone number or e-mail address that is to become a secondary identifier, and
//! who can type one has it [K&H AFR].
//!
//! Ours, since no bank's public text says: six digits, good for ten minutes, three tries, one registration; a new
//! code makes the old one void. The bank keeps a salted hash. Guessing is stopped by the tries, not by the hash.

use chrono::{DateTime, TimeDelta, Utc};
use domain::admin::CODE_DIGITS;
use domain::{CustomerId, SecondaryId};
use protocol::{Problem, ProblemCode};
use rand_core::{OsRng, RngCore};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::ground::error::{Refusal, Result};
use crate::people::notices;

/// A code is good for so long.
pub(crate) const CODE_LIFE: TimeDelta = TimeDelta::minutes(10);
/// Wrong codes after which the right one is void.
pub(crate) const TRIES: u32 = 3;
/// Codes that one customer gets in an hour.
const CODES_AN_HOUR: u32 = 10;
/// Key of the notice that carries a code.
pub(crate) const NOTICE: &str = "notice-one-time-code";

/// Sends a new code to the identifier.
///
/// # Errors
/// `request-invalid` for identifiers that nothing can be sent to; `rate-limited`.
pub(crate) fn send(
    db: &Connection,
    customer: &CustomerId,
    id: &SecondaryId,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    if matches!(id, SecondaryId::TaxNumber(_) | SecondaryId::TaxId(_)) {
        return Err(Problem::new(ProblemCode::RequestInvalid)
            .with_detail("nothing can be sent there")
            .into());
    }
    if notices::count(db, customer, NOTICE, now - TimeDelta::hours(1))? >= CODES_AN_HOUR {
        let refusal = Problem { retry_seconds: Some(600), ..Problem::new(ProblemCode::RateLimited) };
        return Err(refusal.into());
    }
    let code = random();
    let mut salt = [0; 16];
    OsRng.fill_bytes(&mut salt);
    db.execute(
        "INSERT OR REPLACE INTO one_time_code (customer, kind, value, salt, hash, expires)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            customer.as_str(),
            id.kind().name(),
            id.value(),
            salt,
            hash(&salt, &code),
            (now + CODE_LIFE).timestamp_millis()
        ],
    )?;
    notices::send(db, customer, id.value(), NOTICE, &code, now)?;
    Ok(())
}

/// Whether it is the identifier's present code.
pub(crate) fn is_good(
    db: &Connection,
    customer: &CustomerId,
    id: &SecondaryId,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let kept: Option<(Vec<u8>, Vec<u8>)> = db
        .query_row(
            "SELECT salt, hash FROM one_time_code
             WHERE customer = ?1 AND kind = ?2 AND value = ?3 AND expires > ?4 AND tries < ?5",
            params![customer.as_str(), id.kind().name(), id.value(), now.timestamp_millis(), TRIES],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    Ok(kept.is_some_and(|(salt, kept)| hash(&salt, code).as_slice().ct_eq(&kept).into()))
}

/// Counts a wrong code.
pub(crate) fn count_try(db: &Connection, customer: &CustomerId, id: &SecondaryId) -> Result<()> {
    db.execute(
        "UPDATE one_time_code SET tries = tries + 1 WHERE customer = ?1 AND kind = ?2 AND value = ?3",
        params![customer.as_str(), id.kind().name(), id.value()],
    )?;
    Ok(())
}

/// The code has done its work.
pub(crate) fn use_up(db: &Connection, customer: &CustomerId, id: &SecondaryId) -> Result<()> {
    db.execute(
        "DELETE FROM one_time_code WHERE customer = ?1 AND kind = ?2 AND value = ?3",
        params![customer.as_str(), id.kind().name(), id.value()],
    )?;
    Ok(())
}

/// Every code is as likely as every other: numbers that would favour the low ones are thrown again.
fn random() -> String {
    const CODES: u32 = 10_u32.pow(CODE_DIGITS as u32);
    loop {
        let number = OsRng.next_u32();
        if number < u32::MAX / CODES * CODES {
            return format!("{:0width$}", number % CODES, width = CODE_DIGITS);
        }
    }
}

fn hash(salt: &[u8], code: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(code).finalize().into()
}
