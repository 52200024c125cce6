//! GIDS cards against scripted answers: files, PIN, signing, unblocking, nonsense.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use crate::apdu::Transport;
use crate::card;
use crate::gids::GidsProfile;
use crate::profile::{CardProfile, PinStatus};
use crate::scripted::{Card, Scripted, in_order};
use crate::{KeyPurpose, Pin, PinChange, PinState, SignRequest, TokenError, UnblockAnswer, UnblockKind, tlv};

/// The files of a card with the signing certificate in container 1, or none.
struct Files {
    card: Card,
    /// Contents of `ksc01`.
    stored: Vec<u8>,
    /// Status word of the empty VERIFY.
    state: u16,
}

impl Files {
    fn new() -> Self {
        let card = Card::new();
        let stored = packed(card.certificate.to_der());
        Self { card, stored, state: 0x63c5 }
    }

    fn answer(&self, apdu: &[u8]) -> Vec<u8> {
        match (apdu[1], apdu.get(7..9)) {
            (0xcb, Some([0xdf, 0x1f])) => object(0xdf1f, &table()),
            (0xcb, Some([0xdf, 0x20])) => object(0xdf20, &[0xcd; 16]),
            (0xcb, Some([0xdf, 0x23])) => object(0xdf23, &containers()),
            (0xcb, Some([0xdf, 0x25])) => object(0xdf25, &self.stored),
            (0xcb, Some([0x7f, 0x71])) => object(0x7f71, &[0x97, 1, 5, 0x93, 1, 5]),
            (0xcb, _) => vec![0x6a, 0x88],
            (0x20, None) => self.state.to_be_bytes().to_vec(),
            (0x2a, _) => {
                // The card gives r and s one after the other.
                let digest = apdu[5..37].try_into().unwrap();
                let der = self.card.key.sign_digest(digest).unwrap();
                let numbers: Vec<_> = tlv::objects(tlv::find(&der, 0x30).unwrap()).collect();
                let mut raw = Vec::new();
                for (_, number) in numbers {
                    let digits = number.strip_prefix(&[0]).unwrap_or(number);
                    raw.extend(vec![0; 32 - digits.len()]);
                    raw.extend_from_slice(digits);
                }
                raw.extend_from_slice(&[0x90, 0x00]);
                raw
            }
            _ => vec![0x90, 0x00],
        }
    }
}

fn object(tag: u32, contents: &[u8]) -> Vec<u8> {
    let mut answer = Vec::new();
    tlv::put(&mut answer, tag, contents);
    answer.extend_from_slice(&[0x90, 0x00]);
    answer
}

fn table() -> Vec<u8> {
    let mut table = vec![1];
    for (directory, name, data, file) in
        [("mscp", "", 0, 0xa000), ("mscp", "cmapfile", 0xdf23, 0xa010), ("mscp", "ksc01", 0xdf25, 0xa010_u32)]
    {
        for name in [directory, name] {
            table.extend_from_slice(name.as_bytes());
            table.resize(table.len() + 9 - name.len(), 0);
        }
        table.extend_from_slice(&[0, 0]);
        table.extend_from_slice(&u32::to_le_bytes(data));
        table.extend_from_slice(&file.to_le_bytes());
    }
    table
}

/// Container 0 without a certificate's file, container 1 with a signature key.
fn containers() -> Vec<u8> {
    let mut record = [0; 86];
    // Flags and the high byte of a size.
    (record[80], record[85]) = (1, 8);
    let mut records = record.to_vec();
    (record[83], record[85]) = (1, 0);
    records.extend_from_slice(&record);
    records
}

fn packed(der: &[u8]) -> Vec<u8> {
    let length = u16::try_from(der.len()).unwrap().to_le_bytes();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(der).unwrap();
    [vec![1, 0], length.to_vec(), encoder.finish().unwrap()].concat()
}

fn request(key: KeyPurpose) -> SignRequest {
    SignRequest {
        key,
        pin: Pin::new("1234"),
        digests: vec![[3; 32]; 2],
        expected: None,
        last_try_confirmed: false,
    }
}

fn sign(card: &mut dyn Transport, request: &SignRequest) -> crate::Result<Vec<Vec<u8>>> {
    let mut made = Vec::new();
    card::sign(&GidsProfile, card, request, &mut |signature| made.push(signature))?;
    Ok(made)
}

