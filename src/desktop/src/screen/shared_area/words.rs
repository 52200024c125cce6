//! The shared area in words: who, through which door, when; where a package is that is closed here.

use chrono::{DateTime, TimeDelta, Utc};
use client::{Channel, Hand, SharedState};
use client::{SharedLine, SharedNews, SharedNewsKind, WhereItIs};

use crate::design::theme::Tone;
use crate::desk::Desk;
use crate::{format, tr};

/// "Kovács Anna a webes felületen, 2026. 11. 22. 10:14".
pub(super) fn hand(desk: &Desk, hand: &Hand) -> String {
    let when = desk.relative(hand.at);
    match hand.channel {
        Channel::Web => tr!("shared-hand-web", name = hand.user.name.as_str(), when = when),
        Channel::Client => tr!("shared-hand-client", name = hand.user.name.as_str(), when = when),
    }
}

/// The last day of a stay that ends at that moment, which is the midnight after it.
pub(super) fn last_day(desk: &Desk, expires: DateTime<Utc>) -> String {
    format::date(desk.local(expires - TimeDelta::seconds(1)).date())
}

/// The door alone, for a list.
pub(super) fn channel(channel: Channel) -> String {
    match channel {
        Channel::Web => tr!("shared-channel-web"),
        Channel::Client => tr!("shared-channel-client"),
    }
}

/// Word and tone of where a handing over stands, as this seat sees it.
pub(super) fn state(line: &SharedLine) -> (Tone, String) {
    match line.shared.state {
        _ if line.awaited => (Tone::Care, tr!("shared-state-awaited")),
        SharedState::Waiting if line.can_take && !line.ours => (Tone::Good, tr!("shared-state-free")),
        SharedState::Waiting => (Tone::Accent, tr!("shared-state-waiting")),
        SharedState::TakenOver => (Tone::Neutral, tr!("shared-state-taken")),
        SharedState::Withdrawn => (Tone::Neutral, tr!("shared-state-withdrawn")),
        SharedState::Expired => (Tone::Neutral, tr!("shared-state-expired")),
    }
}

/// "aláírt 1/2".
pub(super) fn signed(line: &SharedLine) -> String {
    tr!("shared-signed", have = line.shared.signers.len().to_string(), need = i64::from(line.need))
}

/// Tone, title and words of the note on a copy that is closed here.
pub(in crate::screen) fn whereabouts(desk: &Desk, place: &WhereItIs) -> (Tone, String, String) {
    match place {
        WhereItIs::Parking => (Tone::Care, tr!("where-parking"), tr!("where-awaited-words")),
        WhereItIs::Withdrawing => (Tone::Care, tr!("where-withdrawing"), tr!("where-awaited-words")),
        WhereItIs::Taking => (Tone::Care, tr!("where-taking"), tr!("where-awaited-words")),
        WhereItIs::Waiting { put, expires, mine } => {
            let until = last_day(desk, *expires);
            let title = tr!("where-waiting", hand = hand(desk, put));
            let words = if *mine {
                tr!("where-waiting-mine", until = until)
            } else {
                tr!("where-waiting-words", until = until)
            };
            (Tone::Accent, title, words)
        }
        WhereItIs::TakenOver { by } => {
            let title = tr!("where-taken", hand = hand(desk, by));
            (Tone::Accent, title, tr!("where-taken-words"))
        }
        WhereItIs::SharedAgain { put } => {
            let title = tr!("where-again", hand = hand(desk, put));
            (Tone::Accent, title, tr!("where-again-words"))
        }
        WhereItIs::SentChanged { by, received_at, decided } => {
            let when = desk.relative(*received_at);
            let title = match by {
                Some(by) => tr!("where-changed-by", name = by.user.name.as_str(), when = when),
                None => tr!("where-changed", when = when),
            };
            let words = match decided {
                Some((executed, rejected)) => tr!(
                    "where-changed-decided",
                    executed = i64::from(*executed),
                    rejected = i64::from(*rejected)
                ),
                None => tr!("where-changed-words"),
            };
            (Tone::Care, title, words)
        }
    }
}

/// What a floating message says of news.
pub(crate) fn news(news: &SharedNews) -> (Tone, String) {
    let name = news.name.as_str();
    match &news.kind {
        SharedNewsKind::Waiting { by } => {
            (Tone::Accent, tr!("shared-news-waiting", name = name, by = by.as_str()))
        }
        SharedNewsKind::TakenOver { by, channel: door } => {
            let door = channel(*door);
            (Tone::Accent, tr!("shared-news-taken", name = name, by = by.as_str(), door = door))
        }
        SharedNewsKind::Withdrawn => (Tone::Neutral, tr!("shared-news-withdrawn", name = name)),
        SharedNewsKind::Expired => (Tone::Care, tr!("shared-news-expired", name = name)),
    }
}
