//! PIN change, unblocking and renewal of PIV cards against scripted answers: every status word, and that
//! no secret goes out twice or in vain.

use crate::apdu::Transport;
use crate::card;
use crate::piv::PivProfile;
use crate::profile::CardProfile;
use crate::scripted::{Card, Scripted, data_object, in_order};
use crate::{
    KeyPurpose, Pin, PinChange, PinState, SignRequest, TokenError, UnblockAnswer, UnblockKind, piv_pin, tlv,
};

const CSN: [u8; 16] = [0xab; 16];

fn pins() -> (Pin, Pin) {
    (Pin::new("123456"), Pin::new("87654321"))
}

fn change() -> PinChange {
    let (old, new) = pins();
    PinChange { old: Some(old), new, csn: hex::encode_upper(CSN), last_try_confirmed: false }
}

/// A card whose counter and metadata are given; its serial number is [`CSN`].
fn told(state: u16, metadata: &'static str) -> impl FnMut(&[u8]) -> crate::Result<Vec<u8>> {
    move |apdu| {
        Ok(match apdu[1] {
            0xcb => {
                let mut chuid = Vec::new();
                tlv::put(&mut chuid, 0x34, &CSN);
                data_object(&chuid)
            }
            0x20 if apdu.len() == 4 => state.to_be_bytes().to_vec(),
            0xf7 => hex::decode(metadata).unwrap(),
            0x24 | 0xa4 => vec![0x90, 0x00],
            _ => vec![0x6d, 0x00],
        })
    }
}

fn secrets(sent: &[Vec<u8>]) -> usize {
    sent.iter().filter(|apdu| matches!(apdu[1], 0x20 | 0x24 | 0x2c) && apdu.len() > 5).count()
}

#[test]
fn each_status_word_of_a_pin_change_has_its_meaning_and_the_pins_go_once() {
    for (status, expected) in [
        (0x9000, Ok(())),
        (0x63c4, Err(TokenError::PinWrong { left: 4 })),
        (0x63c0, Err(TokenError::PinBlocked)),
        (0x6983, Err(TokenError::PinBlocked)),
        (0x6a80, Err(TokenError::NewPinRefused)),
        (0x6700, Err(TokenError::NewPinRefused)),
        (0x6985, Err(TokenError::NewPinRefused)),
        (0x6982, Err(TokenError::CardRefused { sw: 0x6982 })),
        (0x6d00, Err(TokenError::CardRefused { sw: 0x6d00 })),
    ] {
        let (old, new) = pins();
        let mut card = Scripted::new(|_: &[u8]| Ok(u16::to_be_bytes(status).to_vec()));
        assert_eq!(PivProfile.change_pin(&mut card, Some(&old), &new), expected, "{status:04x}");
        let sent = "0024008010313233343536ffff3837363534333231";
        assert_eq!(card.sent, [hex::decode(sent).unwrap()], "{status:04x}");
    }
    for answer in [Err(TokenError::Removed), Err(TokenError::Reset), Ok(vec![0x90])] {
        let (old, new) = pins();
        let mut card = Scripted::new(|_: &[u8]| answer.clone());
        let result = PivProfile.change_pin(&mut card, Some(&old), &new);
        assert_eq!((result, card.sent.len()), (Err(TokenError::PinOutcomeUnknown), 1));
    }
}

#[test]
fn a_change_that_cannot_succeed_is_refused_before_a_pin_is_sent() {
    let another = PinChange { csn: "00".repeat(16), ..change() };
    let short = PinChange { new: Pin::new("12345"), ..change() };
    let letters = PinChange { old: Some(Pin::new("12345a")), ..change() };
    let without_old = PinChange { old: None, ..change() };
    for (state, change, expected) in [
        (0x63c5, &another, TokenError::AnotherCard),
        (0x63c5, &short, TokenError::PinFormat),
        (0x63c5, &letters, TokenError::PinFormat),
        (0x63c5, &without_old, TokenError::PinFormat),
        (0x63c1, &change(), TokenError::LastTry),
        (0x6983, &change(), TokenError::PinBlocked),
    ] {
        let mut card = Scripted::new(told(state, "6d00"));
        assert_eq!(card::change_pin(&PivProfile, &mut card, change), Err(expected));
        assert_eq!(secrets(&card.sent), 0);
    }
    let confirmed = PinChange { last_try_confirmed: true, ..change() };
    let mut card = Scripted::new(told(0x63c1, "6d00"));
    assert_eq!(card::change_pin(&PivProfile, &mut card, &confirmed), Ok(()));
    assert_eq!(secrets(&card.sent), 1);
}

#[test]
fn a_transport_pin_signs_nothing_but_can_be_changed() {
    let good = Card::new();
    let mut transport = Scripted::new(|apdu: &[u8]| {
        Ok(if apdu[1] == 0xf7 { hex::decode("050101060205059000").unwrap() } else { good.answer(apdu) })
    });
    let (pin, _) = pins();
    let (key, digests) = (KeyPurpose::Signing, vec![[3; 32]]);
    let request = SignRequest { key, pin, digests, expected: None, last_try_confirmed: true };
    let refused = card::sign(&PivProfile, &mut transport, &request, &mut |_| {});
    assert_eq!((refused, secrets(&transport.sent)), (Err(TokenError::PinNotSet), 0));
    assert_eq!(PivProfile.pin_status(&mut transport).unwrap().state, PinState::Transport);
    let mut card = Scripted::new(told(0x63c5, "050101060205059000"));
    assert_eq!(card::change_pin(&PivProfile, &mut card, &change()), Ok(()));
}

