//! New keys and certificates on a card in a real reader, and what becomes of it when the card is pulled at any
//! command of it.

use chrono::{Duration, Utc};
use harness::card::holder::PIN;
use harness::card::{CardBuilder, CardKind, ManagementKey, Moment, VirtualCard};
use harness::desk::{Desk, request};
use harness::pcscd::isolated;
use signature::KeyAlgorithm;
use signature::issue::UserCertificate;
use token::{Authorisation, KeyPurpose, NewCertificates, Pin, SignRequest, StagedKeys, Token, TokenError};

fn piv() -> CardBuilder {
    VirtualCard::builder(CardKind::Piv)
}

/// What the bank makes of the new keys.
fn issue(desk: &Desk, keys: &StagedKeys) -> NewCertificates {
    let now = Utc::now();
    let issue = |kind, spki: &[u8]| {
        let end = now + Duration::days(4 * 365);
        desk.holder.authority.issue_user("Teszt Elek", "10000001", kind, spki, now, end).unwrap()
    };
    NewCertificates {
        login: issue(UserCertificate::Login, &keys.login),
        signing: issue(UserCertificate::Signing, &keys.signing),
    }
}

fn assert_installed(desk: &mut Desk, new: &NewCertificates) {
    let info = desk.info();
    assert_eq!((info.login, info.signing), (Some(new.login.clone()), Some(new.signing.clone())));
    desk.assert_signs(PIN);
}

#[test]
fn new_keys_wait_beside_the_old_ones_and_take_their_place() {
    isolated("new_keys_wait_beside_the_old_ones_and_take_their_place", || {
        for order in [
            piv().renewable(),
            piv().management_key(ManagementKey::Aes192([7; 24])),
            piv().management_key(ManagementKey::Aes256([9; 32])),
        ] {
            let mut desk = Desk::new(order);
            assert!(desk.info().renewable);
            let by = desk.authorisation();
            let (keys, secrets) = desk.spend(|token| token.stage_keys(&by));
            let keys = keys.unwrap();
            assert_eq!(secrets, 1);
            desk.assert_signs(PIN);
            let new = issue(&desk, &keys);
            let (proofs, secrets) = desk.spend(|token| token.prove_staged(&by, &[1; 32], &[2; 32]));
            let [login, signing] = proofs.unwrap();
            assert_eq!(secrets, 2, "the PIN goes before each key");
            assert!(new.login.verifies(&[1; 32], &login) && new.signing.verifies(&[2; 32], &signing));
            assert_eq!(desk.spend(|token| token.install_staged(&by, &new)), (Ok(()), 1));
            assert_installed(&mut desk, &new);
            // Once more, as after an answer that got lost.
            assert_eq!(desk.spend(|token| token.install_staged(&by, &new)), (Ok(()), 1));
            assert_installed(&mut desk, &new);
        }
    });
}

#[test]
fn the_new_signing_key_wants_the_pin_each_time_as_the_old_one_did() {
    isolated("the_new_signing_key_wants_the_pin_each_time_as_the_old_one_did", || {
        let mut desk = Desk::new(piv().renewable());
        let by = desk.authorisation();
        let keys = desk.token.stage_keys(&by).unwrap();
        let new = issue(&desk, &keys);
        desk.token.install_staged(&by, &new).unwrap();
        for (key, pins) in [(KeyPurpose::Signing, 3), (KeyPurpose::Login, 1)] {
            let batch = SignRequest { digests: vec![[5; 32]; 3], ..request(key, PIN) };
            let (signed, secrets) = desk.spend(|token| token.sign(&batch));
            assert_eq!((signed.unwrap().len(), secrets), (3, pins));
        }
        // The card itself insists: two signatures after one PIN are one too many.
        let reader = desk.service.reader();
        let verify = format!("0020008008{}ffff", hex::encode(PIN));
        let sign = format!("0087119c26 7c24 8200 8120{} 00", "05".repeat(32)).replace(' ', "");
        let mut tool = desk.service.command("opensc-tool");
        tool.args(["-r", &reader, "--card-driver", "default", "-s", "00A4040009A00000030800001000"]);
        let output = tool.args(["-s", &verify, "-s", &sign, "-s", &sign]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.matches("SW1=0x69, SW2=0x82").count(), 1, "{text}");
    });
}

#[test]
fn rsa_keys_are_followed_by_rsa_keys() {
    isolated("rsa_keys_are_followed_by_rsa_keys", || {
        let mut desk = Desk::new(piv().renewable());
        let holder = harness::card::holder::Holder::rsa().unwrap();
        let order = piv().renewable().from_key_file(&holder.key_file().unwrap(), PIN).unwrap();
        desk.card.remove();
        (desk.holder, desk.card) = (holder, order);
        std::thread::sleep(std::time::Duration::from_secs(1));
        desk.insert();
        let by = desk.authorisation();
        let keys = desk.token.stage_keys(&by).unwrap();
        let new = issue(&desk, &keys);
        assert!(matches!(new.signing.key_algorithm(), KeyAlgorithm::Rsa { modulus_len: 256 }));
        let [login, _] = desk.token.prove_staged(&by, &[1; 32], &[2; 32]).unwrap();
        assert!(new.login.verifies(&[1; 32], &login));
        desk.token.install_staged(&by, &new).unwrap();
        assert_installed(&mut desk, &new);
    });
}

