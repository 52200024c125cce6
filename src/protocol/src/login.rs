//! Login by signed challenge, and what a session may do.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::{AuthorityTable, Customer, User, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Base64Bytes, schema};

/// Asks for a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChallengeRequest {
    /// Who will log in, from the login certificate.
    #[schema(value_type = String)]
    pub user: UserId,
}

/// 32 bytes that nobody can guess, good for one login within a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Challenge {
    /// The bytes.
    pub challenge: Base64Bytes,
    /// After this moment of the bank's clock it is worth nothing.
    pub expires: DateTime<Utc>,
    /// Time of the bank's clock, so that a client can warn of its own being wrong.
    pub server_time: DateTime<Utc>,
}

/// The signed answer to a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoginRequest {
    /// Exact bytes of the [`crate::LoginStatement`].
    pub statement: Base64Bytes,
    /// CMS file (DER, detached) over them, by the token's authentication key.
    pub signature: Base64Bytes,
}

/// The session's secret; never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct SessionToken(pub String);

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(hidden)")
    }
}

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Goes into the `Authorization` header of every further call, after `Bearer `.
    pub token: SessionToken,
    /// Ends at this moment at the latest, by the bank's clock.
    pub expires: DateTime<Utc>,
    /// Ends after so many seconds without a call.
    pub idle_seconds: u32,
    /// Who is logged in.
    #[schema(value_type = schema::User)]
    pub user: User,
    /// The login before this one, to show: a stranger's login would stand here.
    pub last_login: Option<DateTime<Utc>>,
    /// Every customer for whom the user may do anything, with all rights.
    pub customers: Vec<CustomerAccess>,
}

/// A customer and who may do what for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CustomerAccess {
    /// The customer.
    #[schema(value_type = schema::Customer)]
    pub customer: Customer,
    /// Rights and signing rules of all its users: the client needs them to know whose signature is missing.
    #[schema(value_type = schema::AuthorityTable)]
    pub authority: AuthorityTable,
}
