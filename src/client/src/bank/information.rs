//! The bank's rules, told by itself.

use chrono::{DateTime, Utc};
use domain::{BankDirectory, BankProfile, Calendar};
use serde::{Deserialize, Serialize};

use super::Answer;

/// What the bank tells everybody.
pub trait Information: Send + Sync {
    /// Its rules and whereabouts.
    fn info(&self) -> Answer<'_, BankInfo>;
}

/// The bank's rules and whereabouts. Kept in the store, so that everything can be judged without a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankInfo {
    /// Time of the bank's clock; all its decisions go by it.
    pub server_time: DateTime<Utc>,
    /// IANA name of the zone in which the profile's times are meant.
    pub time_zone: String,
    /// The bank's rules.
    pub profile: BankProfile,
    /// Banking days.
    pub calendar: Calendar,
    /// Names of the country's banks by the first digits of account numbers.
    pub banks: BankDirectory,
    /// Which versions of this program the bank takes.
    pub client: ProgramVersions,
}

/// Versions of the program, as `major.minor.patch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramVersions {
    /// Older ones are refused at login.
    pub minimum: String,
    /// The newest that the bank knows.
    pub latest: String,
}
