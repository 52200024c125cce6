//! Logging in, and what a session may do.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::{AuthorityTable, Customer, CustomerId, User, UserId};
use token::TokenKind;

use super::Answer;

/// Logging in with a token's authentication key.
pub trait Login: Send + Sync {
    /// What is to be signed to log in now.
    fn question(&self, who: LoginAs) -> Answer<'_, LoginQuestion>;
    /// Opens a session by the question's exact bytes and the signature (CMS, detached) over them.
    fn log_in(&self, statement: Vec<u8>, signature: Vec<u8>) -> Answer<'_, Session>;
    /// Ends it.
    fn log_out<'a>(&'a self, session: &'a SessionKey) -> Answer<'a, ()>;
    /// The customer and its authority table today.
    fn access<'a>(&'a self, session: &'a SessionKey, customer: &'a CustomerId) -> Answer<'a, Access>;
}

/// Who wants to log in, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginAs {
    /// The user that the login certificate names.
    pub user: UserId,
    /// What holds the keys.
    pub device: TokenKind,
    /// Name and version of this program.
    pub program: String,
}

/// What is to be signed, good for one login within a short time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginQuestion {
    /// The exact bytes.
    pub statement: Vec<u8>,
    /// Time of the bank's clock.
    pub bank_time: DateTime<Utc>,
}

/// The session's secret; never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey(pub String);

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(hidden)")
    }
}

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Goes with every further call.
    pub key: SessionKey,
    /// Ends at this moment at the latest, by the bank's clock.
    pub expires: DateTime<Utc>,
    /// Who is logged in.
    pub user: User,
    /// The login before this one, to show: a stranger's login would stand here.
    pub last_login: Option<DateTime<Utc>>,
    /// Every customer for whom the user may do anything, with all rights.
    pub customers: Vec<Access>,
}

/// A customer and who may do what for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The customer.
    pub customer: Customer,
    /// Rights and signing rules of all its users: the client needs them to know whose signature is missing.
    pub authority: AuthorityTable,
}
