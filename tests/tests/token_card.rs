//! The product's card side against a virtual card in a real pcscd.

use std::time::{Duration, Instant};

use chrono::Utc;
use harness::card::holder::{CSN, Holder, PIN};
use harness::card::{Moment, VirtualCard};
use harness::pcscd::{Pcscd, isolated};
use sha2::{Digest, Sha256};
use signature::{Purpose, prepare, verify};
use token::{
    KeyPurpose, PcscToken, Pin, PinForm, PinState, SignRequest, Token, TokenError, TokenInfo, TokenKind,
    TokenProfile, UnblockKind,
};

/// A service, a card in its reader and the product's token on it.
struct Desk {
    holder: Holder,
    card: VirtualCard,
    token: PcscToken,
    service: Pcscd,
}

impl Desk {
    fn new(holder: Holder) -> Self {
        let service = Pcscd::start().unwrap();
        let mut card = holder.card().unwrap();
        card.insert(service.slot()).unwrap();
        let mut desk = Self { holder, card, token: PcscToken::new(None), service };
        desk.await_card();
        desk
    }

    /// pcscd looks into its readers every 0.4 s.
    fn await_card(&mut self) -> TokenInfo {
        eventually(|| match self.token.info() {
            Ok(info) => Some(info),
            Err(TokenError::NoCard | TokenError::Removed) => None,
            Err(error) => panic!("{error}"),
        })
    }

    fn sign(&mut self, key: KeyPurpose, pin: &str) -> Result<Vec<Vec<u8>>, TokenError> {
        self.token.sign(&request(key, pin))
    }
}

fn eventually<T>(mut probe: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "did not happen within 10 s");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn request(key: KeyPurpose, pin: &str) -> SignRequest {
    let digests = vec![Sha256::digest(b"content").into()];
    SignRequest { key, pin: Pin::new(pin), digests, expected: None, last_try_confirmed: false }
}

#[test]
fn the_card_tells_its_certificates_serial_number_and_tries_without_a_pin() {
    isolated("the_card_tells_its_certificates_serial_number_and_tries_without_a_pin", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        let expected = TokenInfo {
            kind: TokenKind::Card,
            reader: desk.service.reader(),
            csn: hex::encode_upper(CSN),
            login: Some(desk.holder.login.1.clone()),
            signing: Some(desk.holder.signing.1.clone()),
            tries_left: Some(5),
            tries_max: Some(5),
            profile: TokenProfile::Piv,
            pin_state: PinState::InUse,
            pin_form: PinForm::DIGITS_6_TO_8,
            unblock: UnblockKind::PukPair,
            unblock_left: Some(5),
            renewable: false,
        };
        assert_eq!(desk.token.info(), Ok(expected));
    });
}

#[test]
fn both_keys_of_either_kind_sign_and_the_signatures_verify() {
    isolated("both_keys_of_either_kind_sign_and_the_signatures_verify", || {
        for holder in [Holder::rsa().unwrap(), Holder::p256().unwrap()] {
            let mut desk = Desk::new(holder);
            let content = Sha256::digest(b"package").into();
            for (key, certificate, purpose) in [
                (KeyPurpose::Login, desk.holder.login.1.clone(), Purpose::Login),
                (KeyPurpose::Signing, desk.holder.signing.1.clone(), Purpose::Document),
            ] {
                let pending = [1, 2, 3].map(|_| prepare(&certificate, content, Utc::now()).unwrap());
                let digests = pending.iter().map(|pending| pending.digest()).collect();
                let expected = Some(certificate.fingerprint());
                let signatures =
                    desk.token.sign(&SignRequest { digests, expected, ..request(key, PIN) }).unwrap();
                assert_eq!(signatures.len(), 3);
                for (pending, signature) in pending.into_iter().zip(signatures) {
                    let file = pending.finish(&signature, &[]).unwrap();
                    let verified = verify(&file, content, &desk.holder.trust(), purpose, Utc::now()).unwrap();
                    assert_eq!(verified.signer, certificate);
                }
            }
        }
    });
}

