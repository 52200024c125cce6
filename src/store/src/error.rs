//! What can go wrong with the store, with stable codes; the texts are in `locales/*/store.ftl`.

use std::path::{Path, PathBuf};

use domain::Explain;
use rusqlite::ErrorCode;

/// Every error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file or its folder cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database was here and is gone or empty; nothing was made in its place.
    #[error("{} was here and is gone", .0.display())]
    Missing(PathBuf),
    /// The file is no SQLite database.
    #[error("{} is not a database", .0.display())]
    NotADatabase(PathBuf),
    /// The file is another program's database.
    #[error("{} is another program's database", .0.display())]
    NotOurs(PathBuf),
    /// The database is damaged; it was left as it is.
    #[error("{path} is damaged: {detail}", path = path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// First complaint of the check.
        detail: String,
    },
    /// Damage met while working.
    #[error("the database is damaged: {0}")]
    DamagedInUse(String),
    /// A newer program made this schema; it was left as it is.
    #[error("schema {found} is newer than {known}")]
    Newer {
        /// Schema of the file.
        found: u32,
        /// Newest schema that this program knows.
        known: u32,
    },
    /// Another process has the store open.
    #[error("in use by process {}", pid.map_or_else(|| "?".to_owned(), |p| p.to_string()))]
    InUse {
        /// Its process id, if it could be read.
        pid: Option<u32>,
    },
    /// No room on the disk; nothing of the transaction was kept.
    #[error("the disk is full")]
    DiskFull,
    /// The file may not be written.
    #[error("the database cannot be written")]
    ReadOnly,
    /// Another connection held the database too long.
    #[error("the database is busy")]
    Busy,
    /// What was asked for is not there.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// It is there already.
    #[error("exists already: {0}")]
    Exists(String),
    /// The row is not in the state that the caller saw; somebody else moved it meanwhile.
    #[error("expected state {expected}, found {found}")]
    StateChanged {
        /// State that the caller saw.
        expected: &'static str,
        /// State of the row.
        found: String,
    },
    /// The document was made of other content than the package has now.
    #[error("document of revision {made_of}, package is at {now}")]
    ContentChanged {
        /// Revision that the document was made of.
        made_of: u32,
        /// Revision of the package.
        now: u32,
    },
    /// A sum is above what a payment file can carry (15 digits).
    #[error("the total is too large")]
    TotalTooLarge,
    /// Amounts of several currencies where one is needed.
    #[error("amounts of several currencies")]
    MixedCurrency,
    /// The connection's bank owes an answer, so it cannot be put away.
    #[error("the connection's bank owes an answer")]
    ConnectionBusy,
    /// Something was recorded under the connection, so it cannot be removed.
    #[error("the connection's data must be kept")]
    ConnectionKept,
    /// The audit log was changed outside the program.
    #[error("the audit log is broken at entry {entry}")]
    AuditBroken {
        /// First entry that does not fit.
        entry: i64,
    },
    /// A rule of the schema forbids the change.
    #[error("forbidden by the schema: {0}")]
    Rule(String),
    /// A stored value cannot be understood.
    #[error("stored value: {0}")]
    Value(String),
    /// The writer is gone, or a use case ended abnormally; its transaction was rolled back.
    #[error("internal: {0}")]
    Internal(&'static str),
    /// Anything else that SQLite said.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// A file error at `path`.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| {
            if source.kind() == std::io::ErrorKind::StorageFull {
                return Self::DiskFull;
            }
            Self::File { path, source }
        }
    }
}

impl Explain for StoreError {
    fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "store-file",
            Self::Missing(_) => "store-missing",
            Self::NotADatabase(_) => "store-not-a-database",
            Self::NotOurs(_) => "store-not-ours",
            Self::Damaged { .. } => "store-damaged",
            Self::DamagedInUse(_) => "store-damaged-in-use",
            Self::Newer { .. } => "store-newer",
            Self::InUse { .. } => "store-in-use",
            Self::DiskFull => "store-disk-full",
            Self::ReadOnly => "store-read-only",
            Self::Busy => "store-busy",
            Self::NotFound(_) => "store-not-found",
            Self::Exists(_) => "store-exists",
            Self::StateChanged { .. } => "store-state-changed",
            Self::ContentChanged { .. } => "store-content-changed",
            Self::TotalTooLarge => "store-total-too-large",
            Self::MixedCurrency => "store-mixed-currency",
            Self::ConnectionBusy => "store-connection-busy",
            Self::ConnectionKept => "store-connection-kept",
            Self::AuditBroken { .. } => "store-audit-broken",
            Self::Rule(_) => "store-rule",
            Self::Value(_) => "store-value",
            Self::Internal(_) => "store-internal",
            Self::Sqlite(_) => "store-sqlite",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::File { path, source } => {
                vec![("path", path.display().to_string()), ("reason", source.to_string())]
            }
            Self::Missing(path) | Self::NotADatabase(path) | Self::NotOurs(path) => {
                vec![("path", path.display().to_string())]
            }
            Self::Damaged { path, detail } => {
                vec![("path", path.display().to_string()), ("detail", detail.clone())]
            }
            Self::DamagedInUse(detail) | Self::Rule(detail) | Self::Value(detail) => {
                vec![("detail", detail.clone())]
            }
            Self::Newer { found, known } => vec![("found", found.to_string()), ("known", known.to_string())],
            Self::InUse { pid } => {
                vec![("pid", pid.map_or_else(|| "?".to_owned(), |p| p.to_string()))]
            }
            Self::NotFound(what) | Self::Internal(what) => vec![("what", (*what).to_owned())],
            Self::Exists(what) => vec![("what", what.clone())],
            Self::StateChanged { expected, found } => {
                vec![("expected", (*expected).to_owned()), ("found", found.clone())]
            }
            Self::AuditBroken { entry } => vec![("entry", entry.to_string())],
            Self::Sqlite(error) => vec![("detail", error.to_string())],
            _ => Vec::new(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match &error {
            E::SqliteFailure(failure, message) => {
                let detail = || message.clone().unwrap_or_else(|| failure.to_string());
                match failure.code {
                    ErrorCode::DiskFull => Self::DiskFull,
                    ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
                    ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                    ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::DamagedInUse(detail()),
                    ErrorCode::ConstraintViolation if is_unique(failure.extended_code) => {
                        Self::Exists(detail())
                    }
                    ErrorCode::ConstraintViolation => Self::Rule(detail()),
                    _ => Self::Sqlite(error),
                }
            }
            E::QueryReturnedNoRows => Self::NotFound("row"),
            E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::InvalidColumnType(..)
            | E::Utf8Error(..) => Self::Value(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

fn is_unique(extended_code: i32) -> bool {
    use rusqlite::ffi;
    matches!(
        extended_code,
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID
    )
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Value(error.to_string())
    }
}
