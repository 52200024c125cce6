//! Releases of this program.

use futures_util::stream::BoxStream;

use super::{Answer, BankError};

/// Releases of this program that the bank hands out.
pub trait Releases: Send + Sync {
    /// The newest one; `None`: the bank hands out none.
    fn release(&self) -> Answer<'_, Option<SignedRelease>>;
    /// The bytes of a release's file, as they come.
    fn file<'a>(&'a self, name: &'a str) -> Answer<'a, BoxStream<'static, Result<Vec<u8>, BankError>>>;
}

/// A release's manifest with its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRelease {
    /// The manifest, byte by byte as it was signed.
    pub manifest: String,
    /// The minisign signature file's text.
    pub signature: String,
}
