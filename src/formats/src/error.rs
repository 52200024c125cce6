//! Every way in which a file can be refused, and a document not be written.

use domain::Explain;

use crate::Foreign;

/// Why a file cannot be read or a document not be written. Lines count from 1. The texts for people stand
/// in `locales/*/formats.ftl` under [`Explain::code`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The operating system could not read or write; its own words.
    #[error("reading or writing failed: {0}")]
    Io(String),
    /// Nothing that begins like XML, or XML with broken grammar at this line.
    #[error("line {line}: not well-formed XML")]
    NotXml {
        /// Where.
        line: u64,
    },
    /// No XML at all, but another kind of file.
    #[error("no file of payments: {kind:?}")]
    Foreign {
        /// What it is.
        kind: Foreign,
    },
    /// Well-formed, but none of the formats that are read here.
    #[error("line {line}: unknown document <{found}>")]
    WrongRoot {
        /// Where the root element stands.
        line: u64,
        /// Its name, with its namespace if it has one.
        found: String,
    },
    /// Declarations of entities or elements; refused because entities can be bombs and can read other files.
    #[error("line {line}: declarations of entities are not read")]
    Dtd {
        /// Where.
        line: u64,
    },
    /// An entity other than XML's own five.
    #[error("line {line}: entity &{name}; is unknown")]
    Entity {
        /// Where.
        line: u64,
        /// Its name.
        name: String,
    },
    /// The XML declaration names an encoding that is not read here.
    #[error("encoding {name} is not supported")]
    UnsupportedEncoding {
        /// The name that the file gives.
        name: String,
    },
    /// Bytes that are no text in the encoding that the file claims.
    #[error("line {line}: bytes that are not {encoding}")]
    InvalidBytes {
        /// Where.
        line: u64,
        /// The encoding that the file claims.
        encoding: &'static str,
    },
    /// The file ends in the middle.
    #[error("line {line}: the file ends in the middle")]
    Truncated {
        /// The last line.
        line: u64,
    },
    /// A text, tag or comment longer than any honest one.
    #[error("line {line}: more than {limit} bytes in one piece")]
    TooLong {
        /// Where the piece begins.
        line: u64,
        /// Bytes that are taken.
        limit: usize,
    },
    /// Elements nested deeper than any honest ones.
    #[error("line {line}: more than {limit} elements inside each other")]
    TooDeep {
        /// Where.
        line: u64,
        /// Depth that is taken.
        limit: usize,
    },
    /// The document is larger than any honest one.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// Bytes that are taken.
        limit: usize,
    },
    /// A strict document holds an element, attribute or text where none belongs.
    #[error("line {line}: {found} does not belong here")]
    Unexpected {
        /// Where.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// A strict document lacks an element.
    #[error("line {line}: <{element}> is missing")]
    Missing {
        /// Where it should stand.
        line: u64,
        /// The element.
        element: &'static str,
    },
    /// A value that its element cannot have.
    #[error("line {line}: <{element}> has a wrong value")]
    Value {
        /// Where.
        line: u64,
        /// The element.
        element: &'static str,
    },
    /// A declared number of transactions is not the number of those that stand there.
    #[error("the document declares {declared} transactions and holds {found}")]
    CountMismatch {
        /// What the document says.
        declared: String,
        /// What it holds.
        found: String,
    },
    /// A declared sum is not the sum of the amounts.
    #[error("the document declares a sum of {declared} and holds {found}")]
    SumMismatch {
        /// What the document says.
        declared: String,
        /// What it holds.
        found: String,
    },
    /// One order stands there twice.
    #[error("order {id} stands there twice")]
    DuplicateOrder {
        /// The order.
        id: String,
    },
    /// A document without orders cannot be.
    #[error("there are no orders")]
    NoOrders,
    /// A package document whose orders are none of the type that its header declares.
    #[error("the header declares orders of type {declared}, but they are not")]
    OtherType {
        /// The type's code.
        declared: &'static str,
    },
    /// A value of ours that cannot stand in the document.
    #[error("order {position}: {element} cannot be written")]
    CannotWrite {
        /// Which order, from 1; 0 is the header.
        position: usize,
        /// The element that would hold it.
        element: &'static str,
    },
    /// A character that the chosen encoding does not have.
    #[error("order {position}: '{character}' does not exist in {encoding}")]
    CannotEncode {
        /// Which order, from 1; 0 is the header.
        position: usize,
        /// The character.
        character: char,
        /// The encoding.
        encoding: &'static str,
    },
    /// Electra's HUF XML 1.01 has no place for secondary identifiers.
    #[error("order {position} goes to a secondary identifier, which this format does not have")]
    NoSecondaryId {
        /// Which order, from 1.
        position: usize,
    },
    /// A file of no known layout or format of partners.
    #[error("line {line}: not a file of partners")]
    NotPartners {
        /// Where.
        line: u64,
    },
    /// Our own format in a version that is not known here.
    #[error("line {line}: version {found} is unknown")]
    UnknownVersion {
        /// Where.
        line: u64,
        /// The version.
        found: String,
    },
    /// Another program saved the file in another encoding: its encoding mark is not what it was.
    #[error("line {line}: the file was saved in another encoding")]
    Recoded {
        /// Where.
        line: u64,
    },
    /// A file of partners ends before its last line.
    #[error("line {line}: the file of partners is not complete")]
    Incomplete {
        /// The last line.
        line: u64,
    },
    /// A line was changed after it was written.
    #[error("line {line}: the checksum does not fit")]
    Damaged {
        /// Where.
        line: u64,
    },
    /// A line has more or fewer values than columns.
    #[error("line {line}: {found} values instead of {expected}")]
    Columns {
        /// Where.
        line: u64,
        /// Columns, with the record's number.
        expected: usize,
        /// Values.
        found: usize,
    },
    /// A value that no writer of the format gives.
    #[error("line {line}: the value of {column} is not possible")]
    Record {
        /// Where.
        line: u64,
        /// The column's name in the file.
        column: &'static str,
    },
    /// A declared number of records is not the number of those that stand there.
    #[error("line {line}: {declared} records are declared, {found} stand there")]
    RecordCount {
        /// Where it is declared.
        line: u64,
        /// What the file says.
        declared: u64,
        /// What it holds.
        found: u64,
    },
    /// One partner or template stands there twice.
    #[error("line {line}: record {id} stands there twice")]
    DuplicateRecord {
        /// Where the second stands; 0 when it is to be written.
        line: u64,
        /// Its identifier.
        id: String,
    },
    /// The first row of a table names a column twice.
    #[error("line {line}: column {column} stands there twice")]
    HeadingTwice {
        /// Where.
        line: u64,
        /// The column's name.
        column: &'static str,
    },
    /// A quote in a table is not closed, or something follows it in its cell.
    #[error("line {line}: a quote is not closed where it should be")]
    Quote {
        /// Where.
        line: u64,
    },
    /// A workbook that cannot be unpacked or read; the library's own words.
    #[error("the workbook cannot be read or written: {0}")]
    Spreadsheet(String),
    /// A package file (`.kapocs`) is not what it should be; what is wrong, for the log and for whoever helps.
    #[error("not a package file: {0}")]
    PackageFile(String),
    /// The file is larger than any honest one.
    #[error("the file has more than {limit} bytes")]
    FileTooLarge {
        /// Bytes that are taken.
        limit: usize,
    },
    /// A partner or template that is too long for its line.
    #[error("record {id}: {column} cannot be written")]
    CannotWriteRecord {
        /// Its identifier.
        id: String,
        /// The column with which the line became too long.
        column: &'static str,
    },
}

