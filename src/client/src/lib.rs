//! What a clerk can do: one module a use case. The window and the command line call these and nothing below.
//!
//! A [`Client`] is a cheap handle on one local store, one token and one bank. Its calls are asynchronous: the
//! store's work runs on blocking threads, the token has its own thread, the bank is asked over the network, so
//! no caller waits on a thread that draws. What happens by itself (events of the bank, a token pulled out)
//! is told through [`Client::changes`].

#![warn(missing_docs)]

mod accounts;
pub mod admin;
pub mod bank;
mod change;
mod client;
mod connection;
mod error;
mod handover;
mod house;
mod messages;
mod open;
mod orders;
mod packages;
mod partners;
mod reasons;
mod state;
mod token;
mod workplace;

pub use self::token::choice::TokenChoice;
pub use self::token::expiry::{CertificateWarning, ExpiryLevel, days_left, expiry};
pub use self::token::fitness::fit;
pub use self::token::life::PinChangeRequest;
pub use self::token::renewal::{RenewalStep, Renewed};
pub use self::token::renewal_state::RenewalState;
pub use ::token::{
    KeyPurpose, Pin, PinForm, PinState, ReaderSeen, TokenConfig, TokenError, TokenInfo, TokenKind,
    TokenProfile, TokenService, TokenStatus, UnblockKind,
};
pub use accounts::balances::AccountRow;
pub use accounts::overview::{Deadlines, Overview, Waiting, WaitingKind};
pub use admin::{AdminChange, AdminLine, AdminOverview};
pub use change::{Change, PackageEnd};
pub use client::{CLIENT_NAME, Client};
pub use connection::choice_error::ChoiceError;
pub use connection::clock::{LockReason, Locked};
pub use connection::connections::{ConnectionLine, CustomerOf, SyncOutcome};
pub use connection::file::connection_file;
pub use connection::kapocs::error::CallError;
pub use connection::kapocs::http::{ChallengeAnswer, HttpBank};
pub use connection::kapocs::{MAX_BODY as MAX_MESSAGE_BODY, MAX_SUBJECT as MAX_MESSAGE_SUBJECT};
pub use connection::session::LoggedIn;
pub use error::{ClientError, Result};
pub use handover::answers::Handed;
pub use handover::area::{SharedLine, SharedLook};
pub use handover::file::PackageFilePreview;
pub use handover::file_error::PackageFileError;
pub use handover::news::{SharedNews, SharedNewsKind};
pub use handover::parked::Taken;
pub use handover::whereabouts::WhereItIs;
pub use messages::ShownMessage;
pub use open::{Options, schema_of_store, store_path};
pub use orders::import::earlier::EarlierImport;
pub use orders::import::error::ImportError;
pub use orders::import::{ImportChoice, ImportReport, ImportedRow, Preview};
pub use orders::payee::PayeeHint;
pub use orders::placing::PackageChoice;
pub use orders::record::{OrderCheck, Saved};
pub use orders::rules::Rules;
pub use packages::attention::{Attention, AttentionKind};
pub use packages::cover::Shortage;
pub use packages::detail::{Action, PackageDetail};
pub use packages::export::ExportFormat;
pub use packages::lists::{ListedPackage, PackageFilter};
pub use packages::outbox::{Pacing, SendOutcome};
pub use packages::plan::{PlannedPackage, PlannedRoute, SendingPlan};
pub use packages::rights::{NotToSign, PackageRights};
pub use packages::routes::ShownOrder;
pub use packages::sent::{SentDetail, SentPackage};
pub use packages::sheet::{ChangesSheet, PaymentsSheet, SheetBody, SheetHead, SigningSheet};
pub use packages::sign::{Signed, SignedMany, SigningProgress};
pub use packages::signatures::ShownSignature;
pub use packages::timeline::{TimelineEntry, TimelineKind};
pub use partners::files::error::PartnerFileError;
pub use partners::files::{
    Changed, Choices, Clash, Compared, Conflict, PartnerChoices, PartnerPreview, PartnersTaken,
    PartnersWritten, Resolution,
};
pub use partners::master::{PartnerDraft, PartnerField, PartnerFieldError, PartnerProblem};
pub use reasons::{CertificateProblem, ReceiptProblem, SharedDamage};
pub use signature::Certificate;
pub use state::Connection;
pub use workplace::audit::NamedEntry;
pub use workplace::{demo, folders, policy, texts, update};

// What the use cases give and take as it is stored, read from files or told by the bank.
pub use domain::shared::{Channel, Hand, MAX_SHARED_DAYS, SharedPackage, SharedState};
pub use formats::electra_xml::ExportWarning;
pub use formats::import::{ImportEnd, Promise, Total};
pub use formats::package_file::EXTENSION as PACKAGE_FILE_EXTENSION;
pub use formats::partners::{
    Adapted, PartnerFile, PartnerFormat, ReadAs, RecordKind, Refused, read as read_partner_file,
};
pub use formats::partners_dat::FILE_NAME as PARTNERS_FILE_NAME;
pub use formats::{Detected, PainVersion};
pub use store::audit::{AuditEntry, AuditEvent};
pub use store::connections::ConnectionState;
pub use store::deed::Deed;
pub use store::history::EarlierPayment;
pub use store::orders::StoredOrder;
pub use store::overview::Counts;
pub use store::transactions::{AccountTransaction, DayBalance, WeekFlow};
pub use store::{Page, SCHEMA_VERSION, StoreError};
