//! The life of a PIN on real readers: the first one, its change, its end, for both kinds of cards; and pulling
//! the card at any moment of it. No PIN is ever sent twice.

use std::time::Duration;

use harness::card::holder::PIN;
use harness::card::{Action, CardBuilder, CardKind, Moment, VirtualCard};
use harness::desk::{Desk, eventually, request};
use harness::pcscd::isolated;
use token::{KeyPurpose, PcscToken, PinForm, PinState, Token, TokenError, TokenProfile, UnblockKind};

const NEW_PIN: &str = "80214657";

fn piv() -> CardBuilder {
    VirtualCard::builder(CardKind::Piv)
}

fn gids() -> CardBuilder {
    VirtualCard::builder(CardKind::Gids)
}

#[test]
fn a_transport_pin_must_be_changed_before_anything_is_signed() {
    isolated("a_transport_pin_must_be_changed_before_anything_is_signed", || {
        let mut desk = Desk::new(piv().new_card());
        assert_eq!(desk.info().pin_state, PinState::Transport);
        for key in [KeyPurpose::Login, KeyPurpose::Signing] {
            assert_eq!(desk.sign(key, PIN), (Err(TokenError::PinNotSet), 0));
        }
        assert_eq!(desk.change(Some(PIN), NEW_PIN), (Ok(()), 1));
        assert_eq!(desk.info().pin_state, PinState::InUse);
        desk.assert_signs(NEW_PIN);
    });
}

#[test]
fn a_new_gids_card_takes_its_first_pin_and_an_interrupted_first_use_is_repeated() {
    isolated("a_new_gids_card_takes_its_first_pin_and_an_interrupted_first_use_is_repeated", || {
        let mut desk = Desk::new(gids().new_card());
        let info = desk.info();
        assert_eq!((info.pin_state, info.profile), (PinState::Unset, TokenProfile::Gids));
        assert_eq!(desk.sign(KeyPurpose::Signing, PIN), (Err(TokenError::PinNotSet), 0));
        assert_eq!(desk.token.start_unblock(), Err(TokenError::PinNotSet));
        for (instruction, moment) in
            [(0x24, Moment::Arrived), (0x24, Moment::Executed), (0x44, Moment::Arrived)]
        {
            desk.pull_when(instruction, moment);
            let interrupted = desk.change(None, "1234");
            assert_eq!(interrupted, (Err(TokenError::PinOutcomeUnknown), 1), "{instruction:02x} {moment:?}");
            assert_eq!(desk.insert().pin_state, PinState::Unset);
        }
        assert_eq!(desk.change(None, NEW_PIN), (Ok(()), 1));
        assert_eq!(desk.info().pin_state, PinState::InUse);
        desk.assert_signs(NEW_PIN);
    });
}

#[test]
fn both_kinds_of_cards_tell_what_they_are() {
    isolated("both_kinds_of_cards_tell_what_they_are", || {
        let mut desk = Desk::new(gids().signing_first());
        let info = desk.info();
        assert_eq!((info.tries_left, info.tries_max, info.unblock_left), (Some(5), Some(5), None));
        assert_eq!((info.unblock, info.renewable), (UnblockKind::ChallengeResponse, false));
        assert_eq!(info.pin_form, PinForm { min: 4, max: 16, digits_only: false });
        assert_eq!(info.login, Some(desk.holder.login.1.clone()));
        assert_eq!(info.signing, Some(desk.holder.signing.1.clone()));
        desk.assert_signs(PIN);
        desk.card.remove();
        let mut plain = Desk { card: piv_card(&desk, piv().plain()), ..desk };
        let info = plain.insert();
        assert_eq!((info.profile, info.pin_state), (TokenProfile::Piv, PinState::InUse));
        assert_eq!((info.unblock, info.unblock_left, info.renewable), (UnblockKind::PukPair, None, false));
        plain.assert_signs(PIN);
    });
}

fn piv_card(desk: &Desk, order: CardBuilder) -> VirtualCard {
    order.from_key_file(&desk.holder.key_file().unwrap(), PIN).unwrap()
}

