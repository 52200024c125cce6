//! Which manifests are believed.

use chrono::{DateTime, Utc};
use domain::Explain;
use minisign_verify::{PublicKey, Signature};
use protocol::release::{ReleaseFile, ReleaseManifest, SignedRelease};

/// Why a release is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// The connection file names no key, so no release can be believed.
    #[error("the connection file names no release key")]
    NoKey,
    /// The key of the connection file is none.
    #[error("the release key of the connection file cannot be read")]
    Key,
    /// Signed by another key, or changed after signing.
    #[error("the manifest's signature does not hold")]
    Signature,
    /// Not a manifest of a form that we know.
    #[error("the manifest cannot be read")]
    Form,
    /// Older than one that we have seen: somebody wants us to go back.
    #[error("manifest {found} is older than {seen}, which was seen before")]
    Rollback {
        /// The newest serial seen.
        seen: u64,
        /// The one offered now.
        found: u64,
    },
    /// Past its end: somebody may be keeping newer ones from us.
    #[error("the manifest expired at {0}")]
    Expired(DateTime<Utc>),
    /// The release has no file for this system.
    #[error("the release has no file for this system")]
    NoFile,
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
}

impl Explain for ReleaseError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoKey => "release-no-key",
            Self::Key => "release-key",
            Self::Signature => "release-signature",
            Self::Form => "release-form",
            Self::Rollback { .. } => "release-rollback",
            Self::Expired(_) => "release-expired",
            Self::NoFile => "release-no-file",
            Self::Size { .. } => "release-size",
            Self::Hash => "release-hash",
            Self::Start(_) => "release-start",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Expired(at) => vec![("at", at.to_rfc3339())],
            Self::Size { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Self::Start(detail) => vec![("detail", detail.clone())],
            _ => Vec::new(),
        }
    }
}

/// The manifest, if everything about it holds: signature, form, order, time.
///
/// # Errors
/// The first thing that does not hold. Nothing of the bytes is used before the signature was checked.
pub fn believe(
    release: &SignedRelease,
    key: &str,
    newest_seen: u64,
    now: DateTime<Utc>,
) -> Result<ReleaseManifest, ReleaseError> {
    let key = PublicKey::from_base64(key.trim()).map_err(|_| ReleaseError::Key)?;
    let signature = Signature::decode(&release.signature).map_err(|_| ReleaseError::Signature)?;
    key.verify(release.manifest.as_bytes(), &signature, false).map_err(|_| ReleaseError::Signature)?;
    let manifest: ReleaseManifest =
        serde_json::from_str(&release.manifest).map_err(|_| ReleaseError::Form)?;
    let files_fit = manifest.files.values().all(is_plain);
    if manifest.kind != ReleaseManifest::KIND || version(&manifest.version).is_none() || !files_fit {
        return Err(ReleaseError::Form);
    }
    if manifest.serial < newest_seen {
        return Err(ReleaseError::Rollback { seen: newest_seen, found: manifest.serial });
    }
    if now >= manifest.expires {
        return Err(ReleaseError::Expired(manifest.expires));
    }
    Ok(manifest)
}

/// A name that is a file's in our own folder and nothing else, and a hash that is one.
fn is_plain(file: &ReleaseFile) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !file.name.is_empty()
        && file.name.len() <= 100
        && !file.name.starts_with('.')
        && file.name.chars().all(letters)
        && file.sha256.len() == 64
        && file.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// `major.minor.patch` as numbers that compare.
pub fn version(text: &str) -> Option<[u32; 3]> {
    let parts: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
    parts?.try_into().ok()
}
