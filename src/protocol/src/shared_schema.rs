//! How the domain's words about the shared area look in JSON, for the OpenAPI document only, as [`crate::schema`] does
//! it for the other values.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::schema;

/// Where a handing over stands.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharedState {
    /// Waits to be taken over.
    Waiting,
    /// Somebody took it over.
    TakenOver,
    /// Its owner took it back.
    Withdrawn,
    /// Its day has passed; it is its owner's again.
    Expired,
}

/// Through which door somebody came.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The installed client.
    Client,
    /// The web client.
    Web,
}

/// Who did something, through which door and when.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Hand {
    /// Who.
    user: schema::User,
    /// Through which door.
    channel: Channel,
    /// When, by the bank's clock.
    at: DateTime<Utc>,
}

/// One handing over, without the document.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct SharedPackage {
    /// Its identifier.
    handover: Uuid,
    /// The package.
    package: Uuid,
    /// Whose.
    customer: String,
    /// Name that it was given.
    name: String,
    /// Type of its orders.
    order_type: String,
    /// Number of orders.
    count: u32,
    /// Sum.
    total: schema::Money,
    /// The account that it debits.
    debit_account: schema::AccountNumber,
    /// Day on which it is meant to be sent.
    scheduled: Option<NaiveDate>,
    /// SHA-256 of the document, lower-case hex.
    document_sha256: String,
    /// Who has signed it.
    signers: Vec<schema::User>,
    /// Where it stands.
    state: SharedState,
    /// Who parked it.
    put: Hand,
    /// It stays until this moment.
    expires: DateTime<Utc>,
    /// Who ended its stay, if somebody did.
    ended: Option<Hand>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::schema::agreement::agree;

    #[test]
    fn descriptions_agree_with_the_domain() {
        let hand = |channel| {
            let user = json!({"id": "10000001", "name": "N"});
            json!({"user": user, "channel": channel, "at": "2026-11-21T10:00:00Z"})
        };
        for state in domain::shared::SharedState::ALL {
            agree::<domain::shared::SharedPackage, super::SharedPackage>(json!({
                "handover": "00000000-0000-0000-0000-000000000001",
                "package": "00000000-0000-0000-0000-000000000002", "customer": "20000001", "name": "N",
                "order_type": "HCT", "count": 1, "total": {"amount": "12", "currency": "HUF"},
                "debit_account": "10400023-53656565-85691020", "scheduled": "2026-11-23",
                "document_sha256": "00", "signers": [{"id": "10000001", "name": "N"}], "state": state.name(),
                "put": hand("client"), "expires": "2026-11-22T10:00:00Z", "ended": hand("web"),
            }));
        }
    }
}
