//! How a sent package and its orders are named, and the filters of the list.

use client::SentPackage;
use client::StoredOrder;
use domain::PackageState;
use domain::submission::{ItemState, OrderState, SubmissionState};

use crate::design::theme::Tone;
use crate::screen::packages::words;
use crate::tr;

/// Days back that the list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Period {
    Today,
    Week,
    #[default]
    Month,
    Year,
    All,
}

impl Period {
    /// In the order of the list.
    pub(crate) const ALL: [Self; 5] = [Self::Today, Self::Week, Self::Month, Self::Year, Self::All];

    /// How many days before today still belong to it.
    pub(super) fn days(self) -> Option<u64> {
        match self {
            Self::Today => Some(0),
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::Year => Some(365),
            Self::All => None,
        }
    }

    pub(super) fn label(self) -> String {
        match self {
            Self::Today => tr!("period-today"),
            Self::Week => tr!("period-week"),
            Self::Month => tr!("period-month"),
            Self::Year => tr!("period-year"),
            Self::All => tr!("period-all"),
        }
    }
}

/// Which packages are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum StateFilter {
    #[default]
    All,
    /// The bank's answer is not known.
    Uncertain,
    /// The bank works on them.
    InProgress,
    Completed,
    Rejected,
}

impl StateFilter {
    /// In the order of the list.
    pub(crate) const ALL: [Self; 5] =
        [Self::All, Self::Uncertain, Self::InProgress, Self::Completed, Self::Rejected];

    pub(super) fn lets_through(self, sent: &SentPackage) -> bool {
        match self {
            Self::All => true,
            Self::Uncertain => sent.line.state == PackageState::Sending,
            Self::InProgress => sent.line.state == PackageState::Sent,
            Self::Completed => sent.line.state == PackageState::Completed,
            Self::Rejected => sent.rejected > 0,
        }
    }

    pub(super) fn label(self) -> String {
        match self {
            Self::All => tr!("states-all"),
            Self::Uncertain => tr!("states-uncertain"),
            Self::InProgress => tr!("states-in-progress"),
            Self::Completed => tr!("states-completed"),
            Self::Rejected => tr!("states-rejected"),
        }
    }
}

/// Word and tone of a sent package, with its route where the bank has chosen one for all orders.
pub(super) fn package(sent: &SentPackage) -> (Tone, String) {
    let route = sent.route.map(words::route);
    match sent.line.state {
        PackageState::Sending => match sent.line.submission {
            Some(SubmissionState::Unknown) => (Tone::Care, tr!("sent-state-waiting")),
            _ => (Tone::Care, tr!("state-sending")),
        },
        PackageState::Sent if sent.rejected > 0 => {
            (Tone::Care, tr!("sent-state-some-rejected", count = i64::from(sent.rejected)))
        }
        PackageState::Sent => (Tone::Accent, route.unwrap_or_else(|| tr!("sent-state-processing"))),
        PackageState::Completed => match route {
            Some(route) => (Tone::Good, tr!("sent-state-executed-by", route = route)),
            None => (Tone::Good, tr!("state-completed")),
        },
        state => words::state_pill(state),
    }
}

/// Word and tone of one order at the bank; the command line and the bank's pages say it in the same words.
pub(super) fn order(stored: &StoredOrder) -> (Tone, String) {
    let Some(status) = &stored.status else { return (Tone::Neutral, order_state("none")) };
    let word = order_state(status.state.name());
    match status.state {
        OrderState::At(ItemState::Waiting) => (Tone::Accent, status.route.map_or(word, words::route)),
        OrderState::At(ItemState::Received | ItemState::InExecution) => (Tone::Accent, word),
        OrderState::Sending | OrderState::At(ItemState::Queued) => (Tone::Care, word),
        OrderState::At(ItemState::Executed) => (Tone::Good, word),
        OrderState::At(ItemState::Rejected) => (Tone::Bad, word),
    }
}

fn order_state(name: &str) -> String {
    client::texts::text(&format!("bank-state-{}", name.replace('_', "-")), &[])
}
