//! Why an import is not taken.

use domain::Explain;

/// Why an import is not taken. Nothing of it was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read to its end; nobody knows what is missing, so no choice takes its good rows.
    #[error("the file is not complete")]
    Incomplete,
    /// The file declares another number of orders or another sum than it holds, and the choice does not name that.
    #[error("the file's totals are not those of its rows")]
    TotalsDiffer,
    /// Rows are bad, and all was to be taken.
    #[error("the file has bad rows")]
    NotClean,
    /// No row can be taken.
    #[error("no row can be taken")]
    NothingGood,
    /// The same file was taken before, and taking it again was not asked for.
    #[error("the file was taken before")]
    TakenBefore,
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
            Self::Incomplete => "import-incomplete",
            Self::TotalsDiffer => "import-totals-differ",
            Self::NotClean => "import-not-clean",
            Self::NothingGood => "import-nothing-good",
            Self::TakenBefore => "import-taken-before",
            Self::FileChanged => "import-file-changed",
            Self::SumTooLarge => "import-sum-too-large",
        }
    }
}
