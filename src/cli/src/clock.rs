//! Moments as people of the language read them, by the one clock that the window shows, too.

use chrono::{DateTime, Local, Utc};
use client::{Client, Rules, texts};
use domain::format;

/// The bank's clock; this machine's before the bank is known.
pub struct Clock(Option<Rules>);

impl Clock {
    /// The clock of the client's bank.
    pub async fn of(client: &Client) -> Self {
        // Without rules there is no bank's clock; whatever else is wrong, the command itself says.
        Self(client.rules().await.ok())
    }

    /// Day and time.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        let local =
            self.0.as_ref().map_or_else(|| at.with_timezone(&Local).naive_local(), |rules| rules.local(at));
        format::moment(texts::language(), local)
    }
}
