//! Releases of the client program: one signed manifest that names the newest version and its files.
//!
//! A single manifest signed by one key (minisign, Ed25519) does what the client needs of The Update Framework
//! with one role: its `serial` rises with every signing, so that an old manifest is known as old (rollback); it
//! expires, so that withholding new ones is noticed (freeze); and it names every file by size and SHA-256, so that
//! files of different releases are never mixed. The key comes with the connection file, from the bank that hands
//! out the program, and is changed the same way; TUF's further roles would need four keys at every bank for it.
//!
//! Fields that this program does not know are passed over: a later manifest may say more, and an older program must
//! still be able to update by it. What changes the meaning gets another [`ReleaseManifest::KIND`].

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Largest manifest, in bytes; a real one has one or two thousand.
pub const MAX_MANIFEST: usize = 256 << 10;
/// Largest file of a release, in bytes: an installer has tens of megabytes.
pub const MAX_FILE: u64 = 1 << 30;
/// Longest name of a file.
const MAX_NAME: usize = 100;
/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A version of the program, `major.minor.patch`, that compares by its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version([u32; 3]);

/// The text is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a version of the form major.minor.patch")]
pub struct NotAVersion;

impl FromStr for Version {
    type Err = NotAVersion;

    /// Digits and two dots only: no sign, no space, no zero before another digit.
    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let number = |part: &str| -> Result<u32, NotAVersion> {
            let digits = part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
            if digits { part.parse().map_err(|_| NotAVersion) } else { Err(NotAVersion) }
        };
        let parts = text.split('.').map(number).collect::<Result<Vec<u32>, _>>()?;
        parts.try_into().map(Self).map_err(|_| NotAVersion)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// The newest release. Its exact bytes are signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseManifest {
    /// Always [`ReleaseManifest::KIND`]: keeps the signature from passing for anything else.
    pub kind: String,
    /// Rises with every manifest that is signed; two manifests of one key never share it.
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

/// Why a text is no manifest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAManifest(String);

impl ReleaseManifest {
    /// What [`ReleaseManifest::kind`] says.
    pub const KIND: &'static str = "kapocs-release-v1";

    /// Reads a manifest whose signature has been checked.
    ///
    /// # Errors
    /// [`NotAManifest`] for anything that a client could not follow safely: another kind, no version, a file whose
    /// name is more than a name or whose size or hash is none.
    pub fn parse(text: &str) -> Result<Self, NotAManifest> {
        let wrong = |why: &str| Err(NotAManifest(why.to_owned()));
        if text.len() > MAX_MANIFEST {
            return wrong("the manifest is too long");
        }
        let manifest: Self = serde_json::from_str(text).map_err(|e| NotAManifest(e.to_string()))?;
        if manifest.kind != Self::KIND {
            return wrong("the manifest is of another kind");
        }
        let _: Version = manifest.version.parse().map_err(|e: NotAVersion| NotAManifest(e.to_string()))?;
        match manifest.files.values().find_map(ReleaseFile::problem) {
            Some(problem) => wrong(problem),
            None => Ok(manifest),
        }
    }

    /// What is new, in that language or in the first there is.
    pub fn notes_in(&self, language: &str) -> &[String] {
        self.notes.get(language).or_else(|| self.notes.values().next()).map_or(&[], Vec::as_slice)
    }
}

/// One file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseFile {
    /// Its name: letters, digits, dots and dashes, no folder.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

impl ReleaseFile {
    fn problem(&self) -> Option<&'static str> {
        let hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        if !is_plain_name(&self.name) {
            return Some("a file's name is not a plain name");
        }
        if self.size == 0 || self.size > MAX_FILE {
            return Some("a file's size is impossible");
        }
        (self.sha256.len() != 64 || !self.sha256.bytes().all(hex)).then_some("a file's SHA-256 is none")
    }
}

