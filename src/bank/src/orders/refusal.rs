//! Reasons to refuse a package or one of its orders.

use formats::FormatError;
use protocol::{Problem, ProblemCode};

use crate::ground::error::{BankError, Refusal};

/// What is wrong with one order, or with the bank.
pub(super) enum Blame {
    /// The order cannot be taken.
    Order(ProblemCode),
    /// It could not be found out.
    Failure(BankError),
}

impl From<ProblemCode> for Blame {
    fn from(code: ProblemCode) -> Self {
        Self::Order(code)
    }
}

impl From<BankError> for Blame {
    fn from(error: BankError) -> Self {
        Self::Failure(error)
    }
}

impl From<rusqlite::Error> for Blame {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failure(error.into())
    }
}

/// Which problem an unreadable document is.
pub(crate) fn document_problem(error: FormatError) -> Problem {
    let code = match error {
        FormatError::CountMismatch { .. } | FormatError::SumMismatch { .. } => {
            ProblemCode::PackageSumsDisagree
        }
        FormatError::DuplicateOrder { .. } => ProblemCode::PackageOrderDuplicate,
        _ => ProblemCode::PackageDocumentInvalid,
    };
    Problem::new(code).with_detail(error)
}

/// The bank's rules exclude the package.
pub(crate) fn against(why: &str) -> Refusal {
    Problem::new(ProblemCode::PackageAgainstRules).with_detail(why).into()
}
