//! The connection file ("kapcsolatfájl"): what a bank hands to its customers so that a client can find
//! and trust it. TOML on disk; each side reads it with its own means.

use serde::{Deserialize, Serialize};

/// How to reach one bank, and whom to believe there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectionFile {
    /// Short stable name of the bank, the same as its profile's.
    pub bank_id: String,
    /// Name to show.
    pub bank_name: String,
    /// `https://host[:port]`, without a path and without a slash at the end: also the origin that the
    /// login statement names.
    pub base_url: String,
    /// The bank's TLS authority, PEM. No other authority is accepted for this bank.
    pub ca_pem: String,
    /// Authority of the certificates that sign receipts, PEM; receipts of any other signer are no receipts.
    pub receipt_ca_pem: String,
    /// Key of the releases that the bank hands out ([`crate::release`]): a minisign public key, base64. Without it
    /// the program is never updated from this bank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_key: Option<String>,
}
