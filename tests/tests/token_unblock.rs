//! Unblocking over real readers: by the bank's answer to a GIDS card's challenge, and by the PUKs of a PIV
//! card. Right, wrong, interrupted, with another program at the reader. The card is never asked twice.

use domain::unblock::{self, UnblockProblem};
use harness::card::holder::PIN;
use harness::card::{CardBuilder, CardKind, DEFAULT_PUK, Moment, VirtualCard};
use harness::desk::{Desk, NEXT_PUK, Spent, answer, eventually, puks, request};
use harness::pcscd::isolated;
use token::{
    KeyPurpose, Pin, Token, TokenConfig, TokenError, TokenService, TokenStatus, UnblockAnswer, UnblockKind,
    UnblockQuestion,
};

const NEW_PIN: &str = "80214657";

fn piv() -> CardBuilder {
    VirtualCard::builder(CardKind::Piv)
}

fn gids() -> CardBuilder {
    VirtualCard::builder(CardKind::Gids)
}

fn unblock(desk: &mut Desk, answer: &UnblockAnswer) -> Spent<()> {
    desk.spend(|token| token.unblock(answer, &Pin::new(NEW_PIN)))
}

/// Commands with the code or a secret in them, by the card's own log.
fn codes(desk: &Desk) -> usize {
    desk.card.log().iter().filter(|line| line.starts_with("008700000c7c0a82")).count()
}

#[test]
fn the_right_answer_unblocks_either_kind_of_card_and_no_other_program_gets_at_it() {
    isolated("the_right_answer_unblocks_either_kind_of_card_and_no_other_program_gets_at_it", || {
        for (order, kind, secrets) in
            [(gids(), UnblockKind::ChallengeResponse, 1), (piv(), UnblockKind::PukPair, 2)]
        {
            let mut desk = Desk::new(order);
            desk.block();
            let csn = desk.info().csn;
            let question = desk.token.start_unblock().unwrap();
            assert_eq!((question.kind, &question.csn, question.random.len()), (kind, &csn, 16));
            let said = desk.card.log().len();
            // Another program tries to read the card while the person is on the telephone.
            let mut stranger = desk.service.command("opensc-tool");
            let output = stranger.args(["-r", &desk.service.reader(), "-n"]).output().unwrap();
            assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
            assert_eq!(shared(&desk), Err(pcsc::Error::SharingViolation));
            for _ in 0..10 {
                assert!(desk.token.unblock_stands());
            }
            assert_eq!(desk.card.log().len(), said, "something was sent while the card waited");
            assert_eq!(unblock(&mut desk, &answer(&question)), (Ok(()), secrets));
            assert_eq!(shared(&desk), Ok(()));
            assert_eq!(desk.info().tries_left, Some(5));
            desk.assert_signs(NEW_PIN);
        }
    });
}

/// Whether another program could connect now.
fn shared(desk: &Desk) -> Result<(), pcsc::Error> {
    let context = pcsc::Context::establish(pcsc::Scope::User)?;
    let reader = std::ffi::CString::new(desk.service.reader()).unwrap();
    let card = context.connect(&reader, pcsc::ShareMode::Shared, pcsc::Protocols::ANY)?;
    card.disconnect(pcsc::Disposition::LeaveCard).map_err(|(_, error)| error)
}

#[test]
fn the_puk_that_was_told_is_dead_afterwards_and_the_next_one_opens() {
    isolated("the_puk_that_was_told_is_dead_afterwards_and_the_next_one_opens", || {
        let mut desk = Desk::new(piv());
        // A forgotten PIN is reason enough; the card need not be blocked.
        desk.token.start_unblock().unwrap();
        assert_eq!(unblock(&mut desk, &puks(DEFAULT_PUK, NEXT_PUK)), (Ok(()), 2));
        desk.token.start_unblock().unwrap();
        let dead = unblock(&mut desk, &puks(DEFAULT_PUK, NEXT_PUK));
        assert_eq!(dead, (Err(TokenError::UnblockCodeWrong { left: Some(4) }), 1));
        assert_eq!(desk.info().unblock_left, Some(4));
        desk.token.start_unblock().unwrap();
        assert_eq!(unblock(&mut desk, &puks(NEXT_PUK, DEFAULT_PUK)), (Ok(()), 2));
        assert_eq!(desk.info().unblock_left, Some(5));
        desk.assert_signs(NEW_PIN);
    });
}

