//! The package file (`.kapocs`): one package on its way from seat to seat without the bank, with its signatures.
//!
//! A zip archive, layout 1, of exactly these entries, and any order among them:
//! - `kapocs-package-1`: empty; says what the archive is and which layout it has;
//! - `document.xml`: the package document, byte by byte as it was signed ([`crate::package_document`]);
//! - `signature-1.p7s`, `signature-2.p7s` …: CMS files over it (DER, detached CAdES-B), numbered without gaps.
//!
//! So a signature can be checked without Kapocs: unzip, then `openssl cms -verify -cades -inform DER -binary -content
//! document.xml -in signature-1.p7s -CAfile …`. Anything else in the archive is refused: what nobody checks, nobody
//! should carry. Encryption, links and folders are refused, and no entry unpacks to more than its limit.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::package_document::SIZE_LIMIT;
use crate::{FormatError, Result};

/// Ending of such files.
pub const EXTENSION: &str = "kapocs";

/// Entry that says what the archive is.
const MARK: &str = "kapocs-package-1";
/// Entry of the document.
const DOCUMENT: &str = "document.xml";
/// Signatures that a file may carry; authority tables ask for a handful.
pub const MAX_SIGNATURES: usize = 16;
/// Bytes of one signature: it holds a certificate and its chain.
const SIGNATURE_LIMIT: usize = 64 * 1024;
/// Bytes that the file itself may have.
pub const FILE_LIMIT: usize = SIZE_LIMIT;

/// What a package file carries. Nothing of it has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageFile {
    /// The package document.
    pub document: Vec<u8>,
    /// CMS files over it.
    pub signatures: Vec<Vec<u8>>,
}

/// Whether bytes begin like an archive.
#[must_use]
pub fn looks_like_one(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// The bytes of a package file; the same content always gives the same bytes.
///
/// # Errors
/// [`FormatError::PackageFile`] for more or larger signatures than [`read`] takes, [`FormatError::TooLarge`] for such a
/// document.
pub fn to_bytes(file: &PackageFile) -> Result<Vec<u8>> {
    if file.document.len() > SIZE_LIMIT {
        return Err(FormatError::TooLarge { limit: SIZE_LIMIT });
    }
    if file.signatures.len() > MAX_SIGNATURES || file.signatures.iter().any(|s| s.len() > SIGNATURE_LIMIT) {
        return Err(wrong("too many or too large signatures"));
    }
    // Without the clock feature every entry bears the same moment.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        archive.start_file(name, options).map_err(wrong)?;
        archive.write_all(bytes).map_err(wrong)
    };
    put(MARK, b"")?;
    put(DOCUMENT, &file.document)?;
    for (number, signature) in (1_usize..).zip(&file.signatures) {
        put(&signature_name(number), signature)?;
    }
    Ok(archive.finish().map_err(wrong)?.into_inner())
}

/// What a package file carries.
///
/// # Errors
/// [`FormatError::PackageFile`] for anything that is not exactly such a file.
pub fn read(bytes: &[u8]) -> Result<PackageFile> {
    if bytes.len() > FILE_LIMIT {
        return Err(FormatError::TooLarge { limit: FILE_LIMIT });
    }
    if !looks_like_one(bytes) {
        return Err(wrong("no archive"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(wrong)?;
    if archive.len() < 2 || archive.len() > MAX_SIGNATURES + 2 {
        return Err(wrong(format!("{} entries", archive.len())));
    }
    let signatures = archive.len() - 2;
    let _ = entry(&mut archive, MARK, 0)?;
    let document = entry(&mut archive, DOCUMENT, SIZE_LIMIT)?;
    let signatures = (1..=signatures)
        .map(|number| entry(&mut archive, &signature_name(number), SIGNATURE_LIMIT))
        .collect::<Result<_>>()?;
    Ok(PackageFile { document, signatures })
}

/// The bytes of one entry, at most `limit`.
fn entry(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, limit: usize) -> Result<Vec<u8>> {
    let entry = archive.by_name(name).map_err(|error| wrong(format!("{name}: {error}")))?;
    if !entry.is_file() || entry.encrypted() {
        return Err(wrong(format!("{name} is no plain file")));
    }
    let mut bytes = Vec::new();
    // What an entry says of its own size is not believed.
    let _ = entry
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| wrong(format!("{name}: {error}")))?;
    if bytes.len() > limit { Err(wrong(format!("{name} is too large"))) } else { Ok(bytes) }
}

fn signature_name(number: usize) -> String {
    format!("signature-{number}.p7s")
}

fn wrong(reason: impl std::fmt::Display) -> FormatError {
    FormatError::PackageFile(reason.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn good() -> Vec<u8> {
        let signatures = vec![b"one".to_vec(), b"two".to_vec()];
        to_bytes(&PackageFile { document: b"<Package/>".repeat(50), signatures }).unwrap()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            document in proptest::collection::vec(any::<u8>(), 0..2000),
            signatures in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 0..MAX_SIGNATURES),
        ) {
            let file = PackageFile { document, signatures };
            let bytes = to_bytes(&file).unwrap();
            prop_assert_eq!(read(&bytes).unwrap(), file.clone());
            prop_assert_eq!(to_bytes(&file).unwrap(), bytes);
        }

        #[test]
        fn noise_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
            prop_assert!(read(&bytes).is_err());
            prop_assert!(read(&[b"PK\x03\x04".as_slice(), &bytes].concat()).is_err());
        }
    }

    #[test]
    fn every_cut_is_refused_and_every_changed_byte_is_refused_or_harmless() {
        let good = good();
        let whole = read(&good).unwrap();
        for end in 0..good.len() {
            assert!(read(&good[..end]).is_err(), "cut at {end}");
        }
        for at in 0..good.len() {
            let mut changed = good.clone();
            changed[at] ^= 0x55;
            // Times and flags may change; what is carried may not, because each entry has its checksum.
            if let Ok(read) = read(&changed) {
                assert_eq!(read, whole, "byte {at}");
            }
        }
    }

    #[test]
    fn only_the_entries_of_the_layout_are_taken() {
        let (mark, document) = ((MARK, b"".as_slice()), (DOCUMENT, b"x".as_slice()));
        assert!(read(&archive(&[document, mark])).is_ok(), "any order");
        for wrong in [
            archive(&[]),
            archive(&[mark]),
            archive(&[document]),
            archive(&[mark, document, ("readme.txt", b"x")]),
            archive(&[mark, document, ("../../evil", b"x")]),
            archive(&[mark, document, ("signature-2.p7s", b"x")]),
            archive(&[("kapocs-package-2", b""), document]),
            archive(&[(MARK, b"not empty"), document]),
            archive(&[mark, (&format!("{DOCUMENT}/"), b"")]),
        ] {
            assert!(matches!(read(&wrong), Err(FormatError::PackageFile(_))));
        }
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let huge = vec![0; SIGNATURE_LIMIT + 1];
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [(MARK, b"".as_slice()), (DOCUMENT, b"x"), ("signature-1.p7s", huge.as_slice())]
        {
            archive.start_file(name, options).unwrap();
            archive.write_all(bytes).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 2_000);
        assert!(read(&bytes).is_err());
        assert!(to_bytes(&PackageFile { document: Vec::new(), signatures: vec![huge] }).is_err());
        let many = vec![Vec::new(); MAX_SIGNATURES + 1];
        assert!(to_bytes(&PackageFile { document: Vec::new(), signatures: many }).is_err());
    }
}
