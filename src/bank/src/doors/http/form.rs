//! Tokens of forms: a page of ours puts one into each of its forms, so no other site can send them.

use subtle::ConstantTimeEq;

/// Whether a form brought the token that it was given. The time that it takes tells nothing about the token.
pub(crate) fn is_ours(token: &str, brought: &str) -> bool {
    token.as_bytes().ct_eq(brought.as_bytes()).into()
}
