//! The card side against scripted answers: every status word, nonsense, broken connections.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use crate::apdu::{Command, StatusWord, Transport, send};
use crate::card;
use crate::piv::PivProfile;
use crate::profile::{CardProfile, PinStatus};
use crate::scripted::{Card, Scripted, data_object, in_order};
use crate::{KeyPurpose, Pin, PinState, SignRequest, TokenError, tlv};

fn request(digests: usize) -> SignRequest {
    let digests = vec![[3; 32]; digests];
    let (key, pin) = (KeyPurpose::Signing, Pin::new("123456"));
    SignRequest { key, pin, digests, expected: None, last_try_confirmed: false }
}

fn sign(card: &mut dyn Transport, request: &SignRequest) -> crate::Result<Vec<Vec<u8>>> {
    let mut made = Vec::new();
    card::sign(&PivProfile, card, request, &mut |signature| made.push(signature))?;
    Ok(made)
}

fn get_data(data: &[u8]) -> Command<'_> {
    Command { ins: 0xcb, p1: 0x3f, p2: 0xff, data, answer: true }
}

#[test]
fn long_commands_are_chained_and_a_refused_part_ends_the_chain() {
    let mut card = Scripted::new(in_order(["9000", "aabb9000"]));
    let answer = send(&mut card, get_data(&[7; 300])).unwrap();
    assert_eq!((&answer.data[..], answer.status), (&[0xaa, 0xbb][..], StatusWord::OK));
    assert_eq!((card.sent[0][..5].to_vec(), card.sent[0].len()), (vec![0x10, 0xcb, 0x3f, 0xff, 255], 260));
    assert_eq!((card.sent[1][..5].to_vec(), card.sent[1].len()), (vec![0x00, 0xcb, 0x3f, 0xff, 45], 51));
    let mut card = Scripted::new(in_order(["6883"]));
    assert_eq!(send(&mut card, get_data(&[7; 300])).unwrap().status, StatusWord(0x6883));
}

#[test]
fn answers_in_parts_are_collected_and_wrong_lengths_corrected_once() {
    let mut card = Scripted::new(in_order(["01026103", "03046101", "059000"]));
    assert_eq!(*send(&mut card, get_data(&[1])).unwrap().data, [1, 2, 3, 4, 5]);
    assert_eq!(card.sent[1..], [vec![0, 0xc0, 0, 0, 3], vec![0, 0xc0, 0, 0, 1]]);
    let mut card = Scripted::new(in_order(["6c04", "010203049000"]));
    assert_eq!(send(&mut card, get_data(&[1])).unwrap().data.len(), 4);
    assert_eq!(card.sent[1].last(), Some(&4));
    let mut card = Scripted::new(in_order(["6c04", "6c05"]));
    assert_eq!(send(&mut card, get_data(&[1])).unwrap().status, StatusWord(0x6c05));
}

#[test]
fn an_answer_without_end_or_without_status_is_an_error() {
    let mut endless = Scripted::new(|_: &[u8]| Ok(vec![1, 0x61, 0x00]));
    let error = send(&mut endless, get_data(&[1])).err();
    assert_eq!(error, Some(TokenError::CardAnswer("an answer without end")));
    assert!(endless.sent.len() < 100);
    for short in ["", "90"] {
        let error = send(&mut Scripted::new(in_order([short])), get_data(&[1])).err();
        assert_eq!(error, Some(TokenError::CardAnswer("shorter than a status word")));
    }
}

#[test]
fn each_status_word_of_a_pin_check_has_its_meaning_and_the_pin_goes_once() {
    for (status, expected) in [
        (0x9000, Ok(())),
        (0x63c4, Err(TokenError::PinWrong { left: 4 })),
        (0x63c1, Err(TokenError::PinWrong { left: 1 })),
        (0x63c0, Err(TokenError::PinBlocked)),
        (0x6983, Err(TokenError::PinBlocked)),
        (0x6a80, Err(TokenError::PinFormat)),
        (0x6700, Err(TokenError::PinFormat)),
        (0x6982, Err(TokenError::CardRefused { sw: 0x6982 })),
        (0x6a88, Err(TokenError::CardRefused { sw: 0x6a88 })),
        (0x6f00, Err(TokenError::CardRefused { sw: 0x6f00 })),
        (0x6c08, Err(TokenError::CardRefused { sw: 0x6c08 })),
        (0x6108, Err(TokenError::CardRefused { sw: 0x6108 })),
    ] {
        let mut card = Scripted::new(|_: &[u8]| Ok(u16::to_be_bytes(status).to_vec()));
        assert_eq!(PivProfile.verify(&mut card, &Pin::new("1234567")), expected, "{status:04x}");
        assert_eq!(card.sent, [hex::decode("002000800831323334353637ff").unwrap()], "{status:04x}");
    }
}

