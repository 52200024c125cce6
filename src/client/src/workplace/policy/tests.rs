use super::*;

fn connection(ca: &str, receipt_ca: &str) -> ConnectionFile {
    ConnectionFile {
        bank_id: "x".to_owned(),
        bank_name: "X".to_owned(),
        base_url: "https://localhost:1".to_owned(),
        ca_pem: ca.to_owned(),
        receipt_ca_pem: receipt_ca.to_owned(),
        release_key: None,
    }
}

/// PEM and fingerprint of an authority.
fn authority(name: &str) -> (String, String) {
    let issued = signature::issue::CertificateAuthority::generate(name, chrono::Utc::now()).unwrap();
    let certificate = issued.certificate();
    (certificate.to_pem().unwrap(), hex::encode(certificate.fingerprint()))
}

fn policy(toml: &str) -> Result<Policy, PolicyError> {
    Policy::of_toml("here", toml)
}

#[test]
fn only_listed_authorities_are_allowed_those_of_receipts_too() {
    let ((ours, our_print), (other, other_print)) = (authority("Ours"), authority("Other"));
    let pinned = policy(&format!("bank_ca_sha256 = [\"{our_print}\"]")).unwrap();
    assert_eq!(pinned.allow(&connection(&ours, &ours)), Ok(()));
    let refused = Err(PolicyError::Authority { fingerprint: other_print });
    assert_eq!(pinned.allow(&connection(&other, &ours)), refused);
    assert_eq!(pinned.allow(&connection(&ours, &other)), refused);
    assert_eq!(
        pinned.allow(&connection(&format!("{ours}{other}"), &ours)),
        refused,
        "one of two is not enough"
    );
    assert!(pinned.allow(&connection("", &ours)).is_err(), "no authority is none that is listed");
    assert_eq!(Policy::default().allow(&connection(&other, &other)), Ok(()));
}

#[test]
fn fingerprints_are_taken_as_programs_print_them() {
    let (_, print) = authority("Ours");
    let colons: Vec<String> =
        print.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).to_uppercase()).collect();
    let plain = policy(&format!("bank_ca_sha256 = [\"{print}\"]")).unwrap();
    assert_eq!(policy(&format!("bank_ca_sha256 = [\"{}\"]", colons.join(":"))).unwrap(), plain);
}

#[test]
fn what_is_not_understood_is_never_ignored() {
    for wrong in [
        "bank_ca_sha265 = []",
        "bank_ca_sha256 = []",
        "bank_ca_sha256 = [\"abc\"]",
        "bank_ca_sha256 = \"0\"",
        "connection_file = \"relative.toml\"",
        "updates = \"no\"",
        "updates = 0",
        "nonsense",
    ] {
        assert!(matches!(policy(wrong), Err(PolicyError::Form { .. })), "{wrong}");
    }
    let empty = policy("").unwrap();
    assert!(empty.updates && empty.bank_cas.is_none() && empty.place.is_some());
    assert!(!policy("updates = false").unwrap().updates);
}

#[cfg(unix)]
mod files {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::path::Path;

    use super::*;

    fn own(folder: &Path) -> u32 {
        std::fs::metadata(folder).unwrap().uid()
    }

    fn mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_file_that_others_may_change_is_no_policy() {
        let folder = tempfile::tempdir().unwrap();
        let (path, owner) = (folder.path().join("policy.toml"), own(folder.path()));
        assert_eq!(read_file(&path, owner), Ok(Policy::default()), "none is set");
        std::fs::write(&path, "updates = false").unwrap();
        mode(&path, 0o644);
        assert!(!read_file(&path, owner).unwrap().updates);
        assert!(
            matches!(read_file(&path, owner + 1), Err(PolicyError::Unprotected { .. })),
            "of another owner"
        );
        for loose in [0o664, 0o646] {
            mode(&path, loose);
            assert!(matches!(read_file(&path, owner), Err(PolicyError::Unprotected { .. })), "{loose:o}");
        }
        mode(&path, 0o644);
        mode(folder.path(), 0o777);
        let refused = read_file(&path, owner);
        mode(folder.path(), 0o755);
        assert_eq!(refused, Err(PolicyError::Unprotected { place: folder.path().display().to_string() }));
    }

    #[test]
    fn a_policy_that_is_lost_or_huge_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (path, owner) = (folder.path().join("policy.toml"), own(folder.path()));
        symlink(folder.path().join("gone"), &path).unwrap();
        assert!(matches!(read_file(&path, owner), Err(PolicyError::Unreadable { .. })));
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(matches!(read_file(&path, owner), Err(PolicyError::Unreadable { .. })));
        std::fs::remove_dir(&path).unwrap();
        std::fs::write(&path, "#".repeat(70_000)).unwrap();
        assert!(matches!(read_file(&path, owner), Err(PolicyError::Form { .. })));
    }
}
