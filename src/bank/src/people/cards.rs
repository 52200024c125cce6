//! Tokens that the bank has handed out: whose, of which kind, and which PUK opens them.

use chrono::{DateTime, Utc};
use domain::UserId;
use domain::unblock::UnblockKind;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::revocation::sha256;
use crate::ground::database::{named, parse, time};
use crate::ground::error::{BankError, Result};

/// Longest serial number, in hex digits.
const MAX_CSN: usize = 64;

/// What is spoken with the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// PIV: unblocked by PUK.
    Piv,
    /// GIDS: unblocked by challenge and response.
    Gids,
}

domain::names! {
    pub CardKind {
        Piv = "piv",
        Gids = "gids",
    }
}

impl CardKind {
    /// How it is unblocked.
    pub fn unblock(self) -> UnblockKind {
        match self {
            Self::Piv => UnblockKind::PukPair,
            Self::Gids => UnblockKind::ChallengeResponse,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Serial number, upper-case hex.
    pub csn: String,
    pub user: UserId,
    pub kind: CardKind,
    /// When the bank handed it out.
    pub issued: DateTime<Utc>,
    /// Lost or replaced: nothing is told about it by telephone any more.
    pub withdrawn: bool,
    /// Neither logs in nor signs until it is enabled again.
    pub suspended: bool,
    /// Number of the PUK that the next Code opens with.
    pub next_puk: u32,
}

/// What the caller says became of a Code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The token works again.
    Done,
    /// The new PIN works, but the token kept its old PUK.
    PukKept,
    /// The token did not take the Code.
    Refused,
}

/// A serial number as it is kept.
///
/// # Errors
/// [`BankError::Data`] when it is not made of hex digits.
pub fn csn(text: &str) -> Result<String> {
    let good = !text.is_empty() && text.len() <= MAX_CSN && text.bytes().all(|b| b.is_ascii_hexdigit());
    if good {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(BankError::data("csn", "not a serial number in hex"))
    }
}

/// Adds a card, or changes whose and of which kind it is and whether it is withdrawn.
///
/// # Errors
/// [`BankError::Data`] for a user that does not exist.
pub fn put(
    db: &Connection,
    csn: &str,
    user: &UserId,
    kind: CardKind,
    withdrawn: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    if crate::people::users::find(db, user.as_str())?.is_none() {
        return Err(BankError::data("bank_user", format!("no user {user}")));
    }
    db.execute(
        "INSERT INTO card (csn, user, kind, issued_at, withdrawn) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (csn) DO UPDATE SET user = ?2, kind = ?3, withdrawn = ?5",
        params![self::csn(csn)?, user.as_str(), kind.name(), now.timestamp_millis(), withdrawn],
    )?;
    Ok(())
}

/// Notes which certificates are in a token.
pub fn add_certificates(db: &Connection, csn: &str, certificates: &[String]) -> Result<()> {
    for fingerprint in certificates {
        db.execute(
            "INSERT OR REPLACE INTO card_certificate (sha256, csn) VALUES (?1, ?2)",
            params![fingerprint, self::csn(csn)?],
        )?;
    }
    Ok(())
}

/// Suspends a token or enables it again; `false` when there is no such token in use. Sessions that a suspended token
/// has opened end.
pub fn set_suspended(db: &Connection, csn: &str, suspended: bool) -> Result<bool> {
    let changed = db.execute(
        "UPDATE card SET suspended = ?2 WHERE csn = ?1 AND withdrawn = 0",
        params![csn, suspended],
    )?;
    if suspended {
        end_sessions(db, csn)?;
    }
    Ok(changed > 0)
}

/// Takes a token out of use for ever; `false` when there is no such token in use.
pub fn withdraw(db: &Connection, csn: &str) -> Result<bool> {
    let changed = db.execute("UPDATE card SET withdrawn = 1 WHERE csn = ?1 AND withdrawn = 0", [csn])?;
    end_sessions(db, csn)?;
    Ok(changed > 0)
}

fn end_sessions(db: &Connection, csn: &str) -> Result<()> {
    let certificates: Vec<String> = db
        .prepare_cached("SELECT sha256 FROM card_certificate WHERE csn = ?1")?
        .query_map([csn], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let sessions: Vec<(Vec<u8>, Vec<u8>)> = db
        .prepare_cached(
            "SELECT token_sha256, login_certificate FROM session WHERE user = (SELECT user FROM card WHERE csn = ?1)",
        )?
        .query_map([csn], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (token, certificate) in sessions {
        if certificates.contains(&sha256(&certificate)) {
            db.execute("DELETE FROM session WHERE token_sha256 = ?1", [token])?;
        }
    }
    Ok(())
}

const COLUMNS: &str = "SELECT csn, user, kind, issued_at, withdrawn, puk + puk_doubt, suspended FROM card";

/// The user's cards, newest first.
pub fn of_user(db: &Connection, user: &UserId) -> Result<Vec<Card>> {
    let mut query = db.prepare_cached(&format!("{COLUMNS} WHERE user = ?1 ORDER BY issued_at DESC, csn"))?;
    let mut rows = query.query([user.as_str()])?;
    let mut cards = Vec::new();
    while let Some(row) = rows.next()? {
        cards.push(read(row)?);
    }
    Ok(cards)
}

/// Notes what became of the Code that opened with PUK `number`; `false` when that was noted before.
///
/// The card changes its PUK when it takes a Code. A refused Code may mean that an earlier one was taken although
/// nobody said so: then the next one opens with the PUK after it, and if that is refused too, with this one again.
pub fn note_outcome(db: &Connection, csn: &str, number: u32, outcome: Outcome) -> Result<bool> {
    let (puk, doubt) = match outcome {
        Outcome::Done => ("?2 + 1", "0"),
        Outcome::PukKept => ("?2", "0"),
        Outcome::Refused => ("puk", "1 - puk_doubt"),
    };
    let changed = db.execute(
        &format!("UPDATE card SET puk = {puk}, puk_doubt = {doubt} WHERE csn = ?1 AND puk + puk_doubt = ?2"),
        params![csn, number],
    )?;
    Ok(changed > 0)
}

/// A card by its serial number.
pub fn find(db: &Connection, csn: &str) -> Result<Option<Card>> {
    let mut query = db.prepare_cached(&format!("{COLUMNS} WHERE csn = ?1"))?;
    let mut rows = query.query([csn])?;
    rows.next()?.map(read).transpose()
}

/// The card that holds the certificate of this SHA-256 (lower-case hex).
///
/// # Errors
/// [`BankError::Database`].
pub(crate) fn of_certificate(db: &Connection, sha256: &str) -> Result<Option<Card>> {
    let mut query = db.prepare_cached(&format!(
        "{COLUMNS} WHERE csn = (SELECT csn FROM card_certificate WHERE sha256 = ?1)"
    ))?;
    let mut rows = query.query([sha256])?;
    rows.next()?.map(read).transpose()
}

fn read(row: &Row<'_>) -> Result<Card> {
    Ok(Card {
        csn: row.get(0)?,
        user: parse("card.user", &row.get::<_, String>(1)?)?,
        kind: named("card.kind", &row.get::<_, String>(2)?, CardKind::from_name)?,
        issued: time(row.get(3)?)?,
        withdrawn: row.get(4)?,
        next_puk: row.get(5)?,
        suspended: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{CLERK, World};

    #[test]
    fn puks_are_counted_by_what_the_caller_says() {
        let world = World::new("kh");
        let next = || world.read(|db| find(db, "AB01")).unwrap().next_puk;
        let note = |number, outcome| world.read(|db| note_outcome(db, "AB01", number, outcome));
        world.read(|db| {
            put(db, "ab01", &CLERK.parse().unwrap(), CardKind::Piv, false, world.bank.clock.now())
        });
        assert_eq!(next(), 0);
        assert!(note(0, Outcome::Done));
        assert_eq!(next(), 1);
        assert!(!note(0, Outcome::Done), "pressed twice");
        assert!(note(1, Outcome::PukKept));
        assert_eq!(next(), 1);
        // Code 1 was taken, nobody said so; the next caller hears it again and the card refuses it.
        assert!(note(1, Outcome::Refused));
        assert_eq!(next(), 2);
        assert!(note(2, Outcome::Refused));
        assert_eq!(next(), 1, "neither: something else is wrong, no number runs away");
        assert!(note(1, Outcome::Refused) && note(2, Outcome::Done));
        assert_eq!(next(), 3);
    }

    #[test]
    fn cards_belong_to_users_and_have_serial_numbers() {
        let world = World::new("kh");
        let now = world.bank.clock.now();
        let stranger = "99999999".parse().unwrap();
        let result = world.bank.write(|db| put(db, "AB", &stranger, CardKind::Gids, false, now));
        assert!(result.is_err());
        assert!(csn("").is_err() && csn("XY").is_err() && csn(&"A".repeat(65)).is_err());
        assert_eq!(csn("0a").unwrap(), "0A");
    }
}
