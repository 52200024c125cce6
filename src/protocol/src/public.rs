//! What the bank tells everybody before login.

use chrono::{DateTime, Utc};
use domain::{BankDirectory, BankProfile, Calendar};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema;

/// The bank's rules and whereabouts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServerInfo {
    /// Version of the protocol: 1.
    pub protocol: u32,
    /// Time of the bank's clock; all its decisions go by it.
    pub server_time: DateTime<Utc>,
    /// IANA name of the zone in which the profile's times are meant, for instance `Europe/Budapest`.
    pub time_zone: String,
    /// The bank's rules.
    #[schema(value_type = schema::BankProfile)]
    pub profile: BankProfile,
    /// Banking days.
    #[schema(value_type = schema::Calendar)]
    pub calendar: Calendar,
    /// Names of the country's banks by the first digits of account numbers.
    #[schema(value_type = Vec<schema::BankEntry>)]
    pub banks: BankDirectory,
    /// Which clients the bank takes.
    pub client: ClientPolicy,
    /// Whom the bank names as its authorities.
    pub trust: Trust,
}

/// Versions of the client program, as `major.minor.patch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClientPolicy {
    /// Older ones are refused at login with `client-outdated`.
    pub minimum: String,
    /// The newest that the bank knows.
    pub latest: String,
}

/// The bank's own word on its authorities, to compare with the connection file. Trust comes only from
/// that file, never from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trust {
    /// SHA-256 (lower-case hex) of the authority of servers and users.
    pub ca_sha256: String,
    /// SHA-256 (lower-case hex) of the certificate that signs receipts today.
    pub receipt_signer_sha256: String,
}
