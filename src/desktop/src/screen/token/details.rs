//! What is on the token: its two certificates, and the card itself.

use chrono::{DateTime, Utc};
use client::{KeyPurpose, TokenInfo, TokenProfile};
use domain::unblock;

use super::state::remaining;
use crate::design::text::{self, Inked};
use crate::design::theme::Ink;
use crate::design::{Column, Element, panel, spacing};
use crate::{format, tr};

pub(super) fn view<'a, M: 'a>(info: &TokenInfo, now: DateTime<Utc>) -> Element<'a, M> {
    Column::new()
        .push(text::strong(tr!("token-certificates")))
        .push(certificate(tr!("certificate-login"), info, KeyPurpose::Login, now))
        .push(panel::rule())
        .push(certificate(tr!("certificate-signing"), info, KeyPurpose::Signing, now))
        .push(panel::rule())
        .push(iced::widget::space().height(spacing::M))
        .push(text::strong(tr!("token-card")))
        .push(panel::key_values(facts(info)))
        .into()
}

fn facts<'a, M: 'a>(info: &TokenInfo) -> Vec<(String, Element<'a, M>)> {
    let profile = match info.profile {
        TokenProfile::Piv => tr!("token-profile-piv"),
        TokenProfile::Gids => tr!("token-profile-gids"),
        TokenProfile::Pkcs11 => tr!("token-profile-pkcs11"),
        TokenProfile::KeyFile => tr!("token-profile-key-file"),
    };
    let tries = match (info.tries_left, info.tries_max) {
        (Some(left), Some(max)) => format!("{left} / {max}"),
        (Some(left), None) => left.to_string(),
        (None, _) => tr!("token-does-not-tell"),
    };
    let mut lines = vec![
        (tr!("token-profile"), text::body(profile).into()),
        (tr!("token-csn-short"), csn(&info.csn)),
        (tr!("token-tries"), counted(tries, info.tries_left)),
    ];
    if let Some(left) = info.unblock_left {
        lines.push((tr!("token-unblock-tries"), counted(left.to_string(), Some(left))));
    }
    lines
}

/// Groups of four, four of them in a line.
fn csn<'a, M: 'a>(csn: &str) -> Element<'a, M> {
    let groups = unblock::grouped(csn);
    let groups: Vec<&str> = groups.split(' ').collect();
    let lines = groups.chunks(4).map(|line| text::mono(line.join(" ")).one_line().into());
    Column::with_children(lines).align_x(iced::Alignment::End).into()
}

/// A count of tries: none or the last one is told in its ink too.
fn counted<'a, M: 'a>(words: String, left: Option<u8>) -> Element<'a, M> {
    let words = text::body(words).one_line();
    match left {
        Some(0) => words.bad().into(),
        Some(1) => words.care().into(),
        _ => words.into(),
    }
}

fn certificate<'a, M: 'a>(
    name: String,
    info: &TokenInfo,
    key: KeyPurpose,
    now: DateTime<Utc>,
) -> Element<'a, M> {
    let Some(certificate) = info.certificate(key) else {
        let none = (text::body(tr!("certificate-missing")).bad(), text::hint(""));
        return panel::two_lines((name, String::new()), none);
    };
    let level = client::expiry(info, now).into_iter().find(|warning| warning.key == key).map(|w| w.level);
    let (ink, words) = remaining(client::days_left(certificate, now), level, info.renewable);
    let holder = certificate.subject_common_name().unwrap_or_default();
    let issuer = certificate.issuer_common_name().unwrap_or_default();
    let until = format::date(format::local(certificate.not_after()).date());
    let day_ink = if ink == Ink::Dim { Ink::Inherit } else { ink };
    panel::two_lines(
        (name, tr!("certificate-holder", holder = holder, issuer = issuer)),
        (text::body(until).ink(day_ink).one_line(), text::hint(words).ink(ink).one_line()),
    )
}