/// Whether a file of that name lies in the folder where it is put, on every system: letters, digits, dots, dashes
/// and underlines; begins with a letter or digit, ends with no dot, is no device of Windows.
pub fn is_plain_name(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |kind| {
        let number: Option<&str> = stem.strip_prefix(kind);
        number.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let device = DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt");
    name.len() <= MAX_NAME
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.ends_with('.')
        && name.chars().all(letter)
        && !device
}

/// A manifest with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedRelease {
    /// JSON of a [`ReleaseManifest`], byte by byte as it was signed.
    pub manifest: String,
    /// The minisign signature file's text.
    pub signature: String,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn manifest() -> serde_json::Value {
        serde_json::json!({
            "kind": "kapocs-release-v1", "serial": 3, "expires": "2026-12-24T00:00:00Z", "version": "0.2.0",
            "released": "2026-11-24", "notes": { "en": ["Faster"], "hu": ["Gyorsabb"] },
            "files": { "windows-x86_64": { "name": "kapocs-0.2.0.exe", "size": 9, "sha256": "0a".repeat(32) } },
        })
    }

    fn changed(pointer: &str, value: serde_json::Value) -> Result<ReleaseManifest, NotAManifest> {
        let mut manifest = manifest();
        *manifest.pointer_mut(pointer).unwrap() = value;
        ReleaseManifest::parse(&manifest.to_string())
    }

    #[test]
    fn a_later_manifest_may_say_more() {
        let mut later = manifest();
        later["rollout"] = 10.into();
        later["files"]["windows-x86_64"]["mirror"] = "x".into();
        assert_eq!(
            ReleaseManifest::parse(&later.to_string()),
            ReleaseManifest::parse(&manifest().to_string())
        );
        let read = ReleaseManifest::parse(&later.to_string()).unwrap();
        assert_eq!(read.notes_in("hu"), ["Gyorsabb"]);
        assert_eq!(read.notes_in("de"), ["Faster"]);
    }

    #[test]
    fn what_could_not_be_followed_safely_is_no_manifest() {
        assert!(changed("/kind", "kapocs-package".into()).is_err());
        assert!(changed("/serial", (-1).into()).is_err());
        assert!(changed("/version", "0.2".into()).is_err());
        for name in
            ["", "../setup.exe", "a/b", "a\\b", ".hidden", "x.", "CON", "nul.exe", "com1.exe", "a b", "ű"]
        {
            assert!(changed("/files/windows-x86_64/name", name.into()).is_err(), "{name}");
        }
        assert!(changed("/files/windows-x86_64/name", "a".repeat(101).into()).is_err());
        for size in [0, MAX_FILE + 1] {
            assert!(changed("/files/windows-x86_64/size", size.into()).is_err());
        }
        for hash in ["0a".repeat(31), "0A".repeat(32), "0g".repeat(32)] {
            assert!(changed("/files/windows-x86_64/sha256", hash.into()).is_err());
        }
        assert!(ReleaseManifest::parse(&" ".repeat(MAX_MANIFEST + 1)).is_err());
        assert!(ReleaseManifest::parse("{}").is_err());
    }

    #[test]
    fn only_three_plain_numbers_are_a_version() {
        for text in
            ["", "1", "1.2", "1.2.3.4", "+1.2.3", "01.2.3", "1.2.-3", "1.2.3 ", "1..3", "4294967296.0.0"]
        {
            assert_eq!(text.parse::<Version>(), Err(NotAVersion), "{text}");
        }
    }

    proptest! {
        #[test]
        fn versions_compare_by_number_and_are_written_as_read(a: [u32; 3], b: [u32; 3]) {
            let [one, other] = [a, b].map(|[x, y, z]| format!("{x}.{y}.{z}"));
            let (read_one, read_other): (Version, Version) = (one.parse().unwrap(), other.parse().unwrap());
            prop_assert_eq!(read_one.cmp(&read_other), a.cmp(&b));
            prop_assert_eq!(read_one.to_string(), one);
            prop_assert_eq!(read_one == read_other, a == b);
        }

        #[test]
        fn whatever_reads_as_a_version_is_written_the_same(text in "[0-9+. -]{0,12}") {
            if let Ok(version) = text.parse::<Version>() {
                prop_assert_eq!(version.to_string(), text);
            }
        }

        #[test]
        fn a_plain_name_stays_in_its_folder(name in "\\PC{0,20}") {
            if is_plain_name(&name) {
                let path = std::path::Path::new("folder").join(&name);
                prop_assert_eq!(path.parent(), Some(std::path::Path::new("folder")));
                prop_assert_eq!(path.file_name().and_then(|n| n.to_str()), Some(name.as_str()));
            }
        }
    }
}
