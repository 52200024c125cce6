//! Signatures from both ends: what we make is accepted, everything else is refused for its reason.

use std::sync::OnceLock;

use chrono::{DateTime, Duration, TimeZone, Utc};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::issue::{CertificateAuthority, UserCertificate};
use crate::keyfile::{KeyFile, KeySlot, open_keys, seal_keys};
use crate::{Certificate, KeyAlgorithm, PrivateKey, Purpose, SignatureError, TrustStore, prepare, verify};

const CONTENT: &[u8] = b"<Document>100 HUF</Document>";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 10, 30, 0).unwrap()
}

fn content() -> [u8; 32] {
    Sha256::digest(CONTENT).into()
}

/// An authority and one user with both certificates.
struct House {
    authority: CertificateAuthority,
    trust: TrustStore,
    login: (PrivateKey, Certificate),
    signing: (PrivateKey, Certificate),
}

impl House {
    fn new(rsa: bool) -> Self {
        let authority = CertificateAuthority::generate("Próba Bank CA", now()).unwrap();
        let user = |kind| {
            let key = if rsa { rsa_key().clone() } else { PrivateKey::generate_p256() };
            let spki = key.public_key_der().unwrap();
            let certificate = authority.issue_user(
                "Kovács Őrs",
                "10000042",
                kind,
                &spki,
                now(),
                now() + Duration::days(4 * 365),
            );
            (key, certificate.unwrap())
        };
        let (login, signing) = (user(UserCertificate::Login), user(UserCertificate::Signing));
        let trust = TrustStore::new([authority.certificate().clone()]);
        Self { authority, trust, login, signing }
    }

    fn verify(&self, cms: &[u8], purpose: Purpose) -> Result<DateTime<Utc>, SignatureError> {
        verify(cms, content(), &self.trust, purpose, now()).map(|verified| verified.signing_time)
    }
}

/// One RSA key for all tests: making one takes a second.
fn rsa_key() -> &'static PrivateKey {
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| PrivateKey::generate_rsa().unwrap())
}

fn sign((key, certificate): &(PrivateKey, Certificate)) -> Vec<u8> {
    let pending = prepare(certificate, content(), now()).unwrap();
    let signature = key.sign_digest(&pending.digest()).unwrap();
    pending.finish(&signature, &[]).unwrap()
}

#[test]
fn a_signature_of_either_key_kind_verifies_and_tells_its_time() {
    for rsa in [false, true] {
        let house = House::new(rsa);
        assert_eq!(house.verify(&sign(&house.signing), Purpose::Document), Ok(now()));
        assert_eq!(house.verify(&sign(&house.login), Purpose::Login), Ok(now()));
    }
}

#[test]
fn each_key_serves_its_purpose_only() {
    let house = House::new(false);
    for (signer, purpose) in [
        (&house.login, Purpose::Document),
        (&house.login, Purpose::Receipt),
        (&house.signing, Purpose::Login),
        (&house.signing, Purpose::Receipt),
    ] {
        assert_eq!(house.verify(&sign(signer), purpose), Err(SignatureError::PurposeForbidden(purpose)));
    }
    let key = PrivateKey::generate_p256();
    let spki = key.public_key_der().unwrap();
    let certificate =
        house.authority.issue_receipt_signer("Próba Bank", &spki, now(), now() + Duration::days(9)).unwrap();
    assert_eq!(house.verify(&sign(&(key, certificate)), Purpose::Receipt), Ok(now()));
}

#[test]
fn changed_content_is_refused() {
    let house = House::new(false);
    let other = Sha256::digest(b"<Document>900 HUF</Document>").into();
    let refused = verify(&sign(&house.signing), other, &house.trust, Purpose::Document, now());
    assert_eq!(refused, Err(SignatureError::ContentChanged));
}

#[test]
fn every_single_changed_bit_of_the_file_is_refused() {
    let house = House::new(false);
    let good = sign(&house.signing);
    for index in 0..good.len() {
        for bit in 0..8 {
            let mut changed = good.clone();
            changed[index] ^= 1 << bit;
            assert!(house.verify(&changed, Purpose::Document).is_err(), "bit {bit} of byte {index} changed");
        }
    }
}

#[test]
fn an_answer_that_is_not_the_keys_signature_never_becomes_a_file() {
    for rsa in [false, true] {
        let house = House::new(rsa);
        let pending = || prepare(&house.signing.1, content(), now()).unwrap();
        let foreign = PrivateKey::generate_p256().sign_digest(&pending().digest()).unwrap();
        for nonsense in [&[][..], &[0; 256], &foreign] {
            assert_eq!(pending().finish(nonsense, &[]), Err(SignatureError::SignatureInvalid));
        }
    }
}

