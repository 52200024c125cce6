//! Every way in which a file can be refused, and a document not be written.

use domain::Explain;

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
}

impl FormatError {
    /// The same error, at that line if it was found where lines are not known.
    pub(crate) fn at(self, at: u64) -> Self {
        match self {
            Self::InvalidBytes { line: 0, encoding } => Self::InvalidBytes { line: at, encoding },
            Self::TooLong { line: 0, limit } => Self::TooLong { line: at, limit },
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
            | Self::Value { line, .. } => Some(*line),
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
            Self::CannotWrite { position: 0, .. } => "format-cannot-write-header",
            Self::CannotWrite { .. } => "format-cannot-write",
            Self::CannotEncode { .. } => "format-cannot-encode",
            Self::NoSecondaryId { .. } => "format-no-secondary-id",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = Vec::new();
        if let Some(line) = self.line() {
            args.push(("line", line.to_string()));
        }
        match self {
            Self::Io(reason) => args.push(("reason", reason.clone())),
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
            Self::CountMismatch { declared, found } | Self::SumMismatch { declared, found } => {
                args.extend([("declared", declared.clone()), ("found", found.clone())]);
            }
            Self::DuplicateOrder { id } => args.push(("id", id.clone())),
            Self::CannotWrite { position, element } => {
                args.extend([("position", position.to_string()), ("element", (*element).to_owned())]);
            }
            Self::CannotEncode { position, character, encoding } => args.extend([
                ("position", position.to_string()),
                ("character", character.to_string()),
                ("encoding", (*encoding).to_owned()),
            ]),
            Self::NoSecondaryId { position } => args.push(("position", position.to_string())),
            Self::NotXml { .. } | Self::Dtd { .. } | Self::Truncated { .. } | Self::NoOrders => {}
        }
        args
    }
}
