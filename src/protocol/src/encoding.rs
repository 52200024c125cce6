//! Bytes inside JSON, and the crate's one error.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Explain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Exact bytes, as standard base64 with padding in JSON.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, format = Byte)]
pub struct Base64Bytes(pub Vec<u8>);

/// What arrived is not what the protocol says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// Not base64 with padding.
    #[error("not base64")]
    Base64,
    /// Not a login statement, or not written in its one canonical form.
    #[error("not a canonical login statement")]
    Statement,
    /// The receipt's signed bytes are no receipt.
    #[error("the receipt's body cannot be read")]
    Receipt,
    /// Not a renewal document, or not written in its one canonical form.
    #[error("not a canonical renewal document")]
    Renewal,
    /// A cursor that no bank gave.
    #[error("not a cursor")]
    Cursor,
}

impl Explain for ProtocolError {
    fn code(&self) -> &'static str {
        match self {
            Self::Base64 => "protocol-base64",
            Self::Statement => "protocol-login-statement",
            Self::Receipt => "protocol-receipt",
            Self::Renewal => "protocol-renewal",
            Self::Cursor => "protocol-cursor",
        }
    }
}

impl Base64Bytes {
    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl TryFrom<String> for Base64Bytes {
    type Error = ProtocolError;
    fn try_from(text: String) -> Result<Self, ProtocolError> {
        STANDARD.decode(text).map(Self).map_err(|_| ProtocolError::Base64)
    }
}

impl From<Base64Bytes> for String {
    fn from(bytes: Base64Bytes) -> String {
        STANDARD.encode(bytes.0)
    }
}

impl fmt::Debug for Base64Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64Bytes({} bytes)", self.0.len())
    }
}
