//! Messages between a customer and the bank.

use chrono::{DateTime, Utc};
use domain::User;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Cursor, schema};

/// Longest subject, in characters.
pub const MAX_SUBJECT: usize = 120;
/// Longest text, in characters.
pub const MAX_BODY: usize = 4000;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// The writer's identifier of it.
    pub id: Uuid,
    /// When the bank wrote or got it.
    pub at: DateTime<Utc>,
    /// Who wrote it for the customer; none: the bank.
    #[schema(value_type = Option<schema::User>)]
    pub author: Option<User>,
    /// One line.
    pub subject: String,
    /// Plain text with line breaks.
    pub body: String,
    /// Whether the session's user has read it.
    pub read: bool,
}

/// Messages new or changed after a cursor, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessagePage {
    /// The messages.
    pub messages: Vec<Message>,
    /// Where to go on, also when nothing was new.
    pub next: Cursor,
    /// Whether more waits right now.
    pub more: bool,
}

/// Writes to the bank; the same id again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WriteMessage {
    /// The client's identifier of the message.
    pub id: Uuid,
    /// One line, 1 to [`MAX_SUBJECT`] characters.
    pub subject: String,
    /// 1 to [`MAX_BODY`] characters.
    pub body: String,
}
