//! Handing packages over to be executed, and following them.

use domain::submission::{ItemState, OrderState, OrderStatus};
use domain::{CustomerId, OrderId, PackageId};
use uuid::Uuid;

use super::{Answer, Changes, Cursor, SessionKey};

/// Handing signed packages over, each exactly once.
pub trait Submit: Send + Sync {
    /// Submits a package; idempotent by id and bytes.
    fn submit<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        content: SignedPackage,
    ) -> Answer<'a, SignedReceipt>;
    /// One package's status; `None`: the bank has never seen the id. With `void`, the bank will also never take
    /// that attempt to send it, should the request still be under way.
    fn status<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        void: Option<Uuid>,
    ) -> Answer<'a, Option<PackageStatus>>;
    /// Packages that changed after a cursor, each once with its newest status.
    fn changed<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<PackageStatus>>;
}

/// A package as it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPackage {
    /// Our identifier of this attempt to send it.
    pub attempt: Uuid,
    /// The claim under which it was taken over from the shared area, if it was.
    pub claim: Option<Uuid>,
    /// The document's exact bytes.
    pub document: Vec<u8>,
    /// CMS files over them, one a signer.
    pub signatures: Vec<Vec<u8>>,
}

/// The bank's word that it has a package. Whether it really said so only the signature shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedReceipt {
    /// What it says, byte by byte as it was signed.
    pub body: Vec<u8>,
    /// CMS file (DER, detached) over the body by the bank's receipt signer.
    pub signature: Vec<u8>,
}

/// One package at the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageStatus {
    /// The package.
    pub package: PackageId,
    /// Whether every order of it is decided.
    pub is_decided: bool,
    /// The same receipt as the submission got.
    pub receipt: SignedReceipt,
    /// Its orders, in the document's order.
    pub orders: Vec<(OrderId, OrderStatus)>,
}

impl PackageStatus {
    /// Orders executed and refused so far.
    pub fn decided(&self) -> (u32, u32) {
        self.orders.iter().fold((0, 0), |(executed, rejected), (_, order)| match order.state {
            OrderState::At(ItemState::Executed) => (executed + 1, rejected),
            OrderState::At(ItemState::Rejected) => (executed, rejected + 1),
            _ => (executed, rejected),
        })
    }

    /// Whether the bank has chosen how it executes every order.
    pub fn is_routed(&self) -> bool {
        self.orders.iter().all(|(_, order)| order.state != OrderState::At(ItemState::Received))
    }
}