#[test]
fn the_pin_is_sent_right_before_each_signature_with_the_signing_key_and_once_for_login() {
    isolated("the_pin_is_sent_right_before_each_signature_with_the_signing_key_and_once_for_login", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        for (key, expected) in [(KeyPurpose::Signing, "VSVS"), (KeyPurpose::Login, "VSS")] {
            let before = desk.card.log().len();
            let digests = vec![[1; 32], [2; 32]];
            desk.token.sign(&SignRequest { digests, ..request(key, PIN) }).unwrap();
            let said: String = desk.card.log()[before..]
                .iter()
                .filter_map(|line| match line.get(..8)? {
                    "00200080" => line.contains('…').then_some('V'),
                    "0087119a" | "0087119c" => Some('S'),
                    _ => None,
                })
                .collect();
            assert_eq!(said, expected);
        }
    });
}

#[test]
fn after_signing_the_card_has_forgotten_the_pin() {
    isolated("after_signing_the_card_has_forgotten_the_pin", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        desk.sign(KeyPurpose::Login, PIN).unwrap();
        // Another program selects the application and asks whether a PIN is needed: yes, all tries left.
        let output = desk
            .service
            .command("opensc-tool")
            .args(["-r", &desk.service.reader(), "--card-driver", "default"])
            .args(["-s", "00A4040009A00000030800001000", "-s", "00200080"])
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("SW1=0x63, SW2=0xC5"), "{text}{}", String::from_utf8_lossy(&output.stderr));
    });
}

#[test]
fn wrong_pins_count_down_the_last_needs_a_word_and_the_fifth_blocks() {
    isolated("wrong_pins_count_down_the_last_needs_a_word_and_the_fifth_blocks", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        for left in [4, 3, 2, 1] {
            assert_eq!(desk.sign(KeyPurpose::Signing, "000000"), Err(TokenError::PinWrong { left }));
        }
        assert_eq!(desk.sign(KeyPurpose::Signing, PIN), Err(TokenError::LastTry));
        assert_eq!(desk.card.tries_left(), 1);
        let confirmed = |pin| SignRequest { last_try_confirmed: true, ..request(KeyPurpose::Signing, pin) };
        assert_eq!(desk.token.sign(&confirmed("000000")), Err(TokenError::PinBlocked));
        assert_eq!(desk.token.sign(&confirmed(PIN)), Err(TokenError::PinBlocked));
        assert_eq!(desk.token.info().unwrap().tries_left, Some(0));
    });
}

#[test]
fn the_right_pin_frees_the_counter() {
    isolated("the_right_pin_frees_the_counter", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        for _ in 0..3 {
            desk.sign(KeyPurpose::Login, "000000").unwrap_err();
        }
        desk.sign(KeyPurpose::Login, PIN).unwrap();
        assert_eq!(desk.token.info().unwrap().tries_left, Some(5));
    });
}

#[test]
fn a_pin_of_wrong_form_or_for_another_card_is_never_sent() {
    isolated("a_pin_of_wrong_form_or_for_another_card_is_never_sent", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        for pin in ["", "12345", "123456789", "12345a", "１２３４５６"] {
            assert_eq!(desk.sign(KeyPurpose::Login, pin), Err(TokenError::PinFormat));
        }
        let bound = SignRequest { expected: Some([7; 32]), ..request(KeyPurpose::Login, "000000") };
        assert_eq!(desk.token.sign(&bound), Err(TokenError::AnotherCard));
        assert_eq!(desk.card.tries_left(), 5);
        assert!(!desk.card.log().iter().any(|line| line.contains('…')), "{:#?}", desk.card.log());
    });
}

