//! The state of a token as people say it: a word for the pill, a sentence, and what to do.

use chrono::{DateTime, Utc};
use client::{
    CertificateProblem, ClientError, ExpiryLevel, KeyPurpose, PinState, TokenError, TokenInfo, TokenKind,
    TokenStatus, UnblockKind,
};

use crate::design::theme::{Ink, Tone};
use crate::tr;

/// What kind of state it is: decides which action the place offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Nothing that could be used is there, or it is not known yet.
    Absent,
    /// It must be told to the bank or replaced; nothing can be done here.
    Useless,
    /// Its PIN is not the holder's own yet.
    New,
    /// The PIN is blocked and can be set anew by telephone.
    Blocked,
    /// A certificate is near its end.
    Ending,
    /// A certificate is past its end, too late for a renewal.
    Ended,
    Ready,
}

/// The state of a token as people say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// What kind of state.
    pub condition: Condition,
    /// How it is to be seen.
    pub tone: Tone,
    /// In a word or two.
    pub word: String,
    pub title: String,
    pub help: String,
}

/// The state in words; `logged_in`: its PIN opened the session.
#[must_use]
pub(crate) fn state(status: &TokenStatus, logged_in: bool, now: DateTime<Utc>) -> State {
    let absent = |tone, word, title, help| State { condition: Condition::Absent, tone, word, title, help };
    match status {
        TokenStatus::Starting => {
            absent(Tone::Neutral, tr!("token-starting"), tr!("token-starting-title"), String::new())
        }
        TokenStatus::NotConfigured => absent(
            Tone::Neutral,
            tr!("token-none"),
            tr!("token-not-configured-title"),
            tr!("token-not-configured-help"),
        ),
        TokenStatus::NoService => {
            absent(Tone::Bad, tr!("token-none"), tr!("token-no-service-title"), tr!("token-no-service-help"))
        }
        TokenStatus::NoReader => absent(
            Tone::Neutral,
            tr!("token-none"),
            tr!("token-no-reader-title"),
            tr!("token-no-reader-help"),
        ),
        TokenStatus::NoCard => {
            absent(Tone::Neutral, tr!("token-none"), tr!("token-no-card-title"), tr!("token-no-card-help"))
        }
        TokenStatus::ForeignCard => absent(
            Tone::Care,
            tr!("token-foreign"),
            tr!("token-foreign-card-title"),
            tr!("token-foreign-card-help"),
        ),
        TokenStatus::Failed(TokenError::RemoteSession) => absent(
            Tone::Bad,
            tr!("token-hidden"),
            tr!("token-remote-title"),
            client::texts::text(TokenError::RemoteSession.code(), &[]),
        ),
        TokenStatus::Failed(TokenError::ServiceDisabled) => absent(
            Tone::Bad,
            tr!("token-none"),
            tr!("token-service-disabled-title"),
            client::texts::text(TokenError::ServiceDisabled.code(), &[]),
        ),
        TokenStatus::Failed(error) => absent(
            Tone::Bad,
            tr!("token-failed"),
            client::texts::text(error.code(), &[("detail", error.to_string())]),
            tr!("token-failed-help"),
        ),
        TokenStatus::Blocked(info) => blocked(info),
        TokenStatus::Present(info) | TokenStatus::Software(info) => usable(info, logged_in, now),
    }
}

fn blocked(info: &TokenInfo) -> State {
    let of = |condition, word, title, help| State { condition, tone: Tone::Bad, word, title, help };
    if info.unblock_left == Some(0) {
        return of(Condition::Useless, tr!("token-dead"), tr!("token-dead-title"), tr!("token-dead-help"));
    }
    let title = match info.tries_max {
        Some(tries) => tr!("token-blocked-title-tries", tries = i64::from(tries)),
        None => tr!("token-blocked-title"),
    };
    match (info.unblock, info.kind) {
        (UnblockKind::Unsupported, TokenKind::Card) => {
            of(Condition::Useless, tr!("token-blocked"), title, tr!("token-blocked-elsewhere-help"))
        }
        (UnblockKind::Unsupported, TokenKind::Software) => {
            of(Condition::Useless, tr!("token-blocked"), title, tr!("token-blocked-file-help"))
        }
        _ => of(Condition::Blocked, tr!("token-blocked"), title, tr!("token-blocked-phone-help")),
    }
}

