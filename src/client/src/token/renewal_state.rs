//! Whether the certificates of a token can be renewed now.

use chrono::{DateTime, TimeDelta, Utc};
use token::TokenInfo;

/// Whether the token's certificates can be renewed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewalState {
    /// No token with certificates is there.
    NoToken,
    /// The token cannot make new keys: the bank gives a new token instead.
    Unsupported,
    /// The bank renews from this moment on.
    TooEarly {
        /// From when.
        from: DateTime<Utc>,
    },
    /// The signing certificate has ended, so nothing can be signed with it: the bank gives a new token.
    TooLate,
    /// Now.
    Possible {
        /// When the first of the two certificates ends.
        until: DateTime<Utc>,
    },
    /// A renewal was cut off; the next one goes on with it.
    Unfinished,
}

impl RenewalState {
    /// A stable name for scripts and texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoToken => "no-token",
            Self::Unsupported => "unsupported",
            Self::TooEarly { .. } => "too-early",
            Self::TooLate => "too-late",
            Self::Possible { .. } => "possible",
            Self::Unfinished => "unfinished",
        }
    }
}

/// What holds for a token at a bank that renews so many days before the end.
pub(super) fn judge(info: &TokenInfo, days: u16, now: DateTime<Utc>) -> RenewalState {
    let Some(signing) = &info.signing else { return RenewalState::NoToken };
    let until = info.login.as_ref().map_or(signing.not_after(), |c| c.not_after().min(signing.not_after()));
    let from = signing.not_after() - TimeDelta::days(i64::from(days));
    match () {
        () if !info.renewable => RenewalState::Unsupported,
        () if now > signing.not_after() => RenewalState::TooLate,
        () if now < from => RenewalState::TooEarly { from },
        () => RenewalState::Possible { until },
    }
}