#[test]
fn a_card_pulled_at_any_moment_says_so_and_serves_again_when_back() {
    isolated("a_card_pulled_at_any_moment_says_so_and_serves_again_when_back", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        // The instruction and moment of the pull, what the person is told, and the tries after it.
        for (instruction, moment, told, left) in [
            (0xcb, Moment::Arrived, TokenError::Removed, 5),
            (0x20, Moment::Arrived, TokenError::PinOutcomeUnknown, 5),
            (0x20, Moment::Executed, TokenError::PinOutcomeUnknown, 4),
            (0x20, Moment::Answered, TokenError::PinWrong { left: 4 }, 4),
        ] {
            desk.sign(KeyPurpose::Login, PIN).unwrap();
            desk.card.pull_when(move |step| {
                step.instruction == instruction && step.has_data && step.moment == moment
            });
            assert_eq!(desk.sign(KeyPurpose::Login, "000000"), Err(told), "{instruction:02x} {moment:?}");
            assert_eq!(desk.card.tries_left(), left, "{instruction:02x} {moment:?}");
            assert_eq!(eventually(|| desk.token.info().err()), TokenError::NoCard);
            desk.card.pull_when(|_| false);
            desk.card.insert(desk.service.slot()).unwrap();
            assert_eq!(desk.await_card().tries_left, Some(left));
        }
        desk.card.pull_when(|step| step.instruction == 0x87 && step.moment == Moment::Executed);
        assert_eq!(desk.sign(KeyPurpose::Login, PIN), Err(TokenError::Removed));
    });
}

#[test]
fn a_service_that_stops_and_comes_back_is_followed() {
    isolated("a_service_that_stops_and_comes_back_is_followed", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        desk.service.stop();
        assert_eq!(desk.token.info(), Err(TokenError::NoService));
        desk.service.run().unwrap();
        desk.card.insert(desk.service.slot()).unwrap();
        desk.await_card();
        desk.sign(KeyPurpose::Signing, PIN).unwrap();
    });
}

#[test]
fn only_the_named_reader_is_used() {
    isolated("only_the_named_reader_is_used", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        let reader = desk.service.reader();
        assert_eq!(PcscToken::new(Some(reader.clone())).info().map(|info| info.reader), Ok(reader));
        let empty = desk.service.reader().replace("00 00", "00 01");
        assert_eq!(PcscToken::new(Some(empty)).info(), Err(TokenError::NoCard));
        assert_eq!(PcscToken::new(Some("Nothing".to_owned())).info(), Err(TokenError::NoReader));
        desk.card.remove();
        desk.card.insert(desk.service.second_slot()).unwrap();
        assert!(desk.await_card().reader.ends_with("00 01"));
    });
}

#[test]
fn of_two_cards_the_one_that_the_session_is_bound_to_signs() {
    isolated("of_two_cards_the_one_that_the_session_is_bound_to_signs", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        let second = Holder::p256().unwrap();
        let mut second_card = second.card().unwrap();
        second_card.insert(desk.service.second_slot()).unwrap();
        let expected = Some(second.signing.1.fingerprint());
        let bound = SignRequest { expected, ..request(KeyPurpose::Signing, PIN) };
        let signatures = eventually(|| desk.token.sign(&bound).ok());
        assert!(second.signing.1.verifies(&bound.digests[0], &signatures[0]));
        assert!(!desk.card.log().iter().any(|line| line.contains('…')), "the other card got a PIN");
        second_card.remove();
        let refusal =
            eventually(|| desk.token.sign(&bound).err().filter(|error| *error != TokenError::Removed));
        assert_eq!(refusal, TokenError::AnotherCard);
    });
}

#[test]
fn a_reader_that_another_program_keeps_is_told_and_served_when_free() {
    isolated("a_reader_that_another_program_keeps_is_told_and_served_when_free", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        let context = pcsc::Context::establish(pcsc::Scope::User).unwrap();
        let reader = std::ffi::CString::new(desk.service.reader()).unwrap();
        let exclusive =
            || context.connect(&reader, pcsc::ShareMode::Exclusive, pcsc::Protocols::ANY).unwrap();
        let kept = exclusive();
        assert_eq!(desk.token.info(), Err(TokenError::ReaderBusy));
        drop(kept);
        let kept = exclusive();
        let other = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_secs(1));
            drop(kept);
        });
        desk.sign(KeyPurpose::Signing, PIN).unwrap();
        other.join().unwrap();
    });
}
