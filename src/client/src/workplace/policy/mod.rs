//! What the administrator of this machine has set, and no user can undo.
//!
//! | | Windows: `HKLM\Software\Policies\Kapocs` | Linux: `/etc/kapocs/policy.toml` |
//! | --- | --- | --- |
//! | authorities that banks may have, SHA-256 of each certificate | `BankCaSha256` (REG_MULTI_SZ) | `bank_ca_sha256 = ["…"]` |
//! | connection file that is taken at the first start | `ConnectionFile` (REG_SZ) | `connection_file = "…"` |
//! | whether the program updates itself | `Updates` (REG_DWORD, 0 or 1) | `updates = true` |
//!
//! Windows lets only administrators write there; a folder in `ProgramData` could be made by any user before the
//! administrator makes it. On Linux the file and its folder must be root's and writable by nobody else. No variable
//! and no switch names another place. A policy that cannot be read or understood is an error ([`PolicyError`]): the
//! program then talks to no bank, because it cannot know what it was forbidden.

mod system;

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::Explain;
use protocol::ConnectionFile;
use serde::Deserialize;
use signature::Certificate;

pub use system::PLACE;
#[cfg(unix)]
pub use system::read_file;

/// What the administrator has set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Where it stands; nothing when nothing is set.
    pub place: Option<String>,
    /// SHA-256 of the certificates of the authorities that banks may have; any when absent.
    pub bank_cas: Option<BTreeSet<[u8; 32]>>,
    /// Connection file that is taken at the first start instead of asking.
    pub connection_file: Option<PathBuf>,
    /// Whether the program may update itself.
    pub updates: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self { place: None, bank_cas: None, connection_file: None, updates: true }
    }
}

/// Why no bank is talked to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The policy is there and cannot be read.
    #[error("the policy at {place} cannot be read: {reason}")]
    Unreadable {
        /// Where it stands.
        place: String,
        /// The system's words.
        reason: String,
    },
    /// Somebody other than the administrator may change it.
    #[error("{place} can be changed by others than the administrator")]
    Unprotected {
        /// What.
        place: String,
    },
    /// It is no policy.
    #[error("the policy at {place} is not valid: {detail}")]
    Form {
        /// Where it stands.
        place: String,
        /// What is wrong.
        detail: String,
    },
    /// The bank's authority is none that the policy names.
    #[error("the policy does not allow the authority {fingerprint}")]
    Authority {
        /// SHA-256 of its certificate, lower-case hex.
        fingerprint: String,
    },
}

impl Explain for PolicyError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "policy-unreadable",
            Self::Unprotected { .. } => "policy-unprotected",
            Self::Form { .. } => "policy-invalid",
            Self::Authority { .. } => "policy-authority",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable { place, reason } => vec![("place", place.clone()), ("reason", reason.clone())],
            Self::Unprotected { place } => vec![("place", place.clone())],
            Self::Form { place, detail } => vec![("place", place.clone()), ("detail", detail.clone())],
            Self::Authority { fingerprint } => vec![("fingerprint", fingerprint.clone())],
        }
    }
}

/// The policy as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    bank_ca_sha256: Option<Vec<String>>,
    connection_file: Option<PathBuf>,
    updates: Option<bool>,
}

impl Policy {
    /// The policy of this machine.
    ///
    /// # Errors
    /// [`PolicyError`] when there is one that cannot be followed.
    pub fn of_system() -> Result<Self, PolicyError> {
        system::read()
    }

    /// Whether this bank may be talked to: every authority that its connection file names must be one of the policy,
    /// that of its receipts and of people's certificates too.
    ///
    /// # Errors
    /// [`PolicyError::Authority`] with the first that is not.
    pub fn allow(&self, connection: &ConnectionFile) -> Result<(), PolicyError> {
        let Some(allowed) = &self.bank_cas else { return Ok(()) };
        for pem in [&connection.ca_pem, &connection.receipt_ca_pem] {
            // Where no certificate can be read there is none that is allowed.
            let authorities = fingerprints(pem);
            if authorities.is_empty() {
                return Err(PolicyError::Authority { fingerprint: "-".to_owned() });
            }
            if let Some(other) = authorities.iter().find(|authority| !allowed.contains(*authority)) {
                return Err(PolicyError::Authority { fingerprint: hex::encode(other) });
            }
        }
        Ok(())
    }

    fn of_written(place: &str, written: Written) -> Result<Self, PolicyError> {
        let form = |detail: &str| PolicyError::Form { place: place.to_owned(), detail: detail.to_owned() };
        let bank_cas = match written.bank_ca_sha256 {
            None => None,
            Some(list) if list.is_empty() => return Err(form("bank_ca_sha256 is empty")),
            Some(list) => Some(
                list.iter()
                    .map(|text| fingerprint(text).ok_or_else(|| form(&format!("not a SHA-256: {text}"))))
                    .collect::<Result<_, _>>()?,
            ),
        };
        if written.connection_file.as_ref().is_some_and(|path| !path.is_absolute()) {
            return Err(form("connection_file is not an absolute path"));
        }
        Ok(Self {
            place: Some(place.to_owned()),
            bank_cas,
            connection_file: written.connection_file,
            updates: written.updates.unwrap_or(true),
        })
    }

    #[cfg_attr(windows, allow(dead_code))]
    fn of_toml(place: &str, content: &str) -> Result<Self, PolicyError> {
        let written = toml::from_str(content).map_err(|error| PolicyError::Form {
            place: place.to_owned(),
            detail: error.message().to_owned(),
        })?;
        Self::of_written(place, written)
    }
}

/// SHA-256 of each certificate of a PEM text; of none if one cannot be read.
#[must_use]
pub fn fingerprints(pem: &str) -> Vec<[u8; 32]> {
    Certificate::all_from_pem(pem)
        .map(|all| all.iter().map(Certificate::fingerprint).collect())
        .unwrap_or_default()
}

/// 64 hexadecimal digits, also in pairs with colons between them, as openssl and Windows print them.
fn fingerprint(text: &str) -> Option<[u8; 32]> {
    let digits: String = text.chars().filter(|c| !matches!(c, ':' | ' ')).collect();
    hex::decode(digits).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests;