#[test]
fn a_stranger_authority_of_the_same_name_is_not_trusted() {
    let house = House::new(false);
    let stranger = House::new(false);
    let file = sign(&stranger.signing);
    assert_eq!(house.verify(&file, Purpose::Document), Err(SignatureError::IssuerSignatureInvalid));
    let nobody = TrustStore::default();
    let refused = verify(&file, content(), &nobody, Purpose::Document, now());
    assert_eq!(refused, Err(SignatureError::UntrustedIssuer));
}

#[test]
fn a_user_certificate_cannot_issue_others() {
    let house = House::new(false);
    let mut trust = TrustStore::default();
    trust.add_anchor(house.signing.1.clone());
    // A leaf as anchor is the strongest form of the attack: even trusted, it is no authority.
    let leaf_issued = forge_under(&house.signing);
    let refused = verify(&sign(&leaf_issued), content(), &trust, Purpose::Document, now());
    assert_eq!(refused, Err(SignatureError::IssuerNotEntitled));
}

/// A certificate that the holder of a user certificate signs by itself.
fn forge_under(user: &(PrivateKey, Certificate)) -> (PrivateKey, Certificate) {
    let key = PrivateKey::generate_p256();
    let pem = format!(
        "{}{}",
        crate::pem::encode("PRIVATE KEY", &user.0.to_pkcs8_der().unwrap()).unwrap(),
        user.1.to_pem().unwrap()
    );
    let authority = CertificateAuthority::from_pem(&pem).unwrap();
    let spki = key.public_key_der().unwrap();
    let end = now() + Duration::days(9);
    let certificate =
        authority.issue_user("Álnok", "1", UserCertificate::Signing, &spki, now(), end).unwrap();
    (key, certificate)
}

#[test]
fn one_authority_between_is_followed_and_a_second_is_not() {
    let house = House::new(false);
    let middle = house.authority.issue_authority("Próba Bank Ügyfelek", now()).unwrap();
    let low = middle.issue_authority("Harmadik", now()).unwrap();
    for (issuer, chain, expected) in [
        (&middle, vec![middle.certificate().clone()], Ok(now())),
        (&middle, vec![], Err(SignatureError::UntrustedIssuer)),
        (
            &low,
            vec![low.certificate().clone(), middle.certificate().clone()],
            Err(SignatureError::UntrustedIssuer),
        ),
    ] {
        let key = PrivateKey::generate_p256();
        let spki = key.public_key_der().unwrap();
        let end = now() + Duration::days(9);
        let certificate =
            issuer.issue_user("Kis Éva", "7", UserCertificate::Signing, &spki, now(), end).unwrap();
        let pending = prepare(&certificate, content(), now()).unwrap();
        let signature = key.sign_digest(&pending.digest()).unwrap();
        let file = pending.finish(&signature, &chain).unwrap();
        assert_eq!(house.verify(&file, Purpose::Document), expected);
    }
}

#[test]
fn the_depth_limit_of_an_authority_is_heeded() {
    let house = House::new(false);
    let limited = house.authority.issue_authority("Csak végfelhasználók", now()).unwrap();
    let below = limited.issue_authority("Alatta", now()).unwrap();
    let key = PrivateKey::generate_p256();
    let spki = key.public_key_der().unwrap();
    let end = now() + Duration::days(9);
    let certificate = below.issue_user("Kis Éva", "7", UserCertificate::Signing, &spki, now(), end).unwrap();
    let trust = TrustStore::new([limited.certificate().clone()]);
    let refused = trust.check(&certificate, &[below.certificate().clone()], now());
    assert_eq!(refused, Err(SignatureError::IssuerNotEntitled));
}

#[test]
fn validity_and_revocation_are_checked_at_the_given_time() {
    let mut house = House::new(false);
    let file = sign(&house.signing);
    let certificate = house.signing.1.clone();
    let at = |trust: &TrustStore, at| verify(&file, content(), trust, Purpose::Document, at).map(|_| ());
    let early = certificate.not_before() - Duration::seconds(1);
    assert_eq!(at(&house.trust, early), Err(SignatureError::NotYetValid(certificate.not_before())));
    assert_eq!(at(&house.trust, certificate.not_after()), Ok(()));
    let late = certificate.not_after() + Duration::seconds(1);
    assert_eq!(at(&house.trust, late), Err(SignatureError::Expired(certificate.not_after())));
    house.trust.revoke(certificate.fingerprint());
    assert_eq!(at(&house.trust, now()), Err(SignatureError::Revoked));
}

