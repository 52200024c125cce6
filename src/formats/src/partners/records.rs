//! What every reader of partners gives, whatever the file: records, and those that cannot be taken with the
//! line and the reason.

use domain::account::AccountNumberError;
use domain::partner::PartnerError;
use domain::target::TargetError;
use domain::text::TextError;
use domain::{Explain, Partner, Template};

use crate::import::WarningKind;

pub use crate::legacy_text::ReadAs;

/// Bytes that a file of partners may have, in any format.
pub const FILE_LIMIT: usize = 64 * 1024 * 1024;

/// The records of a whole, intact file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartnerFile {
    /// Partners, in the file's order; no identifier twice.
    pub partners: Vec<Partner>,
    /// Templates, in the file's order; no identifier twice. Only PARTNERS.DAT carries them.
    pub templates: Vec<Template>,
    /// Records that cannot be taken, in the file's order.
    pub refused: Vec<Refused>,
    /// What was taken with a change, in the file's order.
    pub adapted: Vec<Adapted>,
    /// In which encoding its text was read; PARTNERS.DAT and workbooks say it themselves.
    pub read_as: ReadAs,
    /// Columns that the file does not have at all, so that it says nothing about them: only tables leave
    /// some out.
    pub absent: Vec<Column>,
}

/// A record that is legible but cannot be a partner or template here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Line of the file (row of a sheet), from 1.
    pub line: u64,
    /// Partner or template.
    pub kind: RecordKind,
    /// Its name as the file has it, to recognise it by; may be empty.
    pub label: String,
    /// The column with the problem.
    pub column: Column,
    /// The value as the file has it.
    pub value: String,
    /// What is wrong with it.
    pub reason: RefusedReason,
}

/// A text of a record in which typographic characters, which no bank takes, became plain ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adapted {
    /// Line of the file (row of a sheet), from 1.
    pub line: u64,
    /// Its name, as it was taken.
    pub label: String,
    /// The column with the text.
    pub column: Column,
    /// The characters, each once.
    pub characters: String,
}

impl Adapted {
    /// Makes the text of a column plain where the column takes no others, and notes what it had.
    pub(crate) fn make_plain(column: Column, text: &mut String, line: u64, notes: &mut Vec<Self>) {
        if !matches!(column, Column::ShortName | Column::Name | Column::Narrative) {
            return;
        }
        let Some(plain) = domain::text::plain(text) else { return };
        *text = plain.text;
        if !plain.found.is_empty() {
            notes.push(Self { line, label: String::new(), column, characters: plain.found });
        }
    }

    /// The notes of a record that is called so.
    pub(crate) fn named(notes: Vec<Self>, label: &str) -> impl Iterator<Item = Self> {
        notes.into_iter().map(move |note| Self { label: label.to_owned(), ..note })
    }
}

impl Explain for Adapted {
    fn code(&self) -> &'static str {
        WarningKind::MadePlain { characters: String::new() }.code()
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        WarningKind::MadePlain { characters: self.characters.clone() }.args()
    }
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// A partner.
    Partner,
    /// A template.
    Template,
}

/// What a value of a record is for. [`Column::name`] is its name in files, [`Column::key`] of its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Identifier of the record.
    Id,
    /// Short name of a partner.
    ShortName,
    /// Payee's name in orders.
    Name,
    /// Accounts.
    Accounts,
    /// Kind of the secondary identifier.
    SecondaryKind,
    /// Secondary identifier.
    SecondaryId,
    /// Narrative.
    Narrative,
    /// Country.
    Country,
    /// Legal code.
    LegalCode,
    /// Free note.
    Note,
    /// Name of a template.
    TemplateName,
    /// Kind of order.
    OrderType,
    /// The template that a template was started from.
    StartedFrom,
    /// The partner that a template refers to.
    PartnerRef,
    /// A business card as a whole.
    Card,
}

