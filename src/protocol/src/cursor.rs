//! Cursors: where a reader stands in the bank's changes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ProtocolError;

/// Opaque to the client: it stores the last one that it got and sends it back. It never skips: whoever
/// reads from a cursor gets every later change at least once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor that stands after the bank's `sequence`-th change; only banks make cursors.
    pub fn after(sequence: u64) -> Self {
        Self(format!("c{sequence}"))
    }

    /// The bank's reading of a cursor that it gave.
    ///
    /// # Errors
    /// [`ProtocolError::Cursor`] for a text that [`after`](Self::after) does not make.
    pub fn sequence(&self) -> Result<u64, ProtocolError> {
        self.0.strip_prefix('c').and_then(|n| n.parse().ok()).ok_or(ProtocolError::Cursor)
    }

    /// As it stands in an address or a file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Cursor {
    type Err = ProtocolError;
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if text.is_empty() || text.len() > 200 || !text.chars().all(good) {
            return Err(ProtocolError::Cursor);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Cursor {
    type Error = ProtocolError;
    fn try_from(text: String) -> Result<Self, ProtocolError> {
        text.parse()
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> String {
        cursor.0
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
