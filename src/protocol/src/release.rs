//! Releases of the client program: one signed manifest that names the newest version and its files.
//!
//! A single manifest signed by one key (minisign, Ed25519) does what the client needs of The Update Framework
//! with one role: its `serial` rises with every signing, so that an old manifest is known as old (rollback); it
//! expires, so that withholding new ones is noticed (freeze); and it names every file by size and SHA-256, so that
//! files of different releases are never mixed. The key comes with the connection file, from the bank that hands
//! out the program, and is changed the same way; TUF's further roles would need four keys at every bank for it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The newest release. Its exact bytes are signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseManifest {
    /// Always [`ReleaseManifest::KIND`]: keeps the signature from passing for anything else.
    pub kind: String,
    /// Rises with every manifest that is signed.
    pub serial: u64,
    /// From this moment on the manifest says nothing any more.
    pub expires: DateTime<Utc>,
    /// Version of the program, `major.minor.patch`.
    pub version: String,
    /// Day of the release.
    pub released: NaiveDate,
    /// What is new, one line each, by language (`hu`, `en`).
    pub notes: BTreeMap<String, Vec<String>>,
    /// Files by target, for instance `windows-x86_64`.
    pub files: BTreeMap<String, ReleaseFile>,
}

impl ReleaseManifest {
    /// What [`ReleaseManifest::kind`] says.
    pub const KIND: &'static str = "kapocs-release-v1";
}

/// One file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseFile {
    /// Its name: letters, digits, dots and dashes, no folder.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// A manifest with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedRelease {
    /// JSON of a [`ReleaseManifest`], byte by byte as it was signed.
    pub manifest: String,
    /// The minisign signature file's text.
    pub signature: String,
}
