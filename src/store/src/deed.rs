//! What the audit log tells of: each deed with what its text says and what is read back from it.
//!
//! A deed is stored as a stable name and a JSON object. Both are hashed into the chain, so neither a name nor a
//! field is ever renamed; what another version of the program wrote is kept and shown as it is.

use chrono::{DateTime, Utc};
use domain::{OrderId, PackageId, PackageState, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::handovers::HandoverKind;

macro_rules! deeds {
    ($($(#[$doc:meta])* $deed:ident = $name:literal { $($(#[$of:meta])* $field:ident: $kind:ty,)* })*) => {
        /// Something that was done or happened.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "action", content = "detail", deny_unknown_fields)]
        pub enum Deed {
            $($(#[$doc])* #[serde(rename = $name)] $deed { $($(#[$of])* $field: $kind,)* },)*
            /// Told by another version of the program.
            #[serde(skip)]
            Other {
                /// Its stable name.
                action: String,
                /// What it says.
                detail: Value,
            },
        }

        impl Deed {
            /// Every name and the fields of its detail.
            pub const ALL: &[(&str, &[&str])] = &[$(($name, &[$(stringify!($field)),*])),*];

            /// The stable name, such as `package-signed`.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$deed { .. } => $name,)*
                    Self::Other { action, .. } => action,
                }
            }
        }
    };
}

deeds! {
    /// A package moved from state to state.
    PackageState = "package-state" {
        /// State before.
        from: PackageState,
        /// State after.
        to: PackageState,
    }
    /// Somebody signed a package.
    PackageSigned = "package-signed" {
        /// Who.
        user: UserId,
        /// Signatures then.
        have: u8,
        /// Signatures needed.
        need: u8,
    }
    /// Sending a package began.
    Sending = "sending" {
        /// Fingerprint of its document.
        sha256: String,
    }
    /// The bank confirmed that it has the package.
    Received = "received" {
        /// Number of its receipt.
        sequence: u64,
        /// When the bank took it.
        received_at: DateTime<Utc>,
    }
    /// The bank's answer to a submission was lost.
    AnswerLost = "answer-lost" {
        /// Why, as a code.
        code: String,
    }
    /// The bank does not have the package.
    PackageNotReceived = "package-not-received" {
        /// Why, as a code.
        code: String,
    }
    /// The refused orders of a package were recorded again.
    RecordedAgain = "recorded-again" {
        /// In this package.
        again: PackageId,
    }
    /// An order of self-administration was recorded.
    AdminRecorded = "admin-recorded" {
        /// Which.
        order: OrderId,
    }
    /// The orders of a package were put into packages of their own.
    PackageSplit = "package-split" {
        /// So many.
        packages: usize,
    }
    /// The package came about by splitting another.
    PackageSplitOff = "package-split-off" {
        /// Which.
        from: PackageId,
        /// Its name.
        name: String,
    }
    /// An order that stood in another package stands here now.
    OrderMovedHere = "order-moved-here" {
        /// Where it stood.
        from: PackageId,
        /// That package's name.
        name: String,
    }
    /// The package was filled from a file of orders.
    Imported = "imported" {
        /// The file's name.
        file: String,
        /// Fingerprint of its bytes.
        sha256: String,
        /// Fingerprint of what it pays.
        content: String,
        /// Orders taken from it.
        orders: u32,
    }
    /// A package was written to a package file.
    PackageFileWritten = "package-file-written" {
        /// The file's name.
        file: String,
        /// Signatures in it.
        signatures: usize,
    }
    /// A package was taken from a package file.
    PackageFileTaken = "package-file-taken" {
        /// The file's name.
        file: String,
        /// Signatures that hold.
        signatures: usize,
        /// Signatures that do not hold.
        dropped: u32,
    }
    /// Putting a package into the shared area began.
    Sharing = "sharing" {
        /// The handing over.
        handover: Uuid,
        /// Signatures that go with it.
        signatures: usize,
    }
    /// The package is in the shared area.
    Shared = "shared" {
        /// Until when.
        expires: DateTime<Utc>,
    }
    /// The bank did not put it there.
    ShareRefused = "share-refused" {
        /// Why, as a code.
        code: String,
    }
    /// The bank's answer about the shared area was lost.
    SharedAnswerLost = "shared-answer-lost" {
        /// Why, as a code.
        code: String,
        /// What was asked.
        asked: HandoverKind,
    }
    /// Withdrawing a package from the shared area began.
    WithdrawingShared = "withdrawing-shared" {
        /// The handing over.
        handover: Uuid,
    }
    /// The bank did not withdraw it.
    WithdrawRefused = "withdraw-refused" {
        /// Why, as a code.
        code: String,
    }
    /// Somebody took a package of ours over.
    TakenOverElsewhere = "taken-over-elsewhere" {
        /// Name of who did.
        by: String,
        /// Number of who did.
        user: UserId,
        /// Through which door, as the bank names it.
        channel: String,
        /// When.
        at: DateTime<Utc>,
    }
    /// A package came back from the shared area.
    SharedReturned = "shared-returned" {
        /// Why, as the bank names it.
        why: String,
    }
    /// Taking a package over began.
    TakingOver = "taking-over" {
        /// The handing over.
        handover: Uuid,
    }
    /// A package was taken over here.
    TakenOver = "taken-over" {
        /// Name of who had put it there.
        from: String,
        /// Signatures that hold.
        signatures: usize,
        /// Signatures that do not hold.
        dropped: u32,
    }
    /// The bank did not hand it over.
    TakeRefused = "take-refused" {
        /// Why, as a code.
        code: String,
    }
    /// Whoever took a package over sent it changed.
    SentChanged = "sent-changed" {
        /// Fingerprint of what was sent.
        sha256: String,
        /// When the bank took it.
        received_at: DateTime<Utc>,
    }
    /// The bank decided on the changed package.
    ChangedDecided = "changed-decided" {
        /// Orders executed.
        executed: u32,
        /// Orders refused.
        rejected: u32,
    }
    /// Partners were written to a file.
    PartnersExported = "partners-exported" {
        /// Partners in it.
        partners: usize,
        /// Templates in it.
        templates: usize,
    }
    /// Partners were taken from a file.
    PartnersImported = "partners-imported" {
        /// New ones.
        new_partners: usize,
        /// Changed ones.
        changed_partners: usize,
        /// New templates.
        new_templates: usize,
        /// Changed templates.
        changed_templates: usize,
        /// What was left out.
        left: usize,
    }
    /// The first PIN of a token was set.
    TokenPinSet = "token-pin-set" {}
    /// The PIN of a token was changed.
    TokenPinChanged = "token-pin-changed" {}
    /// Unblocking a token began.
    TokenUnblockStarted = "token-unblock-started" {
        /// The token's random number, which is read out on the telephone.
        random: String,
    }
    /// A token was unblocked.
    TokenUnblocked = "token-unblocked" {}
    /// A token was not unblocked.
    TokenUnblockFailed = "token-unblock-failed" {
        /// Why, as a code.
        code: String,
    }
    /// New certificates were asked for.
    TokenRenewalAsked = "token-renewal-asked" {
        /// The renewal.
        renewal: Uuid,
    }
    /// The new certificates are in the token.
    TokenRenewed = "token-renewed" {
        /// The renewal.
        renewal: Uuid,
    }
    /// A renewal was given up.
    TokenRenewalAbandoned = "token-renewal-abandoned" {
        /// The renewal.
        renewal: Uuid,
        /// Why, as a code.
        code: String,
    }
}

impl Deed {
    /// What it says beside its name, as a JSON object; no secrets.
    pub fn detail(&self) -> Value {
        if let Self::Other { detail, .. } = self {
            return detail.clone();
        }
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        whole.get_mut("detail").map(Value::take).unwrap_or_default()
    }

    /// The deed of a stored name and detail.
    pub fn read(action: String, detail: Value) -> Self {
        let whole = serde_json::json!({ "action": action, "detail": detail });
        Self::deserialize(&whole).unwrap_or(Self::Other { action, detail })
    }
}
