//! The place in its made-up states: what is open, what is closed, what is said.

use client::{ClientError, TokenInfo};
use domain::unblock::UnblockProblem;
use iced_test::Simulator;

use super::samples::{Sample, day, question};
use super::state::{Condition, state};
use super::unblock::Lapse;
use super::*;
use crate::design::font;
use crate::screen::sample::{Keyboard, Office};
use crate::screen::typed::TypedPin;
use crate::texts::explain;

type Ui<'a> = Simulator<'a, Message, crate::design::Theme, crate::design::Renderer>;

fn ui<'a>(manager: &'a Manager, seen: Seen<'a>) -> Ui<'a> {
    Simulator::with_size(font::settings(), (1068.0, 648.0), manager.draw(seen))
}

fn sees(manager: &Manager, seen: Seen<'_>, words: &str) -> bool {
    ui(manager, seen).find(words.to_owned()).is_ok()
}

/// What typing a letter into a field says; a closed field says nothing.
fn typed_into(office: &Office, manager: &Manager, seen: Seen<'_>, id: &'static str) -> Vec<String> {
    let mut keyboard = Keyboard::new();
    // The first look makes the widgets.
    let _ = keyboard.letter(manager.draw(seen), "9");
    for effect in office.effects(crate::design::keys::focus::<()>(id)) {
        keyboard.operate(manager.draw(seen), effect);
    }
    let said = keyboard.letter(manager.draw(seen), "9");
    said.iter().map(|message| format!("{message:?}")).collect()
}

fn pin_of(sample: Sample) -> PinPanel {
    match sample.shown().into_manager().panel {
        Panel::Pin(panel) => panel,
        other => panic!("{other:?}"),
    }
}

fn unblock_of(sample: Sample) -> Unblock {
    match sample.shown().into_manager().panel {
        Panel::Unblock(panel) => *panel,
        other => panic!("{other:?}"),
    }
}

fn pin(text: &str) -> TypedPin {
    TypedPin::new(text.to_owned())
}

#[test]
fn the_confirmation_opens_only_when_every_rule_is_met() {
    let office = Office::open();
    let mut panel = pin_of(Sample::Transport);
    let info = Sample::Transport.shown().seen().token.info().cloned().unwrap();
    let shown = Sample::Transport.shown();
    // Too short, a run, one digit repeated, the old one, part of the serial number.
    for (new, open) in
        [("27182", false), ("123456", false), ("777777", false), ("135790", false), ("271828", true)]
    {
        panel.show("135790", new, "");
        let manager = manager(Panel::Pin(panel));
        let said = typed_into(&office, &manager, shown.seen(), "pin-again");
        assert_eq!(!said.is_empty(), open, "{new}: {said:?}");
        let Panel::Pin(back) = manager.panel else { return };
        panel = back;
        assert!(!panel.may_submit(info.tries_left), "nothing is confirmed yet");
    }
    let _ = panel.update(pin_panel::Message::Again(pin("271829")), Some(5), &office.desk);
    assert!(!panel.may_submit(Some(5)), "it differs");
    let _ = panel.update(pin_panel::Message::Again(pin("271828")), Some(5), &office.desk);
    assert!(panel.may_submit(Some(5)));
}

#[test]
fn a_confirmation_that_differs_is_told_beside_it() {
    let shown = Sample::ChangeDiffers.shown();
    assert!(sees(shown.manager(), shown.seen(), &tr!("new-pin-again-differs")));
    let shown = Sample::Change.shown();
    assert!(sees(shown.manager(), shown.seen(), &tr!("new-pin-again-same")));
}

#[test]
fn the_last_try_of_a_change_needs_consent() {
    let office = Office::open();
    let shown = Sample::LastTry.shown();
    assert!(sees(shown.manager(), shown.seen(), &tr!("login-last-try")));
    let mut panel = pin_of(Sample::LastTry);
    assert!(!panel.may_submit(Some(1)) && panel.may_submit(Some(2)));
    let _ = panel.update(pin_panel::Message::Consent(true), Some(1), &office.desk);
    assert!(panel.may_submit(Some(1)));
}

#[test]
fn a_wrong_old_pin_is_told_beside_it_and_must_be_typed_again() {
    let office = Office::open();
    let mut panel = pin_of(Sample::Change);
    let error = ClientError::Token(client::TokenError::PinWrong { left: 3 });
    let words = explain(&error);
    let _ = panel.update(pin_panel::Message::Done(Err(error.into())), Some(3), &office.desk);
    assert!(!panel.may_submit(Some(3)), "the old PIN is gone from the field");
    let shown = Sample::Change.shown();
    assert!(sees(&manager(Panel::Pin(panel)), shown.seen(), &words));
}

