//! Activation codes: with one, given out by the operator desk, a user registers a virtual chip card.
//!
//! Ours: ten random characters (49 bits; none that looks like another) and two check characters, in groups of
//! four, good for one registration within [`CODE_LIFE`]. A slip of the keyboard shows in the check characters
//! and costs nothing. Wrong codes make nothing void: whoever knows a user's number could take the code from its owner.
//! Nobody guesses 49 bits in a day through a door that takes few tries from an address, each against a slow hash.

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserId;
use domain::unblock::check_characters;
use rand_core::{OsRng, RngCore};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ground::error::{BankError, Result};
use crate::ground::slow_hash::SlowHash;
use crate::people::users;

/// A code is good for so long.
pub(super) const CODE_LIFE: TimeDelta = TimeDelta::hours(24);
/// Random characters of a code.
const RANDOM: usize = 10;
/// Check characters of a code.
const CHECK: usize = 2;
/// Letters and digits of which none looks like another that stands here.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// Why a code does not activate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeProblem {
    /// Not a code: a slip of the keyboard.
    Mistyped,
    /// Not this user's code.
    Wrong,
    /// The right code, too late.
    Expired,
    /// The right code, used before.
    Used,
}

/// What a code must fit, to be compared outside the transaction.
#[derive(Clone)]
pub(crate) struct Kept {
    hash: Option<SlowHash>,
    expires: i64,
    used: bool,
}

impl Kept {
    /// Whether the typed code (as [`normalize`] gave it) is the one.
    ///
    /// # Errors
    /// The outer one in theory only; the inner one says why the code does not activate.
    pub(crate) fn judge(
        &self,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<std::result::Result<(), CodeProblem>> {
        let hash = self.hash.clone().unwrap_or_else(SlowHash::of_nobody);
        Ok(if !hash.is_of(code)? {
            Err(CodeProblem::Wrong)
        } else if self.used {
            Err(CodeProblem::Used)
        } else if now.timestamp_millis() >= self.expires {
            Err(CodeProblem::Expired)
        } else {
            Ok(())
        })
    }
}

/// A code that nobody has yet, with its hash: hashing is slow, so it is done before a transaction begins.
pub(crate) struct NewCode {
    /// As it is read out, in groups (`7K2M-9QXD-4TBH`).
    pub(crate) spoken: String,
    hash: SlowHash,
}

impl NewCode {
    /// # Errors
    /// In theory only.
    pub(crate) fn make() -> Result<Self> {
        let code = random();
        Ok(Self { hash: SlowHash::of(&code)?, spoken: grouped(&code) })
    }

    /// The code is the user's; the one before is void from now on. Only its hash is kept: who loses it needs another.
    ///
    /// # Errors
    /// [`BankError::Data`] for a user that does not exist.
    pub(crate) fn give(&self, db: &Connection, user: &UserId, now: DateTime<Utc>) -> Result<()> {
        if users::find(db, user.as_str())?.is_none() {
            return Err(BankError::data("bank_user", format!("no user {user}")));
        }
        db.execute(
            "INSERT OR REPLACE INTO activation_code (user, salt, hash, expires) VALUES (?1, ?2, ?3, ?4)",
            params![user.as_str(), self.hash.salt, self.hash.hash, (now + CODE_LIFE).timestamp_millis()],
        )?;
        Ok(())
    }
}

/// A typed code without its dashes, spaces and small letters, if its check characters are right.
///
/// # Errors
/// [`CodeProblem::Mistyped`].
pub(crate) fn normalize(typed: &str) -> std::result::Result<String, CodeProblem> {
    let code: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    let is_form = code.len() == RANDOM + CHECK && code.bytes().all(|byte| ALPHABET.contains(&byte));
    let is_right =
        is_form && code.split_at_checked(RANDOM).is_some_and(|(body, check)| check_characters(body) == check);
    if is_right { Ok(code) } else { Err(CodeProblem::Mistyped) }
}

/// The user's code; of a user who has none, one that nothing fits.
pub(crate) fn kept(db: &Connection, user: &str) -> Result<Kept> {
    let row = db
        .query_row("SELECT salt, hash, expires, used FROM activation_code WHERE user = ?1", [user], |row| {
            let hash = SlowHash { salt: row.get(0)?, hash: row.get(1)? };
            Ok(Kept { hash: Some(hash), expires: row.get(2)?, used: row.get(3)? })
        })
        .optional()?;
    Ok(row.unwrap_or(Kept { hash: None, expires: 0, used: false }))
}

/// Uses up the user's code; `false` when somebody else did meanwhile, or it was replaced.
pub(crate) fn use_up(db: &Connection, user: &str, kept: &Kept) -> Result<bool> {
    let hash = kept.hash.as_ref().map(|hash| hash.hash.as_slice());
    let changed = db.execute(
        "UPDATE activation_code SET used = 1 WHERE user = ?1 AND hash = ?2 AND used = 0",
        params![user, hash],
    )?;
    Ok(changed > 0)
}

fn random() -> String {
    loop {
        // Five bits of a byte give 32 numbers; the one that has no character is thrown away.
        let body: String = std::iter::repeat_with(|| OsRng.next_u32() as usize % 32)
            .filter_map(|number| ALPHABET.get(number))
            .map(|&character| char::from(character))
            .take(RANDOM)
            .collect();
        let check = check_characters(&body);
        if check.bytes().all(|byte| ALPHABET.contains(&byte)) {
            return body + &check;
        }
    }
}

fn grouped(code: &str) -> String {
    let characters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}