impl FormatError {
    /// The same error, at that line if it was found where lines are not known.
    pub(crate) fn at(self, at: u64) -> Self {
        match self {
            Self::InvalidBytes { line: 0, encoding } => Self::InvalidBytes { line: at, encoding },
            Self::TooLong { line: 0, limit } => Self::TooLong { line: at, limit },
            Self::Truncated { line: 0 } => Self::Truncated { line: at },
            other => other,
        }
    }

    /// The line of the file, if the error has one.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::NotXml { line }
            | Self::WrongRoot { line, .. }
            | Self::Dtd { line }
            | Self::Entity { line, .. }
            | Self::InvalidBytes { line, .. }
            | Self::Truncated { line }
            | Self::TooLong { line, .. }
            | Self::TooDeep { line, .. }
            | Self::Unexpected { line, .. }
            | Self::Missing { line, .. }
            | Self::Value { line, .. }
            | Self::NotPartners { line }
            | Self::UnknownVersion { line, .. }
            | Self::Recoded { line }
            | Self::Incomplete { line }
            | Self::Damaged { line }
            | Self::Columns { line, .. }
            | Self::Record { line, .. }
            | Self::RecordCount { line, .. }
            | Self::HeadingTwice { line, .. }
            | Self::Quote { line } => Some(*line),
            Self::DuplicateRecord { line, .. } if *line > 0 => Some(*line),
            _ => None,
        }
    }
}

impl From<std::io::Error> for FormatError {
    fn from(error: std::io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(ours) => ours.clone(),
            None => Self::Io(error.to_string()),
        }
    }
}

