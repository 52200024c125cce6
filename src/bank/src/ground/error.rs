//! What can go wrong inside the bank, and how a refusal travels beside it.

use protocol::{Problem, ProblemCode};

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, BankError>;

/// The bank itself failed: its database, its files, its keys. Customers see only `internal`.
#[derive(Debug, thiserror::Error)]
pub enum BankError {
    /// SQLite.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("{context}: {source}")]
    Io {
        /// What was being done, with the path.
        context: String,
        source: std::io::Error,
    },
    /// A data file that cannot be read.
    #[error("{file}: {detail}")]
    Data {
        /// Which file or column.
        file: String,
        detail: String,
    },
    /// Keys, certificates, signatures of the bank's own.
    #[error("signature: {0}")]
    Signature(#[from] signature::SignatureError),
    /// TLS set-up.
    #[error("tls: {0}")]
    Tls(#[from] rustls::Error),
    /// A booking whose legs do not add up to nothing, or are of two currencies: a bug, never booked.
    #[error("a booking is not balanced")]
    Unbalanced,
    /// A bank serves this folder already; nothing was touched.
    #[error("{folder}: another bank serves this folder; end it first, or give this one a folder of its own")]
    InUse {
        /// The folder.
        folder: String,
    },
    /// A background job ended early.
    #[error("a job of the bank was interrupted")]
    Interrupted,
}

impl BankError {
    /// Stable code, for logs and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "bank-database",
            Self::Io { .. } => "bank-io",
            Self::Data { .. } => "bank-data",
            Self::Signature(_) => "bank-signature",
            Self::Tls(_) => "bank-tls",
            Self::Unbalanced => "bank-unbalanced",
            Self::InUse { .. } => "bank-in-use",
            Self::Interrupted => "bank-interrupted",
        }
    }

    /// Names what was being done when the system refused.
    pub fn io(context: impl std::fmt::Display) -> impl FnOnce(std::io::Error) -> Self {
        let context = context.to_string();
        move |source| Self::Io { context, source }
    }

    /// A file or column with unreadable content.
    pub fn data(file: impl std::fmt::Display, detail: impl std::fmt::Display) -> Self {
        Self::Data { file: file.to_string(), detail: detail.to_string() }
    }
}

/// Why a call was not answered as asked: refused by the rules, or failed inside.
#[derive(Debug)]
pub enum Refusal {
    /// By the rules; the caller learns why.
    Problem(Box<Problem>),
    /// Inside; the caller learns `internal`, the log the rest.
    Failure(BankError),
}

impl From<BankError> for Refusal {
    fn from(error: BankError) -> Self {
        Self::Failure(error)
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failure(error.into())
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<Box<Problem>> for Refusal {
    fn from(problem: Box<Problem>) -> Self {
        Self::Problem(problem)
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Problem::new(code).into()
    }
}
