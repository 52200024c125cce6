//! Which token is used, and what is known of it.

use std::path::PathBuf;

use crate::{Result, TokenError, TokenInfo, TokenKind};

/// Which token the program uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenConfig {
    /// A card over PC/SC, in the reader of this name or in any.
    Pcsc {
        /// Exact reader name.
        reader: Option<String>,
    },
    /// The key file at this path.
    Software(PathBuf),
    /// A token behind a vendor's PKCS#11 module.
    Pkcs11 {
        /// The module's full path.
        module: PathBuf,
        /// Label or serial number of the token; the first with certificates when `None`.
        token: Option<String>,
    },
    /// None.
    None,
}

impl TokenConfig {
    pub(crate) fn is_watched(&self) -> bool {
        matches!(self, Self::Pcsc { .. } | Self::Pkcs11 { .. })
    }
}

/// A reader as the smart card service lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderSeen {
    /// Its name.
    pub name: String,
    /// A card is in it.
    pub has_card: bool,
}

/// What is plugged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenStatus {
    /// Not looked yet.
    Starting,
    /// No token is configured.
    NotConfigured,
    /// The smart card service does not run.
    NoService,
    /// No reader.
    NoReader,
    /// The reader is empty.
    NoCard,
    /// A card of an unknown kind.
    ForeignCard,
    /// A card that can be used.
    Present(TokenInfo),
    /// A card or key file whose PIN is blocked.
    Blocked(TokenInfo),
    /// A key file that can be used.
    Software(TokenInfo),
    /// Anything else that keeps the token from use.
    Failed(TokenError),
}

impl TokenStatus {
    /// What is known of the token, when one is there.
    pub fn info(&self) -> Option<&TokenInfo> {
        match self {
            Self::Present(info) | Self::Blocked(info) | Self::Software(info) => Some(info),
            _ => None,
        }
    }

    pub(crate) fn of(result: &Result<TokenInfo>) -> Self {
        match result {
            Ok(info) if info.tries_left == Some(0) => Self::Blocked(info.clone()),
            Ok(info) if info.kind == TokenKind::Software => Self::Software(info.clone()),
            Ok(info) => Self::Present(info.clone()),
            Err(TokenError::NotConfigured) => Self::NotConfigured,
            Err(TokenError::NoService) => Self::NoService,
            Err(TokenError::NoReader) => Self::NoReader,
            Err(TokenError::NoCard | TokenError::Removed) => Self::NoCard,
            Err(TokenError::ForeignCard) => Self::ForeignCard,
            Err(error) => Self::Failed(error.clone()),
        }
    }
}