impl Explain for FormatError {
    fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "format-io",
            Self::NotXml { .. } => "format-not-xml",
            Self::Foreign { kind } => kind.code(),
            Self::WrongRoot { .. } => "format-wrong-root",
            Self::Dtd { .. } => "format-dtd",
            Self::Entity { .. } => "format-entity",
            Self::UnsupportedEncoding { .. } => "format-unsupported-encoding",
            Self::InvalidBytes { .. } => "format-invalid-bytes",
            Self::Truncated { .. } => "format-truncated",
            Self::TooLong { .. } => "format-too-long",
            Self::TooDeep { .. } => "format-too-deep",
            Self::TooLarge { .. } => "format-too-large",
            Self::Unexpected { .. } => "format-unexpected",
            Self::Missing { .. } => "format-missing",
            Self::Value { .. } => "format-value",
            Self::CountMismatch { .. } => "format-count-mismatch",
            Self::SumMismatch { .. } => "format-sum-mismatch",
            Self::DuplicateOrder { .. } => "format-duplicate-order",
            Self::NoOrders => "format-no-orders",
            Self::OtherType { .. } => "format-other-type",
            Self::CannotWrite { position: 0, .. } => "format-cannot-write-header",
            Self::CannotWrite { .. } => "format-cannot-write",
            Self::CannotEncode { .. } => "format-cannot-encode",
            Self::NoSecondaryId { .. } => "format-no-secondary-id",
            Self::NotPartners { .. } => "format-not-partners",
            Self::UnknownVersion { .. } => "format-unknown-version",
            Self::Recoded { .. } => "format-recoded",
            Self::Incomplete { .. } => "format-incomplete",
            Self::Damaged { .. } => "format-damaged",
            Self::Columns { .. } => "format-columns",
            Self::Record { .. } => "format-record",
            Self::RecordCount { .. } => "format-record-count",
            Self::DuplicateRecord { line: 0, .. } => "format-write-duplicate",
            Self::DuplicateRecord { .. } => "format-duplicate-record",
            Self::HeadingTwice { .. } => "format-heading-twice",
            Self::Quote { .. } => "format-quote",
            Self::Spreadsheet(_) => "format-spreadsheet",
            Self::PackageFile(_) => "format-package-file",
            Self::FileTooLarge { .. } => "format-file-too-large",
            Self::CannotWriteRecord { .. } => "format-cannot-write-record",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = Vec::new();
        if let Some(line) = self.line() {
            args.push(("line", line.to_string()));
        }
        match self {
            Self::Io(reason) | Self::Spreadsheet(reason) | Self::PackageFile(reason) => {
                args.push(("reason", reason.clone()));
            }
            Self::WrongRoot { found, .. } | Self::Unexpected { found, .. } => {
                args.push(("found", found.clone()));
            }
            Self::Entity { name, .. } | Self::UnsupportedEncoding { name } => {
                args.push(("name", name.clone()));
            }
            Self::InvalidBytes { encoding, .. } => args.push(("encoding", (*encoding).to_owned())),
            Self::TooLong { limit, .. } | Self::TooDeep { limit, .. } | Self::TooLarge { limit } => {
                args.push(("limit", limit.to_string()));
            }
            Self::Missing { element, .. } | Self::Value { element, .. } => {
                args.push(("element", (*element).to_owned()));
            }
            Self::CountMismatch { declared, found } => {
                args.extend([("declared", declared.clone()), ("found", found.clone())]);
            }
            Self::SumMismatch { declared, found } => {
                args.extend([("declared_total", declared.clone()), ("found_total", found.clone())]);
            }
            Self::DuplicateOrder { id } => args.push(("id", id.clone())),
            Self::OtherType { declared } => args.push(("declared", (*declared).to_owned())),
            Self::CannotWrite { position, element } => {
                args.extend([("position", position.to_string()), ("element", (*element).to_owned())]);
            }
            Self::CannotEncode { position, character, encoding } => args.extend([
                ("position", position.to_string()),
                ("character", character.to_string()),
                ("encoding", (*encoding).to_owned()),
            ]),
            Self::NoSecondaryId { position } => args.push(("position", position.to_string())),
            Self::UnknownVersion { found, .. } => args.push(("found", found.clone())),
            Self::Columns { expected, found, .. } => {
                args.extend([("expected", expected.to_string()), ("found", found.to_string())]);
            }
            Self::Record { column, .. } | Self::HeadingTwice { column, .. } => {
                args.push(("column", (*column).to_owned()));
            }
            Self::RecordCount { declared, found, .. } => {
                args.extend([("declared", declared.to_string()), ("found", found.to_string())]);
            }
            Self::DuplicateRecord { id, .. } => args.push(("id", id.clone())),
            Self::FileTooLarge { limit } => args.push(("limit", limit.to_string())),
            Self::CannotWriteRecord { id, column } => {
                args.extend([("id", id.clone()), ("column", (*column).to_owned())]);
            }
            Self::NotXml { .. }
            | Self::Foreign { .. }
            | Self::Dtd { .. }
            | Self::Truncated { .. }
            | Self::NoOrders
            | Self::NotPartners { .. }
            | Self::Recoded { .. }
            | Self::Incomplete { .. }
            | Self::Damaged { .. }
            | Self::Quote { .. } => {}
        }
        args
    }
}
