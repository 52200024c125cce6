//! The personal code of a virtual chip card: what its user knows beside what the browser holds.
//!
//! The bank asks for it at login and at every signature. It is asked only after the card's key has spoken, so
//! knowing a user's number is not enough to lock the user out. A wrong one is an error point, five of which lock
//! the user as they do for tokens ([`crate::people::error_points::POINTS`]).

use domain::UserId;
use domain::pin::{self, PinForm, PinRule, PinRules};
use rusqlite::{Connection, params};

use super::record;
use crate::ground::error::Result;
use crate::ground::slow_hash::SlowHash;
use crate::people::customers;
use crate::people::error_points::POINTS;

/// Ours: 6 to 12 digits.
const FORM: PinForm = PinForm { min: 6, max: 12, digits_only: true };

/// The rules for a new personal code and whether `code` meets each. Digits of the user's own number count as the
/// serial number does for a token.
pub(super) fn code_rules(code: &str, user: &str) -> Vec<(PinRule, bool)> {
    pin::judge(FORM, PinRules::default(), code, None, user)
}

/// Whether a new personal code meets every rule.
pub(crate) fn is_good_code(code: &str, user: &str) -> bool {
    code_rules(code, user).iter().all(|(_, met)| *met)
}

/// A counted guess, to be compared outside the transaction.
pub(crate) enum Guess {
    /// What the code must fit.
    Against(SlowHash),
    /// The user is locked: no guess is taken.
    Locked,
}

/// Counts a guess as an error point before it is compared, so that guesses at the same time count too.
pub(crate) fn begin_guess(db: &Connection, user: &UserId, card: &str) -> Result<Guess> {
    let counted = db.execute(
        "UPDATE bank_user SET error_points = error_points + 1
         WHERE id = ?1 AND locked = 0 AND error_points < ?2",
        params![user.as_str(), POINTS],
    )?;
    let hash = record::personal_code(db, card)?.filter(|_| counted > 0);
    Ok(hash.map_or(Guess::Locked, Guess::Against))
}

/// Ends a guess: a right one forgives the points, a wrong one leaves its own and may lock the user.
pub(crate) fn settle_guess(db: &Connection, user: &UserId, right: bool) -> Result<()> {
    if right {
        db.execute("UPDATE bank_user SET error_points = 0 WHERE id = ?1", [user.as_str()])?;
    } else {
        db.execute(
            "UPDATE bank_user SET locked = locked OR error_points >= ?2 WHERE id = ?1",
            params![user.as_str(), POINTS],
        )?;
        customers::user_changed(db, user, None)?;
    }
    Ok(())
}