#[test]
fn a_revoked_authority_takes_its_users_along() {
    let mut house = House::new(false);
    house.trust.revoke(house.authority.certificate().fingerprint());
    assert_eq!(house.verify(&sign(&house.signing), Purpose::Document), Err(SignatureError::Revoked));
}

#[test]
fn certificates_tell_who_they_are_for() {
    let house = House::new(true);
    let certificate = &house.login.1;
    assert_eq!(certificate.subject_common_name().as_deref(), Some("Kovács Őrs"));
    assert_eq!(certificate.issuer_common_name().as_deref(), Some("Próba Bank CA"));
    assert_eq!(certificate.user_id().as_deref(), Some("10000042"));
    assert_eq!(certificate.key_algorithm(), KeyAlgorithm::Rsa { modulus_len: 256 });
    assert_eq!(certificate.not_before(), now() - Duration::hours(1));
    assert!(certificate.may_authenticate() && !certificate.may_sign_documents());
    assert!(!house.signing.1.may_authenticate() && house.signing.1.may_sign_documents());
    let again = Certificate::from_pem(&certificate.to_pem().unwrap()).unwrap();
    assert_eq!((&again, again.fingerprint()), (certificate, certificate.fingerprint()));
    assert_eq!(certificate.serial_hex().len(), 32);
}

#[test]
fn an_authority_survives_its_pem() {
    let house = House::new(false);
    let again = CertificateAuthority::from_pem(&house.authority.to_pem().unwrap()).unwrap();
    assert_eq!(again.certificate(), house.authority.certificate());
    let stranger = House::new(false);
    let mixed = house.authority.to_pem().unwrap().replace(
        &house.authority.certificate().to_pem().unwrap(),
        &stranger.authority.certificate().to_pem().unwrap(),
    );
    assert_eq!(CertificateAuthority::from_pem(&mixed).unwrap_err(), SignatureError::KeyMismatch);
}

#[test]
fn the_bare_rsa_operation_makes_the_same_signature_as_the_padded_one() {
    let key = rsa_key();
    let signature = key.sign_digest(&content()).unwrap();
    let mut block = vec![0xff; 256];
    block[..2].copy_from_slice(&[0, 1]);
    block[204] = 0;
    block[205..224].copy_from_slice(&[
        0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20,
    ]);
    block[224..].copy_from_slice(&content());
    assert_eq!(*key.rsa_private_operation(&block).unwrap(), signature);
    for wrong in [&block[1..], &[0xff; 256][..]] {
        assert_eq!(key.rsa_private_operation(wrong), Err(SignatureError::KeyOperation));
    }
    let no_rsa = PrivateKey::generate_p256().rsa_private_operation(&block);
    assert_eq!(no_rsa, Err(SignatureError::KeyOperation));
}

#[test]
fn private_keys_survive_pkcs8_and_show_nothing() {
    for key in [rsa_key().clone(), PrivateKey::generate_p256()] {
        let again = PrivateKey::from_pkcs8_der(&key.to_pkcs8_der().unwrap()).unwrap();
        assert_eq!(again.public_key_der(), key.public_key_der());
        assert!(format!("{key:?}").ends_with(", hidden)"));
    }
}

fn key_file(house: &House) -> String {
    let (login, signing) = (&house.login, &house.signing);
    KeyFile::create((&login.0, &login.1), (&signing.0, &signing.1), "314159").unwrap().to_string()
}

#[test]
fn a_key_file_opens_with_its_pin_only() {
    let house = House::new(false);
    let file = KeyFile::parse(&key_file(&house)).unwrap();
    for (slot, (key, certificate)) in [(KeySlot::Login, &house.login), (KeySlot::Signing, &house.signing)] {
        assert_eq!(file.certificate(slot), certificate);
        assert_eq!(file.unlock("314159", slot).unwrap().public_key_der(), key.public_key_der());
        assert_eq!(file.unlock("314158", slot).unwrap_err(), SignatureError::PinWrong);
    }
}

#[test]
fn a_key_file_gets_another_pin_from_who_knows_the_old_one() {
    let file = KeyFile::parse(&key_file(&House::new(false))).unwrap();
    assert!(file.with_pin("314158", "271828").is_err());
    let changed = KeyFile::parse(&file.with_pin("314159", "271828").unwrap()).unwrap();
    for slot in [KeySlot::Login, KeySlot::Signing] {
        assert!(changed.unlock("271828", slot).unwrap().belongs_to(file.certificate(slot)));
        assert_eq!(changed.unlock("314159", slot).unwrap_err(), SignatureError::PinWrong);
    }
}

