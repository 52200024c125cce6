//! Programs that nobody here wrote accept the virtual card, which keeps it honest.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use harness::card::holder::{CSN, Holder, PIN};
use harness::card::{Action, CardKind, DEFAULT_ADMIN_KEY, ManagementKey, Moment, VirtualCard};
use harness::pcscd::Pcscd;
use signature::Certificate;

/// A service with a holder's card in its reader.
struct Desk {
    holder: Holder,
    card: VirtualCard,
    service: Pcscd,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new(holder: Holder) -> Self {
        let card = holder.card().unwrap();
        Self::with(holder, card)
    }

    fn gids(holder: Holder) -> Self {
        let order = VirtualCard::builder(CardKind::Gids);
        let card = order.build(holder.login.clone(), holder.signing.clone());
        Self::with(holder, card)
    }

    fn with(holder: Holder, mut card: VirtualCard) -> Self {
        let service = Pcscd::start().unwrap();
        card.insert(service.slot()).unwrap();
        let desk = Self { holder, card, service, folder: tempfile::tempdir().unwrap() };
        let start = Instant::now();
        while !desk.run("opensc-tool", &["-a"]).status.success() {
            assert!(start.elapsed() < Duration::from_secs(10), "the card does not show up");
            std::thread::sleep(Duration::from_millis(100));
        }
        desk
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        self.service.command(program).args(arguments).current_dir(self.folder.path()).output().unwrap()
    }

    /// Runs and returns what was printed; the program must succeed.
    fn must(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.run(program, arguments);
        let printed =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success(), "{program} {arguments:?}: {printed}\n{:#?}", self.card.log());
        printed
    }

    fn write(&self, name: &str, contents: &[u8]) {
        fs::write(self.folder.path().join(name), contents).unwrap();
    }
}

#[test]
fn opensc_knows_the_card_and_lists_its_keys_and_certificates() {
    let desk = Desk::new(Holder::p256().unwrap());
    assert!(desk.must("opensc-tool", &["-n"]).contains("Personal Identity Verification Card"));
    let dump = desk.must("pkcs15-tool", &["--dump"]);
    for expected in [
        "Certificate for PIV Authentication",
        "Certificate for Digital Signature",
        "Private EC Key [SIGN key]",
    ] {
        assert!(dump.contains(expected), "{expected} is not in {dump}");
    }
    let read = desk.must("pkcs15-tool", &["--read-certificate", "02"]);
    assert_eq!(Certificate::from_pem(&read).unwrap(), desk.holder.signing.1);
}

#[test]
fn opensc_signs_with_both_keys_of_either_kind() {
    for (holder, mechanism, format) in [
        (Holder::rsa().unwrap(), "SHA256-RSA-PKCS", None),
        (Holder::p256().unwrap(), "ECDSA-SHA256", Some(["--signature-format", "openssl"])),
    ] {
        let desk = Desk::new(holder);
        desk.write("content", b"package");
        for (id, certificate) in [("01", &desk.holder.login.1), ("02", &desk.holder.signing.1)] {
            let mut arguments = vec!["--login", "--pin", PIN, "--sign", "--id", id, "-m", mechanism];
            arguments.extend(["-i", "content", "-o", "signature"]);
            arguments.extend(format.iter().flatten());
            desk.must("pkcs11-tool", &[&["--module", "opensc-pkcs11.so"], &arguments[..]].concat());
            desk.write("certificate", certificate.to_pem().unwrap().as_bytes());
            let key = desk.must("openssl", &["x509", "-in", "certificate", "-pubkey", "-noout"]);
            desk.write("key", key.as_bytes());
            let verify = ["dgst", "-sha256", "-verify", "key", "-signature", "signature", "content"];
            assert!(desk.must("openssl", &verify).contains("Verified OK"));
        }
    }
}

#[test]
fn yubico_piv_tool_checks_signs_and_unblocks() {
    let desk = Desk::new(Holder::rsa().unwrap());
    let reader = desk.service.reader();
    let tool = |arguments: &[&str]| desk.must("yubico-piv-tool", &[&["-r", &reader], arguments].concat());
    let status = tool(&["-a", "status"]);
    assert!(status.contains("PIN tries left:\t5"), "{status}");
    for (slot, certificate) in [("9a", &desk.holder.login.1), ("9c", &desk.holder.signing.1)] {
        desk.write("certificate", certificate.to_pem().unwrap().as_bytes());
        let arguments =
            ["-a", "verify-pin", "-P", PIN, "-a", "test-signature", "-s", slot, "-i", "certificate"];
        assert!(tool(&arguments).contains("Successful RSA verification"));
    }
    for left in (0..5).rev() {
        assert!(
            !desk
                .run("yubico-piv-tool", &["-r", &reader, "-a", "verify-pin", "-P", "000000"])
                .status
                .success()
        );
        assert_eq!(desk.card.tries_left(), left);
    }
    tool(&["-a", "unblock-pin", "-P", harness::card::DEFAULT_PUK, "-N", "654321"]);
    assert_eq!(desk.card.tries_left(), 5);
    tool(&["-a", "change-pin", "-P", "654321", "-N", "112233"]);
    tool(&["-a", "verify-pin", "-P", "112233"]);
}

