//! What can go wrong in a use case; every variant a person can meet has a code and a text in `locales/`.

use crate::connection::choice_error::ChoiceError;
use crate::handover::file_error::PackageFileError;
use crate::orders::import::error::ImportError;
use crate::partners::files::error::PartnerFileError;
use crate::reasons::{CertificateProblem, ReceiptProblem, SharedDamage};
use crate::token::renewal_state::RenewalState;
use crate::workplace::texts;
use domain::authority::SigningStatus;
use domain::package::Refusal;
use domain::pin::PinRule;
use domain::target::TargetError;
use domain::text::TextError;
use domain::unblock::UnblockProblem;
use domain::{AdminError, Explain, FieldError};
use formats::FormatError;
use signature::SignatureError;
use store::StoreError;
use token::TokenError;

use crate::bank::{BankError, NotOffered};
use crate::workplace::folders::FolderError;
use crate::workplace::policy::PolicyError;
use crate::workplace::update::ReleaseError;

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, ClientError>;

/// Why a use case did not do what was asked. What was stored before stays stored.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The local database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The token.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The bank or the way to it.
    #[error(transparent)]
    Bank(#[from] BankError),
    /// Making or verifying a signature.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The folder of the data.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The administrator's policy.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A release of the program.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A file or a package document.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The package's state does not allow it.
    #[error(transparent)]
    Package(#[from] Refusal),
    /// The order's fields are not right yet.
    #[error("{} fields must be mended", .0.len())]
    Fields(Vec<FieldError>),
    /// No bank has been connected to this store.
    #[error("no bank is connected")]
    NoBank,
    /// The connection does not offer that.
    #[error(transparent)]
    NotOffered(#[from] NotOffered),
    /// The bank's rules have not been fetched yet.
    #[error("the bank's rules are not known yet")]
    NoRules,
    /// The bank takes this version of the program no more.
    #[error("the bank takes no program older than {minimum}")]
    Outdated {
        /// The oldest that it takes.
        minimum: String,
    },
    /// Nobody is logged in.
    #[error("not logged in")]
    NotLoggedIn,
    /// The user has no customer at this bank.
    #[error("the user has no customer")]
    NoCustomer,
    /// No such partner, template, package or order.
    #[error("not found")]
    NotFound,
    /// No partner or template of that name.
    #[error("nothing is named {asked}")]
    NothingNamed {
        /// What was asked for.
        asked: String,
    },
    /// More than one partner or template that the name may mean.
    #[error("{count} are named like {asked}")]
    SeveralNamed {
        /// What was asked for.
        asked: String,
        /// Names of the first of them.
        names: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// The template starts orders of another type than the one asked for.
    #[error("the template {name} is of type {code}")]
    TemplateOfAnotherType {
        /// The template's name.
        name: String,
        /// Code of its type.
        code: &'static str,
    },
    /// The token's certificate is missing, expired or names no user.
    #[error("the token's certificate cannot be used: {0}")]
    Certificate(CertificateProblem),
    /// The user may not sign for this package.
    #[error("the user may not sign this package")]
    MayNotSign,
    /// The user has no right to record on the package's accounts.
    #[error("the user may not record on these accounts")]
    MayNotRecord,
    /// The user has no right to record or sign on the package's accounts.
    #[error("the user has no right on these accounts")]
    MayNotHandle,
    /// The user has signed this package already.
    #[error("the user has signed this package already")]
    SignedAlready,
    /// The refused orders of the package stand in another one again.
    #[error("the refused orders have been recorded again already")]
    RecordedAgain,
    /// The package changed after the sheet was shown; nothing was signed.
    #[error("the package changed after it was shown")]
    ChangedSinceShown,
    /// The package has no orders.
    #[error("the package is empty")]
    EmptyPackage,
    /// The self-administration order cannot take effect.
    #[error(transparent)]
    Administration(#[from] AdminError),
    /// A message needs a subject and a text.
    #[error("the message is empty")]
    MessageEmpty,
    /// The bank takes no message that long.
    #[error("{found} characters, at most {max} are possible")]
    MessageTooLong {
        /// Characters that the bank takes.
        max: usize,
        /// Characters found.
        found: usize,
    },
    /// What was given is no identifier that accounts are known by.
    #[error(transparent)]
    Identifier(#[from] TargetError),
    /// The order does not fit the chosen package's header.
    #[error("the order belongs to another package")]
    OtherHeader,
    /// More orders than the bank takes in one package.
    #[error("a package takes at most {max} orders")]
    TooManyOrders {
        /// Orders that the bank takes.
        max: u32,
    },
    /// The signatures are not enough.
    #[error("{} of {} signatures", .0.have, .0.need)]
    SignaturesMissing(SigningStatus),
    /// The new PIN breaks these rules; the token has not seen it.
    #[error("the new PIN breaks {} rules", .0.len())]
    PinRule(Vec<PinRule>),
    /// The new PIN was typed differently the second time; nothing was sent.
    #[error("the two new PINs differ")]
    PinsDiffer,
    /// The token has a PIN already: it is changed, not set.
    #[error("the token has a PIN already")]
    PinSetAlready,
    /// The typed Code is none; the token has not seen it.
    #[error("the Code is not right: {0}")]
    UnblockCode(#[from] UnblockProblem),
    /// The bank takes no software tokens. No PIN was asked for or sent.
    #[error("the bank takes no software tokens")]
    SoftwareTokenForbidden,
    /// The bank lets nobody record or change orders without a login.
    #[error("recording needs a login at this bank")]
    LoginNeededToRecord,
    /// The bank lets nobody look at recorded data without a login.
    #[error("viewing needs a login at this bank")]
    LoginNeededToView,
    /// One of the packages to sign cannot be signed; none was, and no PIN was sent.
    #[error("{name} cannot be signed: {why}")]
    NotSignable {
        /// The package's name.
        name: String,
        /// Why.
        why: Box<ClientError>,
    },
    /// The certificates cannot be renewed now; the state says why.
    #[error("the certificates cannot be renewed: {}", .0.name())]
    Renewal(RenewalState),
    /// The bank's receipt does not prove what it should.
    #[error("the bank's receipt is not valid: {0}")]
    Receipt(ReceiptProblem),
    /// Somebody else was faster at the shared area.
    #[error("{user} took the package over at {at}")]
    SharedTakenBy {
        /// Who.
        user: String,
        /// Through which door.
        channel: domain::shared::Channel,
        /// When, in the bank's local time.
        at: chrono::NaiveDateTime,
    },
    /// The bank's answer to what was asked about the package before is awaited.
    #[error("an answer about the package is awaited")]
    SharedAwaited,
    /// A copy of the package is open here.
    #[error("the package is here already")]
    SharedCopyHere,
    /// An order of the package stands in another package here.
    #[error("an order of the package stands in another package here")]
    SharedOrderHere,
    /// The package debits an account that another bank or customer of this store calls its own.
    #[error("the account {0} is another customer's here")]
    SharedAccountElsewhere(domain::AccountNumber),
    /// What came from the shared area is not what the bank says of it.
    #[error("the package from the shared area is damaged: {0}")]
    SharedDamaged(SharedDamage),
    /// The connection file cannot be read.
    #[error("the connection file cannot be read: {0}")]
    ConnectionFile(String),
    /// It is not clear which bank or customer is meant.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// The connection is paused or put away, so its bank is left alone.
    #[error("the connection is paused")]
    ConnectionPaused,
    /// An import cannot be taken.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A package does not go through a package file.
    #[error(transparent)]
    PackageFile(#[from] PackageFileError),
    /// Records of a file of partners cannot be taken.
    #[error(transparent)]
    PartnerFile(#[from] PartnerFileError),
    /// That cannot be the name of a package.
    #[error("the package's name: {0}")]
    PackageName(TextError),
    /// A file cannot be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// A file of that name is there already and was not to be replaced.
    #[error("{0} exists already")]
    FileExists(String),
    /// The demo could not be started.
    #[error("the demo cannot be started: {0}")]
    Demo(String),
    /// A defect of the program: a background task ended without an answer.
    #[error("a background task ended without an answer")]
    Internal,
}

impl Explain for ClientError {
    fn code(&self) -> &'static str {
        match self {
            Self::Store(e) => e.code(),
            Self::Token(e) => e.code(),
            Self::Bank(e) => e.code(),
            Self::Signature(e) => e.code(),
            Self::Folder(e) => e.code(),
            Self::Policy(e) => e.code(),
            Self::Release(e) => e.code(),
            Self::Format(e) => e.code(),
            Self::Package(e) => e.code(),
            Self::Fields(_) => "fields-wrong",
            Self::NoBank => "no-bank",
            Self::NotOffered(e) => e.code(),
            Self::NoRules => "no-rules",
            Self::Outdated { .. } => "client-outdated",
            Self::NotLoggedIn => "not-logged-in",
            Self::NoCustomer => "no-customer",
            Self::NotFound => "record-not-found",
            Self::TemplateOfAnotherType { .. } => "template-other-type",
            Self::NothingNamed { .. } => "nothing-named",
            Self::SeveralNamed { .. } => "several-named",
            Self::Certificate(CertificateProblem::NotForLogin) => "certificate-not-for-login",
            Self::Certificate(CertificateProblem::NotForSigning) => "certificate-not-for-signing",
            Self::Certificate(_) => "certificate-unusable",
            Self::MayNotSign => "may-not-sign",
            Self::MayNotRecord => "may-not-record",
            Self::MayNotHandle => "may-not-handle",
            Self::SignedAlready => "signed-already",
            Self::RecordedAgain => "recorded-again-already",
            Self::ChangedSinceShown => "changed-since-shown",
            Self::EmptyPackage => "package-empty",
            Self::Administration(e) => e.code(),
            Self::MessageEmpty => "message-empty",
            Self::MessageTooLong { .. } => "message-too-long",
            Self::OtherHeader => "package-other-header",
            Self::TooManyOrders { .. } => "package-too-many-orders",
            Self::SignaturesMissing(_) => "signatures-missing",
            Self::PinRule(_) => "pin-rules",
            Self::PinsDiffer => "pins-differ",
            Self::PinSetAlready => "pin-set-already",
            Self::UnblockCode(e) => e.code(),
            Self::SoftwareTokenForbidden => "software-token-forbidden",
            Self::LoginNeededToRecord => "login-needed-to-record",
            Self::LoginNeededToView => "login-needed-to-view",
            Self::NotSignable { .. } => "package-not-signable",
            Self::Renewal(RenewalState::TooEarly { .. }) => "renewal-not-yet",
            Self::Renewal(RenewalState::TooLate) => "renewal-too-late",
            Self::Renewal(RenewalState::Unsupported) => "renewal-unsupported",
            Self::Renewal(_) => "renewal-impossible",
            Self::Receipt(_) => "receipt-invalid",
            Self::SharedTakenBy { .. } => "shared-taken-by",
            Self::SharedAwaited => "shared-awaited",
            Self::SharedCopyHere => "shared-copy-here",
            Self::SharedOrderHere => "shared-order-here",
            Self::SharedAccountElsewhere(_) => "shared-account-elsewhere",
            Self::SharedDamaged(_) => "shared-damaged",
            Self::ConnectionFile(_) => "connection-file",
            Self::Choice(e) => e.code(),
            Self::ConnectionPaused => "connection-paused",
            Self::Import(e) => e.code(),
            Self::Identifier(e) => e.code(),
            Self::PackageFile(e) => e.code(),
            Self::PartnerFile(e) => e.code(),
            Self::PackageName(_) => "package-name",
            Self::File { .. } => "file-error",
            Self::FileExists(_) => "file-exists",
            Self::Demo(_) => "demo-failed",
            Self::Internal => "internal-error",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Store(e) => e.args(),
            Self::Bank(e) => e.args(),
            Self::Folder(e) => e.args(),
            Self::Policy(e) => e.args(),
            Self::Choice(e) => e.args(),
            Self::NotOffered(e) => e.args(),
            Self::Release(e) => e.args(),
            Self::Format(e) => e.args(),
            Self::Identifier(e) => e.args(),
            Self::Package(e) => e.args(),
            Self::Token(TokenError::PinWrong { left }) => vec![("left", left.to_string())],
            Self::Token(e) => vec![("detail", e.to_string())],
            Self::Signature(e) => vec![("detail", e.to_string())],
            Self::UnblockCode(e) => e.args(),
            Self::PinRule(rules) => {
                let rules: Vec<String> = rules.iter().map(|rule| texts::pin_rule(*rule)).collect();
                vec![("rules", rules.join("; "))]
            }
            Self::NotSignable { name, why } => {
                vec![("name", name.clone()), ("why", texts::explain(&**why))]
            }
            Self::Administration(e) => e.args(),
            Self::MessageTooLong { max, found } => {
                vec![("max", max.to_string()), ("found", found.to_string())]
            }
            Self::Fields(fields) => vec![("count", fields.len().to_string())],
            Self::SharedTakenBy { user, channel, at } => vec![
                ("user", user.clone()),
                ("channel", channel.name().to_owned()),
                ("at", domain::format::moment(texts::language(), *at)),
            ],
            Self::SharedAccountElsewhere(account) => vec![("account", account.to_string())],
            Self::SharedDamaged(what) => vec![("detail", what.to_string())],
            Self::Certificate(why) => vec![("detail", why.to_string())],
            Self::Receipt(why) => vec![("detail", why.to_string())],
            Self::PackageName(why) => vec![("why", texts::explain(why))],
            Self::TooManyOrders { max } => vec![("max", max.to_string())],
            Self::SignaturesMissing(status) => {
                vec![("have", status.have.to_string()), ("need", status.need.to_string())]
            }
            Self::ConnectionFile(detail) | Self::Demo(detail) => vec![("detail", detail.clone())],
            Self::TemplateOfAnotherType { name, code } => {
                vec![("name", name.clone()), ("code", (*code).to_owned())]
            }
            Self::NothingNamed { asked } => vec![("asked", asked.clone())],
            Self::SeveralNamed { asked, names, count } => {
                vec![("asked", asked.clone()), ("names", names.join("; ")), ("count", count.to_string())]
            }
            Self::FileExists(path) => vec![("path", path.clone())],
            Self::File { path, reason } => vec![("path", path.clone()), ("reason", reason.clone())],
            _ => Vec::new(),
        }
    }
}

impl ClientError {
    /// The error for a file that cannot be read or written.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |reason| Self::File { path, reason: reason.to_string() }
    }
}