#[test]
fn the_files_lead_to_the_certificate_and_its_words_say_what_it_is_for() {
    let files = Files::new();
    let mut transport = Scripted::new(|apdu: &[u8]| Ok(files.answer(apdu)));
    let info = card::read_info(&GidsProfile, &mut transport, "reader").unwrap();
    assert_eq!((info.login, info.signing), (None, Some(files.card.certificate.clone())));
    assert_eq!((info.csn, info.tries_left, info.tries_max), ("CD".repeat(16), Some(5), Some(5)));
    assert_eq!((info.unblock, info.renewable), (UnblockKind::ChallengeResponse, false));
    assert_eq!(GidsProfile.key(&mut transport, KeyPurpose::Signing).unwrap().unwrap().reference, 0x82);
    let der = files.card.certificate.to_der().to_vec();
    for (stored, expected) in [
        (der.clone(), Ok(true)),
        (b"no certificate".to_vec(), Ok(false)),
        (vec![], Ok(false)),
        ([vec![1, 0, 9, 9], packed(&der)[4..].to_vec()].concat(), Err("compressed certificate")),
        ([vec![1, 0], der].concat(), Err("compressed certificate")),
        (packed(&vec![0; 60_000]), Err("compressed certificate")),
    ] {
        let files = Files { stored, ..Files::new() };
        let mut transport = Scripted::new(|apdu: &[u8]| Ok(files.answer(apdu)));
        let found = GidsProfile.key(&mut transport, KeyPurpose::Signing).map(|key| key.is_some());
        assert_eq!(found, expected.map_err(TokenError::CardAnswer));
    }
}

#[test]
fn one_pin_opens_any_number_of_signatures_and_they_come_as_der() {
    let files = Files::new();
    let mut transport = Scripted::new(|apdu: &[u8]| Ok(files.answer(apdu)));
    let signatures = sign(&mut transport, &request(KeyPurpose::Signing)).unwrap();
    assert!(signatures.iter().all(|signature| files.card.certificate.verifies(&[3; 32], signature)));
    assert_eq!((signatures.len(), transport.count_with_data(0x20)), (2, 1));
    let environment = hex::decode("002241b60680011c840182").unwrap();
    assert_eq!(transport.sent.iter().filter(|apdu| **apdu == environment).count(), 2);
    let missing = Err(TokenError::KeyMissing(KeyPurpose::Login));
    assert_eq!(sign(&mut transport, &request(KeyPurpose::Login)), missing);
}

#[test]
fn a_new_card_signs_nothing_and_takes_its_first_pin_without_an_old_one() {
    let files = Files { state: 0x9000, ..Files::new() };
    let mut transport = Scripted::new(|apdu: &[u8]| Ok(files.answer(apdu)));
    let status = PinStatus { left: Some(5), max: Some(5), state: PinState::Unset };
    assert_eq!(GidsProfile.pin_status(&mut transport), Ok(status));
    assert_eq!(sign(&mut transport, &request(KeyPurpose::Signing)), Err(TokenError::PinNotSet));
    assert_eq!(transport.count_with_data(0x20), 0);
    transport.sent.clear();
    let new = Pin::new("2580");
    let change = PinChange { old: None, new, csn: "CD".repeat(16), last_try_confirmed: false };
    assert_eq!(card::change_pin(&GidsProfile, &mut transport, &change), Ok(()));
    let sent: Vec<_> = transport.sent.iter().rev().take(3).rev().map(hex::encode).collect();
    assert_eq!(sent, ["002401800432353830", "00a4000c023fff", "00440000"]);
    let long = PinChange { new: Pin::new("1".repeat(17)), ..change };
    assert_eq!(card::change_pin(&GidsProfile, &mut transport, &long), Err(TokenError::PinFormat));
}

#[test]
fn a_change_sends_both_pins_once_and_each_answer_has_its_meaning() {
    for (answer, expected) in [
        (Ok("9000"), Ok(())),
        (Ok("63c3"), Err(TokenError::PinWrong { left: 3 })),
        (Ok("6983"), Err(TokenError::PinBlocked)),
        (Ok("6700"), Err(TokenError::NewPinRefused)),
        (Ok("6985"), Err(TokenError::NewPinRefused)),
        (Err(TokenError::Removed), Err(TokenError::PinOutcomeUnknown)),
    ] {
        let mut card = Scripted::new(|_: &[u8]| answer.clone().map(|answer| hex::decode(answer).unwrap()));
        let (old, new) = (Pin::new("1234"), Pin::new("98765"));
        assert_eq!(GidsProfile.change_pin(&mut card, Some(&old), &new), expected);
        assert_eq!(card.sent, [hex::decode("0024008009313233343938373635").unwrap()]);
    }
}

