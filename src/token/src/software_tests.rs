//! The software token on real files: counter, change of the PIN, renewal and its interruptions.

use std::path::PathBuf;

use signature::issue::{CertificateAuthority, UserCertificate};
use signature::{Certificate, PrivateKey};

use crate::{
    Authorisation, KeyPurpose, NewCertificates, Pin, PinChange, SignRequest, SoftwareToken, StagedKeys,
    Token, TokenError,
};

const PIN: &str = "123456";

/// A key file in a folder of its own, and who issued its certificates.
struct Desk {
    authority: CertificateAuthority,
    folder: tempfile::TempDir,
    token: SoftwareToken,
}

impl Desk {
    fn new() -> Self {
        let authority = CertificateAuthority::generate("Próba CA", chrono::Utc::now()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token.pem");
        std::fs::write(&path, key_file(&authority)).unwrap();
        let token = SoftwareToken::open(path).unwrap();
        Self { authority, folder, token }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn by(&mut self, pin: &str) -> Authorisation {
        let csn = self.token.info().unwrap().csn;
        Authorisation { pin: Pin::new(pin), csn, last_try_confirmed: false }
    }

    fn change(&mut self, old: &str, new: &str) -> crate::Result<()> {
        let Authorisation { csn, .. } = self.by(old);
        let (old, new) = (Some(Pin::new(old)), Pin::new(new));
        self.token.change_pin(&PinChange { old, new, csn, last_try_confirmed: false })
    }

    fn signs(&mut self, pin: &str) -> crate::Result<()> {
        for key in [KeyPurpose::Login, KeyPurpose::Signing] {
            let signed = self.token.sign(&SignRequest { key, pin: Pin::new(pin), ..request() })?;
            let info = self.token.info().unwrap();
            assert!(info.certificate(key).unwrap().verifies(&[3; 32], &signed[0]));
        }
        Ok(())
    }

    fn issue(&self, keys: &StagedKeys) -> NewCertificates {
        let [login, signing] =
            [(UserCertificate::Login, &keys.login), (UserCertificate::Signing, &keys.signing)]
                .map(|(kind, spki)| issue(&self.authority, kind, spki));
        NewCertificates { login, signing }
    }
}

fn issue(authority: &CertificateAuthority, kind: UserCertificate, spki: &[u8]) -> Certificate {
    let now = chrono::Utc::now();
    authority.issue_user("Teszt Elek", "1", kind, spki, now, now + chrono::Duration::days(1)).unwrap()
}

fn key_file(authority: &CertificateAuthority) -> String {
    let [login, signing] = [UserCertificate::Login, UserCertificate::Signing].map(|kind| {
        let key = PrivateKey::generate_p256();
        let certificate = issue(authority, kind, &key.public_key_der().unwrap());
        (key, certificate)
    });
    let text = signature::keyfile::KeyFile::create((&login.0, &login.1), (&signing.0, &signing.1), PIN);
    text.unwrap().to_string()
}

fn request() -> SignRequest {
    let (key, pin) = (KeyPurpose::Signing, Pin::new(PIN));
    SignRequest { key, pin, digests: vec![[3; 32]], expected: None, last_try_confirmed: false }
}

#[test]
fn a_tries_counter_that_makes_no_sense_counts_as_blocked() {
    let mut desk = Desk::new();
    assert_eq!(desk.token.info().unwrap().tries_left, Some(5));
    for (counter, left) in [("3\n", 3), ("6", 0), ("-1", 0), ("many", 0), ("", 0)] {
        std::fs::write(desk.file("token.pem.tries"), counter).unwrap();
        assert_eq!(desk.token.info().unwrap().tries_left, Some(left), "{counter:?}");
    }
    assert_eq!(desk.token.sign(&request()), Err(TokenError::PinBlocked));
}

#[test]
fn a_file_that_is_missing_or_broken_is_told_apart_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.pem");
    let code = |path| SoftwareToken::open(path).err().map(|error| error.code());
    assert_eq!(code(&path), Some("token-file"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    std::fs::write(&path, "-----BEGIN NOTHING").unwrap();
    assert_eq!(code(&path), Some("token-key-file"));
}

#[test]
fn a_changed_pin_opens_both_keys_and_the_old_one_none() {
    let mut desk = Desk::new();
    desk.change(PIN, "80214657").unwrap();
    desk.signs("80214657").unwrap();
    assert_eq!(desk.signs(PIN), Err(TokenError::PinWrong { left: 4 }));
    assert!(!desk.file("token.pem.new").exists());
}

#[test]
fn a_change_with_a_wrong_pin_counts_and_one_that_cannot_be_does_not() {
    let mut desk = Desk::new();
    for (old, new, expected) in [
        ("000000", "802146", TokenError::PinWrong { left: 4 }),
        ("000000", "802146", TokenError::PinWrong { left: 3 }),
        (PIN, "80214", TokenError::PinFormat),
        ("12345", "802146", TokenError::PinFormat),
    ] {
        assert_eq!(desk.change(old, new), Err(expected));
    }
    let by_another = PinChange {
        old: Some(Pin::new(PIN)),
        new: Pin::new("802146"),
        csn: "00".to_owned(),
        last_try_confirmed: false,
    };
    assert_eq!(desk.token.change_pin(&by_another), Err(TokenError::AnotherCard));
    assert_eq!(desk.token.info().unwrap().tries_left, Some(3));
    desk.change("000000", "802146").unwrap_err();
    desk.change("000000", "802146").unwrap_err();
    assert_eq!(desk.change(PIN, "802146"), Err(TokenError::LastTry));
    std::fs::write(desk.file("token.pem.tries"), "5").unwrap();
    desk.signs(PIN).unwrap();
}

#[test]
fn new_keys_wait_beside_the_old_ones_and_take_their_place_with_their_certificates() {
    let mut desk = Desk::new();
    let by = desk.by(PIN);
    let keys = desk.token.stage_keys(&by).unwrap();
    desk.signs(PIN).unwrap();
    let new = desk.issue(&keys);
    let [login, signing] = desk.token.prove_staged(&by, &[1; 32], &[2; 32]).unwrap();
    assert!(new.login.verifies(&[1; 32], &login) && new.signing.verifies(&[2; 32], &signing));
    // A PIN that is changed in between holds for the new keys too.
    desk.change(PIN, "802146").unwrap();
    let by = desk.by("802146");
    desk.token.install_staged(&by, &new).unwrap();
    assert_eq!(desk.token.info().unwrap().signing, Some(new.signing.clone()));
    desk.signs("802146").unwrap();
    assert!(!desk.file("token.pem.staged").exists());
    // Once more, as after an interruption: nothing changes.
    desk.token.install_staged(&by, &new).unwrap();
    desk.signs("802146").unwrap();
}

#[test]
fn a_renewal_interrupted_between_its_files_is_finished_by_repeating_it() {
    let mut desk = Desk::new();
    let by = desk.by(PIN);
    let keys = desk.token.stage_keys(&by).unwrap();
    let new = desk.issue(&keys);
    let staged = std::fs::read(desk.file("token.pem.staged")).unwrap();
    desk.token.install_staged(&by, &new).unwrap();
    std::fs::write(desk.file("token.pem.staged"), staged).unwrap();
    desk.token.install_staged(&by, &new).unwrap();
    assert!(!desk.file("token.pem.staged").exists());
    desk.signs(PIN).unwrap();
}

#[test]
fn certificates_for_other_keys_are_refused_and_the_old_ones_stay() {
    let mut desk = Desk::new();
    let by = desk.by(PIN);
    let strangers = StagedKeys {
        login: PrivateKey::generate_p256().public_key_der().unwrap(),
        signing: PrivateKey::generate_p256().public_key_der().unwrap(),
    };
    let new = desk.issue(&strangers);
    let missing = Err(TokenError::KeyMissing(KeyPurpose::Login));
    assert_eq!(desk.token.install_staged(&by, &new), missing);
    assert_eq!(desk.token.prove_staged(&by, &[1; 32], &[2; 32]).map(drop), missing);
    let keys = desk.token.stage_keys(&by).unwrap();
    assert_eq!(desk.token.install_staged(&by, &new), missing);
    let swapped = NewCertificates { login: desk.issue(&keys).login, ..new };
    let missing = Err(TokenError::KeyMissing(KeyPurpose::Signing));
    assert_eq!(desk.token.install_staged(&by, &swapped), missing);
    let wrong = desk.by("000000");
    assert_eq!(desk.token.stage_keys(&wrong), Err(TokenError::PinWrong { left: 4 }));
    desk.signs(PIN).unwrap();
}
