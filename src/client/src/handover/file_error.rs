//! Why a package does not go through a package file.

use domain::Explain;

/// Why a package is not written to a file or not taken from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageFileError {
    /// It is no prepared package of payments.
    #[error("it is no prepared package of payments")]
    NotPrepared,
    /// It came from the shared area: the bank takes it only from whoever holds it.
    #[error("it came from the shared area")]
    Claimed,
    /// It is of another customer.
    #[error("it is of another customer")]
    OtherCustomer,
    /// It is here already.
    #[error("it is here already")]
    Here,
    /// It debits an account that is not known here.
    #[error("it debits an unknown account")]
    Account,
    /// The file is another one than was shown.
    #[error("the file changed after it was shown")]
    Changed,
}

impl Explain for PackageFileError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotPrepared => "package-file-not-prepared",
            Self::Claimed => "package-file-claimed",
            Self::OtherCustomer => "package-file-other-customer",
            Self::Here => "package-file-here",
            Self::Account => "package-file-account",
            Self::Changed => "import-file-changed",
        }
    }
}
