//! The login's sheet: what it says of wrong PINs and of the last try.

use client::{PinForm, PinState, TokenProfile, UnblockKind};
use iced_test::Simulator;

use super::*;
use crate::design::font;

fn token(left: u8) -> TokenStatus {
    TokenStatus::Present(TokenInfo {
        kind: TokenKind::Card,
        reader: "Reader 0".to_owned(),
        csn: "0A1B".to_owned(),
        login: crate::screen::token::samples::login(true),
        signing: None,
        tries_left: Some(left),
        tries_max: Some(5),
        profile: TokenProfile::Piv,
        pin_state: PinState::InUse,
        pin_form: PinForm::DIGITS_6_TO_8,
        unblock: UnblockKind::PukPair,
        unblock_left: None,
        renewable: false,
    })
}

/// The token as it is seen on the day of the samples.
fn seen(token: &TokenStatus) -> Asked {
    Asked::made_up(token, crate::screen::token::samples::day())
}

fn typed(pin: &str) -> Login {
    Login { pin: Zeroizing::new(pin.to_owned()), ..Login::default() }
}

fn says(login: &Login, status: &TokenStatus, words: &str) -> bool {
    let mut ui = Simulator::with_size(font::settings(), (800.0, 600.0), login.view(&seen(status)));
    ui.find(words.to_owned()).is_ok()
}

#[test]
fn no_pin_is_asked_for_a_token_that_cannot_log_in() {
    let info = token(5).info().cloned().unwrap();
    let empty = TokenStatus::Present(TokenInfo { login: None, ..info });
    let login = typed("123456");
    assert!(says(&login, &token(5), &tr!("login-pin")) && login.may_submit(&seen(&token(5))));
    assert!(says(&login, &empty, &tr!("token-empty-title")));
    assert!(!says(&login, &empty, &tr!("login-pin")) && !login.may_submit(&seen(&empty)));
}

#[test]
fn a_wrong_pin_says_how_many_tries_are_left() {
    let wrong = ClientError::Token(TokenError::PinWrong { left: 2 });
    let login = Login { error: Some(Arc::new(wrong)), ..Login::default() };
    let words = explain(login.error.as_ref().unwrap().as_ref());
    assert!(words.contains('2'), "{words}");
    assert!(says(&login, &token(2), &words));
    assert!(says(&login, &token(2), &tr!("login-tries", count = 2)));
}

#[test]
fn the_last_try_needs_consent() {
    let mut login = typed("123456");
    assert!(login.may_submit(&seen(&token(2))));
    assert!(!login.may_submit(&seen(&token(1))));
    assert!(says(&login, &token(1), &tr!("login-last-try")));
    assert!(!says(&login, &token(2), &tr!("login-last-try")));
    login.consent = true;
    assert!(login.may_submit(&seen(&token(1))));
}

#[test]
fn nothing_is_sent_without_a_pin_or_a_usable_token() {
    assert!(!typed("").may_submit(&seen(&token(5))));
    assert!(!typed("123456").may_submit(&seen(&TokenStatus::NoCard)));
    let TokenStatus::Present(info) = token(0) else { return };
    let blocked = TokenStatus::Blocked(info);
    assert!(!typed("123456").may_submit(&seen(&blocked)));
    assert!(says(&typed(""), &blocked, &tr!("token-blocked-phone-help")));
}

#[test]
fn a_message_with_a_pin_shows_nothing_of_it() {
    let message = Message::Pin(Zeroizing::new("123456".to_owned()));
    assert!(!format!("{message:?}").contains("123456"));
}

#[test]
fn a_locked_session_says_whose_it_was_and_why() {
    let user = domain::User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() };
    let locked = Locked { user, why: client::LockReason::Removed, at: chrono::Utc::now() };
    let (mut login, _) = Login::after(&locked);
    let why = client::texts::text("locked-removed", &[]);
    assert!(says(&login, &TokenStatus::NoCard, &tr!("locked-title")));
    assert!(says(&login, &TokenStatus::NoCard, &why));
    assert!(says(&login, &TokenStatus::NoCard, &tr!("token-no-card-help")));
    assert!(says(&login, &token(5), &tr!("login-submit")), "the card is back");
    login.error = Some(Arc::new(ClientError::Token(TokenError::PinWrong { left: 4 })));
    assert!(!says(&login, &token(4), &why), "what went wrong now matters more");
}

#[test]
fn a_key_file_that_the_bank_does_not_take_is_asked_for_no_pin() {
    let TokenStatus::Present(info) = token(5) else { return };
    let file = TokenStatus::Software(TokenInfo { kind: TokenKind::Software, ..info });
    let barred = Some(ClientError::SoftwareTokenForbidden);
    let asked = Asked { barred, ..seen(&file) };
    let login = typed("123456");
    assert!(!login.may_submit(&asked));
    let words = explain(&ClientError::SoftwareTokenForbidden);
    let mut ui = Simulator::with_size(font::settings(), (800.0, 600.0), login.view(&asked));
    assert!(ui.find(words).is_ok() && ui.find(tr!("login-pin")).is_err());
}