/// Makes new keys again and again and pulls the card two commands later each time, until nothing is left to
/// pull at.
fn installed_in_spite_of_pulls(first: usize, moment: Moment) {
    let mut desk = Desk::new(piv().renewable());
    let by = desk.authorisation();
    let mut number = first;
    loop {
        let keys = desk.token.stage_keys(&by).unwrap();
        let new = issue(&desk, &keys);
        desk.pull_at(number, moment);
        let (told, secrets) = desk.spend(|token| token.install_staged(&by, &new));
        assert!(secrets <= 1, "{secrets} PINs at command {number}");
        if told.is_ok() {
            desk.card.pull_when(|_| false);
            assert_installed(&mut desk, &new);
            break;
        }
        desk.insert();
        assert_eq!(desk.spend(|token| token.install_staged(&by, &new)), (Ok(()), 1), "{number}");
        assert_installed(&mut desk, &new);
        number += 2;
    }
    assert!(number > 15, "only {number} commands");
}

#[test]
fn an_installation_pulled_after_any_even_command_is_finished_by_repeating_it() {
    isolated("an_installation_pulled_after_any_even_command_is_finished_by_repeating_it", || {
        installed_in_spite_of_pulls(0, Moment::Executed);
    });
}

#[test]
fn an_installation_pulled_before_any_odd_command_is_finished_by_repeating_it() {
    isolated("an_installation_pulled_before_any_odd_command_is_finished_by_repeating_it", || {
        installed_in_spite_of_pulls(1, Moment::Arrived);
    });
}

#[test]
fn keys_whose_making_was_interrupted_are_made_anew_and_the_old_ones_serve() {
    isolated("keys_whose_making_was_interrupted_are_made_anew_and_the_old_ones_serve", || {
        let mut desk = Desk::new(piv().renewable());
        let by = desk.authorisation();
        for moment in [Moment::Arrived, Moment::Executed] {
            desk.pull_when(0x47, moment);
            let (told, secrets) = desk.spend(|token| token.stage_keys(&by));
            assert_eq!((told.unwrap_err(), secrets), (TokenError::Removed, 1));
            desk.insert();
            desk.assert_signs(PIN);
        }
        let keys = desk.token.stage_keys(&by).unwrap();
        let new = issue(&desk, &keys);
        desk.token.install_staged(&by, &new).unwrap();
        assert_installed(&mut desk, &new);
    });
}

#[test]
fn what_a_renewal_must_not_do_is_refused_before_a_pin_is_sent() {
    isolated("what_a_renewal_must_not_do_is_refused_before_a_pin_is_sent", || {
        let mut desk = Desk::new(piv().renewable());
        let by = desk.authorisation();
        let another = Authorisation { csn: "00".to_owned(), ..by.clone() };
        assert_eq!(desk.spend(|token| token.stage_keys(&another)), (Err(TokenError::AnotherCard), 0));
        let wrong = Authorisation { pin: Pin::new("000000"), ..by.clone() };
        let refused = desk.spend(|token| token.stage_keys(&wrong));
        assert_eq!(refused, (Err(TokenError::PinWrong { left: 4 }), 1));
        let none = desk.spend(|token| token.prove_staged(&by, &[1; 32], &[2; 32]));
        assert_eq!(none, (Err(TokenError::KeyMissing(KeyPurpose::Login)), 0));
        let keys = desk.token.stage_keys(&by).unwrap();
        // Login and signing mixed up by the bank: nothing on the card changes.
        let mixed = StagedKeys { login: keys.signing.clone(), signing: keys.login.clone() };
        let mixed = issue(&desk, &mixed);
        let refused = desk.spend(|token| token.install_staged(&by, &mixed));
        assert_eq!(refused, (Err(TokenError::KeyMissing(KeyPurpose::Login)), 0));
        desk.assert_signs(PIN);
    });
}

#[test]
fn cards_that_make_no_keys_say_so() {
    isolated("cards_that_make_no_keys_say_so", || {
        for order in [piv(), piv().plain(), VirtualCard::builder(CardKind::Gids)] {
            let mut desk = Desk::new(order);
            assert!(!desk.info().renewable);
            let by = desk.authorisation();
            assert_eq!(desk.spend(|token| token.stage_keys(&by)), (Err(TokenError::Unsupported), 0));
        }
    });
}
