//! Submission ("beküldés"): the outbox row that survives crashes.
//!
//! It ends only with the bank's signed receipt or the bank's word that it never saw the package.

use serde::{Deserialize, Serialize};

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

impl SubmissionState {
    /// All states.
    pub const ALL: [Self; 6] =
        [Self::Created, Self::Sending, Self::Unknown, Self::Received, Self::NeverSeen, Self::Refused];

    /// Stable name in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Received => "received",
            Self::NeverSeen => "never_seen",
            Self::Refused => "refused",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

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
