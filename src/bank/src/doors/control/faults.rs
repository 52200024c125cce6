//! Faults on demand: asked for, listed, forgotten.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::Control;
use crate::doors::faults::Fault;

pub(super) async fn list(State(control): State<Control>) -> Json<Vec<Fault>> {
    Json(control.faults.waiting())
}

pub(super) async fn add(State(control): State<Control>, Json(fault): Json<Fault>) -> StatusCode {
    control.faults.add(fault);
    StatusCode::NO_CONTENT
}

pub(super) async fn clear(State(control): State<Control>) -> StatusCode {
    control.faults.clear();
    StatusCode::NO_CONTENT
}