fn usable(info: &TokenInfo, logged_in: bool, now: DateTime<Utc>) -> State {
    let of = |condition, tone, word, title, help| State { condition, tone, word, title, help };
    match info.pin_state {
        PinState::Unset => {
            return of(
                Condition::New,
                Tone::Accent,
                tr!("token-new"),
                tr!("token-new-title"),
                tr!("token-new-help"),
            );
        }
        PinState::Transport => {
            return of(
                Condition::New,
                Tone::Accent,
                tr!("token-new"),
                tr!("token-transport-title"),
                tr!("token-transport-help"),
            );
        }
        PinState::InUse => {}
    }
    if info.login.is_none() && info.signing.is_none() {
        return of(
            Condition::Useless,
            Tone::Bad,
            tr!("token-empty"),
            tr!("token-empty-title"),
            tr!("token-empty-help"),
        );
    }
    // What ends soon or has ended is told below, with what can be done about it.
    let problem = |key| match client::fit(info, key, now) {
        Err(error @ ClientError::Certificate(problem)) if problem != CertificateProblem::Expired => {
            Some(error)
        }
        _ => None,
    };
    if let Some(error) = problem(KeyPurpose::Login).or_else(|| problem(KeyPurpose::Signing)) {
        return of(
            Condition::Useless,
            Tone::Bad,
            tr!("token-unfit"),
            tr!("token-unfit-title"),
            client::texts::explain(&error),
        );
    }
    match client::expiry(info, now).first().map(|warning| (warning.level, warning.days)) {
        Some((ExpiryLevel::Expired, _)) => of(
            Condition::Ended,
            Tone::Bad,
            tr!("token-expired"),
            tr!("token-expired-title"),
            tr!("token-expired-help"),
        ),
        Some((level, days)) => of(
            Condition::Ending,
            if level == ExpiryLevel::Urgent { Tone::Bad } else { Tone::Care },
            tr!("token-expires", days = days),
            tr!("token-expires-title", days = days),
            if info.renewable { tr!("token-renewable-help") } else { tr!("token-expiry-help") },
        ),
        None => {
            let software = info.kind == TokenKind::Software;
            let (title, help) = match (logged_in, software) {
                (true, _) => (tr!("token-pin-entered-title"), tr!("token-pin-entered-help")),
                (false, true) => (tr!("token-software-title"), tr!("token-software-help")),
                (false, false) => (tr!("token-present-title"), tr!("token-present-help")),
            };
            let word = match (logged_in, software) {
                (true, _) => tr!("token-pin-entered"),
                (false, true) => tr!("token-software"),
                (false, false) => tr!("token-present"),
            };
            of(Condition::Ready, Tone::Good, word, title, help)
        }
    }
}

/// How much is left, in words and in ink: quiet, from 60 days on told, from 30 pressing, from 7 urgent, past.
pub(super) fn remaining(left: i64, level: Option<ExpiryLevel>, renewable: bool) -> (Ink, String) {
    let past: i64 = left.saturating_neg();
    match level {
        Some(ExpiryLevel::Expired) => (Ink::Bad, tr!("certificate-past", days = past)),
        Some(ExpiryLevel::Urgent) => (Ink::Bad, tr!("certificate-urgent", days = left)),
        Some(ExpiryLevel::Near) => (Ink::Care, tr!("certificate-near", days = left)),
        Some(ExpiryLevel::Soon) if renewable => (Ink::Care, tr!("certificate-renewable", days = left)),
        Some(ExpiryLevel::Soon) => (Ink::Care, tr!("certificate-soon", days = left)),
        None => (Ink::Dim, tr!("days", count = left)),
    }
}
