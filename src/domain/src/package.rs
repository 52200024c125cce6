//! Packages ("csomag", "köteg") and their one state machine.
//!
//! A package's state changes in [`apply`] and nowhere else. No path sends an unsigned package, none leads
//! backwards out of "sent", and every change of content happens where no signature exists. What the bank's receipt
//! says holds wherever the package stands: another seat may have had it from a file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Explain;
use crate::account::AccountNumber;
use crate::customer::CustomerKind;
use crate::ids::{CustomerId, PackageId};
use crate::order::OrderType;
use crate::profile::PackageRules;
use crate::text::PackageName;

/// What all orders of a package share; orders with another header belong to another package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageHeader {
    /// Our identifier, and the bank's key for receiving it exactly once.
    pub id: PackageId,
    /// Whose accounts.
    pub customer: CustomerId,
    /// Name that the clerk gave it.
    pub name: PackageName,
    /// Type of its orders.
    pub order_type: OrderType,
    /// Account debited by every order, unless the bank's packages may mix; none for self-administration.
    pub debit_account: Option<AccountNumber>,
    /// The tick box "azonnali átutalás".
    pub instant: bool,
    /// Day on which it is meant to be sent, if planned.
    pub scheduled: Option<NaiveDate>,
}

/// Where a package is in its life [Porsche 7] [K&H webElectra].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageState {
    /// "rögzített": orders may be added, changed, removed.
    Recorded,
    /// "ellenőrzött": a second pair of eyes has seen it.
    Checked,
    /// Fewer signatures than required.
    PartlySigned,
    /// "aláírt": complete.
    Signed,
    /// On its way; the bank's answer is not known.
    Sending,
    /// "elküldött": the bank has confirmed it.
    Sent,
    /// Every order executed.
    Completed,
    /// Some orders executed, some refused.
    PartlyRejected,
    /// Every order refused.
    Rejected,
    /// "közös területen": parked at the bank.
    InSharedArea,
    /// Taken over elsewhere.
    TakenOver,
    /// "törölt"; kept for queries.
    Deleted,
}

/// How many of the required signatures a package carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureProgress {
    /// No signature.
    None,
    /// Some, not enough.
    Partial,
    /// Enough.
    Complete,
}

/// What happens to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PackageEvent {
    /// Orders or header data change.
    Edit,
    /// The second pair of eyes agrees.
    Check,
    /// A signature was added.
    Sign {
        /// Whether the signatures are enough now.
        complete: bool,
    },
    /// "visszavonás": one step back.
    Withdraw,
    /// Sending begins.
    Send,
    /// The bank's signed receipt has arrived.
    Received,
    /// The bank says that it never saw the package, or refused it whole: it is ours again.
    NotReceived,
    /// The bank has decided every order.
    Finish {
        /// Orders executed.
        executed: u32,
        /// Orders refused.
        rejected: u32,
    },
    /// "közösre tesz".
    Share,
    /// Back from the shared area.
    TakeBack {
        /// Signatures that still hold.
        signatures: SignatureProgress,
    },
    /// Somebody else took it over, or put it back into the shared area after that; or changed what a file gave them
    /// and sent that.
    TakeOver,
    /// Deleted by the clerk.
    Delete,
}

/// The state after an event, and what must happen to the signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// New state.
    pub state: PackageState,
    /// Every signature must be dropped.
    pub drops_signatures: bool,
}

/// Why an event is impossible in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Content is closed; withdraw first.
    #[error("the package must be withdrawn before it can change")]
    WithdrawFirst,
    /// The bank demands a check before signing.
    #[error("the package must be checked before it can be signed")]
    CheckFirst,
    /// The bank knows no checking.
    #[error("this bank's packages are not checked")]
    NoCheck,
    /// Signatures are missing.
    #[error("the package is not fully signed")]
    NotSigned,
    /// Already fully signed.
    #[error("the package is fully signed already")]
    AlreadySigned,
    /// The package is on its way and its fate unknown.
    #[error("the package is being sent")]
    BeingSent,
    /// The bank has it; only the bank can change it.
    #[error("the package is at the bank")]
    AtTheBank,
    /// It is in the shared area.
    #[error("the package is in the shared area")]
    Shared,
    /// Its life here is over.
    #[error("the package is closed")]
    Closed,
    /// Nothing to withdraw.
    #[error("there is nothing to withdraw")]
    NothingToWithdraw,
    /// The event does not belong to this state.
    #[error("this cannot happen to the package now")]
    Impossible,
}

impl Explain for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WithdrawFirst => "package-withdraw-first",
            Self::CheckFirst => "package-check-first",
            Self::NoCheck => "package-no-check",
            Self::NotSigned => "package-not-signed",
            Self::AlreadySigned => "package-already-signed",
            Self::BeingSent => "package-being-sent",
            Self::AtTheBank => "package-at-the-bank",
            Self::Shared => "package-shared",
            Self::Closed => "package-closed",
            Self::NothingToWithdraw => "package-nothing-to-withdraw",
            Self::Impossible => "package-impossible",
        }
    }
}

/// What became of a package whose every order the bank has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Every order executed.
    Completed,
    /// Some executed, some refused.
    PartlyRejected,
    /// Every order refused.
    Rejected,
}

impl Outcome {
    /// What became of a package of `of` orders; none while an order is undecided, or for a package of none.
    pub fn of(executed: u32, rejected: u32, of: u32) -> Option<Self> {
        if of == 0 || executed.checked_add(rejected)? != of {
            return None;
        }
        Some(match (executed, rejected) {
            (_, 0) => Self::Completed,
            (0, _) => Self::Rejected,
            _ => Self::PartlyRejected,
        })
    }

