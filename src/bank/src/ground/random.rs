//! Random words that nobody guesses.

use rand_core::{OsRng, RngCore};

/// 32 random bytes in hex: a session's cookie, a form's token.
pub(crate) fn token() -> String {
    let mut bytes = [0; 32];
    OsRng.fill_bytes(&mut bytes);
    hex::encode(bytes)
}
