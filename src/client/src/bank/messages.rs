//! Messages between a customer and the bank, and the one thing that self-administration needs beside its orders.

use chrono::{DateTime, Utc};
use domain::{CustomerId, SecondaryId, User};
use uuid::Uuid;

use super::{Answer, Changes, Cursor, SessionKey};

/// Messages between a customer and the bank.
pub trait Messages: Send + Sync {
    /// Messages new or changed after a cursor, the oldest first.
    fn messages<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<BankMessage>>;
    /// Writes to the bank; idempotent by the message's id.
    fn write<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        id: Uuid,
        text: MessageText,
    ) -> Answer<'a, ()>;
    /// Says that the user has read a message. May be said again.
    fn was_read<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        message: Uuid,
    ) -> Answer<'a, ()>;
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText {
    /// One line.
    pub subject: String,
    /// Plain text with line breaks.
    pub body: String,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankMessage {
    /// The writer's identifier of it.
    pub id: Uuid,
    /// When the bank wrote or got it.
    pub at: DateTime<Utc>,
    /// Who wrote it for the customer; none: the bank.
    pub author: Option<User>,
    /// What it says.
    pub text: MessageText,
    /// Whether the session's user has read it.
    pub read: bool,
}

/// What self-administration needs beside the orders, which go like any other package.
pub trait Administration: Send + Sync {
    /// Has the bank send a one-time code to a secondary identifier.
    fn send_code<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        id: SecondaryId,
    ) -> Answer<'a, ()>;
}
