//! Which versions of the client program the bank takes.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::Control;
use crate::bank::blocking;
use crate::ground::error::Refusal;
use crate::releases::client_versions::Demand;

pub(super) async fn show(State(control): State<Control>) -> Json<Demand> {
    Json(control.bank.demand())
}

pub(super) async fn set(
    State(control): State<Control>,
    Json(demand): Json<Demand>,
) -> Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| bank.set_demand(demand)).await?;
    Ok(StatusCode::NO_CONTENT)
}
