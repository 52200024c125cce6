//! What came of applying what the bank says of a package.

/// What came of applying a package's status.
pub(crate) struct AppliedStatus {
    /// Something changed here.
    pub changed: bool,
    /// The package became final: name, executed, rejected.
    pub finished: Option<(String, u32, u32)>,
}
