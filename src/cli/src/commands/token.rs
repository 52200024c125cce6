//! What is in the reader, and which token is used.

use chrono::{DateTime, Utc};
use client::{
    Certificate, KeyPurpose, PinState, Result, TokenChoice, TokenInfo, TokenKind, TokenProfile, TokenStatus,
    UnblockKind, days_left, expiry, fit, texts,
};
use serde_json::{Value, json};

use super::token_pin;
use crate::context::Context;
use crate::exit::Code;
use crate::token_arguments::{TokenCommand, Which};
use crate::{output, tr};

/// What a token is for, by the words of the answer.
const PURPOSES: [(&str, KeyPurpose); 2] = [("login", KeyPurpose::Login), ("signing", KeyPurpose::Signing)];

pub async fn run(context: &mut Context, command: TokenCommand) -> Result<Code> {
    match command {
        TokenCommand::Status => status(context).await,
        TokenCommand::Readers => readers(context).await,
        TokenCommand::PinChange => token_pin::change(context).await,
        TokenCommand::PinSet => token_pin::set(context).await,
        TokenCommand::Unblock => token_pin::unblock(context).await,
        TokenCommand::Renew => token_pin::renew(context).await,
        TokenCommand::Use { which, label } => choose(context, which, label).await,
    }
}

async fn status(context: &Context) -> Result<Code> {
    let status = context.token().await;
    let now = context.client.now();
    let state = word(&status, now);
    let text = texts::text(&format!("cli-token-{state}"), &[]);
    let mut value = json!({ "state": state, "text": text });
    let mut lines = vec![text];
    if let TokenStatus::Failed(error) = &status {
        let error = client::ClientError::from(error.clone());
        let text = texts::explain(&error);
        value["error"] = json!({ "code": domain::Explain::code(&error), "text": text });
        lines.push(text);
    }
    if let Some(info) = status.info() {
        merge(&mut value, facts(context, info));
        for (name, key) in PURPOSES {
            // A new token has no certificate to be judged by; it says that it is new.
            let Err(error) = fit(info, key, now) else { continue };
            if info.pin_state == PinState::InUse {
                let text = texts::explain(&error);
                value["unfit"][name] = json!({ "code": domain::Explain::code(&error), "text": text });
                lines.push(text);
            }
        }
        value["renewal"] = json!(context.client.renewal_state().await?.name());
        lines.extend(shown(context, info));
    }
    output::answer(context.json, &value, lines);
    let usable = matches!(state, "in-use" | "software" | "new");
    Ok(if usable { Code::Done } else { Code::Token })
}

/// A stable word for the state.
fn word(status: &TokenStatus, now: DateTime<Utc>) -> &'static str {
    match status {
        TokenStatus::Starting => "starting",
        TokenStatus::NotConfigured => "not-configured",
        TokenStatus::NoService => "no-service",
        TokenStatus::NoReader => "no-reader",
        TokenStatus::NoCard => "no-card",
        TokenStatus::ForeignCard => "foreign-card",
        TokenStatus::Blocked(info) if info.unblock_left == Some(0) => "dead",
        TokenStatus::Blocked(_) => "blocked",
        TokenStatus::Present(info) | TokenStatus::Software(info) if info.pin_state != PinState::InUse => {
            "new"
        }
        TokenStatus::Present(info) | TokenStatus::Software(info)
            if fit(info, KeyPurpose::Login, now).is_err() =>
        {
            "unfit"
        }
        TokenStatus::Present(_) => "in-use",
        TokenStatus::Software(_) => "software",
        TokenStatus::Failed(_) => "failed",
    }
}

fn merge(value: &mut Value, more: Value) {
    if let (Value::Object(value), Value::Object(more)) = (value, more) {
        value.extend(more);
    }
}

fn certificates(info: &TokenInfo) -> impl Iterator<Item = (&'static str, KeyPurpose, &Certificate)> {
    PURPOSES.into_iter().filter_map(|(name, key)| Some((name, key, info.certificate(key)?)))
}

