//! The control interface's part for the web client: what self-administration orders and the operator desk do for
//! people, done at once for tests.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use domain::UserId;
use domain::authority::{WebAccess, WebDevice};
use serde::{Deserialize, Serialize};

use super::Control;
use crate::bank::blocking;
use crate::ground::error::{BankError, Refusal};
use crate::people::customers;
use crate::people::virtual_cards::{self, CardState, NewCode};

/// What a user may do in the web client, at every customer of the user.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct WebControl {
    /// Whether the customers use the web client.
    pub enabled: bool,
    pub login: bool,
    pub signing: bool,
}

/// A new activation code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CodeControl {
    /// The code, in groups.
    pub code: String,
}

/// The state of a virtual chip card.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StateControl {
    /// `active`, `suspended` or `withdrawn`.
    pub state: String,
}

pub(super) async fn set_rights(
    State(control): State<Control>,
    Path(user): Path<UserId>,
    Json(wish): Json<WebControl>,
) -> Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| {
        bank.write(|db| -> Result<(), BankError> {
            let device = |may| if may { WebDevice::VirtualCard } else { WebDevice::None };
            for mut access in customers::of_user(db, &user)? {
                let table = &mut access.authority;
                let (login, signing) = (device(wish.login), device(wish.signing));
                table.version += 1;
                table.web.enabled = wish.enabled;
                table.web.users.retain(|known| known.user != user);
                table.web.users.push(WebAccess { user: user.clone(), login, signing });
                customers::set_authority(db, &access.customer.id, &access.authority)?;
            }
            Ok(())
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn activation_code(
    State(control): State<Control>,
    Path(user): Path<UserId>,
) -> Result<Json<CodeControl>, Refusal> {
    let code = blocking(&control.bank, move |bank| {
        let (code, now) = (NewCode::make()?, bank.clock.now());
        bank.write(|db| code.give(db, &user, now))?;
        Ok::<_, BankError>(code.spoken)
    });
    Ok(Json(CodeControl { code: code.await? }))
}

/// Sets the state of all of a user's cards.
pub(super) async fn set_cards(
    State(control): State<Control>,
    Path(user): Path<UserId>,
    Json(wish): Json<StateControl>,
) -> Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| {
        let state = CardState::from_name(&wish.state).ok_or_else(|| BankError::data("state", &wish.state))?;
        bank.write(|db| -> Result<(), BankError> {
            for card in virtual_cards::of_user(db, &user)? {
                virtual_cards::set_state(db, &card.id, state)?;
            }
            Ok(())
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