#[test]
fn wrong_answers_count_towards_the_cards_end_and_each_needs_a_new_question() {
    isolated("wrong_answers_count_towards_the_cards_end_and_each_needs_a_new_question", || {
        let mut desk = Desk::new(gids());
        desk.block();
        for left in [4, 3, 2, 1, 0] {
            desk.token.start_unblock().unwrap();
            let wrong = UnblockAnswer::Response(vec![left; 8]);
            let refused = unblock(&mut desk, &wrong);
            assert_eq!(refused, (Err(TokenError::UnblockCodeWrong { left: None }), 0));
            assert_eq!(desk.card.admin_tries_left(), Some(left));
            assert_eq!(unblock(&mut desk, &wrong), (Err(TokenError::UnblockLapsed), 0));
        }
        assert_eq!(codes(&desk), 5);
        assert_eq!(desk.token.start_unblock(), Err(TokenError::UnblockDead));
        let mut desk = Desk::new(piv());
        for left in [4, 3, 2, 1] {
            desk.token.start_unblock().unwrap();
            let refused = unblock(&mut desk, &puks("00000000", NEXT_PUK));
            assert_eq!(refused, (Err(TokenError::UnblockCodeWrong { left: Some(left) }), 1));
        }
        desk.token.start_unblock().unwrap();
        let last = unblock(&mut desk, &puks("00000000", NEXT_PUK));
        assert_eq!(last, (Err(TokenError::UnblockDead), 1));
        assert_eq!(desk.token.start_unblock(), Err(TokenError::UnblockDead));
        assert_eq!(desk.info().unblock_left, Some(0));
    });
}

#[test]
fn a_mistyped_code_is_noticed_before_the_card_sees_it_and_the_question_stands() {
    isolated("a_mistyped_code_is_noticed_before_the_card_sees_it_and_the_question_stands", || {
        let mut desk = Desk::new(gids());
        desk.block();
        let question = desk.token.start_unblock().unwrap();
        let UnblockAnswer::Response(right) = answer(&question) else { panic!("a GIDS card asks for a code") };
        let desk_question = unblock::UnblockQuestion {
            kind: unblock::UnblockKind::ChallengeResponse,
            csn: question.csn.clone(),
            random: question.random.clone(),
        };
        let spoken = desk_question.spoken_code(&hex::encode_upper(&right));
        let wrong_digit = if spoken.starts_with('0') { "1" } else { "0" };
        let mistyped = format!("{wrong_digit}{}", &spoken[1..]);
        assert_eq!(desk_question.parse_code(&mistyped), Err(UnblockProblem::Check));
        // What cannot be a code or a PIN is refused by the token's side too.
        assert!(desk.token.unblock_stands());
        assert_eq!(desk.card.admin_tries_left(), Some(5));
        assert_eq!(codes(&desk), 0);
        let Ok(unblock::UnblockCode::Response(code)) = desk_question.parse_code(&spoken) else {
            panic!("the spoken code is read back")
        };
        assert_eq!(unblock(&mut desk, &UnblockAnswer::Response(code)), (Ok(()), 1));
        desk.assert_signs(NEW_PIN);
    });
}

#[test]
fn a_card_pulled_while_it_waits_forgets_its_question_and_no_secret_is_sent() {
    isolated("a_card_pulled_while_it_waits_forgets_its_question_and_no_secret_is_sent", || {
        for order in [gids(), piv()] {
            let mut desk = Desk::new(order);
            desk.block();
            let first = desk.token.start_unblock().unwrap();
            desk.card.remove();
            eventually(|| (!desk.token.unblock_stands()).then_some(()));
            assert_eq!(unblock(&mut desk, &answer(&first)), (Err(TokenError::UnblockLapsed), 0));
            // Pulled and back again before anybody looked: it is not the same any more.
            desk.insert();
            let second = desk.token.start_unblock().unwrap();
            assert_ne!(second.random, first.random);
            desk.card.remove();
            desk.card.insert(desk.service.slot()).unwrap();
            std::thread::sleep(std::time::Duration::from_secs(1));
            assert!(!desk.token.unblock_stands());
            assert_eq!(unblock(&mut desk, &answer(&second)), (Err(TokenError::UnblockLapsed), 0));
            assert_eq!(codes(&desk), 0);
            desk.info();
            let third = desk.token.start_unblock().unwrap();
            unblock(&mut desk, &answer(&third)).0.unwrap();
            desk.assert_signs(NEW_PIN);
        }
    });
}

#[test]
fn a_gids_card_pulled_while_it_is_answered_is_unblocked_or_asks_anew() {
    isolated("a_gids_card_pulled_while_it_is_answered_is_unblocked_or_asks_anew", || {
        for (instruction, moment, told, secrets, open) in [
            (0x87, Moment::Arrived, TokenError::PinOutcomeUnknown, 0, false),
            (0x87, Moment::Executed, TokenError::PinOutcomeUnknown, 0, false),
            (0x2c, Moment::Arrived, TokenError::PinOutcomeUnknown, 1, false),
            (0x2c, Moment::Executed, TokenError::PinOutcomeUnknown, 1, true),
        ] {
            let mut desk = Desk::new(gids());
            desk.block();
            let question = desk.token.start_unblock().unwrap();
            desk.pull_when(instruction, moment);
            let spent = unblock(&mut desk, &answer(&question));
            assert_eq!(spent, (Err(told), secrets), "{instruction:02x} {moment:?}");
            assert_eq!(codes(&desk), usize::from(moment == Moment::Executed || instruction == 0x2c));
            let left = desk.insert().tries_left;
            assert_eq!(left, Some(if open { 5 } else { 0 }), "{instruction:02x} {moment:?}");
            after(&mut desk, open, answer);
        }
    });
}