#[test]
fn yubico_piv_tool_makes_a_key_and_writes_a_certificate() {
    let holder = Holder::p256().unwrap();
    // The key that Yubico's tools take when they are told none.
    let key = hex::decode("010203040506070801020304050607080102030405060708").unwrap();
    let order =
        VirtualCard::builder(CardKind::Piv).management_key(ManagementKey::Tdes(key.try_into().unwrap()));
    let card = order.build(holder.login.clone(), holder.signing.clone());
    let desk = Desk::with(holder, card);
    let reader = desk.service.reader();
    let tool = |arguments: &[&str]| desk.must("yubico-piv-tool", &[&["-r", &reader], arguments].concat());
    assert!(tool(&["-a", "version"]).contains("5.7.0"));
    for algorithm in ["ECCP256", "RSA2048"] {
        let pin = ["--pin-policy", "always"];
        tool(&[&["-a", "generate", "-s", "82", "-A", algorithm, "-o", "key"], &pin[..]].concat());
        let known = desk.must("openssl", &["pkey", "-pubin", "-in", "key", "-noout", "-text"]);
        assert!(known.contains("Public-Key"), "{known}");
        desk.write("certificate", desk.holder.login.1.to_pem().unwrap().as_bytes());
        tool(&["-a", "import-certificate", "-s", "82", "-i", "certificate"]);
        let read = tool(&["-a", "read-certificate", "-s", "82"]);
        assert_eq!(Certificate::from_pem(&read).unwrap(), desk.holder.login.1);
    }
    let wrong = ["-r", &reader, "-k", "11".repeat(24).leak(), "-a", "generate", "-s", "83"];
    assert!(!desk.run("yubico-piv-tool", &wrong).status.success());
}

#[test]
fn opensc_knows_the_gids_card_and_lists_its_keys_and_certificates() {
    let desk = Desk::gids(Holder::rsa().unwrap());
    assert!(desk.must("opensc-tool", &["-n"]).contains("GIDS"));
    let serial = desk.must("opensc-tool", &["--serial"]).replace(' ', "").to_lowercase();
    assert!(serial.contains(&hex::encode(CSN)), "{serial}");
    let dump = desk.must("pkcs15-tool", &["--dump"]);
    for expected in
        ["UserPIN", "Private RSA Key [kapocs-00]", "Private RSA Key [kapocs-01]", "Tries left     : 5"]
    {
        assert!(dump.contains(expected), "{expected} is not in {dump}");
    }
    for (id, certificate) in [("00", &desk.holder.login.1), ("01", &desk.holder.signing.1)] {
        let read = desk.must("pkcs15-tool", &["--read-certificate", id]);
        assert_eq!(Certificate::from_pem(&read).unwrap(), *certificate);
        desk.write("certificate", certificate.to_pem().unwrap().as_bytes());
        let key = desk.must("openssl", &["x509", "-in", "certificate", "-pubkey", "-noout"]);
        assert!(desk.must("pkcs15-tool", &["--read-public-key", id]).contains(key.trim()));
    }
}

#[test]
fn opensc_signs_with_the_gids_card_and_changes_its_pin() {
    let desk = Desk::gids(Holder::rsa().unwrap());
    desk.write("content", b"package");
    desk.must("pkcs15-tool", &["--change-pin", "--pin", PIN, "--new-pin", "31415926"]);
    for (id, certificate) in [("00", &desk.holder.login.1), ("01", &desk.holder.signing.1)] {
        desk.must(
            "pkcs11-tool",
            &[
                "--module",
                "opensc-pkcs11.so",
                "--login",
                "--pin",
                "31415926",
                "--sign",
                "--id",
                id,
                "-m",
                "SHA256-RSA-PKCS",
                "-i",
                "content",
                "-o",
                "signature",
            ],
        );
        desk.write("certificate", certificate.to_pem().unwrap().as_bytes());
        let key = desk.must("openssl", &["x509", "-in", "certificate", "-pubkey", "-noout"]);
        desk.write("key", key.as_bytes());
        let verify = ["dgst", "-sha256", "-verify", "key", "-signature", "signature", "content"];
        assert!(desk.must("openssl", &verify).contains("Verified OK"));
    }
}

