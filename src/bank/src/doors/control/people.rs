//! Users and what they sign with: locks, cards, certificates, software tokens.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::UserId;
use serde::{Deserialize, Serialize};

use super::Control;
use crate::bank::blocking;
use crate::ground::error::{BankError, Refusal};
use crate::people::cards::CardKind;
use crate::people::{cards, customers, error_points, phone, revocation};

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Lock {
    /// Whether the user is locked for the web.
    pub locked: bool,
}

/// A certificate to take out of use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Revocation {
    /// SHA-256 of its DER bytes, lower-case hex.
    pub sha256: String,
}

/// A card that the bank handed out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CardControl {
    pub user: UserId,
    /// What is spoken with it.
    pub kind: CardKind,
    #[serde(default)]
    pub withdrawn: bool,
    /// SHA-256 of the certificates in it, lower-case hex.
    #[serde(default)]
    pub certificates: Vec<String>,
}

/// Whether keys in key files may log in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct SoftwareTokens {
    pub allowed: bool,
}

pub(super) async fn lock(
    State(control): State<Control>,
    Path(user): Path<String>,
    Json(lock): Json<Lock>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| bank.write(|db| error_points::set_locked(db, &user, lock.locked)))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Telephone identification works again after wrong e-PINs.
pub(super) async fn unlock_phone(
    State(control): State<Control>,
    Path(user): Path<String>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| bank.write(|db| phone::forgive(db, &user))).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn put_card(
    State(control): State<Control>,
    Path(csn): Path<String>,
    Json(card): Json<CardControl>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| -> Result<(), BankError> {
            cards::put(db, &csn, &card.user, card.kind, card.withdrawn, now)?;
            cards::add_certificates(db, &csn, &card.certificates)?;
            customers::user_changed(db, &card.user, None)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn revoke(
    State(control): State<Control>,
    Json(revocation): Json<Revocation>,
) -> std::result::Result<StatusCode, Refusal> {
    let mut fingerprint = [0; 32];
    hex::decode_to_slice(&revocation.sha256, &mut fingerprint).map_err(|e| BankError::data("sha256", e))?;
    blocking(&control.bank, move |bank| bank.write(|db| revocation::revoke(db, &hex::encode(fingerprint))))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn allow_software(
    State(control): State<Control>,
    Json(wish): Json<SoftwareTokens>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| bank.allow_software(wish.allowed)).await?;
    Ok(StatusCode::NO_CONTENT)
}