#[test]
fn a_piv_card_pulled_while_it_is_answered_is_unblocked_or_asks_anew() {
    isolated("a_piv_card_pulled_while_it_is_answered_is_unblocked_or_asks_anew", || {
        for (instruction, moment, told, secrets, open) in [
            (0xa4, Moment::Arrived, Err(TokenError::UnblockLapsed), 0, false),
            (0xcb, Moment::Executed, Err(TokenError::UnblockLapsed), 0, false),
            (0x2c, Moment::Arrived, Err(TokenError::PinOutcomeUnknown), 1, false),
            (0x2c, Moment::Executed, Err(TokenError::PinOutcomeUnknown), 1, true),
            (0x24, Moment::Arrived, Err(TokenError::PukNotReplaced), 2, true),
            (0x24, Moment::Executed, Err(TokenError::PukNotReplaced), 2, true),
            (0x24, Moment::Answered, Ok(()), 2, true),
        ] {
            let mut desk = Desk::new(piv());
            desk.block();
            let question = desk.token.start_unblock().unwrap();
            desk.pull_when(instruction, moment);
            let spent = unblock(&mut desk, &answer(&question));
            assert_eq!(spent, (told, secrets), "{instruction:02x} {moment:?}");
            desk.insert();
            after(&mut desk, open, answer);
        }
    });
}

/// The PIN holds when the card is open; otherwise the next question is answered and then it does.
fn after(desk: &mut Desk, open: bool, answer: impl Fn(&UnblockQuestion) -> UnblockAnswer) {
    if !open {
        let question = desk.token.start_unblock().unwrap();
        unblock(desk, &answer(&question)).0.unwrap();
    }
    desk.assert_signs(NEW_PIN);
}

#[test]
fn a_service_that_ends_while_a_card_waits_ends_the_question() {
    isolated("a_service_that_ends_while_a_card_waits_ends_the_question", || {
        let mut desk = Desk::new(gids());
        desk.block();
        let question = desk.token.start_unblock().unwrap();
        desk.service.stop();
        assert!(!desk.token.unblock_stands());
        assert_eq!(unblock(&mut desk, &answer(&question)), (Err(TokenError::UnblockLapsed), 0));
        desk.service.run().unwrap();
        desk.insert();
        let question = desk.token.start_unblock().unwrap();
        assert_eq!(unblock(&mut desk, &answer(&question)), (Ok(()), 1));
    });
}

#[test]
fn a_card_that_another_program_keeps_cannot_be_unblocked_until_it_is_free() {
    isolated("a_card_that_another_program_keeps_cannot_be_unblocked_until_it_is_free", || {
        let mut desk = Desk::new(gids());
        desk.block();
        let context = pcsc::Context::establish(pcsc::Scope::User).unwrap();
        let reader = std::ffi::CString::new(desk.service.reader()).unwrap();
        let kept = context.connect(&reader, pcsc::ShareMode::Shared, pcsc::Protocols::ANY).unwrap();
        assert_eq!(desk.token.start_unblock(), Err(TokenError::ReaderBusy));
        let other = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_secs(1));
            drop(kept);
        });
        let question = desk.token.start_unblock().unwrap();
        other.join().unwrap();
        desk.token.cancel_unblock();
        assert!(!desk.token.unblock_stands());
        assert_eq!(shared(&desk), Ok(()));
        assert_eq!(unblock(&mut desk, &answer(&question)), (Err(TokenError::UnblockLapsed), 0));
    });
}

#[test]
fn the_services_question_falls_when_the_card_is_pulled() {
    isolated("the_services_question_falls_when_the_card_is_pulled", || {
        let mut desk = Desk::new(gids());
        desk.block();
        let runtime = harness::story::runtime();
        let service = TokenService::start(TokenConfig::Pcsc { reader: None });
        let status = service.status();
        eventually(|| matches!(&*status.borrow(), TokenStatus::Blocked(_)).then_some(()));
        let question = runtime.block_on(service.start_unblock()).unwrap();
        let standing = service.unblock_question();
        assert_eq!(*standing.borrow(), Some(question.clone()));
        // A PIN that somebody types meanwhile stays here.
        let signed = runtime.block_on(service.sign(request(KeyPurpose::Login, PIN)));
        assert_eq!(signed, Err(TokenError::PinBlocked));
        assert!(standing.borrow().is_some());
        desk.card.remove();
        eventually(|| standing.borrow().is_none().then_some(()));
        let late = runtime.block_on(service.unblock(answer(&question), Pin::new(NEW_PIN)));
        assert_eq!(late, Err(TokenError::UnblockLapsed));
        assert_eq!(codes(&desk), 0);
        desk.card.insert(desk.service.slot()).unwrap();
        eventually(|| matches!(&*status.borrow(), TokenStatus::Blocked(_)).then_some(()));
        let question = runtime.block_on(service.start_unblock()).unwrap();
        runtime.block_on(service.unblock(answer(&question), Pin::new(NEW_PIN))).unwrap();
        assert_eq!(*standing.borrow(), None);
        assert!(matches!(&*status.borrow(), TokenStatus::Present(_)));
    });
}
