//! What came of applying what the bank says of a package.

use crate::change::PackageEnd;

/// What came of applying a package's status.
pub(crate) struct AppliedStatus {
    /// Something changed here.
    pub changed: bool,
    /// The package became final.
    pub finished: Option<PackageEnd>,
}