#[test]
fn a_pin_is_changed_and_a_wrong_old_one_counts() {
    isolated("a_pin_is_changed_and_a_wrong_old_one_counts", || {
        for order in [piv(), gids()] {
            let mut desk = Desk::new(order);
            assert_eq!(desk.change(Some("000000"), NEW_PIN), (Err(TokenError::PinWrong { left: 4 }), 1));
            assert_eq!(desk.change(Some(PIN), "1"), (Err(TokenError::PinFormat), 0));
            assert_eq!(desk.change(Some(PIN), NEW_PIN), (Ok(()), 1));
            assert_eq!(desk.card.tries_left(), 5);
            desk.assert_signs(NEW_PIN);
            // The card was reset after the change: nobody else finds it open.
            let wrong = desk.sign(KeyPurpose::Login, PIN);
            assert_eq!(wrong, (Err(TokenError::PinWrong { left: 4 }), 1));
        }
    });
}

#[test]
fn a_card_pulled_while_its_pin_is_changed_has_the_old_or_the_new_one() {
    isolated("a_card_pulled_while_its_pin_is_changed_has_the_old_or_the_new_one", || {
        for order in [piv(), gids()] {
            let mut desk = Desk::new(order);
            for (moment, told, pin) in [
                (Moment::Arrived, Err(TokenError::PinOutcomeUnknown), PIN),
                (Moment::Executed, Err(TokenError::PinOutcomeUnknown), NEW_PIN),
                (Moment::Answered, Ok(()), NEW_PIN),
            ] {
                desk.pull_when(0x24, moment);
                assert_eq!(desk.change(Some(PIN), NEW_PIN), (told, 1), "{moment:?}");
                desk.insert();
                desk.assert_signs(pin);
                if pin == NEW_PIN {
                    assert_eq!(desk.change(Some(NEW_PIN), PIN), (Ok(()), 1));
                }
            }
        }
    });
}

#[test]
fn five_wrong_pins_block_either_kind_of_card() {
    isolated("five_wrong_pins_block_either_kind_of_card", || {
        for order in [piv(), gids()] {
            let mut desk = Desk::new(order);
            desk.block();
            assert_eq!(desk.sign(KeyPurpose::Signing, PIN), (Err(TokenError::PinBlocked), 0));
            assert_eq!(desk.change(Some(PIN), NEW_PIN), (Err(TokenError::PinBlocked), 0));
            assert_eq!(desk.card.tries_left(), 0);
        }
    });
}

#[test]
fn a_spoiled_answer_to_a_pin_leaves_its_outcome_open() {
    isolated("a_spoiled_answer_to_a_pin_leaves_its_outcome_open", || {
        for order in [piv(), gids()] {
            let mut desk = Desk::new(order);
            for (answer, told) in [
                (vec![0x90], TokenError::PinOutcomeUnknown),
                (vec![0x6f, 0x00], TokenError::CardRefused { sw: 0x6f00 }),
            ] {
                for instruction in [0x20, 0x24] {
                    let answer = answer.clone();
                    desk.card.act_when(move |step| {
                        let now = step.instruction == instruction && step.has_data;
                        if now && step.moment == Moment::Arrived {
                            Action::Answer(answer.clone())
                        } else {
                            Action::Go
                        }
                    });
                    let spent = match instruction {
                        0x20 => desk.sign(KeyPurpose::Login, PIN),
                        _ => desk.change(Some(PIN), NEW_PIN),
                    };
                    assert_eq!(spent, (Err(told.clone()), 1), "{instruction:02x}");
                }
            }
            desk.card.act_when(|_| Action::Go);
            desk.assert_signs(PIN);
        }
    });
}

#[test]
fn a_card_that_takes_its_time_is_waited_for() {
    isolated("a_card_that_takes_its_time_is_waited_for", || {
        let mut desk = Desk::new(gids());
        desk.card.act_when(|step| match (step.instruction, step.moment) {
            (0x2a, Moment::Arrived) => Action::Wait(Duration::from_secs(4)),
            _ => Action::Go,
        });
        assert_eq!(desk.sign(KeyPurpose::Signing, PIN), (Ok(()), 1));
    });
}