#[test]
fn the_code_says_what_it_lacks_and_opens_the_new_pin() {
    let office = Office::open();
    let shown = Sample::Asked.shown();
    assert!(sees(shown.manager(), shown.seen(), &explain(&UnblockProblem::TooShort { missing: 9 })));
    assert!(typed_into(&office, shown.manager(), shown.seen(), "unblock-new").is_empty(), "closed");
    let shown = Sample::AskedSlip.shown();
    assert!(sees(shown.manager(), shown.seen(), &explain(&UnblockProblem::Check)));
    assert!(typed_into(&office, shown.manager(), shown.seen(), "unblock-new").is_empty(), "closed");
    let shown = Sample::AskedTyped.shown();
    assert!(sees(shown.manager(), shown.seen(), &tr!("unblock-code-good")));
    assert!(!typed_into(&office, shown.manager(), shown.seen(), "unblock-new").is_empty(), "open");
    assert!(!unblock_of(Sample::AskedTyped).may_submit());
    assert!(unblock_of(Sample::AskedNew).may_submit());
}

#[test]
fn a_growing_code_groups_itself_and_a_mended_one_stays() {
    let office = Office::open();
    let mut panel = unblock_of(Sample::Asked);
    let token = TokenStatus::Starting;
    let _ = panel.update(unblock::Message::Code(pin("5e21 90c7 b4a3d")), &token, &office.desk);
    assert_eq!(panel.code.shown(), "5E21 90C7 B4A3 D");
    let _ = panel.update(unblock::Message::Code(pin("5E21 0C7 B4A3 D")), &token, &office.desk);
    assert_eq!(panel.code.shown(), "5E21 0C7 B4A3 D", "the caret stands in the middle");
}

#[test]
fn a_question_that_falls_takes_the_typed_code_with_it() {
    let mut panel = unblock_of(Sample::AskedNew);
    assert!(panel.ticks());
    panel.fall(Lapse::Pulled);
    assert!(panel.code.is_empty() && panel.pin.new.is_empty() && panel.pin.again.is_empty());
    assert!(!panel.ticks() && !panel.may_submit());
    let manager = manager(Panel::Unblock(Box::new(panel)));
    let shown = Sample::Lapsed.shown();
    assert!(sees(&manager, shown.seen(), &tr!("unblock-lapsed-pulled")));
    assert!(sees(&manager, shown.seen(), &tr!("unblock-new-random")));
}

#[test]
fn the_numbers_are_shown_as_they_are_read_aloud() {
    let shown = Sample::Asked.shown();
    let spoken = domain::unblock::spoken(&question().random);
    assert!(sees(shown.manager(), shown.seen(), &spoken));
    assert!(sees(shown.manager(), shown.seen(), &tr!("unblock-random", left = "15:00")));
}

#[test]
fn each_state_offers_what_can_be_done() {
    let offers = |sample: Sample, words: String| {
        let shown = sample.shown();
        sees(shown.manager(), shown.seen(), &words)
    };
    assert!(offers(Sample::Blocked, tr!("unblock-open")));
    assert!(!offers(Sample::BlockedElsewhere, tr!("unblock-open")));
    assert!(!offers(Sample::Dead, tr!("unblock-open")) && offers(Sample::Dead, tr!("token-dead-help")));
    assert!(offers(Sample::Present, tr!("login-open")) && offers(Sample::Present, tr!("pin-change-open")));
    assert!(!offers(Sample::LoggedIn, tr!("login-open")));
    assert!(offers(Sample::EndingLoggedIn, tr!("renew-open")));
    assert!(!offers(Sample::Near, tr!("renew-open")), "this card cannot");
    assert!(offers(Sample::Software, tr!("software-key")));
}

#[test]
fn a_token_that_cannot_log_in_says_so_and_not_that_it_can_be_used() {
    let info = Sample::Present.shown().seen().token.info().cloned().unwrap();
    let told = |info: TokenInfo| {
        let state = state(&TokenStatus::Present(info), false, day());
        (state.condition, state.title)
    };
    assert_eq!(told(info.clone()), (Condition::Ready, tr!("token-present-title")));
    let unfit = (Condition::Useless, tr!("token-unfit-title"));
    // Its keys stand in each other's places: the one for signing does not log in, and the one for logging in signs nothing.
    assert_eq!(told(TokenInfo { login: info.signing.clone(), ..info.clone() }), unfit);
    assert_eq!(told(TokenInfo { signing: info.login.clone(), ..info }), unfit);
}

#[test]
fn another_token_closes_the_form_of_the_one_before() {
    let office = Office::open();
    let mut manager = manager(Panel::Pin(pin_of(Sample::Change)));
    let info = Sample::Present.shown().seen().token.info().cloned().unwrap();
    let _ = office.wait(async { manager.token_changed(&TokenStatus::Present(info.clone()), &office.desk) });
    assert!(matches!(manager.panel, Panel::Pin(_)));
    let other = TokenInfo { csn: "FFFF".to_owned(), ..info };
    let _ = office.wait(async { manager.token_changed(&TokenStatus::Present(other), &office.desk) });
    assert!(matches!(manager.panel, Panel::State));
}

fn manager(panel: Panel) -> Manager {
    Manager { panel, unfinished: false, looking: None }
}