impl Column {
    /// Stable name in files and in the output of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ShortName => "short_name",
            Self::Name => "name",
            Self::Accounts => "accounts",
            Self::SecondaryKind => "secondary_kind",
            Self::SecondaryId => "secondary_id",
            Self::Narrative => "narrative",
            Self::Country => "country",
            Self::LegalCode => "legal_code",
            Self::Note => "note",
            Self::TemplateName => "template_name",
            Self::OrderType => "order_type",
            Self::StartedFrom => "template",
            Self::PartnerRef => "partner",
            Self::Card => "card",
        }
    }

    /// Key of its label in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Id => "partners-column-id",
            Self::ShortName => "partners-column-short-name",
            Self::Name => "partners-column-name",
            Self::Accounts => "partners-column-accounts",
            Self::SecondaryKind => "partners-column-secondary-kind",
            Self::SecondaryId => "partners-column-secondary-id",
            Self::Narrative => "partners-column-narrative",
            Self::Country => "partners-column-country",
            Self::LegalCode => "partners-column-legal-code",
            Self::Note => "partners-column-note",
            Self::TemplateName => "partners-column-template-name",
            Self::OrderType => "partners-column-order-type",
            Self::StartedFrom => "partners-column-started-from",
            Self::PartnerRef => "partners-column-partner-ref",
            Self::Card => "partners-column-card",
        }
    }
}

/// Why a record cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedReason {
    /// A text that the field does not take.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Not an account number.
    #[error(transparent)]
    Account(#[from] AccountNumberError),
    /// Neither account nor secondary identifier.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The accounts together.
    #[error(transparent)]
    Partner(#[from] PartnerError),
    /// Not an identifier.
    #[error("not an identifier")]
    Id,
    /// An unknown kind of secondary identifier.
    #[error("an unknown kind of secondary identifier")]
    Kind,
    /// A secondary identifier that is not of its kind's form.
    #[error("not of the form of its kind")]
    Identifier,
    /// Accounts and a secondary identifier in one partner, or several of the latter.
    #[error("accounts and a secondary identifier together")]
    Mixed,
    /// An account kept abroad; domestic transfers cannot go there.
    #[error("the account is kept abroad")]
    Foreign,
    /// Something else where accounts stand, though it may be a secondary identifier.
    #[error("not an account, in the place of one")]
    NotAccount,
    /// An unknown kind of order.
    #[error("an unknown kind of order")]
    OrderType,
    /// Fifteen digits and nine zeros: what a spreadsheet leaves of an account when it makes a number of it.
    #[error("zeros where a spreadsheet's rounding puts them")]
    PerhapsRounded,
    /// A spreadsheet kept the digits as a number and rounded them.
    #[error("a number that a spreadsheet has rounded")]
    Rounded,
    /// More cells than the first row has.
    #[error("more cells than columns")]
    Surplus,
    /// The same partner stands in an earlier row.
    #[error("stands in an earlier row already")]
    Twice,
    /// A text of a business card in an encoding that it does not name, or that is not known.
    #[error("a text in an unknown encoding")]
    Charset,
    /// A line of a business card that is no property.
    #[error("a line that is no property")]
    Line,
    /// A business card of a version that is not read.
    #[error("an unknown version")]
    Version,
}

impl Explain for RefusedReason {
    fn code(&self) -> &'static str {
        match self {
            Self::Text(e) => e.code(),
            Self::Account(e) => e.code(),
            Self::Target(e) => e.code(),
            Self::Partner(e) => e.code(),
            Self::Id => "refused-id",
            Self::Kind => "refused-kind",
            Self::Identifier => "refused-identifier",
            Self::Mixed => "refused-mixed",
            Self::Foreign => "refused-foreign",
            Self::NotAccount => "refused-not-account",
            Self::OrderType => "refused-order-type",
            Self::PerhapsRounded => "refused-perhaps-rounded",
            Self::Rounded => "refused-rounded",
            Self::Surplus => "refused-surplus",
            Self::Twice => "refused-twice",
            Self::Charset => "refused-charset",
            Self::Line => "refused-line",
            Self::Version => "refused-version",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Text(e) => e.args(),
            Self::Account(e) => e.args(),
            Self::Target(e) => e.args(),
            Self::Partner(e) => e.args(),
            _ => Vec::new(),
        }
    }
}
