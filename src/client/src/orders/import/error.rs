//! Why an import is not taken.

use domain::Explain;

/// Why an import is not taken. Nothing of it was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Rows are bad or the file is not complete, and all was to be taken.
    #[error("the file has bad rows or is not complete")]
    NotClean,
    /// No row can be taken.
    #[error("no row can be taken")]
    NothingGood,
    /// The file is another one than was shown.
    #[error("the file changed after it was shown")]
    FileChanged,
    /// The sum of its rows is no amount.
    #[error("the sum is too large")]
    SumTooLarge,
}

impl Explain for ImportError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotClean => "import-not-clean",
            Self::NothingGood => "import-nothing-good",
            Self::FileChanged => "import-file-changed",
            Self::SumTooLarge => "import-sum-too-large",
        }
    }
}