#[test]
fn the_counter_is_the_cards_own_or_that_of_the_status_word() {
    for (empty, counters, left) in [
        ("63c5", "7f71069701039301059000", Some(3)),
        ("63c2", "6a88", Some(2)),
        ("6983", "7f71069701009301059000", Some(0)),
        ("6983", "6a88", Some(0)),
        ("6a88", "6a88", None),
    ] {
        let status = GidsProfile.pin_status(&mut Scripted::new(in_order([empty, counters]))).unwrap();
        assert_eq!((status.left, status.state), (left, PinState::InUse), "{empty} {counters}");
    }
}

#[test]
fn what_a_card_says_when_asked_for_a_challenge_is_told_apart() {
    let challenge = "7c0a810801020304050607089000";
    for (environment, asked, expected) in [
        ("9000", challenge, Ok(vec![1, 2, 3, 4, 5, 6, 7, 8])),
        ("9000", "6983", Err(TokenError::UnblockDead)),
        ("9000", "6986", Err(TokenError::PinNotSet)),
        ("6a88", "", Err(TokenError::Unsupported)),
        ("9000", "6985", Err(TokenError::Unsupported)),
        ("9000", "6982", Err(TokenError::CardRefused { sw: 0x6982 })),
        ("9000", "7c0381010190 00", Err(TokenError::CardAnswer("challenge"))),
        ("9000", "9000", Err(TokenError::CardAnswer("challenge"))),
    ] {
        let asked = asked.replace(' ', "");
        let mut card = Scripted::new(in_order([environment, &asked]));
        assert_eq!(GidsProfile.unblock_random(&mut card), expected, "{environment} {asked}");
    }
}

fn unblock(card: &mut dyn Transport, code: Vec<u8>) -> crate::Result<()> {
    GidsProfile.unblock(card, "", &UnblockAnswer::Response(code), &Pin::new("2580"))
}

#[test]
fn the_code_and_the_new_pin_go_out_back_to_back_and_once() {
    for (first, second, expected) in [
        ("9000", "9000", Ok(())),
        ("9000", "6700", Err(TokenError::NewPinRefused)),
        ("9000", "6982", Err(TokenError::CardRefused { sw: 0x6982 })),
        ("9000", "90", Err(TokenError::PinOutcomeUnknown)),
        ("6982", "", Err(TokenError::UnblockCodeWrong { left: None })),
        ("63c2", "", Err(TokenError::UnblockCodeWrong { left: Some(2) })),
        ("63c0", "", Err(TokenError::UnblockDead)),
        ("6983", "", Err(TokenError::UnblockDead)),
        ("6985", "", Err(TokenError::UnblockLapsed)),
        ("6a80", "", Err(TokenError::CardRefused { sw: 0x6a80 })),
        ("90", "", Err(TokenError::PinOutcomeUnknown)),
    ] {
        let mut card = Scripted::new(in_order([first, second]));
        assert_eq!(unblock(&mut card, vec![7; 8]), expected, "{first} {second}");
        let code = "008700000c7c0a82080707070707070707";
        let sent: Vec<_> = card.sent.iter().map(hex::encode).collect();
        let both = [code, "002c02800432353830"];
        assert_eq!(sent, if first == "9000" { &both[..] } else { &both[..1] }, "{first} {second}");
    }
    let reset = unblock(&mut Scripted::new(|_: &[u8]| Err(TokenError::Reset)), vec![7; 8]);
    assert_eq!(reset, Err(TokenError::UnblockLapsed));
    let removed = unblock(&mut Scripted::new(in_order([])), vec![7; 8]);
    assert_eq!(removed, Err(TokenError::PinOutcomeUnknown));
    for code in [vec![], vec![7; 7], vec![7; 17], vec![7; 300]] {
        let mut card = Scripted::new(in_order([]));
        assert_eq!(unblock(&mut card, code), Err(TokenError::PinFormat));
        assert!(card.sent.is_empty());
    }
}

proptest! {
    #[test]
    fn a_card_that_answers_nonsense_never_causes_a_panic_or_a_second_secret(
        nonsense in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..12),
        honest in 0_usize..16,
    ) {
        static FILES: std::sync::OnceLock<Files> = std::sync::OnceLock::new();
        let files = FILES.get_or_init(Files::new);
        crate::probe::with_answers(|| {
            let mut number = 0;
            let nonsense = nonsense.clone();
            move |apdu: &[u8]| {
                number += 1;
                if number <= honest { files.answer(apdu) } else { nonsense[number % nonsense.len()].clone() }
            }
        });
    }
}
