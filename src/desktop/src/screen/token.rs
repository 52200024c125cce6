//! "Token": what is in the reader, its certificates, and what to do about its state.

use chrono::{DateTime, Utc};
use client::{Certificate, TokenInfo, TokenKind, TokenStatus};
use iced::{Alignment, Length};

use crate::design::text::{self, Inked};
use crate::design::theme::{Ink, Tone};
use crate::design::{Column, Element, Row, banner, button, panel, pill, spacing};
use crate::format;
use crate::shared::Shared;
use crate::tr;

/// Days before its end from which a certificate is told of, is urgent.
const NOTICE: i64 = 60;
const URGENT: i64 = 7;

/// What happens here.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// To the login.
    LogIn,
}

/// The state of a token as people say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// How it is to be seen.
    pub tone: Tone,
    /// In a word or two.
    pub word: String,
    /// What is so.
    pub title: String,
    /// What to do.
    pub help: String,
}

/// The state in words; `logged_in`: its PIN opened the session.
#[must_use]
pub fn state(status: &TokenStatus, logged_in: bool, now: DateTime<Utc>) -> State {
    let of = |tone, word, title, help| State { tone, word, title, help };
    match status {
        TokenStatus::Starting => {
            of(Tone::Neutral, tr!("token-starting"), tr!("token-starting-title"), String::new())
        }
        TokenStatus::NotConfigured => of(
            Tone::Neutral,
            tr!("token-none"),
            tr!("token-not-configured-title"),
            tr!("token-not-configured-help"),
        ),
        TokenStatus::NoService => {
            of(Tone::Bad, tr!("token-none"), tr!("token-no-service-title"), tr!("token-no-service-help"))
        }
        TokenStatus::NoReader => {
            of(Tone::Neutral, tr!("token-none"), tr!("token-no-reader-title"), tr!("token-no-reader-help"))
        }
        TokenStatus::NoCard => {
            of(Tone::Neutral, tr!("token-none"), tr!("token-no-card-title"), tr!("token-no-card-help"))
        }
        TokenStatus::ForeignCard => of(
            Tone::Care,
            tr!("token-foreign"),
            tr!("token-foreign-card-title"),
            tr!("token-foreign-card-help"),
        ),
        TokenStatus::Blocked(_) => {
            of(Tone::Bad, tr!("token-blocked"), tr!("token-blocked-title"), tr!("token-blocked-help"))
        }
        TokenStatus::Failed(error) => of(
            Tone::Bad,
            tr!("token-failed"),
            client::texts::text(error.code(), &[("detail", error.to_string())]),
            tr!("token-failed-help"),
        ),
        TokenStatus::Present(info) | TokenStatus::Software(info) => usable(info, logged_in, now),
    }
}

fn usable(info: &TokenInfo, logged_in: bool, now: DateTime<Utc>) -> State {
    let left = [&info.login, &info.signing].into_iter().flatten().map(|c| days_left(c, now)).min();
    let software = info.kind == TokenKind::Software;
    let title = if software { tr!("token-software-title") } else { tr!("token-present-title") };
    match left {
        None => State {
            tone: Tone::Bad,
            word: tr!("token-empty"),
            title: tr!("token-empty-title"),
            help: tr!("token-empty-help"),
        },
        Some(left) if left < 0 => State {
            tone: Tone::Bad,
            word: tr!("token-expired"),
            title: tr!("token-expired-title"),
            help: tr!("token-expiry-help"),
        },
        Some(left) if left <= NOTICE => State {
            tone: expiry_tone(left),
            word: tr!("token-expires", days = left),
            title: tr!("token-expires-title", days = left),
            help: tr!("token-expiry-help"),
        },
        Some(_) => {
            let word = match (logged_in, software) {
                (true, _) => tr!("token-pin-entered"),
                (false, true) => tr!("token-software"),
                (false, false) => tr!("token-present"),
            };
            let help = if software { tr!("token-software-help") } else { tr!("token-present-help") };
            State { tone: Tone::Good, word, title, help }
        }
    }
}

