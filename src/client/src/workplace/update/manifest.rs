//! Which manifests are believed, and why a release is not taken.

use chrono::{DateTime, Utc};
use domain::Explain;
use minisign_verify::{PublicKey, Signature};
use protocol::release::ReleaseManifest;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::bank::{BankError, SignedRelease};

/// Why a release is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// The connection file names no key, so no release can be believed.
    #[error("the connection file names no release key")]
    NoKey,
    /// The key of the connection file is none.
    #[error("the release key of the connection file cannot be read")]
    Key,
    /// The administrator lets the program not update itself.
    #[error("the policy of this machine switches updates off")]
    Off,
    /// The bank hands out no release.
    #[error("the bank hands out no release")]
    NoRelease,
    /// The bank hands out no release, and did before.
    #[error("the bank hands out no release although it did before")]
    Withheld,
    /// Signed by another key, or changed after signing.
    #[error("the manifest's signature does not hold")]
    Signature,
    /// Not a manifest of a form that we know.
    #[error("the manifest cannot be read: {0}")]
    Form(String),
    /// Older than one that we have seen: somebody wants us to go back.
    #[error("manifest {found} is older than {seen}, which was seen before")]
    Rollback {
        /// The newest serial seen.
        seen: u64,
        /// The one offered now.
        found: u64,
    },
    /// Another manifest with the serial of the one that we have seen: one of the two is not for us.
    #[error("two manifests have the serial {0}")]
    SerialUsed(u64),
    /// Past its end: somebody may be keeping newer ones from us.
    #[error("the manifest expired at {0}")]
    Expired(DateTime<Utc>),
    /// The bank speaks of a newer version than the signed manifest offers.
    #[error("the manifest offers {offered}, the bank speaks of {wanted}")]
    Behind {
        /// The version that the bank speaks of.
        wanted: String,
        /// The manifest's.
        offered: String,
    },
    /// The release has no file for this system.
    #[error("the release has no file for this system")]
    NoFile,
    /// The connection ended in the middle of the file.
    #[error("the download broke off: {0}")]
    Broken(BankError),
    /// The file is longer or shorter than the manifest says.
    #[error("the file has {found} bytes and should have {expected}")]
    Size {
        /// As the manifest says.
        expected: u64,
        /// As it came.
        found: u64,
    },
    /// The file is another one than the manifest names.
    #[error("the file's SHA-256 is not the manifest's")]
    Hash,
    /// The installer could not be started.
    #[error("the installer does not start: {0}")]
    Start(String),
    /// The bank could not be asked.
    #[error(transparent)]
    Bank(#[from] BankError),
}

impl ReleaseError {
    /// Whether somebody may be meddling with releases: worth a word even where this program is the newest known.
    pub fn is_suspicious(&self) -> bool {
        matches!(
            self,
            Self::Key
                | Self::Withheld
                | Self::Signature
                | Self::Form(_)
                | Self::Rollback { .. }
                | Self::SerialUsed(_)
                | Self::Expired(_)
        )
    }
}

impl Explain for ReleaseError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoKey => "release-no-key",
            Self::Key => "release-key",
            Self::Off => "release-off",
            Self::NoRelease => "release-unknown",
            Self::Withheld => "release-withheld",
            Self::Signature => "release-signature",
            Self::Form(_) => "release-form",
            Self::Rollback { .. } => "release-rollback",
            Self::SerialUsed(_) => "release-serial-used",
            Self::Expired(_) => "release-expired",
            Self::Behind { .. } => "release-behind",
            Self::NoFile => "release-no-file",
            Self::Broken(_) => "release-broken",
            Self::Size { .. } => "release-size",
            Self::Hash => "release-hash",
            Self::Start(_) => "release-start",
            Self::Bank(error) => error.code(),
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Expired(at) => vec![("at", at.format("%Y-%m-%d %H:%M UTC").to_string())],
            Self::Behind { wanted, offered } => {
                vec![("wanted", wanted.clone()), ("offered", offered.clone())]
            }
            Self::Size { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Self::Start(detail) => vec![("detail", detail.clone())],
            Self::Broken(error) => vec![("detail", error.to_string())],
            Self::Bank(error) => error.args(),
            _ => Vec::new(),
        }
    }
}

/// The newest manifest that was believed: later ones must not be older. Counts for its key only, because another key
/// begins its serials anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The key that signed it.
    pub key: String,
    /// Its serial.
    pub serial: u64,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
}

/// The manifest, if everything about it holds, in this order: signature, form, order, time; and what is to be
/// remembered of it.
///
/// # Errors
/// The first thing that does not hold. Nothing of the bytes is used before the signature was checked.
pub fn believe(
    release: &SignedRelease,
    key: &str,
    seen: Option<&Seen>,
    now: DateTime<Utc>,
) -> Result<(ReleaseManifest, Seen), ReleaseError> {
    let key = key.trim();
    let public = PublicKey::from_base64(key).map_err(|_| ReleaseError::Key)?;
    let signature = Signature::decode(&release.signature).map_err(|_| ReleaseError::Signature)?;
    public.verify(release.manifest.as_bytes(), &signature, false).map_err(|_| ReleaseError::Signature)?;
    let manifest =
        ReleaseManifest::parse(&release.manifest).map_err(|e| ReleaseError::Form(e.to_string()))?;
    let sha256 = hex::encode(Sha256::digest(&release.manifest));
    if let Some(seen) = seen.filter(|seen| seen.key == key) {
        if manifest.serial < seen.serial {
            return Err(ReleaseError::Rollback { seen: seen.serial, found: manifest.serial });
        }
        if manifest.serial == seen.serial && sha256 != seen.sha256 {
            return Err(ReleaseError::SerialUsed(seen.serial));
        }
    }
    if now >= manifest.expires {
        return Err(ReleaseError::Expired(manifest.expires));
    }
    let seen = Seen { key: key.to_owned(), serial: manifest.serial, sha256 };
    Ok((manifest, seen))
}
