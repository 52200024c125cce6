//! Submission ("beküldés"): the outbox row that survives crashes.
//!
//! It ends only with the bank's signed receipt or the bank's word that it never saw the package.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::routing::Route;

/// Where a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Intent written down; nothing has left.
    Created,
    /// Bytes may have left.
    Sending,
    /// The answer was lost; the bank must be asked.
    Unknown,
    /// The bank's signed receipt is here.
    Received,
    /// The bank never saw it; the package may be sent again by a new submission.
    NeverSeen,
    /// The bank refused it whole, with a reason.
    Refused,
}

/// What happens to a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubmissionEvent {
    /// The first byte is about to leave.
    Start,
    /// No answer, or one that says nothing about the package.
    AnswerLost,
    /// Signed receipt.
    Receipt,
    /// The bank says that it does not know the package.
    UnknownToBank,
    /// The bank refuses the package.
    Refuse,
}

crate::names! {
    pub SubmissionState {
        Created = "created",
        Sending = "sending",
        Unknown = "unknown",
        Received = "received",
        NeverSeen = "never_seen",
        Refused = "refused",
    }
}

impl SubmissionState {
    /// Whether the bank's word is in and nothing more is to do.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Received | Self::NeverSeen | Self::Refused)
    }

    /// The state after an event, or `None` if the event cannot happen here.
    pub fn apply(self, event: SubmissionEvent) -> Option<Self> {
        use SubmissionEvent as E;
        match (self, event) {
            (Self::Created | Self::Unknown, E::Start) => Some(Self::Sending),
            (Self::Sending | Self::Unknown, E::AnswerLost) => Some(Self::Unknown),
            (Self::Sending | Self::Unknown | Self::Received, E::Receipt) => Some(Self::Received),
            (Self::Created | Self::Sending | Self::Unknown, E::UnknownToBank) => Some(Self::NeverSeen),
            (Self::Sending | Self::Unknown, E::Refuse) => Some(Self::Refused),
            _ => None,
        }
    }
}

/// How far the bank is with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Just received; the route is not chosen yet.
    Received,
    /// Waits for its time: a cycle, its turn in a paced batch, its value date ("függő").
    Waiting,
    /// Waits for cover ("sorbanálló"); never an instant order.
    Queued,
    /// Cover is blocked, the payee's bank is asked.
    InExecution,
    /// Executed and booked ("teljesült").
    Executed,
    /// Refused with a reason ("visszautasított").
    Rejected,
}

crate::names! {
    pub ItemState {
        Received = "received",
        Waiting = "waiting",
        Queued = "queued",
        InExecution = "in_execution",
        Executed = "executed",
        Rejected = "rejected",
    }
}

impl ItemState {
    /// Whether nothing more will happen to the order.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Executed | Self::Rejected)
    }
}

/// Where an order that has left is, as far as it is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrderState {
    /// On its way with its package; the bank's answer is not known.
    Sending,
    /// At the bank.
    At(ItemState),
}

impl OrderState {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Sending,
        Self::At(ItemState::Received),
        Self::At(ItemState::Waiting),
        Self::At(ItemState::Queued),
        Self::At(ItemState::InExecution),
        Self::At(ItemState::Executed),
        Self::At(ItemState::Rejected),
    ];

    /// Stable name in the store and in scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::At(state) => state.name(),
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether the bank has decided.
    pub fn is_final(self) -> bool {
        matches!(self, Self::At(state) if state.is_final())
    }
}

/// What the bank says of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderStatus {
    /// Where it is.
    pub state: OrderState,
    /// How it is executed, once that is chosen.
    pub route: Option<Route>,
    /// Code of the reason, if it was refused or delayed.
    pub reason: Option<String>,
    /// When the bank will look at it next, while it waits.
    pub due: Option<DateTime<Utc>>,
    /// When the bank decided.
    pub decided_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event() -> impl Strategy<Value = SubmissionEvent> {
        prop_oneof![
            Just(SubmissionEvent::Start),
            Just(SubmissionEvent::AnswerLost),
            Just(SubmissionEvent::Receipt),
            Just(SubmissionEvent::UnknownToBank),
            Just(SubmissionEvent::Refuse),
        ]
    }

    proptest! {
        #[test]
        fn only_the_bank_ends_a_submission(events in prop::collection::vec(event(), 0..30)) {
            let mut state = SubmissionState::Created;
            for event in events {
                let Some(next) = state.apply(event) else { continue };
                if next.is_over() {
                    prop_assert!(matches!(
                        event,
                        SubmissionEvent::Receipt | SubmissionEvent::UnknownToBank | SubmissionEvent::Refuse
                    ));
                }
                if state == SubmissionState::Received {
                    prop_assert_eq!(next, SubmissionState::Received);
                }
                state = next;
            }
        }
    }

    #[test]
    fn names_survive() {
        for state in SubmissionState::ALL {
            assert_eq!(SubmissionState::from_name(state.name()), Some(state));
        }
    }
}