#[test]
fn a_pin_without_a_clear_answer_has_an_unknown_outcome() {
    for answer in [Err(TokenError::Removed), Err(TokenError::Reset), Ok(vec![]), Ok(vec![0x90])] {
        let mut card = Scripted::new(|_: &[u8]| answer.clone());
        assert_eq!(PivProfile.verify(&mut card, &Pin::new("123456")), Err(TokenError::PinOutcomeUnknown));
        assert_eq!(card.sent.len(), 1);
    }
}

#[test]
fn the_tries_counter_is_read_even_when_someone_left_the_pin_verified() {
    for (answers, left) in [
        (["63c3", "6d00", "", ""], Some(3)),
        (["6983", "6d00", "", ""], Some(0)),
        (["9000", "9000", "63c5", "6d00"], Some(5)),
        (["9000", "6a86", "9000", "6d00"], None),
        (["6a88", "6d00", "", ""], None),
    ] {
        let status = PivProfile.pin_status(&mut Scripted::new(in_order(answers)));
        assert_eq!(status, Ok(PinStatus { left, max: None, state: PinState::InUse }), "{answers:?}");
    }
    for (told, state) in
        [("050100060205039000", PinState::InUse), ("050101060205039000", PinState::Transport)]
    {
        let status = PivProfile.pin_status(&mut Scripted::new(in_order(["63c3", told])));
        assert_eq!(status, Ok(PinStatus { left: Some(3), max: Some(5), state }));
    }
}

#[test]
fn a_card_without_the_application_is_foreign() {
    for status in ["6a82", "6d00", "6e00", "6985", "6f00"] {
        assert_eq!(PivProfile.select(&mut Scripted::new(in_order([status]))), Err(TokenError::ForeignCard));
    }
    assert_eq!(PivProfile.select(&mut Scripted::new(in_order([]))), Err(TokenError::Removed));
}

#[test]
fn everything_that_can_refuse_does_so_before_the_pin_is_sent() {
    let good = Card::new();
    let bound = SignRequest { expected: Some([1; 32]), ..request(1) };
    let login = SignRequest { key: KeyPurpose::Login, ..request(1) };
    let short = SignRequest { pin: Pin::new("12345"), ..request(1) };
    for (card, request, expected) in [
        (Card { state: 0x63c1, ..good.clone() }, &request(1), TokenError::LastTry),
        (Card { state: 0x6983, ..good.clone() }, &request(1), TokenError::PinBlocked),
        (good.clone(), &bound, TokenError::AnotherCard),
        (good.clone(), &login, TokenError::KeyMissing(KeyPurpose::Login)),
        (good.clone(), &short, TokenError::PinFormat),
    ] {
        let mut transport = Scripted::new(|apdu: &[u8]| Ok(card.answer(apdu)));
        assert_eq!(sign(&mut transport, request), Err(expected));
        assert_eq!(transport.count_with_data(0x20), 0);
    }
}

#[test]
fn the_last_try_is_used_when_the_person_has_confirmed_it() {
    let card = Card { state: 0x63c1, ..Card::new() };
    let mut transport = Scripted::new(|apdu: &[u8]| Ok(card.answer(apdu)));
    let confirmed = SignRequest { last_try_confirmed: true, ..request(2) };
    let signatures = sign(&mut transport, &confirmed).unwrap();
    assert!(signatures.iter().all(|signature| card.certificate.verifies(&[3; 32], signature)));
    assert_eq!((signatures.len(), transport.count_with_data(0x20)), (2, 2));
}

