//! The bank's wire protocol, version 1: what client and bank say to each other under `/api/v1`.
//!
//! JSON for the talk, the package document (XML) for money, CMS for signatures, problem documents
//! (RFC 9457) for refusals. Only types live here: no I/O, no clock, no HTTP library, so that the same
//! types serve the client, the reference bank and a bank's own gateway. Values are the domain's; the
//! OpenAPI document is generated from the same types by [`openapi`].

#![warn(missing_docs)]

pub mod accounts;
pub mod connection;
pub mod cursor;
pub mod encoding;
pub mod endpoints;
pub mod events;
pub mod login;
mod login_statement;
pub mod messages;
mod openapi;
pub mod packages;
pub mod problem;
pub mod public;
mod reason;
pub mod release;
pub mod renewal;
mod schema;
pub mod secondary;
pub mod shared;
mod shared_schema;

pub use accounts::{AccountInfo, AccountList, AccountStatus, Transaction, TransactionKind, TransactionPage};
pub use connection::ConnectionFile;
pub use cursor::Cursor;
pub use domain::submission::ItemState;
pub use encoding::{Base64Bytes, ProtocolError};
pub use events::Event;
pub use login::{Challenge, ChallengeRequest, CustomerAccess, LoginRequest, Session, SessionToken};
pub use login_statement::{LOGIN_PREFIX, LoginDevice, LoginStatement};
pub use messages::{Message, MessagePage, WriteMessage};
pub use openapi::openapi;
pub use packages::{
    ItemStatus, PackageChanges, PackageStatus, ReceiptBody, ReceivedState, SignedReceipt, SubmitPackage,
};
pub use problem::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};
pub use public::{ClientPolicy, ServerInfo, Trust};
pub use reason::RejectReason;
pub use renewal::{RENEWAL_PREFIX, RenewalAnswer, RenewalDocument, RenewalRequest};
pub use secondary::{SecondaryIdAnswer, SecondaryIdQuestion};
pub use shared::{
    Channel, Hand, SharePackage, SharedContent, SharedList, SharedPackage, SharedState, TakePackage,
    WithdrawPackage,
};

/// Version of this protocol; stands in the paths as `v1`.
pub const PROTOCOL_VERSION: u32 = 1;

/// Name of the session's header; its value is `Bearer <token>`.
pub const SESSION_HEADER: &str = "authorization";

/// Largest request body that the bank takes, in bytes; a package of 10,000 orders needs about 10 million in base64.
pub const MAX_BODY_BYTES: usize = 32 << 20;