#[test]
fn opensc_counts_the_gids_pin_down_and_gids_tool_unblocks_it() {
    let desk = Desk::gids(Holder::rsa().unwrap());
    let wrong = ["--verify-pin", "--pin", "000000"];
    for left in (0..5).rev() {
        assert!(!desk.run("pkcs15-tool", &wrong).status.success());
        assert_eq!(desk.card.tries_left(), left);
    }
    let unblock = |key: &[u8]| {
        let key = hex::encode(key);
        desk.run("gids-tool", &["--unblock", "--admin-key", &key, "--pin", "161803"])
    };
    assert!(!unblock(&[7; 24]).status.success());
    assert_eq!(desk.card.admin_tries_left(), Some(4));
    let output = unblock(&DEFAULT_ADMIN_KEY);
    assert!(output.status.success(), "{output:?}\n{:#?}", desk.card.log());
    assert_eq!((desk.card.tries_left(), desk.card.admin_tries_left()), (5, Some(5)));
    desk.must("pkcs15-tool", &["--verify-pin", "--pin", "161803"]);
}

#[test]
fn a_lost_answer_is_an_error_to_the_reader_and_the_card_goes_on() {
    let desk = Desk::with(Holder::p256().unwrap(), Holder::p256().unwrap().card().unwrap());
    let say = ["--card-driver", "default", "-s", "00A4040009A00000030800001000", "-s", "00200080"];
    desk.card.act_when(|step| match (step.instruction, step.moment) {
        (0x20, Moment::Executed) => Action::Answer(vec![0x63]),
        _ => Action::Go,
    });
    let lost = desk.run("opensc-tool", &say);
    assert!(!String::from_utf8_lossy(&lost.stdout).contains("SW1=0x63"), "{lost:?}");
    desk.card.act_when(|_| Action::Go);
    assert!(desk.must("opensc-tool", &say).contains("SW1=0x63, SW2=0xC5"));
}

#[test]
fn opensc_says_that_a_foreign_card_is_none_that_it_knows() {
    let desk = Desk::with(Holder::p256().unwrap(), VirtualCard::foreign());
    let output = desk.run("pkcs15-tool", &["--dump"]);
    assert!(!output.status.success(), "{output:?}");
}

#[test]
fn the_virtual_card_program_makes_a_new_gids_card() {
    let holder = Holder::p256().unwrap();
    let service = Pcscd::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("key.pem"), holder.key_file().unwrap()).unwrap();
    fs::write(folder.path().join("pin"), PIN).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_virtual-card"))
        .args(["--key-file", "key.pem", "--pin-file", "pin", "--kind", "gids", "--new"])
        .args(["--admin-key", &"5a".repeat(24), "--address", &service.slot().to_string()])
        .current_dir(folder.path())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let state = loop {
        let output = service
            .command("opensc-tool")
            .args(["--card-driver", "default", "-s", "00A4040009A00000039742544659", "-s", "00200080"])
            .output()
            .unwrap();
        if output.status.success() {
            break String::from_utf8_lossy(&output.stdout).into_owned();
        }
        assert!(start.elapsed() < Duration::from_secs(10), "the card does not show up: {output:?}");
        std::thread::sleep(Duration::from_millis(100));
    };
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(state.matches("SW1=0x90, SW2=0x00").count(), 2, "{state}");
}

#[test]
fn the_virtual_card_program_takes_its_pin_from_a_file_or_a_descriptor() {
    let holder = Holder::p256().unwrap();
    let service = Pcscd::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("key.pem"), holder.key_file().unwrap()).unwrap();
    fs::write(at("pin"), format!("{PIN}\n")).unwrap();
    for pin in [vec!["--pin-file".into(), at("pin").into_os_string()], vec!["--pin-fd".into(), "0".into()]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_virtual-card"))
            .arg("--key-file")
            .arg(at("key.pem"))
            .args(pin)
            .args(["--address", &service.slot().to_string()])
            .stdin(fs::File::open(at("pin")).unwrap())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let start = Instant::now();
        while !service.command("opensc-tool").arg("-a").output().unwrap().status.success() {
            assert!(start.elapsed() < Duration::from_secs(10), "the card does not show up");
            std::thread::sleep(Duration::from_millis(100));
        }
        program.kill().unwrap();
        program.wait().unwrap();
        let csn = hex::encode_upper(&holder.login.1.fingerprint()[..16]);
        assert_eq!(line, format!("card {csn} is in the reader at {}\n", service.slot()));
        std::thread::sleep(Duration::from_secs(1));
    }
}