/// pcscd can let one program's reset hit another's command. Then that command's job fails in words, and is
/// asked for again by the person; it never costs a try or a second PIN.
#[test]
fn two_programs_at_one_card_take_turns() {
    isolated("two_programs_at_one_card_take_turns", || {
        for order in [piv(), gids()] {
            let desk = Desk::new(order);
            let before = desk.card.verify_count();
            let workers = [KeyPurpose::Login, KeyPurpose::Signing].map(|key| {
                std::thread::spawn(move || {
                    let mut token = PcscToken::new(None);
                    let (mut signed, mut asked) = (0, 0);
                    while signed < 5 {
                        asked += 1;
                        assert!(asked < 15, "{key:?} is never served");
                        let Ok(made) = token.sign(&request(key, PIN)) else { continue };
                        let Ok(info) = token.info() else { continue };
                        let certificate = info.certificate(key).unwrap();
                        assert!(certificate.verifies(&request(key, PIN).digests[0], &made[0]));
                        signed += 1;
                    }
                    asked
                })
            });
            let asked: usize = workers.into_iter().map(|worker| worker.join().unwrap()).sum();
            let secrets = desk.card.verify_count() - before;
            assert!((10..=asked).contains(&secrets), "{secrets} PINs for {asked} jobs");
            assert_eq!(desk.card.tries_left(), 5);
        }
    });
}

#[test]
fn a_foreign_card_gets_nothing_but_a_look() {
    isolated("a_foreign_card_gets_nothing_but_a_look", || {
        let mut desk = Desk { card: VirtualCard::foreign(), ..Desk::new(piv()) };
        desk.card.insert(desk.service.slot()).unwrap();
        eventually(|| (desk.token.info() == Err(TokenError::ForeignCard)).then_some(()));
        assert_eq!(
            desk.spend(|token| token.sign(&request(KeyPurpose::Login, PIN))),
            (Err(TokenError::ForeignCard), 0)
        );
        assert_eq!(desk.token.start_unblock(), Err(TokenError::ForeignCard));
    });
}

/// Commands of one signature, told by the card's own log.
fn commands(desk: &mut Desk, key: KeyPurpose) -> usize {
    let before = desk.card.log().len();
    desk.token.sign(&request(key, PIN)).unwrap();
    desk.card.log().len() - before
}

#[test]
fn a_gids_card_pulled_at_any_command_of_a_login_says_so_and_spends_one_pin_at_most() {
    isolated("a_gids_card_pulled_at_any_command_of_a_login_says_so_and_spends_one_pin_at_most", || {
        pulled_everywhere(KeyPurpose::Login, Moment::Arrived);
    });
}

#[test]
fn a_gids_card_pulled_at_any_command_of_a_signature_says_so_and_spends_one_pin_at_most() {
    isolated("a_gids_card_pulled_at_any_command_of_a_signature_says_so_and_spends_one_pin_at_most", || {
        pulled_everywhere(KeyPurpose::Signing, Moment::Executed);
    });
}

fn pulled_everywhere(key: KeyPurpose, moment: Moment) {
    let mut desk = Desk::new(gids());
    let whole = commands(&mut desk, key);
    for number in 0..whole {
        desk.pull_at(number, moment);
        let (told, secrets) = desk.sign(key, PIN);
        assert!(secrets <= 1, "{secrets} PINs at command {number}");
        match told.expect_err("no signature comes out of a pulled card") {
            TokenError::Removed | TokenError::NoCard => {}
            TokenError::PinOutcomeUnknown => assert_eq!(secrets, 1, "at command {number}"),
            other => panic!("{other} at command {number} of {whole}"),
        }
        desk.insert();
        assert!(desk.card.tries_left() >= 4);
    }
    desk.assert_signs(PIN);
}
