//! The kinds of things that are worth a notification, and their words.

use client::{Change, LockReason, SharedNewsKind};

use crate::tr;

/// A kind of thing that happened, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::app) enum News {
    /// The token was pulled out while its holder was logged in.
    TokenGone,
    /// The session ended by itself.
    Locked,
    /// The session ends soon.
    Ending,
    /// The bank refused a whole package.
    Refused,
    /// The bank refused some orders of a package.
    Partly,
    /// A package was executed.
    Executed,
    /// A package waits in the shared area.
    Shared,
    /// A package of ours was taken over.
    Taken,
    /// A package of ours came back from the shared area.
    Back,
    /// A message of the bank.
    Message,
}

impl News {
    #[cfg(test)]
    pub(super) const ALL: [Self; 10] = [
        Self::TokenGone,
        Self::Locked,
        Self::Ending,
        Self::Refused,
        Self::Partly,
        Self::Executed,
        Self::Shared,
        Self::Taken,
        Self::Back,
        Self::Message,
    ];

    /// The kind of a change that the client told of, if it is worth it.
    pub(in crate::app) fn of(change: &Change) -> Option<Self> {
        match change {
            Change::Finished { end, .. } if end.rejected == 0 => Some(Self::Executed),
            Change::Finished { end, .. } if end.executed == 0 => Some(Self::Refused),
            Change::Finished { .. } => Some(Self::Partly),
            Change::SessionEndsSoon { .. } => Some(Self::Ending),
            Change::Shared(news) => Some(match news.kind {
                SharedNewsKind::Waiting { .. } => Self::Shared,
                SharedNewsKind::TakenOver { .. } => Self::Taken,
                SharedNewsKind::Withdrawn | SharedNewsKind::Expired => Self::Back,
            }),
            _ => None,
        }
    }

    /// The kind of a lock.
    pub(in crate::app) fn of_lock(why: LockReason) -> Self {
        match why {
            LockReason::Removed => Self::TokenGone,
            LockReason::Idle | LockReason::Absolute => Self::Locked,
        }
    }

    /// So many of the kind in words.
    pub(super) fn words(self, count: u32) -> String {
        match self {
            Self::TokenGone => tr!("notify-token-gone"),
            Self::Locked => tr!("notify-locked"),
            Self::Ending => tr!("notify-ending"),
            Self::Refused => tr!("notify-refused", count = count),
            Self::Partly => tr!("notify-partly", count = count),
            Self::Executed => tr!("notify-executed", count = count),
            Self::Shared => tr!("notify-shared", count = count),
            Self::Taken => tr!("notify-taken", count = count),
            Self::Back => tr!("notify-back", count = count),
            Self::Message => tr!("notify-message", count = count),
        }
    }
}