#[test]
fn what_the_card_says_to_signing_is_told_apart() {
    let good = Card::new();
    for (signed, expected) in [
        (0x6a86, TokenError::KeyMissing(KeyPurpose::Signing)),
        (0x6a88, TokenError::KeyMissing(KeyPurpose::Signing)),
        (0x6982, TokenError::CardRefused { sw: 0x6982 }),
        (0x6a80, TokenError::CardRefused { sw: 0x6a80 }),
    ] {
        let card = Card { signed, ..good.clone() };
        let mut transport = Scripted::new(|apdu: &[u8]| Ok(card.answer(apdu)));
        assert_eq!(sign(&mut transport, &request(1)), Err(expected));
    }
    let impostor = Card { key: signature::PrivateKey::generate_p256(), ..good };
    let mut transport = Scripted::new(|apdu: &[u8]| Ok(impostor.answer(apdu)));
    let refused = sign(&mut transport, &request(1));
    assert_eq!(refused, Err(TokenError::CardAnswer("wrong signature")));
}

#[test]
fn a_wrong_pin_in_a_batch_is_not_sent_again() {
    let card = Card { verified: 0x63c4, ..Card::new() };
    let mut transport = Scripted::new(|apdu: &[u8]| Ok(card.answer(apdu)));
    assert_eq!(sign(&mut transport, &request(3)), Err(TokenError::PinWrong { left: 4 }));
    assert_eq!(transport.count_with_data(0x20), 1);
}

fn read_certificate(stored: &[u8], info: u8) -> crate::Result<Option<signature::Certificate>> {
    let mut contents = Vec::new();
    tlv::put(&mut contents, 0x70, stored);
    tlv::put(&mut contents, 0x71, &[info]);
    let mut card = Scripted::new(|_: &[u8]| Ok(data_object(&contents)));
    Ok(PivProfile.key(&mut card, KeyPurpose::Signing)?.map(|key| key.certificate))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn compressed_certificates_are_read_and_bombs_refused() {
    let certificate = Card::new().certificate;
    assert_eq!(read_certificate(&gzip(certificate.to_der()), 1), Ok(Some(certificate.clone())));
    assert_eq!(read_certificate(certificate.to_der(), 0), Ok(Some(certificate.clone())));
    assert_eq!(read_certificate(b"no certificate", 0), Ok(None));
    assert_eq!(read_certificate(b"", 0), Ok(None));
    let broken = Err(TokenError::CardAnswer("compressed certificate"));
    assert_eq!(read_certificate(certificate.to_der(), 1), broken);
    assert_eq!(read_certificate(&gzip(&vec![0; 10_000_000]), 1), broken);
}

#[test]
fn the_serial_number_is_the_guid_or_the_uuid_or_nothing() {
    let csn = |objects: &[(u32, &[u8])]| {
        let mut contents = Vec::new();
        objects.iter().for_each(|(tag, value)| tlv::put(&mut contents, *tag, value));
        PivProfile.csn(&mut Scripted::new(|_: &[u8]| Ok(data_object(&contents))))
    };
    assert_eq!(csn(&[(0x30, &[9; 25]), (0x34, &[0xab; 16])]), Ok("AB".repeat(16)));
    assert_eq!(csn(&[(0x34, &[0; 16]), (0x36, &[0xcd; 16])]), Ok("CD".repeat(16)));
    assert_eq!(csn(&[(0x30, &[9; 25])]), Ok(String::new()));
    assert_eq!(PivProfile.csn(&mut Scripted::new(in_order(["6a82"]))), Ok(String::new()));
}

#[test]
fn a_pin_shows_nothing() {
    assert_eq!(format!("{:?}", request(0)).matches("123456").count(), 0);
}

proptest! {
    #[test]
    fn a_card_that_answers_nonsense_never_causes_a_panic_or_a_second_pin(
        nonsense in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..12),
        honest in 0_usize..12,
    ) {
        static CARD: std::sync::OnceLock<Card> = std::sync::OnceLock::new();
        let card = CARD.get_or_init(Card::new);
        let answers = || {
            let mut number = 0;
            let nonsense = nonsense.clone();
            move |apdu: &[u8]| {
                number += 1;
                Ok(if number <= honest { card.answer(apdu) } else { nonsense[number % nonsense.len()].clone() })
            }
        };
        // Whatever comes, it comes as a value; a PIN goes out once at most while nothing was signed.
        let mut transport = Scripted::new(answers());
        drop(card::read_info(&PivProfile, &mut transport, "reader"));
        let mut transport = Scripted::new(answers());
        let signed = sign(&mut transport, &request(1));
        prop_assert!(transport.count_with_data(0x20) <= 1);
        if let Ok(signatures) = signed {
            prop_assert!(card.certificate.verifies(&[3; 32], &signatures[0]));
        }
    }
}
