//! Submitting packages and following them.

use chrono::{DateTime, Utc};
use domain::routing::Route;
use domain::submission::ItemState;
use domain::{CustomerId, OrderId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Base64Bytes, Cursor, ProtocolError, RejectReason, schema};

/// A signed package. Sending the same document under the same id again gives the same receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubmitPackage {
    /// The client's identifier of this attempt to send. An attempt that the bank was asked to void
    /// ([`crate::endpoints::VOID`]) is refused even if it arrives later.
    pub attempt: Uuid,
    /// The claim under which the package was taken over from the shared area, if it was: only the holder of the
    /// newest claim may send it ([`crate::shared`]).
    #[serde(default)]
    pub claim: Option<Uuid>,
    /// The package document (XML, `urn:kapocs:package:1`), byte by byte as it was signed.
    pub document: Base64Bytes,
    /// CMS files (DER, detached CAdES-B), one per signer.
    pub signatures: Vec<Base64Bytes>,
}

/// What the bank confirms: "we have it, and will execute or refuse every order of it".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReceiptBody {
    /// Always `kapocs-receipt-v1`: keeps the bank's signature from passing for anything else.
    pub kind: String,
    /// The bank, by its profile's id.
    pub bank: String,
    /// The package.
    #[schema(value_type = uuid::Uuid)]
    pub package: PackageId,
    /// Whose.
    #[schema(value_type = String)]
    pub customer: CustomerId,
    /// SHA-256 of the document's bytes, lower-case hex.
    pub document_sha256: String,
    /// When the bank took it.
    pub received_at: DateTime<Utc>,
    /// The bank's number of the receipt, rising.
    pub sequence: u64,
}

impl ReceiptBody {
    /// What [`ReceiptBody::kind`] says.
    pub const KIND: &'static str = "kapocs-receipt-v1";

    /// What the signed bytes of a receipt say; see [`SignedReceipt::read`].
    ///
    /// # Errors
    /// [`ProtocolError::Receipt`] when the bytes are no receipt.
    pub fn read(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let body: Self = serde_json::from_slice(bytes).map_err(|_| ProtocolError::Receipt)?;
        if body.kind != Self::KIND {
            return Err(ProtocolError::Receipt);
        }
        Ok(body)
    }
}

/// A receipt and the bank's signature on its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedReceipt {
    /// JSON of a [`ReceiptBody`], byte by byte as it was signed.
    pub body: Base64Bytes,
    /// CMS file (DER, detached CAdES-B) over the body by the bank's receipt signer.
    pub signature: Base64Bytes,
}

impl SignedReceipt {
    /// What the receipt says. Whether the bank really said so only the signature shows: verify first.
    ///
    /// # Errors
    /// [`ProtocolError::Receipt`] when the bytes are no receipt.
    pub fn read(&self) -> Result<ReceiptBody, ProtocolError> {
        ReceiptBody::read(self.body.as_slice())
    }
}

/// How far the bank is with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReceivedState {
    /// Some order is not decided yet.
    InProgress,
    /// Every order executed.
    Completed,
    /// Some executed, some refused.
    PartlyRejected,
    /// Every order refused.
    Rejected,
}

/// One order at the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemStatus {
    /// The order.
    #[schema(value_type = uuid::Uuid)]
    pub order: OrderId,
    /// How far.
    #[schema(value_type = schema::ItemState)]
    pub state: ItemState,
    /// How, once chosen.
    #[schema(value_type = Option<schema::Route>)]
    pub route: Option<Route>,
    /// Why it was refused.
    pub reason: Option<RejectReason>,
    /// When the bank will look at it next, while it waits.
    pub due: Option<DateTime<Utc>>,
    /// When it became final.
    pub decided_at: Option<DateTime<Utc>>,
    /// Number of the transaction that debits the account.
    pub transaction: Option<u64>,
}

/// One package at the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PackageStatus {
    /// The package.
    #[schema(value_type = uuid::Uuid)]
    pub package: PackageId,
    /// Whose.
    #[schema(value_type = String)]
    pub customer: CustomerId,
    /// How far.
    pub state: ReceivedState,
    /// When the bank took it.
    pub received_at: DateTime<Utc>,
    /// The same receipt as the submission got.
    pub receipt: SignedReceipt,
    /// Its orders, in the document's order.
    pub items: Vec<ItemStatus>,
}

impl PackageStatus {
    /// Orders executed and refused so far.
    pub fn decided(&self) -> (u32, u32) {
        self.items.iter().fold((0, 0), |(executed, rejected), item| match item.state {
            ItemState::Executed => (executed + 1, rejected),
            ItemState::Rejected => (executed, rejected + 1),
            _ => (executed, rejected),
        })
    }
}

/// Packages that changed after a cursor, each once with its newest status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PackageChanges {
    /// In the order of their last change.
    pub packages: Vec<PackageStatus>,
    /// Where to go on, also when nothing was new.
    pub next: Cursor,
    /// Whether more waits right now.
    pub more: bool,
}
