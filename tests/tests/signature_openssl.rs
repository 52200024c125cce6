//! openssl and we read each other's signatures, and both refuse changed ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::Utc;
use harness::card::holder::{Holder, PIN};
use sha2::{Digest, Sha256};
use signature::keyfile::{KeyFile, KeySlot};
use signature::{Certificate, PrivateKey, Purpose, SignatureError, TrustStore, Verified, prepare, verify};

const CONTENT: &[u8] = b"<Document><CtrlSum>125000</CtrlSum></Document>\n";

fn openssl(folder: &Path, arguments: &str) -> Output {
    Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().expect("openssl runs")
}

fn openssl_must(folder: &Path, arguments: &str) {
    let output = openssl(folder, arguments);
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Whether openssl accepts `sig.p7s` over `content` in the folder, as CMS and as CAdES.
fn openssl_accepts(folder: &Path) -> bool {
    let [plain, cades] = ["", "-cades "].map(|flag| {
        let verify = "-binary -inform DER -in sig.p7s -content content -CAfile ca.pem -purpose any -out out";
        openssl(folder, &format!("cms -verify {flag}{verify}")).status.success()
    });
    assert_eq!(plain, cades, "openssl's two checks disagree");
    plain
}

fn sign((key, certificate): &(PrivateKey, Certificate)) -> Vec<u8> {
    let pending = prepare(certificate, Sha256::digest(CONTENT).into(), Utc::now()).unwrap();
    let signature = key.sign_digest(&pending.digest()).unwrap();
    pending.finish(&signature, &[]).unwrap()
}

fn check(file: &[u8], content: &[u8], trust: &TrustStore) -> Result<Verified, SignatureError> {
    verify(file, Sha256::digest(content).into(), trust, Purpose::Document, Utc::now())
}

#[test]
fn openssl_accepts_what_we_sign_and_both_refuse_one_changed_byte() {
    for holder in [Holder::p256().unwrap(), Holder::rsa().unwrap()] {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let file = sign(&holder.signing);
        fs::write(at("ca.pem"), holder.authority.certificate().to_pem().unwrap()).unwrap();
        fs::write(at("content"), CONTENT).unwrap();
        fs::write(at("sig.p7s"), &file).unwrap();
        assert!(openssl_accepts(folder.path()));
        assert!(check(&file, CONTENT, &holder.trust()).is_ok());

        let mut changed = CONTENT.to_vec();
        changed[22] ^= 1;
        fs::write(at("content"), &changed).unwrap();
        assert!(!openssl_accepts(folder.path()));
        assert_eq!(check(&file, &changed, &holder.trust()), Err(SignatureError::ContentChanged));

        fs::write(at("content"), CONTENT).unwrap();
        let mut broken = file.clone();
        *broken.last_mut().unwrap() ^= 1;
        fs::write(at("sig.p7s"), &broken).unwrap();
        assert!(!openssl_accepts(folder.path()));
        assert_eq!(check(&broken, CONTENT, &holder.trust()).unwrap_err(), SignatureError::SignatureInvalid);
    }
}

#[test]
fn openssl_trusts_our_login_and_server_certificates_for_their_purpose_only() {
    let holder = Holder::p256().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let key = PrivateKey::generate_p256();
    let end = holder.signing.1.not_after();
    let names = ["localhost", "127.0.0.1", "::1"];
    let server =
        holder.authority.issue_server(&names, &key.public_key_der().unwrap(), Utc::now(), end).unwrap();
    for (name, certificate) in
        [("ca.pem", holder.authority.certificate()), ("login.pem", &holder.login.1), ("server.pem", &server)]
    {
        fs::write(folder.path().join(name), certificate.to_pem().unwrap()).unwrap();
    }
    for (arguments, accepted) in [
        ("-purpose sslserver -verify_hostname localhost server.pem", true),
        ("-purpose sslserver -verify_ip 127.0.0.1 server.pem", true),
        ("-purpose sslserver -verify_ip ::1 server.pem", true),
        ("-purpose sslserver -verify_hostname bank.hu server.pem", false),
        ("-purpose sslclient server.pem", false),
        ("-purpose sslclient -x509_strict login.pem", true),
        ("-purpose sslserver login.pem", false),
    ] {
        let output = openssl(folder.path(), &format!("verify -CAfile ca.pem {arguments}"));
        assert_eq!(
            output.status.success(),
            accepted,
            "{arguments}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// A folder with an authority, an intermediate and a user's signing certificate that openssl made.
struct OpensslHouse {
    folder: tempfile::TempDir,
    trust: TrustStore,
}

impl OpensslHouse {
    fn new(new_key: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let extensions = "[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n\
             [user]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\n";
        fs::write(path.join("ext"), extensions).unwrap();
        fs::write(path.join("content"), CONTENT).unwrap();
        for (name, issuer, section) in [("ca", "ca", "ca"), ("mid", "ca", "ca"), ("user", "mid", "user")] {
            openssl_must(path, &format!("{new_key} -out {name}.key"));
            let subject = format!("/C=HU/O=Bank/CN={name}/serialNumber=42");
            openssl_must(path, &format!("req -new -sha256 -key {name}.key -subj {subject} -out {name}.csr"));
            let signer = if name == issuer {
                format!("-signkey {name}.key")
            } else {
                format!("-CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial")
            };
            let common = "-sha256 -days 30 -extfile ext";
            openssl_must(
                path,
                &format!("x509 -req -in {name}.csr {signer} {common} -extensions {section} -out {name}.pem"),
            );
        }
        let trust = TrustStore::from_pem(&fs::read_to_string(path.join("ca.pem")).unwrap()).unwrap();
        Self { folder, trust }
    }

    fn rsa() -> Self {
        Self::new("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048")
    }

    fn p256() -> Self {
        Self::new("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Signs with openssl; the intermediate travels along.
    fn sign(&self, options: &str) -> Vec<u8> {
        let input = "-binary -in content -outform DER -signer user.pem -inkey user.key -certfile mid.pem -out sig.p7s";
        openssl_must(self.folder.path(), &format!("cms -sign {input} {options}"));
        fs::read(self.path("sig.p7s")).unwrap()
    }
}

#[test]
fn we_accept_what_openssl_signs_over_an_intermediate_and_both_refuse_one_changed_byte() {
    for house in [OpensslHouse::rsa(), OpensslHouse::p256()] {
        let file = house.sign("-cades -md sha256");
        let verified = check(&file, CONTENT, &house.trust).unwrap();
        assert_eq!(verified.signer.user_id().as_deref(), Some("42"));
        assert!((Utc::now() - verified.signing_time).num_seconds().abs() < 60);
        assert!(openssl_accepts(house.folder.path()));

        let mut changed = CONTENT.to_vec();
        changed[0] ^= 0x20;
        assert_eq!(check(&file, &changed, &house.trust), Err(SignatureError::ContentChanged));
        fs::write(house.path("content"), &changed).unwrap();
        assert!(!openssl_accepts(house.folder.path()));
    }
}

#[test]
fn each_lesser_kind_of_openssl_signature_is_refused_for_its_own_reason() {
    let house = OpensslHouse::p256();
    let files = [
        ("-md sha256", SignatureError::AttributeNotSingle("signingCertificateV2")),
        ("-cades -md sha512", SignatureError::UnsupportedAlgorithm("digest algorithms")),
        ("-cades -md sha256 -nodetach", SignatureError::NotDetached),
        ("-md sha256 -noattr", SignatureError::SignedAttributesMissing),
        ("-cades -md sha256 -nocerts", SignatureError::SignerCertificateMissing),
        ("-cades -md sha256 -signer ca.pem -inkey ca.key", SignatureError::SignerCount(2)),
    ];
    for (options, reason) in files {
        assert_eq!(check(&house.sign(options), CONTENT, &house.trust), Err(reason), "{options}");
    }
}

#[test]
fn a_signer_named_by_key_identifier_is_refused() {
    let house = OpensslHouse::p256();
    let file = house.sign("-cades -md sha256 -keyid");
    // RFC 5652, 5.1: such a file has another version, which is where we notice first.
    let refused = check(&file, CONTENT, &house.trust).unwrap_err();
    assert!(
        matches!(refused, SignatureError::Malformed(_) | SignatureError::UnsupportedSignerIdentifier),
        "{refused:?}"
    );
}

#[test]
fn openssl_opens_our_key_file_and_we_open_one_whose_keys_openssl_encrypted() {
    let holder = Holder::p256().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("ours.pem"), holder.key_file().unwrap()).unwrap();
    openssl_must(
        folder.path(),
        &format!("pkey -in ours.pem -passin pass:{PIN} -pubout -outform DER -out public"),
    );
    assert_eq!(fs::read(at("public")).unwrap(), holder.login.1.public_key_der().unwrap());
    assert!(!openssl(folder.path(), "pkey -in ours.pem -passin pass:000000 -noout").status.success());

    let mut text = String::new();
    for (key, certificate) in [&holder.login, &holder.signing] {
        fs::write(at("key.der"), key.to_pkcs8_der().unwrap()).unwrap();
        let encrypt =
            "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -inform DER -in key.der -out key.pem";
        openssl_must(folder.path(), &format!("{encrypt} -passout pass:{PIN}"));
        text.push_str(&fs::read_to_string(at("key.pem")).unwrap());
        text.push_str(&certificate.to_pem().unwrap());
    }
    let file = KeyFile::parse(&text).unwrap();
    for slot in [KeySlot::Login, KeySlot::Signing] {
        assert!(file.unlock(PIN, slot).unwrap().belongs_to(file.certificate(slot)));
        assert_eq!(file.unlock("271829", slot).unwrap_err(), SignatureError::PinWrong);
    }
}
