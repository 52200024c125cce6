//! Virtual chip cards ("virtuális chipkártya"): two key pairs that live in a browser, and what the bank knows
//! of them.
//!
//! A card is free, needs no token and its certificates do not expire before the bank's own authority does
//! [K&H webElectra]. It is registered with a code of [`activation`] and
//! a personal code that its user chooses; a suspended or withdrawn card can neither log in nor sign, because
//! [`crate::bank::Bank::trust`] takes its certificates for revoked.

mod activation;
mod change;
mod personal_code;
pub(crate) mod record;
#[cfg(test)]
mod tests;

pub(crate) use activation::{CodeProblem, NewCode, kept, normalize, use_up};
pub(crate) use change::{add, set_state};
pub(crate) use personal_code::{Guess, begin_guess, is_good_code, settle_guess};
pub(crate) use record::{CardState, MAX_LABEL, VirtualCard, find, has_key, note_login, of_user};