fn facts(context: &Context, info: &TokenInfo) -> Value {
    let now = context.client.now();
    let warnings = expiry(info, now);
    let level = |key| warnings.iter().find(|w| w.key == key).map(|w| w.level.name());
    let certificates: Vec<Value> = certificates(info)
        .map(|(name, key, certificate)| {
            json!({
                "purpose": name,
                "holder": certificate.subject_common_name(),
                "user": certificate.user_id(),
                "issuer": certificate.issuer_common_name(),
                "serial": certificate.serial_hex(),
                "from": certificate.not_before(),
                "to": certificate.not_after(),
                "days_left": days_left(certificate, now),
                "warning": level(key),
            })
        })
        .collect();
    json!({
        "kind": match info.kind { TokenKind::Card => "card", TokenKind::Software => "software" },
        "profile": match info.profile {
            TokenProfile::Piv => "piv",
            TokenProfile::Gids => "gids",
            TokenProfile::Pkcs11 => "pkcs11",
            TokenProfile::KeyFile => "key-file",
        },
        "pin_state": match info.pin_state {
            PinState::Unset => "unset",
            PinState::Transport => "transport",
            PinState::InUse => "in-use",
        },
        "unblock": match info.unblock {
            UnblockKind::ChallengeResponse => "challenge-response",
            UnblockKind::PukPair => "puk-pair",
            UnblockKind::Unsupported => "unsupported",
        },
        "reader": info.reader,
        "csn": info.csn,
        "tries_left": info.tries_left,
        "tries_max": info.tries_max,
        "unblock_left": info.unblock_left,
        "renewable": info.renewable,
        "allowed": context.client.may_use(info.kind).is_ok(),
        "certificates": certificates,
    })
}

fn shown(context: &Context, info: &TokenInfo) -> Vec<String> {
    let mut lines = vec![
        tr!("cli-token-reader", name = info.reader.clone()),
        tr!("cli-token-csn", csn = domain::unblock::grouped(&info.csn)),
    ];
    if let (Some(left), Some(max)) = (info.tries_left, info.tries_max) {
        lines.push(tr!("cli-token-tries", left = left, max = max));
    }
    for (name, _, certificate) in certificates(info) {
        let purpose = texts::text(&format!("cli-token-certificate-{name}"), &[]);
        lines.push(tr!(
            "cli-token-certificate",
            purpose = purpose,
            holder = certificate.subject_common_name().unwrap_or_default(),
            issuer = certificate.issuer_common_name().unwrap_or_default(),
            to = output::day(certificate.not_after()),
            days = days_left(certificate, context.client.now())
        ));
    }
    if let Err(error) = context.client.may_use(info.kind) {
        lines.push(texts::explain(&error));
    }
    lines
}

async fn readers(context: &Context) -> Result<Code> {
    let readers = context.client.readers().await?;
    let value: Vec<Value> =
        readers.iter().map(|r| json!({ "name": r.name, "has_card": r.has_card })).collect();
    let lines: Vec<String> = if readers.is_empty() {
        vec![tr!("cli-token-no-reader")]
    } else {
        readers
            .into_iter()
            .map(|r| if r.has_card { tr!("cli-reader-with-card", name = r.name) } else { r.name })
            .collect()
    };
    output::answer(context.json, &json!(value), lines);
    Ok(Code::Done)
}

async fn choose(context: &Context, which: Which, label: Option<String>) -> Result<Code> {
    let choice = match (which.reader, which.module, which.file) {
        (Some(name), _, _) => TokenChoice::Reader { name },
        (_, Some(path), _) => TokenChoice::Module { path, token: label },
        (_, _, Some(path)) => TokenChoice::File { path: std::path::absolute(&path).unwrap_or(path) },
        _ => TokenChoice::AnyReader,
    };
    if context.bank_is_named {
        context.client.choose_own_token(Some(choice.clone())).await?;
    } else {
        context.client.choose_token(choice.clone()).await?;
    }
    output::answer(context.json, &json!({ "token": choice }), [tr!("cli-token-chosen")]);
    Ok(Code::Done)
}