    /// The package's state after it.
    pub fn state(self) -> PackageState {
        match self {
            Self::Completed => PackageState::Completed,
            Self::PartlyRejected => PackageState::PartlyRejected,
            Self::Rejected => PackageState::Rejected,
        }
    }
}

/// The one function that moves a package.
pub fn apply(state: PackageState, event: PackageEvent, rules: &PackageRules) -> Result<Applied, Refusal> {
    use PackageEvent as E;
    use PackageState as S;
    let keep = |state| Ok(Applied { state, drops_signatures: false });
    let drop = |state| Ok(Applied { state, drops_signatures: true });
    match (state, event) {
        (S::Recorded, E::Edit) => keep(S::Recorded),
        (S::Recorded, E::Check) if rules.check_before_signing => keep(S::Checked),
        (S::Recorded, E::Check) => Err(Refusal::NoCheck),
        (S::Recorded, E::Sign { .. }) if rules.check_before_signing => Err(Refusal::CheckFirst),
        (S::Recorded | S::Checked | S::PartlySigned, E::Sign { complete }) => {
            keep(if complete { S::Signed } else { S::PartlySigned })
        }
        (S::Recorded, E::Withdraw) => Err(Refusal::NothingToWithdraw),
        (S::Checked, E::Withdraw) => drop(S::Recorded),
        (S::PartlySigned | S::Signed, E::Withdraw) if rules.check_before_signing => drop(S::Checked),
        (S::PartlySigned | S::Signed, E::Withdraw) => drop(S::Recorded),
        (S::Signed, E::Send) => keep(S::Sending),
        (S::Recorded | S::Checked | S::PartlySigned, E::Send) => Err(Refusal::NotSigned),
        (S::Sending, E::Received) => keep(S::Sent),
        // A second copy of the bank's word changes nothing: events arrive at least once.
        (S::Sent | S::Completed | S::PartlyRejected | S::Rejected, E::Received) => keep(state),
        (S::Sending, E::NotReceived) => keep(S::Signed),
        (S::Sent, E::Finish { executed, rejected }) => {
            match Outcome::of(executed, rejected, executed.saturating_add(rejected)) {
                Some(outcome) => keep(outcome.state()),
                None => Err(Refusal::Impossible),
            }
        }
        (S::Completed | S::PartlyRejected | S::Rejected, E::Finish { .. }) => keep(state),
        (S::Recorded | S::Checked | S::PartlySigned | S::Signed, E::Share) => keep(S::InSharedArea),
        // Withdrawn by us, or taken over here: also of a package that somebody else had before.
        (S::InSharedArea | S::TakenOver, E::TakeBack { signatures }) => match signatures {
            SignatureProgress::None => drop(S::Recorded),
            SignatureProgress::Partial => keep(S::PartlySigned),
            SignatureProgress::Complete => keep(S::Signed),
        },
        // Whoever took it over, or has it from a file, has sent it: its fate is told here too.
        (
            S::Recorded | S::Checked | S::PartlySigned | S::Signed | S::InSharedArea | S::TakenOver,
            E::Received,
        ) => keep(S::Sent),
        (S::Recorded | S::Checked | S::PartlySigned | S::Signed | S::InSharedArea, E::TakeOver) => {
            keep(S::TakenOver)
        }
        (S::Recorded | S::Checked | S::PartlySigned | S::Signed, E::Delete) => drop(S::Deleted),
        (S::Checked | S::PartlySigned | S::Signed, E::Edit) => Err(Refusal::WithdrawFirst),
        (S::Checked | S::PartlySigned | S::Signed, E::Check) => Err(Refusal::WithdrawFirst),
        (S::Signed, E::Sign { .. }) => Err(Refusal::AlreadySigned),
        (S::Sending, _) => Err(Refusal::BeingSent),
        (S::Sent | S::Completed | S::PartlyRejected | S::Rejected, _) => Err(Refusal::AtTheBank),
        (S::InSharedArea, _) => Err(Refusal::Shared),
        (S::TakenOver | S::Deleted, _) => Err(Refusal::Closed),
        (S::Recorded | S::Checked | S::PartlySigned | S::Signed, _) => Err(Refusal::Impossible),
    }
}

crate::names! {
    pub PackageState {
        Recorded = "recorded",
        Checked = "checked",
        PartlySigned = "partly_signed",
        Signed = "signed",
        Sending = "sending",
        Sent = "sent",
        Completed = "completed",
        PartlyRejected = "partly_rejected",
        Rejected = "rejected",
        InSharedArea = "in_shared_area",
        TakenOver = "taken_over",
        Deleted = "deleted",
    }
}

impl PackageState {
    /// Whether the package still waits in "Előkészített csomagok".
    pub fn is_prepared(self) -> bool {
        matches!(
            self,
            Self::Recorded | Self::Checked | Self::PartlySigned | Self::Signed | Self::InSharedArea
        )
    }

    /// Whether it stands among "Elküldött megbízások".
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Sending | Self::Sent | Self::Completed | Self::PartlyRejected | Self::Rejected)
    }
}

/// Whether an order with the tick box must get a package of its own [KDB q29].
pub fn travels_alone(instant: bool, kind: CustomerKind, rules: &PackageRules) -> bool {
    instant && kind == CustomerKind::Company && rules.company_instant_alone
}

#[cfg(test)]
#[path = "package_tests.rs"]
mod tests;
