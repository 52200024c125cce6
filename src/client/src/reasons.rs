//! Why a certificate, a receipt or what came from the shared area is not good, for [`crate::ClientError`].

/// Why a certificate of the token cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// It names no user of the bank.
    #[error("it names no user")]
    NamesNobody,
    /// It is not made for logging in (key usage, extended key usage).
    #[error("it is not made for logging in")]
    NotForLogin,
    /// It is not made for signing documents (key usage).
    #[error("it is not made for signing documents")]
    NotForSigning,
    /// Its time has not come.
    #[error("it is not valid yet")]
    NotYet,
    /// Its time is over.
    #[error("it has expired")]
    Expired,
}

/// Why a receipt of the bank does not prove what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptProblem {
    /// It is no receipt.
    #[error("it cannot be read")]
    Unreadable,
    /// Of another customer or bank.
    #[error("it is for another customer or bank")]
    OtherCustomer,
    /// Of another package.
    #[error("it is for another package")]
    OtherPackage,
    /// Of other bytes than were sent.
    #[error("it is for other bytes")]
    OtherBytes,
}

/// What of a parked package is not as the bank says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SharedDamage {
    /// The bytes.
    #[error("fingerprint")]
    Fingerprint,
    /// What its header says.
    #[error("header")]
    Header,
}