#[test]
fn keys_without_certificates_are_sealed_and_opened_in_their_order() {
    let house = House::new(false);
    let text = seal_keys(&house.login.0, &house.signing.0, "314159").unwrap();
    let opened = open_keys(&text, "314159").unwrap().map(|key| key.public_key_der());
    assert_eq!(opened, [&house.login.0, &house.signing.0].map(PrivateKey::public_key_der));
    assert_eq!(open_keys(&text, "314158").unwrap_err(), SignatureError::PinWrong);
}

#[test]
fn a_key_file_may_stand_in_any_order_with_text_between() {
    let house = House::new(false);
    let text = key_file(&house);
    let blocks: Vec<String> =
        text.split_inclusive("-----END CERTIFICATE-----\n").map(str::to_owned).collect();
    assert_eq!(blocks.len(), 2);
    let swapped = format!("Bag Attributes\n{}\r\nmegjegyzés\n{}", blocks[1], blocks[0]);
    let file = KeyFile::parse(&swapped).unwrap();
    for slot in [KeySlot::Login, KeySlot::Signing] {
        assert!(file.unlock("314159", slot).unwrap().belongs_to(file.certificate(slot)));
    }
}

#[test]
fn incomplete_mixed_up_and_absurd_key_files_are_refused() {
    let house = House::new(false);
    let (login, signing) = (&house.login, &house.signing);
    let mixed = KeyFile::create((&login.0, &signing.1), (&signing.0, &login.1), "314159");
    assert_eq!(mixed.unwrap_err().code(), "key-file-incomplete");
    let foreign = KeyFile::create((&signing.0, &login.1), (&signing.0, &signing.1), "314159");
    assert_eq!(foreign.unwrap_err(), SignatureError::KeyMismatch);
    let text = key_file(&house);
    let half = text.split_inclusive("-----END CERTIFICATE-----\n").next().unwrap();
    assert_eq!(KeyFile::parse(half).unwrap_err().code(), "key-file-incomplete");
    assert_eq!(KeyFile::parse(&format!("{text}{half}")).unwrap_err().code(), "key-file-incomplete");
    assert_eq!(KeyFile::parse(&text[..200]).unwrap_err(), SignatureError::Malformed("PEM"));
}

#[test]
fn a_key_file_that_would_eat_the_machines_memory_is_refused_before_any_pin() {
    use der::Encode;
    use pkcs8::pkcs5::{pbes2, scrypt};
    let house = House::new(false);
    let gigabytes = scrypt::Params::new(24, 8, 1, 32).unwrap();
    let protection = pbes2::Parameters::scrypt_aes256cbc(gigabytes, &[1; 16], &[2; 16]).unwrap();
    let bomb =
        pkcs8::EncryptedPrivateKeyInfo { encryption_algorithm: protection.into(), encrypted_data: &[0; 144] };
    let bomb = crate::pem::encode("ENCRYPTED PRIVATE KEY", &bomb.to_der().unwrap()).unwrap();
    let (login, signing) = (house.login.1.to_pem().unwrap(), house.signing.1.to_pem().unwrap());
    let refused = KeyFile::parse(&format!("{bomb}{login}{bomb}{signing}"));
    assert_eq!(refused.unwrap_err(), SignatureError::KeyFileParameters);
}

proptest! {
    #[test]
    fn hostile_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(verify(&bytes, content(), &TrustStore::default(), Purpose::Document, now()).is_err());
        prop_assert!(Certificate::from_der(&bytes).is_err());
        prop_assert!(PrivateKey::from_pkcs8_der(&bytes).is_err());
    }

    #[test]
    fn damaged_files_are_refused_without_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        static GOOD: OnceLock<(House, Vec<u8>)> = OnceLock::new();
        let (house, good) = GOOD.get_or_init(|| {
            let house = House::new(false);
            let file = sign(&house.signing);
            (house, file)
        });
        let mut bytes = good.clone();
        for (index, byte) in changes {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        prop_assert_eq!(house.verify(&bytes, Purpose::Document).is_ok(), bytes == *good);
        bytes.truncate(cut.index(good.len()));
        prop_assert!(house.verify(&bytes, Purpose::Document).is_err());
    }

    #[test]
    fn hostile_pem_never_panics(text in "(-----BEGIN |-----END |CERTIFICATE|-----|\\PC|\n|AAAA){0,40}") {
        prop_assert!(KeyFile::parse(&text).is_err());
        prop_assert!(Certificate::from_pem(&text).is_err());
    }
}