fn days_left(certificate: &Certificate, now: DateTime<Utc>) -> i64 {
    (certificate.not_after() - now).num_days() - i64::from(certificate.not_after() < now)
}

fn expiry_tone(left: i64) -> Tone {
    if left <= URGENT { Tone::Bad } else { Tone::Care }
}

/// The place.
pub fn view<'a>(status: &TokenStatus, shared: &Shared) -> Element<'a, Message> {
    let now = shared.client.now();
    let state = state(status, shared.user.is_some(), now);
    let info = status.info();
    let reader = info.map(|info| text::body(info.reader.clone()).dim().one_line().into());
    let title = panel::title_line(tr!("nav-token"), None, reader);
    let mut main = Column::new().spacing(spacing::M).push(
        Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(pill::pill(state.tone, state.word))
            .push(text::strong(state.title)),
    );
    if !state.help.is_empty() {
        main = main.push(text::body(state.help));
    }
    if let Some(info) = info {
        if info.kind == TokenKind::Software {
            main = main.push(banner::banner(Tone::Care, tr!("software-key"), tr!("software-key-help"), None));
        }
        main = main.push(
            Column::new()
                .spacing(spacing::XS)
                .push(text::hint(tr!("token-csn")).dim())
                .push(text::code(format::fingerprint(&info.csn).to_uppercase())),
        );
        if shared.user.is_none() && !matches!(status, TokenStatus::Blocked(_)) {
            main = main.push(button::primary(tr!("login-open")).id("token-login").on_press(Message::LogIn));
        }
    }
    let mut body = Row::new().spacing(spacing::M).push(panel::panel(main));
    if let Some(info) = info {
        body = body.push(panel::panel(details(info, now)).width(Length::Fixed(360.0)));
    }
    panel::page(Column::new().spacing(spacing::M).push(title).push(panel::scroll(body)))
}

fn details<'a>(info: &TokenInfo, now: DateTime<Utc>) -> Element<'a, Message> {
    let kind = match info.kind {
        TokenKind::Card => tr!("token-kind-card"),
        TokenKind::Software => tr!("token-kind-software"),
    };
    let tries = match (info.tries_left, info.tries_max) {
        (Some(left), Some(max)) => format!("{left} / {max}"),
        (Some(left), None) => left.to_string(),
        (None, _) => tr!("unknown"),
    };
    let tries = match info.tries_left {
        Some(0) => text::body(tries).bad(),
        Some(1) => text::body(tries).care(),
        _ => text::body(tries),
    };
    let lines = [(tr!("token-kind"), text::body(kind).into()), (tr!("token-tries"), tries.into())];
    Column::new()
        .push(text::strong(tr!("token-certificates")))
        .push(certificate(tr!("certificate-login"), info.login.as_ref(), now))
        .push(panel::rule())
        .push(certificate(tr!("certificate-signing"), info.signing.as_ref(), now))
        .push(panel::rule())
        .push(iced::widget::space().height(Length::Fixed(spacing::M)))
        .push(text::strong(tr!("token-card")))
        .push(panel::key_values(lines))
        .into()
}

fn certificate<'a>(
    name: String,
    certificate: Option<&Certificate>,
    now: DateTime<Utc>,
) -> Element<'a, Message> {
    let Some(certificate) = certificate else {
        let none = (text::body(tr!("certificate-missing")).bad(), text::hint(""));
        return panel::two_lines((name, String::new()), none);
    };
    let left = days_left(certificate, now);
    let ink = match left {
        _ if left > NOTICE => Ink::Dim,
        _ if left > URGENT => Ink::Care,
        _ => Ink::Bad,
    };
    let holder = certificate.subject_common_name().unwrap_or_default();
    let issuer = certificate.issuer_common_name().unwrap_or_default();
    let until = format::date(format::local(certificate.not_after()).date());
    let days = if left < 0 { tr!("certificate-past") } else { tr!("days", count = left) };
    panel::two_lines(
        (name, tr!("certificate-holder", holder = holder, issuer = issuer)),
        (text::body(until).ink(if ink == Ink::Dim { Ink::Inherit } else { ink }), text::hint(days).ink(ink)),
    )
}