fn unblock(card: &mut dyn Transport, new: &str) -> crate::Result<()> {
    let answer = UnblockAnswer::PukPair { current: Pin::new("11112222"), next: Pin::new("33334444") };
    PivProfile.unblock(card, &hex::encode_upper(CSN), &answer, &Pin::new(new))
}

#[test]
fn each_status_word_of_an_unblocking_has_its_meaning() {
    for (first, second, expected) in [
        ("9000", "9000", Ok(())),
        ("9000", "63c2", Err(TokenError::PukNotReplaced)),
        ("9000", "6a80", Err(TokenError::PukNotReplaced)),
        ("63c2", "", Err(TokenError::UnblockCodeWrong { left: Some(2) })),
        ("63c0", "", Err(TokenError::UnblockDead)),
        ("6983", "", Err(TokenError::UnblockDead)),
        ("6a80", "", Err(TokenError::NewPinRefused)),
        ("6985", "", Err(TokenError::NewPinRefused)),
        ("6d00", "", Err(TokenError::CardRefused { sw: 0x6d00 })),
        ("90", "", Err(TokenError::PinOutcomeUnknown)),
    ] {
        let mut said = [first, second].into_iter();
        let mut open = told(0x6983, "6d00");
        let mut card = Scripted::new(|apdu: &[u8]| {
            if matches!(apdu[1], 0x2c | 0x24) {
                Ok(hex::decode(said.next().unwrap()).unwrap())
            } else {
                open(apdu)
            }
        });
        assert_eq!(unblock(&mut card, "654321"), expected, "{first} {second}");
        let pin = hex::decode("002c0080103131313132323232363534333231ffff").unwrap();
        let puk = hex::decode("002400811031313131323232323333333334343434").unwrap();
        let secret: Vec<_> = card.sent.into_iter().filter(|apdu| matches!(apdu[1], 0x2c | 0x24)).collect();
        assert_eq!(secret, if first == "9000" { vec![pin, puk] } else { vec![pin] }, "{first} {second}");
    }
}

#[test]
fn an_unblocking_whose_card_was_pulled_in_between_sends_nothing_secret() {
    for lost in 0..2 {
        let mut number = 0;
        let mut open = told(0x6983, "6d00");
        let mut card = Scripted::new(|apdu: &[u8]| {
            number += 1;
            if number > lost { Err(TokenError::Reset) } else { open(apdu) }
        });
        assert_eq!(unblock(&mut card, "654321"), Err(TokenError::UnblockLapsed));
        assert_eq!(secrets(&card.sent), 0);
    }
    let mut card = Scripted::new(told(0x6983, "6d00"));
    let answer = UnblockAnswer::PukPair { current: Pin::new("11112222"), next: Pin::new("33334444") };
    let other = PivProfile.unblock(&mut card, "00", &answer, &Pin::new("654321"));
    assert_eq!((other, secrets(&card.sent)), (Err(TokenError::UnblockLapsed), 0));
    assert_eq!(unblock(&mut card, "12345"), Err(TokenError::PinFormat));
    let response = UnblockAnswer::Response(vec![1; 8]);
    let foreign = PivProfile.unblock(&mut card, &hex::encode_upper(CSN), &response, &Pin::new("654321"));
    assert_eq!((foreign, secrets(&card.sent)), (Err(TokenError::Unsupported), 0));
    let after_the_pin = |answer: crate::Result<Vec<u8>>| {
        let mut open = told(0x6983, "6d00");
        let mut card = Scripted::new(|apdu: &[u8]| match apdu[1] {
            0x2c => Ok(vec![0x90, 0x00]),
            0x24 => answer.clone(),
            _ => open(apdu),
        });
        (unblock(&mut card, "654321"), secrets(&card.sent))
    };
    assert_eq!(after_the_pin(Err(TokenError::Removed)), (Err(TokenError::PukNotReplaced), 2));
}

#[test]
fn the_question_has_a_new_random_each_time_and_a_dead_puk_none() {
    let mut card = Scripted::new(told(0x6983, "060203029000"));
    let questions = [0, 1].map(|_| card::question(&PivProfile, &mut card).unwrap());
    assert_ne!(questions[0].random, questions[1].random);
    for question in questions {
        assert_eq!((question.kind, question.csn), (UnblockKind::PukPair, hex::encode_upper(CSN)));
        assert_eq!(question.random.len(), 16);
    }
    let mut card = Scripted::new(told(0x6983, "060203009000"));
    assert_eq!(card::question(&PivProfile, &mut card), Err(TokenError::UnblockDead));
    assert_eq!(piv_pin::puk_tries(&mut Scripted::new(in_order(["6d00"]))), Ok(None));
}

#[test]
fn only_cards_that_move_keys_and_keep_their_management_key_behind_the_pin_are_renewable() {
    for (version, admin, renewable) in [
        ("0507009000", "5305800381010290 00", true),
        ("0600009000", "5305800381010390 00", true),
        ("0504039000", "5305800381010290 00", false),
        ("0507009000", "5305800381010190 00", false),
        ("0507009000", "5300 9000", false),
        ("0507009000", "6a82", false),
        ("0507009000", "6982", false),
        ("6d00", "", false),
        ("9000", "", false),
    ] {
        let admin = admin.replace(' ', "");
        let told = PivProfile.renewal(&mut Scripted::new(in_order([version, &admin]))).map(drop);
        let expected = if renewable { Ok(()) } else { Err(TokenError::Unsupported) };
        assert_eq!(told, expected, "{version} {admin}");
    }
    let lost = PivProfile.renewal(&mut Scripted::new(in_order(["0507009000"]))).map(drop);
    assert_eq!(lost, Err(TokenError::Removed));
}
